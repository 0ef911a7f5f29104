"""Bank, recipe and seed -> quiz, in printed order. Pure, and the same on every machine.

A shuffle is Fisher and Yates's (Knuth, The Art of Computer Programming, volume 2, 3.4.2, algorithm P) over
numbers that BLAKE2b (RFC 7693) makes of the seed, the version and the question's id. Python's own ``random``
promises little of its shuffles between versions, and takes ten times as long to seed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from hashlib import blake2b
from itertools import count as counting
from math import comb, factorial, gcd, prod
from string import ascii_uppercase
from struct import Struct as Layout
from typing import TypeAlias, TypeVar, assert_never

from msgspec import Struct
from msgspec.structs import replace

from quizgen.errors import MisuseError, Problem, problem
from quizgen.model import (
    DIFFICULTIES,
    KINDS,
    LEVELS,
    Answer,
    Bank,
    Choose,
    Fill,
    Match,
    Order,
    Question,
    Quiz,
)

T = TypeVar("T")
DEFAULT_COUNT = 10
_EIGHT_NUMBERS = Layout(">8Q")


class Recipe(Struct, frozen=True):
    """What a quiz is asked to be. Empty selections ask for everything.

    ``count`` is ``None`` for the default: 10, or all the named questions, or as many as there are
    where the selection has fewer. ``questions`` are full ids, or slugs where one topic has them.
    ``written_only`` leaves generated questions out, unless they are named.
    """

    count: int | None = None
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    difficulties: tuple[int, ...] = ()
    questions: tuple[str, ...] = ()
    written_only: bool = False


def shuffled(items: Iterable[T], *seed: object) -> list[T]:
    """Return the items in an order that depends on nothing but the parts of ``seed``."""
    result = list(items)
    numbers = _numbers(*seed)
    for last in range(len(result) - 1, 0, -1):
        pick = next(numbers) % (last + 1)
        result[last], result[pick] = result[pick], result[last]
    return result


def _numbers(*seed: object) -> Iterator[int]:
    """Generate numbers below 2**64, evenly spread: the digests of the seed and a counter, cut into eights of bytes."""
    text = "/".join(map(str, seed)).encode()
    for block in counting():
        yield from _EIGHT_NUMBERS.unpack(blake2b(text, salt=block.to_bytes(16, "big")).digest())


class Batch(Struct, frozen=True):
    """A quiz in versions, each made when it is asked for, from nothing but the seed and its label.

    ``questions`` are all that any version holds, of which each has ``count``; ``bank`` is what they lead to.
    """

    questions: tuple[Question, ...]
    bank: Bank
    seed: int
    language: str
    count: int
    labels: tuple[str, ...]
    quiz: Callable[[str], Quiz]


def assemble(bank: Bank, recipe: Recipe, seed: int, language: str) -> Quiz:
    """Draw a quiz: the same for the same bank, recipe and seed.

    Raises MisuseError, with every problem, for unknown topics, kinds, levels, difficulties or ids,
    a count below 1, and more questions than the selection has.
    """
    drawn = _drawn(bank, recipe, seed)
    trimmed = _trimmed(bank, drawn)
    return arrange(trimmed, drawn, seed, language, keep_order=bool(recipe.questions))


def assemble_versions(
    bank: Bank, recipe: Recipe, seed: int, language: str, labels: Sequence[str], *, own_draw: bool = False
) -> Batch:
    """Draw a quiz in as many versions as there are labels, each in an order of its own.

    With ``own_draw`` each version draws its own questions too. Raises MisuseError as ``assemble`` does,
    and where the selection is too small for so many different papers.
    """
    drawn = _drawn(bank, recipe, seed)
    count = len(drawn)
    pool = select(bank, recipe) if own_draw else drawn
    if own_draw and len(pool) == count:
        raise MisuseError(
            problem(
                f"no version can draw its own {count} questions: the selection has only those",
                "ask for fewer with --count, widen the selection, or leave --draw out",
            )
        )
    if (papers := _different_papers(pool, count)) < len(labels):
        number = "is 1 paper" if papers == 1 else f"are {papers} papers"
        raise MisuseError(
            problem(
                f"{len(labels)} versions were asked for, but there {number} to be made of these questions",
                "ask for fewer versions or more questions",
            )
        )

    questions = tuple(pool)
    trimmed = _trimmed(bank, questions)
    forms: Forms = {}

    def quiz(label: str) -> Quiz:
        own = draw(pool, count, seed, label) if own_draw else drawn
        return arrange(trimmed, own, seed, language, label, forms=forms)

    return Batch(questions, trimmed, seed, language, count, tuple(labels), quiz)


def version_labels(count: int) -> tuple[str, ...]:
    """Label versions as columns of a spreadsheet: A to Z, AA to ZZ, AAA and on."""
    return tuple(version_label(index) for index in range(count))


def version_index(label: str) -> int:
    """Return which version, from 0, has a label. Raises ValueError for what is no label."""
    if not label or not set(label) <= set(ascii_uppercase):
        raise ValueError(label)
    index = 0
    for letter in label:
        index = index * 26 + ascii_uppercase.index(letter) + 1
    return index - 1


def version_label(index: int) -> str:
    """Label the version with this index, from 0."""
    label = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        label = ascii_uppercase[letter] + label
    return label


Forms: TypeAlias = dict[tuple[str, tuple[int, ...], tuple[int, ...]], Question]
"""Questions in printed order, by id and order: versions that print a question alike share it."""


def arrange(
    bank: Bank,
    drawn: Sequence[Question],
    seed: int,
    language: str,
    version: str = "",
    *,
    keep_order: bool = False,
    forms: Forms | None = None,
) -> Quiz:
    """Put drawn questions and their options into the printed order of one version.

    ``keep_order`` leaves the questions themselves where they stand, as somebody who names them wants.
    """
    ordered = list(drawn) if keep_order else _ordered(drawn, seed, version)
    positions = _key_positions(ordered, seed, version)
    known = {} if forms is None else forms
    questions = tuple(
        _form(question, *_orders(question, positions.get(question.id), seed, version), known)
        for question in ordered
    )
    return Quiz(questions=questions, seed=seed, language=language, bank=bank, version=version)


def select(bank: Bank, recipe: Recipe) -> list[Question]:
    """List the questions that a recipe admits, in the order of the bank (of the ids, where it has any)."""
    problems = [
        *_unknown("topic", recipe.topics, bank.topics),
        *_unknown("kind", recipe.kinds, KINDS),
        *_unknown("level", recipe.levels, LEVELS),
        *_unknown("difficulty", recipe.difficulties, DIFFICULTIES),
    ]
    named = [_find(bank, name, problems) for name in dict.fromkeys(recipe.questions)]
    if recipe.count is not None and recipe.count < 1:
        problems.append(problem(f"a quiz of {recipe.count} questions cannot be made", "ask for 1 or more"))
    if problems:
        raise MisuseError(problems)
    candidates = (
        [question for question in named if question] if recipe.questions else list(bank.questions.values())
    )
    return [
        question
        for question in candidates
        if (not recipe.topics or question.topic in recipe.topics)
        and (not recipe.kinds or question.kind in recipe.kinds)
        and (not recipe.levels or question.level in recipe.levels)
        and (not recipe.difficulties or question.difficulty in recipe.difficulties)
        and not (recipe.written_only and question.generated and not recipe.questions)
    ]


def draw(pool: Sequence[Question], count: int, seed: int, version: str = "") -> list[Question]:
    """Draw ``count`` questions, spread evenly over facts first and topics next.

    Each pick is the candidate whose most used fact has been used least, then the one whose topic has
    been used least; the seed decides between equals. So no fact gets a second question while another
    fact, that a question could reach without repeating one, has none.

    Between candidates that are equal in this, two picks of three are of written questions and the third
    is of generated ones, as long as there are both: generated ones come, and crowd nobody out.
    """
    left = shuffled(pool, seed, *([version] if version else []), "draw")
    facts: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    drawn: list[Question] = []
    generated = 0
    for turn in range(count):
        due = 3 * generated < turn - 1  # the third of each three picks, or the next that can be
        best = min(left, key=lambda each, due=due: (*_wear(each, facts, topics), each.generated != due))  # type: ignore[misc]  # bound at once
        generated += best.generated
        left.remove(best)
        facts.update(best.facts)
        topics[best.topic] += 1
        drawn.append(best)
    return drawn


def _drawn(bank: Bank, recipe: Recipe, seed: int) -> list[Question]:
    pool = select(bank, recipe)
    count = _count(recipe, len(pool))
    return pool if recipe.questions and count == len(pool) else draw(pool, count, seed)


def _ordered(drawn: Sequence[Question], seed: int, version: str) -> list[Question]:
    """Order the questions of a version: no two of the first n! versions of n questions have the same order.

    The orders are numbered (Lehmer's code: Knuth, volume 2, 3.3.2, algorithm P), and versions step through
    the numbers by a step that has no divisor in common with how many there are, both drawn from the seed.
    """
    if not version:
        return shuffled(drawn, seed, version, "questions")
    orders = factorial(len(drawn))
    numbers = _numbers(seed, "orders")
    start, step = next(numbers) % orders, next(numbers) % orders
    while gcd(step, orders) != 1:
        step += 1
    number = (start + version_index(version) * step) % orders
    left = list(drawn)
    ordered = []
    for size in range(len(left), 0, -1):
        number, pick = divmod(number, size)
        ordered.append(left.pop(pick))
    return ordered


def _different_papers(pool: Sequence[Question], count: int) -> int:
    """Count the papers of ``count`` questions that differ: by their questions, or the order of these or of options.

    What differs by more than that the count does not see, so that it is a lower bound.
    """
    fewest = prod(sorted(_arrangements(question.answer) for question in pool)[:count])
    return comb(len(pool), count) * factorial(count) * fewest


def _arrangements(answer: Answer) -> int:
    match answer:
        case Choose(style="truth") | Fill():
            return 1
        case Choose(options=texts):
            return factorial(len(texts))
        case Match(prompts=prompts, choices=choices):
            return factorial(len(prompts)) * (factorial(len(choices)) - 1)
        case Order(steps=texts):
            return factorial(len(texts)) - 1
        case _:
            assert_never(answer)


def _wear(question: Question, facts: Counter[str], topics: Counter[str]) -> tuple[int, int, int]:
    uses = [facts[fact] for fact in question.facts]
    return max(uses), sum(uses), topics[question.topic]


def _count(recipe: Recipe, available: int) -> int:
    wanted = recipe.count
    if wanted is None:
        wanted = available if recipe.questions else min(DEFAULT_COUNT, available)
    if available == 0:
        raise MisuseError(
            problem(
                "no question fits that selection", "ask for less: drop a topic, kind, level or difficulty"
            )
        )
    if wanted > available:
        number = "is 1 question" if available == 1 else f"are {available} questions"
        raise MisuseError(
            problem(
                f"{wanted} questions were asked for, but there {number} in that selection",
                f"ask for {available} or fewer",
            )
        )
    return wanted


def _unknown(what: str, asked: Iterable[object], known: Iterable[object]) -> list[Problem]:
    names = [str(name) for name in known]
    return [
        problem(f"no {what} {str(name)!r}", _nearest(str(name), names))
        for name in asked
        if str(name) not in names
    ]


def _nearest(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    few = 8
    if near:
        return f"did you mean {near[0]}?"
    return f"there are {', '.join(names)}" if len(names) <= few else "`quizgen bank list` shows them all"


def _find(bank: Bank, name: str, problems: list[Problem]) -> Question | None:
    if name in bank.questions:
        return bank.questions[name]
    same_slug = [full for full in bank.questions if full.partition("/")[2] == name]
    if len(same_slug) == 1:
        return bank.questions[same_slug[0]]
    if same_slug:
        problems.append(problem(f"{name!r} stands in several topics", f"write one of {', '.join(same_slug)}"))
        return None
    by_slug = {full.partition("/")[2]: full for full in bank.questions}
    holding = [full for full in bank.questions if name in full]
    near = holding or get_close_matches(name, [*bank.questions, *by_slug], n=1, cutoff=0.5)
    hint = f"did you mean {by_slug.get(near[0], near[0])}?" if near else "`quizgen bank list` shows them all"
    problems.append(problem(f"no question {name!r}", hint))
    return None


def _key_positions(questions: Sequence[Question], seed: int, version: str) -> dict[str, int]:
    """Deal key positions evenly: over n questions of k options, each position serves n/k times, give or take one."""
    by_size: dict[int, list[Question]] = {}
    for question in questions:
        if isinstance(question.answer, Choose) and question.answer.style == "one":
            by_size.setdefault(len(question.answer.options), []).append(question)
    positions: dict[str, int] = {}
    for size, group in by_size.items():
        rounds = [
            shuffled(range(size), seed, version, "key", size, turn) for turn in range(-(-len(group) // size))
        ]
        # Dealt out whole, then mixed, so that a reader cannot tell the last of each round.
        deck = shuffled(
            [position for deal in rounds for position in deal][: len(group)], seed, version, "deck", size
        )
        positions |= {question.id: position for question, position in zip(group, deck, strict=True)}
    return positions


def _orders(
    question: Question, key_position: int | None, seed: int, version: str
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Choose the printed order of options or steps, or of prompts and of choices, as indices."""
    answer = question.answer
    own = (seed, version, question.id)
    match answer:
        case Choose(style="truth") | Fill():
            return (), ()
        case Choose(options=options, keys=keys):
            order = shuffled(range(len(options)), *own)
            if key_position is not None:
                order.remove(keys[0])
                order.insert(key_position, keys[0])
            return tuple(order), ()
        case Match(prompts=prompts, choices=choices, key=key):
            rows = shuffled(range(len(prompts)), *own, "prompts")
            return tuple(rows), tuple(_unsolved([key[row] for row in rows], len(choices), *own))
        case Order(steps=steps, key=key):
            return tuple(_unsolved(list(key), len(steps), *own)), ()
        case _:
            assert_never(answer)


def _form(question: Question, order: tuple[int, ...], columns: tuple[int, ...], forms: Forms) -> Question:
    """Return the question with its answer in printed order."""
    form = (question.id, order, columns)
    if form not in forms:
        forms[form] = replace(question, answer=_arranged(question.answer, order, columns))
    return forms[form]


def _arranged(answer: Answer, order: Sequence[int], columns: Sequence[int]) -> Answer:
    match answer:
        case Choose(style="truth") | Fill():
            return answer
        case Choose(options=options, keys=keys):
            placed = tuple(sorted(order.index(key) for key in keys))
            return replace(answer, options=tuple(options[index] for index in order), keys=placed)
        case Match(prompts=prompts, choices=choices, key=key):
            return Match(
                prompts=tuple(prompts[row] for row in order),
                choices=tuple(choices[column] for column in columns),
                key=tuple(columns.index(key[row]) for row in order),
            )
        case Order(steps=steps, key=key):
            return Order(
                steps=tuple(steps[index] for index in order), key=tuple(order.index(index) for index in key)
            )
        case _:
            assert_never(answer)


def _unsolved(solution: list[int], size: int, *seed: object) -> list[int]:
    """Shuffle ``range(size)``, and turn it once where the shuffle happened to print the solution itself."""
    order = shuffled(range(size), *seed, "choices")
    if size > 1 and order[: len(solution)] == solution:
        order = order[1:] + order[:1]
    return order


def _trimmed(bank: Bank, questions: Iterable[Question]) -> Bank:
    """Keep of a bank what these questions lead to."""
    topics = {question.topic: bank.topics[question.topic] for question in questions}
    facts = {fact: bank.facts[fact] for question in questions for fact in question.facts}
    cited = {passage for fact in facts.values() for passage in fact.cites}
    sources = {}
    for source in bank.sources.values():
        if passages := tuple(passage for passage in source.passages if passage.id in cited):
            sources[source.id] = replace(source, passages=passages)
    return Bank(sources=sources, topics=topics, facts=facts, questions={})
