"""What is asked when a question was missed."""

import pytest
from msgspec.structs import replace

from quizgen.assemble import Recipe, assemble, draw_repeats, related_questions
from quizgen.bank.families import exhibit_family
from quizgen.model import Bank
from tests.banks import built_in_bank


@pytest.fixture(scope="module")
def bank() -> Bank:
    return built_in_bank()


def test_an_exhibit_comes_back_as_its_twin_or_as_another_of_its_model(bank: Bank) -> None:
    turned = same = 0
    for seed in range(40):
        quiz = assemble(bank, Recipe(count=10, kinds=("judge",)), seed, "en")
        repeats = draw_repeats(bank, quiz)
        assert len(repeats.questions) == 10
        for question, repeat in zip(quiz.questions, repeats.questions, strict=True):
            own, other = bank.exhibits[question.exhibit], repeats.bank.exhibits[repeat.exhibit]
            if not own.generated:
                continue
            assert own.id != other.id
            assert exhibit_family(own) == exhibit_family(other)
            assert own.twin in repeats.bank.exhibits
            turned += own.genuine != other.genuine
            same += own.genuine == other.genuine
            assert own.genuine == other.genuine or other.id == own.twin
    assert turned > 50
    assert same > 50


def test_a_sibling_of_the_same_kind_comes_before_its_twin_and_before_other_kinds(bank: Bank) -> None:
    missed = next(each for each in bank.questions.values() if len(related_questions(bank, each)) >= 6)
    siblings = related_questions(bank, missed)
    twin = bank.exhibits[missed.exhibit].twin
    same_kind = next(each for each in siblings if each.exhibit != twin)
    others = {each.id: replace(each, kind="true-false") for each in siblings if each != same_kind}
    mixed = replace(bank, questions=bank.questions | others)
    for seed in range(20):
        quiz = assemble(mixed, Recipe(questions=(missed.id,)), seed, "en")
        assert [each.id for each in draw_repeats(mixed, quiz).questions] == [same_kind.id]


def test_a_sibling_of_another_kind_comes_back_if_there_is_none_of_the_same(bank: Bank) -> None:
    missed = next(each for each in bank.questions.values() if len(related_questions(bank, each)) >= 6)
    others = {each.id: replace(each, kind="true-false") for each in related_questions(bank, missed)}
    mixed = replace(bank, questions=bank.questions | others)
    quiz = assemble(mixed, Recipe(questions=(missed.id,)), 1, "en")
    assert draw_repeats(mixed, quiz).questions[0].id in others


def test_a_question_without_relatives_comes_back_itself(bank: Bank) -> None:
    quiz = assemble(bank, Recipe(count=10, kinds=("single",)), 1, "en")
    plain = [each for each in quiz.questions if not related_questions(bank, each)]
    assert plain
    repeats = draw_repeats(bank, quiz)
    assert [each for each in repeats.questions if each in plain] == plain


def test_no_two_repeats_are_the_same_question_and_none_is_in_the_quiz(bank: Bank) -> None:
    model = next(exhibit for exhibit in bank.exhibits.values() if exhibit.generated)
    family = [
        question.id
        for question in bank.questions.values()
        if question.exhibit and exhibit_family(bank.exhibits[question.exhibit]) == exhibit_family(model)
    ]
    quiz = assemble(bank, Recipe(questions=tuple(family[:2])), 1, "en")
    repeats = draw_repeats(bank, quiz)
    asked = [question.id for question in repeats.questions]
    assert len({*asked, *family[:2]}) == 4


def test_questions_on_one_fact_from_a_model_are_related(bank: Bank) -> None:
    first, second, third = [each for each in bank.questions.values() if not each.exhibit][:3]
    made = [
        replace(each, generated=True, kind="single", facts=("a/b",), enemies=enemies)
        for each, enemies in ((first, (second.id, third.id)), (second, (first.id,)))
    ]
    other = replace(third, enemies=(first.id,), facts=("a/b",), kind="single")
    small = Bank({}, {}, {}, {each.id: each for each in (*made, other)})
    assert related_questions(small, made[0]) == [made[1]]
    assert related_questions(small, other) == []
