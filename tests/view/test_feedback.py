import pytest

from quizgen.attempt import Attempt, Rules
from quizgen.shapes import Response
from quizgen.text.languages import LANGUAGES
from quizgen.view.feedback import AnswerResult, build_feedback_view, judge_response, list_response_parts
from quizgen.view.question import NamedText, build_question_view, build_quiz_view
from quizgen.view.results import TopicScore, build_results_view
from tests.banks import sample_quiz
from tests.exhibit_bank import HELP, judged

ONE, SEVERAL, TRUTH, MATCH, ORDER, FILL = range(6)
RIGHT: tuple[Response, ...] = tuple(
    question.answer.correct_response("en") for question in sample_quiz().questions
)


def taken(*responses: Response, **rules: object) -> Attempt:
    attempt = Attempt(quiz=sample_quiz(), started=0.0, rules=Rules(**rules))  # type: ignore[arg-type]
    for response in responses:
        attempt = attempt.answer(response, 1.0)
    return attempt


@pytest.mark.parametrize(
    ("index", "response", "verdict", "sign"),
    [
        (ONE, RIGHT[ONE], AnswerResult("right"), "✓"),
        (ONE, (0,), AnswerResult("wrong"), "✗"),
        (SEVERAL, (0,), AnswerResult("found-only", 1, 2), "✗"),
        (SEVERAL, (0, 1, 2), AnswerResult("found", 1, 2, 2), "✗"),
        (SEVERAL, (1,), AnswerResult("found", 0, 2, 1), "✗"),
        (MATCH, "1b", AnswerResult("wrong"), "✗"),  # a line of a file that is no answer
        (MATCH, (2, 1, 0), AnswerResult("partly", 1, 3), "✗"),
        (MATCH, (0, 1, 2), AnswerResult("partly", 0, 3), "✗"),
        (ORDER, (2, 1, 0), AnswerResult("partly", 1, 3), "✗"),
        (FILL, "Web Link", AnswerResult("right"), "✓"),
        (FILL, None, AnswerResult("skipped"), "–"),
    ],
)
def test_a_verdict_has_a_sign_and_counts_what_is_in_place(
    index: int, response: Response, verdict: AnswerResult, sign: str
) -> None:
    told = judge_response(sample_quiz().questions[index].answer, response)
    assert (told, told.symbol) == (verdict, sign)


def test_a_question_out_of_time_is_late_and_not_skipped() -> None:
    assert build_feedback_view(taken(None), 0, is_late=True).result.outcome == "late"
    assert build_feedback_view(taken(None), 0).result.outcome == "skipped"


def test_feedback_has_reasons_advice_and_sources() -> None:
    view = build_feedback_view(taken(RIGHT[ONE]), ONE).question
    assert view.rationale == "The office takes no fee in this way."
    assert view.advice == "Call the number that is printed on your card."
    assert view.citations == ("the harbour savings office, answer 1",)
    assert view.sources == ("Facts from “A talk at the market”, Harbour Gazette, 2020-03",)
    assert [(part.name, part.text) for part in view.right_answer_parts] == [("d", "Ask the office yourself")]


def test_an_answer_is_shown_without_saying_whether_it_is_right() -> None:
    attempt = taken((0,), None, feedback="end")
    assert [(part.name, part.text) for part in list_response_parts(attempt, 0)] == [
        ("a", "Pay, since the sum is small")
    ]
    assert list_response_parts(attempt, 1) == ()


def test_a_question_shows_progress_and_how_to_answer() -> None:
    view = build_question_view(taken(), MATCH)
    assert (view.number, view.total, view.topic_title, view.hint_id) == (
        4,
        6,
        "Strange callers",
        "hint-match",
    )
    assert [part.name for part in (*view.prompts, *view.options)] == ["1", "2", "3", "a", "b", "c"]
    assert build_question_view(taken(), TRUTH).hint_values == {"last": "f", "example": ""}


def test_a_quiz_says_which_rules_are_unusual() -> None:
    usual, exam = (
        build_quiz_view(taken()),
        build_quiz_view(taken(feedback="end", question_seconds=20, quiz_seconds=90)),
    )
    assert (usual.at_end, usual.question_time, usual.quiz_time) == (False, None, None)
    assert (exam.at_end, exam.question_time, exam.quiz_time) == (True, "0:20", "1:30")


def test_results_sum_up_by_topic_and_list_what_was_missed() -> None:
    view = build_results_view(taken(RIGHT[ONE], (0,), *RIGHT[2:]))
    assert (view.right, view.total, view.explained) == (5, 6, True)
    assert view.topics == (TopicScore("Parcels and fees", 2, 3), TopicScore("Strange callers", 3, 3))
    (missed,) = view.missed
    assert missed.feedback.question.stem == "Which are signs of a false notice?"
    assert missed.facts == ("Haste, secrecy and an odd link are the signs of a false notice.",)
    assert not build_results_view(taken(feedback="end")).explained


def test_advice_names_its_question() -> None:
    remember = build_results_view(taken(RIGHT[ONE], (0,), *RIGHT[2:])).remember
    assert [(each.number, each.about) for each in remember] == [(2, "Which are signs of a false notice?")]
    (alike,) = build_results_view(judged("-------")).remember  # whose advice is the same for all
    assert (alike.number, alike.about) == (1, "A text message from: 55500")
    several = build_results_view(taken(*[None] * 6)).remember
    assert len(several) == len({each.rule for each in several}) == 3


@pytest.mark.parametrize(
    ("right", "drawn"), [(0, ("", "░" * 8)), (1, ("█" * 4, "░" * 4)), (2, ("█" * 8, ""))]
)
def test_a_bar_has_the_length_of_its_share(right: int, drawn: tuple[str, str]) -> None:
    assert TopicScore("Topic", right, 2).bar_segments(8) == drawn


@pytest.mark.parametrize(
    ("marks", "counts", "begins"),
    [
        ("+++++++", "Scams stopped: 3 of 3. Genuine ones trusted: 4 of 4.", "Balanced: "),
        ("+-++++", "Scams stopped: 2 of 3. Genuine ones trusted: 3 of 3.", "Too trusting: "),
        ("-+++-++", "Scams stopped: 3 of 3. Genuine ones trusted: 2 of 4.", "Too suspicious: "),
        ("-++", "Scams stopped: 1 of 1. Genuine ones trusted: 1 of 2.", ""),  # too few to say so
        ("--", "Scams stopped: 0 of 1. Genuine ones trusted: 0 of 1.", ""),
        ("-s", "Genuine ones trusted: 0 of 1.", ""),
        ("s+", "Scams stopped: 1 of 1.", ""),
    ],
)
def test_verdicts_on_scams_and_genuine_exhibits_are_summed_up(marks: str, counts: str, begins: str) -> None:
    view = build_results_view(judged(marks)).detection
    assert view
    assert view.counts == counts
    assert view.words.startswith(begins)
    assert bool(view.words) == bool(begins)
    for language in LANGUAGES:
        said = build_results_view(judged(marks, language)).detection
        assert said
        assert bool(said.words) == bool(begins)


def test_without_verdicts_there_is_nothing_to_sum_up() -> None:
    assert build_results_view(judged("ss")).detection is None
    assert build_results_view(taken(RIGHT[ONE])).detection is None


def test_the_end_names_the_numbers_of_the_bank() -> None:
    assert build_results_view(judged("+")).help[0] == NamedText("110", "the constables: money has gone")
    assert next(part.text for part in build_results_view(judged("+", "zh-Hant")).help) == "警署：錢已經轉走"
    assert len(build_results_view(judged("+")).help) == len(HELP)
    assert build_results_view(taken(RIGHT[ONE])).help == ()
