"""The licences of everything that an installation of Zimu brings, as a table; reads what packages say of themselves.

    python release/licences.py [--strict]

Run it with the Python of the environment to be reported; it needs nothing but the standard library. With ``--strict``
it fails where a licence is not known to go together with GPL-3.0-or-later.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from importlib.metadata import Distribution, distributions

OURS = "zimu-toolkit"

FREE = re.compile(
    r"\b(MIT|BSD|0BSD|ISC|Apache|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Lesser General Public|GPL|"
    r"General Public|Unlicense|Public Domain|CC0|Zlib|HPND|Historical Permission|The Unlicense)",
    re.IGNORECASE,
)
"""Licences that go together with GPL-3.0-or-later."""

UNFREE = re.compile(r"\b(Proprietary|NVIDIA|Commercial)\b", re.IGNORECASE)
"""Licences that do not: what carries one is no part of Zimu, and is installed by whoever asks for its extra."""

GOOD, BAD, UNKNOWN = "yes", "no", "?"


@dataclass(frozen=True)
class Licence:
    """A package, what it says of its licence, and whether that goes together with ours."""

    package: str
    version: str
    licence: str
    fits: str


def read_licence(metadata: Message) -> Licence:
    """What a package says: its SPDX expression, else its classifiers, else the first line of its licence field.

    >>> fields = Message()
    >>> for name, value in (("Name", "x"), ("Version", "1"), ("Classifier", "License :: OSI Approved :: MIT License")):
    ...     fields[name] = value
    >>> read_licence(fields)
    Licence(package='x', version='1', licence='MIT License', fits='yes')
    """
    classifiers = [
        entry.rpartition(" :: ")[2]
        for entry in metadata.get_all("Classifier") or ()
        if entry.startswith("License ::") and entry != "License :: OSI Approved"
    ]
    lines = (metadata.get("License") or "").strip().splitlines()
    said = metadata.get("License-Expression") or " or ".join(classifiers) or (lines[0] if lines else "")
    return Licence(metadata["Name"], metadata["Version"], said[:80] or "unknown", fits(said))


def fits(licence: str) -> str:
    """Whether a licence goes together with GPL-3.0-or-later.

    >>> fits("Apache-2.0"), fits("Other/Proprietary License"), fits("")
    ('yes', 'no', '?')
    """
    if UNFREE.search(licence):
        return BAD
    return GOOD if FREE.search(licence) else UNKNOWN


def needed(root: str, installed: Iterable[Distribution]) -> Iterator[Distribution]:
    """The package ``root`` and everything installed that it needs: ours with all extras, others without theirs."""
    known = {plain(one.metadata["Name"]): one for one in installed}
    waiting, seen = [plain(root)], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in known:
            continue
        seen.add(name)
        yield known[name]
        wanted = [entry for entry in known[name].requires or () if name == OURS or "extra ==" not in entry]
        waiting += [plain(found[0]) for entry in wanted if (found := re.match(r"[\w.-]+", entry))]


def plain(name: str) -> str:
    """A name of a package as all its spellings compare.

    >>> plain("Charset_Normalizer")
    'charset-normalizer'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def report(licences: Iterable[Licence]) -> str:
    """A table in Markdown, what does not fit first."""
    order = (BAD, UNKNOWN, GOOD)
    ordered = sorted(licences, key=lambda one: (order.index(one.fits), one.package.lower()))
    rows = [f"| {one.package} | {one.version} | {one.licence} | {one.fits} |" for one in ordered]
    head = ["| package | version | licence, as it says itself | fits GPL-3.0-or-later |", "|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Print the report of this environment."""
    found = [read_licence(one.metadata) for one in needed(OURS, distributions())]  # type: ignore[arg-type]
    if not found:
        print(f"{OURS} is not installed here", file=sys.stderr)
        return 1
    print(report(found), end="")
    return int("--strict" in arguments and any(one.fits != GOOD for one in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
