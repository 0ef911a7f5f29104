"""Wrapping text to the width of a terminal."""

from rich.cells import cell_len

from quizgen.text.breaking import fill_lines


def wrap(text: str, width: int) -> list[str]:
    """Wrap a text into lines of at most ``width`` cells; a Chinese character takes two."""
    return fill_lines(text, width, cell_len)
