"""The bank: YAML files in, a :class:`~quizgen.model.Bank` out, or every problem in them at once.

YAML and JSON Schema are loaded only when the files have changed since they were last compiled.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizgen.bank import cache as compiled
from quizgen.bank.files import RawFile, gather, notes_beside
from quizgen.errors import Problem, QuizgenError, problem
from quizgen.model import Bank, Declaration, HelpNumber
from quizgen.text.messages import _

if TYPE_CHECKING:
    from quizgen.bank.item_models import GeneratedQuestions
    from quizgen.bank.reader import Document

__all__ = [
    "BankAnalysis", "Findings", "WrittenQuestion", "analyse_bank", "check_bank", "declared", "load",
]  # fmt: skip


class Findings(NamedTuple):
    """What a check found, and in how much: counts of files, facts and questions, written and generated.

    ``more`` is how many problems there are beside those that are said, of files with a great many.
    """

    problems: list[Problem]
    files: int
    facts: int
    questions: int
    generated: int = 0
    more: int = 0


def load(directories: Sequence[Path], cache: Path | None = None, region: str = "") -> Bank:
    """Load the bank in these folders, merged into one; ``cache`` is a folder for its compiled form.

    Texts have the help numbers of a region, by default of the first that the bank has.
    Raises QuizgenError with every problem in every file, by place, and MisuseError for a region without the numbers
    that texts name. A bank with a problem is not cached.
    """
    files, lost = gather(directories)
    key = compiled.key_of(files, region) if cache and not lost else ""
    if cache and key and (bank := compiled.read(cache, key)):
        return bank
    from quizgen.bank.build import build, generate, read_bank  # noqa: PLC0415  brings YAML and JSON Schema
    from quizgen.bank.help_numbers import help_numbers  # noqa: PLC0415

    documents, problems = read_bank(files, whole=not lost)
    if lost or problems:
        raise QuizgenError(sorted([*lost, *problems]), more=sum(each.counted for each in documents))
    numbers = help_numbers(documents, region)
    generation = generate(documents, numbers)
    if generation.problems:
        raise QuizgenError(sorted(generation.problems))
    bank = build(documents, generation, numbers)
    if cache:
        compiled.write(cache, key, bank)
    return bank


def declared(places: Sequence[Path]) -> Declaration:
    """Read what banks declare, whatever else may be wrong with them; raises QuizgenError for a place without a bank."""
    from quizgen.bank.build import declared_by  # noqa: PLC0415  brings YAML and JSON Schema
    from quizgen.bank.reader import read  # noqa: PLC0415

    files, lost = gather(places)
    if lost:
        raise QuizgenError(lost)
    return declared_by(document for file in files if (document := read(file)[0]))


def check_bank(places: Sequence[Path]) -> Findings:
    """Find every problem in these folders or files. A file is read with its folder, to which its ids may lead.

    Only what is wrong in the places themselves is reported.
    """
    return _read(places).findings


class WrittenQuestion(NamedTuple):
    """What the model leaves out of a question: where each of its parts stands, and what it waives.

    ``place`` makes a problem at a part of the entry, given its path, what is wrong and what to do.
    ``author`` is who waives: the item model that made the question, by id, or the question itself.
    """

    place: Callable[..., Problem]
    waive: dict[str, str]
    author: str


class BankAnalysis(NamedTuple):
    """A bank with the places of its questions, for a reading deeper than a check.

    ``bank`` is the one in the places and the folders around them, or ``None`` where something is wrong
    in it, and ``questions`` are its questions by full id; ``own`` are the ids of those in the places
    themselves, ``topics`` the files of these by topic, and ``files`` these files as they were read, by name.
    ``generation`` tells what models made of it, and ``exhibits`` makes problems at those that are written,
    as :class:`WrittenQuestion` does.
    """

    findings: Findings
    bank: Bank | None
    questions: dict[str, WrittenQuestion]
    own: frozenset[str]
    topics: dict[str, "Document"]
    files: dict[str, RawFile]
    generation: "GeneratedQuestions | None" = None
    exhibits: Mapping[str, Callable[..., Problem]] = {}


def analyse_bank(
    places: Sequence[Path], step: Callable[[float], None] | None = None, *, edited: RawFile | None = None
) -> BankAnalysis:
    """Check these folders or files as :func:`check_bank` does, make a bank of them, and keep what was read.

    ``step`` is told, as files are read, which share of their bytes is done (0 to 1). ``edited`` is a file
    of theirs as it would be, read in place of the one on the disk.
    """
    from quizgen.bank.build import build  # noqa: PLC0415  brings YAML and JSON Schema
    from quizgen.bank.checks import entries  # noqa: PLC0415

    found = _read(places, step, edited)
    bank = build(found.documents, found.generation, found.numbers) if found.generation else None
    findings = found.findings
    if bank is None and not findings.problems:
        findings = findings._replace(
            problems=[
                problem(_("another file of the same folder has problems"), _("check the whole folder first"))
            ]
        )
    questions = {
        entry.full_id: WrittenQuestion(entry.problem, entry.data.get("waive", {}), entry.full_id)
        for document in found.documents
        for entry in entries(document, "questions")
        if entry.sound
    }
    own_ids = {entry.full_id for document in found.own for entry in entries(document, "questions")}
    if found.generation:
        questions |= {
            id_: WrittenQuestion(partial(location.place, id_), location.waive, location.model)
            for id_, location in found.generation.homes.items()
        }
        own_ids |= _generated_in(found.own, found.generation)
    topics = {
        document.data["topic"]: document
        for document in found.own
        if isinstance(document.data, dict) and isinstance(document.data.get("topic"), str)
    }
    exhibits = {
        entry.full_id: entry.problem
        for document in found.documents
        for entry in entries(document, "exhibits")
        if entry.sound
    }
    files = {file.name: file for file in found.asked}
    return BankAnalysis(
        findings, bank, questions, frozenset(own_ids), topics, files, found.generation, exhibits
    )


class _Read(NamedTuple):
    """What was read in some places: their files and documents, the documents around them too, and the problems.

    ``generation`` is what models make of it all, ``None`` where something is wrong.
    """

    findings: Findings
    asked: list[RawFile]
    own: list["Document"]
    documents: list["Document"]
    numbers: Mapping[str, HelpNumber]
    generation: "GeneratedQuestions | None"


def _read(
    places: Sequence[Path],
    step: Callable[[float], None] | None = None,
    edited: RawFile | None = None,
) -> _Read:
    """Read and check places and the files around them, and let their models make what they can."""
    from quizgen.bank.build import generate, read_bank  # noqa: PLC0415  brings YAML and JSON Schema
    from quizgen.bank.checks import check_notes, entries  # noqa: PLC0415
    from quizgen.bank.help_numbers import help_numbers  # noqa: PLC0415

    known: dict[str, RawFile] = {}
    asked, lost = gather(places, known)
    around, lost_around = gather([*places, *(place.parent for place in places if place.is_file())], known)
    if any(place.is_file() for place in places):
        around.sort(key=lambda file: file.name)  # as their folder has them, whichever of them is asked for
    around = [edited if edited and file.name == edited.name else file for file in around]
    files = _counted(around, step) if step else around
    documents, problems = read_bank(files, whole=not lost_around)
    problems += check_notes(documents, notes_beside(around))
    numbers: Mapping[str, HelpNumber] = {}
    generation = None
    if not (lost or lost_around or problems):
        numbers = help_numbers(documents)
        generation = generate(documents, numbers)
        if generation.problems:
            problems, generation = generation.problems, None
    names = {file.name for file in asked}
    own = [document for document in documents if document.name in names]
    findings = Findings(
        problems=sorted([*lost, *(found for found in problems if found.file in names)]),
        files=len(asked),
        facts=sum(len(entries(document, "facts")) for document in own),
        questions=sum(len(entries(document, "questions")) for document in own),
        generated=len(_generated_in(own, generation)) if generation else 0,
        more=sum(document.counted for document in own),
    )
    return _Read(findings, asked, own, documents, numbers, generation)


def _generated_in(own: Sequence["Document"], generation: "GeneratedQuestions") -> set[str]:
    """Ids of generated questions whose model stands in one of these documents."""
    return {
        id_ for id_, home in generation.homes.items() if any(home.document is document for document in own)
    }


def _counted(files: Sequence[RawFile], step: Callable[[float], None]) -> Iterator[RawFile]:
    """Give files one by one, and tell how far the reader has come."""
    total = sum(len(file.raw) for file in files) or 1
    done = 0
    for file in files:
        yield file
        done += len(file.raw)
        step(done / total)
