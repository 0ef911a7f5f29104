"""Read the sheets in a picture: which paper each is, what was answered, and what a person has to look at."""

import cv2
import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from quizgen.analysis.sitting import Time
from quizgen.marks.decide import UNSURE, decide
from quizgen.marks.ink import find_drift, find_limits, measure_boxes, measure_ink
from quizgen.marks.positions import PrintedQuestion, SheetCode, SheetPositions, find_paper
from quizgen.marks.sheet import DOTS, FoundSheet, Gray, find_sheets, straighten

_CLIP_MARGIN = 3.5
"""What a clipping shows around the boxes of a question, in millimetres. Names are further away."""

_EMPTY = 12
"""The greatest range of greys on a page that is empty."""


_BLACK, _WHITE, _FEW_GREYS = 12, 243, 0.003
"""Between the first and the second is grey. A picture in black and white has less than the third as a share of its pixels."""


class ReadAnswer(Struct, frozen=True):
    """The answer to a question, as in ``Decision``. ``clipping`` is a picture (JPEG) of what a person has to look at."""

    question: str
    answer: str
    reason: str = ""
    clipping: bytes = b""


class ReadSheet(Struct, frozen=True):
    """A page of an answer sheet as it was read.

    ``fills`` is the ink in each box, by which a second scan is recognised. ``person`` is the code that both sheets of a person
    have, and ``time`` says which of them this is; both are "" on other sheets.
    """

    digest: str
    version: str
    page: int
    answers: tuple[ReadAnswer, ...] = ()
    fills: tuple[float, ...] = ()
    person: str = ""
    time: Time = ""


class ReadPicture(Struct, frozen=True):
    """The sheets in a picture, or why there are none: it is empty, nothing was found, no code was read, or it is foreign."""

    sheets: tuple[ReadSheet, ...] = ()
    trouble: str = ""


def read_picture(picture: Gray, all_positions: list[SheetPositions]) -> ReadPicture:
    """Read the sheets in a picture."""
    sheets: list[ReadSheet] = []
    trouble = ""
    only_black = float(np.mean((picture > _BLACK) & (picture < _WHITE))) < _FEW_GREYS
    for found in find_sheets(picture, all_positions):
        if not found.code:
            trouble = "foreign" if found.text else "code"
            continue
        paper = find_paper(all_positions, found.code)
        if not paper or found.code.page > paper.pages:
            trouble = "foreign"
            continue
        positions = next(each for each in all_positions if paper in each.papers)
        questions = [question for question in paper.questions if question.page == found.code.page]
        straight = _straighten_exactly(picture, found, positions, questions)
        read = _read_sheet(straight, positions, questions, found.code, only_black=only_black)
        sheets.append(replace(read, time=paper.time))
    if not sheets and not trouble:
        trouble = "empty" if float(picture.std()) < _EMPTY else "nothing"
    return ReadPicture(tuple(sheets), trouble)


def _straighten_exactly(
    picture: Gray, found: FoundSheet, positions: SheetPositions, questions: list[PrintedQuestion]
) -> Gray:
    """Return a sheet as it was printed. If a corner is missing, the boxes say where the sheet is."""
    straight = straighten(picture, found, positions)
    if found.complete:
        return straight
    boxes = [box for question in questions for box in question.boxes]
    drift = find_drift(measure_ink(straight, positions), boxes, positions.letter)
    return straighten(picture, found, positions, drift)


def _read_sheet(
    straight: Gray,
    positions: SheetPositions,
    questions: list[PrintedQuestion],
    code: SheetCode,
    *,
    only_black: bool,
) -> ReadSheet:
    boxes = [box for question in questions for box in question.boxes]
    inks = measure_boxes(measure_ink(straight, positions), boxes, positions.letter)
    limits = find_limits(boxes, inks, only_black=only_black)
    answers, done = [], 0
    for question in questions:
        own = inks[done : done + len(question.boxes)]
        done += len(question.boxes)
        decision = decide(positions.questions[question.id].asks, question.boxes, own, limits)
        clipping = _clip(straight, question) if decision.answer == UNSURE else b""
        answers.append(ReadAnswer(question.id, decision.answer, decision.reason, clipping))
    fills = tuple(ink.fill for ink in inks)
    return ReadSheet(code.digest, code.version, code.page, tuple(answers), fills, code.person)


def _clip(straight: Gray, question: PrintedQuestion) -> bytes:
    """Return a picture of the boxes of a question."""
    left = min(box.x for box in question.boxes) - 4 * _CLIP_MARGIN
    right = max(box.x + box.width for box in question.boxes) + 5 * _CLIP_MARGIN
    top = min(box.y for box in question.boxes) - _CLIP_MARGIN
    low = max(box.y + box.height for box in question.boxes) + _CLIP_MARGIN
    clip = straight[
        max(0, round(top * DOTS)) : round(low * DOTS), max(0, round(left * DOTS)) : round(right * DOTS)
    ]
    return bytes(cv2.imencode(".jpg", clip, [cv2.IMWRITE_JPEG_QUALITY, 60])[1])
