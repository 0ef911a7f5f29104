"""Rules on questions that go out of date: old words, and facts from notes without a year."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from quizgen.ids import topic_of
from quizgen.lint.rule import LintDiagnostic, RuleDiagnostic, RuleList, Severity, Whole
from quizgen.lint.views import View
from quizgen.model import Bank, Question
from quizgen.text.messages import _

RULES = RuleList()

_FIGURES = re.compile(r"\d[\d,.]*\d|\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@RULES.rule(
    "old-words", Severity.WARNING, "view", "this project", "A question is in words that people say today."
)
def old_words(view: View) -> Iterator[RuleDiagnostic]:
    """Old words make a question sound like a paper form, and some readers no longer know them."""
    words = _old_words().get(view.language, {})
    for part in view.texts if words else ():
        for found in dict.fromkeys(match[0] for match in _pattern(view.language).finditer(part.text)):
            yield (
                part.path,
                _("`{word}` is old-fashioned", word=found),
                _("use {word}", word=words[found.lower()]),
            )


@RULES.rule(
    "plural-sums",
    Severity.WARNING,
    "view",
    "this project",
    "A sum of money is singular: 9,000 yuan is gone.",
)
def plural_sums(view: View) -> Iterator[RuleDiagnostic]:
    """A sum is one amount, not so many coins. With a plural verb it sounds like a translation."""
    for part in view.texts:
        for found in view.words.pattern("plural_sum").finditer(part.text):
            yield (
                part.path,
                _("`{words}` has a plural verb for a sum of money", words=found[0]),
                _("use the singular: is, has, goes"),
            )


@RULES.rule(
    "notes-dated",
    Severity.WARNING,
    "whole",
    "this project",
    "A question that rests on notes alone and gives a number also gives the year.",
)
def notes_dated(whole: Whole) -> Iterator[LintDiagnostic]:
    """Sums, hotlines and the practice of one place change, and readers of notes cannot look up the text."""
    for item in whole.items:
        facts = [fact for fact in whole.bank.facts_behind(item.question) if _rests_on_notes(whole.bank, fact)]
        for view in item.views:
            said = " ".join(part.text for part in (*view.texts, *view.shown))
            stated = " ".join(whole.bank.facts[fact].statement.get(view.language, "") for fact in facts)
            if {*_FIGURES.findall(said)} & {*_FIGURES.findall(stated)} and not _YEAR.search(said):
                what, hint = (
                    _(
                        "the question is based only on notes ({facts}) and gives a number, but no year",
                        facts=tuple(dict.fromkeys(facts)),
                    ),
                    _("add the year of the number"),
                )
                yield LintDiagnostic(item.question.id, ("rationale", view.language), what, hint)


@RULES.rule(
    "spot-judged",
    Severity.WARNING,
    "whole",
    "this project",
    "A `spot` has an exhibit of its own, which no `judge` shows.",
)
def spot_judged(whole: Whole) -> Iterator[LintDiagnostic]:
    """Whoever has judged an exhibit has read the line that decides, and the reason."""
    judged = {question.exhibit for question in whole.bank.questions.values() if question.answer.is_verdict}
    for question in whole.bank.questions.values():
        if _asks_for_line(question) and question.exhibit in judged:
            what, hint = (
                _(
                    "a `judge` question shows {exhibit} too, and gives away the line that decides",
                    exhibit=question.exhibit,
                ),
                _("give this question an exhibit of its own"),
            )
            yield LintDiagnostic(question.id, ("exhibit",), what, hint)


def _asks_for_line(question: Question) -> bool:
    return bool(question.answer.option_line_numbers)


def _rests_on_notes(bank: Bank, fact: str) -> bool:
    """Return whether all passages that a fact cites are notes."""
    cites = bank.facts[fact].cites if fact in bank.facts else ()
    sources = [bank.sources.get(topic_of(cite)) for cite in cites]
    return bool(cites) and all(source is not None and source.basis == "notes" for source in sources)


@cache
def _old_words() -> dict[str, dict[str, str]]:
    path = Path(__file__).parent / "old_words.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {language: {old.lower(): new for old, new in words.items()} for language, words in data.items()}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Return a pattern of the old words of a language, as whole words."""
    every = sorted(_old_words()[language], key=len, reverse=True)
    beside = "[A-Za-z]"
    return re.compile(f"(?<!{beside})(?:{'|'.join(map(re.escape, every))})(?!{beside})", re.IGNORECASE)
