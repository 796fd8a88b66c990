"""Every option is defined once, explains itself, and refuses what it cannot be."""

from __future__ import annotations

import pickle
import re
from dataclasses import asdict, fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import option_values, profiles

from toolkit.errors import ProfileError
from toolkit.profile import (
    OptionSpec,
    Profile,
    built_in_profiles,
    check_value,
    find_option,
    from_tables,
    option_specs,
    read_profile,
    refuse_contradictions,
    with_values,
)

SPECS = list(option_specs().values())
WRONG = {bool: (1, "true", None), int: (True, 1.5, "1", None), float: (True, "1", None), str: (1, True, None, b"a")}

each_option = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)


def text_of(error: pytest.ExceptionInfo[ProfileError]) -> str:
    return str(error.value)


@each_option
def test_every_option_is_explained_in_one_short_line(spec: OptionSpec) -> None:
    assert 8 <= len(spec.about) <= 80
    assert "\n" not in spec.about
    assert not spec.about.endswith(".")


@each_option
def test_every_default_is_a_value_that_the_option_takes(spec: OptionSpec) -> None:
    assert check_value(spec, spec.default) == spec.default
    assert type(check_value(spec, spec.default)) is type(spec.default)


@each_option
def test_every_option_refuses_other_types(spec: OptionSpec) -> None:
    for wrong in WRONG[spec.kind]:
        with pytest.raises(ProfileError, match=f"'{spec.name}' takes"):
            check_value(spec, [wrong] if spec.many else wrong)


@pytest.mark.parametrize("spec", [spec for spec in SPECS if spec.limits], ids=lambda spec: spec.name)
def test_limits_are_inclusive_and_nothing_lies_beyond(spec: OptionSpec) -> None:
    low, high = map(spec.kind, spec.limits or (0, 0))
    assert (check_value(spec, low), check_value(spec, high)) == (low, high)
    for beyond in (low - 1, high + 1, *((float("nan"), float("inf")) if spec.kind is float else ())):
        message = re.escape(f"'{spec.name}' lies between {low:g} and {high:g}, not {beyond:g}")
        with pytest.raises(ProfileError, match=message):
            check_value(spec, beyond)


@pytest.mark.parametrize("spec", [spec for spec in SPECS if spec.choices], ids=lambda spec: spec.name)
def test_choices_are_all_there_is(spec: OptionSpec) -> None:
    assert [check_value(spec, choice) for choice in spec.choices] == list(spec.choices)
    with pytest.raises(ProfileError, match=f"'{spec.name}' is one of {spec.choices[0]}"):
        check_value(spec, "else")


def test_names_are_unique_and_every_field_is_an_option() -> None:
    names = [entry.name for section in fields(Profile) for entry in fields(section.default)]
    assert names == list(option_specs())
    assert len(set(names)) == len(names)


@each_option
def test_flags_are_spelled_with_hyphens_and_found_either_way(spec: OptionSpec) -> None:
    assert spec.flag == f"--{spec.name.replace('_', '-')}"
    assert find_option(spec.flag.removeprefix("--")) is find_option(spec.name) is spec


@given(st.sampled_from(SPECS).flatmap(lambda spec: st.tuples(st.just(spec), option_values(spec))))
def test_a_value_that_is_set_is_the_only_change(case: tuple[OptionSpec, object]) -> None:
    spec, value = case
    before, after = asdict(Profile()), asdict(with_values(Profile(), {spec.name: value}))
    assert after[spec.section].pop(spec.name) == value
    before[spec.section].pop(spec.name)
    assert after == before


@given(profiles())
def test_tables_lead_back_to_the_profile(profile: Profile) -> None:
    assert from_tables(Profile(), asdict(profile)) == profile
    assert pickle.loads(pickle.dumps(profile)) == profile
    assert len({profile, pickle.loads(pickle.dumps(profile))}) == 1


def test_whole_numbers_serve_as_numbers_and_one_item_as_a_list() -> None:
    profile = with_values(Profile(), {"zh-speed": 7, "lexicon": "terms.txt", "device_index": 1})
    assert (profile.segment.zh_speed, type(profile.segment.zh_speed)) == (7.0, float)
    assert (profile.correct.lexicon, profile.transcribe.device_index) == (("terms.txt",), (1,))


def test_later_values_win() -> None:
    profile = from_tables(Profile(), {"segment": {"gap": 1, "lines": 2}})
    assert asdict(from_tables(profile, {"segment": {"gap": 3}}).segment) == asdict(profile.segment) | {"gap": 3}


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"segment": {"zh_widht": 16}}, "no option 'zh_widht'; did you mean 'zh_width'?"),
        ({"segment": {"zh-speeed": 9}}, "no option 'zh-speeed'; did you mean 'zh_speed'?"),
        ({"segmnt": {"gap": 1}}, "no section [segmnt]; did you mean 'segment'?"),
        ({"output": {"gap": 1}}, "'gap' is not in [output]; move it to [segment]"),
        ({"gap": 1}, "'gap' stands outside its section; move it to [segment]"),
        ({"beam_sise": 1}, "no option 'beam_sise'; did you mean 'beam_size'?"),
        ({"segment": {"gap": True}}, "'gap' takes a whole number, not True"),
        ({"segment": {"gap": "83"}}, "'gap' takes a whole number, not '83'"),
        ({"transcribe": {"vad_filter": 1}}, "'vad_filter' takes true or false, not 1"),
        ({"transcribe": {"device_index": [0, "1"]}}, "'device_index' takes a whole number, not '1'"),
        ({"segment": {"gap": -1}}, "'gap' lies between 0 and 5000, not -1"),
        ({"transcribe": {"device": "gpu"}}, "'device' is one of auto, cpu, cuda, not 'gpu'"),
        ({"colours": {}}, "no section [colours]; known are correct, fetch, output, segment, transcribe, translate"),
    ],
)
def test_what_cannot_be_is_refused_with_a_way_out(tables: dict[str, object], message: str) -> None:
    with pytest.raises(ProfileError) as caught:
        from_tables(Profile(), tables, where="zimu.toml")
    assert text_of(caught) == f"zimu.toml: {message}"


CONVENTIONS = {
    "netflix": {"zh_width": 16, "en_width": 42, "zh_speed": 9, "en_speed": 20, "min_duration": 833, "gap": 83},
    "ted": {"zh_width": 16, "en_width": 42, "zh_speed": 10, "en_speed": 21, "lines": 2, "punctuation": "keep"},
    "fansub": {"zh_width": 25, "zh_speed": 16, "punctuation": "space"},
    "bilibili": {"punctuation": "space", "lines": 1},
}
"""Numbers of the Netflix Timed Text Style Guides, TED's guides for translators, and the norms of fansub houses."""


@pytest.mark.parametrize(("least", "most"), [(9000, 7000), (833, 832)])
def test_the_shortest_cue_is_no_longer_than_the_longest(least: int, most: int) -> None:
    profile = with_values(Profile(), {"min_duration": least, "max_duration": most})
    with pytest.raises(ProfileError, match=f"'min_duration' is {least}, above 'max_duration', which is {most}; lower"):
        refuse_contradictions(profile)


@pytest.mark.parametrize(("least", "most"), [(7000, 7000), (0, 500), (9000, 0), (0, 0)])
def test_limits_that_are_equal_or_off_go_together(least: int, most: int) -> None:
    profile = with_values(Profile(), {"min_duration": least, "max_duration": most})
    assert refuse_contradictions(profile) is profile


def test_a_file_that_contradicts_itself_is_refused_unless_more_is_to_come(tmp_path: Path) -> None:
    path = tmp_path / "slow.toml"
    path.write_text("[segment]\nmin_duration = 9000\n")
    with pytest.raises(ProfileError, match="above 'max_duration'"):
        read_profile(str(path))
    assert read_profile(str(path), Profile()).segment.min_duration == 9000


def test_the_profiles_that_ship_have_the_numbers_of_their_conventions() -> None:
    assert built_in_profiles() == tuple(sorted(CONVENTIONS))
    for name, numbers in CONVENTIONS.items():
        segment = asdict(read_profile(name).segment)
        assert {key: segment[key] for key in numbers} == numbers
        assert segment["max_duration"] >= 7000


def test_the_defaults_are_those_of_netflix() -> None:
    assert read_profile("netflix") == Profile()


def test_built_in_profiles_leave_other_sections_alone() -> None:
    base = with_values(Profile(), {"beam_size": 2, "newline": "crlf"})
    for name in built_in_profiles():
        profile = read_profile(name, base)
        assert (profile.transcribe, profile.correct, profile.output) == (base.transcribe, base.correct, base.output)


def test_a_profile_may_be_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[segment]\nlines = 2\n", encoding="utf-8-sig")
    assert read_profile(str(path)).segment.lines == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[segment", "not TOML: "),
        (b"[segment]\ngap = 1e9999", "'gap' takes a whole number, not inf"),
        ("[segment]\npunctuation = 'keep' # 标点".encode("gb18030"), "is not UTF-8 text; save it as UTF-8"),
        (b"[segment]\nwidth = 9", "no option 'width'; did you mean 'zh_width'?"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(ProfileError) as caught:
        read_profile(str(path))
    assert text_of(caught).startswith(f"{path}: {message}")


def test_a_profile_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="no profile 'netflicks'; did you mean 'netflix'"):
        read_profile("netflicks")
    with pytest.raises(ProfileError, match="known are bilibili, fansub, netflix, ted"):
        read_profile(str(tmp_path))
