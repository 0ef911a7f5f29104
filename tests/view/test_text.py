"""Words made fit to be shown."""

from quizgen.view.text import link_shown


def test_an_address_is_shown_as_it_is_read_out() -> None:
    assert link_shown("https://example.org/quiz/") == "example.org/quiz"
