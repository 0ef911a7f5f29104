"""Questions to ask an audience."""

from itertools import pairwise

from quizgen.text.languages import LANGUAGES
from quizgen.view.question import build_question_views
from quizgen.view.room import list_questions_to_ask_audience
from tests.banks import sample_quiz
from tests.exhibit_bank import exhibit_quiz


def test_each_question_has_something_to_ask_the_audience_without_repetition() -> None:
    assert len(list_questions_to_ask_audience(sample_quiz())) == 6
    for language in LANGUAGES:
        lines = list_questions_to_ask_audience(exhibit_quiz(), language)
        assert all(one != other for one, other in pairwise(lines))
    assert list_questions_to_ask_audience(exhibit_quiz(), "en") != list_questions_to_ask_audience(
        exhibit_quiz(), "zh-Hans"
    )


def test_a_hint_says_how_to_answer_if_it_is_not_obvious() -> None:
    one, several, *_ = build_question_views(sample_quiz())
    assert (one.room_hint, several.room_hint) == ("", "More than one is right.")
