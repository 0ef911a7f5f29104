"""Questions that may be drawn, and a seed -> the questions of one quiz, spread over facts and topics."""

from collections import Counter
from collections.abc import Sequence

from quizgen.assemble.select import Recipe, select, wanted_count
from quizgen.assemble.shuffle import shuffled
from quizgen.model import Bank, Question


def drawn_from(bank: Bank, recipe: Recipe, seed: int) -> list[Question]:
    """Draw what a recipe asks for; all that it names, where it names just so many."""
    pool = select(bank, recipe)
    count = wanted_count(recipe, len(pool))
    return pool if recipe.questions and count == len(pool) else draw(pool, count, seed)


def draw(pool: Sequence[Question], count: int, seed: int, version: str = "") -> list[Question]:
    """Draw ``count`` questions, spread evenly over facts first and topics next.

    Each pick is the candidate whose most used fact has been used least, then the one whose topic has
    been used least; the seed decides between equals. So no fact gets a second question while another
    fact, that a question could reach without repeating one, has none.

    Between candidates that are equal in this, two picks of three are of written questions and the third
    is of generated ones, as long as there are both: generated ones come, and crowd nobody out.
    """
    left = shuffled(pool, seed, *([version] if version else []), "draw")
    facts: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    drawn: list[Question] = []
    generated = 0
    for turn in range(count):
        due = 3 * generated < turn - 1  # the third of each three picks, or the next that can be
        best = min(left, key=lambda each, due=due: (*_wear(each, facts, topics), each.generated != due))  # type: ignore[misc]  # bound at once
        generated += best.generated
        left.remove(best)
        facts.update(best.facts)
        topics[best.topic] += 1
        drawn.append(best)
    return drawn


def _wear(question: Question, facts: Counter[str], topics: Counter[str]) -> tuple[int, int, int]:
    uses = [facts[fact] for fact in question.facts]
    return max(uses), sum(uses), topics[question.topic]
