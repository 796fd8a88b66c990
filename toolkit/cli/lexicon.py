"""`zimu lexicon`: terms learned from corrections, mined from texts, checked, and imported from other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cli.command import Call, Command, Flag
from toolkit.errors import InputError, UsageError

if TYPE_CHECKING:
    from toolkit.cues import Cue
    from toolkit.glean import Proposal
    from toolkit.lexicon import Lexicon

FINDINGS = 1
"""Exit code where something is doubtful."""

MARK = "# Written by zimu lexicon; look it through before you use it. ({})\n"
"""How a file begins that may be written over, with the hash of the rest: who has worked on it finds it as it was."""

SHOWN = 20
"""So many proposals are listed unless `--all` is given."""


def work_on_lexicon(call: Call) -> int:
    """Do what the first input says."""
    action, *inputs = call.inputs
    if action not in ACTIONS:
        raise UsageError(f"lexicons can be {', '.join(ACTIONS)}; not '{action}'", fix="zimu lexicon check names.txt")
    return ACTIONS[action](call, inputs)


def _learn(call: Call, inputs: Sequence[str]) -> int:
    from toolkit.glean import learn

    if len(inputs) != 2:
        raise UsageError(f"two files are compared, not {len(inputs)}", fix="zimu lexicon learn talk.srt edited.srt")
    before, after = (_cues([name], heard=place == 0) for place, name in enumerate(inputs))
    found = learn(before, after, known=_known(call), background=_texts(call.texts("background")))
    return _tell_proposals(call, found, f"Learned from {inputs[1]}")


def _mine(call: Call, inputs: Sequence[str]) -> int:
    from toolkit.glean import mine

    right = _cues(call.texts("right"))
    if not inputs and not right:
        raise UsageError("no text to find terms in", fix="zimu lexicon mine talk.srt")
    found = mine(_cues(inputs, heard=True), right=right, known=_known(call))
    return _tell_proposals(call, found, f"Mined from {', '.join([*inputs, *call.texts('right')])}")


def _check(call: Call, inputs: Sequence[str]) -> int:
    from toolkit.cli.report import count, print_json, say
    from toolkit.glean.check import check
    from toolkit.lexicon import load_lexicon

    if not inputs:
        raise UsageError("no lexicon to check", fix="zimu lexicon check names.txt")
    lexicon = load_lexicon(inputs, builtin=False)
    found = check(lexicon, texts=_texts(call.texts("background")))
    if call.on("json"):
        findings = [asdict(one) for one in found]
        print_json({"command": "lexicon", "ok": not found, "terms": len(lexicon), "findings": findings})
    for one in [] if call.on("json") else found:
        print(f"{one.kind}: {one.term}: {one.about}; {one.fix}")
        if one.example:
            print(f"    {one.example}")
    if not call.on("quiet"):
        say(f"{count(len(lexicon), 'term')}, {count(len(found), 'finding')}")
    return FINDINGS if found else 0


def _import(call: Call, inputs: Sequence[str]) -> int:
    from toolkit.cli.report import count, print_json, say
    from toolkit.glean.imports import read_terms
    from toolkit.glean.toml_text import terms_as_toml
    from toolkit.lexicon import Lexicon

    if not inputs:
        raise UsageError("no list to import", fix="zimu lexicon import userdict.txt -o names.toml")
    lexicon = Lexicon()
    for name in inputs:
        lexicon += read_terms(_text(Path(name)), format=call.text("format"), source=name)
    text = terms_as_toml(lexicon.terms, about=f"Imported from {', '.join(inputs)}")
    written = _write(call, text)
    if call.on("json"):
        document = {"command": "lexicon", "ok": True, "terms": len(lexicon), "written": written}
        print_json(document if written else {**document, "toml": text})
    elif not written:
        print(text, end="")
    if not call.on("quiet"):
        say(f"{count(len(lexicon), 'term')} from {', '.join(inputs)}{_place(written)}")
    return 0


ACTIONS: dict[str, Callable[[Call, Sequence[str]], int]] = {
    "learn": _learn,
    "mine": _mine,
    "check": _check,
    "import": _import,
}


def _tell_proposals(call: Call, found: Sequence[Proposal], about: str) -> int:
    from toolkit.cli.report import count, print_json, say
    from toolkit.glean.toml_text import proposals_as_toml

    written = _write(call, proposals_as_toml(found, about=about)) if found or call.text("output") else []
    if call.on("json"):
        print_json({"command": "lexicon", "ok": True, "written": written, "proposals": [asdict(one) for one in found]})
    elif not written:
        shown = found if call.on("all") else found[:SHOWN]
        print("\n".join(_table(shown)))
    if not call.on("quiet"):
        hidden = 0 if written or call.on("all") or call.on("json") else max(len(found) - SHOWN, 0)
        more = f", {hidden} not shown: --all" if hidden else ""
        say(f"{count(len(found), 'proposal')}{more}{_place(written)}")
    return 0


def _table(found: Sequence[Proposal]) -> list[str]:
    """The proposals in columns, each with its spellings and an example."""
    from toolkit.cli.width import clip, pad, width

    column = min(max((width(one.text) for one in found), default=0), 24) + 2
    lines = []
    for one in found:
        heard = "，".join(f"{spelling} ×{times}" for spelling, times in one.variants)
        hits = f", {one.false_hits} false hits" if one.false_hits else ""
        lines.append(f"{pad(one.text, column)}{one.kind:<9}  {one.distance:.2f}  {clip(heard, 60)}{hits}")
        lines += [f"{' ' * 4}{clip(text, 72)}" for text in one.examples[:1]]
    return lines


def _write(call: Call, text: str) -> list[str]:
    """Write the lexicon where ``-o`` says; what somebody else wrote there stays.

    Raises:
        InputError: there is another file.
    """
    from toolkit.formats.files import write_whole

    out = call.text("output")
    if not out:
        return []
    path = Path(out)
    if path.suffix.lower() != ".toml":
        raise UsageError("a lexicon is written as TOML", where=out, fix=f"-o {path.with_suffix('.toml')}")
    if path.exists() and path.read_bytes() != _marked(path.read_bytes().partition(b"\n")[2]):
        problem = "was not written by 'zimu lexicon', or was changed since"
        raise InputError(problem, where=out, fix="give another name")
    write_whole(path, _marked(text.encode()))
    return [out]


def _marked(content: bytes) -> bytes:
    """The content of a lexicon behind the line by which it is known again."""
    from toolkit.outputs import hash_of

    return MARK.format(hash_of(content)[:12]).encode() + content


def _place(written: Sequence[str]) -> str:
    return f", written to {written[0]}" if written else ""


def _known(call: Call) -> Lexicon:
    from toolkit.cli.config import effective_profile
    from toolkit.pipeline import load_terms

    return load_terms(effective_profile(call))


def _cues(names: Iterable[str], *, heard: bool = False) -> list[Cue]:
    """The cues of all inputs: as they were heard, or as they read now."""
    from toolkit.cli.sources import find_sources, read_source
    from toolkit.cues import Cue

    transcripts = [read_source(source) for source in find_sources(names)] if names else []
    return [Cue(None, None, cue.heard if heard else cue.text) for transcript in transcripts for cue in transcript.cues]


def _texts(names: Iterable[str]) -> list[str]:
    return ["\n".join(cue.text for cue in _cues([name])) for name in names]


def _text(path: Path) -> str:
    from toolkit.formats.encoding import decode
    from toolkit.formats.files import read_whole

    return decode(read_whole(path), path=str(path))[0]


LEXICON = Command(
    usage="lexicon learn|mine|check|import FILE... [OPTIONS]",
    about="Makes lexicons. 'learn' proposes terms, and what they were misheard as, from a transcript and what an "
    "editor made of it. 'mine' finds, inside a transcript, spellings that sound alike and stand for one unknown term, "
    "and terms in documents whose spelling is right. 'check' finds terms that sound like others or like common words, "
    "and aliases that do harm or never fire. 'import' reads the lists of other programs.",
    run=work_on_lexicon,
    examples=(
        ("zimu lexicon learn talk.srt edited.srt -o learned.toml", ""),
        ("zimu lexicon mine talk.srt --right agenda.md", "spelt as in the agenda"),
        ("zimu lexicon check names.toml --background news.txt", "exit code 1 if in doubt"),
        ("zimu lexicon import userdict.txt -o names.toml", "jieba, CapsWriter, CSV, TSV"),
    ),
    flags=(
        Flag("--output", "write a TOML lexicon to look through and use", "FILE", short="-o"),
        Flag("--right", "mine: a text whose spelling is right; may be repeated", "FILE", many=True),
        Flag("--background", "learn, check: right text that no alias may fire in", "FILE", many=True),
        Flag("--format", "import: plain, jieba, capswriter, csv, tsv, toml; else guessed", "NAME"),
        Flag("--all", "list every proposal, not only the first twenty"),
    ),
    shows=("correct.lexicon", "correct.builtin_lexicons"),
    needs_input="nothing to do",
)
"""The command ``zimu lexicon``."""
