"""docs/lint.md has every rule, with the text of the code, and its examples are run."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizgen.kinds import EXHIBIT_KINDS, KINDS
from quizgen.lint import ALL_RULES, RULES, Rule, run_rules
from quizgen.model import Bank, Exhibit, Fact, HelpNumber, Lesson, Line, Question, Sign, Source, Statement
from tests.banks import answer_to

PAGE = (Path(__file__).parents[2] / "docs" / "lint.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### ([a-z-]+)\n\n(.*?)(?=^### |\Z)", PAGE, re.MULTILINE | re.DOTALL))
REASON = {
    "en": "The keeper wrote this down in his notes, and gave a reason.",
    "zh-Hans": "守灯人在笔记里写下了缘由。",
}
REPEATS = 30  # an example for the bank as a whole stands for so many questions
OF_MANY = {"exhibits-lean"}


def examples(rule: str) -> list[dict[str, Any]]:
    """What a rule finds, and what it leaves alone, each as parts of a bank."""
    blocks = re.findall(r"```yaml\n(.*?)```", SECTIONS[rule], re.DOTALL)
    loaded = [yaml.safe_load(block) for block in blocks]
    return [parts(each) for each in loaded]


def parts(example: Any) -> dict[str, Any]:
    if isinstance(example, list):
        return {"questions": example}
    return example if {"questions", "exhibits", "statements"} & example.keys() else {"questions": [example]}


def question(entry: dict[str, Any], number: int, exhibit: Exhibit | None = None) -> Question:
    kind = KINDS[entry.get("kind", "single")]
    return Question(
        id=f"docs/q{number}",
        topic="docs",
        kind=kind.name,
        level=entry.get("level", "recall"),
        difficulty=1,
        facts=("docs/fact",),
        stem=entry["stem"] if exhibit is None else EXHIBIT_KINDS[kind.name].default_stem(exhibit),
        answer=answer_to(entry, exhibit),
        rationale=entry.get("rationale", REASON),
        advice=entry.get("advice", {}),
        audience=entry.get("audience", "everyone"),
        exhibit=exhibit.id if exhibit else "",
        enemies=tuple(f"docs/{enemy}" for enemy in entry.get("enemies", ())),
        lesson=f"docs/{entry['lesson']}" if "lesson" in entry else "",
    )


def exhibit_of(entry: dict[str, Any], number: int) -> Exhibit:
    lines = tuple(Line(line.pop("who"), line) for line in map(dict, entry["lines"]))
    signs = tuple(
        Sign(each["line"], each["words"], each["reason"], ("docs/fact",)) for each in entry["signs"]
    )
    return Exhibit(
        f"docs/{entry['id']}{number or ''}", "docs", entry["channel"], entry["genuine"], entry["from"], lines, signs,
        f"docs/{entry['twin']}" if "twin" in entry else "",
    )  # fmt: skip


def bank_of(example: dict[str, Any], times: int = 1) -> Bank:
    exhibits = [exhibit_of(each, number) for number in range(times) for each in example.get("exhibits", ())]
    lessons = [
        Lesson(f"docs/{each['id']}", "docs", each["keep"], each["do"]) for each in example.get("lessons", ())
    ]
    bank = Bank(
        {}, {}, {}, {}, {each.id: each for each in exhibits}, lessons={each.id: each for each in lessons}
    )
    for each in example.get("facts", ()):
        cites = tuple(each.get("cites", ()))
        bank.facts[f"docs/{each['id']}"] = Fact(f"docs/{each['id']}", "docs", each["statement"], cites, ())
    for each in example.get("sources", ()):
        bank.sources[each["id"]] = Source(each["id"], {}, {}, "en", (), basis=each["basis"])
    for each in example.get("help", ()):
        bank.help[each["id"]] = HelpNumber(
            each["id"], "docs", each["number"], each["for"], role=each.get("role", "")
        )
    for each in example.get("statements", ()):
        bank.statements[each["id"]] = Statement(each["id"], each["role"], each["text"])
    for number, entry in enumerate(example.get("questions", []) * times):
        made = question(entry, number, bank.exhibits.get(f"docs/{entry.get('exhibit')}"))
        bank.questions[made.id] = made
    return bank


def fired(example: dict[str, Any], rule: Rule) -> set[str]:
    size = max(len(example.get(name, ())) for name in ("questions", "exhibits"))
    times = REPEATS // size if rule.id in OF_MANY else 1
    bank = bank_of(example, times)
    return {found.id for found, _ in run_rules(bank)} - ({"near-duplicate"} if times > 1 else set())


def test_the_page_has_every_rule_in_order() -> None:
    assert list(SECTIONS) == [rule.id for rule in ALL_RULES]


def test_the_page_says_what_the_rules_say() -> None:
    for rule in ALL_RULES:
        section = SECTIONS[rule.id]
        assert section.startswith(f"{str(rule.severity).capitalize()}. {rule.asks}")
        if rule.id in RULES:
            assert " ".join((rule.check.__doc__ or "?").split()) in section
            assert f"Source: {rule.reference}.\n" in section


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_the_examples_are_found_and_left_alone(rule: Rule) -> None:
    bad, good = examples(rule.id)
    assert rule.id in fired(bad, rule)
    assert fired(good, rule) == set()


def test_references_are_listed() -> None:
    sources = PAGE.partition("## Sources")[2].partition("## Rules")[0]
    names = [name for rule in RULES.values() for name in re.findall(r"[A-Z][\w/]+", rule.reference)[:1]]
    assert [name for name in names if name not in sources] == []
