"""A whole bank goes out of the program and comes back in, with everything that a bank can hold."""

import json
import re
import shutil
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from quizgen.author import incoming
from quizgen.bank import check_bank
from quizgen.files import shipped_folder
from tests.cli.program import Done, Program

OURS, UK = shipped_folder("question_bank"), shipped_folder("question_bank") / "uk"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    return Program(tmp_path)


def shown(program: Program, bank: Path | str) -> str:
    return program.here("bank", "show", "--json", "--bank", bank).out


def write_json(name: str, files: Any) -> str:
    Path(name).write_text(json.dumps({"files": files}, indent=1), "utf-8")
    return name


def statements(count: int) -> dict[str, Any]:
    """Return the data of a file with so many statements."""
    return {
        "statements": [
            {"id": f"step-{number}", "role": "step", "text": {"en": "Call."}} for number in range(count)
        ]
    }


def contents(folder: Path | str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def test_our_bank_comes_back_whole_from_json(program: Program) -> None:
    """The British bank has no replies or words to explain."""
    ours = shown(program, OURS)
    Path("bank.json").write_text(ours, "utf-8")
    assert program.here("bank", "init", "again", "--from", "json", "bank.json").code == 0
    assert json.loads(shown(program, "again")) == json.loads(ours)
    assert (Path("again") / "bank.schema.json").is_file()


def test_json_changes_a_bank_and_keeps_its_comments(program: Program) -> None:
    program.here("bank", "init", "my", "--languages", "en")
    topic = Path("my/questions.yaml")
    topic.write_text(topic.read_text("utf-8").replace("[]", "\n  # about water\n") + QUESTION, "utf-8")
    files = json.loads(shown(program, "my"))["files"]
    (question,) = files["questions.yaml"]["questions"]
    question["stem"]["en"] = "What drinks water?"
    files["questions.yaml"]["questions"].append({**question, "id": "second", "stem": {"en": "And tea?"}})
    files["more.yaml"] = statements(1)
    done = program.here("import", "json", write_json("a.json", files), "--bank", "my")
    assert done == Done(0, "my: 2 entries added, 1 changed\n", "")
    changed = topic.read_text("utf-8")
    assert "  # about water\n" in changed
    assert changed.count("- id:") == 2
    assert "What drinks water?" in changed
    assert json.loads(shown(program, "my"))["files"] == files
    assert program.here("import", "json", "a.json", "--bank", "my").out == "my: nothing has changed\n"
    assert check_bank([Path("my")]).problems == []


@pytest.mark.parametrize("bank", [UK, pytest.param(OURS, marks=pytest.mark.heavy)], ids=["uk", "ours"])
def test_a_bank_comes_back_whole_from_a_spreadsheet(program: Program, bank: Path) -> None:
    assert program.here("bank", "table", "bank.xlsx", "--bank", bank).code == 0
    assert program.here("bank", "init", "again", "--from", "table", "bank.xlsx").code == 0
    assert json.loads(shown(program, "again")) == json.loads(shown(program, bank))
    assert (
        program.here("import", "table", "bank.xlsx", "--bank", "again").out == "again: nothing has changed\n"
    )


def edit(name: str, tab: str, *rows: dict[str, str], line: int = 0) -> None:
    """Fill in rows of a tab: the first at a line, by default the first below the others."""
    book = load_workbook(name)
    sheet = book[tab]
    heads = [cell.value for cell in sheet[1]]
    for number, row in enumerate(rows, line or sheet.max_row + 1):
        for head, words in row.items():
            sheet.cell(number, heads.index(head) + 1).value = words
    book.save(name)


def test_a_bank_is_written_in_a_spreadsheet_alone(program: Program) -> None:
    made = program.here("bank", "table", "new.xlsx", "--new", "--languages", "en")
    assert (made.code, made.err) == (0, "")
    question = {
        "Topic": "calls",
        "Kind": "true-false",
        "Level": "recall",
        "Difficulty": "1",
        "Right answer": "yes",
    }
    edit(
        "new.xlsx",
        "Questions",
        {**question, "Question": "=1+1 is two."},
        {**question, "Question": "A bank calls you."},
    )
    edit(
        "new.xlsx",
        "Help",
        {"Region": "uk", "Id": "report", "Number": "0300 123 2040", "What it is for": "to report"},
    )
    done = program.here("bank", "init", "my", "--from", "table", "new.xlsx")
    assert done == Done(1, "", f"new.xlsx:Questions!{FORMULA}; {CORRECT}\n")
    edit("new.xlsx", "Questions", {"Question": "Two and two are five.", "Right answer": "no"}, line=6)
    assert program.here("bank", "init", "my", "--from", "table", "new.xlsx").code == 0
    assert check_bank([Path("my")]).problems == []
    files = json.loads(shown(program, "my"))["files"]
    assert [each["id"] for each in files["calls.yaml"]["questions"]][-2:] == ["five", "bank"]
    assert [each["key"] for each in files["calls.yaml"]["questions"][-2:]] == [False, True]
    assert program.here("handout", "OUT.pdf", "--bank", "my").code == 0
    assert program.here("page", "OUT.html", "--bank", "my").code == 0

    edit("new.xlsx", "Questions", {"What to do": "Hang up."}, line=7)
    edit("new.xlsx", "Questions", {**question, "Question": "A bank texts you."})
    again = program.here("import", "table", "new.xlsx", "--bank", "my")
    assert again == Done(0, "my: 1 entry added, 1 changed\n", "")
    assert program.here("import", "table", "new.xlsx", "--bank", "my").out == "my: nothing has changed\n"


def test_a_field_without_a_column_stays_in_a_bank(program: Program) -> None:
    program.here("bank", "table", "new.xlsx", "--new")
    program.here("bank", "init", "my", "--from", "table", "new.xlsx")
    before = json.loads(shown(program, "my"))
    book = load_workbook("new.xlsx")
    heads = [cell.value for cell in book["Questions"][1]]
    book["Questions"].delete_cols(heads.index("What to do") + 1)
    book.save("new.xlsx")
    assert program.here("import", "table", "new.xlsx", "--bank", "my").out == "my: nothing has changed\n"
    edit("new.xlsx", "Questions", {"Why": "Because."}, line=2)
    assert (
        program.here("import", "table", "new.xlsx", "--bank", "my").out == "my: 0 entries added, 1 changed\n"
    )
    after = json.loads(shown(program, "my"))
    assert [each["advice"] for each in after["questions"]] == [each["advice"] for each in before["questions"]]


@pytest.fixture(scope="module")
def british(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a spreadsheet of the British bank."""
    folder = tmp_path_factory.mktemp("british")
    assert Program(folder).here("bank", "table", folder / "bank.xlsx", "--bank", UK).code == 0
    return folder / "bank.xlsx"


@pytest.mark.parametrize(
    "kept", ["Lines", "Signs", "Questions", "Facts", "Passages", "Help", "Sheets", "Glossary"]
)
def test_a_tab_can_come_without_the_others(program: Program, british: Path, kept: str) -> None:
    """What has no tab stays as it is, and a row may belong to an entry that only the bank has."""
    shutil.copytree(UK, "my")
    book = load_workbook(british)
    for name in set(book.sheetnames) - {kept}:
        del book[name]
    book.save("bank.xlsx")
    assert program.here("import", "table", "bank.xlsx", "--bank", "my").out == "my: nothing has changed\n"


def test_lines_come_in_without_the_tab_of_their_call(program: Program, british: Path) -> None:
    shutil.copytree(UK, "my")
    book = load_workbook(british)
    for name in set(book.sheetnames) - {"Lines"}:
        del book[name]
    sheet = book["Lines"]
    heads = [cell.value for cell in sheet[1]]
    count = sum(row[0].value == sheet["A2"].value for row in sheet.iter_rows())
    sheet.delete_rows(2 + count, sheet.max_row)
    first = sheet.cell(2, heads.index("Text") + 1)
    first.value += " Good evening."
    book.save("bank.xlsx")
    before = json.loads(shown(program, "my"))["files"]["calls.yaml"]["exhibits"]
    done = program.here("import", "table", "bank.xlsx", "--bank", "my")
    assert done == Done(0, "my: 0 entries added, 1 changed\n", "")
    before[0]["lines"][0]["en"] += " Good evening."
    assert json.loads(shown(program, "my"))["files"]["calls.yaml"]["exhibits"] == before


def test_a_spreadsheet_that_is_imported_again_changes_nothing(program: Program) -> None:
    program.here("bank", "table", "new.xlsx", "--new", "--languages", "en")
    question = {"Topic": "calls", "Level": "recall", "Difficulty": "1", "Why": "It says so."}
    statement = {**question, "Kind": "true-false", "Right answer": "yes"}
    about = {**question, "Call or message": "bank-holds-and-moves"}
    edit(
        "new.xlsx",
        "Questions",
        {**statement, "Question": 'The bank says "hello" and doesn\'t hang up.'},
        {**about, "Kind": "judge"},
        {**about, "Kind": "spot"},
        {**about, "Kind": "spot", "Draft": "yes", "Call or message": "calls/bank-holds-a-payment"},
    )
    assert program.here("bank", "init", "my", "--from", "table", "new.xlsx").code == 0
    before = contents("my")
    assert "The bank says “hello” and doesn’t hang up." in before["calls.yaml"].decode()
    assert program.here("import", "table", "new.xlsx", "--bank", "my").out == "my: nothing has changed\n"

    topic = Path("my/calls.yaml")
    topic.write_text(topic.read_text("utf-8").replace("“hello”", '"hello"'), "utf-8")
    edit("new.xlsx", "Questions", {**about, "Kind": "spot", "Why": "She says it."}, line=8)
    again = program.here("import", "table", "new.xlsx", "--bank", "my")
    assert again.out == "my: 0 entries added, 2 changed\n"


def test_a_spreadsheet_shows_the_text_of_passages_and_is_read_without_it(program: Program) -> None:
    program.here("bank", "init", "my", "--languages", "en")
    Path("my/talk.txt").write_text(f"{PARAGRAPH}\n\n{PARAGRAPH.replace('library', 'harbour')}\n", "utf-8")
    program.here(
        "source", "add", "my/talk.txt", "--bank", "my", "--title", "A talk", "--publisher", "Gazette"
    )
    assert program.here("bank", "table", "bank.xlsx", "--bank", "my").code == 0
    head, *rows = load_workbook("bank.xlsx")["Passages"].iter_rows(values_only=True)
    assert [row[head.index("Text")] for row in rows] == [PARAGRAPH, PARAGRAPH.replace("library", "harbour")]
    edit("bank.xlsx", "Passages", {"Text": "Something else."}, line=2)
    assert program.here("import", "table", "bank.xlsx", "--bank", "my").out == "my: nothing has changed\n"


def test_the_question_before_a_passage_is_shown_where_somebody_writes_about_it(program: Program) -> None:
    program.here("bank", "init", "my", "--languages", "en")
    Path("my/talk.txt").write_text(f"A talk\n\nWhen is it open?\n\n{PARAGRAPH}\n", "utf-8")
    program.here("source", "add", "my/talk.txt", "--bank", "my", "--title", "Talk", "--publisher", "Gazette")
    program.here("bank", "table", "bank.xlsx", "--bank", "my")
    head, row = load_workbook("bank.xlsx")["Passages"].iter_rows(values_only=True)
    assert row[head.index("Question before it")] == "When is it open?"
    assert program.here("import", "table", "bank.xlsx", "--bank", "my").out == "my: nothing has changed\n"
    brief = program.here("bank", "brief", "--bank", "my").out
    assert f"### talk/p1\n\n*When is it open?*\n\n> {PARAGRAPH}\n" in brief


def test_a_brief_has_the_jobs_of_speakers_and_not_their_names(program: Program) -> None:
    program.here("bank", "init", "my", "--languages", "en")
    Path("my/talk.txt").write_text(
        f"A talk\n\nReporter: When is it open?\n\nMary Poole: {PARAGRAPH}\n", "utf-8"
    )
    about = ("--title", "Talk", "--publisher", "Gazette", "--speaker", "Mary Poole=a librarian")
    program.here("source", "add", "my/talk.txt", "--bank", "my", *about)
    brief = program.here("bank", "brief", "--bank", "my").out
    assert f"> a librarian: {PARAGRAPH}\n" in brief
    assert "Mary Poole" not in brief


def test_a_fact_in_a_spreadsheet_is_compared_with_its_passage(program: Program) -> None:
    program.here("bank", "init", "my", "--languages", "en")
    Path("my/talk.txt").write_text(f"{PARAGRAPH}\n\n{PARAGRAPH.replace('library', 'harbour')}\n", "utf-8")
    program.here(
        "source", "add", "my/talk.txt", "--bank", "my", "--title", "A talk", "--publisher", "Gazette"
    )
    program.here("bank", "table", "bank.xlsx", "--bank", "my")
    fact = {
        "Id": "monday",
        "What it says": PARAGRAPH,
        "Passages": "talk/p1",
        "Words quoted from the passage": "Tuesday",
    }
    edit("bank.xlsx", "Facts", fact)
    before = contents("my")
    done = program.here("import", "table", "bank.xlsx", "--bank", "my")
    assert (done.code, contents("my")) == (1, before)
    copied, foreign = done.err.splitlines()
    assert copied.startswith("bank.xlsx:Facts!C2: this is copied from the source: ")
    assert foreign == "bank.xlsx:Facts!E2: the passage does not have 'Tuesday'; copy it letter for letter"
    edit(
        "bank.xlsx",
        "Facts",
        {**fact, "What it says": "It opens on a Monday.", "Words quoted from the passage": "Monday"},
        line=2,
    )
    assert (
        program.here("import", "table", "bank.xlsx", "--bank", "my").out == "my: 1 entry added, 0 changed\n"
    )


PARAGRAPH = "The library opens on Monday, and its desk tells how to know a false call from a genuine one."
FORMULA = "I6: this row has a formula without a result"
CORRECT = "open the file in a spreadsheet program, correct it, and save it again"


def test_an_empty_spreadsheet_is_in_the_language_of_its_reader(program: Program) -> None:
    made = program.here("bank", "table", "new.xlsx", "--new", LC_ALL="zh_CN.UTF-8")
    assert made.code == 0
    assert "题目" in load_workbook("new.xlsx").sheetnames
    for language in ("en_GB.UTF-8", "zh_CN.UTF-8"):
        done = program.here(
            "bank", "init", f"my-{language[:2]}", "--from", "table", "new.xlsx", LC_ALL=language
        )
        assert (done.code, done.err) == (0, "")
    assert contents("my-en") == contents("my-zh")


def test_all_that_is_wrong_in_a_spreadsheet_is_named_with_its_cell(program: Program) -> None:
    program.here("bank", "table", "new.xlsx", "--new")
    edit("new.xlsx", "Questions", {"Facts": "no-fact", "Kind": "singel"}, {"Difficulty": "hard"}, line=2)
    edit("new.xlsx", "Sources", {"Id": "fraud-morning", "Title": "T", "Publisher": "P", "Language": "en"})
    done = program.here("bank", "init", "my", "--from", "table", "new.xlsx")
    assert done.code == 1
    assert done.err.splitlines() == [
        "new.xlsx:Questions!C2: Kind: there is no kind 'singel'; did you mean single?",
        "new.xlsx:Questions!F3: Difficulty: 'hard' is not possible; write one of 1, 2 or 3",
        "new.xlsx:Sources!A3: source fraud-morning has no `passages`; run `quizgen source add` with the text, which writes it",
        "new.xlsx:Sources!A3: the id fraud-morning is already used in new.xlsx:Sources!A2; choose another",
    ]
    assert not Path("my").exists()


def test_mistakes_on_all_tabs_are_named_at_once_and_each_once(program: Program, british: Path) -> None:
    shutil.copy(british, "uk.xlsx")
    edit("uk.xlsx", "Facts", {"Topic": "cals"}, line=2)
    edit(
        "uk.xlsx",
        "Calls and messages",
        {"Channel": "fone", "Genuine": "perhaps", "What the sender wants": "gold"},
        line=2,
    )
    edit("uk.xlsx", "Lines", {"Who says it": "me"}, line=2)
    edit("uk.xlsx", "Signs", {"Line": "first"}, line=2)
    edit("uk.xlsx", "Questions", {"Level": "hard", "Facts": "bank first"}, {"Facts": "no-such-fact"}, line=2)
    edit("uk.xlsx", "Help", {"Number": "one five nine"}, line=2)
    program.here("bank", "init", "my", "--languages", "en")
    said = []
    for command in (
        ["bank", "init", "new", "--from", "table", "uk.xlsx"],
        ["import", "table", "uk.xlsx", "--bank", "my"],
    ):
        done = program.here(*command)
        assert done.code == 1
        said.append(done.err.splitlines())
    cells = [line.removeprefix("uk.xlsx:").partition(": ")[0] for line in said[0]]
    assert cells == [
        "Calls and messages!D2",
        "Calls and messages!E2",
        "Calls and messages!I2",
        "Facts!A2",
        "Help!C2",
        "Lines!B2",
        "Questions!E2",
        "Questions!G2",
        "Questions!G3",
        "Signs!B2",
    ]
    assert (
        "uk.xlsx:Calls and messages!I2: What the sender wants: 'gold' is not possible; write one of app, cash,"
        in done.err
    )
    assert not re.search(r"`\w+`|unquoted|in quotes", done.err)
    assert said[0] == said[1]


def test_a_corrected_question_without_an_id_is_not_added_again(program: Program) -> None:
    program.here("bank", "table", "new.xlsx", "--new", "--languages", "en")
    question = {
        "Topic": "calls",
        "Kind": "true-false",
        "Level": "recall",
        "Difficulty": "1",
        "Right answer": "no",
    }
    edit(
        "new.xlsx",
        "Questions",
        {**question, "Question": "A bank calls you, and wants the code on your phone."},
    )
    assert program.here("bank", "init", "my", "--from", "table", "new.xlsx").code == 0
    line = load_workbook("new.xlsx")["Questions"].max_row
    edit(
        "new.xlsx",
        "Questions",
        {"Question": "A bank rings you, and wants the code on your phone."},
        line=line,
    )
    done = program.here("import", "table", "new.xlsx", "--bank", "my")
    assert done.code == 1
    assert (
        "this question is nearly calls/bank-code-phone, which this table does not have; write bank-code-phone in the column Id"
        in done.err
    )
    edit("new.xlsx", "Questions", {"Id": "bank-code-phone"}, line=line)
    assert (
        program.here("import", "table", "new.xlsx", "--bank", "my").out == "my: 0 entries added, 1 changed\n"
    )


def test_a_date_is_refused_and_a_percentage_stays_as_it_is_seen(program: Program, british: Path) -> None:
    book = load_workbook(british)
    heads = [cell.value for cell in book["Sources"][1]]
    book["Sources"].cell(2, heads.index("Date") + 1).value = datetime(2026, 11, 5)  # noqa: DTZ001
    heads = [cell.value for cell in book["Questions"][1]]
    kinds = [row[heads.index("Kind")].value for row in book["Questions"].iter_rows()]
    wrong = book["Questions"].cell(kinds.index("single") + 1, heads.index("Wrong answer") + 1)
    why = book["Questions"].cell(2, heads.index("Why") + 1)
    wrong.value, wrong.number_format = 0.15, "0%"
    why.value = time(9, 30)
    book.save("uk.xlsx")
    done = program.here("bank", "init", "my", "--from", "table", "uk.xlsx")
    assert done.code == 1
    assert done.err.splitlines() == [
        f"uk.xlsx:Questions!{why.coordinate}: this cell is a date or a time, so its words are not those that you see; format the column as text, and write it again"
    ]
    why.value = "Because."
    book.save("uk.xlsx")
    assert program.here("bank", "init", "my", "--from", "table", "uk.xlsx").code == 0
    files = json.loads(shown(program, "my"))["files"]
    assert files["sources.yaml"]["sources"][0]["date"] == "2026-11-05"
    assert "15%" in json.dumps(files)


def test_what_a_question_lacks_is_named_as_on_the_sheet(program: Program) -> None:
    program.here("bank", "table", "new.xlsx", "--new", "--languages", "en")
    question = {"Topic": "calls", "Level": "recall", "Difficulty": "1", "Question": "What now?"}
    edit("new.xlsx", "Questions", *({**question, "Kind": kind} for kind in ("match", "order", "fill")))
    done = program.here("bank", "init", "my", "--from", "table", "new.xlsx")
    assert done.err.splitlines() == [
        "new.xlsx:Questions!A6: this question has nothing under Left side and Right side; fill it in",
        "new.xlsx:Questions!A7: this question has nothing under Step; fill it in",
        "new.xlsx:Questions!A8: this question has nothing under Accepted answers; fill it in",
    ]


def test_a_spreadsheet_without_columns_or_tabs_is_refused(program: Program) -> None:
    program.here("bank", "table", "new.xlsx", "--new")
    book = load_workbook("new.xlsx")
    book["Questions"].delete_cols(3, 6)
    book["Facts"].title = "Fact"
    book.save("a.xlsx")
    done = program.here("bank", "init", "my", "--from", "table", "a.xlsx")
    assert done.err.splitlines() == [
        "a.xlsx:Fact: unknown tab; did you mean Facts?",
        "a.xlsx:Questions!A1: this tab has no columns Kind, Level and Difficulty; add it",
    ]
    book = load_workbook("new.xlsx")
    book["Questions"].delete_cols(5, 2)
    heads = [cell.value for cell in book["Questions"][1]]
    book["Questions"].delete_cols(heads.index("Question") + 1)
    book.save("b.xlsx")
    done = program.here("bank", "init", "my", "--from", "table", "b.xlsx")
    assert done.err == "b.xlsx:Questions!A1: this tab has no columns Level, Difficulty and Question; add it\n"
    for name in book.sheetnames[1:]:
        del book[name]
    book.save("a.xlsx")
    done = program.here("bank", "init", "my", "--from", "table", "a.xlsx")
    assert (
        done.err
        == "a.xlsx: it has no tab of a bank; write one to fill in with `quizgen bank table FILE --new`\n"
    )
    Path("a.xlsx").write_bytes(b"no spreadsheet")
    done = program.here("bank", "init", "my", "--from", "table", "a.xlsx")
    assert done.err == "a.xlsx: this is not a readable spreadsheet; save it again, or as CSV\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bank.ods",), "bank.ods is not the name of a spreadsheet; end it in .xlsx\n"),
        (("a.xlsx", "--new", "--bank", "bank"), "an empty table is of no bank; leave out --bank or --new\n"),
        (("a.xlsx", "--languages", "en"), "a table has the languages of its bank; leave out --languages\n"),
        (("a.xlsx", "--bank", "bank", "--bank", "bank"), "a table holds one bank; name one with --bank\n"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    program: Program, arguments: tuple[str, ...], said: str
) -> None:
    assert program.here("bank", "table", *arguments) == Done(2, "", said)


QUESTION = """\
  - id: first
    kind: true-false
    level: recall
    difficulty: 1
    stem: {en: Plants drink water.}
    key: true
"""


def test_all_that_is_wrong_in_json_is_listed_and_nothing_is_written(program: Program) -> None:
    program.here("bank", "init", "my", "--languages", "en")
    before = contents("my")
    question = {"id": "first", "kind": "true-false", "level": "recal", "difficulty": 1, "stem": {"en": "So"}}
    files = {"a.yaml": {"topic": "a", "title": {"en": "A"}, "questions": [{**question, "facts": ["none"]}]}}
    done = program.here("import", "json", write_json("a.json", files), "--bank", "my")
    assert done.code == 1
    assert done.err.splitlines() == [
        "a.json:9:5: question first has no `key`; add it, for example `key: true`",
        "a.json:12:15: `recal` is not a valid level; did you mean recall? there are recall, understand and apply",
    ]
    question |= {"level": "recall", "key": True, "facts": ["none"]}
    files["a.yaml"]["questions"] = [question, question]
    done = program.here("import", "json", write_json("a.json", files), "--bank", "my")
    assert done.err == "a.json:23:12: the id a/first is already used on line 10; choose another\n"
    files["a.yaml"]["questions"] = [question]
    done = program.here("import", "json", write_json("a.json", files), "--bank", "my")
    assert done.err == "a.json:19:7: there is no fact a/none\n"
    assert contents("my") == before


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "a.json:1:2: this is not JSON: it cannot be read beyond this point; look for a missing comma, "),
        ("[" * 100_000, "a.json: this is not a bank; write it with `quizgen bank show --json`"),
        ('{"questions": []}', "a.json: it has no `files`, which hold a bank; write it with `quizgen bank show"),
        ('{"files": {"../x.yaml": {}}}', "a.json:1:12: '../x.yaml' is not a name for a file of a bank; write"),
        ('{"files": {"x.yaml": 1}}', "a.json:1:12: x.yaml is not a mapping; write it with"),
        ('{"files": {"x.yaml": {}}}', "a.json:1:12: the file has no `title`; add it"),
        ('{"files": {"x.yaml": {"topic": {"a": ' + "[" * 20 + "]" * 20 + "}}}}", "a.json:1:12: this is nested"),
        ('{"files": {"x.yaml": {"topic": "\\ud800"}}}', "a.json: the file contains U+D800, a lone surrogate; remove it"),
    ],
)  # fmt: skip
def test_json_without_a_bank_is_refused_in_a_line(program: Program, content: str, problem: str) -> None:
    Path("a.json").write_text(content, "utf-8")
    done = program.here("bank", "init", "new", "--from", "json", "a.json")
    assert done.code == 1
    assert done.err.startswith(problem)
    assert "Traceback" not in done.err
    assert not Path("new").exists()


def test_a_file_of_a_bank_that_gets_too_large_is_not_written(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "MAX_BYTES", 100)
    program.here("bank", "init", "my", "--languages", "en")
    name = write_json("a.json", {"more.yaml": statements(20)})
    done = program.here("import", "json", name, "--bank", "my")
    assert done == Done(
        1, "", "my/more.yaml: this file of the bank gets too large; split its topic into several\n"
    )
    assert not Path("my/more.yaml").exists()


def test_a_topic_that_is_a_number_is_reported(program: Program) -> None:
    files = json.loads(shown(program, UK))["files"]
    files["calls.yaml"]["topic"] = 7
    done = program.here("bank", "init", "my", "--from", "json", write_json("a.json", files))
    assert "`topic` is read as a number, but must be a text; put it in quotes\n" in done.err


def test_a_whole_bank_takes_no_options_for_single_questions(program: Program) -> None:
    program.here("bank", "init", "my", "--languages", "en")
    name = write_json("a.json", {"x.yaml": statements(1)})
    for command in (
        ("import", "json", name, "--bank", "my", "-t", "questions"),
        ("import", "json", name, "--bank", "my", "--skip"),
        ("bank", "init", "new", "--from", "json", name, "--languages", "en"),
        ("bank", "init", "new", "--from", "json", name, "--title", "T"),
    ):
        done = program.here(*command)
        assert done.code == 2
        assert "leave out" in done.err
