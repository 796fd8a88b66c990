"""The speech model that ships, heard through the whole of Zimu: text, language, translation, times, resuming."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz.distance import Levenshtein

from toolkit.cues import Transcript
from toolkit.doubts import Question
from toolkit.formats import read
from toolkit.pipeline import transcribe_file
from toolkit.profile import Profile, with_values
from toolkit.transcribe.judge import load_judge

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "models" / "zimu-tiny"
SPEECH = ROOT / "tests" / "data" / "speech"
CEREMONY = ROOT / "examples" / "ceremony.opus"
pytestmark = pytest.mark.skipif(not MODEL.is_dir(), reason="models/zimu-tiny is not here")

SHIPPED = 16 * 1024 * 1024
"""Bytes that the folder of the model may have."""


@dataclass(frozen=True)
class Clip:
    """A recording of a sentence that the model was not trained on; words are (text, start, end), in milliseconds."""

    name: str
    text: str
    english: str
    words: tuple[tuple[str, int, int], ...]

    @property
    def path(self) -> Path:
        return SPEECH / f"{self.name}.opus"


def read_clips() -> list[Clip]:
    document = json.loads((SPEECH / "clips.json").read_text(encoding="utf-8"))
    return [Clip(each["name"], each["text"], each["english"], tuple(map(tuple, each["words"]))) for each in document]


CLIPS = read_clips()
CHINESE = [clip for clip in CLIPS if not clip.text.isascii()]
ENGLISH = [clip for clip in CLIPS if clip.text.isascii()]


def hear(path: Path, **options: Any) -> Transcript:
    chosen = {"model": "zimu-tiny", "device": "cpu", "lexicon_hotwords": False, **options}
    return transcribe_file(path, with_values(Profile(), chosen))


def letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def character_error_rate(right: str, heard: str) -> float:
    return Levenshtein.distance(letters(right), letters(heard)) / len(letters(right))


def text_of(transcript: Transcript) -> str:
    return "".join(cue.heard for cue in transcript.cues)


@pytest.fixture(scope="module")
def heard() -> dict[str, Transcript]:
    """What is heard in every clip, by its name."""
    return {clip.name: hear(clip.path) for clip in CLIPS}


@pytest.mark.parametrize("clip", CHINESE, ids=lambda clip: clip.name)
def test_chinese_is_heard(heard: dict[str, Transcript], clip: Clip) -> None:
    """Homophones may be wrong, and a word said twice; without the right sound or tokens more is wrong than was said."""
    assert character_error_rate(clip.text, text_of(heard[clip.name])) <= 0.65


def test_most_of_the_chinese_is_right(heard: dict[str, Transcript]) -> None:
    right, said = ("".join(clip.text for clip in CHINESE), "".join(text_of(heard[clip.name]) for clip in CHINESE))
    assert character_error_rate(right, said) <= 0.3


@pytest.mark.parametrize("clip", ENGLISH, ids=lambda clip: clip.name)
def test_english_is_heard(heard: dict[str, Transcript], clip: Clip) -> None:
    said = clip.text.lower().replace(",", "").replace(".", "").split()
    understood = text_of(heard[clip.name]).lower().replace(",", "").replace(".", "").split()
    assert Levenshtein.distance(said, understood) / len(said) <= 0.4


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip.name)
def test_the_language_is_told(heard: dict[str, Transcript], clip: Clip) -> None:
    assert heard[clip.name].language == ("en" if clip in ENGLISH else "zh")


@pytest.mark.parametrize("clip", CHINESE, ids=lambda clip: clip.name)
def test_words_are_where_they_are_said(heard: dict[str, Transcript], clip: Clip) -> None:
    """Characters that are heard right begin within 300 ms of where espeak-ng put them, but for one in ten."""
    words = [word for cue in heard[clip.name].cues for word in cue.words]
    times = [(letter, word.start) for word in words for letter in word.text if letter.isalnum()]
    spoken = [(text, start) for text, start, _ in clip.words if text.isalnum() and not text.isascii()]
    found = "".join(letter for letter, _ in times)
    blocks = Levenshtein.opcodes("".join(letter for letter, _ in spoken), found).as_matching_blocks()
    pairs = [(spoken[block.a + step], times[block.b + step]) for block in blocks for step in range(block.size)]
    assert len(pairs) > len(spoken) / 2
    far = [(right, heard) for right, heard in pairs if abs(right[1] - heard[1]) > 300]
    assert len(far) <= len(pairs) / 10, far


@pytest.mark.parametrize("clip", [clip for clip in CLIPS if clip.english], ids=lambda clip: clip.name)
def test_it_is_asked_for_english_and_answers_in_it(clip: Clip) -> None:
    """What it says is hardly a translation, see its card, but it begins with the word that the sentence begins with."""
    transcript = hear(clip.path, task="translate")
    assert transcript.language == "en"
    wanted, found = clip.english.lower().split(), text_of(transcript).lower().split()
    assert "".join(found).isascii()
    assert found[0] == wanted[0]


def test_silence_says_nothing(write_wav: Any) -> None:
    import numpy as np

    hiss = np.random.default_rng(0).normal(0, 0.001, 16_000 * 8).astype(np.float32)
    assert hear(write_wav(hiss), vad_filter=False, language="zh").cues == ()


TIES = (
    ("guests", "周教授", "邹教授"), ("guests", "北京", "背景"), ("models", "小小的", "笑笑的"),
    ("factory", "生产线", "省产线"), ("factory", "嘉定区", "加丁区"), ("thanks", "听众", "停众"),
    ("thanks", "主办方", "猪办房"), ("rain", "大雨", "打鱼"), ("rain", "吃饭", "迟反"),
    ("welcome", "上海", "伤害"), ("welcome", "参加", "三家"), ("benchmark", "模型", "莫行"),
)  # fmt: skip
"""A clip, what is said in it, and what sounds the same but for its tones, or nearly so."""


def test_as_a_judge_it_tells_what_was_said_where_sound_ties() -> None:
    """The corrector hears no tones; the model is asked which of two texts was said, and hears them."""
    options = replace(Profile().transcribe, model="zimu-tiny", device="cpu")
    clips, right = {clip.name: clip for clip in CLIPS}, []
    for name, said, other in TIES:
        clip = clips[name]
        texts = (clip.text, clip.text.replace(said, other))
        (scores,) = load_judge(options, "zh")(clip.path, [Question(500, clip.words[-1][2], texts, (said, other))])
        right.append(scores[0].logprob > scores[1].logprob)
    assert sum(right) >= len(TIES) - 2, [tie for tie, found in zip(TIES, right, strict=True) if not found]


def test_the_model_is_small() -> None:
    assert sum(path.stat().st_size for path in MODEL.iterdir()) <= SHIPPED


def test_a_run_that_is_killed_goes_on(tmp_path: Path) -> None:
    """Real recognition, killed in the middle: the second run hears the rest and ends as an unbroken one."""
    whole, broken = tmp_path / "whole" / "talk.srt", tmp_path / "broken" / "talk.srt"
    command = [sys.executable, "-m", "toolkit", "run", str(CEREMONY), "--model", "zimu-tiny", "--device", "cpu", "-o"]
    subprocess.run([*command, str(whole)], check=True, capture_output=True)
    broken.parent.mkdir()
    process = subprocess.Popen([*command, str(broken)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    journal = wait_for_journal(broken.parent)
    process.kill()
    process.wait()
    assert not broken.exists()
    assert journal.exists()
    again = subprocess.run([*command, str(broken)], check=True, capture_output=True, text=True)
    assert broken.read_bytes() == whole.read_bytes(), again.stderr
    assert read(broken).cues


def wait_for_journal(folder: Path) -> Path:
    """The journal, once it holds more than its head."""
    for _ in range(600):
        for journal in folder.glob("*.cues.jsonl"):
            if len(journal.read_text(encoding="utf-8").splitlines()) > 3:
                return journal
        time.sleep(0.1)
    raise AssertionError("nothing was written to the journal")
