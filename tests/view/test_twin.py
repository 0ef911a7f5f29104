from msgspec.structs import replace

from quizgen.assemble import draw_repeats
from quizgen.attempt import Attempt
from quizgen.model import Bank, Exhibit, Question, Quiz
from quizgen.view.exhibit import join_runs
from quizgen.view.twin import build_twin_view
from tests.exhibit_bank import JUDGED, exhibit_quiz


def with_twins() -> tuple[Bank, Question]:
    """A bank in which the exhibit of a question has a twin with another second line and one line more."""
    bank, question = exhibit_quiz().bank, JUDGED[0]
    exhibit = bank.exhibits[question.exhibit]
    changed = replace(exhibit.lines[1], text={"en": "Tell nobody.", "zh-Hans": "别告诉别人。"})
    twin = replace(
        exhibit,
        id=f"{exhibit.id}-twin",
        twin=exhibit.id,
        genuine=not exhibit.genuine,
        lines=(exhibit.lines[0], changed, *exhibit.lines[2:], changed),
        signs=(),
    )
    exhibits = bank.exhibits | {exhibit.id: replace(exhibit, twin=twin.id), twin.id: twin}
    return replace(bank, exhibits=exhibits), question


def attempt_at(bank: Bank, question: Question) -> Attempt:
    own: Exhibit = bank.exhibits[question.exhibit]
    quiz = Quiz((question,), seed=1, language="en", bank=replace(bank, exhibits={own.id: own}))
    return Attempt(quiz=quiz, started=0.0, repeat_quiz=draw_repeats(bank, quiz))


def test_lines_of_twins_are_beside_each_other_and_differences_are_known() -> None:
    bank, question = with_twins()
    view = build_twin_view(attempt_at(bank, question), 0)
    assert view
    exhibit = bank.exhibits[question.exhibit]
    assert (view.genuine, view.senders_differ) == (exhibit.genuine, False)
    assert [pair.differ for pair in view.lines] == [False, True, *[False] * (len(exhibit.lines) - 2), True]
    assert view.lines[1].twin
    assert join_runs(view.lines[1].twin.words) == "Tell nobody."
    assert view.lines[-1].own is None
    assert view.own.signs
    assert not view.twin.signs


def test_an_exhibit_without_a_twin_has_nothing_beside_it() -> None:
    assert build_twin_view(attempt_at(exhibit_quiz().bank, JUDGED[0]), 0) is None
