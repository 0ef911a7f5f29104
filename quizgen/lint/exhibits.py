"""Rules on exhibits: twins differ only in their signs, and calling everything a scam does not pay.

A problem of an exhibit is reported, and can be waived, on the first question about it.
"""

import re
from collections.abc import Iterator, Sequence

from quizgen.lint.rule import LintDiagnostic, RuleDiagnostic, RuleList, Severity, Whole
from quizgen.lint.views import Part, View, exhibit_path
from quizgen.model import Exhibit
from quizgen.text.messages import Message, _

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
    "Twins differ in their signs alone: all other lines are the same.",
)
def twin_differs(whole: Whole) -> Iterator[LintDiagnostic]:
    """Only then does a right answer show that the sign was seen. Lines with signs are of about one length."""
    first_questions = _first_questions(whole)
    exhibits = whole.bank.exhibits
    for exhibit in exhibits.values():
        twin = exhibits.get(exhibit.twin)
        if (
            not twin
            or exhibit.id not in first_questions
            or (exhibit.id > twin.id and twin.id in first_questions)
        ):
            continue  # report a pair once
        for path, what in _differences(exhibit, twin):
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


def _differences(exhibit: Exhibit, twin: Exhibit) -> Iterator[tuple[tuple[str | int, ...], Message]]:
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
    deciding = {*exhibit.deciding_lines, *twin.deciding_lines}
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


def _has_similar_length(text: str, other: str) -> bool:
    return MIN_LENGTH_RATIO <= len(text) / max(1, len(other)) <= MAX_LENGTH_RATIO


@RULES.rule("exhibits-lean", Severity.WARNING, "whole", _TRIALS, "About half of the exhibits are genuine.")
def exhibits_lean(whole: Whole) -> Iterator[LintDiagnostic]:
    """If most are scams, calling everything a scam passes, and teaches distrust; 45 to 55% are genuine.

    Held against those written and those made by models apart.
    """
    exhibits = list(whole.bank.exhibits.values())
    for generated, named in ((False, _("written exhibits")), (True, _("generated exhibits"))):
        yield from _check_balance([each for each in exhibits if each.generated == generated], named)


@RULES.rule(
    "channel-leans",
    Severity.NOTE,
    "whole",
    _TRIALS,
    "By each channel come about as many genuine exhibits as scams.",
)
def channel_leans(whole: Whole) -> Iterator[LintDiagnostic]:
    """If all calls are scams, the channel alone tells. Held against channels with ten exhibits or more."""
    exhibits = whole.bank.exhibits.values()
    for channel in dict.fromkeys(each.channel for each in exhibits):
        matching = [each for each in exhibits if each.channel == channel]
        yield from _check_balance(matching, _("exhibits of the channel {channel}", channel=channel))


def _check_balance(exhibits: Sequence[Exhibit], named: Message) -> Iterator[LintDiagnostic]:
    genuine = sum(each.genuine for each in exhibits)
    if len(exhibits) >= MIN_SAMPLE and not MIN_GENUINE_SHARE <= genuine / len(exhibits) <= MAX_GENUINE_SHARE:
        more = _("add scams") if genuine > len(exhibits) / 2 else _("add genuine ones")
        what = _(
            "{count} of {total} {exhibits} are genuine", count=genuine, total=len(exhibits), exhibits=named
        )
        yield LintDiagnostic("", (), what, more)


@RULES.rule(
    "header-verdict",
    Severity.WARNING,
    "view",
    "this project",
    "Neither the sender nor the context of an exhibit says whether it is genuine.",
)
def header_verdict(view: View) -> Iterator[RuleDiagnostic]:
    """A header is read first. Quotation marks around a sender sound like doubt, and tell the verdict as well as a word does."""
    for part in _header(view):
        if found := view.words.pattern("verdict").search(part.text):
            yield (
                part.path,
                _("`{word}` gives the verdict away", word=found[0]),
                _("say only what a person sees"),
            )
    sender = next((part for part in _header(view) if "from" in part.path), None)
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
    "An exhibit has what its channel always has: who sends or speaks, and in a letter or an e-mail also to whom.",
)
def exhibit_frame(view: View) -> Iterator[RuleDiagnostic]:
    """Without it a message does not look like life, and its lines alone must tell.

    A text message names its sender, or its first line is signed: [Swan Bank]. The caller speaks in a call and nowhere else, and says
    who he is if the sender is only a number.
    """
    exhibit = view.exhibit
    if not exhibit or not view.checks_exhibit:
        return
    sender = next((part for part in _header(view) if "from" in part.path), None)
    lines = [part for part in view.shown if part.path[2] == "lines" and "replies" not in part.path]
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
        if exhibit.channel in ("sms", "email", "letter") and not _has(view, "signature", by_others[:1]):
            yield (
                sender.path,
                _("nobody has signed this message"),
                _("name the sender, or begin the first line with a signature, as in [Swan Bank]"),
            )
        if exhibit.channel == "call" and not _has(view, "introduction", by_others[:2]):
            yield (
                sender.path,
                _("nobody says who is calling"),
                _("let the caller say who he is at first, or name him as the sender"),
            )
    if exhibit.channel in ("email", "letter") and not _has(view, "salutation", lines[:1]):
        yield (
            lines[0].path,
            _("this message is addressed to nobody"),
            _("begin the first line with a name and a colon, or with Dear"),
        )


def _header(view: View) -> Sequence[Part]:
    """Return the context and the sender of the exhibit, if this question is the first on it."""
    shown = view.shown if view.checks_exhibit else ()
    return [part for part in shown if part.path[2] in ("context", "from") and part.text]


def _has(view: View, pattern: str, parts: Sequence[Part]) -> bool:
    return any(view.words.pattern(pattern).search(part.text) for part in parts)


def _first_questions(whole: Whole) -> dict[str, str]:
    """Return the first question on each exhibit, by the exhibit’s id."""
    questions: dict[str, str] = {}
    for item in whole.items:
        questions.setdefault(item.question.exhibit, item.question.id)
    return questions
