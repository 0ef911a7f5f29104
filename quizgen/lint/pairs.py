"""Rules that compare questions with each other.

Only questions that share something rare are compared. So the time grows with the size of the question bank, not with
its square.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest

from rapidfuzz import fuzz

from quizgen.bank.enemies import MAX_QUESTIONS_WITH_WORD, MIN_OPTION_USES
from quizgen.bank.families import question_family
from quizgen.kinds import KINDS
from quizgen.lint.rule import LintDiagnostic, RuleList, Severity, WholeBank, cite_haladyna
from quizgen.lint.views import LanguageView
from quizgen.text.messages import _

RULES = RuleList()

MAX_ENEMIES = 8
"""A question may have this many enemies outside its exhibit’s family …"""

MAX_ENEMY_SHARE = 0.03
"""… or this share of the bank."""

QUIZ_SIZE = 10
"""The number of questions in a quiz."""

MAX_COMPARED = 8
"""The most questions that are compared with one question in full: those that share most with it."""


@RULES.rule(
    "near-duplicate", Severity.WARNING, "whole", cite_haladyna("4"), "No two questions ask the same thing."
)
def check_similar_questions(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a question that is almost the same as an earlier one, in stem and answer.

    Two versions of a question test the same thing twice. The similarity is rapidfuzz’s `ratio`. For a question on an
    exhibit, the exhibit’s lines are compared instead of the stem. Twins are meant to be similar and are not reported.
    """
    reported: set[str] = set()
    for language in dict.fromkeys(view.language for item in whole_bank.items for view in item.views):
        views = [view for item in whole_bank.items if (view := item.view(language))]
        for view, other, similarity in _find_similar_pairs(views):
            id_, twin = view.question.id, other.question.id
            if id_ not in reported:
                reported.add(id_)
                own, mirror = (
                    _make_similarity_diagnostic(*pair, language, similarity)
                    for pair in ((id_, twin), (twin, id_))
                )
                yield own._replace(mirror=mirror)


def _make_similarity_diagnostic(question: str, twin: str, language: str, similarity: float) -> LintDiagnostic:
    """Return a diagnostic that says how similar a question is to another."""
    what = _("this is {likeness}% like {other}", likeness=f"{similarity:.0f}", other=twin)
    return LintDiagnostic(question, ("stem", language), what, _("merge the two, or ask something else"))


def _find_similar_pairs(views: Sequence[LanguageView]) -> Iterator[tuple[LanguageView, LanguageView, float]]:
    """Yield each question that is very similar to an earlier one, with the first such question and their similarity."""
    firsts: dict[str, LanguageView] = {}
    runs = [_three_token_sequences(view) for view in views]
    spread = Counter(run for own in runs for run in own)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, view in enumerate(views):
        distinctive = [run for run in runs[index] if 1 < spread[run] <= MAX_QUESTIONS_WITH_WORD]
        shared = Counter(other for run in distinctive for other in holders[run])
        for run in distinctive:
            holders[run].append(index)
        # All token runs of an exact repeat may be too common to find it, so it is looked up directly.
        twin = firsts.setdefault(f"{_compared_stem(view)}\n{_compared_answer(view)}", view)
        if twin is not view and not _have_related_exhibits(view, twin):
            yield view, twin, 100.0
            continue
        for other, _shared in nsmallest(MAX_COMPARED, shared.items(), key=lambda item: (-item[1], item[0])):
            if _have_related_exhibits(view, views[other]):
                continue
            similarity = _text_similarity(view, views[other])
            if similarity >= view.words.limits["duplicate"]:
                yield view, views[other], similarity
                break


def _text_similarity(view: LanguageView, other: LanguageView) -> float:
    """Return the similarity of the stems or of the answers, whichever is lower, from 0 to 100."""
    return min(
        fuzz.ratio(_compared_stem(view), _compared_stem(other)),
        fuzz.ratio(_compared_answer(view), _compared_answer(other)),
    )


def _three_token_sequences(view: LanguageView) -> frozenset[str]:
    """Return all sequences of three tokens (in Chinese, characters) in the stem and the answer."""
    tokens = view.words.split_tokens(f"{_compared_stem(view)} {_compared_answer(view)}")
    step = 3
    return frozenset(
        " ".join(tokens[index : index + step]) for index in range(max(1, len(tokens) - step + 1))
    )


def _have_related_exhibits(view: LanguageView, other: LanguageView) -> bool:
    """Return whether two questions show the same exhibit, twins, or exhibits that make them enemies."""
    first, second = view.exhibit, other.exhibit
    if not (first and second):
        return False
    return first.id in (second.id, second.twin) or other.question.id in view.question.enemies


def _compared_stem(view: LanguageView) -> str:
    """Return the text by which stems are compared: the stem, or the exhibit's lines."""
    if KINDS[view.question.kind].needs_exhibit:
        return "\n".join(part.text for part in view.exhibit_texts if part.path[2] == "lines").casefold()
    return view.stem.text.casefold()


def _compared_answer(view: LanguageView) -> str:
    """Return the text by which answers are compared: the correct options, or everything that people match or put in order."""
    if view.truth_value is not None:
        return ""
    parts = (
        view.correct_options
        or view.accepted_answers[:1]
        or tuple(part for group in view.text_groups for part in group)
    )
    return " ".join(part.text for part in parts).casefold()


@RULES.rule(
    "gives-away",
    Severity.WARNING,
    "whole",
    cite_haladyna("4"),
    "No stem gives away the answer to another question.",
)
def check_stem_reveals_other_answer(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a stem that contains the correct option of another question.

    On the same paper, a reader would find the answer there. Enemies, which quizgen finds by itself or an author names,
    are not reported: a paper has both only if there are too few other questions. Neither are options that many
    questions have.
    """
    for language in dict.fromkeys(view.language for item in whole_bank.items for view in item.views):
        views = [view for item in whole_bank.items if (view := item.view(language))]
        keys = _answers_by_rarest_token(views)
        for view in views:
            if view.truth_value is False:
                continue  # its statement is false
            stem, tokens = _normalise_text(view, view.stem.text), view.stem_content_tokens
            for token in tokens:
                for key, other in keys.get(token, ()):
                    if (
                        other is not view
                        and key in stem
                        and _is_answer_revealed(view, other)
                        and not _are_enemies(view, other)
                    ):
                        other_path = (other.correct_options or other.accepted_answers)[0].path
                        mirror_what = _("the stem of {question} contains this key", question=view.question.id)
                        mirror = LintDiagnostic(
                            other.question.id, other_path, mirror_what, _("reword one of the two")
                        )
                        what = _("this stem contains the key of {question}", question=other.question.id)
                        yield LintDiagnostic(
                            view.question.id, view.stem.path, what, _("reword one of the two"), mirror
                        )


@RULES.rule(
    "told-elsewhere",
    Severity.NOTE,
    "whole",
    cite_haladyna("4"),
    "A question gives away the answers of few others.",
)
def check_number_of_enemies(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a question with too many enemies: questions that are in a quiz with it only if there are too few others.

    It keeps too many other questions out of a quiz. It may have at most eight enemies, or 3% of the question bank if that is more. The rule
    also reports a topic with fewer than ten questions that can be in one quiz, unless it has fewer than ten different ones in all. Questions on the
    same exhibit, on its twin or on exhibits from the same model are not counted, and those from another model count as one.
    """
    families = {
        item.question.id: question_family(item.question, whole_bank.bank) for item in whole_bank.items
    }
    enemies: defaultdict[str, set[str]] = defaultdict(set)
    for item in whole_bank.items:
        for enemy in item.question.enemies:
            enemies[item.question.id].add(enemy)
            enemies[enemy].add(item.question.id)
    for item in whole_bank.items:
        id_ = item.question.id
        others = {families.get(other, other) for other in enemies[id_]} - {families[id_]}
        if len(others) > max(MAX_ENEMIES, len(whole_bank.items) * MAX_ENEMY_SHARE):
            what = _("this question and {count} others give away each other’s keys", count=len(others))
            yield LintDiagnostic(id_, ("stem",), what, _("reword it, or merge some of them"))
    for topic, questions in _question_ids_by_topic(whole_bank).items():
        compatible = _choose_without_enemies(questions, enemies)
        if len({families[id_] for id_ in questions}) >= QUIZ_SIZE > len(compatible):
            what = _(
                "of {total} questions of {topic}, only {count} can be kept apart",
                total=len(questions),
                topic=topic,
                count=len(compatible),
            )
            yield LintDiagnostic(topic, (), what, _("reword the questions that give away the key of others"))


def _question_ids_by_topic(whole_bank: WholeBank) -> dict[str, list[str]]:
    """Return the ids of all questions by topic."""
    topics: defaultdict[str, list[str]] = defaultdict(list)
    for item in whole_bank.items:
        topics[item.question.topic].append(item.question.id)
    return topics


def _choose_without_enemies(questions: Sequence[str], enemies: Mapping[str, Collection[str]]) -> list[str]:
    """Choose as many questions as possible without two enemies among them, starting with those that have the fewest enemies."""
    chosen: list[str] = []
    chosen_set: set[str] = set()
    for id_ in sorted(questions, key=lambda each: len(enemies[each])):
        if not chosen_set & set(enemies[id_]):
            chosen.append(id_)
            chosen_set.add(id_)
    return chosen


def _common_options(views: Iterable[LanguageView]) -> frozenset[str]:
    """Return the texts of options that several questions have."""
    spread = Counter(part.text for view in views for part in view.options)
    return frozenset(text for text, count in spread.items() if count >= MIN_OPTION_USES)


def _answers_by_rarest_token(views: Sequence[LanguageView]) -> dict[str, list[tuple[str, LanguageView]]]:
    """Return long correct options with their questions, by the token that occurs in the fewest correct options.

    Questions with several correct options, and options that many questions share, are left out.
    """
    candidates = []
    shared = _common_options(views)
    for view in views:
        keys = view.correct_options if len(view.correct_options) == 1 else view.accepted_answers[:1]
        if keys and keys[0].text not in shared:
            candidates.append(
                (
                    _normalise_answer(view, keys[0].text),
                    frozenset(view.words.split_content_tokens(keys[0].text)),
                    view,
                )
            )
    spread = Counter(token for _, tokens, _ in candidates for token in tokens)
    keys_by_token: defaultdict[str, list[tuple[str, LanguageView]]] = defaultdict(list)
    for key, tokens, view in candidates:
        if tokens and _count_content(view, key) >= view.words.limits["phrase"]:
            keys_by_token[min(tokens, key=lambda token: (spread[token], token))].append((key, view))
    return {
        token: several for token, several in keys_by_token.items() if len(several) <= MAX_QUESTIONS_WITH_WORD
    }


def _is_answer_revealed(view: LanguageView, other: LanguageView) -> bool:
    """Return whether the stem of ``view`` contains enough of the correct answer of ``other`` to give it away."""
    keys = other.correct_options or other.accepted_answers
    key = _normalise_answer(other, keys[0].text)
    if key in _normalise_text(other, other.stem.text):
        return False
    if set(view.question.facts) & set(other.question.facts):
        return True
    return _count_content(other, key) >= other.words.limits["long_phrase"]


def _are_enemies(view: LanguageView, other: LanguageView) -> bool:
    """Return whether two questions are enemies, which a quiz has together only if there are too few others."""
    return other.question.id in view.question.enemies or view.question.id in other.question.enemies


def _count_content(view: LanguageView, text: str) -> int:
    """Return the length of a text: in words that carry content, or in Chinese characters."""
    return len(text) if view.words.is_cjk else len(view.words.split_content_tokens(text))


def _normalise_answer(view: LanguageView, text: str) -> str:
    """Return a correct answer as it would be in the middle of a sentence: normalised, without ``It`` or ``The`` at its start."""
    opener = view.words.word_pattern("openers").match(text)
    return _normalise_text(view, text[opener.end() :] if opener else text)


def _normalise_text(view: LanguageView, text: str) -> str:
    """Return the tokens of a text with a space before and after each, so that searching it finds only complete words."""
    if view.words.is_cjk:
        return "".join(mark for mark in text.casefold() if mark.isalnum())
    return " " + " ".join(view.words.split_tokens(text)) + " "
