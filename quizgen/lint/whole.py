"""Rules on the bank as a whole: what a person learns about its keys without reading any question."""

from collections import Counter
from collections.abc import Iterable, Iterator
from math import sqrt

from quizgen.lint.rule import Flaw, Severity, Whole, hdr, rule
from quizgen.lint.views import View
from quizgen.model import Choose

ENOUGH = 20
"""Questions below which a share says nothing."""

FAR = 3.0
"""Standard deviations from what chance gives: one bank in some 700 gets there by chance."""


@rule(
    "key-length-overall",
    Severity.WARNING,
    "whole",
    hdr("24", "28d"),
    "Over the bank, the key is the longest option, or the shortest, no more often than by chance.",
)
def key_length_overall(whole: Whole) -> Iterator[Flaw]:
    """“Take the longest” must not be a way to pass. Held against the binomial distribution."""
    for language in dict.fromkeys(view.language for item in whole.items for view in item.views):
        views = [view for item in whole.items if (view := item.view(language)) and len(view.keys) == 1]
        for what, longest in (("longest", True), ("shortest", False)):
            hits = sum(_stands_out(view, longest=longest) for view in views)
            if _too_many(hits, [1 / len(view.options) for view in views]):
                by_chance = sum(1 / len(view.options) for view in views)
                yield Flaw(
                    "",
                    (),
                    f"in {language} the key is the {what} option in {hits} of {len(views)} questions"
                    f" (by chance: {by_chance:.0f})",
                    "lengthen some distractors" if longest else "shorten some distractors",
                )


def _stands_out(view: View, *, longest: bool) -> bool:
    own = len(view.keys[0].text)
    others = [len(part.text) for part in view.distractors]
    return bool(others) and (own > max(others) if longest else own < min(others))


@rule(
    "true-false-balance",
    Severity.WARNING,
    "whole",
    "Frey et al. 2005, on true-false items",
    "About half of the true-false statements are true.",
)
def true_false_balance(whole: Whole) -> Iterator[Flaw]:
    """If most statements are true (or false), saying so of every one is a way to pass."""
    truths = [truth for item in whole.items if item.views and (truth := item.views[0].truth) is not None]
    for value, named in ((True, "true"), (False, "false")):
        count = sum(truth is value for truth in truths)
        if _too_many(count, [0.5] * len(truths), least=10, far=2.5):
            yield Flaw(
                "", (), f"{count} of {len(truths)} true-false statements are {named}", "turn some round"
            )


@rule(
    "key-position",
    Severity.WARNING,
    "whole",
    hdr("20") + "; Attali & Bar-Hillel 2003",
    "In printed order, keys stand in every place about equally often.",
)
def key_position(whole: Whole) -> Iterator[Flaw]:
    """Held against the quiz that is drawn from the bank, since the order of the file is never printed."""
    places: dict[int, Counter[int]] = {}
    for question in whole.drawn:
        if isinstance(question.answer, Choose) and question.answer.style == "one":
            places.setdefault(len(question.answer.options), Counter())[question.answer.keys[0]] += 1
    for size, counted in places.items():
        total = counted.total()
        for place, count in sorted(counted.items()):
            if _too_many(count, [1 / size] * total):
                yield Flaw(
                    "",
                    (),
                    f"of {total} keys among {size} options, {count} are printed in place {place + 1}",
                    "see how the quiz is shuffled",
                )


def _too_many(hits: int, chances: Iterable[float], *, least: int = ENOUGH, far: float = FAR) -> bool:
    listed = list(chances)
    spread = sqrt(sum(chance * (1 - chance) for chance in listed))
    return len(listed) >= least and spread > 0 and (hits - sum(listed)) / spread > far
