"""Every option, once: default, type, limits and help. Flags, TOML files and the reference are made from this.

Values come in this order, later ones win: defaults, the user's file, the project's file, profiles asked for by name,
flags. `toolkit.profile_files` reads and writes whole profiles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from toolkit.errors import ProfileError

T = TypeVar("T")

BUILT_IN = Path(__file__).parent / "profiles"
"""Where the profiles that ship are kept, a TOML file each."""


def option(default: T, about: str, *, choices: tuple[str, ...] = (), limits: tuple[float, float] | None = None) -> T:
    """A field of a profile section, with its help text, allowed values and inclusive limits."""
    made: T = field(default=default, metadata={"about": about, "choices": choices, "limits": limits})
    return made


@dataclass(frozen=True)
class TranscribeOptions:
    """How speech is recognised. Names are Whisper's where Whisper has one."""

    recogniser: str = option("whisper", "who listens: whisper, or replay to play recorded cues")
    model: str = option("small", "a size (tiny … large-v3), a folder with a CTranslate2 model, or a hub id")
    allow_download: bool = option(False, "let a model that is not on this machine be downloaded from the hub")
    language: str = option("", "spoken language (zh, en …); empty to detect it")
    multilingual: bool = option(False, "detect the language anew every 30 seconds, for talks that change it")
    task: str = option("transcribe", "write what is said, or its English", choices=("transcribe", "translate"))
    device: str = option(
        "auto",
        "where the model runs; the CPU takes over from a GPU that is missing or fails",
        choices=("auto", "cpu", "cuda"),
    )
    device_index: tuple[int, ...] = option((0,), "which GPUs, by number; the next one where the first fails")
    compute_type: str = option("auto", "arithmetic of the model: auto, int8, int8_float16, float16, float32 …")
    cpu_threads: int = option(0, "threads on the CPU; 0 for all cores", limits=(0, 1024))
    audio_track: int = option(1, "which audio track of a video is heard", limits=(1, 100))
    batch_size: int = option(0, "windows recognised at once; 0 for 8 on a GPU and 1 on the CPU", limits=(0, 256))
    beam_size: int = option(5, "hypotheses kept while decoding", limits=(1, 100))
    vad_filter: bool = option(True, "skip what is not speech (Silero VAD)")
    word_timestamps: bool = option(True, "time every word; segmenting by words needs it")
    condition_on_previous_text: bool = option(False, "show the model its last sentence; loops more, spells steadier")
    initial_prompt: str = option("", "text that sets spelling and punctuation")
    hotwords: str = option("", "words to expect, besides the lexicon's")
    lexicon_hotwords: bool = option(True, "tell the recogniser the lexicon's terms")


@dataclass(frozen=True)
class CorrectOptions:
    """How what was misheard is repaired."""

    correct: bool = option(True, "repair what was misheard; off leaves the text as it was heard")
    lexicon: tuple[str, ...] = option((), "a pack (ai, waic2024), or a file: a term a line, or TOML; may be repeated")
    builtin_lexicons: bool = option(True, "use the packs that are on by default")
    protect: tuple[str, ...] = option((), "a file of words, one a line, that are right as they stand; may be repeated")
    boldness: float = option(0.5, "from 0, change only what is certain, to 1, change what is likely", limits=(0, 1))
    suggest_only: bool = option(False, "change nothing, list everything as a suggestion")
    judge: str = option(
        "auto",
        "where a correction is in doubt, ask Whisper which text it hears; off, never",
        choices=("auto", "off"),
    )
    script: str = option(
        "keep",
        "Chinese characters: kept as heard, or in one script (the extra 'script')",
        choices=("keep", "simplified", "traditional", "traditional-tw", "traditional-hk"),
    )
    punctuate: bool = option(False, "put ，。？ by pauses where Chinese was heard without punctuation")
    hallucinations: str = option(
        "mark",
        "lines that nobody said: mark them and leave them out, drop them, or keep them",
        choices=("mark", "drop", "keep"),
    )


@dataclass(frozen=True)
class SegmentOptions:
    """How long a cue may be. Defaults are the `netflix` profile's; 0 switches a limit off."""

    segment: bool = option(True, "cut and join cues for reading")
    zh_width: int = option(16, "Han characters a line; a Latin letter counts as half of one", limits=(0, 200))
    en_width: int = option(42, "characters a line of Latin text", limits=(0, 400))
    lines: int = option(1, "lines a cue may have", limits=(1, 4))
    zh_speed: float = option(9.0, "Han characters a second that a viewer can read", limits=(0, 100))
    en_speed: float = option(20.0, "characters of Latin text a second that a viewer can read", limits=(0, 200))
    min_duration: int = option(833, "shortest cue, in milliseconds", limits=(0, 60_000))
    max_duration: int = option(7000, "longest cue, in milliseconds", limits=(0, 600_000))
    gap: int = option(83, "least time between two cues, in milliseconds", limits=(0, 5000))
    punctuation: str = option(
        "keep", "Chinese punctuation: keep it, or fansub's way, spaces for ，。", choices=("keep", "space")
    )


@dataclass(frozen=True)
class TranslateOptions:
    """Whether and how text is translated."""

    translate: str = option(
        "", "translate into this language; empty not at all", choices=("", "en", "zh", "zh-Hans", "zh-Hant")
    )
    bilingual: bool = option(False, "write a file with both languages too, cues cut alike")
    translator: str = option("auto", "who translates: endpoint, folder, whisper or subtitles; auto, as named")
    translation_model: str = option("", "folder of a CTranslate2 model, or the endpoint's name of its model")
    endpoint: str = option("", "OpenAI-compatible service, such as http://localhost:11434/v1")
    key_variable: str = option("ZIMU_API_KEY", "the environment variable that holds the endpoint's key")
    translated_subtitles: tuple[str, ...] = option(
        (), "subtitles in the other language to take the lines from; may be repeated"
    )
    translation_batch: int = option(20, "lines translated at once", limits=(1, 200))
    translation_context: int = option(3, "lines before and after that the endpoint sees", limits=(0, 50))
    max_requests: int = option(0, "most requests of one run; 0 without limit", limits=(0, 1_000_000))
    max_tokens: int = option(0, "most tokens of one run; 0 without limit", limits=(0, 10**12))
    request_timeout: float = option(120.0, "seconds to wait for an answer", limits=(0.05, 3600))
    translation_cache: bool = option(True, "keep answers, so that none is paid for twice")


@dataclass(frozen=True)
class OutputOptions:
    """What is written."""

    output_format: tuple[str, ...] = option(
        (), "srt, vtt, ass, ttml, txt, md, jsonl, json; several with commas between"
    )
    newline: str = option("lf", "line ends", choices=("lf", "crlf"))
    bilingual_order: str = option(
        "zh-en", "which language stands above in subtitles of two: Chinese, or the other", choices=("zh-en", "en-zh")
    )
    bom: bool = option(False, "begin files with a byte-order mark, for old players")
    overwrite: bool = option(False, "replace files even if somebody else wrote or changed them")


@dataclass(frozen=True)
class FetchOptions:
    """How addresses are fetched."""

    parts: str = option("", "which parts of a video or list, where its address names none: 71, 70-72, 1,3")
    all_parts: bool = option(False, "take all parts of a video or list")
    video: bool = option(False, "the picture too; else the sound alone, the best there is, as it is")
    existing: str = option(
        "prefer", "subtitles that the site has: prefer them to hearing", choices=("prefer", "ignore", "only")
    )
    metadata_terms: bool = option(True, "expect the names in title, description, tags and chapters")
    cookies: str = option("", "file of cookies (Netscape's format), for what needs a login")
    cookies_from_browser: str = option("", "browser to take cookies from: firefox, chrome, edge …")
    proxy: str = option("", "proxy to fetch through, http://HOST:PORT or socks5://HOST:PORT")
    cache: bool = option(True, "keep what was fetched for the next time")


@dataclass(frozen=True)
class Profile:
    """All options of a job.

    >>> Profile().segment.zh_width
    16
    >>> with_values(Profile(), {"beam_size": 1}).transcribe.beam_size
    1
    """

    transcribe: TranscribeOptions = TranscribeOptions()
    correct: CorrectOptions = CorrectOptions()
    segment: SegmentOptions = SegmentOptions()
    translate: TranslateOptions = TranslateOptions()
    output: OutputOptions = OutputOptions()
    fetch: FetchOptions = FetchOptions()


@dataclass(frozen=True)
class OptionSpec:
    """One option as flags and reference see it; ``kind`` is bool, int, float or str, of each item where ``many``."""

    section: str
    name: str
    kind: type
    many: bool
    default: Any
    about: str
    choices: tuple[str, ...]
    limits: tuple[float, float] | None

    @property
    def flag(self) -> str:
        """The command-line flag: ``--beam-size``."""
        return "--" + self.name.replace("_", "-")


@cache
def option_specs() -> dict[str, OptionSpec]:
    """All options by name, in their order; names are unique across sections."""
    specs: dict[str, OptionSpec] = {}
    for section in fields(Profile):
        kind = get_type_hints(Profile)[section.name]
        hints = get_type_hints(kind)
        for entry in fields(kind):
            specs[entry.name] = _spec(section.name, entry, hints[entry.name])
    return specs


def with_values(profile: Profile, values: Mapping[str, object], *, where: str = "") -> Profile:
    """The profile with options set by name; every value is checked.

    Raises:
        ProfileError: an unknown name, a wrong type, or a value out of its limits.
    """
    changed: dict[str, dict[str, object]] = {}
    for name, value in values.items():
        spec = find_option(name, where=where)
        changed.setdefault(spec.section, {})[spec.name] = check_value(spec, value, where=where)
    parts = {section: replace(getattr(profile, section), **entries) for section, entries in changed.items()}
    return replace(profile, **parts)


def refuse_contradictions(profile: Profile) -> Profile:
    """The profile itself, when its options go together; for a whole one, whose parts may correct each other.

    Raises:
        ProfileError: the shortest cue is to be longer than the longest.
    """
    least, most = profile.segment.min_duration, profile.segment.max_duration
    if 0 < most < least:
        fix = "lower the first, or raise the second; 0 switches either off"
        raise ProfileError(f"'min_duration' is {least}, above 'max_duration', which is {most}", fix=fix)
    return profile


def from_tables(profile: Profile, tables: Mapping[str, object], *, where: str = "") -> Profile:
    """The profile with the ``[section]`` tables of a TOML file laid over it.

    Raises:
        ProfileError: an unknown section or option, or a value that does not fit.
    """
    sections = [entry.name for entry in fields(Profile)]
    for section, table in tables.items():
        if not isinstance(table, Mapping):
            home = find_option(section, where=where).section
            raise ProfileError(f"'{section}' stands outside its section", where=where, fix=f"move it to [{home}]")
        if section not in sections:
            raise ProfileError(f"no section [{section}]", where=where, fix=_did_you_mean(section, sections))
        for name in table:
            spec = find_option(name, where=where)
            if spec.section != section:
                raise ProfileError(f"'{name}' is not in [{section}]", where=where, fix=f"move it to [{spec.section}]")
        profile = with_values(profile, table, where=where)
    return profile


def read_profile(name: str, base: Profile | None = None) -> Profile:
    """A profile by the name of a built-in one (``netflix``, ``ted``, ``fansub``, ``bilibili``) or by its file.

    Raises:
        ProfileError: no such profile, broken TOML, a value that does not fit, or, without a base, options that
            contradict each other.
    """
    path = Path(name)
    if name in built_in_profiles():
        path = BUILT_IN / f"{name}.toml"
    elif not path.is_file():
        raise ProfileError(f"no profile '{name}'", fix=_did_you_mean(name, built_in_profiles()))
    profile = from_tables(base or Profile(), _load_toml(path), where=str(path))
    return profile if base else refuse_contradictions(profile)


def built_in_profiles() -> tuple[str, ...]:
    """Names of the profiles that ship."""
    return tuple(sorted(path.stem for path in BUILT_IN.glob("*.toml")))


def find_option(name: str, *, where: str = "") -> OptionSpec:
    """The option called ``name``; ``-`` and ``_`` are the same.

    Raises:
        ProfileError: there is none; names the nearest.
    """
    specs = option_specs()
    found = specs.get(name.replace("-", "_"))
    if found is None:
        raise ProfileError(f"no option '{name}'", where=where, fix=_did_you_mean(name.replace("-", "_"), specs))
    return found


def check_value(spec: OptionSpec, value: object, *, where: str = "") -> object:
    """``value`` as the option's type.

    Raises:
        ProfileError: it has another type, is not among the choices, or is out of the limits.
    """
    if spec.many:
        items = value if isinstance(value, list | tuple) else [value]
        return tuple(_check_item(spec, item, where) for item in items)
    return _check_item(spec, value, where)


def _check_item(spec: OptionSpec, value: object, where: str) -> object:
    if spec.kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not spec.kind:
        raise ProfileError(f"'{spec.name}' takes {_kind_name(spec)}, not {value!r}", where=where)
    if spec.choices and value not in spec.choices:
        raise ProfileError(f"'{spec.name}' is one of {', '.join(spec.choices)}, not {value!r}", where=where)
    if spec.limits and isinstance(value, int | float) and not spec.limits[0] <= value <= spec.limits[1]:
        low, high = spec.limits
        raise ProfileError(f"'{spec.name}' lies between {low:g} and {high:g}, not {value:g}", where=where)
    return value


def _kind_name(spec: OptionSpec) -> str:
    names = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}
    return names[spec.kind]


def _spec(section: str, entry: Field[Any], hint: object) -> OptionSpec:
    many = hint is not bool and bool(get_args(hint))
    kind: Any = get_args(hint)[0] if many else hint
    about, choices, limits = (entry.metadata[key] for key in ("about", "choices", "limits"))
    return OptionSpec(section, entry.name, kind, many, entry.default, about, choices, limits)


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    known = list(known)
    close = get_close_matches(name, known, n=1)
    return f"did you mean '{close[0]}'?" if close else "known are " + ", ".join(sorted(known))


def _load_toml(path: Path) -> dict[str, object]:
    from toolkit.toml import parse

    try:
        return parse(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ProfileError(f"cannot be read: {error.strerror or error}", where=str(path)) from None
    except UnicodeDecodeError:
        raise ProfileError("is not UTF-8 text", where=str(path), fix="save it as UTF-8") from None
    except ValueError as error:
        raise ProfileError(f"not TOML: {error}", where=str(path)) from None
