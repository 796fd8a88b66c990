"""Numbers of a text and of its translation, compared by value: 1.2亿 is 120 million."""

from __future__ import annotations

from toolkit.amounts import lacking, named


def changed_numbers(source: str, text: str) -> list[str]:
    """Numbers of a text that its translation lacks, then numbers that came in; empty where all is well.

    Single numbers in words (一个, one) may go and come. A share of which only the sign is lost is named with it.

    >>> changed_numbers("投资1.2亿，占百分之十五", "120 million invested, 15 %")
    []
    >>> changed_numbers("二〇二四年有三百家", "In 2023, 300 of them")
    ['二〇二四年', '2023']
    """
    return [named(amount, other) for one, other in ((source, text), (text, source)) for amount in lacking(one, other)]
