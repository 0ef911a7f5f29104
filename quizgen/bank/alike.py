"""Find questions on the same matter: their exhibits tell the same story, or they teach the same thing.

Two texts are alike if they have many words in common. A rare word weighs more than a common one (inverse document
frequency: Spärck Jones 1972). The likeness of two texts is the weight of their common words, divided by the weight of all words
of the text that weighs less (the overlap coefficient). It is the average over the languages of the question bank.

The texts of one family of exhibits count as one text, because twins and the exhibits from one model are almost the same.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from math import log2
from typing import TypeAlias

from quizgen.bank.families import exhibit_family, group_questions_by_family, question_family
from quizgen.model import Bank, Exhibit
from quizgen.text.languages import Text
from quizgen.text.tokens import tokenize_content

TextsByFamily: TypeAlias = Mapping[str, list[Text]]

MIN_LIKENESS_OF_STORIES = 0.2
"""Two exhibits tell the same story if their lines are alike to this degree.

In our own question bank this finds all twins and the retellings of one case, and fewer than one in a hundred other pairs.
"""

MIN_LIKENESS = 0.3
"""Two questions are on the same matter if exhibit, stem and rationale are alike to this degree."""

MIN_TEXT_BITS = 100
"""A text that weighs less counts as if it weighed this much: two words in common do not make two short texts alike."""

MIN_TEXT_COUNT = 200
"""In a bank with fewer texts, words weigh as if it had this many."""


def find_alike_questions(bank: Bank) -> Iterator[tuple[str, str]]:
    """Yield the ids of every two questions on the same matter. A pair may come more than once."""
    questions = group_questions_by_family(bank)
    for texts, least in (
        (_exhibit_lines(bank), MIN_LIKENESS_OF_STORIES),
        (_exhibits_stems_and_rationales(bank), MIN_LIKENESS),
    ):
        for one, other in _find_alike_texts(texts, bank.declared.languages, least):
            yield from product(questions.get(one, ()), questions.get(other, ()))


def _find_alike_texts(
    texts: TextsByFamily, languages: tuple[str, ...], least: float
) -> Iterator[tuple[str, str]]:
    """Yield the names of every two families whose texts are alike."""
    sums: defaultdict[tuple[str, str], float] = defaultdict(float)
    for language in languages:
        for pair, likeness in _likenesses(texts, language):
            sums[pair] += likeness
    yield from (pair for pair, total in sums.items() if total >= least * len(languages))


def _likenesses(texts: TextsByFamily, language: str) -> Iterator[tuple[tuple[str, str], float]]:
    """Yield the likeness, in one language, of every two families that have a word in common."""
    words = {}
    for family, own in texts.items():
        different = dict.fromkeys(text.get(language, "") for text in own)  # a model repeats most of its lines
        words[family] = sorted({word for text in different for word in tokenize_content(text, language)})
    families_by_word: defaultdict[str, list[str]] = defaultdict(list)
    for family, own_words in words.items():
        for word in own_words:
            families_by_word[word].append(family)
    count = max(MIN_TEXT_COUNT, len(words))
    # Whole hundredths, so that sums do not depend on their order.
    bits = {word: round(100 * log2(count / len(having))) for word, having in families_by_word.items()}
    weight = {family: sum(bits[word] for word in own_words) for family, own_words in words.items()}
    for family, own_words in words.items():
        common: Counter[str] = Counter()
        for word in own_words:
            for other in families_by_word[word]:
                common[other] += bits[word]
        for other, shared in common.items():
            if family < other:
                smaller = max(100 * MIN_TEXT_BITS, min(weight[family], weight[other]))
                yield (family, other), shared / smaller


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
