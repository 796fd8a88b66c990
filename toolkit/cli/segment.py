"""`zimu segment`: cut and join the cues of subtitles so that they can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.cli.command import Call, Command
from toolkit.cli.placing import IN_PLACE, PLACES

if TYPE_CHECKING:
    from toolkit.cli.deliveries import Delivery
    from toolkit.cli.sources import Source
    from toolkit.cues import Transcript


def segment(call: Call) -> int:
    """Segment every input."""
    from toolkit.cli.config import effective_profile
    from toolkit.cli.texts import Work, work_on_texts
    from toolkit.pipeline import load_terms, segment_transcript
    from toolkit.profile import with_values

    profile = with_values(effective_profile(call), {"segment": True})
    lexicon = load_terms(profile)

    def change(transcript: Transcript) -> Transcript:
        return segment_transcript(transcript, profile, lexicon=lexicon)

    def tell(source: Source, transcript: Transcript, delivery: Delivery) -> dict[str, object]:
        return _tell(call, source, transcript, delivery)

    return work_on_texts(call, profile, Work(change, tell, tuple(term.text for term in lexicon.terms)))


def _tell(call: Call, source: Source, transcript: Transcript, delivery: Delivery) -> dict[str, object]:
    from toolkit.cli.report import count, say

    cues = len(transcript.cues)
    if not call.on("quiet"):
        place = f"would go to {delivery.place}" if call.on("dry_run") else f"to {delivery.place}"
        say(f"{source.label}: {count(cues, 'cue')}, {place}")
    return {"cues": cues}


SEGMENT = Command(
    usage="segment FILE... [OPTIONS]",
    about="Cuts cues that are too long or too fast to read, and joins those that are too short, at pauses and "
    "punctuation, never inside a term of the lexicon, a Latin word or a number. Word times are used where the file has "
    "them (.jsonl, Whisper's .json); else a cue's time is shared out by its text.",
    run=segment,
    examples=(
        ("zimu segment talk.srt -o short.srt", ""),
        ("zimu segment talk.json -f srt --profile fansub", "spaces for ，。, two lines"),
        ("zimu segment subs -o short --zh-width 20 --zh-speed 11", "all subtitles of a folder"),
    ),
    flags=(*PLACES, IN_PLACE),
    shows=("correct.lexicon", "correct.builtin_lexicons", "segment", "-segment.segment", "output"),
    needs_input="no subtitles to segment",
)
"""The command ``zimu segment``."""
