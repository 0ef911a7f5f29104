"""A question from another program, before it is converted to an entry of the bank."""

from msgspec import Struct

from quizgen.model import Audience, Level
from quizgen.shapes import Answer


class PlainQuestion(Struct, frozen=True):
    """A question of another program: its answer in printed order, its texts in one language.

    ``line`` is its line in the file. ``name`` is its name there, ``topic`` an id or a title, and ``kind`` its kind, which
    may be one that we do not have. ``sourced`` is whether it names a source; in a bank, only facts can have one.
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
