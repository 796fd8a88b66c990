"""The packed model beside the text it was made from; needs the text, which the project does not hold."""

from __future__ import annotations

import random
import tarfile
from pathlib import Path

import pytest

from toolkit.language_model import UNKNOWN, load_language_model

SOURCE = Path(__file__).parents[2] / "shared" / "data" / "lm" / "lm_sc.arpa-20220810.tar.xz"

Ngrams = dict[tuple[str, ...], tuple[float, float]]


@pytest.fixture(scope="module")
def ngrams() -> Ngrams:
    if not SOURCE.is_file():
        pytest.skip(f"the ARPA text of the model is not at {SOURCE.name} beside the project")
    found: Ngrams = {}
    with tarfile.open(SOURCE) as archive:
        member = archive.extractfile("lm_sc.arpa")
        assert member is not None
        for line in member:
            columns = line.decode().rstrip("\n").split("\t")
            if len(columns) > 1:
                backoff = float(columns[2]) if len(columns) > 2 else 0.0
                found[tuple(columns[1].split(" "))] = float(columns[0]), backoff
    return found


def logprob(ngrams: Ngrams, words: tuple[str, ...]) -> float:
    """Katz back-off as the ARPA format defines it."""
    if words in ngrams:
        return ngrams[words][0]
    return ngrams.get(words[:-1], (0.0, 0.0))[1] + logprob(ngrams, words[1:])


def test_ten_thousand_ngrams_score_as_in_the_source(ngrams: Ngrams) -> None:
    chosen = random.Random(7)
    model = load_language_model()
    keys = [key for key in ngrams if "<unk>" not in key]
    words = [key[0] for key in keys if len(key) == 1]
    sample = chosen.sample(keys, 7_000)
    sample += [(chosen.choice(words), *key[-2:]) for key in chosen.sample(keys, 3_000)]
    worst = 0.0
    for key in sample:
        numbers = [UNKNOWN, UNKNOWN, *(model.number(word) for word in key)][-3:]
        worst = max(worst, abs(model.logprob(numbers[2], numbers[1], numbers[0]) - logprob(ngrams, key)))
    assert worst <= 0.05
