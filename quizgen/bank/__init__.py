"""The bank: YAML files in, a :class:`~quizgen.model.Bank` out, or every problem in them at once.

YAML and JSON Schema are loaded only when the files have changed since they were last compiled.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from quizgen.bank import cache as compiled
from quizgen.bank.disk import gather
from quizgen.bank.written import FALSE, TRUE, as_json, authored
from quizgen.errors import Problem, QuizgenError
from quizgen.model import Bank

__all__ = ["FALSE", "TRUE", "Findings", "as_json", "authored", "check", "examine", "load"]


class Findings(NamedTuple):
    """What an examination found, and in how much: counts of files, facts and questions."""

    problems: list[Problem]
    files: int
    facts: int
    questions: int


def load(directories: Sequence[Path], cache: Path | None = None) -> Bank:
    """Load the bank in these folders, merged into one; ``cache`` is a folder for its compiled form.

    Raises QuizgenError with every problem in every file, by place. A bank with a problem is not cached.
    """
    files, lost = gather(directories)
    key = compiled.key_of(files) if cache and not lost else ""
    if cache and key and (bank := compiled.read(cache, key)):
        return bank
    from quizgen.bank.build import build, read_bank  # noqa: PLC0415  brings YAML and JSON Schema

    documents, problems = read_bank(files, whole=not lost)
    if lost or problems:
        raise QuizgenError(sorted([*lost, *problems]))
    bank = build(documents)
    if cache:
        compiled.write(cache, key, bank)
    return bank


def check(places: Sequence[Path]) -> list[Problem]:
    """Report every problem in these folders or files, by place."""
    return examine(places).problems


def examine(places: Sequence[Path]) -> Findings:
    """Check these folders or files. A file is read with its folder, to which its ids may lead.

    Only what is wrong in the places themselves is reported.
    """
    from quizgen.bank.build import read_bank  # noqa: PLC0415  brings YAML and JSON Schema
    from quizgen.bank.checks import entries  # noqa: PLC0415

    asked, lost = gather(places)
    around, lost_around = gather([*places, *(place.parent for place in places if place.is_file())])
    documents, problems = read_bank(around, whole=not lost_around)
    names = {file.name for file in asked}
    own = [document for document in documents if document.name in names]
    return Findings(
        problems=sorted([*lost, *(found for found in problems if found.file in names)]),
        files=len(asked),
        facts=sum(len(entries(document, "facts")) for document in own),
        questions=sum(len(entries(document, "questions")) for document in own),
    )
