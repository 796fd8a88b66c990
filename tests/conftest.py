"""How the tests run, and the recordings and models that several of them need."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Examples as many as by default, and none fails because the machine is busy.
settings.register_profile("zimu", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zimu")

DATA = Path(__file__).parent / "data"


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache of the tests' own, also for the processes that they start: nothing is left in a person's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def talk() -> Path:
    """56 seconds of synthetic speech in Chinese and English."""
    return DATA / "talk.ogg"


@pytest.fixture(scope="session")
def whisper_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Whisper model of random weights, 80 mel bands: it runs in the real library, what it hears is noise."""
    from whisper_folder import make_whisper_folder

    return make_whisper_folder(tmp_path_factory.mktemp("model") / "whisper-80")


@pytest.fixture(scope="session")
def whisper_folder_128(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in the shape of large-v3: 128 mel bands, one language more."""
    from whisper_folder import make_whisper_folder

    return make_whisper_folder(tmp_path_factory.mktemp("model") / "whisper-128", mels=128)


@pytest.fixture
def write_wav(tmp_path: Path) -> Callable[..., Path]:
    """Write samples from -1 to 1 as a 16-bit WAV file of 16 kHz."""
    import numpy as np

    def write(samples: object, name: str = "sound.wav", rate: int = 16_000) -> Path:
        path = tmp_path / name
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes((np.asarray(samples) * 32767).astype("<i2").tobytes())
        return path

    return write
