"""A coarse sieve by word frequencies alone: drops, by array operations, matches that no context could save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.correct.context import LONG_TERM_LOGPROB, NAME_LOGPROBS, NEVER, REACH, TERM_LOGPROBS
from toolkit.correct.document import Document
from toolkit.correct.index import Index
from toolkit.correct.search import Matches
from toolkit.language_model import LONGEST, LanguageModel, hash_columns, word_ranks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def frequency_gains(document: Document, index: Index, matches: Matches, model: LanguageModel) -> NDArray[np.float32]:
    """What each match gains in log10 when words are taken by frequency, without their order.

    The context is read on both sides of the match by itself, and whole as it was heard.
    """
    lows, highs = _contexts(document, matches)
    words = _Words(document, model, lows, highs)
    terms = _term_logprobs(index, model)[index.sounds.terms[matches.entries]]
    heard = words.best(lows, highs)
    around = words.best(lows, matches.starts) + words.best(matches.ends, highs)
    gains: NDArray[np.float32] = around + terms - heard
    return gains


def term_word_logprobs(index: Index, model: LanguageModel) -> NDArray[np.float32]:
    """The log10 probability of each term as a word of the model; `NEVER` for one that it does not know."""
    import numpy as np

    known = word_ranks(index.hashes, model.arrays["word_hashes"])
    logprobs = np.empty(len(known), dtype=np.float32)
    logprobs[index.ranked] = np.where(known >= 0, model.unigrams[known], NEVER)
    return logprobs


def _term_logprobs(index: Index, model: LanguageModel) -> NDArray[np.float32]:
    import numpy as np

    lengths = [len(term.text) for term in index.terms]
    own = np.array([TERM_LOGPROBS.get(length, LONG_TERM_LOGPROB) for length in lengths], dtype=np.float32)
    return np.maximum(own, term_word_logprobs(index, model))


def _contexts(document: Document, matches: Matches) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Start and end of each match with up to `REACH` characters more on either side, within its run."""
    last = len(document.text) - 1
    runs = document.runs[matches.starts]
    lows, highs = matches.starts.copy(), matches.ends.copy()
    for step in range(1, REACH + 1):
        before, after = matches.starts - step, matches.ends + step - 1
        lows[(before >= 0) & (document.runs[before.clip(0)] == runs)] -= 1
        highs[(after <= last) & (document.runs[after.clip(max=last)] == runs)] += 1
    return lows, highs


class _Words:
    """The words that begin at each place near a match, by length, with their log10 probability."""

    def __init__(
        self, document: Document, model: LanguageModel, lows: NDArray[np.int32], highs: NDArray[np.int32]
    ) -> None:
        import numpy as np

        size = len(document.text)
        steps = np.zeros(size + 1, dtype=np.int32)
        np.add.at(steps, lows, 1)
        np.add.at(steps, highs, -1)
        needed = np.flatnonzero(np.cumsum(steps[:-1]) > 0)
        self.logprobs = np.full((LONGEST + 1, size + LONGEST + 1), NEVER, dtype=np.float32)
        for length in range(1, LONGEST + 1):
            places = needed[needed + length <= size]
            hashes = hash_columns([document.codes[places + offset] for offset in range(length)])
            ranks = word_ranks(hashes, model.arrays["word_hashes"])
            least = model.unknown if length == 1 else NAME_LOGPROBS.get(length, NEVER)
            found = np.where(ranks >= 0, model.unigrams[ranks], NEVER)
            self.logprobs[length, places] = np.maximum(found, least)

    def best(self, starts: NDArray[np.int32], ends: NDArray[np.int32]) -> NDArray[np.float32]:
        """The highest log10 probability of reading each stretch as words; 0 for an empty one."""
        import numpy as np

        longest = int((ends - starts).max(initial=0))
        scores = np.full((longest + 1, len(starts)), NEVER, dtype=np.float32)
        scores[0] = 0
        for reached in range(1, longest + 1):
            best = scores[reached]
            for length in range(1, min(LONGEST, reached) + 1):
                begin = np.minimum(starts + (reached - length), self.logprobs.shape[1] - 1)
                np.maximum(best, scores[reached - length] + self.logprobs[length, begin], out=best)
        final: NDArray[np.float32] = scores[ends - starts, np.arange(len(starts))]
        return final
