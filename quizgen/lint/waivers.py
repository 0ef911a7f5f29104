"""Waivers: a question may break a rule for a reason that its author gives."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from quizgen.lint.rule import RULES, Flaw, Rule, Severity

UNKNOWN = Rule(
    "waiver-unknown",
    Severity.ERROR,
    "waiver",
    "this project",
    "A waiver names a rule that there is.",
    lambda _: (),
)
UNUSED = Rule(
    "waiver-unused",
    Severity.WARNING,
    "waiver",
    "this project",
    "A waiver is there as long as its rule fires, and no longer.",
    lambda _: (),
)


def judge(
    found: Iterable[tuple[Rule, Flaw]], waivers: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[Rule, Flaw, str]]:
    """Give every finding with the reason that waives it ("" where none does), then what is wrong with waivers.

    ``waivers`` are, for each question that has any, its reasons by rule id. What is between two questions
    is waived on either of them.
    """
    used = set()
    for rule, flaw in found:
        reason = ""
        for side in filter(None, (flaw, flaw.mirror)):
            if own_reason := waivers.get(side.question, {}).get(rule.id):
                used.add((side.question, rule.id))
                reason = reason or own_reason
        yield rule, flaw, reason
    for question, own in waivers.items():
        for id_ in own:
            path = ("waive", id_)
            if id_ not in RULES:
                near = get_close_matches(id_, RULES, n=1)
                hint = f"did you mean {near[0]}?" if near else "docs/lint.md lists the rules"
                yield UNKNOWN, Flaw(question, path, f"there is no rule {id_} to waive", hint), ""
            elif (question, id_) not in used:
                yield (
                    UNUSED,
                    Flaw(question, path, f"{id_} does not fire here any more", "take the waiver out"),
                    "",
                )
