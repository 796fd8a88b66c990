"""The transcript on the table: actions are done whole or not at all, saved at once, undone and done again."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_hex
from threading import RLock
from typing import Any

from toolkit.cues import Cue, Transcript
from toolkit.errors import ToolkitError
from toolkit.formats.jsonl import cue_from_json, cue_to_json
from toolkit.review.shown import Entry
from toolkit.review.steps import Patch, Refused, Stale, perform
from toolkit.review.store import Table, keep, name_of, publish, read_history, stamp_of

log = logging.getLogger(__name__)

MOST_STEPS = 20_000
"""Steps that one action may have: a name replaced wherever it occurs."""

KEPT = 500
"""Revisions that a page may be behind before it has to load everything again."""


@dataclass(frozen=True)
class Action:
    """What was done at once: patches in their order."""

    patches: tuple[Patch, ...]


@dataclass
class Desk:
    """A transcript under review, shared by all pages that show it."""

    record: Path
    header: Transcript
    entries: list[Entry]
    boot: str = field(default_factory=lambda: token_hex(4))
    revision: int = 0
    done: list[Action] = field(default_factory=list)
    undone: list[Action] = field(default_factory=list)
    patches: list[tuple[Patch, ...]] = field(default_factory=list)
    published: int = 0
    lock: RLock = field(default_factory=RLock)
    last_id: int = 0
    stamp: tuple[int, int] | None = None

    @classmethod
    def of(cls, table: Table) -> Desk:
        """A desk with a transcript on it, and what is known of earlier actions."""
        entries = [Entry(number, cue) for number, cue in enumerate(table.transcript.cues)]
        desk = cls(table.record, replace(table.transcript, cues=()), entries, last_id=len(entries))
        desk.stamp = stamp_of(table.record)
        history = read_history(table.record, name_of(entry.line for entry in entries))
        desk._remember(history)
        desk.published = -1 if history else 0
        return desk

    @property
    def transcript(self) -> Transcript:
        """The transcript as it is now."""
        with self.lock:
            return replace(self.header, cues=tuple(entry.cue for entry in self.entries))

    def act(self, steps: Sequence[Mapping[str, Any]]) -> None:
        """Do steps as one action, each on the cue ``id`` that must be of version ``v``.

        Raises:
            Refused: a step cannot be done.
            Stale: a cue is not as it was shown.
            InputError: the record cannot be written.
        """
        if not 0 < len(steps) <= MOST_STEPS:
            raise Refused(f"an action has 1 to {MOST_STEPS} steps")
        with self.lock:
            before = list(self.entries)
            try:
                patches = self._perform(steps)
                if patches:
                    self._keep({"patches": [_patch_to_json(patch) for patch in patches]})
            except BaseException:
                self.entries = before
                raise
            if patches:
                self.done.append(Action(patches))
                self.undone.clear()
                self._tell(patches)

    def add(self, cues: Sequence[Cue]) -> None:
        """Lay cues behind the last; nothing is saved, for they are still being heard."""
        with self.lock:
            patch = Patch(len(self.entries), (), tuple(Entry(self._fresh(), cue) for cue in cues))
            self._lay(patch)
            self._tell((patch,))

    def undo(self) -> None:
        """Take the last action back.

        Raises:
            Refused: there is none.
        """
        self._turn(self.done, self.undone, "undo")

    def redo(self) -> None:
        """Do again what was taken back.

        Raises:
            Refused: there is nothing.
        """
        self._turn(self.undone, self.done, "redo")

    def since(self, revision: int) -> list[Patch] | None:
        """The patches after a revision; None where they are no longer known."""
        with self.lock:
            behind = self.revision - revision
            if not 0 <= behind <= len(self.patches):
                return None
            recent = self.patches[len(self.patches) - behind :]
            return [patch for patches in recent for patch in patches]

    def find(self, number: int) -> Entry:
        """The entry with an id.

        Raises:
            Stale: it is gone.
        """
        with self.lock:
            for entry in self.entries:
                if entry.id == number:
                    return entry
        raise Stale("this cue is no longer there")

    def publish(self) -> None:
        """Write the subtitles that belong to the record, where something was decided since; faults are logged."""
        with self.lock:
            if self.published == self.revision or stamp_of(self.record) != self.stamp:
                return
            try:
                self.header = replace(publish(self.record, self.transcript), cues=())
            except ToolkitError as error:
                log.warning("the subtitles are not written: %s", error)
            self.published, self.stamp = self.revision, stamp_of(self.record)

    def _perform(self, steps: Sequence[Mapping[str, Any]]) -> tuple[Patch, ...]:
        places = {entry.id: place for place, entry in enumerate(self.entries)}
        patches: list[Patch] = []
        ours: set[str] = set()
        for step in steps:
            place = places.get(step.get("id", -1)) if isinstance(step.get("id"), int) else None
            if place is None:
                raise Stale("this cue is no longer there")
            entry = self.entries[place]
            if step.get("v") != entry.version and entry.version not in ours:
                raise Stale("this cue was changed elsewhere meanwhile")
            patch = perform(self.entries, place, step, self._fresh)
            if patch:
                self._lay(patch)
                patches.append(patch)
                ours |= {each.version for each in patch.new}
                if len(patch.old) != len(patch.new):
                    places = {entry.id: place for place, entry in enumerate(self.entries)}
        return tuple(patches)

    def _turn(self, source: list[Action], target: list[Action], name: str) -> None:
        with self.lock:
            if not source:
                raise Refused(f"there is nothing to {name}")
            action = source[-1]
            patches = action.patches
            if name == "undo":
                patches = tuple(patch.reversed for patch in reversed(patches))
            before = list(self.entries)
            try:
                for patch in patches:
                    self._lay(patch)
                self._keep({"turn": name})
            except BaseException:
                self.entries = before
                raise
            target.append(source.pop())
            self._tell(patches)

    def _lay(self, patch: Patch) -> None:
        self.entries[patch.at : patch.at + len(patch.old)] = patch.new

    def _keep(self, entry: dict[str, Any]) -> None:
        if stamp_of(self.record) != self.stamp:
            raise Refused(f"{self.record.name} was changed by another program; end the review and begin it again")
        keep(self.record, self.header, [each.line for each in self.entries], entry)
        self.stamp = stamp_of(self.record)

    def _tell(self, patches: tuple[Patch, ...]) -> None:
        self.revision += 1
        self.patches = [*self.patches, patches][-KEPT:]

    def _fresh(self) -> int:
        self.last_id += 1
        return self.last_id

    def _remember(self, history: Sequence[Mapping[str, Any]]) -> None:
        """Put the actions of earlier sessions on the stacks, those that fit what is on the desk."""
        try:
            for entry in history:
                if "patches" in entry:
                    self.done.append(Action(tuple(map(_patch_from_json, entry["patches"]))))
                    self.undone.clear()
                elif entry.get("turn") == "undo":
                    self.undone.append(self.done.pop())
                else:
                    self.done.append(self.undone.pop())
            self._name_again()
        except (ValueError, TypeError, KeyError, IndexError):
            self.done.clear()
            self.undone.clear()

    def _name_again(self) -> None:
        """Give the cues of remembered actions the ids that they have on this desk."""
        ids = [entry.id for entry in self.entries]
        undone = self._named(ids, [action.patches for action in reversed(self.undone)])
        self.undone = list(reversed(undone))
        back = [tuple(patch.reversed for patch in reversed(action.patches)) for action in reversed(self.done)]
        done = self._named([entry.id for entry in self.entries], back)
        turned = [Action(tuple(patch.reversed for patch in reversed(each.patches))) for each in done]
        self.done = list(reversed(turned))

    def _named(self, ids: list[int], actions: Sequence[tuple[Patch, ...]]) -> list[Action]:
        """Actions with the ids of the cues that they meet, one after another from now on."""
        found: list[Action] = []
        for patches in actions:
            named: list[Patch] = []
            for patch in patches:
                here = ids[patch.at : patch.at + len(patch.old)]
                there = here[: len(patch.new)] + [self._fresh() for _ in patch.new[len(here) :]]
                ids[patch.at : patch.at + len(patch.old)] = there
                named.append(Patch(patch.at, _with_ids(patch.old, here), _with_ids(patch.new, there)))
            found.append(Action(tuple(named)))
        return found


def _with_ids(entries: Sequence[Entry], ids: Sequence[int]) -> tuple[Entry, ...]:
    return tuple(Entry(number, entry.cue) for number, entry in zip(ids, entries, strict=True))


def _patch_to_json(patch: Patch) -> dict[str, Any]:
    old, new = ([cue_to_json(entry.cue) for entry in part] for part in (patch.old, patch.new))
    return {"at": patch.at, "old": old, "new": new}


def _patch_from_json(entry: Mapping[str, Any]) -> Patch:
    old, new = (tuple(Entry(0, cue_from_json(dict(cue))) for cue in entry[part]) for part in ("old", "new"))
    return Patch(int(entry["at"]), old, new)
