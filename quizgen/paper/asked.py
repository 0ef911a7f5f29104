"""Questions as plain data for layouts that are pages of HTML: what is asked, what there is to choose, and what is right.

It is drawn from the views (``quizgen.view``), with letters as paper has them, so that slides, a guide and a page in two
languages say the same as handout and screen, whatever the shape of an answer.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Literal, TypeAlias

from msgspec import Struct

from quizgen.model import Bank, Question, Quiz
from quizgen.paper.shapes import on_paper
from quizgen.view.exhibit import ExhibitLine, ExhibitView, view_exhibit
from quizgen.view.room import hint_for_room
from quizgen.view.shapes import Part, shape_view
from quizgen.view.sources import citations
from quizgen.view.text import shown

Form: TypeAlias = Literal["choose", "sides", "lines", "pairs", "order", "blank"]
"""What stands below a stem: lettered options; the two sides of a verdict or a truth; nothing, since lines of the
exhibit are numbered; prompts and choices; steps; nothing, since there is a blank in the stem."""

_PAIR = re.compile(r"(\d+)(\D+)")


class Choice(Struct, frozen=True):
    """An option by its printed letter, "" where it has none; ``right`` tells whether it is the key, or part of it."""

    name: str
    text: str
    right: bool


class Pair(Struct, frozen=True):
    """A prompt with the choice that belongs to it; or a place with its step, and then ``prompt`` has no text."""

    prompt: Part
    choice: Part


class Turn(Struct, frozen=True):
    """Lines that one speaker says without a break; ``who`` is "" where all comes from the sender."""

    who: str
    own: bool
    lines: tuple[ExhibitLine, ...]


class Asked(Struct, frozen=True):
    """A question of a quiz, in one language, with its answer.

    ``stem`` is in parts where blanks stand between. ``pairs`` is the right answer of prompts, in their order, or of
    steps, first to last. ``explained`` is the exhibit with its signs; ``right_answer`` spells the key out in words that
    do not depend on the printed order, and ``key`` in letters, "" where there are none. ``citations`` name passages.
    """

    number: int
    id: str
    language: str
    topic: str
    form: Form
    is_brief: bool
    stem: tuple[str, ...]
    hint: str
    exhibit: ExhibitView | None
    explained: ExhibitView | None
    prompts: tuple[Part, ...]
    options: tuple[Choice, ...]
    pairs: tuple[Pair, ...]
    key: str
    right_answer: str
    rationale: str
    advice: str
    citations: tuple[str, ...]

    @property
    def answers(self) -> tuple[Part, ...]:
        """The right answer by what it is called on the page, part by part: ``B``, ``1 C``, or "" where it has no name."""
        if self.pairs:
            return tuple(
                Part(
                    f"{pair.prompt.name} {pair.choice.name}",
                    " → ".join(filter(None, (pair.prompt.text, pair.choice.text))),
                )
                for pair in self.pairs
            )
        found = tuple(Part(each.name, each.text) for each in self.options if each.right)
        return found or (Part("", self.right_answer),)

    @property
    def marked(self) -> tuple[Part, ...]:
        """The right answer as a paper shows it, where steps are numbered in the boxes before them and pairs by letters."""
        if self.form != "order":
            return self.answers
        places = {pair.choice.name: pair.prompt.name for pair in self.pairs}
        return tuple(Part(places[option.name], option.text) for option in self.options)


def asked_questions(quiz: Quiz, language: str = "") -> tuple[Asked, ...]:
    """Describe all questions of a quiz, in its language or another; letters and orders are those of the quiz."""
    return tuple(
        _asked(question, number, quiz.bank, language or quiz.language)
        for number, question in enumerate(quiz.questions, start=1)
    )


def turns(exhibit: ExhibitView) -> tuple[Turn, ...]:
    """Put the lines of an exhibit together as they are said by turns."""
    groups = groupby(exhibit.lines, key=lambda line: (line.who, line.own))
    return tuple(Turn(who, own, tuple(lines)) for (who, own), lines in groups)


def _asked(question: Question, number: int, bank: Bank, language: str) -> Asked:
    answer, view, paper = question.answer, shape_view(question.answer), on_paper(question, language)
    key = view.key(answer, language)
    listed = view.options(answer, language)
    prompts = view.prompts(answer, language)
    form = _form(question, listed, prompts, key, has_letters=bool(paper.mark_alphabet()))
    named = {part.name for part in key}
    return Asked(
        number=number,
        id=question.id,
        language=language,
        topic=shown(bank.topics[question.topic].title, language),
        form=form,
        is_brief=paper.is_brief,
        stem=tuple(paper.stem_parts(shown(question.stem, language))),
        hint=hint_for_room(view.hint(answer), language),
        exhibit=view_exhibit(bank, question, language, signs=False),
        explained=view_exhibit(bank, question, language, signs=True),
        prompts=prompts,
        options=tuple(
            Choice(
                part.name.upper() if form not in ("sides", "lines") else "",
                part.text,
                form in ("choose", "sides", "lines") and part.name in named,
            )
            for part in listed
        ),
        pairs=_pairs(form, key, prompts, listed),
        key=paper.mark(),
        right_answer=paper.right_answer(),
        rationale=shown(question.rationale, language),
        advice=shown(question.advice, language),
        citations=citations(bank, question, language),
    )


def _form(
    question: Question,
    options: Sequence[Part],
    prompts: Sequence[Part],
    key: Sequence[Part],
    *,
    has_letters: bool,
) -> Form:
    if question.answer.line_numbers:
        return "lines"
    if not options:
        return "blank"
    if prompts:
        return "pairs"
    if len(key) == len(options):
        return "order"
    return "choose" if has_letters else "sides"


def _pairs(
    form: Form, key: Sequence[Part], prompts: Sequence[Part], options: Sequence[Part]
) -> tuple[Pair, ...]:
    if form == "order":
        return tuple(
            Pair(Part(str(place), ""), Part(part.name.upper(), part.text))
            for place, part in enumerate(key, start=1)
        )
    if form != "pairs":
        return ()
    asked, chosen = ({part.name: part.text for part in parts} for parts in (prompts, options))
    found = [match.groups() for part in key if (match := _PAIR.fullmatch(part.name))]
    return tuple(
        Pair(Part(number, asked[number]), Part(letter.upper(), chosen[letter])) for number, letter in found
    )
