"""Progress over time as charts of text: right answers by topic, and scams told from genuine contacts.

Pure functions.
"""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from quizgen.screen.rows import shorten_text
from quizgen.screen.wrap import wrap_text
from quizgen.text.messages import _
from quizgen.view.history import ExhibitVerdicts, TopicProgress

_BLOCKS = "▁▂▃▄▅▆▇█"
_MIN_NAME = 8

_LEVELS = 4
"""Rows of the plot above the lowest one: one for each quarter."""
_SCALE = "100% "
_ATTEMPT_GAP = 4
"""Cells from one attempt to the next, if there is room."""


def draw_progress_chart(progress: Sequence[TopicProgress], width: int) -> list[str]:
    """Draw the share of right answers in each attempt, the oldest at the left, with a row for each topic.

    Each row ends with the share in the latest attempt that had the topic. If there are too many attempts
    for ``width`` cells, only the latest ones are drawn.
    """
    if not progress:
        return []
    column, room = _column_widths(progress, width)
    return [
        f"{_fit_title(each.title, column)}  {''.join(map(_share_block, each.right_shares[-room:]))}  {_format_latest_share(each)}"
        for each in progress
    ]


def count_drawn_attempts(progress: Sequence[TopicProgress], width: int) -> int:
    """Return how many of the latest attempts fit into ``width`` cells."""
    return min(len(progress[0].scores), _column_widths(progress, width)[1])


def _column_widths(progress: Sequence[TopicProgress], width: int) -> tuple[int, int]:
    """Return the width of the column for titles, and the width for attempts."""
    longest = max(cell_len(each.title) for each in progress)
    left = width - len(progress[0].scores) - len("    100%")
    column = min(longest, max(width // 2 - 8, left, _MIN_NAME))
    return column, max(width - column - len("    100%"), 1)


def _fit_title(title: str, column_width: int) -> str:
    """Cut off a title that is too long for its column, with three dots."""
    return set_cell_size(shorten_text(title, column_width), column_width)


def _share_block(share: float | None) -> str:
    """Return a block for a share, in one of eight heights; a gap for an attempt without the topic."""
    return " " if share is None else _BLOCKS[round(share * (len(_BLOCKS) - 1))]


def _format_latest_share(progress: TopicProgress) -> str:
    share = next(share for share in reversed(progress.right_shares) if share is not None)
    return f"{share:4.0%}"


def draw_verdict_chart(
    verdicts: Sequence[ExhibitVerdicts], dates: Sequence[str], language: str, width: int
) -> list[str]:
    """Plot the shares of scams (``x``) and of genuine contacts (``o``) that were recognised, oldest attempt first.

    ``*`` stands for both. Below the plot are the first and the last of ``dates``, the dates of the
    attempts. If there are too many attempts for ``width`` cells, only the latest ones are plotted.
    """
    room = max(width - len(_SCALE), 2)
    shown, dates = verdicts[-room:], dates[-room:]
    if not shown:
        return []
    ends = dates[0], dates[-1]
    wide = len(dates[0]) + len(dates[-1]) + 2
    span = min(room, max((len(shown) - 1) * _ATTEMPT_GAP + 1, wide))
    grid = [[" "] * span for _ in range(_LEVELS + 1)]
    for index, each in enumerate(shown):
        column = round(index * (span - 1) / max(len(shown) - 1, 1))
        for share, letter in ((each.share_of_scams_recognised, "x"), (each.share_of_genuine_recognised, "o")):
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
    return [*_legend_lines(shown, language, width), *plot, *(indent + row for row in below)]


def _legend_lines(verdicts: Sequence[ExhibitVerdicts], language: str, width: int) -> list[str]:
    """Return lines that say what each letter means, with the share in the latest attempt."""
    letters = []
    for letter, name, meaning in (
        ("x", "share_of_scams_recognised", _("scams stopped, {share} in the latest")),
        ("o", "share_of_genuine_recognised", _("genuine ones trusted, {share} in the latest")),
    ):
        shares = [getattr(each, name) for each in verdicts if getattr(each, name) is not None]
        if shares:
            letters.append((letter, meaning.with_values(share=f"{shares[-1]:.0%}").translated(language)))
    if len(letters) > 1:
        letters.append(("*", _("both").translated(language)))
    return [
        ("  " if number else f"{letter} ") + row
        for letter, words in letters
        for number, row in enumerate(wrap_text(words, max(width - 2, 1)))
    ]
