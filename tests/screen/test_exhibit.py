import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.screen.answer_input import AnswerInput, SentAnswer
from quizgen.screen.exhibit import exhibit_rows, telltale_rows
from quizgen.screen.palette import DARK, LIGHT, NONE
from quizgen.screen.rows import Row, Span, key_at_column, row_text, total_width, wrap_spans
from quizgen.screen.shapes import answer_screen
from quizgen.text.languages import LANGUAGES
from quizgen.view.exhibit import ExhibitView, bracket_telltale_words, build_exhibit_view, join_runs
from quizgen.view.frames import initial_of
from tests.exhibit_bank import JUDGED, SPOTTED, exhibit_quiz

ALL = [
    seen
    for language in LANGUAGES
    for question in (*JUDGED, SPOTTED)
    for signs in (False, True)
    if (seen := build_exhibit_view(exhibit_quiz().bank, question, language, show_signs=signs))
]
BARE = re.compile(r"[\s│─╭╮╰╯┌┐└┘├┤║═╔╗╚╝╟╢]|~~~ \(\*\)")


def bare(view: ExhibitView, rows: list[Row]) -> str:
    """All that is said, without blanks, frames and their words."""
    said = "".join(map(row_text, rows))
    for shown in (f"({initial_of(join_runs(view.sender))}) ", "‹ ", "@ "):
        said = said.replace(shown, "", 1)
    return BARE.sub("", said)


def whole(view: ExhibitView) -> str:
    said = "".join(
        (f"{line.number}." if view.numbered else "")
        + (line.who if view.frame.said == "speakers" or line.own else "")
        + bracket_telltale_words(line.words)
        for line in view.lines
    )
    return BARE.sub("", view.label + bracket_telltale_words(view.sender) + said)


@given(st.sampled_from(ALL), st.integers(24, 100))
def test_nothing_is_cut_and_nothing_is_too_wide(view: ExhibitView, width: int) -> None:
    rows = exhibit_rows(view, width)
    assert bare(view, rows) == whole(view)
    assert max(map(total_width, rows)) <= width


@given(st.sampled_from([view for view in ALL if view.frame.border != "sheet"]), st.integers(24, 100))
def test_the_sides_of_frames_are_aligned(view: ExhibitView, width: int) -> None:
    """Where a row ends, so does the frame around it, whatever is written."""
    ends: set[int] = set()
    for row in exhibit_rows(view, width):
        text = row_text(row)
        if text.endswith(("╮", "┐", "╗")):
            ends = {total_width(row)}
        elif text.endswith(("│", "┤", "╯", "┘", "║", "╢", "╝")):
            ends.add(total_width(row))
        assert len(ends) <= 1


@pytest.mark.parametrize("palette", [DARK, LIGHT, NONE])
def test_deciding_words_are_underlined_bold_and_in_brackets(palette: dict[str, str]) -> None:
    assert palette["sign"].startswith("bold underline")
    spans = [span for view in ALL for row in exhibit_rows(view, 80) for span in row if span.look == "sign"]
    assert spans
    assert all(span.text.startswith("[") or span.text.endswith("]") for span in spans)


def test_the_only_telltale_line_is_shown_with_its_speaker() -> None:
    (view,) = (
        view for view in ALL if view.label == "A phone call from:" and view.signs and not view.numbered
    )
    assert [row_text(row) for row in telltale_rows(view, 80)] == [
        "A phone call from: The harbour savings office",
        "3. Caller: Do you know who is to have it, and [what it is for]?",
    ]


def test_a_click_chooses_a_line_unless_it_is_the_readers_own() -> None:
    view = build_exhibit_view(exhibit_quiz().bank, SPOTTED, "en", show_signs=False)
    rows = exhibit_rows(view, 80)
    keys = {row_text(row).strip("│ ")[:2]: key_at_column(row, 20) for row in rows[1:-1]}
    assert keys == {"1.": "a", "2.": "", "3.": "b", "4.": "c"}


def test_a_digit_is_the_number_of_a_line() -> None:
    screen, answer = answer_screen(SPOTTED.answer), SPOTTED.answer
    assert [screen.handle_key(answer, AnswerInput(), key) for key in "134b2"] == [
        SentAnswer((0,)),
        SentAnswer((1,)),
        SentAnswer((2,)),
        SentAnswer((1,)),
        None,
    ]
    judged = JUDGED[0].answer
    assert [answer_screen(judged).handle_key(judged, AnswerInput(), key) for key in "ab12"] == [
        SentAnswer((0,)),
        SentAnswer((1,)),
    ] * 2


@given(st.lists(st.text("ab ，短(", max_size=9), max_size=5), st.integers(4, 20))
def test_styled_text_keeps_its_style_when_wrapped(texts: list[str], width: int) -> None:
    parts = [Span(text, "sign" if number % 2 else "text") for number, text in enumerate(texts)]
    rows = wrap_spans(parts, width)
    looks = [(c, part.look) for part in parts for c in part.text if c != " "]
    assert [(c, span.look) for row in rows for span in row for c in span.text if c != " "] == looks
