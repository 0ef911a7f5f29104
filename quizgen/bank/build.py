"""Bank files turned into a bank: read, checked and linked. Used where there is no compiled one."""

from collections.abc import Iterable, Sequence

from quizgen.bank import checks
from quizgen.bank.checks import Entry, Names, entries
from quizgen.bank.files import RawFile
from quizgen.bank.item_models import GeneratedQuestions, check_item_models, generate_questions
from quizgen.bank.reader import Document, read
from quizgen.bank.schema_errors import file_errors
from quizgen.errors import Problem
from quizgen.ids import full_id
from quizgen.kinds import KINDS
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
        for path, diagnostic in file_errors(document.data):
            problems.append(document.report(diagnostic))
            document.misshapen.add(path)
            document.broken.add(path[:2])
        problems += map(document.report, checks.check_texts(document.data))
    problems += checks.check_ids(documents)
    names = checks.names_in(documents, whole=whole)
    for document in documents:
        for fact in entries(document, "facts"):
            if fact.sound:
                problems += map(fact.report, checks.check_fact(fact.data, names))
        for question in entries(document, "questions"):
            if question.sound:
                found_in = checks.check_question(question.topic, question.data, names)
                problems += map(question.report, found_in)
    problems += check_item_models(documents, whole=names.whole)
    return documents, problems


def build(documents: Sequence[Document]) -> tuple[Bank, GeneratedQuestions]:
    """Make a bank of documents that have no problem: what is written, in the order of the files, then what item models add.

    What they could not make is told in the second part; the bank then lacks it.
    """
    bank = build_written(documents)
    generation = generate_questions(documents, [*bank.facts, *bank.questions])
    bank.questions.update({made.question.id: made.question for made in generation.made})
    return bank, generation


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
        facts=tuple(full_id(entry.topic, fact) for fact in data["facts"]),
        stem=data["stem"],
        answer=KINDS[data["kind"]].answer_of(data),
        rationale=data["rationale"],
        advice=data.get("advice", {}),
    )
