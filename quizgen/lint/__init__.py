"""The lint rules: they check how well the questions of a question bank are written.

Each rule is a small function that checks a question or the whole bank. A module has the rules on one subject, in its
list ``RULES``. ``docs/lint.md`` explains each rule with an example that it reports and one that it does not.
"""

from collections.abc import Callable, Iterator

from quizgen.lint.rule import LintDiagnostic, Rule, Severity, WholeBank
from quizgen.lint.views import make_lint_items
from quizgen.lint.waivers import UNKNOWN, UNUSED, Waiver, apply_waivers
from quizgen.model import Bank
from quizgen.registry import collect_entries

__all__ = ["ALL_RULES", "RULES", "LintDiagnostic", "Rule", "Severity", "Waiver", "apply_waivers", "run_rules"]

RULES: dict[str, Rule] = collect_entries(__name__, __path__, "RULES", lambda rule: rule.id)
"""All rules by id, in the order of the docs."""

ALL_RULES = (*RULES.values(), UNKNOWN, UNUSED)
"""All rules that a finding may name, with those about waivers."""

_ITEMS_PER_REPORT = 100  # questions between two reports of progress


def run_rules(
    bank: Bank, *, on_progress: Callable[[float], None] | None = None
) -> Iterator[tuple[Rule, LintDiagnostic]]:
    """Check a question bank against all rules. Yield each diagnostic with its rule.

    ``on_progress`` is called with the share of the work that is done, from 0 to 1.
    """
    items = make_lint_items(bank)
    wholes = [rule for rule in RULES.values() if rule.scope == "whole"]
    rules = [rule for rule in RULES.values() if rule.scope != "whole"]
    for index, item in enumerate(items):
        for rule in rules:
            for diagnostic in rule.check_item(item):
                yield rule, diagnostic
        if on_progress and index % _ITEMS_PER_REPORT == 0:
            on_progress(0.8 * index / len(items))
    seen = WholeBank(bank, items)
    for index, rule in enumerate(wholes, start=1):
        for diagnostic in rule.check(seen):
            yield rule, diagnostic
        if on_progress:
            on_progress(0.8 + 0.2 * index / len(wholes))
