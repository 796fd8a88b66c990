"""Translation, Chinese to English and back: what a translator is, and how its answers are checked and mended.

A translator is a function from a page of lines to answers. What it answers is held against the glossary and against
the numbers of the original; a line with a fault is asked for once more and told what was wrong; what can be mended
safely is; the rest is flagged. Nothing is dropped: there is a text or a flag for each cue.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from toolkit.cues import Cue
from toolkit.formats.markup import plain_text
from toolkit.translate.checks import faults, tidy, worse
from toolkit.translate.glossary import Glossary
from toolkit.translate.languages import is_chinese, needs_none, one_line
from toolkit.translate.mend import as_listed, mend
from toolkit.translate.names import one_spelling
from toolkit.translate.values import (
    NAME,
    TERM,
    Answer,
    Demand,
    Flag,
    Line,
    Page,
    Told,
    Translation,
    Translator,
)

__all__ = ["Answer", "Demand", "Flag", "Glossary", "Line", "Page", "Told", "Translation", "Translator", "translate"]


def translate(
    cues: Sequence[Cue],
    translator: Translator,
    glossary: Glossary | None = None,
    *,
    target: str = "en",
    tell: Told | None = None,
) -> Translation:
    """One translated text for each cue, with flags where something is to be known about it.

    What is in the target language already passes through as it is. Give a `Glossary` made for the same target.

    >>> def parrot(page, wanted):
    ...     yield from ((place, Answer("The embodied ai zone")) for place in wanted)
    >>> from toolkit.lexicon import Lexicon, Term
    >>> glossary = Glossary.of(Lexicon.of([Term("具身智能", english="embodied AI")]), "en")
    >>> cues = [Cue(0, 900, "具身智能的展区"), Cue(900, 1800, "Thank you")]
    >>> translate(cues, parrot, glossary).texts
    ('The embodied AI zone', 'Thank you')

    Raises:
        BackendError: the translator failed, and no more is to be had from it now.
    """
    glossary = glossary or Glossary()
    texts = [one_line(plain_text(cue)) for cue in cues]
    passed = tuple(needs_none(text, target) for text in texts)
    lines = tuple(
        Line(text, cue.start, cue.end, () if skip else glossary.demands(text))
        for text, cue, skip in zip(texts, cues, passed, strict=True)
    )
    page = Page(lines, "en" if is_chinese(target) else "zh", target)
    wanted = [place for place, skip in enumerate(passed) if not skip]
    answers = _best_answers(page, wanted, translator, tell or (lambda *_: None))
    return _settle(page, passed, answers, glossary)


def _best_answers(page: Page, wanted: Sequence[int], translator: Translator, tell: Told) -> dict[int, Answer]:
    """The answers to the lines wanted; those with a fault are asked for again, and the better answer counts."""
    answers: dict[int, Answer] = {}
    for place, answer in translator(page, wanted):
        answers[place] = replace(answer, text=tidy(answer.text, page.target))
        tell(len(answers), len(wanted))
    found = {place: _faults(page, place, answers.get(place)) for place in wanted}
    faulty = [place for place in wanted if found[place] and answers.get(place, Answer("")).text]
    if faulty:
        lines = list(page.lines)
        for place in faulty:
            lines[place] = replace(lines[place], wrong=tuple(flag.detail for flag in found[place]))
        for place, answer in translator(replace(page, lines=tuple(lines)), faulty):
            again = replace(answer, text=tidy(answer.text, page.target))
            if worse(found[place], _faults(page, place, again)):
                answers[place] = again
    return answers


def _faults(page: Page, place: int, answer: Answer | None) -> tuple[Flag, ...]:
    return faults(page.lines[place], answer or Answer(""), page.target)


def _settle(page: Page, passed: tuple[bool, ...], answers: dict[int, Answer], glossary: Glossary) -> Translation:
    """The translation with terms and names put right where that is safe, and flags for the rest."""
    texts: list[str] = []
    mended: list[list[Flag]] = []
    for place, line in enumerate(page.lines):
        answer = answers.get(place, Answer(""))
        text, flags = (line.text, []) if passed[place] else _with_terms(line, answer.text, glossary)
        texts.append(text)
        mended.append(flags)
    known = {spelling for entry in glossary.entries for spelling in entry.wanted}
    spelled, changes = one_spelling([line.text for line in page.lines], texts, page.target, known)
    spelled = [text if skip else new for text, new, skip in zip(texts, spelled, passed, strict=True)]
    for change in changes:
        if not passed[change.place]:
            mended[change.place].append(Flag(NAME, f"{change.before} became {change.after}", mended=True))
    flagged = [
        () if skip else (*mended[place], *_remaining(page, place, spelled[place], answers))
        for place, skip in enumerate(passed)
    ]
    return Translation(_without_refusals(spelled, flagged), tuple(flagged), passed, page.target)


def _with_terms(line: Line, text: str, glossary: Glossary) -> tuple[str, list[Flag]]:
    flags: list[Flag] = []
    for demand in line.terms:
        put = mend(text, demand, glossary.wrong_for(demand)) if text else None
        if put is not None and put.before:
            flags.append(Flag(TERM, f"{put.before} became {demand.wanted[0]}", mended=True))
            text = put.text
        text = as_listed(text, demand).text
    return text, flags


def _remaining(page: Page, place: int, text: str, answers: dict[int, Answer]) -> tuple[Flag, ...]:
    refused = answers.get(place, Answer("")).refused
    return faults(page.lines[place], Answer(text, refused), page.target)


def _without_refusals(texts: Iterable[str], flags: Sequence[tuple[Flag, ...]]) -> tuple[str, ...]:
    return tuple(
        "" if any(flag.kind == "missing" for flag in each) else text for text, each in zip(texts, flags, strict=True)
    )
