"""What holds for the built-in bank, whatever it says. No other test names a question, a fact or a word of it."""

from functools import cache

from quizgen.bank import read_bank
from quizgen.files import shipped_folder
from quizgen.model import Bank
from tests.ours import compiled


@cache
def built_in_bank() -> Bank:
    """Load it once for all tests of a process, compiled once for all processes."""
    return read_bank([shipped_folder("question_bank")], compiled())
