"""The translator that runs a translation model on this machine, with CTranslate2, from its folder."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from toolkit.errors import BackendError, ModelNotFound
from toolkit.translate.layouts import Layout, knows_many, read_layout
from toolkit.translate.mend import with_terms
from toolkit.translate.values import Answer, Page

BEAM = 4
LONGEST = 256
"""Hypotheses kept while translating, and tokens of a translation at most."""

log = logging.getLogger(__name__)


class Device(Protocol):
    """Where a model may run: ``cpu`` or ``cuda``, which one, its arithmetic, threads on the CPU."""

    @property
    def name(self) -> str: ...

    @property
    def index(self) -> int: ...

    @property
    def compute_type(self) -> str: ...

    @property
    def threads(self) -> int: ...


@dataclass
class Folder:
    """Translates with the model in ``path``, ``size`` lines at once, on the first of ``devices`` that can.

    Terms that its translation of a line lacks are put into the line as they are to be, and it is translated again:
    models copy what they do not know.
    """

    path: Path
    devices: Callable[[], Sequence[Device]]
    size: int = 20
    _loaded: Any = None
    _left: list[Device] = field(default_factory=list)

    @property
    def both_ways(self) -> bool:
        """Whether the model knows many languages."""
        return knows_many(self.path)

    def __call__(self, page: Page, wanted: Sequence[int]) -> Iterator[tuple[int, Answer]]:
        """The answers to the lines wanted, in order; see `toolkit.translate.Translator`."""
        layout = read_layout(self.path, page.source, page.target)
        texts = {place: _text(page, place) for place in wanted}
        asked = [place for place in wanted if texts[place]]
        for start in range(0, len(asked), self.size):
            places = asked[start : start + self.size]
            made = self._translate(layout, [texts[place] for place in places])
            yield from ((place, Answer(text)) for place, text in zip(places, made, strict=True))

    def _translate(self, layout: Layout, texts: list[str]) -> list[str]:
        tokens = [layout.encode(text) for text in texts]
        prefix = [list(layout.prefix)] * len(tokens) if layout.prefix else None
        while True:
            model = self._model()
            try:
                results = model.translate_batch(
                    tokens, target_prefix=prefix, beam_size=BEAM, max_decoding_length=LONGEST, max_batch_size=self.size
                )
            except (RuntimeError, MemoryError, ValueError) as error:
                # CTranslate2 has no other types for a missing library, too little memory, or weights that do not fit
                self._give_up(error)
                continue
            return [layout.decode(result.hypotheses[0][len(layout.prefix) :]) for result in results]

    def _model(self) -> Any:
        """The model, loaded on the first device that can hold it."""
        import ctranslate2

        if self._loaded is None and not self._left:
            self._left = list(self.devices())
        while self._loaded is None:
            device = self._left[0]
            try:
                self._loaded = ctranslate2.Translator(
                    str(self.path),
                    device=device.name,
                    device_index=device.index,
                    compute_type=device.compute_type,
                    intra_threads=device.threads if device.name == "cpu" else 0,
                )
            except (RuntimeError, MemoryError, ValueError) as error:
                self._give_up(error)
        return self._loaded

    def _give_up(self, error: Exception) -> None:
        """Go on with the next device, if there is one."""
        reason = str(error).partition("\n")[0]
        failed = self._left.pop(0)
        was_loaded, self._loaded = self._loaded is not None, None
        if self._left:
            log.warning("%s failed to translate (%s); going on with %s", failed.name, reason, self._left[0].name)
        elif was_loaded:
            raise BackendError(f"the model failed: {reason}", where=str(self.path)) from None
        else:
            raise ModelNotFound(f"cannot be loaded: {reason}", where=str(self.path), fix="copy it again") from None


def _text(page: Page, place: int) -> str:
    """What is given to the model for a line; empty where it has no other answer than before."""
    line = page.lines[place]
    if not line.wrong:
        return line.text
    changed = with_terms(line.text, line.terms)
    return changed if changed != line.text else ""
