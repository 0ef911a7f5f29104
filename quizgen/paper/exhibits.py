"""Exhibits on paper, a piece for each, made from the same view as on screen, with brief stems."""

import re
from collections.abc import Sequence

from quizgen.paper.press import Piece, PieceId
from quizgen.view.exhibit import join_runs
from quizgen.view.question import QuestionView

_ENDS_WIDE = re.compile(r"[\u2e80-\u9fff\uff01-\uff60\u2014\u2026]\Z|[\u3000-\u9fff\uff01-\uff60][”’]\Z")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.?!]) +|(?<=[。？！])(?=.)")


def exhibit_id(question: QuestionView) -> PieceId:
    """Return the id of the piece with a question's exhibit. Its lines have numbers if one of them is the answer."""
    return ("exhibit", question.question.exhibit, *(["numbered"] if question.answer_form == "lines" else []))


def exhibit_piece(question: QuestionView) -> Piece | None:
    """Make the piece with a question's exhibit, which similar questions share; ``None`` if there is none."""
    exhibit = question.exhibit
    if exhibit is None:
        return None
    values = {
        "form": exhibit.form,
        "context": exhibit.context,
        "label": exhibit.label,
        "language": question.text_language,
        "sender": join_runs(exhibit.sender),
        "is_numbered": exhibit.numbered,
        "is_spoken": any(line.who for line in exhibit.lines),
        # Written text is one paragraph, as on a phone and on a letter.
        "text": _joined([join_runs(line.words) for line in exhibit.lines]),
        "lines": [
            {"number": line.number, "who": line.who, "text": join_runs(line.words)} for line in exhibit.lines
        ],
    }
    return Piece(exhibit_id(question), values)


def _joined(sentences: Sequence[str]) -> str:
    """Join sentences, with a space between them except after Chinese punctuation."""
    joined = ""
    for sentence in sentences:
        joined += (" " if joined and not _ENDS_WIDE.search(joined) else "") + sentence
    return joined


def asked_piece(id_: PieceId, stem: str, language: str) -> Piece:
    """Make the piece with a brief stem, which may be broken only between sentences."""
    return Piece(id_, {"sentences": _BETWEEN_SENTENCES.split(stem), "language": language})
