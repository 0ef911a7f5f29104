"""Rules on the stem: what it asks, where its blank is, and what it gives away."""

import re
from collections.abc import Iterable, Iterator

from quizgen.lint.rule import LintDiagnostic, RuleDiagnostic, RuleList, Severity, WholeBank, cite_haladyna
from quizgen.lint.views import Item, LanguageView
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
    cite_haladyna("17"),
    "A stem asks what is true. If it has to ask what is not, the negative word is emphasised.",
)
def check_negative_stem(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report a stem with a negative word that is not emphasised.

    Readers overlook a small `not`, and then answer wrongly although they know the answer.
    """
    if view.has_statement:
        return
    for sentence in view.words.split_sentences(view.stem.text):
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
    cite_haladyna("2"),
    "A stem for everyone names no article, no interview and nobody who was quoted.",
)
def check_speaker_in_stem(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report a stem that mentions an article, an interview or a speaker.

    To know who said something helps nobody to act, and the source is shown below the answer. Questions for the
    audience `work` may ask it.
    """
    found = view.words.pattern("speaker").search(view.stem.text)
    if found and view.question.audience == "everyone":
        yield (
            view.stem.path,
            _("the stem names its source: `{words}`", words=found[0]),
            _("ask about the subject itself"),
        )


@RULES.rule(
    "double-negative", Severity.WARNING, "view", cite_haladyna("17", "27"), "No sentence has two negatives."
)
def check_double_negative(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report a sentence with two negatives.

    It tests patience instead of knowledge.
    """
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
    cite_haladyna("14", "15"),
    "A stem asks a question, has a blank or says what to do. The stem of a true-or-false question is a statement.",
)
def check_stem_asks_something(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report a stem that asks nothing, such as a mere topic.

    Readers then have to guess the question from the options.
    """
    text = view.stem.text
    asks = text.rstrip("”’」』）)").endswith(("?", "？"))
    if view.has_statement:
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
    cite_haladyna("6"),
    "A question asks what is known, not what the reader thinks.",
)
def check_opinion(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report a stem that asks for the reader’s opinion.

    An opinion cannot be wrong.
    """
    for sentence in view.words.split_sentences(view.stem.text):
        found = view.words.word_pattern("opinion").search(sentence)
        if found and sentence.rstrip("”’」』）)").endswith(("?", "？")):
            said = _("the stem asks for an opinion: `{words}`", words=found[0])
            yield view.stem.path, said, _("ask whose view or which fact it is")


@RULES.rule(
    "clang-association",
    Severity.WARNING,
    "view",
    cite_haladyna("28b"),
    "No word of the stem is in the correct option only.",
)
def check_word_shared_with_correct_option(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report a word that the stem shares with the correct option and with no wrong one.

    It leads readers to the correct option without any knowledge.
    """
    if not view.correct_options or not view.wrong_options:
        return
    words = view.words
    stem = words.pattern("proper_names").sub(" ", view.stem.text)
    in_keys = frozenset.intersection(
        *(frozenset(words.split_content_tokens(part.text)) for part in view.correct_options)
    )
    in_others = frozenset(token for part in view.wrong_options for token in words.split_tokens(part.text))
    least = int(words.limits["clang_letters"])
    asked = {token for token in words.split_content_tokens(stem) if len(token) >= least}
    shared = in_keys & asked - in_others
    if shared and not (in_others & asked - in_keys):
        named = tuple(_find_word_in_text(view.stem.text, token) for token in sorted(shared))
        yield (
            view.correct_options[0].path,
            _("only the key repeats words of the stem: {words}", words=named),
            _("use another word, or use it in a distractor too"),
        )


def _find_word_in_text(text: str, token: str) -> str:
    """Return a token as the text writes it, with its capitals and ending."""
    match = re.search(rf"{re.escape(token)}[A-Za-z0-9]*", text, re.IGNORECASE)
    return f"`{match[0] if token.isascii() and match else token}`"


@RULES.rule(
    "blank-place",
    Severity.WARNING,
    "view",
    "Frey et al. 2005, on completion items; " + cite_haladyna("14"),
    "A blank comes late in the stem and does not touch a word.",
)
def check_blank_position(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report a blank at the start of a stem, or one that touches a word.

    A stem that begins with its blank has to be read twice. A blank that touches a word looks like part of it.
    """
    text = view.stem.text
    if BLANK not in text:
        return
    before, _blank, after = text.partition(BLANK)
    if not re.search(r"\w", before):
        yield view.stem.path, _("the stem opens with its blank"), _("put the blank near the end")
    elif not view.words.is_cjk and (_AFTER_BLANK.search(text) or _BEFORE_BLANK.search(text)):
        yield view.stem.path, _("the blank touches a word"), _("put a space between them")
    elif (
        len(view.words.split_tokens(before))
        < len(view.words.split_tokens(after)) * view.words.limits["blank_early"]
    ):
        yield view.stem.path, _("the blank comes early in the stem"), _("put it near the end")


@RULES.rule(
    "article-cue",
    Severity.WARNING,
    "view",
    cite_haladyna("28c"),
    "No article before a blank, or at the end of a stem, shows which answer fits.",
)
def check_article_before_blank(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report an article that shows which answer fits.

    After `an`, the answer begins with a vowel.
    """
    if found := view.words.pattern("article_cue").search(view.stem.text):
        yield (
            view.stem.path,
            _("`{word}` before the answer is a clue to it", word=found[1]),
            _("write a(n), or word it otherwise"),
        )


@RULES.rule(
    "answer-in-stem",
    Severity.ERROR,
    "view",
    cite_haladyna("28b"),
    "No accepted answer for a blank is in the question’s own stem.",
)
def check_answer_in_stem(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report an accepted answer that is also in the stem.

    A reader who copies a word of the stem would get it right.
    """
    stem = view.stem.text.casefold()
    for part in view.accepted_answers:
        answer = part.text.casefold().strip("“”‘’「」")
        if answer and view.words.contains_phrase(stem, answer):
            yield (
                part.path,
                _("the stem itself contains this answer: `{answer}`", answer=part.text),
                _("reword the stem"),
            )


@RULES.rule(
    "stated-count",
    Severity.ERROR,
    "view",
    cite_haladyna("14"),
    "If the stem says how many options there are or how many are correct, the number is right.",
)
def check_number_stated_in_stem(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report a stem that states a wrong number of options or of correct options.

    If the stem says `which two` but three options are correct, an honest answer is marked as wrong.
    """
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
                what.with_values(words=found[0], count=count),
                _("make them agree"),
            )


@RULES.rule(
    "advice-missing",
    Severity.WARNING,
    "item",
    "Shute 2008, on feedback that tells how to act",
    "A question at the level `apply` has advice.",
)
def check_advice_exists(item: Item) -> Iterator[RuleDiagnostic]:
    """Report a question at the level `apply` without advice.

    Such a question shows a scene from life, and readers should learn what they can do in it.
    """
    if item.question.level == "apply" and not item.question.advice:
        yield (), _("this question has the level apply, but no advice"), _("add what a person can do")


@RULES.rule(
    "advice-without-number",
    Severity.WARNING,
    "whole",
    "Shute 2008, on feedback that tells how to act",
    "If money or a device is in danger, the advice gives a number to call.",
)
def check_advice_has_help_number(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report advice without a help number, if the question is about money or a device in danger.

    In the first minutes, a number helps more than a reason. The rule applies to questions at the level `apply` for
    everyone, in question banks with help numbers. The number may also be in the rationale or in a correct option.
    Questions on genuine exhibits, and scenes in which nothing has to be refused, need none.
    """
    numbers = {number.number for number in whole_bank.bank.help.values()}
    for item in whole_bank.items:
        question = item.question
        if (
            not numbers
            or _shows_no_danger(item)
            or question.level != "apply"
            or question.audience != "everyone"
        ):
            continue
        for view in item.views:
            told = (view.rationale, view.advice, *view.correct_options)
            asked = " ".join(part.text for part in (view.stem, *view.exhibit_texts))
            found = view.words.pattern("at_stake").search(asked)
            if found and not any(number in part.text for part in told for number in numbers):
                said = _(
                    "the question mentions `{words}`, but its advice gives no number to call", words=found[0]
                )
                yield LintDiagnostic(
                    question.id, view.advice.path, said, _("add a help number, such as {police}")
                )
                break


def _shows_no_danger(item: Item) -> bool:
    """Return whether the exhibit is genuine, or no correct option tells the reader to refuse."""
    if item.exhibit:
        return item.exhibit.genuine
    return not any(
        view.words.pattern("refuse").search(key.text) for view in item.views for key in view.correct_options
    )


@RULES.rule(
    "rests-on-silence",
    Severity.WARNING,
    "whole",
    "this project",
    "A question presents “never” or “no” as true only if one of its facts says so.",
)
def check_absolute_claims(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a claim such as `never` or `no law`, if no fact of the question denies anything.

    If a source mentions no case, this does not mean that there is none.
    """
    for item in whole_bank.items:
        facts = [whole_bank.bank.facts[id_] for id_ in item.question.facts if id_ in whole_bank.bank.facts]
        if any(
            _has_denial(view, fact.statement.get(view.language, "")) for view in item.views for fact in facts
        ):
            continue
        for view in item.views:
            stems = (view.stem,) if view.truth_value else ()
            for part in (*stems, *view.correct_options, view.rationale):
                names = ("silence",) if part is view.rationale else ("silence", "silence_of_all")
                if found := _find_absolute_claim(view, part.text, names):
                    said = _("no cited fact says `{words}`", words=found)
                    yield LintDiagnostic(
                        item.question.id, part.path, said, _("cite a fact that says so, or change the text")
                    )


def _find_absolute_claim(view: LanguageView, text: str, pattern_names: Iterable[str]) -> str:
    """Return the first absolute word, such as ``never``, in a text. Sentences that only suppose something are left out."""
    for sentence in view.words.split_sentences(text):
        if not view.words.pattern("supposed").search(sentence):
            for pattern_name in pattern_names:
                if found := view.words.pattern(pattern_name).search(sentence):
                    return found[0]
    return ""


def _has_denial(view: LanguageView, fact_text: str) -> bool:
    """Return whether a fact denies something. In Chinese only absolute words count, because 不 is very common."""
    patterns = [view.words.pattern(name) for name in ("silence", "silence_of_all")]
    patterns += [] if view.words.is_cjk else [view.words.word_pattern("negators")]
    return any(pattern.search(fact_text) for pattern in patterns)


@RULES.rule(
    "rationale-repeats",
    Severity.WARNING,
    "view",
    "Shute 2008, on elaborated feedback",
    "A rationale says why the answer is right, and does not just repeat it.",
)
def check_rationale_repeats_answer(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """Report a rationale that only repeats the correct option.

    It teaches nothing, because the reader has just seen the correct option.
    """
    words = view.words
    said = words.split_content_tokens(view.rationale.text)
    known = {token for phrase in words.words_in_list("marking") for token in words.split_tokens(phrase)}
    known.update(words.split_tokens(view.stem.text))
    for part in view.correct_options or view.accepted_answers:
        known.update(words.split_tokens(part.text))
    if isinstance(view.question.answer, Choose | Fill) and said:
        new = sum(token not in known for token in said)
        if new < len(said) * words.limits["rationale_new"]:
            yield (
                view.rationale.path,
                _("the rationale only repeats the stem and the key"),
                _("say why"),
            )
