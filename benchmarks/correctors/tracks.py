"""The real tracks, from transcripts and texts that lie beside the project and cannot be part of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from benchmarks.correctors.scoring import mended
from benchmarks.correctors.sentences import FOLDER, read_rows
from benchmarks.correctors.values import DATA, Line, Mistake, Skipped, Track

PACKS = ("ai", "waic2024")
"""The packs that a clean text is corrected with, beside the glossary."""

GLOSSARY = "glossary/aitd_all.tsv"

FRAGMENTS = (
    "正以", "谨", "为未来", "集技术", "产业", "服务", "机器", "人形机器", "桌面有点乱", "垂类的数据", "解药",
    "Hugging", "org",
)  # fmt: skip
"""Corrections in the talk that are no terms: nobody would list them."""


def talk_track() -> Track:
    """A talk about robots, every mistake of its recogniser corrected by hand; its terms and the glossary as lexicon."""
    rows = [json.loads(row) for row in _read("sentences/waic_P11.jsonl").splitlines()]
    lines = tuple(_talk_line(row) for row in rows)
    terms = dict.fromkeys(mistake.right for line in lines for mistake in line.mistakes)
    return Track("talk", "dev", (*terms, *_glossary()), (lines,))


def railway_track() -> Track:
    """Reports from a railway station as three recognisers heard them."""
    rows = [json.loads(row) for row in _read("sentences/railway_yunda_asr.jsonl").splitlines()]
    table = csv.DictReader(_read("pairs/pairs_aligned_annotated.tsv").splitlines(), delimiter="\t")
    terms = _words("railway.txt")
    pairs: dict[str, list[tuple[str, str]]] = {}
    for pair in table:
        if is_made_of(pair["correct"], terms):
            pairs.setdefault(pair["context"], []).append((pair["error"], pair["correct"]))
    lines = tuple(
        Line(row["wrong"], row["right"], find_mistakes(row["wrong"], pairs.get(row["wrong"], ()))) for row in rows
    )
    return Track("railway", "test", terms, (lines,))


def episode_track() -> Track:
    """An episode of a history programme heard by Whisper large-v3; names of its time as lexicon."""
    from toolkit.formats import read

    _read("srt/ming_whisper_001.srt")
    texts = [cue.text for cue in read(DATA / "srt/ming_whisper_001.srt").cues]
    pairs = tuple(read_rows("episode-heard.txt"))
    found = [Line(text, text, every_mistake(text, pairs)) for text in texts]
    lines = tuple(Line(line.heard, mended(line), line.mistakes) for line in found)
    return Track("episode", "test", _words("episode.txt"), (lines,))


def clean_track(domain: str, split: str) -> Track:
    """A text without mistakes; the packs and the glossary as lexicon, of which most has no place in it."""
    texts = [text for text in _read(f"clean/{domain}.txt").splitlines() if text.strip()]
    lines = tuple(Line(text, text) for text in texts)
    return Track(domain, split, _glossary(), clean=(lines,), packs=PACKS)


TRACKS: dict[str, Callable[[], Track]] = {
    "talk": talk_track,
    "railway": railway_track,
    "episode": episode_track,
    "tech": partial(clean_track, "tech_d2l_zh", "dev"),
    "speech-news": partial(clean_track, "speech_news_aishell1_dev", "dev"),
    "wiki": partial(clean_track, "wiki_cmrc2018_dev", "test"),
    "law": partial(clean_track, "law_economic_social", "test"),
    "news-titles": partial(clean_track, "news_titles_thucnews_dev", "test"),
}
"""Every real track by its name; the engine was tuned on those that say ``dev``, and on no other."""


def find_mistakes(heard: str, pairs: Iterable[tuple[str, str]]) -> tuple[Mistake, ...]:
    """The mistakes that pairs of heard and right name, each where it first stands after the one before.

    >>> find_mistakes("到岔到岔", [("到岔", "道岔")])
    (Mistake(start=0, end=2, right='道岔', kind=''),)
    """
    found: list[Mistake] = []
    position = 0
    for wrong, right in pairs:
        start = heard.find(wrong, position)
        if start >= 0:
            position = start + len(wrong)
            found.append(Mistake(start, position, right))
    return tuple(found)


def every_mistake(heard: str, pairs: Iterable[tuple[str, str]]) -> tuple[Mistake, ...]:
    """The mistakes at every place where what pairs name was heard."""
    found = [
        Mistake(start, start + len(wrong), right)
        for wrong, right in pairs
        for start in range(len(heard))
        if heard.startswith(wrong, start)
    ]
    return tuple(sorted(found, key=lambda mistake: mistake.start))


def is_made_of(text: str, terms: Iterable[str]) -> bool:
    """Whether a text is a term, or terms one after another.

    >>> is_made_of("反位加锁", ["反位", "加锁"]), is_made_of("及转辙机", ["转辙机"])
    (True, False)
    """
    known = tuple(terms)
    reached = {0}
    for position in range(len(text)):
        if position in reached:
            reached |= {position + len(term) for term in known if text.startswith(term, position)}
    return len(text) in reached


def _talk_line(row: dict[str, object]) -> Line:
    heard, right, edits, unsure = str(row["wrong"]), str(row["right"]), row["edits"], row["unsure"]
    assert isinstance(edits, list)
    assert isinstance(unsure, list)
    sure = [(wrong, term) for wrong, term in edits if [wrong, term] not in unsure]
    found = find_mistakes(heard, [(wrong, term) for wrong, term in sure if term not in FRAGMENTS])
    return Line(heard, right, found)


def _glossary() -> tuple[str, ...]:
    """Terms of two characters and more: nothing but harm could come of 基 or 迹."""
    table = csv.DictReader(_read(GLOSSARY).splitlines(), delimiter="\t")
    return tuple(dict.fromkeys(row["zh"].strip() for row in table if len(row["zh"].strip()) > 1))


def _words(name: str) -> tuple[str, ...]:
    return tuple((FOLDER / name).read_text(encoding="utf-8").split())


def _read(name: str) -> str:
    path = Path(DATA, name)
    if not path.is_file():
        raise Skipped(f"shared/data/{name} is not here")
    return path.read_text(encoding="utf-8")
