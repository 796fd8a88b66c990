"""Simplified and traditional Chinese, by OpenCC; words and edits stay in step with the text."""

from __future__ import annotations

from dataclasses import replace

from toolkit.breaks import is_chinese
from toolkit.cues import Cue, Edit, Word
from toolkit.scripts import CONFIGS, Convert, converter

__all__ = ["CONFIGS", "Convert", "converter", "in_script"]


def in_script(cue: Cue, convert: Convert) -> Cue:
    """The cue as it is written in another script: what was heard, its words, and both sides of its edits."""
    heard = convert(cue.heard) if is_chinese(cue.heard) else cue.heard
    edits = tuple(edit for edit in cue.edits if is_chinese(edit.after))
    if heard == cue.heard and all(convert(edit.after) == edit.after for edit in edits):
        return cue
    places = _places(cue, heard, convert)
    words = (_word(word, heard[places[start] : places[start + len(word.text)]]) for word, start in _starts(cue))
    converted = (_edit(edit, heard, places, convert) for edit in cue.edits)
    return replace(cue, heard=heard, words=tuple(words), edits=tuple(edit for edit in converted if edit))


def _places(cue: Cue, heard: str, convert: Convert) -> dict[int, int]:
    """Where each border of a word or an edit stands in the new text.

    OpenCC almost always keeps the number of characters. Where it does not, a border stands behind what the text before
    it becomes when it is alone, and no further back than the border before it.
    """
    borders = {0, len(cue.heard), *(edge for edit in cue.edits for edge in (edit.start, edit.end))}
    borders |= {start + len(word.text) for word, start in _starts(cue)}
    if len(heard) == len(cue.heard):
        return {border: border for border in borders}
    places: dict[int, int] = {}
    latest = 0
    for border in sorted(borders):
        latest = min(max(latest, len(convert(cue.heard[:border]))), len(heard))
        places[border] = latest
    return {**places, len(cue.heard): len(heard)}


def _starts(cue: Cue) -> list[tuple[Word, int]]:
    starts: list[tuple[Word, int]] = []
    position = 0
    for word in cue.words:
        starts.append((word, position))
        position += len(word.text)
    return starts


def _word(word: Word, text: str) -> Word:
    return word if word.text == text else replace(word, text=text)


def _edit(edit: Edit, heard: str, places: dict[int, int], convert: Convert) -> Edit | None:
    """The edit over the new text; None where script was all that it changed."""
    start, end = places[edit.start], places[edit.end]
    before, after = heard[start:end], convert(edit.after)
    if before == after and not (edit.joins_previous or edit.joins_next):
        return None
    return replace(edit, start=start, end=end, before=before, after=after)
