"""Find what is wrong in subtitles, rule by rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from toolkit.cues import Cue
from toolkit.lint.rules import RULES
from toolkit.lint.sheet import Finding, Sheet, numbered
from toolkit.profile import SegmentOptions


def lint(
    cues: Iterable[Cue],
    options: SegmentOptions | None = None,
    *,
    terms: Collection[str] = (),
    english: Mapping[str, str] | None = None,
    rules: Collection[str] | None = None,
) -> tuple[Finding, ...]:
    """What is wrong with the cues, by cue and then by rule; all rules unless some are named.

    ``terms`` must not be broken, ``english`` says how terms are written in the other language.

    >>> [(found.number, found.rule, found.problem) for found in lint([Cue(0, 300, "你好")])]
    [(1, 'short', 'shows for 300 ms, less than 833')]
    """
    sheet = Sheet(tuple(cues), options or SegmentOptions(), frozenset(terms), dict(english or {}))
    return look(sheet, RULES if rules is None else rules)


def look(sheet: Sheet, rules: Collection[str]) -> tuple[Finding, ...]:
    """What some rules find in a sheet."""
    asked = [rule for name, rule in RULES.items() if name in rules]
    found = []
    for index in range(len(sheet.cues)):
        for rule in asked:
            problem = rule.find(sheet, index)
            if problem:
                found.append(numbered(sheet.cues, index, rule.name, problem, fixable=rule.fixable))
    return tuple(found)
