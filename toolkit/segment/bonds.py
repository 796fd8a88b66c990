"""Pairs of Han characters that the text itself shows to belong together, because it repeats them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from toolkit.breaks import is_chinese

LIFT = 10
"""How many times as often as by chance a pair must stand together."""


def repeated_pairs(texts: Iterable[str]) -> frozenset[str]:
    """Pairs that occur at least twice and much more often than their characters would meet by chance.

    Spaces are left out, so that the same text cut otherwise gives the same pairs.

    >>> text = "沐曦发布新的芯片，这款芯片由沐曦在上海的团队设计，也在北京的工厂里生产和测试"
    >>> sorted(repeated_pairs([text]))
    ['沐曦', '芯片']
    """
    text = "".join("".join(texts).split())
    single, pairs = Counter(text), Counter(map("".join, pairwise(text)))
    return frozenset(
        pair
        for pair, count in pairs.items()
        if count > 1 and count * len(text) >= LIFT * single[pair[0]] * single[pair[1]] and all(map(is_chinese, pair))
    )
