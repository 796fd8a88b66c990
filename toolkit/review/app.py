"""The addresses of the page: its files, the cues, what is done to them, the recording, and what can be taken home."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from toolkit.errors import InputError, ToolkitError
from toolkit.formats import FORMATS, SUFFIXES
from toolkit.outputs import encode_outputs
from toolkit.records import noted_profile, without_notes
from toolkit.review.desk import Desk
from toolkit.review.guard import Guard
from toolkit.review.learn import Lesson, always, never, unlearn
from toolkit.review.report import CSP as REPORT_CSP
from toolkit.review.report import report
from toolkit.review.ruby import pairs
from toolkit.review.similar import similar
from toolkit.review.sound import Waveform, media_type, serve_media
from toolkit.review.steps import Refused, Stale

PAGE = Path(__file__).parent / "page"
"""The files of the page, served as they are."""

KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}

EXPORTS = {suffix[1:]: suffix for suffix, name in SUFFIXES.items() if name in FORMATS and suffix != ".xml"}
"""What can be taken home: the suffixes of all formats."""


@dataclass(frozen=True)
class Hearing:
    """How far a run is whose cues the page shows; see `toolkit.jobs.Progress`. ``error`` says why it has ended."""

    stage: str = ""
    done: int = 0
    total: int = 0
    error: str = ""


@dataclass
class Room:
    """What the addresses share: the desk, the recording beside it, the lexicon file that learns.

    While there is a ``hearing`` nothing can be changed.
    """

    desk: Desk
    media: Path | None
    lexicon: Path
    waveform: Waveform | None = None
    lessons: list[Lesson] = field(default_factory=list)
    hearing: Hearing | None = None


def make_app(desk: Desk, *, media: Path | None, lexicon: Path, token: str, port: int) -> Guard:
    """The application behind its guard, all of it below ``/TOKEN/``."""
    return serve_room(Room(desk, media, lexicon, Waveform(media) if media else None), token=token, port=port)


def serve_room(room: Room, *, token: str, port: int) -> Guard:
    """The application on what is in a room, behind its guard."""
    inside = [
        Route("/", partial(_page, files=_files(), name="index.html")),
        Route("/page/{name}", partial(_page, files=_files())),
        *(Route(f"/api/{name}", partial(_asked, room, does)) for name, does in _GET.items()),
        *(Route(f"/api/{name}", partial(_told, room, does), methods=["POST"]) for name, does in _POST.items()),
        Route("/media", partial(_media, room)),
        Route("/peaks", partial(_peaks, room)),
        Route("/export/{format}", partial(_export, room)),
        Route("/report.html", partial(_report, room)),
    ]
    return Guard(Starlette(routes=[Mount(f"/{token}", routes=inside)]), token=token, port=port)


def _files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in PAGE.iterdir() if path.suffix in KINDS}


async def _page(request: Request, files: Mapping[str, bytes], name: str = "") -> Response:
    name = name or request.path_params["name"]
    if name not in files:
        return PlainTextResponse("not found", 404)
    return Response(files[name], media_type=KINDS[Path(name).suffix])


async def _asked(room: Room, does: Callable[[Room, Request], Response], request: Request) -> Response:
    return await run_in_threadpool(_answered, partial(does, room, request))


async def _told(room: Room, does: Callable[[Room, Mapping[str, Any]], Response], request: Request) -> Response:
    try:
        told = json.loads(await request.body())
    except (ValueError, RecursionError):
        return _problem(400, "JSON was expected")
    if not isinstance(told, dict):
        return _problem(400, "a JSON object was expected")
    if room.hearing:
        return _problem(423, "nothing can be changed before all is heard")
    return await run_in_threadpool(_answered, partial(does, room, told))


def _answered(does: Callable[[], Response]) -> Response:
    try:
        return does()
    except Stale as error:
        return _problem(409, error.problem)
    except (Refused, ValueError) as error:
        return _problem(422, str(error))
    except ToolkitError as error:
        return _problem(507 if isinstance(error, InputError) else 422, str(error))


def _problem(status: int, text: str) -> Response:
    return JSONResponse({"error": text}, status)


def _cues(room: Room, request: Request) -> Response:  # noqa: ARG001
    desk = room.desk
    with desk.lock:
        facts = {
            **_state(room, desk),
            "title": Path(desk.header.source).name or desk.record.name,
            "record": desk.record.name,
            "media": media_type(room.media) if room.media else None,
            "lexicon": room.lexicon.name,
            "exports": list(EXPORTS),
        }
        shown = ",".join(entry.shown for entry in desk.entries)
    return Response(json.dumps(facts)[:-1] + f', "cues": [{shown}]}}', media_type="application/json")


def _state(room: Room, desk: Desk) -> dict[str, Any]:
    return {
        "hearing": asdict(room.hearing) if room.hearing else None,
        "boot": desk.boot,
        "revision": desk.revision,
        "undo": len(desk.done),
        "redo": len(desk.undone),
    }


def _changes(room: Room, request: Request) -> Response:
    desk = room.desk
    since = request.query_params.get("since", "")
    if request.query_params.get("boot") != desk.boot or not (since.isdecimal() and len(since) < 12):
        return JSONResponse({**_state(room, desk), "reload": True})
    return _patched(room, desk, int(since))


def _patched(room: Room, desk: Desk, since: int) -> Response:
    """The state, and the patches since a revision."""
    with desk.lock:
        patches = desk.since(since)
        if patches is None:
            return JSONResponse({**_state(room, desk), "reload": True})
        made = [
            {"at": each.at, "remove": len(each.old), "insert": [json.loads(entry.shown) for entry in each.new]}
            for each in patches
        ]
        return JSONResponse({**_state(room, desk), "patches": made})


def _act(room: Room, told: Mapping[str, Any]) -> Response:
    steps = told.get("steps")
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise Refused("an action is a list of steps")
    room.desk.act(steps)
    return _since(room, told)


def _undo(room: Room, told: Mapping[str, Any]) -> Response:
    room.desk.undo()
    return _since(room, told)


def _redo(room: Room, told: Mapping[str, Any]) -> Response:
    room.desk.redo()
    return _since(room, told)


def _since(room: Room, told: Mapping[str, Any]) -> Response:
    since = told.get("since")
    return _patched(room, room.desk, since if type(since) is int and since >= 0 else 0)


def _similar(room: Room, told: Mapping[str, Any]) -> Response:
    with room.desk.lock:
        entries: Sequence[Any] = tuple(room.desk.entries)
    return JSONResponse({"places": similar(entries, _text(told, "before"), _text(told, "after"))})


def _learn(room: Room, told: Mapping[str, Any]) -> Response:
    if told.get("what") == "always":
        lesson = always(room.lexicon, _text(told, "before"), _text(told, "after"))
    elif told.get("what") == "never":
        lesson = never(room.lexicon, _text(told, "before"))
    else:
        raise Refused("what is learnt is 'always' or 'never'")
    room.lessons += [lesson] if lesson else []
    return JSONResponse({"learnt": lesson is not None, "lessons": len(room.lessons), "file": room.lexicon.name})


def _unlearn(room: Room, told: Mapping[str, Any]) -> Response:  # noqa: ARG001
    if not room.lessons:
        raise Refused("nothing was learnt")
    if not unlearn(room.lessons.pop()):
        raise Refused(f"{room.lexicon.name} was changed by somebody else meanwhile")
    return JSONResponse({"lessons": len(room.lessons), "file": room.lexicon.name})


def _pinyin(room: Room, request: Request) -> Response:
    number = request.query_params.get("id", "")
    if not (number.isdecimal() and len(number) < 12):
        raise Refused("'id' takes a whole number")
    return JSONResponse({"pairs": pairs(room.desk.find(int(number)).cue.text)})


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or len(value) > 200:
        raise Refused(f"'{name}' takes a text of at most 200 characters")
    return value


_GET: dict[str, Callable[[Room, Request], Response]] = {"cues": _cues, "changes": _changes, "pinyin": _pinyin}
_POST: dict[str, Callable[[Room, Mapping[str, Any]], Response]] = {
    "act": _act,
    "undo": _undo,
    "redo": _redo,
    "similar": _similar,
    "learn": _learn,
    "unlearn": _unlearn,
}


async def _media(room: Room, request: Request) -> Response:
    return serve_media(request, room.media) if room.media else PlainTextResponse("there is no recording", 404)


async def _peaks(room: Room, request: Request) -> Response:
    if room.waveform is None:
        return PlainTextResponse("there is no recording", 404)
    start = request.query_params.get("from", "0")
    levels, complete = room.waveform.levels(int(start) if start.isdecimal() and len(start) < 12 else 0)
    headers = {"X-Complete": "yes" if complete else "no"}
    return Response(levels, media_type="application/octet-stream", headers=headers)


async def _export(room: Room, request: Request) -> Response:
    suffix = EXPORTS.get(request.path_params["format"])
    if suffix is None:
        return PlainTextResponse("no such format", 404)
    return await run_in_threadpool(_answered, partial(_exported, room, suffix))


def _exported(room: Room, suffix: str) -> Response:
    transcript = room.desk.transcript
    path = Path(f"{room.desk.record.name.split('.edits.')[0].removesuffix('.jsonl')}{suffix}")
    terms = [edit.after for cue in transcript.cues for edit in cue.edits if edit.applied and edit.after]
    data = encode_outputs(without_notes(transcript), [path], noted_profile(transcript), terms)[path]
    disposition = f"attachment; filename*=UTF-8''{quote(path.name)}"
    return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": disposition})


async def _report(room: Room, request: Request) -> Response:
    language = "zh" if request.query_params.get("lang") == "zh" else "en"
    page = await run_in_threadpool(report, room.desk.transcript, language=language)
    headers = {"Content-Security-Policy": REPORT_CSP}
    return Response(page, media_type="text/html; charset=utf-8", headers=headers)
