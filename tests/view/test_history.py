from msgspec.structs import replace

from quizgen.attempt import Attempt, Score
from quizgen.detection import Detection
from quizgen.view.history import AttemptView, Progress, Verdicts, view_attempt, view_progress, view_verdicts
from tests.banks import in_french
from tests.exhibit_bank import exhibit_quiz, judged
from tests.test_attempt import taken


def test_an_attempt_is_shown_in_the_language_asked_for() -> None:
    view = view_attempt(taken("++--"), "zh-Hans")
    assert view == AttemptView(
        started=taken("").started,
        finished=False,
        answered=4,
        score=Score(2, 6),
        language="en",
        seed=7,
        topics={"parcels": "包裹与费用", "callers": "陌生来电"},
        by_topic={"parcels": Score(2, 3), "callers": Score(0, 3)},
        detection=Detection(0, 0, 0, 0),
        kiosk=False,
        again=False,
    )
    assert view_attempt(taken("++++++"), "en").finished


def views(*attempts: Attempt) -> list[AttemptView]:
    return [view_attempt(attempt, "en") for attempt in attempts]


def only_parcels(attempt: Attempt) -> Attempt:
    quiz = replace(attempt.quiz, questions=attempt.quiz.questions[:2])
    return replace(attempt, quiz=quiz, answers=attempt.answers[:2])


def test_progress_has_gaps_for_attempts_without_a_topic() -> None:
    progress = view_progress(views(taken("------"), only_parcels(taken("++++++")), taken("++++")), "en")
    assert progress == (
        Progress("All", (Score(0, 6), Score(2, 2))),
        Progress("Parcels and fees", (Score(0, 3), Score(2, 2))),
        Progress("Strange callers", (Score(0, 3), None)),
    )
    assert [each.shares for each in progress] == [(0.0, 1.0), (0.0, 1.0), (0.0, None)]


def test_one_attempt_shows_no_progress() -> None:
    assert view_progress(views(taken("++++++"), taken("+")), "en") == ()


def test_verdicts_come_from_finished_attempts_that_have_some() -> None:
    begun = Attempt(quiz=exhibit_quiz(), started=3.0).answer((0,), 4.0)
    seen = view_verdicts(
        views(judged("+-", started=1.0), taken("++++++"), begun, judged("s"), judged("-", started=5.0))
    )
    assert seen == (Verdicts(1.0, Detection(1, 0, 1, 1)), Verdicts(5.0, Detection(0, 0, 1, 0)))
    assert [(each.stopped, each.trusted) for each in seen] == [(0.0, 1.0), (None, 0.0)]
    assert view_verdicts(views(judged("+-"), taken("++++++"))) == ()


def test_topics_in_another_language_than_the_readers_are_named_in_that() -> None:
    attempt = taken("++")
    french = replace(attempt, quiz=in_french(attempt.quiz))
    english = view_attempt(attempt, "en").topics
    assert view_attempt(french, "zh-Hans").topics == english
