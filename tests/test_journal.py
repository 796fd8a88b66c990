"""The journal: whatever becomes of its file, going on with it hears the same, and nothing of anybody else is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
import speaker
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import cues as any_cue

from toolkit.cues import Cue
from toolkit.errors import InputError
from toolkit.formats import read
from toolkit.journal import SAMPLE, SAMPLES, Key, Past, keep, key_of, pack, read_journal, unpack
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import Hints, Mark

KEY = Key("a recording", (("model", "small"),))
MEDIA = Path("talk.mp4")
EVENTS = list(speaker.listen(MEDIA))
CUES = tuple(event for event in EVENTS if isinstance(event, Cue))


def hear(path: Path, *, key: Key = KEY, hotwords: tuple[str, ...] = ()) -> tuple[Past, list[Cue]]:
    """Hear the talk with a journal: what it knew before, and all cues in the end."""
    past = read_journal(path, key, Hints(hotwords))
    rest = () if past.complete else speaker.listen(MEDIA, start=past.until, language=past.language)
    events = list(keep(path, past, rest, duration=speaker.LENGTH)) if not past.complete else []
    return past, [*past.cues, *(event for event in events if isinstance(event, Cue))]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The journal of a run from beginning to end."""
    path = tmp_path_factory.mktemp("whole") / "talk.cues.jsonl"
    hear(path, hotwords=("具身智能",))
    return path.read_bytes()


def test_what_is_heard_is_passed_on_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "talk.cues.jsonl"
    past = read_journal(path, KEY, Hints(("具身智能",)))
    assert past == Past(KEY, Hints(("具身智能",)))
    assert list(keep(path, past, EVENTS, duration=5)) == EVENTS
    lines = path.read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["journal"].keys() == {"recording", "options", "hotwords", "version"}
    assert [json.loads(line) for line in (lines[5], lines[-1])] == [
        {"mark": {"until": 4 * speaker.SENTENCE, "language": "zh"}},
        {"done": True, "duration": 5},
    ]
    again = read_journal(path, KEY)
    assert (again.cues, again.complete, again.duration) == (CUES, True, 5)
    assert again.hints == Hints(("具身智能",))


def test_a_journal_reads_as_a_transcript(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "talk.cues.jsonl"
    path.write_bytes(whole)
    assert read(path).cues == CUES


def test_each_line_is_there_before_it_is_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "talk.cues.jsonl"
    for number, _ in enumerate(keep(path, Past(KEY), EVENTS), start=1):
        assert path.read_bytes().count(b"\n") == number + 1


def test_what_cannot_be_heard_leaves_no_journal(tmp_path: Path) -> None:
    def deaf() -> Iterator[Cue | Mark]:
        raise InputError("no sound")
        yield Mark(0)

    path = tmp_path / "talk.cues.jsonl"
    with pytest.raises(InputError, match="no sound"):
        list(keep(path, Past(KEY), deaf()))
    assert not path.exists()


@given(st.integers(0, 10**6))
@example(0)
@example(1)
@example(10**6)
def test_any_beginning_of_a_journal_goes_on_to_the_same_end(
    tmp_path_factory: pytest.TempPathFactory, whole: bytes, size: int
) -> None:
    path = tmp_path_factory.mktemp("torn") / "talk.cues.jsonl"
    path.write_bytes(whole[: size % (len(whole) + 1)])
    past, cues = hear(path, hotwords=("具身智能",))
    assert past.cues == CUES[: len(past.cues)]
    assert tuple(cues) == CUES
    assert path.read_bytes() == whole


@given(st.integers(0, 10**6), st.binary(max_size=40))
@example(700, b"\0" * 40)
@example(4000, b'\n{"heard": 7}\n')
@example(4000, b'\n{"mark": 7}\n')
@example(4000, b'\n{"mark": {"until": 7, "language": "zh", "told": 7}}\n')
@example(4000, b"\n[]\n")
@example(4000, b'\n{"done": true}\n')
def test_what_follows_a_spoilt_line_is_heard_again(
    tmp_path_factory: pytest.TempPathFactory, whole: bytes, place: int, rubbish: bytes
) -> None:
    """A machine that loses power may leave anything behind what was on disk."""
    header = whole.index(b"\n") + 1
    cut = header + place % (len(whole) - header)
    path = tmp_path_factory.mktemp("spoilt") / "talk.cues.jsonl"
    path.write_bytes(whole[:cut] + b"\xff" + rubbish)
    assert tuple(hear(path, hotwords=("具身智能",))[1]) == CUES
    assert path.read_bytes() == whole


@settings(max_examples=30)
@given(st.lists(any_cue(edited=False, translated=False, timed=True), max_size=4))
def test_any_cue_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, cues: list[Cue]) -> None:
    path = tmp_path_factory.mktemp("cues") / "talk.cues.jsonl"
    assert list(keep(path, Past(KEY), cues)) == cues
    assert read_journal(path, KEY).cues == tuple(cues)


def test_half_a_character_is_kept_too(tmp_path: Path) -> None:
    cue = Cue(0, 1, "\ud83d", extra=())
    list(keep(tmp_path / "talk.cues.jsonl", Past(KEY), [cue]))
    assert read_journal(tmp_path / "talk.cues.jsonl", KEY).cues == (cue,)


@given(any_cue())
def test_a_packed_cue_is_the_same_when_it_is_unpacked(cue: Cue) -> None:
    assert unpack(pack(cue)) == cue
    assert pack(cue).endswith(b"}\n")


def test_going_on_uses_the_hints_of_the_beginning(tmp_path: Path) -> None:
    path = tmp_path / "talk.cues.jsonl"
    hints = Hints(("WAIC", "具身智能"), fixed=1, signs={"具身智能": ("聚深", "机器人")})
    with suppress(StopIteration):
        next(keep(path, read_journal(path, KEY, hints), EVENTS))
    assert read_journal(path, KEY, Hints(("大模型",))).hints == hints


@pytest.mark.parametrize(
    "faulty", [{"options": None}, {"options": [7]}, {"fixed": "x"}, {"signs": 7}, {"signs": {"a": 7}}, {"hotwords": 7}]
)
def test_a_journal_with_hints_that_cannot_be_is_not_this_ones(tmp_path: Path, faulty: dict[str, object]) -> None:
    path = tmp_path / "talk.cues.jsonl"
    header = {"recording": KEY.recording, "options": dict(KEY.options), **faulty}
    path.write_text(json.dumps({"zimu": 1, "journal": header}) + "\n", encoding="utf-8")
    assert read_journal(path, KEY) == Past(KEY)


def test_what_was_heard_behind_the_last_mark_outlives_a_run_that_ends_before_it(tmp_path: Path) -> None:
    path = tmp_path / "talk.cues.jsonl"

    def heard(until: int) -> None:
        def stop(number: int) -> None:
            if number == until:
                raise KeyboardInterrupt

        with patch.object(speaker, "trouble", [stop]), suppress(KeyboardInterrupt):
            hear(path)

    heard(7)
    assert read_journal(path, KEY).tail == CUES[4:7]
    for again in (4, 5, 6):
        heard(again)
        past = read_journal(path, KEY)
        assert (past.cues, past.tail) == (CUES[:4], CUES[4:7])
    heard(9)
    assert read_journal(path, KEY).tail == CUES[8:9]
    assert tuple(hear(path)[1]) == CUES


def test_all_hotwords_that_were_told_at_some_time_are_known(tmp_path: Path) -> None:
    path = tmp_path / "talk.cues.jsonl"
    marks = [Mark(10, told=("WAIC", "沐曦")), Mark(20), Mark(30, told=("沐曦", "具身智能"), warnings=("cut short",))]
    list(keep(path, Past(KEY), marks))
    past = read_journal(path, KEY)
    assert (past.told, past.warnings) == (("WAIC", "沐曦", "具身智能"), ("cut short",))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b'{"zimu": 1, "journal": {"recording": "another", "options": {}}}\n', id="another recording"),
        pytest.param(
            b'{"zimu": 1, "journal": {"recording": "a recording", "options": {"model": "tiny"}}}\n', id="model"
        ),
        pytest.param(b'{"zimu": 2, "journal": {"recording": "a recording", "options": {}}}\n', id="a later version"),
        pytest.param(b'{"zimu": 1, "source": "talk.srt"}\n{"heard": "x"}\n', id="a transcript"),
        pytest.param(b'{"zimu": 1, "journal": 7}\n', id="no journal"),
        pytest.param(b"somebody's notes", id="no JSON"),
    ],
)
def test_what_is_not_this_journal_is_kept_under_a_number(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "talk.cues.jsonl"
    for _ in range(2):
        path.write_bytes(content)
        past, cues = hear(path)
        assert past == Past(KEY)
        assert tuple(cues) == CUES
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [
        "talk.cues.1.jsonl",
        "talk.cues.2.jsonl",
        "talk.cues.jsonl",
    ]
    assert (tmp_path / "talk.cues.1.jsonl").read_bytes() == (tmp_path / "talk.cues.2.jsonl").read_bytes() == content


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"device": "cuda", "cpu_threads": 4, "allow_download": True, "device_index": (1,)}, True),
        ({"model": "tiny"}, False),
        ({"language": "zh"}, False),
        ({"beam_size": 1}, False),
        ({"hotwords": "WAIC"}, False),
        ({"task": "translate"}, False),
        ({"recogniser": "speaker:load"}, False),
    ],
)
def test_options_that_change_what_is_heard_make_another_key(
    tmp_path: Path, changes: dict[str, object], same: bool
) -> None:
    media = tmp_path / "talk.mp4"
    media.write_bytes(b"a recording")
    options = TranscribeOptions()
    assert (key_of(media, options) == key_of(media, replace(options, **changes))) == same


def test_an_option_that_is_younger_than_the_journal_had_its_default(tmp_path: Path) -> None:
    media, path = tmp_path / "talk.mp4", tmp_path / "talk.cues.jsonl"
    media.write_bytes(b"a recording")
    key = key_of(media, TranscribeOptions())
    older = Key(key.recording, tuple(option for option in key.options if option[0] != "beam_size"))
    hear(path, key=older)
    assert read_journal(path, key).complete
    assert not read_journal(path, key_of(media, TranscribeOptions(beam_size=1))).complete


@pytest.mark.parametrize("size", [0, 1, SAMPLE - 1, SAMPLE * 3, SAMPLE * SAMPLES * 2 + 7])
def test_a_recording_is_known_by_its_content(tmp_path: Path, size: int) -> None:
    one, other = tmp_path / "one.mp4", tmp_path / "other.mp4"
    content = bytearray(size)
    one.write_bytes(content)
    other.write_bytes(content)
    assert key_of(one, TranscribeOptions()) == key_of(other, TranscribeOptions())
    for place in {0, size - 1} if size else ():
        changed = bytearray(content)
        changed[place] ^= 1
        other.write_bytes(changed)
        assert key_of(one, TranscribeOptions()) != key_of(other, TranscribeOptions())
    other.write_bytes(content + b"\0")
    assert key_of(one, TranscribeOptions()) != key_of(other, TranscribeOptions())


def test_recorded_cues_that_changed_are_played_anew(tmp_path: Path) -> None:
    media, recorded = tmp_path / "talk.mp4", tmp_path / "recorded.srt"
    media.write_bytes(b"a recording")
    recorded.write_text("1")
    options = TranscribeOptions(recogniser="replay", model=str(recorded))
    before = key_of(media, options)
    recorded.write_text("2")
    assert key_of(media, options) != before


def test_a_recording_that_cannot_be_read_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"talk\.mp4: cannot be read: No such file"):
        key_of(tmp_path / "talk.mp4", TranscribeOptions())


def test_a_journal_that_cannot_be_read_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read: Is a directory"):
        read_journal(tmp_path, KEY)
