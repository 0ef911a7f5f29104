"""Line mode on a person's terminal: the same lines, wrapped to its width, aligned, and coloured. Needs Rich."""

from collections.abc import Callable, Iterable, Sequence

from rich.console import Console
from rich.text import Text

from quizgen.screen.layout import bar_rows, label_column, line_rows
from quizgen.screen.lines import Line, Role
from quizgen.screen.palette import TERMINAL
from quizgen.screen.rows import Row, Span
from quizgen.view.results import TopicScore

NARROWEST, WIDEST = 20, 100
"""Bounds of a line, in cells: below, words are cut; above, the eye loses its line."""

_APART: frozenset[Role] = frozenset(
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


class Terminal:
    """Shows lines by way of a Rich console. Bank text stays text: markup in it is never acted on."""

    def __init__(self, console: Console, ask: Callable[[float | None], str | None]) -> None:
        self._console = console
        self._ask = ask

    def ask(self, seconds: float | None = None) -> str | None:
        """Read a line."""
        return self._ask(seconds)

    def show(self, lines: Iterable[Line]) -> None:
        """Set each line to the width that the terminal has now."""
        lines = list(lines)
        column = label_column(lines)
        previous: Role | None = None
        for line in lines:
            if _parted(previous, line.role):
                self._print([()])
            if line.role == "question":
                self._print([(Span("─" * self._width, "dim"),)])
            self._print(line_rows(line, self._width, column, indented=True))
            previous = line.role

    def bars(self, title: str, scores: Sequence[TopicScore]) -> None:
        """Draw a bar for each topic."""
        self.show([Line("head", title)])
        self._print([(), *bar_rows(scores, self._width)])

    @property
    def _width(self) -> int:
        return min(max(self._console.width, NARROWEST), WIDEST)

    def _print(self, rows: Iterable[Row]) -> None:
        for row in rows:
            text = Text.assemble(*((span.text, TERMINAL.get(span.look, "")) for span in row))
            self._console.print(text, no_wrap=True, overflow="ignore", crop=False)


def _parted(before: Role | None, after: Role) -> bool:
    """Tell whether an empty row stands between two lines."""
    if after == "hint" and before in (None, "title", "head", "hint"):
        return False  # a hint belongs to what it follows: a heading, or a "?" just typed
    if after == "exhibit" and before in ("right", "missed", "context"):
        return False  # it belongs to that
    if before in ("wrong", "skipped"):
        return False  # the right answer; each row spared keeps the verdict on a small screen
    lists = ("prompt", "option")
    return after in _APART or (after != before and (after in lists or before in lists))
