"""Estimate how many lines a question and its answer take on paper, so that a quiz fits a sheet and its answers the back.

The estimate depends on neither layout nor language, because the same seed must give the same quiz on screen, on every
sheet and in every language. The longest translation of each text counts.
"""

from collections.abc import Iterable, Mapping
from math import ceil

from quizgen.model import Exhibit, Question
from quizgen.text.languages import Text

LETTERS_IN_LINE, LARGE_LETTERS_IN_LINE = 50, 60
"""The letters in a line of one of two columns, and in a line of large print, which has the width of the page."""

_BESIDE_SPEECH = 6
_BESIDE_OPTION = 7
"""The room in letters for what stands before a line of a conversation (who speaks) and before an option (its box)."""

_WIDER = 0.6
"""A Chinese character is as wide as 2.2 letters. In UTF-8 it has three bytes and a letter has one: 1 + 2 * 0.6 = 2.2."""

_AROUND_QUESTION, _AROUND_EXHIBIT, _BOXES = 1.0, 2.0, 2.0
"""The space in lines for the gap to the next question, the frame of an exhibit, and the row of boxes below lines or steps."""

_AROUND_SPEECH = 0.25
"""The space in lines around what somebody says in a conversation, which may stand in a bubble."""


def estimate_lines(
    question: Question, exhibits: Mapping[str, Exhibit], letters: int = LETTERS_IN_LINE
) -> float:
    """Estimate how many lines, of so many ``letters``, a question takes, with its exhibit and its options."""
    lines = _AROUND_QUESTION + _count_lines([question.stem], letters)
    if question.exhibit:
        lines += _estimate_exhibit_lines(exhibits[question.exhibit], letters)
    form = question.answer.answer_form
    if form not in ("sides", "lines"):  # these stand beside the stem or the exhibit
        lines += sum(
            _count_lines([text], letters, _BESIDE_OPTION)
            for group in question.answer.text_groups()
            for text in group
        )
    if form in ("lines", "order"):
        lines += _BOXES
    return lines


def estimate_answer_lines(
    question: Question, exhibits: Mapping[str, Exhibit], letters: int = LETTERS_IN_LINE
) -> float:
    """Estimate how many lines, of so many ``letters``, the answer to a question takes, with its reasons and the advice."""
    texts = [question.rationale, question.advice]
    if question.exhibit and question.answer.is_about_exhibit:
        texts += [text for sign in exhibits[question.exhibit].signs for text in (sign.words, sign.reason)]
    else:
        texts += question.answer.correct_texts()
    return _AROUND_QUESTION + _count_lines(texts, letters)


def _estimate_exhibit_lines(exhibit: Exhibit, letters: int) -> float:
    """Estimate how many lines an exhibit takes, with its context and its sender."""
    texts = [line.text for line in exhibit.lines]
    lines: float
    if exhibit.is_conversation:
        lines = sum(_AROUND_SPEECH + _count_lines([text], letters, _BESIDE_SPEECH) for text in texts)
    else:  # a message is one paragraph
        lines = _count_lines(texts, letters)
    context = _count_lines([exhibit.context], letters) if exhibit.context else 0
    return _AROUND_EXHIBIT + lines + context


def text_width(text: str) -> float:
    """Return the width of a text in letters."""
    return len(text) if text.isascii() else len(text) + _WIDER * (len(text.encode()) - len(text))


def _count_lines(texts: Iterable[Text], letters: int, reserved_width: int = 0) -> int:
    """Count the lines of a paragraph with these texts, in the language in which it is longest.

    ``reserved_width`` is the width in letters of what stands before the paragraph, such as a box.
    """
    widths: dict[str, float] = {}
    for text in texts:
        for language, words in text.items():
            widths[language] = widths.get(language, reserved_width) + text_width(words)
    return ceil(max(widths.values(), default=0) / letters)
