"""Lines that are not wider than a terminal."""

from rich.cells import cell_len

from quizgen.text.breaking import fill_lines


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most ``width`` cells; a Chinese character fills two."""
    return fill_lines(text, width, cell_len)
