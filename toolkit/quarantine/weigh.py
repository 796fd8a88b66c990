"""How much likelier it is that a line was invented than that it was said, from all that is known about it.

Each fact speaks in powers of ten: +1 says ten times likelier invented, -1 ten times likelier said. They are added; a
line is suggested above `SUGGESTED` and taken out from `NEEDED` on. The numbers were set by hand: a known phrase alone
takes nothing out that somebody may say, clear speech outweighs it, and what nobody says needs no sound to prove it.
"""

from __future__ import annotations

from bisect import bisect_right

from toolkit.cues import Extra
from toolkit.quarantine.facts import Facts

NEEDED, SUGGESTED = 1.0, 0.3
"""Ten times likelier invented than said; twice."""

PRIOR = -2.0
"""One line in a hundred is invented, before anything is known about it."""

PHRASE = {"never_said": 5.0, "may_be_said": 1.4}
"""What a phrase says that makes up a whole line."""

DOUBT = 0.3
"""What is left of the signs of speech in a loop: Whisper loops over speech too, and is sure of it."""

SHORT, WHOLE = 2, 6
"""Units up to which a line may be said again and again, and from which its speed tells something."""

LONG = 4.0
"""Seconds from which a line can be slow."""

Curve = tuple[tuple[float, float], ...]

SPEECH: Curve = ((0.1, 1.6), (0.9, -1.5))
NO_SPEECH: Curve = ((0.1, -0.3), (0.6, 0.8))
LOGPROB: Curve = ((-1.0, 0.7), (-0.3, -0.7))
COMPRESSION: Curve = ((2.0, 0.0), (3.0, 1.0))
COVERS: Curve = ((0.6, 0.0), (0.95, 1.0))
RUN: Curve = ((2, 0.0), (3, 0.8), (5, 2.0), (8, 3.0), (12, 3.4))
LOOP: Curve = ((3, 0.0), (4, 1.2), (8, 2.6), (12, 3.2))
LETTERS: Curve = ((8, 0.0), (20, 2.2), (40, 3.0))
ALIKE: Curve = ((1, 0.0), (2, 1.0), (3, 1.9), (5, 2.5))
FAST: Curve = ((12.0, 0.0), (24.0, 1.2))
SLOW: Curve = ((0.4, 1.0), (1.0, 0.0))
"""What each fact says, as corners of a line that is level outside of them."""


def weigh(facts: Facts) -> dict[str, float]:
    """What each fact says, by name; what says nothing is left out."""
    told = {
        "phrase": _phrase(facts),
        "repeated": _repeated(facts),
        "loop": _loop(facts),
        "speech": _at(SPEECH, facts.speech),
        "no speech": _at(NO_SPEECH, facts.no_speech),
        "log probability": _at(LOGPROB, facts.logprob),
        "speed": _speed(facts),
    }
    looped = max(_in_row(facts), told["loop"])
    if looped >= 1:
        told = {name: value * DOUBT if value < 0 else value for name, value in told.items()}
    told["compression"] = _at(COMPRESSION, facts.compression) * (1 if looped else 0.5)
    return {name: round(value, 2) for name, value in told.items() if round(value, 2)}


def strength(facts: Facts) -> float:
    """All of it in powers of ten: above 0 the line is likelier invented than said."""
    return round(PRIOR + sum(weigh(facts).values()), 2)


def score(power: float) -> float:
    """A strength as a probability.

    >>> score(0), score(1), score(2)
    (0.5, 0.909, 0.99)
    """
    return round(1 / (1 + 10**-power), 3)


def evidence(facts: Facts) -> Extra:
    """What spoke for and against it, as a person can check it: each value, and in brackets what it says."""
    shown = {
        "phrase": facts.phrase.text if facts.phrase else "",
        "repeated": f"{max(facts.run, facts.alike)} ×",
        "loop": f"{facts.loop} ×",
        "speech": facts.speech,
        "no speech": facts.no_speech,
        "log probability": facts.logprob,
        "speed": f"{facts.pace or 0:.1f} a second",
        "compression": facts.compression,
    }
    told = tuple((name, f"{shown[name]} ({value:+.1f})") for name, value in weigh(facts).items())
    return (*told, ("strength", strength(facts)), ("needed", NEEDED))


def _phrase(facts: Facts) -> float:
    return PHRASE[facts.phrase.kind] * _at(COVERS, facts.phrase.covers) if facts.phrase else 0.0


def _repeated(facts: Facts) -> float:
    """The same line again and again; what is said at the end of a talk once is not said there twice."""
    if not _phrase(facts):
        return _in_row(facts)
    return max(_in_row(facts), _at(ALIKE, facts.alike + (1 if facts.run > 1 else 0)))


def _in_row(facts: Facts) -> float:
    """The first of several lines in a row may have been said, unless it is a phrase; short ones may all be meant."""
    if facts.nth == 1 and not facts.phrase:
        return 0.0
    return max(_at(RUN, facts.run) - (0.8 if facts.units <= SHORT else 0.0), 0.0)


def _loop(facts: Facts) -> float:
    return _at(LETTERS if facts.unit == 1 else LOOP, facts.loop)


def _speed(facts: Facts) -> float:
    """Nobody speaks so fast, or so slowly; times of files that were laid out for reading say half as much."""
    if facts.pace is None or facts.units < SHORT:
        return 0.0
    fast = _at(FAST, facts.pace) if facts.units >= WHOLE else 0.0
    slow = _at(SLOW, facts.pace) if facts.seconds >= LONG else 0.0
    return (fast + slow) * (1.0 if facts.timed else 0.5)


def _at(curve: Curve, value: float | None) -> float:
    """The height of a curve at a value; 0 for one that is not known."""
    if value is None:
        return 0.0
    place = bisect_right(curve, (value, float("inf")))
    if place in (0, len(curve)):
        return curve[min(place, len(curve) - 1)][1]
    (left, low), (right, high) = curve[place - 1], curve[place]
    return low + (high - low) * (value - left) / (right - left)
