"""Rules on typography, grammar and readability, for all texts of a question."""

from collections.abc import Iterator
from functools import cache

from quizgen.lint.rule import RuleDiagnostic, RuleList, Severity, cite_haladyna
from quizgen.lint.views import LanguageView
from quizgen.text.han import han_characters
from quizgen.text.messages import Message, _

RULES = RuleList()

_PAIRS = {
    "“": "”",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "《": "》",
    "【": "】",
    "[": "]",
    "〈": "〉",
}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_LEVEL_ONE_END = 0xD8  # lead bytes B0 to D7 of GB 2312 are its level 1: 3,755 characters in common use


@RULES.rule(
    "plural-sums",
    Severity.WARNING,
    "view",
    "this project",
    "A sum of money is singular: 9,000 yuan is gone.",
)
def check_plural_verb_after_sum(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report a sum of money with a plural verb.

    A sum is one amount. With a plural verb it sounds like a translation.
    """
    for part in view.all_texts:
        for found in view.words.pattern("plural_sum").finditer(part.text):
            yield (
                part.path,
                _("`{words}` has a plural verb for a sum of money", words=found[0]),
                _("use the singular: is, has, goes"),
            )


@RULES.rule(
    "punctuation-width",
    Severity.WARNING,
    "view",
    "GB/T 15834—2011; " + cite_haladyna("12"),
    "Chinese text has full-width punctuation, English text has half-width punctuation.",
)
def check_punctuation_width(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report half-width punctuation in Chinese text and full-width punctuation in English text.

    It looks like a typing error.
    """
    yield from _report_each_match(
        view, "wrong_width", _("`{mark}` is punctuation of the other script"), _("use this language’s own")
    )


@RULES.rule(
    "straight-quotes",
    Severity.WARNING,
    "view",
    "The Chicago Manual of Style, on directional quotation marks; GB/T 15834—2011",
    "Quotation marks and apostrophes are curly.",
)
def check_straight_quotes(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report straight quotation marks and apostrophes.

    A typewriter had one mark for both ends of a quotation, but print has two.
    """
    yield from _report_each_match(
        view, "straight", _("`{mark}` is a typewriter’s quotation mark"), _("write “…” or ’")
    )


@RULES.rule(
    "spacing",
    Severity.WARNING,
    "view",
    "Bringhurst, The Elements of Typographic Style, on word spaces; W3C, Requirements for Chinese Text Layout",
    "There are no extra spaces.",
)
def check_spacing(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report two spaces in a row, a space before a comma, and a space between Chinese characters."""
    for part in view.all_texts:
        if found := view.words.pattern("wrong_space").search(part.text):
            around = part.text[max(0, found.start() - 8) : found.end() + 8]
            yield part.path, _("a space is wrong in `{around}`", around=around), _("fix it")


@RULES.rule(
    "typewriter-marks",
    Severity.WARNING,
    "view",
    "The Chicago Manual of Style, on dashes and ellipses; GB/T 15834—2011",
    "Dashes and ellipses are written with their own characters.",
)
def check_dashes_and_ellipses(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report two hyphens used as a dash, and three full stops used as a Chinese ellipsis."""
    yield from _report_each_match(
        view,
        "typewriter",
        _("`{mark}` is a substitute for the right mark"),
        _("write …… or ——") if view.words.is_cjk else _("write …, – or —"),
    )


@RULES.rule(
    "unpaired-marks",
    Severity.WARNING,
    "view",
    "GB/T 15834—2011, on quotation marks and brackets; " + cite_haladyna("12"),
    "Every quotation mark and bracket that is opened is closed.",
)
def check_paired_punctuation(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report quotation marks and brackets that are not closed or not nested correctly."""
    for part in view.all_texts:
        waiting: list[str] = []
        for mark in part.text:
            if mark in _PAIRS:
                waiting.append(mark)
            elif mark in _CLOSING and (not waiting or waiting.pop() != _CLOSING[mark]):
                yield (
                    part.path,
                    _("`{mark}` has no opening mark", mark=mark),
                    _("add the opening mark, or remove it"),
                )
                waiting = []
                break
        if waiting:
            yield part.path, _("`{mark}` is never closed", mark=waiting[-1]), _("close it")


@RULES.rule(
    "long-sentence",
    Severity.WARNING,
    "view",
    cite_haladyna("8", "13") + "; GOV.UK style guide, on sentence length",
    "Sentences are short enough to be understood at first reading.",
)
def check_sentence_length(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report long sentences, because a test of fraud awareness should not be a reading test."""
    limit = view.words.limits["sentence"]
    said = (
        _("a sentence here has {count} characters (more than {most})")
        if view.words.is_cjk
        else _("a sentence here has {count} words (more than {most})")
    )
    for part in view.all_texts:
        longest = max(map(view.words.count_words, view.words.split_sentences(part.text)), default=0)
        if longest > limit:
            what = said.with_values(count=longest, most=f"{limit:.0f}")
            yield part.path, what, _("split it in two")


@RULES.rule(
    "long-stem",
    Severity.WARNING,
    "view",
    cite_haladyna("13", "16"),
    "A stem has no more text than its question needs.",
)
def check_stem_length(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report long stems.

    Extra text costs time and hides the question.
    """
    size, limit = view.words.count_words(view.stem.text), view.words.limits["stem"]
    if size > limit:
        said = (
            _("the stem has {count} characters (more than {most})")
            if view.words.is_cjk
            else _("the stem has {count} words (more than {most})")
        )
        yield (
            view.stem.path,
            said.with_values(count=size, most=f"{limit:.0f}"),
            _("leave out what the answer does not need"),
        )


@RULES.rule(
    "rare-character",
    Severity.NOTE,
    "view",
    cite_haladyna("8") + "; GB 2312—1980, level 1",
    "Chinese text uses common characters.",
)
def check_rare_characters(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report Chinese characters that are not among the 3,755 common ones of GB 2312.

    Readers with little practice do not know them. A word list has the characters of names, which are not reported.
    """
    if not view.words.is_cjk or view.language != "zh-Hans":
        return
    known = view.words.words_in_list("known_characters")
    for part in view.all_texts:
        rare = dict.fromkeys(
            mark for mark in han_characters(part.text) if mark not in known and not _is_common_character(mark)
        )
        if rare:
            yield (
                part.path,
                _("rare characters: {characters}", characters="、".join(rare)),
                _("use more common words"),
            )


@cache
def _is_common_character(character: str) -> bool:
    """Return whether a Chinese character is among the 3,755 common ones of GB 2312."""
    try:
        return character.encode("gb2312")[0] < _LEVEL_ONE_END
    except UnicodeEncodeError:
        return False


@RULES.rule(
    "mixed-address",
    Severity.NOTE,
    "view",
    cite_haladyna("11", "12"),
    "A question addresses the reader with one form of “you”.",
)
def check_mixed_forms_of_you(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report a question that uses both 您, the polite “you”, and 你, the familiar one.

    It reads as if two authors had written it.
    """
    polite, plain = view.words.pattern("polite"), view.words.pattern("plain")
    texts = [  # quoted speech addresses somebody else, and so does an exhibit
        part for part in view.all_texts if "“" not in part.text and part.path[0] != "exhibit"
    ]
    if any(polite.search(part.text) for part in texts):
        for part in texts:
            if found := plain.search(part.text):
                yield (
                    part.path,
                    _("`{word}` here, but the polite form elsewhere in the question", word=found[0]),
                    _("use one form"),
                )


def _report_each_match(
    view: LanguageView, pattern_name: str, what: Message, hint: Message
) -> Iterator[RuleDiagnostic]:
    """Report each match of a pattern from the word list in the texts of a question."""
    pattern = view.words.pattern(pattern_name)
    for part in view.all_texts:
        if found := pattern.search(part.text):
            yield part.path, what.with_values(mark=found[0].strip()), hint
