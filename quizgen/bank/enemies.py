"""Find enemies: pairs of questions where one gives away the answer to the other. A quiz has both only if there are too few others.

Two questions are enemies if

- one of them says so (``enemies:`` in the question bank's file);
- they show the same exhibit, or two twins (``families.py``);
- they are on the same matter, in many of the same words (``alike.py``);
- they have the same options: whoever knows the correct one of the first can rule it out in the second;
- one of them asks the reader to fill a blank, and the other shows the words or the number that fill it;
- they rest on the same fact and have the same correct answer;
- their stems ask the same thing in other words;
- one of them *reveals* the other's answer: it contains the words of that answer, in its stem, its correct answer, its
  rationale or advice, or the reasons of an exhibit's signs. If both rest on the same fact, most of the words are enough.
  Otherwise the text must contain all of them in one language and most of them in each, and some words of the other stem.

A rare word weighs more than a common one (inverse document frequency: Spärck Jones 1972). Words are compared by their
stems, Chinese texts by pairs of characters (``text/tokens.py``). An option that three or more questions share gives
nothing away, unless it fills a blank; neither does "genuine", "a scam" or the number of a line. For a true-or-false question, the
statement counts as the answer.

To save time, a question is compared only with questions that share a fact or a rare word with it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, repeat
from math import log2
from typing import NamedTuple, TypeAlias

from msgspec.structs import replace

from quizgen.bank.alike import MIN_TEXT_COUNT, content_words, find_alike_questions
from quizgen.bank.families import group_questions_by_family
from quizgen.model import Bank, Question
from quizgen.shapes import Choose
from quizgen.text.languages import Text

Words: TypeAlias = frozenset[str]
Pair: TypeAlias = tuple[str, str]

MAX_QUESTIONS_WITH_WORD = 60
"""A word in more questions than this is too common to find candidates by."""

MIN_NUMBER_LENGTH = 3
"""A number of this many digits, such as a phone number, fills a blank however many questions show it."""

MIN_OPTION_USES = 3
"""An option in at least this many questions is one of a set, and not an answer that can be revealed."""

ANSWER_SHARE_RELATED = 0.6
"""The share of an answer's weight that reveals it, between questions with a common fact."""

ANSWER_SHARE_UNRELATED = 0.7
"""The same for other questions, in each language. In one language it must be all."""

STEM_SHARE = 0.25
"""The share of the other stem's weight that must also be there, between questions without a common fact."""

MIN_ANSWER_BITS = 4
"""The least weight of words that reveal an answer, unless the text also has much of the stem."""

SIMILARITY_RELATED = 0.35
"""Two stems with a common fact ask the same from this similarity on: weight in common divided by all weight (Jaccard)."""

SIMILARITY_UNRELATED = 0.6
"""The same for stems on other facts."""


def set_enemies(bank: Bank) -> None:
    """Find the enemies of every question in the bank, and set them, sorted by id. If A is an enemy of B, then B is one of A."""
    enemies: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in find_enemy_pairs(bank):
        enemies[one].add(other)
        enemies[other].add(one)
    for question_id, own in enemies.items():
        bank.questions[question_id] = replace(bank.questions[question_id], enemies=tuple(sorted(own)))


def find_enemy_pairs(bank: Bank) -> Iterator[Pair]:
    """Yield the ids of every two questions that are enemies. The same pair can come twice."""
    for question in bank.questions.values():
        yield from ((question.id, enemy) for enemy in question.enemies if enemy in bank.questions)
    for group in (*group_questions_by_family(bank).values(), *_group_questions_by_options(bank)):
        yield from combinations(group, 2)
    yield from find_alike_questions(bank)
    yield from _EnemyFinder(bank).find_pairs()


def find_enemies(question: Question, bank: Bank) -> list[str]:
    """Return the ids of the enemies that a new question would have in the bank."""
    extended = replace(bank, questions={**bank.questions, question.id: question})
    found = {
        question_id for pair in find_enemy_pairs(extended) if question.id in pair for question_id in pair
    }
    return [
        question_id for question_id in bank.questions if question_id in found and question_id != question.id
    ]


def _group_questions_by_options(bank: Bank) -> Iterable[list[str]]:
    """Return the ids of questions in groups, each with the same options in any order.

    "True" and "false", "genuine" and "a scam" do not count, because they are options everywhere.
    """
    groups: defaultdict[frozenset[tuple[tuple[str, str], ...]], list[str]] = defaultdict(list)
    for question in bank.questions.values():
        answer = question.answer
        if isinstance(answer, Choose) and not answer.has_fixed_order:
            groups[frozenset(map(_text_as_tuple, answer.options))].append(question.id)
    return groups.values()


class _CorrectAnswer(NamedTuple):
    """The words of a correct answer, and the words of the question's stem that are not in the answer."""

    words: Words
    stem: Words


class _WordOverlap(NamedTuple):
    """How many words of a correct answer and its stem occur in a text.

    ``answer`` and ``stem`` are shares from 0 to 1 of the words' total weight. ``bits`` is the weight of the answer's
    words that occur, in hundredths of bits.
    """

    answer: float
    stem: float
    bits: int


class _WordIndex:
    """An index of a question bank in one language: the words of each question, and the weight of each word."""

    def __init__(self, bank: Bank, answers: Mapping[str, list[Text]], tag: str) -> None:
        def words_of(text: Text) -> Words:
            return content_words(text.get(tag, ""), tag)

        self._bank, self._words_of = bank, words_of
        self._shown_texts: dict[str, Words] = {}
        questions = bank.questions.values()
        self.stems = {
            question.id: Words() if question.exhibit else words_of(question.stem) for question in questions
        }
        self.texts = {
            question.id: [words_of(text) for text in _revealing_texts(question, bank)]
            for question in questions
        }
        self.answers = {
            question_id: [
                _CorrectAnswer(words, self.stems[question_id] - words) for words in map(words_of, own)
            ]
            for question_id, own in answers.items()
        }
        questions_by_word: defaultdict[str, set[str]] = defaultdict(set)
        for question_id, texts in self.texts.items():
            for word in self.stems[question_id].union(*texts):
                questions_by_word[word].add(question_id)
        self.questions_by_word = dict(questions_by_word)
        count = max(MIN_TEXT_COUNT, len(bank.questions))
        # Whole hundredths, so that sums do not depend on their order.
        self.bits = {
            word: round(100 * log2(count / len(held))) for word, held in self.questions_by_word.items()
        }
        self.stem_weights = {question_id: self.total_weight(stem) for question_id, stem in self.stems.items()}

    def all_words(self, question_id: str) -> Words:
        """Return all words that a reader of a question sees, before and after answering."""
        if question_id not in self._shown_texts:
            shown = _shown_texts(self._bank.questions[question_id], self._bank)
            self._shown_texts[question_id] = self.stems[question_id].union(
                *self.texts[question_id], *map(self._words_of, shown)
            )
        return self._shown_texts[question_id]

    def total_weight(self, words: Iterable[str]) -> int:
        """Return the sum of the words' weights, in hundredths of bits. A word that is in no question weighs nothing."""
        return sum(map(self.bits.get, words, repeat(0)))

    def rarest_words(self, words: Words, share: float) -> list[str]:
        """Return a few of the rarest words, so that each text with this share of the total weight has at least one of them."""
        remaining = (1 - share) * self.total_weight(words)
        rarest = []
        for word in sorted(words, key=lambda word: (-self.bits.get(word, 0), word)):
            rarest.append(word)
            remaining -= self.bits.get(word, 0)
            if remaining < 0:
                break
        return rarest

    def largest_overlap(self, other_id: str, answer: _CorrectAnswer) -> _WordOverlap:
        """Compare a correct answer with each text of another question, and return the largest overlap."""
        best = _WordOverlap(0, 0, 0)
        total, around = self.total_weight(answer.words), self.total_weight(answer.stem)
        for text in self.texts[other_id]:
            if common := answer.words & text:
                bits = self.total_weight(common)
                stem = (
                    self.total_weight(answer.stem & (text | self.stems[other_id])) / around if around else 0.0
                )
                best = max(best, _WordOverlap(bits / total if total else 0.0, stem, bits))
        return best

    def stem_similarity(self, first_id: str, second_id: str) -> float:
        """Return how similar two stems are, from 0 to 1.

        This is the weight of their common words, divided by the weight of all their words.
        """
        common = self.total_weight(self.stems[first_id] & self.stems[second_id])
        total = self.stem_weights[first_id] + self.stem_weights[second_id] - common
        return common / total if total else 0.0


class _EnemyFinder:
    """Finds enemies by comparing the words of the questions in a bank."""

    def __init__(self, bank: Bank) -> None:
        self.questions = bank.questions
        uses = Counter(
            option
            for question in bank.questions.values()
            for option in {_text_as_tuple(text) for group in question.answer.text_groups() for text in group}
        )
        answers = {
            question.id: [
                answer
                for answer in _correct_answers(question)
                if question.answer.takes_words or uses[_text_as_tuple(answer)] < MIN_OPTION_USES
            ]
            for question in bank.questions.values()
        }
        self.indexes = [_WordIndex(bank, answers, tag) for tag in bank.declared.languages]
        self.by_fact: defaultdict[str, set[str]] = defaultdict(set)
        for question in bank.questions.values():
            for fact in question.facts:
                self.by_fact[fact].add(question.id)

    def find_pairs(self) -> Iterator[Pair]:
        """Yield the ids of two questions if one reveals the other's answer, or if both ask the same thing."""
        for question in self.questions.values():
            related_ids = set().union(*(self.by_fact[fact] for fact in question.facts)) - {question.id}
            right = [*question.answer.correct_texts()]
            yield from (
                (question.id, other)
                for other in related_ids
                if right and right == [*self.questions[other].answer.correct_texts()]
            )
            yield from (
                (question.id, other) for other in self._questions_that_reveal(question.id, related_ids)
            )
            if question.answer.takes_words:
                yield from ((question.id, other) for other in self._questions_that_show_blank(question.id))
            if not question.exhibit:
                yield from (
                    (question.id, other)
                    for other in self._questions_with_similar_stem(question.id, related_ids)
                )

    def _questions_that_reveal(self, question_id: str, related_ids: set[str]) -> Iterator[str]:
        """Yield the ids of questions that reveal an answer of this one. ``related_ids`` are those of questions on the same fact."""
        for answers in zip(*(index.answers[question_id] for index in self.indexes), strict=True):
            each_language = list(zip(self.indexes, answers, strict=True))
            same_fact: set[str] = set()
            elsewhere: set[str] = set()
            for index, answer in each_language:
                rare = [
                    index.questions_by_word.get(word, set())
                    for word in index.rarest_words(answer.words, ANSWER_SHARE_RELATED)
                ]
                same_fact.update(*(found & related_ids for found in rare))
                elsewhere.update(*(found for found in rare[:1] if len(found) <= MAX_QUESTIONS_WITH_WORD))
            for other in (same_fact | elsewhere) - {question_id}:
                overlaps = [index.largest_overlap(other, answer) for index, answer in each_language]
                if (_is_revealed_by_related if other in related_ids else _is_revealed_by_unrelated)(overlaps):
                    yield other

    def _questions_that_show_blank(self, question_id: str) -> list[str]:
        """Return the ids of questions that show the words for this question's blank, or nothing if these are common words."""
        answers = [
            Words().union(*(answer.words for answer in index.answers[question_id])) for index in self.indexes
        ]
        if not all(answers):
            return []
        found = [
            other
            for other in self.questions
            if other != question_id
            and all(
                words <= index.all_words(other) for words, index in zip(answers, self.indexes, strict=True)
            )
        ]
        texts = [text for answer in _correct_answers(self.questions[question_id]) for text in answer.values()]
        is_number = all(text.isdigit() and len(text) >= MIN_NUMBER_LENGTH for text in texts)
        return found if is_number or len(found) <= MAX_QUESTIONS_WITH_WORD else []

    def _questions_with_similar_stem(self, question_id: str, related_ids: set[str]) -> Iterator[str]:
        """Yield the ids of questions whose stems ask the same thing. ``related_ids`` are those of questions on the same fact."""
        rare = {
            word
            for index in self.indexes
            for word in index.rarest_words(index.stems[question_id], SIMILARITY_UNRELATED)
            if len(index.questions_by_word.get(word, ())) <= MAX_QUESTIONS_WITH_WORD
        }
        elsewhere = set().union(
            *(index.questions_by_word.get(word, ()) for index in self.indexes for word in rare)
        )
        for other in (related_ids | elsewhere) - {question_id}:
            if not self.questions[other].exhibit:
                similarity = sum(index.stem_similarity(question_id, other) for index in self.indexes) / len(
                    self.indexes
                )
                if similarity >= (SIMILARITY_RELATED if other in related_ids else SIMILARITY_UNRELATED):
                    yield other


def _is_revealed_by_related(overlaps: list[_WordOverlap]) -> bool:
    """Return whether an answer is revealed by a question on the same fact. There is one overlap for each language."""
    return any(
        each.answer >= ANSWER_SHARE_RELATED
        and (each.bits >= 100 * MIN_ANSWER_BITS or each.stem >= STEM_SHARE)
        for each in overlaps
    )


def _is_revealed_by_unrelated(overlaps: list[_WordOverlap]) -> bool:
    """Return whether an answer is revealed by a question on other facts. There is one overlap for each language."""
    return (
        all(each.answer >= ANSWER_SHARE_UNRELATED for each in overlaps)
        and max(each.answer for each in overlaps) == 1
        and max(each.stem for each in overlaps) >= STEM_SHARE
    )


def _revealing_texts(question: Question, bank: Bank) -> list[Text]:
    """Return the texts of a question that say something true: no wrong options, and no false statement."""
    texts = [question.rationale, question.advice, *question.answer.correct_texts()]
    if question.exhibit:
        texts += [sign.reason for sign in bank.exhibits[question.exhibit].signs]
    elif question.answer.truth_value is not False:
        texts.append(question.stem)
    return [text for text in texts if text]


def _shown_texts(question: Question, bank: Bank) -> list[Text]:
    """Return the other texts that a question shows: its options, and the lines of its exhibit."""
    shown = [text for group in question.answer.text_groups() for text in group]
    if question.exhibit:
        exhibit = bank.exhibits[question.exhibit]
        shown += [exhibit.context, exhibit.sender, *(line.text for line in exhibit.lines)]
    return [text for text in shown if text]


def _correct_answers(question: Question) -> list[Text]:
    """Return the texts that are the correct answers. For a true-or-false question, return the statement."""
    return list(question.answer.correct_texts()) if question.answer.truth_value is None else [question.stem]


def _text_as_tuple(text: Text) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(text.items()))
