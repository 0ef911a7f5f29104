"""Rules on the stem: what it asks, its blank, and what it reveals."""

import re
from collections.abc import Iterable, Iterator

from quizgen.lint.rule import LintDiagnostic, RuleDiagnostic, RuleList, Severity, Whole, haladyna
from quizgen.lint.views import Item, View
from quizgen.model import BLANK
from quizgen.shapes import Choose, Fill
from quizgen.text.messages import _

RULES = RuleList()

_AFTER_BLANK = re.compile(r"____(?=\w)")
_BEFORE_BLANK = re.compile(r"(?<=\w)____")


@RULES.rule(
    "negative-stem",
    Severity.WARNING,
    "view",
    haladyna("17"),
    "A stem asks for what is so; where it cannot, its negative word is emphasised.",
)
def negative_stem(view: View) -> Iterator[RuleDiagnostic]:
    """A small `not` is overlooked, and a person who knows the matter answers wrongly."""
    if view.truth is not None:
        return
    for sentence in view.words.sentences(view.stem.text):
        found = view.words.pattern("negative_asking").search(sentence)
        if found and not view.words.pattern("emphasised").search(sentence):
            yield (
                view.stem.path,
                _("the stem asks negatively: `{words}`", words=found[0]),
                _(
                    "ask for what is true, or make the negative word stand out, as in {example}",
                    example=view.words.emphasis,
                ),
            )


@RULES.rule(
    "speaker-in-stem",
    Severity.WARNING,
    "view",
    haladyna("2"),
    "No stem for everyone names an article, an interview or who said it.",
)
def speaker_in_stem(view: View) -> Iterator[RuleDiagnostic]:
    """Who said what helps nobody to act; the source stands below the answer. Questions for `work` may ask it."""
    found = view.words.pattern("speaker").search(view.stem.text)
    if found and view.question.audience == "everyone":
        yield (
            view.stem.path,
            _("the stem names its source: `{words}`", words=found[0]),
            _("ask about the subject itself"),
        )


@RULES.rule("double-negative", Severity.WARNING, "view", haladyna("17", "27"), "No sentence denies twice.")
def double_negative(view: View) -> Iterator[RuleDiagnostic]:
    """Two negatives in one sentence test patience, not knowledge."""
    for part in (view.stem, *view.options):
        if found := view.words.pattern("double_negative").search(part.text):
            yield (
                part.path,
                _("double negative: `{words}`", words=found[0]),
                _("write it without the negatives"),
            )


@RULES.rule(
    "stem-asks",
    Severity.WARNING,
    "view",
    haladyna("14", "15"),
    "A stem asks a question, has a blank or says what to do; a true-false stem states something.",
)
def stem_asks(view: View) -> Iterator[RuleDiagnostic]:
    """A stem that is a topic alone leaves the question itself to the options."""
    text = view.stem.text
    asks = text.rstrip("”’」』）)").endswith(("?", "？"))
    if view.truth is not None:
        if asks:
            yield view.stem.path, _("this true-false stem is a question"), _("make it a statement")
    elif not asks and BLANK not in text and not view.words.pattern("instruction").search(text):
        yield (
            view.stem.path,
            _("the stem is neither a question nor an instruction"),
            _("end it with a question"),
        )


@RULES.rule(
    "opinion",
    Severity.WARNING,
    "view",
    haladyna("6"),
    "A question asks for what is known, not for what the reader thinks.",
)
def opinion(view: View) -> Iterator[RuleDiagnostic]:
    """What somebody thinks cannot be marked as wrong."""
    for sentence in view.words.sentences(view.stem.text):
        found = view.words.any_of("opinion").search(sentence)
        if found and sentence.rstrip("”’」』）)").endswith(("?", "？")):
            said = _("the stem asks for an opinion: `{words}`", words=found[0])
            yield view.stem.path, said, _("ask whose view or which fact it is")


@RULES.rule(
    "clang-association",
    Severity.WARNING,
    "view",
    haladyna("28b"),
    "No word of the stem stands in the key alone.",
)
def clang_association(view: View) -> Iterator[RuleDiagnostic]:
    """A word that only the stem and the key share leads to the key without any knowledge."""
    if not view.keys or not view.distractors:
        return
    words = view.words
    stem = words.pattern("proper_names").sub(" ", view.stem.text)
    in_keys = frozenset.intersection(*(frozenset(words.tokens(part.text)) for part in view.keys))
    in_others = frozenset(token for part in view.distractors for token in words.raw_tokens(part.text))
    least = int(words.limits["clang_letters"])
    asked = {token for token in words.tokens(stem) if len(token) >= least}
    shared = in_keys & asked - in_others
    if shared and not (in_others & asked - in_keys):
        named = tuple(_as_written(view.stem.text, token) for token in sorted(shared))
        yield (
            view.keys[0].path,
            _("only the key repeats words of the stem: {words}", words=named),
            _("use another word, or use it in a distractor too"),
        )


def _as_written(text: str, token: str) -> str:
    match = re.search(rf"{re.escape(token)}[A-Za-z0-9]*", text, re.IGNORECASE)
    return f"`{match[0] if token.isascii() and match else token}`"


@RULES.rule(
    "blank-place",
    Severity.WARNING,
    "view",
    "Frey et al. 2005, on completion items; " + haladyna("14"),
    "A blank stands after the words that lead to it, and apart from them.",
)
def blank_place(view: View) -> Iterator[RuleDiagnostic]:
    """A stem that opens with its blank has to be read twice; a blank that touches a word looks like part of it."""
    text = view.stem.text
    if BLANK not in text:
        return
    before, _blank, after = text.partition(BLANK)
    if not re.search(r"\w", before):
        yield view.stem.path, _("the stem opens with its blank"), _("put the blank near the end")
    elif not view.words.is_cjk and (_AFTER_BLANK.search(text) or _BEFORE_BLANK.search(text)):
        yield view.stem.path, _("the blank touches a word"), _("put a space between them")
    elif (
        len(view.words.raw_tokens(before))
        < len(view.words.raw_tokens(after)) * view.words.limits["blank_early"]
    ):
        yield view.stem.path, _("the blank comes early in the stem"), _("put it near the end")


@RULES.rule(
    "article-cue",
    Severity.WARNING,
    "view",
    haladyna("28c"),
    "No article before a blank or at the end of a stem tells which answer fits.",
)
def article_cue(view: View) -> Iterator[RuleDiagnostic]:
    """`An` before a blank tells that the answer begins with a vowel."""
    if found := view.words.pattern("article_cue").search(view.stem.text):
        yield (
            view.stem.path,
            _("`{word}` before the answer is a clue to it", word=found[1]),
            _("write a(n), or word it otherwise"),
        )


@RULES.rule(
    "answer-in-stem", Severity.ERROR, "view", haladyna("28b"), "No answer of a blank stands in its own stem."
)
def answer_in_stem(view: View) -> Iterator[RuleDiagnostic]:
    """Whoever copies a word of the stem would be marked as right."""
    stem = view.stem.text.casefold()
    for part in view.accepted:
        answer = part.text.casefold().strip("“”‘’「」")
        if answer and view.words.contains(stem, answer):
            yield (
                part.path,
                _("the stem itself contains this answer: `{answer}`", answer=part.text),
                _("reword the stem"),
            )


@RULES.rule(
    "stated-count",
    Severity.ERROR,
    "view",
    haladyna("14"),
    "A number that the stem gives of its options or keys is right.",
)
def stated_count(view: View) -> Iterator[RuleDiagnostic]:
    """`Which two` with three keys makes an honest answer wrong."""
    answer = view.question.answer
    if not isinstance(answer, Choose) or answer.style == "truth":
        return
    stem = view.stem.text
    for name, count, what in (
        ("keys_stated", len(answer.keys), _("the stem says `{words}`, but there are {count} keys")),
        ("options_stated", len(answer.options), _("the stem says `{words}`, but there are {count} options")),
    ):
        if name == "keys_stated" and answer.style == "one":
            continue  # `which two cities` may have one option for each pair
        found = view.words.pattern(name).search(stem)
        stated = view.words.numerals.get(found[1].lower()) if found else None
        if found and stated is not None and stated != count:
            yield (
                view.stem.path,
                what.filled(words=found[0], count=count),
                _("make them agree"),
            )


@RULES.rule(
    "advice-missing",
    Severity.WARNING,
    "item",
    "Shute 2008, on feedback that tells how to act",
    "A question at the level apply comes with advice.",
)
def advice_missing(item: Item) -> Iterator[RuleDiagnostic]:
    """A scene from life is there to be learnt from, and what a person can do is its lesson."""
    if item.question.level == "apply" and not item.question.advice:
        yield (), _("this question has the level apply, but no advice"), _("add what a person can do")


@RULES.rule(
    "advice-without-number",
    Severity.WARNING,
    "whole",
    "Shute 2008, on feedback that tells how to act",
    "Where money or a device is at stake, advice says whom to ring.",
)
def advice_without_number(whole: Whole) -> Iterator[LintDiagnostic]:
    """In the first minutes a number counts more than a reason.

    Held against questions at the level apply, for everyone, in banks with help numbers; rationale and key may
    name the number instead. What is genuine needs none, nor does a scene in which nothing is to be refused.
    """
    numbers = {number.number for number in whole.bank.help.values()}
    for item in whole.items:
        question = item.question
        if not numbers or _harmless(item) or question.level != "apply" or question.audience != "everyone":
            continue
        for view in item.views:
            told = (view.rationale, view.advice, *view.keys)
            asked = " ".join(part.text for part in (view.stem, *view.shown))
            found = view.words.pattern("at_stake").search(asked)
            if found and not any(number in part.text for part in told for number in numbers):
                said = _(
                    "the question mentions `{words}`, but its advice gives no number to call", words=found[0]
                )
                yield LintDiagnostic(
                    question.id, view.advice.path, said, _("add a help number, such as {police}")
                )
                break


def _harmless(item: Item) -> bool:
    """Return whether nothing bad happens: the exhibit is genuine, or nothing has to be refused."""
    if item.exhibit:
        return item.exhibit.genuine
    return not any("refuse" in view.words.acts_of(key.text) for view in item.views for key in view.keys)


@RULES.rule(
    "rests-on-silence",
    Severity.WARNING,
    "whole",
    "this project",
    "No absolute claim stands in a true statement, a key or a rationale that no cited fact makes.",
)
def rests_on_silence(whole: Whole) -> Iterator[LintDiagnostic]:
    """That a source names no case does not mean that there is none: `never` and `no law` want a fact that says so."""
    for item in whole.items:
        facts = [whole.bank.facts[id_] for id_ in item.question.facts if id_ in whole.bank.facts]
        if any(_denied(view, fact.statement.get(view.language, "")) for view in item.views for fact in facts):
            continue
        for view in item.views:
            stems = (view.stem,) if view.truth else ()
            for part in (*stems, *view.keys, view.rationale):
                names = ("silence",) if part is view.rationale else ("silence", "silence_of_all")
                if found := _claimed(view, part.text, names):
                    said = _("no cited fact says `{words}`", words=found)
                    yield LintDiagnostic(
                        item.question.id, part.path, said, _("cite a fact that says so, or change the text")
                    )


def _claimed(view: View, text: str, names: Iterable[str]) -> str:
    """Return the absolute word of a claim in a text, unless it is only supposed."""
    for sentence in view.words.sentences(text):
        if not view.words.pattern("supposed").search(sentence):
            for name in names:
                if found := view.words.pattern(name).search(sentence):
                    return found[0]
    return ""


def _denied(view: View, fact: str) -> bool:
    """Return whether a fact denies something; in Chinese only by an absolute word, since 不 is everywhere."""
    patterns = [view.words.pattern(name) for name in ("silence", "silence_of_all")]
    patterns += [] if view.words.is_cjk else [view.words.any_of("negators")]
    return any(pattern.search(fact) for pattern in patterns)


@RULES.rule(
    "rationale-repeats",
    Severity.WARNING,
    "view",
    "Shute 2008, on elaborated feedback",
    "A rationale says why, and does not just say the key again.",
)
def rationale_repeats(view: View) -> Iterator[RuleDiagnostic]:
    """`Right is: the key` teaches nothing that the mark has not said."""
    words = view.words
    said = words.tokens(view.rationale.text)
    known = {token for phrase in words.word_set("marking") for token in words.raw_tokens(phrase)}
    known.update(words.raw_tokens(view.stem.text))
    for part in view.keys or view.accepted:
        known.update(words.raw_tokens(part.text))
    if isinstance(view.question.answer, Choose | Fill) and said:
        new = sum(token not in known for token in said)
        if new < len(said) * words.limits["rationale_new"]:
            yield (
                view.rationale.path,
                _("the rationale only repeats the stem and the key"),
                _("say why"),
            )
