"""How long a question is on paper, estimated from its texts, so that a drawn quiz has room on a sheet.

The estimate is in lines of a column and knows no layout, because the same seed must draw the same quiz for a screen and for every
sheet. It is the same in all languages: of each text, the longest translation counts.
"""

from collections.abc import Iterable, Mapping
from math import ceil

from quizgen.model import Exhibit, Question
from quizgen.text.languages import Text

_LETTERS_IN_LINE = 50
_BESIDE_SPEECH = 6
_BESIDE_OPTION = 7
"""The room in letters for what stands before a line of a conversation (who speaks) and before an option (its box)."""

_WIDER = 0.6
"""A Chinese character is as wide as 2.2 letters. In UTF-8 it has three bytes and a letter has one: 1 + 2 * 0.6 = 2.2."""

_AROUND_QUESTION, _AROUND_EXHIBIT, _BOXES = 1.0, 1.5, 2.0
"""The space in lines for the gap to the next question, the frame of an exhibit, and boxes beside lines or steps."""


def estimate_lines(question: Question, exhibits: Mapping[str, Exhibit]) -> float:
    """Estimate how many lines a question takes in a column of paper, with its exhibit and its options."""
    lines = _AROUND_QUESTION + _line_count([question.stem])
    if question.exhibit:
        lines += _exhibit_lines(exhibits[question.exhibit])
    form = question.answer.form
    if form not in ("sides", "lines"):  # these stand beside the stem or the exhibit
        lines += sum(
            _line_count([text], _BESIDE_OPTION) for group in question.answer.groups() for text in group
        )
    if form in ("lines", "order"):
        lines += _BOXES
    return lines


def _exhibit_lines(exhibit: Exhibit) -> float:
    texts = [line.text for line in exhibit.lines]
    if exhibit.is_conversation:
        lines = sum(_line_count([text], _BESIDE_SPEECH) for text in texts)
    else:  # a message is one paragraph
        lines = _line_count(texts)
    context = _line_count([exhibit.context]) if exhibit.context else 0
    return _AROUND_EXHIBIT + lines + context


def _line_count(texts: Iterable[Text], beside: int = 0) -> int:
    """Count the lines of a paragraph of some texts, in its longest language."""
    widths: dict[str, float] = {}
    for text in texts:
        for language, words in text.items():
            wider = _WIDER * (len(words.encode()) - len(words))
            widths[language] = widths.get(language, beside) + len(words) + wider
    return max((ceil(width / _LETTERS_IN_LINE) for width in widths.values()), default=0)
