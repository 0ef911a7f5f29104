"""A bank as a table: everything in it comes back, whatever the words are, and what is wrong is named with its cell."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.bank import read_file_data
from quizgen.errors import QuizgenError
from quizgen.files import shipped_folder
from quizgen.formats.bank_table import bank_sheets, read_bank_sheets
from quizgen.formats.tables import SheetRows, read_workbook
from quizgen.formats.workbook import Sheet, workbook_bytes
from quizgen.text.characters import FORBIDDEN_CHARACTERS

OURS = shipped_folder("question_bank")


def from_workbook(files: Mapping[str, Any], language: str = "en") -> dict[str, Any]:
    """Write a workbook and read it again."""
    return read_back(read_workbook(workbook_bytes(bank_sheets(files, language)), "a.xlsx"))


def read_back(sheets: list[SheetRows]) -> dict[str, Any]:
    return {file.name: file.data for file in read_bank_sheets(sheets, "a.xlsx", ("en",)).files}


def as_rows(sheet: Sheet) -> SheetRows:
    """Return a sheet as it is read, without the way through a file."""
    return SheetRows(
        sheet.title, [(line, list(row)) for line, row in enumerate([sheet.heads, *sheet.rows], 1)]
    )


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_british_bank_comes_back_whole(language: str) -> None:
    files = read_file_data([OURS / "uk"])
    assert from_workbook(files, language) == files


def test_our_bank_comes_back_whole() -> None:
    files = read_file_data([OURS])
    assert read_back([as_rows(sheet) for sheet in bank_sheets(files, "zh-Hant")]) == files


def test_the_same_bank_makes_the_same_workbook() -> None:
    sheets = bank_sheets(read_file_data([OURS / "uk"]), "en")
    assert workbook_bytes(sheets) == workbook_bytes(sheets)


words = (
    st.text(st.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters="\t\n"), min_size=1, max_size=12)
    .map(lambda text: FORBIDDEN_CHARACTERS.sub("", text).strip())
    .filter(bool)
    | st.sampled_from(["=1+1", "+44", "-", "@x", "'", "007", "true", "no", "1.50", "2024-03-01", "#N/A", "a, b; c", "_x0041_"])
)  # fmt: skip
texts = st.fixed_dictionaries({"en": words, "fr": words}, optional={"zh-Hant": words})
slugs = st.from_regex(r"[a-z][a-z0-9]{0,3}(-[0-9]{1,3})?", fullmatch=True)


def entries(fields: dict[str, Any], optional: dict[str, Any] | None = None) -> st.SearchStrategy[Any]:
    one = st.fixed_dictionaries({"id": slugs, **fields}, optional=optional or {})
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda entry: str(entry["id"]))


common = {"level": st.just("recall"), "difficulty": st.integers(1, 3)}
more = {
    "facts": st.lists(slugs, min_size=1, max_size=2), "rationale": texts, "advice": texts, "short": texts,
    "enemies": st.just(["a/b"]), "waive": st.dictionaries(slugs, words, min_size=1, max_size=2), "draft": st.booleans(),
}  # fmt: skip
lists = st.lists(texts, min_size=1, max_size=4)
questions = st.one_of(
    entries({"kind": st.just("single"), **common, "stem": texts, "key": texts, "distractors": lists}, more),
    entries({"kind": st.just("multiple"), **common, "stem": texts, "key": lists, "distractors": lists}, more),
    entries({"kind": st.just("true-false"), **common, "stem": texts, "key": st.booleans()}, more),
    entries({"kind": st.just("order"), **common, "stem": texts, "sequence": lists}, more),
    entries({"kind": st.just("judge"), **common, "exhibit": slugs}, more),
    entries({
        "kind": st.just("match"), **common, "stem": texts,
        "pairs": st.lists(st.fixed_dictionaries({"left": texts, "right": texts}), min_size=1, max_size=3),
    }, {"distractors": lists}),
    entries({
        "kind": st.just("fill"), **common, "stem": texts,
        "accept": st.dictionaries(st.sampled_from(["en", "fr"]), st.lists(words, min_size=1, max_size=3), min_size=1),
    }),
)  # fmt: skip
lines = st.builds(
    lambda who, text, lost, replies: {"who": who, **text} | lost | replies,
    st.sampled_from(["caller", "you"]),
    texts,
    st.fixed_dictionaries({}, optional={"lost": st.integers(0, 9)}),
    st.fixed_dictionaries(
        {},
        optional={
            "replies": st.lists(
                st.fixed_dictionaries(
                    {
                        "say": texts,
                        "then": st.lists(
                            st.builds(lambda t: {"who": "caller", **t}, texts), min_size=1, max_size=2
                        ),
                    }
                ),
                min_size=1,
                max_size=2,
            )
        },
    ),
)
signs = st.fixed_dictionaries(
    {"line": st.just("from") | st.integers(1, 16), "words": texts, "reason": texts, "facts": st.just(["a"])}
)
banks = st.fixed_dictionaries(
    {
        "bank.yaml": st.fixed_dictionaries(
            {"languages": st.just(["en", "fr"])},
            optional={
                "title": texts,
                "money": st.integers(1, 9),
                "stake": st.integers(1, 9),
                "glossary": st.lists(st.fixed_dictionaries({"word": words, "meaning": texts}), min_size=1, max_size=2),
            },
        ),
        "t.yaml": st.fixed_dictionaries(
            {"topic": st.just("t"), "title": texts, "questions": questions},
            optional={
                "facts": entries(
                    {"statement": texts, "cites": st.just(["s/p"]), "terms": st.lists(words, min_size=1, max_size=3)},
                ),
                "exhibits": entries(
                    {
                        "channel": st.just("call"),
                        "genuine": st.booleans(),
                        "from": texts,
                        "lines": st.lists(lines, min_size=1, max_size=3),
                        "signs": st.lists(signs, min_size=1, max_size=2),
                    },
                    {"context": texts, "stake": st.integers(1, 99), "asks": st.just(["money", "code"]), "twin": slugs},
                ),
            },
        ),
    },
    optional={
        "help.yaml": st.fixed_dictionaries(
            {"help": entries({"region": slugs, "for": texts}, {"number": st.just("0300 1"), "note": texts, "app": words})}
        ),
        "sheets.yaml": st.fixed_dictionaries({"statements": entries({"role": st.just("step"), "text": texts}, {"head": texts})}),
    },
)  # fmt: skip


@settings(max_examples=12)
@given(banks)
def test_any_bank_comes_back_whole(files: dict[str, Any]) -> None:
    assert from_workbook(files) == files


def problems_after(title: str, head: str, words: str, *, row: int = 1) -> list[str]:
    """Return the problems of the British bank after the words of one cell are changed. Row 0 is that of the heads."""
    sheets = [as_rows(sheet) for sheet in bank_sheets(read_file_data([OURS / "uk"]), "en")]
    rows = next(sheet.rows for sheet in sheets if sheet.title == title)
    rows[row][1][rows[0][1].index(head)] = words
    try:
        problems = read_bank_sheets(sheets, "a.xlsx", ("en",)).problems
    except QuizgenError as error:
        problems = list(error.problems)
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("Facts", "Id", "Idd", 0), "a.xlsx:Facts!B1: unknown column Idd; did you mean Id?"),
        (("Facts", "Id", "", 0), "a.xlsx:Facts!B1: this column has no name; name it, or empty it"),
        (("Facts", "Id", "What it says", 0), "a.xlsx:Facts!C1: two columns are called What it says; keep one of them"),
        (("Facts", "Topic", "cals", 1), "a.xlsx:Facts!A2: Topic: there is no 'cals' on the tab Topics; did you mean calls?"),
        (("Lines", "Call or message", "", 2), "a.xlsx:Lines!B3: the column Call or message is empty, so this row belongs to nothing; write there an id of the tab Calls and messages"),
        (("Lines", "Part", "then", 1), "a.xlsx:Lines!A2: there is nothing above that this belongs to; a reply stands below its line, and `then` below its reply"),
        (("Questions", "Step", "One", 1), "a.xlsx:Questions!"),
    ],
)  # fmt: skip
def test_what_has_no_place_is_named_with_its_cell(arguments: tuple[str, str, str, int], problem: str) -> None:
    title, head, words, row = arguments
    assert any(each.startswith(problem) for each in problems_after(title, head, words, row=row))


def without_topics(words: Any) -> Any:
    """Return the words of a cell with ids that lack their topics."""
    return re.sub(r"\b(calls|money)/", "", words)


def test_an_id_needs_its_topic_only_if_two_topics_have_it() -> None:
    files = read_file_data([OURS / "uk"])
    sheets = [as_rows(sheet) for sheet in bank_sheets(files, "en")]
    for sheet in sheets:
        sheet.rows[1:] = [(line, list(map(without_topics, cells))) for line, cells in sheet.rows[1:]]
    assert read_back(sheets) == files


def test_an_id_that_several_rows_name_in_vain_is_one_problem() -> None:
    sheets = [as_rows(sheet) for sheet in bank_sheets(read_file_data([OURS / "uk"]), "en")]
    (lines,) = (sheet.rows for sheet in sheets if sheet.title == "Lines")
    first = lines[1][1][0]
    wrong = [cells for _line, cells in lines if cells[0] == first]
    for cells in wrong:
        cells[0] = first + "s"
    assert len(wrong) > 1
    assert [str(problem) for problem in read_bank_sheets(sheets, "a.xlsx", ("en",)).problems] == [
        f"a.xlsx:Lines!A2: Call or message: there is no '{first}s' on the tab Calls and messages; did you mean {first}?"
    ]
