"""The pages are true: the reference is the code's, commands parse, sessions print what is shown, links lead on."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import house
import make_reference
import pytest
from pages import (
    PAGES,
    ROOT,
    blocks,
    command_lines,
    make_room,
    prose,
    read,
    session,
    shown_matches,
    simple_commands,
    typed,
)
from retype_sessions import refreshed

import toolkit
from toolkit.cli import COMMANDS, find_command
from toolkit.cli.command import option_flags
from toolkit.cli.parser import parse
from toolkit.profile import option_specs

HOW_TO = [page for page in PAGES if page.startswith("docs/") and page != "docs/reference.md"]
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]*)?\)")
FLAG = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
LINES = [
    pytest.param(line, id=f"{block}-{line}")
    for page in PAGES
    for block, line in command_lines(page)
    if block.language == "sh"
]
SESSIONS = [page for page in PAGES if blocks(page, "console")]
NOT_OURS = {"--group", "--strict", "--editable", "--write-info-json"}
"""Flags of other programs that the prose names."""


def all_flags() -> set[str]:
    found = {"--version"}
    for name in COMMANDS:
        command = find_command(name)
        found |= {flag.name for flag in command.all_flags}
        for specs in option_flags(command).values():
            found |= {spec.flag for spec in specs} | {f"--no-{spec.flag[2:]}" for spec in specs if spec.kind is bool}
    return found


def test_the_reference_is_what_the_code_says() -> None:
    assert read("docs/reference.md") == make_reference.reference(), "docs/reference.md is stale: make docs"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_shown_in_a_how_to_and_listed_in_the_reference(name: str) -> None:
    shown = [words for page in HOW_TO for _, line in command_lines(page) for words in simple_commands(line)]
    assert any(words[:2] == ["zimu", name] for words in shown)
    assert f"### zimu {name}\n" in read("docs/reference.md")


@pytest.mark.parametrize("name", option_specs())
def test_every_option_is_in_the_reference_with_its_help(name: str) -> None:
    spec = option_specs()[name]
    (row,) = [line for line in read("docs/reference.md").splitlines() if line.startswith(f"| `{name}` |")][:1]
    assert spec.about.replace("|", "\\|") in row
    assert all(f"`{choice}`" in row for choice in spec.choices)


@pytest.mark.parametrize("name", option_specs())
def test_every_option_can_be_given_to_some_command(name: str) -> None:
    assert option_specs()[name].flag in all_flags()


@pytest.mark.parametrize("page", PAGES)
def test_flags_named_in_a_page_exist(page: str) -> None:
    assert set(FLAG.findall(prose(page))) - NOT_OURS <= all_flags()


@pytest.mark.parametrize("line", LINES)
def test_command_lines_shown_are_understood(line: str) -> None:
    for words in simple_commands(line):
        if words[0] == "zimu" and len(words) > 1 and words[1] in COMMANDS:
            call = parse(find_command(words[1]), words[1], words[2:])
            assert call.command == words[1]
        else:
            assert words[0] != "zimu" or words[1:] in ([], ["--help"], ["--version"]), f"no such command: {line}"


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_pages_and_headings_that_exist(page: str) -> None:
    for target, anchor in LINK.findall(prose(page)):
        path = (ROOT / page).parent / target if target else ROOT / page
        assert path.exists(), f"{page} links to {target}"
        if anchor:
            assert anchor[1:] in anchors(path), f"{page} links to {target}{anchor}"


def test_the_first_screen_shows_what_the_program_does() -> None:
    lexicon = toolkit.load_lexicon(["waic2024"])
    heard = toolkit.read(ROOT / "examples" / "evening.txt")
    texts = [
        "".join(cue.text for cue in found.cues) for found in (heard, toolkit.correct_transcript(heard, lexicon=lexicon))
    ]
    lines = [line.split("→") for line in read("README.md").splitlines()[:12] if "→" in line]
    assert len(lines) == 3
    for before, after in lines:
        assert before.strip() in texts[0]
        assert after.strip() in texts[1]


def test_every_fact_of_evidence_and_every_rule_is_explained() -> None:
    heard = toolkit.read(ROOT / "examples" / "evening.txt")
    lexicon = toolkit.load_lexicon(["waic2024", str(ROOT / "examples" / "terms.toml")])
    edits = [edit for cue in toolkit.correct_transcript(heard, lexicon=lexicon).cues for edit in cue.edits]
    page = read("docs/correct-a-transcript.md")
    assert {edit.rule for edit in edits} >= {"sound", "alias"}
    assert all(f"`{edit.rule}`" in page for edit in edits)
    assert all(f"`{name}`" in page for edit in edits for name, _ in edit.evidence)


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/how-it-works.md"])
def test_the_floors_shown_are_those_that_hold(page: str) -> None:
    shown: dict[str, int] = {}
    floor = -1
    for line in read(page).splitlines():
        head = re.match(r"(?:\| )?([0-4]) ", line)
        floor = int(head[1]) if head else floor if line.startswith("   ") else -1
        shown |= {room: floor for room in re.findall(r"(\w+)(?:/|\.py)", line) if floor >= 0}
    for floor, rooms in enumerate(house.FLOORS):
        standing = {room for room in rooms if not room.startswith("__") and is_room(room)}
        assert {room for room in standing if shown.get(room) == floor} == standing


def is_room(name: str) -> bool:
    return (ROOT / "toolkit" / f"{name}.py").exists() or (ROOT / "toolkit" / name / "__init__.py").exists()


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_index_leads_to_every_page() -> None:
    linked = {target for target, _ in LINK.findall(read("docs/index.md"))}
    assert {Path(page).name for page in PAGES if page.startswith("docs/")} - {"index.md"} <= linked


@pytest.mark.skipif(sys.platform == "win32" or shutil.which("sh") is None, reason="sessions are those of a POSIX shell")
@pytest.mark.parametrize("page", SESSIONS)
def test_sessions_print_what_is_shown(page: str, tmp_path: Path) -> None:
    environment = make_room(tmp_path)
    for block in blocks(page, "console"):
        for line, shown in session(block):
            printed = typed(line, tmp_path, environment)
            assert shown_matches(shown, printed), (
                f"{block}: {line} (make docs types it again)\n--- shown\n{shown}--- printed\n{printed}"
            )


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("1\n2\n", "1\n2\n", True),
        ("1\n…\n9\n", "1\n2\n3\n9\n", True),
        ("1\n…\n", "1\n2\n", True),
        ("1\n…\n9\n", "1\n2\n3\n", False),
        ("1\n", "1\n2\n", False),
        ("a…b\n", "a…b\n", True),
        ("a…b\n", "a b\n", False),
        ("0.93 a\n", "1.00 a\n", True),
        ("0.93 a\n", "1 a\n", False),
        ("93 a\n", "94 a\n", False),
    ],
)
def test_a_line_of_dots_stands_for_any_lines(shown: str, printed: str, same: bool) -> None:
    assert shown_matches(shown, printed) is same


@pytest.mark.parametrize(
    ("shown", "printed", "anew"),
    [
        ("1 edit\n", "2 edits\n  a\n", "2 edits\n  a\n"),
        ("1 edit\n…\n", "2 edits\n  a\n", "2 edits\n…\n"),
        (
            "1 edit\n…\n  b: 1\n    of b\n…\nend\n",
            "2\n  a: 2\n  b: 2\n    of it\nend!\n",
            "2\n…\n  b: 2\n    of it\n…\nend!\n",
        ),
        ("…\n", "1\n2\n", "…\n"),
    ],
)
def test_sessions_are_retyped_with_what_was_left_out_left_out(shown: str, printed: str, anew: str) -> None:
    assert refreshed(shown, printed) == anew
    assert shown_matches(anew, printed)


@pytest.mark.parametrize(
    ("line", "commands"),
    [
        ("zimu run a.mp4", [["zimu", "run", "a.mp4"]]),
        ("X=1 zimu run 'a b.mp4' | head -3", [["zimu", "run", "a b.mp4"], ["head", "-3"]]),
        ("cd x && zimu doctor", [["cd", "x"], ["zimu", "doctor"]]),
        ("zimu run *.mp4 -f srt,txt  # both", [["zimu", "run", "*.mp4", "-f", "srt,txt"]]),
    ],
)
def test_shell_lines_are_taken_apart(line: str, commands: list[list[str]]) -> None:
    assert list(simple_commands(line)) == commands
