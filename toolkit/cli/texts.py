"""What the commands on text have in common: read each transcript, change it, send it where it belongs, tell of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.cli.command import Call
from toolkit.cli.deliveries import Delivery, as_text, plan_deliveries, send
from toolkit.cli.outcomes import Outcome, conclude, each
from toolkit.cli.sources import Source, find_sources, read_source
from toolkit.cues import Transcript
from toolkit.decisions import carry
from toolkit.outputs import keep_copy
from toolkit.profile import Profile
from toolkit.records import other_source, read_record

log = logging.getLogger(__name__)


def _as_it_is(transcript: Transcript) -> Transcript:
    return transcript


@dataclass(frozen=True)
class Work:
    """What a command does to a transcript, and what it tells of the result.

    ``prepare`` comes before the decisions of a person are laid on it, ``change`` after that. ``tell`` is asked once a
    result is where it belongs; what it returns is for JSON. ``terms`` are those that no line may break.
    """

    change: Callable[[Transcript], Transcript]
    tell: Callable[[Source, Transcript, Delivery], dict[str, object]]
    terms: tuple[str, ...] = ()
    prepare: Callable[[Transcript], Transcript] = _as_it_is


def work_on_texts(call: Call, profile: Profile, work: Work) -> int:
    """Do the work on every input in turn; returns the exit code.

    Raises:
        UsageError: there is no place for the results.
        InputError: inputs that stand for nothing.
    """
    sources = find_sources(call.inputs, call.text("input_format"))
    deliveries = plan_deliveries(call, sources, profile)

    def one(source: Source) -> Outcome:
        delivery = deliveries[source.path]
        prepared = work.prepare(read_source(source))
        kept = _with_decisions(prepared, source.path, delivery.record, copy=not call.on("dry_run"))
        transcript = work.change(kept)
        written: tuple[Path, ...] = ()
        facts: dict[str, object] = {}
        if call.on("json") and not delivery.files:
            facts["text"] = as_text(transcript, delivery, profile, work.terms)
        if not call.on("dry_run"):
            written = send(transcript, delivery, profile, terms=work.terms, to_stdout=not call.on("json"))
        return Outcome(source.path, written, {**work.tell(source, transcript, delivery), **facts})

    return conclude(call, list(each({source.path: source for source in sources}, one)))


def _with_decisions(transcript: Transcript, source: Path, record: Path | None, *, copy: bool) -> Transcript:
    """The transcript with what a person decided about its edits since they were last kept in ``record``.

    With ``copy`` a record whose decisions fit nowhere any more is copied before it is replaced.
    """
    earlier = read_record(record)
    if earlier is None or record is None or other_source(earlier, source, record):
        return transcript
    carried = carry(transcript.cues, earlier.cues)
    if carried.lost:
        kept = f"; they are kept in {keep_copy(record)}" if copy else ""
        log.warning("%d of your decisions on edits fit nowhere any more%s", len(carried.lost), kept)
    return replace(transcript, cues=carried.cues)
