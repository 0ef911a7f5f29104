"""Read a question bank: YAML files become a :class:`~quizgen.model.Bank`, or a list of all problems in them.

YAML and JSON Schema are slow to import. They are imported only if the bank is not in the cache.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from quizgen.bank import cache as compiled
from quizgen.bank.drafts import without_drafts
from quizgen.bank.files import RawFile, find_notes, read_files
from quizgen.errors import Problem, QuizgenError, problem
from quizgen.model import Bank, Declaration, HelpNumber
from quizgen.text.messages import _

if TYPE_CHECKING:
    from quizgen.bank.reader import Document

__all__ = [
    "BankAnalysis", "Findings", "QuestionOrigin", "analyse_bank", "check_bank", "read_bank", "read_declaration", "read_file_data",
]  # fmt: skip


class Findings(NamedTuple):
    """The result of a check: the problems, and how many files, facts and questions were checked.

    ``more`` counts the problems that are left out of the list because a file has too many. ``drafts`` counts the
    facts, exhibits and questions that are marked as drafts.
    """

    problems: list[Problem]
    files: int
    facts: int
    questions: int
    more: int = 0
    drafts: int = 0


def read_bank(
    directories: Sequence[Path], cache: Path | None = None, region: str = "", *, with_drafts: bool = False
) -> Bank:
    """Read the question bank in one or more folders and merge them into one. Drafts are left out, unless ``with_drafts`` is true.

    ``cache`` is a folder for compiled banks. The texts contain the help numbers of ``region``; by default, of the
    first region in the files. Raises QuizgenError with all problems of all files, and MisuseError if the region lacks
    a help number that a text uses. A bank with problems is not cached.
    """
    files, unreadable = read_files(directories)
    key = compiled.cache_key(files, region) if cache and not unreadable else ""
    if cache and key and (cached := compiled.read_cached_bank(cache, key)):
        return cached if with_drafts else without_drafts(cached)
    from quizgen.bank.build import build_bank, read_documents  # noqa: PLC0415  brings YAML and JSON Schema
    from quizgen.bank.help_numbers import read_help_numbers  # noqa: PLC0415

    documents, problems = read_documents(files, is_complete=not unreadable)
    if unreadable or problems:
        raise QuizgenError(
            sorted([*unreadable, *problems]), omitted_count=sum(each.unexplained for each in documents)
        )
    bank = build_bank(documents, read_help_numbers(documents, region))
    if cache:
        compiled.write_cached_bank(cache, key, bank)
    return bank if with_drafts else without_drafts(bank)


def read_declaration(paths: Sequence[Path]) -> Declaration:
    """Return what question banks declare in ``bank.yaml``, such as their languages. Banks with problems are read, too.

    Raises QuizgenError if a path has no bank.
    """
    from quizgen.bank.build import merge_declarations  # noqa: PLC0415  brings YAML and JSON Schema
    from quizgen.bank.reader import read_document  # noqa: PLC0415

    files, unreadable = read_files(paths)
    if unreadable:
        raise QuizgenError(unreadable)
    return merge_declarations(document for file in files if (document := read_document(file)[0]))


def read_file_data(paths: Sequence[Path]) -> dict[str, Any]:
    """Return the data of each file of a question bank without problems, by the name of the file."""
    from quizgen.bank.reader import read_document  # noqa: PLC0415  brings YAML

    documents = [(file.name, read_document(file)[0]) for file in read_files(paths)[0]]
    return {PurePath(name).name: document.data for name, document in documents if document}


def check_bank(paths: Sequence[Path]) -> Findings:
    """Return the problems in folders or files of a question bank.

    A file is read together with its folder, because it may refer to ids in other files. Problems in these other files
    are not reported.
    """
    return _read_and_check(paths).findings


class QuestionOrigin(NamedTuple):
    """Where a question comes from, and which lint rules it is allowed to break. The question itself does not know this.

    ``problem_at(path, what, hint)`` returns a problem with the file and line of a part of the question.
    """

    problem_at: Callable[..., Problem]
    waive: dict[str, str]


class BankAnalysis(NamedTuple):
    """A question bank together with where everything is in its files. Lint rules use it.

    ``bank`` is the bank, or ``None`` if there are problems. ``questions`` has the origin of each question by full id.
    ``own`` are the ids of the questions in the paths asked for, ``topics`` are the files of these paths by topic, and
    ``files`` are the same files as bytes, by name. ``parts`` has a function like ``QuestionOrigin.problem_at`` for
    each exhibit and each lesson in the files.
    """

    findings: Findings
    bank: Bank | None
    questions: dict[str, QuestionOrigin]
    own: frozenset[str]
    topics: dict[str, "Document"]
    files: dict[str, RawFile]
    parts: Mapping[str, Callable[..., Problem]] = {}


def analyse_bank(
    paths: Sequence[Path],
    on_progress: Callable[[float], None] | None = None,
    *,
    edited_files: Sequence[RawFile] = (),
) -> BankAnalysis:
    """Check a question bank as :func:`check_bank` does, and also return the bank and where everything is in its files.

    ``on_progress`` is called with the share of bytes that have been read, from 0 to 1. ``edited_files`` replace files on
    the disk, or are new.
    """
    from quizgen.bank.checks import section_entries  # noqa: PLC0415  brings YAML and JSON Schema

    checked = _read_and_check(paths, on_progress, edited_files)
    own_ids = (entry.full_id for document in checked.own for entry in section_entries(document, "questions"))
    return _make_analysis(checked, frozenset(own_ids))


def analyse_documents(documents: Sequence["Document"], new_question_ids: Iterable[str]) -> BankAnalysis:
    """Return the analysis of a bank whose files are not on the disk yet, and have no problems. ``new_question_ids`` are the ids of its new questions."""
    from quizgen.bank.help_numbers import read_help_numbers  # noqa: PLC0415  brings YAML and JSON Schema

    findings = Findings([], len(documents), 0, 0)
    numbers = read_help_numbers(documents)
    checked = _CheckedFiles(findings, [], list(documents), list(documents), numbers)
    return _make_analysis(checked, frozenset(new_question_ids))


def _make_analysis(checked: "_CheckedFiles", own_ids: frozenset[str]) -> BankAnalysis:
    """Return the analysis of files that were read and checked. ``own_ids`` are the ids of the questions that it is about."""
    from quizgen.bank.build import build_bank  # noqa: PLC0415  brings YAML and JSON Schema
    from quizgen.bank.checks import section_entries  # noqa: PLC0415

    bank = None if checked.numbers is None else build_bank(checked.documents, checked.numbers)
    findings = checked.findings
    if bank is None and not findings.problems:
        findings = findings._replace(
            problems=[
                problem(_("another file of the same folder has problems"), _("check the whole folder first"))
            ]
        )
    questions = {
        entry.full_id: QuestionOrigin(entry.problem_at, entry.data.get("waive", {}))
        for document in checked.documents
        for entry in section_entries(document, "questions")
        if entry.is_valid
    }
    topics = {
        document.data["topic"]: document
        for document in checked.own
        if isinstance(document.data, dict) and isinstance(document.data.get("topic"), str)
    }
    parts = {
        entry.full_id: entry.problem_at
        for document in checked.documents
        for section in ("exhibits", "lessons")
        for entry in section_entries(document, section)
        if entry.is_valid
    }
    files = {file.name: file for file in checked.requested}
    return BankAnalysis(findings, bank, questions, own_ids, topics, files, parts)


class _CheckedFiles(NamedTuple):
    """The files that were read and checked, and their problems.

    ``requested`` are the files asked for, ``own`` their parsed documents, and ``documents`` all documents, including
    other files of the same folders. ``numbers`` are the help numbers, or ``None`` if there are problems.
    """

    findings: Findings
    requested: list[RawFile]
    own: list["Document"]
    documents: list["Document"]
    numbers: Mapping[str, HelpNumber] | None


def _read_and_check(
    paths: Sequence[Path],
    on_progress: Callable[[float], None] | None = None,
    edited_files: Sequence[RawFile] = (),
) -> _CheckedFiles:
    """Read and check the files in these paths and the other files of their folders."""
    from quizgen.bank.build import read_documents  # noqa: PLC0415  brings YAML and JSON Schema
    from quizgen.bank.checks import check_notes, section_entries  # noqa: PLC0415
    from quizgen.bank.help_numbers import read_help_numbers  # noqa: PLC0415

    known: dict[str, RawFile] = {}
    requested, unreadable = read_files(paths, known)
    neighbours, unreadable_neighbours = read_files(
        [*paths, *(path.parent for path in paths if path.is_file())], known
    )
    if any(path.is_file() for path in paths):
        neighbours.sort(key=lambda file: file.name)  # in the order of their folder
    edited_by_name = {file.name: file for file in edited_files}
    neighbours = [edited_by_name.pop(file.name, file) for file in neighbours] + [*edited_by_name.values()]
    requested += edited_by_name.values()
    files = _report_progress(neighbours, on_progress) if on_progress else neighbours
    documents, problems = read_documents(files, is_complete=not unreadable_neighbours)
    problems += check_notes(documents, find_notes(neighbours))
    is_flawless = not (unreadable or unreadable_neighbours or problems)
    numbers = read_help_numbers(documents) if is_flawless else None
    names = {file.name for file in requested}
    own = [document for document in documents if document.name in names]
    findings = Findings(
        problems=sorted([*unreadable, *(each for each in problems if each.file in names)]),
        files=len(requested),
        facts=sum(len(section_entries(document, "facts")) for document in own),
        questions=sum(len(section_entries(document, "questions")) for document in own),
        more=sum(document.unexplained for document in own),
        drafts=sum(
            entry.is_valid and bool(entry.data.get("draft"))
            for document in own
            for section in ("facts", "exhibits", "questions")
            for entry in section_entries(document, section)
        ),
    )
    return _CheckedFiles(findings, requested, own, documents, numbers)


def _report_progress(files: Sequence[RawFile], on_progress: Callable[[float], None]) -> Iterator[RawFile]:
    """Yield the files one by one. After each, call ``on_progress`` with the share of bytes that are done, from 0 to 1."""
    total = sum(len(file.raw) for file in files) or 1
    done = 0
    for file in files:
        yield file
        done += len(file.raw)
        on_progress(done / total)
