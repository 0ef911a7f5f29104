"""A quiz and a design -> a handout, ready to print."""

from collections.abc import Callable, Sequence
from math import ceil

from msgspec import Struct

from quizgen import __version__
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.language import say
from quizgen.model import Quiz
from quizgen.paper.compose import Placed, Strip, answer_strip, block_strip, foot, paginate, question_strip
from quizgen.paper.design import EASES, PAGES, TYPE_SIZES, Design, Page, spacing, widths
from quizgen.paper.layout import Setting, Typesetter, qr_code
from quizgen.paper.pieces import key_pieces, mark_of, question_pieces, running, running_pieces, title_of
from quizgen.paper.press import About, Bookmark, Stamp, press


class Handout(Struct, frozen=True):
    """The printed PDF, and the key's where it is apart."""

    pdf: bytes
    key: bytes | None = None


class Draft(Struct, frozen=True):
    """Questions or answers in type of one size, at any ease of spacing: ``strips(ease)``, ``gap(ease)`` apart."""

    title: str
    setting: Setting
    head: Strip
    strips: Callable[[float], list[Strip]]
    gap: Callable[[float], float]

    def pages(self, ease: float, room: float) -> list[list[Placed]]:
        """Fill pages, ``room`` points high, at an ease of spacing."""
        return paginate(self.head, self.strips(ease), room, self.gap(ease))

    def height(self) -> float:
        """Height of it all at the tightest, in points."""
        strips = self.strips(0)
        return self.head.height + sum(strip.height for strip in strips) + self.gap(0) * (len(strips) - 1)


class Run(Struct, frozen=True):
    """Pages of the questions or of the answers: what stands on each, and in which type."""

    title: str
    setting: Setting
    pages: list[list[Placed]]


def print_handout(quiz: Quiz, design: Design) -> Handout:
    """Print a quiz: the same bytes for the same quiz, design, fonts and version of quizgen.

    Raises QuizgenError where Pango is missing, a question is taller than a page, or no font has a
    character.
    """
    page = PAGES[design.paper]
    typesetter = Typesetter(quiz.language, design.logo)
    runs = [_fit(lambda size: _questions(quiz, design, page, typesetter, size), design, page)]
    if design.answers != "none":
        runs.append(_fit(lambda size: _answers(quiz, design, page, typesetter, size), design, page))
    typeset = typesetter.write([run.setting for run in runs])
    sheets = _sheets(runs, quiz, design, page)
    about = About(title_of(design, quiz.language), design.organiser, quiz.language, f"quizgen {__version__}")
    titles = [run.title for run in runs]
    if design.answers == "separate":
        return Handout(*(press(typeset, own, page, [], about) for own in sheets))
    starts = [0, len(sheets[0])]
    bookmarks = [Bookmark(title, start) for title, start in zip(titles, starts, strict=False)]
    return Handout(press(typeset, [sheet for own in sheets for sheet in own], page, bookmarks, about))


def _fit(draft_of: Callable[[float], Draft], design: Design, page: Page) -> Run:
    """Take the largest type that needs no more pages than the smallest, and the roomiest spacing in it.

    Setting type takes time, so the size is guessed, height going by the square of the size, and the
    next smaller one is taken while the guess is too large.
    """
    sizes = TYPE_SIZES[design.text_size]
    draft = draft_of(sizes[0])
    room = page.room(draft.setting.blocks["footer",].height)
    share = draft.height() / room
    fewest = ceil(share * (sizes[-1] / sizes[0]) ** 2)
    for size in sizes[1:]:
        if len(draft.pages(0, room)) <= fewest:
            break
        if share * (size / sizes[0]) ** 2 <= fewest:
            draft = draft_of(size)
    _refuse_tall(draft, room)
    count = len(draft.pages(0, room))
    pages = next(pages for ease in EASES if len(pages := draft.pages(ease, room)) == count)
    return Run(draft.title, draft.setting, pages)


def _refuse_tall(draft: Draft, room: float) -> None:
    if draft.head.height > room / 2:
        raise MisuseError(
            problem("title, organiser, date and link leave no room for questions", "shorten them")
        )
    tall = [strip for strip in draft.strips(0) if strip.height > room]
    if tall:
        raise QuizgenError(
            problem(
                f"{strip.owner} is taller than a page",
                "shorten it, or take a larger --paper or a smaller --text-size",
            )
            for strip in tall
        )


def _questions(quiz: Quiz, design: Design, page: Page, typesetter: Typesetter, size: float) -> Draft:
    wide = widths(page, size, 0)
    pieces = question_pieces(
        quiz.questions, design, quiz.language, qr_code(design.link) if design.link else ""
    )
    setting = typesetter.set([*pieces, *running_pieces(quiz, design)], size, wide)
    blocks = setting.blocks

    def strips(ease: float) -> list[Strip]:
        space = spacing(size, ease)
        return [
            question_strip(question, number, quiz.language, blocks, wide, space)
            for number, question in enumerate(quiz.questions, 1)
        ]

    return Draft(
        title=say(quiz.language, "paper.questions"),
        setting=setting,
        head=block_strip("header", blocks=blocks),
        strips=strips,
        gap=lambda ease: spacing(size, ease).question,
    )


def _answers(quiz: Quiz, design: Design, page: Page, typesetter: Typesetter, size: float) -> Draft:
    wide = widths(page, size, max(len(mark_of(question)) for question in quiz.questions))
    pieces = key_pieces(quiz.questions, quiz.bank, design, quiz.language)
    setting = typesetter.set([*pieces, *running_pieces(quiz, design)], size, wide)
    blocks = setting.blocks
    answers = [
        answer_strip(question, number, blocks, wide) for number, question in enumerate(quiz.questions, 1)
    ]
    answers.append(block_strip("sources", blocks=blocks))
    return Draft(
        title=say(quiz.language, "paper.answers"),
        setting=setting,
        head=block_strip("answers", blocks=blocks),
        strips=lambda _: answers,
        gap=lambda ease: spacing(size, ease).question * 0.8,
    )


def _sheets(runs: Sequence[Run], quiz: Quiz, design: Design, page: Page) -> list[list[list[Stamp]]]:
    """Put a foot under every page of every run; pages count through, but from 1 again where answers are apart."""
    apart = design.answers == "separate"
    total = sum(len(run.pages) for run in runs)
    sheets = []
    first = 0
    typeset = 0
    for run in runs:
        own = []
        numbers = {key: typeset + index for index, key in enumerate(run.setting.blocks)}
        for index, placed in enumerate(run.pages):
            count, of = (index, len(run.pages)) if apart else (first + index, total)
            texts = running(quiz.language, label=quiz.version, seed=quiz.seed, page=count + 1, pages=of)
            body = [(numbers[item.key], item.x + page.margin, item.y + page.margin) for item in placed]
            own.append(
                body + [(numbers[item.key], item.x, item.y) for item in foot(page, run.setting.blocks, texts)]
            )
        sheets.append(own)
        first += len(run.pages)
        typeset += len(run.setting.pages)
    return sheets
