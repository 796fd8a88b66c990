"""How `zimu evaluate` shows what it found: a page of figures, the terms, the lines that differ; and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from toolkit.cli.aligned import aligned
from toolkit.cli.width import pad, width

if TYPE_CHECKING:
    from toolkit.evaluate import Document, Figure, TermScore

NAMES = {
    "cer": ("character error rate", "%"),
    "cer_before": ("  before the correction", "%"),
    "mer": ("mixed error rate", "%"),
    "term_recall": ("terms said that are there", "%"),
    "term_recall_before": ("  before the correction", "%"),
    "term_precision": ("terms there that were said", "%"),
    "false_alterations": ("needless alterations", "/ 10k"),
    "needed": ("alterations that helped", "%"),
    "homophones": ("errors that are homophones", "%"),
    "time_error": ("cues begin and end apart", "ms"),
    "time_error_90": ("  nine of ten within", "ms"),
    "readable": ("cues shown long enough", "%"),
}
"""What each figure is called, in the order of the page, and its unit."""

MISSED = 10
"""So many terms are listed unless all are asked for."""


def page_of(
    documents: Sequence[Document], figures: dict[str, Figure], terms: Sequence[TermScore], *, every: bool
) -> list[str]:
    """The figures in columns, with their confidence intervals and what they were counted from, and the terms."""
    column = max(width(label) for label, _ in NAMES.values()) + 2
    lines = [
        f"{pad(label, column)}{_shown(figures[name], unit)}"
        for name, (label, unit) in NAMES.items()
        if name in figures and figures[name].value is not None
    ]
    listed = list(terms) if every else [score for score in terms if score.found < max(score.said, score.written)]
    lines += _term_table(listed if every else listed[:MISSED])
    left = 0 if every else max(len(listed) - MISSED, 0)
    lines += [f"… and {left} more: --terms"] if left else []
    rows = sum(len(document.rows) for document in documents)
    files = f"{len(documents)} files, " if len(documents) > 1 else ""
    return [*lines, "", f"compared: {files}{rows} lines; {documents[0].rules}"]


def differences(documents: Sequence[Document]) -> list[str]:
    """Every line with an error, reference and hypothesis below each other."""
    lines: list[str] = []
    for document in documents:
        lines += [f"== {document.name}"] if len(documents) > 1 else []
        for number, row in enumerate(document.rows, start=1):
            if row.reference != row.hypothesis:
                lines += [f"line {number}", *aligned(row.reference, row.hypothesis), ""]
    return lines


def as_document(
    documents: Sequence[Document], figures: dict[str, Figure], terms: Sequence[TermScore], failed: Sequence[str]
) -> dict[str, object]:
    """Everything as one JSON document."""
    return {
        "command": "evaluate",
        "ok": not failed,
        "failed": list(failed),
        "compared": str(documents[0].rules),
        "files": [{"file": document.name, "lines": len(document.rows)} for document in documents],
        "figures": {name: asdict(figure) for name, figure in figures.items()},
        "terms": [{**asdict(score), "recall": score.recall, "precision": score.precision} for score in terms],
    }


def _shown(figure: Figure, unit: str) -> str:
    scale = 100 if unit == "%" else 1
    digits = 0 if unit == "ms" else 2
    text = f"{scale * (figure.value or 0):8.{digits}f} {unit:<5}"
    between = ""
    if figure.low is not None and figure.high is not None:
        between = f"{scale * figure.low:.{digits}f} to {scale * figure.high:.{digits}f}"
    counted = f"{figure.part:,} of {figure.whole:,}" if unit != "ms" else f"{figure.whole:,} borders"
    return f"{text}  {between:<16}  {counted}".rstrip()


def _term_table(terms: Sequence[TermScore]) -> list[str]:
    if not terms:
        return []
    column = max(width("term"), *(width(score.text) for score in terms)) + 2
    rows = [f"{pad(score.text, column)}{score.said:6}{score.found:7}{score.written:9}" for score in terms]
    return ["", f"{pad('term', column)}{'said':>6}{'found':>7}{'written':>9}", *rows]
