"""How far cues and words reach into silence: no further than a margin from the speech in them.

Whisper stretches the first word after a pause back over it, and the last word of a sentence into what follows.
"""

from __future__ import annotations

from dataclasses import replace

from toolkit.cues import Cue
from toolkit.transcribe.activity import Activity

MARGIN = 250
"""Milliseconds that a word may begin before the speech in it and end behind it.

Silero finds soft sounds late: of ten stretches of a synthetic talk the beginning by 12 to 102 ms.
"""


def pull_in(cue: Cue, activity: Activity) -> Cue:
    """The cue and its words, which do not overlap, no further than `MARGIN` from the speech in each.

    Nothing grows, and no speech is lost from any word. A word without speech stays as it is: it was spoken too softly
    for the detector, or by nobody, which is for others to judge. A cue without words is taken for one.
    """
    if cue.start is None or cue.end is None:
        return cue
    if not cue.words:
        start, end = _pulled_in(cue.start, cue.end, activity)
        return replace(cue, start=start, end=end)
    times = [_pulled_in(word.start, word.end, activity) for word in cue.words]
    words = [replace(word, start=start, end=end) for word, (start, end) in zip(cue.words, times, strict=True)]
    return replace(cue, start=words[0].start, end=words[-1].end, words=tuple(words))


def _pulled_in(start: int, end: int, activity: Activity) -> tuple[int, int]:
    bounds = activity.bounds(start, end)
    return (max(start, bounds[0] - MARGIN), min(end, bounds[1] + MARGIN)) if bounds else (start, end)
