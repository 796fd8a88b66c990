"""What is to be written for a training window: Whisper's tokens from the prompt to the end, and where each is heard."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from network import FRAMES
from pool import FRAME, Clip
from tokens import Vocabulary
from windows import IGNORED, Plan, Window

NOWHERE = -1.0
LONGEST_PROMPT = 120
FIRST_STAMP = 50
"""Whisper is not let write a later time stamp than this, one second, before anything else."""


@dataclass(frozen=True)
class Step:
    """A token that is read, the one to be written next (or `IGNORED`), and where that is heard, in seconds."""

    read: int
    write: int
    start: float = NOWHERE
    end: float = NOWHERE


class Writer:
    """Writes the lines of windows in the tokens that are trained."""

    def __init__(self, vocabulary: Vocabulary, chance: random.Random) -> None:
        self.vocabulary, self.chance = vocabulary, chance
        self.numbers = {number: index for index, number in enumerate(vocabulary.used)}
        self.lookup = np.full(max(self.numbers) + 1, self.mark("endoftext"), dtype=np.int64)
        self.lookup[list(self.numbers)] = list(self.numbers.values())

    def mark(self, name: str) -> int:
        """The trained number of a special token."""
        return self.numbers[self.vocabulary.mark(name)]

    def line(self, window: Window, plan: Plan, pick: Callable[[str], Clip]) -> list[Step]:
        """All steps of a window; ``pick`` gives clips for the prompt."""
        if window.task == "silent":
            return self.silence()
        stamped = self.chance.random() < plan.stamped
        steps = self.head(window, stamped) + self.body(window, stamped)
        end = NOWHERE if window.cut is not None else window.end
        steps.append(Step(self.mark("endoftext"), IGNORED, end, end))
        steps = self.hidden(_shifted(steps), window, stamped)
        return self.prompt(window, pick) + steps if self.chance.random() < plan.prompt else steps

    def silence(self) -> list[Step]:
        """Nothing is said, and whoever asks what is said gets nothing."""
        language = self.mark(self.chance.choice(("zh", "en")))
        return [
            Step(self.mark("startoftranscript"), self.mark("nospeech")),
            Step(language, IGNORED),
            Step(self.mark("transcribe"), self.mark("endoftext")),
        ]

    def head(self, window: Window, stamped: bool) -> list[Step]:
        """The start, the language of most of the sound, the task."""
        chinese = sum(clip.frames for _, clip in window.clips if clip.language == "zh")
        language = "zh" if 2 * chinese >= sum(clip.frames for _, clip in window.clips) else "en"
        names = ["startoftranscript", language, "translate" if window.task == "translate" else "transcribe"]
        return [Step(self.mark(name), IGNORED) for name in (*names, *(() if stamped else ("notimestamps",)))]

    def body(self, window: Window, stamped: bool) -> list[Step]:
        """What is said in the clips, between time stamps; a clip that is cut off gets a stamp alone, as in Whisper."""
        steps: list[Step] = []
        for begin, clip in window.clips:
            said = self.translation(clip) if window.task == "translate" else self.words(clip, begin)
            first, last = self.stamp(begin, first=not steps), self.stamp(begin + clip.frames * FRAME)
            steps += [first, *said, last] if stamped else said
        return [*steps, self.stamp(window.cut)] if window.cut is not None and stamped else steps

    def words(self, clip: Clip, begin: float) -> list[Step]:
        """The tokens of a clip where they are heard."""
        tokens = self.lookup[clip.tokens].tolist()
        return [
            Step(token, IGNORED, begin + start, begin + end)
            for token, (start, end) in zip(tokens, clip.times.tolist(), strict=True)
        ]

    def translation(self, clip: Clip) -> list[Step]:
        """The tokens of its English."""
        return [Step(token, IGNORED) for token in self.lookup[clip.english].tolist()]

    def stamp(self, clock: float, *, first: bool = False) -> Step:
        """A time stamp."""
        step = min(max(round(clock / FRAME), 0), FIRST_STAMP if first else FRAMES)
        return Step(self.numbers[self.vocabulary.stamp + step], IGNORED, clock, clock)

    def hidden(self, steps: list[Step], window: Window, stamped: bool) -> list[Step]:
        """Without what is given and not guessed: the task, and the language where there are two.

        Nor is the end guessed where, without stamps, the text of the clip that is cut off would follow.
        """
        given = {1} if stamped else {1, 2}
        if len({clip.language for _, clip in window.clips}) > 1:
            given.add(0)
        if window.cut is not None and not stamped:
            given.add(len(steps) - 1)
        return [replace(step, write=IGNORED) if index in given else step for index, step in enumerate(steps)]

    def prompt(self, window: Window, pick: Callable[[str], Clip]) -> list[Step]:
        """Words before the start: some of what will be said, some of what will not, as hotwords are."""
        listed: list[int] = []
        for _ in range(self.chance.randint(1, 6)):
            clip = self.chance.choice(window.clips)[1] if self.chance.random() < 0.5 else pick("zh")
            at = self.chance.randrange(max(1, len(clip.tokens) - 2))
            listed += [*clip.tokens[at : at + self.chance.randint(2, 12)].tolist(), *self.vocabulary.encode("，")]
        before = [self.mark("startofprev"), *self.lookup[listed[:LONGEST_PROMPT]].tolist()]
        return [Step(token, IGNORED) for token in before]


def _shifted(steps: list[Step]) -> list[Step]:
    """Each step with what the next one reads, and where that is heard."""
    return [Step(step.read, after.read, after.start, after.end) for step, after in pairwise(steps)]
