"""Rules on the options of a question: how many there are, how long they are, and how they are worded."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from quizgen.lint.numbers import find_numbers, numbers_to_figures
from quizgen.lint.rule import RuleDiagnostic, RuleList, Severity, cite_haladyna
from quizgen.lint.views import Item, LanguageView, LocatedText
from quizgen.lint.words import LanguageWords
from quizgen.shapes import Order
from quizgen.text.messages import NOTHING, Message, _

RULES = RuleList()

_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:[-–—~～至到]|to|and)\s*(\d+(?:\.\d+)?)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PLURAL = re.compile(r"(?<=[a-z])s\b")
_CLOSERS = ".。!！?？;；"


@RULES.rule(
    "key-longest",
    Severity.WARNING,
    "view",
    cite_haladyna("24", "28d"),
    "The correct option is about as long as the others.",
)
def check_correct_option_is_not_longest(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report a correct option that is much longer than every wrong option.

    Careful authors qualify what is true, so experienced test takers choose the longest option.
    """
    if not view.correct_options or not view.wrong_options:
        return
    words = view.words
    shortest = min(view.correct_options, key=lambda part: len(part.text))
    next_longest = max(len(part.text) for part in view.wrong_options)
    own = len(shortest.text)
    if own >= next_longest * words.limits["key_ratio"] and own - next_longest >= words.limits["key_excess"]:
        yield (
            shortest.path,
            _(
                "the key ({count} characters) is longer than every distractor (at most {most})",
                count=own,
                most=next_longest,
            ),
            _("shorten it, or make a distractor as long"),
        )


@RULES.rule("option-length", Severity.WARNING, "view", cite_haladyna("24"), "Options are about equally long.")
def check_option_lengths(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report an option that is several times as long as another, because it attracts attention.

    If the correct option is too long, `key-longest` reports it instead.
    """
    if not view.options:
        return
    words = view.words
    longest = max(view.options, key=lambda part: len(part.text))
    least, most = min(len(part.text) for part in view.options), len(longest.text)
    is_correct = longest.is_correct and any(check_correct_option_is_not_longest(view))
    if (
        not is_correct
        and most > least * words.limits["option_ratio"]
        and most - least > words.limits["option_excess"]
    ):
        yield (
            longest.path,
            _("this option has {most} characters, another only {least}", most=most, least=least),
            _("even them out"),
        )


@RULES.rule(
    "few-distractors",
    Severity.WARNING,
    "item",
    cite_haladyna("18") + "; Rodriguez 2005",
    "There are at least two wrong options.",
)
def check_number_of_wrong_options(item: Item) -> Iterator[RuleDiagnostic]:
    """Report a question with fewer than two wrong options.

    Three options are enough. With two, every second guess is right.
    """
    view = next((view for view in item.views if view.options), None)
    if view and len(view.wrong_options) < 2:  # noqa: PLR2004  the reference's own number, in no language's file
        yield ("distractors",), _("there is only one distractor"), _("add a plausible one")


@RULES.rule(
    "all-of-the-above", Severity.WARNING, "view", cite_haladyna("26"), "No option is “all of the above”."
)
def check_all_of_the_above(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report an option such as “all of the above”.

    A reader who knows that two options are right, or that one is wrong, knows the answer.
    """
    yield from _report_matching_options(
        view, "all_above", _("this option is “all of the above”"), _("use the kind multiple")
    )


@RULES.rule(
    "none-of-the-above", Severity.WARNING, "view", cite_haladyna("25"), "No option is “none of the above”."
)
def check_none_of_the_above(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report an option such as “none of the above”.

    It shows what a reader rejects, not what a reader knows.
    """
    yield from _report_matching_options(
        view, "none_above", _("this option is “none of the above”"), _("write a real distractor")
    )


@RULES.rule(
    "absolute-term",
    Severity.WARNING,
    "view",
    cite_haladyna("28a"),
    "Words such as “always” and “never” do not tell wrong options from right ones.",
)
def check_absolute_words(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report words such as `always` and `never` that are only in wrong options, only in right ones, or in a false statement.

    Absolute statements are seldom true, and experienced test takers know it.
    """
    absolute = view.words.pattern("absolutes")
    found = [part for part in view.options if absolute.search(part.text)]
    if found and (all(part.is_correct for part in found) or not any(part.is_correct for part in found)):
        for part in found:
            yield (
                part.path,
                _("this option says {word}", word=_first_match(absolute, part.text)),
                _("say how often, or who"),
            )
    if view.truth_value is False and absolute.search(view.stem.text):
        word = _first_match(absolute, view.stem.text)
        yield (
            view.stem.path,
            _("this false statement says {word}, which gives it away", word=word),
            _("leave the word out"),
        )


@RULES.rule("vague-frequency", Severity.WARNING, "view", "Paniagua & Swygert 2016 (NBME), irrelevant difficulty: vague terms",
      "No option uses a vague word of frequency.")  # fmt: skip
def check_vague_frequency_words(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report words such as `usually` and `sometimes` in options.

    They mean different things to different people, and suggest that the option is true.
    """
    vague = view.words.word_pattern("vague")
    for part in view.options or ((view.stem,) if view.has_statement else ()):
        if vague.search(part.text):
            yield (
                part.path,
                _("{word} is a vague frequency", word=_first_match(vague, part.text)),
                _("give a number, or leave it out"),
            )


@RULES.rule(
    "option-overlap",
    Severity.WARNING,
    "view",
    cite_haladyna("19", "22"),
    "No option contains or repeats another.",
)
def check_overlapping_options(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report two options that say the same, or one that contains the other.

    Whoever accepts the wider option must accept the narrower one too, so the two cannot be told apart fairly.
    """
    plain = [_sorted_words(view.words, option.text) for option in view.options]
    for (first, first_words), (second, second_words) in combinations(
        zip(view.options, plain, strict=True), 2
    ):
        said = _describe_overlap(view.words, first.text, second.text) or (
            _("this option repeats `{option}`") if first_words == second_words else NOTHING
        )
        if said:
            yield (
                second.path,
                said.with_values(option=first.text),
                _("make them exclude each other"),
            )


def _describe_overlap(language_words: LanguageWords, first: str, second: str) -> Message:
    """Return a message if two options say the same or one contains the other, or else an empty one."""
    if (
        find_numbers(language_words, first)
        and find_numbers(language_words, second)
        and (said := _describe_number_overlap(language_words, first, second))
    ):
        return said
    short, long = sorted((first.casefold(), second.casefold()), key=len)
    inside = language_words.contains_phrase(long, short)
    if inside:  # 十万 is a part of 二十万 as text, but not as a number
        numbers, others = (
            {each.value for each in find_numbers(language_words, text)} for text in (short, long)
        )
        inside = numbers <= others
    if inside and language_words.word_pattern("negators").search(long.replace(short, "", 1)):
        inside = False  # `not safe` does not contain `safe`
    if inside:
        return (
            _("this option contains `{option}`")
            if len(second) > len(first)
            else _("this option is contained in `{option}`")
        )
    return NOTHING


def _describe_number_overlap(language_words: LanguageWords, first: str, second: str) -> Message:
    """Return a message if the numbers or ranges of two options overlap, or else an empty one."""
    texts = [numbers_to_figures(language_words, text) for text in (first, second)]
    ranges = [found for text in texts if (found := _RANGE.search(text))]
    if len(ranges) == 2:  # noqa: PLR2004  one of each
        (low, high), (other_low, other_high) = ((float(part[1]), float(part[2])) for part in ranges)
        return (
            _("this option overlaps the range `{option}`")
            if low <= other_high and other_low <= high
            else NOTHING
        )
    for open_ended in map(language_words.pattern, ("below", "above")):
        # Whatever is less than 30 is less than 60 too. If the words around the numbers differ, they may count different things.
        rest, other = (_text_around_number(open_ended.sub("", text)) for text in texts)
        if rest and rest == other and all(map(open_ended.search, texts)):
            return _("this option overlaps `{option}`")
    return NOTHING


def _text_around_number(text: str) -> str:
    """Return the text without its number; "" if it has no number or several."""
    around = _NUMBER.split(text)
    singular = _PLURAL.sub("", "…".join(around).casefold())
    return " ".join(singular.split()) if len(around) == 2 else ""  # noqa: PLR2004


def _sorted_words(language_words: LanguageWords, text: str) -> list[str]:
    """Return the sorted words of a text, without punctuation, articles and the like."""
    particles = language_words.words_in_list("particles")
    if language_words.is_cjk:
        return sorted(mark for mark in text.casefold() if mark.isalnum() and mark not in particles)
    return sorted(token for token in language_words.split_tokens(text) if token not in particles)


@RULES.rule(
    "option-start",
    Severity.NOTE,
    "view",
    cite_haladyna("13", "15"),
    "Words with which all options begin are in the stem instead.",
)
def check_repeated_option_start(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report words with which all options begin.

    The reader has to read them four times, and they do not help to choose.
    """
    if not view.options:
        return
    pieces = [list(part.text) if view.words.is_cjk else part.text.split() for part in view.options]
    shared = 0
    while all(len(piece) > shared and piece[shared] == pieces[0][shared] for piece in pieces):
        shared += 1
    if shared >= view.words.limits["shared_start"]:
        start = ("" if view.words.is_cjk else " ").join(pieces[0][:shared])
        yield (
            view.options[0].path,
            _("every option begins with `{words}`", words=start),
            _("move these words to the stem"),
        )


@RULES.rule(
    "option-punctuation",
    Severity.WARNING,
    "view",
    cite_haladyna("12", "23") + "; Moreno, Martínez & Muñiz 2006, on options that stand out",
    "All options end with the same punctuation, and all begin with a capital or none does.",
)
def check_option_punctuation(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report an option that differs from all others in its final punctuation or its first letter.

    It looks as if it were written at another time.
    """
    for group in view.text_groups:
        odd = _find_odd_one_out(group, ["stop" if part.text[-1:] in _CLOSERS else "none" for part in group])
        if odd is None and len({part.text[-1:] in _CLOSERS for part in group}) > 1:
            odd = next(part for part in group if part.text[-1:] in _CLOSERS)
        if odd:
            yield (
                odd.path,
                _("this text and the others beside it end in different punctuation"),
                _("end them all in the same way"),
            )
        letters = [part.text[:1] for part in group]
        cases = ["upper" if letter.isupper() else "lower" if letter.islower() else "" for letter in letters]
        if odd := _find_odd_one_out(group, cases):
            yield (
                odd.path,
                _("this text is the only one that starts with upper case, or with lower case"),
                _("start them all in the same way"),
            )


@RULES.rule(
    "option-form",
    Severity.WARNING,
    "view",
    cite_haladyna("23", "28c"),
    "Options have the same grammatical form.",
)
def check_option_grammar(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report an option with another grammatical form than the others, because it stands out.

    If the form cannot be recognised, nothing is reported.
    """
    for group in (
        () if isinstance(view.question.answer, Order) else view.text_groups
    ):  # steps may differ in form
        forms = [_grammatical_form(view.words, part.text) for part in group]
        if (odd := _find_odd_one_out(group, forms)) and (form := forms[group.index(odd)]):
            others = next(other for other in forms if other != form)
            yield (
                odd.path,
                _(
                    "this text begins as {form}, those beside it as {others}",
                    form=_FORMS[form],
                    others=_FORMS[others],
                ),
                _("give them all the same form"),
            )


_FORMS: Mapping[str, Message] = {
    "ing": _("a verb in -ing"),
    "to-verb": _("to with a verb"),
    "by-verb": _("by with a verb"),
    "because": _("because"),
    "if": _("if"),
    "article": _("a noun with its article"),
    "pronoun": _("a pronoun with its verb"),
    "cause": _("a cause (因为, 由于)"),
    "purpose": _("a purpose (为了)"),
    "means": _("a means (通过, 靠, 用)"),
    "condition": _("a condition (如果, 只要)"),
    "de": _("a noun ending in 的"),
}
"""What reports call the forms in ``text/words/``."""


def _grammatical_form(language_words: LanguageWords, text: str) -> str:
    """Return the name of the grammatical form of an option, or "" if it is not recognised."""
    return next((name for name, pattern in language_words.forms.items() if pattern.search(text)), "")


def _find_odd_one_out(texts: Sequence[LocatedText], features: Sequence[str]) -> LocatedText | None:
    """Return the one text whose feature differs from that of all others, if there are at least three texts.

    ``features`` has a feature for each text. Returns ``None`` if one of them is "", which means unknown.
    """
    counted = Counter(features)
    least = 3
    if len(texts) < least or len(counted) != 2 or "" in counted or min(counted.values()) != 1:  # noqa: PLR2004
        return None
    odd = min(counted, key=lambda feature: counted[feature])
    return texts[features.index(odd)]


@RULES.rule(
    "number-order",
    Severity.WARNING,
    "view",
    cite_haladyna("21"),
    "Options that are numbers are sorted.",
)
def check_number_order(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report numbers that are in neither ascending nor descending order.

    Readers have to search in unsorted numbers. The correct options and the wrong ones are checked separately, because
    authors list them separately.
    """
    figures = {part: numbers_to_figures(view.words, part.text) for part in view.options}
    rests = {_text_around_number(text) for text in figures.values()}
    if len(rests) != 1 or rests == {""}:
        return  # figures with different units, such as minutes and hours, are not comparable
    for parts in (view.correct_options, view.wrong_options):
        values = [float(_NUMBER.findall(figures[part])[0]) for part in parts]
        if values not in (sorted(values), sorted(values, reverse=True)):
            yield parts[0].path, _("these numbers are not in order"), _("list them by size")


@RULES.rule(
    "true-false-in-disguise",
    Severity.WARNING,
    "view",
    cite_haladyna("9"),
    "A choice between true and false is a question of the kind `true-false`.",
)
def check_true_false_as_options(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report a choice question whose options are true and false, or yes and no.

    Options are shuffled. The kind `true-false` always shows “true” first.
    """
    truths = view.words.words_in_list("truths")
    if view.options and all(part.text.casefold().rstrip(_CLOSERS) in truths for part in view.options):
        yield view.options[0].path, _("these options are true and false"), _("use the kind true-false")


def _report_matching_options(
    view: LanguageView, list_name: str, what: Message, hint: Message
) -> Iterator[RuleDiagnostic]:
    """Report each option that a pattern of the word list matches."""
    pattern = view.words.pattern(list_name)
    for part in view.options:
        if pattern.fullmatch(part.text.rstrip(_CLOSERS)):
            yield part.path, what, hint


def _first_match(pattern: re.Pattern[str], text: str) -> str:
    """Return the first text that a pattern matches."""
    found = pattern.search(text)
    return f"`{found[0]}`" if found else ""
