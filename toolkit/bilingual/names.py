"""How files in one language or two are called, so that players find them beside their video and show the language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

_TAG = re.compile(
    r"[._ -](?:zh(?:-[a-z]{2,4})*(?:-en)?|chs|cht|chi|zho|cn|sc|tc|en(?:-[a-z]{2})?|eng|简体|繁体|中文|英文|双语)$",
    re.IGNORECASE,
)


def language_name(path: Path | str, languages: Sequence[str], suffix: str = ".srt") -> Path:
    """The name of a file in these languages that belongs to a video, or to a file in one of them.

    >>> [language_name("video.mp4", tags).name for tags in (["zh-Hans"], ["en"], ["zh-Hans", "en"])]
    ['video.zh-Hans.srt', 'video.en.srt', 'video.zh-Hans-en.srt']
    >>> language_name("subs/talk.zh-CN.srt", ["zh-Hans", "en"], ".ass").as_posix()
    'subs/talk.zh-Hans-en.ass'
    """
    path = Path(path)
    stem = _TAG.sub("", path.stem) or path.stem
    return path.with_name(f"{stem}.{'-'.join(languages)}{suffix}")
