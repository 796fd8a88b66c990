"""Links of the site that lead out of ``docs/``: files of the repository that they name go along, as plain text.

In the repository ``../LICENSE`` leads from a page to a file. The site has no such place, so the file is copied to
``files/`` and the link leads there. A file that does not exist is a broken link, which ends the build.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LINK = re.compile(r"(?<=\]\()\.\./([^)#\s]+)(#[^)\s]*)?(?=\))")


def redirected(text: str) -> str:
    """The text of a page of ``docs/`` with links out of it led to the files beside the site.

    >>> redirected("[licence](../LICENSE), [start](index.md)")
    '[licence](files/LICENSE.txt), [start](index.md)'
    """
    return LINK.sub(r"files/\1.txt", text)


def on_files(files: Any, *, config: Any) -> Any:
    """Add the files that any page names."""
    from mkdocs.structure.files import File

    pages = [page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md")]
    for name in sorted({found[1] for text in pages for found in LINK.finditer(text)}):
        if (ROOT / name).is_file():
            files.append(File.generated(config, f"files/{name}.txt", content=(ROOT / name).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Lead the links of a page."""
    return redirected(markdown)
