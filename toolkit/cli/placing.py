"""The flags of the commands on text that say where results go."""

from __future__ import annotations

from toolkit.cli.command import Flag

PLACES = (
    Flag("--output", "file to write, or folder; else the result goes to standard output", "PATH", "-o"),
    Flag("--input-format", "format of the input, where its suffix does not tell", "NAME"),
    Flag("--dry-run", "write nothing; say what would be done"),
)
"""Where the results of a command on text go."""

IN_PLACE = Flag("--in-place", "write each result over its input")
"""For commands that keep the format."""
