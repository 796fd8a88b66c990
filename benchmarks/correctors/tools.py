"""The correctors compared, each with its makers' defaults: made ready with terms, then given documents."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TypeAlias

from benchmarks.correctors.values import Skipped

Correct: TypeAlias = Callable[[Sequence[str]], list[str]]
"""The lines of a document, corrected."""

INSTALL = "pip install -r benchmarks/requirements-peers.txt"
WARM_UP = ("我们谈谈聚生智能，也谈谈open eye。", "这是第三百零五次了。")
"""What ours reads before the clock runs, so that its model is in memory as the others' are."""

WITHOUT_DEPENDENCIES = ("funasr", "pycorrector")
ALONE = "pip install --no-deps"
"""For packages of which one module is needed, and none of the gigabytes that they ask for."""


@dataclass(frozen=True)
class Tool:
    """A corrector: how it is called in tables, what makes it ready, and the distribution that it comes from.

    A tool that is ``pooled`` reads all lines of a document before it decides; to the others lines are given singly.
    ``modules`` must be importable.
    """

    title: str
    build: Callable[[Sequence[str], Sequence[str]], Correct]
    distribution: str = "zimu-toolkit"
    modules: tuple[str, ...] = ()
    pooled: bool = False

    @property
    def release(self) -> str:
        """The version that is installed."""
        if self.distribution == "zimu-toolkit":
            import toolkit

            return toolkit.__version__
        return version(self.distribution)


def check(tool: Tool) -> None:
    """Nothing, if the tool can be used here.

    Raises:
        Skipped: a module is missing.
    """
    for name in tool.modules:
        if find_spec(name) is None:
            how = f"{ALONE} {tool.distribution}" if name in WITHOUT_DEPENDENCIES else INSTALL
            raise Skipped(f"no module {name}; {how}")


def _ours(terms: Sequence[str], packs: Sequence[str]) -> Correct:
    from toolkit.correct import correct
    from toolkit.correct.index import build_index
    from toolkit.cues import Cue
    from toolkit.lexicon import Lexicon, load_lexicon

    lexicon = load_lexicon(packs, builtin=False) + Lexicon.of(terms)
    index = build_index(lexicon)
    # Made here, so that what it costs is measured, and not read from the user's cache.
    vars(import_module("toolkit.correct.engine"))["load_index"] = lambda _: index

    def corrected(lines: Sequence[str]) -> list[str]:
        return [cue.text for cue in correct([Cue(None, None, line) for line in lines], lexicon)]

    corrected(WARM_UP)
    return corrected


def _window(terms: Sequence[str], packs: Sequence[str]) -> Correct:
    from benchmarks.correctors.window import build_windows, correct_windows

    windows = build_windows(_plain(terms, packs))
    return lambda lines: [correct_windows(line, windows) for line in lines]


def _phonofix(terms: Sequence[str], packs: Sequence[str]) -> Correct:
    engine = import_module("phonofix").ChineseEngine()
    corrector = engine.create_corrector({term: [] for term in _plain(terms, packs)})
    return lambda lines: [corrector.correct(line) for line in lines]


def _phonofix_matcher(terms: Sequence[str], packs: Sequence[str]) -> Correct:
    chinese = SimpleNamespace(language="zh")
    dictionary = {term: [term] for term in _plain(terms, packs)}
    matcher = import_module("phonofix.core.matcher").PhoneticMatcher(phonemizer=chinese, dictionary=dictionary)
    return lambda lines: [matcher.correct(line) for line in lines]


def _asr_hotword(terms: Sequence[str], packs: Sequence[str]) -> Correct:
    corrector = import_module("hotword").PhonemeCorrector()
    corrector.update_hotwords("\n".join(_plain(terms, packs)))
    return lambda lines: [corrector.correct(line).text for line in lines]


def _funasr(terms: Sequence[str], packs: Sequence[str]) -> Correct:
    _leave_empty("funasr")
    module = import_module("funasr.utils.postprocess_hotwords")
    matcher = module.build_postprocess_hotword_matcher(_plain(terms, packs))
    return lambda lines: [matcher.apply_text(line)[0] for line in lines]


def _pycorrector(terms: Sequence[str], packs: Sequence[str]) -> Correct:
    _leave_empty("pycorrector")
    module = import_module("pycorrector.proper_corrector")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "terms.txt")
        path.write_text("\n".join(_plain(terms, packs)), encoding="utf-8")
        corrector = module.ProperCorrector(proper_name_path=str(path))
    return lambda lines: [corrector.correct(line)["target"] for line in lines]


def _plain(terms: Sequence[str], packs: Sequence[str]) -> list[str]:
    """All terms as they are written: what each tool understands."""
    from toolkit.lexicon import load_lexicon

    packed = [term.text for term in load_lexicon(packs, builtin=False).terms]
    return list(dict.fromkeys([*packed, *terms]))


def _leave_empty(package: str) -> None:
    """Keep a package from importing its speech or language models, of which the corrector needs none."""
    spec = find_spec(package)
    if spec is not None and package not in sys.modules:
        module = ModuleType(package)
        module.__path__ = list(spec.submodule_search_locations or [])
        sys.modules[package] = module


TOOLS: dict[str, Tool] = {
    "ours": Tool("Zimu", _ours, pooled=True),
    "ours-alone": Tool("Zimu, each line alone", _ours),
    "window": Tool("window + rapidfuzz ≥ 90", _window, "rapidfuzz"),
    "phonofix": Tool("phonofix ChineseEngine", _phonofix, "phonofix", ("phonofix",)),
    "phonofix-matcher": Tool("phonofix PhoneticMatcher", _phonofix_matcher, "phonofix", ("phonofix",)),
    "asr-hotword": Tool("asr-hotword (CapsWriter)", _asr_hotword, "asr-hotword", ("hotword",)),
    "funasr": Tool("FunASR postprocess_hotwords", _funasr, "funasr", ("funasr",)),
    "pycorrector": Tool("pycorrector ProperCorrector", _pycorrector, "pycorrector", ("pycorrector", "jieba", "loguru")),
}
"""Every tool by the name that it is chosen by."""
