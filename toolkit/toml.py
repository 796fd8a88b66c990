"""TOML text to values, on every Python that is supported."""

from __future__ import annotations

import sys

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def parse(text: str) -> dict[str, object]:
    r"""The document as a table.

    Raises:
        ValueError: it is not TOML; the message names line and column.

    >>> parse("[segment]\nzh_width = 16")
    {'segment': {'zh_width': 16}}
    """
    return tomllib.loads(text)
