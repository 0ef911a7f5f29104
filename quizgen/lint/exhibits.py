"""Rules on exhibits: twins differ only in their signs, about half are genuine, and nothing but the signs gives the answer away.

A problem in an exhibit is reported on the first question that shows it, and that question can waive it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from quizgen.lint.rule import LintDiagnostic, RuleDiagnostic, RuleList, Severity, WholeBank
from quizgen.lint.views import LanguageView, LocatedText, exhibit_path
from quizgen.model import Exhibit, Question
from quizgen.source.paragraphs import display_width
from quizgen.text.messages import Message, _, ngettext

RULES = RuleList()

MIN_LENGTH_RATIO, MAX_LENGTH_RATIO = 0.55, 1.8
"""Bounds for the length of a line with a sign, relative to its twin’s."""

MIN_GENUINE_SHARE, MAX_GENUINE_SHARE = 0.45, 0.55
"""Bounds for the share of genuine exhibits."""

MIN_SAMPLE = 10
"""With fewer exhibits, a share says nothing."""

_TRIALS = "Robb & Wendel 2023 and DeLiema, Robb & Wendel 2024, on practice with mixed messages"


@RULES.rule(
    "twin-differs",
    Severity.WARNING,
    "whole",
    "this project",
    "Twin exhibits differ only in their signs: all other lines are the same.",
)
def check_twins_differ_only_in_signs(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a line without a sign that differs between twin exhibits, and a line with a sign that differs in length.

    If nothing but the sign differs, a right answer shows that the reader saw the sign.
    """
    first_questions = _first_question_by_exhibit(whole_bank)
    exhibits = whole_bank.bank.exhibits
    for exhibit in exhibits.values():
        twin = exhibits.get(exhibit.twin)
        if (
            not twin
            or exhibit.id not in first_questions
            or (exhibit.id > twin.id and twin.id in first_questions)
        ):
            continue  # report a pair once
        for path, what in _find_twin_differences(exhibit, twin):
            hint = _("make it as in {twin}, or mark its sign", twin=twin.id)
            diagnostic = LintDiagnostic(
                first_questions[exhibit.id], (*exhibit_path(exhibit.id), *path), what, hint
            )
            if twin.id in first_questions:
                other = _("make it as in {twin}, or mark its sign", twin=exhibit.id)
                mirror = LintDiagnostic(
                    first_questions[twin.id], (*exhibit_path(twin.id), *path), what, other
                )
                diagnostic = diagnostic._replace(mirror=mirror)
            yield diagnostic


def _find_twin_differences(
    exhibit: Exhibit, twin: Exhibit
) -> Iterator[tuple[tuple[str | int, ...], Message]]:
    """Yield the path of each unwanted difference between two twins, and what differs."""
    if exhibit.channel != twin.channel:
        yield (
            ("channel",),
            _("twins have different channels, {one} and {other}", one=exhibit.channel, other=twin.channel),
        )
    if len(exhibit.lines) != len(twin.lines):
        yield (
            ("lines",),
            _("twins have {one} and {other} lines", one=len(exhibit.lines), other=len(twin.lines)),
        )
        return
    deciding = {*exhibit.lines_with_signs, *twin.lines_with_signs}
    speakers = [(line.who, other.who) for line, other in zip(exhibit.lines, twin.lines, strict=True)]
    for tag in {**exhibit.context, **twin.context}:
        if exhibit.context.get(tag) != twin.context.get(tag):
            yield ("context",), _("{where} has no sign, but differs from its twin’s", where=_("the context"))
            break
    texts = [(exhibit.sender, twin.sender)]
    texts += [(line.text, other.text) for line, other in zip(exhibit.lines, twin.lines, strict=True)]
    for number, (own, other) in enumerate(texts):
        path = ("lines", number - 1) if number else ("from",)
        named = _("line {line}", line=number) if number else _("the sender")
        if number and speakers[number - 1][0] != speakers[number - 1][1]:
            yield path, _("in twins, different people say {where}", where=named)
        for tag in exhibit.sender:
            if number not in deciding and own.get(tag) != other.get(tag):
                yield (*path, tag), _("{where} has no sign, but differs from its twin’s", where=named)
            elif number and not _has_similar_length(own.get(tag, ""), other.get(tag, "")):
                sizes = {"one": len(own.get(tag, "")), "other": len(other.get(tag, ""))}
                yield (
                    (*path, tag),
                    _(
                        "{where}, with its sign, differs in length from its twin’s: {one} and {other} characters",
                        where=named,
                        **sizes,
                    ),
                )


def _has_similar_length(text: str, other_text: str) -> bool:
    """Return whether two texts are about equally long."""
    return MIN_LENGTH_RATIO <= len(text) / max(1, len(other_text)) <= MAX_LENGTH_RATIO


@RULES.rule("exhibits-lean", Severity.WARNING, "whole", _TRIALS, "45 to 55% of the exhibits are genuine.")
def check_share_of_genuine_exhibits(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a question bank with many more scams than genuine exhibits, or the reverse.

    If most exhibits are scams, a reader who calls everything a scam passes, and learns to distrust everybody.
    """
    exhibits = whole_bank.bank.exhibits.values()
    genuine = sum(each.genuine for each in exhibits)
    if len(exhibits) >= MIN_SAMPLE and not MIN_GENUINE_SHARE <= genuine / len(exhibits) <= MAX_GENUINE_SHARE:
        more = _("add scams") if genuine > len(exhibits) / 2 else _("add genuine ones")
        what = _("{count} of {total} exhibits are genuine", count=genuine, total=len(exhibits))
        yield LintDiagnostic("", (), what, more)


@RULES.rule(
    "header-verdict",
    Severity.WARNING,
    "view",
    "this project",
    "Neither the sender nor the context of an exhibit says whether it is genuine.",
)
def check_header_gives_verdict(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report a sender or a context that says or suggests whether the exhibit is genuine.

    Readers look at it first. Quotation marks around a sender express doubt, so they give the answer away as a word
    does.
    """
    for part in _header_texts(view):
        if found := view.words.pattern("verdict").search(part.text):
            yield (
                part.path,
                _("`{word}` gives the verdict away", word=found[0]),
                _("say only what a person sees"),
            )
    sender = next((part for part in _header_texts(view) if "from" in part.path), None)
    if sender and _QUOTED_SENDER.search(sender.text):
        yield (
            sender.path,
            _("quotation marks around the sender sound like doubt"),
            _("write the name as a phone or a letter shows it"),
        )


_QUOTED_SENDER = re.compile(r"^[“‘「『]|[:：]\s*[“‘「『]")


@RULES.rule(
    "exhibit-frame",
    Severity.WARNING,
    "view",
    "this project",
    "An exhibit has what its channel always has, such as a sender, a caller, or the salutation of a letter.",
)
def check_exhibit_frame(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report an exhibit that lacks a part that its channel always has.

    Without it, a message does not look real. A text message names its sender, or its first line is signed: [Swan
    Bank]. Only calls have lines with `who: caller`. If the sender of a call is just a number, the caller says a
    name. A letter or an e-mail says to whom it is written.
    """
    exhibit = view.exhibit
    if not exhibit or not view.checks_exhibit:
        return
    sender = next((part for part in _header_texts(view) if "from" in part.path), None)
    lines = [part for part in view.exhibit_texts if part.path[2] == "lines" and "replies" not in part.path]
    for line, part in zip(exhibit.lines, lines, strict=True):
        if line.who != "you" and (line.who == "caller") != (exhibit.channel == "call"):
            yield (
                (*part.path[:4], "who"),
                _(
                    "`{speaker}` does not speak by the channel {channel}",
                    speaker=line.who,
                    channel=exhibit.channel,
                ),
                _("write `who: caller` in a call, and `who: sender` elsewhere"),
            )
    is_nameless = bool(sender and view.words.pattern("nameless_sender").search(sender.text))
    by_others = [part for line, part in zip(exhibit.lines, lines, strict=True) if line.who != "you"]
    if sender and is_nameless:
        if exhibit.channel in ("sms", "email", "letter") and not _matches_any_text(
            view, "signature", by_others[:1]
        ):
            yield (
                sender.path,
                _("nobody has signed this message"),
                _("name the sender, or begin the first line with a signature, as in [Swan Bank]"),
            )
        if exhibit.channel == "call" and not _matches_any_text(view, "introduction", by_others[:2]):
            yield (
                sender.path,
                _("nobody says who is calling"),
                _("let the caller say who he is at first, or name him as the sender"),
            )
    if exhibit.channel in ("email", "letter") and not _matches_any_text(view, "salutation", lines[:1]):
        yield (
            lines[0].path,
            _("this message is addressed to nobody"),
            _("begin the first line with a name and a colon, or with Dear"),
        )


def _header_texts(view: LanguageView) -> Sequence[LocatedText]:
    """Return the context and the sender of the exhibit, if this is the first question that shows it."""
    shown = view.exhibit_texts if view.checks_exhibit else ()
    return [part for part in shown if part.path[2] in ("context", "from") and part.text]


def _matches_any_text(view: LanguageView, pattern: str, parts: Sequence[LocatedText]) -> bool:
    """Return whether a pattern of the word list matches one of these texts."""
    return any(view.words.pattern(pattern).search(part.text) for part in parts)


def _first_question_by_exhibit(whole_bank: WholeBank) -> dict[str, str]:
    """Return the id of the first question on each exhibit, by the exhibit's id."""
    questions: dict[str, str] = {}
    for item in whole_bank.items:
        questions.setdefault(item.question.exhibit, item.question.id)
    return questions


@RULES.rule(
    "exhibit-length",
    Severity.NOTE,
    "whole",
    "this project",
    "Two slides have room for each exhibit.",
)
def check_exhibit_length(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report exhibits that are too long for slides.

    In a bank with fewer than 100 questions, perhaps no other takes their place, and then there are no slides. The height is an
    estimate.
    """
    shown = _first_question_by_exhibit(whole_bank)
    long = tuple(
        exhibit.id
        for exhibit in whole_bank.bank.exhibits.values()
        if exhibit.id in shown and _slide_lines(exhibit) > MAX_SLIDE_LINES
    )
    if long and len(whole_bank.items) < SMALL_BANK:
        what = ngettext(
            "1 call or message is too long for slides: {ids}",
            "{count} calls or messages are too long for slides: {ids}",
            len(long),
            ids=long,
        )
        yield LintDiagnostic("", (), what, _("shorten it to 8 lines of 100 characters, or 4 of 200"))


SMALL_BANK = 100
"""With so many questions, a bank has others for slides."""

MAX_SLIDE_LINES = 35
"""The lines of type for which two slides have room, counting two for each time that another speaks."""

SLIDE_LINE_WIDTH = 54
"""The width of a line of type on a slide, in columns."""


def _slide_lines(exhibit: Exhibit) -> int:
    """Return about how many lines an exhibit takes on slides, in its longest language."""
    turns = sum(1 for _speaker in groupby(line.who for line in exhibit.lines))
    return 2 * turns + max(
        sum(
            -(-display_width(line.text[tag]) // SLIDE_LINE_WIDTH)
            for line in exhibit.lines
            if tag in line.text
        )
        for tag in exhibit.lines[0].text
    )


@RULES.rule(
    "spot-judged",
    Severity.WARNING,
    "whole",
    "this project",
    "No `spot` question has an exhibit that a `judge` question also shows.",
)
def check_spot_and_judge_share_exhibit(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report an exhibit that is used by a `judge` question and a `spot` question.

    After the `judge` question, readers have seen the deciding line, and the reason.
    """
    judged = {
        question.exhibit
        for question in whole_bank.bank.questions.values()
        if question.answer.is_genuine_or_scam_choice
    }
    for question in whole_bank.bank.questions.values():
        if _asks_to_choose_line(question) and question.exhibit in judged:
            what, hint = (
                _(
                    "a `judge` question on {exhibit} already shows the line that gives it away",
                    exhibit=question.exhibit,
                ),
                _("give this question an exhibit of its own"),
            )
            yield LintDiagnostic(question.id, ("exhibit",), what, hint)


def _asks_to_choose_line(question: Question) -> bool:
    """Return whether a question asks for the line of its exhibit that shows whether it is genuine."""
    return bool(question.answer.option_line_numbers)
