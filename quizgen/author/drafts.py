"""The drafts in the files of a bank: find them, and remove the mark of those that a person accepts. No I/O."""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy

from quizgen.bank.checks import Entry, section_entries
from quizgen.bank.files import RawFile
from quizgen.bank.reader import read_document
from quizgen.errors import Path, QuizgenError
from quizgen.model import Bank
from quizgen.text.messages import _

_SECTIONS = ("facts", "exhibits", "questions")
_MARK = re.compile(r"""^["']?draft["']?\s*:\s*\w+\s*(,\s*)?""")


def find_drafts(files: Iterable[RawFile]) -> dict[str, Entry]:
    """Return the entries that are marked as drafts, by full id: first all facts, then exhibits, then questions."""
    documents = [document for file in files if (document := read_document(file)[0])]
    return {
        entry.full_id: entry
        for section in _SECTIONS
        for document in documents
        for entry in section_entries(document, section)
        if entry.is_in_topic and entry.data.get("draft") is True
    }


def remove_draft_mark(file: RawFile, entry_path: Path) -> RawFile:
    """Return a file without the ``draft: true`` of one entry. Nothing else changes.

    Raises QuizgenError if it cannot be removed without changing more.
    """
    document, problems = read_document(file)
    assert document  # noqa: S101  it was read before
    line, column = document.line_and_column((*entry_path, "draft"), at_key=True)
    result = file.with_lines(_remove_mark(file.lines(), line - 1, column - 1))
    again, new_problems = read_document(result)
    expected = deepcopy(document.data)
    del expected[entry_path[0]][entry_path[1]]["draft"]
    if again is None or problems != new_problems or again.data != expected:
        raise QuizgenError(
            document.problem_at(
                (*entry_path, "draft"),
                _("this mark cannot be removed automatically"),
                _("remove `draft: true` by hand"),
                at_key=True,
            )
        )
    return result


def _remove_mark(lines: list[str], index: int, column: int) -> list[str]:
    """Return lines without the mark that begins at this place: on a line of its own, behind a dash, or in braces."""
    before, mark = lines[index][:column], lines[index][column:]
    if not before.strip():
        return [*lines[:index], *lines[index + 1 :]]
    if before.strip() == "-":  # the next key moves behind the dash
        next_key = [before + line[column:] for line in lines[index + 1 : index + 2]]
        return [*lines[:index], *next_key, *lines[index + 2 :]]
    after = _MARK.sub("", mark)
    if after.startswith("}"):
        before = before.rstrip().removesuffix(",")
    return [*lines[:index], before + after, *lines[index + 1 :]]


def drafts_behind(id_: str, bank: Bank) -> Iterator[str]:
    """Yield the ids of the drafts that an exhibit or a question rests on. As long as there is one, it is in no quiz."""
    question = bank.questions.get(id_)
    exhibit = bank.exhibits.get(question.exhibit if question else id_)
    facts = [*question.facts, *bank.fact_ids_of_lesson(question)] if question else []
    for shown in filter(None, (exhibit, bank.exhibits.get(exhibit.twin) if exhibit else None)):
        facts += [fact for sign in shown.signs for fact in sign.facts]
        if shown.draft and shown.id != id_:
            yield shown.id
    yield from (fact for fact in dict.fromkeys(facts) if bank.facts[fact].draft)
