"""Rules on questions that go out of date: old-fashioned words, and numbers from notes without a year."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from quizgen.ids import topic_of
from quizgen.lint.rule import LintDiagnostic, RuleDiagnostic, RuleList, Severity, WholeBank
from quizgen.lint.views import LanguageView
from quizgen.model import Bank
from quizgen.text.messages import _

RULES = RuleList()

_FIGURES = re.compile(r"\d[\d,.]*\d|\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@RULES.rule(
    "old-words", Severity.WARNING, "view", "this project", "Questions use words that people say today."
)
def check_outdated_words(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report old-fashioned words.

    They make a question sound like a form, and some readers no longer know them.
    """
    words = _load_old_words().get(view.language, {})
    for part in view.all_texts if words else ():
        for found in dict.fromkeys(
            match[0] for match in _old_words_pattern(view.language).finditer(part.text)
        ):
            yield (
                part.path,
                _("`{word}` is old-fashioned", word=found),
                _("use {word}", word=words[found.lower()]),
            )


@RULES.rule(
    "notes-dated",
    Severity.WARNING,
    "whole",
    "this project",
    "A question that gives a number from notes on a source also gives the year.",
)
def check_year_of_notes(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a question with a number that comes only from notes on a source, if the question gives no year.

    Sums, hotlines and local rules change. Readers cannot look up the text, because the notes only summarise it.
    """
    for item in whole_bank.items:
        facts = [
            fact
            for fact in whole_bank.bank.fact_ids_behind(item.question)
            if _rests_on_notes(whole_bank.bank, fact)
        ]
        for view in item.views:
            said = " ".join(part.text for part in (*view.all_texts, *view.exhibit_texts))
            stated = " ".join(whole_bank.bank.facts[fact].statement.get(view.language, "") for fact in facts)
            if {*_FIGURES.findall(said)} & {*_FIGURES.findall(stated)} and not _YEAR.search(said):
                what, hint = (
                    _(
                        "the question is based only on notes ({facts}) and gives a number, but no year",
                        facts=tuple(dict.fromkeys(facts)),
                    ),
                    _("add the year of the number"),
                )
                yield LintDiagnostic(item.question.id, ("rationale", view.language), what, hint)


def _rests_on_notes(bank: Bank, fact_id: str) -> bool:
    """Return whether a fact cites only passages of notes."""
    cites = bank.facts[fact_id].cites if fact_id in bank.facts else ()
    sources = [bank.sources.get(topic_of(cite)) for cite in cites]
    return bool(cites) and all(source is not None and source.basis == "notes" for source in sources)


@cache
def _load_old_words() -> dict[str, dict[str, str]]:
    """Return the old-fashioned words of each language, with words for today."""
    path = Path(__file__).parent / "old_words.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {language: {old.lower(): new for old, new in words.items()} for language, words in data.items()}


@cache
def _old_words_pattern(language: str) -> re.Pattern[str]:
    """Return a pattern that finds the old-fashioned words of a language. In English it finds complete words only."""
    every = sorted(_load_old_words()[language], key=len, reverse=True)
    beside = "[A-Za-z]"
    return re.compile(f"(?<!{beside})(?:{'|'.join(map(re.escape, every))})(?!{beside})", re.IGNORECASE)
