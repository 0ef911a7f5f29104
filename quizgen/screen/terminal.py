"""Line mode on a terminal: lines wrapped to its width, aligned and coloured. Needs Rich."""

from collections.abc import Callable, Iterable, Sequence

from rich.console import Console
from rich.text import Text

from quizgen.screen.layout import label_column_width, line_rows, topic_bar_rows
from quizgen.screen.lines import Line, Role
from quizgen.screen.palette import TERMINAL
from quizgen.screen.rows import Row, Span
from quizgen.view.results import TopicScore

MIN_WIDTH, MAX_WIDTH = 20, 100
"""The limits of a line, in cells: shorter ones split words, longer ones are hard to read."""

_AFTER_GAP: frozenset[Role] = frozenset(
    (
        "head",
        "question",
        "context",
        "exhibit",
        "stem",
        "kind",
        "hint",
        "right",
        "wrong",
        "skipped",
        "score",
        "missed",
    )
)
"""Roles with an empty row before them."""


class TerminalDisplay:
    """Shows lines on a Rich console.

    Texts of a question bank are shown literally; markup in them has no effect.
    """

    def __init__(self, console: Console, read_line: Callable[[float | None], str | None]) -> None:
        self._console = console
        self._ask = read_line

    def read_line(self, seconds: float | None = None) -> str | None:
        """Wait for a line; ``None`` means that the input has ended."""
        return self._ask(seconds)

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Lay out each line for the current width of the terminal, and print it."""
        lines = list(lines)
        column = label_column_width(lines)
        previous: Role | None = None
        for line in lines:
            if _has_gap(previous, line.role):
                self._print_rows([()])
            if line.role == "question":
                self._print_rows([(Span("─" * self._width, "dim"),)])
            self._print_rows(line_rows(line, self._width, column, is_indented=True))
            previous = line.role

    def show_topic_bars(self, title: str, scores: Sequence[TopicScore]) -> None:
        """Draw a bar with the score for each topic."""
        self.show_lines([Line("head", title)])
        self._print_rows([(), *topic_bar_rows(scores, self._width)])

    @property
    def _width(self) -> int:
        return min(max(self._console.width, MIN_WIDTH), MAX_WIDTH)

    def _print_rows(self, rows: Iterable[Row]) -> None:
        for row in rows:
            text = Text.assemble(*((span.text, TERMINAL.get(span.look, "")) for span in row))
            self._console.print(text, no_wrap=True, overflow="ignore", crop=False)


def _has_gap(role_before: Role | None, role_after: Role) -> bool:
    """Return whether an empty row goes between lines of these roles."""
    if role_after == "hint" and role_before in (None, "title", "head", "hint"):
        return False  # a hint belongs to the line before: a heading, or a "?" just typed
    if role_after == "exhibit" and role_before in ("right", "missed", "context"):
        return False  # an exhibit belongs to the line before
    if role_before in ("wrong", "skipped"):
        return False  # the right answer follows; without a gap, the verdict stays visible on a small screen
    lists = ("prompt", "option")
    return role_after in _AFTER_GAP or (
        role_after != role_before and (role_after in lists or role_before in lists)
    )
