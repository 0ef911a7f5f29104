"""Lessons: what a visitor should take home, in the files of a bank and in what is made of them."""

from pathlib import Path

import pytest

from quizgen.assemble import Recipe, assemble
from quizgen.bank import check_bank, read_bank
from quizgen.bank.yaml_form import bank_entries
from quizgen.model import Bank
from quizgen.view.question import build_question_views

TOPIC = """
topic: harbour
title: {en: The harbour}
lessons:
  - id: ring-first
    keep: {en: Smoke on a boat? Ring the bell.}
    do: {en: "Ring the bell, then stand back."}
    weight: 3
  - id: count-nets
    keep: {en: Count the nets at night.}
    do: {en: Count them twice.}
    audience: work
exhibits:
  - id: oil
    channel: sms
    genuine: false
    from: {en: The lighthouse}
    lines:
      - {who: sender, en: Pay for the oil of the lamp.}
      - {who: sender, en: It is dark soon.}
    signs:
      - {line: 1, words: {en: Pay}, reason: {en: The lamp costs nothing.}, facts: [lamp]}
questions:
  - id: smoke
    lesson: ring-first
    kind: single
    level: apply
    difficulty: 1
    stem: {en: Smoke rises from a boat. What now?}
    key: {en: Ring}
    distractors: [{en: Wait}, {en: Run}]
    rationale: {en: The bell wakes all.}
  - id: judge-oil
    lesson: count-nets
    kind: judge
    level: apply
    difficulty: 1
    exhibit: oil
"""
FACTS = """
facts:
  - {id: lamp, statement: {en: The lamp is free.}, cites: [q1], terms: [lamp]}
"""
SOURCES = """
sources:
  - id: gazette
    title: {en: Gazette}
    publisher: {en: Harbour}
    language: en
    passages:
      - {id: q1, digest: "%s"}
""" % ("0" * 64)


def write(folder: Path, topic: str = TOPIC, optional: str = "[facts]") -> Path:
    (folder / "bank.yaml").write_text(f"languages: [en]\noptional: {optional}\n", "utf-8")
    (folder / "harbour.yaml").write_text(topic + FACTS, "utf-8")
    (folder / "sources.yaml").write_text(SOURCES, "utf-8")
    return folder


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return read_bank([write(tmp_path)])


def test_a_question_says_what_its_lesson_says_unless_it_has_its_own(bank: Bank, tmp_path: Path) -> None:
    smoke = bank.questions["harbour/smoke"]
    assert (smoke.lesson, smoke.advice) == ("harbour/ring-first", {"en": "Ring the bell, then stand back."})
    topic = TOPIC.replace("  - id: smoke\n", "  - id: smoke\n    advice: {en: Shout.}\n    audience: work\n")
    own = read_bank([write(tmp_path, topic)]).questions["harbour/smoke"]
    assert (own.advice, own.audience) == ({"en": "Shout."}, "work")


def test_a_question_is_for_those_whom_its_lesson_is_for(bank: Bank) -> None:
    assert {id_: each.audience for id_, each in bank.questions.items()} == {
        "harbour/smoke": "everyone",
        "harbour/judge-oil": "work",
    }


def test_without_a_rationale_the_sign_that_decides_says_why(bank: Bank) -> None:
    quiz = assemble(bank, Recipe(questions=("harbour/judge-oil", "harbour/smoke")), 1, "en")
    assert [view.why for view in build_question_views(quiz)] == [
        "The lamp costs nothing.",
        "The bell wakes all.",
    ]


def test_a_quiz_keeps_the_lessons_of_its_questions_only(bank: Bank) -> None:
    quiz = assemble(bank, Recipe(questions=("harbour/smoke",)), 1, "en")
    assert list(quiz.bank.lessons) == ["harbour/ring-first"]


def test_json_has_lessons_and_the_lesson_of_each_question(bank: Bank) -> None:
    entries = bank_entries(bank)
    assert entries["lessons"][0] == {
        "id": "harbour/ring-first",
        "topic": "harbour",
        "keep": {"en": "Smoke on a boat? Ring the bell."},
        "do": {"en": "Ring the bell, then stand back."},
        "facts": (),
        "weight": 3,
        "audience": "everyone",
    }
    assert [each["lesson"] for each in entries["questions"]] == ["harbour/ring-first", "harbour/count-nets"]


def test_a_lesson_of_another_topic_is_named_with_its_topic(tmp_path: Path) -> None:
    write(tmp_path)
    other = TOPIC[TOPIC.index("questions:") :].partition("  - id: judge-oil")[0]
    other = "topic: pier\ntitle: {en: The pier}\n" + other
    (tmp_path / "pier.yaml").write_text(other.replace("lesson: ", "lesson: harbour/"), "utf-8")
    assert read_bank([tmp_path]).questions["pier/smoke"].lesson == "harbour/ring-first"


def test_a_bank_without_lessons_is_one(tmp_path: Path) -> None:
    topic = TOPIC.replace("lesson: ring-first", "draft: false").replace("lesson: count-nets", "draft: false")
    start, end = topic.index("lessons:"), topic.index("exhibits:")
    bank = read_bank([write(tmp_path, topic[:start] + topic[end:])])
    assert not bank.lessons
    assert {each.lesson for each in bank.questions.values()} == {""}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "lesson: ring-first",
            "lesson: ring-frst",
            "harbour.yaml:25:13: there is no lesson harbour/ring-frst; did you mean harbour/ring-first?",
        ),
        (
            "id: count-nets",
            "id: ring-first",
            "harbour.yaml:9:9: the id harbour/ring-first is already used on line 5; choose another",
        ),
        (
            "id: count-nets",
            "id: smoke",
            "harbour.yaml:24:9: the id harbour/smoke is already used on line 9; choose another",
        ),
        ("weight: 3", "weight: 4", "harbour.yaml:8:13: `4` is not a valid weight; there are 1, 2 and 3"),
        ("    weight: 3", "    facts: [lmp]", "harbour.yaml:8:13: there is no fact harbour/lmp"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, said: str
) -> None:
    monkeypatch.chdir(write(tmp_path, TOPIC.replace(old, new)))
    assert said in "\n".join(map(str, check_bank([Path()]).problems))


def test_a_lesson_needs_a_fact_where_its_topic_has_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = TOPIC.replace("    difficulty: 1\n", "    difficulty: 1\n    facts: [lamp]\n")
    monkeypatch.chdir(write(tmp_path, topic, optional="[]"))
    assert list(map(str, check_bank([Path()]).problems)) == [
        f"harbour.yaml:{line}:9: this lesson rests on no fact; add `facts` with the ids of those that it rests on"
        for line in (5, 9)
    ]


def test_a_lesson_whose_fact_is_a_draft_makes_its_questions_drafts(tmp_path: Path) -> None:
    topic = TOPIC.replace("    weight: 3", "    facts: [lamp]")
    folder = write(tmp_path, topic)
    (folder / "harbour.yaml").write_text(
        topic + FACTS.replace("{id: lamp,", "{id: lamp, draft: true,"), "utf-8"
    )
    bank = read_bank([folder])
    assert list(bank.lessons) == ["harbour/count-nets"]
    assert bank.drafts == ("harbour/smoke", "harbour/judge-oil")
