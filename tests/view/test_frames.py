"""Frames of exhibits, and that each medium draws them from the registry."""

import pytest
from msgspec.structs import replace

from quizgen.model import CHANNELS
from quizgen.paper.exhibits import make_exhibit_element
from quizgen.screen.exhibit import exhibit_rows
from quizgen.screen.rows import row_text
from quizgen.text.messages import as_is
from quizgen.view.frames import FRAMES, Frame, frame_words, initial_of
from quizgen.view.question import QuestionView
from tests.exhibit_bank import JUDGED, exhibit_quiz

FAX = Frame(as_is("A fax from:"), "double", "text", ("at-sign", "seal"))


def test_each_channel_has_a_frame_of_its_own() -> None:
    assert set(FRAMES) == set(CHANNELS)
    seen = {(frame.border, frame.said, frame.parts) for frame in FRAMES.values()}
    assert len(seen) == len(CHANNELS)


def test_a_new_entry_is_drawn_on_the_screen_and_on_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    bank = exhibit_quiz().bank
    question = JUDGED[0]
    monkeypatch.setitem(FRAMES, bank.exhibits[question.exhibit].channel, FAX)
    view = QuestionView(question, bank, "en")
    assert view.exhibit
    rows = [row_text(row) for row in exhibit_rows(view.exhibit, 60)]
    assert rows[0].startswith("╔")
    assert rows[1].startswith("║ @ A fax from:")
    element = make_exhibit_element(view)
    assert element
    assert element.values["frame"] is FAX
    assert element.values["label"] == "A fax from:"


def test_words_of_parts_are_translated() -> None:
    assert frame_words(FRAMES["sms"], "en") == {"time": "Today"}
    assert frame_words(FRAMES["email"], "zh-Hant") == {"addressee": "收件人：您"}
    assert frame_words(replace(FRAMES["call"], parts=("duration",)), "zh-Hans") == {"duration": "00:42"}


@pytest.mark.parametrize(
    ("sender", "initial"), [("aunt Lan", "A"), ("【安信】", "安"), ("“12381”", "1"), ("!", "")]
)
def test_the_initial_skips_brackets(sender: str, initial: str) -> None:
    assert initial_of(sender) == initial
