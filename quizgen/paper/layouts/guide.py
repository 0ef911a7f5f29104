"""A guide for the speaker of a talk: what to prepare, the running order, notes on each question, and help numbers.

Its questions are those of the slides (``slides.py``) and the handout with the same seed, in the same order and with the
same letters.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import accumulate, count
from typing import Annotated, Any

from msgspec import Struct

from quizgen.citation import format_citation, full_title
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.model import Bank, Question, Quiz, Reply, Statement, help_heading
from quizgen.paper.design import PAGES, Option, SheetDesign, sheet_title, sheet_title_language
from quizgen.paper.layouts import KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.layouts.slides import choose_slides_quiz
from quizgen.paper.no_break import keep_last_words_together
from quizgen.paper.renderer import PdfMetadata, print_template
from quizgen.paper.sheets import SEPARATOR, exhibit_template_values
from quizgen.paper.take_home import verb_heads
from quizgen.permutations import shuffled
from quizgen.text.languages import locale, localize, localize_with_language
from quizgen.text.messages import N_, Message, _, ngettext
from quizgen.view.exhibit import SPEAKERS, exhibit_name, exhibit_title, join_runs
from quizgen.view.question import QuestionView, build_question_views
from quizgen.view.room import list_questions_to_ask_audience

NARROW_PAGE = 450.0
"""Pages narrower than this, in points, have smaller type: A5."""

MIN_MINUTES = 1.0
"""The fewest minutes in which a question can be read aloud, answered and explained."""

_NUMBERS_CHECK = _("Look at the numbers on the last slide: do they work where your listeners live?")
_SLIDES = _(
    "Put the slides on your computer. With seed {seed}, slides, handout and guide have the same questions in the same order; versions (A, B, C) of a kit name the slide."
)
_LAST_ROW = _("Stand in the last row: can you read the screen and hear the loudspeaker from there?")

_PREPARATION = (
    _(
        "Print a handout for each person, on both sides, in large type for those who like it, and this guide for yourself."
    ),
    _SLIDES,
    _("Bring pens, a pair of reading glasses to lend, and water."),
    _NUMBERS_CHECK,
    _LAST_ROW,
    _("Nobody has to tell a story of their own. Whoever does is thanked, and never blamed."),
)
"""What to do before a talk."""

_WITHOUT_SLIDES: Mapping[Message, Message] = {
    _SLIDES: _(
        "There are no slides: not all the questions fit on them, so read each aloud. With seed {seed}, handout and guide have the same questions in the same order."
    ),
    _NUMBERS_CHECK: _("Look at the numbers in this guide: do they work where your listeners live?"),
    _LAST_ROW: _("Stand in the last row: can you hear the speaker from there?"),
}
"""What takes the place of what is about slides, if there are none."""

_STAGES: Mapping[str, Message] = {
    "welcome": _("Welcome: who you are, and that nobody is marked"),
    "each": _("Questions {first} to {last}, {minutes} minutes each"),
    "cheated": _("If somebody has just been cheated"),
    "theirs": _("Their questions"),
    "close": _("The numbers once more, aloud, and thanks"),
    "verbs": _("All together: {verbs}; the numbers once more, and thanks"),
    "thanks": _("Thanks"),
}
"""The stages of a talk, by name."""


class GuideDesign(SheetDesign, frozen=True):
    """Options of a guide."""

    minutes: Annotated[int, Option(N_("How many minutes the talk takes, such as 30 or 60."), "N")] = 30


class TalkStage(Struct, frozen=True):
    """A stage of a talk: its start and its length, in minutes, and its name."""

    start: float
    minutes: float
    name: str

    @property
    def clock(self) -> str:
        """The start, as hours and minutes from 0:00."""
        return format_clock(self.start)


class RunningOrder(Struct, frozen=True):
    """The stages of a talk in order, and the minutes for each question."""

    stages: tuple[TalkStage, ...]
    minutes_each: float

    def question_clock(self, number: int) -> str:
        """Return when a question starts, as hours and minutes into the talk, such as ``0:12``. The first has number 1."""
        (first,) = (stage.start for stage in self.stages if stage.name == "each")
        return format_clock(first + self.minutes_each * (number - 1))


def make_running_order(minutes: int, questions: int, *, names_steps: bool = True) -> RunningOrder:
    """Divide a talk into welcome, quiz, help for victims, questions from the audience, and close.

    Without ``names_steps``, the bank has nothing for victims, and the audience gets these minutes, too.

    Each question of the quiz has whole or half minutes, and the audience gets what is left. Raises MisuseError if a question
    would have less than MIN_MINUTES.
    """
    minutes_each = _quiz_minutes(minutes) * 2 // questions / 2
    if minutes_each < MIN_MINUTES:
        min_minutes = next(
            longer for longer in count(minutes) if _quiz_minutes(longer) >= questions * MIN_MINUTES
        )
        raise MisuseError(
            problem(
                _("{count} questions need at least {least} minutes"),
                _("ask for fewer with --count, or for more --minutes"),
                count=questions,
                least=min_minutes,
            )
        )
    lengths: dict[str, float] = {
        "welcome": _minutes_of_other_stages(minutes)["welcome"],
        "each": minutes_each * questions,
    }
    lengths |= {
        name: length for name, length in _minutes_of_other_stages(minutes).items() if name != "welcome"
    }
    lengths["theirs"] += _quiz_minutes(minutes) - minutes_each * questions
    if not names_steps:
        lengths["theirs"] += lengths.pop("cheated")
    starts = accumulate(lengths.values(), initial=0.0)
    stages = tuple(
        TalkStage(start, length, name) for start, (name, length) in zip(starts, lengths.items(), strict=False)
    )
    return RunningOrder(stages, minutes_each)


def _minutes_of_other_stages(minutes: int) -> dict[str, float]:
    """Return the minutes of each stage except the quiz."""
    return {
        "welcome": max(2, round(minutes / 15)),
        "cheated": max(2, round(minutes / 10)),
        "theirs": max(1, round(minutes / 10)),
        "close": max(1, round(minutes / 30)),
    }


def _quiz_minutes(minutes: int) -> float:
    """Return how many minutes of a talk the quiz takes."""
    return minutes - sum(_minutes_of_other_stages(minutes).values())


def format_clock(minutes: float) -> str:
    """Format minutes as hours and minutes, without fractions: 1:05."""
    return f"{int(minutes) // 60}:{int(minutes) % 60:02}"


def print_guide(quiz: Quiz, bank: Bank, design: GuideDesign, *, has_slides: bool = True) -> bytes:
    """Print a guide to a quiz, as a PDF: before the talk, its running order, each question, help, and sources.

    Without ``has_slides``, it speaks of none. ``bank`` is the whole bank, whose statements say what to do after a fraud. The same quiz, design, fonts and
    version of quizgen make the same bytes. Raises MisuseError if a talk is too short for its questions, and as
    ``print_template`` does.
    """
    language = quiz.language
    steps = bank.statements_with_role("step")
    names_steps = bool(steps or bank.statements_with_role("lead") or bank.help)
    order = make_running_order(design.minutes, len(quiz.questions), names_steps=names_steps)
    title = sheet_title(design, language)
    page = PAGES[design.paper]
    first = bank.statements_with_role("lead")[:1]
    lead, lead_language = localize_with_language(first[0].text, language) if first else ("", language)
    verbs = verb_heads(bank, language)
    values = {
        "design": design,
        "title": title,
        "title_language": sheet_title_language(design, language),
        "page": page,
        "size": 16 if design.text_size == "large" else 13 if page.width > NARROW_PAGE else 11,
        "small": 16 if design.text_size == "large" else 10,
        "large": design.text_size == "large",
        "leading": locale(language).leading - 0.04,
        "heading_leading": locale(language).heading_leading,
        "order": order,
        "questions": ngettext("{count} question", "{count} questions", len(quiz.questions)).translated(
            language
        ),
        "seed": quiz.seed,
        "notes": question_notes(quiz),
        "script": script_values(quiz, bank),
        "help_title": help_heading(quiz.bank.help.values(), _("Numbers")).translated(language),
        "help": [
            (each.number, *localize_with_language(each.purpose, language)) for each in quiz.bank.help.values()
        ],
        "lead": lead,
        "lead_language": lead_language,
        "steps": [
            (localize(each.head, language), *localize_with_language(each.text, language)) for each in steps
        ],
        "names_steps": names_steps,
        "stages": [
            (
                stage,
                _STAGES["thanks"].translated(language)
                if stage.name == "close" and not quiz.bank.help
                else _STAGES["verbs"].with_values(verbs=SEPARATOR.join(verbs)).translated(language)
                if stage.name == "close" and verbs
                else _stage_title(stage, order, len(quiz.questions), language),
            )
            for stage in order.stages
        ],
        "before": [
            (each if has_slides else _WITHOUT_SLIDES.get(each, each))
            .with_values(seed=quiz.seed)
            .translated(language)
            for each in _PREPARATION
            if quiz.bank.help or each != _NUMBERS_CHECK
        ],
        "backing": _first_minute_citations(bank, language),
        "sources": locale(language).semicolon.join(
            full_title(source, language) for source in quiz.bank.sources.values()
        ),
        "semicolon": locale(language).semicolon,
        "keep_end": keep_last_words_together,
    }
    return print_template("guide.html", values, PdfMetadata(title, design.organiser, language), design)


def question_notes(quiz: Quiz) -> list[dict[str, Any]]:
    """Return the questions, each with its exhibit and the signs in it, a heading, and a question for the audience."""
    views = build_question_views(quiz)
    names = Counter(exhibit_name(view.exhibit) for view in views if view.exhibit)

    def heading(view: QuestionView) -> str:
        if not view.exhibit:
            return view.stem
        name = exhibit_name(view.exhibit)
        return exhibit_title(view.exhibit, quiz.language) if names[name] > 1 else name

    return [
        {
            "it": view,
            "heading": heading(view),
            "exhibit": exhibit_template_values(view),
            "signs": view.explained_exhibit.signs if view.explained_exhibit else (),
            "ask": line,
        }
        for view, line in zip(views, list_questions_to_ask_audience(quiz), strict=True)
    ]


class ScriptLine(Struct, frozen=True):
    """A line of a script: the speaker and the words, and the replies to choose from after it, each with the lines that follow."""

    who: str
    text: str
    replies: tuple[tuple["ScriptLine", ...], ...] = ()


def script_values(quiz: Quiz, bank: Bank) -> dict[str, Any] | None:
    """Return a call that answers back as a script for two voices; ``None`` if the question bank has no such call."""
    view = _choose_call(quiz, bank)
    exhibit = view.explained_exhibit if view else None
    if view is None or exhibit is None:
        return None
    by_id = view.bank.exhibits[view.question.exhibit]
    lines = tuple(
        ScriptLine(
            shown.who,
            join_runs(shown.words),
            tuple(_reply_lines(reply, view) for reply in line.replies),
        )
        for shown, line in zip(exhibit.lines, by_id.lines, strict=True)
    )
    return {"it": view, "name": exhibit_name(exhibit), "context": exhibit.context, "lines": lines}


def _choose_call(quiz: Quiz, bank: Bank) -> QuestionView | None:
    """Choose a question about a call with replies: from the quiz if possible, or else a scam from the whole bank."""

    def calls(questions: Iterable[Question], bank: Bank) -> list[Question]:
        return [
            question
            for question in questions
            if question.answer.is_genuine_or_scam_choice
            and (exhibit := bank.exhibits.get(question.exhibit))
            and exhibit.channel == "call"
            and any(line.replies for line in exhibit.lines)
        ]

    if own := calls(quiz.questions, quiz.bank):
        return QuestionView(own[0], quiz.bank, quiz.language)
    scams = [
        question
        for question in calls(bank.questions.values(), bank)
        if not bank.exhibits[question.exhibit].genuine
    ]
    chosen = shuffled(scams, quiz.seed, "script")[:1]
    return QuestionView(chosen[0], bank, quiz.language) if chosen else None


def _reply_lines(reply: Reply, view: QuestionView) -> tuple[ScriptLine, ...]:
    spoken = [("you", reply.say), *((line.who, line.text) for line in reply.then)]
    return tuple(
        ScriptLine(SPEAKERS[who].translated(view.language), view.localize(text)) for who, text in spoken
    )


def _first_minute_citations(bank: Bank, language: str) -> str:
    """Cite the passages behind the statements on the first minutes after a fraud, or return "" without any."""
    facts = [fact for each in first_minute_statements(bank) for fact in each.facts]
    cited = {cite for fact in facts for cite in bank.facts[fact].cites}
    citations = [
        format_citation(source, passages, language)
        for source in bank.sources.values()
        if (passages := [passage.id for passage in source.passages if passage.id in cited])
    ]
    return locale(language).semicolon.join(citations)


def _stage_title(stage: TalkStage, order: RunningOrder, questions: int, language: str) -> str:
    values = {"first": 1, "last": questions, "minutes": f"{order.minutes_each:g}"}
    return _STAGES[stage.name].with_values(**values).translated(language)


def first_minute_statements(bank: Bank) -> list[Statement]:
    """List the statements on the first minutes after a fraud: the lead and the steps."""
    return [*bank.statements_with_role("lead")[:1], *bank.statements_with_role("step")]


def _print_sheet(job: PrintJob, design: GuideDesign) -> PrintedSheet:
    """Print the sheet with the questions that a print job gives it."""
    try:
        quiz, has_slides = choose_slides_quiz(job), True
    except QuizgenError:
        quiz, has_slides = job.quiz(), False
    questions = ngettext("{count} question", "{count} questions", len(quiz.questions))
    content = _(
        "a guide to a talk of {minutes} minutes on {questions}", minutes=design.minutes, questions=questions
    )
    return PrintedSheet(print_guide(quiz, job.candidates().bank, design, has_slides=has_slides), content)


LAYOUT = Layout(
    name="guide",
    help=N_("a guide for the speaker"),
    unused_options=("link",),
    design=GuideDesign,
    make=_print_sheet,
    kit=KitSheet(
        20,
        "one",
        "long-edge",
        _("For the speaker: the running order, and what to say about each question."),
    ),
)
