"""The second bank that is shipped: British, English only, and nothing of the first bank on any of its sheets."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from quizgen.files import shipped_folder
from quizgen.paper.layouts import layout_names
from tests.cli.program import Program
from tests.page.pages import data_in

NOT_BRITISH = re.compile(r"[\u3400-\u9fff]|\b(?:110|96110|12381|12368|10699000)\b|yuan|Chin(?:a|ese)")


def strings_in(value: Any) -> Iterator[str]:
    """Yield all strings of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_in(part)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    program = Program(tmp_path)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(shipped_folder("question_bank") / "uk", tmp_path / "uk")
    return program


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


def test_its_sheets_and_page_have_nothing_of_another_country(program: Program) -> None:
    made = program.here("kit", "kit", "--bank", "uk", "-n", "10", "-s", "3")
    assert made.code == 0, made.err
    files = sorted((program.folder / "kit").iterdir())
    assert len(files) >= 12
    for file in files:
        if file.suffix == ".pdf":
            text = " ".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(file))
        else:
            text = "\n".join(strings_in(data_in(file.read_text("utf-8"))))
        assert not NOT_BRITISH.findall(text), file.name


@pytest.mark.parametrize("layout", ["poster", "wallet", "leaflet", "slides", "handout"])
def test_long_telephone_numbers_stay_on_one_line_and_apart(program: Program, layout: str) -> None:
    help_file = program.folder / "uk" / "help.yaml"
    entries = help_file.read_text("utf-8").replace('"159"', '"1-877-382-4357"').replace("report", "advice", 1)
    help_file.write_text(
        entries.replace("id: advice-fraud", "id: report-fraud").replace("role: report", "role: advice")
    )
    sheet = program.folder / "OUT.pdf"
    made = program.here("print", layout, sheet, "--bank", "uk", "-n", "4", "-s", "3")
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


@pytest.mark.parametrize("layout", layout_names())
def test_help_that_is_no_number_is_shown_as_it_is(program: Program, layout: str) -> None:
    entries = [
        f"  - {{region: uk, id: {id_}, {WAYS[role]}, for: {{en: Help by {role}}}, role: {role}}}\n"
        for id_, role in zip(("bank", "report-fraud", "forward", "emergency"), [*WAYS, "report"], strict=True)
    ]
    (program.folder / "uk" / "help.yaml").write_text("help:\n" + "".join(entries))
    sheet = program.folder / "OUT.pdf"
    second = ("--second", "zh-Hans") if layout == "bilingual" else ()
    made = program.here("print", layout, sheet, "--bank", "uk", "-s", "3", *second)
    assert made.code == 0, made.err
    text = " ".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(sheet))
    shown = {name for name in ("example.org/gone", "Scam Shield", "to@example.org") if name in text}
    large = {"example.org/gone", "Scam Shield"}
    expected = {
        **{name: {*large, "to@example.org"} for name in ("guide", "slides", "handout", "bilingual")},
        **dict.fromkeys(("poster", "leaflet", "wallet", "cards"), large),
        "certificate": {"example.org/gone"},
    }
    assert shown >= expected.get(layout, set())
    assert not re.search(r"https://|Money gone\? Call|\bNumbers\b", text)


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
        text = " ".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(sheet))
        promised.append(re.findall(r"if\s+it\s+has\s+happened", text, re.IGNORECASE))
        (program.folder / "uk" / "sheets.yaml").unlink(missing_ok=True)
    assert [len(each) for each in promised] == [2, 0]


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_a_certificate_has_a_place_for_a_stamp_and_not_for_an_animal(program: Program, language: str) -> None:
    sheet = program.folder / "OUT.pdf"
    options = ("--bank", "uk", "-s", "3", "-l", language, "--organiser", "Library")
    assert program.here("print", "certificate", sheet, *options).code == 0
    text = " ".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(sheet))
    assert {"en": "Stamp", "zh-Hans": "盖章"}[language] in text
    assert "海豹" not in text
