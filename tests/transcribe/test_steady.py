"""Second tries that depend on the sound alone."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from toolkit.transcribe.steady import TRIES, steadied


@dataclass(frozen=True)
class Options:
    temperatures: tuple[float, ...] = (0.0, 0.2)
    compression_ratio_threshold: float = 2.4
    no_repeat_ngram_size: int = 0
    repetition_penalty: float = 1.0


@pytest.mark.parametrize(
    ("ratios", "chosen", "tries"),
    [((1.0,), 0, 1), ((2.4,), 0, 1), ((9.0, 1.0), 1, 2), ((9.0, 5.0, 2.0), 2, 3), ((9.0, 5.0, 7.0), 1, 3)],
    ids=["good at once", "just good", "second", "third", "none is good, the least bad"],
)
def test_a_repetitive_window_is_tried_again(ratios: tuple[float, ...], chosen: int, tries: int) -> None:
    seen: list[Options] = []

    def generate(sound: object, prompt: object, tokenizer: object, options: Options) -> tuple[str, float, float, float]:
        seen.append(options)
        return f"text {len(seen) - 1}", -0.5, 0.0, ratios[len(seen) - 1]

    assert steadied(generate)(None, None, None, Options()) == (f"text {chosen}", -0.5, chosen, ratios[chosen])
    assert len(seen) == tries
    assert all(options.temperatures == [0.0] for options in seen)
    assert seen[0].no_repeat_ngram_size == 0
    assert [options.no_repeat_ngram_size for options in seen[1:]] == [10, 5][: tries - 1]


def test_only_tries_after_the_first_count_as_hot() -> None:
    """Whisper forgets its last text above a temperature of 0.5."""
    assert [number > 0.5 for number in range(len(TRIES))] == [False, True, True]
