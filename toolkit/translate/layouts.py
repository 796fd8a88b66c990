"""How the text of a translation model's folder becomes tokens: OPUS-MT, NLLB and M2M100, by the files in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.errors import MissingExtra, ModelNotFound
from toolkit.translate.languages import is_chinese

NLLB = {"en": "eng_Latn", "zh": "zho_Hans", "zh-Hans": "zho_Hans", "zh-Hant": "zho_Hant"}
M2M = {"en": "__en__", "zh": "__zh__", "zh-Hans": "__zh__", "zh-Hant": "__zh__"}
OPUS = {"en": ">>eng<<", "zh": ">>cmn_Hans<<", "zh-Hans": ">>cmn_Hans<<", "zh-Hant": ">>cmn_Hant<<"}
"""The tokens that name a language to models of many."""

END = "</s>"
_SPACE = "▁"


@dataclass(frozen=True)
class Layout:
    """How a model takes a text and gives its translation: as tokens, those of the target beginning with ``prefix``."""

    name: str
    encode: Callable[[str], list[str]]
    decode: Callable[[Sequence[str]], str]
    prefix: tuple[str, ...] = ()


def read_layout(folder: Path, source: str, target: str) -> Layout:
    """The layout of the model in a folder, for translating from ``source`` to ``target``.

    Raises:
        ModelNotFound: a file is missing or damaged, or the model does not know the languages.
        MissingExtra: sentencepiece is needed and not installed.
    """
    if not (folder / "model.bin").is_file():
        raise ModelNotFound("has no model.bin", where=str(folder), fix=_CONVERT)
    known = _vocabulary(folder, "target")
    ends = bool(_config(folder).get("add_source_eos"))
    if NLLB[target] in known:
        return _many(folder, (NLLB[source], NLLB[target]), name="nllb", ends=ends)
    if M2M[target] in known:
        return _many(folder, (M2M[source], M2M[target]), name="m2m100", ends=ends)
    return _opus(folder, source, target, ends=ends)


def knows_many(folder: Path) -> bool:
    """Whether the model in a folder translates from any of its languages into any, as NLLB and M2M do.

    Raises:
        ModelNotFound: a file is missing or damaged.
    """
    known = _vocabulary(folder, "target")
    return NLLB["en"] in known or M2M["en"] in known


def _many(folder: Path, codes: tuple[str, str], *, name: str, ends: bool) -> Layout:
    """Models of many languages: the source begins with its language, the target with its own."""
    split, join = _pieces(folder, ("sentencepiece.bpe.model", "sentencepiece.model", "spm.model"))
    tail = [] if ends else [END]

    def encode(text: str) -> list[str]:
        return [codes[0], *split(text), *tail]

    return Layout(name, encode, join, (codes[1],))


def _opus(folder: Path, source: str, target: str, *, ends: bool) -> Layout:
    """Marian models of one pair or of some: a token in front names the target where there are several."""
    split, _ = _pieces(folder, ("source.spm", "spm.model", "sentencepiece.model"))
    _, join = _pieces(folder, ("target.spm", "source.spm", "spm.model", "sentencepiece.model"))
    known = _vocabulary(folder, "source")
    head = [OPUS[target]] if OPUS[target] in known else []
    if not head and is_chinese(target) and any(token.startswith((">>cmn", ">>zho")) for token in known):
        head = [min(token for token in known if token.startswith((">>cmn", ">>zho")))]
    if not head and any(token.startswith(">>") for token in known):
        problem = f"does not translate from {source} to {target}"
        raise ModelNotFound(problem, where=str(folder), fix="choose a model that does with --translation-model")
    tail = [] if ends else [END]

    def encode(text: str) -> list[str]:
        return [*head, *split(text), *tail]

    return Layout("opus-mt", encode, join)


def _pieces(folder: Path, names: Sequence[str]) -> tuple[Callable[[str], list[str]], Callable[[Sequence[str]], str]]:
    """What splits text into pieces and joins them again: a sentencepiece model, else ``tokenizer.json``."""
    path = next((folder / name for name in names if (folder / name).is_file()), None)
    if path is not None:
        return _sentencepiece(path)
    if (folder / "tokenizer.json").is_file():
        return _tokenizer(folder / "tokenizer.json")
    fix = f"copy {' or '.join(names)} from the model that it was converted from"
    raise ModelNotFound(f"has no {names[0]}", where=str(folder), fix=fix)


def _sentencepiece(path: Path) -> tuple[Callable[[str], list[str]], Callable[[Sequence[str]], str]]:
    try:
        from sentencepiece import SentencePieceProcessor
    except ModuleNotFoundError:
        raise MissingExtra("translate", needed_for="this translation model") from None
    try:
        made: Any = SentencePieceProcessor(model_file=str(path))
    except (RuntimeError, OSError):
        raise ModelNotFound("is no sentencepiece model", where=str(path), fix="copy or download it again") from None

    def split(text: str) -> list[str]:
        return list(made.encode(text, out_type=str))

    return split, lambda pieces: str(made.decode(_text_alone(pieces)))


def _tokenizer(path: Path) -> tuple[Callable[[str], list[str]], Callable[[Sequence[str]], str]]:
    from tokenizers import Tokenizer

    try:
        made: Any = Tokenizer.from_file(str(path))
    except Exception:  # tokenizers raises nothing more special
        raise ModelNotFound("is no tokenizer", where=str(path), fix="copy or download it again") from None

    def split(text: str) -> list[str]:
        return list(made.encode(text, add_special_tokens=False).tokens)

    return split, lambda pieces: "".join(_text_alone(pieces)).replace(_SPACE, " ").strip()


def _text_alone(pieces: Sequence[str]) -> list[str]:
    """Pieces without the tokens that mean no text."""
    special = {END, "<s>", "<pad>", "<unk>", *NLLB.values(), *M2M.values()}
    return [piece for piece in pieces if piece not in special]


def _vocabulary(folder: Path, side: str) -> frozenset[str]:
    for stem in ("shared_vocabulary", f"{side}_vocabulary"):
        for path in (folder / f"{stem}.json", folder / f"{stem}.txt"):
            if path.is_file():
                text = path.read_text(encoding="utf-8")
                return frozenset(_json(path) if path.suffix == ".json" else text.splitlines())
    raise ModelNotFound("has no shared_vocabulary.json", where=str(folder), fix=_CONVERT)


def _config(folder: Path) -> dict[str, Any]:
    path = folder / "config.json"
    found = _json(path) if path.is_file() else {}
    return found if isinstance(found, dict) else {}


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise ModelNotFound("is not JSON", where=str(path), fix="copy or download it again") from None


_CONVERT = (
    "give --translation-model a folder with a translation model in CTranslate2's format; "
    "ct2-transformers-converter makes one"
)
