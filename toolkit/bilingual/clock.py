"""How the times of one file are those of another: shifted, and faster or slower by a constant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Times = Sequence[tuple[int, int]]
"""Start and end of cues, in milliseconds."""

RATES = (24000 / 1001, 24.0, 25.0)
"""Frames a second of films; what was timed at one and is played at another runs away."""

STEP, BLUR = 100, 2
"""Milliseconds of a sample, and samples over which the beginning of a cue is blurred."""

LITTLE = 0.05
"""The part by which a shift of a minute or more must fit better than none, and another ratio than the same."""

FINE, MOST = 0.0002, 20
"""By how much two ratios differ that are tried, and how many of them on both sides of 1."""


@dataclass(frozen=True)
class Clock:
    """Time of the one file = ``ratio`` × time of the other + ``offset`` milliseconds.

    >>> Clock(1.0, 2000).at(500)
    2500
    """

    ratio: float = 1.0
    offset: float = 0.0

    def at(self, time: int) -> int:
        """A time of the other file by the clock of the one."""
        return round(self.ratio * time + self.offset)


def find_clock(one: Times, other: Times) -> Clock:
    """The clock under which most cues of both begin and end together; that of no difference where one is empty."""
    if not one or not other:
        return Clock()
    import numpy as np

    longest = max(one[-1][1], round(other[-1][1] * RATES[2] / RATES[0])) // STEP + 4 * BLUR
    size = 1 << (2 * longest).bit_length()
    there = np.fft.rfft(_pulses(one, 1.0, size))
    shifts = np.minimum(np.arange(size), size - np.arange(size))
    favour = 1 - LITTLE * np.minimum(shifts * STEP / 60_000, 1)
    best = (-1.0, Clock())
    for ratio in _ratios():
        here = np.conj(np.fft.rfft(_pulses(other, ratio, size)))
        alike = np.fft.irfft(there * here, size) * favour * (1 if ratio == 1 else 1 - LITTLE)
        shift = int(alike.argmax())
        offset = (shift if shift < size // 2 else shift - size) * STEP
        best = max(best, (round(float(alike[shift]), 6), Clock(ratio, float(offset))), key=lambda found: found[0])
    return best[1]


def fit(pairs: Sequence[tuple[int, int]], guess: Clock) -> Clock:
    """The clock that fits pairs of times (of the one file, of the other) best, outliers left out.

    A ratio is found from ten pairs on; with fewer only the offset.
    """
    clock = guess
    for reach in (4000, 1500, 800):
        near = [(one, other) for one, other in pairs if abs(one - clock.at(other)) <= reach]
        if len(near) < 3:
            return clock
        clock = _line(near, clock)
    return clock


def _line(pairs: Sequence[tuple[int, int]], guess: Clock) -> Clock:
    count = len(pairs)
    mean_one, mean_other = sum(one for one, _ in pairs) / count, sum(other for _, other in pairs) / count
    spread = sum((other - mean_other) ** 2 for _, other in pairs)
    if count < 10 or not spread:
        return Clock(guess.ratio, mean_one - guess.ratio * mean_other)
    ratio = sum((one - mean_one) * (other - mean_other) for one, other in pairs) / spread
    return Clock(ratio, mean_one - ratio * mean_other)


def _ratios() -> list[float]:
    films = {one / other for one in RATES for other in RATES}
    fine = {1 + number * FINE for number in range(-MOST, MOST + 1)}
    return sorted(films | fine, key=lambda ratio: (abs(ratio - 1), ratio))


def _pulses(times: Times, ratio: float, size: int) -> Any:
    """A blurred pulse where a cue begins, a lower one where it ends, as samples."""
    import numpy as np

    samples = np.zeros(size)
    for edge, height in ((0, 1.0), (1, 0.6)):
        places = np.asarray([round(ratio * span[edge] / STEP) for span in times])
        for by in range(-BLUR, BLUR + 1):
            np.add.at(samples, (places + by) % size, height * (1 - abs(by) / (BLUR + 1)))
    return samples
