"""The context of an exhibit: every interface shows it above the exhibit."""

import io
import json
import zipfile

import pytest
from msgspec.structs import replace

from quizgen.assemble import Recipe, all_questions, assemble
from quizgen.formats import formats_by_name
from quizgen.formats.records import make_quiz_export
from quizgen.model import Bank, Quiz
from quizgen.page import make_page_content
from quizgen.paper.design import QuizPaperDesign
from quizgen.paper.layouts.bilingual import BilingualDesign, print_bilingual
from quizgen.paper.layouts.handout import print_handout
from quizgen.paper.layouts.slides import SlidesDesign, print_slides
from quizgen.screen import lines
from quizgen.screen.exhibit import exhibit_rows
from quizgen.text.languages import LANGUAGES
from quizgen.view.question import build_question_views
from tests.exhibit_bank import EXHIBITS, JUDGED, exhibit_quiz
from tests.paper.exhibits import exhibit_bank
from tests.paper.layouts.test_handout import page_texts, squeezed

CONTEXT = {"en": "You tapped a link in a text.", "zh-Hans": "您点了短信里的链接。"}
SHOWN = {**CONTEXT, "zh-Hant": "您點了簡訊裡的連結。"}


def quiz_with_context(language: str = "en") -> Quiz:
    quiz = exhibit_quiz(language, *JUDGED)
    exhibits = {id_: replace(exhibit, context=CONTEXT) for id_, exhibit in EXHIBITS.items()}
    return replace(quiz, bank=replace(quiz.bank, exhibits=exhibits))


def printed_quiz(language: str = "en") -> tuple[Bank, Quiz]:
    """One question on each exhibit, of a bank whose exhibits all have a context."""
    bank = exhibit_bank()
    exhibits = {id_: replace(exhibit, context=CONTEXT) for id_, exhibit in bank.exhibits.items()}
    bank = replace(bank, exhibits=exhibits)
    asked = ("judge-sms", "judge-email", "judge-app")  # a slide has no room for the call
    return bank, assemble(bank, Recipe(questions=asked), 1, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_screens_show_the_context_above_the_exhibit(language: str) -> None:
    for view in build_question_views(quiz_with_context(language)):
        said = [(line.role, line.labelled_text) for line in lines.question_lines(view, language)]
        assert [role for role, _ in said[:4]] == ["question", "context", "exhibit", "said"]
        assert said[1][1] == SHOWN[language]
        first, *rest = ("".join(span.text for span in row) for row in exhibit_rows(view.exhibit, 60))
        assert first.strip() == SHOWN[language]
        assert SHOWN[language] not in "".join(rest)
        assert [line.text for line in lines.unfolding_question_lines(view, language)].count(
            SHOWN[language]
        ) == 1


def test_a_narrow_screen_shows_everything() -> None:
    view = build_question_views(quiz_with_context())[0]
    rows = ["".join(span.text for span in row) for row in exhibit_rows(view.exhibit, 20)]
    assert "You tapped a link in a text." in " ".join(row.strip() for row in rows)
    assert max(map(len, rows)) <= 20


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_sheets_print_the_context_once_for_each_exhibit(language: str) -> None:
    _, quiz = printed_quiz(language)
    design = QuizPaperDesign(answers="none")
    other = "en" if language != "en" else "zh-Hans"
    sheets = {
        "handout": print_handout(quiz, design).pdf,
        "bilingual": print_bilingual(quiz, other, BilingualDesign()),
        "slides": print_slides(quiz, SlidesDesign()),
    }
    for name, pdf in sheets.items():
        text = "".join(page_texts(pdf))
        times = 2 if name == "slides" else 1  # a slide asks, and another explains
        assert text.count(squeezed(SHOWN[language])) == times * len(quiz.questions), name


def test_formats_and_the_web_page_show_the_context() -> None:
    quiz = quiz_with_context()
    export = make_quiz_export(quiz)
    for format_ in formats_by_name("quiz").values():
        if any(format_.refusal_reasons(each) for each in export.questions):
            continue
        content = format_.write(export)
        if content[:2] == b"PK":
            archive = zipfile.ZipFile(io.BytesIO(content))
            content = b"".join(archive.read(name) for name in archive.namelist())
        if format_.name != "anki":
            assert CONTEXT["en"].encode() in content, format_.name
    record = make_page_content(quiz.bank, [quiz], LANGUAGES).record
    assert {json.dumps(record["texts"][each["exhibit"]["context"]]) for each in record["questions"]} == {
        json.dumps([SHOWN[tag] for tag in LANGUAGES])
    }


def test_a_quiz_of_all_questions_keeps_it() -> None:
    bank, _ = printed_quiz()
    assert all(each.context == CONTEXT for each in all_questions(bank, Recipe(), "en").bank.exhibits.values())
