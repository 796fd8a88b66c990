"""The index of a lexicon, kept: in memory for the next document, and in the user's cache for the next run.

What takes long is how terms sound, half a minute for 100,000 of them. That is kept in a file named after the content of
the lexicon and the tables that it was made with; a change of either is another file.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from toolkit.correct.index import Index, build_index
from toolkit.correct.sound_index import (
    LONGEST,
    MOST_WRITTEN,
    REACH_BEYOND,
    REACHES,
    SHORTEST_WRITTEN,
    SoundIndex,
    build_sounds,
)
from toolkit.correct.syllables import load_syllables
from toolkit.errors import InputError
from toolkit.lexicon import Lexicon

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORTH_KEEPING = 100
"""A lexicon of fewer terms is made ready faster than a file is read."""

MOST_FILES = 8
"""Lexicons kept in the cache, those used last."""

logger = logging.getLogger(__name__)

_recent: list[tuple[Lexicon, Index]] = []


def load_index(lexicon: Lexicon) -> Index:
    """The index of a lexicon, built only where it was not built before."""
    for known, index in _recent:
        if known is lexicon:
            return index
    sounds = _load_sounds(lexicon) if len(lexicon) >= WORTH_KEEPING else None
    index = build_index(lexicon, sounds)
    _recent[:] = [(lexicon, index), *_recent[:1]]
    return index


def cache_folder() -> Path:
    """Where made lexicons are kept."""
    from platformdirs import user_cache_path

    return user_cache_path("zimu", appauthor=False) / "lexicons"


def _load_sounds(lexicon: Lexicon) -> SoundIndex:
    path = cache_folder() / f"{_fingerprint(lexicon)}.npz"
    found = _read(path)
    if found is not None:
        return found
    made = build_sounds(lexicon.terms, load_syllables())
    _write(path, made)
    return made


def _fingerprint(lexicon: Lexicon) -> str:
    """A name for what the sounds of a lexicon are made of: its terms, and the tables of this version."""
    from toolkit import __version__

    table = load_syllables()
    rules = (
        __version__,
        LONGEST,
        MOST_WRITTEN,
        SHORTEST_WRITTEN,
        REACHES,
        REACH_BEYOND,
        [str(one) for one in table.syllables],
    )
    digest = blake2b(repr(rules).encode(), digest_size=16)
    digest.update(table.costs.tobytes())
    digest.update("\n".join(f"{term.text}\t{term.exact}\t{term.sounds}" for term in lexicon.terms).encode())
    return digest.hexdigest()


def _read(path: Path) -> SoundIndex | None:
    """The sounds in a file; None where there is none, or it is broken."""
    import numpy as np

    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            values = {name: arrays[name] for name in SoundIndex.__dataclass_fields__}
        path.touch()
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        logger.debug("%s is made anew: %s", path, error)
        return None
    return SoundIndex(**{**values, "reach": float(values["reach"])})


def _write(path: Path, sounds: SoundIndex) -> None:
    """Keep sounds in a file; where that is not possible they are made anew the next time."""
    import numpy as np

    from toolkit.formats.files import write_whole

    arrays: dict[str, NDArray[np.generic]] = {
        name: np.asarray(getattr(sounds, name)) for name in SoundIndex.__dataclass_fields__
    }
    data = io.BytesIO()
    np.savez(data, allow_pickle=False, **arrays)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data.getvalue())
        for old in _oldest(path.parent):
            old.unlink(missing_ok=True)
    except (OSError, InputError) as error:
        logger.debug("%s is not kept: %s", path, error)


def _oldest(folder: Path) -> Iterator[Path]:
    """Files beyond the `MOST_FILES` that were used last."""
    files = sorted(folder.glob("*.npz"), key=lambda path: (path.stat().st_mtime, path.name), reverse=True)
    yield from files[MOST_FILES:]
