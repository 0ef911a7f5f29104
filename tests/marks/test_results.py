"""The table of results: what a paper does not ask is not a question that was left out."""

import random

import pytest

from quizgen.analysis import read_results
from quizgen.cli.output import table_csv
from quizgen.marks.positions import MarkedQuestion, PrintedPaper, PrintedQuestion
from quizgen.marks.reading import ReadAnswer, ReadSheet
from quizgen.marks.results import PlacedSheet, SheetRow, find_missing_pages, gather_rows, make_table
from tests.banks import sample_bank

BANK = sample_bank()
ASKED, LEFT_OUT, ON_ANOTHER_PAPER = "parcels/customs-text", "parcels/signs", "callers/code-is-harmless"


def test_a_question_that_a_paper_does_not_ask_counts_for_nothing() -> None:
    questions = {id_: MarkedQuestion("one", "?", {}, "A") for id_ in (ASKED, LEFT_OUT, ON_ANOTHER_PAPER)}
    answers = {ASKED: ReadAnswer(ASKED, "A"), LEFT_OUT: ReadAnswer(LEFT_OUT, "")}
    other = {ON_ANOTHER_PAPER: ReadAnswer(ON_ANOTHER_PAPER, "A")}
    rows = [SheetRow("scan.pdf:1", "0", "A", {}, answers), SheetRow("scan.pdf:2", "1", "B", {}, other)]
    table = make_table(rows, questions)
    assert table[1] == ["scan.pdf:1", "A", "", "", "1", "A", "", "?"]
    sitting = read_results(table_csv(table), BANK)[0]
    assert [(each.question.id, each.chosen is None) for each in sitting.answers] == [
        (ASKED, False), (LEFT_OUT, True),
    ]  # fmt: skip


def test_questions_that_no_paper_asks_have_no_column() -> None:
    questions = {id_: MarkedQuestion("one", "?", {}, "A") for id_ in (ASKED, LEFT_OUT)}
    row = SheetRow("scan.pdf:1", "0", "A", {}, {LEFT_OUT: ReadAnswer(LEFT_OUT, "A")})
    assert make_table([row], questions)[0] == ["sheet", "version", "code", "time", "right", LEFT_OUT]


TWO_PAGES = {"P": PrintedPaper("", (PrintedQuestion("first", 1, ()), PrintedQuestion("second", 2, ())))}


def pile(*pages: tuple[str, int], file: str = "pile") -> list[PlacedSheet]:
    """Return scanned pages, each a person and a page. What a person answers is the person."""
    names = {1: "first", 2: "second"}
    return [
        PlacedSheet(
            f"{file}:{number}",
            ReadSheet("P", "", page, (ReadAnswer(names[page], person),)),
            file=file,
            number=number,
        )
        for number, (person, page) in enumerate(pages, start=1)
    ]


def people_of(rows: list[SheetRow]) -> list[str]:
    """Return whose answers each row has."""
    return ["".join(sorted({each.answer for each in row.answers.values()})) for row in rows]


def test_pages_in_an_unbroken_order_are_one_sheet() -> None:
    rows = gather_rows(pile(("A", 1), ("A", 2), ("B", 1), ("B", 2)), {}, TWO_PAGES)
    assert [(each.name, len(each.pages)) for each in rows] == [("pile:1", 2), ("pile:3", 2)]
    assert people_of(rows) == ["A", "B"]


@pytest.mark.parametrize(
    "pages",
    [
        (("A", 1), ("B", 1), ("B", 2)),
        (("A", 2), ("B", 1), ("B", 2)),
        (("A", 1), ("A", 1), ("A", 2)),
        (("A", 2), ("A", 1), ("B", 2), ("B", 1)),
        (("A", 1), ("B", 2), ("B", 1), ("C", 2), ("C", 1)),
    ],
    ids=["page 2 missing", "page 1 missing", "doubled", "backwards", "backwards and missing"],
)
def test_pages_out_of_order_are_left_to_a_person(pages: tuple[tuple[str, int], ...]) -> None:
    rows = gather_rows(pile(*pages), {}, TWO_PAGES)
    assert len(rows) == len(list(find_missing_pages(rows, TWO_PAGES))) == len(pages)


def test_pages_with_an_unread_picture_between_them_are_not_joined() -> None:
    first, _lost, _lost_too, last = pile(("A", 1), ("A", 2), ("B", 1), ("B", 2))
    assert people_of(gather_rows([first, last], {}, TWO_PAGES)) == ["A", "B"]


def test_a_pile_scanned_backwards_whose_ends_are_unread_is_not_joined() -> None:
    sheets = pile(("B", 2), ("B", 1), ("A", 2), ("A", 1))[1:3]
    assert people_of(gather_rows(sheets, {}, TWO_PAGES)) == ["B", "A"]


def test_pages_in_two_files_are_not_joined() -> None:
    sheets = [*pile(("A", 1), file="a"), *pile(("B", 2), file="b")]
    assert people_of(gather_rows(sheets, {}, TWO_PAGES)) == ["A", "B"]


def test_nobody_gets_the_answers_of_others_in_400_spoilt_piles() -> None:
    chance = random.Random(38)  # noqa: S311
    for _pile in range(400):
        pages = [(person, page) for person in "ABCDE" for page in (1, 2)]
        place = chance.randrange(len(pages))
        match chance.choice(("missing", "doubled", "swapped", "backwards")):
            case "missing":
                del pages[place]
            case "doubled":
                pages.insert(place, pages[place])
            case "swapped":
                other = (place + 1) % len(pages)
                pages[place], pages[other] = pages[other], pages[place]
            case "backwards":
                pages.reverse()
        sheets = pile(*pages)
        # A code that cannot be read leaves a gap.
        if chance.random() < 0.5:
            del sheets[chance.randrange(len(sheets))]
        rows = gather_rows(sheets, {}, TWO_PAGES)
        assert all(len(people) == 1 for people in people_of(rows))
        assert sum(len(row.pages) for row in rows) == len(sheets)
