"""The second bank that is shipped: British, English only, and nothing of the first bank on any of its sheets."""

import html
import io
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from quizgen.assemble import Recipe, assemble
from quizgen.bank import read_bank
from quizgen.cli.kit import kit_layouts
from quizgen.files import shipped_folder
from quizgen.formats import formats_by_name
from quizgen.paper.layouts import layout_names
from quizgen.screen.presenting.guide import draw_guide_page
from quizgen.screen.presenting.room import draw_room_page
from quizgen.screen.rows import row_text
from tests.cli.program import Program
from tests.cli.test_fullscreen import ESCAPES, Screen
from tests.page.pages import data_in
from tests.screen.presenting.pages import talks

UK = shipped_folder("question_bank") / "uk"
NOT_BRITISH = re.compile(
    r"[\u3000-\u9fff\uff00-\uffef]|\b(?:110|96110|12381|12368|10699000)\b|yuan|RMB|¥|Chin(?:a|ese)|Mainland"
    r"|Hong Kong|Taiwan|Macao|Beijing|Shanghai|Shenzhen|Guangdong|Alipay|WeChat|Article \d"
)
WENJUANXING = re.compile("[单多]选题|判断题|填空题|排序题|正确答案：|答案解析：")
"""The words by which Wenjuanxing knows what a line is, in any language."""
NUMBER = re.compile(r"\d{3,}")


def strings_in(value: Any) -> Iterator[str]:
    """Yield all strings of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_in(part)


def words_in(data: bytes) -> str:
    """Return all texts of a file, of the files that it packs, and of its tables."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return "\n".join(
                words_in(packed.read(name))
                for name in packed.namelist()
                if not name.endswith((".png", ".js"))
            )
    if data.startswith(b"SQLite"):
        with closing(sqlite3.connect(":memory:")) as tables:
            tables.deserialize(data)
            return "\n".join(tables.iterdump())
    return html.unescape(data.decode("utf-8"))


def foreign_numbers(text: str) -> set[str]:
    """Return the numbers of three digits or more that no file of the bank has."""
    own = " ".join(file.read_text("utf-8") for file in UK.iterdir())
    return {*NUMBER.findall(text)} - {*NUMBER.findall(own)}


def with_copy_of_the_bank(folder: Path) -> Program:
    program = Program(folder)
    shutil.copytree(UK, folder / "uk")
    return program


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    return with_copy_of_the_bank(tmp_path)


def test_it_is_whole_and_follows_the_rules(program: Program) -> None:
    checked = program.here("bank", "check", "--lint", "uk")
    assert (checked.code, checked.err) == (0, ""), checked.out
    assert "no findings" in checked.out


def test_its_article_has_all_that_it_cites(program: Program) -> None:
    checked = program.here("source", "check", "uk/article.txt", "--bank", "uk")
    assert (checked.code, checked.err) == (0, "")
    assert "all terms found" in checked.out


def test_the_first_bank_does_not_read_it(program: Program) -> None:
    listed = program.here("bank", "list", "--bank", str(shipped_folder("question_bank")))
    assert "judge-police-send-a-courier" not in listed.out


def text_of(sheet: Path) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(sheet))


def test_its_kit_and_page_have_nothing_of_another_country(program: Program) -> None:
    others = [word for layout in kit_layouts() for word in ("--without", layout.name)][2:]
    made = program.here("kit", "kit", "--bank", "uk", "-n", "3", "-s", "3", *others)
    assert made.code == 0, made.err
    index, sheet, page = sorted((program.folder / "kit").iterdir())
    assert (index.suffix, sheet.suffix, page.suffix) == (".pdf", ".pdf", ".html")
    for text in (text_of(index), text_of(sheet), "\n".join(strings_in(data_in(page.read_text("utf-8"))))):
        assert not NOT_BRITISH.findall(text)


@pytest.mark.parametrize("name", formats_by_name("quiz"))
def test_no_export_has_anything_of_another_country(program: Program, name: str) -> None:
    made = program.here("export", name, "OUT", "--bank", "uk", "--skip", "-l", "en")
    assert made.code == 0, made.err
    data = (program.folder / "OUT").read_bytes()
    text = WENJUANXING.sub("", words_in(data))
    assert "999" in text  # it holds questions
    assert not NOT_BRITISH.findall(text)
    if not data.startswith(b"PK"):  # a file that packs others has numbers for their sizes and dates
        assert not foreign_numbers(text)


def test_a_quiz_in_lines_has_nothing_of_another_country(program: Program) -> None:
    count = len(read_bank([UK]).questions)
    taken = program.here(
        "take", "--plain", "--bank", "uk", "-n", count, "-s", "3", typed="a\ns\n" * 2 * count
    )
    assert taken.code == 0
    assert f"of {count}" in taken.out
    assert not NOT_BRITISH.findall(taken.out)
    assert not foreign_numbers(taken.out)


def test_a_talk_has_nothing_of_another_country() -> None:
    bank = read_bank([UK])
    quiz = assemble(bank, Recipe(questions=tuple(bank.questions)), 3, "en")
    shown = [
        "\n".join(map(row_text, draw(talk, 100, 30, talk.since).rows))
        for talk in talks(quiz)
        for draw in (draw_room_page, draw_guide_page)
    ]
    assert len(shown) > 4 * len(bank.questions)
    assert not NOT_BRITISH.findall("\n".join(shown))


def test_the_home_page_has_nothing_of_another_country(program: Program) -> None:
    program.here("profile", "set", "bank", "uk")
    program.here("profile", "set", "languages", "en")
    screen = Screen(program)
    screen.terminal.logfile_read = seen = io.StringIO()
    screen.sees("Take a quiz")
    screen.presses("o")
    screen.sees("Choose")
    screen.presses("\x1b")
    screen.sees("Take a quiz")
    screen.presses("q")
    assert screen.ends()[0] == 0
    text = ESCAPES.sub("", seen.getvalue()).replace("简体中文", "")  # a language that the program can be in
    assert not NOT_BRITISH.findall(text)


def test_a_sheet_in_two_languages_is_refused_in_a_line(program: Program) -> None:
    done = program.here("print", "bilingual", "OUT.pdf", "--bank", "uk")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("layout", ["poster", "wallet", "leaflet", "slides", "handout"])
def test_long_telephone_numbers_stay_on_one_line_and_apart(program: Program, layout: str) -> None:
    help_file = program.folder / "uk" / "help.yaml"
    entries = help_file.read_text("utf-8").replace('"159"', '"1-877-382-4357"').replace("report", "advice", 1)
    help_file.write_text(
        entries.replace("id: advice-fraud", "id: report-fraud").replace("role: report", "role: advice")
    )
    sheet = program.folder / "OUT.pdf"
    made = program.here("print", layout, sheet, "--bank", "uk", "-n", "2", "-s", "3")
    assert made.code == 0, made.err
    found: list[tuple[float, ...]] = []
    for page in pdfium.PdfDocument(sheet):
        boxes, text = [], page.get_textpage()
        for number in ("1-877-382-4357", "0300 123 2040"):
            search = text.search(number)
            while at := search.get_next():
                assert text.count_rects(*at) == 1, number
                boxes.append(text.get_rect(0))
        assert all(right < page.get_width() - 10 for _left, _low, right, _high in boxes)
        for index, (left, low, right, high) in enumerate(boxes):
            for other in boxes[:index]:
                apart = right < other[0] or left > other[2] or high <= other[1] or low >= other[3]
                assert apart, (boxes[index], other)
        found += boxes
    assert len(found) >= 2


WAYS = {
    "emergency": "form: https://example.org/gone",
    "advice": "app: Scam Shield",
    "report": "mail: to@example.org",
}


@pytest.fixture(scope="module")
def without_numbers(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Change the help of a copy of the bank, which is compiled once for all layouts."""
    program = with_copy_of_the_bank(tmp_path_factory.mktemp("ways"))
    entries = [
        f"  - {{region: uk, id: {id_}, {WAYS[role]}, for: {{en: Help by {role}}}, role: {role}}}\n"
        for id_, role in zip(("bank", "report-fraud", "forward", "emergency"), [*WAYS, "report"], strict=True)
    ]
    (program.folder / "uk" / "help.yaml").write_text("help:\n" + "".join(entries))
    return program


@pytest.mark.parametrize("layout", layout_names())
def test_help_that_is_no_number_is_shown_as_it_is_and_nothing_of_another_country(
    without_numbers: Program, layout: str
) -> None:
    bank, sheet = without_numbers.folder / "uk", without_numbers.folder / f"{layout}.pdf"
    second = ("--second", "zh-Hans") if layout == "bilingual" else ()
    few = ("-n", "2") if layout in ("bilingual", "guide", "handout", "slides") else ()
    made = without_numbers.here("print", layout, sheet, "--bank", bank, "-s", "3", *second, *few)
    assert made.code == 0, made.err
    text = text_of(sheet)
    shown = {name for name in ("example.org/gone", "Scam Shield", "to@example.org") if name in text}
    large = {"example.org/gone", "Scam Shield"}
    expected = {
        **{name: {*large, "to@example.org"} for name in ("guide", "slides", "handout", "bilingual")},
        **dict.fromkeys(("poster", "leaflet", "wallet", "cards"), large),
    }
    assert shown >= expected.get(layout, set())
    assert not re.search(r"https://|Money gone\? Call|\bNumbers\b", text)
    assert second or not NOT_BRITISH.findall(text)


def test_the_page_links_what_can_be_opened(program: Program) -> None:
    help_file = program.folder / "uk" / "help.yaml"
    entries = help_file.read_text("utf-8").replace('number: "7726"', "mail: report@phishing.gov.uk")
    help_file.write_text(entries.replace('number: "999"', "form: https://example.org/help"))
    assert program.here("page", "OUT.html", "--bank", "uk").code == 0
    shown = data_in((program.folder / "OUT.html").read_text("utf-8"))["help"]
    assert [(name, link) for name, _purpose, link in shown] == [
        ("159", "tel:159"),
        ("0300 123 2040", "tel:03001232040"),
        ("report@phishing.gov.uk", "mailto:report@phishing.gov.uk"),
        ("example.org/help", "https://example.org/help"),
    ]


def test_a_leaflet_promises_only_what_the_bank_has(program: Program) -> None:
    sheet = program.folder / "OUT.pdf"
    promised = []
    for _ in range(2):
        assert program.here("print", "leaflet", sheet, "--bank", "uk", "-s", "3", "--force").code == 0
        text = text_of(sheet)
        promised.append(re.findall(r"if\s+it\s+has\s+happened", text, re.IGNORECASE))
        (program.folder / "uk" / "sheets.yaml").unlink(missing_ok=True)
    assert [len(each) for each in promised] == [2, 0]
