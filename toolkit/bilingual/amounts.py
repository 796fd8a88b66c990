"""Numbers that a text has in digits, and those that it has in any form, to tell what belongs to its translation."""

from __future__ import annotations

from toolkit.amounts import FIGURE, amounts_in, lacking, possible


def written(text: str) -> frozenset[float]:
    """The numbers that stand in the text in digits; those within names (GPT-4, 5G) and clock times are left out.

    >>> sorted(written("2024年有3.5万人，GPT-4 于 8:30 发布")), sorted(written("35,000 people, 2 million more"))
    ([2024.0, 35000.0], [35000.0, 2000000.0])
    """
    return frozenset(float(amount.value) for amount in amounts_in(text) if amount.kind == FIGURE)


def said(text: str) -> frozenset[float]:
    """The numbers in the text, whether in digits or in words, in all that they may mean.

    >>> {120.0, 3500.0} <= said("一百二十个国家的三千五百人"), 120.0 in said("one hundred and twenty countries")
    (True, True)
    """
    return frozenset(float(value) for value in possible(text).values)


def missing(one: str, other: str) -> frozenset[float]:
    """The numbers that one text has in digits and the other in no way; the 90 of 90年代 is that of the 1990s.

    >>> missing("来了300人", "three hundred came"), missing("来了300人", "30 came")
    (frozenset(), frozenset({300.0}))
    """
    return frozenset(float(amount.value) for amount in lacking(one, other) if amount.kind == FIGURE)
