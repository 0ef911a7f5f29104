"""What sheets to take home, to hang up and to cut have in common: their paper, whom to ring, what that rests on."""

from typing import Any

from msgspec import Struct

from quizgen.errors import MisuseError, problem
from quizgen.model import Bank, HelpNumber, Question
from quizgen.paper.design import PAGES, Page, SizedDesign
from quizgen.paper.exhibits import exhibit_piece
from quizgen.paper.lines import is_han, line_count, text_width
from quizgen.shapes import Choose

EDGE = 5.0
"""Millimetres at each edge that an office printer may leave white."""

LEAST_SIZE = {"normal": 8.0, "large": 16.0}
"""The smallest type there is, in points, by the size that is asked for."""

RING, ASK = "police", "fraud-line"
"""Ids of help numbers: whom to ring when money has gone, and whom to ask when one is not sure."""


class Numbers(Struct, frozen=True):
    """Help numbers of a bank: whom to ring at once, and whom to ask; "" where there is none."""

    ring: str
    ask: str
    listed: tuple[HelpNumber, ...]


def numbers_of(bank: Bank) -> Numbers:
    """Give the numbers to ring: by their ids, and else the first of the bank is the one to ring at once."""
    help_ = bank.help
    first = next(iter(help_.values()), None)
    ring = help_.get(RING, first)
    ask = help_.get(ASK)
    return Numbers(ring.number if ring else "", ask.number if ask else "", tuple(help_.values()))


def sheet_page(design: SizedDesign, layout: str) -> Page:
    """Give the page of a layout that is for A4 and Letter; raises MisuseError for smaller paper."""
    if design.paper == "A5":
        raise MisuseError(problem("print.no-paper", "print.larger-paper", layout=layout, paper=design.paper))
    return PAGES[design.paper]


def han_or(language: str, han: float, other: float) -> float:
    """Choose between a measure for Chinese and one for other languages: characters that fill their square want more."""
    return han if is_han(language) else other


def exhibit_values(question: Question, bank: Bank, language: str) -> dict[str, Any] | None:
    """Give what a question's exhibit shows, for the macros of ``sheets.html``; ``None`` where it has none."""
    if not question.exhibit:
        return None
    values = exhibit_piece(question, bank, language).values
    who = [text_width(line["who"], bold=True, han=is_han(language)) for line in values["lines"]]
    return {**values, "speaker": round(max(who) + 0.4, 2)}


def exhibit_lines(exhibit: dict[str, Any], size: float, width: float, language: str) -> int:
    """Count the lines that an exhibit fills in the macro ``said`` of ``sheets.html``."""
    indent = (
        (1.1 if exhibit["is_numbered"] else 0) + (exhibit["speaker"] if exhibit["is_spoken"] else 0) + 1.4
    )
    measure = width - indent * size
    return sum(line_count(line["text"], size, measure, han=is_han(language)) for line in exhibit["lines"])


def choice_of(question: Question) -> Choose | None:
    """Give the answer of a question of which one option is to be chosen: all that can be asked where nobody writes."""
    answer = question.answer
    return answer if isinstance(answer, Choose) and answer.style != "several" else None
