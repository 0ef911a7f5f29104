"""Draw a rush: short calls and messages to judge, one after another.

A rush has no categories and no enemies. Each message is judged within seconds, so only the shortest are used. Of each
four messages, two are scams and two are genuine, in a random order, so that pressing the same key each time earns nothing.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice, tee
from math import ceil

from msgspec.structs import replace

from quizgen.assemble.arrange import arrange_quiz, trim_bank
from quizgen.assemble.length import text_width
from quizgen.assemble.select import Recipe, select_questions
from quizgen.bank.families import question_family
from quizgen.errors import MisuseError, problem
from quizgen.model import Bank, Exhibit, Question, Quiz
from quizgen.permutations import shuffled
from quizgen.text.messages import _

MAX_MESSAGES = 60
"""How many messages a rush has at most. Nobody judges more in a minute."""

_SHORTEST = 80
"""From how many of the shortest genuine messages a rush is drawn, and from how many of the shortest scams."""

_LETTERS_IN_ROW = 32


def draw_rush(
    bank: Bank,
    recipe: Recipe,
    seed: int,
    language: str,
    seen_ids: Collection[str] = (),
    *,
    can_show: Callable[[Question], bool] = lambda _question: True,
) -> Quiz:
    """Draw the messages of a rush at random. Those in ``seen_ids``, a set of ids, come last.

    The seed decides which ones. ``can_show`` says whether a message can be read without scrolling; others are drawn only if
    there are none that fit. Raises MisuseError if none fit the recipe.
    """
    found = select_questions(bank, replace(recipe, count=None))
    usable = [each for each in found if is_usable_in_rush(bank, each)]
    if not usable:
        raise MisuseError(
            problem(
                _("a rush needs calls or messages to judge, and this selection has none"),
                _("widen the selection, for example by leaving out a topic or a kind"),
            )
        )
    genuine = _shortest_questions(bank, [each for each in usable if bank.exhibits[each.exhibit].genuine])
    scams = _shortest_questions(bank, [each for each in usable if not bank.exhibits[each.exhibit].genuine])
    count = min(recipe.count or MAX_MESSAGES, MAX_MESSAGES)
    mixed = shuffled((*genuine, *scams), seed, "rush")
    mixed.sort(key=lambda question: question.id in seen_ids)
    ordered = _alternate_families(bank, mixed)
    drawn = list(islice(_mix_in_fours(bank, filter(can_show, ordered), seed), count))
    drawn = drawn or list(islice(_mix_in_fours(bank, ordered, seed), count))
    return arrange_quiz(trim_bank(bank, drawn), drawn, seed, language, keep_order=True)


def is_usable_in_rush(bank: Bank, question: Question) -> bool:
    """Return whether a question is to judge a message that can be judged without knowing what happened before."""
    return question.answer.is_genuine_or_scam_choice and not bank.exhibits[question.exhibit].context


def _mix_in_fours(bank: Bank, questions: Iterable[Question], seed: int) -> Iterator[Question]:
    """Yield two scams and two genuine messages in a random order, then the next four, and so on.

    Once there are no more of one sort, the others follow.
    """
    all_scams, all_genuine = tee(questions)
    scams = (each for each in all_scams if not bank.exhibits[each.exhibit].genuine)
    genuine = (each for each in all_genuine if bank.exhibits[each.exhibit].genuine)
    number = 0
    while four := (*islice(scams, 2), *islice(genuine, 2)):
        yield from shuffled(four, seed, "rush", number)
        number += 1


def _alternate_families(bank: Bank, questions: list[Question]) -> list[Question]:
    """Reorder questions so that each family has one question before any family has another.

    The members of a family differ in a few words only.
    """
    before: Counter[str] = Counter()
    rounds: dict[str, int] = {}
    for question in questions:
        family = question_family(question, bank)
        rounds[question.id] = before[family]
        before[family] += 1
    return sorted(questions, key=lambda question: rounds[question.id])


def _shortest_questions(bank: Bank, questions: list[Question]) -> list[Question]:
    """Return the questions whose exhibits take the fewest rows."""
    ordered = sorted(questions, key=lambda each: (_estimate_rows(bank.exhibits[each.exhibit]), each.id))
    return ordered[:_SHORTEST]


def _estimate_rows(exhibit: Exhibit) -> int:
    """Estimate how many rows an exhibit takes on a narrow screen, in the language in which it is longest."""
    rows: Counter[str] = Counter()
    for text in (exhibit.sender, *(line.text for line in exhibit.lines)):
        for language, words in text.items():
            rows[language] += ceil(text_width(words) / _LETTERS_IN_ROW)
    return max(rows.values())
