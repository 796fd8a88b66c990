"""How good a transcript is beside a reference: errors, terms, homophones, needless changes, times, reading speed."""

from toolkit.evaluate.figures import Figure, figures_of
from toolkit.evaluate.normal import DEFAULT_RULES, Rules, tokens_of
from toolkit.evaluate.rows import Document, Row, document_of
from toolkit.evaluate.terms import TermScore, score_terms

__all__ = [
    "DEFAULT_RULES",
    "Document",
    "Figure",
    "Row",
    "Rules",
    "TermScore",
    "document_of",
    "figures_of",
    "score_terms",
    "tokens_of",
]
