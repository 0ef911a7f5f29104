"""Find relations that can be options of one question, so that it has one right answer.

A relation may be a wrong answer to another only if it is certainly wrong there: no relation with the same given members
has the same answer, and neither lists the other under ``also``.
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
"""The normalised texts of members, by which they are compared."""

_MAX_TRIED = 200  # siblings tried for one question, which keeps the time linear in the number of siblings
_NEAREST = 24  # siblings next on the ring, which each question tries in an order of its own


def digest(*parts: str) -> str:
    """Return the digest of some texts. Draws use it instead of positions, so that new texts change few of them."""
    return blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


class Siblings:
    """The relations of one model, in a ring by their digests.

    This is consistent hashing (Karger et al. 1997): a new relation changes the neighbours of few others.
    """

    def __init__(self, model: ItemModel, relations: Sequence[Relation]) -> None:
        self.model = model
        self.ring = sorted(relations, key=lambda each: digest(model.id, each.id))

    @cached_property
    def _index_by_id(self) -> dict[str, int]:
        return {relation.id: index for index, relation in enumerate(self.ring)}

    @cached_property
    def _linked_ids(self) -> dict[str, set[str]]:
        linked_ids: defaultdict[str, set[str]] = defaultdict(set)
        for relation in self.ring:
            for other in relation.also:
                linked_ids[relation.id].add(other)
                linked_ids[other].add(relation.id)
        return linked_ids

    @cached_property
    def by_given(self) -> dict[Value, list[Relation]]:
        """Relations by their given members; those of a group are all right answers to one question."""
        groups: defaultdict[Value, list[Relation]] = defaultdict(list)
        for relation in self.ring:
            groups[self.given(relation)].append(relation)
        return groups

    def given(self, relation: Relation) -> Value:
        """Return the members that a question gives, with those of ``within``."""
        return _value(relation, (*self.model.within, *self.model.given))

    def asked(self, relation: Relation) -> Value:
        """Return the members that a question asks for."""
        return _value(relation, self.model.asked)

    def right_answers(self, relation: Relation) -> set[Value]:
        """Return all answers that are right for the given members of a relation."""
        return self._answers_by_given[self.given(relation)]

    @cached_property
    def _answers_by_given(self) -> dict[Value, set[Value]]:
        answers_by_given = {}
        for given, group in self.by_given.items():
            answers = {self.asked(each) for each in group}
            linked = {
                other for each in group for other in self._linked_ids[each.id] if other in self._index_by_id
            }
            answers_by_given[given] = answers | {
                self.asked(self.ring[self._index_by_id[other]]) for other in linked
            }
        return answers_by_given

    def wrong_siblings(self, relation: Relation) -> Iterator[Relation]:
        """Yield siblings whose answers are wrong here, each answer once, in an order that differs by relation.

        In the order of the ring, questions with the same stem would have the same options. The order is rendezvous
        hashing (Thaler and Ravishankar 1998): a new sibling does not reorder the others. Siblings with different given
        members come first, since a reader can rule out two options that answer the same.
        """
        used_answers = set(self.right_answers(relation))
        following = islice(self._following(relation), _MAX_TRIED)
        near = islice(following, _NEAREST)
        used_givens: set[Value] = set()
        repeated: list[Relation] = []
        for other in sorted(near, key=lambda each: digest("drawn", self.model.id, relation.id, each.id)):
            answer = self.asked(other)
            if answer not in used_answers and self._are_siblings(relation, other):
                used_answers.add(answer)
                given = self.given(other)
                if given in used_givens:
                    repeated.append(other)
                else:
                    used_givens.add(given)
                    yield other
        yield from repeated
        for other in following:
            answer = self.asked(other)
            if answer not in used_answers and self._are_siblings(relation, other):
                used_answers.add(answer)
                yield other

    def exclude_each_other(self, first: Relation, second: Relation) -> bool:
        """Return whether two are siblings, and the answer of each is wrong for the other."""
        return (
            self._are_siblings(first, second)
            and self.asked(first) not in self.right_answers(second)
            and self.asked(second) not in self.right_answers(first)
        )

    def sets(self) -> Iterator[list[Relation]]:
        """Yield sets of ``size`` relations that exclude each other, each relation in one set if possible.

        To complete a set, a relation may be used again, but at least half of each set is new.
        """
        used: set[str] = set()
        for relation in self.ring:
            if relation.id in used:
                continue
            following = list(islice(self._following(relation), _MAX_TRIED))
            chosen = [relation]
            for fresh in (True, False):
                for other in following:
                    if len(chosen) == self.model.size:
                        break
                    if (other.id not in used) == fresh and all(
                        self.exclude_each_other(other, each) for each in chosen
                    ):
                        chosen.append(other)
            new = sum(each.id not in used for each in chosen)
            if len(chosen) == self.model.size and 2 * new >= len(chosen):
                used.update(each.id for each in chosen)
                yield sorted(chosen, key=lambda each: each.id)

    def _are_siblings(self, first: Relation, second: Relation) -> bool:
        """Return whether both agree in the members ``within``."""
        within = self.model.within
        return not within or _value(first, within) == _value(second, within)

    def _following(self, relation: Relation) -> Iterator[Relation]:
        start = self._index_by_id[relation.id]
        yield from self.ring[start + 1 :]
        yield from self.ring[:start]


def _value(relation: Relation, names: Sequence[str]) -> Value:
    return tuple(_comparable(relation.members[name]) for name in names)


def _comparable(text: Text) -> str:
    return "\n".join(f"{tag} {normalise(words)}" for tag, words in sorted(text.items()))
