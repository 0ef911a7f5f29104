"""What a rule is: a small pure function with an id, a severity and the source that it rests on."""

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import Any, NamedTuple, TypeAlias, TypeVar

from quizgen.errors import Path
from quizgen.lint.views import Item, View
from quizgen.model import Bank, Question
from quizgen.text.messages import Message


class Severity(IntEnum):
    """How much a finding weighs, heaviest first. Errors and warnings fail a check; notes do not."""

    ERROR = 0
    WARNING = 1
    NOTE = 2

    def __str__(self) -> str:
        return self.name.lower()


class LintDiagnostic(NamedTuple):
    """What a rule found: where in the entry of a question as its author wrote it, what, and what to do.

    ``question`` is the full id, that of a topic where a topic is meant, or "" where the bank as a whole is; a
    path may lead into the exhibit of the question (:func:`~quizgen.lint.views.exhibit_path`); ``mirror`` says the same of the
    other one of two questions, where the matter is between them.
    """

    question: str
    path: Path
    what: Message
    hint: Message
    mirror: "LintDiagnostic | None" = None


class Whole(NamedTuple):
    """The bank as a whole: its items, and its questions as some quiz prints them (there may be none)."""

    bank: Bank
    items: Sequence[Item]
    drawn: Sequence[Question] = ()


RuleDiagnostic: TypeAlias = tuple[Path, Message, Message]
"""What a rule says of one question: path, what is wrong and what to do."""

ViewCheck: TypeAlias = Callable[[View], Iterable[RuleDiagnostic]]
ItemCheck: TypeAlias = Callable[[Item], Iterable[RuleDiagnostic]]
WholeCheck: TypeAlias = Callable[[Whole], Iterable[LintDiagnostic]]
C = TypeVar("C", bound=Callable[..., Any])


class Rule(NamedTuple):
    """A rule of item writing.

    ``scope`` tells what ``check`` looks at: a question in one language (``view``), in all of its
    languages (``item``), or the whole bank (``whole``). ``asks`` is one sentence for people.
    """

    id: str
    severity: Severity
    scope: str
    reference: str
    asks: str
    check: Callable[[Any], Iterable[Any]]

    def diagnostics(self, item: Item) -> Iterable[LintDiagnostic]:
        """Hold one question against a rule whose scope is a question; the bank's rules say nothing here."""
        looked_at: Sequence[View | Item] = (
            item.views if self.scope == "view" else (item,) if self.scope == "item" else ()
        )
        for each in looked_at:
            for path, what, hint in self.check(each):
                yield LintDiagnostic(item.question.id, path, what, hint)


class RuleList(list[Rule]):
    """The rules of one module, in the order in which they are written."""

    def rule(self, id_: str, severity: Severity, scope: str, reference: str, asks: str) -> Callable[[C], C]:
        """Add the function below as a rule."""

        def add(check: C) -> C:
            self.append(Rule(id_, severity, scope, reference, asks, check))
            return check

        return add


def haladyna(*numbers: str) -> str:
    """Cite guidelines of Haladyna, Downing and Rodriguez by their numbers."""
    return f"Haladyna, Downing & Rodriguez 2002, {'guideline' if len(numbers) == 1 else 'guidelines'} {', '.join(numbers)}"
