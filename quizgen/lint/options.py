"""Rules on the options of a question: their number, length and wording."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from quizgen.lint.numbers import in_figures, numbers_in
from quizgen.lint.rule import RuleDiagnostic, RuleList, Severity, haladyna
from quizgen.lint.views import Item, Part, View
from quizgen.lint.words import Words
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
    haladyna("24", "28d"),
    "The key is about as long as the other options.",
)
def key_longest(view: View) -> Iterator[RuleDiagnostic]:
    """A key that is much longer than every distractor shows itself, as careful authors hedge what is true."""
    if not view.keys or not view.distractors:
        return
    words = view.words
    shortest = min(view.keys, key=lambda part: len(part.text))
    next_longest = max(len(part.text) for part in view.distractors)
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


@RULES.rule(
    "option-length", Severity.WARNING, "view", haladyna("24"), "Options are of about the same length."
)
def option_length(view: View) -> Iterator[RuleDiagnostic]:
    """One option that is several times as long as another draws the eye; a long key is key-longest's."""
    if not view.options:
        return
    words = view.words
    longest = max(view.options, key=lambda part: len(part.text))
    least, most = min(len(part.text) for part in view.options), len(longest.text)
    is_key = longest.is_key and any(key_longest(view))
    if (
        not is_key
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
    haladyna("18") + "; Rodriguez 2005",
    "There are two distractors or more.",
)
def few_distractors(item: Item) -> Iterator[RuleDiagnostic]:
    """Three options are enough, two are too few: a guess is then right half of the time."""
    view = next((view for view in item.views if view.options), None)
    if view and len(view.distractors) < 2:  # noqa: PLR2004  the reference's own number, in no language's file
        yield ("distractors",), _("there is only one distractor"), _("add a plausible one")


@RULES.rule("all-of-the-above", Severity.WARNING, "view", haladyna("26"), "No option is “all of the above”.")
def all_of_the_above(view: View) -> Iterator[RuleDiagnostic]:
    """Whoever knows two right options, or one wrong one, knows the answer."""
    yield from _options_matching(
        view, "all_above", _("this option is “all of the above”"), _("use the kind multiple")
    )


@RULES.rule(
    "none-of-the-above", Severity.WARNING, "view", haladyna("25"), "No option is “none of the above”."
)
def none_of_the_above(view: View) -> Iterator[RuleDiagnostic]:
    """It shows what a person rejects, not what a person knows."""
    yield from _options_matching(
        view, "none_above", _("this option is “none of the above”"), _("write a real distractor")
    )


@RULES.rule(
    "absolute-term",
    Severity.WARNING,
    "view",
    haladyna("28a"),
    "No absolute word tells a wrong answer from a right one.",
)
def absolute_term(view: View) -> Iterator[RuleDiagnostic]:
    """Always, never and their like make a statement false, and test-wise people know it."""
    absolute = view.words.pattern("absolutes")
    found = [part for part in view.options if absolute.search(part.text)]
    if found and (all(part.is_key for part in found) or not any(part.is_key for part in found)):
        for part in found:
            yield (
                part.path,
                _("this option says {word}", word=_first_match(absolute, part.text)),
                _("say how often, or who"),
            )
    if view.truth is False and absolute.search(view.stem.text):
        word = _first_match(absolute, view.stem.text)
        yield (
            view.stem.path,
            _("this false statement says {word}, which gives it away", word=word),
            _("leave the word out"),
        )


@RULES.rule("vague-frequency", Severity.WARNING, "view", "Paniagua & Swygert 2016 (NBME), irrelevant difficulty: vague terms",
      "No option rests on a vague frequency.")  # fmt: skip
def vague_frequency(view: View) -> Iterator[RuleDiagnostic]:
    """Usually and sometimes mean different things to different people, and they hint at truth."""
    vague = view.words.any_of("vague")
    for part in view.options or ((view.stem,) if view.truth is not None else ()):
        if vague.search(part.text):
            yield (
                part.path,
                _("{word} is a vague frequency", word=_first_match(vague, part.text)),
                _("give a number, or leave it out"),
            )


@RULES.rule(
    "option-overlap", Severity.WARNING, "view", haladyna("19", "22"), "No option contains or repeats another."
)
def option_overlap(view: View) -> Iterator[RuleDiagnostic]:
    """If one option is true whenever another is, both are right or both are wrong."""
    plain = [_word_set(view.words, option.text) for option in view.options]
    for (first, first_words), (second, second_words) in combinations(
        zip(view.options, plain, strict=True), 2
    ):
        said = _overlap_message(view.words, first.text, second.text) or (
            _("this option repeats `{option}`") if first_words == second_words else NOTHING
        )
        if said:
            yield (
                second.path,
                said.filled(option=first.text),
                _("make them exclude each other"),
            )


def _overlap_message(words: Words, first: str, second: str) -> Message:
    if (
        numbers_in(words, first)
        and numbers_in(words, second)
        and (said := _number_overlap_message(words, first, second))
    ):
        return said
    short, long = sorted((first.casefold(), second.casefold()), key=len)
    inside = words.contains(long, short)
    if inside:  # 十万 is a part of 二十万 as text, but not as a number
        numbers, others = ({each.value for each in numbers_in(words, text)} for text in (short, long))
        inside = numbers <= others
    if inside and words.any_of("negators").search(long.replace(short, "", 1)):
        inside = False  # `not safe` does not contain `safe`
    if inside:
        return (
            _("this option contains `{option}`")
            if len(second) > len(first)
            else _("this option is contained in `{option}`")
        )
    return NOTHING


def _number_overlap_message(words: Words, first: str, second: str) -> Message:
    texts = [in_figures(words, text) for text in (first, second)]
    ranges = [found for text in texts if (found := _RANGE.search(text))]
    if len(ranges) == 2:  # noqa: PLR2004  one of each
        (low, high), (other_low, other_high) = ((float(part[1]), float(part[2])) for part in ranges)
        return (
            _("this option overlaps the range `{option}`")
            if low <= other_high and other_low <= high
            else NOTHING
        )
    for open_ended in map(words.pattern, ("below", "above")):
        # Whatever is less than 30 is less than 60 too. If the words around the numbers differ, they may count different things.
        rest, other = (_text_around_number(open_ended.sub("", text)) for text in texts)
        if rest and rest == other and all(map(open_ended.search, texts)):
            return _("this option overlaps `{option}`")
    return NOTHING


def _text_around_number(text: str) -> str:
    """Return the text around a single number; "" if there is none, or several."""
    around = _NUMBER.split(text)
    singular = _PLURAL.sub("", "…".join(around).casefold())
    return " ".join(singular.split()) if len(around) == 2 else ""  # noqa: PLR2004


def _word_set(words: Words, text: str) -> list[str]:
    """Return the sorted words of a text, without punctuation and particles such as articles."""
    particles = words.word_set("particles")
    if words.is_cjk:
        return sorted(mark for mark in text.casefold() if mark.isalnum() and mark not in particles)
    return sorted(token for token in words.raw_tokens(text) if token not in particles)


@RULES.rule(
    "option-start",
    Severity.NOTE,
    "view",
    haladyna("13", "15"),
    "What all options begin with stands in the stem.",
)
def option_start(view: View) -> Iterator[RuleDiagnostic]:
    """Words that every option repeats are read four times and tell nothing apart."""
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
    haladyna("12", "23") + "; Moreno, Martínez & Muñiz 2006, on options that stand out",
    "Options end alike, and begin with like letters.",
)
def option_punctuation(view: View) -> Iterator[RuleDiagnostic]:
    """An option that alone has a full stop or a capital shows that it was written at another time."""
    for group in view.groups:
        odd = _only_different(group, ["stop" if part.text[-1:] in _CLOSERS else "none" for part in group])
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
        if odd := _only_different(group, cases):
            yield (
                odd.path,
                _("this text is the only one that starts with upper case, or with lower case"),
                _("start them all in the same way"),
            )


@RULES.rule(
    "option-form", Severity.WARNING, "view", haladyna("23", "28c"), "Options have the same grammatical form."
)
def option_form(view: View) -> Iterator[RuleDiagnostic]:
    """One option of another part of speech stands out. Where the form cannot be told, nothing is said."""
    for group in () if isinstance(view.question.answer, Order) else view.groups:  # steps may differ in form
        forms = [_form(view.words, part.text) for part in group]
        if (odd := _only_different(group, forms)) and (form := forms[group.index(odd)]):
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


def _form(words: Words, text: str) -> str:
    return next((name for name, pattern in words.forms.items() if pattern.search(text)), "")


def _only_different(group: Sequence[Part], marks: Sequence[str]) -> Part | None:
    """Return the one text of three or more whose mark differs from all others; ``None`` if a mark is unknown."""
    counted = Counter(marks)
    least = 3
    if len(group) < least or len(counted) != 2 or "" in counted or min(counted.values()) != 1:  # noqa: PLR2004
        return None
    odd = min(counted, key=lambda mark: counted[mark])
    return group[marks.index(odd)]


@RULES.rule(
    "number-order",
    Severity.WARNING,
    "view",
    haladyna("21"),
    "Options that are numbers stand in numerical order.",
)
def number_order(view: View) -> Iterator[RuleDiagnostic]:
    """Numbers out of order make a reader search. Here the distractors can be ordered, and the keys."""
    figures = {part: in_figures(view.words, part.text) for part in view.options}
    rests = {_text_around_number(text) for text in figures.values()}
    if len(rests) != 1 or rests == {""}:
        return  # figures with different units, such as minutes and hours, are not comparable
    for parts in (view.keys, view.distractors):
        values = [float(_NUMBER.findall(figures[part])[0]) for part in parts]
        if values not in (sorted(values), sorted(values, reverse=True)):
            yield parts[0].path, _("these numbers are not in order"), _("list them by size")


@RULES.rule(
    "true-false-in-disguise",
    Severity.WARNING,
    "view",
    haladyna("9"),
    "A choice between true and false is of the kind true-false.",
)
def true_false_in_disguise(view: View) -> Iterator[RuleDiagnostic]:
    """As options, yes and no would be shuffled; the kind true-false keeps its two answers in their order."""
    truths = view.words.word_set("truths")
    if view.options and all(part.text.casefold().rstrip(_CLOSERS) in truths for part in view.options):
        yield view.options[0].path, _("these options are true and false"), _("use the kind true-false")


def _options_matching(view: View, phrases: str, what: Message, hint: Message) -> Iterator[RuleDiagnostic]:
    pattern = view.words.pattern(phrases)
    for part in view.options:
        if pattern.fullmatch(part.text.rstrip(_CLOSERS)):
            yield part.path, what, hint


def _first_match(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return f"`{found[0]}`" if found else ""
