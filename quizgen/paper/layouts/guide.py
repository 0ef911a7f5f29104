"""A guide for whoever holds a talk: what to bring, when to do what, what to say to each question, and help numbers.

Its questions are those of the slides (``slides.py``) and of the handout of the same seed, in their order and with their
letters.
"""

from collections.abc import Mapping
from itertools import accumulate, count
from typing import Annotated, Any

from msgspec import Struct

from quizgen.citation import citation, full_title
from quizgen.errors import MisuseError, problem
from quizgen.model import Bank, Quiz, Statement
from quizgen.paper.design import PAGES, Option, SheetDesign, title_language_of, title_of
from quizgen.paper.endings import kept
from quizgen.paper.layouts import KitSheet, Layout, Printed, PrintJob
from quizgen.paper.layouts.slides import quiz_on_slides
from quizgen.paper.renderer import About, print_template
from quizgen.text.languages import in_its_language, locale, localize
from quizgen.text.messages import N_, Message, _, ngettext
from quizgen.view.exhibit import short_name
from quizgen.view.question import view_questions
from quizgen.view.room import lines_to_ask

NARROW = 450.0
"""Width of a page, in points, below which type is smaller: A5."""

SHORTEST = 1.0
"""Minutes below which no question can be read aloud, answered and explained."""

_BEFORE = (
    _(
        "Print a handout for each person, on both sides, in large type for those who like it, and this guide for yourself."
    ),
    _(
        "Put the slides on your computer. With seed {seed}, slides, handout and guide have the same questions in the same order; each version (A, B, C) has its own."
    ),
    _("Bring pens, a pair of reading glasses to lend, and water."),
    _("Look at the numbers on the last slide: do they hold where your listeners live?"),
    _("Stand in the last row: can you read the screen and hear the loudspeaker from there?"),
    _("Nobody has to tell a story of their own. Whoever does is thanked, and never blamed."),
)
"""What to see to before a talk."""

_STAGES: Mapping[str, Message] = {
    "welcome": _("Welcome: who you are, and that nobody is marked"),
    "each": _("Questions {first} to {last}, {minutes} minutes each"),
    "cheated": _("If somebody has just been cheated"),
    "theirs": _("Their questions"),
    "close": _("The numbers once more, aloud, and thanks"),
}
"""The parts of a talk, by the names of its stages."""


class GuideDesign(SheetDesign, frozen=True):
    """What may be asked of a guide."""

    minutes: Annotated[int, Option(N_("How many minutes the talk takes, such as 30 or 60."), "N")] = 30


class Stage(Struct, frozen=True):
    """A part of a talk: when it begins, in minutes from the talk's beginning, how many it takes, and which it is."""

    start: float
    minutes: float
    name: str

    @property
    def clock(self) -> str:
        """When it begins, as a watch set to 0:00 shows it."""
        return clock(self.start)


class RunningOrder(Struct, frozen=True):
    """The parts of a talk, one behind the other, and how many minutes each question takes."""

    stages: tuple[Stage, ...]
    each: float

    def question_clock(self, number: int) -> str:
        """When a question begins, by its number from 1."""
        (first,) = (stage.start for stage in self.stages if stage.name == "each")
        return clock(first + self.each * (number - 1))


def running_order(minutes: int, questions: int) -> RunningOrder:
    """Divide a talk: welcome, help for who was cheated, what people ask, and a close; the questions have all else.

    Each question has whole or half minutes, and what that leaves goes to what people ask. Raises MisuseError where a
    question would have less than SHORTEST.
    """
    each = _left(minutes) * 2 // questions / 2
    if each < SHORTEST:
        least = next(longer for longer in count(minutes) if _left(longer) >= questions * SHORTEST)
        raise MisuseError(
            problem(
                _("{count} questions need at least {least} minutes"),
                _("ask for fewer with --count, or for more --minutes"),
                count=questions,
                least=least,
            )
        )
    lengths: dict[str, float] = {"welcome": _fixed(minutes)["welcome"], "each": each * questions}
    lengths |= {name: length for name, length in _fixed(minutes).items() if name != "welcome"}
    lengths["theirs"] += _left(minutes) - each * questions
    starts = accumulate(lengths.values(), initial=0.0)
    stages = tuple(
        Stage(start, length, name) for start, (name, length) in zip(starts, lengths.items(), strict=False)
    )
    return RunningOrder(stages, each)


def _fixed(minutes: int) -> dict[str, float]:
    """Return the minutes of each part of a talk beside its questions."""
    return {
        "welcome": max(2, round(minutes / 15)),
        "cheated": max(2, round(minutes / 10)),
        "theirs": max(1, round(minutes / 10)),
        "close": max(1, round(minutes / 30)),
    }


def _left(minutes: int) -> float:
    return minutes - sum(_fixed(minutes).values())


def clock(minutes: float) -> str:
    """Show whole minutes as a watch does that was set to 0:00."""
    return f"{int(minutes) // 60}:{int(minutes) % 60:02}"


def print_guide(quiz: Quiz, bank: Bank, design: GuideDesign) -> bytes:
    """Print a guide to a quiz, as a PDF: before the talk, its running order, each question, help, and sources.

    ``bank`` is the whole of it, whose facts back what is said of the first minutes. The same bytes for the same quiz,
    design, fonts and version of quizgen. Raises MisuseError for a talk that is too short for its questions, and as
    ``print_template`` does.
    """
    language = quiz.language
    order = running_order(design.minutes, len(quiz.questions))
    title = title_of(design, language)
    page = PAGES[design.paper]
    first = bank.statements_with_role("lead")[:1]
    lead, lead_language = in_its_language(first[0].text, language) if first else ("", language)
    values = {
        "design": design,
        "title": title,
        "title_language": title_language_of(design, language),
        "page": page,
        "size": 16 if design.text_size == "large" else 11.5 if page.width > NARROW else 10,
        "small": 16 if design.text_size == "large" else 9,
        "large": design.text_size == "large",
        "leading": locale(language).leading - 0.04,
        "heading_leading": locale(language).heading_leading,
        "order": order,
        "questions": ngettext("{count} question", "{count} questions", len(quiz.questions)).translated(
            language
        ),
        "seed": quiz.seed,
        "asked": question_notes(quiz),
        "help": [(each.number, *in_its_language(each.purpose, language)) for each in quiz.bank.help.values()],
        "lead": lead,
        "lead_language": lead_language,
        "steps": [
            (localize(each.head, language), *in_its_language(each.text, language))
            for each in bank.statements_with_role("step")
        ],
        "stages": [(stage, _stage(stage, order, len(quiz.questions), language)) for stage in order.stages],
        "before": [each.filled(seed=quiz.seed).translated(language) for each in _BEFORE],
        "backing": _backing(bank, language),
        "sources": locale(language).semicolon.join(
            full_title(source, language) for source in quiz.bank.sources.values()
        ),
        "semicolon": locale(language).semicolon,
        "kept": kept,
    }
    return print_template("guide.html", values, About(title, design.organiser, language), design.logo)


def question_notes(quiz: Quiz) -> list[dict[str, Any]]:
    """Return the questions, each with a short name, the signs in its exhibit, and what to ask the room after it."""
    return [
        {
            "it": asked,
            "short": short_name(asked.exhibit, quiz.language)
            if asked.exhibit and asked.answer.judges_exhibit
            else asked.stem,
            "language": asked.written_in
            if asked.exhibit and asked.answer.judges_exhibit
            else asked.stem_language,
            "signs": asked.explained.signs if asked.explained else (),
            "ask": line,
        }
        for asked, line in zip(view_questions(quiz), lines_to_ask(quiz), strict=True)
    ]


def _backing(bank: Bank, language: str) -> str:
    """Cite what backs the first minutes, or return "" where the bank says nothing of them."""
    stated = [fact for each in first_minutes(bank) for fact in each.facts]
    cited = {cite for fact in stated for cite in bank.facts[fact].cites}
    named = [
        citation(source, passages, language)
        for source in bank.sources.values()
        if (passages := [passage.id for passage in source.passages if passage.id in cited])
    ]
    return locale(language).semicolon.join(named)


def _stage(stage: Stage, order: RunningOrder, questions: int, language: str) -> str:
    values = {"first": 1, "last": questions, "minutes": f"{order.each:g}"}
    return _STAGES[stage.name].filled(**values).translated(language)


def first_minutes(bank: Bank) -> list[Statement]:
    """List what a bank says of the first minutes: what comes before the steps, and the steps."""
    return [*bank.statements_with_role("lead")[:1], *bank.statements_with_role("step")]


def _make(job: PrintJob, design: GuideDesign) -> Printed:
    quiz = quiz_on_slides(job)
    questions = ngettext("{count} question", "{count} questions", len(quiz.questions))
    content = _(
        "a guide to a talk of {minutes} minutes on {questions}", minutes=design.minutes, questions=questions
    )
    return Printed(print_guide(quiz, job.candidates().bank, design), content)


LAYOUT = Layout(
    name="guide",
    help=N_("a guide for whoever holds the talk"),
    design=GuideDesign,
    make=_make,
    kit=KitSheet(
        20,
        "one",
        "long-edge",
        _("For whoever holds the talk: the running order, and what to say to each question."),
    ),
)
