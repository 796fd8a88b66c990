"""A command line becomes a call: names in either spelling, values checked, mistakes met with the nearest name."""

import pytest

from toolkit.cli import find_command
from toolkit.cli.command import Call
from toolkit.cli.parser import parse
from toolkit.errors import ProfileError, UsageError


def call(*arguments: str, command: str = "run") -> Call:
    return parse(find_command(command), command, arguments)


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (["--beam-size", "3"], {"beam_size": 3}),
        (["--beam_size=3"], {"beam_size": 3}),
        (["--BEAM-SIZE=3"], {"beam_size": 3}),
        (["--boldness", "1"], {"boldness": 1.0}),
        (["--no-vad-filter"], {"vad_filter": False}),
        (["--no_vad_filter"], {"vad_filter": False}),
        (["--vad-filter"], {"vad_filter": True}),
        (["--vad_filter", "False"], {"vad_filter": False}),
        (["--vad-filter=true"], {"vad_filter": True}),
        (["--vad-filter", "--no-vad-filter"], {"vad_filter": False}),
        (["-f", "srt,vtt"], {"output_format": ("srt", "vtt")}),
        (["-fsrt", "-f", "vtt"], {"output_format": ("srt", "vtt")}),
        (["--device-index", "0,1"], {"device_index": (0, 1)}),
        (["--lexicon", "ai", "--lexicon", "waic2024"], {"lexicon": ("ai", "waic2024")}),
        (["--initial-prompt", "- 以下是 --普通话"], {"initial_prompt": "- 以下是 --普通话"}),
        (["--hotwords", ""], {"hotwords": ""}),
        ([], {}),
    ],
)
def test_options_in_every_spelling(arguments: list[str], options: dict[str, object]) -> None:
    assert dict(call("talk.mp4", *arguments).options) == options


def test_inputs_may_stand_anywhere() -> None:
    found = call("a.mp4", "--beam-size", "2", "b.mp4", "--vad-filter", "c.mp4", "--", "-d.mp4", "--e.mp4")
    assert found.inputs == ("a.mp4", "b.mp4", "c.mp4", "-d.mp4", "--e.mp4")


def test_a_single_dash_is_an_input() -> None:
    assert call("-", command="correct").inputs == ("-",)


def test_own_flags() -> None:
    found = call("a.mp4", "-o", "out", "--dry_run", "--profile", "ted", "--profile", "my.toml")
    assert (found.text("output"), found.on("dry_run"), found.on("json")) == ("out", True, False)
    assert found.texts("profile") == ("ted", "my.toml")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--beem-size", "3"], "'run' has no option --beem-size; did you mean --beam-size?"),
        (["--beam", "3"], "'run' has no option --beam; did you mean --beam-size?"),
        (["--qqq"], "'run' has no option --qqq; 'zimu run --help' lists them"),
        (["-x"], "'run' has no option -x; 'zimu run --help' lists them; a file of that name goes behind --"),
        (["--beam-size"], "--beam-size needs a value; see 'zimu run --help'"),
        (["-o"], "--output needs a value; see 'zimu run --help'"),
        (["--quiet=3"], "--quiet: ignored explicit argument '3'; see 'zimu run --help'"),
    ],
)
def test_a_wrong_command_line_is_refused_with_advice(arguments: list[str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        call("talk.mp4", *arguments)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--beam-size", "three"], "--beam-size: 'beam_size' takes a whole number, not 'three'"),
        (["--beam-size", "0"], "--beam-size: 'beam_size' lies between 1 and 100, not 0"),
        (["--boldness", "nan"], "--boldness: 'boldness' lies between 0 and 1, not nan"),
        (["--task", "sing"], "--task: 'task' is one of transcribe, translate, not 'sing'"),
        (["--vad-filter=maybe"], "--vad-filter takes True or False, not 'maybe'"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(arguments: list[str], message: str) -> None:
    with pytest.raises(ProfileError) as caught:
        call("talk.mp4", *arguments)
    assert str(caught.value) == message


def test_an_option_of_another_command_is_put_in_its_place() -> None:
    with pytest.raises(UsageError, match=r"option of \[transcribe\], which this command does not use"):
        call("talk.srt", "--beam-size", "3", command="correct")


def test_no_input_is_answered_with_an_example() -> None:
    with pytest.raises(UsageError, match=r"for example: zimu run talk\.mp4"):
        call()
