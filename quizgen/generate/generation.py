"""Make the questions of item models from relations."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from jinja2 import TemplateError

from quizgen.errors import Diagnostic
from quizgen.generate.item_model import (
    EACH_FIELD,
    HOLDS_FIELD,
    RELATION_TEMPLATES,
    STATED_PREFIX,
    ItemModel,
    ModelError,
    QuestionDraft,
    Relation,
    SkippedError,
)
from quizgen.generate.siblings import Siblings, digest
from quizgen.generate.template import fill
from quizgen.model import Question
from quizgen.text.languages import Text
from quizgen.text.messages import Message, _
from quizgen.text.normalise import normalise

_SENTENCE_SEPARATORS = {"zh-Hans": ""}  # other languages have a blank between sentences


class GeneratedQuestion(NamedTuple):
    """A generated question, with the ids of its model and relations."""

    question: Question
    model: str
    relations: tuple[str, ...]


class Skipped(NamedTuple):
    """Relations from which a model makes no question, and why."""

    model: str
    relations: tuple[str, ...]
    why: Message


class GenerationResult(NamedTuple):
    """The result for all models: questions in the order of the models, errors, and skipped relations.

    ``errors`` are problems at a path in the entry of a model, each with the id of the model.
    """

    questions: tuple[GeneratedQuestion, ...]
    errors: tuple[tuple[str, Diagnostic], ...]
    skipped: tuple[Skipped, ...]


def generate(models: Sequence[ItemModel], relations: Sequence[Relation]) -> GenerationResult:
    """Make every question of these models from these relations.

    The templates must be free of errors. The ids of a model and its relations decide what is drawn: wrong answers, and
    whether a statement is true. So a question stays the same as long as the ids do.
    """
    questions: list[GeneratedQuestion] = []
    errors: list[tuple[str, Diagnostic]] = []
    skipped: list[Skipped] = []
    for model in models:
        siblings = Siblings(model, [each for each in relations if each.type == model.type])
        before = len(questions) + len(errors)
        for draft in model.rules.drafts(siblings):
            ids = tuple(each.id for each in draft.right)
            try:
                questions.append(GeneratedQuestion(_question(model, draft), model.id, ids))
            except ModelError as error:
                errors.append((model.id, Diagnostic(error.path, error.what, error.hint)))
            except SkippedError as error:
                skipped.append(Skipped(model.id, ids, error.why))
        if len(questions) + len(errors) == before:
            what = _("the model {model} makes no questions", model=model.id)
            errors.append(
                (model.id, Diagnostic((), what, _("add more relations of its type, or remove the model")))
            )
    return GenerationResult(tuple(questions), tuple(dict.fromkeys(errors)), tuple(skipped))


def _question(model: ItemModel, draft: QuestionDraft) -> Question:
    """Fill the templates of one question. Raises ModelError or SkippedError."""
    first = min(draft.right, key=lambda each: each.id)
    suffix = digest(*sorted(each.id for each in draft.right))[:8] if model.rules.several else first.slug
    texts = {
        part: _fill_for_question(model, part, draft)
        for part in ("stem", "rationale", "advice")
        if part in model.templates
    }
    relations = draft.right if draft.holds else (*draft.right, *draft.wrong)
    facts = [fact for each in relations for fact in (each.fact, *each.facts)]
    return Question(
        id=f"{first.topic}/{model.id}-{suffix}",
        topic=first.topic,
        kind=model.kind,
        level=model.level,
        difficulty=model.difficulty,
        facts=tuple(dict.fromkeys(facts)),
        stem=texts["stem"],
        answer=model.rules.answer(draft, partial(_fill_all, model)),
        rationale=texts["rationale"],
        advice=texts.get("advice", {}),
        generated=True,
    )


def _fill_all(model: ItemModel, part: str, relations: Sequence[Relation]) -> tuple[Text, ...]:
    """Fill a template from each of these relations. Raises ModelError if two texts are equal."""
    texts = [_fill_for_relation(model, part, relation) for relation in relations]
    seen: dict[tuple[str, str], Relation] = {}
    for relation, text in zip(relations, texts, strict=True):
        for tag, words in text.items():
            other = seen.setdefault((tag, normalise(words)), relation)
            if other is not relation:
                what = _(
                    "this makes the same text from {one} and {other}: `{words}`",
                    one=other.id,
                    other=relation.id,
                    words=words,
                )
                raise ModelError(
                    (part, tag), what, _("name what is asked for in the text, or let them exclude each other")
                )
    return tuple(texts)


def _fill_for_relation(model: ItemModel, part: str, relation: Relation) -> Text:
    return {tag: _fill(model, part, tag, _members(relation, tag)) for tag in model.templates[part]}


def _fill_for_question(model: ItemModel, part: str, draft: QuestionDraft) -> Text:
    """Fill a template whose fields describe the question as a whole."""
    texts = {}
    for tag in model.templates[part]:
        values: dict[str, object] = {**_members(draft.right[0], tag), HOLDS_FIELD: draft.holds}
        stated = draft.right[0] if draft.holds or not draft.wrong else draft.wrong[0]
        values |= {STATED_PREFIX + name: stated.members[name][tag] for name in model.asked}
        if EACH_FIELD in model.templates and part == "rationale":
            sentences = [_fill(model, EACH_FIELD, tag, _members(each, tag)) for each in draft.right]
            values[EACH_FIELD] = _SENTENCE_SEPARATORS.get(tag, " ").join(sentences)
        texts[tag] = _fill(model, part, tag, values)
    return texts


def _members(relation: Relation, tag: str) -> dict[str, object]:
    return {name: words[tag] for name, words in relation.members.items()}


def _fill(model: ItemModel, part: str, tag: str, values: Mapping[str, object]) -> str:
    assert part in (*RELATION_TEMPLATES, "stem", "rationale", "advice")  # noqa: S101  the schema allows no other
    try:
        filled = fill(model.templates[part][tag], values)
    except (TemplateError, TypeError, AttributeError) as error:
        what = _("this template cannot be filled: {reason}", reason=str(error))
        raise ModelError((part, tag), what, _("fix it")) from error
    if not filled:
        raise ModelError(
            (part, tag), _("this template gives an empty text"), _("make it give text in every case")
        )
    return filled
