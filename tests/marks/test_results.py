"""The table of results: what a paper does not ask is not a question that was left out."""

from quizgen.analysis import read_results
from quizgen.cli.output import table_csv
from quizgen.marks.positions import MarkedQuestion
from quizgen.marks.reading import ReadAnswer
from quizgen.marks.results import SheetRow, make_table
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
