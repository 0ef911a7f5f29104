"""Read relations and item models from a question bank's files, check them, and generate questions.

This is not needed for a cached bank.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from msgspec import convert

from quizgen.bank.checks import Entry, KnownIds, check_fact_references, section_entries
from quizgen.bank.file_types import RelationEntry
from quizgen.bank.help_numbers import insert_help_numbers
from quizgen.bank.reader import Document
from quizgen.errors import Path, Problem, suggest_nearest
from quizgen.generate import ItemModel, ModelRules, Relation
from quizgen.generate.generation import GeneratedQuestion, SkippedRelations, make_questions
from quizgen.generate.template import template_errors
from quizgen.ids import full_id, full_ids
from quizgen.kinds import KINDS
from quizgen.model import Exhibit, HelpNumber
from quizgen.text.messages import Message, _

_RELATION_KEYS = RelationEntry.__struct_fields__


class RelationType(NamedTuple):
    """A type of relations, such as "record – retention period", and its entry in a file.

    ``members`` are the names of what each relation of this type states, such as ``("what", "how_long")``.
    """

    entry: Entry
    members: tuple[str, ...]

    @property
    def models(self) -> Iterator[tuple[Path, Any]]:
        """The valid item models of this type: the path of each within the entry, and its data."""
        for index, data in enumerate(self.entry.data["models"]):
            if _is_valid_at(self.entry, ("models", index)):
                yield ("models", index), data


class ModelLocation(NamedTuple):
    """Where the item model or exhibit model of a generated question is in the question bank's files.

    ``path_in_model`` converts a path in the question to the path in the model from which that part was generated.
    """

    model: str
    entry: Entry
    path: Path
    path_in_model: Callable[[Path], Path]

    @property
    def document(self) -> Document:
        """The file that has the model."""
        return self.entry.document

    @property
    def waive(self) -> dict[str, str]:
        """The lint rules that questions from the model are allowed to break, with the reasons."""
        waived: dict[str, str] = self.entry.value_at(self.path).get("waive", {})
        return waived

    def problem_at_model(self, what: Message, hint: Message) -> Problem:
        """Return a problem with the file and line of the model's id."""
        return self.entry.problem_at((*self.path, "id"), what, hint)

    def problem_at(self, question: str, part: Path, what: Message, hint: Message) -> Problem:
        """Return a problem with a part of a generated question, at the place in the model where it can be corrected."""
        if part[:1] == ("waive",):
            return self.entry.problem_at((*self.path, *part), what, hint)
        return self.entry.problem_at(
            (*self.path, *self.path_in_model(part)),
            _("{what} (in {question})", what=what, question=question),
            hint,
        )


class GeneratedQuestions(NamedTuple):
    """The questions and exhibits that the models of a question bank generated, and the problems of these models.

    ``locations`` has the location of the model for each question id. ``skipped`` says which questions were not made
    and why.
    """

    questions: tuple[GeneratedQuestion, ...]
    exhibits: tuple[Exhibit, ...]
    problems: list[Problem]
    skipped: tuple[SkippedRelations, ...]
    locations: dict[str, ModelLocation]

    def __add__(self, other: "GeneratedQuestions") -> "GeneratedQuestions":  # type: ignore[override]
        """Return a result with the questions, exhibits, problems and locations of both."""
        return GeneratedQuestions(
            self.questions + other.questions,
            self.exhibits + other.exhibits,
            self.problems + other.problems,
            self.skipped + other.skipped,
            self.locations | other.locations,
        )


def check_item_models(documents: Sequence[Document], known_ids: KnownIds) -> Iterator[Problem]:
    """Check that relations and item models fit their relation types, and that everything that they refer to exists."""
    types = {each.entry.data["id"]: each for each in _valid_relation_types(documents)}
    named = {each.data["id"] for document in documents for each in section_entries(document, "relations")}
    stated_ids = {
        full_id(fact.topic, data["id"])
        for fact, _, data in _relations_in_facts(documents, include_invalid=True)
        if isinstance(data, dict) and "id" in data
    }
    for fact, path, data in _relations_in_facts(documents):
        is_known = data["relation"] in types or (known_ids.is_complete and data["relation"] not in named)
        yield from _check_relation(fact, path, data, types if is_known else None)
        for index, other in enumerate(data.get("also", ())):
            if known_ids.is_complete and full_id(fact.topic, other) not in stated_ids:
                near = suggest_nearest(full_id(fact.topic, other), stated_ids)
                yield fact.problem_at(
                    (*path, "also", index), _("there is no relation {name}", name=other), near
                )
        yield from map(
            fact.locate_problem, check_fact_references(fact.topic, path, data.get("facts", ()), known_ids)
        )
    for type_ in types.values():
        for path, data in type_.models:
            yield from _check_model(type_, path, data)


def generate_questions(
    documents: Sequence[Document], help_numbers: Mapping[str, HelpNumber]
) -> GeneratedQuestions:
    """Generate questions from the relations in a question bank without problems. Help numbers are inserted into the texts."""
    locations: dict[str, tuple[RelationType, Path]] = {
        data["id"]: (type_, path) for type_ in _valid_relation_types(documents) for path, data in type_.models
    }
    models = [
        _parse_model(type_, insert_help_numbers(type_.entry.value_at(path), help_numbers))
        for type_, path in locations.values()
    ]
    relations = [
        _make_relation(fact, insert_help_numbers(data, help_numbers))
        for fact, _, data in _relations_in_facts(documents)
        if not fact.data.get("draft")
    ]
    result = make_questions(models, relations)
    problems = []
    for model, error in result.errors:
        type_, path = locations[model]
        problems.append(type_.entry.locate_problem(error.prefixed_with(path)))
    by_model = {
        model: ModelLocation(model, type_.entry, path, partial(_path_in_model, type_.entry.value_at(path)))
        for model, (type_, path) in locations.items()
    }
    by_question = {made.question.id: by_model[made.model] for made in result.questions}
    return GeneratedQuestions(result.questions, (), problems, result.skipped, by_question)


def _path_in_model(model: Any, part: Path) -> Path:
    """Return the path in an item model of the template from which a part of a question was generated."""
    name = _rules_for_model(model).template_name(part) if part else "id"
    tag = part[-1:] if name in model and isinstance(model[name], dict) and part[-1] in model[name] else ()
    return (name, *tag)


def _valid_relation_types(documents: Iterable[Document]) -> Iterator[RelationType]:
    """Yield the relation types that fit the schema. Their item models need not fit it."""
    for document in documents:
        for entry in section_entries(document, "relations"):
            within = (path[2:] for path in document.invalid_paths if path[:2] == entry.path)
            if all(path[:1] == ("models",) and path[1:] for path in within):
                yield RelationType(entry, tuple(entry.data["members"]))


def _relations_in_facts(
    documents: Iterable[Document], *, include_invalid: bool = False
) -> Iterator[tuple[Entry, Path, Any]]:
    """Yield the relations in the entries of facts: the fact, the relation's path in it, and the relation's data.

    Relations that do not fit the schema are left out, unless ``include_invalid`` is true.
    """
    for document in documents:
        for fact in section_entries(document, "facts"):
            relations = fact.data.get("relations", ())
            for index, data in enumerate(relations if isinstance(relations, list) else ()):
                path = ("relations", index)
                if include_invalid or _is_valid_at(fact, path):
                    yield fact, path, data


def _is_valid_at(entry: Entry, path: Path) -> bool:
    """Return whether the part of an entry at this path fits the schema."""
    whole = (*entry.path, *path)
    return entry.path not in entry.document.invalid_entries or not any(
        path[: len(whole)] == whole for path in entry.document.invalid_paths
    )


def _check_relation(
    fact: Entry, path: Path, data: Any, types: dict[str, RelationType] | None
) -> Iterator[Problem]:
    """Check that a relation has exactly the members of its type. If ``types`` is ``None``, its type could not be read."""
    if types is None:
        return
    name = data["relation"]
    if name not in types:
        hint = suggest_nearest(name, types) if types else _("describe it in a file of item models")
        yield fact.problem_at((*path, "relation"), _("there is no relation type {name}", name=name), hint)
        return
    members = types[name].members
    hint = _("a relation of type {name} has {members:both}", name=name, members=members)
    given = [key for key in data if key not in _RELATION_KEYS]
    for member in members:
        if member not in given:
            yield fact.problem_at(
                path, _("relation {name} has no `{member}`", name=data["id"], member=member), hint
            )
    for key in given:
        if key not in members:
            what = _("unknown member `{member}` in relation {name}", name=data["id"], member=key)
            yield fact.problem_at((*path, key), what, suggest_nearest(key, members) or hint)


def _check_model(type_: RelationType, path: Path, data: Any) -> Iterator[Problem]:
    """Check that an item model uses only members that exist, and that its templates use only fields that exist."""
    entry, members = type_.entry, type_.members
    for key in ("given", "asked", "within"):
        for index, name in enumerate(data.get(key, ())):
            if name not in members:
                hint = suggest_nearest(name, members) or _("there are {members:both}", members=members)
                what = _("{type} has no member {member}", type=entry.data["id"], member=name)
                yield entry.problem_at((*path, key, index), what, hint)
    for name in sorted({*data["given"], *data.get("within", ())} & set(data["asked"])):
        what = _(
            "the model {model} asks for {member}, but its stem already gives it",
            model=data["id"],
            member=name,
        )
        yield entry.problem_at((*path, "asked"), what, _("remove it from one of them"))
    model = _parse_model(type_, data)
    for part, templates in model.templates.items():
        for tag, source in templates.items():
            for what, hint in template_errors(source, model.field_names(part, members)):
                yield entry.problem_at((*path, part, tag), what, hint)
    if "each" in model.templates and not any(
        "each" in words for words in model.templates["rationale"].values()
    ):
        yield entry.problem_at(
            (*path, "each"), _("no rationale says {{ each }}"), _("use it there, or remove this")
        )


def _parse_model(type_: RelationType, data: Any) -> ItemModel:
    rules = _rules_for_model(data)
    return convert(data, rules.entry_type).build_item_model(type_.entry.data["id"], rules)


def _rules_for_model(data: Any) -> ModelRules:
    rules = KINDS[data["kind"]].model_rules
    assert rules  # noqa: S101  the schema lets no other kind through
    return rules


def _make_relation(fact: Entry, data: Any) -> Relation:
    written = convert(data, RelationEntry)
    return Relation(
        id=full_id(fact.topic, written.id),
        topic=fact.topic,
        fact=fact.full_id,
        type=written.relation,
        members={key: value for key, value in data.items() if key not in _RELATION_KEYS},
        also=frozenset(full_ids(fact.topic, written.also)),
        rank=written.rank,
        facts=full_ids(fact.topic, written.facts),
    )
