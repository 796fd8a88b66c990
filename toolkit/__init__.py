"""Zimu 字幕: speech to subtitles that people can publish.

    >>> import toolkit
    >>> talk = toolkit.Transcript("talk.txt", (toolkit.Cue(None, None, "聚生智能的崛起"),))
    >>> toolkit.correct_transcript(talk).cues[0].text
    '具身智能的崛起'

Names are loaded when they are first used, so that ``import toolkit`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from toolkit.cues import Cue, Edit, Transcript, Word
    from toolkit.errors import ToolkitError
    from toolkit.formats import read, write
    from toolkit.lexicon import Lexicon, Term, load_lexicon
    from toolkit.pipeline import correct_transcript, segment_transcript, transcribe_file
    from toolkit.profile import Profile, read_profile

_HOMES = {
    "Cue": "cues",
    "Edit": "cues",
    "Lexicon": "lexicon",
    "Profile": "profile",
    "Term": "lexicon",
    "ToolkitError": "errors",
    "Transcript": "cues",
    "Word": "cues",
    "correct_transcript": "pipeline",
    "load_lexicon": "lexicon",
    "read": "formats",
    "read_profile": "profile",
    "segment_transcript": "pipeline",
    "transcribe_file": "pipeline",
    "write": "formats",
}

__all__ = [
    "Cue",
    "Edit",
    "Lexicon",
    "Profile",
    "Term",
    "ToolkitError",
    "Transcript",
    "Word",
    "correct_transcript",
    "load_lexicon",
    "read",
    "read_profile",
    "segment_transcript",
    "transcribe_file",
    "write",
]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'toolkit' has no attribute '{name}'")
    return getattr(import_module(f"toolkit.{_HOMES[name]}"), name)
