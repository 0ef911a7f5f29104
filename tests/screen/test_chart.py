import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from quizgen.screen.chart import draw_progress_chart, draw_verdict_chart
from quizgen.text.languages import LANGUAGES
from quizgen.view.history import AttemptView, build_attempt_view, list_exhibit_verdicts, list_topic_progress
from tests.exhibit_bank import judged
from tests.test_attempt import taken


def history(*marks: str, language: str = "en") -> list[AttemptView]:
    return [build_attempt_view(taken(each), language) for each in marks]


def test_there_is_no_chart_of_less_than_two_finished_attempts() -> None:
    assert draw_progress_chart(list_topic_progress(history("++++++", "+++"), "en"), 80) == []


def test_a_row_for_all_and_for_each_topic_with_the_latest_share() -> None:
    assert draw_progress_chart(list_topic_progress(history("------", "+-++--", "++++++"), "en"), 80) == [
        "All               ▁▅█  100%",
        "Parcels and fees  ▁▃█  100%",
        "Strange callers   ▁▆█  100%",
    ]


def test_an_attempt_that_did_not_come_to_a_topic_is_a_gap() -> None:
    whole = taken("++++++")
    only = replace(
        whole, quiz=replace(whole.quiz, questions=whole.quiz.questions[:2]), answers=whole.answers[:2]
    )
    assert (
        draw_progress_chart(
            list_topic_progress([build_attempt_view(each, "en") for each in (whole, only, whole)], "en"), 80
        )[2]
        == "Strange callers   █ █  100%"
    )


def test_a_chart_shows_the_latest_attempts_that_fit() -> None:
    rows = draw_progress_chart(
        list_topic_progress(history(*["------"] * 100, "++++++", language="zh-Hans"), "zh-Hans"), 40
    )
    assert {cell_len(row) for row in rows} == {40}
    assert all(row.endswith("▁█  100%") for row in rows)


@pytest.mark.parametrize(("attempts", "title"), [(2, "Parcels and fees"), (40, "Parcels…   ")])
def test_a_title_is_shortened_only_if_attempts_need_the_room(attempts: int, title: str) -> None:
    rows = draw_progress_chart(list_topic_progress(history(*["++++++"] * attempts), "en"), 38)
    assert rows[1].startswith(f"{title}  █")
    assert {cell_len(row) for row in rows} == {38 if attempts > 2 else 26}


def verdicts(*marks: str, language: str = "en", width: int = 80) -> list[str]:
    days = [f"2026-11-{day:02}" for day in range(1, len(marks) + 1)]
    return draw_verdict_chart(
        list_exhibit_verdicts([build_attempt_view(judged(each), language) for each in marks]),
        days,
        language,
        width,
    )


def test_sensitivity_and_criterion_are_plotted_with_dates() -> None:
    assert verdicts("-+++", "++--", "+-++", "++++") == [
        "x scams stopped, 100% in the latest",
        "o genuine ones trusted, 100% in the latest",
        "* both",
        "100% x             o      *",
        " 75%",
        " 50% o      *      x",
        " 25%",
        "  0%",
        "     2026-11-01  2026-11-04",
    ]


def test_attempts_with_only_genuine_contacts_are_plotted() -> None:
    rows = verdicts("-", "+")
    assert rows[0] == "o genuine ones trusted, 100% in the latest"
    assert rows[1] == "100%                      o"
    assert rows[5] == "  0% o"


@pytest.mark.parametrize("width", [20, 40, 80])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [2, 9, 60])
def test_a_plot_fits_the_width_and_has_dates(language: str, width: int, count: int) -> None:
    marks = ["+-++", "++-+", "++++"] * (count // 3) or ["+++-", "-+++"]
    days = [f"2026-{1 + day // 28:02}-{1 + day % 28:02}" for day in range(len(marks))]
    rows = draw_verdict_chart(
        list_exhibit_verdicts([build_attempt_view(judged(each), language) for each in marks]),
        days,
        language,
        width,
    )
    assert max(map(cell_len, rows)) <= width
    assert rows[-1].endswith(days[-1])
    shown = min(len(marks), width - 5)
    assert any(days[-shown] in row for row in rows[-2:])


def test_without_attempts_nothing_is_plotted() -> None:
    assert verdicts() == []
