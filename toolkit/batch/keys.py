"""By what a finished input is known again: the content of the recording, and every option that changes the result."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from toolkit.fetch.metadata import beside, content_of
from toolkit.fetch.objects import Remote
from toolkit.journal import INDIFFERENT, key_of
from toolkit.profile import Profile


def key_of_options(profile: Profile) -> str:
    """A name for the options that change a result, and for the content of the lexicons and words that they name.

    Where the work is done, and how fast, makes no difference; nor does the permission to replace files.

    >>> from toolkit.profile import with_values
    >>> [key_of_options(with_values(Profile(), {"cpu_threads": n})) for n in (1, 8)] == [key_of_options(Profile())] * 2
    True

    Raises:
        InputError: a lexicon cannot be read.
    """
    told = asdict(profile)
    for name in INDIFFERENT:
        del told["transcribe"][name]
    del told["output"]["overwrite"], told["fetch"]
    told["metadata_terms"] = profile.fetch.metadata_terms
    named = (*profile.correct.lexicon, *profile.correct.protect)
    told["files"] = [sha256(path.read_bytes()).hexdigest() for path in map(Path, named) if path.is_file()]
    return sha256(json.dumps(told, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def key_of_file(source: Path, profile: Profile, options: str) -> str:
    """The key of an input with the options ``options`` (see `key_of_options`); reads at most 4 MiB of it.

    Raises:
        InputError: it cannot be read.
    """
    parts = [key_of(source, profile.transcribe).recording, options]
    metadata = content_of(beside(source)) if profile.fetch.metadata_terms else None
    if metadata is not None:
        parts.append(sha256(metadata).hexdigest())
    return sha256(" ".join(parts).encode()).hexdigest()


def key_of_remote(remote: Remote, options: str) -> str:
    """The key of a file behind an address; what its file system says of its content stands for that."""
    return sha256(f"{remote.url} {remote.version} {options}".encode()).hexdigest()


def key_of_address(label: str, options: str) -> str:
    """The key of a video: its content is not known before it is fetched."""
    return sha256(f"{label} {options}".encode()).hexdigest()
