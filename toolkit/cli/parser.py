"""From a command line to a `Call`: flags of the command, options of the profile, inputs.

argparse does the reading. Around it: ``-`` and ``_`` are the same in names, inputs may stand anywhere, what is mistyped
gets "did you mean", and switches are understood in Whisper's way too, ``--vad-filter False``.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from toolkit.cli.command import Call, Command, option_flags
from toolkit.errors import ProfileError, UsageError
from toolkit.profile import OptionSpec, check_value, option_specs

SHORT = {"output_format": "-f"}
"""Options of the profile that have a short flag."""

TRUTH = {"true": True, "false": False}


def parse(command: Command, name: str, arguments: Sequence[str]) -> Call:
    """What the command line asks for.

    Raises:
        UsageError: an unknown option, a value missing, no input where one is needed, or standard output as ``-o``.
        ProfileError: a value that an option cannot have.
    """
    specs = {spec.name: spec for section in option_flags(command).values() for spec in section}
    parser = _parser(command, specs)
    tokens, inputs_behind = _split(arguments)
    tokens = _normalised(tokens, _known_flags(command, specs), specs, name)
    try:
        found, inputs = parser.parse_known_args(tokens)
    except argparse.ArgumentError as error:
        raise UsageError(_plain(error), fix=f"see 'zimu {name} --help'") from None
    _refuse_short(inputs, name)
    inputs += inputs_behind
    if command.needs_input and not inputs:
        raise UsageError(command.needs_input, fix=f"for example: {command.examples[0][0]}")
    given = vars(found)
    _refuse_stdout(command, given.get("output"))
    flags = tuple((flag.key, given[flag.key]) for flag in command.all_flags if given.get(flag.key))
    options = tuple((key, _value(specs[key], given[key])) for key in specs if given[key] is not None)
    return Call(name, tuple(inputs), flags, options)


def _parser(command: Command, specs: Mapping[str, OptionSpec]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    for flag in command.all_flags:
        names = [flag.name, flag.short] if flag.short else [flag.name]
        action = "store_true" if not flag.value else "append" if flag.many else "store"
        parser.add_argument(*names, action=action, dest=flag.key)
    for spec in specs.values():
        if spec.kind is bool:
            parser.add_argument(spec.flag, action="store_const", const=True, dest=spec.name)
            parser.add_argument(_off(spec), action="store_const", const=False, dest=spec.name)
        else:
            names = [spec.flag, SHORT[spec.name]] if spec.name in SHORT else [spec.flag]
            parser.add_argument(*names, action="append" if spec.many else "store", dest=spec.name)
    return parser


def _known_flags(command: Command, specs: Mapping[str, OptionSpec]) -> set[str]:
    switched_off = {_off(spec) for spec in specs.values() if spec.kind is bool}
    return {flag.name for flag in command.all_flags} | {spec.flag for spec in specs.values()} | switched_off


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """What stands before ``--`` and what behind it: there everything is an input."""
    if "--" not in arguments:
        return list(arguments), []
    middle = list(arguments).index("--")
    return list(arguments[:middle]), list(arguments[middle + 1 :])


def _normalised(tokens: Sequence[str], known: set[str], specs: Mapping[str, OptionSpec], command: str) -> list[str]:
    """The tokens with names spelt as the parser knows them, and Whisper's switches as ours."""
    result: list[str] = []
    waiting = list(tokens)
    while waiting:
        token = waiting.pop(0)
        if not token.startswith("--") or " " in token.partition("=")[0]:
            result.append(token)
            continue
        flag, equals, value = token.partition("=")
        flag = flag.lower().replace("_", "-")
        if flag not in known:
            raise _unknown(flag, known, command)
        spec = specs.get(flag[2:].replace("-", "_"))
        if spec is None or spec.kind is not bool:
            result.append(flag + equals + value)
        elif equals or (waiting and waiting[0].lower() in TRUTH):
            value = value if equals else waiting.pop(0)
            result.append(spec.flag if _truth(spec, value) else _off(spec))
        else:
            result.append(flag)
    return result


def _unknown(flag: str, known: set[str], command: str) -> UsageError:
    option = option_specs().get(flag[2:].removeprefix("no-").replace("-", "_"))
    longer = sorted((name for name in known if name.startswith(flag)), key=len)
    close = longer or get_close_matches(flag, sorted(known), n=1)
    if option is not None:
        fix = f"that is an option of [{option.section}], which this command does not use"
    else:
        fix = f"did you mean {close[0]}?" if close else f"'zimu {command} --help' lists them"
    return UsageError(f"'{command}' has no option {flag}", fix=fix)


def _refuse_short(inputs: Sequence[str], command: str) -> None:
    for token in inputs:
        if token.startswith("-") and token != "-":
            fix = f"'zimu {command} --help' lists them; a file of that name goes behind --"
            raise UsageError(f"'{command}' has no option {token}", fix=fix)


def _refuse_stdout(command: Command, output: object) -> None:
    """See that ``-o -`` makes no folder of that name.

    Raises:
        UsageError: it would.
    """
    if output != "-":
        return
    goes_there = any("standard output" in flag.about for flag in command.all_flags if flag.key == "output")
    fix = "leave it out, and the result goes there" if goes_there else "name a file or folder"
    raise UsageError("-o writes files, and standard output is for one transcript", where="-o -", fix=fix)


def _truth(spec: OptionSpec, value: str) -> bool:
    if value.lower() not in TRUTH:
        raise ProfileError(f"{spec.flag} takes True or False, not {value!r}")
    return TRUTH[value.lower()]


def _value(spec: OptionSpec, given: object) -> object:
    """The text given on the command line as a checked value of the option's type."""
    if spec.many and isinstance(given, list):
        items = [item.strip() for text in given for item in text.split(",")]
        return check_value(spec, [_typed(spec, item) for item in items if item], where=spec.flag)
    return check_value(spec, _typed(spec, given), where=spec.flag)


def _typed(spec: OptionSpec, given: object) -> object:
    """The text as a number where the option takes one; left alone, for `check_value` to refuse, where it is none."""
    if spec.kind in (int, float) and isinstance(given, str):
        try:
            return spec.kind(given)
        except ValueError:
            return given
    return given


def _off(spec: OptionSpec) -> str:
    return f"--no-{spec.flag[2:]}"


def _plain(error: argparse.ArgumentError) -> str:
    name = (error.argument_name or "").split("/")[0]
    return f"{name} needs a value" if "expected one argument" in error.message else f"{name}: {error.message}"
