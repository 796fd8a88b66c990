"""Blocks of a page between two marks, which a program writes anew and a person leaves alone."""

from __future__ import annotations

from toolkit.errors import InputError


def marks(name: str) -> tuple[str, str]:
    """The lines before and after a block."""
    return f"<!-- {name}: written by make bench -->", f"<!-- {name}: end -->"


def replace_block(page: str, name: str, text: str, *, where: str = "") -> str:
    r"""The text of a page with one block replaced.

    >>> replace_block("a\n<!-- x: written by make bench -->\nold\n<!-- x: end -->\nb", "x", "new").split("\n")
    ['a', '<!-- x: written by make bench -->', '', 'new', '', '<!-- x: end -->', 'b']

    Raises:
        InputError: the page has not each mark just once, the first before the second.
    """
    begin, end = marks(name)
    before, opened, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not opened or not closed or begin in after or end in before + after or begin in rest:
        fix = f"put '{begin}' and '{end}' once each around it"
        raise InputError(f"the block '{name}' is not there once", where=where, fix=fix)
    return f"{before}{begin}\n\n{text.strip()}\n\n{end}{after}"
