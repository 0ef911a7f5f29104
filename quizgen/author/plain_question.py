"""A question that comes from another program, as its reader gives it to the bank."""

from msgspec import Struct

from quizgen.model import Audience, Level
from quizgen.shapes import Answer


class PlainQuestion(Struct, frozen=True):
    """A question of another program, its answer in printed order, its texts in one language.

    ``line`` is where its file has it. ``name`` and ``topic`` are what the file calls it and what it stands under: an id
    or a title, and ``kind`` what kind it says it is, if any, of ours or not. ``sourced`` tells whether it names its source, which a bank can hold as a fact only.
    """

    line: int
    stem: str
    answer: Answer
    kind: str = ""
    rationale: str = ""
    advice: str = ""
    name: str = ""
    topic: str = ""
    level: Level = "recall"
    difficulty: int = 2
    audience: Audience = "everyone"
    sourced: bool = False
