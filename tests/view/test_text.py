"""Texts prepared for the screen."""

from quizgen.view.text import shorten_link


def test_an_address_is_shown_as_it_is_read_out() -> None:
    assert shorten_link("https://example.org/quiz/") == "example.org/quiz"
