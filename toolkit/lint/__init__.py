"""What is wrong in subtitles, by rules, and the repair of what can be repaired without touching the words.

No stage: it looks at what stages, people and other programs made.
"""

from toolkit.lint.find import lint
from toolkit.lint.repair import Fixed, fix, retimed
from toolkit.lint.rules import FIXABLE, RULES, Rule
from toolkit.lint.sheet import Finding

__all__ = ["FIXABLE", "RULES", "Finding", "Fixed", "Rule", "fix", "lint", "retimed"]
