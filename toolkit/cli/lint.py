"""`zimu lint`: what is wrong in subtitles, by the rules of a profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from toolkit.cli.command import Call, Command, Flag
from toolkit.errors import UsageError

if TYPE_CHECKING:
    from toolkit.cli.sources import Source
    from toolkit.lexicon import Lexicon
    from toolkit.lint import Finding

ONLY = Flag("--only", "look for this rule alone; may be repeated", "RULE", many=True)
IGNORE = Flag("--ignore", "pass over this rule; may be repeated", "RULE", many=True)

NEEDS = "no subtitles to look at"


def run_lint(call: Call) -> int:
    """Look at every input, and list what is wrong."""
    from toolkit.cli.config import effective_profile
    from toolkit.cli.outcomes import Outcome, conclude, each
    from toolkit.cli.sources import find_sources, read_source
    from toolkit.invented import apart
    from toolkit.lint import lint
    from toolkit.pipeline import load_terms

    if call.on("list_rules"):
        return _list_rules(call)
    if not call.inputs:
        raise UsageError(NEEDS, fix=f"for example: {LINT.examples[0][0]}")
    profile = effective_profile(call)
    rules, lexicon = chosen_rules(call), load_terms(profile)

    def one(source: Source) -> Outcome:
        cues, _ = apart(read_source(source).cues)
        found = lint(cues, profile.segment, terms=spellings(lexicon), english=english(lexicon), rules=rules)
        _tell(call, source, found)
        return Outcome(source.path, facts={"findings": as_records(found)}, findings=bool(found))

    sources = find_sources(call.inputs, call.text("input_format"))
    return conclude(call, list(each({source.path: source for source in sources}, one)))


def chosen_rules(call: Call) -> tuple[str, ...]:
    """The names of the rules that a call asks for: all, or some, without those that it ignores.

    Raises:
        UsageError: there is no such rule.
    """
    from toolkit.lint import RULES

    for name in (*call.texts("only"), *call.texts("ignore")):
        if name not in RULES:
            raise UsageError(f"no rule '{name}'", fix=_nearest(name, RULES))
    wanted = call.texts("only") or tuple(RULES)
    return tuple(name for name in wanted if name not in call.texts("ignore"))


def spellings(lexicon: Lexicon) -> tuple[str, ...]:
    """What no line may break."""
    return tuple(term.text for term in lexicon.terms)


def english(lexicon: Lexicon) -> dict[str, str]:
    """How the terms are written in English, as far as the lexicon knows."""
    return {term.text: term.english for term in lexicon.terms if term.english and term.english != term.text}


def as_records(found: Iterable[Finding]) -> list[dict[str, object]]:
    """Findings for JSON; ``start`` in milliseconds, ``number`` the cue's from 1."""
    return [asdict(finding) for finding in found]


def as_lines(found: Sequence[Finding]) -> list[str]:
    """Findings for people: number, time, rule, problem, and the text of the cue."""
    from toolkit.cli.progress import clock
    from toolkit.cli.width import clip, pad

    widest = max((len(finding.rule) for finding in found), default=0)
    lines = []
    for finding in found:
        time = "" if finding.start is None else clock(finding.start)
        head = f"{finding.number:>5}  {time:>7}  {pad(finding.rule, widest)}  {finding.problem}"
        lines.append(f"{head}: {clip(finding.text, 30)}" if finding.text else head)
    return lines


def in_figures(found: Sequence[Finding]) -> str:
    """How many findings of each rule.

    >>> in_figures([])
    'nothing'
    """
    counts = Counter(finding.rule for finding in found)
    return ", ".join(f"{name} {count}" for name, count in counts.most_common()) or "nothing"


def _tell(call: Call, source: Source, found: Sequence[Finding]) -> None:
    from toolkit.cli.report import count, say

    if not call.on("json"):
        heading = [] if source.alone or not found else [f"== {source.label}"]
        for line in (*heading, *as_lines(found)):
            print(line)
    if not call.on("quiet"):
        fixable = sum(finding.fixable for finding in found)
        more = f"; 'zimu fix' repairs {fixable}" if fixable else ""
        say(f"{source.label}: {count(len(found), 'finding')}{more}")


def _list_rules(call: Call) -> int:
    from toolkit.cli.report import print_json
    from toolkit.cli.width import wrap
    from toolkit.lint import RULES

    if call.on("json"):
        rules = [{"rule": rule.name, "fixable": rule.fixable, "about": rule.sentence} for rule in RULES.values()]
        print_json({"command": "lint", "ok": True, "rules": rules})
        return 0
    widest = max(map(len, RULES))
    for rule in RULES.values():
        first, *more = wrap(rule.sentence, 79 - widest - 8)
        print(f"{rule.name:<{widest}}  {'fix' if rule.fixable else '   '}  {first}")
        for line in more:
            print(" " * (widest + 7) + line)
    return 0


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), n=1)
    return f"did you mean '{close[0]}'?" if close else "'zimu lint --list-rules' lists them"


LINT = Command(
    usage="lint FILE... [OPTIONS]",
    about="Lists what is wrong in subtitles by the limits of a profile, for each language: reading speed, width, "
    "durations, pauses, overlaps, breaks inside terms, stray marks, mixed scripts, what is not translated, numbers and "
    "terms that differ, lines that nobody said, broken tags. Exits with 1 where it finds something.",
    run=run_lint,
    examples=(
        ("zimu lint talk.srt", "by the defaults, Netflix's"),
        ("zimu lint subs/*.srt --profile fansub", ""),
        ("zimu lint talk.srt --only wide --only fast", "two rules alone"),
        ("zimu lint --list-rules", "what it looks for, and what 'zimu fix' repairs"),
    ),
    flags=(
        ONLY,
        IGNORE,
        Flag("--list-rules", "list the rules, those that 'zimu fix' repairs marked 'fix'"),
        Flag("--input-format", "format of the input, where its suffix does not tell", "NAME"),
    ),
    shows=("correct.lexicon", "correct.builtin_lexicons", "segment", "-segment.segment"),
)
"""The command ``zimu lint``."""
