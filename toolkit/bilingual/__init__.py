"""Subtitles in two languages: cues of two files paired, or texts laid beside cues, a line for each language.

The cues keep their text; what belongs to it in the other language is their translation.
"""

from toolkit.bilingual.beside import beside
from toolkit.bilingual.match import Match, Pairing, pair
from toolkit.bilingual.merge import Merged, merge

__all__ = ["Match", "Merged", "Pairing", "beside", "merge", "pair"]
