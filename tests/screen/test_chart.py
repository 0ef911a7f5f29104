from msgspec.structs import replace
from rich.cells import cell_len

from quizgen.attempt import Attempt
from quizgen.screen.chart import chart
from quizgen.view.history import view_progress
from tests.test_attempt import taken


def history(*marks: str) -> list[Attempt]:
    return [taken(each) for each in marks]


def test_there_is_no_chart_of_less_than_two_finished_attempts() -> None:
    assert chart(view_progress(history("++++++", "+++"), "en"), 80) == []


def test_a_row_for_all_and_for_each_topic_with_the_latest_share() -> None:
    assert chart(view_progress(history("------", "+-++--", "++++++"), "en"), 80) == [
        "All               ▁▅█  100%",
        "Parcels and fees  ▁▃█  100%",
        "Strange callers   ▁▆█  100%",
    ]


def test_an_attempt_that_did_not_come_to_a_topic_is_a_gap() -> None:
    whole = taken("++++++")
    only = replace(whole, quiz=replace(whole.quiz, questions=whole.quiz.questions[:2]), given=whole.given[:2])
    assert chart(view_progress([whole, only, whole], "en"), 80)[2] == "Strange callers   █ █  100%"


def test_the_latest_that_fit_are_drawn_and_chinese_keeps_the_columns() -> None:
    rows = chart(view_progress(history(*["------"] * 100, "++++++"), "zh-Hans"), 40)
    assert {cell_len(row) for row in rows} == {40}
    assert all(row.endswith("▁█  100%") for row in rows)
