import pytest
from msgspec.structs import replace

from quizgen.attempt import Attempt, Rules, Score
from quizgen.detection import Detection
from quizgen.model import Declaration
from quizgen.rush import rush_rules
from quizgen.text.messages import _
from quizgen.view.history import (
    AttemptView,
    ExhibitVerdicts,
    TopicProgress,
    build_attempt_view,
    list_exhibit_verdicts,
    list_topic_progress,
    summarise_history,
)
from tests.banks import in_french
from tests.exhibit_bank import exhibit_quiz, judged
from tests.test_attempt import taken


def test_an_attempt_is_shown_in_the_language_asked_for() -> None:
    view = build_attempt_view(taken("++--"), "zh-Hans")
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
        is_practice=False,
        sort=_("Quiz"),
        bank="",
    )
    assert build_attempt_view(taken("++++++"), "en").finished


@pytest.mark.parametrize(
    ("rules", "sort"),
    [
        (Rules(repeat=True), "Quiz"),
        (rush_rules(), "Rush"),
        (Rules(daily="2026-11-28", unfold=True), "Five for today"),
        (Rules(review=True), "Review"),
        (Rules(feedback="end", quiz_seconds=600.0), "Exam"),
        (Rules(unfold=True), "Real or scam?"),
    ],
)
def test_an_attempt_says_what_sort_of_quiz_it_was_and_of_which_bank(rules: Rules, sort: str) -> None:
    attempt = replace(taken("++"), rules=rules)
    bank = replace(attempt.quiz.bank, declared=Declaration(title={"en": "Harbour", "zh-Hans": "港口"}))
    view = build_attempt_view(replace(attempt, quiz=replace(attempt.quiz, bank=bank)), "zh-Hans")
    assert (view.sort.translated("en"), view.bank) == (sort, "港口")


def views(*attempts: Attempt) -> list[AttemptView]:
    return [build_attempt_view(attempt, "en") for attempt in attempts]


def only_parcels(attempt: Attempt) -> Attempt:
    quiz = replace(attempt.quiz, questions=attempt.quiz.questions[:2])
    return replace(attempt, quiz=quiz, answers=attempt.answers[:2])


def test_progress_has_gaps_for_attempts_without_a_topic() -> None:
    progress = list_topic_progress(views(taken("------"), only_parcels(taken("++++++")), taken("++++")), "en")
    assert progress == (
        TopicProgress("All", (Score(0, 6), Score(2, 2))),
        TopicProgress("Parcels and fees", (Score(0, 3), Score(2, 2))),
        TopicProgress("Strange callers", (Score(0, 3), None)),
    )
    assert [each.right_shares for each in progress] == [(0.0, 1.0), (0.0, 1.0), (0.0, None)]


def test_one_attempt_shows_no_progress() -> None:
    assert list_topic_progress(views(taken("++++++"), taken("+")), "en") == ()


def test_verdicts_come_from_finished_attempts_that_have_some() -> None:
    begun = Attempt(quiz=exhibit_quiz(), started=3.0).answer((0,), 4.0)
    seen = list_exhibit_verdicts(
        views(judged("+-", started=1.0), taken("++++++"), begun, judged("s"), judged("-", started=5.0))
    )
    assert seen == (ExhibitVerdicts(1.0, Detection(1, 0, 1, 1)), ExhibitVerdicts(5.0, Detection(0, 0, 1, 0)))
    assert [(each.share_of_scams_recognised, each.share_of_genuine_recognised) for each in seen] == [
        (0.0, 1.0),
        (None, 0.0),
    ]
    assert list_exhibit_verdicts(views(judged("+-"), taken("++++++"))) == ()


def test_topics_in_another_language_than_the_readers_are_named_in_that() -> None:
    attempt = taken("++")
    french = replace(attempt, quiz=in_french(attempt.quiz))
    english = build_attempt_view(attempt, "en").topics
    assert build_attempt_view(french, "zh-Hans").topics == english


def test_a_summary_compares_the_latest_quizzes_with_those_before() -> None:
    def trends(*marks: str) -> list[str]:
        return [topic.trend for topic in summarise_history(views(*map(taken, marks)), 1, 1, 0.0).topics]

    assert trends("++++++") == ["", ""]
    assert trends(*["------"] * 10, *["++++++"] * 10) == ["better", "better"]
    assert trends(*["++++++"] * 10, *["------"] * 10) == ["worse", "worse"]
    assert trends(*["++++++"] * 20) == ["same", "same"]


def test_only_finished_quizzes_of_ones_own_count_in_a_summary() -> None:
    attempts = [taken("++++++"), taken("--"), replace(taken("------"), kiosk=True)]
    summary = summarise_history(views(*attempts), 1, 1, taken("").started + 60)
    assert (summary.quizzes, summary.recent_share) == (1, 1.0)
    assert summarise_history(views(*attempts), 1, 1, taken("").started + 8 * 86400).recent_share is None
