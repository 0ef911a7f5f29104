"""Questions for a layout that has room for some only."""

from collections.abc import Callable, Sequence
from itertools import combinations

import pytest

from quizgen.assemble import Candidates, Category, Recipe, assemble, find_candidates, question_category
from quizgen.errors import QuizgenError
from quizgen.model import Bank, Question
from quizgen.paper.choosing import choose_fitting_questions
from tests.banks import town_bank

NAMED = ("harbour/berth-by-text", "harbour/papers-at-home")


@pytest.fixture(scope="module")
def bank() -> Bank:
    return town_bank()


def of(bank: Bank, seed: int = 7, **asked: object) -> Candidates:
    return find_candidates(bank, Recipe(**asked), seed, "en")  # type: ignore[arg-type]


def fitting(may: Callable[[Question], bool]) -> tuple[Callable[[Sequence[Question]], list[str]], list[int]]:
    """A measure by a rule, and how many questions it was given each time."""
    calls: list[int] = []

    def measure(questions: Sequence[Question]) -> list[str]:
        calls.append(len(questions))
        return [question.id for question in questions if may(question)]

    return measure, calls


def test_candidates_are_the_quiz_and_then_all_other_questions(bank: Bank) -> None:
    found = of(bank)
    assert found.from_quiz == assemble(bank, Recipe(), 7, "en").questions
    ids = [question.id for question in (*found.from_quiz, *found.others)]
    assert len(ids) == len(set(ids)) == sum(each.audience == "everyone" for each in bank.questions.values())
    assert found == of(bank)
    assert found.others != of(bank, 8).others
    assert found.make_quiz(found.from_quiz).bank == assemble(bank, Recipe(), 7, "en").bank


def test_a_sheet_takes_the_drawn_questions_while_they_fit(bank: Bank) -> None:
    measure, calls = fitting(lambda _: True)
    assert choose_fitting_questions(of(bank), 8, measure, layout="cards") == list(of(bank).from_quiz[:8])
    assert len(calls) == 1


@pytest.mark.parametrize("seed", range(5))
def test_questions_that_do_not_fit_are_replaced_by_non_enemies(bank: Bank, seed: int) -> None:
    measure, calls = fitting(lambda question: bool(len(question.id) % 3))
    taken = choose_fitting_questions(
        of(bank, seed), 16, measure, layout="cards", may_fit=lambda question: question.kind != "spot"
    )
    assert len({question.id for question in taken}) == 16
    assert all(len(question.id) % 3 and question.kind != "spot" for question in taken)
    for one, other in combinations(taken, 2):
        assert other.id not in one.enemies
        assert set(bank.fact_ids_behind(one)).isdisjoint(bank.fact_ids_behind(other))
    own = [question.id for question in of(bank, seed).from_quiz]
    places = [own.index(question.id) if question.id in own else len(own) for question in taken]
    assert places == sorted(places)
    assert len(calls) <= 5


def test_what_is_known_to_fit_or_not_is_not_measured_again(bank: Bank) -> None:
    found = of(bank)
    first, second, third = found.from_quiz[:3]
    measure, calls = fitting(lambda _: True)
    taken = choose_fitting_questions(
        found,
        2,
        measure,
        layout="cards",
        may_fit=lambda question: question.id != first.id,
        known={first.id: True, second.id: False, third.id: True},
    )
    assert [question.id for question in taken] == [first.id, third.id]
    assert calls == []


def test_questions_keep_their_positions_on_a_sheet(bank: Bank) -> None:
    measure, _ = fitting(lambda _: True)
    mix: tuple[Category, ...] = ("scam", "genuine", "scam", "apply")
    taken = choose_fitting_questions(of(bank), 5, measure, layout="leaflet", category_mix=mix)
    assert [question_category(question, bank.exhibits) for question in taken[:4]] == list(mix)
    none = choose_fitting_questions(
        of(bank),
        4,
        measure,
        layout="leaflet",
        category_mix=mix,
        may_fit=lambda question: not question.exhibit,
    )
    assert [question_category(question, bank.exhibits) for question in none[3:]] == ["apply"]
    assert len(none) == 4


def test_named_questions_are_taken_or_named(bank: Bank) -> None:
    measure, _ = fitting(lambda _: True)
    assert [
        each.id for each in choose_fitting_questions(of(bank, questions=NAMED), 2, measure, layout="cards")
    ] == list(NAMED)
    none, _ = fitting(lambda question: question.id != NAMED[1])
    with pytest.raises(QuizgenError, match=rf"^{NAMED[1]} does not fit on cards; name another"):
        choose_fitting_questions(of(bank, questions=NAMED), 1, none, layout="cards")
    with pytest.raises(QuizgenError, match=r"there are 2; name more of them, or leave --question out$"):
        choose_fitting_questions(of(bank, questions=NAMED), 3, measure, layout="cards")


def test_too_few_that_fit_are_counted(bank: Bank) -> None:
    measure, _ = fitting(lambda question: question.id in NAMED)
    with pytest.raises(
        QuizgenError, match=r"takes 8 questions that fit, .* there are 2; ask for more topics"
    ):
        choose_fitting_questions(of(bank), 8, measure, layout="cards")
