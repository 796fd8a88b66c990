"""`zimu fix`: repair in subtitles what can be repaired without touching the words."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.cli.command import Call, Command, Flag
from toolkit.cli.lint import IGNORE, ONLY
from toolkit.cli.placing import IN_PLACE, PLACES

if TYPE_CHECKING:
    from toolkit.cli.deliveries import Delivery
    from toolkit.cli.sources import Source
    from toolkit.cues import Transcript
    from toolkit.lint import Finding, Fixed


def run_fix(call: Call) -> int:
    """Repair every input."""
    from toolkit.cli.config import effective_profile
    from toolkit.cli.lint import chosen_rules, english, spellings
    from toolkit.cli.texts import Work, work_on_texts
    from toolkit.lint import fix, lint
    from toolkit.pipeline import load_terms
    from toolkit.profile import with_values

    profile = with_values(effective_profile(call), {"segment": False})
    rules, lexicon = chosen_rules(call), load_terms(profile)
    terms, known, made = spellings(lexicon), english(lexicon), {}

    def change(transcript: Transcript) -> Transcript:
        fixed = fix(transcript.cues, profile.segment, terms=terms, english=known, rules=rules)
        made["last"] = fixed
        return replace(transcript, cues=fixed.cues)

    def tell(source: Source, transcript: Transcript, delivery: Delivery) -> dict[str, object]:
        left = lint(transcript.cues, profile.segment, terms=terms, english=known, rules=rules)
        return _tell(call, source, delivery, made["last"], left)

    return work_on_texts(call, profile, Work(change, tell))


def _tell(call: Call, source: Source, delivery: Delivery, fixed: Fixed, left: tuple[Finding, ...]) -> dict[str, object]:
    """Say what was repaired, and how much is left for a person; on standard output where nothing else goes there."""
    from toolkit.cli.lint import as_lines, as_records, in_figures
    from toolkit.cli.report import count, say

    dry = call.on("dry_run")
    if (dry or call.on("explain")) and not call.on("json"):
        heading = [] if source.alone else [f"== {source.label}"]
        print("\n".join(heading + as_lines(fixed.repaired)), file=sys.stdout if dry else sys.stderr)
    if not call.on("quiet"):
        place = "nothing written" if dry else f"to {delivery.place}"
        done = (
            f"{len(fixed.repaired)} repaired ({in_figures(fixed.repaired)})" if fixed.repaired else "nothing to repair"
        )
        rest = f"; {count(len(left), 'finding')} left for you ({in_figures(left)})" if left else ""
        say(f"{source.label}: {done}{rest}; {place}")
    return {"repaired": as_records(fixed.repaired), "left": as_records(left)}


FIX = Command(
    usage="fix FILE... [OPTIONS]",
    about="Repairs what 'zimu lint' finds and marks 'fix': times, pauses, overlaps, breaks, cues to be cut, spaces, "
    "halves of tags. Words stay as they are. What it did is told; what is left for a person is counted. The result "
    "goes to standard output or where -o says; the input is replaced only with --in-place.",
    run=run_fix,
    examples=(
        ("zimu fix talk.srt -o talk.fixed.srt", ""),
        ("zimu fix talk.srt --dry-run", "only list what would be repaired"),
        ("zimu fix subs/*.srt --in-place --profile ted", "many, in their place"),
    ),
    flags=(*PLACES, IN_PLACE, ONLY, IGNORE, Flag("--explain", "list everything that was repaired")),
    shows=("correct.lexicon", "correct.builtin_lexicons", "segment", "-segment.segment", "output"),
    needs_input="no subtitles to repair",
)
"""The command ``zimu fix``."""
