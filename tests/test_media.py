"""The sound of recordings, whole, broken, late and long."""

from __future__ import annotations

import shutil
import threading
import time
import tracemalloc
import wave
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.errors import MediaError
from toolkit.media import RATE, Block, ahead, blocks, duration, find_pause, remarks

WriteWav = Callable[..., Path]


def whole(path: Path, **options: int) -> np.ndarray:
    return np.concatenate([block.samples for block in blocks(path, **options)])


def always(_: float) -> bool:
    return True


def never(_: float) -> float:
    return 0


def remuxed(
    source: Path,
    target: Path,
    *,
    keep: Callable[[float], bool] = always,
    late: Callable[[float], float] = never,
    pictures: bool = False,
) -> Path:
    """``source`` in another container, some packets left out or ``late`` by seconds, beside a second of pictures."""
    with av.open(str(source)) as old, av.open(str(target), "w") as new:
        stream = new.add_stream_from_template(old.streams.audio[0])
        if pictures:
            add_pictures(new)
        for packet in old.demux(audio=0):
            second = None if packet.dts is None else float(packet.pts * packet.time_base)
            if second is not None and keep(second):
                packet.pts = packet.dts = packet.pts + round(late(second) / packet.time_base)
                packet.stream = stream
                new.mux(packet)
    return target


def add_pictures(container: av.container.OutputContainer) -> None:
    video = container.add_stream("mpeg4", rate=5)
    video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
    for number in range(5):
        picture = av.VideoFrame(64, 64, "yuv420p")
        picture.pts, picture.time_base = number, Fraction(1, 5)
        container.mux(video.encode(picture))
    container.mux(video.encode(None))


def sounds(samples: np.ndarray) -> Iterator[bool]:
    """Whether there is any sound, for every 100 ms."""
    for start in range(0, len(samples) - 1600, 1600):
        yield bool(np.abs(samples[start : start + 1600]).max() > 0.01)


def test_length_and_sound_agree(talk: Path) -> None:
    assert abs(duration(talk) - 56_150) < 20
    assert abs(len(whole(talk)) / RATE - 56.15) < 0.02


def test_sound_is_mono_float_of_16_kilohertz(write_wav: WriteWav) -> None:
    tone = np.sin(np.arange(44_100) / 44_100 * 2 * np.pi * 440) / 2
    samples = whole(write_wav(tone, rate=44_100))
    assert samples.dtype == np.float32
    assert len(samples) == pytest.approx(RATE, abs=16)
    assert np.abs(samples).max() == pytest.approx(0.5, abs=0.02)
    assert np.abs(np.fft.rfft(samples)).argmax() == pytest.approx(440, abs=1)


def test_blocks_are_whole_milliseconds_and_follow_each_other(talk: Path) -> None:
    found = list(blocks(talk, longest=15_000))
    assert [block.start for block in found] == [0, *(block.end for block in found[:-1])]
    assert all(len(block.samples) % 16 == 0 and block.end - block.start <= 15_000 for block in found[:-1])
    assert [block.last for block in found] == [False] * (len(found) - 1) + [True]
    assert np.array_equal(np.concatenate([block.samples for block in found]), whole(talk))


def test_blocks_from_the_end_of_any_block_are_those_of_an_unbroken_run(talk: Path) -> None:
    unbroken = list(blocks(talk, longest=12_000))
    for index, block in enumerate(unbroken):
        rest = blocks(talk, start=block.end, longest=12_000)
        for other, expected in zip(rest, unbroken[index + 1 :], strict=True):
            assert (other.start, other.last) == (expected.start, expected.last)
            assert np.array_equal(other.samples, expected.samples)


def test_no_block_ends_in_speech(talk: Path) -> None:
    for block in list(blocks(talk, longest=15_000))[:-1]:
        assert np.abs(block.samples[-400:]).max() < 0.02


def test_nothing_comes_after_the_end(talk: Path) -> None:
    assert list(blocks(talk, start=60_000)) == []


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    loud=st.lists(st.sampled_from([0.0, 0.1, 0.9]), min_size=1, max_size=40),
    longest=st.integers(700, 3000),
    tail=st.integers(0, 1600),
)
def test_any_sound_is_cut_without_loss(write_wav: WriteWav, loud: list[float], longest: int, tail: int) -> None:
    noise = np.random.default_rng(len(loud)).uniform(-1, 1, len(loud) * 1600 + tail)
    sound = noise * np.concatenate([np.repeat(loud, 1600), np.ones(tail)])
    found = list(blocks(write_wav(sound), longest=longest))
    assert sum(len(block.samples) for block in found) == len(sound)
    assert all(0 < block.end - block.start <= longest for block in found)
    assert all(block.end - block.start >= longest * 2 // 3 - 10 for block in found[:-1])


@pytest.mark.parametrize(
    ("quiet_from", "quiet_to"),
    [(2.2, 2.9), (2.5, 2.6), (2.95, 3.0), (2.1, 2.15)],
    ids=["long", "short", "late", "early"],
)
def test_the_pause_is_hit(quiet_from: float, quiet_to: float) -> None:
    sound = np.random.default_rng(1).uniform(-0.5, 0.5, 3 * RATE).astype(np.float32)
    sound[round(quiet_from * RATE) : round(quiet_to * RATE)] /= 100
    assert quiet_from <= find_pause(sound) / RATE <= quiet_to


def test_of_silence_the_middle_is_taken() -> None:
    assert find_pause(np.zeros(3 * RATE, np.float32)) == pytest.approx(2.5 * RATE, abs=RATE * 0.03)


@pytest.mark.parametrize(
    ("content", "problem"),
    [(None, "no such file"), (b"", "is empty"), (bytes(range(256)) * 40, "cannot be read"), (b"hello\n" * 9, "cannot")],
    ids=["missing", "empty", "junk", "text"],
)
def test_what_is_no_recording_is_refused(tmp_path: Path, content: bytes | None, problem: str) -> None:
    path = tmp_path / "talk.mp4"
    if content is not None:
        path.write_bytes(content)
    for look in (duration, lambda path: next(blocks(path))):
        with pytest.raises(MediaError, match=problem) as caught:
            look(path)
        assert caught.value.where == str(path)
        assert caught.value.fix


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="is a folder"):
        duration(tmp_path)


def test_a_video_without_sound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "silent.mp4"
    with av.open(str(path), "w") as container:
        add_pictures(container)
    with pytest.raises(MediaError, match="has no sound"):
        duration(path)
    with pytest.raises(MediaError, match="has no sound"):
        next(blocks(path))


def test_sound_of_an_unknown_kind_is_refused(talk: Path, tmp_path: Path) -> None:
    path = remuxed(talk, tmp_path / "talk.mkv")
    path.write_bytes(path.read_bytes().replace(b"A_OPUS", b"A_FOLK"))
    with pytest.raises(MediaError, match="of a kind that cannot be decoded"):
        next(blocks(path))


def test_a_header_without_sound_is_refused(write_wav: WriteWav) -> None:
    with pytest.raises(MediaError, match="nothing in it can be decoded"):
        next(blocks(write_wav([])))


def test_of_a_recording_that_was_cut_short_the_rest_is_used_and_that_is_told(talk: Path, tmp_path: Path) -> None:
    video = remuxed(talk, tmp_path / "talk.mkv")
    assert remarks(video, heard_until(video)) == ()
    video.write_bytes(video.read_bytes()[: video.stat().st_size // 2])
    end = heard_until(video)
    assert 20_000 < end < 35_000
    assert remarks(video, end) == (
        f"its sound ends after {end / 1000:.1f} of {duration(video) / 1000:.1f} seconds, it may be cut short",
    )


def heard_until(path: Path) -> int:
    *_, last = blocks(path)
    return last.end


def test_a_wav_file_that_was_cut_short_is_known_by_its_head(write_wav: WriteWav) -> None:
    """FFmpeg takes the length from the size of the file, and finds nothing missing."""
    path = write_wav(np.zeros(20 * RATE))
    whole_file = path.read_bytes()
    assert remarks(path, 20_000) == ()
    path.write_bytes(whole_file[:200_000])
    assert remarks(path, heard_until(path)) == ("its sound ends after 6.2 of 20.0 seconds, it may be cut short",)
    for unknown in (0xFFFFFFFF, 0x7FFFFFFF, 0):
        path.write_bytes(whole_file[:4] + unknown.to_bytes(4, "little") + whole_file[8:200_000])
        assert remarks(path, heard_until(path)) == ()


class TestSeveralTracks:
    @pytest.fixture
    def film(self, talk: Path, tmp_path: Path) -> Path:
        """A recording with a silent track before the one with the talk."""
        path = tmp_path / "film.mka"
        with av.open(str(path), "w") as new, av.open(str(talk)) as old:
            silent = new.add_stream("pcm_s16le", rate=RATE, layout="mono")
            spoken = new.add_stream_from_template(old.streams.audio[0])
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 3 * RATE), np.int16), format="s16", layout="mono")
            frame.sample_rate = RATE
            for packet in (*silent.encode(frame), *silent.encode(None)):
                new.mux(packet)
            for packet in old.demux(audio=0):
                if packet.dts is not None:
                    packet.stream = spoken
                    new.mux(packet)
        return path

    def test_the_first_is_heard_and_that_is_told(self, film: Path) -> None:
        (block,) = blocks(film)
        assert not block.samples.any()
        assert any("it has 2 audio tracks, and the first was heard" in remark for remark in remarks(film, 56_150))

    def test_another_can_be_chosen(self, film: Path, talk: Path) -> None:
        (block,), (known,) = blocks(film, track=2), blocks(talk)
        assert len(block.samples) == pytest.approx(len(known.samples), abs=RATE // 10)
        assert remarks(film, 56_150, track=2) == ()

    def test_one_that_is_not_there_is_refused(self, film: Path) -> None:
        with pytest.raises(MediaError, match="has no audio track 3; choose --audio-track from 1 to 2"):
            list(blocks(film, track=3))


def test_damage_in_the_middle_shifts_nothing(talk: Path, tmp_path: Path) -> None:
    damaged = remuxed(talk, tmp_path / "talk.mkv", keep=lambda second: not 20 < second < 22)
    before, after = list(sounds(whole(talk))), list(sounds(whole(damaged)))
    assert len(after) == len(before)
    assert after[:200] == before[:200]
    assert not any(after[202:219])
    assert sum(one != other for one, other in zip(after[222:], before[222:], strict=True)) < 5


def test_sound_that_begins_after_the_pictures_is_late(talk: Path, tmp_path: Path) -> None:
    video = remuxed(talk, tmp_path / "talk.mkv", late=lambda _: 2.5, pictures=True)
    assert len(whole(video)) / RATE == pytest.approx(56.15 + 2.5, abs=0.03)
    assert not any(list(sounds(whole(video)))[:25])


def test_more_sound_than_time_does_not_drift(talk: Path, tmp_path: Path) -> None:
    slow = remuxed(talk, tmp_path / "talk.mkv", late=lambda second: -0.02 * second)
    assert len(whole(slow)) / RATE == pytest.approx(56.15 * 0.98, abs=0.15)


def test_a_recording_that_follows_another_in_one_file_is_heard_whole(talk: Path, tmp_path: Path) -> None:
    both = tmp_path / "both.ogg"
    both.write_bytes(talk.read_bytes() * 2)
    assert len(whole(both)) / RATE == pytest.approx(2 * 56.15, abs=0.5)


def test_where_a_live_stream_sets_its_clock_anew_there_is_no_silence(talk: Path, tmp_path: Path) -> None:
    leaping = remuxed(talk, tmp_path / "talk.ts", late=lambda second: 3600 if second > 20 else 0)
    assert len(whole(leaping)) / RATE == pytest.approx(56.15, abs=0.5)


@pytest.mark.parametrize("name", ["part:1.ogg", "http:x.ogg", "a b%20c.ogg", "演讲 🎤.ogg", "-i.ogg"])
def test_any_file_name_is_a_file(talk: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    shutil.copy(talk, path)
    assert duration(path) == duration(talk)


def test_memory_does_not_grow_with_the_recording(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 8000 * 1200)
    tracemalloc.start()
    total = sum(len(block.samples) for block in blocks(path, longest=20_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == pytest.approx(1200 * RATE, abs=100)
    assert peak < total * 4 / 10


def numbered(count: int, made: list[int], broken: bool = False) -> Iterator[Block]:
    for number in range(count):
        made.append(number)
        yield Block(number, np.zeros(1, np.float32), number == count - 1)
    if broken:
        raise MediaError("ends in the middle", where="talk.mp4")


def test_a_block_is_made_while_the_one_before_is_used() -> None:
    made: list[int] = []
    coming = ahead(numbered(4, made))
    first = next(coming)
    until = time.monotonic() + 5
    while made != [0, 1] and time.monotonic() < until:
        time.sleep(0.001)
    assert (first.start, made) == (0, [0, 1]), "one ahead, not more"
    assert [block.start for block in coming] == [1, 2, 3]


def test_an_error_comes_after_the_blocks_before_it() -> None:
    coming = ahead(numbered(2, [], broken=True))
    assert [next(coming).start, next(coming).start] == [0, 1]
    with pytest.raises(MediaError, match="ends in the middle"):
        next(coming)


def test_whoever_stops_early_leaves_no_thread_behind() -> None:
    coming = ahead(numbered(9, []))
    next(coming)
    coming.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("decoder")]
