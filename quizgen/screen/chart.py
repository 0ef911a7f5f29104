"""Progress over time as charts of text: what was right by topic, and verdicts on exhibits. Pure."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from quizgen.screen.rows import shortened
from quizgen.screen.wrap import wrap
from quizgen.text.messages import message
from quizgen.view.history import Progress, Verdicts

_BLOCKS = "▁▂▃▄▅▆▇█"
_NARROWEST_NAME = 8

_LEVELS = 4
"""Rows of the plot above its lowest: one for each quarter."""
_SCALE = "100% "
_APART = 4
"""Cells from one attempt to the next where there is room."""


def chart(progress: Sequence[Progress], width: int) -> list[str]:
    """Draw how much was right in each attempt, oldest left, a row for each topic.

    Each row ends with the share of the latest attempt that came to the topic. As many of the latest
    attempts are drawn as fit ``width`` cells.
    """
    if not progress:
        return []
    column, room = _measures(progress, width)
    return [
        f"{_cut(each.title, column)}  {''.join(map(_block, each.shares[-room:]))}  {_latest(each)}"
        for each in progress
    ]


def drawn_of(progress: Sequence[Progress], width: int) -> int:
    """Tell how many of the latest attempts are drawn in so many cells."""
    return min(len(progress[0].scores), _measures(progress, width)[1])


def _measures(progress: Sequence[Progress], width: int) -> tuple[int, int]:
    """Share cells out to the titles and to the attempts; what few attempts leave goes to titles."""
    longest = max(cell_len(each.title) for each in progress)
    left = width - len(progress[0].scores) - len("    100%")
    column = min(longest, max(width // 2 - 8, left, _NARROWEST_NAME))
    return column, max(width - column - len("    100%"), 1)


def _cut(title: str, column: int) -> str:
    """Set a title into a column, with three dots where it has no room."""
    return set_cell_size(shortened(title, column), column)


def _block(share: float | None) -> str:
    """Draw a share as a bar of eight heights, and a topic that an attempt did not come to as a gap."""
    return " " if share is None else _BLOCKS[round(share * (len(_BLOCKS) - 1))]


def _latest(progress: Progress) -> str:
    share = next(share for share in reversed(progress.shares) if share is not None)
    return f"{share:4.0%}"


def verdict_chart(verdicts: Sequence[Verdicts], dates: Sequence[str], language: str, width: int) -> list[str]:
    """Plot what part of the scams was stopped (``x``) and of the genuine ones trusted (``o``), oldest left.

    The letters tell the two apart, and ``*`` is both; below stand the first and the last of ``dates``,
    which are those of the verdicts. As many of the latest as fit ``width`` cells are plotted.
    """
    room = max(width - len(_SCALE), 2)
    shown, dates = verdicts[-room:], dates[-room:]
    if not shown:
        return []
    ends = dates[0], dates[-1]
    wide = len(dates[0]) + len(dates[-1]) + 2
    span = min(room, max((len(shown) - 1) * _APART + 1, wide))
    grid = [[" "] * span for _ in range(_LEVELS + 1)]
    for index, each in enumerate(shown):
        column = round(index * (span - 1) / max(len(shown) - 1, 1))
        for share, letter in ((each.stopped, "x"), (each.trusted, "o")):
            if share is not None:
                cells = grid[_LEVELS - round(share * _LEVELS)]
                cells[column] = letter if cells[column] == " " else "*"
    scale = [f"{(_LEVELS - row) / _LEVELS:4.0%} " for row in range(_LEVELS + 1)]
    plot = [(mark + "".join(cells)).rstrip() for mark, cells in zip(scale, grid, strict=True)]
    if ends[0] == ends[1] or span < wide:
        below = list(dict.fromkeys(ends))
    else:
        below = [ends[0] + ends[1].rjust(span - len(ends[0]))]
    indent = " " * (len(_SCALE) if len(below[0]) <= room else 0)
    return [*_legend(shown, language, width), *plot, *(indent + row for row in below)]


def _legend(verdicts: Sequence[Verdicts], language: str, width: int) -> list[str]:
    """Say what each letter means, and how the latest attempt stands."""
    letters = []
    for letter, name in (("x", "stopped"), ("o", "trusted")):
        shares = [getattr(each, name) for each in verdicts if getattr(each, name) is not None]
        if shares:
            letters.append((letter, message(language, f"history.{name}", share=f"{shares[-1]:.0%}")))
    if len(letters) > 1:
        letters.append(("*", message(language, "history.same")))
    return [
        ("  " if number else f"{letter} ") + row
        for letter, words in letters
        for number, row in enumerate(wrap(words, max(width - 2, 1)))
    ]
