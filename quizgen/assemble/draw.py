"""The questions of one quiz drawn from all that fit: in the mix of a good quiz, and no two of them enemies.

A quiz that may hold exhibits is a mix (:data:`MIX`): telling genuine from fake is learnt on both (Robb and
Wendel 2023), so over all seeds there are as many of the one as of the other. In one quiz there may be one more of either,
so that nobody knows the last from the others. Where there are no exhibits, there is no mix to keep.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, TypeAlias, TypeVar

from quizgen.model import Exhibit, Question
from quizgen.permutations import random_numbers, shuffled

T = TypeVar("T")
C = TypeVar("C", bound=tuple[int, ...])

Part: TypeAlias = Literal["genuine", "scam", "apply", "understand", "recall"]
"""What a question adds to a quiz: a genuine exhibit or a scam to judge, or else its level (see :func:`part_of`)."""

MIX: dict[Part, int] = {"genuine": 2, "scam": 2, "apply": 3, "understand": 2, "recall": 1}
"""Of ten questions: genuine exhibits and scams, scenes to act in, how the trade works, a fact to know by heart."""

LONG = 6
"""An exhibit of more lines is long."""

_LEANS = (-1, 0, 0, 1)
"""How many more scams than its share a quiz may have, each as often as it stands here."""

_WHOLE: Part = "apply"
"""The one part of a pool without exhibits."""


def part_of(question: Question, exhibits: Mapping[str, Exhibit]) -> Part:
    """Say which part of a mix a question serves."""
    if question.exhibit:
        return "genuine" if exhibits[question.exhibit].genuine else "scam"
    return question.level


def shares(count: int, room: Mapping[Part, int], order: Sequence[Part]) -> dict[Part, int]:
    """Share a count out over the parts of a mix that have room, in proportion, by largest remainder.

    Where remainders are equal, ``order`` decides. What is too much for one part goes to the others, so that the
    shares come to less than the count only where there is no more room at all.
    """
    given = dict.fromkeys(room, 0)
    while (left := count - sum(given.values())) and (
        open_ := [part for part in room if given[part] < room[part]]
    ):
        whole = sum(MIX[part] for part in open_)
        parts = {part: divmod(left * MIX[part], whole) for part in open_}
        over = left - sum(share for share, _ in parts.values())
        by_remainder = sorted(open_, key=lambda part: (-parts[part][1], order.index(part)))
        for part in open_:
            share = parts[part][0] + (part in by_remainder[:over])
            given[part] = min(room[part], given[part] + share)
    return given


def leaning(wanted: dict[Part, int], room: Mapping[Part, int], lean: int) -> dict[Part, int]:
    """Let so many more of the exhibits be scams, if there are both then and both have room."""
    if "scam" not in wanted or "genuine" not in wanted:
        return wanted
    scams, genuine = wanted["scam"] + lean, wanted["genuine"] - lean
    if min(scams, genuine) < 1 or scams > room["scam"] or genuine > room["genuine"]:
        return wanted
    return wanted | {"scam": scams, "genuine": genuine}


def cheapest(items: Iterable[T], cost: Callable[[T], C], *, lowest: C) -> T | None:
    """Give the item with the least cost, the first of equals; ``None`` of no items.

    It looks no further than the first whose cost is the ``lowest`` that there can be, which makes a draw five times as fast.
    """
    best: tuple[C, T] | None = None
    for item in items:
        item_cost = cost(item)
        if best is None or item_cost < best[0]:
            best = item_cost, item
            if item_cost == lowest:
                break
    return best and best[1]


class Pool:
    """Questions to draw from, made ready once for any number of draws.

    Of long exhibits a quiz has ``most_long`` at the most, as long as there is anything else; ``None`` sets no limit.
    """

    def __init__(
        self, questions: Sequence[Question], exhibits: Mapping[str, Exhibit], most_long: int | None = None
    ) -> None:
        self.questions = questions
        self.most_long = most_long
        self.long = frozenset(
            question.id
            for question in questions
            if most_long is not None and question.exhibit and len(exhibits[question.exhibit].lines) > LONG
        )
        mixed = any(question.exhibit for question in questions)
        self.parts = {question.id: part_of(question, exhibits) if mixed else _WHOLE for question in questions}
        self.room = Counter(self.parts.values())
        self.topics: dict[Part, Counter[str]] = {part: Counter() for part in self.room}
        sorts: dict[Part, set[bool]] = {part: set() for part in self.room}
        for question in questions:
            self.topics[self.parts[question.id]][question.topic] += 1
            sorts[self.parts[question.id]].add(question.generated)
        self.all_alike = {part: min(sorts[part]) for part in self.room if len(sorts[part]) == 1}
        # First what is rare in some topic, while other topics are still open to it: so none of it comes all the time.
        self.every = {question.topic for question in questions}
        self.order = sorted(
            self.room,
            key=lambda part: (
                min(self.topics[part][topic] for topic in self.every),
                self.room[part] / MIX[part],
            ),
        )

    def draw(self, count: int, seed: int, version: str = "") -> list[Question]:
        """Draw ``count`` questions in the mix, spread evenly over facts first and topics next.

        Each pick is the candidate whose most used fact has been used least, then the one whose topic has
        been used least; the seed decides between equals. So no fact gets a second question while another
        fact, that a question of the same part could reach without repeating one, has none. Exhibits may come
        from a topic as often as its even share allows, before all others have had a turn, which scenes give
        them: else the few exhibits of a small topic would be in every quiz.

        Between candidates that are equal in this, every second pick of an exhibit is of a generated one, and
        every third pick of all else, as long as there are both: generated ones come, and crowd nobody out.

        An enemy of what is drawn, or a long exhibit too many, comes only when nothing else is left.
        """
        parts = (seed, version) if version else (seed,)
        return _Draw(self, count, shuffled(self.questions, *parts, "draw"), parts).run()


class _Draw:
    """One draw, as far as it has come."""

    def __init__(self, pool: Pool, count: int, order: Sequence[Question], seed: tuple[object, ...]) -> None:
        self._pool = pool
        self._count = count
        self._even = count // len(pool.every)
        self._seed = seed
        self._left: dict[Part, list[Question]] = {part: [] for part in pool.room}
        for question in order:
            self._left[pool.parts[question.id]].append(question)
        self._drawn: list[Question] = []
        self._barred: set[str] = set()  # ids of what is drawn, of its enemies, and of long exhibits too many
        self._long_left = pool.most_long
        if self._long_left == 0:
            self._barred |= pool.long
        self._lean = _LEANS[next(random_numbers(*seed, "scams")) % len(_LEANS)]
        self._facts: Counter[str] = Counter()
        self._topics: Counter[str] = Counter()
        self._exhibits: list[Question] = []
        self._others: list[Question] = []
        # 1 where the first exhibit is to be a generated one
        self._extra_slots = next(random_numbers(*seed, "generated")) % 2

    def run(self) -> list[Question]:
        """Draw as many as are asked for."""
        room = Counter(self._pool.room)
        ties = shuffled(MIX, *self._seed, "mix") if len(room) > 1 else list(room)
        wanted = leaning(shares(self._count, room, ties), room, self._lean)
        given: Counter[Part] = Counter()
        while len(self._drawn) < self._count and (
            due := next((part for part in self._pool.order if given[part] < wanted[part]), None)
        ):
            if best := self._best(due):
                self._take(best)
                given[due] += 1
            else:
                room[due] = given[due]
                wanted = leaning(shares(self._count, room, ties), room, self._lean)
        while len(self._drawn) < self._count:
            self._take(self._fewest_conflicts())
        return self._drawn

    def _best(self, part: Part) -> Question | None:
        """Choose the best candidate of a part that is no enemy; the first of equals."""
        due = self._generated_due(part)
        even = self._even if part in ("genuine", "scam") else 0
        least_used_topic = min(self._topics[topic] for topic in self._pool.topics[part])
        return cheapest(
            (question for question in self._left[part] if question.id not in self._barred),
            lambda question: (*self._usage(question, even), question.generated != due),
            lowest=(0, 0, max(even, least_used_topic), False),
        )

    def _generated_due(self, part: Part) -> bool:
        """Tell whether a generated question is due: one of each two exhibits, the third of each three others."""
        if part in self._pool.all_alike:
            return self._pool.all_alike[part]
        exhibit = part in ("genuine", "scam")
        before = self._exhibits if exhibit else self._others
        generated = sum(question.generated for question in before)
        return 2 * generated < len(before) + self._extra_slots if exhibit else 3 * generated < len(before) - 1

    def _fewest_conflicts(self) -> Question:
        """Choose from what is left, all of it enemies of what is drawn or long, the one of fewest enemies."""
        ids = {question.id for question in self._drawn}
        left = [question for several in self._left.values() for question in several if question.id not in ids]
        return min(
            left, key=lambda question: (len(ids.intersection(question.enemies)), *self._usage(question))
        )

    def _take(self, question: Question) -> None:
        self._drawn.append(question)
        self._barred.update((question.id, *question.enemies))
        if self._long_left and question.id in self._pool.long:
            self._long_left -= 1
            if not self._long_left:
                self._barred |= self._pool.long
        self._facts.update(question.facts)
        self._topics[question.topic] += 1
        (self._exhibits if question.exhibit else self._others).append(question)

    def _usage(self, question: Question, even: int = 0) -> tuple[int, int, int]:
        """Say how often the facts and the topic of a question have been drawn: the less, the better."""
        uses = [self._facts[fact] for fact in question.facts]
        return max(uses, default=0), sum(uses), max(even, self._topics[question.topic])
