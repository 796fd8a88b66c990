"""What one look of `zimu doctor` comes to."""

from __future__ import annotations

from dataclasses import dataclass

GOOD, NOTE, BAD = "ok", "note", "bad"
"""All is well; something optional is absent; Zimu cannot work like this."""

Facts = list[dict[str, object]]
"""What `toolkit.cli.probe` found, one by one."""


@dataclass(frozen=True)
class Check:
    """One thing looked at: how it stands (ok, note, bad), what was found, what to do about it."""

    name: str
    state: str
    found: str
    advice: str = ""


def fact_with(facts: Facts, key: str) -> dict[str, object]:
    """The fact that tells of something; empty where the probe did not come so far."""
    return next((fact for fact in facts if key in fact), {})
