"""Rules on Chinese texts: how often they say “you”, and words that people in Taiwan do not use."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from quizgen.lint.rule import LintDiagnostic, RuleDiagnostic, RuleList, Severity, WholeBank
from quizgen.lint.views import Item, LanguageView, LocatedText
from quizgen.model import Question
from quizgen.text.han import to_simplified
from quizgen.text.languages import localize
from quizgen.text.messages import _

RULES = RuleList()

MIN_SAMPLE = 20
"""With fewer texts in a topic, a share says nothing."""

_QUOTED = re.compile("“[^”]*”")
_TAIWAN = "zh-Hant"


@RULES.rule(
    "nin-too-often",
    Severity.WARNING,
    "whole",
    "this project",
    "您 is in at most half of a text’s sentences, and in at most half of a topic’s texts.",
)
def check_use_of_nin(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report Chinese texts that say 您 too often.

    Chinese leaves out “you” when it is clear who is meant. 您 in every sentence reads like a translation. Quotations
    and exhibits address somebody else, so the rule ignores them.
    """
    addressed: defaultdict[str, list[bool]] = defaultdict(list)
    for item in whole_bank.items:
        if view := item.view("zh-Hans"):
            polite = view.words.pattern("polite")
            for part in _texts_for_reader(view):
                sentences = view.words.split_sentences(_QUOTED.sub("", part.text))
                hits = sum(bool(polite.search(sentence)) for sentence in sentences)
                addressed[item.question.topic].append(bool(hits))
                if len(sentences) > 1 and hits > len(sentences) / 2:
                    said = _("您 is in {count} of {total} sentences", count=hits, total=len(sentences))
                    yield LintDiagnostic(
                        item.question.id, part.path, said, _("leave it out where it is clear without it")
                    )
    for topic, texts in addressed.items():
        if len(texts) >= MIN_SAMPLE and sum(texts) > len(texts) / 2:
            said = _(
                "您 is in {count} of the {total} texts of {topic}",
                count=sum(texts),
                total=len(texts),
                topic=topic,
            )
            yield LintDiagnostic(topic, (), said, _("leave it out where it is clear without it"))


def _texts_for_reader(view: LanguageView) -> Iterator[LocatedText]:
    """Yield the texts that speak to the reader: stem, rationale and advice, but not a stem of the program."""
    for part in (view.stem, view.rationale, view.advice):
        if part.text and not (part is view.stem and _can_have_default_stem(view.question)):
            yield part


def _can_have_default_stem(question: Question) -> bool:
    """Return whether the program gives a question a stem if the author wrote none: it does so for an exhibit."""
    return bool(question.exhibit)


@RULES.rule(
    "mainland-words",
    Severity.WARNING,
    "item",
    "OpenCC, its words of Taiwan (configuration s2twp)",
    "Texts in Traditional Chinese use the words of Taiwan.",
)
def check_mainland_words(item: Item) -> Iterator[RuleDiagnostic]:
    """Report mainland words that are left in Traditional Chinese.

    Converting the characters does not make a text sound natural in Taiwan. Names of mainland organisations stay as
    they are. If OpenCC leaves a mainland word, write the text in `zh-Hant` as well.
    """
    view = item.view("zh-Hans")
    suspects = (
        [part for part in view.all_texts if _simplified_words_pattern().search(part.text)] if view else []
    )
    if not (view and suspects):
        return
    own = view.in_language(_TAIWAN)
    written = {part.path[:-1]: part.text for part in own.all_texts}
    kept, words = _mainland_words_pattern()
    for part in suspects:
        given = written.get(part.path[:-1]) or localize({"zh-Hans": part.text}, _TAIWAN)
        for found in sorted({match[0] for match in kept.finditer(given) if match[0] in words}):
            hint = _("give this text in zh-Hant too, with {word}", word=words[found])
            yield part.path, _("in Traditional Chinese this says `{word}`", word=found), hint


@cache
def _load_word_table() -> dict[str, dict[str, str]]:
    """Return the table of mainland words, the words of Taiwan for them, and names that can contain them."""
    path = Path(__file__).parent / "taiwan.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _mainland_words_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern that finds mainland words, and names that contain them, and a table of Taiwan's words for them."""
    data = _load_word_table()
    every = sorted([*data["words"], *data["names"]], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, every))), data["words"]


@cache
def _simplified_words_pattern() -> re.Pattern[str]:
    """Return a pattern that finds, in Simplified Chinese, words that have another word in Traditional Chinese."""
    written = {to_simplified(word) for word in _load_word_table()["words"]}
    return re.compile("|".join(sorted(map(re.escape, written), key=len, reverse=True)))
