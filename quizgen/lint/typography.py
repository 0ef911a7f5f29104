"""Rules on typography and readability, for all texts of a question."""

from collections.abc import Iterator
from functools import cache

from quizgen.lint.rule import RuleDiagnostic, RuleList, Severity, haladyna
from quizgen.lint.views import View
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
    "punctuation-width",
    Severity.WARNING,
    "view",
    "GB/T 15834—2011; " + haladyna("12"),
    "Chinese text has full-width punctuation, English text has its own.",
)
def punctuation_width(view: View) -> Iterator[RuleDiagnostic]:
    """A half-width comma among Chinese characters, or a full-width one in English, looks like a slip."""
    yield from _match_each(
        view, "wrong_width", _("`{mark}` is punctuation of the other script"), _("use this language’s own")
    )


@RULES.rule(
    "straight-quotes",
    Severity.WARNING,
    "view",
    "The Chicago Manual of Style, on directional quotation marks; GB/T 15834—2011",
    "Quotation marks and apostrophes are curly.",
)
def straight_quotes(view: View) -> Iterator[RuleDiagnostic]:
    """A typewriter had one quotation mark for both ends; print has two."""
    yield from _match_each(
        view, "straight", _("`{mark}` is a typewriter’s quotation mark"), _("write “…” or ’")
    )


@RULES.rule(
    "spacing",
    Severity.WARNING,
    "view",
    "Bringhurst, The Elements of Typographic Style, on word spaces; W3C, Requirements for Chinese Text Layout",
    "Spaces stand where they belong, one at a time.",
)
def spacing(view: View) -> Iterator[RuleDiagnostic]:
    """Two spaces in a row, one before a comma, or one between Chinese characters."""
    for part in view.texts:
        if found := view.words.pattern("wrong_space").search(part.text):
            around = part.text[max(0, found.start() - 8) : found.end() + 8]
            yield part.path, _("a space is wrong in `{around}`", around=around), _("fix it")


@RULES.rule(
    "typewriter-marks",
    Severity.WARNING,
    "view",
    "The Chicago Manual of Style, on dashes and ellipses; GB/T 15834—2011",
    "Dashes and ellipses are characters of their own.",
)
def typewriter_marks(view: View) -> Iterator[RuleDiagnostic]:
    """Two hyphens are no dash, and three full stops are no Chinese ellipsis."""
    yield from _match_each(
        view,
        "typewriter",
        _("`{mark}` is a substitute for the right mark"),
        _("write …… or ——") if view.words.is_cjk else _("write …, – or —"),
    )


@RULES.rule(
    "unpaired-marks",
    Severity.WARNING,
    "view",
    "GB/T 15834—2011, on quotation marks and brackets; " + haladyna("12"),
    "Every quotation mark and bracket that opens is closed.",
)
def unpaired_marks(view: View) -> Iterator[RuleDiagnostic]:
    """Opening and closing marks come in pairs, the inner ones inside."""
    for part in view.texts:
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
    haladyna("8", "13") + "; GOV.UK style guide, on sentence length",
    "Sentences are short enough to be understood at one reading.",
)
def long_sentence(view: View) -> Iterator[RuleDiagnostic]:
    """A test of fraud awareness is no test of reading."""
    limit = view.words.limits["sentence"]
    said = (
        _("a sentence here has {count} characters (more than {most})")
        if view.words.is_cjk
        else _("a sentence here has {count} words (more than {most})")
    )
    for part in view.texts:
        longest = max(map(view.words.size, view.words.sentences(part.text)), default=0)
        if longest > limit:
            what = said.filled(count=longest, most=f"{limit:.0f}")
            yield part.path, what, _("split it in two")


@RULES.rule(
    "long-stem",
    Severity.WARNING,
    "view",
    haladyna("13", "16"),
    "A stem says no more than its question needs.",
)
def long_stem(view: View) -> Iterator[RuleDiagnostic]:
    """Window dressing costs time and hides what is asked."""
    size, limit = view.words.size(view.stem.text), view.words.limits["stem"]
    if size > limit:
        said = (
            _("the stem has {count} characters (more than {most})")
            if view.words.is_cjk
            else _("the stem has {count} words (more than {most})")
        )
        yield (
            view.stem.path,
            said.filled(count=size, most=f"{limit:.0f}"),
            _("leave out what the answer does not need"),
        )


@RULES.rule(
    "rare-character",
    Severity.NOTE,
    "view",
    haladyna("8") + "; GB 2312—1980, level 1",
    "Chinese text keeps to characters in common use.",
)
def rare_character(view: View) -> Iterator[RuleDiagnostic]:
    """A character beyond the 3,755 common ones stops an unpractised reader; names are made of what they are."""
    if not view.words.is_cjk or view.language != "zh-Hans":
        return
    known = view.words.word_set("known_characters")
    for part in view.texts:
        rare = dict.fromkeys(
            mark for mark in han_characters(part.text) if mark not in known and not _is_common(mark)
        )
        if rare:
            yield (
                part.path,
                _("rare characters: {characters}", characters="、".join(rare)),
                _("use more common words"),
            )


@cache
def _is_common(character: str) -> bool:
    try:
        return character.encode("gb2312")[0] < _LEVEL_ONE_END
    except UnicodeEncodeError:
        return False


@RULES.rule(
    "mixed-address",
    Severity.NOTE,
    "view",
    haladyna("11", "12"),
    "A reader is addressed in one way throughout a question.",
)
def mixed_address(view: View) -> Iterator[RuleDiagnostic]:
    """您 in one line and 你 in the next reads as two authors."""
    polite, plain = view.words.pattern("polite"), view.words.pattern("plain")
    texts = [  # quoted speech addresses somebody else, and so does an exhibit
        part for part in view.texts if "“" not in part.text and part.path[0] != "exhibit"
    ]
    if any(polite.search(part.text) for part in texts):
        for part in texts:
            if found := plain.search(part.text):
                yield (
                    part.path,
                    _("`{word}` here, but the polite form elsewhere in the question", word=found[0]),
                    _("use one form"),
                )


def _match_each(view: View, name: str, what: Message, hint: Message) -> Iterator[RuleDiagnostic]:
    pattern = view.words.pattern(name)
    for part in view.texts:
        if found := pattern.search(part.text):
            yield part.path, what.filled(mark=found[0].strip()), hint
