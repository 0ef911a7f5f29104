"""Bank files turned into a bank: read, checked and linked. Used where there is no compiled one."""

from collections.abc import Iterable, Sequence

from quizgen.bank import checks
from quizgen.bank.checks import Entry, Names, entries
from quizgen.bank.disk import RawFile
from quizgen.bank.items import Grown, check_items, grow
from quizgen.bank.reader import Document, read
from quizgen.bank.shape import misfits
from quizgen.bank.written import answer_of
from quizgen.errors import Problem
from quizgen.model import Bank, Fact, Passage, Question, Source, Topic


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
            continue
        documents.append(document)
        for path, misfit in misfits(document):
            problems.append(misfit)
            document.misfits.add(path)
            document.broken.add(path[:2])
        problems += checks.check_texts(document)
    problems += checks.check_ids(documents)
    names = checks.names_in(documents, whole=whole)
    for document in documents:
        for fact in entries(document, "facts"):
            problems += checks.check_fact(fact, names) if fact.sound else ()
        for question in entries(document, "questions"):
            problems += checks.check_question(question, names) if question.sound else ()
    problems += check_items(documents, whole=names.whole)
    return documents, problems


def build(documents: Sequence[Document]) -> tuple[Bank, Grown]:
    """Make a bank of documents that have no problem: what is written, in the order of the files, then what item models add.

    What they could not make is told in the second part; the bank then lacks it.
    """
    bank = build_written(documents)
    grown = grow(documents, [*bank.facts, *bank.questions])
    bank.questions.update({made.question.id: made.question for made in grown.made})
    return bank, grown


def build_written(documents: Sequence[Document]) -> Bank:
    """Make a bank of what is written in documents that have no problem, in the order of the files."""
    names = checks.names_in(documents)
    bank = Bank({}, {}, {}, {})
    for document in documents:
        for entry in entries(document, "sources"):
            bank.sources[entry.full_id] = _source(entry)
        if "topic" in document.data:
            bank.topics[document.data["topic"]] = Topic(document.data["topic"], document.data["title"])
        for entry in entries(document, "facts"):
            bank.facts[entry.full_id] = _fact(entry, names)
        for entry in entries(document, "questions"):
            bank.questions[entry.full_id] = _question(entry)
    return bank


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
    )


def _fact(entry: Entry, names: Names) -> Fact:
    data = entry.data
    return Fact(
        id=entry.full_id,
        topic=entry.topic,
        statement=data["statement"],
        cites=tuple(passage for cite in data["cites"] for passage in names.cited(cite)),
        terms=tuple(data["terms"]),
    )


def _question(entry: Entry) -> Question:
    data = entry.data
    return Question(
        id=entry.full_id,
        topic=entry.topic,
        kind=data["kind"],
        level=data["level"],
        difficulty=int(data["difficulty"]),
        facts=tuple(checks.full_fact(entry.topic, fact) for fact in data["facts"]),
        stem=data["stem"],
        answer=answer_of(data["kind"], data),
        rationale=data["rationale"],
        advice=data.get("advice", {}),
    )
