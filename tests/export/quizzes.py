"""Quizzes to write in every format: all kinds, with and without exhibits, and words that formats read as their own."""

from typing import Any

import msgspec

from quizgen.export.records import quiz_record
from quizgen.language import LANGUAGES
from quizgen.model import Bank, Quiz
from tests.banks import SOURCES, TOPICS, sample_quiz
from tests.exhibit_bank import EXHIBITS, JUDGED, SPOTTED

ODD = r"""%50% & <b>&amp;</b> {a} ~b =c #d :e $f \n \\ `g` *h* _i_ |j [k](l) "m" 'n' 境外，“引号” -> ]]> --"""
"""What formats read as their own, in one line."""

BROKEN = f"{ODD}\n1. next line\n- and one\n= and one\n\n# after an empty one"
"""The same with line breaks, and lines that begin as lists and headings do."""


def every_kind(language: str = "en", odd: str = "") -> Quiz:
    """Make a quiz of all kinds, each text followed by odd words: six questions, seven judged exhibits, one spotted."""
    plain = sample_quiz(language)
    bank = Bank(SOURCES, TOPICS, plain.bank.facts, {}, exhibits=EXHIBITS)
    quiz = msgspec.structs.replace(plain, questions=(*plain.questions, *JUDGED, SPOTTED), bank=bank)
    return msgspec.convert(_followed(msgspec.to_builtins(quiz), odd), Quiz) if odd else quiz


def record(language: str = "en", odd: str = "", *kinds: str) -> dict[str, Any]:
    """Make the record of such a quiz, of some kinds only where any are named."""
    told = quiz_record(every_kind(language, odd))
    told["questions"] = [each for each in told["questions"] if not kinds or each["kind"] in kinds]
    return {**told, "changed": 1_700_000_000}


def _followed(value: Any, odd: str) -> Any:
    if isinstance(value, dict) and value and value.keys() <= set(LANGUAGES):
        return {tag: _with_odd(words, odd) for tag, words in value.items()}
    if isinstance(value, dict):
        return {name: _followed(part, odd) for name, part in value.items()}
    return [_followed(part, odd) for part in value] if isinstance(value, list | tuple) else value


def _with_odd(words: Any, odd: str) -> Any:
    return words + odd if isinstance(words, str) else [each + odd for each in words]
