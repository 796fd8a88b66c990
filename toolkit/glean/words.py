"""Chinese text cut into the words of the language model."""

from __future__ import annotations

from toolkit.language_model import LONGEST, UNKNOWN, LanguageModel

STRANGE = -8.0
"""The log10 probability of a character that is no known word by itself."""


def words_of(text: str, model: LanguageModel | None) -> list[tuple[int, int]]:
    """Where each word of a text begins and ends, by the likeliest reading; single characters without a model."""
    if model is None:
        return [(place, place + 1) for place in range(len(text))]
    ways: list[tuple[float, int, int]] = [(0.0, 0, UNKNOWN)]
    for end in range(1, len(text) + 1):
        options = []
        for start in range(max(end - LONGEST, 0), end):
            number = model.number(text[start:end])
            if number != UNKNOWN or end - start == 1:
                logprob = model.logprob(number, ways[start][2]) if number != UNKNOWN else STRANGE
                options.append((ways[start][0] + logprob, start, number))
        ways.append(max(options))
    found, end = [], len(text)
    while end:
        found.append((ways[end][1], end))
        end = ways[end][1]
    return found[::-1]
