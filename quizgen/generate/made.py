"""Questions made: each model held against the relations of its type."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, islice
from typing import NamedTuple, assert_never

from jinja2 import TemplateError

from quizgen.generate.parts import EACH, HOLDS, OF_ONE, SAID, ItemModel, Relation
from quizgen.generate.siblings import Siblings, Value, digest, folded
from quizgen.generate.template import fill
from quizgen.language import Text
from quizgen.model import FALSE, TRUE, WRITTEN_LANGUAGES, Question
from quizgen.shapes import Answer, Choose, Match, Order

LEAST_WRONG = 2
"""A question with fewer wrong answers is a guess, and is not made (Rodriguez 2005: three options are enough)."""

LEAST_RIGHT = 2
"""A `multiple` question with a single key would be a `single` one."""

MOST_RIGHT = 3
LEAST_STEPS = 3
_OTHERS = 5  # wrong answers more, of which some take the place of those that stand beside another key
_BETWEEN = {"zh-Hans": ""}  # what stands between two sentences; a blank, unless a language has none


class Made(NamedTuple):
    """A generated question, and what it was made from: ids of its model and of its relations."""

    question: Question
    model: str
    relations: tuple[str, ...]


class Refused(NamedTuple):
    """What is wrong in a model, and where in its entry: a path such as ``("option", "en")``."""

    model: str
    path: tuple[str, ...]
    what: str
    hint: str


class Left(NamedTuple):
    """Relations that a model makes no question of, and why."""

    model: str
    relations: tuple[str, ...]
    why: str


class Yield(NamedTuple):
    """All that came of the models: questions in the order of the models, and what did not become one."""

    made: tuple[Made, ...]
    refused: tuple[Refused, ...]
    left: tuple[Left, ...]


class _RefusedError(Exception):
    def __init__(self, path: tuple[str, ...], what: str, hint: str) -> None:
        self.path, self.what, self.hint = path, what, hint
        super().__init__(what)


class _LeftError(Exception):
    pass


class _Draft(NamedTuple):
    """Relations chosen for one question: those that the key rests on, and those that are wrong in it."""

    right: tuple[Relation, ...]
    wrong: tuple[Relation, ...] = ()
    holds: bool = True


def generate(models: Sequence[ItemModel], relations: Sequence[Relation]) -> Yield:
    """Make every question that these models make of these relations.

    The templates must have no fault. What is drawn (wrong answers, and whether a true-false statement
    is true) follows from the ids of the model and of the relations, so it stays as long as they do.
    """
    made: list[Made] = []
    refused: list[Refused] = []
    left: list[Left] = []
    for model in models:
        siblings = Siblings(model, [each for each in relations if each.type == model.type])
        before = len(made) + len(refused)
        for chosen in _DRAFTS[model.kind](siblings):
            ids = tuple(each.id for each in chosen.right)
            try:
                made.append(Made(_question(model, chosen), model.id, ids))
            except _RefusedError as error:
                refused.append(Refused(model.id, error.path, error.what, error.hint))
            except _LeftError as error:
                left.append(Left(model.id, ids, str(error)))
        if len(made) + len(refused) == before:
            hint = "state more relations of its type, or take the model out"
            refused.append(Refused(model.id, (), f"no question comes of the model {model.id}", hint))
    return Yield(tuple(made), tuple(dict.fromkeys(refused)), tuple(left))


def _singles(siblings: Siblings) -> Iterator[_Draft]:
    """Make a draft for each question and right answer that the relations tell apart.

    Of those that ask the same, no two have the same wrong answers while there are others.
    """
    seen = set()
    drawn: set[tuple[Value, frozenset[str]]] = set()
    for relation in siblings.ring:
        given, asked = siblings.given(relation), siblings.asked(relation)
        if (given, asked) in seen:
            continue
        seen.add((given, asked))
        more = siblings.wrong_for(relation)
        wrong = tuple(islice(more, siblings.model.size))
        if (given, _ids(wrong)) in drawn:
            choices = combinations((*wrong, *islice(more, _OTHERS)), len(wrong))
            wrong = next((each for each in choices if (given, _ids(each)) not in drawn), wrong)
        drawn.add((given, _ids(wrong)))
        yield _Draft((relation,), wrong)


def _ids(relations: Sequence[Relation]) -> frozenset[str]:
    return frozenset(each.id for each in relations)


def _multiples(siblings: Siblings) -> Iterator[_Draft]:
    for group in siblings.by_given.values():
        right = {siblings.asked(relation): relation for relation in reversed(group)}
        if len(right) >= LEAST_RIGHT:
            first = next(iter(right.values()))
            count = LEAST_RIGHT + int(digest("keys", siblings.model.id, first.id), 16) % 2
            keys = sorted(list(right.values())[:count], key=lambda each: each.id)
            # As many options with two keys as with three, so that neither can be counted.
            size = siblings.model.size + MOST_RIGHT - len(keys)
            wrong = list(islice(siblings.wrong_for(keys[0]), size))
            yield _Draft(tuple(keys), tuple(wrong))


def _truths(siblings: Siblings) -> Iterator[_Draft]:
    for relation in siblings.ring:
        other = next(siblings.wrong_for(relation), None)
        true = other is None or int(digest("true", siblings.model.id, relation.id), 16) % 2 == 0
        yield _Draft((relation,), () if true or other is None else (other,), holds=true)


def _matches(siblings: Siblings) -> Iterator[_Draft]:
    return (_Draft(tuple(chosen)) for chosen in siblings.sets())


def _orders(siblings: Siblings) -> Iterator[_Draft]:
    size = siblings.model.size
    for group in siblings.by_given.values():
        steps = sorted(group, key=lambda each: each.rank)
        for first in range(0, max(1, len(steps) - size + 1), max(1, size - 1)):
            yield _Draft(tuple(steps[first : first + size]))


_DRAFTS: Mapping[str, Callable[[Siblings], Iterator[_Draft]]] = {
    "single": _singles,
    "multiple": _multiples,
    "true-false": _truths,
    "match": _matches,
    "order": _orders,
}


def _question(model: ItemModel, chosen: _Draft) -> Question:
    """Fill the templates of one question. Raises one of the two errors above where it cannot be."""
    first = min(chosen.right, key=lambda each: each.id)
    several = model.kind in ("multiple", "match", "order")
    suffix = digest(*sorted(each.id for each in chosen.right))[:8] if several else first.own_id
    whole = {
        part: _whole(model, part, chosen)
        for part in ("stem", "rationale", "advice")
        if part in model.templates
    }
    resting = chosen.right if chosen.holds else (*chosen.right, *chosen.wrong)
    facts = [fact for each in resting for fact in (each.fact, *each.facts)]
    return Question(
        id=f"{first.topic}/{model.id}-{suffix}",
        topic=first.topic,
        kind=model.kind,
        level=model.level,
        difficulty=model.difficulty,
        facts=tuple(dict.fromkeys(facts)),
        stem=whole["stem"],
        answer=_answer(model, chosen),
        rationale=whole["rationale"],
        advice=whole.get("advice", {}),
        generated=True,
    )


def _answer(model: ItemModel, chosen: _Draft) -> Answer:
    match model.kind:
        case "single" | "multiple":
            if len(chosen.wrong) < LEAST_WRONG:
                raise _LeftError(
                    f"it has {len(chosen.wrong)} wrong answers among its siblings, and needs {LEAST_WRONG}"
                )
            options = _apart(model, "option", (*chosen.right, *chosen.wrong))
            keys = tuple(range(len(chosen.right)))
            return Choose(options, keys, "one" if model.kind == "single" else "several")
        case "true-false":
            return Choose((TRUE, FALSE), (0 if chosen.holds else 1,), "truth")
        case "match":
            key = tuple(range(len(chosen.right)))
            return Match(_apart(model, "left", chosen.right), _apart(model, "right", chosen.right), key)
        case "order":
            ranks = [each.rank for each in chosen.right]
            if 0 in ranks or len(set(ranks)) < len(ranks):
                named = ", ".join(each.id for each in chosen.right)
                raise _RefusedError(
                    ("kind",), f"the ranks of {named} give no order", "give each a rank of its own"
                )
            if len(ranks) < LEAST_STEPS:
                raise _LeftError(f"it has {len(ranks)} steps, and needs {LEAST_STEPS}")
            return Order(_apart(model, "option", chosen.right), tuple(range(len(ranks))))
        case "fill":
            raise AssertionError  # no model is of this kind: what a blank takes cannot be generated
        case _:
            assert_never(model.kind)


def _apart(model: ItemModel, part: str, relations: Sequence[Relation]) -> tuple[Text, ...]:
    """Fill a template from each of these relations; no two may read the same."""
    texts = [_of_one(model, part, relation) for relation in relations]
    seen: dict[tuple[str, str], Relation] = {}
    for relation, text in zip(relations, texts, strict=True):
        for tag, words in text.items():
            other = seen.setdefault((tag, folded(words)), relation)
            if other is not relation:
                what = f"this makes two equal texts of {other.id} and {relation.id}: `{words}`"
                raise _RefusedError(
                    (part, tag), what, "name in it what is asked for, or let them exclude each other"
                )
    return tuple(texts)


def _of_one(model: ItemModel, part: str, relation: Relation) -> Text:
    return {tag: _fill(model, part, tag, _members(relation, tag)) for tag in WRITTEN_LANGUAGES}


def _whole(model: ItemModel, part: str, chosen: _Draft) -> Text:
    """Fill a template that speaks of the question as a whole."""
    texts = {}
    for tag in WRITTEN_LANGUAGES:
        values: dict[str, object] = {**_members(chosen.right[0], tag), HOLDS: chosen.holds}
        said = chosen.right[0] if chosen.holds or not chosen.wrong else chosen.wrong[0]
        values |= {SAID + name: said.members[name][tag] for name in model.asked}
        if EACH in model.templates and part == "rationale":
            sentences = [_fill(model, EACH, tag, _members(each, tag)) for each in chosen.right]
            values[EACH] = _BETWEEN.get(tag, " ").join(sentences)
        texts[tag] = _fill(model, part, tag, values)
    return texts


def _members(relation: Relation, tag: str) -> dict[str, object]:
    return {name: text[tag] for name, text in relation.members.items()}


def _fill(model: ItemModel, part: str, tag: str, values: Mapping[str, object]) -> str:
    assert part in (*OF_ONE, "stem", "rationale", "advice")  # noqa: S101  what the schema lets through
    try:
        text = fill(model.templates[part][tag], values)
    except (TemplateError, TypeError, AttributeError) as error:
        raise _RefusedError((part, tag), f"this template cannot be filled: {error}", "mend it") from error
    if not text:
        raise _RefusedError((part, tag), "this template makes an empty text", "say something in every case")
    return text
