"""Bank files turned into a bank: read, checked and linked. Used where there is no compiled one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

from quizgen.bank import checks
from quizgen.bank.checks import Entry, Names, entries
from quizgen.bank.enemies import keep_apart
from quizgen.bank.exhibit_models import (
    check_exhibit_model,
    exhibit_model_entries,
    generate_from_exhibit_models,
)
from quizgen.bank.files import RawFile
from quizgen.bank.help_numbers import help_numbers, with_numbers
from quizgen.bank.item_models import GeneratedQuestions, check_item_models, generate_questions
from quizgen.bank.reader import Document, read
from quizgen.bank.schema_errors import file_errors
from quizgen.errors import Problem
from quizgen.ids import full_id
from quizgen.kinds import KINDS
from quizgen.kinds.kind import EntryData
from quizgen.model import (
    OPTIONAL,
    Bank,
    Declaration,
    Exhibit,
    Fact,
    HelpNumber,
    Line,
    Passage,
    Question,
    Sign,
    Source,
    Statement,
    Topic,
)
from quizgen.text.messages import text


def read_bank(files: Iterable[RawFile], *, whole: bool = True) -> tuple[list[Document], list[Problem]]:
    """Read and check the files of a bank: those that are YAML, and every problem of all of them.

    ``whole`` is false where some file could not even be opened.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    for file in files:
        document, found = read(file)
        problems += found
        if document is None:
            whole = False
        else:
            documents.append(document)
    declarations = _declarations(documents)
    for document in documents:
        declared = declarations.get(PurePath(document.name).parent, Declaration())
        for path, diagnostic in file_errors(document.data, declared):
            problems.append(document.report(diagnostic))
            document.misshapen.add(path)
            document.broken.add(path[:2])
        problems += map(document.report, checks.check_texts(document.data))
    problems += checks.check_declarations(documents)
    problems += checks.check_ids(documents)
    names = checks.names_in(documents, whole=whole)
    for document in documents:
        problems += _check_entries(document, names)
    problems += check_item_models(documents, whole=names.whole)
    topics = [topic for document in documents if (topic := checks.topic_in(document)) is not None]
    for document in documents:
        for model in exhibit_model_entries(document):
            if model.path not in document.broken:
                problems += map(model.report, check_exhibit_model(model, names, topics))
    return documents, problems


def _declarations(documents: Iterable[Document]) -> dict[PurePath, Declaration]:
    """Give what banks declare, each by its folder."""
    found: dict[PurePath, Declaration] = {}
    for document in documents:
        if declared := checks.declaration_in(document):
            found.setdefault(PurePath(document.name).parent, declared)
    return found


def declared_by(documents: Iterable[Document]) -> Declaration:
    """Give what banks that are one declare together: the languages that all have, or else the first one's.

    What one lets questions lack they may lack in all; the title is that of the first that has one.
    """
    documents = list(documents)
    by_folder = _declarations(documents)
    folders = dict.fromkeys(PurePath(document.name).parent for document in documents)
    each = [by_folder.get(folder, Declaration()) for folder in folders] or [Declaration()]
    shared = [tag for tag in each[0].languages if all(tag in other.languages for other in each)]
    return Declaration(
        languages=tuple(shared) or each[0].languages,
        optional=tuple(key for key in OPTIONAL if any(key in other.optional for other in each)),
        title=next((other.title for other in each if other.title), {}),
    )


def _check_entries(document: Document, names: Names) -> Iterator[Problem]:
    """Say what is wrong in what stands in a file, seen beside all files."""
    for fact in entries(document, "facts"):
        if fact.sound:
            yield from map(fact.report, checks.check_fact(fact.data, names))
    for exhibit in entries(document, "exhibits"):
        if exhibit.sound:
            yield from map(exhibit.report, checks.check_exhibit(exhibit.topic, exhibit.data, names))
    for question in entries(document, "questions"):
        if question.sound:
            yield from map(question.report, checks.check_question(question.topic, question.data, names))
    for statement in entries(document, "statements"):
        if statement.path not in document.broken:
            facts = statement.data.get("facts", ())
            yield from map(statement.report, checks.check_facts("", (), facts, names))
    yield from map(document.report, checks.check_help(document.data, names))
    yield from checks.check_retired(document, names)


def build(documents: Sequence[Document], region: str = "") -> tuple[Bank, GeneratedQuestions]:
    """Make a bank of documents that have no problem: what is written, in the order of the files, then what item models add.

    Each question then knows its enemies. What models could not make is told in the second part; the bank then lacks it.
    Raises MisuseError for a region without the help numbers that texts name.
    """
    bank = build_written(documents, region)
    generation = generate_questions(documents, bank.help).and_also(
        generate_from_exhibit_models(documents, bank.help)
    )
    generation.problems.extend(_check_generated_ids(generation, bank))
    bank.exhibits.update({exhibit.id: exhibit for exhibit in generation.exhibits})
    bank.questions.update({made.question.id: made.question for made in generation.made})
    keep_apart(bank)
    return bank, generation


def _check_generated_ids(generation: GeneratedQuestions, bank: Bank) -> Iterator[Problem]:
    """See that no generated question has the id of anything else, or of what has gone."""
    taken = {*bank.facts, *bank.exhibits, *bank.questions}
    retired = frozenset(bank.retired)
    for made in generation.made:
        name = made.question.id
        if name in taken or name in retired:
            what = text("models.taken" if name in taken else "models.retired", id=name)
            yield generation.homes[name].problem(what, text("models.choose-id"))
        taken.add(name)


def build_written(documents: Sequence[Document], region: str = "") -> Bank:
    """Make a bank of what is written in documents that have no problem, in the order of the files."""
    names = checks.names_in(documents)
    bank = Bank(
        {},
        {},
        {},
        {},
        {},
        help_numbers(documents, region),
        retired_ids(documents),
        declared_by(documents),
        {},
    )
    for document in documents:
        for entry in entries(document, "exhibits"):
            if entry.in_topic:
                bank.exhibits[entry.full_id] = _exhibit(entry, bank.help)
    for document in documents:
        for entry in entries(document, "sources"):
            bank.sources[entry.full_id] = _source(entry)
        if "topic" in document.data:
            bank.topics[document.data["topic"]] = Topic(document.data["topic"], document.data["title"])
        for entry in entries(document, "facts"):
            bank.facts[entry.full_id] = _fact(entry, names, bank.help)
        for entry in entries(document, "questions"):
            bank.questions[entry.full_id] = question_of(entry.topic, entry.data, bank)
        for entry in entries(document, "statements"):
            bank.statements[entry.full_id] = _statement(entry, bank.help)
    return bank


def retired_ids(documents: Sequence[Document]) -> tuple[str, ...]:
    """Give the full ids of all that has gone."""
    return tuple(name for document in documents for name in document.data.get("retired", ()))


def _source(entry: Entry) -> Source:
    data = entry.data
    return Source(
        id=data["id"],
        title=data["title"],
        publisher=data["publisher"],
        date=data["date"],
        language=data["language"],
        passages=tuple(
            Passage(
                id=f"{data['id']}/{passage['id']}",
                digest=passage["digest"],
                speaker=passage.get("speaker", {}),
            )
            for passage in data["passages"]
        ),
        short=data.get("short", {}),
        note=data.get("note", {}),
    )


def _fact(entry: Entry, names: Names, numbers: Mapping[str, HelpNumber]) -> Fact:
    data = with_numbers(entry.data, numbers)
    return Fact(
        id=entry.full_id,
        topic=entry.topic,
        statement=data["statement"],
        cites=tuple(passage for cite in data["cites"] for passage in names.cited(cite)),
        terms=tuple(data["terms"]),
    )


def _statement(entry: Entry, numbers: Mapping[str, HelpNumber]) -> Statement:
    data = with_numbers(entry.data, numbers)
    return Statement(
        id=data["id"],
        role=data["role"],
        text=data["text"],
        facts=tuple(data.get("facts", ())),
        head=data.get("head", {}),
        short=data.get("short", {}),
        number=data.get("number", ""),
    )


def _exhibit(entry: Entry, numbers: Mapping[str, HelpNumber]) -> Exhibit:
    data = with_numbers(entry.data, numbers)
    return Exhibit(
        id=entry.full_id,
        topic=entry.topic,
        channel=data["channel"],
        genuine=data["genuine"],
        sender=data["from"],
        lines=tuple(
            Line(who=line["who"], text={tag: text for tag, text in line.items() if tag != "who"})
            for line in data["lines"]
        ),
        signs=tuple(
            Sign(
                line=0 if sign["line"] == "from" else int(sign["line"]),
                words=sign["words"],
                reason=sign["reason"],
                facts=tuple(full_id(entry.topic, fact) for fact in sign["facts"]),
            )
            for sign in data["signs"]
        ),
        twin=full_id(entry.topic, data["twin"]) if "twin" in data else "",
    )


def question_of(topic: str, written: EntryData, bank: Bank) -> Question:
    """Make a question of a sound entry in the file of a topic, with the exhibits and help numbers of its bank."""
    data = with_numbers(written, bank.help)
    kind = KINDS[data["kind"]]
    exhibit = bank.exhibits[full_id(topic, data["exhibit"])] if "exhibit" in data else None
    return Question(
        id=full_id(topic, data["id"]),
        topic=topic,
        kind=data["kind"],
        level=data["level"],
        difficulty=int(data["difficulty"]),
        facts=tuple(full_id(topic, fact) for fact in data.get("facts", ())),
        stem=kind.stem_of(data, exhibit),
        answer=kind.answer_of(data, exhibit),
        rationale=data.get("rationale", {}),
        advice=data.get("advice", {}),
        audience=data.get("audience", "everyone"),
        exhibit=exhibit.id if exhibit else "",
        enemies=tuple(sorted(full_id(topic, enemy) for enemy in data.get("enemies", ()))),
    )
