"""`zimu bilingual`: two subtitle files, a language each, become one with both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cli.command import Call, Command
from toolkit.cli.placing import PLACES
from toolkit.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.bilingual import Merged
    from toolkit.cli.deliveries import Delivery
    from toolkit.cli.sources import Source
    from toolkit.cues import Cue, Transcript
    from toolkit.profile import Profile

LISTED = 20
"""How many cues without a counterpart are listed for people; JSON has all of them."""


def bilingual(call: Call) -> int:
    """Pair the cues of two files and write them as one."""
    from toolkit.bilingual import merge
    from toolkit.cli.config import effective_profile
    from toolkit.cli.deliveries import as_text, send
    from toolkit.cli.outcomes import Outcome, conclude
    from toolkit.cues import Transcript
    from toolkit.lint import retimed
    from toolkit.pipeline import load_terms

    profile = effective_profile(call)
    lexicon = load_terms(profile)
    terms = tuple(term.text for term in lexicon.terms)
    sources = _two(call)
    chinese, english, tags = _read(sources)
    given = {term.text: term.english for term in lexicon.terms if term.english}
    merged = merge(chinese.cues, english.cues, profile.segment, terms=terms, english=given)
    if not merged.paired:
        fix = "are they subtitles of one video?"
        raise InputError("nothing in it could be paired", where=english.source, fix=fix)
    transcript = Transcript(chinese.source, retimed(merged.cues, profile.segment), "zh")
    delivery = _place(call, sources, profile, tags)
    facts = _facts(merged)
    if call.on("json") and not delivery.files:
        facts["text"] = as_text(transcript, delivery, profile, terms)
    written: tuple[Path, ...] = ()
    if not call.on("dry_run"):
        written = send(transcript, delivery, profile, terms=terms, to_stdout=not call.on("json"))
    _tell(call, merged, delivery)
    return conclude(call, [Outcome(Path(call.inputs[0]), written, facts)])


def _two(call: Call) -> Sequence[Source]:
    from toolkit.cli.sources import find_sources

    sources = find_sources(call.inputs, call.text("input_format"))
    if len(sources) != 2:
        fix = "zimu bilingual talk.zh.srt talk.en.srt"
        raise UsageError(f"two files are needed, a language each; given {len(sources)}", fix=fix)
    return sources


def _read(sources: Sequence[Source]) -> tuple[Transcript, Transcript, tuple[str, str]]:
    """The Chinese file, the other one, and the tags of their languages."""
    from toolkit.cli.sources import read_source
    from toolkit.scripts import language_tag

    read = [read_source(source) for source in sources]
    for source, transcript in zip(sources, read, strict=True):
        if not transcript.timed or not transcript.cues:
            problem = "has no times" if transcript.cues else "has no cues"
            raise InputError(problem, where=source.label, fix="give subtitles: srt, vtt, ass …")
    tags = [language_tag(cue.text for cue in transcript.cues) for transcript in read]
    if (tags[0] == "en") == (tags[1] == "en"):
        both = "neither file is in Chinese" if tags[0] == "en" else "both files are in Chinese"
        raise UsageError(both, fix="give one in Chinese and one in another language")
    first = 0 if tags[1] == "en" else 1
    return read[first], read[1 - first], (tags[first], "en")


def _place(call: Call, sources: Sequence[Source], profile: Profile, tags: tuple[str, str]) -> Delivery:
    """Where the result goes: standard output, a file, or ``NAME.zh-Hans-en.srt`` in a folder."""
    from toolkit.bilingual.names import language_name
    from toolkit.cli.deliveries import Delivery
    from toolkit.outputs import names_file, plan_outputs, same_file

    out, named = call.text("output") or None, sources[0].named
    paths = plan_outputs(named, profile.output, out)
    if not names_file(out):
        ordered = tags if profile.output.bilingual_order == "zh-en" else tags[::-1]
        folder = Path(out) if out else Path()
        paths = tuple(folder / language_name(named.name, ordered, path.suffix) for path in paths)
    for path in paths:
        if any(same_file(path, source.path) for source in sources):
            raise UsageError("the output is an input", where=str(path), fix="choose another name with -o")
    if len(paths) > 1 and not out:
        raise UsageError("several formats need a place for the results", fix="add -o FOLDER")
    return Delivery(paths if out else (), paths[0], replace=profile.output.overwrite or names_file(out))


def _facts(merged: Merged) -> dict[str, object]:
    left_out = set(merged.left_out)
    return {
        "cues": len(merged.cues),
        "paired": merged.paired,
        "alone": [_record(cue) for cue in merged.alone],
        "others_alone": [_record(cue) | {"left_out": cue in left_out} for cue in merged.others_alone],
        "ratio": round(merged.clock.ratio, 6),
        "offset": round(merged.clock.offset),
    }


def _record(cue: Cue) -> dict[str, object]:
    return {"start": cue.start, "end": cue.end, "text": cue.text}


def _tell(call: Call, merged: Merged, delivery: Delivery) -> None:
    from toolkit.cli.report import count, say

    if call.on("quiet"):
        return
    clock = merged.clock
    moved = f", the second by {clock.offset / 1000:+.1f} s" if abs(clock.offset) >= 100 else ""
    moved += f" and × {clock.ratio:.5f}" if abs(clock.ratio - 1) >= 0.0002 else ""
    place = f"would go to {delivery.place}" if call.on("dry_run") else f"to {delivery.place}"
    say(f"{count(merged.paired, 'cue')} in both languages{moved}, {place}")
    _list("without English, {}", merged.alone)
    _list("without Chinese, {}", [cue for cue in merged.others_alone if cue not in merged.left_out])
    _list("left out, {} without Chinese and without time of their own", merged.left_out)


def _list(what: str, cues: Sequence[Cue]) -> None:
    from toolkit.cli.progress import clock
    from toolkit.cli.report import count, say

    if not cues:
        return
    say(f"{what.format(count(len(cues), 'cue'))}:")
    for cue in cues[:LISTED]:
        say(f"  {clock(cue.start or 0)}  {' '.join(cue.text.split())}")
    if len(cues) > LISTED:
        say(f"  … and {len(cues) - LISTED} more; --json lists all")


BILINGUAL = Command(
    usage="bilingual CHINESE ENGLISH [OPTIONS]",
    about="Makes one subtitle file of two, a line for each language. Cues are paired by their times, by length, "
    "numbers and names, also where the files are cut differently, shifted, faster or slower, or lack something; cues "
    "begin when those of the Chinese file do, and end so that both lines can be read. Where a line would be too wide, "
    "both languages are cut at the same clause. What could not be paired is listed.",
    run=bilingual,
    examples=(
        ("zimu bilingual talk.zh.srt talk.en.srt -o talk.zh-Hans-en.srt", ""),
        ("zimu bilingual talk.zh.srt talk.en.srt -f ass,srt -o subs", "files with names that players know"),
        ("zimu bilingual talk.zh.srt talk.en.srt --bilingual-order en-zh", "English above"),
    ),
    flags=PLACES,
    shows=("correct.lexicon", "correct.builtin_lexicons", "segment", "-segment.segment", "output"),
    needs_input="no subtitles to pair",
)
"""The command ``zimu bilingual``."""
