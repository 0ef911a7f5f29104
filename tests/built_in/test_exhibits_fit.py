"""Each exhibit of the bank fits on a narrow terminal, on paper and on a phone, in all languages, and no word is cut."""

from collections.abc import Iterator

import pytest

from quizgen.paper.lines import widest_word_width
from quizgen.screen.exhibit import exhibit_rows
from quizgen.screen.rows import row_text, total_width
from quizgen.text.breaking import split_at_breaks
from quizgen.text.languages import localize
from quizgen.view.exhibit import build_exhibit_view
from tests.built_in import built_in_bank

LANGUAGES = ("en", "zh-Hans", "zh-Hant")
TERMINAL_COLUMNS = 40

PHONE_WIDTH = 360 - 2 * 16 - 2 * (12 + 1)
"""The width of a line in the card of an exhibit on a phone, in pixels: the page without its margins and the card's."""

BUBBLE_WIDTH = 0.92 * PHONE_WIDTH - 2 * (0.8 * 16 + 1)
"""The width of the text in a bubble, as `templates/page.css` sets it."""

PHONE_EMS = BUBBLE_WIDTH / 18
"""The same as a multiple of the type size."""

PANEL_EMS = 14.5
"""The narrowest column of an exhibit on A4, a panel of the leaflet in large type, as a multiple of the type size."""


def texts_by_exhibit(language: str) -> Iterator[tuple[str, list[str]]]:
    for exhibit in built_in_bank().exhibits.values():
        lines = [line.text for line in exhibit.lines]
        replies = [reply for line in exhibit.lines for reply in line.replies]
        lines += [text for reply in replies for text in (reply.say, *(line.text for line in reply.then))]
        yield exhibit.id, [localize(text, language) for text in (exhibit.context, exhibit.sender, *lines)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_wider_than_a_card_on_a_phone_or_a_panel_on_paper(language: str) -> None:
    room = min(PHONE_EMS, PANEL_EMS)
    widths = {
        id_: widest_word_width(texts, han=language != "en") for id_, texts in texts_by_exhibit(language)
    }
    assert {id_: width for id_, width in widths.items() if width > room} == {}
    assert widths


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_exhibit_fits_on_a_terminal_of_40_columns_with_its_words_whole(language: str) -> None:
    bank = built_in_bank()
    shown = set()
    for question in bank.questions.values():
        view = build_exhibit_view(bank, question, language, show_signs=False)
        if not view or question.exhibit in shown:
            continue
        shown.add(question.exhibit)
        rows = exhibit_rows(view, TERMINAL_COLUMNS)
        assert max(map(total_width, rows)) <= TERMINAL_COLUMNS, question.exhibit
        drawn = "\n".join(map(row_text, rows))
        lines = [localize(line.text, language) for line in bank.exhibits[question.exhibit].lines]
        pieces = [piece.strip() for text in lines for piece in split_at_breaks(text)]
        assert [piece for piece in pieces if piece not in drawn] == [], question.exhibit
    assert shown
