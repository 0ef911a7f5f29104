"""Rules that compare the languages of a question."""

import re
from collections.abc import Iterator

from quizgen.lint.numbers import find_numbers
from quizgen.lint.rule import RuleDiagnostic, RuleList, Severity
from quizgen.lint.views import Item, LanguageView, LocatedText
from quizgen.lint.words import LanguageWords
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
    "numbers-disagree", Severity.ERROR, "item", _ITC, "A number is in both languages of a text or in neither."
)
def check_numbers_agree(item: Item) -> Iterator[RuleDiagnostic]:
    """Report a number that is in one language of a text but not in the other.

    With a wrong digit, readers of the two languages answer different questions.
    """
    for first, second in item.pairs():
        for part, other in _pair_texts(first, second):
            values, other_values = (
                _possible_number_readings(first.words, part.text),
                _possible_number_readings(second.words, other.text),
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


def _pair_texts(first: LanguageView, second: LanguageView) -> Iterator[tuple[LocatedText, LocatedText]]:
    """Yield the texts that both languages have at the same place, such as both stems."""
    others = {part.path[:-1]: part for part in second.all_texts if part.path[0] != "accept"}
    for part in first.all_texts:
        if other := others.get(part.path[:-1]):
            yield part, other


def _numbers_in_figures(language_words: LanguageWords, text: str) -> set[float]:
    """Return the numbers that a text has in figures, without months and times of day, which the other language can spell out."""
    return {
        number.value
        for number in find_numbers(language_words, text)
        if not (
            number.is_in_words or text.startswith("月", number.end) or _OF_THE_DAY.match(text, number.end)
        )
    }


def _numbers_in_words(language_words: LanguageWords, text: str) -> set[float]:
    """Return the numbers that an English text spells out, without small ones, which are often not meant as numbers."""
    numbers = find_numbers(language_words, text)
    return (
        set()
        if language_words.is_cjk
        else {each.value for each in numbers if each.is_in_words and each.value >= _MIN_NUMBER_WORD}
    )


def _possible_number_readings(language_words: LanguageWords, text: str) -> set[float]:
    """Return every number that a text can contain, even in an unusual reading: ``3 p.m.`` can be 3 or 15."""
    values = {number.value for number in find_numbers(language_words, text)}
    if language_words.is_cjk:  # months, which English spells out, tenths, and single digits: 一二
        values |= {float(found) for found in _MONTH.findall(text)}
        values |= {10.0 * DIGITS[found] for found in _TENTHS.findall(text)}
        values |= {float(DIGITS[mark]) for mark in DIGITS.keys() & set(text)}
    else:
        values |= {float(found) + 12 for found in _AFTERNOON.findall(text)}
    return values


@RULES.rule(
    "names-disagree", Severity.ERROR, "item", _ITC, "A name is in both languages of a text or in neither."
)
def check_names_agree(item: Item) -> Iterator[RuleDiagnostic]:
    """Report a name, such as that of a city, that is in one language of a text but not in the other.

    A question about one city must not be about another in translation.
    """
    for first, second in item.pairs():
        words = second.words
        asking, every = (
            (
                words.find_names_in_english("\n".join(part.text for part in parts(first))),
                words.find_names("\n".join(part.text for part in parts(second))),
            )
            for parts in (_texts_before_answer, lambda view: view.all_texts)
        )
        if every[0] == every[1] and asking[0] == asking[1]:
            continue
        for part, other in _pair_texts(first, second):
            # A rationale need not repeat a name of the question.
            here, there = every if part.path[0] in _AFTER_ANSWER else asking
            for name in sorted(words.find_names_in_english(part.text) - there):
                what = _(
                    "{name} ({own}) is only in {language}",
                    name=name,
                    own=words.localised_name(name),
                    language=first.language,
                )
                yield other.path, what, _("make the two agree")
            for name in sorted(words.find_names(other.text) - here):
                what = _(
                    "{name} ({own}) is only in {language}",
                    name=name,
                    own=words.localised_name(name),
                    language=second.language,
                )
                yield part.path, what, _("make the two agree")


def _texts_before_answer(view: LanguageView) -> tuple[LocatedText, ...]:
    """Return the texts that a reader sees before answering."""
    return tuple(part for part in view.all_texts if part.path[0] not in _AFTER_ANSWER)


_AFTER_ANSWER = ("rationale", "advice", "lesson")
"""Where the texts stand that a reader sees after answering."""


@RULES.rule(
    "negation-disagree",
    Severity.WARNING,
    "item",
    _ITC,
    "A statement, question or option is negative in both languages or in neither.",
)
def check_negations_agree(item: Item) -> Iterator[RuleDiagnostic]:
    """Report a negation, such as `not`, that is in one language of a text but not in the other.

    A `not` that is lost in translation makes the wrong answer right.
    """
    for first, second in item.pairs():
        if first.has_statement:
            denied = [_has_negation(view, view.stem, "negators") for view in (first, second)]
            softly_denied = [_has_negation(view, view.stem, "soft_negators") for view in (first, second)]
            if denied[0] != denied[1] and not any(softly_denied):
                here, there = (first, second) if denied[0] else (second, first)
                yield (
                    there.stem.path,
                    _("the stem has a negation in {language}, but not here", language=here.language),
                    _("make the two agree"),
                )
            continue
        for here, there in ((first, second), (second, first)):
            if _has_negative_question(here) and not (
                _has_negative_question(there) or _may_have_negation(there, there.stem)
            ):
                what = _("the stem asks negatively in {language}, but not here", language=here.language)
                yield there.stem.path, what, _("make the two agree")
        # Chinese often uses 不 where English has no negation, so only the other direction is checked.
        options = {part.path for group in first.text_groups for part in group}
        for part, other in _pair_texts(first, second):
            if (
                part.path in options
                and _has_negation(first, part, "negators")
                and not _may_have_negation(second, other)
            ):
                what = _("this text has a negation in {language}, but not here", language=first.language)
                yield other.path, what, _("make the two agree")


def _has_negative_question(view: LanguageView) -> bool:
    """Return whether the stem asks what is not so."""
    return any(view.words.pattern(name).search(view.stem.text) for name in ("negative_asking", "emphasised"))


def _may_have_negation(view: LanguageView, part: LocatedText) -> bool:
    """Return whether a text has a negation, or another word that can say no, such as “refuse”."""
    return _has_negation(view, part, "negators") or _has_negation(view, part, "soft_negators")


def _has_negation(view: LanguageView, part: LocatedText, list_name: str) -> bool:
    """Return whether a text has one of the negations in a word list."""
    text = view.words.pattern("no_negators").sub("", part.text)
    return view.words.word_pattern(list_name).search(text) is not None


@RULES.rule("untranslated", Severity.ERROR, "item", _ITC, "Each text is in its own language.")
def check_texts_are_translated(item: Item) -> Iterator[RuleDiagnostic]:
    """Report a text that is in another language than it should be.

    Authors copy a text to translate it later, and forget it.
    """
    for view in item.views:
        for part in view.all_texts:
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
