"""Quizzes and a design -> handouts, ready to print: one, or many versions of one in a single PDF."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec import Struct

from quizgen import __version__
from quizgen.assemble import Batch, version_labels
from quizgen.language import message
from quizgen.model import Question, Quiz
from quizgen.paper.compose import answer_strip, question_strip
from quizgen.paper.design import PAGES, Design, Page
from quizgen.paper.fit import Part, fit
from quizgen.paper.flow import Flow
from quizgen.paper.key import Row, key_mark, key_pieces, print_key
from quizgen.paper.layout import Typesetter, qr_code
from quizgen.paper.pieces import answer_pieces, mark_of, question_pieces, running, running_pieces, title_of
from quizgen.paper.press import About, Bookmark, Press

Progress: TypeAlias = Callable[[int], None]
"""Is told now and then how many papers are printed."""


class Place(Struct, frozen=True):
    """A box or blank that a pen is meant for, in points from the top left of its page.

    ``page`` counts from the PDF's first, 0; ``question`` is an id; ``option`` is the printed index of the
    option, prompt or step that a box stands for, or -1 for a blank.
    """

    page: int
    x: float
    y: float
    width: float
    height: float
    question: str
    option: int


class Handout(Struct, frozen=True):
    """What is printed: the PDF, the key's PDF where it is apart, and each paper's key in a row.

    ``places(i)`` tells where the paper with index ``i`` is to be marked.
    """

    pdf: bytes
    key: bytes | None
    rows: list[Row]
    places: Callable[[int], list[Place]]


def print_handout(quiz: Quiz, design: Design) -> Handout:
    """Print one quiz: the same bytes for the same quiz, design, fonts and version of quizgen.

    Raises QuizgenError where Pango is missing, a question is taller than a page, or no font has a
    character.
    """
    batch = Batch(
        questions=quiz.questions,
        bank=quiz.bank,
        seed=quiz.seed,
        language=quiz.language,
        count=len(quiz.questions),
        labels=(quiz.version,),
        quiz=lambda _: quiz,
    )
    return print_batch(batch, design)


def print_batch(batch: Batch, design: Design, progress: Progress = lambda _: None) -> Handout:
    """Print every version of a quiz, one behind the other; raises as ``print_handout`` does.

    A single quiz whose answers are apart has them in full in its key; the key of a batch is a table.
    """
    page = PAGES[design.paper]
    parts = parts_of(batch, design)
    with Typesetter(batch.language, design.logo) as typesetter:
        papers = samples(batch)
        fitted = [fit(part, batch.questions, papers, design, page, typesetter) for part in parts]
        settings = [part.setting for part in fitted]
        typeset = typesetter.paint(settings)
    apart = design.answers == "separate"
    about = About(
        title_of(design, batch.language), design.organiser, batch.language, f"quizgen {__version__}"
    )

    def printed(which: Sequence[int], report: Progress) -> _Book:
        press = Press(typeset, settings, page)
        book = _Book(press, [Flow(fitted[index], index, press) for index in which], page, batch)
        book.print(report, duplex=design.duplex)
        return book

    book = printed([0] if apart else range(len(parts)), progress)
    pdf = book.finish(about)
    key = None
    if apart and is_batch(batch):
        press = Press(typeset, settings, page)
        print_key(press, 0, settings[0].blocks, book.rows, batch, page)
        key = press.finish([], about)
    elif apart:
        key = printed([1], lambda _: None).finish(about)
    return Handout(pdf, key, book.rows, book.places)


def is_batch(batch: Batch) -> bool:
    """Tell versions, which have labels, from a single quiz."""
    return batch.labels != ("",)


def samples(batch: Batch) -> list[Sequence[Question]]:
    """List papers by which to choose the size of type: the same ones, whichever and however many are printed."""
    if batch.count == len(batch.questions):
        return [batch.questions]
    return [batch.quiz(label).questions for label in version_labels(100)]


def parts_of(batch: Batch, design: Design) -> list[Part]:
    """List the parts that each paper has: questions, and answers unless they are left out or make a table."""
    parts = [_questions(batch, design)]
    if design.answers == "end" or (design.answers == "separate" and not is_batch(batch)):
        parts.append(_answers(batch, design))
    return parts


def _questions(batch: Batch, design: Design) -> Part:
    language = batch.language
    code = qr_code(design.link) if design.link else ""
    pieces = question_pieces(batch.questions, batch.count, design, language, code)
    if design.answers == "separate" and is_batch(batch):
        pieces += key_pieces(batch, design)
    return Part(
        title=message(language, "paper.questions"),
        pieces=[*pieces, *running_pieces(batch.labels, batch.seed, batch.bank, design, language)],
        head=("header",),
        last=None,
        letters=0,
        gap=1,
        strip=lambda question, blocks, wide, space: question_strip(question, language, blocks, wide, space),
    )


def _answers(batch: Batch, design: Design) -> Part:
    language = batch.language
    pieces = answer_pieces(batch.questions, batch.count, batch.bank, design, language)
    return Part(
        title=message(language, "paper.answers"),
        pieces=[*pieces, *running_pieces(batch.labels, batch.seed, batch.bank, design, language)],
        head=("answers",),
        last=("sources",),
        letters=max(len(mark_of(question)) for question in batch.questions),
        gap=0.8,
        strip=lambda question, blocks, wide, _: answer_strip(question, blocks, wide),
    )


class _Book:
    """One PDF: for each paper the pages of its parts, with a foot under each that counts them."""

    def __init__(self, press: Press, flows: Sequence[Flow], page: Page, batch: Batch) -> None:
        self._press = press
        self._flows = flows
        self._page = page
        self._batch = batch
        self._starts: list[int] = []
        self._bookmarks: list[Bookmark] = []
        self._marks: dict[int, tuple[Question, str]] = {}
        self.rows: list[Row] = []

    def print(self, progress: Progress, *, duplex: bool) -> None:
        """Print every paper of the batch."""
        for done, label in enumerate(self._batch.labels, start=1):
            if duplex and self._press.count % 2:
                self._press.page([])
            quiz = self._batch.quiz(label)
            self._starts.append(self._press.count)
            self._paper(quiz)
            self.rows.append(self._row(quiz))
            progress(done)

    def _row(self, quiz: Quiz) -> Row:
        return Row(
            quiz.version,
            tuple(question.id for question in quiz.questions),
            tuple(map(self._mark, quiz.questions)),
        )

    def _mark(self, question: Question) -> str:
        """Mark a question, once where versions share it; it is kept, so that no other gets its id."""
        if id(question) not in self._marks:
            self._marks[id(question)] = question, key_mark(question, self._batch.language)
        return self._marks[id(question)][1]

    def finish(self, about: About) -> bytes:
        """Return the PDF."""
        return self._press.finish(self._bookmarks, about)

    def places(self, index: int) -> list[Place]:
        """Find where one paper is to be marked: the boxes and blanks of its questions."""
        quiz = self._batch.quiz(self._batch.labels[index])
        flow = self._flows[0]
        return [
            Place(
                self._starts[index] + number, x + box.x, y + box.y, box.width, box.height, owner, item.option
            )
            for number, owner, item, x, y in flow.placed(quiz, self._page.margin)
            if (box := flow.blocks[item.key].box)
        ]

    def _paper(self, quiz: Quiz) -> None:
        language, label, page = self._batch.language, quiz.version, self._page
        runs = [flow.pages(quiz, page.margin) for flow in self._flows]
        total = sum(map(len, runs))
        if label:
            self._bookmarks.append(
                Bookmark(message(language, "paper.version", label=label), self._press.count)
            )
        number = 0
        for flow, pages in zip(self._flows, runs, strict=True):
            if not label and len(runs) > 1:
                self._bookmarks.append(Bookmark(flow.title, self._press.count))
            for impressions in pages:
                number += 1
                texts = running(language, label=label, seed=quiz.seed, page=number, pages=total)
                self._press.page(impressions + flow.foot(page, *texts))
