"""Answers that were paid for, kept by the hash of what was asked, so that nothing is paid for twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import InputError

if TYPE_CHECKING:
    import sqlite3

_CHUNK = 500


def key_of(*parts: object) -> str:
    """The key of a question: a hash of all that the answer depends on.

    >>> key_of("a", 1) == key_of("a", 1), key_of("a", 1) == key_of("a", 2)
    (True, False)
    """
    return sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


class Answers:
    """Answers by key, in a file where one is named; each is on the disk before ``keep`` returns.

    >>> answers = Answers()
    >>> answers.keep({"k": "Hello"})
    >>> answers.known(["k", "other"])
    {'k': 'Hello'}
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._kept: dict[str, str] = {}

    def known(self, keys: Iterable[str]) -> dict[str, str]:
        """Those of the keys that have an answer, with it.

        Raises:
            InputError: the file is damaged or cannot be read.
        """
        wanted = list(keys)
        found = {key: self._kept[key] for key in wanted if key in self._kept}
        if self._path is None or len(found) == len(wanted) or not self._path.exists():
            return found
        with self._open() as database:
            for start in range(0, len(wanted), _CHUNK):
                chunk = wanted[start : start + _CHUNK]
                marks = ",".join("?" * len(chunk))
                rows = database.execute(f"SELECT key, text FROM answers WHERE key IN ({marks})", chunk)
                found |= dict(rows.fetchall())
        return found

    def keep(self, answers: Mapping[str, str]) -> None:
        """Keep answers.

        Raises:
            InputError: the file is damaged or cannot be written.
        """
        self._kept |= answers
        if self._path is not None:
            with self._open() as database, database:
                database.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?)", list(answers.items()))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        import sqlite3

        path = self._path or Path()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(path, timeout=30)) as database:
                database.execute("CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, text TEXT NOT NULL)")
                yield database
        except (sqlite3.Error, OSError) as error:
            fix = "remove it, or go without: --no-translation-cache"
            raise InputError(f"the answers kept there cannot be used: {error}", where=str(path), fix=fix) from None
