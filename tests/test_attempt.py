import pytest

from quizgen.attempt import Attempt, MarkedAnswer, Score
from quizgen.model import Question
from quizgen.shapes import Response
from tests.banks import FACTS, QUESTIONS, sample_quiz


def right(question: Question) -> Response:
    return question.answer.correct_response("en")


def taken(marks: str) -> Attempt:
    """The sample quiz, begun at 100.0 and answered every ten seconds: right (+) or skipped (-)."""
    attempt = Attempt(quiz=sample_quiz(), started=100.0)
    for index, wanted in enumerate(marks, start=1):
        assert attempt.question is not None
        attempt = attempt.answer(right(attempt.question) if wanted == "+" else None, 100.0 + 10 * index)
    return attempt


def test_a_finished_attempt_takes_no_more_answers() -> None:
    attempt = taken("++++++")
    assert attempt.question is None
    with pytest.raises(ValueError, match="every question"):
        attempt.answer(None, 0.0)


def test_an_attempt_begins_at_the_first_question_with_nothing_done() -> None:
    attempt = Attempt(quiz=sample_quiz(), started=100.0)
    assert attempt.question == attempt.quiz.questions[0]
    assert (attempt.position, attempt.total, attempt.finished_at) == (0, 6, None)
    assert attempt.score() == Score(right=0, total=6)
    assert attempt.missed_questions() == ()


def test_answering_returns_a_new_attempt_with_mark_and_time() -> None:
    before = Attempt(quiz=sample_quiz(), started=100.0)
    after = before.answer((0,), 105.5)
    assert before.answers == ()
    assert after.answers == (MarkedAnswer("parcels/customs-text", (0,), right=False, at=105.5),)
    assert after.question == after.quiz.questions[1]


def test_only_the_last_answer_finishes() -> None:
    assert taken("+++++").finished_at is None
    assert taken("+++++-").finished_at == 160.0


def test_scores_count_the_whole_and_each_topic_in_the_order_of_the_quiz() -> None:
    attempt = taken("+-++--")
    assert attempt.score() == Score(right=3, total=6)
    assert list(attempt.score_by_topic().items()) == [
        ("parcels", Score(right=1, total=3)),
        ("callers", Score(right=2, total=3)),
    ]


def test_an_unfinished_attempt_is_scored_over_all_its_questions() -> None:
    assert taken("+").score() == Score(right=1, total=6)
    assert taken("+").score_by_topic()["callers"] == Score(right=0, total=3)


def test_missed_questions_come_with_their_facts() -> None:
    missed = taken("+++-++").missed_questions()
    assert [(question.id, facts) for question, facts in missed] == [
        ("callers/who-does-what", (FACTS["callers/code"], FACTS["callers/steps"]))
    ]


def test_questions_not_reached_are_not_missed() -> None:
    assert [question.id for question, _ in taken("+-").missed_questions()] == ["parcels/signs"]


def test_right_answers_of_the_sample_are_right() -> None:
    assert all(question.answer.mark_response(right(question)).right for question in QUESTIONS.values())
