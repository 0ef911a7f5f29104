"""An exhibit in one language: a message, a call or a letter, line by line, and the words in it that decide."""

from collections.abc import Callable
from itertools import groupby
from typing import Literal, TypeAlias

from msgspec import Struct

from quizgen.model import Bank, Channel, Exhibit, Question, Sign
from quizgen.text.languages import Text, derived, locale, within_quotes
from quizgen.text.messages import message
from quizgen.view.text import on_one_line, shown, space_after

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
"""How each channel looks: words in a bubble, a conversation, a letter with a head, a page with a title."""


class Stretch(Struct, frozen=True):
    """A run of words in a line, which decide whether the exhibit is genuine or do not."""

    text: str
    decides: bool = False


Words: TypeAlias = tuple[Stretch, ...]


def marked(words: Words) -> str:
    """Write words, with square brackets around those that decide, so that colour is not needed to see them."""
    return "".join(f"[{stretch.text}]" if stretch.decides else stretch.text for stretch in words)


def plain(words: Words) -> str:
    """Write words without marks."""
    return "".join(stretch.text for stretch in words)


class ExhibitLine(Struct, frozen=True):
    """A line of an exhibit, counted from 1.

    ``who`` names its speaker ("Caller:"), or is "" where every line comes from the sender; ``own`` says whether the
    speaker is the reader. ``option`` is the letter of the option that chooses this line, where a line is asked for.
    """

    number: int
    who: str
    own: bool
    words: Words
    option: str = ""

    @property
    def decides(self) -> bool:
        """Whether it has words that decide."""
        return any(stretch.decides for stretch in self.words)


class SignView(Struct, frozen=True):
    """Words that decide, in quotation marks and with a colon, and the reason."""

    words: str
    reason: str


class ExhibitView(Struct, frozen=True):
    """An exhibit: what it is and from whom ("A text message from:"), and its lines.

    ``context`` stands above it and says what happened before; it may be "".
    ``numbered`` says whether a line is asked for. ``signs`` are in the order in which their words appear; before the
    answer there are none.
    """

    form: Form
    label: str
    sender: Words
    lines: tuple[ExhibitLine, ...]
    numbered: bool
    signs: tuple[SignView, ...] = ()
    context: str = ""

    @property
    def deciding(self) -> tuple[ExhibitLine, ...]:
        """The lines with words that decide; none before the answer."""
        return tuple(line for line in self.lines if line.decides)


class Turn(Struct, frozen=True):
    """Lines that one speaker says without a break; ``who`` is "" where all comes from the sender."""

    who: str
    own: bool
    lines: tuple[ExhibitLine, ...]


def turns(exhibit: ExhibitView) -> tuple[Turn, ...]:
    """Put the lines of an exhibit together as they are said by turns."""
    groups = groupby(exhibit.lines, key=lambda line: (line.who, line.own))
    return tuple(Turn(who, own, tuple(lines)) for (who, own), lines in groups)


def named(exhibit: ExhibitView) -> str:
    """Name an exhibit by what it is and its sender."""
    return f"{exhibit.label}{space_after(exhibit.label)}{plain(exhibit.sender)}"


def in_short(exhibit: ExhibitView, language: str) -> str:
    """Name an exhibit by what it is, its sender and its first line."""
    before, after = locale(language).quotes[0], locale(language).quotes[1]
    gap, first = space_after(exhibit.label), within_quotes(plain(exhibit.lines[0].words), language)
    return f"{named(exhibit)}{gap}{before}{first}{after}"


def view_exhibit(
    bank: Bank,
    question: Question,
    language: str,
    *,
    signs: bool,
    text: Callable[[Text, str], str] = shown,
) -> ExhibitView | None:
    """Describe what a question is about, if anything; with ``signs``, as after the answer.

    ``text`` gives a text of the bank in a language.
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
    options = {} if signs else {line: answer.label(index) for index, line in enumerate(answer.line_numbers)}
    by_turns = exhibit.is_conversation
    lines = tuple(
        ExhibitLine(
            number=number,
            who=message(language, f"exhibit.{line.who}") if by_turns else "",
            own=line.who == "you",
            words=_words(exhibit, number, marked_signs, language, text),
            option=options.get(number, ""),
        )
        for number, line in enumerate(exhibit.lines, start=1)
    )
    return ExhibitView(
        form=FORMS[exhibit.channel],
        label=message(language, f"exhibit.{exhibit.channel}"),
        sender=_words(exhibit, 0, marked_signs, language, text),
        lines=lines,
        numbered=bool(answer.line_numbers),
        signs=tuple(
            SignView(
                message(language, "exhibit.words", words=within_quotes(text(sign.words, language), language)),
                text(sign.reason, language),
            )
            for sign in marked_signs
        ),
        context=text(exhibit.context, language) if exhibit.context else "",
    )


def _words(
    exhibit: Exhibit, line: int, signs: list[Sign], language: str, text: Callable[[Text, str], str]
) -> Words:
    """Cut a line, or the sender, where words that decide begin and end; of overlapping ones, the first counts."""
    whole = text(_text(exhibit, line), language)
    stretches: list[Stretch] = []
    done = 0
    for start, end in sorted(_span(exhibit, sign, language, text) for sign in signs if sign.line == line):
        if done <= start < end:
            stretches += [Stretch(whole[done:start]), Stretch(whole[start:end], decides=True)]
            done = end
    return tuple(stretch for stretch in (*stretches, Stretch(whole[done:])) if stretch.text)


def _text(exhibit: Exhibit, line: int) -> dict[str, str]:
    return exhibit.lines[line - 1].text if line else exhibit.sender


def _span(exhibit: Exhibit, sign: Sign, language: str, text: Callable[[Text, str], str]) -> tuple[int, int]:
    """Find where a sign's words stand in their line.

    In a language that is derived from another, the converter may write words differently in a line than by themselves.
    Then their place follows from the text before and after them in the base language.
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
