"""What the recogniser answered about doubts, kept in the journal behind what it heard: nothing is asked twice.

::

    {"verdict": {"start": 0, "end": 1200, "texts": ["…", "…"], "shown": […], "scores": [[-9.1, 0], [-7.5, 2]]}}

A journal is of one recording and one set of options, so that an answer in it stays true. Other readers of a journal
pass these lines over.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.doubts import Question, Score
from toolkit.errors import InputError

Answers = dict[Question, tuple[Score, ...]]


def read_verdicts(journal: Path, language: str) -> Answers:
    """The answers that a journal has about texts in a language.

    Raises:
        InputError: it cannot be read.
    """
    try:
        lines = journal.read_bytes().split(b"\n")[:-1] if journal.exists() else []
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=str(journal)) from None
    return dict(answer for line in lines if b'"verdict"' in line for answer in _answer(line, language))


def keep_verdict(journal: Path, question: Question, scores: tuple[Score, ...], language: str) -> None:
    """Write an answer down behind what the journal has; a line that a killed run left torn goes.

    Raises:
        InputError: the journal cannot be written.
    """
    told = {"start": question.start, "end": question.end, "texts": question.texts, "shown": question.shown}
    told |= {"language": language, "scores": [[score.logprob, score.differing] for score in scores]}
    try:
        with journal.open("r+b") as file:
            file.seek(_whole(journal))
            file.truncate()
            file.write(json.dumps({"verdict": told}, ensure_ascii=False).encode(errors="replace") + b"\n")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", where=str(journal)) from None


def _answer(line: bytes, language: str) -> Iterator[tuple[Question, tuple[Score, ...]]]:
    try:
        told: dict[str, Any] = json.loads(line)["verdict"]
        question = Question(int(told["start"]), int(told["end"]), tuple(told["texts"]), tuple(told["shown"]))
        scores = tuple(Score(float(logprob), int(differing)) for logprob, differing in told["scores"])
    except (ValueError, TypeError, KeyError):  # torn, or edited by hand: it is asked again
        return
    if told.get("language") == language:
        yield question, scores


def _whole(journal: Path) -> int:
    """How many bytes of a file are whole lines."""
    size = journal.stat().st_size
    with journal.open("rb") as file:
        file.seek(max(size - (1 << 16), 0), os.SEEK_SET)
        tail = file.read()
    return size if tail.endswith(b"\n") else size - len(tail) + tail.rfind(b"\n") + 1
