import re
from typing import get_args, get_type_hints

import pytest
from msgspec.structs import replace

from quizgen.assemble import Recipe, assemble
from quizgen.errors import QuizgenError
from quizgen.files import shipped_folder
from quizgen.page import content, make_page_content
from quizgen.shapes import Fill
from quizgen.text.languages import LANGUAGES
from quizgen.view.exhibit import TextRun
from quizgen.view.feedback import AnswerResult
from tests.banks import in_french, sample_quiz, town_bank
from tests.formats.quizzes import every_kind
from tests.page.pages import drawn_page


def test_a_question_names_the_language_of_its_texts() -> None:
    quiz = every_kind()
    assert "written" not in make_page_content(quiz.bank, [quiz], LANGUAGES).record
    french = in_french(quiz)
    assert make_page_content(french.bank, [french], LANGUAGES).record["written"] == ["fr"] * 3
    # Nor does the page speak what the bank is in.
    own = replace(french, language="fr")
    record = make_page_content(own.bank, [own], ("fr", "zh-Hans")).record
    assert (record["written"], record["spoken"]) == (["fr", "fr"], ["en", "zh-Hans"])
    assert record["entitled"] == ["en", "zh-Hans"]
    assert record["languages"][0] == {"tag": "fr", "name": "Français"}


def test_each_text_is_stored_once_in_each_language() -> None:
    record = drawn_page(10, 20).record
    texts = [str(each) for each in record["texts"]]
    assert len(set(texts)) == len(texts)
    assert all(isinstance(each, str) or len(each) == len(LANGUAGES) for each in record["texts"])
    assert [quiz["seed"] for quiz in record["quizzes"]] == list(range(20))
    asked = {item["of"] for quiz in record["quizzes"] for item in quiz["items"]}
    asked |= {item["of"] for day in record["days"] for item in day}
    asked |= {each["twin"]["of"] for each in record["questions"] if "twin" in each}
    assert asked == set(range(len(record["questions"])))


def test_a_twin_that_is_asked_once_more_says_why_and_what_to_do_and_names_its_sources() -> None:
    bank = town_bank()
    quiz = assemble(bank, Recipe(questions=("harbour/judge-false-office-mail",)), 1, "en")
    record = make_page_content(bank, [quiz], ("en",)).record
    asked = {item["of"] for item in record["quizzes"][0]["items"]}
    twins = {each["twin"]["of"] for each in record["questions"] if "twin" in each} - asked
    assert twins
    for twin in twins:
        own = record["questions"][twin]
        assert own["cites"]
        assert {"why", "advice"} <= own.keys()


def test_the_page_has_questions_as_they_are_printed() -> None:
    quiz = every_kind()
    record = make_page_content(quiz.bank, [quiz], ("en", "zh-Hant")).record
    said = [each if isinstance(each, str) else each[0] for each in record["texts"]]
    for question, item in zip(quiz.questions, record["quizzes"][0]["items"], strict=True):
        own = record["questions"][item["of"]]
        assert said[own["stem"]] == question.stem["en"]
        assert said[own["why"]] == question.rationale["en"]
        assert ("advice" in own) == bool(question.advice)
        assert own.get("genuine") == (
            quiz.bank.exhibits[question.exhibit].genuine if question.kind == "judge" else None
        )
        if question.answer.takes_words:
            assert {"link", "links", "web link", "网址", "链接"} <= {*own["taken"]}
            assert {"link", "网址", "连结", "链接"} <= {*own["simplified"]}  # as Taiwan says it, too
            continue
        groups = [item["prompts"], item["options"]] if "prompts" in item else [item["options"]]
        texts = [[said[number] for number in group] for group in groups]
        assert texts == [[text["en"] for text in group] for group in question.answer.text_groups()]
        assert item["key"] == question.answer.correct_response("en")
    assert record["traditional"]["網"] == "网"


def test_only_messages_of_the_script_are_included() -> None:
    script = (shipped_folder("templates") / "page.js").read_text(encoding="utf-8")
    asked = set(re.findall(r'"((?:page|app|take|detection)\.[a-z-]+)"', script))
    known = set(drawn_page(10, 1, languages=("en",)).record["messages"])
    assert asked <= known
    made = {id_ for id_ in known if id_.startswith("page.hint-")} | {"page.up", "page.down"}
    made |= {f"{id_}-one" for id_ in asked}
    made |= {f"app.{name}" for name in get_args(get_type_hints(AnswerResult)["outcome"])}
    assert known - asked - made == set()


def test_deciding_words_are_separate_pieces() -> None:
    words = (TextRun("pay ", is_telltale=True), TextRun("now", is_telltale=True), TextRun(", please"))
    assert content._split_at_telltale_words(words) == ("", "pay now", ", please")
    assert content._split_at_telltale_words((TextRun("a "), TextRun("fee", is_telltale=True))) == (
        "a ",
        "fee",
    )
    assert content._split_at_telltale_words((TextRun("a "), TextRun("fee"))) == "a fee"


def test_a_question_that_a_page_cannot_ask_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    quiz = sample_quiz()
    monkeypatch.setattr(Fill, "hint_id", "hint-sung")
    with pytest.raises(QuizgenError, match="parcels/odd-part: a web page has no way to answer the kind fill"):
        make_page_content(quiz.bank, [quiz], ("en",))
    others = replace(quiz, questions=quiz.questions[:5])
    assert len(make_page_content(quiz.bank, [others], ("en",)).record["questions"]) == 5


def test_a_question_on_a_line_says_too_whether_its_call_is_genuine_but_counts_no_verdict() -> None:
    bank = town_bank()
    quiz = assemble(bank, Recipe(count=3, kinds=("spot",)), 1, "en")
    record = make_page_content(bank, [quiz], ("en",)).record
    for item, question in zip(record["quizzes"][0]["items"], quiz.questions, strict=True):
        asked = record["questions"][item["of"]]
        assert asked["isGenuine"] == bank.exhibits[question.exhibit].genuine
        assert "genuine" not in asked
