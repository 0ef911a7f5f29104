"""Read exhibit models from a question bank's files, check them, and generate exhibits.

This is not needed for a cached bank.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import convert

from quizgen.bank.checks import (
    Entry,
    KnownIds,
    check_fact_references,
    check_losses,
    check_wishes_of_sender,
    section_entries,
)
from quizgen.bank.file_types import LINE_KEYS, SLOT_VALUE_KEYS, ExhibitModelEntry, ExhibitSide
from quizgen.bank.help_numbers import insert_help_numbers
from quizgen.bank.item_models import GeneratedQuestions, ModelLocation
from quizgen.bank.reader import Document
from quizgen.errors import Diagnostic, Path, suggest_nearest
from quizgen.generate import ModelError
from quizgen.generate.exhibits import (
    ExhibitModel,
    ExhibitTemplate,
    GeneratedExhibit,
    LineTemplate,
    SignTemplate,
    SlotValue,
    TextTemplate,
    generate_exhibits,
)
from quizgen.generate.generation import GeneratedQuestion
from quizgen.generate.template import field_names, template_errors
from quizgen.ids import full_ids
from quizgen.kinds.judge import KIND as JUDGE
from quizgen.model import HelpNumber, Question
from quizgen.text.messages import _
from quizgen.text.normalise import normalise

_SIDES = ("genuine", "scam")


def check_exhibit_model(entry: Entry, known_ids: KnownIds, topics: Sequence[str]) -> Iterator[Diagnostic]:
    """Check that the topic, facts, slots and lines that an exhibit model refers to exist. The entry must fit the schema.

    ``topics`` are the ids of all topics.
    """
    data = entry.data
    if data["topic"] not in topics and known_ids.is_complete:
        hint = suggest_nearest(data["topic"], topics) or _("there are {topics}", topics=tuple(topics))
        yield Diagnostic(("topic",), _("there is no topic {topic}", topic=data["topic"]), hint)
    yield from _check_slot_values(data["slots"])
    stakes = [value["stake"] for values in data["slots"].values() for value in values if "stake" in value]
    lowest_stake = {"stake": min(stakes)} if stakes else {}
    for side in _SIDES:
        yield from check_fact_references(data["topic"], (side,), data[side]["facts"], known_ids)
        yield from check_wishes_of_sender((side,), data[side])
        lines = [_value_for_side(side, ("lines", index), line) for index, line in enumerate(data["lines"])]
        yield from check_losses(lines, {**data[side], **lowest_stake})
        for index, sign in enumerate(data[side]["signs"]):
            path: Path = (side, "signs", index)
            if sign["line"] != "from" and sign["line"] > len(data["lines"]):
                what = _("there is no line {line}", line=sign["line"])
                yield Diagnostic((*path, "line"), what, _("the model has {count}", count=len(data["lines"])))
            yield from check_fact_references(data["topic"], path, sign["facts"], known_ids)
    yield from _check_slots_in_templates(_parse_model(data))


def _check_slot_values(slots: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Diagnostic]:
    """Check that all values of a slot differ."""
    for name, values in slots.items():
        seen: dict[tuple[str, str], Path] = {}
        for index, value in enumerate(values):
            for tag, words in _make_slot_value(value).text.items():
                path: Path = ("slots", name, index, tag)
                first = seen.setdefault((tag, normalise(words)), path)
                if first != path:
                    what = _("two values of the slot {slot} are the same in {tag}", slot=name, tag=tag)
                    yield Diagnostic(path, what, _("change one of them"))


def _check_slots_in_templates(model: ExhibitModel) -> Iterator[Diagnostic]:
    """Check that templates use only slots that exist, and that every slot is used."""
    slots = tuple(model.slots)
    named: set[str] = set()
    has_errors = False
    # A line without two sides belongs to both.
    templates = {each.path: each for side in model.exhibit_templates for each in side.all_templates()}
    shown = {each.path for side in model.exhibit_templates for each in side.shown_templates()}
    for path, template in templates.items():
        for tag, source in template.texts.items():
            found = list(template_errors(source, slots))
            has_errors = has_errors or bool(found)
            yield from (Diagnostic((*path, tag), what, hint) for what, hint in found)
            if not found and path in shown:
                named |= field_names(source)
    for name in slots:
        if name not in named and not has_errors:
            what = _("no line uses the slot {slot}", slot=name)
            yield Diagnostic(
                ("slots", name),
                what,
                _("write {{{{ {slot} }}}} where it belongs, or remove the slot", slot=name),
                at_key=True,
            )


def exhibit_model_entries(document: Document) -> list[Entry]:
    """Return the entries of all exhibit models in a file, whether or not they fit the schema."""
    if isinstance(document.data, dict) and "topic" in document.data:  # even if the topic is not a text
        return []
    return section_entries(document, "exhibits")


def generate_from_exhibit_models(
    documents: Sequence[Document], help_numbers: Mapping[str, HelpNumber]
) -> GeneratedQuestions:
    """Generate exhibits from all exhibit models of a question bank without problems, and one question on each."""
    questions: list[GeneratedQuestion] = []
    exhibits = []
    problems = []
    locations = {}
    for entry in (entry for document in documents for entry in exhibit_model_entries(document)):
        model = _parse_model(insert_help_numbers(entry.data, help_numbers))
        try:
            generated = generate_exhibits(model)
        except ModelError as error:
            problems.append(entry.problem_at(error.path, error.what, error.hint))
            continue
        ids = {each.exhibit.id for each in generated}
        for each in generated:
            exhibits.append(each.exhibit)
            question = _make_question(each, ids - {each.exhibit.id})
            questions.append(GeneratedQuestion(question, model.id, ()))
            locations[question.id] = ModelLocation(
                model.id, entry, (), partial(_path_in_model, model, genuine=each.exhibit.genuine)
            )
    return GeneratedQuestions(tuple(questions), tuple(exhibits), problems, (), locations)


def _make_question(generated_exhibit: GeneratedExhibit, sibling_ids: set[str]) -> Question:
    """Return a question that asks whether an exhibit is genuine.

    The questions on exhibits from the same model are enemies, because these exhibits are almost the same.
    """
    exhibit = generated_exhibit.exhibit
    return Question(
        id=exhibit.id,
        topic=exhibit.topic,
        kind=JUDGE.name,
        level="apply",
        difficulty=generated_exhibit.model.difficulty,
        facts=generated_exhibit.facts,
        stem=JUDGE.default_stem(exhibit),
        answer=JUDGE.build_exhibit_answer(exhibit),
        rationale=generated_exhibit.rationale,
        advice=generated_exhibit.advice,
        generated=True,
        exhibit=exhibit.id,
        enemies=tuple(sorted(sibling_ids)),
    )


def _path_in_model(model: ExhibitModel, part: Path, *, genuine: bool) -> Path:
    """Return the path in an exhibit model of the text from which a part of a question or exhibit was generated."""
    name, side = (_SIDES[0], model.genuine) if genuine else (_SIDES[1], model.scam)
    match part:
        case ("from", *rest):
            return (*side.sender.path, *rest)
        case ("lines", int() as index, *rest):
            return (*side.lines[index].words.path, *rest)
        case ("context", *rest) if side.context:
            return (*side.context.path, *rest)
        case ("rationale" | "advice" | "signs" | "facts" | "stake" | "asks", *_):
            return (name, *part)
        case ("channel" | "difficulty", *_):
            return part
    return ("id",)


def _parse_model(data: Any) -> ExhibitModel:
    written = convert(data, ExhibitModelEntry)
    return ExhibitModel(
        id=written.id,
        topic=written.topic,
        channel=written.channel,
        size=written.size,
        difficulty=written.difficulty,
        slots={name: tuple(map(_make_slot_value, values)) for name, values in written.slots.items()},
        genuine=_make_side(written, "genuine", written.genuine),
        scam=_make_side(written, "scam", written.scam),
    )


def _make_slot_value(value: Mapping[str, Any]) -> SlotValue:
    text = {tag: words for tag, words in value.items() if tag not in SLOT_VALUE_KEYS}
    return SlotValue(text, value.get("stake", 0))


def _value_for_side(side_name: str, path: Path, value: Mapping[str, Any]) -> tuple[Path, Mapping[str, Any]]:
    """Return the path and value for one side (``genuine`` or ``scam``). A value without sides is for both."""
    return ((*path, side_name), value[side_name]) if side_name in value else (path, value)


def _make_side(model_entry: ExhibitModelEntry, side_name: str, side_entry: ExhibitSide) -> ExhibitTemplate:
    """Return one side of an exhibit model: its templates for genuine exhibits, or for scams.

    A side without a stake has that of the other side, so that the sum at stake does not tell which side it is.
    """

    def template(path: Path, value: Mapping[str, str]) -> TextTemplate:
        return TextTemplate(path, {tag: words for tag, words in value.items() if tag not in LINE_KEYS})

    lines = [
        _value_for_side(side_name, ("lines", index), line) for index, line in enumerate(model_entry.lines)
    ]
    return ExhibitTemplate(
        context=template(*_value_for_side(side_name, ("context",), model_entry.context))
        if model_entry.context
        else None,
        stake=side_entry.stake or model_entry.scam.stake or model_entry.genuine.stake or 0,
        asks=side_entry.asks or (),
        sender=template(*_value_for_side(side_name, ("from",), model_entry.sender)),
        lines=tuple(
            LineTemplate(line["who"], template(path, line), line.get("lost")) for path, line in lines
        ),
        signs=tuple(
            SignTemplate(
                line=0 if sign.line == "from" else sign.line,
                words=template((side_name, "signs", index, "words"), sign.words),
                reason=template((side_name, "signs", index, "reason"), sign.reason),
                facts=full_ids(model_entry.topic, sign.facts),
            )
            for index, sign in enumerate(side_entry.signs)
        ),
        facts=full_ids(model_entry.topic, side_entry.facts),
        rationale=template((side_name, "rationale"), side_entry.rationale),
        advice=template((side_name, "advice"), side_entry.advice) if side_entry.advice else None,
    )
