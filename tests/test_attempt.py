import pytest
from msgspec.structs import replace

from quizgen.attempt import Attempt, MarkedAnswer, Rules, Score
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


def asked_with_repeats(attempt: Attempt, marks: str) -> list[str]:
    """Take a quiz to its end. Return the index of each question asked, with ``r`` before it for a repeat."""
    attempt = replace(attempt, rules=Rules(repeat=True))
    asked = []
    while True:
        if (missed := attempt.next_repeat) is not None:
            asked.append(f"r{missed}")
            repeat = attempt.begin_repeat(missed, 50.0)
            attempt = attempt.end_repeat(repeat.answer(None, 60.0))
        elif attempt.question:
            wanted = marks[attempt.position]
            asked.append(str(attempt.position))
            attempt = attempt.answer(right(attempt.question) if wanted == "+" else None, 70.0)
        else:
            return asked


@pytest.mark.parametrize(
    ("marks", "asked"),
    [
        ("++++++", "0 1 2 3 4 5"),
        ("-+++++", "0 1 2 3 r0 4 5"),
        ("--++++", "0 1 2 3 r0 r1 4 5"),
        ("+++-++", "0 1 2 3 4 5 r3"),  # sooner, because no question is left
        ("++++--", "0 1 2 3 4 5 r4 r5"),
        ("+++++-", "0 1 2 3 4 5 r5"),  # after a page in between
        ("------", "0 1 2 3 r0 r1 r2 4 5"),  # at most three
        ("-+----", "0 1 2 3 r0 4 r2 r3 5"),
    ],
)
def test_a_missed_question_comes_back_later_but_not_at_once(marks: str, asked: str) -> None:
    assert asked_with_repeats(Attempt(quiz=sample_quiz(), started=0.0), marks) == asked.split()


@pytest.mark.parametrize(
    ("marks", "known"),
    [
        ("", None),
        ("--", None),
        ("-+-+", None),
        ("---", 3),  # there are at most three
        ("-----", 3),
        ("-+-+++", 2),
        ("++++++", 0),
    ],
)
def test_how_many_repeats_there_are_is_known_once_no_more_can_be_missed(
    marks: str, known: int | None
) -> None:
    assert replace(taken(marks), rules=Rules(repeat=True)).repeats_in_total == known


def test_a_repeat_does_not_count_for_the_score() -> None:
    attempt = replace(taken("-+++"), rules=Rules(repeat=True))
    repeat = attempt.begin_repeat(0, 150.0)
    assert (repeat.rules, repeat.total) == (Rules(is_practice=True), 1)
    assert repeat.question is not None
    after = attempt.end_repeat(repeat.answer(right(repeat.question), 160.0))
    assert (after.score(), after.repeat_score()) == (Score(3, 6), Score(1, 1))
    assert (after.position, after.next_repeat) == (4, None)
    with pytest.raises(ValueError, match="no question"):
        after.end_repeat(repeat)


def test_a_repeat_asks_the_question_of_the_repeat_quiz() -> None:
    quiz = sample_quiz()
    others = replace(quiz, questions=(quiz.questions[1], *quiz.questions[1:]))
    attempt = replace(taken("--"), repeat_quiz=others)
    assert [each.id for each in attempt.begin_repeat(0, 0.0).quiz.questions] == [quiz.questions[1].id]
    same = attempt.begin_repeat(1, 0.0).question
    assert same is not None
    assert (same.id, same == quiz.questions[1]) == (quiz.questions[1].id, False)  # reshuffled
    assert attempt.in_language("zh-Hans").begin_repeat(0, 0.0).quiz.language == "zh-Hans"
    assert replace(attempt, rules=Rules()).next_repeat is None


def test_practice_does_not_begin_with_the_question_seen_last() -> None:
    for seed in range(20):
        attempt = Attempt(quiz=sample_quiz(seed=seed), started=0.0)
        for _ in range(6):
            attempt = attempt.answer(None, 1.0)
        last = attempt.quiz.questions[-1].id
        assert attempt.practise_missed(2.0).quiz.questions[0].id != last
