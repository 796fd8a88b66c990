"""Where two texts differ, and which of the differences brought a text no nearer to what is right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

BRIDGE = 1
"""Two altered stretches with so many characters between them are one alteration."""


@dataclass(frozen=True)
class Alteration:
    """A stretch of a text and what was written there."""

    start: int
    end: int
    text: str


def alterations(heard: str, text: str) -> Iterator[Alteration]:
    """The stretches that differ.

    >>> list(alterations("在外壳大会上", "在WAIC大会里"))
    [Alteration(start=1, end=3, text='WAIC'), Alteration(start=5, end=6, text='里')]
    """
    from rapidfuzz.distance import Levenshtein

    if heard == text:
        return
    stretch: list[int] | None = None
    for block in Levenshtein.opcodes(heard, text):
        if block.tag == "equal":
            continue
        if stretch and block.src_start - stretch[1] <= BRIDGE:
            stretch[1], stretch[3] = block.src_end, block.dest_end
            continue
        if stretch:
            yield Alteration(stretch[0], stretch[1], text[stretch[2] : stretch[3]])
        stretch = [block.src_start, block.src_end, block.dest_start, block.dest_end]
    if stretch:
        yield Alteration(stretch[0], stretch[1], text[stretch[2] : stretch[3]])


def needless(heard: str, text: str, right: str, *, plain: Callable[[str], str] = str) -> Iterator[Alteration]:
    """The alterations from ``heard`` to ``text`` each of which, by itself, brings it no nearer to ``right``.

    ``plain`` takes away what does not count before two texts are compared.

    >>> [one.text for one in needless("在外壳大会上", "在WAIC大会里", "在WAIC大会上")]
    ['里']
    """
    from rapidfuzz.distance import Levenshtein

    changed = list(alterations(heard, text))
    if heard == right:
        yield from changed
        return
    wanted = plain(right)
    before = Levenshtein.distance(plain(heard), wanted) if changed else 0
    for one in changed:
        after = plain(heard[: one.start] + one.text + heard[one.end :])
        if Levenshtein.distance(after, wanted) >= before:
            yield one
