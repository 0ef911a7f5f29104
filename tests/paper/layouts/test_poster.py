"""The poster, read back from the PDF."""

import pytest
from msgspec.structs import replace

from quizgen.paper.design import MM, PAGES, PaperSize, SheetDesign, TextSize
from quizgen.paper.images import read_logo
from quizgen.paper.layouts.poster import print_poster
from quizgen.text.languages import localize
from quizgen.text.messages import _
from tests.banks import town_bank
from tests.paper.jobs import Job
from tests.paper.printed import qr_code_of, runs, sizes, squeezed, text_of

LINK = "https://example.org/talks"
LOGO = read_logo(
    "logo.svg",
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
)


@pytest.mark.parametrize(
    ("language", "paper", "text_size"), [("en", "A4", "normal"), ("zh-Hans", "Letter", "large")]
)
def test_every_part_is_in_its_place(language: str, paper: PaperSize, text_size: TextSize) -> None:
    design = SheetDesign(
        paper=paper,
        text_size=text_size,
        organiser="Harbour Post",
        contact="0123 4567",
        date="1 May",
        link=LINK,
        logo=LOGO,
    )
    pdf = print_poster(Job(language), design).pdf
    ((width, height),) = sizes(pdf)
    found = runs(pdf)
    assert (width, height) == pytest.approx((PAGES[paper].width / MM, PAGES[paper].height / MM), abs=0.1)
    side = 15 if paper == "A4" else 18
    for run in found:
        assert side - 0.5 <= run.left
        assert run.right <= width - side + 0.5
        assert run.bottom <= height - 5
        assert run.size >= (16 if text_size == "large" else 8)
    text = text_of(pdf)
    bank = town_bank()
    (headline,) = bank.statements_with_role("headline")
    parts = [localize(headline.text, language), "Harbour Post", "0123 4567", "1 May", "96110"]
    parts.append(_("Scan for more").translated(language))
    if text_size == "normal":
        parts.append("example.org/talks")
    for verb in bank.statements_with_role("verb"):
        parts += [localize(verb.head, language), localize(verb.text, language)]
    assert [part for part in parts if squeezed(part) not in text] == []
    assert {run.size for run in found if run.text.strip() in ("110", "96110")} == {52}
    headline_runs = [run for run in found if run.size in (46, 62)]
    assert len(headline_runs) == 2  # lines of the headline
    (date,) = [run for run in found if run.text.strip().endswith("1 May")]
    assert date.size == 28
    assert max(run.bottom for run in headline_runs) - 1 < date.top
    numerals = [run for run in found if run.size == 40]
    assert [run.text.strip() for run in sorted(numerals, key=lambda run: run.top)] == ["1", "2", "3"]
    code, module = qr_code_of(pdf, LINK)
    assert code >= 25
    assert module >= 0.8


def test_without_a_date_its_headline_is_larger() -> None:
    found = runs(print_poster(Job("zh-Hans"), SheetDesign(organiser="Harbour Post")).pdf)
    assert len([run for run in found if run.size == 64]) == 2
    assert not any(run.size == 28 and run.text.startswith("讲座") for run in found)


def test_day_time_and_place_of_a_talk_may_be_long() -> None:
    when = "Thursday, 14 May 2026, 7 pm, in the large hall of the community centre, Long Street 5"
    found = runs(print_poster(Job(), SheetDesign(date=when)).pdf)
    (first,) = [run for run in found if run.text.startswith("Talk:")]
    assert first.size >= 15
    assert squeezed(when) in text_of(print_poster(Job(), SheetDesign(date=when)).pdf)


def test_it_asks_a_question_and_answers_it_upright() -> None:
    text = text_of(pdf := print_poster(Job(kinds=("true-false",)), SheetDesign()).pdf)
    statements = [each for each in town_bank().questions.values() if each.kind == "true-false"]
    (question,) = [each for each in statements if squeezed(localize(each.stem, "en")) in text]
    assert squeezed(localize(question.rationale, "en")) in text
    (answer,) = [run for run in runs(pdf) if run.text.startswith("Answer")]
    assert answer.left < 20
    assert answer.size >= 12


def test_its_headline_comes_before_the_title_of_the_bank_but_not_before_an_own_title() -> None:
    bank = town_bank()
    bank = replace(bank, declared=replace(bank.declared, title={"en": "Fraud hour"}))
    (headline,) = bank.statements_with_role("headline")
    for title, expected in (("Fraud hour", headline.text["en"]), ("Tea at four", "Tea at four")):
        text = text_of(print_poster(Job(bank=bank), SheetDesign(title=title)).pdf)
        assert squeezed(expected) in text
        assert (squeezed(headline.text["en"]) in text) == (title == "Fraud hour")
