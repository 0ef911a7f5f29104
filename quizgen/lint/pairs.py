"""Rules on questions side by side.

Cost grows with the bank, not with its square: only questions that share something rare are ever held
against each other.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest

from rapidfuzz import fuzz

from quizgen.bank.enemies import MAX_HOLDERS, MIN_OPTION_USES, family_of
from quizgen.kinds import KINDS
from quizgen.lint.rule import LintDiagnostic, RuleList, Severity, Whole, haladyna
from quizgen.lint.views import View
from quizgen.text.messages import _

RULES = RuleList()

MOST_ENEMIES = 8
"""Beside its exhibit’s family, a question may have so many enemies …"""

MOST_SHARE = 0.03
"""… or this share of the bank."""

A_QUIZ = 10
"""Questions of a quiz."""

NEAREST = 8
"""So many of the questions that share most are held against one question in full."""


@RULES.rule("near-duplicate", Severity.WARNING, "whole", haladyna("4"), "No two questions ask the same.")
def near_duplicate(whole: Whole) -> Iterator[LintDiagnostic]:
    """Two versions of a question count one thing twice. Likeness: rapidfuzz’s ratio of stem and answer.

    Of an exhibit that is to be judged, its lines are what is asked; twins are alike by design.
    """
    said: set[str] = set()
    for language in dict.fromkeys(view.language for item in whole.items for view in item.views):
        views = [view for item in whole.items if (view := item.view(language))]
        for view, other, likeness in _alike(views):
            id_, twin = view.question.id, other.question.id
            if id_ not in said:
                said.add(id_)
                own, mirror = (_said_of(*pair, language, likeness) for pair in ((id_, twin), (twin, id_)))
                yield own._replace(mirror=mirror)


def _said_of(question: str, twin: str, language: str, likeness: float) -> LintDiagnostic:
    what = _("this is {likeness}% like {other}", likeness=f"{likeness:.0f}", other=twin)
    return LintDiagnostic(question, ("stem", language), what, _("merge the two, or ask something else"))


def _alike(views: Sequence[View]) -> Iterator[tuple[View, View, float]]:
    """Give each question that reads almost as one before it does, with the first such."""
    firsts: dict[str, View] = {}
    runs = [_runs(view) for view in views]
    spread = Counter(run for own in runs for run in own)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, view in enumerate(views):
        telling = [run for run in runs[index] if 1 < spread[run] <= MAX_HOLDERS]
        shared = Counter(other for run in telling for other in holders[run])
        for run in telling:
            holders[run].append(index)
        # A repeat, word for word, may have nothing but runs that are too common to lead to its twin.
        twin = firsts.setdefault(f"{_stem_of(view)}\n{_answer_of(view)}", view)
        if twin is not view and not _of_one_family(view, twin):
            yield view, twin, 100.0
            continue
        for other, _shared in nsmallest(NEAREST, shared.items(), key=lambda item: (-item[1], item[0])):
            if _of_one_family(view, views[other]):
                continue
            likeness = _likeness(view, views[other])
            if likeness >= view.words.limits["duplicate"]:
                yield view, views[other], likeness
                break


def _likeness(view: View, other: View) -> float:
    """Likeness, 0 to 100, of stems or of answers, whichever are less alike."""
    return min(
        fuzz.ratio(_stem_of(view), _stem_of(other)),
        fuzz.ratio(_answer_of(view), _answer_of(other)),
    )


def _runs(view: View) -> frozenset[str]:
    """Runs of three tokens of stem and answer (in Chinese, of four characters)."""
    tokens = view.words.raw_tokens(f"{_stem_of(view)} {_answer_of(view)}")
    step = 3
    return frozenset(
        " ".join(tokens[index : index + step]) for index in range(max(1, len(tokens) - step + 1))
    )


def _of_one_family(view: View, other: View) -> bool:
    """Tell whether two questions are on one exhibit, on twins, or on exhibits that are kept apart anyway."""
    first, second = view.exhibit, other.exhibit
    if not (first and second):
        return False
    return first.id in (second.id, second.twin) or other.question.id in view.question.enemies


def _stem_of(view: View) -> str:
    if KINDS[view.question.kind].needs_exhibit:
        return "\n".join(part.text for part in view.shown if part.path[2] == "lines").casefold()
    return view.stem.text.casefold()


def _answer_of(view: View) -> str:
    """What is right, as text: keys, the best accepted answer, or all that is matched or ordered."""
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
        keys = _keys_by_rarest(views)
        for view in views:
            if view.truth is False:
                continue  # what it says is not so
            stem, tokens = _plain(view, view.stem.text), view.stem_tokens
            for token in tokens:
                for key, other in keys.get(token, ()):
                    if (
                        other is not view
                        and key in stem
                        and _leads(view, other)
                        and not _kept_apart(view, other)
                    ):
                        other_path = (other.keys or other.accepted)[0].path
                        held = _("the stem of {question} holds this key", question=view.question.id)
                        mirror = LintDiagnostic(
                            other.question.id, other_path, held, _("reword one of the two")
                        )
                        said = _("this stem holds the key of {question}", question=other.question.id)
                        yield LintDiagnostic(
                            view.question.id, view.stem.path, said, _("reword one of the two"), mirror
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

    It may have eight, or 3% of the bank, and of a topic ten must be able to meet. Questions on the same exhibit, its twin and others of its model are counted as none.
    """
    exhibits = whole.bank.exhibits
    families = {
        item.question.id: family_of(exhibit) if (exhibit := exhibits.get(item.question.exhibit)) else ""
        for item in whole.items
    }
    enemies: defaultdict[str, set[str]] = defaultdict(set)
    for item in whole.items:
        for enemy in item.question.enemies:
            enemies[item.question.id].add(enemy)
            enemies[enemy].add(item.question.id)
    for item in whole.items:
        id_ = item.question.id
        others = {
            other for other in enemies[id_] if not families[id_] or families.get(other) != families[id_]
        }
        if len(others) > max(MOST_ENEMIES, len(whole.items) * MOST_SHARE):
            said = _("this question and {count} others tell each other’s keys", count=len(others))
            yield LintDiagnostic(id_, ("stem",), said, _("reword it, or merge some of them"))
    for topic, several in _by_topic(whole).items():
        apart = _kept(several, enemies)
        if len(several) >= A_QUIZ > len(apart):
            said = _(
                "of {total} questions of {topic}, only {count} can be kept apart",
                total=len(several),
                topic=topic,
                count=len(apart),
            )
            yield LintDiagnostic(topic, (), said, _("reword those that tell the key of others"))


def _by_topic(whole: Whole) -> dict[str, list[str]]:
    topics: defaultdict[str, list[str]] = defaultdict(list)
    for item in whole.items:
        topics[item.question.topic].append(item.question.id)
    return topics


def _kept(questions: Sequence[str], enemies: Mapping[str, Collection[str]]) -> list[str]:
    """Choose questions of which no two are enemies: those with fewest enemies first."""
    kept: list[str] = []
    taken: set[str] = set()
    for id_ in sorted(questions, key=lambda each: len(enemies[each])):
        if not taken & set(enemies[id_]):
            kept.append(id_)
            taken.add(id_)
    return kept


def _options_shared(views: Iterable[View]) -> frozenset[str]:
    """Give the options that stand in several questions."""
    spread = Counter(part.text for view in views for part in view.options)
    return frozenset(text for text, count in spread.items() if count >= MIN_OPTION_USES)


def _keys_by_rarest(views: Sequence[View]) -> dict[str, list[tuple[str, View]]]:
    """Long enough single keys, as plain text, under the token of theirs that fewest keys have."""
    listed = []
    shared = _options_shared(views)
    for view in views:
        keys = view.keys if len(view.keys) == 1 else view.accepted[:1]
        if keys and keys[0].text not in shared:
            listed.append((_core(view, keys[0].text), frozenset(view.words.tokens(keys[0].text)), view))
    spread = Counter(token for _, tokens, _ in listed for token in tokens)
    found: defaultdict[str, list[tuple[str, View]]] = defaultdict(list)
    for key, tokens, view in listed:
        if tokens and _size(view, key) >= view.words.limits["phrase"]:
            found[min(tokens, key=lambda token: (spread[token], token))].append((key, view))
    return {token: several for token, several in found.items() if len(several) <= MAX_HOLDERS}


def _leads(view: View, other: View) -> bool:
    """Tell whether a key found in a stem belongs to what that stem is about."""
    keys = other.keys or other.accepted
    key = _core(other, keys[0].text)
    if key in _plain(other, other.stem.text):
        return False
    if set(view.question.facts) & set(other.question.facts):
        return True
    return _size(other, key) >= other.words.limits["long_phrase"]


def _kept_apart(view: View, other: View) -> bool:
    """Tell whether two questions are enemies, which no quiz draws together while it has others.

    Generated questions word a fact as its other questions do, since all take their words from one relation.
    """
    if other.question.id in view.question.enemies or view.question.id in other.question.enemies:
        return True
    generated = view.question.generated or other.question.generated
    return generated and bool(set(view.question.facts) & set(other.question.facts))


def _size(view: View, text: str) -> int:
    return len(text) if view.words.is_cjk else len(view.words.tokens(text))


def _core(view: View, text: str) -> str:
    """Reduce a key to what a stem would say of it: without the ``It`` or ``The`` that it begins with."""
    opener = view.words.any_of("openers").match(text)
    return _plain(view, text[opener.end() :] if opener else text)


def _plain(view: View, text: str) -> str:
    """Reduce a text to its tokens in order, with blanks around, so that whole words are found."""
    if view.words.is_cjk:
        return "".join(mark for mark in text.casefold() if mark.isalnum())
    return " " + " ".join(view.words.raw_tokens(text)) + " "
