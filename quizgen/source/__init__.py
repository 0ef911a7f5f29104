"""Texts to passages, and a bank held against the passages that its facts cite."""

from quizgen.source.check import Checked, Recognised, check, facts_citing, recognise
from quizgen.source.decode import LIMIT
from quizgen.source.text import SourceText, TextPassage, read_text

__all__ = [
    "LIMIT",
    "Checked",
    "Recognised",
    "SourceText",
    "TextPassage",
    "check",
    "facts_citing",
    "read_text",
    "recognise",
]
