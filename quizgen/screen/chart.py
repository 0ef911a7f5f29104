"""Progress over time as a chart of text: a row a topic, a column an attempt. Pure."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from quizgen.view.history import Progress

_BLOCKS = "▁▂▃▄▅▆▇█"
_NARROWEST_NAME = 8


def chart(progress: Sequence[Progress], width: int) -> list[str]:
    """Draw how much was right in each attempt, oldest left, a row for each topic.

    Each row ends with the share of the latest attempt that came to the topic. As many of the latest
    attempts are drawn as fit ``width`` cells.
    """
    if not progress:
        return []
    longest = max(cell_len(each.title) for each in progress)
    column = min(longest, max(width // 2 - 8, _NARROWEST_NAME))
    room = max(width - column - len("    100%"), 1)
    return [
        f"{set_cell_size(each.title, column)}  {''.join(map(_block, each.shares[-room:]))}  {_latest(each)}"
        for each in progress
    ]


def _block(share: float | None) -> str:
    """Draw a share as a bar of eight heights, and a topic that an attempt did not come to as a gap."""
    return " " if share is None else _BLOCKS[round(share * (len(_BLOCKS) - 1))]


def _latest(progress: Progress) -> str:
    share = next(share for share in reversed(progress.shares) if share is not None)
    return f"{share:4.0%}"
