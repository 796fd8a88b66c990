"""Two texts below each other so that what is the same stands in the same column, Chinese and Latin mixed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.cli.width import pad, width

MARKS = {"replace": "S", "delete": "D", "insert": "I"}
"""What stands below a token that is another, is missing, or is too many."""

Cell = tuple[str, str, str]
"""A token of the reference, one of the hypothesis, and the mark below them."""


def aligned(reference: Sequence[str], hypothesis: Sequence[str], *, columns: int = 72) -> list[str]:
    r"""Three lines for each stretch that fits into the columns and differs: reference, hypothesis, marks.

    >>> print(*aligned(("用", "openai", "的", "具", "身"), ("用", "open", "ai", "的", "聚", "身")), sep="\n")
    ref  用     openai 的具身
    hyp  用open ai     的聚身
           IIIIISSSSSSS  SS
    """
    lines: list[str] = []
    for cells in _fitting(list(_cells(reference, hypothesis)), columns - 5):
        if not any(mark for _, _, mark in cells):
            continue
        texts = ["", "", ""]
        for right, wrong, mark in cells:
            wide = max(width(right), width(wrong))
            texts[0] += pad(right, wide)
            texts[1] += pad(wrong, wide)
            texts[2] += (mark or " ") * wide
        names = ("ref", "hyp", "   ")
        lines += [f"{name}  {text}".rstrip() for name, text in zip(names, texts, strict=True)]
    return lines


def _cells(reference: Sequence[str], hypothesis: Sequence[str]) -> Iterator[Cell]:
    from toolkit.evaluate.counts import blocks

    for tag, right, wrong in blocks(reference, hypothesis):
        for place in range(max(len(right), len(wrong))):
            tokens = ("".join(side[place : place + 1]) for side in (right, wrong))
            first, second = (f"{token} " if token.isascii() and token else token for token in tokens)
            yield first, second, MARKS.get(tag, "")


def _fitting(cells: Sequence[Cell], columns: int) -> Iterator[list[Cell]]:
    row: list[Cell] = []
    taken = 0
    for cell in cells:
        wide = max(width(cell[0]), width(cell[1]))
        if row and taken + wide > columns:
            yield row
            row, taken = [], 0
        row.append(cell)
        taken += wide
    if row:
        yield row
