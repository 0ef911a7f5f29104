from msgspec.structs import replace

from quizgen.attempt import Attempt, Rules
from quizgen.model import Declaration
from quizgen.screen.page import draw_session_page
from quizgen.screen.rows import row_text
from quizgen.screen.scenes import press_key
from quizgen.screen.session import start_session
from quizgen.shapes import Fill
from quizgen.view.feedback import build_feedback_view
from quizgen.view.glossary import explain_words, explain_words_of_paper
from quizgen.view.question import QuestionView, build_question_views
from tests.banks import sample_quiz
from tests.exhibit_bank import JUDGED, exhibit_quiz

WORDS = {
    "crowns": {"en": "the money there"},
    "savings": {"en": "a bank for small sums", "zh-Hant": "小額存款"},
    "rown": {"en": "part of a word, never explained"},
}


def attempt(language: str = "en") -> Attempt:
    quiz = exhibit_quiz(language, *JUDGED)
    bank = replace(quiz.bank, declared=Declaration(glossary=WORDS))
    return Attempt(quiz=replace(quiz, bank=bank), started=0.0)


def all_explained(attempt: Attempt, *, is_answered: bool = False) -> list[str]:
    count = len(attempt.quiz.questions)
    found = (explain_words(attempt, index, is_answered=is_answered) for index in range(count))
    return [text for texts in found for text in texts]


def test_a_word_is_explained_once_where_it_is_first_used() -> None:
    assert sorted(all_explained(attempt(), is_answered=True)) == [
        "crowns: the money there",
        "savings: a bank for small sums",
    ]


def test_only_readers_who_may_not_know_a_word_are_told() -> None:
    assert all_explained(attempt("zh-Hans")) == []


def test_a_question_without_an_exhibit_explains_its_words_only_after_the_answer() -> None:
    """It may ask for the word."""
    quiz = sample_quiz("en")
    bank = replace(quiz.bank, declared=Declaration(glossary={"parcel": {"en": "a packet"}}))
    asked = Attempt(quiz=replace(quiz, bank=bank), started=0.0)
    assert explain_words(asked, 0, is_answered=False) == ()
    assert explain_words(asked, 0, is_answered=True) == ("parcel: a packet",)
    assert build_feedback_view(asked.answer(None, 0.0), 0).explained_words == ("parcel: a packet",)


def test_a_repeat_explains_no_word_again() -> None:
    assert all_explained(replace(attempt(), rules=Rules(is_practice=True))) == []


def test_screens_explain_words_if_there_is_room() -> None:
    taken = attempt()
    at = next(
        index
        for index in range(len(taken.quiz.questions))
        if "crowns: the money there" in explain_words(taken, index, is_answered=False)
    )
    for _question in range(at):
        taken = taken.answer(None, 0.0)
    session = start_session(taken, 0.0)

    def seen(width: int, height: int) -> str:
        return "\n".join(map(row_text, draw_session_page(session, width, height).rows))

    assert "crowns: the money there" in seen(80, 40)
    assert "crowns: the money there" in seen(120, 40)
    without = replace(taken, quiz=replace(taken.quiz, bank=replace(taken.quiz.bank, declared=Declaration())))
    low = [draw_session_page(start_session(each, 0.0), 40, 16) for each in (taken, without)]
    assert low[0].max_top == low[1].max_top
    feedback = press_key(session, "a", 1.0)
    rows = draw_session_page(feedback, 80, 40).rows
    assert "crowns: the money there" in "\n".join(map(row_text, rows))


def test_a_paper_explains_the_words_of_its_exhibits_but_none_that_it_asks_for() -> None:
    quiz = attempt().quiz
    views = build_question_views(quiz)
    explained = explain_words_of_paper(views)
    assert explained
    word = explained[0].partition(":")[0]
    asked = replace(quiz.questions[0], exhibit="", answer=Fill({"en": (word,)}))
    both = [*views, QuestionView(asked, quiz.bank, "en")]
    assert explain_words_of_paper(both) == explained[1:]
