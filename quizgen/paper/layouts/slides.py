"""Slides for a talk, 16:9: each question, then the same slide with the key, the reasons and the advice.

The last row of a room must be able to read a question: the stem has 36 points and the options 30, on a slide 338.7 mm
wide. Question slides never have smaller type. Answer slides, which say more, may have. A call or message that is too long for a
slide has two, and the slide with its answer shows only the lines that give it away.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from quizgen.assemble import question_category
from quizgen.errors import QuizgenError, problem
from quizgen.model import Quiz
from quizgen.paper.choosing import choose_fitting_questions
from quizgen.paper.design import Option, PageDesign, sheet_title, sheet_title_language
from quizgen.paper.images import qr_code_svg
from quizgen.paper.layouts import KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.lines import break_link, estimate_width, is_chinese, line_count
from quizgen.paper.no_break import keep_last_words_together
from quizgen.paper.renderer import POINTS_A_PIXEL, PdfMetadata, Renderer
from quizgen.paper.sheets import source_credit
from quizgen.paper.take_home import verb_heads
from quizgen.text.languages import locale, localize_with_language
from quizgen.text.messages import N_, _, ngettext
from quizgen.text.unbroken import start_of_last_words
from quizgen.view.exhibit import ExhibitLine, ExhibitView, group_into_turns, join_runs
from quizgen.view.question import QuestionView, build_question_views

WIDTH, HEIGHT = 960.0, 540.0
"""Width and height of a slide in points: 338.7 by 190.5 mm, which presentation programs call 16:9."""

SIDE, TOP, FLOOR = 44.0, 72.0, 518.0
"""Margin at the left and right, and top and bottom of the area below the head, in points."""

TITLE_WIDTH, CODE = 640.0, 200.0
"""Widths of the first slide's title, and of a link and its code beside it, in points."""

LINK_SIZES = (18, 17, 16)


class SlidesDesign(PageDesign, frozen=True):
    """Options of slides."""

    link: Annotated[
        str, Option(N_("A web address to print as a QR code, such as https://example.org."), "URL")
    ] = ""


class SlideSizes(Struct, frozen=True):
    """Sizes on one slide, in points.

    ``stem``, ``option``, ``reason`` and ``exhibit`` are sizes of type. ``letter`` is the width of the disc around a letter
    (20 mm), ``gap`` the white space between rows, and ``phone`` the width of an exhibit.
    """

    stem: float = 36
    option: float = 30
    letter: float = 56.7
    gap: float = 20
    reason: float = 24
    exhibit: float = 30
    phone: float = 548

    def height_estimate(self, box_name: str) -> float:
        """Return a number that grows with the height of a box: ``exhibit``, ``why`` (the reasons), or any other.

        It has no unit. Compare it only with that of the same box in other sizes.
        """
        if box_name == "exhibit":
            return self.exhibit**2 / self.phone
        if box_name == "why":
            return self.reason**2 / (WIDTH - 2 * SIDE - self.phone)
        return self.letter + self.gap + (self.stem + self.reason) / 2


_MIN_SIZE = 18
"""The smallest type, in points, except the line with the sources, which has 16 points."""

_QUESTION_SIZES = tuple(SlideSizes(gap=gap) for gap in (22, 16, 10, 5))
_SHORT_QUESTION_SIZES = (SlideSizes(stem=44, option=36, reason=28), *_QUESTION_SIZES)
_ANSWER_SIZES = tuple(
    SlideSizes(stem, option, letter, gap, reason)
    for stem, option, letter, gap, reason in (
        (36, 30, 56.7, 5, 24),
        (32.4, 27, 51, 8, 24),
        (30, 26, 42, 5, 24),
        (27, 24, 35, 4, 24),
        (25, 22, 33, 3, 22),
        (24, 20, 32, 3, 20),
        (23, 19, 30, 3, 18),
    )
)
_JUDGED_SIZES = tuple(
    SlideSizes(exhibit=exhibit, phone=phone)
    for exhibit, phone in (
        (30, 548),
        (28, 548),
        (26, 548),
        (24, 548),
        (24, 590),
        (24, 640),
        (22, 590),
        (22, 640),
        (20, 640),
        (_MIN_SIZE, 640),
    )
)
_EXHIBIT_SIZES = tuple(
    SlideSizes(exhibit=size, phone=WIDTH - 2 * SIDE) for size in (30, 28, 26, 24, 22, 20, _MIN_SIZE)
)
_JUDGED_ANSWER_SIZES = tuple(
    SlideSizes(stem=30, reason=reason, exhibit=exhibit, phone=520 if exhibit == _MIN_SIZE else 470)
    for exhibit, reason in sorted(
        product((28, 26, 24, 22, 20, _MIN_SIZE), repeat=2), key=lambda pair: (-min(pair), -sum(pair), pair)
    )
)
_WHOLE_EXHIBIT_ANSWER_SIZES = tuple(
    sizes for sizes in _JUDGED_ANSWER_SIZES if min(sizes.exhibit, sizes.reason) > _MIN_SIZE
)
"""Sizes for an answer with the whole exhibit, if it may show only the lines with telltale words, in larger type."""

_SURE_LIMITS = {"stem": 75.0, "exhibit": 120.0, "option": 24.0, "options": 4, "why": 130.0}
"""Limits below which a question surely fits: widths of texts in ems, and the number of options."""

_ESTIMATE_FACTOR = 0.88
"""Factor for estimated heights. It is below 1, so that all sizes that may fit are tried."""

_TITLE_SIZES = tuple(SlideSizes(stem=size) for size in (64, 56, 50, 44, 38, 32, 26))
_ENDING_SIZES = tuple(SlideSizes(option=size) for size in (28, 26, 24, 22, 20, 18))


_SlideKind: TypeAlias = Literal["title", "exhibit", "question", "judged", "ending"]


class Slide(Struct, frozen=True):
    """A slide to set: ``kind`` is its macro in ``slides.html``, and ``values`` are what this draws.

    Of ``sizes``, the first that fits is used. ``place`` is the number of the question, and the place among its slides: 0 and 1 for
    the parts of an exhibit, 2 for the question, 3 for the answer. ``owner`` names the slide in errors.
    """

    kind: _SlideKind
    place: tuple[int, int]
    sizes: tuple[SlideSizes, ...]
    values: dict[str, Any]
    owner: str = ""


class TypesetSlide(Struct, frozen=True):
    """A slide that has been laid out, with its sizes and its WeasyPrint page."""

    slide: Slide
    sizes: SlideSizes
    page: Any


def print_slides(quiz: Quiz, design: SlidesDesign) -> bytes:
    """Print slides of a quiz, as a PDF: a title, each question and its answer, and help numbers.

    An exhibit has a slide by itself, unless the question asks for a verdict on it or one of its lines. The same quiz,
    design, fonts and version of quizgen make the same bytes. Raises QuizgenError if a question or a title does not fit on a
    slide, Pango is missing or no font has a character, and MisuseError if a logo cannot be drawn or a link is too long.
    """
    title = sheet_title(design, quiz.language)
    questions = build_question_views(quiz)
    with Renderer(quiz.language, design.logo, design.colour) as renderer:
        setter = _SlideTypesetter(renderer, design, len(questions))
        other_slides = [
            Slide(
                "title",
                (0, 0),
                _title_sizes(title, quiz.language, has_link=bool(design.link)),
                {
                    "title": title,
                    "title_language": sheet_title_language(design, quiz.language),
                    "link": break_link(design.link, LINK_SIZES, CODE, quiz.language),
                },
            ),
            Slide("ending", (len(questions) + 1, 0), _ENDING_SIZES, _ending_values(quiz)),
        ]
        set_slides = _typeset_question_slides(setter, questions, other_slides)
        if setter.misfits:
            raise QuizgenError(
                problem(
                    _("{slide} has no room on a slide in type that a room can read"),
                    _("shorten it, or leave it out; {limits}", limits=_LIMITS),
                    slide=slide,
                )
                for slide in setter.misfits
            )
        pages = [each.page for each in sorted(set_slides, key=lambda each: each.slide.place)]
        return renderer.write_pdf(
            setter.document.copy(pages), PdfMetadata(title, design.organiser, quiz.language)
        )


def _title_sizes(title: str, language: str, *, has_link: bool) -> tuple[SlideSizes, ...]:
    """Return the sizes in which a title takes at most two lines, or all sizes if there are none."""
    width = TITLE_WIDTH if has_link else WIDTH - 2 * SIDE
    fitting = tuple(
        sizes
        for sizes in _TITLE_SIZES
        if line_count(title, sizes.stem, width, bold=True, han=is_chinese(language)) <= 2  # noqa: PLR2004
    )
    return fitting or _TITLE_SIZES


_LIMITS = _(
    "a call or message has room for {lines} lines of {characters} characters, or {long_lines} of {many_characters}",
    lines=8,
    characters=100,
    long_lines=4,
    many_characters=200,
)
"""What fits on slides. A call with a speaker above each line has room for so much; a message has more."""


def choose_slides_quiz(job: PrintJob) -> Quiz:
    """Return the drawn quiz, in which other questions replace those that do not fit on a slide.

    Raises QuizgenError if a question that the user asked for does not fit, and MisuseError as ``assemble`` does.
    """
    quiz = job.quiz()
    measured: dict[str, bool] = {}  # whether a question fits, by id

    def fitting_ids(asked: Quiz) -> set[str]:
        """Return the ids of the questions that fit. Measure those that do not surely fit, each once."""
        questions = build_question_views(asked)
        new = [each for each in questions if each.id not in measured and not _surely_fits(each)]
        misfits = _find_misfits(asked, new) if new else ()
        measured.update((each.id, each.id not in misfits) for each in new)
        return {each.id for each in questions if measured.get(each.id, True)}

    if len(fitting_ids(quiz)) == len(quiz.questions):
        return quiz
    candidates = job.candidates()
    parts = [question_category(question, quiz.bank.exhibits) for question in quiz.questions]
    return candidates.make_quiz(
        choose_fitting_questions(
            candidates,
            len(parts),
            lambda questions: fitting_ids(candidates.make_quiz(questions)),
            layout="slides",
            category_mix=parts,
            limits=_LIMITS,
        )
    )


def _find_misfits(quiz: Quiz, questions: Sequence[QuestionView]) -> Sequence[str]:
    """Lay out slides of these questions, and return the ids of those that do not fit."""
    with Renderer(quiz.language, None) as renderer:
        setter = _SlideTypesetter(renderer, SlidesDesign(), len(questions))
        _typeset_question_slides(setter, questions)
    return setter.misfits


def _surely_fits(question: QuestionView) -> bool:
    """Return whether a question surely fits on slides, by an estimate. Otherwise it must be measured."""
    if question.explained_exhibit and question.answer.is_about_exhibit:
        shown = " ".join(join_runs(line.words) for line in question.explained_exhibit.lines)
        why = " ".join(f"{sign.words} {sign.reason}" for sign in question.explained_exhibit.signs)
    else:
        shown, why = " ".join(question.stem_parts), question.why
    beside = question.exhibit if question.exhibit and not question.answer.is_about_exhibit else None
    exhibit = " ".join(join_runs(line.words) for line in beside.lines) if beside else ""
    has_few_options = len(question.options) <= _SURE_LIMITS["options"]
    texts = [*(option.text for option in question.options), *(prompt.text for prompt in question.prompts)]
    are_short = all(estimate_width(text) <= _SURE_LIMITS["option"] for text in texts)
    return (
        has_few_options
        and are_short
        and estimate_width(shown) <= _SURE_LIMITS["exhibit" if question.answer.is_about_exhibit else "stem"]
        and estimate_width(exhibit) <= _SURE_LIMITS["exhibit"]
        and estimate_width(why + question.advice) <= _SURE_LIMITS["why"]
    )


def _typeset_question_slides(
    setter: "_SlideTypesetter", questions: Sequence[QuestionView], others: Sequence[Slide] = ()
) -> list[TypesetSlide]:
    """Typeset the slides of questions, then their answers, whose sizes depend on those of the questions, and other slides."""
    question_slides = setter.typeset(_question_slide(question) for question in questions)
    sizes = {shown.slide.place[0]: shown.sizes for shown in question_slides}
    rest = [
        Slide(
            "exhibit",
            (question.number, 0),
            _EXHIBIT_SIZES,
            _slide_values(question, is_answer=False),
            question.id,
        )
        for question in questions
        if question.exhibit and not question.answer.is_about_exhibit
    ]
    rest += [
        _answer_slide(question, sizes[question.number]) for question in questions if question.number in sizes
    ]
    return [*question_slides, *setter.typeset([*rest, *others])]


class _SlideTypesetter:
    """Lays out slides, each in the first of its sizes that fits.

    ``misfits`` names the slides that fit in no size; a question is named by its id.
    """

    def __init__(self, renderer: Renderer, design: SlidesDesign, total: int) -> None:
        self.document: Any = None
        self.misfits: list[str] = []
        self._renderer = renderer
        self._common = {
            "design": design,
            "total": total,
            "qr": qr_code_svg(design.link) if design.link else "",
            "keep_end": keep_last_words_together,
            "last_words": start_of_last_words,
            "width": WIDTH,
            "height": HEIGHT,
            "side": SIDE,
            "top": TOP,
            "floor": FLOOR,
            "title_width": TITLE_WIDTH,
            "code": CODE,
        }

    def typeset(self, slides: Iterable[Slide]) -> list[TypesetSlide]:
        """Typeset slides, and return those that fit."""
        waiting = [(slide, self._first_size(slide)) for slide in slides]
        done: list[TypesetSlide] = []
        while waiting:
            slide_values = [
                {**slide.values, "kind": slide.kind, "sizes": to_builtins(slide.sizes[turn])}
                for slide, turn in waiting
            ]
            self.document = self._renderer.lay_out("slides.html", {**self._common, "slides": slide_values})
            too_tall = []
            for (slide, turn), page in zip(waiting, self.document.pages, strict=True):
                ends = {box: bottom * POINTS_A_PIXEL for box, (_, _, _, bottom) in page.anchors.items()}
                if max(ends.values()) <= FLOOR:
                    done.append(TypesetSlide(slide, slide.sizes[turn], page))
                elif turn + 1 < len(slide.sizes):
                    too_tall.append((slide, _next_size_index(slide, turn, ends)))
                elif parts := _divide_exhibit(slide) if ends.get("exhibit", 0) > FLOOR else ():
                    too_tall += [(part, self._first_size(part)) for part in parts]
                elif (name := slide.owner or slide.kind) not in self.misfits:
                    self.misfits.append(name)
            waiting = too_tall
        return done

    def _first_size(self, slide: Slide) -> int:
        """Return the index of the sizes to try first: the largest in which the slide fits by an estimate."""
        question = slide.values.get("question")
        if question is None:
            return 0
        is_answer = slide.values["is_answer"]
        return next(
            (
                index
                for index, sizes in enumerate(slide.sizes)
                if _estimate_height(slide, question, sizes, is_answer=is_answer) <= FLOOR - TOP
            ),
            len(slide.sizes) - 1,
        )


def _estimate_height(slide: Slide, question: QuestionView, sizes: SlideSizes, *, is_answer: bool) -> float:
    """Estimate the height of a slide's content, in points: that of the taller column."""
    width = WIDTH - 2 * SIDE
    is_judged = slide.kind != "question"
    han = is_chinese(question.language)
    leading = 1.36 if han else 1.24

    def height(text: str, size: float, line_width: float, *, bold: bool = False) -> float:
        return line_count(text, size, line_width, bold=bold, han=han) * leading * size

    signs = question.explained_exhibit.signs if is_judged and question.explained_exhibit else ()
    if is_judged:
        text_height = 1.6 * sizes.stem if is_answer else 0
    elif question.answer_form == "sides":
        text_height = 1.6 * sizes.letter + sizes.gap
    else:
        row = sizes.letter if question.answer_form != "pairs" else 0.9 * sizes.letter
        text_height = max(len(question.options), len(question.prompts)) * (row + sizes.gap)
    if not is_judged:
        text_height += 0.93 * height("".join(question.stem_parts), sizes.stem, width, bold=True) + 6
    if is_answer:
        column = width - sizes.phone - 30 if is_judged else width
        text_height += (
            height(
                _("What you can do:").translated(question.language) + question.advice,
                sizes.reason,
                column - 20,
            )
            + 0.6 * leading * sizes.reason
        )
        whys = [f"{sign.words} {sign.reason}" for sign in signs] or [question.why]
        text_height += sum(height(why, sizes.reason, column) for why in whys)
    exhibit_height = 2 * leading * sizes.exhibit + 30 if is_judged else 0
    for turn in slide.values["turns"] if is_judged else ():
        exhibit_height += 24 + (22.5 if turn.is_named else 0)
        exhibit_height += sum(
            height(join_runs(line.words), sizes.exhibit, 0.94 * (sizes.phone - 42) - 28)
            for line in turn.lines
        )
    return max(text_height, exhibit_height)


def _next_size_index(slide: Slide, turn: int, ends: Mapping[str, float]) -> int:
    """Return the index of the sizes to try after some that were too large, skipping those that surely are too.

    ``ends`` has the bottom of each box in the sizes that were tried.
    """
    tried = slide.sizes[turn]
    for other in range(turn + 1, len(slide.sizes) - 1):
        sizes = slide.sizes[other]
        if all(
            _ESTIMATE_FACTOR * (end - TOP) * sizes.height_estimate(box) / tried.height_estimate(box)
            <= FLOOR - TOP
            for box, end in ends.items()
        ):
            return other
    return len(slide.sizes) - 1


def _divide_exhibit(slide: Slide) -> tuple[Slide, ...]:
    """Return two slides in the place of one whose exhibit has no room. The second has the question, if the one has it.

    In the place of an answer, return the slide with only the lines that have telltale words. Return nothing if the exhibit is divided
    already, or if it has one line.
    """
    exhibit = slide.values["exhibit"]
    lines = exhibit.lines
    if slide.values["part"] or len(lines) == 1:
        return ()

    def with_lines(shown: Sequence[ExhibitLine], part: str) -> dict[str, Any]:
        return {**slide.values, "part": part, "turns": group_into_turns(replace(exhibit, lines=tuple(shown)))}

    if slide.values["is_answer"]:
        if not _has_other_lines(exhibit):
            return ()
        values = with_lines(exhibit.telltale_lines, "…")
        return (replace(slide, sizes=_JUDGED_ANSWER_SIZES, values=values),)
    widths = [estimate_width(join_runs(line.words)) for line in lines]
    middle = min(range(1, len(lines)), key=lambda at: abs(sum(widths[:at]) - sum(widths[at:])))
    number = slide.place[0]
    first = replace(
        slide,
        kind="exhibit",
        place=(number, 0),
        sizes=_EXHIBIT_SIZES,
        values=with_lines(lines[:middle], "1/2"),
    )
    place = slide.place if slide.kind == "judged" else (number, 1)
    return first, replace(slide, place=place, values=with_lines(lines[middle:], "2/2"))


def _has_other_lines(exhibit: ExhibitView) -> bool:
    """Return whether an exhibit has lines with telltale words, and others."""
    return 0 < len(exhibit.telltale_lines) < len(exhibit.lines)


def _question_slide(question: QuestionView) -> Slide:
    is_judged = question.exhibit is not None and question.answer.is_about_exhibit
    return Slide(
        "judged" if is_judged else "question",
        (question.number, 2),
        _JUDGED_SIZES
        if is_judged
        else _SHORT_QUESTION_SIZES
        if question.answer_form in ("sides", "blank")
        else _QUESTION_SIZES,
        _slide_values(question, is_answer=False),
        question.id,
    )


def _answer_slide(question: QuestionView, question_sizes: SlideSizes) -> Slide:
    """Make the slide with the answer, in the sizes of its question if the reasons fit too."""
    values = _slide_values(question, is_answer=True)
    if question.exhibit and question.answer.is_about_exhibit:
        may_shorten = _has_other_lines(values["exhibit"])
        sizes = _WHOLE_EXHIBIT_ANSWER_SIZES if may_shorten else _JUDGED_ANSWER_SIZES
        return Slide("judged", (question.number, 3), sizes, values, question.id)
    return Slide("question", (question.number, 3), (question_sizes, *_ANSWER_SIZES), values, question.id)


def _slide_values(question: QuestionView, *, is_answer: bool) -> dict[str, Any]:
    exhibit = question.explained_exhibit if is_answer else question.exhibit
    return {
        "question": question,
        "is_answer": is_answer,
        "exhibit": exhibit,
        "part": "",
        "turns": group_into_turns(exhibit) if exhibit else (),
    }


def _ending_values(quiz: Quiz) -> dict[str, Any]:
    numbers = [
        (each.number, *localize_with_language(each.purpose, quiz.language))
        for each in quiz.bank.help.values()
    ]
    return {
        "numbers": numbers,
        "verbs": verb_heads(quiz.bank, quiz.language),
        "sources": source_credit(quiz.bank, quiz.language),
        "seed": quiz.seed,
        "comma": locale(quiz.language).comma,
    }


def _print_sheet(job: PrintJob, design: SlidesDesign) -> PrintedSheet:
    """Print the sheet with the questions that a print job gives it."""
    quiz = choose_slides_quiz(job)
    content = _(
        "slides for {questions}",
        questions=ngettext("{count} question", "{count} questions", len(quiz.questions)),
    )
    return PrintedSheet(print_slides(quiz, design), content)


LAYOUT = Layout(
    name="slides",
    help=N_("slides for a talk: each question, then its answer"),
    unused_options=("paper",),
    design=SlidesDesign,
    make=_print_sheet,
    kit=KitSheet(
        30,
        "one",
        "screen",
        _("The same questions on the wall, each with its answer."),
        (_("A projector or a large screen"),),
        choose_slides_quiz,
    ),
)
