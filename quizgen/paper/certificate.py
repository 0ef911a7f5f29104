"""A quiz and a name -> a certificate of taking part: one page, set of the same pieces as a handout.

It says that somebody took part, in what, and when; never that anybody passed or is qualified.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from quizgen import __version__
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.language import locale, localize, message
from quizgen.model import LEVELS, Question, Quiz
from quizgen.paper.compose import Placed
from quizgen.paper.design import LOGO_PATH, PAGES, Design, Page, widths
from quizgen.paper.layout import Blocks, Typesetter
from quizgen.paper.pieces import Key, Piece, title_of
from quizgen.paper.press import About, Press

LONGEST_NAME = 80
"""Characters; the smallest type that a name is set in takes so many of the widest."""

MOST_TOPICS = 6
"""Topics that are named; of more, one fewer are, and the rest counted."""

_SIZES = (1 / 54, 1 / 60, 1 / 67, 1 / 75, 1 / 84)
"""Type sizes, as parts of the page's width: the largest with which all has room is taken."""

_NAMES: tuple[tuple[float, int], ...] = ((2.6, 1), (2.2, 1), (1.8, 1), (1.5, 1), (1.2, 1), (1.2, 2), (1.0, 3))
"""Sizes of the name, in ems, and the lines that it may then fill, the best first."""

_NAME_LEADING = 1.3
_PADDING = 1.5
"""White within the frame, in ems, above and below."""

_GAPS = (1.0, 1.0, 1.3, 1.6, 0.9)
"""How the white that is left is shared out between what stands below each other."""

_LEAST_GAP = 1.1
"""White that there is to be between any two of them, in ems."""


class _Stack(Struct, frozen=True):
    """Blocks that stand below each other, and how much white there is to be between them, in points."""

    keys: list[Key]
    heights: list[float]
    free: float


def print_certificate(quiz: Quiz, design: Design, name: str = "") -> bytes:
    """Print a certificate of taking part in a quiz, on one page across, as a PDF.

    The same bytes for the same quiz, design, name, fonts and version of quizgen. Without a name, or a
    date, there is a line to write it on. Raises QuizgenError where Pango is missing, a text has no room
    on the page, or no font has a character, and MisuseError for a name over LONGEST_NAME.
    """
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise MisuseError(
            problem(f"the name has {len(name)} characters", f"{LONGEST_NAME} have room on a certificate")
        )
    upright = PAGES[design.paper]
    page = Page(upright.height, upright.width, upright.margin)
    with Typesetter(quiz.language, design.logo) as typesetter:
        for part in _SIZES:
            size = round(page.width * part, 2)
            wide = replace(widths(page, size, 0), footer=page.column - 2 * _PADDING * size - 90)
            setting = typesetter.set(_pieces(quiz, design, name, page), size, wide)
            stack = _stacked(setting.blocks, page, size)
            if stack.free >= _LEAST_GAP * size * (len(stack.keys) - 1):
                break
        else:
            raise QuizgenError(
                problem("the certificate has no room on one page", "shorten its title, organiser or contact")
            )
        press = Press(typesetter.paint([setting]), [setting], page)
    press.page([(press.ink(0, _placed(stack, size)), page.margin, page.margin)])
    heading = message(quiz.language, "certificate.heading")
    return press.finish([], About(heading, design.organiser, quiz.language, f"quizgen {__version__}"))


def useful_advice(questions: Sequence[Question], language: str) -> str:
    """Choose the one piece of advice of a quiz that a person can use soonest; "" where it gives none.

    That is of a question that somebody wrote about a scene from life, resting on the most facts, the easiest first.
    """

    def rank(question: Question) -> tuple[object, ...]:
        level = -LEVELS.index(question.level)
        return question.generated, level, -len(question.facts), question.difficulty, question.id

    best = min((question for question in questions if question.advice), key=rank, default=None)
    return localize(best.advice, language) if best else ""


def written_date(day: date, language: str) -> str:
    """Write a date as people of that language do."""
    form = locale(language)
    return form.date.format(day=day.day, month=form.months[day.month - 1], year=day.year)


def topics_of(quiz: Quiz) -> str:
    """Name the topics of a quiz, in the order of the bank; of many, the first few and how many more."""
    language = quiz.language
    asked = {question.topic for question in quiz.questions}
    titles = [localize(topic.title, language) for topic in quiz.bank.topics.values() if topic.id in asked]
    if len(titles) > MOST_TOPICS:
        more = len(titles) - MOST_TOPICS + 1
        titles = [*titles[: MOST_TOPICS - 1], message(language, "certificate.more", count=more)]
    return locale(language).comma.join(titles)


def _pieces(quiz: Quiz, design: Design, name: str, page: Page) -> list[Piece]:
    """List what stands on the certificate, from the top, with its name in every size that may be taken."""
    language, total = quiz.language, len(quiz.questions)
    sources = [
        message(
            language,
            "paper.source",
            title=localize(source.title, language),
            publisher=localize(source.publisher, language),
            date=source.date,
        )
        for source in quiz.bank.sources.values()
    ]
    values: dict[str, dict[str, Any]] = {
        "frame": {"height": page.height - 2 * page.margin},
        "heading": {"logo": LOGO_PATH if design.logo else "", "organiser": design.organiser},
        "deed": {
            "title": title_of(design, language),
            "quiz": message(
                language, "certificate.quiz" if total > 1 else "certificate.quiz-one", total=total
            ),
            "topics": topics_of(quiz),
        },
        "counsel": {"text": useful_advice(quiz.questions, language)},
        "signing": {"date": design.date, "organiser": design.organiser},
        "closing": {
            "contact": design.contact,
            "sources": locale(language).semicolon.join(sources),
            "seed": quiz.seed,
        },
    }
    holders = [
        Piece(("holder", str(index)), {"text": name, "scale": scale, "leading": _NAME_LEADING})
        for index, (scale, _) in enumerate(_NAMES)
    ]
    if not values["counsel"]["text"]:
        del values["counsel"]
    return [*(Piece((kind,), own) for kind, own in values.items()), *holders]


def _stacked(blocks: Blocks, page: Page, size: float) -> _Stack:
    """Stack the blocks, and tell how much white is left on the page."""
    keys: list[Key] = [
        ("heading",),
        _holder(blocks, size),
        ("deed",),
        ("counsel",),
        ("signing",),
        ("closing",),
    ]
    keys = [key for key in keys if key in blocks]
    heights = [blocks[key].height for key in keys]
    return _Stack(keys, heights, page.height - 2 * page.margin - 2 * _PADDING * size - sum(heights))


def _holder(blocks: Blocks, size: float) -> Key:
    """Choose the largest name that fills no more lines than it may."""
    keys: list[Key] = [("holder", str(index)) for index in range(len(_NAMES))]
    for key, (scale, most) in zip(keys, _NAMES, strict=True):
        name = blocks[key].box
        if name and name.height < (most + 0.5) * scale * size * _NAME_LEADING:
            return key
    return keys[-1]


def _placed(stack: _Stack, size: float) -> list[Placed]:
    """Place the frame, and within it the stack, its white shared out."""
    shares = _GAPS[len(_GAPS) - len(stack.keys) + 1 :]
    placed = [Placed(("frame",), 0, 0)]
    y = _PADDING * size
    for key, height, share in zip(stack.keys, stack.heights, (*shares, 0.0), strict=True):
        placed.append(Placed(key, 0, round(y, 2)))
        y += height + stack.free * share / sum(shares)
    return placed
