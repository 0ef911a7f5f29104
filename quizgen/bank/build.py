"""Build a question bank from its files: read the files, check them, and resolve their references.

This is not needed for a cached bank.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from msgspec import convert
from msgspec.structs import replace

from quizgen.bank import checks
from quizgen.bank.checks import Entry, KnownIds, section_entries
from quizgen.bank.drafts import mark_dependent_drafts
from quizgen.bank.enemies import set_enemies
from quizgen.bank.file_types import LINE_KEYS, ExhibitEntry, FactEntry, LessonEntry
from quizgen.bank.files import RawFile
from quizgen.bank.help_numbers import insert_help_numbers
from quizgen.bank.reader import Document, read_document
from quizgen.bank.schema_errors import find_file_errors
from quizgen.errors import Diagnostic, Problem
from quizgen.ids import full_id, full_ids
from quizgen.kinds import KINDS, ExhibitKind
from quizgen.kinds.kind import EntryData
from quizgen.model import (
    OPTIONAL_KEYS,
    Bank,
    Declaration,
    Exhibit,
    Fact,
    HelpNumber,
    Lesson,
    Line,
    Question,
    Reply,
    Sign,
    Source,
    Statement,
    Topic,
)


@contextmanager
def _suspended_garbage_collection() -> Iterator[None]:
    """Turn off garbage collection while a ``with`` block runs.

    A bank has millions of small objects without cycles, and all of them stay. The garbage collector would look
    through them again and again, which takes a quarter of the time of a check.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_suspended_garbage_collection()
def read_documents(
    files: Iterable[RawFile], *, is_complete: bool = True
) -> tuple[list[Document], list[Problem]]:
    """Read and check the files of a question bank. Return the files that are valid YAML, and all problems.

    ``is_complete`` is false if another file of the bank could not be opened.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    guessed: dict[PurePath, Declaration] = {}
    for file in files:
        document, found = read_document(file)
        problems += found
        if document:
            documents.append(document)
            continue
        is_complete = False
        if declared := checks.guess_declaration(file):
            guessed[PurePath(file.name).parent] = declared
    problems += check_documents(documents, guessed, is_complete=is_complete)
    return documents, problems


def check_documents(
    documents: Sequence[Document],
    guessed_declarations: Mapping[PurePath, Declaration] = MappingProxyType({}),
    *,
    is_complete: bool = True,
) -> list[Problem]:
    """Check the files of a question bank, and return all problems.

    ``guessed_declarations`` is what the question bank in a folder seems to declare, if the file that declares it is not valid YAML.
    ``is_complete`` is false if another file of the bank could not be read.
    """
    declarations = {**guessed_declarations, **_declarations_by_folder(documents)}
    problems = check_schema(documents, declarations)
    problems += checks.check_declarations(documents)
    problems += checks.check_region(documents)
    problems += checks.check_help(documents)
    problems += checks.check_currency(documents, declarations)
    problems += checks.check_ids(documents)
    known = checks.collect_known_ids(documents, is_complete=is_complete)
    for document in documents:
        problems += map(document.locate_problem, checks.check_texts(document.data, known))
        declared = declarations.get(PurePath(document.name).parent, Declaration())
        problems += _check_entries(document, known, facts_optional="facts" in declared.optional)
    return problems


def check_schema(
    documents: Iterable[Document], declarations: Mapping[PurePath, Declaration]
) -> list[Problem]:
    """Check each file against the schema, and note in its document what does not fit. ``declarations`` are by folder."""
    problems: list[Problem] = []
    for document in documents:
        if gone := checks.find_what_is_gone(document):
            problems.append(gone)
            continue
        declared = declarations.get(PurePath(document.name).parent, Declaration())
        for path, diagnostics, unexplained in find_file_errors(document.data, declared):
            problems += map(document.locate_problem, diagnostics)
            document.unexplained += unexplained
            document.invalid_entries.add(path[:2])
    return problems


def _declarations_by_folder(documents: Iterable[Document]) -> dict[PurePath, Declaration]:
    """Return what the question bank in each folder declares."""
    declarations: dict[PurePath, Declaration] = {}
    for document in documents:
        if declared := checks.parse_declaration(document):
            declarations.setdefault(PurePath(document.name).parent, declared)
    return declarations


def merge_declarations(documents: Iterable[Document]) -> Declaration:
    """Merge what several question banks declare.

    The result has the languages that all banks share, or those of the first bank if they share none. A question
    may omit whatever one of the banks lets it omit. Title, currency and ``about`` come from the first bank that has one. The
    money that a game begins with and its usual stake come from the bank whose currency is used. The region is that of the first bank that
    declares one.
    """
    documents = list(documents)
    by_folder = _declarations_by_folder(documents)
    folders = dict.fromkeys(PurePath(document.name).parent for document in documents)
    each = [by_folder.get(folder, Declaration()) for folder in folders] or [Declaration()]
    shared = [tag for tag in each[0].languages if all(tag in other.languages for other in each)]
    with_currency = next((other for other in each if other.currency), Declaration())
    return Declaration(
        languages=tuple(shared) or each[0].languages,
        optional=tuple(key for key in OPTIONAL_KEYS if any(key in other.optional for other in each)),
        title=next((other.title for other in each if other.title), {}),
        currency=with_currency.currency,
        money=with_currency.money,
        stake=with_currency.stake,
        about=next((other.about for other in each if other.about), {}),
        glossary={word: text for other in reversed(each) for word, text in other.glossary.items()},
        region=next((other.region for other in each if other.region), ""),
    )


def _check_entries(document: Document, known_ids: KnownIds, *, facts_optional: bool) -> Iterator[Problem]:
    """Check the facts, lessons, exhibits, questions and statements of a file, and the ids that they refer to."""
    each_check: dict[str, Callable[[Entry], Iterator[Diagnostic]]] = {
        "facts": lambda entry: checks.check_fact(entry.data, known_ids),
        "lessons": lambda entry: checks.check_lesson(entry, known_ids, facts_optional=facts_optional),
        "exhibits": lambda entry: checks.check_exhibit(entry.topic, entry.data, known_ids),
        "questions": lambda entry: checks.check_question(entry.topic, entry.data, known_ids),
    }
    for section, check in each_check.items():
        for entry in section_entries(document, section):
            if entry.is_valid:
                yield from map(entry.locate_problem, check(entry))
    for statement in section_entries(document, "statements"):
        if statement.path not in document.invalid_entries:
            facts = statement.data.get("facts", ())
            yield from map(statement.locate_problem, checks.check_fact_references("", (), facts, known_ids))


def build_bank(documents: Sequence[Document], help_numbers: Mapping[str, HelpNumber]) -> Bank:
    """Build a question bank from documents without problems. Find all enemies."""
    bank = build_bank_without_enemies(documents, help_numbers)
    mark_dependent_drafts(bank)
    set_enemies(bank)
    return bank


def build_bank_without_enemies(documents: Sequence[Document], help_numbers: Mapping[str, HelpNumber]) -> Bank:
    """Build a question bank from documents without problems. Enemies are not searched for."""
    bank = Bank(
        {},
        {},
        {},
        {},
        {},
        help=dict(help_numbers),
        declared=merge_declarations(documents),
        statements={},
        lessons={},
    )
    known = checks.collect_known_ids(documents)
    for entry in _all_section_entries(documents, "exhibits"):
        if entry.is_in_topic:
            bank.exhibits[entry.full_id] = _make_exhibit(entry, help_numbers)
    for document in documents:
        if "topic" in document.data:
            bank.topics[document.data["topic"]] = Topic(document.data["topic"], document.data["title"])
    for entry in _all_section_entries(documents, "sources"):
        bank.sources[entry.full_id] = _make_source(entry)
    for entry in _all_section_entries(documents, "facts"):
        bank.facts[entry.full_id] = _make_fact(entry, known, help_numbers)
    for entry in _all_section_entries(documents, "lessons"):
        bank.lessons[entry.full_id] = _make_lesson(entry, help_numbers)
    for entry in _all_section_entries(documents, "questions"):
        bank.questions[entry.full_id] = make_question(entry.topic, entry.data, bank)
    for entry in _all_section_entries(documents, "statements"):
        bank.statements[entry.full_id] = convert(insert_help_numbers(entry.data, help_numbers), Statement)
    return bank


def _all_section_entries(documents: Sequence[Document], section: str) -> Iterator[Entry]:
    """Yield the entries of a section, such as ``facts``, from all documents."""
    for document in documents:
        yield from section_entries(document, section)


def _make_source(entry: Entry) -> Source:
    """Convert an entry to a source whose passages have full ids."""
    source = convert(entry.data, Source)
    passages = (replace(passage, id=full_id(source.id, passage.id)) for passage in source.passages)
    return replace(source, passages=tuple(passages))


def _make_fact(entry: Entry, known_ids: KnownIds, help_numbers: Mapping[str, HelpNumber]) -> Fact:
    """Convert an entry to a fact."""
    written = convert(insert_help_numbers(entry.data, help_numbers), FactEntry)
    return Fact(
        id=entry.full_id,
        topic=entry.topic,
        statement=written.statement,
        cites=tuple(passage for cite in written.cites for passage in known_ids.find_passages(cite)),
        terms=written.terms,
        draft=written.draft,
    )


def _make_lesson(entry: Entry, help_numbers: Mapping[str, HelpNumber]) -> Lesson:
    """Convert an entry to a lesson."""
    written = convert(insert_help_numbers(entry.data, help_numbers), LessonEntry)
    return Lesson(
        id=entry.full_id,
        topic=entry.topic,
        keep=written.keep,
        do=written.do,
        facts=full_ids(entry.topic, written.facts),
        weight=written.weight,
        audience=written.audience,
    )


def _make_exhibit(entry: Entry, help_numbers: Mapping[str, HelpNumber]) -> Exhibit:
    """Convert an entry to an exhibit."""
    written = convert(insert_help_numbers(entry.data, help_numbers), ExhibitEntry)
    return Exhibit(
        id=entry.full_id,
        topic=entry.topic,
        channel=written.channel,
        genuine=written.genuine,
        sender=written.sender,
        lines=tuple(map(_make_exhibit_line, written.lines)),
        signs=tuple(
            Sign(
                line=0 if sign.line == "from" else sign.line,
                words=sign.words,
                reason=sign.reason,
                facts=full_ids(entry.topic, sign.facts),
            )
            for sign in written.signs
        ),
        twin=full_id(entry.topic, written.twin) if written.twin else "",
        context=written.context,
        stake=written.stake or 0,
        asks=written.asks or (),
        draft=written.draft,
    )


def _make_exhibit_line(line_entry: Mapping[str, Any]) -> Line:
    """Convert a mapping to a line of an exhibit. Keys other than :data:`LINE_KEYS` are language tags."""
    return Line(
        who=line_entry["who"],
        text={tag: words for tag, words in line_entry.items() if tag not in LINE_KEYS},
        lost=line_entry.get("lost"),
        replies=tuple(
            Reply(reply["say"], tuple(map(_make_exhibit_line, reply["then"])))
            for reply in line_entry.get("replies", ())
        ),
    )


def make_question(topic: str, entry: EntryData, bank: Bank) -> Question:
    """Convert an entry without problems to a question of this topic.

    Its exhibit, its lesson and the help numbers come from the question bank. What the question does not say itself,
    what to do and who it is for, its lesson says.
    """
    kind = KINDS[entry["kind"]]
    written = convert(insert_help_numbers(entry, bank.help), kind.entry_type)
    exhibit = bank.exhibits[full_id(topic, written.exhibit)] if written.exhibit else None
    lesson = bank.lessons[full_id(topic, written.lesson)] if written.lesson else None
    stem = written.stem
    if isinstance(kind, ExhibitKind) and exhibit and not stem:
        stem = kind.default_stem(exhibit)
    return Question(
        id=full_id(topic, written.id),
        topic=topic,
        kind=written.kind,
        level=written.level,
        difficulty=written.difficulty,
        facts=full_ids(topic, written.facts),
        stem=stem,
        answer=kind.build_answer(written, exhibit),
        rationale=written.rationale,
        advice=written.advice or (lesson.do if lesson else {}),
        audience=written.audience or (lesson.audience if lesson else "everyone"),
        exhibit=exhibit.id if exhibit else "",
        enemies=tuple(sorted(full_ids(topic, written.enemies))),
        short=written.short,
        draft=written.draft,
        lesson=lesson.id if lesson else "",
    )
