from collections import Counter
from itertools import permutations
from math import factorial, prod
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.assemble import (
    QuestionPool,
    Recipe,
    all_questions,
    assemble,
    assemble_versions,
    parse_version_label,
    reshuffle,
    select_questions,
    version_labels,
)
from quizgen.errors import MisuseError
from quizgen.model import Bank, Fact, Question, Quiz, Topic
from quizgen.permutations import permutation_at, permutation_index, shuffled
from quizgen.shapes import Choose, Fill, Match, Order
from quizgen.text.languages import Text
from tests.banks import sample_bank

GOLDEN = Path(__file__).parent / "data" / "assembled.txt"


def grid_bank(topics: int, facts: int, questions: int) -> Bank:
    """So many topics, facts a topic, and questions a fact, each a question of four options."""
    bank = Bank(sources={}, topics={}, facts={}, questions={})
    for topic_number in range(topics):
        topic = f"t{topic_number}"
        bank.topics[topic] = Topic(topic, {"en": topic, "zh-Hans": topic})
        for fact_number in range(facts):
            fact = f"{topic}/f{fact_number}"
            bank.facts[fact] = Fact(fact, topic, {"en": fact}, (), ())
            for number in range(questions):
                question = four_options(f"{fact}-q{number}", topic, fact)
                bank.questions[question.id] = question
    return bank


def four_options(full_id: str, topic: str, *facts: str) -> Question:
    options = tuple({"en": name, "zh-Hans": name} for name in ("key", "one", "two", "three"))
    return Question(
        full_id, topic, "single", "recall", 1, facts, {"en": "?"}, Choose(options, (0,), "one"), {"en": "."}
    )


def pairs(answer: Match) -> dict[str, Text]:
    return {
        str(prompt): answer.choices[choice] for prompt, choice in zip(answer.prompts, answer.key, strict=True)
    }


def made(bank: Bank, recipe: Recipe, seed: int, version: str = "") -> Quiz:
    if not version:
        return assemble(bank, recipe, seed, "en")
    return assemble_versions(bank, recipe, seed, "en", [version]).quiz(version)


def described(bank: Bank, recipe: Recipe, seed: int, version: str = "") -> str:
    quiz = made(bank, recipe, seed, version)
    return "".join(f"{question.id} {question.answer}\n" for question in quiz.questions)


@pytest.mark.parametrize(
    ("recipe", "message"),
    [
        (Recipe(topics=("parcel",)), "no topic 'parcel'; did you mean parcels?"),
        (Recipe(kinds=("matching",)), "no kind 'matching'; did you mean match?"),
        (Recipe(levels=("know",)), "no level 'know'; there are recall, understand, apply"),
        (Recipe(difficulties=(4,)), "no difficulty '4'; there are 1, 2, 3"),
        (Recipe(questions=("parcels/sign",)), "no question 'parcels/sign'; did you mean parcels/signs?"),
        (Recipe(questions=("zzzzzz",)), "no question 'zzzzzz'; `quizgen bank list` shows all of them"),
        (Recipe(count=0), "a quiz cannot have 0 questions; ask for 1 or more"),
        (Recipe(count=-3), "a quiz cannot have -3 questions; ask for 1 or more"),
    ],
)
def test_impossible_options_are_named(recipe: Recipe, message: str) -> None:
    with pytest.raises(MisuseError) as caught:
        assemble(sample_bank(), recipe, 1, "en")
    assert str(caught.value) == message


def test_says_how_many_there_are() -> None:
    with pytest.raises(MisuseError, match=r"you asked for 7 questions, but only 6 match this selection"):
        assemble(grid_bank(2, 3, 1), Recipe(count=7), 1, "en")


def test_an_empty_selection_is_named() -> None:
    with pytest.raises(MisuseError, match="no questions match this selection"):
        assemble(grid_bank(1, 1, 1), Recipe(kinds=("fill",)), 1, "en")


def test_all_problems_of_a_selection_are_reported_at_once() -> None:
    with pytest.raises(MisuseError) as caught:
        assemble(sample_bank(), Recipe(count=0, topics=("x",), kinds=("y",), questions=("z",)), 1, "en")
    assert len(caught.value.problems) == 4


def test_a_slug_in_two_topics_must_be_full() -> None:
    bank = Bank(
        {},
        {"a": Topic("a", {"en": "a"}), "b": Topic("b", {"en": "b"})},
        {"a/f": Fact("a/f", "a", {}, (), ()), "b/f": Fact("b/f", "b", {}, (), ())},
        {"a/q": four_options("a/q", "a", "a/f"), "b/q": four_options("b/q", "b", "b/f")},
    )
    with pytest.raises(MisuseError, match="'q' is in several topics; write one of a/q, b/q"):
        assemble(bank, Recipe(questions=("q",)), 1, "en")


def test_named_questions_keep_their_order_and_may_be_slugs() -> None:
    quiz = assemble(sample_bank(), Recipe(questions=("code-is-harmless", "parcels/signs")), 1, "en")
    assert [question.id for question in quiz.questions] == ["callers/code-is-harmless", "parcels/signs"]


def test_ten_questions_by_default_or_all_there_are() -> None:
    assert len(assemble(grid_bank(3, 3, 3), Recipe(), 1, "en").questions) == 10
    assert len(assemble(grid_bank(1, 3, 1), Recipe(), 1, "en").questions) == 3


def test_a_stored_quiz_has_only_the_bank_parts_that_it_needs() -> None:
    bank = sample_bank()
    quiz = assemble(bank, Recipe(questions=("parcels/customs-text",)), 1, "en")
    assert list(quiz.bank.facts) == ["parcels/no-fee"]
    assert list(quiz.bank.topics) == ["parcels"]
    (source,) = quiz.bank.sources.values()
    assert [passage.id for passage in source.passages] == ["market-talk/q1-a1"]


@given(st.integers(0, 2**40), st.integers(1, 4), st.integers(1, 5), st.integers(1, 3), st.data())
def test_no_fact_is_asked_twice_while_another_is_not_asked(
    seed: int, topics: int, facts: int, questions: int, data: st.DataObject
) -> None:
    bank = grid_bank(topics, facts, questions)
    count = data.draw(st.integers(1, len(bank.questions)))
    drawn = assemble(bank, Recipe(count=count), seed, "en").questions
    uses = Counter(dict.fromkeys(bank.facts, 0))
    uses.update(fact for question in drawn for fact in question.facts)
    assert max(uses.values()) - min(uses.values()) <= 1
    by_topic = Counter(dict.fromkeys(bank.topics, 0))
    by_topic.update(question.topic for question in drawn)
    assert max(by_topic.values()) - min(by_topic.values()) <= 1
    assert len({question.id for question in drawn}) == count


def test_a_question_on_many_facts_does_not_crowd_out_a_fact() -> None:
    questions = [
        four_options("t/all", "t", "t/a", "t/b", "t/c"),
        *(four_options(f"t/{name}", "t", f"t/{name}") for name in "abcd"),
    ]
    for seed in range(50):
        drawn = QuestionPool(questions, {}).draw(2, seed)
        facts = [fact for question in drawn for fact in question.facts]
        assert len(facts) == len(set(facts))


@given(st.integers(0, 2**40), st.integers(1, 24))
def test_keys_fall_evenly_over_the_letters(seed: int, count: int) -> None:
    quiz = assemble(grid_bank(2, 4, 3), Recipe(count=count), seed, "en")
    positions: Counter[int] = Counter(dict.fromkeys(range(4), 0))
    for question in quiz.questions:
        assert isinstance(question.answer, Choose)
        (key,) = question.answer.keys
        assert question.answer.options[key]["en"] == "key"
        positions[key] += 1
    assert max(positions.values()) - min(positions.values()) <= 1


@given(st.integers(0, 2**40), st.sampled_from(["", "A", "B", "AA"]))
def test_the_right_answer_is_right_in_any_printed_order(seed: int, version: str) -> None:
    bank = sample_bank()
    for question in made(bank, Recipe(count=len(bank.questions)), seed, version).questions:
        written, printed = bank.questions[question.id].answer, question.answer
        match written, printed:
            case Choose(), Choose():
                assert {str(printed.options[key]) for key in printed.keys} == {
                    str(written.options[key]) for key in written.keys
                }
                assert sorted(map(str, printed.options)) == sorted(map(str, written.options))
                assert printed.keys == tuple(sorted(printed.keys))
            case Match(), Match():
                assert pairs(printed) == pairs(written)
                assert printed.key != tuple(range(len(printed.key)))
            case Order(), Order():
                assert [printed.steps[index] for index in printed.key] == list(written.steps)
                assert printed.steps != written.steps
            case Fill(), Fill():
                assert printed == written
            case _:
                pytest.fail("a printed answer has another shape than the written one")


def test_true_stands_before_false() -> None:
    for seed in range(8):
        (question,) = assemble(sample_bank(), Recipe(kinds=("true-false",), count=1), seed, "en").questions
        assert isinstance(question.answer, Choose)
        assert [option["en"] for option in question.answer.options] == ["True", "False"]


def test_a_version_does_not_depend_on_what_else_is_printed() -> None:
    bank = grid_bank(2, 5, 2)
    texts = [described(bank, Recipe(count=10), 7, version) for version in ("A", "B", "C")]
    assert len(set(texts)) == 3
    assert described(bank, Recipe(count=10), 7, "B") == texts[1]


def test_the_same_seed_gives_the_same_quiz_on_every_machine_and_python() -> None:
    bank = grid_bank(2, 3, 2)
    text = "".join(
        f"seed {seed} version {version or '-'}\n{described(bank, Recipe(count=7), seed, version)}"
        for seed in (0, 7, 123456)
        for version in ("", "B")
    )
    text += described(sample_bank(), Recipe(), 7)
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_every_order_is_equally_likely() -> None:
    counts = Counter(tuple(shuffled("abc", seed)) for seed in range(6000))
    assert len(counts) == 6
    assert all(850 < count < 1150 for count in counts.values())


def test_a_selection_applies_every_filter() -> None:
    bank = sample_bank()
    chosen = select_questions(bank, Recipe(topics=("callers",), levels=("recall",), difficulties=(2,)))
    assert chosen
    assert all((q.topic, q.level, q.difficulty) == ("callers", "recall", 2) for q in chosen)
    harder = Bank(
        bank.sources,
        bank.topics,
        bank.facts,
        {key: replace(q, difficulty=3) for key, q in bank.questions.items()},
    )
    assert select_questions(harder, Recipe(difficulties=(2,))) == []


def test_labels_continue_as_columns_of_a_spreadsheet_do() -> None:
    labels = version_labels(26 + 26**2 + 1)
    assert labels[:3] == ("A", "B", "C")
    assert (labels[25], labels[26], labels[27], labels[51], labels[-2:]) == (
        "Z",
        "AA",
        "AB",
        "AZ",
        ("ZZ", "AAA"),
    )
    assert [parse_version_label(label) for label in labels] == list(range(len(labels)))


@pytest.mark.parametrize("text", ["", "a", "A1", "É", "-"])
def test_an_invalid_label_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        parse_version_label(text)


@pytest.mark.parametrize("count", [2, 3, 4, 10])
def test_no_two_of_the_first_versions_have_the_same_order_of_questions(count: int) -> None:
    for seed in range(20):
        labels = version_labels(min(24, factorial(count)))
        batch = assemble_versions(grid_bank(2, 5, 2), Recipe(count=count), seed, "en", labels)
        orders = {tuple(question.id for question in batch.quiz(label).questions) for label in labels}
        assert len(orders) == len(labels)


@pytest.mark.parametrize("seed", range(1, 8))
def test_in_as_many_versions_as_questions_each_place_has_each_question_once(seed: int) -> None:
    batch = assemble_versions(grid_bank(2, 5, 2), Recipe(count=10), seed, "en", version_labels(30))
    papers = [[question.id for question in batch.quiz(label).questions] for label in batch.labels]
    for place in zip(*papers, strict=True):
        assert set(Counter(place[:10]).values()) == {1}
        assert set(Counter(place).values()) == {3}


def test_a_version_is_the_same_in_every_batch() -> None:
    bank = sample_bank()
    few, many = (assemble_versions(bank, Recipe(), 7, "en", version_labels(number)) for number in (3, 40))
    drawn = assemble_versions(bank, Recipe(count=3), 7, "en", ["B"], draw_separately=True)
    all_drawn = assemble_versions(bank, Recipe(count=3), 7, "en", version_labels(40), draw_separately=True)
    assert few.quiz("B") == many.quiz("B")
    assert drawn.quiz("B") == all_drawn.quiz("B")


def test_versions_that_draw_differ_in_their_questions() -> None:
    batch = assemble_versions(
        grid_bank(2, 5, 3), Recipe(count=10), 7, "en", version_labels(9), draw_separately=True
    )
    sets = {frozenset(question.id for question in batch.quiz(label).questions) for label in batch.labels}
    assert len(sets) == 9
    for label in batch.labels:
        uses = Counter(fact for question in batch.quiz(label).questions for fact in question.facts)
        assert max(uses.values()) == 1


def test_named_questions_are_shuffled_too_in_versions() -> None:
    named = Recipe(questions=("parcels/signs", "code-is-harmless", "parcels/customs-text"))
    batch = assemble_versions(sample_bank(), named, 7, "en", version_labels(6))
    orders = {tuple(question.id for question in batch.quiz(label).questions) for label in batch.labels}
    assert len(orders) == 6


def test_an_empty_selection_to_draw_from_is_named() -> None:
    with pytest.raises(
        MisuseError, match="versions cannot draw different questions: only 6 match this selection"
    ):
        assemble_versions(grid_bank(2, 3, 1), Recipe(count=6), 7, "en", ["A"], draw_separately=True)


def test_more_versions_than_possible_papers_are_refused() -> None:
    recipe = Recipe(kinds=("true-false",), count=1)
    with pytest.raises(MisuseError, match="you asked for 2 versions, but these questions make only 1 paper"):
        assemble_versions(sample_bank(), recipe, 7, "en", ["A", "B"])


def as_printed(quiz: Quiz) -> str:
    return repr([(question.id, question.answer) for question in quiz.questions])


@pytest.mark.parametrize("kind", ["single", "multiple", "match", "order", "true-false", "fill"])
@pytest.mark.parametrize("count", [1, 2])
def test_all_possible_papers_differ(kind: str, count: int) -> None:
    bank = sample_bank()
    kinds = [question for question in bank.questions.values() if question.kind == kind]
    questions = tuple(question.id for question in kinds[:count])
    ways = factorial(len(questions)) * prod(question.answer.order_count for question in kinds[:count])
    labels = version_labels(min(ways, 700))
    batch = assemble_versions(bank, Recipe(questions=questions), 7, "en", labels)
    assert len({as_printed(batch.quiz(label)) for label in labels}) == len(labels)


@pytest.mark.parametrize("kind", ["match", "order"])
def test_no_paper_prints_the_solution(kind: str) -> None:
    batch = assemble_versions(sample_bank(), Recipe(kinds=(kind,), count=1), 7, "en", version_labels(5))
    for label in batch.labels:
        (question,) = batch.quiz(label).questions
        assert isinstance(question.answer, Match | Order)
        assert question.answer.key != tuple(range(len(question.answer.key)))


def test_a_single_version_beyond_the_last_is_refused_too() -> None:
    recipe = Recipe(kinds=("true-false",), count=1)
    assemble_versions(sample_bank(), recipe, 7, "en", ["A"])
    with pytest.raises(MisuseError, match="you asked for version C, but these questions make only 1 paper"):
        assemble_versions(sample_bank(), recipe, 7, "en", ["C"])


@pytest.mark.parametrize("size", range(5))
def test_orders_are_numbered_as_a_dictionary_lists_them(size: int) -> None:
    orders = [permutation_at(number, size) for number in range(factorial(size))]
    assert orders == [list(order) for order in permutations(range(size))]
    assert [permutation_index(order) for order in orders] == list(range(factorial(size)))


# To be asked again


def texts_right(question: Question) -> object:
    """What the right answer says, wherever it is printed."""
    return sorted(map(str, question.answer.solution_lines()))


@given(seed=st.integers(0, 999), count=st.integers(1, 10))
def test_a_repeat_has_its_keys_in_other_positions(seed: int, count: int) -> None:
    quiz = assemble(grid_bank(2, 6, 1), Recipe(count=12), seed, "en")
    missed = quiz.questions[:count]
    again = reshuffle(quiz, missed)
    assert {question.id for question in again.questions} == {question.id for question in missed}
    if count > 1:
        assert [question.id for question in again.questions] != [question.id for question in missed]
    before = {question.id: question.answer for question in missed}
    stay = sum(question.answer.keys == before[question.id].keys for question in again.questions)  # type: ignore[attr-defined]  # they are of one kind
    assert stay <= count // 5


def test_a_repeat_has_the_same_meaning_and_order_each_time() -> None:
    quiz = assemble(sample_bank(), Recipe(), 3, "zh-Hans")
    again = reshuffle(quiz, quiz.questions)
    assert again == reshuffle(quiz, quiz.questions)
    assert again.language == "zh-Hans"
    assert {q.id: texts_right(q) for q in again.questions} == {q.id: texts_right(q) for q in quiz.questions}
    third = reshuffle(again, again.questions)
    assert [q.answer for q in third.questions] != [q.answer for q in again.questions]


def test_a_repeat_quiz_has_only_the_facts_that_it_needs() -> None:
    quiz = assemble(sample_bank(), Recipe(), 3, "en")
    again = reshuffle(quiz, [question for question in quiz.questions if question.topic == "parcels"])
    assert set(again.bank.topics) == {"parcels"}
    assert {fact for question in again.questions for fact in question.facts} == set(again.bank.facts)


def test_a_whole_selection_keeps_the_order_of_the_bank_and_moves_keys() -> None:
    bank = grid_bank(2, 4, 5)
    quiz = all_questions(bank, Recipe(topics=("t1",)), "en")
    assert [question.id for question in quiz.questions] == [id_ for id_ in bank.questions if id_[:2] == "t1"]
    places = Counter(question.answer.correct_response("en") for question in quiz.questions)
    assert len(places) == 4
    alone = all_questions(bank, Recipe(questions=(quiz.questions[7].id,)), "en")
    assert alone.questions == (quiz.questions[7],)
    with pytest.raises(MisuseError, match="no questions match"):
        all_questions(bank, Recipe(topics=("t1",), kinds=("order",)), "en")
