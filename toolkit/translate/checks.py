"""What is wrong with a translated line: left in its language, without a term, with another number."""

from __future__ import annotations

import re

from toolkit.translate.amounts import changed_numbers
from toolkit.translate.glossary import holds, places
from toolkit.translate.languages import is_chinese, left_over, one_line
from toolkit.translate.values import LANGUAGE, MISSING, NUMBER, TERM, Answer, Flag, Line
from toolkit.translate.words import words_of

_REFUSALS = re.compile(
    r"^\W*(?:(?:I['’]?m|I am) (?:sorry|unable)|sorry, but I"
    r"|I (?:can ?not|can['’]t|won['’]t) (?:assist|help|translate|fulfil)|as an AI (?:language )?model"
    r"|(?:抱歉|对不起)，?我(?:无法|不能)|作为(?:一个)?(?:AI|人工智能)(?:语言)?模型)",
    re.IGNORECASE,
)
_SORRY = re.compile("sorry|cannot|can't|抱歉|对不起|无法|不能|作为|as an", re.IGNORECASE)


def faults(line: Line, answer: Answer, target: str) -> tuple[Flag, ...]:
    """What a person should know about the answer to a line; empty where nothing is wrong.

    >>> [str(flag) for flag in faults(Line("有三百家"), Answer("There are 30 of them"), "en")]
    ['number: 三百 has no equal', 'number: 30 has no equal']
    """
    if not answer.text:
        return (Flag(MISSING, answer.refused or "there was no answer"),)
    if refuses(line.text, answer.text):
        return (Flag(MISSING, f"refused: {answer.text[:60]}"),)
    found = [
        Flag(TERM, f"{demand.text} is to be {' or '.join(map(repr, demand.wanted))}")
        for demand in line.terms
        if not holds(answer.text, demand.wanted)
    ]
    rest = left_over(line.text, _without(answer.text, line), target)
    if rest:
        found.insert(0, Flag(LANGUAGE, f"{rest[:40]} is not translated"))
    numbers = changed_numbers(*_without_terms(line, answer.text))
    found += [Flag(NUMBER, f"{number} has no equal") for number in numbers]
    return tuple(found)


def refuses(source: str, text: str) -> bool:
    """Whether an answer says that there is none, while the line says no such thing.

    >>> refuses("谢谢大家", "I'm sorry, but I can't help with that."), refuses("对不起，我不能去", "Sorry, I can't go")
    (True, False)
    """
    return bool(_REFUSALS.match(text)) and not _SORRY.search(source)


def _without(text: str, line: Line) -> str:
    """The text without terms that stay as they are in both languages."""
    for demand in line.terms:
        if demand.text in demand.wanted:
            text = text.replace(demand.text, "")
    return text


def _without_terms(line: Line, text: str) -> tuple[str, str]:
    """Both texts without the terms that both hold: the 4 of GPT-4 is no number of its own."""
    source = line.text
    for demand in line.terms:
        if not re.search(r"[\d零一二三四五六七八九十]", "".join((demand.text, *demand.wanted))):
            continue
        found = (place for spelling in demand.wanted for place in places(text, words_of(text), spelling))
        start, end = next(found, (0, 0))
        if end:
            source, text = source.replace(demand.text, " "), f"{text[:start]} {text[end:]}"
    return source, text


def worse(one: tuple[Flag, ...], other: tuple[Flag, ...]) -> bool:
    """Whether one list of faults weighs more than another: nothing is worst, then the language, then their number."""
    return _weight(one) > _weight(other)


def _weight(flags: tuple[Flag, ...]) -> tuple[bool, bool, int]:
    kinds = [flag.kind for flag in flags]
    return MISSING in kinds, LANGUAGE in kinds, len(kinds)


def tidy(text: str, target: str) -> str:
    r"""An answer in one line, without what models like to put around it.

    >>> tidy(' "The zone\\nis full" ', "en")
    'The zone is full'
    """
    text = one_line(text.replace("\\n", "\n"))
    quoted = re.fullmatch(r"[\"“](?P<inside>[^\"“”]*)[\"”]", text)
    text = quoted["inside"].strip() if quoted else text
    return re.sub(r"(?<=[\u3400-\u9fff]),(?=[\u3400-\u9fff])", "，", text) if is_chinese(target) else text
