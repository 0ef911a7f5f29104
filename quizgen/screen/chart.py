"""Progress over time as a chart of text: a row a topic, a column an attempt. Pure."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from quizgen.attempt import Attempt, Score
from quizgen.language import message
from quizgen.screen import words

_BLOCKS = "▁▂▃▄▅▆▇█"
_NARROWEST_NAME = 8


def chart(attempts: Sequence[Attempt], language: str, width: int) -> list[str]:
    """Draw how much was right in each finished attempt, oldest left, all together and by topic.

    Each row ends with the share of the latest attempt that came to the topic, in words. As many of the
    latest attempts are drawn as fit ``width`` cells. There is nothing to draw of fewer than two.
    """
    done = [attempt for attempt in attempts if attempt.finished is not None]
    if len(done) < 2:  # noqa: PLR2004  one point is no line
        return []
    series: dict[str, list[Score | None]] = {
        message(language, "history.all"): [attempt.score() for attempt in done]
    }
    for topic in dict.fromkeys(topic for attempt in done for topic in attempt.score_by_topic()):
        latest = next(attempt for attempt in reversed(done) if topic in attempt.score_by_topic())
        title = words.topic_title(latest.in_language(language), topic)
        series[title] = [attempt.score_by_topic().get(topic) for attempt in done]
    column = min(max(map(cell_len, series)), max(width // 2 - 8, _NARROWEST_NAME))
    room = max(width - column - len("    100%"), 1)
    return [
        f"{set_cell_size(title, column)}  {''.join(map(_block, scores[-room:]))}  {_latest(scores)}"
        for title, scores in series.items()
    ]


def _block(score: Score | None) -> str:
    """Draw a share as a bar of eight heights, and a topic that an attempt did not come to as a gap."""
    if score is None:
        return " "
    return _BLOCKS[round(score.right / score.total * (len(_BLOCKS) - 1))]


def _latest(scores: Sequence[Score | None]) -> str:
    score = next(score for score in reversed(scores) if score is not None)
    return f"{score.right / score.total:4.0%}"
