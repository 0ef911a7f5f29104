"""Find enemies: questions that must not be in one quiz, since one reveals the other's answer.

Two questions are enemies if

- one of them declares it (``enemies:`` in a bank's file);
- they show the same exhibit, or two twins, or two exhibits that one model made;
- one of them shows, anywhere, the words or the number that the other asks for in its blank;
- they have a fact in common and the same key, or their stems ask the same in other words;
- one of them *reveals* the other's key: its stem, its right answer, its rationale or advice, or the reasons of an
  exhibit's signs have the words of that key. If the two have a fact in common, most of the words are enough.
  Otherwise a text must have all of them in one language, most in each, and also some words of the other stem.

A word weighs more the rarer it is in the bank (inverse document frequency: Spärck Jones 1972). Words are compared by their
stems, Chinese by pairs of characters (``text/tokens.py``). An option that three or more questions share reveals nothing and
does not count as a key, and neither does a verdict or the number of a line. The key of a true or false statement is the
statement.

A question is compared only with questions that share a fact or a rare word with it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from math import log2
from typing import NamedTuple, TypeAlias

from msgspec.structs import replace

from quizgen.model import Bank, Exhibit, Question
from quizgen.text.languages import Text
from quizgen.text.tokens import content_tokens

Words: TypeAlias = frozenset[str]
Pair: TypeAlias = tuple[str, str]

MAX_HOLDERS = 60
"""A word in more questions than this is too common to find candidates by."""

MIN_OPTION_USES = 3
"""An option in at least this many questions is one of a set, and not a key that can be revealed."""

KEY_SHARE_ON_FACT = 0.6
"""The share of a key's weight that reveals it, between questions with a common fact."""

KEY_SHARE_ELSEWHERE = 0.7
"""The same for other questions, in each language. In one language it must be all."""

STEM_SHARE = 0.25
"""The share of the other stem's weight that must also be there, between questions without a common fact."""

MIN_KEY_BITS = 4
"""The least weight of words that reveal a key, unless the text also has much of the stem."""

SIMILARITY_ON_FACT = 0.35
"""Two stems with a common fact ask the same from this similarity on: weight in common divided by all weight (Jaccard)."""

SIMILARITY_ELSEWHERE = 0.6
"""The same without a common fact."""

_MIN_BANK_SIZE = 200  # in a smaller bank, words weigh as if it had this many questions
_VARIANT = re.compile(r"-[0-9a-f]{8}-[ab]$")


def add_enemies(bank: Bank) -> None:
    """Set the enemies of each question of a bank, found and declared, in both directions, sorted."""
    enemies: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in enemy_pairs(bank):
        enemies[one].add(other)
        enemies[other].add(one)
    for id_, own in enemies.items():
        bank.questions[id_] = replace(bank.questions[id_], enemies=tuple(sorted(own)))


def enemy_pairs(bank: Bank) -> Iterator[Pair]:
    """Yield all pairs of enemies, some more than once."""
    for question in bank.questions.values():
        yield from ((question.id, enemy) for enemy in question.enemies if enemy in bank.questions)
    for group in _groups_by_family(bank):
        yield from combinations(group, 2)
    yield from _EnemyFinder(bank).pairs()


def find_enemies(question: Question, bank: Bank) -> list[str]:
    """List the enemies of a question that is not in the bank yet, in the order of the bank."""
    extended = replace(bank, questions={**bank.questions, question.id: question})
    found = {id_ for pair in enemy_pairs(extended) if question.id in pair for id_ in pair}
    return [id_ for id_ in bank.questions if id_ in found and id_ != question.id]


def family_of(exhibit: Exhibit) -> str:
    """Return the name of an exhibit's family, whose members give each other away: its model, or the pair of twins."""
    model = _VARIANT.sub("", exhibit.id)
    return model if exhibit.generated and model != exhibit.id else min(exhibit.id, exhibit.twin or exhibit.id)


def _groups_by_family(bank: Bank) -> Iterable[list[str]]:
    """Group questions whose exhibits are of one family."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for question in bank.questions.values():
        if question.exhibit:
            groups[family_of(bank.exhibits[question.exhibit])].append(question.id)
    return groups.values()


class _Key(NamedTuple):
    """A right answer that words can reveal; ``stem`` are the words around it, without its own."""

    words: Words
    stem: Words


class _Overlap(NamedTuple):
    """How much of a key and of its stem a text has, as shares of their weight; ``bits`` is the weight of the key's part, in hundredths."""

    key: float
    stem: float
    bits: int


class _LanguageIndex:
    """The questions of a bank in one language, by id, as words with their weights."""

    def __init__(self, bank: Bank, keys: Mapping[str, list[Text]], tag: str) -> None:
        def words_of(text: Text) -> Words:
            return Words(content_tokens(text.get(tag, ""), tag))

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
        self.keys = {
            id_: [_Key(words, self.stems[id_] - words) for words in map(words_of, own)]
            for id_, own in keys.items()
        }
        holders: defaultdict[str, set[str]] = defaultdict(set)
        for id_, texts in self.texts.items():
            for word in self.stems[id_].union(*texts):
                holders[word].add(id_)
        self.holders = dict(holders)
        count = max(_MIN_BANK_SIZE, len(bank.questions))
        # Whole hundredths, so that sums do not depend on their order.
        self.bits = {word: round(100 * log2(count / len(held))) for word, held in self.holders.items()}

    def shown(self, id_: str) -> Words:
        """Return all words that a reader of a question sees, before and after the answer."""
        if id_ not in self._shown_texts:
            shown = _shown_texts(self._bank.questions[id_], self._bank)
            self._shown_texts[id_] = self.stems[id_].union(*self.texts[id_], *map(self._words_of, shown))
        return self._shown_texts[id_]

    def weight(self, words: Iterable[str]) -> int:
        """Add up the weights of words in hundredths of bits; a word that no text has weighs nothing."""
        return sum(self.bits.get(word, 0) for word in words)

    def rarest_words(self, words: Words, share: float) -> list[str]:
        """Return the rarest words, so many that every text with this share of the total weight has at least one of them."""
        remaining = (1 - share) * self.weight(words)
        rarest = []
        for word in sorted(words, key=lambda word: (-self.bits.get(word, 0), word)):
            rarest.append(word)
            remaining -= self.bits.get(word, 0)
            if remaining < 0:
                break
        return rarest

    def best_overlap(self, other: str, key: _Key) -> _Overlap:
        """Compare a key with the texts of another question, and return the largest overlap."""
        best = _Overlap(0, 0, 0)
        total, around = self.weight(key.words), self.weight(key.stem)
        for text in self.texts[other]:
            if common := key.words & text:
                bits = self.weight(common)
                stem = self.weight(key.stem & (text | self.stems[other])) / around if around else 0.0
                best = max(best, _Overlap(bits / total if total else 0.0, stem, bits))
        return best

    def similarity(self, one: str, other: str) -> float:
        """Compare two stems: the weight that they have in common, as a share of all their weight."""
        first, second = self.stems[one], self.stems[other]
        total = self.weight(first | second)
        return self.weight(first & second) / total if total else 0.0


class _EnemyFinder:
    """Compares the questions of a bank by their words."""

    def __init__(self, bank: Bank) -> None:
        self.questions = bank.questions
        uses = Counter(
            option
            for question in bank.questions.values()
            for option in {_as_pairs(text) for group in question.answer.groups() for text in group}
        )
        keys = {
            question.id: [key for key in _keys(question) if uses[_as_pairs(key)] < MIN_OPTION_USES]
            for question in bank.questions.values()
        }
        self.indexes = [_LanguageIndex(bank, keys, tag) for tag in bank.declared.languages]
        self.by_fact: defaultdict[str, set[str]] = defaultdict(set)
        for question in bank.questions.values():
            for fact in question.facts:
                self.by_fact[fact].add(question.id)

    def pairs(self) -> Iterator[Pair]:
        """Yield pairs in which one question reveals the other's key, or asks the same."""
        for question in self.questions.values():
            related = set().union(*(self.by_fact[fact] for fact in question.facts)) - {question.id}
            right = [*question.answer.key_texts()]
            yield from (
                (question.id, other)
                for other in related
                if right and right == [*self.questions[other].answer.key_texts()]
            )
            yield from ((question.id, other) for other in self._revealing(question.id, related))
            if question.answer.takes_words:
                yield from ((question.id, other) for other in self._showing_blank(question.id))
            if not question.exhibit:
                yield from ((question.id, other) for other in self._with_similar_stem(question.id, related))

    def _revealing(self, id_: str, related: set[str]) -> Iterator[str]:
        """Yield the questions that reveal a key of this one; the ``related`` ones share a fact with it."""
        for keys in zip(*(index.keys[id_] for index in self.indexes), strict=True):
            each_language = list(zip(self.indexes, keys, strict=True))
            same_fact: set[str] = set()
            elsewhere: set[str] = set()
            for index, key in each_language:
                rare = [
                    index.holders.get(word, set())
                    for word in index.rarest_words(key.words, KEY_SHARE_ON_FACT)
                ]
                same_fact.update(*(found & related for found in rare))
                elsewhere.update(*(found for found in rare[:1] if len(found) <= MAX_HOLDERS))
            for other in (same_fact | elsewhere) - {id_}:
                overlaps = [index.best_overlap(other, key) for index, key in each_language]
                if (_reveals_on_fact if other in related else _reveals_elsewhere)(overlaps):
                    yield other

    def _showing_blank(self, id_: str) -> list[str]:
        """List the questions that show what fills this one's blank; none if so many do that it is a common word."""
        answers = [Words().union(*(key.words for key in index.keys[id_])) for index in self.indexes]
        if not all(answers):
            return []
        found = [
            other
            for other in self.questions
            if other != id_
            and all(words <= index.shown(other) for words, index in zip(answers, self.indexes, strict=True))
        ]
        return found if len(found) <= MAX_HOLDERS else []

    def _with_similar_stem(self, id_: str, related: set[str]) -> Iterator[str]:
        """Yield the questions whose stems ask the same."""
        rare = {
            word
            for index in self.indexes
            for word in index.rarest_words(index.stems[id_], SIMILARITY_ELSEWHERE)
            if len(index.holders.get(word, ())) <= MAX_HOLDERS
        }
        elsewhere = set().union(*(index.holders.get(word, ()) for index in self.indexes for word in rare))
        for other in (related | elsewhere) - {id_}:
            if not self.questions[other].exhibit:
                similarity = sum(index.similarity(id_, other) for index in self.indexes) / len(self.indexes)
                if similarity >= (SIMILARITY_ON_FACT if other in related else SIMILARITY_ELSEWHERE):
                    yield other


def _reveals_on_fact(overlaps: list[_Overlap]) -> bool:
    return any(
        each.key >= KEY_SHARE_ON_FACT and (each.bits >= 100 * MIN_KEY_BITS or each.stem >= STEM_SHARE)
        for each in overlaps
    )


def _reveals_elsewhere(overlaps: list[_Overlap]) -> bool:
    return (
        all(each.key >= KEY_SHARE_ELSEWHERE for each in overlaps)
        and max(each.key for each in overlaps) == 1
        and max(each.stem for each in overlaps) >= STEM_SHARE
    )


def _revealing_texts(question: Question, bank: Bank) -> list[Text]:
    """List the texts that tell a reader something true: no wrong answers, and no false statement."""
    texts = [question.rationale, question.advice, *question.answer.key_texts()]
    if question.exhibit:
        texts += [sign.reason for sign in bank.exhibits[question.exhibit].signs]
    elif question.answer.truth_value is not False:
        texts.append(question.stem)
    return [text for text in texts if text]


def _shown_texts(question: Question, bank: Bank) -> list[Text]:
    """List what else a question shows: its options, and the lines of its exhibit."""
    shown = [text for group in question.answer.groups() for text in group]
    if question.exhibit:
        exhibit = bank.exhibits[question.exhibit]
        shown += [exhibit.context, exhibit.sender, *(line.text for line in exhibit.lines)]
    return [text for text in shown if text]


def _keys(question: Question) -> list[Text]:
    """List the right answers as texts; the key of a statement is the statement, whether true or false."""
    return list(question.answer.key_texts()) if question.answer.truth_value is None else [question.stem]


def _as_pairs(text: Text) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(text.items()))
