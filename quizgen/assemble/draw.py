"""Choose the questions of a quiz at random, in a good mix, and without two questions that give away each other's answer.

A quiz with exhibits has a fixed mix of categories (:data:`MIX`). People learn to tell genuine messages from scams by
seeing both (Robb and Wendel 2023), so over many seeds there are as many of the one as of the other. A single quiz may
have one more of either, so that nobody can infer the last answer from the others. A quiz without exhibits has no
fixed mix.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from types import MappingProxyType
from typing import Literal, TypeAlias, TypeVar

from quizgen.assemble.length import (
    LARGE_LETTERS_IN_LINE,
    LETTERS_IN_LINE,
    estimate_answer_lines,
    estimate_lines,
)
from quizgen.model import Exhibit, Question
from quizgen.permutations import random_numbers, shuffled

T = TypeVar("T")
C = TypeVar("C", bound=tuple[int, ...])

Category: TypeAlias = Literal["genuine", "scam", "apply", "understand", "recall"]
"""The category of a question (see :func:`question_category`): a genuine exhibit or a scam, or else the level."""

MIX: dict[Category, int] = {"genuine": 2, "scam": 2, "apply": 3, "understand": 2, "recall": 1}
"""The categories of ten questions: genuine exhibits and scams, what to do in a scene, how fraud works, a fact to remember."""

SHEET_LINES = 8.2
"""How many lines of a sheet there are for each question, as :func:`~quizgen.assemble.length.estimate_lines` counts them.

With this number, ten questions fit one page of A4 with 99 of 100 seeds in English, and with all in Chinese.
"""

ANSWER_LINES = 7.4
"""How many lines the back of a sheet has for each answer, as :func:`~quizgen.assemble.length.estimate_answer_lines` counts them."""

LARGE_SHEET_LINES, LARGE_ANSWER_LINES = 5.8, 5.9
"""The same for large print, whose lines are longer. With these numbers, five questions fit one page of A4, and their answers the back."""

LONG_EXHIBIT_LINES = 6
"""An exhibit with more lines than this is long."""

_EXTRA_SCAMS = (-1, 0, 0, 1)
"""How many more scams than its share a quiz may have. A draw takes one of these numbers at random."""

_MAX_REPLACEMENT_LENGTH = 0.8
"""The longest replacement for a question that is too long, relative to it. Otherwise the few short questions would come often."""

_EXHIBIT_FACTOR, _LONG_EXHIBIT_FACTOR = 1.7, 3.0
"""How many times as long as other questions one with an exhibit, or with a long one, may be before it is replaced first.

If no exhibit could be longer, nearly all exhibits on a sheet would be the few that are shortest.
"""

_ONLY_CATEGORY: Category = "apply"
"""The category of every question in a pool without exhibits."""


def question_category(question: Question, exhibits: Mapping[str, Exhibit]) -> Category:
    """Return the category of a question: ``genuine`` or ``scam`` if it shows an exhibit, or else its level."""
    if question.exhibit:
        return "genuine" if exhibits[question.exhibit].genuine else "scam"
    return question.level


def allocate_questions(
    count: int, available_counts: Mapping[Category, int], tie_order: Sequence[Category]
) -> dict[Category, int]:
    """Divide ``count`` questions among categories in the proportions of :data:`MIX`, by the largest remainder method.

    No category gets more than it has available; others get the rest. The result adds up to less than ``count`` only
    if there are too few questions. If two remainders are equal, the category that comes first in ``tie_order`` gets
    the question.
    """
    given = dict.fromkeys(available_counts, 0)
    while (left := count - sum(given.values())) and (
        open_ := [category for category in available_counts if given[category] < available_counts[category]]
    ):
        whole = sum(MIX[category] for category in open_)
        categories = {category: divmod(left * MIX[category], whole) for category in open_}
        over = left - sum(share for share, _ in categories.values())
        by_remainder = sorted(
            open_, key=lambda category: (-categories[category][1], tie_order.index(category))
        )
        for category in open_:
            share = categories[category][0] + (category in by_remainder[:over])
            given[category] = min(available_counts[category], given[category] + share)
    return given


def adjust_scam_count(
    counts: dict[Category, int], available_counts: Mapping[Category, int], extra_scams: int
) -> dict[Category, int]:
    """Replace ``extra_scams`` genuine exhibits by scams; a negative number does the reverse.

    Returns the counts unchanged if too few exhibits are available, or if one of the two counts would become 0.
    """
    if "scam" not in counts or "genuine" not in counts:
        return counts
    scams, genuine = counts["scam"] + extra_scams, counts["genuine"] - extra_scams
    if min(scams, genuine) < 1 or scams > available_counts["scam"] or genuine > available_counts["genuine"]:
        return counts
    return counts | {"scam": scams, "genuine": genuine}


def find_item_with_lowest_cost(
    items: Iterable[T],
    cost_of: Callable[[T], C],
    *,
    lowest_possible_cost: C,
    is_allowed: Callable[[T], bool] = lambda _: True,
) -> T | None:
    """Return the allowed item with the lowest cost, or ``None`` if there is none. If costs are equal, the first item wins.

    The search stops at the first item whose cost is ``lowest_possible_cost``. This makes a draw five times as
    fast. ``is_allowed`` may be slow: only items that cost less than the best so far are asked for.
    """
    best: tuple[C, T] | None = None
    for item in items:
        item_cost = cost_of(item)
        if (best is None or item_cost < best[0]) and is_allowed(item):
            best = item_cost, item
            if item_cost == lowest_possible_cost:
                break
    return best and best[1]


_MAX_ORDERS = 10
"""The number of orders in which questions are drawn, if each draw so far has enemies."""

_MAX_QUIZZES_OF_A_DECK = 20
"""No deck has more quizzes than this. The last quiz of a deck takes as long to draw as all before it."""

Side: TypeAlias = Literal["front", "back"]
"""A side of a sheet: the front has the questions, and the back their answers."""

LINES_EACH: dict[Side, float] = {"front": SHEET_LINES, "back": ANSWER_LINES}
LARGE_LINES_EACH: dict[Side, float] = {"front": LARGE_SHEET_LINES, "back": LARGE_ANSWER_LINES}
"""The lines that each side of a sheet has for one question, in normal and in large print."""

_ESTIMATES: dict[Side, Callable[[Question, Mapping[str, Exhibit], int], float]] = {
    "front": estimate_lines,
    "back": estimate_answer_lines,
}


def has_enemies(questions: Sequence[Question]) -> bool:
    """Return whether two of these questions give away each other's answer."""
    ids = {question.id for question in questions}
    return any(not ids.isdisjoint(question.enemies) for question in questions)


class QuestionPool:
    """Questions to choose from, prepared once for any number of draws.

    A draw takes at most ``max_long_exhibits`` questions with a long exhibit, and avoids questions that are too long
    to fit a sheet together, in ``large_print`` or in normal type. If it is ``None``, neither limit applies.
    """

    def __init__(
        self,
        questions: Sequence[Question],
        exhibits: Mapping[str, Exhibit],
        max_long_exhibits: int | None = None,
        *,
        large_print: bool = False,
    ) -> None:
        self.questions = questions
        self.max_long_exhibits = max_long_exhibits
        self.must_fit = max_long_exhibits is not None
        self.lines_each = LARGE_LINES_EACH if large_print else LINES_EACH
        self._letters = LARGE_LETTERS_IN_LINE if large_print else LETTERS_IN_LINE
        self._exhibits = exhibits
        self._lines: dict[tuple[str, Side], float] = {}
        self.long = frozenset(
            question.id
            for question in questions
            if max_long_exhibits is not None
            and question.exhibit
            and len(exhibits[question.exhibit].lines) > LONG_EXHIBIT_LINES
        )
        mixed = any(question.exhibit for question in questions)
        self.categories = {
            question.id: question_category(question, exhibits) if mixed else _ONLY_CATEGORY
            for question in questions
        }
        self.room = Counter(self.categories.values())
        self.topics: dict[Category, Counter[str]] = {category: Counter() for category in self.room}
        for question in questions:
            self.topics[self.categories[question.id]][question.topic] += 1
        # Parts that are rare in some topic come first, while other topics are open, so that no question of them is in every quiz.
        self.topic_ids = {question.topic for question in questions}
        self.order = sorted(
            self.room,
            key=lambda category: (
                min(self.topics[category][topic] for topic in self.topic_ids),
                self.room[category] / MIX[category],
            ),
        )

    def estimated_lines(self, question: Question, side: Side) -> float:
        """Return how many lines a question takes on a side, as an estimate. Estimates are cached because they are slow."""
        key = question.id, side
        if key not in self._lines:
            self._lines[key] = _ESTIMATES[side](question, self._exhibits, self._letters)
        return self._lines[key]

    def quizzes_of_a_deck(self, count: int) -> int:
        """Return how many quizzes with ``count`` questions can be drawn before a question has to come again."""
        return min(_MAX_QUIZZES_OF_A_DECK, max(1, len(self.questions) // count))

    def draw(self, count: int, seed: int, version: str = "") -> list[Question]:
        """Draw ``count`` questions in the mix, spread evenly over facts and topics.

        Each step takes the candidate whose facts have been used least; among equals, the one whose topic has been
        used least; among these, one that no earlier quiz of the deck has; and then the first in an order that the seed
        decides. A topic may get its even share of exhibits before all other topics have had one. Otherwise the few exhibits
        of a small topic would be in every quiz.

        Two enemies (questions that give away each other's answer), or too many long exhibits, come together only if
        nothing else is left, also in other orders of the questions, and with the questions that have the fewest enemies in place of the
        mix. If the questions do not fit a sheet, the longest are replaced by shorter ones of the same category.
        """
        if version:
            return self._draw_one(count, (seed, version), frozenset())
        deck, index = divmod(seed, self.quizzes_of_a_deck(count))
        return next(islice(self.draw_deck(count, deck), index, None))

    def draw_deck(self, count: int, deck: int) -> Iterator[list[Question]]:
        """Draw the quizzes of a deck one after another, as :meth:`draw` draws those of successive seeds.

        As when cards are dealt, a question comes in a second quiz of the deck only if no other is as good.
        """
        dealt: set[str] = set()
        for index in range(self.quizzes_of_a_deck(count)):
            drawn = self._draw_one(count, (deck, index), dealt)
            dealt.update(question.id for question in drawn)
            yield drawn

    def _draw_one(self, count: int, seed_parts: tuple[object, ...], dealt: Collection[str]) -> list[Question]:
        orders = [(*seed_parts, "draw"), *((*seed_parts, "draw", number) for number in range(1, _MAX_ORDERS))]
        draws = (
            _DrawState(self, count, shuffled(self.questions, *order), seed_parts, dealt).run(
                fewest_enemies=fewest
            )
            for fewest, order in product((False, True), orders)
        )
        first = next(draws)
        return (
            first
            if not has_enemies(first)
            else next((each for each in draws if not has_enemies(each)), first)
        )


class _DrawState:
    """The state of one draw: which questions are drawn, and how often each fact and topic has been used."""

    def __init__(
        self,
        pool: QuestionPool,
        count: int,
        order: Sequence[Question],
        seed: tuple[object, ...],
        dealt: Collection[str],
    ) -> None:
        self._pool = pool
        self._dealt = dealt
        self._count = count
        self._fair_share = count // len(pool.topic_ids)
        self._seed = seed
        self._left: dict[Category, list[Question]] = {category: [] for category in pool.room}
        for question in order:
            self._left[pool.categories[question.id]].append(question)
        self._drawn: list[Question] = []
        self._excluded: set[str] = (
            set()
        )  # ids of drawn questions, of their enemies, and of further long exhibits
        self._long_left = pool.max_long_exhibits
        if self._long_left == 0:
            self._excluded |= pool.long
        self._extra_scams = _EXTRA_SCAMS[next(random_numbers(*seed, "scams")) % len(_EXTRA_SCAMS)]
        self._facts: Counter[str] = Counter()
        self._topics: Counter[str] = Counter()

    def run(self, *, fewest_enemies: bool) -> list[Question]:
        """Draw the questions and return them. They are in the mix, or else those that have the fewest enemies."""
        if fewest_enemies:
            self._draw_those_with_fewest_enemies()
        else:
            self._draw_in_mix()
        while len(self._drawn) < self._count:
            self._add_question(self._candidate_with_fewest_enemies())
        if self._pool.must_fit:
            self._replace_long_questions("front")
            self._replace_long_questions("back")
        return self._drawn

    def _draw_in_mix(self) -> None:
        """Draw questions in the mix, as many as are allowed."""
        room = Counter(self._pool.room)
        ties = shuffled(MIX, *self._seed, "mix") if len(room) > 1 else list(room)
        wanted = adjust_scam_count(allocate_questions(self._count, room, ties), room, self._extra_scams)
        given: Counter[Category] = Counter()
        while len(self._drawn) < self._count and (
            due := next(
                (category for category in self._pool.order if given[category] < wanted[category]), None
            )
        ):
            if best := self._best_candidate(due):
                self._add_question(best)
                given[due] += 1
            else:
                room[due] = given[due]
                wanted = adjust_scam_count(
                    allocate_questions(self._count, room, ties), room, self._extra_scams
                )

    def _draw_those_with_fewest_enemies(self) -> None:
        """Draw the question that excludes the fewest others, again and again; among equals, one of the category that is rarest in the mix."""
        categories = self._pool.categories
        given: Counter[Category] = Counter()
        while len(self._drawn) < self._count and (
            open_ := {
                question.id: question
                for several in self._left.values()
                for question in several
                if question.id not in self._excluded
            }
        ):
            best = min(
                open_.values(),
                key=lambda question: (
                    len(open_.keys() & question.enemies),
                    given[categories[question.id]] / MIX[categories[question.id]],
                    *self._count_uses(question),
                ),
            )
            self._add_question(best)
            given[categories[best.id]] += 1

    def _replace_long_questions(self, side: Side) -> None:
        """Replace the longest question by a shorter one of its category until one side of the sheet has room.

        The front comes first: to make room on the back, no question takes more of the front than is left. Exhibits may be longer than
        other questions, and long exhibits longer still, since people come to hear what a fraud sounds like.
        """
        pool, fixed = self._pool, set[str]()

        def lines_of(question: Question) -> float:
            return pool.estimated_lines(question, side)

        def relative_length(question: Question) -> float:
            if question.id in pool.long:
                return lines_of(question) / _LONG_EXHIBIT_FACTOR
            return lines_of(question) / (_EXHIBIT_FACTOR if question.exhibit else 1)

        while (excess := -self._room_left(side)) > 0:
            open_ = [question for question in self._drawn if question.id not in fixed]
            if not open_:
                return
            longest = max(open_, key=relative_length)
            self._remove_question(longest)
            limits = {side: max(lines_of(longest) - excess, _MAX_REPLACEMENT_LENGTH * lines_of(longest))}
            if side == "back":
                limits["front"] = max(pool.estimated_lines(longest, "front"), self._room_left("front"))
            shorter = self._best_candidate(pool.categories[longest.id], limits)
            if not shorter or any(self._facts[fact] for fact in shorter.facts):
                shorter = None  # two questions on one fact are worse than another page
                fixed.add(longest.id)
            self._add_question(shorter or longest)

    def _room_left(self, side: Side) -> float:
        """Return how many lines the drawn questions leave on a side of the sheet; the number is negative if they do not fit."""
        used = sum(self._pool.estimated_lines(question, side) for question in self._drawn)
        return self._count * self._pool.lines_each[side] - used

    def _best_candidate(
        self, category: Category, max_lines: Mapping[Side, float] = MappingProxyType({})
    ) -> Question | None:
        """Return the best question of a category that is allowed and has at most ``max_lines``, or ``None``."""
        fair_share = self._fair_share if category in ("genuine", "scam") else 0
        least_used_topic = min(self._topics[topic] for topic in self._pool.topics[category])
        return find_item_with_lowest_cost(
            (question for question in self._left[category] if question.id not in self._excluded),
            lambda question: self._count_uses(question, fair_share),
            lowest_possible_cost=(0, 0, max(fair_share, least_used_topic), 0),
            is_allowed=lambda question: all(
                self._pool.estimated_lines(question, side) <= limit for side, limit in max_lines.items()
            ),
        )

    def _candidate_with_fewest_enemies(self) -> Question:
        """Return the remaining question with the fewest enemies among those drawn. Used if all that remain are excluded."""
        ids = {question.id for question in self._drawn}
        left = [question for several in self._left.values() for question in several if question.id not in ids]
        return min(
            left, key=lambda question: (len(ids.intersection(question.enemies)), *self._count_uses(question))
        )

    def _add_question(self, question: Question) -> None:
        """Add a question to those drawn. From now on, it, its enemies and surplus long exhibits are excluded."""
        self._drawn.append(question)
        self._excluded.update((question.id, *question.enemies))
        if self._long_left and question.id in self._pool.long:
            self._long_left -= 1
            if not self._long_left:
                self._excluded |= self._pool.long
        self._facts.update(question.facts)
        self._topics[question.topic] += 1

    def _remove_question(self, question: Question) -> None:
        """Undo :meth:`_add_question`. The question stays excluded, so it is not drawn again."""
        self._drawn.remove(question)
        self._excluded = {question.id, *(id_ for each in self._drawn for id_ in (each.id, *each.enemies))}
        if self._pool.max_long_exhibits is not None:
            self._long_left = self._pool.max_long_exhibits - sum(
                each.id in self._pool.long for each in self._drawn
            )
            if self._long_left <= 0:
                self._excluded |= self._pool.long
        self._facts.subtract(question.facts)
        self._topics[question.topic] -= 1

    def _count_uses(self, question: Question, fair_share: int = 0) -> tuple[int, int, int, int]:
        """Return how often a question's facts, its topic and itself have been used, as a cost for :func:`find_item_with_lowest_cost`.

        Uses of the topic up to ``fair_share`` are not counted.
        """
        uses = [self._facts[fact] for fact in question.facts]
        topic = max(fair_share, self._topics[question.topic])
        return max(uses, default=0), sum(uses), topic, question.id in self._dealt
