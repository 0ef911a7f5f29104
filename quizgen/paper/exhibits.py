"""Exhibits (calls, messages and letters that questions show) as layout elements for paper."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from quizgen.paper.design import Measures
from quizgen.paper.lines import is_chinese, text_width
from quizgen.paper.press import ElementId, LayoutElement
from quizgen.view.exhibit import ExhibitView, group_into_turns, join_runs, split_salutation
from quizgen.view.frames import frame_words, initial_of
from quizgen.view.question import QuestionView

_ENDS_WIDE = re.compile(r"[\u2e80-\u9fff\uff01-\uff60\u2014\u2026]\Z|[\u3000-\u9fff\uff01-\uff60][”’]\Z")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.?!]) +|(?<=[。？！])(?=.)")


_MIN_WORDS = 14.6
"""The least width for words beside a column of names, with the frame, in ems."""


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
    sender = join_runs(exhibit.sender)
    salutation, turns = _turns_to_print(exhibit)
    names = [text_width(turn["who"], bold=True, han=is_chinese(question.language)) for turn in turns]
    values = {
        "frame": exhibit.frame,
        "context": exhibit.context,
        "label": exhibit.label,
        "language": question.text_language,
        "sender": sender,
        "initial": initial_of(sender),
        "words": frame_words(exhibit.frame, question.language),
        "salutation": salutation,
        "is_numbered": exhibit.numbered,
        "speaker": round(max(names) + 0.3, 2) if any(names) else 0,
        "turns": turns,
    }
    return LayoutElement(exhibit_element_id(question), values, partial(_indents, values))


def _indents(values: Mapping[str, Any], measures: Measures) -> dict[str, Any]:
    """Return the width of a column for the names of speakers, or 0 if it leaves too little room, and the indent of lines, in ems."""
    number = 1.2 if values["is_numbered"] else 0.0
    column = (
        round(measures.hint / measures.size * values["speaker"], 2)
        if values["frame"].said == "speakers"
        else 0.0
    )
    if measures.text < (number + column + _MIN_WORDS) * measures.size:
        column = 0.0
    hanging = 1.2 if values["frame"].said == "speakers" else 0.0
    return {"column": column, "indent": round(number + (column or hanging), 2)}


def _turns_to_print(exhibit: ExhibitView) -> tuple[str, list[dict[str, Any]]]:
    """Return the salutation of an exhibit, and its turns: what one speaker says before the other speaks.

    A turn has one paragraph, or its lines if the exhibit has numbered lines.
    """
    turns: list[dict[str, Any]] = [
        {
            "who": turn.who,
            "own": turn.own,
            "is_named": turn.is_named,
            "lines": [{"number": line.number, "text": join_runs(line.words)} for line in turn.lines],
        }
        for turn in group_into_turns(exhibit)
    ]
    if not exhibit.numbered:
        for turn in turns:
            text = _join_sentences([line["text"] for line in turn["lines"]])
            turn["lines"] = [{"number": 0, "text": text}]
    first = turns[0]["lines"][0]
    salutation, first["text"] = split_salutation(exhibit, first["text"])
    return salutation, turns


def _join_sentences(sentences: Sequence[str]) -> str:
    """Join sentences, with a space between them except after Chinese punctuation."""
    joined = ""
    for sentence in sentences:
        joined += (" " if joined and not _ENDS_WIDE.search(joined) else "") + sentence
    return joined


def make_brief_stem_element(id_: ElementId, stem: str, language: str) -> LayoutElement:
    """Return the layout element with a brief stem, whose lines break only between sentences."""
    return LayoutElement(id_, {"sentences": _BETWEEN_SENTENCES.split(stem), "language": language})
