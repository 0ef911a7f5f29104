"""Which relations can stand beside each other in one question so that it has one right answer.

A relation may serve as a wrong answer to another only if nothing says that it is true there too: no
relation with the same given members has the same answer, and neither names the other under ``also``.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from itertools import islice
from typing import TypeAlias

from quizgen.generate.item_model import ItemModel, Relation
from quizgen.text.languages import Text
from quizgen.text.normalise import normalise

Value: TypeAlias = tuple[str, ...]
"""What tells members apart: their texts without width, case and blanks."""

_LOOKED_AT = 200  # siblings tried for one question, so that cost grows with their number and no more
_DRAWN_FROM = 24  # of these, the nearest from which each question draws in an order of its own


def digest(*parts: str) -> str:
    """Digest of some texts: what is drawn by it depends on them alone, and on no position."""
    return blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


class Siblings:
    """The relations that one model turns into questions, on a ring that new ones leave in its order.

    The ring is consistent hashing (Karger et al. 1997): each relation stands at its digest, so that one
    fact more changes the neighbours of few.
    """

    def __init__(self, model: ItemModel, relations: Sequence[Relation]) -> None:
        self.model = model
        self.ring = sorted(relations, key=lambda each: digest(model.id, each.id))

    @cached_property
    def _at(self) -> dict[str, int]:
        return {relation.id: index for index, relation in enumerate(self.ring)}

    @cached_property
    def _links(self) -> dict[str, set[str]]:
        linked: defaultdict[str, set[str]] = defaultdict(set)
        for relation in self.ring:
            for other in relation.also:
                linked[relation.id].add(other)
                linked[other].add(relation.id)
        return linked

    @cached_property
    def by_given(self) -> dict[Value, list[Relation]]:
        """Relations with the same given members, which are all right answers to one question."""
        groups: defaultdict[Value, list[Relation]] = defaultdict(list)
        for relation in self.ring:
            groups[self.given(relation)].append(relation)
        return groups

    def given(self, relation: Relation) -> Value:
        """Return what a question tells, the members ``within`` included."""
        return _value(relation, (*self.model.within, *self.model.given))

    def asked(self, relation: Relation) -> Value:
        """Return what a question asks for."""
        return _value(relation, self.model.asked)

    def true_of(self, relation: Relation) -> set[Value]:
        """Every answer that is right, as far as the relations say, where these members are given."""
        return self._true[self.given(relation)]

    @cached_property
    def _true(self) -> dict[Value, set[Value]]:
        right = {}
        for given, group in self.by_given.items():
            answers = {self.asked(each) for each in group}
            linked = {other for each in group for other in self._links[each.id] if other in self._at}
            right[given] = answers | {self.asked(self.ring[self._at[other]]) for other in linked}
        return right

    def wrong_for(self, relation: Relation) -> Iterator[Relation]:
        """Siblings whose answer is wrong here, each answer once, in an order of this relation's own.

        Were it the order of the ring, questions with the same stem would differ in nothing but the key.
        The order is rendezvous hashing (Thaler and Ravishankar 1998): one sibling more moves no other.
        Those that answer to different given members come first, since of two options that are right of
        the same thing neither can be the key.
        """
        taken = set(self.true_of(relation))
        onward = islice(self._onward(relation), _LOOKED_AT)
        near = islice(onward, _DRAWN_FROM)
        told: set[Value] = set()
        again: list[Relation] = []
        for other in sorted(near, key=lambda each: digest("drawn", self.model.id, relation.id, each.id)):
            answer = self.asked(other)
            if answer not in taken and self._together(relation, other):
                taken.add(answer)
                given = self.given(other)
                if given in told:
                    again.append(other)
                else:
                    told.add(given)
                    yield other
        yield from again
        for other in onward:
            answer = self.asked(other)
            if answer not in taken and self._together(relation, other):
                taken.add(answer)
                yield other

    def apart(self, first: Relation, second: Relation) -> bool:
        """Tell whether neither's answer is right for the other."""
        return (
            self._together(first, second)
            and self.asked(first) not in self.true_of(second)
            and self.asked(second) not in self.true_of(first)
        )

    def sets(self) -> Iterator[list[Relation]]:
        """Relations that are all apart, ``size`` at a time; each stands in one set as far as it can.

        Some stand in two, where a set would otherwise stay short, but two sets share less than half.
        """
        used: set[str] = set()
        for relation in self.ring:
            if relation.id in used:
                continue
            around = list(islice(self._onward(relation), _LOOKED_AT))
            chosen = [relation]
            for fresh in (True, False):
                for other in around:
                    if len(chosen) == self.model.size:
                        break
                    if (other.id not in used) == fresh and all(self.apart(other, each) for each in chosen):
                        chosen.append(other)
            new = sum(each.id not in used for each in chosen)
            if len(chosen) == self.model.size and 2 * new >= len(chosen):
                used.update(each.id for each in chosen)
                yield sorted(chosen, key=lambda each: each.id)

    def _together(self, first: Relation, second: Relation) -> bool:
        """Tell whether both agree in the members within which siblings are sought."""
        within = self.model.within
        return not within or _value(first, within) == _value(second, within)

    def _onward(self, relation: Relation) -> Iterator[Relation]:
        start = self._at[relation.id]
        yield from self.ring[start + 1 :]
        yield from self.ring[:start]


def _value(relation: Relation, names: Sequence[str]) -> Value:
    return tuple(_told(relation.members[name]) for name in names)


def _told(text: Text) -> str:
    return "\n".join(f"{tag} {normalise(words)}" for tag, words in sorted(text.items()))
