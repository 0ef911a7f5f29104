"""Questions generated: each model held against the relations of its type."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from jinja2 import TemplateError

from quizgen.errors import Diagnostic
from quizgen.generate.item_model import (
    EACH,
    HOLDS,
    OF_ONE,
    SAID,
    GeneratedDraft,
    ItemModel,
    ModelError,
    Relation,
    SkippedError,
)
from quizgen.generate.siblings import Siblings, digest
from quizgen.generate.template import fill
from quizgen.model import Question
from quizgen.text.languages import Text
from quizgen.text.messages import Message, _
from quizgen.text.normalise import normalise

_BETWEEN = {"zh-Hans": ""}  # what stands between two sentences; a blank, unless a language has none


class GeneratedQuestion(NamedTuple):
    """A generated question, and what it was made from: ids of its model and of its relations."""

    question: Question
    model: str
    relations: tuple[str, ...]


class Skipped(NamedTuple):
    """Relations that a model makes no question of, and why."""

    model: str
    relations: tuple[str, ...]
    why: Message


class GenerationResult(NamedTuple):
    """All that came of the models: questions in the order of the models, and what did not become one.

    ``refused`` is what is wrong in a model, by its id, at a path in its entry.
    """

    made: tuple[GeneratedQuestion, ...]
    refused: tuple[tuple[str, Diagnostic], ...]
    skipped: tuple[Skipped, ...]


def generate(models: Sequence[ItemModel], relations: Sequence[Relation]) -> GenerationResult:
    """Make every question that these models make of these relations.

    The templates must have no fault. What is drawn (wrong answers, and whether a true-false statement
    is true) follows from the ids of the model and of the relations, so it stays as long as they do.
    """
    made: list[GeneratedQuestion] = []
    refused: list[tuple[str, Diagnostic]] = []
    skipped: list[Skipped] = []
    for model in models:
        siblings = Siblings(model, [each for each in relations if each.type == model.type])
        before = len(made) + len(refused)
        for draft in model.rules.drafts(siblings):
            ids = tuple(each.id for each in draft.right)
            try:
                made.append(GeneratedQuestion(_question(model, draft), model.id, ids))
            except ModelError as error:
                refused.append((model.id, Diagnostic(error.path, error.what, error.hint)))
            except SkippedError as error:
                skipped.append(Skipped(model.id, ids, error.why))
        if len(made) + len(refused) == before:
            what = _("no question comes of the model {model}", model=model.id)
            refused.append(
                (model.id, Diagnostic((), what, _("state more relations of its type, or take the model out")))
            )
    return GenerationResult(tuple(made), tuple(dict.fromkeys(refused)), tuple(skipped))


def _question(model: ItemModel, draft: GeneratedDraft) -> Question:
    """Fill the templates of one question. Raises ModelError or SkippedError."""
    first = min(draft.right, key=lambda each: each.id)
    suffix = digest(*sorted(each.id for each in draft.right))[:8] if model.rules.several else first.slug
    whole = {
        part: _whole(model, part, draft)
        for part in ("stem", "rationale", "advice")
        if part in model.templates
    }
    resting = draft.right if draft.holds else (*draft.right, *draft.wrong)
    facts = [fact for each in resting for fact in (each.fact, *each.facts)]
    return Question(
        id=f"{first.topic}/{model.id}-{suffix}",
        topic=first.topic,
        kind=model.kind,
        level=model.level,
        difficulty=model.difficulty,
        facts=tuple(dict.fromkeys(facts)),
        stem=whole["stem"],
        answer=model.rules.answer(draft, partial(_texts, model)),
        rationale=whole["rationale"],
        advice=whole.get("advice", {}),
        generated=True,
    )


def _texts(model: ItemModel, part: str, relations: Sequence[Relation]) -> tuple[Text, ...]:
    """Fill a template from each of these relations; no two may read the same."""
    texts = [_of_one(model, part, relation) for relation in relations]
    seen: dict[tuple[str, str], Relation] = {}
    for relation, made in zip(relations, texts, strict=True):
        for tag, words in made.items():
            other = seen.setdefault((tag, normalise(words)), relation)
            if other is not relation:
                what = _(
                    "this makes two equal texts of {one} and {other}: `{words}`",
                    one=other.id,
                    other=relation.id,
                    words=words,
                )
                raise ModelError(
                    (part, tag), what, _("name in it what is asked for, or let them exclude each other")
                )
    return tuple(texts)


def _of_one(model: ItemModel, part: str, relation: Relation) -> Text:
    return {tag: _fill(model, part, tag, _members(relation, tag)) for tag in model.templates[part]}


def _whole(model: ItemModel, part: str, draft: GeneratedDraft) -> Text:
    """Fill a template that speaks of the question as a whole."""
    texts = {}
    for tag in model.templates[part]:
        values: dict[str, object] = {**_members(draft.right[0], tag), HOLDS: draft.holds}
        said = draft.right[0] if draft.holds or not draft.wrong else draft.wrong[0]
        values |= {SAID + name: said.members[name][tag] for name in model.asked}
        if EACH in model.templates and part == "rationale":
            sentences = [_fill(model, EACH, tag, _members(each, tag)) for each in draft.right]
            values[EACH] = _BETWEEN.get(tag, " ").join(sentences)
        texts[tag] = _fill(model, part, tag, values)
    return texts


def _members(relation: Relation, tag: str) -> dict[str, object]:
    return {name: words[tag] for name, words in relation.members.items()}


def _fill(model: ItemModel, part: str, tag: str, values: Mapping[str, object]) -> str:
    assert part in (*OF_ONE, "stem", "rationale", "advice")  # noqa: S101  what the schema lets through
    try:
        filled = fill(model.templates[part][tag], values)
    except (TemplateError, TypeError, AttributeError) as error:
        what = _("this template cannot be filled: {reason}", reason=str(error))
        raise ModelError((part, tag), what, _("mend it")) from error
    if not filled:
        raise ModelError(
            (part, tag), _("this template makes an empty text"), _("say something in every case")
        )
    return filled
