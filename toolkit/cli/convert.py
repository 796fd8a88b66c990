"""`zimu convert`: from one subtitle format to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.cli.command import Call, Command
from toolkit.cli.placing import PLACES
from toolkit.errors import UsageError

if TYPE_CHECKING:
    from toolkit.cli.deliveries import Delivery
    from toolkit.cli.sources import Source
    from toolkit.cues import Transcript


def convert(call: Call) -> int:
    """Convert every input."""
    from toolkit.cli.config import effective_profile
    from toolkit.cli.texts import Work, work_on_texts
    from toolkit.outputs import names_file
    from toolkit.profile import with_values

    profile = with_values(effective_profile(call), {"segment": False})
    if not profile.output.output_format and not names_file(call.text("output") or None):
        raise UsageError("no format to convert to", fix="add -f srt, or name the file to write with -o")

    def tell(source: Source, transcript: Transcript, delivery: Delivery) -> dict[str, object]:
        return _tell(call, source, transcript, delivery)

    return work_on_texts(call, profile, Work(lambda transcript: transcript, tell))


def _tell(call: Call, source: Source, transcript: Transcript, delivery: Delivery) -> dict[str, object]:
    from toolkit.cli.report import count, say

    cues = len(transcript.cues)
    if not call.on("quiet") and (delivery.files or call.on("dry_run")):
        place = f"would go to {delivery.place}" if call.on("dry_run") else f"to {delivery.place}"
        say(f"{source.label}: {count(cues, 'cue')}, {place}")
    return {"cues": cues}


CONVERT = Command(
    usage="convert FILE... (-f FORMATS | -o FILE) [OPTIONS]",
    about="Writes subtitles and transcripts in other formats: srt, vtt, ass, ssa, ttml, txt, md, jsonl, and the JSON "
    "of Whisper tools (whisper) and of Bilibili (bilibili). Encodings are detected; what is written is UTF-8.",
    run=convert,
    examples=(
        ("zimu convert talk.ass -o talk.srt", ""),
        ("zimu convert talk.srt -f txt", "the text alone, on standard output"),
        ("zimu convert subs/*.json -f srt,vtt -o subs", "several, two files each"),
    ),
    flags=PLACES,
    shows=("output",),
    needs_input="no subtitles or transcript to convert",
)
"""The command ``zimu convert``."""
