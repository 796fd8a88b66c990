"""A service that speaks OpenAI's protocol, asked over HTTP: patience, a budget, and a key that nobody gets to see."""

from __future__ import annotations

import json
import logging
import random
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from socket import gaierror
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from toolkit.errors import BackendError, ProfileError

PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds before each further try of a request that failed for a reason that passes; a service may ask for more."""

LONGEST_PAUSE = 300.0
"""A service that asks to wait longer, in seconds, is not waited for."""

_PASSING = (408, 409, 425, 429, 500, 502, 503, 504, 529)
_LARGEST = 16 * 1024 * 1024
_OPTIONAL = ("response_format", "temperature")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")

log = logging.getLogger(__name__)


class TimedOut(Exception):
    """No answer came in time, twice."""


class Rejected(Exception):
    """The service says that it cannot do this request; its text says why."""


class Spent(Exception):
    """The budget does not allow another request; its text says which."""


@dataclass
class Budget:
    """How many requests may be sent and tokens used; 0 is without limit. Counts what was."""

    most_requests: int = 0
    most_tokens: int = 0
    requests: int = 0
    tokens: int = 0

    def take(self, expected: int) -> None:
        """Count a request that is expected to use so many tokens.

        Raises:
            Spent: it would be too much.
        """
        if self.most_requests and self.requests >= self.most_requests:
            raise Spent(f"the budget of {self.most_requests} requests is used up")
        if self.most_tokens and self.tokens + expected > self.most_tokens:
            raise Spent(f"the budget of {self.most_tokens} tokens is used up")
        self.requests += 1


@dataclass
class Service:
    """Where a model is asked: ``address`` up to ``/v1``, the model's name, the key, seconds to wait for an answer."""

    address: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = 120.0
    budget: Budget = field(default_factory=Budget)
    _left_out: tuple[str, ...] = ()
    _reached: bool = False

    def __post_init__(self) -> None:
        check_address(self.address)
        check_key(self.key)
        if self.key and self.address.startswith("http:") and urlsplit(self.address).hostname not in _LOOPBACK:
            log.warning("the key goes to %s without encryption; use https:// where you can", self.place)

    @property
    def place(self) -> str:
        """The address without a slash at its end."""
        return self.address.rstrip("/")

    def ask(self, messages: list[dict[str, str]]) -> Mapping[str, Any]:
        """The reply to a chat.

        Raises:
            TimedOut: no answer came in time.
            Rejected: the service cannot do this; with fewer lines it may.
            Spent: the budget does not allow it.
            BackendError: the service cannot be reached, refuses the key, does not know the model, or stays busy.
        """
        wish: dict[str, Any] = {"model": self.model, "messages": messages, "stream": False}
        wish |= {"temperature": 0, "response_format": {"type": "json_object"}}
        expected = _tokens(messages)
        left_out = self._left_out
        while True:
            sent = {name: value for name, value in wish.items() if name not in left_out}
            try:
                reply = self._patiently(sent, expected)
            except Rejected:
                optional = [name for name in _OPTIONAL if name in sent]
                if not optional:
                    raise
                left_out += (optional[0],)  # not every service knows them
                continue
            self._left_out, self._reached = left_out, True
            usage = reply.get("usage")
            used = usage.get("total_tokens") if isinstance(usage, Mapping) else None
            self.budget.tokens += used if isinstance(used, int) else expected
            return reply

    def _patiently(self, wish: Mapping[str, Any], expected: int) -> Mapping[str, Any]:
        late = 0
        for pause in (*PAUSES, None):
            self.budget.take(expected)
            try:
                return self._send(wish)
            except TimeoutError:
                late += 1
                if late > 1 or pause is None:
                    raise TimedOut(f"no answer in {self.timeout:g} seconds") from None
                wait, why = 0.0, f"no answer in {self.timeout:g} seconds"
            except _Passing as error:
                wait, why = error.wait, str(error)
                if pause is None or wait > LONGEST_PAUSE:
                    raise self._failed(why, wait) from None
            wait = max(wait, (pause or 0) * random.uniform(0.75, 1.25))
            log.info("%s: %s; trying again in %.0f s", self.place, why, wait)
            sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _send(self, wish: Mapping[str, Any]) -> Mapping[str, Any]:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "zimu"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        data = json.dumps(wish, ensure_ascii=False).encode("utf-8", "replace")
        request = Request(f"{self.place}/chat/completions", data, headers)
        with self._in_words(), _opener(self.address).open(request, timeout=self.timeout) as response:
            body = _read(response, monotonic() + self.timeout)
        try:
            reply = json.loads(body)
        except ValueError:
            raise _Passing(f"the answer was no JSON: {self._clean(body)}") from None
        if not isinstance(reply, dict):
            raise _Passing("the answer was no JSON object")
        return reply

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except HTTPError as error:
            with error:
                body = error.read(4096)
            raise self._status(error.code, error.headers, self._clean(body)) from None
        except TimeoutError:
            raise
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise TimeoutError from None
            problem = f"cannot be reached: {self._clean(_words(error.reason).lower().encode())}"
            if not self._reached and isinstance(error.reason, ConnectionRefusedError | gaierror):
                raise self._failed(problem, 0.0) from None
            raise _Passing(problem) from None
        except (OSError, HTTPException) as error:
            raise _Passing(f"the connection broke: {type(error).__name__}") from None

    def _status(self, code: int, headers: Message, said: str) -> Exception:
        problem = f"HTTP {code}{f', {said}' if said else ''}"
        if code == 429 and "quota" in said:
            return BackendError(f"nothing is left to spend: {problem}", where=self.place)
        if code in _PASSING:
            return _Passing(problem, _wait(headers.get("Retry-After")))
        if code in (401, 403):
            fix = "set the key in the variable that --key-variable names" if not self.key else "check the key"
            return BackendError(f"lets nobody in without a valid key: {problem}", where=self.place, fix=fix)
        if code == 404:
            fix = "check --endpoint, which mostly ends with /v1, and --translation-model"
            return BackendError(
                f"does not know the address or the model '{self.model}': {problem}", where=self.place, fix=fix
            )
        if code in (400, 413, 422):
            return Rejected(problem)
        return BackendError(f"failed: {problem}", where=self.place)

    def _failed(self, why: str, wait: float) -> BackendError:
        asked = f", and asks to wait {wait:.0f} s" if wait > LONGEST_PAUSE else ""
        fix = "see that it runs and run again: what is translated is kept"
        return BackendError(f"{why}{asked}", where=self.place, fix=fix)

    def _clean(self, body: bytes) -> str:
        """What a service says, in one short line, without the key or anything like one."""
        text = body.decode("utf-8", "replace")
        found = re.search(r'"message"\s*:\s*"((?:[^"\\]|\\.)*)"', text)
        text = " ".join((found[1] if found else text).split())
        if self.key:
            text = text.replace(self.key, "***")
        return re.sub(r"\b(?:sk|key|pk|rk)-[\w*.-]{3,}|Bearer\s+\S+", "***", text)[:160]


def check_address(address: str) -> None:
    """See that an address can be one of a service, and that no key stands in it.

    Raises:
        ProfileError: it is no http(s) address, or has a password or a query.
    """
    split = urlsplit(address)
    if split.scheme not in ("http", "https") or not split.hostname:
        problem = "is no address of a service" if "@" not in address else "is no address"
        raise ProfileError(problem, where="--endpoint", fix="write it like http://localhost:11434/v1")
    if split.username or split.password or split.query or split.fragment:
        fix = "leave out what stands before @ or behind ?; put the key into an environment variable"
        raise ProfileError("holds more than an address", where="--endpoint", fix=fix)


def check_key(key: str) -> None:
    """See that a key can be sent; never shows it.

    Raises:
        ProfileError: it holds characters that no key has.
    """
    if not re.fullmatch(r"[\x21-\x7e]*", key):
        raise ProfileError("the key holds spaces or characters that no key has", fix="set its variable again")


class _Passing(Exception):
    """A failure that passes: try again, after ``wait`` seconds where the service says so."""

    def __init__(self, problem: str, wait: float = 0.0) -> None:
        super().__init__(problem)
        self.wait = wait


class _Nowhere(HTTPRedirectHandler):
    """Follows no redirection: the key would go along to whoever is named."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _opener(address: str) -> OpenerDirector:
    """What sends requests; proxies of the environment are passed by on the way to this machine."""
    here = urlsplit(address).hostname in _LOOPBACK
    return build_opener(_Nowhere, *([ProxyHandler({})] if here else []))


def _read(response: HTTPResponse, until: float) -> bytes:
    """The body of a response that comes in time; a timeout of sockets counts from one packet to the next alone."""
    parts: list[bytes] = []
    size = 0
    while part := response.read1(65536):
        parts.append(part)
        size += len(part)
        if monotonic() > until:
            raise TimeoutError
        if size > _LARGEST:
            raise _Passing("the answer had no end")
    return b"".join(parts)


def _wait(said: str | None) -> float:
    """The seconds that a Retry-After asks for, given in seconds or as a date."""
    if not said:
        return 0.0
    try:
        return max(0.0, float(said))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=timezone.utc)
    return max(0.0, (until - datetime.now(timezone.utc)).total_seconds())


def _tokens(messages: list[dict[str, str]]) -> int:
    """About how many tokens a chat and its answer use: a token is some three bytes, the answer as long as the text."""
    sizes = [len(message["content"].encode("utf-8", "replace")) for message in messages]
    return (sum(sizes) + sizes[-1]) // 3 + 1


def _words(reason: object) -> str:
    """What is wrong, without the number that an operating system gives it."""
    return (reason.strerror if isinstance(reason, OSError) else None) or str(reason)
