"""Rules on pairs of questions.

The cost grows with the bank, not with its square, since only questions that share something rare are compared.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest

from rapidfuzz import fuzz

from quizgen.bank.enemies import MAX_QUESTIONS_WITH_WORD, MIN_OPTION_USES
from quizgen.bank.families import question_family
from quizgen.kinds import KINDS
from quizgen.lint.rule import LintDiagnostic, RuleList, Severity, Whole, haladyna
from quizgen.lint.views import View
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


@RULES.rule("near-duplicate", Severity.WARNING, "whole", haladyna("4"), "No two questions ask the same.")
def near_duplicate(whole: Whole) -> Iterator[LintDiagnostic]:
    """Two versions of a question count one thing twice. Likeness: rapidfuzz’s ratio of stem and answer.

    Of an exhibit that is to be judged, its lines are what is asked; twins are alike by design.
    """
    reported: set[str] = set()
    for language in dict.fromkeys(view.language for item in whole.items for view in item.views):
        views = [view for item in whole.items if (view := item.view(language))]
        for view, other, similarity in _similar_pairs(views):
            id_, twin = view.question.id, other.question.id
            if id_ not in reported:
                reported.add(id_)
                own, mirror = (
                    _similarity_diagnostic(*pair, language, similarity) for pair in ((id_, twin), (twin, id_))
                )
                yield own._replace(mirror=mirror)


def _similarity_diagnostic(question: str, twin: str, language: str, similarity: float) -> LintDiagnostic:
    what = _("this is {likeness}% like {other}", likeness=f"{similarity:.0f}", other=twin)
    return LintDiagnostic(question, ("stem", language), what, _("merge the two, or ask something else"))


def _similar_pairs(views: Sequence[View]) -> Iterator[tuple[View, View, float]]:
    """Yield each question that reads almost like an earlier one, with the first such question and their similarity."""
    firsts: dict[str, View] = {}
    runs = [_token_runs(view) for view in views]
    spread = Counter(run for own in runs for run in own)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, view in enumerate(views):
        distinctive = [run for run in runs[index] if 1 < spread[run] <= MAX_QUESTIONS_WITH_WORD]
        shared = Counter(other for run in distinctive for other in holders[run])
        for run in distinctive:
            holders[run].append(index)
        # All token runs of an exact repeat may be too common to find it, so it is looked up directly.
        twin = firsts.setdefault(f"{_stem_of(view)}\n{_answer_of(view)}", view)
        if twin is not view and not _are_family(view, twin):
            yield view, twin, 100.0
            continue
        for other, _shared in nsmallest(MAX_COMPARED, shared.items(), key=lambda item: (-item[1], item[0])):
            if _are_family(view, views[other]):
                continue
            similarity = _similarity(view, views[other])
            if similarity >= view.words.limits["duplicate"]:
                yield view, views[other], similarity
                break


def _similarity(view: View, other: View) -> float:
    """Return the similarity of stems or of answers, whichever is lower, from 0 to 100."""
    return min(
        fuzz.ratio(_stem_of(view), _stem_of(other)),
        fuzz.ratio(_answer_of(view), _answer_of(other)),
    )


def _token_runs(view: View) -> frozenset[str]:
    """Return all runs of three tokens in stem and answer (in Chinese, of four characters)."""
    tokens = view.words.raw_tokens(f"{_stem_of(view)} {_answer_of(view)}")
    step = 3
    return frozenset(
        " ".join(tokens[index : index + step]) for index in range(max(1, len(tokens) - step + 1))
    )


def _are_family(view: View, other: View) -> bool:
    """Return whether two questions are about one exhibit, about twins, or about exhibits that are enemies anyway."""
    first, second = view.exhibit, other.exhibit
    if not (first and second):
        return False
    return first.id in (second.id, second.twin) or other.question.id in view.question.enemies


def _stem_of(view: View) -> str:
    if KINDS[view.question.kind].needs_exhibit:
        return "\n".join(part.text for part in view.shown if part.path[2] == "lines").casefold()
    return view.stem.text.casefold()


def _answer_of(view: View) -> str:
    """Return what is right, as text: keys, the best accepted answer, or all that is matched or ordered."""
    if view.truth is not None:
        return ""
    parts = view.keys or view.accepted[:1] or tuple(part for group in view.groups for part in group)
    return " ".join(part.text for part in parts).casefold()


@RULES.rule(
    "gives-away", Severity.WARNING, "whole", haladyna("4"), "No stem gives another question’s key away."
)
def gives_away(whole: Whole) -> Iterator[LintDiagnostic]:
    """On one paper, a reader would find an answer in the question above it.

    Enemies are on no paper together, and an option that stands in many questions is nobody’s secret.
    """
    for language in dict.fromkeys(view.language for item in whole.items for view in item.views):
        views = [view for item in whole.items if (view := item.view(language))]
        keys = _keys_by_rarest_token(views)
        for view in views:
            if view.truth is False:
                continue  # its statement is false
            stem, tokens = _comparable(view, view.stem.text), view.stem_tokens
            for token in tokens:
                for key, other in keys.get(token, ()):
                    if (
                        other is not view
                        and key in stem
                        and _reveals_key(view, other)
                        and not _are_enemies(view, other)
                    ):
                        other_path = (other.keys or other.accepted)[0].path
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
    haladyna("4"),
    "Questions that tell each other’s keys are few enough to be kept apart.",
)
def told_elsewhere(whole: Whole) -> Iterator[LintDiagnostic]:
    """Enemies, declared or found, never meet in a quiz. One with many drives out too much of the bank.

    It may have eight, or 3% of the bank, and of a topic ten must be able to meet. Questions on the same exhibit, its twin
    and others of its model are counted as none, and those of another model as one.
    """
    families = {item.question.id: question_family(item.question, whole.bank) for item in whole.items}
    enemies: defaultdict[str, set[str]] = defaultdict(set)
    for item in whole.items:
        for enemy in item.question.enemies:
            enemies[item.question.id].add(enemy)
            enemies[enemy].add(item.question.id)
    for item in whole.items:
        id_ = item.question.id
        others = {families.get(other, other) for other in enemies[id_]} - {families[id_]}
        if len(others) > max(MAX_ENEMIES, len(whole.items) * MAX_ENEMY_SHARE):
            what = _("this question and {count} others give away each other’s keys", count=len(others))
            yield LintDiagnostic(id_, ("stem",), what, _("reword it, or merge some of them"))
    for topic, questions in _by_topic(whole).items():
        compatible = _without_enemies(questions, enemies)
        if len(questions) >= QUIZ_SIZE > len(compatible):
            what = _(
                "of {total} questions of {topic}, only {count} can be kept apart",
                total=len(questions),
                topic=topic,
                count=len(compatible),
            )
            yield LintDiagnostic(topic, (), what, _("reword the questions that give away the key of others"))


def _by_topic(whole: Whole) -> dict[str, list[str]]:
    topics: defaultdict[str, list[str]] = defaultdict(list)
    for item in whole.items:
        topics[item.question.topic].append(item.question.id)
    return topics


def _without_enemies(questions: Sequence[str], enemies: Mapping[str, Collection[str]]) -> list[str]:
    """Choose questions without enemies among them, starting with those that have the fewest."""
    chosen: list[str] = []
    chosen_set: set[str] = set()
    for id_ in sorted(questions, key=lambda each: len(enemies[each])):
        if not chosen_set & set(enemies[id_]):
            chosen.append(id_)
            chosen_set.add(id_)
    return chosen


def _shared_options(views: Iterable[View]) -> frozenset[str]:
    """Return the options that several questions have."""
    spread = Counter(part.text for view in views for part in view.options)
    return frozenset(text for text, count in spread.items() if count >= MIN_OPTION_USES)


def _keys_by_rarest_token(views: Sequence[View]) -> dict[str, list[tuple[str, View]]]:
    """Return single keys that are long enough, by the token that the fewest other keys have."""
    candidates = []
    shared = _shared_options(views)
    for view in views:
        keys = view.keys if len(view.keys) == 1 else view.accepted[:1]
        if keys and keys[0].text not in shared:
            candidates.append(
                (_without_opener(view, keys[0].text), frozenset(view.words.tokens(keys[0].text)), view)
            )
    spread = Counter(token for _, tokens, _ in candidates for token in tokens)
    keys_by_token: defaultdict[str, list[tuple[str, View]]] = defaultdict(list)
    for key, tokens, view in candidates:
        if tokens and _size(view, key) >= view.words.limits["phrase"]:
            keys_by_token[min(tokens, key=lambda token: (spread[token], token))].append((key, view))
    return {
        token: several for token, several in keys_by_token.items() if len(several) <= MAX_QUESTIONS_WITH_WORD
    }


def _reveals_key(view: View, other: View) -> bool:
    """Return whether a key in a stem really answers the other question."""
    keys = other.keys or other.accepted
    key = _without_opener(other, keys[0].text)
    if key in _comparable(other, other.stem.text):
        return False
    if set(view.question.facts) & set(other.question.facts):
        return True
    return _size(other, key) >= other.words.limits["long_phrase"]


def _are_enemies(view: View, other: View) -> bool:
    """Return whether two questions are enemies, so that no quiz has both if it can avoid it.

    A generated question uses the words of its fact, like other questions on that fact, so these count as enemies too.
    """
    if other.question.id in view.question.enemies or view.question.id in other.question.enemies:
        return True
    generated = view.question.generated or other.question.generated
    return generated and bool(set(view.question.facts) & set(other.question.facts))


def _size(view: View, text: str) -> int:
    return len(text) if view.words.is_cjk else len(view.words.tokens(text))


def _without_opener(view: View, text: str) -> str:
    """Normalise a key, without an ``It`` or ``The`` at its start, as a stem would have it."""
    opener = view.words.any_of("openers").match(text)
    return _comparable(view, text[opener.end() :] if opener else text)


def _comparable(view: View, text: str) -> str:
    """Return the tokens of a text in order, with blanks around them, so that only whole words match."""
    if view.words.is_cjk:
        return "".join(mark for mark in text.casefold() if mark.isalnum())
    return " " + " ".join(view.words.raw_tokens(text)) + " "
