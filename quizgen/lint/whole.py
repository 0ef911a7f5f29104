"""A rule on the question bank as a whole: which number its first step names."""

import re
from collections.abc import Iterator

from quizgen.lint.rule import LintDiagnostic, RuleList, Severity, WholeBank
from quizgen.text.messages import _

RULES = RuleList()


@RULES.rule(
    "emergency-number",
    Severity.NOTE,
    "whole",
    "this project",
    "The first step after a fraud names the number that sheets print below “Money gone?”.",
)
def check_number_of_first_step(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a question bank whose first step names other numbers than the help number with the role `emergency`.

    A poster, a leaflet or a card would send people whose money has gone to a number that cannot stop it.
    """
    bank = whole_bank.bank
    emergency = next(iter(bank.help_numbers_with_role("emergency")), None)
    step = next(iter(bank.statements_with_role("step")), None)
    if not emergency or not step:
        return
    said = [step.number, *step.head.values(), *step.text.values()]
    named = {
        each.number: each.id
        for each in bank.help.values()
        if any(re.search(rf"(?<!\d){re.escape(each.number)}(?!\d)", text) for text in said)
    }
    if named and emergency.number not in named:
        yield LintDiagnostic(
            "",
            (),
            _(
                "sheets print {number} below “Money gone?”, but the first step, {step}, names {others}",
                number=emergency.number,
                step=step.id,
                others=tuple(named),
            ),
            _("give the role emergency to the number that can stop the money"),
        )
