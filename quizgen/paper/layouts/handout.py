"""A handout: questions in front, answers with reasons and advice behind; by itself, or in many versions."""

from collections.abc import Callable, Sequence
from typing import Annotated, Protocol

from msgspec import Struct

from quizgen.assemble import Batch, version_index, version_label, version_labels
from quizgen.errors import MisuseError, problem
from quizgen.model import Question, Quiz
from quizgen.paper.design import Design, Option, title_of
from quizgen.paper.handout.answers import answer_section, reason_section
from quizgen.paper.handout.content import Content
from quizgen.paper.handout.key import KeyRow, key_pieces, key_row, print_key
from quizgen.paper.handout.questions import question_section
from quizgen.paper.layouts import Companion, KitSheet, Layout, Printed, PrintJob
from quizgen.paper.press import AnswerField, FittedSection, Progress, typeset_sections
from quizgen.paper.renderer import About
from quizgen.text.messages import N_, NOTHING, Message, _, ngettext

MOST_VERSIONS = 10_000

TWO_PAGES = 2

SAMPLE_ORDERS, SAMPLE_DRAWS = 24, 100
"""How many versions the size of type is chosen by: of those that ask the same questions, in other orders, and of other questions."""


class HandoutDesign(Design, frozen=True):
    """What may be asked of a handout."""

    versions: Annotated[
        int | None, Option(N_("Print N different papers, A, B, … Z, AA and on, in one PDF."), "N")
    ] = None
    only_version: Annotated[str, Option(N_("Print one of the versions again, such as C."), "LABEL")] = ""
    draw: Annotated[bool, Option(N_("Each version draws questions of its own."))] = False


class Handout(Struct, frozen=True):
    """What is printed: the PDF, the key's PDF where it is apart, and each paper's key in a row.

    ``answer_fields(i)`` tells where the paper with index ``i`` is to be marked. ``on_a_page`` is how many questions would
    have fitted on one page, where they are a few too many for that, and else 0.
    """

    pdf: bytes
    key: bytes | None
    rows: list[KeyRow]
    answer_fields: Callable[[int], list[AnswerField]]
    on_a_page: int = 0


def print_handout(quiz: Quiz, design: Design) -> Handout:
    """Print one quiz, whose answers, where they are apart, are in full in its key.

    The same bytes for the same quiz, design, fonts and version of quizgen. Raises QuizgenError where Pango is
    missing, a question is taller than a page, or no font has a character.
    """
    content = Content.of_quiz(quiz)
    sections = [question_section(content, design)]
    if design.answers != "none":
        sections.append(answer_section(content, design))
    printed = typeset_sections(sections, content.questions, [quiz.questions], design, tagged=True)
    about = _about(design, quiz.language)

    apart = design.answers == "separate"
    papers = printed.document(sections[:1] if apart else sections)
    papers.add(quiz, on_a_fresh_sheet=design.duplex)
    key = None
    if apart:
        answers = printed.document(sections[1:])
        answers.add(quiz)
        key = answers.finish(about)
    return Handout(
        papers.finish(about),
        key,
        [key_row(quiz, content)],
        lambda index: papers.answer_fields(index, quiz),
        _hoped_for(printed.fitted[sections[0]], design),
    )


def print_versions(batch: Batch, design: Design, progress: Progress = lambda _: None) -> Handout:
    """Print every version of a quiz, one behind the other; the key, where it is apart, is a table.

    Raises as ``print_handout`` does.
    """
    content = Content.of_batch(batch)
    apart = design.answers == "separate"
    sections = [question_section(content, design, more=key_pieces(content, design) if apart else [])]
    if design.answers != "none":
        sections.append(reason_section(content, design) if apart else answer_section(content, design))
    printed = typeset_sections(sections, content.questions, samples(batch), design, tagged=design.tagged)
    about = _about(design, batch.language)

    papers = printed.document(sections[:1] if apart else sections)
    rows = []
    for done, label in enumerate(batch.labels, start=1):
        quiz = batch.quiz(label)
        papers.add(quiz, on_a_fresh_sheet=design.duplex)
        rows.append(key_row(quiz, content))
        progress(done)
    pdf = papers.finish(about)
    key = None
    if apart:
        assembler = printed.assembler()
        asked = {question for row in rows for question in row.questions}
        quiz = Quiz(
            tuple(question for question in batch.questions if question.id in asked),
            batch.seed,
            batch.language,
            batch.bank,
        )
        reasons = printed.section_pages(sections[1], assembler).pages(quiz)
        print_key(assembler, 0, printed.fitted[sections[0]].setting.blocks, rows, content, design, reasons)
        key = assembler.finish([], about)
    return Handout(
        pdf,
        key,
        rows,
        lambda index: papers.answer_fields(index, batch.quiz(batch.labels[index])),
        _hoped_for(printed.fitted[sections[0]], design),
    )


def _hoped_for(questions: FittedSection, design: Design) -> int:
    """Tell how many questions one page would have held, where somebody may have hoped for one page and got two."""
    return questions.on_a_page if questions.pages == TWO_PAGES and design.text_size == "normal" else 0


def samples(batch: Batch) -> list[Sequence[Question]]:
    """List the papers that the size of type is chosen by: the same ones, whichever and however many are printed."""
    number = SAMPLE_ORDERS if batch.count == len(batch.questions) else SAMPLE_DRAWS
    return [batch.quiz(label).questions for label in version_labels(number)]


def _about(design: Design, language: str) -> About:
    return About(title_of(design, language), design.organiser, language)


class InVersions(Protocol):
    """A design that may be printed in many versions."""

    @property
    def versions(self) -> int | None:
        """How many, or ``None`` for a paper by itself."""

    @property
    def only_version(self) -> str:
        """Which of them is asked for, or "" for all."""

    @property
    def draw(self) -> bool:
        """Whether each draws questions of its own."""


def labels_of(design: InVersions) -> tuple[str, ...]:
    """Return the labels of the versions asked for; none where there is but one paper, without a label.

    Raises MisuseError for a number out of bounds or a label that is none.
    """
    versions, only = design.versions, design.only_version
    if versions is not None and not 1 <= versions <= MOST_VERSIONS:
        raise MisuseError(
            problem(
                _("{count} versions cannot be printed"),
                _("ask for 1 to {most} with --versions"),
                count=versions,
                most=f"{MOST_VERSIONS:,}",
            )
        )
    if not only:
        if design.draw and versions is None:
            raise MisuseError(problem(_("--draw is for versions"), _("say how many with --versions")))
        return version_labels(versions or 0)
    label = only.strip().upper()
    try:
        index = int(label) - 1 if label.isascii() and label.isdigit() else version_index(label)
    except ValueError:
        index = -1
    most = versions or MOST_VERSIONS
    if not 0 <= index < most:
        last = version_label(most - 1)
        raise MisuseError(
            problem(
                _("there is no version {asked!r}"), _("they are labelled A to {last}"), asked=only, last=last
            )
        )
    return (version_label(index),)


def _companions(design: HandoutDesign) -> tuple[Companion, ...]:
    labels = labels_of(design)
    if design.answers != "separate":
        return ()
    return ("key", "table") if labels else ("key",)


def _make(job: PrintJob, design: HandoutDesign) -> Printed:
    labels = labels_of(design)
    if not labels:
        handout = print_handout(job.quiz(), design)
        content = ngettext("{count} question", "{count} questions", len(handout.rows[0].questions))
        return Printed(handout.pdf, content, handout.key, note=_note(handout))
    batch = job.versions(labels, own_draw=design.draw)
    handout = print_versions(batch, design, lambda done: job.report(done, len(labels)))
    versions = _(
        "{versions} of {questions}",
        versions=ngettext("{count} version", "{count} versions", len(labels)),
        questions=ngettext("{count} question", "{count} questions", batch.count),
    )
    table = _table(handout.rows)
    return Printed(
        handout.pdf,
        versions,
        handout.key,
        table,
        serves=len(labels),
        note=_note(handout),
    )


def _note(handout: Handout) -> Message:
    count = handout.on_a_page
    return (
        _("The questions take two pages; {count} would fit on one (-n {count}).", count=count)
        if count
        else NOTHING
    )


def _table(rows: list[KeyRow]) -> list[list[str]]:
    """Write the keys, a row a version: the marks, then the ids of the questions that they belong to."""
    numbers = [str(number) for number in range(1, len(rows[0].marks) + 1)]
    return [
        ["version", *numbers, *(f"question {number}" for number in numbers)],
        *([row.label, *map(_spaced, row.marks), *row.questions] for row in rows),
    ]


def _spaced(mark: str) -> str:
    """Write an order, ``2 3 1``, as no spreadsheet takes it for a number."""
    is_order = len(mark) > 1 and "".join(sorted(mark)) == "123456789"[: len(mark)]
    return " ".join(mark) if is_order else mark


LAYOUT = Layout(
    name="handout",
    help=N_("the questions"),
    design=HandoutDesign,
    make=_make,
    companions=_companions,
    kit=KitSheet(
        50,
        "per-visitor",
        "long-edge",
        _("The quiz, for every visitor to take."),
        (_("A pen for each visitor"),),
    ),
)
