"""Wrapping text to the width of a terminal."""

from rich.cells import cell_len

from quizgen.text.breaking import fill_lines


def wrap_text(text: str, width: int) -> list[str]:
    """Wrap a text into lines of at most ``width`` cells. A Chinese character takes two cells."""
    return fill_lines(text, width, cell_len)
