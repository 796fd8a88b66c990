"""The files of a translation: how they are called, and the two sides of a transcript."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from toolkit.breaks import is_chinese
from toolkit.cues import Cue, Transcript, with_extra
from toolkit.invented import apart


def language_tag(target: str) -> str:
    """A language as players look for it in the names of files."""
    return "zh-Hans" if target == "zh" else target


def plain_stem(source: Path) -> str:
    """The name of a file without its suffix, a language before that, and what marks a journal or a record.

    >>> [plain_stem(Path(name)) for name in ("talk.zh-Hans.srt", "talk.edits.jsonl", "talk.v2.srt")]
    ['talk', 'talk', 'talk.v2']
    """
    return re.sub(r"\.(?:edits|cues)$|\.(?:zh|en|chi|eng|chs|cht)(?:-[A-Za-z]+)?$", "", source.stem)


def translated_name(path: Path, target: str) -> Path:
    """Where the translation of what stands in ``path`` stands.

    >>> translated_name(Path("talk.zh-Hans.srt"), "en").name
    'talk.en.srt'
    """
    return path.with_name(f"{plain_stem(path)}.{language_tag(target)}{path.suffix}")


def bilingual_name(path: Path, target: str, order: str = "zh-en") -> Path:
    """Where both languages of what stands in ``path`` stand together, in the ``order`` in which they are shown.

    >>> bilingual_name(Path("talk.srt"), "en").name
    'talk.zh-Hans-en.srt'
    """
    tags = [language_tag(target) if target.startswith("zh") else "zh-Hans", "en"]
    return path.with_name(f"{plain_stem(path)}.{'-'.join(tags if order == 'zh-en' else tags[::-1])}{path.suffix}")


def shows_both(path: Path) -> bool:
    """Whether the name of a file says that it has both languages."""
    return bool(re.search(r"\.(?:zh-Han[st]-en|en-zh-Han[st])$", path.stem))


def without_translation(transcript: Transcript) -> Transcript:
    """The transcript in its own language alone."""
    return replace(transcript, cues=tuple(replace(cue, translation=None) for cue in transcript.cues))


def shows_translation(path: Path, target: str) -> bool:
    """Whether the name of a file says that it is in the language of the translation."""
    return path.stem.endswith(f".{language_tag(target)}")


def in_one_language(transcript: Transcript, target: str) -> Transcript:
    """The translation as a transcript of its own; where there is none, a cue's own text stands.

    >>> talk = Transcript("", (Cue(0, 900, "你好", translation="Hello"), Cue(900, 1800, "Bye")), "zh")
    >>> [cue.text for cue in in_one_language(talk, "en").cues]
    ['Hello', 'Bye']
    """
    cues = tuple(_alone(cue, target) for cue in apart(transcript.cues)[0])
    return replace(transcript, cues=cues, language=target.partition("-")[0])


def is_translated_back(cue: Cue, target: str) -> bool:
    """Whether the text of a cue is in the target language, and its translation in the other.

    >>> is_translated_back(Cue(0, 900, "Thank you", translation="谢谢"), "en")
    True
    """
    chinese = target.startswith("zh")
    return bool(cue.translation) and is_chinese(cue.text) == chinese != is_chinese(cue.translation or "")


def _alone(cue: Cue, target: str) -> Cue:
    if cue.translation is None or is_translated_back(cue, target):
        return replace(cue, words=(), edits=(), heard=cue.text, translation=None)
    return Cue(cue.start, cue.end, cue.translation, extra=with_extra(cue.extra, **{"tag.inside": None}))
