"""The same lines on a person's terminal: coloured, wrapped to its width, and aligned. Needs Rich."""

from collections.abc import Callable, Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from quizgen.screen.lines import Line, Role
from quizgen.screen.wrap import wrap
from quizgen.view.results import TopicScore

NARROWEST, WIDEST = 20, 100
"""Bounds of a line, in cells: below, words are cut; above, the eye loses its line."""

SHORTEST_BAR, LONGEST_BAR = 8, 20

_STYLES: dict[Role, str] = {
    "title": "bold",
    "head": "bold",
    "question": "bold cyan",
    "exhibit": "bold",
    "stem": "bold",
    "hint": "dim",
    "right": "bold green",
    "wrong": "bold red",
    "skipped": "bold yellow",
    "source": "dim",
    "score": "bold",
    "note": "yellow",
}
_COLUMNS: frozenset[Role] = frozenset(("said", "number", "prompt", "option", "compared", "missed"))
"""Roles whose text stands in a column of its own, beside the labels."""

_INDENTS: dict[Role, str] = {"reason": "  ", "source": "  ", "fact": "     "}
_APART: frozenset[Role] = frozenset(
    ("head", "question", "exhibit", "stem", "hint", "right", "wrong", "skipped", "score", "missed")
)


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
        column = max((cell_len(line.label) for line in lines if line.role == "number"), default=0)
        previous: Role | None = None
        for line in lines:
            if _parted(previous, line.role):
                self._console.print()
            if line.role == "question":
                self._print(Text("─" * self._width, "dim"))
            if line.role in _COLUMNS:
                self._set_in_column(line, column if line.role == "number" else 0)
            else:
                self._set(line)
            previous = line.role

    def bars(self, title: str, scores: Sequence[TopicScore]) -> None:
        """Draw a bar for each topic, all from the same column on, or under their titles for want of room."""
        self.show([Line("head", title)])
        self._console.print()
        column = max(cell_len(topic.title) for topic in scores) + 2
        room = self._width - len("  100/100")
        beside = room - column >= SHORTEST_BAR
        cells = min(room - column if beside else room, LONGEST_BAR)
        for topic in scores:
            if beside:
                title = topic.title + " " * (column - cell_len(topic.title))
            else:
                title = "".join(f"{row}\n" for row in wrap(topic.title, self._width))
            full, empty = topic.bar(cells)
            drawn = (full, "green"), (empty, "dim")
            self._print(Text.assemble(title, *drawn, f"  {topic.right}/{topic.total}"))

    @property
    def _width(self) -> int:
        return min(max(self._console.width, NARROWEST), WIDEST)

    def _set_in_column(self, line: Line, least: int) -> None:
        """Set a text beside its label, in a column that has so many cells for that ``least``."""
        label = f"  {line.label}{' ' * (least - cell_len(line.label))} " if line.label else "  "
        width = cell_len(label)
        for number, row in enumerate(wrap(line.text, self._width - width)):
            self._print(Text.assemble((" " * width if number else label, "bold"), row))

    def _set(self, line: Line) -> None:
        indent = _INDENTS.get(line.role, "")
        for number, row in enumerate(wrap(line.whole, self._width - len(indent))):
            text = Text(indent + row, _STYLES.get(line.role, ""))
            if number == 0 and line.role != "source" and row.startswith(line.label):
                text.stylize("bold", len(indent), len(indent) + len(line.label))
            self._print(text)

    def _print(self, text: Text) -> None:
        self._console.print(text, no_wrap=True, overflow="ignore", crop=False)


def _parted(before: Role | None, after: Role) -> bool:
    """Tell whether an empty row stands between two lines."""
    if after == "hint" and before in (None, "title", "head", "hint"):
        return False  # a hint belongs to what it follows: a heading, or a "?" just typed
    if after == "exhibit" and before in ("right", "missed"):
        return False  # it is of that
    if before in ("wrong", "skipped"):
        return False  # the right answer; each row spared keeps the verdict on a small screen
    lists = ("prompt", "option")
    return after in _APART or (after != before and (after in lists or before in lists))
