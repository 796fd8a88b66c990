"""`zimu run` and `zimu transcribe`: recordings in, subtitles out, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.cli.batch import FLAGS as MANY
from toolkit.cli.batch import do_batch, is_batch
from toolkit.cli.command import Call, Command, Flag
from toolkit.cli.reports import REPORT
from toolkit.cli.review import LIVE

if TYPE_CHECKING:
    from toolkit.profile import Profile


def run(call: Call) -> int:
    """Hear, correct and segment every input."""
    from toolkit.cli.config import effective_profile

    return _work(call, effective_profile(call))


def transcribe(call: Call) -> int:
    """Hear every recording, and leave it at that."""
    from toolkit.cli.config import effective_profile
    from toolkit.profile import with_values

    as_heard = {"correct": False, "script": "keep", "punctuate": False, "hallucinations": "keep"}
    alone = {**as_heard, "segment": False, "translate": "", "existing": "ignore"}
    return _work(call, with_values(effective_profile(call), alone))


def _work(call: Call, profile: Profile) -> int:
    from toolkit.cli.addresses import desk
    from toolkit.cli.jobs import do_jobs, plan_jobs, show_plan
    from toolkit.cli.live import check_live, do_live
    from toolkit.cli.remote import refuse_remote_places

    refuse_remote_places(call)
    check_live(call, batch=is_batch(call))
    with desk(profile) as at:
        if is_batch(call):
            return do_batch(call, at)
        planned = plan_jobs(call, at)
        if call.on("dry_run"):
            return show_plan(call, planned, at)
        return (do_live if call.on("review") else do_jobs)(call, planned, at)


FLAGS = (
    Flag("--output", "file to write (one input), or folder; else beside the input", "PATH", "-o"),
    Flag("--dry-run", "write nothing; say what would be done"),
    *MANY,
)

RUN = Command(
    usage="run INPUT... [-o FILE|FOLDER] [-f srt,vtt] [OPTIONS]",
    about="Hears what is said in recordings, repairs misheard terms, cuts cues so that they can be read, and writes "
    "subtitles. A transcript (.srt, .json …) as input is repaired and cut. Several inputs are done one after another; "
    "one that fails does not stop the rest (exit 6). With --workers many are done at once, those in folders within "
    "folders too, and a second run does only what is missing or has changed. Run again after an interruption to go on "
    "where it was: what was heard is kept in NAME.cues.jsonl, what was changed in NAME.edits.jsonl. INPUT may be a "
    "folder, a pattern, @list.txt, or an address: BV1iT421k7Bv:71 is part 71 of a video of Bilibili, s3://talks/2024/ "
    "a folder in a bucket.",
    run=run,
    examples=(
        ("zimu run talk.mp4", "writes talk.srt"),
        ("zimu run talk.mp4 -o subs/talk.vtt --model large-v3", ""),
        ("zimu run talks -o subs -f srt,txt --profile fansub", "a folder, two files each"),
        ("zimu run talk.mp4 --lexicon waic2024 --lexicon my-terms.txt", ""),
        ("zimu run talks -o subs --workers 0", "a tree of folders, many at once"),
        ("zimu run 'BV1iT421k7Bv?p=71'", "from its address"),
        ("zimu run 's3://talks/2024/*.mp4' -o subs", "from object storage, with the extra 'remote'"),
        ("zimu run talk.mp4 --review", "a page shows what is heard, and is where you review it"),
        ("zimu run talk.mp4 --translate en", "talk.en.srt too; Whisper translates, or who is named"),
    ),
    flags=(*FLAGS, REPORT, *LIVE),
    shows=("output", "correct", "segment", "translate", "transcribe", "fetch"),
    needs_input="no recording or transcript to work on",
)
"""The command ``zimu run``."""

TRANSCRIBE = Command(
    usage="transcribe INPUT... [-o FILE|FOLDER] [-f srt,json] [OPTIONS]",
    about="Hears what is said in recordings and writes it as it was heard, in the cues of the recogniser: no "
    "correction, no cutting. 'zimu run' on the same recording with the same options goes on from there without hearing "
    "it again. INPUT is as for 'zimu run'.",
    run=transcribe,
    examples=(
        ("zimu transcribe talk.mp4", "writes talk.srt"),
        ("zimu transcribe talk.mp4 -f json --language zh", "with words and their times"),
    ),
    flags=FLAGS,
    shows=("output", "transcribe", "correct.lexicon", "correct.builtin_lexicons", "fetch", "-fetch.existing"),
    needs_input="no recording to transcribe",
)
"""The command ``zimu transcribe``."""
