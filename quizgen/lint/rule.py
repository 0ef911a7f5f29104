"""The type of a rule: a small pure function with an id, a severity and the source of the advice."""

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import Any, NamedTuple, TypeAlias, TypeVar

from quizgen.errors import Path
from quizgen.lint.views import Item, View
from quizgen.model import Bank, Question
from quizgen.text.messages import Message


class Severity(IntEnum):
    """The severity of a finding, highest first. Errors and warnings fail a check; notes do not."""

    ERROR = 0
    WARNING = 1
    NOTE = 2

    def __str__(self) -> str:
        return self.name.lower()


class LintDiagnostic(NamedTuple):
    """What a rule found: the path in the question's entry, what is wrong, and what to do.

    ``question`` is a full id, the id of a topic, or "" for the bank as a whole. The path may lead into the question's
    exhibit (:func:`~quizgen.lint.views.exhibit_path`). If the problem is between two questions, ``mirror`` is the same
    diagnostic for the other one.
    """

    question: str
    path: Path
    what: Message
    hint: Message
    mirror: "LintDiagnostic | None" = None


class Whole(NamedTuple):
    """A bank as a whole: its items, and its questions as a quiz prints them (may be empty)."""

    bank: Bank
    items: Sequence[Item]
    drawn: Sequence[Question] = ()


RuleDiagnostic: TypeAlias = tuple[Path, Message, Message]
"""What a rule found in one question: path, what is wrong, and what to do."""

ViewCheck: TypeAlias = Callable[[View], Iterable[RuleDiagnostic]]
ItemCheck: TypeAlias = Callable[[Item], Iterable[RuleDiagnostic]]
WholeCheck: TypeAlias = Callable[[Whole], Iterable[LintDiagnostic]]
C = TypeVar("C", bound=Callable[..., Any])


class Rule(NamedTuple):
    """A rule of item writing.

    ``scope`` is what ``check`` gets: a question in one language (``view``), in all its languages (``item``), or the bank
    (``whole``). ``asks`` states the rule in one sentence.
    """

    id: str
    severity: Severity
    scope: str
    reference: str
    asks: str
    check: Callable[[Any], Iterable[Any]]

    def diagnostics(self, item: Item) -> Iterable[LintDiagnostic]:
        """Check one question; a rule for the whole bank returns nothing here."""
        looked_at: Sequence[View | Item] = (
            item.views if self.scope == "view" else (item,) if self.scope == "item" else ()
        )
        for each in looked_at:
            for path, what, hint in self.check(each):
                yield LintDiagnostic(item.question.id, path, what, hint)


class RuleList(list[Rule]):
    """The rules of one module, in the order of the code."""

    def rule(self, id_: str, severity: Severity, scope: str, reference: str, asks: str) -> Callable[[C], C]:
        """Return a decorator that adds a function as a rule."""

        def add(check: C) -> C:
            self.append(Rule(id_, severity, scope, reference, asks, check))
            return check

        return add


def haladyna(*numbers: str) -> str:
    """Cite guidelines of Haladyna, Downing and Rodriguez by number."""
    return f"Haladyna, Downing & Rodriguez 2002, {'guideline' if len(numbers) == 1 else 'guidelines'} {', '.join(numbers)}"
