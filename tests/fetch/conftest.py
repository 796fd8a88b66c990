"""Tests of addresses have a web in a box."""

from __future__ import annotations

import loopback
import pytest

web = loopback.web


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """yt-dlp leaves it to the garbage collector to close connections."""
    for item in items:
        if item.path.parent.name == "fetch":
            item.add_marker(loopback.LEFT_OPEN)
