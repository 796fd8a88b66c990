"""The page while a recording is being heard: its cues are shown as they come; at the end it becomes the review."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from secrets import token_urlsafe
from threading import Thread

from toolkit.cues import Transcript
from toolkit.jobs import Job, Progress
from toolkit.journal import key_of, read_journal, read_on
from toolkit.locks import locked
from toolkit.review.app import Hearing, Room, serve_room
from toolkit.review.desk import Desk
from toolkit.review.learn import lexicon_file
from toolkit.review.serve import LOOPBACK, QUIET, Setting, bound, publishing
from toolkit.review.sound import Waveform
from toolkit.review.store import open_table


class Live:
    """A job and the page on which it is shown."""

    def __init__(self, job: Job, record: Path, room: Room, server: Thread) -> None:
        self.job, self.record, self.room, self.server = job, record, room, server
        self.read: int | None = None
        """Bytes of the journal that were read; None before the first look."""

    @property
    def failed(self) -> bool:
        """Whether the page shows why the run has ended."""
        return bool(self.room.hearing and self.room.hearing.error)

    def listen(self, event: Progress) -> None:
        """Show how far the job is, and what was heard since."""
        if event.stage == "transcribe" and self.job.journal:
            self._follow(self.job.journal)
        self.room.hearing = Hearing(event.stage, event.done, event.total)

    def fail(self, why: str) -> None:
        """Show why the run has ended."""
        self.room.hearing = Hearing(error=why)

    def review(self) -> None:
        """Let what was made be reviewed until Ctrl-C; after an error, let what was heard be read.

        Raises:
            InputError: the record cannot be read, or another run holds it.
        """
        if self.failed:
            self._wait()
            return
        with locked(self.record):
            desk = Desk.of(open_table(self.record))
            with publishing(desk):
                self.room.desk = desk
                self.room.hearing = None
                self._wait()

    def _follow(self, journal: Path) -> None:
        if self.read is None:
            past = read_journal(journal, key_of(self.job.source, self.job.profile.transcribe))
            cues, self.read = past.cues, past.size
        else:
            cues, self.read = read_on(journal, self.read)
        if cues:
            self.room.desk.add(cues)

    def _wait(self) -> None:
        with suppress(KeyboardInterrupt):
            while self.server.is_alive():
                self.server.join(1.0)  # without a limit Windows would not let Ctrl-C through


@contextmanager
def live(job: Job, setting: Setting, opened: Callable[[str, Path], None]) -> Iterator[Live]:
    """Serve the page of a job while the block runs; ``opened`` is told its address and the record.

    Raises:
        InputError: the port is taken.
    """
    import uvicorn

    record = setting.path
    with closing(bound(setting.port)) as listener:
        desk = Desk(record, Transcript(str(job.source), ()), [])
        lexicon = setting.lexicon or lexicon_file([], record)
        waveform = Waveform(setting.media) if setting.media else None
        room = Room(desk, setting.media, lexicon, waveform, hearing=Hearing())
        token, port = token_urlsafe(24), listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(serve_room(room, token=token, port=port), **QUIET))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            opened(f"http://{LOOPBACK}:{port}/{token}/", record)
            yield Live(job, record, room, thread)
        finally:
            server.should_exit = True
            thread.join()
