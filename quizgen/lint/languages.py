"""Rules on differences between the languages of a question."""

import re
from collections.abc import Iterator

from quizgen.lint.numbers import numbers_in
from quizgen.lint.rule import RuleDiagnostic, RuleList, Severity
from quizgen.lint.views import Item, Part, View
from quizgen.lint.words import Words
from quizgen.text.han import has_han
from quizgen.text.messages import _
from quizgen.text.numerals import DIGITS

RULES = RuleList()

_ITC = "International Test Commission, Guidelines for Translating and Adapting Tests (2nd ed., 2017)"
_MONTH = re.compile(r"(\d+)月")
_TENTHS = re.compile("([一二三四五六七八九])成")
_AFTERNOON = re.compile(r"(\d+)(?::\d\d)?\s?p\.?m\b")
_OF_THE_DAY = re.compile(r"(?::\d\d)?\s?[ap]\.?m\b")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_OWN_SPELLING = re.compile(r"“[^”]*”|\([^)]*\)")  # a name may be in its own spelling
_MIN_NUMBER_WORD = 3  # smaller numbers are often not meant as numbers: one, a pair, 一, 两


@RULES.rule(
    "numbers-disagree", Severity.ERROR, "item", _ITC, "A number stands in both languages or in neither."
)
def numbers_disagree(item: Item) -> Iterator[RuleDiagnostic]:
    """A wrong digit in one language makes two questions of one."""
    for first, second in item.pairs():
        for part, other in _matching_parts(first, second):
            values, other_values = (
                _possible_numbers(first.words, part.text),
                _possible_numbers(second.words, other.text),
            )
            exact, words = (
                _numbers_in_figures(first.words, part.text),
                _numbers_in_words(first.words, part.text),
            )
            other_exact = _numbers_in_figures(second.words, other.text)
            missing = sorted((exact | words) - other_values - {0.0})
            extra = sorted(other_exact - values)
            if missing or extra:
                numbers = tuple(f"{number:g}" for number in missing or extra)
                here, there = (first, second) if missing else (second, first)
                yield (
                    other.path,
                    _(
                        "{numbers} is in {here}, but not in {there}",
                        numbers=numbers,
                        here=here.language,
                        there=there.language,
                    ),
                    _("make the two agree"),
                )


def _matching_parts(first: View, second: View) -> Iterator[tuple[Part, Part]]:
    others = {part.path[:-1]: part for part in second.texts if part.path[0] != "accept"}
    for part in first.texts:
        if other := others.get(part.path[:-1]):
            yield part, other


def _numbers_in_figures(words: Words, text: str) -> set[float]:
    """Return numbers in figures, without months, which English spells out, and hours with a.m. or p.m."""
    return {
        number.value
        for number in numbers_in(words, text)
        if not (
            number.is_in_words or text.startswith("月", number.end) or _OF_THE_DAY.match(text, number.end)
        )
    }


def _numbers_in_words(words: Words, text: str) -> set[float]:
    """Return numbers in words, without small ones, which are often not meant as numbers."""
    numbers = numbers_in(words, text)
    return (
        set()
        if words.is_cjk
        else {each.value for each in numbers if each.is_in_words and each.value >= _MIN_NUMBER_WORD}
    )


def _possible_numbers(words: Words, text: str) -> set[float]:
    """Return every number that a text may be said to have."""
    values = {number.value for number in numbers_in(words, text)}
    if words.is_cjk:  # months, which English spells out, tenths, and single digits: 一二
        values |= {float(found) for found in _MONTH.findall(text)}
        values |= {10.0 * DIGITS[found] for found in _TENTHS.findall(text)}
        values |= {float(DIGITS[mark]) for mark in DIGITS.keys() & set(text)}
    else:
        values |= {float(found) + 12 for found in _AFTERNOON.findall(text)}
    return values


@RULES.rule("names-disagree", Severity.ERROR, "item", _ITC, "A name stands in both languages or in neither.")
def names_disagree(item: Item) -> Iterator[RuleDiagnostic]:
    """A question about one city must not be about another in translation."""
    for first, second in item.pairs():
        words = second.words
        asking, every = (
            (
                words.names_in_english("\n".join(part.text for part in parts(first))),
                words.names_in("\n".join(part.text for part in parts(second))),
            )
            for parts in (_question_parts, lambda view: view.texts)
        )
        if every[0] == every[1] and asking[0] == asking[1]:
            continue
        for part, other in _matching_parts(first, second):
            # A rationale need not repeat a name of the question.
            here, there = every if part.path[0] in ("rationale", "advice") else asking
            for name in sorted(words.names_in_english(part.text) - there):
                what = _(
                    "{name} ({own}) is only in {language}",
                    name=name,
                    own=words.name(name),
                    language=first.language,
                )
                yield other.path, what, _("make the two agree")
            for name in sorted(words.names_in(other.text) - here):
                what = _(
                    "{name} ({own}) is only in {language}",
                    name=name,
                    own=words.name(name),
                    language=second.language,
                )
                yield part.path, what, _("make the two agree")


def _question_parts(view: View) -> tuple[Part, ...]:
    return tuple(part for part in view.texts if part.path[0] not in ("rationale", "advice"))


@RULES.rule(
    "negation-disagree",
    Severity.WARNING,
    "item",
    _ITC,
    "A statement, a question and an option deny in both languages or in neither.",
)
def negation_disagree(item: Item) -> Iterator[RuleDiagnostic]:
    """A `not` lost in translation turns the key round."""
    for first, second in item.pairs():
        if first.truth is not None:
            denied = [_denies(view, view.stem, "negators") for view in (first, second)]
            softly_denied = [_denies(view, view.stem, "soft_negators") for view in (first, second)]
            if denied[0] != denied[1] and not any(softly_denied):
                here, there = (first, second) if denied[0] else (second, first)
                yield (
                    there.stem.path,
                    _("the stem has a negation in {language}, but not here", language=here.language),
                    _("make the two agree"),
                )
            continue
        for here, there in ((first, second), (second, first)):
            if _asks_negatively(here) and not (_asks_negatively(there) or _may_deny(there, there.stem)):
                what = _("the stem asks negatively in {language}, but not here", language=here.language)
                yield there.stem.path, what, _("make the two agree")
        # Chinese often uses 不 where English has no negation, so only the other direction is checked.
        options = {part.path for group in first.groups for part in group}
        for part, other in _matching_parts(first, second):
            if part.path in options and _denies(first, part, "negators") and not _may_deny(second, other):
                what = _("this text has a negation in {language}, but not here", language=first.language)
                yield other.path, what, _("make the two agree")


def _asks_negatively(view: View) -> bool:
    return any(view.words.pattern(name).search(view.stem.text) for name in ("negative_asking", "emphasised"))


def _may_deny(view: View, part: Part) -> bool:
    return _denies(view, part, "negators") or _denies(view, part, "soft_negators")


def _denies(view: View, part: Part, name: str) -> bool:
    text = view.words.pattern("no_negators").sub("", part.text)
    return view.words.any_of(name).search(text) is not None


@RULES.rule("untranslated", Severity.ERROR, "item", _ITC, "Each text stands in its own language.")
def untranslated(item: Item) -> Iterator[RuleDiagnostic]:
    """A text copied to be translated later is easily forgotten."""
    for view in item.views:
        for part in view.texts:
            if part.path[0] == "accept":
                continue  # a blank may accept either script
            letters = _LATIN.findall(part.text)
            if view.words.is_cjk and not has_han(part.text) and any(word.islower() for word in letters):
                yield part.path, _("this Chinese text has no Chinese in it"), _("translate it")
            elif not view.words.is_cjk and has_han(_OWN_SPELLING.sub("", part.text)):
                yield (
                    part.path,
                    _("this text in {language} contains Chinese", language=view.language),
                    _("translate it"),
                )
