"""All rules by name: what each finds, and whether it can be repaired without touching the words.

To add a rule, write a function from a `Sheet` and the index of a cue to the problem in words, empty for none, with a
docstring of one sentence, and a line here. What is `fixable` must be repaired by `toolkit.lint.repair`; a test says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from toolkit.lint import layout, pairs, text, timing
from toolkit.lint.sheet import Sheet

Find = Callable[[Sheet, int], str]


@dataclass(frozen=True)
class Rule:
    """A rule: its name, the function that finds, whether what it finds is repaired by `zimu fix`, what it is about."""

    name: str
    find: Find
    fixable: bool = False
    about: str = ""

    @property
    def sentence(self) -> str:
        """What it finds, in a sentence."""
        return " ".join((self.find.__doc__ or "").split())


_TIME, _LINES, _TEXT, _BOTH = "time", "lines", "text", "languages"

RULES = {
    rule.name: rule
    for rule in (
        Rule("order", timing.order, True, _TIME),
        Rule("overlap", timing.overlap, True, _TIME),
        Rule("overlap-deep", timing.overlap_deep, False, _TIME),
        Rule("gap", timing.gap, True, _TIME),
        Rule("flicker", timing.flicker, True, _TIME),
        Rule("long", timing.long, True, _TIME),
        Rule("short", timing.short, True, _TIME),
        Rule("short-no-room", timing.short_no_room, False, _TIME),
        Rule("fast", timing.fast, True, _TIME),
        Rule("fast-no-room", timing.fast_no_room, False, _TIME),
        Rule("wide", layout.wide, True, _LINES),
        Rule("wide-no-break", layout.wide_no_break, False, _LINES),
        Rule("lines", layout.lines, True, _LINES),
        Rule("lines-no-break", layout.lines_no_break, False, _LINES),
        Rule("broken", layout.broken, True, _LINES),
        Rule("weak-break", layout.weak_break, True, _LINES),
        Rule("term-across-cues", layout.term_across_cues, False, _LINES),
        Rule("empty", text.empty, True, _TEXT),
        Rule("invisible", text.invisible, True, _TEXT),
        Rule("spaces", text.spaces, True, _TEXT),
        Rule("tags", text.tags, True, _TEXT),
        Rule("override", text.override, False, _TEXT),
        Rule("pauses", text.pauses, True, _TEXT),
        Rule("stray-mark", text.stray_mark, False, _TEXT),
        Rule("full-width", text.full_width, False, _TEXT),
        Rule("mixed-script", text.mixed_script, False, _TEXT),
        Rule("invented", text.invented, False, _TEXT),
        Rule("repeated", text.repeated, False, _TEXT),
        Rule("untranslated", pairs.untranslated, False, _BOTH),
        Rule("numbers", pairs.numbers, False, _BOTH),
        Rule("glossary", pairs.glossary, False, _BOTH),
    )
}
"""Every rule by its name, in the order in which they are listed."""

FIXABLE = tuple(name for name, rule in RULES.items() if rule.fixable)
"""The names of the rules whose findings are repaired."""
