import pytest
from msgspec.structs import replace

from quizgen.attempt import Rules, Score
from quizgen.text.messages import _
from quizgen.view.history import AttemptView, build_attempt_view
from tests.banks import in_french
from tests.test_attempt import taken


def test_an_attempt_is_shown_in_the_language_asked_for() -> None:
    view = build_attempt_view(taken("++--"), "zh-Hans")
    assert view == AttemptView(
        started=taken("").started,
        finished=False,
        answered=4,
        score=Score(2, 6),
        topics=("包裹与费用", "陌生来电"),
        kiosk=False,
        is_practice=False,
        sort=_("Quiz"),
    )
    assert build_attempt_view(taken("++++++"), "en").finished


@pytest.mark.parametrize(
    ("rules", "sort"),
    [
        (Rules(repeat=True), "Quiz"),
        (Rules(daily="2026-11-28", unfold=True), "Five for today"),
        (Rules(review=True), "Review"),
        (Rules(feedback="end", quiz_seconds=600.0), "Exam"),
        (Rules(unfold=True), "Real or scam?"),
    ],
)
def test_an_attempt_says_what_sort_of_quiz_it_was(rules: Rules, sort: str) -> None:
    attempt = replace(taken("++"), rules=rules)
    assert build_attempt_view(attempt, "zh-Hans").sort.translated("en") == sort


def test_topics_in_another_language_than_the_readers_are_named_in_that() -> None:
    attempt = taken("++")
    french = replace(attempt, quiz=in_french(attempt.quiz))
    english = build_attempt_view(attempt, "en").topics
    assert build_attempt_view(french, "zh-Hans").topics == english
