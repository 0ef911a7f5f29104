"""How well each question does its work: share right, how it goes with the rest, which wrong options people choose."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import atanh, sqrt, tanh
from statistics import StatisticsError, correlation, fmean, median, pstdev

from msgspec import Struct

from quizgen.analysis.intervals import Interval, Z, exact_mcnemar, wilson_interval
from quizgen.analysis.sitting import GivenAnswer, Sitting
from quizgen.model import Question
from quizgen.shapes import Choose
from quizgen.text.languages import Text, localize
from quizgen.text.messages import Message, _, ngettext

MIN_ANSWERS = 30
"""With fewer answers, nothing is said about a question: its share right is known to 18 percentage points at best."""

_RARE = 0.05
"""A wrong option that fewer people choose does no work (Haladyna and Rodriguez, *Developing and Validating Test Items*, 2013)."""

_CHANCE = 0.05
_MIN_OTHERS = 2
"""How many other questions a sitting needs, so that its rest score says something."""

_EASY, _HARD = 2 / 3, 1 / 3
"""From which share on of people who know the answer a question is easy (1), and below which it is hard (3)."""


class OptionCount(Struct, frozen=True):
    """How many people chose an option."""

    text: Text
    correct: bool
    chosen: int


class ItemStatistics(Struct, frozen=True):
    """What the answers to a question say about it.

    - ``asked`` is how many people were asked, ``right`` and ``skipped`` how many of them answered right and skipped it.
    - ``share`` is the 95 % interval of the share right.
    - ``correlation`` is that of being right with the share right of a person's other answers, and ``correlation_interval``
      its 95 % interval; both are ``None`` if too few answers are there, or if all are alike.
    - ``options`` is empty for a question without options to choose from. ``seconds`` is the median time, or ``None``.
    """

    question: Question
    asked: int
    right: int
    skipped: int
    share: Interval
    correlation: float | None
    correlation_interval: Interval | None
    options: tuple[OptionCount, ...]
    seconds: float | None

    def remarks(self, language: str) -> tuple[Message, ...]:
        """Return what an author can do about the question, in words; nothing if it is not conspicuous.

        The options that they name are in this language.
        """
        if self.asked < MIN_ANSWERS:
            return (ngettext("1 answer: too few to say", "{count} answers: too few to say", self.asked),)
        return tuple(self._find_remarks(language))

    def _find_remarks(self, language: str) -> Iterator[Message]:
        if self.correlation_interval and self.correlation_interval.high < 0:
            yield _("those who know more get this wrong more often: read it again")
        answered = self.asked - self.skipped
        wrong = [option for option in self.options if not option.correct]
        for option in () if self.question.answer.allows_several_options else wrong:
            if option.chosen > self.right and exact_mcnemar(option.chosen, self.right) < _CHANCE:
                yield _(
                    "{chosen} of {count} chose “{option}” and only {right} the right answer: check which is right",
                    chosen=option.chosen,
                    count=answered,
                    option=localize(option.text, language),
                    right=self.right,
                )
        if self.share.low > 1 - _RARE:
            yield _("almost everybody gets this right: it tells nobody apart")
            return  # its wrong options cannot be chosen often
        for option in wrong if len(self.options) > 2 else ():  # noqa: PLR2004  two options are all that there are
            if wilson_interval(option.chosen, answered).high < _RARE:
                chose = (
                    _("only {chosen} of {count} chose “{option}”: replace it")
                    if option.chosen
                    else _("nobody of {count} chose “{option}”: replace it")
                )
                yield chose.with_values(
                    chosen=option.chosen, count=answered, option=localize(option.text, language)
                )


class DifficultyProposal(Struct, frozen=True):
    """The ``difficulty`` of a question, and the one that its answers propose. They are equal if the answers do not contradict."""

    statistics: ItemStatistics
    now: int
    proposed: int


def count_items(sittings: Iterable[Sitting]) -> list[ItemStatistics]:
    """Return the statistics of each question, by its id. A skipped question counts as wrong."""
    given: dict[str, list[tuple[GivenAnswer, float | None]]] = defaultdict(list)
    for sitting in sittings:
        rights = [each.right for each in sitting.answers]
        for each in sitting.answers:
            others = len(rights) - 1
            rest = (sum(rights) - each.right) / others if others >= _MIN_OTHERS else None
            given[each.question.id].append((each, rest))
    return [_count_item(given[id_]) for id_ in sorted(given)]


def _count_item(given: list[tuple[GivenAnswer, float | None]]) -> ItemStatistics:
    answers = [each for each, _rest in given]
    right = sum(each.right for each in answers)
    found = _correlate([(each.right, rest) for each, rest in given if rest is not None])
    times = [each.seconds for each in answers if each.seconds is not None]
    return ItemStatistics(
        question=answers[-1].question,
        asked=len(answers),
        right=right,
        skipped=sum(each.chosen is None for each in answers),
        share=wilson_interval(right, len(answers)),
        correlation=found and found[0],
        correlation_interval=found and found[1],
        options=_count_options(answers),
        seconds=median(times) if times else None,
    )


def _correlate(pairs: list[tuple[bool, float]]) -> tuple[float, Interval] | None:
    """Return the corrected item-total correlation and its interval, or ``None`` if there are too few answers, or if all are alike.

    It is the point-biserial correlation of being right with the score of the other questions (Haladyna and Rodriguez,
    2013, chapter 17). Its interval is that of Fisher, "On the probable error of a coefficient of correlation deduced from
    a small sample", Metron 1, 1921, which is exact for normal distributions. Being right or wrong is not, so the interval is wider if the
    influence of each person (Devlin, Gnanadesikan and Kettenring, "Robust estimation and outlier detection with correlation
    coefficients", Biometrika 62, 1975) says so.
    """
    if len(pairs) < MIN_ANSWERS:
        return None
    try:
        value = correlation([float(right) for right, _rest in pairs], [rest for _right, rest in pairs])
    except StatisticsError:  # one of the two is constant
        return None
    bounded = max(-0.999, min(0.999, value))
    centre = atanh(bounded)
    half = Z * max(1 / sqrt(len(pairs) - 3), _influence_error(pairs, value) / (1 - bounded**2))
    return value, Interval(tanh(centre - half), tanh(centre + half))


def _influence_error(pairs: list[tuple[bool, float]], value: float) -> float:
    """Return the standard error of a correlation from the influence that each person has on it."""
    rights, rests = (_standardize([float(pair[side]) for pair in pairs]) for side in (0, 1))
    influences = [x * y - value * (x * x + y * y) / 2 for x, y in zip(rights, rests, strict=True)]
    return sqrt(fmean(each * each for each in influences) / (len(pairs) - 3))


def _standardize(values: list[float]) -> list[float]:
    """Return values by how many standard deviations they are above their mean."""
    mean, spread = fmean(values), pstdev(values)
    return [(value - mean) / spread for value in values]


def _count_options(answers: list[GivenAnswer]) -> tuple[OptionCount, ...]:
    """Count how often each option was chosen. Options are compared by their texts, because papers have them in different orders."""
    newest = answers[-1].question.answer
    if not isinstance(newest, Choose):
        return ()
    chosen: Counter[str] = Counter()
    for each in answers:
        options = getattr(each.question.answer, "options", ())
        chosen.update(str(options[index]) for index in each.chosen or ())
    return tuple(
        OptionCount(option, index in newest.keys, chosen[str(option)])
        for index, option in enumerate(newest.options)
    )


def propose_difficulty(statistics: ItemStatistics, question: Question) -> DifficultyProposal:
    """Propose a difficulty for a question of the bank, from the share of people who knew the answer.

    Who guesses is right once for every option. Without what guessing gives, two thirds or more who know the answer make
    a question easy, and less than one third makes it hard. Another value than now is proposed only if there are enough
    answers and the whole 95 % interval contradicts it.
    """
    now = question.difficulty
    bands = {_difficulty(share, question) for share in (statistics.share.low, statistics.share.high)}
    contradicted = statistics.asked >= MIN_ANSWERS and not min(bands) <= now <= max(bands)
    proposed = _difficulty(statistics.right / statistics.asked, question) if contradicted else now
    return DifficultyProposal(statistics, now, proposed)


def _difficulty(share: float, question: Question) -> int:
    """Return the difficulty of a question that this share of people gets right."""
    answer = question.answer
    guessed = (
        1 / len(answer.options) if isinstance(answer, Choose) and not answer.allows_several_options else 0.0
    )
    knowing = (share - guessed) / (1 - guessed)
    return 1 if knowing >= _EASY else 2 if knowing >= _HARD else 3
