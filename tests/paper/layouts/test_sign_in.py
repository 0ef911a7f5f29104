"""The sign-in sheet, read back and measured."""

from itertools import pairwise

import pypdfium2 as pdfium
import pytest

from quizgen.errors import MisuseError
from quizgen.paper.design import SizedDesign
from quizgen.paper.images import read_logo
from quizgen.paper.layouts.sign_in import MAX_ROWS, print_sign_in
from quizgen.text.languages import LANGUAGES
from quizgen.text.messages import _
from tests.paper.jobs import Job
from tests.paper.layouts.test_handout import font_sizes, squeezed
from tests.paper.measured import keeps_edges_free
from tests.paper.printed import runs


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_asks_for_little_and_says_who_stores_it(language: str) -> None:
    printed = print_sign_in(Job(language), SizedDesign(organiser="Harbour Post", contact="0123"))
    pdf = printed.pdf
    names, _slips = (squeezed(page.get_textpage().get_text_range()) for page in pdfium.PdfDocument(pdf))
    assert printed.serves == 2 * MAX_ROWS == 40
    for words in (_("Sign-in sheet"), _("Name"), _("Initials are enough. If you want a call, take a slip.")):
        assert squeezed(words.translated(language)) in names
    privacy = squeezed(
        _(
            "This list is kept by {who} for {purpose} and destroyed on {end}.", who="", purpose="", end=""
        ).translated(language)
    )
    assert privacy in names
    assert "HarbourPost" in names
    assert "0123" in names
    assert min(font_sizes(pdf)) >= 9
    assert keeps_edges_free(pdf)


def test_nobody_reads_the_number_of_another() -> None:
    pdf = print_sign_in(Job(), SizedDesign(title="Scams")).pdf
    names, slips = (page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf))
    assert "Phone" not in names
    assert slips.count("Phone") == slips.count("Please call me") == 8


def test_rows_are_ten_millimetres_high() -> None:
    printed = print_sign_in(Job(), SizedDesign(paper="Letter", date="1 May", text_size="large"))
    pdf, rows = printed.pdf, printed.serves // 2
    numbers = {run.text.strip(): run.top for run in runs(pdf) if run.page == 0}
    tops = [numbers[str(row)] for row in range(1, rows + 1)]
    assert len(tops) == rows >= 15
    assert numbers[str(rows + 1)] == pytest.approx(tops[0], abs=0.1)
    assert all(abs(lower - upper - 10) < 0.1 for upper, lower in pairwise(tops))
    assert min(font_sizes(pdf)) >= 16
    assert keeps_edges_free(pdf)


@pytest.mark.parametrize("title", ["A long title. " * 20, "x" * 1001])
def test_a_heading_that_is_too_long_is_refused(title: str) -> None:
    with pytest.raises(MisuseError, match="leave no room to sign in; shorten them"):
        print_sign_in(Job(), SizedDesign(paper="A5", title=title, text_size="large"))


def test_a_wide_logo_and_a_long_title_do_not_cover_its_name() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 500 100"><path d="M0 0h500v100z"/></svg>'
    title = "What everybody in our street should know about fraud by phone and web"
    design = SizedDesign(
        text_size="large",
        organiser="Our Library",
        date="14 May",
        title=title,
        logo=read_logo("logo.svg", svg),
    )
    found = runs(print_sign_in(Job(), design).pdf)
    name = next(run for run in found if run.text.startswith("Sign-in"))
    beside = [run for run in found if len(run.text) > 5 and squeezed(run.text) in squeezed(title)]
    assert beside
    assert all(name.right < run.left for run in beside)
