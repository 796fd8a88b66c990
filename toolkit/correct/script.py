"""Text and terms in two scripts: a term in the other one stands right, a repair is written as the text around it is.

What is the same in the other script is told by OpenCC where that is installed. Without it a stretch is a term when all
characters that differ sound exactly alike and one of each two is traditional alone, and both have such of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.correct.decide import Decision
from toolkit.correct.document import Document
from toolkit.correct.index import Index
from toolkit.correct.search import UNUSUAL, Matches, find_sounds
from toolkit.correct.sound_index import only_terms
from toolkit.correct.standing import find_standing
from toolkit.correct.syllables import load_syllables
from toolkit.language_model import text_codes
from toolkit.scripts import Convert, find_converter, main_script, only_scripts
from toolkit.sounds import all_readings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

USUAL = {"zh-Hans": "simplified", "zh-Hant": "traditional-tw"}

NAMES = {"zh-Hans": "simplified", "zh-Hant": "traditional"}

ROUNDING = 0.001
"""How far sums of costs may be from what they are."""


@dataclass(frozen=True)
class Scripts:
    """How terms are written in a document: ``main`` is the tag of its script, empty where nothing is to be converted.

    ``asked`` is the script of `toolkit.profile.CorrectOptions`; traditional text that nobody asked for is taken to be
    spelled as in Taiwan, for what OpenCC calls traditional alone (羣衆, 啓) few people write.
    """

    main: str = ""
    asked: str = "keep"

    def written(self, text: str) -> str | None:
        """A term as the document would have it; None where that takes OpenCC, and it is not installed."""
        if not self.main or not only_scripts(text) - {self.main}:
            return text
        name = self.asked if self.asked.startswith(NAMES[self.main]) else USUAL[self.main]
        convert = find_converter(name)
        return convert(text) if convert else None


def read_scripts(document: Document, index: Index, asked: str = "keep") -> Scripts | None:
    """How terms are written in the document; None where text and terms have no other script than the simplified one."""
    if "zh-Hant" not in only_scripts(document.text) | index.scripts:
        return None
    return Scripts(main_script(document.text), asked)


def with_own_spelling(document: Document, index: Index) -> Document:
    """The document with every term that stands in the other script as the lexicon writes it; what was heard stays."""
    import numpy as np

    matches, places = _alike(document, index)
    codes = document.codes.copy()
    converters = [find_converter(name) for name in ("simplified", "traditional") if len(matches)]
    for row in np.argsort(matches.ends - matches.starts, kind="stable").tolist():
        start, end, term = int(matches.starts[row]), int(matches.ends[row]), index.terms[int(places[row])].text
        heard = document.text[start:end]
        listed = any(other.text == term for other, _ in index.aliases.get(heard.casefold(), ()))
        if not listed and is_same(heard, term, *converters):
            codes[start:end] = text_codes(term)
    if (codes == document.codes).all():
        return document
    return replace(document, text="".join(map(chr, codes.tolist())), codes=codes)


def is_same(heard: str, term: str, simplify: Convert | None = None, complicate: Convert | None = None) -> bool:
    """Whether a stretch is the term in the other script, and in that alone; see the head for what is without OpenCC.

    >>> [is_same(heard, "机器学习") for heard in ("機器學習", "機器雪習", "機器学习", "机器学习")]
    [True, False, False, False]
    """
    if heard == term or len(heard) != len(term) or len(only_scripts(heard)) != 1:
        return False
    if simplify and complicate:
        return simplify(heard) == simplify(term) or complicate(term) == heard or complicate(heard) == term
    pairs = [(one, other) for one, other in zip(heard, term, strict=True) if one != other]
    here, there = (frozenset[str]().union(*map(only_scripts, side)) for side in zip(*pairs, strict=True))
    alike = all("zh-Hant" in only_scripts(f"{one}{other}") and _sound_alike(one, other) for one, other in pairs)
    return alike and len(here) == len(there) == 1 and here != there


def _sound_alike(one: str, other: str) -> bool:
    return not set(all_readings(one)).isdisjoint(all_readings(other))


def in_its_script(decisions: Sequence[Decision], scripts: Scripts) -> list[tuple[Decision, str]]:
    """The decisions with what each writes; one that cannot be written in the document's script is only suggested."""
    found = []
    for decision in decisions:
        term = decision.candidate.term.text
        written = scripts.written(term)
        if written is None:
            why = (
                f"the text is {NAMES[scripts.main]}, the term is not; pip install 'zimu-toolkit[script]' to convert it"
            )
            decision = replace(decision, applied=False, reason=why)
        found.append((decision, term if written is None else written))
    return found


def _alike(document: Document, index: Index) -> tuple[Matches, NDArray[np.int32]]:
    """Stretches with a character of one script alone that have the sound of a term, and the places of their terms."""
    import numpy as np

    sounds = index.sounds
    if "zh-Hant" not in only_scripts(document.text):
        wanted = np.array(["zh-Hant" in only_scripts(term.text) for term in index.terms], dtype=bool)
        sounds = only_terms(sounds, wanted, load_syllables())
    marked = "".join(char for char in set(document.text) if only_scripts(char))
    counted = np.concatenate([[0], np.cumsum(np.isin(document.codes, text_codes(marked)))])
    matches = find_sounds(document, replace(index, sounds=sounds))
    lengths, places = matches.ends - matches.starts, sounds.terms[matches.entries]
    kept = (lengths == index.sizes[places]) & (counted[matches.ends] > counted[matches.starts])
    kept &= matches.costs <= UNUSUAL * lengths + ROUNDING
    kept &= ~find_standing(document, index).damaged(matches.starts, matches.ends)
    return matches.only(kept), places[kept]
