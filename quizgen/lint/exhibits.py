"""Rules on exhibits: whether twins differ in their signs alone, and whether calling all of them a scam pays.

What is wrong with an exhibit is said of the first question on it, and waived there.
"""

from collections.abc import Iterator, Sequence

from quizgen.lint.rule import LintDiagnostic, RuleList, Severity, Whole
from quizgen.lint.views import exhibit_path
from quizgen.model import Exhibit
from quizgen.text.messages import Message, _

RULES = RuleList()

SHORTEST, LONGEST = 0.55, 1.8
"""Bounds of the length of a line with a sign, by that of its twin’s."""

LEAST, MOST = 0.45, 0.55
"""Bounds of the share of genuine exhibits."""

ENOUGH = 10
"""Exhibits below which a share says nothing."""

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
    asked = _first_questions(whole)
    exhibits = whole.bank.exhibits
    for exhibit in exhibits.values():
        twin = exhibits.get(exhibit.twin)
        if not twin or exhibit.id not in asked or (exhibit.id > twin.id and twin.id in asked):
            continue  # a pair is spoken of once
        for path, what in _differences(exhibit, twin):
            hint = _("make it as in {twin}, or mark its sign", twin=twin.id)
            diagnostic = LintDiagnostic(asked[exhibit.id], (*exhibit_path(exhibit.id), *path), what, hint)
            if twin.id in asked:
                other = _("make it as in {twin}, or mark its sign", twin=exhibit.id)
                mirror = LintDiagnostic(asked[twin.id], (*exhibit_path(twin.id), *path), what, other)
                diagnostic = diagnostic._replace(mirror=mirror)
            yield diagnostic


def _differences(exhibit: Exhibit, twin: Exhibit) -> Iterator[tuple[tuple[str | int, ...], Message]]:
    if exhibit.channel != twin.channel:
        yield (
            ("channel",),
            _("twins come by different ways, {one} and {other}", one=exhibit.channel, other=twin.channel),
        )
    if len(exhibit.lines) != len(twin.lines):
        yield (
            ("lines",),
            _("twins have {one} and {other} lines", one=len(exhibit.lines), other=len(twin.lines)),
        )
        return
    deciding = {*exhibit.deciding_lines, *twin.deciding_lines}
    whos = [(line.who, other.who) for line, other in zip(exhibit.lines, twin.lines, strict=True)]
    for tag in {**exhibit.context, **twin.context}:
        if exhibit.context.get(tag) != twin.context.get(tag):
            yield ("context",), _("{where} has no sign, and differs from its twin’s", where=_("the context"))
            break
    texts = [(exhibit.sender, twin.sender)]
    texts += [(line.text, other.text) for line, other in zip(exhibit.lines, twin.lines, strict=True)]
    for number, (own, other) in enumerate(texts):
        path = ("lines", number - 1) if number else ("from",)
        named = _("line {line}", line=number) if number else _("the sender")
        if number and whos[number - 1][0] != whos[number - 1][1]:
            yield path, _("in twins, different people say {where}", where=named)
        for tag in exhibit.sender:
            if number not in deciding and own.get(tag) != other.get(tag):
                yield (*path, tag), _("{where} has no sign, and differs from its twin’s", where=named)
            elif number and not _of_one_length(own.get(tag, ""), other.get(tag, "")):
                sizes = {"one": len(own.get(tag, "")), "other": len(other.get(tag, ""))}
                yield (
                    (*path, tag),
                    _(
                        "{where}, with its sign, differs in length from its twin’s: {one} and {other} characters",
                        where=named,
                        **sizes,
                    ),
                )


def _of_one_length(text: str, other: str) -> bool:
    return SHORTEST <= len(text) / max(1, len(other)) <= LONGEST


@RULES.rule("exhibits-lean", Severity.WARNING, "whole", _TRIALS, "About half of the exhibits are genuine.")
def exhibits_lean(whole: Whole) -> Iterator[LintDiagnostic]:
    """If most are scams, calling everything a scam passes, and teaches distrust; 45 to 55% are genuine.

    Held against those written and those made by models apart.
    """
    exhibits = list(whole.bank.exhibits.values())
    for generated, named in ((False, _("written exhibits")), (True, _("generated exhibits"))):
        yield from _leaning([each for each in exhibits if each.generated == generated], named)


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
        of_it = [each for each in exhibits if each.channel == channel]
        yield from _leaning(of_it, _("exhibits of the channel {channel}", channel=channel))


def _leaning(exhibits: Sequence[Exhibit], named: Message) -> Iterator[LintDiagnostic]:
    genuine = sum(each.genuine for each in exhibits)
    if len(exhibits) >= ENOUGH and not LEAST <= genuine / len(exhibits) <= MOST:
        more = _("add scams") if genuine > len(exhibits) / 2 else _("add genuine ones")
        what = _(
            "{count} of {total} {exhibits} are genuine", count=genuine, total=len(exhibits), exhibits=named
        )
        yield LintDiagnostic("", (), what, more)


def _first_questions(whole: Whole) -> dict[str, str]:
    """Give the first question on each exhibit, by the exhibit’s id."""
    found: dict[str, str] = {}
    for item in whole.items:
        found.setdefault(item.question.exhibit, item.question.id)
    return found
