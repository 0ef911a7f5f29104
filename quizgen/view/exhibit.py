"""An exhibit in one language: a message, a call or a letter, line by line, with the words in it that decide."""

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Literal, TypeAlias

from msgspec import Struct

from quizgen.model import Bank, Channel, Exhibit, Question, Sign
from quizgen.text.languages import Text, derived, locale, within_quotes
from quizgen.text.messages import Message, _
from quizgen.view.text import display_text, on_one_line, space_after

Form: TypeAlias = Literal["bubble", "call", "letter", "page"]
FORMS: dict[Channel, Form] = {
    "sms": "bubble",
    "chat": "bubble",
    "call": "call",
    "email": "letter",
    "letter": "letter",
    "notice": "page",
    "app": "page",
}
"""How each channel looks: text in a bubble, a conversation, a letter with a head, a page with a title."""


class TextRun(Struct, frozen=True):
    """A run of text in a line. ``decides`` says whether it decides if the exhibit is genuine."""

    text: str
    decides: bool = False


TextRuns: TypeAlias = tuple[TextRun, ...]


def with_brackets(words: TextRuns) -> str:
    """Return text runs with square brackets around those that decide, so that nobody needs colour to see them."""
    return "".join(f"[{stretch.text}]" if stretch.decides else stretch.text for stretch in words)


def without_marks(words: TextRuns) -> str:
    """Return text runs without marks."""
    return "".join(stretch.text for stretch in words)


class ExhibitLine(Struct, frozen=True):
    """A line of an exhibit, with its number from 1.

    ``who`` names its speaker ("Caller:"), or is "" if every line comes from the sender; ``own`` says whether the reader speaks.
    ``option`` is the letter of the option for this line, if lines are options.
    """

    number: int
    who: str
    own: bool
    words: TextRuns
    option: str = ""

    @property
    def decides(self) -> bool:
        """Whether the line has words that decide."""
        return any(stretch.decides for stretch in self.words)


class SignView(Struct, frozen=True):
    """Words that decide, in quotation marks and with a colon, and the reason."""

    words: str
    reason: str


class ExhibitView(Struct, frozen=True):
    """An exhibit: what it is and from whom ("A text message from:"), and its lines.

    ``context`` says what happened before, and may be "". ``numbered`` says whether lines are options. ``signs`` are in the
    order of their words; before the answer there are none.
    """

    form: Form
    label: str
    sender: TextRuns
    lines: tuple[ExhibitLine, ...]
    numbered: bool
    signs: tuple[SignView, ...] = ()
    context: str = ""

    @property
    def deciding(self) -> tuple[ExhibitLine, ...]:
        """The lines with words that decide; none before the answer."""
        return tuple(line for line in self.lines if line.decides)


class Turn(Struct, frozen=True):
    """Lines that one speaker says without a break; ``who`` is "" if everything comes from the sender."""

    who: str
    own: bool
    lines: tuple[ExhibitLine, ...]


LABELS: Mapping[str, Message] = {
    "sms": _("A text message from:"),
    "chat": _("A chat message from:"),
    "call": _("A phone call from:"),
    "email": _("An e-mail from:"),
    "letter": _("A letter from:"),
    "notice": _("A notice:"),
    "app": _("A page of an app:"),
}
"""What an exhibit is, by its channel."""

SPEAKERS: Mapping[str, Message] = {
    "sender": _("Sender:"),
    "caller": _("Caller:"),
    "you": _("You:"),
}
"""Who says a line."""


def turns(exhibit: ExhibitView) -> tuple[Turn, ...]:
    """Group the lines of an exhibit into turns of speakers."""
    groups = groupby(exhibit.lines, key=lambda line: (line.who, line.own))
    return tuple(Turn(who, own, tuple(lines)) for (who, own), lines in groups)


def exhibit_name(exhibit: ExhibitView) -> str:
    """Return what an exhibit is, and its sender."""
    return f"{exhibit.label}{space_after(exhibit.label)}{without_marks(exhibit.sender)}"


def short_name(exhibit: ExhibitView, language: str) -> str:
    """Return what an exhibit is, its sender and its first line."""
    before, after = locale(language).quotes[0], locale(language).quotes[1]
    gap, first = space_after(exhibit.label), within_quotes(without_marks(exhibit.lines[0].words), language)
    return f"{exhibit_name(exhibit)}{gap}{before}{first}{after}"


def view_exhibit(
    bank: Bank,
    question: Question,
    language: str,
    *,
    signs: bool,
    text: Callable[[Text, str], str] = display_text,
) -> ExhibitView | None:
    """Describe the exhibit of a question, if it has one; with ``signs`` after the answer.

    ``text`` returns a text of the bank in a language.
    """
    exhibit = bank.exhibits.get(question.exhibit)
    if exhibit is None:
        return None
    marked_signs: list[Sign] = []
    if signs:
        marked_signs = sorted(
            exhibit.signs, key=lambda sign: (sign.line, _span(exhibit, sign, language, text))
        )
    answer = question.answer
    options = (
        {}
        if signs
        else {line: answer.option_letter(index) for index, line in enumerate(answer.option_line_numbers)}
    )
    by_turns = exhibit.is_conversation
    lines = tuple(
        ExhibitLine(
            number=number,
            who=SPEAKERS[line.who].translated(language) if by_turns else "",
            own=line.who == "you",
            words=_words(exhibit, number, marked_signs, language, text),
            option=options.get(number, ""),
        )
        for number, line in enumerate(exhibit.lines, start=1)
    )
    return ExhibitView(
        form=FORMS[exhibit.channel],
        label=LABELS[exhibit.channel].translated(language),
        sender=_words(exhibit, 0, marked_signs, language, text),
        lines=lines,
        numbered=bool(answer.option_line_numbers),
        signs=tuple(
            SignView(
                _("“{words}”:", words=within_quotes(text(sign.words, language), language)).translated(
                    language
                ),
                text(sign.reason, language),
            )
            for sign in marked_signs
        ),
        context=text(exhibit.context, language) if exhibit.context else "",
    )


def _words(
    exhibit: Exhibit, line: int, signs: list[Sign], language: str, text: Callable[[Text, str], str]
) -> TextRuns:
    """Split a line, or the sender, where deciding words begin and end; of overlapping ones, the first counts."""
    whole = text(_text(exhibit, line), language)
    stretches: list[TextRun] = []
    done = 0
    for start, end in sorted(_span(exhibit, sign, language, text) for sign in signs if sign.line == line):
        if done <= start < end:
            stretches += [TextRun(whole[done:start]), TextRun(whole[start:end], decides=True)]
            done = end
    return tuple(stretch for stretch in (*stretches, TextRun(whole[done:])) if stretch.text)


def _text(exhibit: Exhibit, line: int) -> dict[str, str]:
    return exhibit.lines[line - 1].text if line else exhibit.sender


def _span(exhibit: Exhibit, sign: Sign, language: str, text: Callable[[Text, str], str]) -> tuple[int, int]:
    """Find the position of a sign's words in their line.

    In a derived language, the converter may convert words in a line differently than alone. Then the position follows from
    the text before and after them in the base language.
    """
    whole, words = text(_text(exhibit, sign.line), language), text(sign.words, language)
    if (start := whole.find(words)) >= 0:
        return start, start + len(words)
    base = locale(language).base
    written = _text(exhibit, sign.line).get(base, "")
    before, found, after = written.partition(sign.words.get(base, "\0"))
    if not found:
        return 0, 0
    start, rest = (len(on_one_line(derived(part, language))) for part in (before, after))
    return start, len(whole) - rest
