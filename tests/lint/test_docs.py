"""The docs page has every rule, says of it what the code says, and its examples are run."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizgen.assemble import arrange
from quizgen.kinds import KINDS
from quizgen.lint import ALL_RULES, RULES, Rule, run_rules
from quizgen.model import Bank, Fact, Question, Topic

PAGE = (Path(__file__).parents[2] / "docs" / "lint.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### ([a-z-]+)\n\n(.*?)(?=^### |\Z)", PAGE, re.MULTILINE | re.DOTALL))
REASON = {
    "en": "The keeper wrote this down in his notes, and gave a reason.",
    "zh-Hans": "守灯人在笔记里写下了缘由。",
}
REPEATS = 30  # an example for the bank as a whole stands for so many questions


def examples(rule: str) -> list[list[dict[str, Any]]]:
    """What a rule finds, and what it leaves alone, each as a list of questions."""
    blocks = re.findall(r"```yaml\n(.*?)```", SECTIONS[rule], re.DOTALL)
    loaded = [yaml.safe_load(block) for block in blocks]
    return [each if isinstance(each, list) else [each] for each in loaded]


def question(entry: dict[str, Any], number: int) -> Question:
    kind = entry.get("kind", "single")
    return Question(
        id=f"docs/q{number}",
        topic="docs",
        kind=kind,
        level=entry.get("level", "recall"),
        difficulty=1,
        facts=("docs/fact",),
        stem=entry["stem"],
        answer=KINDS[kind].answer_of(entry),
        rationale=entry.get("rationale", REASON),
        advice=entry.get("advice", {}),
    )


def fired(entries: list[dict[str, Any]], rule: Rule) -> set[str]:
    times = (
        REPEATS // len(entries) if rule.scope == "whole" and rule.id.endswith(("overall", "balance")) else 1
    )
    questions = [question(entry, number) for number, entry in enumerate(entries * times)]
    bank = Bank({}, {}, {}, {each.id: each for each in questions})
    return {found.id for found, _ in run_rules(bank)} - ({"near-duplicate"} if times > 1 else set())


def test_the_page_has_every_rule_in_order() -> None:
    assert list(SECTIONS) == [rule.id for rule in ALL_RULES]


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_the_page_says_what_the_rule_says(rule: Rule) -> None:
    section = SECTIONS[rule.id]
    assert section.startswith(f"{str(rule.severity).capitalize()}. {rule.asks}")
    if rule.id in RULES:
        assert " ".join((rule.check.__doc__ or "?").split()) in section
        assert f"Source: {rule.reference}.\n" in section


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES.values() if rule.id != "key-position"], ids=lambda rule: rule.id
)
def test_the_examples_are_found_and_left_alone(rule: Rule) -> None:
    bad, good = examples(rule.id)
    assert rule.id in fired(bad, rule)
    assert fired(good, rule) == set()


def test_key_position_watches_the_quiz() -> None:
    entry = examples("few-distractors")[1][0]
    questions = [question(entry, number) for number in range(30)]
    bank = Bank({}, {}, {}, {each.id: each for each in questions})
    assert "key-position" in {
        rule.id for rule, _ in run_rules(bank, drawn=questions)
    }  # keys first, as in the file
    bank.topics["docs"] = Topic("docs", {})
    bank.facts["docs/fact"] = Fact("docs/fact", "docs", {}, (), ())
    drawn = arrange(bank, questions, 0, "en").questions
    assert "key-position" not in {rule.id for rule, _ in run_rules(bank, drawn=drawn)}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_reference_is_listed(rule: Rule) -> None:
    sources = PAGE.partition("## Sources")[2].partition("## Rules")[0]
    for name in re.findall(r"[A-Z][\w/]+", rule.reference)[:1]:
        assert name in sources
