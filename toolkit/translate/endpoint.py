"""The translator that asks a service which speaks OpenAI's protocol: Ollama, vLLM, llama.cpp, or one far away.

Lines are asked for in batches. An answer counts only if it has a text for each line; otherwise the batch is halved,
down to single lines, and a line that gets no answer says why. Every answer is kept before the next request is sent.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from toolkit.errors import BackendError
from toolkit.translate.answers import Answers, key_of
from toolkit.translate.chat import VERSION, Batch, Broken, messages, read_reply
from toolkit.translate.service import Rejected, Service, Spent, TimedOut
from toolkit.translate.values import Answer, Page

TRIES = 2
"""How often a single line is asked for whose answers are broken."""

MOST_LATE = 6
"""After so many requests in a row without an answer in time, one more than lead to a single line, no more are sent."""

_BROKEN = "broken: "

log = logging.getLogger(__name__)


@dataclass
class Endpoint:
    """Asks ``service`` for ``size`` lines at once, shows it ``context`` lines before and after, keeps ``answers``."""

    service: Service
    answers: Answers = field(default_factory=Answers)
    size: int = 20
    context: int = 3
    both_ways: bool = True
    _late: int = 0

    def __call__(self, page: Page, wanted: Sequence[int]) -> Iterator[tuple[int, Answer]]:
        """The answers to the lines wanted, in order; see `toolkit.translate.Translator`."""
        for batch in self._batches(page, wanted):
            yield from self._ask(batch)

    def _batches(self, page: Page, wanted: Sequence[int]) -> Iterator[Batch]:
        for start in range(0, len(wanted), self.size):
            yield Batch(page, tuple(wanted[start : start + self.size]), self.context)

    def _ask(self, batch: Batch) -> Iterator[tuple[int, Answer]]:
        keys = {place: self._key(batch, place) for place in batch.places}
        known = self.answers.known(keys.values())
        left = tuple(place for place in batch.places if keys[place] not in known)
        found = {place: Answer(known[keys[place]]) for place in batch.places if keys[place] in known}
        if left:
            found |= self._obtain(replace(batch, places=left), keys)
        yield from ((place, found[place]) for place in batch.places if place in found)

    def _obtain(self, batch: Batch, keys: dict[int, str]) -> dict[int, Answer]:
        """The answers to lines that are not known: those of one request, or of two for its halves."""
        whole = key_of("broken", VERSION, self.service.place, self.service.model, messages(batch))
        why = self.answers.known([whole]).get(whole, "").removeprefix(_BROKEN)
        if not why:
            try:
                texts = read_reply(self.service.ask(messages(batch)), len(batch.places))
            except Spent as spent:
                return {place: Answer("", str(spent)) for place in batch.places}
            except TimedOut as error:
                why = str(error)
                self._count_late(why)
                batch = replace(batch, attempt=TRIES)
            except Rejected as error:
                why = str(error)
            except Broken as broken:
                why = str(broken)
                self.answers.keep({whole: f"{_BROKEN}{why}"})
            else:
                self._late = 0
                self.answers.keep({keys[place]: text for place, text in zip(batch.places, texts, strict=True)})
                return {place: Answer(text) for place, text in zip(batch.places, texts, strict=True)}
        return self._again(batch, keys, why)

    def _again(self, batch: Batch, keys: dict[int, str], why: str) -> dict[int, Answer]:
        size = len(batch.places)
        log.info("%s: %s for %d lines", self.service.place, why, size)
        if size > 1:
            halves = batch.places[: size // 2], batch.places[size // 2 :]
            first, second = (self._obtain(replace(batch, places=half, attempt=1), keys) for half in halves)
            return first | second
        if batch.attempt < TRIES:
            return self._obtain(replace(batch, attempt=batch.attempt + 1), keys)
        return {batch.places[0]: Answer("", why)}

    def _count_late(self, why: str) -> None:
        self._late += 1
        if self._late >= MOST_LATE:
            fix = "see that it runs and run again: what is translated is kept; --request-timeout waits longer"
            raise BackendError(why, where=self.service.place, fix=fix)

    def _key(self, batch: Batch, place: int) -> str:
        """The key of one line's answer: the line, what is demanded of it, and its neighbours."""
        page, line = batch.page, batch.page.lines[place]
        around = [page.lines[near].text for near in (place - 1, place + 1) if 0 <= near < len(page.lines)]
        demands = [[demand.text, *demand.wanted] for demand in line.terms]
        asked = [page.target, line.text, around, demands, list(line.wrong)]
        return key_of("line", VERSION, self.service.place, self.service.model, asked)
