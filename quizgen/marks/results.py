"""Put the read pages together: a row for each sheet, and what is missing, foreign or there twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from quizgen.analysis.sitting import Time
from quizgen.marks.decide import UNSURE
from quizgen.marks.positions import MarkedQuestion, PrintedPaper
from quizgen.marks.reading import ReadAnswer, ReadPicture, ReadSheet

_SAME_INK, _SAME_BOX = 0.035, 0.2
"""How much the ink of all boxes on average, and that of one box, may differ if it is the same sheet, scanned twice."""


class PlacedSheet(Struct, frozen=True):
    """A page of an answer sheet, and the name of the picture that it was in, such as ``scan.pdf:3``, and the talk that it is from, or "".

    ``file`` is the digest of the file that it was in, and ``number`` that of the picture in this file.
    """

    name: str
    sheet: ReadSheet
    talk: str = ""
    file: str = ""
    number: int = 0


class SheetRow(Struct):
    """What one person answered, by question. ``name`` is that of the picture with the first page of the sheet."""

    name: str
    digest: str
    version: str
    pages: dict[int, PlacedSheet]
    answers: dict[str, ReadAnswer]
    person: str = ""
    time: Time = ""
    talk: str = ""


Corrections = Mapping[tuple[str, str], str]
"""Answers that a person typed, by the name of the picture and the id of the question."""


def without_clippings(picture: ReadPicture) -> ReadPicture:
    """Return a picture as it was read, without its pictures of answers."""
    return replace(
        picture,
        sheets=tuple(
            replace(sheet, answers=tuple(replace(each, clipping=b"") for each in sheet.answers))
            for sheet in picture.sheets
        ),
    )


def lacks_clippings(picture: ReadPicture) -> bool:
    """Return whether a person has to look at an answer whose picture was deleted."""
    return any(
        each.answer == UNSURE and not each.clipping for sheet in picture.sheets for each in sheet.answers
    )


def gather_rows(
    sheets: Iterable[PlacedSheet], corrections: Corrections, papers: Mapping[str, PrintedPaper]
) -> list[SheetRow]:
    """Make a row of the pages of each sheet. A page has a row of its own if it is not certain whose it is.

    ``papers`` are the papers by the digest that their codes have.
    """
    files: dict[str, list[PlacedSheet]] = defaultdict(list)
    for placed in sheets:
        files[placed.file or placed.name].append(placed)
    return [
        _make_row(pages, corrections)
        for inside in files.values()
        for pages in _divide_in_order(sorted(inside, key=lambda each: each.number), papers)
    ]


def _divide_in_order(
    sheets: Sequence[PlacedSheet], papers: Mapping[str, PrintedPaper]
) -> list[Sequence[PlacedSheet]]:
    """Return the pages of each sheet in a file.

    Only a file in which every sheet has all its pages, one after the other, proves whose they are. If a page is
    missing, unread, there twice or in another place, all that follow may belong to somebody else: then each is alone.
    """
    groups: list[Sequence[PlacedSheet]] = []
    start = 0
    while start < len(sheets):
        count = papers[sheets[start].sheet.digest].pages
        pages = sheets[start : start + count]
        # Without its first picture, a pile that was scanned backwards looks like one in order.
        if not _is_whole(pages, count) or (count > 1 and sheets[0].number > 1):
            return [[each] for each in sheets]
        groups.append(pages)
        start += count
    return groups


def _is_whole(pages: Sequence[PlacedSheet], count: int) -> bool:
    """Return whether these are all pages of a paper, in order, with no picture between them."""
    first = pages[0]
    expected = [
        (first.sheet.digest, first.sheet.person, first.talk, page, first.number + page - 1)
        for page in range(1, count + 1)
    ]
    return expected == [
        (each.sheet.digest, each.sheet.person, each.talk, each.sheet.page, each.number) for each in pages
    ]


def _make_row(pages: Sequence[PlacedSheet], corrections: Corrections) -> SheetRow:
    first = pages[0]
    answers = {
        each.question: ReadAnswer(each.question, corrections[key])
        if (key := (placed.name, each.question)) in corrections
        else each
        for placed in pages
        for each in placed.sheet.answers
    }
    return SheetRow(
        first.name,
        first.sheet.digest,
        first.sheet.version,
        {placed.sheet.page: placed for placed in pages},
        answers,
        first.sheet.person,
        first.sheet.time,
        first.talk,
    )


def find_second_scans(sheets: Sequence[PlacedSheet]) -> Iterator[tuple[str, str]]:
    """Yield the names of two pictures if both seem to show the same sheet: all boxes have the same ink."""
    seen: dict[tuple[str, str, str, int], list[PlacedSheet]] = {}
    for placed in sheets:
        sheet = placed.sheet
        before = seen.setdefault((placed.talk, sheet.digest, sheet.person, sheet.page), [])
        if twin := next((each for each in before if _has_same_ink(each.sheet.fills, sheet.fills)), None):
            yield twin.name, placed.name
        before.append(placed)


def _has_same_ink(first: Sequence[float], second: Sequence[float]) -> bool:
    if any(abs(a - b) >= _SAME_BOX for a, b in zip(first, second, strict=True)):
        return False
    difference = sum(abs(a - b) for a, b in zip(first, second, strict=True))
    return max(first, default=0.0) > _SAME_BOX and difference < _SAME_INK * len(first)


def find_repeated_codes(rows: Iterable[SheetRow]) -> Iterator[tuple[SheetRow, SheetRow]]:
    """Yield two rows of the same code and time: a comparison leaves both out, because nobody knows which is meant."""
    seen: dict[tuple[str, str, str], SheetRow] = {}
    for row in rows:
        if row.person and (first := seen.setdefault((row.talk, row.digest, row.person), row)) is not row:
            yield first, row


def find_missing_pages(
    rows: Sequence[SheetRow], papers: Mapping[str, PrintedPaper]
) -> Iterator[tuple[SheetRow, int]]:
    """Yield each sheet that lacks a page, and the number of the page."""
    for row in rows:
        yield from ((row, page) for page in range(1, papers[row.digest].pages + 1) if page not in row.pages)


def make_table(rows: Sequence[SheetRow], questions: Mapping[str, MarkedQuestion]) -> list[list[str]]:
    """Return the table of results: a row for each sheet with its answers, and how many are right.

    It has the questions of the papers that were read, with answers in the order of the bank. "" is a question that was left
    out, and "?" one that a person has to look at, or that this paper does not have. A column with the talk is there if any
    sheet has one.
    """
    asked = [id_ for id_ in questions if any(id_ in row.answers for row in rows)]
    has_talks = any(row.talk for row in rows)
    talk = ["talk"] if has_talks else []
    table = [["sheet", "version", "code", "time", *talk, "right", *asked]]
    for row in rows:
        answers = {id_: row.answers[id_].answer if id_ in row.answers else UNSURE for id_ in asked}
        right = sum(bool(answers[id_]) and answers[id_] == questions[id_].right for id_ in asked)
        talk = [row.talk] if has_talks else []
        table.append([row.name, row.version, row.person, row.time, *talk, str(right), *answers.values()])
    return table


def unsure_answers(rows: Sequence[SheetRow]) -> Iterator[tuple[PlacedSheet, ReadAnswer]]:
    """Yield the answers that a person has to look at, with the page that each is on."""
    for row in rows:
        for answer in row.answers.values():
            if answer.answer == UNSURE:
                yield next(
                    (placed, answer)
                    for placed in row.pages.values()
                    if any(each.question == answer.question for each in placed.sheet.answers)
                )
