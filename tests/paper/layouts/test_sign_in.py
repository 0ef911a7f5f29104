"""The sign-in sheet, read back and measured."""

from itertools import pairwise

import pypdfium2 as pdfium
import pytest

from quizgen.errors import MisuseError
from quizgen.paper.layouts.sign_in import MAX_ROWS, SignInDesign, print_sign_in
from quizgen.text.languages import LANGUAGES
from quizgen.text.messages import _
from tests.paper.jobs import Job
from tests.paper.layouts.test_handout import font_sizes, squeezed
from tests.paper.measured import drawn, keeps_edges_free


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_asks_for_little_and_says_who_stores_it(language: str) -> None:
    printed = print_sign_in(Job(language), SignInDesign(organiser="Harbour Post", contact="0123"))
    pdf, rows = printed.pdf, printed.serves
    (page,) = pdfium.PdfDocument(pdf)
    text = squeezed(page.get_textpage().get_text_range())
    assert rows == MAX_ROWS == 20
    for words in (
        _("Sign-in sheet"),
        _("Only your name is needed; the rest is optional."),
        _("Address"),
        _("Phone (optional)"),
        _("May we call you?"),
    ):
        assert squeezed(words.translated(language)) in text
    privacy = squeezed(
        _(
            "This list is kept by {who} for {purpose} and destroyed on {end}.", who="", purpose="", end=""
        ).translated(language)
    )
    assert privacy in text
    assert "HarbourPost" in text
    assert "0123" in text
    assert min(font_sizes(pdf)) >= 9
    assert keeps_edges_free(pdf)


def test_rows_are_ten_millimetres_high_and_boxes_five_wide() -> None:
    printed = print_sign_in(Job(), SignInDesign(paper="Letter", date="1 May", text_size="large"))
    pdf, rows = printed.pdf, printed.serves
    boxes = {(each.x, each.y) for each in drawn(pdf) if each.is_about(5, 5)}
    tops = sorted(y for _, y in boxes)
    assert len(tops) == rows >= 15
    assert all(abs(lower - upper - 10) < 0.1 for upper, lower in pairwise(tops))
    assert min(font_sizes(pdf)) >= 16
    assert keeps_edges_free(pdf)


@pytest.mark.parametrize("title", ["A long title. " * 20, "x" * 1001])
def test_a_heading_that_is_too_long_is_refused(title: str) -> None:
    with pytest.raises(MisuseError, match="leave no room to sign in; shorten them"):
        print_sign_in(Job(), SignInDesign(paper="A5", title=title, text_size="large"))
