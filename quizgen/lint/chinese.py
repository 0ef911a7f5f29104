"""Rules for Chinese: how often the reader is addressed, and words that Taiwan does not use."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from quizgen.lint.rule import LintDiagnostic, RuleDiagnostic, RuleList, Severity, Whole
from quizgen.lint.views import Item, Part, View
from quizgen.model import Question
from quizgen.text.han import simplified
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
def nin_too_often(whole: Whole) -> Iterator[LintDiagnostic]:
    """Chinese leaves out whom everybody knows to be meant; 您 in every sentence reads as a translation.

    Quoted speech and exhibits address somebody else, and are passed over.
    """
    addressed: defaultdict[str, list[bool]] = defaultdict(list)
    for item in whole.items:
        if view := item.view("zh-Hans"):
            polite = view.words.pattern("polite")
            for part in _own_texts(view):
                sentences = view.words.sentences(_QUOTED.sub("", part.text))
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


def _own_texts(view: View) -> Iterator[Part]:
    """Return what the question says to the reader: stem, rationale and advice."""
    for part in (view.stem, view.rationale, view.advice):
        if part.text and not (part is view.stem and _is_of_its_kind(view.question)):
            yield part


def _is_of_its_kind(question: Question) -> bool:
    """Return whether the stem may be the default of its kind."""
    return bool(question.exhibit)


@RULES.rule(
    "mainland-words",
    Severity.WARNING,
    "item",
    "OpenCC, its words of Taiwan (configuration s2twp)",
    "Traditional Chinese has the words of Taiwan.",
)
def mainland_words(item: Item) -> Iterator[RuleDiagnostic]:
    """Converted characters do not make a text at home in Taiwan. Names of mainland bodies stay as they are.

    Where OpenCC leaves a mainland word, the text is given in `zh-Hant` as well.
    """
    view = item.view("zh-Hans")
    suspects = [part for part in view.texts if _simplified().search(part.text)] if view else []
    if not (view and suspects):
        return
    own = view.in_language(_TAIWAN)
    written = {part.path[:-1]: part.text for part in own.texts}
    kept, words = _mainland()
    for part in suspects:
        given = written.get(part.path[:-1]) or localize({"zh-Hans": part.text}, _TAIWAN)
        for found in sorted({match[0] for match in kept.finditer(given) if match[0] in words}):
            hint = _("give this text in zh-Hant too, with {word}", word=words[found])
            yield part.path, _("in Traditional Chinese this says `{word}`", word=found), hint


@cache
def _data() -> dict[str, dict[str, str]]:
    path = Path(__file__).parent / "taiwan.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _mainland() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of mainland words and of names that may contain them, and Taiwan's words for these."""
    data = _data()
    every = sorted([*data["words"], *data["names"]], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, every))), data["words"]


@cache
def _simplified() -> re.Pattern[str]:
    """Return a pattern of what mainland words are written as in Simplified Chinese."""
    written = {simplified(word) for word in _data()["words"]}
    return re.compile("|".join(sorted(map(re.escape, written), key=len, reverse=True)))
