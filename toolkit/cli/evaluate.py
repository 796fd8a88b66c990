"""`zimu evaluate`: a transcript beside a reference, in figures and side by side; a gate for checks that must hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cli.command import Call, Command, Flag
from toolkit.errors import InputError, UsageError

if TYPE_CHECKING:
    from toolkit.cues import Transcript
    from toolkit.evaluate import Document, Figure, Rules, TermScore

FINDINGS = 1
"""Exit code where a gate does not hold."""

GATES = {"max_cer": ("cer", "--max-cer"), "min_term_recall": ("term_recall", "--min-term-recall")}
"""Flags that set a limit: the figure each looks at, and its name on the command line."""

Triple = tuple[Path, Path, Path | None]
"""The reference, the hypothesis, and what was heard before the correction."""


def evaluate(call: Call) -> int:
    """Compare, print the figures, and see whether the gates hold."""
    from toolkit.cli.config import effective_profile
    from toolkit.evaluate import Rules, figures_of, score_terms
    from toolkit.evaluate.terms import known_terms
    from toolkit.pipeline import load_terms

    limits = _limits(call)
    profile = effective_profile(call)
    script = profile.correct.script
    kept = tuple(part.strip() for part in call.text("keep").split(",") if part.strip())
    rules = Rules(kept, "" if script == "keep" else script)
    documents = [_document(triple, rules) for triple in _triples(call)]
    known = known_terms([term.text for term in load_terms(profile).terms], rules)
    figures = figures_of(documents, known=known, options=profile.segment)
    terms = score_terms([row for document in documents for row in document.rows], known)
    failed = _failed(figures, limits)
    _tell(call, documents, figures, terms, failed)
    return FINDINGS if failed else 0


def pair_files(reference: Path, hypothesis: Path) -> list[tuple[Path, Path]]:
    """The files of two folders by name, or the two files themselves: ``talk.srt`` and ``talk.corrected.txt`` belong.

    Raises:
        InputError: a folder beside a file, or a reference without a hypothesis; says which.
    """
    from toolkit.cli.inputs import expand, require

    if not reference.is_dir() and not hypothesis.is_dir():
        return [(require(reference), require(hypothesis))]
    for path, other in ((reference, hypothesis), (hypothesis, reference)):
        if not path.is_dir():
            raise InputError(f"a file, and {other} is a folder", where=str(path), fix="give two files or two folders")
    there = expand([str(hypothesis)], media=False)
    pairs, lonely = [], []
    for path in expand([str(reference)], media=False):
        same = [one for one in there if one.stem == path.stem]
        close = same or [one for one in there if one.name.startswith(f"{path.stem}.")]
        if len(close) > 1:
            names = ", ".join(one.name for one in close)
            raise InputError(f"{path.name} could belong to {names}", where=str(hypothesis), fix="leave one of them")
        pairs += [(path, one) for one in close]
        lonely += [] if close else [path.name]
    if lonely:
        raise InputError(f"nothing for {', '.join(lonely[:5])}", where=str(hypothesis), fix="names must begin alike")
    return pairs


def _triples(call: Call) -> list[Triple]:
    if len(call.inputs) != 2:
        raise UsageError(f"two inputs are compared, not {len(call.inputs)}", fix="zimu evaluate REFERENCE HYPOTHESIS")
    reference, hypothesis = map(Path, call.inputs)
    pairs = pair_files(reference, hypothesis)
    if not call.text("before"):
        return [(right, found, None) for right, found in pairs]
    heard = dict(pair_files(reference, Path(call.text("before"))))
    return [(right, found, heard[right]) for right, found in pairs]


def _document(triple: Triple, rules: Rules) -> Document:
    from toolkit.evaluate import document_of

    reference, hypothesis, before = triple
    return document_of(_read(reference), _read(hypothesis), before=_read(before) if before else None, rules=rules)


def _read(path: Path) -> Transcript:
    from dataclasses import replace

    from toolkit.cli.sources import Source, read_source

    return replace(read_source(Source(path)), source=str(path))


def _limits(call: Call) -> dict[str, float]:
    """The limits given, as shares.

    Raises:
        UsageError: one that is no percentage.
    """
    limits: dict[str, float] = {}
    for key, (_, flag) in GATES.items():
        given = call.text(key).strip().removesuffix("%")
        if not given:
            continue
        try:
            limits[key] = float(given) / 100
        except ValueError:
            raise UsageError(f"{flag} takes a percentage, not '{call.text(key)}'", fix=f"{flag} 5") from None
        if not 0 <= limits[key] < 100:
            raise UsageError(f"{flag} takes a percentage from 0 up, not '{call.text(key)}'", fix=f"{flag} 5")
    return limits


def _failed(figures: dict[str, Figure], limits: dict[str, float]) -> list[str]:
    """What does not hold, in words; what could not be measured does not hold either."""
    failed = []
    for key, limit in limits.items():
        name, flag = GATES[key]
        value = figures[name].value
        if value is None:
            failed.append(f"{flag} {100 * limit:g}: there is nothing to measure it by")
        elif value > limit if key.startswith("max") else value < limit:
            failed.append(f"{flag} {100 * limit:g}: it is {100 * value:.2f}")
    return failed


def _tell(
    call: Call,
    documents: Sequence[Document],
    figures: dict[str, Figure],
    terms: Sequence[TermScore],
    failed: Sequence[str],
) -> None:
    from toolkit.cli.evaluation import as_document, differences, page_of
    from toolkit.cli.report import print_json, say

    if call.on("json"):
        print_json(as_document(documents, figures, terms, failed))
    else:
        lines = differences(documents) if call.on("show") else []
        lines += page_of(documents, figures, terms, every=call.on("terms"))
        print("\n".join(lines))
    for line in failed:
        say(line)


EVALUATE = Command(
    usage="evaluate REFERENCE HYPOTHESIS [--before FILE] [OPTIONS]",
    about="Compares a transcript with what was really said: character error rate, error rate of Han characters and "
    "Latin words, terms found and missed, homophones, times, reading speed; and, with what was heard before the "
    "correction, what it repaired and what it altered without need. Two files, or two folders whose files belong "
    "together by name. A .edits.jsonl knows what was heard. What is passed over in comparing is printed.",
    run=evaluate,
    examples=(
        ("zimu evaluate right.srt talk.srt", ""),
        ("zimu evaluate right.srt talk.edits.jsonl --show", "every line with an error, side by side"),
        ("zimu evaluate right fixed --before heard --lexicon names.txt", "three folders"),
        ("zimu evaluate right.txt talk.txt --max-cer 5 --min-term-recall 90", "exit code 1 if not"),
    ),
    flags=(
        Flag("--before", "what was heard before the correction: a file, or a folder", "PATH"),
        Flag("--show", "list the lines with errors, reference and hypothesis aligned"),
        Flag("--terms", "list every term that was said, not only those missed"),
        Flag("--keep", "do not pass over: width, case, punctuation, numbers", "NAMES"),
        Flag("--max-cer", "exit code 1 if the character error rate, in percent, is higher", "N"),
        Flag("--min-term-recall", "exit code 1 if fewer of the terms said, in percent, are there", "N"),
    ),
    shows=("correct.lexicon", "correct.builtin_lexicons", "correct.script", "segment.zh_speed", "segment.en_speed"),
    needs_input="no reference and no transcript to compare with it",
)
"""The command ``zimu evaluate``."""
