"""A question from another program, before it is converted to an entry of the question bank."""

from msgspec import Struct

from quizgen.model import Audience, Level
from quizgen.shapes import Answer


class ImportedQuestion(Struct, frozen=True):
    """A question from another program. Its options are in printed order, and its texts are in one language.

    ``line`` is its line in the file. ``name`` is its name in that file, and ``topic`` is the id or the title of
    a topic. ``kind`` is its kind, which the question bank may not have. ``sourced`` is true if the question
    names a source. The source is not imported, because in a question bank only facts have sources.
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
