"""The rules of item writing, held against a bank: what a test editor would say of it.

Each rule is a small pure function over a question, or over the bank, and stands in the module of what
it is about, whose list ``RULES`` has it. The docs page ``docs/lint.md`` has each
with an example of what it finds and of what it leaves alone.
"""

from collections.abc import Callable, Iterator, Sequence

from quizgen.lint.rule import LintDiagnostic, Rule, Severity, Whole
from quizgen.lint.views import items_of
from quizgen.lint.waivers import UNKNOWN, UNUSED, Waiver, apply_waivers
from quizgen.model import Bank, Question
from quizgen.registry import collect_entries

__all__ = ["ALL_RULES", "RULES", "LintDiagnostic", "Rule", "Severity", "Waiver", "apply_waivers", "run_rules"]

RULES: dict[str, Rule] = collect_entries(__name__, __path__, "RULES", lambda rule: rule.id)
"""Every rule by its id, in the order in which the docs list them."""

ALL_RULES = (*RULES.values(), UNKNOWN, UNUSED)
"""Every rule that a finding may name, those on waivers included."""

_STEP = 100  # questions between two reports of progress


def run_rules(
    bank: Bank, *, drawn: Sequence[Question] = (), step: Callable[[float], None] | None = None
) -> Iterator[tuple[Rule, LintDiagnostic]]:
    """Hold a bank against every rule, question by question and then as a whole.

    ``drawn`` are questions as a quiz prints them, for the rule on where keys stand; ``step`` is told
    which share of the work is done (0 to 1).
    """
    items = items_of(bank)
    wholes = [rule for rule in RULES.values() if rule.scope == "whole"]
    rules = [rule for rule in RULES.values() if rule.scope != "whole"]
    for index, item in enumerate(items):
        for rule in rules:
            for diagnostic in rule.diagnostics(item):
                yield rule, diagnostic
        if step and index % _STEP == 0:
            step(0.8 * index / len(items))
    seen = Whole(bank, items, drawn)
    for index, rule in enumerate(wholes, start=1):
        for diagnostic in rule.check(seen):
            yield rule, diagnostic
        if step:
            step(0.8 + 0.2 * index / len(wholes))
