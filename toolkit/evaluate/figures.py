"""All figures of a comparison, over one document or many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.evaluate.alterations import alterations, needless
from toolkit.evaluate.counts import characters, count, interval, ratio
from toolkit.evaluate.rows import Document, Row
from toolkit.evaluate.sounds_alike import homophone_counts
from toolkit.evaluate.terms import Known, score_row
from toolkit.evaluate.timing import readable, time_errors
from toolkit.profile import SegmentOptions

Parts = Sequence[tuple[int, int]]
"""For each line, or cue, the two counts of which a figure is the ratio."""


@dataclass(frozen=True)
class Figure:
    """One measure: its value, None where there is nothing to measure, and what it was counted from.

    ``low`` and ``high`` are the borders of its 95 % confidence interval, where one can be told.
    """

    value: float | None
    part: int = 0
    whole: int = 0
    low: float | None = None
    high: float | None = None


def figures_of(
    documents: Sequence[Document], *, known: Known | None = None, options: SegmentOptions | None = None
) -> dict[str, Figure]:
    """Every figure by its name.

    ``cer``, ``mer``, ``term_recall``, ``term_precision``, ``homophones``, ``readable`` are shares from 0 (``cer`` and
    ``mer`` may pass 1), ``false_alterations`` are counted on 10,000 characters of what was heard, ``time_error`` and
    ``time_error_90`` are milliseconds: the median, and what nine of ten stay below. With what was heard before the
    correction there are ``cer_before`` and ``term_recall_before``.
    """
    rows = [row for document in documents for row in document.rows]
    known = known or {}
    found = {
        "cer": _share(_errors(rows, as_characters=True)),
        "mer": _share(_errors(rows, as_characters=False)),
        "term_recall": _share(_terms(rows, known, "said")),
        "term_precision": _share(_terms(rows, known, "written")),
        "homophones": _share(homophone_counts(rows)),
        "readable": _share([pair for one in documents for pair in readable(one.cues, options or SegmentOptions())]),
        **_times(error for document in documents for error in time_errors(document)),
    }
    return found | (_before(rows, known) if rows and all(row.heard is not None for row in rows) else {})


def _before(rows: Sequence[Row], known: Known) -> dict[str, Figure]:
    """What the correction did: figures before it, what it repaired, and what it altered without need."""
    earlier = [Row(row.reference, row.heard or ()) for row in rows]
    harm = [
        (sum(1 for _ in needless(heard, text, right)), sum(1 for _ in alterations(heard, text)), len(heard))
        for row in rows
        for heard, text, right in [
            (characters(row.heard or ()), characters(row.hypothesis), characters(row.reference)),
        ]
    ]
    return {
        "cer_before": _share(_errors(earlier, as_characters=True)),
        "term_recall_before": _share(_terms(earlier, known, "said")),
        "false_alterations": _share([(false, length) for false, _, length in harm], scale=10_000),
        "needed": _share([(every - false, every) for false, every, _ in harm]),
    }


def _errors(rows: Iterable[Row], *, as_characters: bool) -> Parts:
    counts = (
        count(characters(row.reference), characters(row.hypothesis))
        if as_characters
        else count(list(row.reference), list(row.hypothesis))
        for row in rows
    )
    return [(one.errors, one.length) for one in counts]


def _terms(rows: Iterable[Row], known: Known, whole: str) -> Parts:
    scores = [score_row(row, known).values() for row in rows]
    return [(sum(one.found for one in line), sum(getattr(one, whole) for one in line)) for line in scores]


def _share(parts: Parts, *, scale: int = 1) -> Figure:
    value = ratio(parts)
    if value is None:
        return Figure(None)
    found = interval(parts)
    low, high = (scale * found[0], scale * found[1]) if found else (None, None)
    return Figure(scale * value, sum(part for part, _ in parts), sum(whole for _, whole in parts), low, high)


def _times(errors: Iterable[int]) -> dict[str, Figure]:
    ordered = sorted(errors)
    if not ordered:
        return {"time_error": Figure(None), "time_error_90": Figure(None)}
    middle, high = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, (9 * len(ordered)) // 10)]
    return {
        "time_error": Figure(middle, whole=len(ordered)),
        "time_error_90": Figure(high, whole=len(ordered)),
    }
