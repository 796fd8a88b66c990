"""The only place that knows yt-dlp: made ready, asked again where that may help, and never waited for in vain."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any, TypeVar

from toolkit.errors import FetchError, InputError, MissingExtra
from toolkit.fetch.addresses import Address, part_url
from toolkit.fetch.failures import AGAIN, explain, of_code, silent, status_of
from toolkit.profile import FetchOptions

T = TypeVar("T")
Hook = Callable[[Mapping[str, Any]], None]

PAUSES = [2.0, 4.0]
"""Seconds before a site that refuses is asked once more."""

PATIENCE = 10.0
"""Seconds in which somebody must answer: looking up a name without a network can take minutes."""

CHOSEN_BEFORE = ("requested_formats", "requested_downloads", "requested_subtitles")
"""What yt-dlp notes of the formats that it would take itself; left in, it would mix them with those we want."""

FOUND_AT = "zimu_found_at"
"""In what yt-dlp found: when that was, by the clock of this process."""

STALE = 120.0
"""Seconds in which the addresses of sound and picture hold that a page gives."""

TIMEOUT = 10.0
"""Seconds that a connection may be silent."""

RETRIES = 5
"""How often a download that breaks off is taken up again, each time where it was."""

PAGES = "https://api.bilibili.com/x/player/pagelist?bvid="
"""Where Bilibili lists the parts of a video; yt-dlp reads it too, and passes over what is wrong with it."""

log = logging.getLogger(__name__)


class Site:
    """yt-dlp at work on one address, called ``label`` in errors."""

    def __init__(self, ydl: Any, label: str) -> None:
        self.ydl = ydl
        self.label = label
        self._answered = Event()
        self._urlopen = ydl.urlopen
        ydl.urlopen = self._open

    def describe(self, url: str) -> dict[str, Any]:
        """All that yt-dlp finds out about a page: a video with its formats, or a list with bare entries.

        Raises:
            FetchError: it cannot, see `toolkit.fetch.failures`.
        """
        found = self._ask(lambda: self.ydl.extract_info(url, download=False))
        if not isinstance(found, dict):
            raise FetchError("there is no video in it", where=self.label, fix="give the address of the page of a video")
        return {**found, FOUND_AT: monotonic()}

    def recall(self, info: Mapping[str, Any]) -> dict[str, Any]:
        """What was found out about a page a moment ago; found out anew where addresses in it may not hold any more."""
        if monotonic() - info.get(FOUND_AT, -STALE) > STALE:
            return self.describe(str(info.get("webpage_url") or info.get("original_url")))
        self._answered.set()
        return dict(info)

    def pages(self, video: str) -> list[dict[str, Any]]:
        """The parts of a video of Bilibili, in order, each with its title in ``part``.

        Raises:
            FetchError: the site lists none, and says why.
        """
        answer = self._ask(lambda: self._json(PAGES + video, part_url(video)))
        code = answer.get("code", 0)
        if code:
            raise of_code(code, str(answer.get("message") or ""), self.label)
        listed = answer.get("data")
        if not isinstance(listed, list) or not listed or not all(isinstance(entry, dict) for entry in listed):
            fix = "try again later; a newer Zimu may know what the site means"
            raise FetchError("the site's list of parts cannot be read", where=self.label, fix=fix)
        return listed

    def target(self, address: Address) -> str:
        """Where a short address leads.

        Raises:
            FetchError: nowhere.
        """

        def follow() -> str:
            try:
                with self._open(address.url) as response:
                    return str(response.url)
            except Exception as error:  # yt-dlp's HTTPError: where it led tells enough, though that page refuses
                led = str(getattr(getattr(error, "response", None), "url", address.url))
                if led == address.url:
                    raise
                return led

        return self._ask(follow)

    def read(self, url: str, headers: Mapping[str, str] | None = None) -> bytes:
        """The content at an address.

        Raises:
            FetchError: it cannot be read.
        """
        return self._ask(lambda: self._get(url, headers or {}))

    def download(self, info: dict[str, Any], selector: str, pattern: str) -> list[dict[str, Any]]:
        """Fetch the formats that a selector names, into files after a pattern; what is there in part is completed.

        Raises:
            FetchError: it broke off too often, the disk is full …
        """
        self.ydl.params["outtmpl"]["default"] = pattern
        self.ydl.params["writesubtitles"] = False  # it would take what viewers wrote for subtitles
        self.ydl.format_selector = self.ydl.build_format_selector(selector)

        def fetch() -> list[dict[str, Any]]:
            page = {key: value for key, value in info.items() if key not in CHOSEN_BEFORE}
            done = self.ydl.process_ie_result(page, download=True)
            return list(done.get("requested_downloads") or ())

        return self._ask(fetch, pauses=())  # yt-dlp tries again itself

    def _get(self, url: str, headers: Mapping[str, str]) -> bytes:
        from yt_dlp.networking import Request

        with self._open(Request(url, headers=dict(headers))) as response:
            return bytes(response.read())

    def _json(self, url: str, referer: str) -> dict[str, Any]:
        try:
            answer = json.loads(self._get(url, {"Referer": referer}))
        except ValueError:
            answer = {}
        return answer if isinstance(answer, dict) else {}

    def _open(self, request: Any) -> Any:
        """As yt-dlp opens it, and note that somebody answers."""
        try:
            return self._urlopen(request)
        finally:
            self._answered.set()

    def _ask(self, work: Callable[[], T], *, pauses: Sequence[float] | None = None) -> T:
        """What the work gives; once more after a pause where the site is likely to think again."""
        for pause in (*(PAUSES if pauses is None else pauses), None):
            try:
                return self._in_time(work)
            except Exception as error:
                if pause is None or status_of(error) not in AGAIN:
                    raise explain(error, self.label) from error
                log.info("%s: the site answers %d; asked again in %g s", self.label, status_of(error), pause)
                sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _in_time(self, work: Callable[[], T]) -> T:
        """What the work gives; the first time in a thread, which is left alone when nobody answers in time."""
        if self._answered.is_set():
            return work()
        results: list[T] = []
        failures: list[BaseException] = []

        def run() -> None:
            try:
                results.append(work())
            except BaseException as error:
                failures.append(error)
            finally:
                self._answered.set()

        thread = Thread(target=run, daemon=True)
        thread.start()
        if not self._answered.wait(PATIENCE):
            raise silent(self.label, PATIENCE)
        thread.join()
        if failures:
            raise failures[0]
        return results[0]


@contextmanager
def site(options: FetchOptions, label: str, *, cache: Path, hook: Hook | None = None) -> Iterator[Site]:
    """yt-dlp with these options, which tells ``hook`` of the progress of downloads.

    Raises:
        MissingExtra: it is not installed.
        InputError: the file of cookies cannot be read.
    """
    try:
        from yt_dlp import YoutubeDL
    except ModuleNotFoundError:
        raise MissingExtra("download", needed_for=f"fetching {label}") from None
    with YoutubeDL(_parameters(options, cache, hook)) as ydl:
        yield Site(ydl, label)


def _parameters(options: FetchOptions, cache: Path, hook: Hook | None) -> dict[str, Any]:
    parameters: dict[str, Any] = {
        "logger": _Log(),
        "quiet": True,
        "noprogress": True,
        "color": "never",
        "cachedir": str(cache / "yt-dlp"),
        "extract_flat": "in_playlist",
        "noplaylist": not (options.all_parts or options.parts),
        "socket_timeout": TIMEOUT,
        "retries": RETRIES,
        "fragment_retries": RETRIES,
        "retry_sleep_functions": dict.fromkeys(("http", "fragment"), lambda n: min(PAUSES[0] * (n + 1), 10)),
        "skip_unavailable_fragments": False,  # or yt-dlp would leave out stretches and say nothing
        "fixup": "never",
        "updatetime": False,
        "writesubtitles": options.existing != "ignore",
        "progress_hooks": [hook] if hook else [],
    }
    if options.proxy:
        parameters["proxy"] = options.proxy
    if options.cookies:
        parameters["cookiefile"] = _cookies(Path(options.cookies).expanduser())
    if options.cookies_from_browser:
        browser, _, profile = options.cookies_from_browser.partition(":")
        parameters["cookiesfrombrowser"] = (browser.lower(), profile or None, None, None)
    return parameters


def _cookies(path: Path) -> StringIO:
    """The cookies of a file; yt-dlp would write into the file itself."""
    try:
        return StringIO(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        problem = f"the cookies cannot be read: {getattr(error, 'strerror', None) or 'no text'}"
        raise InputError(problem, where=str(path), fix="export them in Netscape's format") from None


class _Log:
    """Where yt-dlp says what it does; its errors come as exceptions besides."""

    def debug(self, message: str) -> None:
        log.debug("%s", message)

    def info(self, message: str) -> None:
        log.debug("%s", message)

    def warning(self, message: str) -> None:
        log.info("%s", message)

    def error(self, message: str) -> None:
        log.debug("%s", message)
