"""Enemies: questions that must not meet in one quiz, since one of them tells the other's answer.

Two questions are enemies where

- one of them says so (``enemies:`` in a bank's file);
- they show the same exhibit, or two twins, or two exhibits that one model made;
- one of them shows, anywhere, the words or the number that the other wants in its blank;
- they rest on a common fact and have the same right answer, or their stems ask the same in other words;
- one of them *tells* the other's key: somewhere in what a reader of it is shown (its stem, its right answer, its
  rationale or advice, the reasons of an exhibit's signs) stand the words of that key. Where they rest on a common
  fact, most of the words will do; elsewhere all of them must be there, in each language most, and some of what the
  other stem speaks of as well.

A word counts for as much as it is rare in the bank (inverse document frequency: Spärck Jones 1972). Words are compared
by their stems, Chinese by pairs of characters (``text/tokens.py``). An option that three questions or more have
in common tells nothing by itself, and is no key here; nor is a verdict, or the number of a line. The key of a true
or false statement is the statement.

No question is held against all others: only against those that share a fact or a rare word with it.
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

COMMON = 60
"""A word that stands in more questions than this leads from none of them to another that shares no fact."""

SHARED_OPTION = 3
"""An option that so many questions have is one of a set, and not a key that could be told."""

MOST = 0.6
"""Share of a key's weight that tells it, between questions on a common fact."""

NEARLY_ALL = 0.7
"""The same between others, in each language; in one of them it must be all."""

ABOUT = 0.25
"""Share of the weight of the other stem that must be there too, between questions without a common fact."""

LEAST_BITS = 4
"""What the words that tell a key weigh at the least, unless much of the stem stands beside them."""

ALIKE = 0.35
"""Likeness of two stems on a common fact that ask the same: weight in common, of all weight (Jaccard)."""

ALIKE_ANYWHERE = 0.6
"""The same without a common fact."""

_FEW = 200  # in a smaller bank words count as if it had so many questions
_VARIANT = re.compile(r"-[0-9a-f]{8}-[ab]$")


def keep_apart(bank: Bank) -> None:
    """Give each question of a bank its enemies, found and declared: both ways, sorted."""
    enemies: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in enemy_pairs(bank):
        enemies[one].add(other)
        enemies[other].add(one)
    for id_, own in enemies.items():
        bank.questions[id_] = replace(bank.questions[id_], enemies=tuple(sorted(own)))


def enemy_pairs(bank: Bank) -> Iterator[Pair]:
    """Give all pairs of enemies, some of them more than once."""
    for question in bank.questions.values():
        yield from ((question.id, enemy) for enemy in question.enemies if enemy in bank.questions)
    for group in _shown_alike(bank):
        yield from combinations(group, 2)
    yield from _Comparison(bank).pairs()


def found_enemies(question: Question, bank: Bank) -> list[str]:
    """List the enemies that are found for a question which a bank does not hold yet, in the order of the bank."""
    beside = replace(bank, questions={**bank.questions, question.id: question})
    found = {id_ for pair in enemy_pairs(beside) if question.id in pair for id_ in pair}
    return [id_ for id_ in bank.questions if id_ in found and id_ != question.id]


def family_of(exhibit: Exhibit) -> str:
    """Name what an exhibit has in common with those that a reader would know it from: its model, or its twin."""
    model = _VARIANT.sub("", exhibit.id)
    return model if exhibit.generated and model != exhibit.id else min(exhibit.id, exhibit.twin or exhibit.id)


def _shown_alike(bank: Bank) -> Iterable[list[str]]:
    """Group the questions that show the same exhibit, twins, or exhibits of one model."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for question in bank.questions.values():
        if question.exhibit:
            groups[family_of(bank.exhibits[question.exhibit])].append(question.id)
    return groups.values()


class _Key(NamedTuple):
    """A right answer that words can tell; ``stem`` are the words around it that are not its own."""

    words: Words
    stem: Words


class _Told(NamedTuple):
    """How much of a key a text tells, and of the stem it belongs to, as shares of their weight; and the former in hundredths of bits."""

    key: float
    stem: float
    bits: int


class _Reading:
    """A bank's questions in one language, as words and their weights, by id."""

    def __init__(self, bank: Bank, keys: Mapping[str, list[Text]], tag: str) -> None:
        def cut(text: Text) -> Words:
            return Words(content_tokens(text.get(tag, ""), tag))

        self._bank, self._cut = bank, cut
        self._shown: dict[str, Words] = {}
        questions = bank.questions.values()
        self.stems = {
            question.id: Words() if question.exhibit else cut(question.stem) for question in questions
        }
        self.texts = {question.id: [cut(text) for text in _texts(question, bank)] for question in questions}
        self.keys = {
            id_: [_Key(words, self.stems[id_] - words) for words in map(cut, own)]
            for id_, own in keys.items()
        }
        holders: defaultdict[str, set[str]] = defaultdict(set)
        for id_, texts in self.texts.items():
            for word in self.stems[id_].union(*texts):
                holders[word].add(id_)
        self.holders = dict(holders)
        count = max(_FEW, len(bank.questions))
        # In whole hundredths, so that sums are the same in whatever order they are made.
        self.bits = {word: round(100 * log2(count / len(held))) for word, held in self.holders.items()}

    def shown(self, id_: str) -> Words:
        """Return all words that a reader of a question sees, before the answer and after it."""
        if id_ not in self._shown:
            shown = _shown(self._bank.questions[id_], self._bank)
            self._shown[id_] = self.stems[id_].union(*self.texts[id_], *map(self._cut, shown))
        return self._shown[id_]

    def weight(self, words: Iterable[str]) -> int:
        """Add up what words weigh, in hundredths of bits; nothing for one that no text has."""
        return sum(self.bits.get(word, 0) for word in words)

    def tellers(self, words: Words, share: float) -> list[str]:
        """List the rarest words of which any text has one that holds so great a share of all."""
        left = (1 - share) * self.weight(words)
        listed = []
        for word in sorted(words, key=lambda word: (-self.bits.get(word, 0), word)):
            listed.append(word)
            left -= self.bits.get(word, 0)
            if left < 0:
                break
        return listed

    def told(self, teller: str, key: _Key) -> _Told:
        """Tell how far the texts of a question tell a key: the one that tells most of it."""
        best = _Told(0, 0, 0)
        whole, around = self.weight(key.words), self.weight(key.stem)
        for text in self.texts[teller]:
            if common := key.words & text:
                bits = self.weight(common)
                stem = self.weight(key.stem & (text | self.stems[teller])) / around if around else 0.0
                best = max(best, _Told(bits / whole if whole else 0.0, stem, bits))
        return best

    def likeness(self, one: str, other: str) -> float:
        """Compare two stems: the weight that they have in common, of all that they have."""
        own, its = self.stems[one], self.stems[other]
        whole = self.weight(own | its)
        return self.weight(own & its) / whole if whole else 0.0


class _Comparison:
    """The questions of a bank held against each other by their words."""

    def __init__(self, bank: Bank) -> None:
        self.questions = bank.questions
        uses = Counter(
            option
            for question in bank.questions.values()
            for option in {_plain(text) for group in question.answer.groups() for text in group}
        )
        keys = {
            question.id: [key for key in _keys(question) if uses[_plain(key)] < SHARED_OPTION]
            for question in bank.questions.values()
        }
        self.readings = [_Reading(bank, keys, tag) for tag in bank.declared.languages]
        self.on_fact: defaultdict[str, set[str]] = defaultdict(set)
        for question in bank.questions.values():
            for fact in question.facts:
                self.on_fact[fact].add(question.id)

    def pairs(self) -> Iterator[Pair]:
        """Give pairs of which one tells the other's key, or asks for the same."""
        for question in self.questions.values():
            near = set().union(*(self.on_fact[fact] for fact in question.facts)) - {question.id}
            right = [*question.answer.key_texts()]
            yield from (
                (question.id, other)
                for other in near
                if right and right == [*self.questions[other].answer.key_texts()]
            )
            yield from ((question.id, other) for other in self._tellers(question.id, near))
            if question.answer.takes_words:
                yield from ((question.id, other) for other in self._showing(question.id))
            if not question.exhibit:
                yield from ((question.id, other) for other in self._alike(question.id, near))

    def _tellers(self, id_: str, near: set[str]) -> Iterator[str]:
        """Give the questions that tell a key of one; those ``near`` share a fact with it."""
        for keys in zip(*(reading.keys[id_] for reading in self.readings), strict=True):
            each_language = list(zip(self.readings, keys, strict=True))
            close: set[str] = set()
            apart: set[str] = set()
            for reading, key in each_language:
                rare = [reading.holders.get(word, set()) for word in reading.tellers(key.words, MOST)]
                close.update(*(found & near for found in rare))
                apart.update(*(found for found in rare[:1] if len(found) <= COMMON))
            for other in (close | apart) - {id_}:
                told = [reading.told(other, key) for reading, key in each_language]
                if (_tells_near if other in near else _tells_apart)(told):
                    yield other

    def _showing(self, id_: str) -> list[str]:
        """List the questions that show what one wants in its blank, unless so many do that it is a common word."""
        wanted = [Words().union(*(key.words for key in reading.keys[id_])) for reading in self.readings]
        if not all(wanted):
            return []
        found = [
            other
            for other in self.questions
            if other != id_
            and all(
                words <= reading.shown(other) for words, reading in zip(wanted, self.readings, strict=True)
            )
        ]
        return found if len(found) <= COMMON else []

    def _alike(self, id_: str, near: set[str]) -> Iterator[str]:
        """Give the questions whose stems ask the same as one's."""
        rare = {
            word
            for reading in self.readings
            for word in reading.tellers(reading.stems[id_], ALIKE_ANYWHERE)
            if len(reading.holders.get(word, ())) <= COMMON
        }
        apart = set().union(*(reading.holders.get(word, ()) for reading in self.readings for word in rare))
        for other in (near | apart) - {id_}:
            if not self.questions[other].exhibit:
                likeness = sum(reading.likeness(id_, other) for reading in self.readings) / len(self.readings)
                if likeness >= (ALIKE if other in near else ALIKE_ANYWHERE):
                    yield other


def _tells_near(told: list[_Told]) -> bool:
    return any(each.key >= MOST and (each.bits >= 100 * LEAST_BITS or each.stem >= ABOUT) for each in told)


def _tells_apart(told: list[_Told]) -> bool:
    return (
        all(each.key >= NEARLY_ALL for each in told)
        and max(each.key for each in told) == 1
        and max(each.stem for each in told) >= ABOUT
    )


def _texts(question: Question, bank: Bank) -> list[Text]:
    """List what tells a reader something true: neither wrong answers nor a statement that is false."""
    told = [question.rationale, question.advice, *question.answer.key_texts()]
    if question.exhibit:
        told += [sign.reason for sign in bank.exhibits[question.exhibit].signs]
    elif question.answer.truth_value is not False:
        told.append(question.stem)
    return [text for text in told if text]


def _shown(question: Question, bank: Bank) -> list[Text]:
    """List what is shown of a question beside what it tells: its options, and the lines of its exhibit."""
    shown = [text for group in question.answer.groups() for text in group]
    if question.exhibit:
        exhibit = bank.exhibits[question.exhibit]
        shown += [exhibit.context, exhibit.sender, *(line.text for line in exhibit.lines)]
    return [text for text in shown if text]


def _keys(question: Question) -> list[Text]:
    """List what is right, as texts; a statement is its own, be it true or false."""
    return list(question.answer.key_texts()) if question.answer.truth_value is None else [question.stem]


def _plain(text: Text) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(text.items()))
