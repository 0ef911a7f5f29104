"""A handout: the questions, then answers with reasons and advice. It may come in many versions."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Protocol

from msgspec import Struct

from quizgen.assemble import VersionBatch, parse_version_label, version_label, version_labels
from quizgen.errors import MisuseError, problem
from quizgen.marks.positions import SheetPositions, encode_positions
from quizgen.model import Question, Quiz
from quizgen.paper.design import Option, QuizPaperDesign, sheet_title
from quizgen.paper.handout.answer_key import (
    AnswerKeyRow,
    make_answer_key_elements,
    make_answer_key_row,
    print_answer_key,
)
from quizgen.paper.handout.answers import make_answer_section, make_reason_section
from quizgen.paper.handout.content import HandoutContent
from quizgen.paper.handout.questions import make_question_section
from quizgen.paper.handout.scanned import KEPT_FREE, ScanMarks
from quizgen.paper.layouts import Companion, KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.press import (
    AnswerField,
    FittedSection,
    PdfDocument,
    Progress,
    Section,
    TypesetSections,
    typeset_sections,
)
from quizgen.paper.renderer import PdfMetadata
from quizgen.text.messages import N_, NOTHING, Message, _, ngettext

MAX_VERSIONS = 10_000

TWO_PAGES = 2

SAMPLE_ORDERS, SAMPLE_DRAWS = 24, 100
"""How many versions are laid out to choose the size of type: with the same questions, or with draws of their own."""


class HandoutDesign(QuizPaperDesign, frozen=True):
    """Options of a handout."""

    versions: Annotated[
        int | None,
        Option(
            N_(
                "Print N papers with the same questions in a different order, labelled A, B, … Z, AA, …, in one PDF."
            ),
            "N",
        ),
    ] = None
    only_version: Annotated[
        str,
        Option(
            N_("Print only this version again, such as C; give the same --versions and --seed as before."),
            "LABEL",
        ),
    ] = ""
    draw: Annotated[bool, Option(N_("With --versions: different questions in each version."))] = False
    slide_numbers: Annotated[
        bool,
        Option(N_("With --versions: name the slide beside each question, as a kit does.")),
    ] = False
    marks: Annotated[
        bool,
        Option(
            N_(
                "Print circles, squares in the corners and a code, so that `quizgen mark` can read the answers from scans. It also makes the file OUT-marks.json."
            )
        ),
    ] = False


class Handout(Struct, frozen=True):
    """A printed handout.

    - ``pdf`` has the papers, ``key`` the separate answers if there are any, ``rows`` the answer key of each version.
    - ``answer_fields(i)`` returns the positions of the boxes on the paper with index ``i``.
    - ``positions`` has what a reader of scans must know, if the papers are marked for it.
    - ``count_on_one_page`` is the number of questions that fit on one page if the handout just exceeds it, or else 0.
    """

    pdf: bytes
    key: bytes | None
    rows: list[AnswerKeyRow]
    answer_fields: Callable[[int], list[AnswerField]]
    count_on_one_page: int = 0
    positions: SheetPositions | None = None


def print_handout(
    quiz: Quiz, design: QuizPaperDesign, originals: Mapping[str, Question] | None = None
) -> Handout:
    """Print one quiz. If its answers are separate, they are in full in the key.

    With ``originals``, the questions as the bank has them, the paper is marked for a reader of scans.

    The same quiz, design, fonts and version of quizgen make the same bytes. Raises QuizgenError if Pango is
    missing, a question is taller than a page, or no font has a character.
    """
    content = HandoutContent.from_quiz(quiz)
    for_scans = originals is not None
    sections = [make_question_section(content, design, for_scans=for_scans)]
    if design.answers != "none":
        sections.append(make_answer_section(content, design))
    printed = typeset_sections(
        sections,
        content.questions,
        [quiz.questions],
        design,
        tagged=True,
        kept_free=KEPT_FREE if for_scans else 0,
    )
    about = _pdf_metadata(design, quiz.language)

    is_separate = design.answers == "separate"
    papers, scan_marks = _begin_papers(printed, sections[:1] if is_separate else sections, content, originals)
    marks = scan_marks.mark_pages(quiz) if scan_marks else ()
    papers.add_paper(quiz, on_a_fresh_sheet=design.duplex, marks=marks)
    key = None
    if is_separate:
        answers = printed.begin_document(sections[1:])
        answers.add_paper(quiz)
        key = answers.finish(about)
    return Handout(
        papers.finish(about),
        key,
        [make_answer_key_row(quiz, content)],
        lambda index: papers.answer_fields(index, quiz),
        _count_fitting_one_page(printed.fitted[sections[0]], design),
        scan_marks.describe(quiz) if scan_marks else None,
    )


def _begin_papers(
    printed: TypesetSections,
    sections: Sequence[Section],
    content: HandoutContent,
    originals: Mapping[str, Question] | None,
) -> tuple[PdfDocument, ScanMarks | None]:
    """Begin a PDF of papers, with marks for a reader of scans if there are ``originals``."""
    assembler = printed.begin_pdf()
    pages = [printed.make_section_pages(section, assembler) for section in sections]
    if originals is None:
        return PdfDocument(pages, assembler), None
    in_bank = {each.id: originals.get(each.id, each) for each in content.questions}
    return PdfDocument(pages, assembler), ScanMarks(pages[0], assembler, printed.page, in_bank)


def print_versions(
    batch: VersionBatch,
    design: QuizPaperDesign,
    progress: Progress = lambda _: None,
    *,
    slide_numbers: bool = False,
    originals: Mapping[str, Question] | None = None,
) -> Handout:
    """Print every version of a quiz, one after the other. If the key is separate, it is a table with reasons below.

    The reasons have the order of the slides, unless each version draws its own questions. With ``slide_numbers``, each
    question names its slide, too. ``originals`` are as in ``print_handout``, which raises the same.
    """
    has_same_questions = batch.count == len(batch.questions)
    on_slides = {question.id: number for number, question in enumerate(batch.quiz("").questions, start=1)}
    content = HandoutContent.from_batch(batch, on_slides if slide_numbers and has_same_questions else None)
    is_separate = design.answers == "separate"
    sections = [
        make_question_section(
            content,
            design,
            more=make_answer_key_elements(content, design) if is_separate else [],
            for_scans=originals is not None,
        )
    ]
    if design.answers != "none":
        sections.append(
            make_reason_section(content, design) if is_separate else make_answer_section(content, design)
        )
    printed = typeset_sections(
        sections,
        content.questions,
        choose_sample_versions(batch),
        design,
        tagged=design.tagged,
        kept_free=0 if originals is None else KEPT_FREE,
    )
    about = _pdf_metadata(design, batch.language)

    papers, scan_marks = _begin_papers(printed, sections[:1] if is_separate else sections, content, originals)
    rows = []
    for done, label in enumerate(batch.labels, start=1):
        quiz = batch.quiz(label)
        marks = scan_marks.mark_pages(quiz) if scan_marks else ()
        papers.add_paper(quiz, on_a_fresh_sheet=design.duplex, marks=marks)
        rows.append(make_answer_key_row(quiz, content))
        progress(done)
    pdf = papers.finish(about)
    key = None
    if is_separate:
        assembler = printed.begin_pdf()
        question_ids = {question for row in rows for question in row.questions}
        in_order = batch.quiz("").questions if has_same_questions else batch.questions
        quiz = Quiz(
            tuple(question for question in in_order if question.id in question_ids),
            batch.seed,
            batch.language,
            batch.bank,
        )
        reasons = printed.make_section_pages(sections[1], assembler)
        print_answer_key(
            assembler, 0, printed.fitted[sections[0]].group.blocks, rows, content, design, reasons, quiz
        )
        key = assembler.finish([], about)
    return Handout(
        pdf,
        key,
        rows,
        lambda index: papers.answer_fields(index, batch.quiz(batch.labels[index])),
        _count_fitting_one_page(printed.fitted[sections[0]], design),
        scan_marks.describe(Quiz(tuple(batch.questions), batch.seed, batch.language, batch.bank))
        if scan_marks
        else None,
    )


def _count_fitting_one_page(questions: FittedSection, design: QuizPaperDesign) -> int:
    """Return how many questions one page holds, if they need two pages in normal type, or else 0."""
    return questions.count_on_one_page if questions.pages == TWO_PAGES and design.text_size == "normal" else 0


def choose_sample_versions(batch: VersionBatch) -> list[Sequence[Question]]:
    """Return the papers by which the type size is chosen: always the same ones, however many are printed."""
    number = SAMPLE_ORDERS if batch.count == len(batch.questions) else SAMPLE_DRAWS
    return [batch.quiz(label).questions for label in version_labels(number)]


def _pdf_metadata(design: QuizPaperDesign, language: str) -> PdfMetadata:
    return PdfMetadata(sheet_title(design, language), design.organiser, language)


class VersionedDesign(Protocol):
    """A design that can be printed in many versions."""

    @property
    def versions(self) -> int | None:
        """How many versions, or ``None`` for a single paper."""

    @property
    def only_version(self) -> str:
        """The one version to print, or "" for all."""

    @property
    def draw(self) -> bool:
        """Whether each version draws its own questions."""


def labels_to_print(design: VersionedDesign) -> tuple[str, ...]:
    """Return the labels of the versions to print, or nothing for a single paper, which has no label.

    Raises MisuseError for a number out of range or an unknown label.
    """
    versions, only = design.versions, design.only_version
    if versions is not None and not 1 <= versions <= MAX_VERSIONS:
        raise MisuseError(
            problem(
                _("{count} versions cannot be printed"),
                _("ask for 1 to {most} with --versions"),
                count=versions,
                most=f"{MAX_VERSIONS:,}",
            )
        )
    if not only:
        if design.draw and versions is None:
            raise MisuseError(problem(_("--draw is for versions"), _("say how many with --versions")))
        return version_labels(versions or 0)
    label = only.strip().upper()
    try:
        index = int(label) - 1 if label.isascii() and label.isdigit() else parse_version_label(label)
    except ValueError:
        index = -1
    max_versions = versions or MAX_VERSIONS
    if not 0 <= index < max_versions:
        last = version_label(max_versions - 1)
        raise MisuseError(
            problem(
                _("there is no version {asked!r}"), _("they are labelled A to {last}"), asked=only, last=last
            )
        )
    return (version_label(index),)


def _companion_files(design: HandoutDesign) -> tuple[Companion, ...]:
    labels = labels_to_print(design)
    positions: tuple[Companion, ...] = ("positions",) if design.marks else ()
    if design.answers != "separate":
        return positions
    return ("key", "table", *positions) if labels else ("key", *positions)


def _print_sheet(job: PrintJob, design: HandoutDesign) -> PrintedSheet:
    """Print the sheet with the questions that a print job gives it."""
    labels = labels_to_print(design)
    originals = job.candidates().bank.questions if design.marks else None
    if not labels:
        handout = print_handout(job.quiz(), design, originals)
        content = ngettext("{count} question", "{count} questions", len(handout.rows[0].questions))
        return PrintedSheet(
            handout.pdf,
            content,
            handout.key,
            note=_unread_note(handout) or _completion_note(handout),
            positions=_encode(handout.positions),
        )
    batch = job.versions(labels, draw_separately=design.draw)
    handout = print_versions(
        batch,
        design,
        lambda done: job.report(done, len(labels)),
        slide_numbers=design.slide_numbers,
        originals=originals,
    )
    versions = _(
        "{versions} of {questions}",
        versions=ngettext("{count} version", "{count} versions", len(labels)),
        questions=ngettext("{count} question", "{count} questions", batch.count),
    )
    table = _answer_key_table(handout.rows)
    return PrintedSheet(
        handout.pdf,
        versions,
        handout.key,
        table,
        serves=len(labels),
        note=_unread_note(handout) or _completion_note(handout) or _likeness_note(handout.rows),
        positions=_encode(handout.positions),
    )


def _encode(positions: SheetPositions | None) -> bytes | None:
    return encode_positions(positions) if positions else None


def _unread_note(handout: Handout) -> Message:
    """Return how many questions a reader of scans leaves out, if there are any."""
    if not handout.positions:
        return NOTHING
    ids = {id_ for row in handout.rows for id_ in row.questions}
    unread = len(ids - handout.positions.questions.keys())
    if not unread:
        return NOTHING
    return ngettext(
        "1 question is answered in writing; `quizgen mark` leaves it out.",
        "{count} questions are answered in writing; `quizgen mark` leaves them out.",
        unread,
    )


def _completion_note(handout: Handout) -> Message:
    count = handout.count_on_one_page
    return (
        _("The questions take two pages; {count} would fit on one (-n {count}).", count=count)
        if count
        else NOTHING
    )


MAX_SAME_ANSWER = 0.6
"""The share of versions that may have the same right answer in the same place, before the user is told."""


def _likeness_note(rows: Sequence[AnswerKeyRow]) -> Message:
    """Return a note if many versions have the same right answer in the same place; there is no way to arrange them better.

    Fewer versions than questions say nothing about that.
    """
    if len(rows) < max(2, len(rows[0].marks)):
        return NOTHING
    marks = [
        Counter(row.marks[place] for row in rows).most_common(1)[0] for place in range(len(rows[0].marks))
    ]
    mark, most = max(marks, key=lambda each: each[1])
    if most <= MAX_SAME_ANSWER * len(rows):
        return NOTHING
    return _(
        "On {percent} % of the papers, some question has the answer {mark} in the same place, as most of these questions have it; ask for more questions, or for other kinds.",
        percent=round(100 * most / len(rows)),
        mark=mark,
    )


def _answer_key_table(rows: list[AnswerKeyRow]) -> list[list[str]]:
    """Return the answer keys as a table: for each version, its right answers and then the ids of its questions."""
    numbers = [str(number) for number in range(1, len(rows[0].marks) + 1)]
    return [
        ["version", *numbers, *(f"question {number}" for number in numbers)],
        *([row.label, *map(_space_out_digits, row.marks), *row.questions] for row in rows),
    ]


def _space_out_digits(mark: str) -> str:
    """Write an order of steps as ``2 3 1``, which no spreadsheet takes for a number."""
    is_order = len(mark) > 1 and "".join(sorted(mark)) == "123456789"[: len(mark)]
    return " ".join(mark) if is_order else mark


LAYOUT = Layout(
    name="handout",
    help=N_("a handout, the same as `quizgen handout` makes"),
    design=HandoutDesign,
    make=_print_sheet,
    companions=_companion_files,
    kit=KitSheet(
        50,
        "per-visitor",
        "long-edge",
        _("The quiz, for every visitor to take."),
        (_("A pen for each visitor"),),
    ),
)
