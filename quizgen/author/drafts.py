"""The drafts in the files of a bank: find them, and remove the mark of those that a person accepts. No I/O."""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy

from quizgen.author.repair import encode_like
from quizgen.bank.checks import Entry, section_entries
from quizgen.bank.files import RawFile
from quizgen.bank.reader import Document, read_document
from quizgen.errors import Path, QuizgenError
from quizgen.model import Bank
from quizgen.text.messages import _

_SECTIONS = ("facts", "exhibits", "questions")
_KEY_BEFORE_VALUE = re.compile(r"""["']?draft["']?\s*:\s*$""")


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
    """Return a file without the line ``draft: true`` of one entry. Nothing else changes.

    Raises QuizgenError if it cannot be removed without changing more.
    """
    document, problems = read_document(file)
    assert document  # noqa: S101  it was read before
    edited = _remove_draft_line(document, entry_path) or _remove_draft_in_braces(document, entry_path)
    result = RawFile(file.name, encode_like(edited, file.raw))
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


def _remove_draft_line(document: Document, entry_path: Path) -> str:
    """Return the text of a file without the line ``draft: true`` of one entry, or "" if it is not on a line of its own."""
    positions = document.key_positions(entry_path)
    index = next((index for index, each in enumerate(positions) if each.key == "draft"), None)
    if index is None:
        return ""
    lines, position = document.content.split("\n"), positions[index]
    if lines[position.line][
        : position.column
    ].strip():  # behind the dash of the entry: the next key moves there
        if index + 1 == len(positions):
            return ""
        after = positions[index + 1]
        lead = lines[position.line][: position.column]
        lines[position.line : after.line + 1] = [lead + lines[after.line][after.column :]]
    else:
        del lines[position.line : position.end]
    return "\n".join(lines)


def _remove_draft_in_braces(document: Document, entry_path: Path) -> str:
    """Return the text of a file without the ``draft: true`` of one entry that is written as ``{id: …, draft: true}``."""
    content = document.content
    value = next(each for each in document.text_positions() if each.path == (*entry_path, "draft"))
    before = _KEY_BEFORE_VALUE.sub("", content[: value.start])
    after = content[value.end :].lstrip()
    if after.startswith(","):
        return before + after[1:].lstrip()
    return before.rstrip().removesuffix(",") + after


def drafts_behind(id_: str, bank: Bank) -> Iterator[str]:
    """Yield the ids of the drafts that an exhibit or a question rests on. As long as there is one, it is in no quiz."""
    question = bank.questions.get(id_)
    exhibit = bank.exhibits.get(question.exhibit if question else id_)
    facts = list(question.facts) if question else []
    for shown in filter(None, (exhibit, bank.exhibits.get(exhibit.twin) if exhibit else None)):
        facts += [fact for sign in shown.signs for fact in sign.facts]
        if shown.draft and shown.id != id_:
            yield shown.id
    yield from (fact for fact in dict.fromkeys(facts) if bank.facts[fact].draft)
