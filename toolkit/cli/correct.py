"""`zimu correct`: repair misheard terms in subtitles and transcripts, in their own format."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from toolkit.cli.command import Call, Command, Flag
from toolkit.cli.placing import IN_PLACE, PLACES
from toolkit.cli.reports import REPORT, write_report

if TYPE_CHECKING:
    from toolkit.cli.deliveries import Delivery
    from toolkit.cli.sources import Source
    from toolkit.cues import Transcript


def correct(call: Call) -> int:
    """Correct every input."""
    from toolkit.cli.config import effective_profile
    from toolkit.cli.texts import Work, work_on_texts
    from toolkit.pipeline import correct_transcript, load_terms, spell_transcript
    from toolkit.profile import with_values

    profile = with_values(effective_profile(call), {"correct": True, "segment": False})
    lexicon = load_terms(profile)

    def change(transcript: Transcript) -> Transcript:
        return correct_transcript(transcript, profile, lexicon=lexicon)

    def spell(transcript: Transcript) -> Transcript:
        return spell_transcript(transcript, profile)

    def tell(source: Source, transcript: Transcript, delivery: Delivery) -> dict[str, object]:
        return _tell(call, source, transcript, delivery)

    return work_on_texts(call, profile, Work(change, tell, prepare=spell))


def _tell(call: Call, source: Source, transcript: Transcript, delivery: Delivery) -> dict[str, object]:
    """Say what was changed; on standard output where nothing else goes there."""
    from toolkit.cli.changes import as_records, count_invented, list_changes, tally
    from toolkit.cli.report import count, say

    (edits, suggestions), invented = tally(transcript), count_invented(transcript)
    facts = {"edits": edits, "suggestions": suggestions, "invented": invented, "changes": as_records(transcript)}
    dry, explain = call.on("dry_run"), call.on("explain")
    if not dry and (reported := write_report(call, transcript, source.named)):
        facts["report"] = str(reported[0])
    if (dry or explain) and not call.on("json"):
        heading = [] if source.alone else [f"== {source.label}"]
        lines = heading + list_changes(transcript, explain=explain)
        print("\n".join(lines), file=sys.stdout if dry else sys.stderr)
    if not call.on("quiet"):
        place = "nothing written" if dry else f"to {delivery.place}"
        more = [f"kept in {delivery.record}"] if delivery.record and not dry else []
        more += (
            [] if dry or explain or delivery.record or not edits + suggestions + invented else ["--explain lists them"]
        )
        found = f"{count(edits, 'edit')}, {count(suggestions, 'suggestion')}"
        found += f", {count(invented, 'cue')} kept out as invented" if invented else ""
        say("; ".join([f"{source.label}: {found}, {place}", *more]))
    return facts


CORRECT = Command(
    usage="correct FILE... [OPTIONS]",
    about="Repairs what was misheard in subtitles (.srt .vtt .ass …) and transcripts (.txt .md .json), by the terms of "
    "a lexicon and how they sound. The format stays, times stay, a text keeps its lines. Every edit has its evidence "
    "and can be undone; what is doubtful is suggested, not done. FILE may be a folder, a pattern, @list.txt, or - for "
    "standard input.",
    run=correct,
    examples=(
        ("zimu correct talk.srt -o fixed.srt --lexicon my-terms.txt", ""),
        ("zimu correct talk.txt --dry-run --explain", "only show what would change, and why"),
        ("zimu correct subs/*.srt -o fixed --edits fixed", "many; their edits kept for 'zimu edits'"),
    ),
    flags=(
        *PLACES,
        IN_PLACE,
        Flag("--explain", "list every edit and suggestion with its evidence"),
        Flag("--edits", "keep the transcript with its edits (JSONL), for 'zimu edits'", "PATH"),
        REPORT,
    ),
    shows=("correct", "-correct.correct", "-correct.judge", "output"),
    needs_input="no subtitles or transcript to correct",
)
"""The command ``zimu correct``."""
