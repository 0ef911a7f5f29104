"""Rules on what a question asks: the stem, its blank, and what it lets slip."""

import re
from collections.abc import Iterator

from quizgen.lint.rule import RuleDiagnostic, Severity, haladyna, rule
from quizgen.lint.views import Item, View
from quizgen.model import BLANK
from quizgen.shapes import Choose, Fill

_AFTER_BLANK = re.compile(r"____(?=\w)")
_BEFORE_BLANK = re.compile(r"(?<=\w)____")


@rule(
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
                f"the stem asks negatively: `{found[0]}`",
                view.words.pattern("emphasise_hint").pattern,
            )


@rule("double-negative", Severity.WARNING, "view", haladyna("17", "27"), "No sentence denies twice.")
def double_negative(view: View) -> Iterator[RuleDiagnostic]:
    """Two negatives in one sentence test patience, not knowledge."""
    for part in (view.stem, *view.options):
        if found := view.words.pattern("double_negative").search(part.text):
            yield part.path, f"this denies twice: `{found[0]}`", "say it positively"


@rule(
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
            yield view.stem.path, "this true-false stem is a question", "make it a statement"
    elif not asks and BLANK not in text and not view.words.pattern("instruction").search(text):
        yield view.stem.path, "the stem neither asks nor says what to do", "end it with a question"


@rule(
    "opinion",
    Severity.WARNING,
    "view",
    haladyna("6"),
    "A question asks for what is known, not for what the reader thinks.",
)
def opinion(view: View) -> Iterator[RuleDiagnostic]:
    """What somebody thinks cannot be marked as wrong."""
    if found := view.words.any_of("opinion").search(view.stem.text):
        yield (
            view.stem.path,
            f"the stem asks for an opinion: `{found[0]}`",
            "ask whose view or which fact it is",
        )


@rule(
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
    shared = {token for token in in_keys & frozenset(words.tokens(stem)) - in_others if len(token) >= least}
    if shared:
        named = ", ".join(_as_written(view.stem.text, token) for token in sorted(shared))
        yield view.keys[0].path, f"of all options only the key repeats a word of the stem: {named}", "use another word, or use it in a distractor too"  # fmt: skip


def _as_written(text: str, token: str) -> str:
    found = re.search(rf"{re.escape(token)}[^\W_]*", text, re.IGNORECASE)
    return f"`{token if not token.isascii() or not found else found[0]}`"


@rule(
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
    before, _, after = text.partition(BLANK)
    if not re.search(r"\w", before):
        yield view.stem.path, "the stem opens with its blank", "put the blank near the end"
    elif not view.words.is_cjk and (_AFTER_BLANK.search(text) or _BEFORE_BLANK.search(text)):
        yield view.stem.path, "the blank touches a word", "put a space between them"
    elif (
        len(view.words.raw_tokens(before))
        < len(view.words.raw_tokens(after)) * view.words.limits["blank_early"]
    ):
        yield view.stem.path, "the blank comes early in the stem", "put it near the end"


@rule(
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
            f"`{found[1]}` before the answer is a clue to it",
            "write a(n), or word it otherwise",
        )


@rule(
    "answer-in-stem", Severity.ERROR, "view", haladyna("28b"), "No answer of a blank stands in its own stem."
)
def answer_in_stem(view: View) -> Iterator[RuleDiagnostic]:
    """Whoever copies a word of the stem would be marked as right."""
    stem = view.stem.text.casefold()
    for part in view.accepted:
        answer = part.text.casefold().strip("“”‘’「」")
        if answer and view.words.holds(stem, answer):
            yield part.path, f"the stem itself holds this answer: `{part.text}`", "reword the stem"


@rule(
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
    text = view.stem.text
    for name, count, what in (
        ("keys_stated", len(answer.keys), "keys"),
        ("options_stated", len(answer.options), "options"),
    ):
        if name == "keys_stated" and answer.style == "one":
            continue  # `which two cities` may have one option for each pair
        found = view.words.pattern(name).search(text)
        stated = view.words.numerals.get(found[1].lower()) if found else None
        if found and stated is not None and stated != count:
            yield (
                view.stem.path,
                f"the stem says `{found[0]}`, but there are {count} {what}",
                "make them agree",
            )


@rule(
    "advice-missing",
    Severity.WARNING,
    "item",
    "Shute 2008, on feedback that tells how to act",
    "A question at the level apply comes with advice.",
)
def advice_missing(item: Item) -> Iterator[RuleDiagnostic]:
    """A scene from life is there to be learnt from, and what a person can do is its lesson."""
    if item.question.level == "apply" and not item.question.advice:
        yield (), "this question at the level apply has no advice", "add what a person can do"


@rule(
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
                "the rationale repeats the stem and the key, and says no more",
                "say why",
            )
