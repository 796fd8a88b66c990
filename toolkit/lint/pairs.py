"""Rules about two languages: what is not translated, numbers that differ, terms that are not the glossary's."""

from __future__ import annotations

import re
from itertools import chain

from toolkit.amounts import FIGURE, lacking, named
from toolkit.breaks import is_chinese, visible
from toolkit.lint.sheet import Sheet
from toolkit.lint.sides import languages


def untranslated(sheet: Sheet, index: int) -> str:
    """A cue lacks one of the languages that most cues of the file have, or has the same text in both."""
    if not sheet.bilingual:
        return ""
    texts = languages(sheet.cues[index])
    if len(texts) < 2:
        return "has one language where others have two" if any(re.search(r"[^\W\d_]", text) for text in texts) else ""
    one, other = (visible(text).strip().casefold() for text in texts)
    return "says the same in both lines" if one == other else ""


def numbers(sheet: Sheet, index: int) -> str:
    """A number that one language has in digits is not in the other, neither in digits nor in words."""
    pair = _chinese_and_other(sheet, index)
    if not pair:
        return ""
    gone = [
        named(amount, other)
        for one, other in (pair, (pair[1], pair[0]))
        for amount in lacking(one, other)
        if amount.kind == FIGURE
    ]
    return f"{', '.join(dict.fromkeys(gone))} in one language only" if gone else ""


def glossary(sheet: Sheet, index: int) -> str:
    """A term of the lexicon is not translated as the lexicon says."""
    pair = _chinese_and_other(sheet, index)
    if not pair:
        return ""
    chinese, other = pair
    folded = _fold(other)
    here = [term for term in sheet.english if term in chinese]
    outer = [term for term in here if not any(term != longer and term in longer for longer in here)]
    wrong = [f"{term}: {sheet.english[term]}" for term in outer if _fold(sheet.english[term]) not in folded]
    return f"not translated as the lexicon says, {'; '.join(wrong)}" if wrong else ""


def _chinese_and_other(sheet: Sheet, index: int) -> tuple[str, str] | None:
    """The Chinese text of a cue and the other one; None unless it has just these."""
    texts = [visible(text) for text in languages(sheet.cues[index])]
    if len(texts) != 2 or is_chinese(texts[0]) == is_chinese(texts[1]):
        return None
    return (texts[0], texts[1]) if is_chinese(texts[0]) else (texts[1], texts[0])


def _fold(text: str) -> str:
    """The text as terms are compared: small letters and digits, without plurals."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return " " + " ".join(chain(word.removesuffix("s") if len(word) > 3 else word for word in words)) + " "
