"""The positions of boxes on printed sheets: the file that a sheet's printer writes, and the code on each page.

Lengths are in millimetres, from the top left of a page.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Literal, Self, TypeAlias

import msgspec
from msgspec import Struct

from quizgen.analysis.sitting import Time
from quizgen.errors import QuizgenError, problem
from quizgen.text.messages import _

FORMAT = 2
"""The version of the code and of the file. A change that an older reader would misread gets the next number."""

SUFFIX = "-marks.json"
"""How the name of the file ends: ``talk.pdf`` has ``talk-marks.json`` beside it."""

Asks: TypeAlias = Literal["one", "several", "rows", "words"]
"""What a question asks for: one box, any number of boxes, a box in each row, or words on a line."""

WORDS_RIGHT, WORDS_WRONG = "+", "-"
"""The answers of a question that asks for words, once a person has read them."""


class SheetCode(Struct, frozen=True):
    """The content of the QR code on a page of an answer sheet, in characters that keep the code small.

    ``version`` is the label of a paper, or "" for a single one. ``page`` counts the pages of an answer sheet from 1.
    ``digest`` is that of the paper, so that a reader never takes one quiz for another. ``person`` is the code that both
    sheets of a person have, or "".
    """

    seed: int
    version: str
    questions: int
    page: int
    digest: str
    person: str = ""
    format: int = FORMAT

    def __str__(self) -> str:
        paper = f"QUIZGEN:{self.format}:{self.seed}:{self.version or '-'}:{self.questions}:{self.page}:{self.digest}"
        return f"{paper}:{self.person}" if self.person else paper

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the code with this text, or ``None`` if it is not a code of this format."""
        match text.split(":"):
            case ["QUIZGEN", "2", seed, version, questions, page, digest, *rest] if (
                seed.lstrip("-").isdecimal() and questions.isdecimal() and page.isdecimal() and len(rest) <= 1
            ):
                label = version.replace("-", "")
                return cls(int(seed), label, int(questions), int(page), digest, "".join(rest))
        return None


class MarkBox(Struct, frozen=True, array_like=True):
    """A box or circle to mark, or a line to write on.

    ``name`` is what it stands for, in the order of the bank and not of this paper: the letter of an option, or the
    choice for a row. ``row`` is the row that it belongs to, in the order of the bank, or -1. ``label`` is what is printed
    inside it.
    """

    x: float
    y: float
    width: float
    height: float
    name: str = ""
    row: int = -1
    label: str = ""


class PrintedQuestion(Struct, frozen=True, array_like=True):
    """A question of a paper: the page that its boxes are on, counted from 1, and the boxes."""

    id: str
    page: int
    boxes: tuple[MarkBox, ...]


class PrintedPaper(Struct, frozen=True, omit_defaults=True):
    """A paper, which is a version of the quiz: its questions in printed order, and when people fill it in."""

    version: str
    questions: tuple[PrintedQuestion, ...]
    time: Time = ""

    @property
    def pages(self) -> int:
        """The number of pages of the paper."""
        return max(question.page for question in self.questions)

    @property
    def digest(self) -> str:
        """Eight characters that differ for any two papers with other questions, or with boxes in other places."""
        return sha256(msgspec.json.encode(self)).hexdigest()[:8].upper()


class MarkedQuestion(Struct, frozen=True):
    """What a person who checks a scanned answer has to see of its question: its words, and the right answer.

    ``options`` are the texts of the options by their names, such as ``A``. ``right`` is the right answer in these names, such
    as ``AC``.
    """

    asks: Asks
    stem: str
    options: dict[str, str]
    right: str


class SheetPositions(Struct, frozen=True):
    """The content of the file beside printed sheets.

    ``corner`` is the side of the solid square in each corner of a page, and ``edge`` its distance from the edges.
    ``code_x`` and ``code_y`` are the left and upper edge of the QR code, and ``code_side`` is its side. ``letter`` is the size of
    the type in circles.
    """

    seed: int
    width: float
    height: float
    corner: float
    edge: float
    code_x: float
    code_y: float
    code_side: float
    letter: float
    questions: dict[str, MarkedQuestion]
    papers: tuple[PrintedPaper, ...]
    format: int = FORMAT

    def papers_by_digest(self) -> dict[str, PrintedPaper]:
        """Return the papers by the digest that their codes have."""
        return {paper.digest: paper for paper in self.papers}


def encode_positions(positions: SheetPositions) -> bytes:
    """Return the content of the file."""
    return msgspec.json.encode(positions) + b"\n"


def decode_positions(data: bytes, file_name: str) -> SheetPositions:
    """Return the positions in a file. Raises QuizgenError if it is not such a file."""
    try:
        positions = msgspec.json.decode(data, type=SheetPositions)
    except msgspec.DecodeError as error:
        raise QuizgenError(
            problem(
                _("this does not say where the boxes of a sheet are: {reason}"),
                _("print the sheet again with the same options and --seed, which writes the file again"),
                reason=str(error),
                file=file_name,
            )
        ) from error
    if positions.format != FORMAT:
        raise QuizgenError(
            problem(
                _("this was written by another version of quizgen"),
                _("take the version of quizgen that printed the sheets"),
                file=file_name,
            )
        )
    return positions


def find_paper(all_positions: Iterable[SheetPositions], code: SheetCode) -> PrintedPaper | None:
    """Return the paper that a code names, or ``None`` if it belongs to another quiz."""
    for positions in all_positions:
        if paper := positions.papers_by_digest().get(code.digest):
            return paper
    return None
