"""Help: every command has a page, every option stands on it, and no line is wider than a terminal."""

import pytest

from toolkit.cli import COMMANDS, find_command
from toolkit.cli.command import option_flags
from toolkit.cli.pages import front_page, page
from toolkit.cli.width import width


@pytest.mark.parametrize("text", [front_page(), *map(page, COMMANDS)], ids=["front", *COMMANDS])
def test_pages_fit_80_columns(text: str) -> None:
    assert max(map(width, text.splitlines())) <= 80


def test_the_front_page_lists_every_command() -> None:
    for name, (_, about) in COMMANDS.items():
        assert f"  {name:<12}{about}\n" in front_page()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_documents_every_option(name: str) -> None:
    command = find_command(name)
    for flag in command.all_flags:
        assert f" {flag.name}" in page(name)
    for specs in option_flags(command).values():
        for spec in specs:
            assert f"--[no-]{spec.flag[2:]}" in page(name) or f"{spec.flag} " in page(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_begins_with_usage_and_has_examples(name: str) -> None:
    assert page(name).startswith(f"usage: zimu {name}")
    assert f"examples:\n  zimu {name}" in page(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_flags_of_a_command_do_not_hide_options_of_the_profile(name: str) -> None:
    command = find_command(name)
    names = [flag.key for flag in command.all_flags] + [
        s.name for specs in option_flags(command).values() for s in specs
    ]
    assert len(names) == len(set(names))
