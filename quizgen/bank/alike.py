"""Find questions on the same matter: their exhibits tell the same story, or they teach the same thing.

Two texts are alike if they have many words in common. A rare word weighs more than a common one (inverse document
frequency: Spärck Jones 1972). The likeness of two texts is the weight of their common words, divided by the weight of all words
of the text that weighs less (the overlap coefficient). It is the average over the languages of the question bank.

The texts of one family of exhibits count as one text, because twins and the exhibits from one model are almost the same.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations, product
from math import log2, sqrt
from typing import TypeAlias

from quizgen.bank.families import exhibit_family, group_questions_by_family, question_family
from quizgen.model import Bank, Exhibit
from quizgen.text.languages import Text
from quizgen.text.tokens import tokenize_content

TextsByFamily: TypeAlias = Mapping[str, list[Text]]

MIN_LIKENESS_OF_STORIES = 0.2
"""Two exhibits tell the same story if their lines have at least this likeness.

In the built-in question bank this finds all twins and the retellings of one case, and fewer than one in a hundred other pairs.
"""

MIN_LIKENESS = 0.3
"""Two questions are on the same matter if exhibit, stem and rationale have at least this likeness."""

MAX_RARE_FAMILIES, RARE_SHARE = 15, 0.15
"""To save time, only those texts are compared whose words that at most so many families have make up this share of the likeness."""

MIN_TEXT_BITS = 100
"""A text that weighs less counts as if it weighed this much: two words in common do not make two short texts alike."""

MIN_TEXT_COUNT = 200
"""In a bank with fewer texts, words weigh as if it had this many.

A word in three texts or more weighs as if it were in more of the 200, since the texts of a small bank are on one subject,
and have its words, such as "bank" and "card", in common.
"""


def find_alike_questions(bank: Bank) -> Iterator[tuple[str, str]]:
    """Yield the ids of every two questions on the same matter. The same pair can come twice."""
    questions = group_questions_by_family(bank)
    for texts, min_likeness in (
        (_exhibit_lines(bank), MIN_LIKENESS_OF_STORIES),
        (_exhibits_stems_and_rationales(bank), MIN_LIKENESS),
    ):
        for one, other in _find_alike_texts(texts, bank.declared.languages, min_likeness):
            yield from product(questions.get(one, ()), questions.get(other, ()))


def _find_alike_texts(
    texts: TextsByFamily, languages: tuple[str, ...], min_likeness: float
) -> Iterator[tuple[str, str]]:
    """Yield the names of every two families whose texts have at least this likeness, from 0 to 1."""
    indexes = [_WordWeights(texts, language) for language in languages]
    candidates = {
        pair
        for index in indexes
        for pair in index.find_pairs_that_share_rare_words(min_likeness * RARE_SHARE)
    }
    for one, other in sorted(candidates):
        if sum(index.likeness(one, other) for index in indexes) >= min_likeness * len(languages):
            yield one, other


@cache
def content_words(text: str, language: str) -> frozenset[str]:
    """Return the words of a text that carry content. They are cached, since each text is compared in several ways."""
    return frozenset(tokenize_content(text, language))


class _WordWeights:
    """The words of each family of exhibits in one language, and the weight of each word."""

    def __init__(self, texts: TextsByFamily, language: str) -> None:
        self._words: dict[str, frozenset[str]] = {
            family: frozenset[str]().union(*(content_words(text.get(language, ""), language) for text in own))
            for family, own in texts.items()
        }
        self._families: defaultdict[str, list[str]] = defaultdict(list)
        for family, words in self._words.items():
            for word in words:
                self._families[word].append(family)
        count = max(MIN_TEXT_COUNT, len(texts))
        # Whole hundredths, so that sums do not depend on their order.
        scale = sqrt(count / max(1, len(texts)))
        self._bits = {
            word: round(100 * log2(max(1.0, count / (len(having) + (scale - 1) * max(0, len(having) - 2)))))
            for word, having in self._families.items()
        }
        self._weight = {
            family: sum(map(self._bits.__getitem__, words)) for family, words in self._words.items()
        }

    def likeness(self, one: str, other: str) -> float:
        """Return the weight of the common words of two families, divided by the smaller of their weights."""
        return sum(map(self._bits.__getitem__, self._words[one] & self._words[other])) / self._smaller_weight(
            one, other
        )

    def find_pairs_that_share_rare_words(self, min_likeness: float) -> Iterator[tuple[str, str]]:
        """Yield every two families that reach this likeness by the rare words that both have."""
        shared: Counter[tuple[str, str]] = Counter()
        for word, families in self._families.items():
            if len(families) <= MAX_RARE_FAMILIES:
                for pair in combinations(families, 2):
                    shared[pair] += self._bits[word]
        for (one, other), bits in shared.items():
            if bits >= min_likeness * self._smaller_weight(one, other):
                yield (one, other) if one < other else (other, one)

    def _smaller_weight(self, one: str, other: str) -> int:
        """Return the weight of the family that weighs less, but at least :data:`MIN_TEXT_BITS`."""
        return max(100 * MIN_TEXT_BITS, min(self._weight[one], self._weight[other]))


def _exhibit_lines(bank: Bank) -> TextsByFamily:
    texts: defaultdict[str, list[Text]] = defaultdict(list)
    for exhibit in bank.exhibits.values():
        texts[exhibit_family(exhibit)] += [line.text for line in exhibit.lines]
    return texts


def _exhibits_stems_and_rationales(bank: Bank) -> TextsByFamily:
    """Return what questions say about their matter. Options and advice are much the same in many of them."""
    texts: defaultdict[str, list[Text]] = defaultdict(list)
    for question in bank.questions.values():
        own = _exhibit_texts(bank.exhibits[question.exhibit]) if question.exhibit else [question.stem]
        texts[question_family(question, bank)] += [*own, question.rationale]
    return texts


def _exhibit_texts(exhibit: Exhibit) -> list[Text]:
    return [exhibit.context, *(line.text for line in exhibit.lines), *(sign.reason for sign in exhibit.signs)]
