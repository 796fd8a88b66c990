"""A cue by its languages: the texts that stand above each other, and whether its lines are turns of speakers."""

from __future__ import annotations

import re
from itertools import groupby

from toolkit.breaks import flatten, is_chinese, visible
from toolkit.cues import Cue

_TURN = re.compile(r"\s*(?:[-–—]|>>)\s*\S")
_LETTER = re.compile(r"[^\W\d_]")


def languages(cue: Cue) -> tuple[str, ...]:
    r"""The texts of a cue, one for each language, each on a line; one or two.

    >>> languages(Cue(0, 900, "你好\n世界\nHello")), languages(Cue(0, 900, "你好", translation="Hello"))
    (('你好世界', 'Hello'), ('你好', 'Hello'))
    """
    if cue.translation:
        return flatten(cue.text), flatten(cue.translation)
    blocks = language_lines(cue.text)
    return tuple(flatten("\n".join(block)) for block in blocks)


def language_lines(text: str) -> tuple[tuple[str, ...], ...]:
    r"""The lines of a text, those of each language together; all in one block where there is but one.

    >>> language_lines("你好\nHello"), language_lines("- 你好\n- Hi"), language_lines("你好\n2024")
    ((('你好',), ('Hello',)), (('- 你好', '- Hi'),), (('你好', '2024'),))
    """
    lines = tuple(line for line in text.split("\n") if visible(line).strip())
    blocks = [tuple(block) for _, block in groupby(lines, key=lambda line: is_chinese(visible(line)))]
    if len(blocks) == 2 and not takes_turns(text) and all(map(_LETTER.search, map(visible, map("".join, blocks)))):
        return tuple(blocks)
    return (lines,)


def takes_turns(text: str) -> bool:
    r"""Whether the lines are those of several speakers.

    >>> takes_turns("- 你好\n- 再见"), takes_turns("- 你好")
    (True, False)
    """
    lines = [line for line in visible(text).split("\n") if line.strip()]
    return len(lines) > 1 and any(map(_TURN.match, lines))
