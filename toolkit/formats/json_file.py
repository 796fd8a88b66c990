"""A ``.json`` file, whose content says whose it is: Bilibili's, or else that of a Whisper tool."""

from __future__ import annotations

from toolkit.cues import Transcript
from toolkit.formats import bilibili, whisper_json
from toolkit.formats.json_values import load
from toolkit.formats.writing import Wrap


def parse(text: str, path: str = "") -> Transcript:
    """The cues of either.

    Raises:
        FormatError: it is no JSON, or neither of them.
    """
    parse_shape = bilibili.parse if bilibili.is_bilibili(load(text, path)) else whisper_json.parse
    return parse_shape(text, path)


def render(transcript: Transcript, wrap: Wrap | None = None) -> str:
    """The transcript in the shape that it was read from, and in Whisper's if that was another format.

    Raises:
        FormatError: a cue has no times.
    """
    render_shape = bilibili.render if transcript.get("json.shape") == "bilibili" else whisper_json.render
    return render_shape(transcript, wrap)
