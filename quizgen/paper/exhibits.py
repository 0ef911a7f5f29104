"""Exhibits (calls, messages and letters that questions show) as layout elements for paper."""

import re
from collections.abc import Sequence

from quizgen.paper.press import ElementId, LayoutElement
from quizgen.view.exhibit import group_into_turns, join_runs
from quizgen.view.question import QuestionView

_ENDS_WIDE = re.compile(r"[\u2e80-\u9fff\uff01-\uff60\u2014\u2026]\Z|[\u3000-\u9fff\uff01-\uff60][”’]\Z")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.?!]) +|(?<=[。？！])(?=.)")


def exhibit_element_id(question: QuestionView) -> ElementId:
    """Return the id of the layout element with a question's exhibit.

    Questions on the same exhibit share one layout element, unless one of them asks for a line: then its lines are
    numbered.
    """
    return ("exhibit", question.question.exhibit, *(["numbered"] if question.answer_form == "lines" else []))


def make_exhibit_element(question: QuestionView) -> LayoutElement | None:
    """Return the layout element with a question's exhibit, or ``None`` if the question has no exhibit."""
    exhibit = question.exhibit
    if exhibit is None:
        return None
    # Written text is one paragraph, as on a phone and on a letter, and each speaker is named once. Lines that are options
    # stand alone.
    turns = (
        [(line.number, line.who, join_runs(line.words)) for line in exhibit.lines]
        if exhibit.numbered
        else [
            (turn.lines[0].number, turn.who, _join_sentences([join_runs(line.words) for line in turn.lines]))
            for turn in group_into_turns(exhibit)
        ]
    )
    values = {
        "form": exhibit.form,
        "context": exhibit.context,
        "label": exhibit.label,
        "language": question.text_language,
        "sender": join_runs(exhibit.sender),
        "is_numbered": exhibit.numbered,
        "is_spoken": any(line.who for line in exhibit.lines),
        "lines": [{"number": number, "who": who, "text": text} for number, who, text in turns],
    }
    return LayoutElement(exhibit_element_id(question), values)


def _join_sentences(sentences: Sequence[str]) -> str:
    """Join sentences, with a space between them except after Chinese punctuation."""
    joined = ""
    for sentence in sentences:
        joined += (" " if joined and not _ENDS_WIDE.search(joined) else "") + sentence
    return joined


def make_brief_stem_element(id_: ElementId, stem: str, language: str) -> LayoutElement:
    """Return the layout element with a brief stem, whose lines break only between sentences."""
    return LayoutElement(id_, {"sentences": _BETWEEN_SENTENCES.split(stem), "language": language})
