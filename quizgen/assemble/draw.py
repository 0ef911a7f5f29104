"""Drawing the questions of a quiz: in a good mix, and without enemies.

A quiz with exhibits is a mix (:data:`MIX`). People learn to tell genuine from fake on both (Robb and Wendel 2023), so over
all seeds there are as many genuine exhibits as scams. A single quiz may have one more of either, so that nobody can infer the
last from the others. Without exhibits, there is no mix.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf
from typing import Literal, TypeAlias, TypeVar

from quizgen.assemble.length import estimate_lines
from quizgen.model import Exhibit, Question
from quizgen.permutations import random_numbers, shuffled

T = TypeVar("T")
C = TypeVar("C", bound=tuple[int, ...])

Part: TypeAlias = Literal["genuine", "scam", "apply", "understand", "recall"]
"""What a question adds to a quiz: a genuine exhibit or a scam to judge, or else its level (see :func:`part_of`)."""

MIX: dict[Part, int] = {"genuine": 2, "scam": 2, "apply": 3, "understand": 2, "recall": 1}
"""The parts of ten questions: genuine exhibits and scams, what to do in a scene, how fraud works, a fact to remember."""

SHEET_LINES = 8.2
"""How many lines of a sheet there are for each question, as :func:`~quizgen.assemble.length.estimate_lines` counts them.

With this number, ten questions fit one page of A4 with 99 of 100 seeds in English, and with all in Chinese.
"""

LONG_EXHIBIT_LINES = 6
"""An exhibit with more lines than this is long."""

_SCAM_LEANS = (-1, 0, 0, 1)
"""How many more scams than its share a quiz has. Each number is as likely as it is frequent here."""

_SHORTER = 0.8
"""How long a question may be, compared to the one that it replaces because that is too long: a few short ones would come often."""

_WHOLE: Part = "apply"
"""The one part of a pool without exhibits."""


def part_of(question: Question, exhibits: Mapping[str, Exhibit]) -> Part:
    """Return the part of a mix that a question belongs to."""
    if question.exhibit:
        return "genuine" if exhibits[question.exhibit].genuine else "scam"
    return question.level


def share_out(count: int, room: Mapping[Part, int], order: Sequence[Part]) -> dict[Part, int]:
    """Share a count out over the parts of a mix that have room, in proportion, by largest remainder.

    If remainders are equal, ``order`` decides. What is too much for one part goes to the others, so the shares add up to less
    than the count only if there is no more room at all.
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


def lean_to_scams(wanted: dict[Part, int], room: Mapping[Part, int], lean: int) -> dict[Part, int]:
    """Make ``lean`` more of the exhibits scams, if both sorts remain and both have room."""
    if "scam" not in wanted or "genuine" not in wanted:
        return wanted
    scams, genuine = wanted["scam"] + lean, wanted["genuine"] - lean
    if min(scams, genuine) < 1 or scams > room["scam"] or genuine > room["genuine"]:
        return wanted
    return wanted | {"scam": scams, "genuine": genuine}


def cheapest(items: Iterable[T], cost: Callable[[T], C], *, lowest: C) -> T | None:
    """Return the item with the lowest cost, the first of equals; ``None`` without items.

    The search stops at the first item whose cost is the ``lowest`` possible, which makes a draw five times as fast.
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
    """Questions to draw from, prepared once for any number of draws.

    A quiz has at most ``max_long`` long exhibits, and its questions have room on a sheet, as long as there are other questions.
    ``None`` means no limit for either.
    """

    def __init__(
        self, questions: Sequence[Question], exhibits: Mapping[str, Exhibit], max_long: int | None = None
    ) -> None:
        self.questions = questions
        self.max_long = max_long
        self.lines_each = inf if max_long is None else SHEET_LINES
        self._exhibits = exhibits
        self._lines: dict[str, float] = {}
        self.long = frozenset(
            question.id
            for question in questions
            if max_long is not None
            and question.exhibit
            and len(exhibits[question.exhibit].lines) > LONG_EXHIBIT_LINES
        )
        mixed = any(question.exhibit for question in questions)
        self.parts = {question.id: part_of(question, exhibits) if mixed else _WHOLE for question in questions}
        self.room = Counter(self.parts.values())
        self.topics: dict[Part, Counter[str]] = {part: Counter() for part in self.room}
        sorts: dict[Part, set[bool]] = {part: set() for part in self.room}
        for question in questions:
            self.topics[self.parts[question.id]][question.topic] += 1
            sorts[self.parts[question.id]].add(question.generated)
        self.uniform_sort = {part: min(sorts[part]) for part in self.room if len(sorts[part]) == 1}
        # Parts that are rare in some topic come first, while other topics are open, so that no question of them is in every quiz.
        self.every = {question.topic for question in questions}
        self.order = sorted(
            self.room,
            key=lambda part: (
                min(self.topics[part][topic] for topic in self.every),
                self.room[part] / MIX[part],
            ),
        )

    def lines(self, question: Question) -> float:
        """Estimate how many lines a question takes on paper. The estimate is cached, because it takes longer than a draw."""
        if question.id not in self._lines:
            self._lines[question.id] = estimate_lines(question, self._exhibits)
        return self._lines[question.id]

    def draw(self, count: int, seed: int, version: str = "") -> list[Question]:
        """Draw ``count`` questions in the mix, spread evenly over facts first and topics next.

        Each pick is the candidate whose most used fact has been used least, then the one whose topic has been used least; the seed
        decides between equals. So no fact gets a second question while another fact, which a question of the same part could use
        without repeating one, has none. Exhibits may come from a topic up to its even share before all other topics had a turn,
        because other questions make up for that; otherwise the few exhibits of a small topic would be in every quiz.

        Between equal candidates, every second exhibit and every third of the other questions is generated, as long as there are both
        sorts, so that generated questions come but do not dominate.

        An enemy of a drawn question, or one long exhibit too many, comes only if nothing else is left. If the questions have no
        room on a sheet, shorter ones of the same part take the place of the longest.
        """
        parts = (seed, version) if version else (seed,)
        return _Draw(self, count, shuffled(self.questions, *parts, "draw"), parts).run()


class _Draw:
    """The state of one draw."""

    def __init__(self, pool: Pool, count: int, order: Sequence[Question], seed: tuple[object, ...]) -> None:
        self._pool = pool
        self._count = count
        self._even = count // len(pool.every)
        self._seed = seed
        self._left: dict[Part, list[Question]] = {part: [] for part in pool.room}
        for question in order:
            self._left[pool.parts[question.id]].append(question)
        self._drawn: list[Question] = []
        self._excluded: set[str] = (
            set()
        )  # ids of drawn questions, of their enemies, and of further long exhibits
        self._long_left = pool.max_long
        if self._long_left == 0:
            self._excluded |= pool.long
        self._lean = _SCAM_LEANS[next(random_numbers(*seed, "scams")) % len(_SCAM_LEANS)]
        self._facts: Counter[str] = Counter()
        self._topics: Counter[str] = Counter()
        self._exhibits: list[Question] = []
        self._others: list[Question] = []
        # 1 if the first exhibit should be generated
        self._extra_slots = next(random_numbers(*seed, "generated")) % 2

    def run(self) -> list[Question]:
        """Draw as many questions as asked for."""
        room = Counter(self._pool.room)
        ties = shuffled(MIX, *self._seed, "mix") if len(room) > 1 else list(room)
        wanted = lean_to_scams(share_out(self._count, room, ties), room, self._lean)
        given: Counter[Part] = Counter()
        while len(self._drawn) < self._count and (
            due := next((part for part in self._pool.order if given[part] < wanted[part]), None)
        ):
            if best := self._best(due):
                self._take(best)
                given[due] += 1
            else:
                room[due] = given[due]
                wanted = lean_to_scams(share_out(self._count, room, ties), room, self._lean)
        while len(self._drawn) < self._count:
            self._take(self._fewest_conflicts())
        if self._pool.lines_each < inf:
            self._shorten()
        return self._drawn

    def _shorten(self) -> None:
        """Replace the longest question by a shorter one of its part, again and again, until all have room on a sheet.

        A long exhibit goes last: what a fraud sounds like is what people come for.
        """
        pool, fixed = self._pool, set[str]()
        while (excess := sum(map(pool.lines, self._drawn)) - self._count * pool.lines_each) > 0:
            open_ = [question for question in self._drawn if question.id not in fixed]
            if not open_:
                return
            longest = max(open_, key=lambda question: (question.id not in pool.long, pool.lines(question)))
            self._put_back(longest)
            lines = pool.lines(longest)
            shorter = self._best(pool.parts[longest.id], max(lines - excess, _SHORTER * lines))
            if not shorter or any(self._facts[fact] for fact in shorter.facts):
                shorter = None  # two questions on one fact are worse than another page
                fixed.add(longest.id)
            self._take(shorter or longest)

    def _best(self, part: Part, room: float = inf) -> Question | None:
        """Return the best candidate of a part that is not excluded and has at most ``room`` lines; the first of equals."""
        due = self._generated_due(part)
        even = self._even if part in ("genuine", "scam") else 0
        least_used_topic = min(self._topics[topic] for topic in self._pool.topics[part])
        return cheapest(
            (
                question
                for question in self._left[part]
                if question.id not in self._excluded and (room == inf or self._pool.lines(question) <= room)
            ),
            lambda question: (*self._usage(question, even), question.generated != due),
            lowest=(0, 0, max(even, least_used_topic), False),
        )

    def _generated_due(self, part: Part) -> bool:
        """Return whether a generated question is due: one of every two exhibits, the third of every three others."""
        if part in self._pool.uniform_sort:
            return self._pool.uniform_sort[part]
        exhibit = part in ("genuine", "scam")
        before = self._exhibits if exhibit else self._others
        generated = sum(question.generated for question in before)
        return 2 * generated < len(before) + self._extra_slots if exhibit else 3 * generated < len(before) - 1

    def _fewest_conflicts(self) -> Question:
        """Return the remaining question with the fewest enemies among those drawn, when only excluded ones are left."""
        ids = {question.id for question in self._drawn}
        left = [question for several in self._left.values() for question in several if question.id not in ids]
        return min(
            left, key=lambda question: (len(ids.intersection(question.enemies)), *self._usage(question))
        )

    def _take(self, question: Question) -> None:
        self._drawn.append(question)
        self._excluded.update((question.id, *question.enemies))
        if self._long_left and question.id in self._pool.long:
            self._long_left -= 1
            if not self._long_left:
                self._excluded |= self._pool.long
        self._facts.update(question.facts)
        self._topics[question.topic] += 1
        (self._exhibits if question.exhibit else self._others).append(question)

    def _put_back(self, question: Question) -> None:
        """Undo :meth:`_take`, except that the question stays excluded."""
        self._drawn.remove(question)
        self._excluded = {question.id, *(id_ for each in self._drawn for id_ in (each.id, *each.enemies))}
        if self._pool.max_long is not None:
            self._long_left = self._pool.max_long - sum(each.id in self._pool.long for each in self._drawn)
            if self._long_left <= 0:
                self._excluded |= self._pool.long
        self._facts.subtract(question.facts)
        self._topics[question.topic] -= 1
        (self._exhibits if question.exhibit else self._others).remove(question)

    def _usage(self, question: Question, even: int = 0) -> tuple[int, int, int]:
        """Return how often the facts and the topic of a question have been drawn; lower is better."""
        uses = [self._facts[fact] for fact in question.facts]
        return max(uses, default=0), sum(uses), max(even, self._topics[question.topic])
