"""The mix of a quiz, which has no enemies."""

from collections import Counter
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.assemble import (
    MIX,
    QuestionPool,
    Recipe,
    assemble,
    assemble_versions,
    find_seed_with_most_new_questions,
    has_enemies,
    largest_count_without_enemies,
    question_category,
    select_questions,
    version_labels,
)
from quizgen.assemble.draw import (
    LARGE_LINES_EACH,
    LINES_EACH,
    Category,
    adjust_scam_count,
    allocate_questions,
    find_item_with_lowest_cost,
)
from quizgen.assemble.length import estimate_lines
from quizgen.assemble.select import make_question_pool
from quizgen.bank.enemies import set_enemies
from quizgen.bank.families import question_family
from quizgen.model import LEVELS, Bank, Exhibit, Fact, Level, Line, Question, Quiz, Speaker, Topic
from quizgen.shapes import Choose
from quizgen.text.languages import Text
from tests.banks import town_bank

VERDICTS: tuple[Text, ...] = ({"en": "Genuine"}, {"en": "A scam"})
OPTIONS: tuple[Text, ...] = tuple({"en": name} for name in ("key", "one", "two"))


@cache
def exhibit_bank(topics: int = 3, pairs: int = 6, plain: int = 6) -> Bank:
    """So many topics, each with pairs of exhibits, and plain questions at each level."""
    bank = Bank({}, {}, {}, {}, {}, {})
    for number in range(topics):
        topic = f"t{number}"
        bank.topics[topic] = Topic(topic, {"en": topic})
        for pair in range(pairs):
            add_pair(bank, topic, f"{topic}/real-{pair}", f"{topic}/fake-{pair}", f"{topic}/pair-{pair}")
        for level in LEVELS:
            for each in range(plain):
                own = f"{topic}/{level}-{each}"
                answer = Choose((*OPTIONS, {"en": own}), (0,), "one")
                bank.questions[own] = Question(
                    own, topic, "single", level, 1, (own,), {"en": own}, answer, {"en": own}
                )
    for question in bank.questions.values():
        add_facts(bank, question)
    set_enemies(bank)
    return bank


def add_facts(bank: Bank, question: Question) -> None:
    for fact in question.facts:
        bank.facts[fact] = Fact(fact, question.topic, {"en": fact}, (), ())


def add_pair(bank: Bank, topic: str, real: str, fake: str, fact: str) -> None:
    for own, twin, genuine in ((real, fake, True), (fake, real, False)):
        bank.exhibits[own] = Exhibit(own, topic, "sms", genuine, {}, (), (), twin)
        verdict = Choose(VERDICTS, (0 if genuine else 1,), "verdict")
        bank.questions[own] = Question(
            own, topic, "judge", "apply", 1, (fact,), {"en": "?"}, verdict, {"en": "."}, exhibit=own
        )  # fmt: skip


def mix(questions: tuple[Question, ...], bank: Bank) -> dict[Category, int]:
    parts = Counter(question_category(question, bank.exhibits) for question in questions)
    return {part: parts[part] for part in MIX}


def meeting(questions: tuple[Question, ...]) -> list[tuple[str, str]]:
    return [(one.id, other.id) for one, other in combinations(questions, 2) if other.id in one.enemies]


def pairs_shown(questions: tuple[Question, ...], bank: Bank) -> list[str]:
    shown = [bank.exhibits[question.exhibit] for question in questions if question.exhibit]
    return [min(each.id, each.twin or each.id) for each in shown]


def check_mix(questions: tuple[Question, ...], bank: Bank) -> None:
    parts = mix(questions, bank)
    assert 1 <= parts["scam"] <= 3
    assert parts | {"scam": 2, "genuine": parts["genuine"] + parts["scam"] - 2} == MIX
    assert meeting(questions) == []
    assert len(set(pairs_shown(questions, bank))) == 4


@given(seed=st.integers(0, 2**40))
def test_ten_questions_are_a_mix_without_enemies(seed: int) -> None:
    check_mix(assemble(exhibit_bank(), Recipe(), seed, "en").questions, exhibit_bank())


@pytest.mark.parametrize("made", ["exhibits", "ours"])
def test_one_to_three_of_four_exhibits_are_scams_and_half_on_average(made: str) -> None:
    bank = exhibit_bank() if made == "exhibits" else our_bank()
    scams = Counter(mix(assemble(bank, Recipe(), seed, "en").questions, bank)["scam"] for seed in range(60))
    assert scams.keys() == {1, 2, 3}
    assert max(scams.values()) <= 40
    assert 108 <= sum(count * times for count, times in scams.items()) <= 132


def test_two_exhibits_are_one_of_each_and_what_a_bank_lacks_is_made_up() -> None:
    assert adjust_scam_count({"scam": 1, "genuine": 1}, {"scam": 9, "genuine": 9}, 1) == {
        "scam": 1,
        "genuine": 1,
    }
    assert adjust_scam_count({"scam": 2, "genuine": 2}, {"scam": 2, "genuine": 9}, 1) == {
        "scam": 2,
        "genuine": 2,
    }
    assert adjust_scam_count({"scam": 2, "genuine": 2}, {"scam": 2, "genuine": 9}, -1) == {
        "scam": 1,
        "genuine": 3,
    }
    assert adjust_scam_count({"scam": 3, "apply": 1}, {"scam": 9, "apply": 9}, 1) == {"scam": 3, "apply": 1}
    bank = exhibit_bank()
    few = [
        each for each in bank.questions.values() if not each.exhibit or each.id in ("t0/fake-0", "t1/real-1")
    ]
    for seed in range(12):
        drawn = QuestionPool(few, bank.exhibits).draw(10, seed)
        assert len({each.id for each in drawn}) == 10
        assert meeting(tuple(drawn)) == []


def with_long_exhibits(share: int) -> Bank:
    """The bank, in which every so many-th exhibit has seven lines."""
    bank = exhibit_bank()
    line = Line("sender", {"en": "Come."})
    exhibits = {
        id_: replace(exhibit, lines=(line,) * (7 if number % share == 0 else 6))
        for number, (id_, exhibit) in enumerate(bank.exhibits.items())
    }
    return replace(bank, exhibits=exhibits)


def long_ones(questions: tuple[Question, ...], bank: Bank) -> int:
    return sum(len(bank.exhibits[each.exhibit].lines) > 6 for each in questions if each.exhibit)


def test_a_quiz_has_one_long_exhibit_at_most_and_large_print_has_none() -> None:
    bank = with_long_exhibits(3)
    found: Counter[int] = Counter()
    size = QuestionPool(list(bank.questions.values()), bank.exhibits).quizzes_of_a_deck(10)
    for seed in range(0, 40 * size, size):
        questions = assemble(bank, Recipe(), seed, "en").questions
        large = assemble(bank, Recipe(count=10, large_print=True), seed, "en").questions
        check_mix(questions, bank)
        check_mix(large, bank)
        found[long_ones(questions, bank)] += 1
        assert long_ones(large, bank) == 0
        if long_ones(questions, bank) == 0:
            assert large == questions  # the same seed is the same quiz where nothing is in the way
    assert found.keys() == {0, 1}
    batch = assemble_versions(bank, Recipe(), 7, "en", version_labels(20), draw_separately=True)
    assert {long_ones(batch.quiz(label).questions, bank) for label in batch.labels} <= {0, 1}


def test_large_print_has_five_questions_unless_more_are_asked_for() -> None:
    bank = town_bank()
    for recipe, count in (
        (Recipe(large_print=True), 5),
        (Recipe(count=8, large_print=True), 8),
        (Recipe(), 10),
    ):
        assert len(assemble(bank, recipe, 7, "en").questions) == count


def test_long_exhibits_are_drawn_if_kinds_are_named_or_needed() -> None:
    bank = with_long_exhibits(3)
    judged = assemble(bank, Recipe(kinds=("judge",)), 5, "en").questions
    assert long_ones(judged, bank) > 1
    everything = with_long_exhibits(1)
    assert (
        long_ones(
            assemble(everything, Recipe(count=10, large_print=True, kinds=("judge",)), 5, "en").questions,
            everything,
        )
        == 10
    )


def test_ten_questions_fit_on_a_sheet() -> None:
    """Shorter questions of the same parts take the place of long ones; the seed still decides the mix."""
    bank = town_bank()
    longer = {
        id_: replace(each, stem={"en": 3 * f"{each.stem['en']} "}) if number % 4 == 0 else each
        for number, (id_, each) in enumerate(bank.questions.items())
    }
    bank = replace(bank, questions=longer)
    pool = QuestionPool(select_questions(bank, Recipe()), bank.exhibits, 1)
    free = QuestionPool(select_questions(bank, Recipe()), bank.exhibits)
    changed = 0
    for seed in range(60):
        drawn, at_first = pool.draw(10, seed), free.draw(10, seed)
        assert len({question.id for question in drawn}) == 10
        for side, lines in LINES_EACH.items():
            assert sum(pool.estimated_lines(each, side) for each in drawn) <= 10 * lines
        assert not meeting(tuple(drawn))
        parts = Counter(question_category(question, bank.exhibits) for question in drawn)
        assert parts == Counter(question_category(question, bank.exhibits) for question in at_first)
        changed += drawn != at_first
    assert changed > 10


def test_five_questions_in_large_print_fit_on_a_sheet() -> None:
    bank = town_bank()
    pool = make_question_pool(select_questions(bank, Recipe()), bank, Recipe(large_print=True))
    fitting: Counter[str] = Counter()
    for seed in range(40):
        drawn = pool.draw(5, seed)
        fitting.update(
            side
            for side, lines in LARGE_LINES_EACH.items()
            if sum(pool.estimated_lines(each, side) for each in drawn) <= 5 * lines
        )
    assert fitting["front"] > 30  # in others, what has no shorter replacement stays
    assert fitting["back"] > 10  # the advice on most calls and messages is long


def test_long_questions_are_drawn_if_kinds_are_named_or_needed() -> None:
    bank = exhibit_bank()
    endless = {id_: replace(each, stem={"en": "What now? " * 60}) for id_, each in bank.questions.items()}
    wordy = replace(bank, questions=endless)
    assert len({each.id for each in assemble(wordy, Recipe(), 3, "en").questions}) == 10
    named = Recipe(kinds=("single",))
    short, long = (assemble(each, named, 3, "en").questions for each in (bank, wordy))
    assert [each.id for each in short] == [each.id for each in long]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ({"en": "x" * 50}, 1),
        ({"en": "x" * 51}, 2),
        ({"zh-Hans": "天" * 22}, 1),  # a character is as wide as 2.2 letters
        ({"zh-Hans": "天" * 23}, 2),
        ({"en": "x" * 101, "zh-Hans": "天" * 23}, 3),  # the longer one counts
    ],
)
def test_lines_of_a_stem_are_estimated(text: Text, lines: int) -> None:
    assert estimate_lines(asking(text), {}) - estimate_lines(asking({}), {}) == lines


def test_lines_of_options_and_exhibits_are_estimated() -> None:
    bare = estimate_lines(asking({}), {})
    for length, lines in ((43, 4), (44, 8)):  # a box stands before each of four options
        assert estimate_lines(asking({}, {"en": "x" * length}), {}) - bare == lines

    def with_exhibit(who: Speaker, text: Text) -> float:
        exhibit = Exhibit("a/x", "a", "call", genuine=True, sender={}, lines=(Line(who, text),) * 3, signs=())
        return estimate_lines(replace(asking({}), exhibit="a/x"), {"a/x": exhibit})

    text: Text = {"en": "x" * 25}
    assert with_exhibit("sender", text) - with_exhibit("sender", {}) == 2  # a message is one paragraph
    assert with_exhibit("caller", text) - with_exhibit("caller", {}) == 3  # who speaks begins a new line


def asking(stem: Text, option: Text | None = None) -> Question:
    options = Choose((option or {},) * 4, (0,), "one")
    return Question("a/q", "a", "single", "apply", 1, (), stem, options, {})


def test_no_question_comes_twice_in_the_quizzes_of_a_deck_while_others_are_as_good() -> None:
    bank = exhibit_bank(topics=2, pairs=6, plain=6)
    pool = QuestionPool(list(bank.questions.values()), bank.exhibits)
    assert [pool.quizzes_of_a_deck(count) for count in (1, 5, 8, 29, 30, 60)] == [20, 12, 7, 2, 2, 1]
    for deck in range(30):
        quizzes = list(pool.draw_deck(8, deck))
        assert quizzes == [pool.draw(8, 7 * deck + index) for index in range(7)]
        assert len({each.id for drawn in quizzes[:3] for each in drawn}) == 24
        for drawn in quizzes:
            assert len({each.id for each in drawn}) == 8


def test_the_seed_with_most_new_questions_of_a_deck_is_taken() -> None:
    bank = exhibit_bank(topics=2, pairs=6, plain=6)
    recipe = Recipe(count=8)
    decks = {deck: [_ids(assemble(bank, recipe, 7 * deck + n, "en")) for n in range(7)] for deck in range(2)}
    assert find_seed_with_most_new_questions(bank, recipe, set(), [12, 3]) == 7
    assert find_seed_with_most_new_questions(bank, recipe, decks[0][0], [0, 7]) == 1
    seen = set().union(*decks[0])
    chosen = find_seed_with_most_new_questions(bank, recipe, seen, [5, 7])
    most = max(len(ids - seen) for ids in decks[1])
    assert len(decks[1][chosen - 7] - seen) == most > 0


def _ids(quiz: Quiz) -> set[str]:
    return {each.id for each in quiz.questions}


def test_whoever_takes_three_quizzes_gets_thirty_questions_of_a_large_bank() -> None:
    bank = exhibit_bank()
    for first in range(200):
        seeds = [first * 4_999]
        for _ in range(2):
            seen = {each for seed in seeds for each in _ids(assemble(bank, Recipe(), seed, "en"))}
            seeds.append(find_seed_with_most_new_questions(bank, Recipe(), seen, [seeds[-1], first]))
        assert len({each for seed in seeds for each in _ids(assemble(bank, Recipe(), seed, "en"))}) == 30


def test_a_question_on_the_twin_of_a_seen_exhibit_is_not_new() -> None:
    bank = exhibit_bank()
    recipe = Recipe(count=1, kinds=("judge",))
    drawn = {seed: assemble(bank, recipe, seed, "en").questions[0] for seed in range(20)}
    judged = {each.id for each in bank.questions.values() if each.kind == "judge"}
    scams = {id_ for id_ in judged if "fake" in id_} - {drawn[7].id, drawn[7].id.replace("real", "fake")}
    assert find_seed_with_most_new_questions(bank, recipe, scams, [0]) == min(
        seed for seed, each in drawn.items() if question_family(each, bank) == question_family(drawn[7], bank)
    )


def test_each_paper_of_a_batch_is_one_too() -> None:
    batch = assemble_versions(exhibit_bank(), Recipe(), 7, "en", version_labels(60), draw_separately=True)
    for label in batch.labels:
        check_mix(batch.quiz(label).questions, exhibit_bank())


@pytest.mark.parametrize("seed", range(50))
def test_a_quiz_of_our_bank_has_the_mix_and_no_enemies(seed: int) -> None:
    bank = our_bank()
    questions = assemble(bank, Recipe(), seed, "en").questions
    assert meeting(questions) == []
    assert all(question.audience == "everyone" for question in questions)
    if bank.exhibits:
        check_mix(questions, bank)


def test_no_enemies_in_a_batch_of_our_bank() -> None:
    bank = our_bank()
    batch = assemble_versions(bank, Recipe(), 3, "en", version_labels(30), draw_separately=True)
    for label in batch.labels:
        questions = batch.quiz(label).questions
        assert meeting(questions) == []
        if bank.exhibits:
            check_mix(questions, bank)


@cache
def our_bank() -> Bank:
    return town_bank()


def test_topics_are_drawn_evenly_and_facts_once() -> None:
    bank = exhibit_bank()
    for seed in range(30):
        questions = assemble(bank, Recipe(), seed, "en").questions
        assert max(Counter(fact for question in questions for fact in question.facts).values()) == 1
        topics = Counter(question.topic for question in questions)
        assert min(topics[topic] for topic in bank.topics) >= 2
        assert max(topics.values()) <= 4


def test_questions_of_a_small_topic_are_not_in_every_quiz() -> None:
    bank = exhibit_bank(topics=6)
    few = {"t5/real-0", "t5/fake-0", *(f"t5/apply-{number}" for number in range(6))}
    lean = {id_: each for id_, each in bank.questions.items() if each.topic != "t5" or id_ in few}
    pool = QuestionPool(list(lean.values()), bank.exhibits)
    drawn = Counter(question.id for seed in range(100) for question in pool.draw(10, seed))
    assert drawn.keys() & few
    assert drawn.most_common(1)[0][1] < 30


def test_a_selection_is_completed_from_other_questions() -> None:
    bank = exhibit_bank()
    only = {
        Recipe(kinds=("judge",)): (5, 5, 0, 0, 0),
        Recipe(levels=("apply",)): (3, 3, 4, 0, 0),
        Recipe(count=20): (4, 4, 6, 4, 2),
        Recipe(count=5, topics=("t0",)): None,
    }
    for recipe, expected in only.items():
        quiz = assemble(bank, recipe, 2, "en")
        if expected:
            assert tuple(mix(quiz.questions, bank).values()) == expected
        assert meeting(quiz.questions) == []


def test_a_bank_with_one_pair_of_twins_shows_one_of_them() -> None:
    bank = exhibit_bank(topics=1, pairs=1, plain=6)
    for seed in range(20):
        parts = mix(assemble(bank, Recipe(), seed, "en").questions, bank)
        assert parts["genuine"] + parts["scam"] == 1
        assert sum(parts.values()) == 10


def test_enemies_are_drawn_last_and_only_if_the_count_needs_them() -> None:
    bank = exhibit_bank(topics=1, pairs=2, plain=1)  # 3 plain questions, 2 pairs of twins
    assert meeting(assemble(bank, Recipe(count=5), 3, "en").questions) == []
    assert len(meeting(assemble(bank, Recipe(count=6), 3, "en").questions)) == 1
    assert len(assemble(bank, Recipe(), 3, "en").questions) == 7


def test_named_questions_may_be_enemies() -> None:
    named = ("t0/real-1", "t0/fake-1")
    quiz = assemble(exhibit_bank(), Recipe(questions=named), 3, "en")
    assert tuple(question.id for question in quiz.questions) == named


def test_an_audience_limits_the_questions() -> None:
    bank = exhibit_bank()
    work = {"t0/apply-0", "t1/recall-2"}
    some = replace(
        bank,
        questions={
            id_: replace(each, audience="work") if id_ in work else each
            for id_, each in bank.questions.items()
        },
    )
    count = len(bank.questions)
    assert {each.id for each in select_questions(some, Recipe(audience="work"))} == work
    assert len(select_questions(some, Recipe())) == count - 2
    assert len(select_questions(some, Recipe(audience="all"))) == count
    assert [each.id for each in select_questions(some, Recipe(questions=("t0/apply-0",)))] == ["t0/apply-0"]


def test_without_exhibits_there_is_no_mix() -> None:
    plain = select_questions(exhibit_bank(), Recipe(kinds=("single",)))
    levels = Counter(each.level for seed in range(60) for each in QuestionPool(plain, {}).draw(10, seed))
    assert max(levels.values()) < 1.2 * min(levels.values())


@given(
    count=st.integers(0, 60),
    room=st.dictionaries(st.sampled_from(sorted(MIX)), st.integers(0, 20)),
    order=st.permutations(sorted(MIX)),
)
def test_shares_add_up_and_fit(count: int, room: dict[Category, int], order: list[Category]) -> None:
    given_ = allocate_questions(count, room, order)
    assert sum(given_.values()) == min(count, sum(room.values()))
    assert all(given_[part] <= room[part] for part in room)
    wide = dict.fromkeys(MIX, 100)
    for part, share in allocate_questions(count, wide, order).items():
        assert abs(share - count * MIX[part] / 10) < 1


def test_the_search_for_the_cheapest_stops_at_the_lowest_cost() -> None:
    costs = iter([3, 2, 2, 1, 0, 1])
    assert (
        find_item_with_lowest_cost(
            [*"abc"], {"a": (2,), "b": (1,), "c": (1,)}.__getitem__, lowest_possible_cost=(0,)
        )
        == "b"
    )
    assert find_item_with_lowest_cost(costs, lambda cost: (cost,), lowest_possible_cost=(1,)) == 1
    assert [*costs] == [0, 1]
    assert find_item_with_lowest_cost([], lambda cost: (cost,), lowest_possible_cost=(0,)) is None


def test_the_search_for_the_cheapest_asks_only_for_the_cheaper_whether_they_are_allowed() -> None:
    asked = list[int]()

    def is_even(cost: int) -> bool:
        asked.append(cost)
        return cost % 2 == 0

    assert (
        find_item_with_lowest_cost(
            [4, 5, 4, 3, 2, 1], lambda cost: (cost,), lowest_possible_cost=(0,), is_allowed=is_even
        )
        == 2
    )
    assert asked == [4, 3, 2, 1]
    assert (
        find_item_with_lowest_cost([1], lambda cost: (cost,), lowest_possible_cost=(0,), is_allowed=is_even)
        is None
    )


def test_equal_remainders_are_decided_by_the_seed() -> None:
    first = {tuple(mix(assemble(exhibit_bank(), Recipe(count=3), seed, "en").questions, exhibit_bank()).values()) for seed in range(40)}  # fmt: skip
    assert {(1, 0, 1, 1, 0), (0, 1, 1, 1, 0), (1, 1, 1, 0, 0)} == first


def test_the_order_of_verdicts_cannot_be_predicted() -> None:
    """Each order of one, two or three scams among four exhibits comes as often as the others of as many."""
    bank = exhibit_bank()
    orders: Counter[str] = Counter()
    for seed in range(600):
        questions = assemble(bank, Recipe(), seed, "en").questions
        orders["".join(question_category(each, bank.exhibits)[0] for each in questions if each.exhibit)] += 1
    assert len(orders) == 4 + 6 + 4
    for scams, least, most in ((1, 20, 60), (2, 30, 80), (3, 20, 60)):
        counts = [count for order, count in orders.items() if order.count("s") == scams]
        assert least < min(counts) <= max(counts) < most


def small_bank(pairs: int, plain: int) -> Bank:
    """A bank with pairs of enemies and questions that are no enemies of others."""
    bank = Bank({}, {"t": Topic("t", {"en": "t"})}, {}, {})
    for number in range(2 * pairs + plain):
        name, partner = f"t/q{number:02}", f"t/q{number ^ 1:02}"
        answer = Choose((*OPTIONS, {"en": name}), (0,), "one")
        enemies = (partner,) if number < 2 * pairs else ()
        bank.questions[name] = Question(
            name, "t", "single", "apply", 1, (), {"en": name}, answer, {}, enemies=enemies
        )
    return bank


def test_largest_count_without_enemies_has_one_of_each_pair() -> None:
    bank = small_bank(pairs=4, plain=4)
    assert largest_count_without_enemies(bank, Recipe(), 10) == 8
    assert largest_count_without_enemies(bank, Recipe(), 5) == 5
    for seed in range(20):
        assert not has_enemies(assemble(bank, Recipe(count=8), seed, "en").questions)
        assert has_enemies(assemble(bank, Recipe(count=9), seed, "en").questions)
    assert largest_count_without_enemies(small_bank(pairs=0, plain=400), Recipe(), 10) == 10


def test_a_draw_tries_other_orders_before_it_takes_enemies() -> None:
    """The centre of a star is an enemy of all others; whoever draws it first has room for nothing else."""
    bank = small_bank(pairs=0, plain=6)
    others = tuple(name for name in bank.questions if name != "t/q00")
    bank.questions["t/q00"] = replace(bank.questions["t/q00"], enemies=others)
    for name in others:
        bank.questions[name] = replace(bank.questions[name], enemies=("t/q00",))
    assert not any(has_enemies(assemble(bank, Recipe(count=5), seed, "en").questions) for seed in range(50))


@pytest.mark.parametrize("level", ["recall", "apply"])
def test_a_question_with_many_enemies_does_not_make_the_quiz_smaller(level: Level) -> None:
    """The bank has four pairs and seven other questions. One of the seven gives four others away: ten go together without it."""
    bank = exhibit_bank(topics=1, pairs=4, plain=0)
    own = replace(bank, questions=dict(bank.questions))
    names = [f"t0/other-{number}" for number in range(7)]
    for number, name in enumerate(names):
        enemies = tuple(names[1:5]) if number == 0 else (names[0],) if number < 5 else ()
        answer = Choose((*OPTIONS, {"en": name}), (0,), "one")
        own.questions[name] = Question(
            name,
            "t0",
            "single",
            "apply" if number else level,
            1,
            (),
            {"en": name},
            answer,
            {},
            enemies=enemies,
        )
    assert largest_count_without_enemies(own, Recipe(), 15) == 10
    for seed in range(30):
        assert not has_enemies(assemble(own, Recipe(), seed, "en").questions)
