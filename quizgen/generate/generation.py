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
from quizgen.generate.template import render_sentence
from quizgen.model import Question
from quizgen.text.languages import Text
from quizgen.text.messages import Message, _
from quizgen.text.normalise import normalise

_SENTENCE_SEPARATORS = {"zh-Hans": ""}  # other languages have a blank between sentences


class GeneratedQuestion(NamedTuple):
    """A question made by an item model, with the ids of the model and of the relations that it asks about."""

    question: Question
    model: str
    relations: tuple[str, ...]


class SkippedRelations(NamedTuple):
    """Relations from which an item model makes no question, and the reason."""

    model: str
    relations: tuple[str, ...]
    why: Message


class GenerationResult(NamedTuple):
    """The questions made by all item models, the errors in the models, and the relations that were skipped.

    An error is the id of a model and a diagnostic, whose path is relative to the model's entry in the question bank.
    """

    questions: tuple[GeneratedQuestion, ...]
    errors: tuple[tuple[str, Diagnostic], ...]
    skipped: tuple[SkippedRelations, ...]


def make_questions(models: Sequence[ItemModel], relations: Sequence[Relation]) -> GenerationResult:
    """Make every question that these item models can make from these relations.

    The templates must have been checked for errors. Digests of the ids of models and relations decide what would
    otherwise be random: the wrong options, and whether a statement is true. So a question stays the same as long as
    these ids do.
    """
    questions: list[GeneratedQuestion] = []
    errors: list[tuple[str, Diagnostic]] = []
    skipped: list[SkippedRelations] = []
    for model in models:
        siblings = Siblings(model, [each for each in relations if each.type == model.type])
        before = len(questions) + len(errors)
        for draft in model.rules.draft_questions(siblings):
            ids = tuple(each.id for each in draft.right)
            try:
                questions.append(GeneratedQuestion(_make_question(model, draft), model.id, ids))
            except ModelError as error:
                errors.append((model.id, Diagnostic(error.path, error.what, error.hint)))
            except SkippedError as error:
                skipped.append(SkippedRelations(model.id, ids, error.why))
        if len(questions) + len(errors) == before:
            what = _("the model {model} makes no questions", model=model.id)
            errors.append(
                (model.id, Diagnostic((), what, _("add more relations of its type, or remove the model")))
            )
    return GenerationResult(tuple(questions), tuple(dict.fromkeys(errors)), tuple(skipped))


def _make_question(model: ItemModel, draft: QuestionDraft) -> Question:
    """Make one question by filling the templates of its model. Raises ModelError or SkippedError."""
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
        answer=model.rules.make_answer(draft, partial(_fill_for_each_relation, model)),
        rationale=texts["rationale"],
        advice=texts.get("advice", {}),
        generated=True,
    )


def _fill_for_each_relation(
    model: ItemModel, template_name: str, relations: Sequence[Relation]
) -> tuple[Text, ...]:
    """Fill a template once for each of these relations. Raises ModelError if two of the texts are equal."""
    texts = [_fill_for_relation(model, template_name, relation) for relation in relations]
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
                    (template_name, tag),
                    what,
                    _("name what is asked for in the text, or let them exclude each other"),
                )
    return tuple(texts)


def _fill_for_relation(model: ItemModel, template_name: str, relation: Relation) -> Text:
    return {
        tag: _fill_template(model, template_name, tag, _member_texts(relation, tag))
        for tag in model.templates[template_name]
    }


def _fill_for_question(model: ItemModel, template_name: str, draft: QuestionDraft) -> Text:
    """Fill a template whose fields describe the whole question, such as the stem or the rationale."""
    texts = {}
    for tag in model.templates[template_name]:
        values: dict[str, object] = {**_member_texts(draft.right[0], tag), HOLDS_FIELD: draft.holds}
        stated = draft.right[0] if draft.holds or not draft.wrong else draft.wrong[0]
        values |= {STATED_PREFIX + name: stated.members[name][tag] for name in model.asked}
        if EACH_FIELD in model.templates and template_name == "rationale":
            sentences = [
                _fill_template(model, EACH_FIELD, tag, _member_texts(each, tag)) for each in draft.right
            ]
            values[EACH_FIELD] = _SENTENCE_SEPARATORS.get(tag, " ").join(sentences)
        texts[tag] = _fill_template(model, template_name, tag, values)
    return texts


def _member_texts(relation: Relation, language: str) -> dict[str, object]:
    return {name: words[language] for name, words in relation.members.items()}


def _fill_template(model: ItemModel, template_name: str, language: str, values: Mapping[str, object]) -> str:
    assert template_name in (*RELATION_TEMPLATES, "stem", "rationale", "advice")  # noqa: S101  the schema allows no other
    try:
        filled = render_sentence(model.templates[template_name][language], values)
    except (TemplateError, TypeError, AttributeError) as error:
        what = _("this template cannot be filled: {reason}", reason=str(error))
        raise ModelError((template_name, language), what, _("fix it")) from error
    if not filled:
        raise ModelError(
            (template_name, language),
            _("this template gives an empty text"),
            _("make it give text in every case"),
        )
    return filled
