"""Read drafts from the reply of a language model, or from a file by a person: YAML or JSON, with or without words around it.

Everything that is not a draft is replaced by blank lines, so that problems have the lines of the file.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from quizgen.bank.files import RawFile
from quizgen.bank.reader import Document, read_document
from quizgen.errors import Path, Problem, problem
from quizgen.text.messages import _

SECTIONS = ("facts", "lessons", "exhibits", "questions")

_FENCE = re.compile(r"^\s*(?P<marks>`{3,}|~{3,})\s*(?P<language>[\w-]*)[^`]*$")
_DRAFT_LANGUAGES = ("", "yaml", "yml", "json")
_KEYS = "|".join(("topic", "title", "languages", *SECTIONS))
_FIRST_LINE = re.compile(rf"^(?:---|(?:{_KEYS})\s*:|- +(?:id\s*:|\{{)|[{{\[])")
_INNER_LINE = re.compile(rf"^(?:\s+\S|\s*$|[-#}}\]]|(?:{_KEYS})\s*:|[{{\[])")
_KEY_OF_SECTION = {"statement": "facts", "keep": "lessons", "lines": "exhibits", "kind": "questions"}
"""A key that only entries of a section have, by which a list without a heading is sorted."""


class Draft(NamedTuple):
    """A fact, a lesson, an exhibit or a question in a file of drafts, and where it is. ``topic`` is "" if the file names none."""

    document: Document
    path: Path
    section: str
    topic: str
    data: Any

    @property
    def line(self) -> int:
        """The number of the line on which the draft begins."""
        return self.document.line_and_column(self.path)[0]

    @property
    def slug(self) -> str:
        """The id of the draft without its topic, or "" if it has none."""
        own = self.data.get("id") if isinstance(self.data, dict) else None
        return own if isinstance(own, str) else ""


def read_drafts(file: RawFile) -> tuple[list[Draft], list[Problem]]:
    """Return the drafts in a file, and the problems of everything that cannot be read as a draft."""
    try:
        content = file.raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return [], read_document(file)[1]
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for language, block in _find_blocks(content):
        document, found = read_document(RawFile(file.name, block.encode()))
        own = list(_drafts_in(document)) if document else []
        if own or language:
            drafts += own
            problems += found
    if not drafts and not problems:
        problems.append(
            problem(
                _("there are no drafts in this file"),
                _(
                    "it must have facts, exhibits or questions in YAML, as `quizgen bank brief` describes them"
                ),
                file=file.name,
            )
        )
    return sorted(drafts, key=lambda draft: SECTIONS.index(draft.section)), problems


def _find_blocks(content: str) -> Iterator[tuple[str, str]]:
    """Yield each part of a text that can have drafts, with its language. All else in it is blank lines."""
    lines = content.split("\n")
    fences = list(_fenced_parts(lines))
    if not fences:
        yield "yaml", _keep_lines(lines, *_part_without_fences(lines))
    for language, start, end in fences:
        if language in _DRAFT_LANGUAGES:
            yield language, _keep_lines(lines, start, end)


def _fenced_parts(lines: list[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the parts between fences of Markdown: language, first line and the line after the last. The closing fence can be missing."""
    opened: tuple[str, str, int] | None = None
    for number, line in enumerate(lines):
        if not (fence := _FENCE.match(line)):
            continue
        marks, language = fence["marks"], fence["language"].lower()
        if opened is None:
            opened = (marks, language, number + 1)
        elif marks.startswith(opened[0]) and not language:
            yield opened[1], opened[2], number
            opened = None
    if opened:
        yield opened[1], opened[2], len(lines)


def _part_without_fences(lines: list[str]) -> tuple[int, int]:
    """Return the first line of YAML or JSON, and the line after the last; words before and after it are left out."""
    start = next((number for number, line in enumerate(lines) if _FIRST_LINE.match(line)), None)
    if start is None:
        return 0, len(lines)
    end = next(
        (number for number in range(start, len(lines)) if not _INNER_LINE.match(lines[number])), len(lines)
    )
    return start, end


def _keep_lines(lines: list[str], start: int, end: int) -> str:
    """Return a text with these lines, and blank lines in place of all before."""
    return "\n" * start + "\n".join(lines[start:end]) + "\n"


def _drafts_in(document: Document) -> Iterator[Draft]:
    """Yield the drafts of a document: of its sections, or of a list, in which their keys tell them apart."""
    data = document.data
    if isinstance(data, list):
        for index, entry in enumerate(data):
            keys = entry if isinstance(entry, dict) else ()
            section = next((name for key, name in _KEY_OF_SECTION.items() if key in keys), "")
            if section:
                yield Draft(document, (index,), section, "", entry)
        return
    topic = data.get("topic") if isinstance(data, dict) else None
    for section in SECTIONS if isinstance(data, dict) else ():
        entries = data.get(section)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            yield Draft(document, (section, index), section, topic if isinstance(topic, str) else "", entry)
