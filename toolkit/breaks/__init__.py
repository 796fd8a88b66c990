"""Where a text may be broken and how good each place is; how wide text stands, and how it is laid out in lines."""

from toolkit.breaks.lines import flatten, glue, lay_out, punctuate, wrap
from toolkit.breaks.measure import display_width, is_chinese, keeps_lines, line_width, reading_time, visible
from toolkit.breaks.places import LAST_RESORT, Break, break_places

__all__ = [
    "LAST_RESORT",
    "Break",
    "break_places",
    "display_width",
    "flatten",
    "glue",
    "is_chinese",
    "keeps_lines",
    "lay_out",
    "line_width",
    "punctuate",
    "reading_time",
    "visible",
    "wrap",
]
