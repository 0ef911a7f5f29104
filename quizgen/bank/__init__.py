"""Read a bank: YAML files become a :class:`~quizgen.model.Bank`, or a list of every problem in them.

YAML and JSON Schema are imported only when the files have changed since they were last compiled.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizgen.bank import cache as compiled
from quizgen.bank.files import RawFile, find_notes, read_files
from quizgen.errors import Problem, QuizgenError, problem
from quizgen.model import Bank, Declaration, HelpNumber
from quizgen.text.messages import _

if TYPE_CHECKING:
    from quizgen.bank.item_models import GeneratedQuestions
    from quizgen.bank.reader import Document

__all__ = [
    "BankAnalysis", "Findings", "QuestionOrigin", "analyse_bank", "check_bank", "read_bank", "read_declaration",
]  # fmt: skip


class Findings(NamedTuple):
    """The problems that a check found, and the number of files, facts and questions that it checked.

    ``questions`` are those written in the files, ``generated`` those that models made. ``more`` counts problems that are
    not in the list, since a file had too many.
    """

    problems: list[Problem]
    files: int
    facts: int
    questions: int
    generated: int = 0
    more: int = 0


def read_bank(directories: Sequence[Path], cache: Path | None = None, region: str = "") -> Bank:
    """Load the bank in these folders, merged into one. ``cache`` is a folder for its compiled form.

    Texts have the help numbers of a region, by default of the bank's first. Raises QuizgenError with every problem in every
    file, sorted by path, and MisuseError for a region that lacks numbers that the texts name. A bank with a problem is not
    cached.
    """
    files, unreadable = read_files(directories)
    key = compiled.cache_key(files, region) if cache and not unreadable else ""
    if cache and key and (bank := compiled.read_cached_bank(cache, key)):
        return bank
    from quizgen.bank.build import build_bank, generate_questions_and_exhibits, read_documents  # noqa: PLC0415  brings YAML and JSON Schema
    from quizgen.bank.help_numbers import read_help_numbers  # noqa: PLC0415

    documents, problems = read_documents(files, is_complete=not unreadable)
    if unreadable or problems:
        raise QuizgenError(sorted([*unreadable, *problems]), more=sum(each.unexplained for each in documents))
    numbers = read_help_numbers(documents, region)
    generation = generate_questions_and_exhibits(documents, numbers)
    if generation.problems:
        raise QuizgenError(sorted(generation.problems))
    bank = build_bank(documents, generation, numbers)
    if cache:
        compiled.write_cached_bank(cache, key, bank)
    return bank


def read_declaration(paths: Sequence[Path]) -> Declaration:
    """Read what banks declare, even if the banks have problems; raises QuizgenError for a path without a bank."""
    from quizgen.bank.build import merge_declarations  # noqa: PLC0415  brings YAML and JSON Schema
    from quizgen.bank.reader import read_document  # noqa: PLC0415

    files, unreadable = read_files(paths)
    if unreadable:
        raise QuizgenError(unreadable)
    return merge_declarations(document for file in files if (document := read_document(file)[0]))


def check_bank(paths: Sequence[Path]) -> Findings:
    """Find every problem in these folders or files. A file is read together with its folder, since its ids may refer to it.

    Only problems in the paths themselves are reported.
    """
    return _read_and_check(paths).findings


class QuestionOrigin(NamedTuple):
    """Where a question comes from, and which lint rules it waives. The model of a bank leaves this out.

    ``problem_at`` makes a problem at a part of the entry, from its path, what is wrong and what to do. ``author`` is the id
    of who waives the rules: the item model that made the question, or the question itself.
    """

    problem_at: Callable[..., Problem]
    waive: dict[str, str]
    author: str


class BankAnalysis(NamedTuple):
    """A bank with the paths of its questions, for the rules of item writing and for authors.

    ``bank`` is the one in the paths and the folders around them, or ``None`` if it has problems, and ``questions`` are its
    questions by full id. ``own`` are the ids of questions in the paths themselves, ``topics`` the files of these by topic,
    and ``files`` the same files as bytes, by name. ``generation`` is what models made, and ``exhibits`` maps the id of each
    written exhibit to a function like ``QuestionOrigin.problem_at``.
    """

    findings: Findings
    bank: Bank | None
    questions: dict[str, QuestionOrigin]
    own: frozenset[str]
    topics: dict[str, "Document"]
    files: dict[str, RawFile]
    generation: "GeneratedQuestions | None" = None
    exhibits: Mapping[str, Callable[..., Problem]] = {}


def analyse_bank(
    paths: Sequence[Path],
    on_progress: Callable[[float], None] | None = None,
    *,
    edited: RawFile | None = None,
) -> BankAnalysis:
    """Check these folders or files as :func:`check_bank` does, build the bank, and keep what was read.

    ``on_progress`` is called while files are read, with the share of their bytes that is done (0 to 1). ``edited`` replaces
    one of the files on the disk.
    """
    from quizgen.bank.build import build_bank  # noqa: PLC0415  brings YAML and JSON Schema
    from quizgen.bank.checks import entries  # noqa: PLC0415

    checked = _read_and_check(paths, on_progress, edited)
    bank = build_bank(checked.documents, checked.generation, checked.numbers) if checked.generation else None
    findings = checked.findings
    if bank is None and not findings.problems:
        findings = findings._replace(
            problems=[
                problem(_("another file of the same folder has problems"), _("check the whole folder first"))
            ]
        )
    questions = {
        entry.full_id: QuestionOrigin(entry.problem_at, entry.data.get("waive", {}), entry.full_id)
        for document in checked.documents
        for entry in entries(document, "questions")
        if entry.is_valid
    }
    own_ids = {entry.full_id for document in checked.own for entry in entries(document, "questions")}
    if checked.generation:
        questions |= {
            id_: QuestionOrigin(partial(location.problem_at, id_), location.waive, location.model)
            for id_, location in checked.generation.locations.items()
        }
        own_ids |= _generated_ids(checked.own, checked.generation)
    topics = {
        document.data["topic"]: document
        for document in checked.own
        if isinstance(document.data, dict) and isinstance(document.data.get("topic"), str)
    }
    exhibits = {
        entry.full_id: entry.problem_at
        for document in checked.documents
        for entry in entries(document, "exhibits")
        if entry.is_valid
    }
    files = {file.name: file for file in checked.requested}
    return BankAnalysis(
        findings, bank, questions, frozenset(own_ids), topics, files, checked.generation, exhibits
    )


class _CheckedFiles(NamedTuple):
    """What was read from some paths: their files and documents, the documents of the folders around them, and the problems.

    ``generation`` is what models made, or ``None`` if something is wrong.
    """

    findings: Findings
    requested: list[RawFile]
    own: list["Document"]
    documents: list["Document"]
    numbers: Mapping[str, HelpNumber]
    generation: "GeneratedQuestions | None"


def _read_and_check(
    paths: Sequence[Path],
    on_progress: Callable[[float], None] | None = None,
    edited: RawFile | None = None,
) -> _CheckedFiles:
    """Read and check paths and the files around them, and generate what their models can make."""
    from quizgen.bank.build import generate_questions_and_exhibits, read_documents  # noqa: PLC0415  brings YAML and JSON Schema
    from quizgen.bank.checks import check_notes, entries  # noqa: PLC0415
    from quizgen.bank.help_numbers import read_help_numbers  # noqa: PLC0415

    known: dict[str, RawFile] = {}
    requested, unreadable = read_files(paths, known)
    neighbours, unreadable_neighbours = read_files(
        [*paths, *(path.parent for path in paths if path.is_file())], known
    )
    if any(path.is_file() for path in paths):
        neighbours.sort(key=lambda file: file.name)  # in the order of their folder
    neighbours = [edited if edited and file.name == edited.name else file for file in neighbours]
    files = _report_progress(neighbours, on_progress) if on_progress else neighbours
    documents, problems = read_documents(files, is_complete=not unreadable_neighbours)
    problems += check_notes(documents, find_notes(neighbours))
    numbers: Mapping[str, HelpNumber] = {}
    generation = None
    if not (unreadable or unreadable_neighbours or problems):
        numbers = read_help_numbers(documents)
        generation = generate_questions_and_exhibits(documents, numbers)
        if generation.problems:
            problems, generation = generation.problems, None
    names = {file.name for file in requested}
    own = [document for document in documents if document.name in names]
    findings = Findings(
        problems=sorted([*unreadable, *(each for each in problems if each.file in names)]),
        files=len(requested),
        facts=sum(len(entries(document, "facts")) for document in own),
        questions=sum(len(entries(document, "questions")) for document in own),
        generated=len(_generated_ids(own, generation)) if generation else 0,
        more=sum(document.unexplained for document in own),
    )
    return _CheckedFiles(findings, requested, own, documents, numbers, generation)


def _generated_ids(own: Sequence["Document"], generation: "GeneratedQuestions") -> set[str]:
    """Return the ids of generated questions whose model is in one of these documents."""
    return {
        id_
        for id_, location in generation.locations.items()
        if any(location.document is document for document in own)
    }


def _report_progress(files: Sequence[RawFile], on_progress: Callable[[float], None]) -> Iterator[RawFile]:
    """Yield files one by one, and report how far the reader is."""
    total = sum(len(file.raw) for file in files) or 1
    done = 0
    for file in files:
        yield file
        done += len(file.raw)
        on_progress(done / total)
