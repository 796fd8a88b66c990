"""Errors say what is wrong, where and what to do, and survive the way between processes."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator

import pytest

from toolkit import errors
from toolkit.errors import (
    BackendError,
    FetchError,
    FormatError,
    InputError,
    LexiconError,
    MediaError,
    MissingExtra,
    ModelNotFound,
    NotReady,
    ProfileError,
    ToolkitError,
    UsageError,
)

ONE_OF_EACH = [
    ToolkitError("it broke", where="talk.mp4", fix="mend it"),
    InputError("is empty", where="talk.txt"),
    FormatError("end before start", path="talk.srt", line=7, fix="swap them"),
    MediaError("no sound in it", where="talk.mp4", fix="choose another"),
    LexiconError(["term 1: 'text' is missing", "unknown key 'trem'"], where="terms.toml"),
    ProfileError("no option 'beam'", fix="did you mean 'beam_size'?"),
    UsageError("nothing to do"),
    MissingExtra("download", needed_for="fetching addresses"),
    ModelNotFound("no model 'smal'", fix="did you mean 'small'?"),
    FetchError("no part 999", where="BV1iT421k7Bv"),
    BackendError("the GPU ran out of memory"),
    NotReady("the model cannot be loaded", where="small", fix="get it anew"),
]
EXIT_CODES = {
    ToolkitError: 5,
    InputError: 3,
    FormatError: 3,
    MediaError: 3,
    LexiconError: 3,
    ProfileError: 2,
    UsageError: 2,
    MissingExtra: 4,
    ModelNotFound: 4,
    FetchError: 5,
    BackendError: 5,
    NotReady: 5,
}

each = pytest.mark.parametrize("error", ONE_OF_EACH, ids=lambda error: type(error).__name__)


def below(kind: type[ToolkitError]) -> Iterator[type[ToolkitError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from below(child)


def test_every_error_is_in_the_tree_and_in_these_tests() -> None:
    defined = {kind for kind in below(ToolkitError) if kind.__module__ == errors.__name__}
    assert {type(error) for error in ONE_OF_EACH} == defined == set(EXIT_CODES)
    assert all(kind.__name__ in str(errors.__doc__) for kind in defined)


@each
def test_the_exit_code_is_the_one_of_its_kind_and_of_the_docs(error: ToolkitError) -> None:
    assert error.exit_code == EXIT_CODES[type(error)]
    drawn = [line for line in str(errors.__doc__).splitlines() if type(error).__name__ in line]
    assert len(drawn) == 1
    assert f"exit {error.exit_code}" in drawn[0] or isinstance(error, FormatError | MediaError | NotReady)


@each
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_errors_survive_pickling_with_all_they_know(error: ToolkitError, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(error, protocol))
    assert type(again) is type(error)
    assert vars(again) == vars(error)
    assert (str(again), again.args, again.exit_code) == (str(error), error.args, error.exit_code)


@each
def test_errors_can_be_copied(error: ToolkitError) -> None:
    assert vars(copy.deepcopy(error)) == vars(copy.copy(error)) == vars(error)


@each
def test_errors_are_one_json_document(error: ToolkitError) -> None:
    document = json.loads(json.dumps(error.as_dict()))
    assert document["error"] == type(error).__name__
    assert document["exit_code"] == error.exit_code
    assert (document["problem"], document["where"], document["fix"]) == (error.problem, error.where, error.fix)


@each
def test_messages_fit_one_line(error: ToolkitError) -> None:
    assert error.problem in str(error)
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ToolkitError("it broke"), "it broke"),
        (ToolkitError("it broke", where="a.mp4"), "a.mp4: it broke"),
        (ToolkitError("it broke", fix="mend it"), "it broke; mend it"),
        (FormatError("is empty", path="a.srt"), "a.srt: is empty"),
        (FormatError("is empty", path="a.srt", line=3), "a.srt:3: is empty"),
        (FormatError("is empty"), "is empty"),
        (LexiconError([f"fault {n}" for n in range(1, 6)]), "fault 1; fault 2; fault 3; fault 4; fault 5"),
        (
            LexiconError([f"fault {n}" for n in range(1, 8)], where="a.toml"),
            "a.toml: fault 1; fault 2; fault 3; fault 4; fault 5; and 2 more",
        ),
        (
            MissingExtra("ray", needed_for="a cluster"),
            "a cluster needs the extra 'ray'; pip install 'zimu-toolkit[ray]'",
        ),
    ],
)
def test_messages_say_where_what_and_what_to_do(error: ToolkitError, message: str) -> None:
    assert str(error) == message


def test_what_a_class_adds_is_in_the_document() -> None:
    assert FormatError("x", path="a.srt", line=3).as_dict()["line"] == 3
    assert LexiconError(["one", "two"]).as_dict()["faults"] == ["one", "two"]
    assert MissingExtra("ray", needed_for="x").as_dict()["extra"] == "ray"


def test_errors_of_others_that_build_on_these_survive_too() -> None:
    error = TwoPartError("left", "right")
    again = pickle.loads(pickle.dumps(error))
    assert (again.one, again.two, str(again)) == ("left", "right", "left and right")


class TwoPartError(BackendError):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} and {two}")
        self.one, self.two = one, two
