"""Relations that facts state, and item models: read out of a bank's files, checked, and put to work.

Used where there is no compiled bank.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from msgspec import convert

from quizgen.bank.checks import Entry, KnownIds, check_facts, entries
from quizgen.bank.help_numbers import with_numbers
from quizgen.bank.reader import Document
from quizgen.bank.written import WrittenRelation
from quizgen.errors import Path, Problem, nearest
from quizgen.generate import ItemModel, ModelRules, Relation
from quizgen.generate.generation import GeneratedQuestion, Skipped, generate
from quizgen.generate.template import template_errors
from quizgen.ids import full_id, full_ids
from quizgen.kinds import KINDS
from quizgen.model import Exhibit, HelpNumber
from quizgen.text.messages import Message, _

_OWN_KEYS = WrittenRelation.__struct_fields__


class RelationType(NamedTuple):
    """A relation type where it stands: what its relations say, and the models that ask for it."""

    entry: Entry
    members: tuple[str, ...]

    @property
    def models(self) -> Iterator[tuple[Path, Any]]:
        """Each model's path within the entry, and what it says; without those that are misshapen."""
        for index, data in enumerate(self.entry.data["models"]):
            if _fits(self.entry, ("models", index)):
                yield ("models", index), data


class SourceLocation(NamedTuple):
    """Where the model stands that made a question: the model's path in an entry of a file.

    ``place_of`` tells where in the model a part of the question comes from.
    """

    model: str
    entry: Entry
    path: Path
    place_of: Callable[[Path], Path]

    @property
    def document(self) -> Document:
        """The file."""
        return self.entry.document

    @property
    def waive(self) -> dict[str, str]:
        """Rules that the model waives, with its reasons."""
        waived: dict[str, str] = self.entry.part(self.path).get("waive", {})
        return waived

    def problem(self, what: Message, hint: Message) -> Problem:
        """Make a problem of the model."""
        return self.entry.problem((*self.path, "id"), what, hint)

    def place(self, question: str, part: Path, what: Message, hint: Message) -> Problem:
        """Make a problem at a part of a generated question, by full id: in the model, where it can be put right."""
        if part[:1] == ("waive",):
            return self.entry.problem((*self.path, *part), what, hint)
        return self.entry.problem(
            (*self.path, *self.place_of(part)),
            _("{what} (in {question})", what=what, question=question),
            hint,
        )


class GeneratedQuestions(NamedTuple):
    """What models made of a bank: questions and exhibits, what is wrong with the models, and what was skipped.

    ``homes`` tells by the full id of each question where its model stands.
    """

    made: tuple[GeneratedQuestion, ...]
    exhibits: tuple[Exhibit, ...]
    problems: list[Problem]
    skipped: tuple[Skipped, ...]
    homes: dict[str, SourceLocation]

    def __add__(self, other: "GeneratedQuestions") -> "GeneratedQuestions":  # type: ignore[override]
        """Give all of both."""
        return GeneratedQuestions(
            self.made + other.made,
            self.exhibits + other.exhibits,
            self.problems + other.problems,
            self.skipped + other.skipped,
            self.homes | other.homes,
        )


def check_item_models(documents: Sequence[Document], known: KnownIds) -> Iterator[Problem]:
    """Hold relations and models to their types."""
    types = {each.entry.data["id"]: each for each in _types(documents)}
    named = {each.data["id"] for document in documents for each in entries(document, "relations")}
    stated = {
        full_id(fact.topic, data["id"])
        for fact, _, data in _stated(documents, misshapen=True)
        if isinstance(data, dict) and "id" in data
    }
    for fact, path, data in _stated(documents):
        sure = data["relation"] in types or (known.whole and data["relation"] not in named)
        yield from _check_relation(fact, path, data, types if sure else None)
        for index, other in enumerate(data.get("also", ())):
            if known.whole and full_id(fact.topic, other) not in stated:
                near = nearest(full_id(fact.topic, other), stated)
                yield fact.problem((*path, "also", index), _("there is no relation {name}", name=other), near)
        yield from map(fact.report, check_facts(fact.topic, path, data.get("facts", ()), known))
    for type_ in types.values():
        for path, data in type_.models:
            yield from _check_model(type_, path, data)


def generate_questions(
    documents: Sequence[Document], numbers: Mapping[str, HelpNumber]
) -> GeneratedQuestions:
    """Generate what item models make of the relations of a bank without problems, with its help numbers."""
    homes: dict[str, tuple[RelationType, Path]] = {
        data["id"]: (type_, path) for type_ in _types(documents) for path, data in type_.models
    }
    models = [_model(type_, with_numbers(type_.entry.part(path), numbers)) for type_, path in homes.values()]
    relations = [_relation(fact, with_numbers(data, numbers)) for fact, _, data in _stated(documents)]
    result = generate(models, relations)
    problems = []
    for model, error in result.errors:
        type_, path = homes[model]
        problems.append(type_.entry.report(error.under(path)))
    by_model = {
        model: SourceLocation(model, type_.entry, path, partial(_place_of, type_.entry.part(path)))
        for model, (type_, path) in homes.items()
    }
    by_question = {made.question.id: by_model[made.model] for made in result.questions}
    return GeneratedQuestions(result.questions, (), problems, result.skipped, by_question)


def _place_of(model: Any, part: Path) -> Path:
    """Tell where in a model a part of a question comes from."""
    name = _rules(model).template_of(part) if part else "id"
    tag = part[-1:] if name in model and isinstance(model[name], dict) and part[-1] in model[name] else ()
    return (name, *tag)


def _types(documents: Iterable[Document]) -> Iterator[RelationType]:
    """Give relation types that have the schema's shape, whatever is wrong within their models."""
    for document in documents:
        for entry in entries(document, "relations"):
            within = (path[2:] for path in document.misshapen if path[:2] == entry.path)
            if all(path[:1] == ("models",) and path[1:] for path in within):
                yield RelationType(entry, tuple(entry.data["members"]))


def _stated(documents: Iterable[Document], *, misshapen: bool = False) -> Iterator[tuple[Entry, Path, Any]]:
    """Give relations that facts state: the fact, the relation's path in it, what it says.

    Those that do not have the schema's shape are left out, unless they are asked for.
    """
    for document in documents:
        for fact in entries(document, "facts"):
            relations = fact.data.get("relations", ())
            for index, data in enumerate(relations if isinstance(relations, list) else ()):
                path = ("relations", index)
                if misshapen or _fits(fact, path):
                    yield fact, path, data


def _fits(entry: Entry, path: Path) -> bool:
    """Tell whether a part of an entry has the schema's shape."""
    whole = (*entry.path, *path)
    return entry.path not in entry.document.broken or not any(
        path[: len(whole)] == whole for path in entry.document.misshapen
    )


def _check_relation(
    fact: Entry, path: Path, data: Any, types: dict[str, RelationType] | None
) -> Iterator[Problem]:
    """See that a relation says what its type asks for, no less and no more; ``None``: its type was not read."""
    if types is None:
        return
    name = data["relation"]
    if name not in types:
        hint = nearest(name, types) if types else _("describe it in a file of item models")
        yield fact.problem((*path, "relation"), _("there is no relation type {name}", name=name), hint)
        return
    members = types[name].members
    says = _("a relation of type {name} says {members:both}", name=name, members=members)
    said = [key for key in data if key not in _OWN_KEYS]
    for member in members:
        if member not in said:
            yield fact.problem(
                path, _("relation {name} has no `{member}`", name=data["id"], member=member), says
            )
    for key in said:
        if key not in members:
            what = _("unknown member `{member}` in relation {name}", name=data["id"], member=key)
            yield fact.problem((*path, key), what, nearest(key, members) or says)


def _check_model(type_: RelationType, path: Path, data: Any) -> Iterator[Problem]:
    """See that a model asks for members that there are, and that its templates name fields that there are."""
    entry, members = type_.entry, type_.members
    for key in ("given", "asked", "within"):
        for index, name in enumerate(data.get(key, ())):
            if name not in members:
                near = nearest(name, members) or _("there are {members:both}", members=members)
                none = _("{type} has no member {member}", type=entry.data["id"], member=name)
                yield entry.problem((*path, key, index), none, near)
    for name in sorted({*data["given"], *data.get("within", ())} & set(data["asked"])):
        given = _("the model {model} asks for {member}, which it gives", model=data["id"], member=name)
        yield entry.problem((*path, "asked"), given, _("take it out of one of the two"))
    model = _model(type_, data)
    for part, templates in model.templates.items():
        for tag, source in templates.items():
            for what, hint in template_errors(source, model.fields(part, members)):
                yield entry.problem((*path, part, tag), what, hint)
    if "each" in model.templates and not any(
        "each" in words for words in model.templates["rationale"].values()
    ):
        yield entry.problem(
            (*path, "each"), _("no rationale says {{ each }}"), _("use it there, or take this out")
        )


def _model(type_: RelationType, data: Any) -> ItemModel:
    rules = _rules(data)
    return convert(data, rules.entry_type).of_type(type_.entry.data["id"], rules)


def _rules(data: Any) -> ModelRules:
    rules = KINDS[data["kind"]].model_rules
    assert rules  # noqa: S101  the schema lets no other kind through
    return rules


def _relation(fact: Entry, data: Any) -> Relation:
    written = convert(data, WrittenRelation)
    return Relation(
        id=full_id(fact.topic, written.id),
        topic=fact.topic,
        fact=fact.full_id,
        type=written.relation,
        members={key: value for key, value in data.items() if key not in _OWN_KEYS},
        also=frozenset(full_ids(fact.topic, written.also)),
        rank=written.rank,
        facts=full_ids(fact.topic, written.facts),
    )
