"""What goes wrong on the way to a site is told by kind and status, in time, and in one line."""

from __future__ import annotations

import errno
import pickle
import socket
import sys
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import pytest
from loopback import Loopback, data

from toolkit.errors import FetchError, InputError, MissingExtra, ToolkitError
from toolkit.fetch import site
from toolkit.fetch.addresses import parse_address
from toolkit.fetch.failures import STATUSES, causes, explain
from toolkit.profile import FetchOptions


class HTTPError(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP Error {status}")
        self.status = status


class Wrapped(Exception):
    """As yt-dlp wraps: the cause in ``exc_info``."""

    def __init__(self, inner: BaseException) -> None:
        super().__init__("ERROR: [BiliBili] x: HTTP Error 404: this text is a lie")
        self.exc_info = (type(inner), inner, None)


class TransportError(Exception):
    pass


class GeoRestrictedError(Exception):
    pass


@pytest.mark.parametrize("status", [*STATUSES, 500, 418])
def test_the_status_counts_and_no_text(status: int) -> None:
    error = explain(Wrapped(Wrapped(HTTPError(status))), "X")
    assert isinstance(error, FetchError)
    assert error.problem == STATUSES[status][0] if status in STATUSES else str(status) in error.problem
    assert error.fix
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert "\n" not in str(error)


def test_the_kind_counts() -> None:
    assert "region" in explain(Wrapped(GeoRestrictedError()), "X").problem
    assert "disk is full" in explain(Wrapped(OSError(errno.ENOSPC, "full")), "X").problem
    assert "certificate" in explain(Wrapped(type("CertificateVerifyError", (TransportError,), {})()), "X").problem


def test_a_folder_that_cannot_be_written_to_is_no_network() -> None:
    error = explain(Wrapped(PermissionError(errno.EACCES, "Permission denied", "kept/a")), "X")
    assert str(error) == "kept/a: cannot be used: Permission denied; allow writing there, or use --no-cache"


def raise_login_required() -> None:
    raise ValueError("whatever it says")


def test_the_method_of_an_extractor_counts() -> None:
    with pytest.raises(ValueError, match="whatever") as caught:
        raise_login_required()
    assert "logged in" in explain(Wrapped(caught.value), "X").problem


def test_a_network_that_is_not_there() -> None:
    reached = TransportError()
    reached.__cause__ = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    assert explain(Wrapped(reached), "X").problem == "the network does not answer (name or service not known)"
    assert "it takes too long" in explain(TimeoutError(), "X").problem


def test_what_is_not_known_is_quoted_in_one_line() -> None:
    error = explain(ValueError("ERROR: something\nwent wrong."), "X")
    assert error.problem == "yt-dlp cannot fetch it (something went wrong)"
    assert "pip install -U yt-dlp" in error.fix


def test_our_own_errors_stay() -> None:
    ours = InputError("no")
    assert explain(Wrapped(ours), "X") is ours


def test_causes_end() -> None:
    one, two = ValueError(), ValueError()
    one.__cause__, two.__cause__ = two, one
    assert list(causes(one)) == [one, two]


class Library:
    """In the place of yt-dlp, as far as `Site` looks at it."""

    def __init__(self, answer: Any) -> None:
        self.urlopen = answer
        self.params: dict[str, Any] = {}


def test_nobody_is_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "PATIENCE", 0.1)
    gone = Event()
    library = Library(lambda _: gone.wait(20))
    began = monotonic()
    with pytest.raises(FetchError, match=r"X: the network does not answer \(nothing in 0\.1 seconds\); .*--proxy"):
        site.Site(library, "X").target(parse_address("https://b23.tv/abc"))
    gone.set()
    assert monotonic() - began < 5


def test_patience_and_pauses_leave_room_in_fifteen_seconds() -> None:
    assert site.PATIENCE + site.TIMEOUT / 4 < 15


def test_a_closed_port_is_a_network_that_does_not_answer(tmp_path: Path) -> None:
    pytest.importorskip("yt_dlp", reason="yt-dlp is not installed (extra 'download')")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (
        site.site(FetchOptions(), "X", cache=tmp_path) as found,
        pytest.raises(FetchError, match=r"the network does not answer .*refused"),
    ):
        found.describe(f"http://127.0.0.1:{port}/talk.mp3")


def test_a_proxy_is_used_and_missed(tmp_path: Path) -> None:
    pytest.importorskip("yt_dlp", reason="yt-dlp is not installed (extra 'download')")
    options = FetchOptions(proxy="http://127.0.0.1:9")
    with site.site(options, "X", cache=tmp_path) as found, pytest.raises(FetchError, match=r"the network|the proxy"):
        found.describe("http://example.invalid/talk.mp3")


def test_without_yt_dlp_the_install_line_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yt_dlp", None)
    with (
        pytest.raises(MissingExtra, match=r"pip install 'zimu-toolkit\[download\]'") as caught,
        site.site(FetchOptions(), "BV1iT421k7Bv", cache=tmp_path),
    ):
        pass
    assert caught.value.exit_code == 4


def test_yt_dlp_prints_nothing(web: Loopback, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    web.on("api.bilibili.com/x/player/pagelist", data({"code": 0, "data": [{"page": 1}]}))
    with site.site(FetchOptions(), "X", cache=tmp_path) as found:
        assert found.pages("BV1iT421k7Bv") == [{"page": 1}]
        with pytest.raises(ToolkitError):
            found.describe("https://www.bilibili.com/video/BV1iT421k7Bv")
    assert capfd.readouterr() == ("", "")
