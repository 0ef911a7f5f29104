"""Slides for a talk, 16:9: each question, then the same slide with the key, why, and what to do.

What the last row of a room is to read stands in type of a size that it can: 36 points for a stem and 30 for options,
on a slide 338.7 mm wide. A question slide never goes below these; an answer slide, which says more, draws together.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Annotated, Any, Literal

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from quizgen.assemble import part_of
from quizgen.errors import QuizgenError, problem
from quizgen.model import Question, Quiz
from quizgen.paper.choosing import choose
from quizgen.paper.design import Option, PageDesign, title_language_of, title_of
from quizgen.paper.endings import kept
from quizgen.paper.images import qr_code
from quizgen.paper.layouts import KitSheet, Layout, Printed, PrintJob
from quizgen.paper.lines import estimate_width, is_han, line_count, link_lines
from quizgen.paper.renderer import POINTS_A_PIXEL, About, Renderer
from quizgen.paper.sheets import credited_sources
from quizgen.text.languages import in_its_language, locale
from quizgen.text.messages import N_, _, ngettext
from quizgen.text.unbroken import last_words
from quizgen.view.exhibit import turns, without_marks
from quizgen.view.question import QuestionView, view_questions

WIDTH, HEIGHT = 960.0, 540.0
"""A slide, in points: 338.7 by 190.5 mm, which programs that show slides call 16:9."""

SIDE, TOP, FLOOR = 44.0, 72.0, 518.0
"""White at the left and right, and where that begins and ends which stands below the head, in points."""

TITLE_WIDTH, CODE = 640.0, 200.0
"""Widths of the first slide's title, and of a link and its code beside it, in points."""

LINK_SIZES = (18, 17, 16)


class SlidesDesign(PageDesign, frozen=True):
    """What may be asked of slides."""

    link: Annotated[str, Option(N_("Address to print as a QR code."), "URL")] = ""


class Sizes(Struct, frozen=True):
    """Sizes on one slide, in points.

    ``stem``, ``option`` and ``letter`` (the disc around a letter: 20 mm) are those of a question, and ``gap`` stands
    between its rows; ``reason`` is what explains, and ``said`` an exhibit, which is ``phone`` wide.
    """

    stem: float = 36
    option: float = 30
    letter: float = 56.7
    gap: float = 20
    reason: float = 24
    said: float = 30
    phone: float = 548

    def bulk(self, box: str) -> float:
        """Return how tall a box is in these sizes: the exhibit (``said``), why (``why``) or all else. Only ratios matter."""
        if box == "said":
            return self.said**2 / self.phone
        if box == "why":
            return self.reason**2 / (WIDTH - 2 * SIDE - self.phone)
        return self.letter + self.gap + (self.stem + self.reason) / 2


_LEAST = 18
"""The smallest type, in points, except that of the line with the sources, which is 16 points."""

_ASKED = tuple(Sizes(gap=gap) for gap in (22, 16, 10, 5))
_ASKED_BRIEFLY = (Sizes(stem=44, option=36, reason=28), *_ASKED)
_ANSWERED = tuple(
    Sizes(round(36 * part, 1), round(30 * part, 1), round(56.7 * part, 1), gap, reason)
    for part, gap, reason in (
        (1, 5, 24),
        (0.9, 8, 24),
        (0.9, 6, 22),
        (0.8, 7, 21),
        (0.72, 6, 20),
        (0.64, 4, 18),
    )
)
_MET = (
    *(Sizes(said=said) for said in (30, 28, 26, 24, 22)),
    *(Sizes(said=said, phone=590) for said in (22, 20, 18)),
)
_MET_ALONE = tuple(replace(sizes, phone=760) for sizes in _MET)
_EXPLAINED = tuple(
    Sizes(stem=30, reason=reason, said=said, phone=520 if said == _LEAST else 470)
    for said, reason in sorted(
        product((28, 26, 24, 22, 20, _LEAST), repeat=2), key=lambda pair: (-sum(pair), pair)
    )
)
_ROOMY = {"stem": 75.0, "said": 120.0, "option": 24.0, "options": 4, "why": 130.0}
"""What surely has room, in ems: a stem or an exhibit, an option, and what explains; and how many options."""

_SURELY = 0.88
"""What the estimate of a height is taken times, so that sizes that may have room are tried."""

_TITLES = tuple(Sizes(stem=size) for size in (64, 56, 50, 44, 38, 32, 26))
_ENDINGS = tuple(Sizes(option=size) for size in (28, 26, 24, 22, 20, 18))


class Slide(Struct, frozen=True):
    """A slide to set: its macro in ``slides.html``, what this draws, and sizes; the first that has room is taken.

    ``place`` tells where it stands: the number of its question, and its place among the slides of that.
    """

    kind: Literal["title", "exhibit", "question", "met", "ending"]
    place: tuple[int, int]
    sizes: tuple[Sizes, ...]
    values: dict[str, Any]
    owner: str = ""


class Shown(Struct, frozen=True):
    """A slide as set: the sizes that it got, and WeasyPrint's page."""

    slide: Slide
    sizes: Sizes
    page: Any


def print_slides(quiz: Quiz, design: SlidesDesign) -> bytes:
    """Print slides of a quiz, as a PDF: a title, each question and its answer, and help numbers.

    An exhibit has a slide by itself, unless a verdict on it or one of its lines is asked for. The same bytes for the same quiz,
    design, fonts and version of quizgen. Raises QuizgenError for a question, or a title, that has no room on a slide,
    where Pango is missing, or where no font has a character, and MisuseError for a logo that cannot be drawn or a link
    that is too long.
    """
    title = title_of(design, quiz.language)
    questions = view_questions(quiz)
    with Renderer(quiz.language, design.logo) as renderer:
        setter = _Setter(renderer, design, len(questions))
        around = [
            Slide(
                "title",
                (0, 0),
                _title_sizes(title, quiz.language, has_link=bool(design.link)),
                {
                    "title": title,
                    "title_language": title_language_of(design, quiz.language),
                    "link": link_lines(design.link, LINK_SIZES, CODE, quiz.language),
                },
            ),
            Slide("ending", (len(questions) + 1, 0), _ENDINGS, _ending(quiz)),
        ]
        shown = _set_questions(setter, questions, around)
        if setter.misfits:
            raise QuizgenError(
                problem(
                    _("{slide} has no room on a slide in type that a room can read"),
                    _("shorten it, or leave it out"),
                    slide=slide,
                )
                for slide in setter.misfits
            )
        pages = [each.page for each in sorted(shown, key=lambda each: each.slide.place)]
        return renderer.write(setter.document.copy(pages), About(title, design.organiser, quiz.language))


def _title_sizes(title: str, language: str, *, has_link: bool) -> tuple[Sizes, ...]:
    """Return the sizes in which a title takes one line or two, or all where it takes more in any."""
    width = TITLE_WIDTH if has_link else WIDTH - 2 * SIDE
    few = tuple(
        sizes
        for sizes in _TITLES
        if line_count(title, sizes.stem, width, bold=True, han=is_han(language)) <= 2  # noqa: PLR2004
    )
    return few or _TITLES


def quiz_on_slides(job: PrintJob) -> Quiz:
    """Return the quiz that slides show: the job's, with another question in place of each that has no room on a slide.

    Raises QuizgenError where one that was asked for by name has none, and MisuseError as ``assemble`` does.
    """
    quiz = job.quiz()
    doubtful = [asked for asked in view_questions(quiz) if not _is_roomy(asked)]
    if not doubtful or len(_fitting(quiz, doubtful)) == len(doubtful):
        return quiz
    candidates = job.candidates()

    def measure(questions: Sequence[Question]) -> set[str]:
        others = candidates.quiz(questions)
        return _fitting(others, view_questions(others))

    parts = [part_of(question, quiz.bank.exhibits) for question in quiz.questions]
    return candidates.quiz(choose(candidates, len(parts), measure, layout="slides", mix=parts))


def _fitting(quiz: Quiz, questions: Sequence[QuestionView]) -> set[str]:
    """Return the ids of questions that have room on slides."""
    with Renderer(quiz.language, None) as renderer:
        setter = _Setter(renderer, SlidesDesign(), len(questions))
        _set_questions(setter, questions)
    return {asked.id for asked in questions} - set(setter.misfits)


def _is_roomy(asked: QuestionView) -> bool:
    """Tell whether a question surely has room on slides, by a guess: whether it has, where this says no, is measured."""
    if asked.explained and asked.answer.judges_exhibit:
        said = " ".join(without_marks(line.words) for line in asked.explained.lines)
        why = " ".join(f"{sign.words} {sign.reason}" for sign in asked.explained.signs)
    else:
        said, why = " ".join(asked.stem_parts), asked.rationale
    few = len(asked.options) <= _ROOMY["options"]
    texts = [*(option.text for option in asked.options), *(prompt.text for prompt in asked.prompts)]
    short = all(estimate_width(text) <= _ROOMY["option"] for text in texts)
    return (
        few
        and short
        and estimate_width(said) <= _ROOMY["said" if asked.answer.judges_exhibit else "stem"]
        and estimate_width(why + asked.advice) <= _ROOMY["why"]
    )


def _set_questions(
    setter: "_Setter", questions: Sequence[QuestionView], others: Sequence[Slide] = ()
) -> list[Shown]:
    """Set the slides of questions: first what asks, then what explains, which goes by how the former was set, and others."""
    fronts = setter.set(_front(asked) for asked in questions)
    sizes = {shown.slide.place[0]: shown.sizes for shown in fronts}
    rest = [
        Slide("exhibit", (asked.number, 0), _MET_ALONE, _values(asked, is_answer=False), asked.id)
        for asked in questions
        if asked.exhibit and not asked.answer.judges_exhibit
    ]
    rest += [_back(asked, sizes[asked.number]) for asked in questions if asked.number in sizes]
    return [*fronts, *setter.set([*rest, *others])]


class _Setter:
    """Sets slides, each in the first of its sizes that it has room in; those that have none are set again.

    ``misfits`` names what had room in none: questions by their ids.
    """

    def __init__(self, renderer: Renderer, design: SlidesDesign, total: int) -> None:
        self.document: Any = None
        self.misfits: list[str] = []
        self._renderer = renderer
        self._common = {
            "design": design,
            "total": total,
            "qr": qr_code(design.link) if design.link else "",
            "kept": kept,
            "last_words": last_words,
            "width": WIDTH,
            "height": HEIGHT,
            "side": SIDE,
            "top": TOP,
            "floor": FLOOR,
            "title_width": TITLE_WIDTH,
            "code": CODE,
        }

    def set(self, slides: Iterable[Slide]) -> list[Shown]:
        """Set slides, and give those that have room."""
        waiting = [(slide, self._guess(slide)) for slide in slides]
        done: list[Shown] = []
        while waiting:
            listed = [
                {**slide.values, "kind": slide.kind, "sizes": to_builtins(slide.sizes[turn])}
                for slide, turn in waiting
            ]
            self.document = self._renderer.lay_out("slides.html", {**self._common, "slides": listed})
            again = []
            for (slide, turn), page in zip(waiting, self.document.pages, strict=True):
                ends = {box: bottom * POINTS_A_PIXEL for box, (_, _, _, bottom) in page.anchors.items()}
                if max(ends.values()) <= FLOOR:
                    done.append(Shown(slide, slide.sizes[turn], page))
                elif turn + 1 < len(slide.sizes):
                    again.append((slide, _next(slide, turn, ends)))
                else:
                    self.misfits.append(slide.owner or slide.kind)
            waiting = again
        return done

    def _guess(self, slide: Slide) -> int:
        """Guess which sizes are worth trying first: the largest in which a guess of the heights has room."""
        asked = slide.values.get("asked")
        if asked is None:
            return 0
        is_answer = slide.values["is_answer"]
        return next(
            (
                index
                for index, sizes in enumerate(slide.sizes)
                if _height(slide, asked, sizes, is_answer=is_answer) <= FLOOR - TOP
            ),
            len(slide.sizes) - 1,
        )


def _height(slide: Slide, asked: QuestionView, sizes: Sizes, *, is_answer: bool) -> float:
    """Guess how tall stands what is on a slide, in points: the taller of its columns."""
    wide = WIDTH - 2 * SIDE
    is_met = slide.kind != "question"
    han = is_han(asked.language)
    leading = 1.36 if han else 1.24

    def height(text: str, size: float, width: float, *, bold: bool = False) -> float:
        return line_count(text, size, width, bold=bold, han=han) * leading * size

    signs = asked.explained.signs if is_met and asked.explained else ()
    if is_met:
        told = 1.6 * sizes.stem if is_answer else 0
    elif asked.form == "sides":
        told = 1.6 * sizes.letter + sizes.gap
    else:
        row = sizes.letter if asked.form != "pairs" else 0.9 * sizes.letter
        told = max(len(asked.options), len(asked.prompts)) * (row + sizes.gap)
    if not is_met:
        told += 0.93 * height("".join(asked.stem_parts), sizes.stem, wide, bold=True) + 6
    if is_answer:
        column = wide - sizes.phone - 30 if is_met else wide
        told += (
            height(_("What you can do:").translated(asked.language) + asked.advice, sizes.reason, column - 20)
            + 0.6 * leading * sizes.reason
        )
        whys = [f"{sign.words} {sign.reason}" for sign in signs] or [asked.rationale]
        told += sum(height(why, sizes.reason, column) for why in whys)
    said = 2 * leading * sizes.said + 30 if is_met else 0
    for turn in slide.values["turns"] if is_met else ():
        said += 24 + (22.5 if turn.who else 0)
        said += sum(
            height(without_marks(line.words), sizes.said, 0.94 * (sizes.phone - 42) - 28)
            for line in turn.lines
        )
    return max(told, said)


def _next(slide: Slide, turn: int, ends: Mapping[str, float]) -> int:
    """Choose the sizes to try after those that were too large, past all that surely are too; by where boxes ended."""
    tried = slide.sizes[turn]
    for other in range(turn + 1, len(slide.sizes) - 1):
        sizes = slide.sizes[other]
        if all(
            _SURELY * (end - TOP) * sizes.bulk(box) / tried.bulk(box) <= FLOOR - TOP
            for box, end in ends.items()
        ):
            return other
    return len(slide.sizes) - 1


def _front(asked: QuestionView) -> Slide:
    is_met = asked.exhibit is not None and asked.answer.judges_exhibit
    return Slide(
        "met" if is_met else "question",
        (asked.number, 1),
        _MET if is_met else _ASKED_BRIEFLY if asked.form in ("sides", "blank") else _ASKED,
        _values(asked, is_answer=False),
        asked.id,
    )


def _back(asked: QuestionView, front: Sizes) -> Slide:
    """Make the slide with the answer, which is as its question has it if there is room for that and for why."""
    values = _values(asked, is_answer=True)
    if asked.exhibit and asked.answer.judges_exhibit:
        return Slide("met", (asked.number, 2), _EXPLAINED, values, asked.id)
    return Slide("question", (asked.number, 2), (front, *_ANSWERED), values, asked.id)


def _values(asked: QuestionView, *, is_answer: bool) -> dict[str, Any]:
    exhibit = asked.explained if is_answer else asked.exhibit
    return {
        "asked": asked,
        "is_answer": is_answer,
        "exhibit": exhibit,
        "turns": turns(exhibit) if exhibit else (),
    }


def _ending(quiz: Quiz) -> dict[str, Any]:
    numbers = [
        (each.number, *in_its_language(each.purpose, quiz.language)) for each in quiz.bank.help.values()
    ]
    return {
        "numbers": numbers,
        "sources": credited_sources(quiz.bank, quiz.language),
        "seed": quiz.seed,
        "comma": locale(quiz.language).comma,
    }


def _make(job: PrintJob, design: SlidesDesign) -> Printed:
    quiz = quiz_on_slides(job)
    content = _(
        "slides for {questions}",
        questions=ngettext("{count} question", "{count} questions", len(quiz.questions)),
    )
    return Printed(print_slides(quiz, design), content)


LAYOUT = Layout(
    name="slides",
    help=N_("slides for a talk, each question and then its answer"),
    design=SlidesDesign,
    make=_make,
    kit=KitSheet(
        30,
        "one",
        "screen",
        _("The same questions on the wall, each with its answer."),
        (_("A projector or a large screen"),),
        quiz_on_slides,
    ),
)
