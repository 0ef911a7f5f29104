"""A certificate of taking part in a quiz: one page across.

It says that somebody took part, in what, and when; never that anybody passed or is qualified.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.language import counted, locale, localize, message, text
from quizgen.model import LEVELS, Question, Quiz
from quizgen.paper.content import credited_sources, title_of
from quizgen.paper.design import PAGES, Option, Page, PageDesign
from quizgen.paper.layouts import Layout, Printed, PrintJob
from quizgen.paper.renderer import About, Renderer, height

LONGEST_NAME = 80
"""Characters; the smallest type that a name is set in takes so many of the widest."""

MOST_TOPICS = 6
"""Topics that are named; of more, one fewer are, and the rest counted."""

_SIZES = (1 / 54, 1 / 60, 1 / 67, 1 / 75, 1 / 84)
"""Type sizes, as parts of the page's width: the largest with which all has room is taken."""

_NAME_SIZES: tuple[tuple[float, int], ...] = (
    (2.6, 1), (2.2, 1), (1.8, 1), (1.5, 1), (1.2, 1), (1.2, 2), (1.0, 3),
)  # fmt: skip
"""Sizes of the name, in ems, and the lines that it may then fill, the best first."""

_NAME_LEADING = 1.3
_PADDING = 1.5
"""White within the frame, in ems, above and below."""

_SHARES = (1.0, 1.0, 1.3, 1.6, 0.9)
"""How the white that is left is shared out between what stands below each other, counted from the bottom."""

_LEAST_GAP = 1.1
"""White that there is to be between any two of them, in ems."""


class CertificateDesign(PageDesign, frozen=True):
    """What may be asked of a certificate."""

    name: Annotated[str, Option("print.option-name", "TEXT")] = ""


def print_certificate(quiz: Quiz, design: CertificateDesign) -> bytes:
    """Print a certificate of taking part in a quiz, on one page across, as a PDF.

    The same bytes for the same quiz, design, fonts and version of quizgen. Without a name, or a date, there is a
    line to write it on. Raises QuizgenError where Pango is missing, a text has no room on the page, or no font
    has a character, and MisuseError for a name over LONGEST_NAME.
    """
    name = " ".join(design.name.split())
    if len(name) > LONGEST_NAME:
        raise MisuseError(
            problem("print.long-name", "print.room-for-name", count=len(name), most=LONGEST_NAME)
        )
    upright = PAGES[design.paper]
    page = Page(upright.height, upright.width, upright.margin)
    about = About(message(quiz.language, "certificate.heading"), design.organiser, quiz.language)
    values = _values(quiz, design, name)
    with Renderer(quiz.language, design.logo) as renderer:
        for part in _SIZES:
            draft = _Draft(renderer, values, page, round(page.width * part, 2))
            if draft.white >= _LEAST_GAP * draft.size * (len(draft.heights) - 1):
                return renderer.write(draft.placed(), about)
    raise QuizgenError(problem("print.no-room-on-page", "print.shorten-texts"))


class _Draft:
    """The certificate in type of one size: all that stands on it, measured where nothing is placed yet."""

    def __init__(self, renderer: Renderer, values: Mapping[str, Any], page: Page, size: float) -> None:
        self.size = size
        self._renderer = renderer
        self._values = {**values, "page": page, "size": size, "small": max(7.5, round(0.6 * size, 2))}
        (laid_out,) = self._lay_out(range(len(_NAME_SIZES)), {}).pages
        anchors = laid_out.anchors
        self._name = next(
            (
                index
                for index, (scale, most) in enumerate(_NAME_SIZES)
                if height(anchors[f"name-{index}-text"]) < (most + 0.5) * scale * size * _NAME_LEADING
            ),
            len(_NAME_SIZES) - 1,
        )
        listed = ("heading", f"name-{self._name}", "statement", "advice", "signing", "closing")
        self.heights = {element: height(anchors[element]) for element in listed if element in anchors}
        self.white = page.height - 2 * page.margin - 2 * _PADDING * size - sum(self.heights.values())
        """White that is left on the page, in points."""

    def placed(self) -> Any:
        """Lay out all in its place, the white shared out."""
        shares = _SHARES[len(_SHARES) - len(self.heights) + 1 :]
        tops = {}
        y = _PADDING * self.size
        for (element, taken), share in zip(self.heights.items(), (*shares, 0.0), strict=True):
            tops[element] = round(y, 2)
            y += taken + self.white * share / sum(shares)
        return self._lay_out([self._name], tops)

    def _lay_out(self, names: Sequence[int], tops: Mapping[str, float]) -> Any:
        scales = {f"name-{index}": _NAME_SIZES[index][0] for index in names}
        return self._renderer.lay_out("certificate.html", {**self._values, "scales": scales, "tops": tops})


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


def _values(quiz: Quiz, design: CertificateDesign, name: str) -> dict[str, Any]:
    """Give what stands on the certificate, by its names in the template."""
    language, total = quiz.language, len(quiz.questions)
    return {
        "design": design,
        "name": name,
        "title": title_of(design, language),
        "quiz": message(language, "certificate.quiz" if total > 1 else "certificate.quiz-one", total=total),
        "topics": topics_of(quiz),
        "advice": useful_advice(quiz.questions, language),
        "sources": credited_sources(quiz.bank, language),
        "seed": quiz.seed,
        "leading": locale(language).leading,
        "heading_leading": locale(language).heading_leading,
        "name_leading": _NAME_LEADING,
    }


def _make(job: PrintJob, design: CertificateDesign) -> Printed:
    quiz = job.quiz()
    content = text("print.certificate", questions=counted("print.questions", len(quiz.questions)))
    return Printed(print_certificate(quiz, design), content)


LAYOUT = Layout(
    name="certificate",
    help="print.help-certificate",
    design=CertificateDesign,
    templates=("certificate.html",),
    make=_make,
)
