"""Descriptions of exhibits: a message, a call or a letter, line by line, with its telltale words."""

import re
from collections.abc import Callable, Mapping
from itertools import groupby
from typing import TypeAlias

from msgspec import Struct, structs

from quizgen.model import Bank, Exhibit, Question, Sign
from quizgen.text.languages import Text, convert_to_derived_language, locale, nest_quotes
from quizgen.text.messages import Message, _
from quizgen.view.frames import FRAMES, Frame
from quizgen.view.text import localize_for_display, make_single_line, space_after


class TextRun(Struct, frozen=True):
    """A run of text within a line; ``is_telltale`` says whether it shows if the exhibit is genuine or a scam."""

    text: str
    is_telltale: bool = False


TextRuns: TypeAlias = tuple[TextRun, ...]


def bracket_telltale_words(text_runs: TextRuns) -> str:
    """Return the text of a line with its telltale words in square brackets, so that they can be seen without colour."""
    return "".join(f"[{stretch.text}]" if stretch.is_telltale else stretch.text for stretch in text_runs)


def join_runs(text_runs: TextRuns) -> str:
    """Return the text of a line, without brackets."""
    return "".join(stretch.text for stretch in text_runs)


class ExhibitLine(Struct, frozen=True):
    """A line of an exhibit, with its number from 1.

    ``who`` names the speaker ("Caller:"), or is "" if every line comes from the sender. ``own`` says
    whether the person taking the quiz is the speaker. ``option`` is the letter of the option for this
    line, if the options are lines. The number of a reply that the person chose, and of the lines after it, is 0.
    """

    number: int
    who: str
    own: bool
    words: TextRuns
    option: str = ""

    @property
    def has_telltale_words(self) -> bool:
        """Whether the line has words that show if the exhibit is genuine or a scam."""
        return any(stretch.is_telltale for stretch in self.words)


class SignView(Struct, frozen=True):
    """Telltale words, in quotation marks and with a colon, and the reason why they are telltale."""

    words: str
    reason: str


class ExhibitView(Struct, frozen=True):
    """An exhibit: what it is ("A text message from:"), its sender, and its lines.

    ``context`` says what happened before, and may be "". ``numbered`` says whether the lines are options.
    ``signs`` are in the order in which their words occur; before the answer there are none.
    """

    frame: Frame
    label: str
    sender: TextRuns
    lines: tuple[ExhibitLine, ...]
    numbered: bool
    signs: tuple[SignView, ...] = ()
    context: str = ""

    @property
    def telltale_lines(self) -> tuple[ExhibitLine, ...]:
        """The lines with telltale words; none before the answer."""
        return tuple(line for line in self.lines if line.has_telltale_words)


class Turn(Struct, frozen=True):
    """Lines that one speaker says without a break; ``who`` is "" if everything comes from the sender.

    ``is_named`` says whether the frame names the speaker here: beside bubbles only the person taking the quiz, because the
    sender is at the head.
    """

    who: str
    own: bool
    lines: tuple[ExhibitLine, ...]
    is_named: bool


SPEAKERS: Mapping[str, Message] = {
    "sender": _("Sender:"),
    "caller": _("Caller:"),
    "you": _("You:"),
}
"""Who says a line."""


def group_into_turns(exhibit: ExhibitView) -> tuple[Turn, ...]:
    """Group the lines of an exhibit by speaker: a turn is what one says before another does."""
    groups = groupby(exhibit.lines, key=lambda line: (line.who, line.own))
    has_bubbles = exhibit.frame.said == "bubbles"
    return tuple(
        Turn(who, own, tuple(lines), is_named=bool(who) and (own or not has_bubbles))
        for (who, own), lines in groups
    )


_SALUTATION = re.compile(r"[^:：]{2,24}[:：](?=.)")


def split_salutation(exhibit: ExhibitView, text: str) -> tuple[str, str]:
    """Split the words that greet the reader ("Dear customer:") from the first line of a letter.

    They are "" if the line has none, or if the exhibit is no letter.
    """
    found = None if exhibit.numbered or "salutation" not in exhibit.frame.parts else _SALUTATION.match(text)
    return (found[0], text[found.end() :].lstrip()) if found else ("", text)


def insert_replies(
    view: ExhibitView,
    exhibit: Exhibit,
    replies: tuple[int, ...],
    language: str,
    localize_text: Callable[[Text, str], str] = localize_for_display,
) -> ExhibitView:
    """Return an exhibit with the replies that the person chose, and with the lines that follow them."""
    said = exhibit.chosen_replies(replies)
    if not said:
        return view
    lines: list[ExhibitLine] = []
    for line in view.lines:
        lines.append(line)
        if reply := said.get(line.number):
            spoken = [("you", reply.say), *((each.who, each.text) for each in reply.then)]
            lines += [
                ExhibitLine(
                    number=0,
                    who=SPEAKERS[who].translated(language),
                    own=who == "you",
                    words=(TextRun(localize_text(text, language)),),
                )
                for who, text in spoken
            ]
    return structs.replace(view, lines=tuple(lines))


def exhibit_name(exhibit: ExhibitView) -> str:
    """Return what an exhibit is, and its sender: "A phone call from: Bank"."""
    return f"{exhibit.label}{space_after(exhibit.label)}{join_runs(exhibit.sender)}"


def exhibit_title(exhibit: ExhibitView, language: str) -> str:
    """Return what an exhibit is, its sender and its first line in quotation marks."""
    before, after = locale(language).quotes[0], locale(language).quotes[1]
    gap, first = space_after(exhibit.label), nest_quotes(join_runs(exhibit.lines[0].words), language)
    return f"{exhibit_name(exhibit)}{gap}{before}{first}{after}"


def build_exhibit_view(
    bank: Bank,
    question: Question,
    language: str,
    *,
    show_signs: bool,
    localize_text: Callable[[Text, str], str] = localize_for_display,
) -> ExhibitView | None:
    """Describe the exhibit of a question; return ``None`` if it has none.

    ``show_signs`` shows the telltale words, which is for after the answer. ``localize_text`` returns a
    text in a language.
    """
    exhibit = bank.exhibits.get(question.exhibit)
    if exhibit is None:
        return None
    marked_signs: list[Sign] = []
    if show_signs:
        marked_signs = sorted(
            exhibit.signs, key=lambda sign: (sign.line, _find_sign(exhibit, sign, language, localize_text))
        )
    answer = question.answer
    options = (
        {}
        if show_signs
        else {line: answer.option_letter(index) for index, line in enumerate(answer.option_line_numbers)}
    )
    by_turns = exhibit.is_conversation
    lines = tuple(
        ExhibitLine(
            number=number,
            who=SPEAKERS[line.who].translated(language) if by_turns else "",
            own=line.who == "you",
            words=_split_at_telltale_words(exhibit, number, marked_signs, language, localize_text),
            option=options.get(number, ""),
        )
        for number, line in enumerate(exhibit.lines, start=1)
    )
    return ExhibitView(
        frame=FRAMES[exhibit.channel],
        label=FRAMES[exhibit.channel].label.translated(language),
        sender=_split_at_telltale_words(exhibit, 0, marked_signs, language, localize_text),
        lines=lines,
        numbered=bool(answer.option_line_numbers),
        signs=tuple(
            SignView(
                _("“{words}”:", words=nest_quotes(localize_text(sign.words, language), language)).translated(
                    language
                ),
                localize_text(sign.reason, language),
            )
            for sign in marked_signs
        ),
        context=localize_text(exhibit.context, language) if exhibit.context else "",
    )


def _split_at_telltale_words(
    exhibit: Exhibit, line: int, signs: list[Sign], language: str, localize_text: Callable[[Text, str], str]
) -> TextRuns:
    """Split a line, or the sender if ``line`` is 0, at the beginning and the end of telltale words.

    Where the words of two signs overlap, only the first ones count.
    """
    whole = localize_text(_line_text(exhibit, line), language)
    stretches: list[TextRun] = []
    done = 0
    for start, end in sorted(
        _find_sign(exhibit, sign, language, localize_text) for sign in signs if sign.line == line
    ):
        if done <= start < end:
            stretches += [TextRun(whole[done:start]), TextRun(whole[start:end], is_telltale=True)]
            done = end
    return tuple(stretch for stretch in (*stretches, TextRun(whole[done:])) if stretch.text)


def _line_text(exhibit: Exhibit, line: int) -> dict[str, str]:
    return exhibit.lines[line - 1].text if line else exhibit.sender


def _find_sign(
    exhibit: Exhibit, sign: Sign, language: str, localize_text: Callable[[Text, str], str]
) -> tuple[int, int]:
    """Return where the words of a sign begin and end in their line.

    Traditional Chinese is converted from Simplified, and a word may be converted differently within its
    line than alone. Then the position follows from the texts before and after the words in the Simplified
    line.
    """
    whole, words = (
        localize_text(_line_text(exhibit, sign.line), language),
        localize_text(sign.words, language),
    )
    if (start := whole.find(words)) >= 0:
        return start, start + len(words)
    base = locale(language).base
    written = _line_text(exhibit, sign.line).get(base, "")
    before, found, after = written.partition(sign.words.get(base, "\0"))
    if not found:
        return 0, 0
    start, rest = (
        len(make_single_line(convert_to_derived_language(part, language))) for part in (before, after)
    )
    return start, len(whole) - rest
