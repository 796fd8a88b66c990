"""How likely each term is to be spoken, and misheard, in this document: what the document itself says about it.

Three things speak for a term: that it stands right elsewhere, that other stretches sound like it, and that much of the
list that it comes from is spoken about here. A long list of which nothing occurs is silent; a term to which several
different spellings point is all but certain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.correct.document import Document
from toolkit.correct.index import Index
from toolkit.correct.reading import NEVER
from toolkit.correct.soundings import Soundings
from toolkit.correct.standing import Standing
from toolkit.correct.weigh import plain_strengths
from toolkit.language_model import LanguageModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST_WORDS = 1000
"""A document of fewer words says no more about the share that a term has of it."""

SPOKEN_OF_FEW, SPOKEN_OF_MANY, SPOKEN_OF_WORDS = 0.3, (3.0, 0.45), 0.02
"""How many terms of a list are expected to be spoken before the document is looked at: this share of a short list, so
many times a longer one's size to that power, and never more than this share of the document's words."""

TRUST, TRUST_SHARE = 11.0, 0.15
"""How many terms, and what share of a list, that expectation counts for against what is found."""

MISHEARD = 0.5
"""How often a term is misheard that is spoken and never heard right."""

MISHEARD_SHARE, MISHEARD_TRUST = 0.12, 1.0
"""How often terms are expected to be misheard for each time that they are heard right, before the document is looked
at, and how many misheard places that counts for. Every document has its own share: text without mistakes none."""

MOST_MISHEARD = 0.3
"""The share is never taken to be higher."""

CERTAIN = 1.3
"""The strength at which a stretch that sounds like a term counts half as one that is certain."""

EASE, RAREST = 0.5, -6.3
"""How much less often a word is misheard, in log10, for each power of ten that it is commoner than the rarest."""

SHARING = 4.0
"""The most, in log10, that words which a stretch has in common with a term may say that the term is meant."""

ROUNDS = 12
"""How often decisions may make others likelier; a chain longer than this has not been seen."""

MOST_ALIKE = 8.0
"""How many misheard places of one term are hoped for when nothing is decided yet."""


@dataclass(frozen=True, eq=False)
class Presence:
    """What is known of the terms of an index, T of them in S lists, before any stretch is decided.

    ``right`` (T) is how often each is heard right, ``certain`` (T) how often it is known to be misheard, ``spoken`` (T)
    how surely it is spoken at all, from 0 to 1. ``unease`` (T) is how likely each is misheard beside a word that nobody
    has ever heard. ``lists`` (T) are the lists that terms come from, ``sizes`` (S) count the terms of each, and
    ``words`` are those of the document.
    """

    right: NDArray[np.float64]
    certain: NDArray[np.float64]
    spoken: NDArray[np.float64]
    unease: NDArray[np.float64]
    weights: NDArray[np.float64]
    lists: NDArray[np.int64]
    sizes: NDArray[np.int64]
    words: float

    def logprobs(self, terms: NDArray[np.int32], often: NDArray[np.float64]) -> NDArray[np.float64]:
        """log10 probabilities of terms that are misheard so often."""
        import numpy as np

        logprobs: NDArray[np.float64] = np.log10(often * self.weights[terms].clip(min=1e-9) / self.words)
        return logprobs

    def often(self, pointed: NDArray[np.float64], places: float) -> NDArray[np.float64]:
        """How often each term is expected to be misheard (T), by what is known of all others.

        ``pointed`` (T) says how surely other stretches point to each term, ``places`` how many stretches of the
        document are surely misheard.
        """
        import numpy as np

        misheard = self.certain.sum() + places
        right = self.right * self.unease
        share = (MISHEARD_TRUST + misheard) / (MISHEARD_TRUST / MISHEARD_SHARE + right.sum())
        unheard = self._unheard(np.maximum(self.spoken, pointed))
        often: NDArray[np.float64] = np.where(
            self.right > 0, np.maximum(min(share, MOST_MISHEARD) * (right + self.unease), unheard), unheard
        )
        return often + self.certain

    def _unheard(self, spoken: NDArray[np.float64]) -> NDArray[np.float64]:
        """How often each term is expected to be misheard that is never heard right, given how surely each is spoken."""
        import numpy as np

        base, power = SPOKEN_OF_MANY
        expected = np.minimum(SPOKEN_OF_FEW * self.sizes, base * self.sizes**power)
        expected = np.minimum(expected, SPOKEN_OF_WORDS * self.words)
        trust = TRUST + TRUST_SHARE * self.sizes
        found = np.bincount(self.lists, weights=spoken, minlength=len(self.sizes))
        shares = (trust * expected / self.sizes + found) / (trust + self.sizes)
        often: NDArray[np.float64] = MISHEARD * shares[self.lists] * self.unease
        return often


@dataclass(frozen=True, eq=False)
class Settled:
    """What became of M stretches: their strengths, what the document gave to each, how many others it counted on."""

    strengths: NDArray[np.float64]
    plain: NDArray[np.float64]
    given: NDArray[np.float64]
    alike: NDArray[np.float64]


def read_presence(document: Document, index: Index, standing: Standing, model: LanguageModel | None) -> Presence:
    """What the terms that stand right say about all others."""
    import numpy as np

    counts = standing.counts(len(index.terms)).astype(np.float64)
    names = {name: number for number, name in enumerate(sorted({term.source for term in index.terms}))}
    lists = np.array([names[term.source] for term in index.terms], dtype=np.int64)
    alone = np.full(len(counts), NEVER)
    if model is not None:
        numbers = model.ranks(index.hashes)[index.places]
        alone[numbers >= 0] = model.unigrams[numbers[numbers >= 0]]
    chance = document.words * 10.0**alone
    return Presence(
        right=counts,
        certain=np.zeros(len(counts)),
        spoken=np.where(counts > 0, 1 - chance / np.maximum(counts, 1), 0).clip(min=0),
        unease=10.0 ** (-EASE * (alone - RAREST).clip(min=0)),
        weights=np.array([term.weight for term in index.terms]),
        lists=lists,
        sizes=np.bincount(lists, minlength=len(names)),
        words=max(document.words, FEWEST_WORDS),
    )


def with_certain(presence: Presence, terms: NDArray[np.int32]) -> Presence:
    """The presence when these terms, one for each place, are known to be misheard."""
    import numpy as np

    counts = np.bincount(terms, minlength=len(presence.right))
    return replace(presence, certain=presence.certain + counts, spoken=np.maximum(presence.spoken, counts > 0))


def hopeful(presence: Presence, terms: NDArray[np.int32], plain: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Whether each stretch may come to be above zero, given all that can speak for it but its document.

    What may be certain makes others of its term likelier, as in `settle`; a stretch that stays below zero even with
    `MOST_ALIKE` others is of no use there.
    """
    import numpy as np

    above = np.zeros(len(plain), dtype=bool)
    count = -1
    while count != (count := int(above.sum())):
        found = np.bincount(terms[above], minlength=len(presence.right))
        often = presence.often(np.minimum(found, 1.0), float(count))
        alike = (found[terms] - above).clip(0, MOST_ALIKE)
        above |= plain + presence.logprobs(terms, often[terms] + alike) > 0
    return above


def settle(found: Soundings, presence: Presence) -> Settled:
    """The strengths of stretches when all evidence is pooled.

    A stretch that is surely a term makes its other look-alikes likelier, and its list; that is repeated until nothing
    new follows. One spelling counts once however often it occurs: a name of its own is spelt the same way every time.
    """
    import numpy as np

    plain = plain_strengths(found).astype(np.float64)
    spellings, which = np.unique(_spellings(found), return_inverse=True)
    owners = np.zeros(len(spellings), dtype=np.int64)
    owners[which] = found.terms
    sure, places = np.zeros(len(spellings)), 0.0
    for _ in range(ROUNDS):
        total = np.bincount(owners, weights=sure, minlength=len(presence.right))
        alike = total[found.terms] - sure[which]
        often = presence.often(np.minimum(total, 1.0), places)
        given = presence.logprobs(found.terms, often[found.terms] + alike)
        strengths = plain - found.shared + np.minimum(given + found.shared, SHARING)
        before, sure = sure, np.zeros(len(spellings))
        leading = _leading(found, strengths)
        surely = _surely(strengths[leading])
        np.maximum.at(sure, which[leading], surely)
        places = float(surely.sum())
        if np.allclose(before, sure, atol=1e-3):
            break
    return Settled(strengths, plain, given, alike)


def _spellings(found: Soundings) -> NDArray[np.uint64]:
    """The spellings, of stretches of one term that overlap that of the first: 寓言模型 and 把寓言模型 are one place."""
    import numpy as np

    order = np.lexsort((found.matches.starts, found.terms))
    starts, ends, terms = found.matches.starts[order], found.matches.ends[order], found.terms[order]
    # Terms one behind the other, each from its own offset on, so that one running maximum serves them all.
    span = int(ends.max(initial=0)) + 1
    reached = np.maximum.accumulate(ends + terms.astype(np.int64) * span)
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = starts[1:] + terms[1:].astype(np.int64) * span >= reached[:-1]
    spellings = found.spellings.copy()
    spellings[order] = found.spellings[order][np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))]
    return spellings


def _surely(strengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Strengths as how much a stretch counts, from 0 to 1."""
    import numpy as np

    surely: NDArray[np.float64] = 1.0 / (1.0 + 10.0 ** (CERTAIN - strengths).clip(-10, 10))
    return np.where(strengths > 0, surely, 0.0)


def _leading(found: Soundings, strengths: NDArray[np.float64]) -> NDArray[np.int64]:
    """The stretches that no stronger one overlaps."""
    import numpy as np

    some = np.flatnonzero(strengths > 0)
    starts, ends = found.matches.starts[some], found.matches.ends[some]
    best = np.full(int(ends.max(initial=0)) + 1, -np.inf)
    longest = int((ends - starts).max(initial=0))
    for offset in range(longest):
        inside = starts + offset < ends
        np.maximum.at(best, (starts + offset)[inside], strengths[some][inside])
    leads = np.ones(len(some), dtype=bool)
    for offset in range(longest):
        inside = starts + offset < ends
        leads[inside] &= strengths[some][inside] >= best[(starts + offset)[inside]]
    leading: NDArray[np.int64] = some[leads]
    return leading
