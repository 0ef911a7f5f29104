"""The type of lint rules: a function that checks, with an id, a severity and a reference to the literature."""

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import Any, NamedTuple, TypeAlias, TypeVar

from quizgen.errors import Path
from quizgen.lint.views import Item, LanguageView
from quizgen.model import Bank
from quizgen.text.messages import Message


class Severity(IntEnum):
    """How serious a finding is. Errors and warnings make a check fail; notes do not."""

    ERROR = 0
    WARNING = 1
    NOTE = 2

    def __str__(self) -> str:
        return self.name.lower()


class LintDiagnostic(NamedTuple):
    """What a rule found: the path in the question's entry, what is wrong, and what to do.

    ``question`` is the full id of a question or a lesson, the id of a topic, or "" for the whole question bank. The path
    may lead to the question's exhibit (:func:`~quizgen.lint.views.exhibit_path`) or to its lesson. If the problem is between two questions,
    ``mirror`` is the same diagnostic for the other question.
    """

    question: str
    path: Path
    what: Message
    hint: Message
    mirror: "LintDiagnostic | None" = None


class WholeBank(NamedTuple):
    """A question bank, for rules that check it as a whole. ``items`` are its questions with their texts."""

    bank: Bank
    items: Sequence[Item]


RuleDiagnostic: TypeAlias = tuple[Path, Message, Message]
"""What a rule found in one question: path, what is wrong, and what to do."""

LanguageViewCheck: TypeAlias = Callable[[LanguageView], Iterable[RuleDiagnostic]]
ItemCheck: TypeAlias = Callable[[Item], Iterable[RuleDiagnostic]]
WholeBankCheck: TypeAlias = Callable[[WholeBank], Iterable[LintDiagnostic]]
C = TypeVar("C", bound=Callable[..., Any])


class Rule(NamedTuple):
    """A lint rule. ``check`` is its function, and ``scope`` says what that function gets.

    The scope is ``view`` (a question in one language), ``item`` (a question in all its languages) or ``whole`` (the
    question bank). ``asks`` says in one sentence what the rule requires. ``reference`` cites the literature.
    """

    id: str
    severity: Severity
    scope: str
    reference: str
    asks: str
    check: Callable[[Any], Iterable[Any]]

    def check_item(self, item: Item) -> Iterable[LintDiagnostic]:
        """Check one question. A rule that checks the whole question bank returns nothing here."""
        looked_at: Sequence[LanguageView | Item] = (
            item.views if self.scope == "view" else (item,) if self.scope == "item" else ()
        )
        for each in looked_at:
            for path, what, hint in self.check(each):
                yield LintDiagnostic(item.question.id, path, what, hint)


class RuleList(list[Rule]):
    """The rules of one module, in the order in which the code has them."""

    def rule(self, id_: str, severity: Severity, scope: str, reference: str, asks: str) -> Callable[[C], C]:
        """Return a decorator that makes a function a rule and adds it to the list."""

        def add(check: C) -> C:
            self.append(Rule(id_, severity, scope, reference, asks, check))
            return check

        return add


def cite_haladyna(*guideline_numbers: str) -> str:
    """Return a reference to guidelines, by number, in the review of Haladyna, Downing and Rodriguez (2002)."""
    return f"Haladyna, Downing & Rodriguez 2002, {'guideline' if len(guideline_numbers) == 1 else 'guidelines'} {', '.join(guideline_numbers)}"
