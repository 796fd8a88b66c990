"""Recognisers by name: those that ship, those of others, and what it costs to have them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit.cues import Cue
from toolkit.errors import ModelNotFound, UsageError
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import RECOGNISERS, Hints, Mark, Recogniser, load_recogniser


def load_parrot(options: TranscribeOptions, hints: Hints) -> Recogniser:
    """A recogniser of somebody else, who hears nothing but the hints."""

    def listen(media: Path, *, start: int = 0, language: str = "") -> Iterator[Cue | Mark]:
        yield Cue(start, start + 500, " ".join(hints.hotwords))
        yield Mark(start + 500, language)

    return listen


def test_anybodys_recogniser_can_be_named_by_its_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "parrots", sys.modules[__name__])
    recogniser = load_recogniser(TranscribeOptions(recogniser="parrots:load_parrot"), Hints(("具身智能", "WAIC")))
    assert list(recogniser(Path("talk.mp4"), language="zh")) == [Cue(0, 500, "具身智能 WAIC"), Mark(500, "zh")]


@pytest.mark.parametrize(("name", "fix"), [("wisper", "did you mean 'whisper'"), ("ear", "known are replay, whisper")])
def test_an_unknown_recogniser(name: str, fix: str) -> None:
    with pytest.raises(UsageError, match=f"no recogniser '{name}'; {fix}"):
        load_recogniser(TranscribeOptions(recogniser=name))


def test_without_hints_and_without_a_model_it_is_clear_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match="no such folder; give --model a folder"):
        load_recogniser(TranscribeOptions(model=str(tmp_path / "none")))


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    modules = [target.partition(":")[0] for target in RECOGNISERS.values()]
    heavy = ("numpy", "av", "faster_whisper", "ctranslate2", "huggingface_hub", "onnxruntime", "tokenizers")
    program = f"""
import importlib, sys
for module in {[*modules, "toolkit.media", "toolkit.weights"]}:
    importlib.import_module(module)
print([name for name in {heavy} if name in sys.modules])
"""
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
