"""Select the questions that fit a recipe, and decide how many of them a quiz has."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from quizgen.assemble.draw import QuestionPool, has_enemies
from quizgen.bank.families import question_family
from quizgen.errors import MisuseError, Problem, QuizgenError, problem, suggest_nearest
from quizgen.ids import find_id
from quizgen.model import DIFFICULTIES, LEVELS, Bank, Question
from quizgen.text.messages import Message, _, ngettext

DEFAULT_COUNT, DEFAULT_LARGE_COUNT = 10, 5
_AMPLE = 10
_SEEDS_TO_TRY = range(20)

AskedAudience: TypeAlias = Literal["everyone", "work", "all"]
"""Who the questions of a quiz are for, or all questions."""


class Recipe(Struct, frozen=True):
    """What the user asks a quiz to be: how many questions, and which. An empty tuple means no restriction.

    If ``count`` is ``None``, the quiz has 10 questions (5 in large print), or fewer if fewer fit; if ``questions`` are named, all of
    these. ``questions`` are full ids (``topic/slug``), or slugs that are unique in the question bank. ``large_print``
    is for a sheet in large print, which has no room for long exhibits. Questions that are named always fit, whatever their audience.
    """

    count: int | None = None
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    difficulties: tuple[int, ...] = ()
    questions: tuple[str, ...] = ()
    audience: AskedAudience = "everyone"
    large_print: bool = False

    @property
    def default_count(self) -> int:
        """How many questions a quiz has if nobody says: in large print as many as fit one sheet."""
        return DEFAULT_LARGE_COUNT if self.large_print else DEFAULT_COUNT

    @property
    def max_long_exhibits(self) -> int | None:
        """The largest number of long exhibits: 1; in large print 0; ``None`` (no limit) if kinds or questions are named."""
        if self.large_print:
            return 0
        return None if self.kinds or self.questions else 1


def select_questions(bank: Bank, recipe: Recipe) -> list[Question]:
    """Return the questions that fit a recipe, in the order of the question bank, or as the recipe names them."""
    problems = [
        *_unknown_name_problems("topic", recipe.topics, bank.topics),
        *(_unknown_name_problems("kind", recipe.kinds, _kind_names()) if recipe.kinds else ()),
        *_unknown_name_problems("level", recipe.levels, LEVELS),
        *_unknown_name_problems("difficulty", recipe.difficulties, DIFFICULTIES),
    ]
    named = [_find_question(name, bank) for name in dict.fromkeys(recipe.questions)]
    problems += [each for each in named if isinstance(each, Problem)]
    if recipe.count is not None and recipe.count < 1:
        problems.append(
            problem(_("a quiz cannot have {count} questions"), _("ask for 1 or more"), count=recipe.count)
        )
    if problems:
        raise MisuseError(problems)
    candidates = (
        [bank.questions[name] for name in map(str, named)]
        if recipe.questions
        else list(bank.questions.values())
    )
    return [
        question
        for question in candidates
        if (not recipe.topics or question.topic in recipe.topics)
        and (not recipe.kinds or question.kind in recipe.kinds)
        and (not recipe.levels or question.level in recipe.levels)
        and (not recipe.difficulties or question.difficulty in recipe.difficulties)
        and (recipe.questions or _is_admitted(recipe, question))
    ]


def _find_question(name: str, bank: Bank) -> str | Problem:
    """Return the full id of the question that a name means, or a problem if there is none or if it is a draft."""
    found = find_id(name, bank.questions, _("question"))
    draft = find_id(name, bank.drafts, _("question"))
    if isinstance(found, str) or isinstance(draft, Problem):
        return found
    return problem(
        _("question {asked!r} is a draft, or rests on one, so it is in no quiz yet"),
        _("read it and accept it: `quizgen bank accept {id}`"),
        asked=name,
        id=draft,
    )


def _is_admitted(recipe: Recipe, question: Question) -> bool:
    """Return whether a question has the audience that the recipe asks for."""
    return recipe.audience in ("all", question.audience)


def resolve_question_count(bank: Bank, recipe: Recipe, available_count: int) -> int:
    """Return how many questions a quiz gets, if ``available_count`` questions fit the recipe.

    Raises MisuseError if fewer are available than the recipe asks for, or none, and QuizgenError if the bank has no
    questions.
    """
    wanted = recipe.count
    if wanted is None:
        wanted = available_count if recipe.questions else min(recipe.default_count, available_count)
    if available_count == 0 and not bank.questions and bank.drafts:
        raise QuizgenError(
            problem(
                _("all questions of the bank are drafts"),
                _("read them, and accept those that are good, with `quizgen bank accept`"),
            )
        )
    if available_count == 0 and not bank.questions:
        raise QuizgenError(
            problem(_("the bank has no questions yet"), _("write one with `quizgen bank new`"))
        )
    if available_count == 0:
        raise MisuseError(
            problem(
                _("no questions match this selection"),
                _("widen the selection: drop a topic, kind, level or difficulty"),
            )
        )
    if wanted > available_count:
        raise MisuseError(
            problem(
                ngettext(
                    "you asked for {wanted} questions, but only 1 matches this selection",
                    "you asked for {wanted} questions, but only {count} match this selection",
                    available_count,
                    wanted=wanted,
                ),
                _("ask for {available} or fewer"),
                available=available_count,
            )
        )
    return wanted


def make_question_pool(questions: Sequence[Question], bank: Bank, recipe: Recipe) -> QuestionPool:
    """Return the pool from which the quiz of a recipe is drawn."""
    return QuestionPool(questions, bank.exhibits, recipe.max_long_exhibits, large_print=recipe.large_print)


def draw_questions(bank: Bank, recipe: Recipe, seed: int) -> list[Question]:
    """Draw the questions of a quiz at random. If the recipe names as many questions as it asks for, return exactly these."""
    pool = select_questions(bank, recipe)
    count = resolve_question_count(bank, recipe, len(pool))
    if recipe.questions and count == len(pool):
        return pool
    return make_question_pool(pool, bank, recipe).draw(count, seed)


def largest_count_without_enemies(bank: Bank, recipe: Recipe, limit: int) -> int:
    """Return how many questions a quiz can have, up to ``limit``, without two that give away each other's answer.

    The quizzes of a few seeds are tried. If there are over ten times as many questions, all of them are kept apart, and none
    is tried.
    """
    selected = select_questions(bank, recipe)
    if len(selected) > _AMPLE * limit:
        return limit
    pool = make_question_pool(selected, bank, recipe)
    counts = range(min(limit, len(selected)), 0, -1)
    return next((n for n in counts if not any(has_enemies(pool.draw(n, seed)) for seed in _SEEDS_TO_TRY)), 0)


def find_seed_with_most_new_questions(
    bank: Bank, recipe: Recipe, seen_ids: Collection[str], seeds: Iterable[int]
) -> int:
    """Return the seed whose quiz has the most new questions, among all seeds of the decks that ``seeds`` belong to.

    A person who takes quizzes of one deck meets no question twice, as far as the mix of a quiz and its sheet allow
    (:meth:`QuestionPool.draw_deck`). ``seen_ids`` has the ids of the questions that were answered. Among quizzes with as many new
    questions, the one with the most new matters is best: a question on the twin of an exhibit is on the same matter. Among
    equals the last is, so that somebody who has seen everything does not get the same quiz again.

    Raises the same errors as :func:`draw_questions`.
    """
    selected = select_questions(bank, recipe)
    count = resolve_question_count(bank, recipe, len(selected))
    pool = make_question_pool(selected, bank, recipe)
    size = pool.quizzes_of_a_deck(count)
    seen_matters = {question_family(bank.questions[id_], bank) for id_ in seen_ids if id_ in bank.questions}
    best, most_fresh = 0, (-1, -1)
    for deck in dict.fromkeys(seed // size for seed in seeds):
        for index, drawn in enumerate(pool.draw_deck(count, deck)):
            fresh = (
                sum(question.id not in seen_ids for question in drawn),
                sum(question_family(question, bank) not in seen_matters for question in drawn),
            )
            if fresh >= most_fresh:
                best, most_fresh = deck * size + index, fresh
            if fresh == (count, count):
                return best
    return best


_WHAT: Mapping[str, Message] = {
    "topic": _("topic"),
    "kind": _("kind"),
    "level": _("level"),
    "difficulty": _("difficulty"),
}


def _unknown_name_problems(
    what: str, requested_names: Iterable[object], known_names: Iterable[object]
) -> list[Problem]:
    names = [str(name) for name in known_names]
    return [
        problem(
            _("no {what} {asked!r}"),
            _suggest_names(what, str(name), names),
            what=_WHAT[what],
            asked=str(name),
        )
        for name in requested_names
        if str(name) not in names
    ]


def _kind_names() -> Iterable[str]:
    from quizgen.kinds import KINDS  # noqa: PLC0415  a quiz of all kinds starts faster without their modules

    return KINDS


def _suggest_names(what: str, name: str, names: Sequence[str]) -> Message:
    few = 8  # `quizgen bank list` lists questions and topics, not kinds
    all_named = what == "kind" or len(names) <= few
    listed = (
        _("there are {ids}", ids=tuple(names)) if all_named else _("`quizgen bank list` shows all of them")
    )
    return suggest_nearest(name, names, cutoff=0.5) or listed
