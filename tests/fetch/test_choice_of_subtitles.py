"""Which of the subtitles that a site has are taken."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit.fetch.subtitles import AS_GUEST, LOGGED_IN, NOT, choose, how_looked_for
from toolkit.profile import FetchOptions

SRT = [{"ext": "srt", "data": "1"}]
VTT = [{"ext": "json3", "url": "j"}, {"ext": "vtt", "url": "v"}]


@pytest.mark.parametrize(
    ("info", "spoken", "taken"),
    [
        ({"subtitles": {"zh-CN": SRT}}, "", "zh-CN"),
        ({"subtitles": {"en": SRT, "ai-zh": SRT, "zh-Hans": SRT}}, "", "zh-Hans"),
        ({"subtitles": {"ai-zh": SRT, "en": SRT}}, "", "ai-zh"),
        ({"subtitles": {"ai-zh": SRT, "en": SRT}}, "zh", "ai-zh"),
        ({"subtitles": {"fr": VTT}}, "", ""),
        ({"subtitles": {"fr": VTT}}, "fr", "fr"),
        ({"subtitles": {"fr": VTT}}, "zh", ""),
        ({"subtitles": {"zh": VTT, "en": SRT}, "language": "en-US"}, "", "en"),
        ({"subtitles": {"danmaku": [{"ext": "xml"}], "live_chat": [{"ext": "json"}]}}, "", ""),
        ({"subtitles": {"zh": [{"ext": "srv3", "url": "x"}]}}, "", ""),
        ({"subtitles": {"zh": [{"ext": "vtt", "url": "x", "protocol": "m3u8_native"}]}}, "", ""),
        ({"automatic_captions": {"en": SRT, "zh": SRT, "en-orig": SRT}}, "", "en-orig"),
        ({"automatic_captions": {"en": SRT, "zh": SRT}, "language": "en"}, "", "en"),
        ({"automatic_captions": {"en": SRT, "zh": SRT}}, "", ""),
        ({"automatic_captions": {"en-orig": VTT}}, "", ""),
        ({"subtitles": {"en": SRT}, "automatic_captions": {"zh-orig": SRT}}, "zh", "zh-orig"),
        ({"subtitles": None}, "", ""),
        ({}, "", ""),
    ],
)
def test_the_language_that_is_spoken_and_people_before_machines(info: dict[str, Any], spoken: str, taken: str) -> None:
    found = choose(info, spoken)
    assert (found.language if found else "") == taken


def test_the_form_that_is_read_best() -> None:
    found = choose({"subtitles": {"zh": [{"ext": "vtt", "url": "v"}, *SRT, {"ext": "ass", "url": "a"}]}})
    assert found is not None
    assert (found.format, found.data) == ("srt", "1")


def test_how_they_were_looked_for() -> None:
    assert how_looked_for(FetchOptions(existing="ignore", cookies="c")) == NOT
    assert how_looked_for(FetchOptions()) == AS_GUEST
    assert how_looked_for(FetchOptions(cookies_from_browser="firefox")) == LOGGED_IN
