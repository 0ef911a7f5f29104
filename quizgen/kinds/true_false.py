"""The kind ``true-false``: a statement to judge as true or false."""

from typing import Any

from quizgen.errors import Path
from quizgen.kinds.kind import Kind, QuestionEntry
from quizgen.model import Exhibit
from quizgen.shapes import AnswerShape, Choose
from quizgen.text.languages import Text
from quizgen.text.messages import _, translations_of


class TrueFalseEntry(QuestionEntry):
    """A question of the kind ``true-false``: its stem is a statement."""

    key: bool


def true_or_false_choice(is_true: bool) -> Choose:  # noqa: FBT001  the truth is the answer
    """Build the options "True" and "False"; ``is_true`` says which is correct."""
    options: tuple[Text, ...] = (translations_of(_("True")), translations_of(_("False")))
    return Choose(options=options, keys=(0 if is_true else 1,), style="truth")


class TrueFalseKind(Kind[TrueFalseEntry, Choose]):
    """The kind ``true-false``: a statement to judge as true or false."""

    name = "true-false"
    rank = 30
    meaning = _("a statement that is true or false")
    has_statement = True
    entry_type = TrueFalseEntry

    def build_answer(self, entry: TrueFalseEntry, exhibit: Exhibit | None) -> Choose:
        """Build the options "True" and "False"."""
        del exhibit
        return true_or_false_choice(entry.key)

    def can_have_answer(self, answer: AnswerShape) -> bool:
        """Return whether the options of the answer are "True" and "False"."""
        return isinstance(answer, Choose) and answer.truth_value is not None

    def build_entry(self, answer: Choose) -> dict[str, Any]:
        """Return the field that says whether the statement is true."""
        return {"key": answer.keys == (0,)}

    def text_paths(self, answer: Choose) -> tuple[tuple[Path, ...], ...]:
        """Return the path of the field that says whether the statement is true, once for each option.

        The options themselves are not in the entry.
        """
        del answer
        return ((("key",), ("key",)),)


KIND = TrueFalseKind()
