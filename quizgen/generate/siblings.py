"""Choose relations for the options of one question, so that it has exactly one right answer.

Siblings are relations of one item model that agree in the members named by ``within``. A sibling is a wrong option
only if it is certainly wrong: no relation with the same given members has the same answer, and neither of the two
lists the other under ``also``.
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

ComparableMembers: TypeAlias = tuple[str, ...]
"""The normalised texts of members, by which they are compared."""

_MAX_TRIED = 200  # siblings tried for one question, which keeps the time linear in the number of siblings
_NEAREST = 24  # siblings next on the ring, which each question tries in an order of its own


def digest(*texts: str) -> str:
    """Return the BLAKE2 digest of some texts, as 16 hexadecimal digits.

    Choices depend on digests of ids, not on positions in a list, so that a new entry changes few of them.
    """
    return blake2b("\n".join(texts).encode(), digest_size=8).hexdigest()


class Siblings:
    """The relations of one item model, in a ring sorted by digest.

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
        """The ids of the relations that a relation lists under ``also``, and of those that list it, by its id."""
        linked_ids: defaultdict[str, set[str]] = defaultdict(set)
        for relation in self.ring:
            for other in relation.also:
                linked_ids[relation.id].add(other)
                linked_ids[other].add(relation.id)
        return linked_ids

    @cached_property
    def relations_by_given(self) -> dict[ComparableMembers, list[Relation]]:
        """The relations, grouped by the members that a question states. Each relation of a group gives a right answer to it."""
        groups: defaultdict[ComparableMembers, list[Relation]] = defaultdict(list)
        for relation in self.ring:
            groups[self.given_members(relation)].append(relation)
        return groups

    def given_members(self, relation: Relation) -> ComparableMembers:
        """Return the members that a question states: those named by ``given`` and ``within`` in the model."""
        return _comparable_members(relation, (*self.model.within, *self.model.given))

    def asked_members(self, relation: Relation) -> ComparableMembers:
        """Return the members that a question asks for."""
        return _comparable_members(relation, self.model.asked)

    def right_answers(self, relation: Relation) -> set[ComparableMembers]:
        """Return all right answers to a question that states the given members of this relation."""
        return self._answers_by_given[self.given_members(relation)]

    @cached_property
    def _answers_by_given(self) -> dict[ComparableMembers, set[ComparableMembers]]:
        answers_by_given = {}
        for given_members, group in self.relations_by_given.items():
            answers = {self.asked_members(each) for each in group}
            linked = {
                other for each in group for other in self._linked_ids[each.id] if other in self._index_by_id
            }
            answers_by_given[given_members] = answers | {
                self.asked_members(self.ring[self._index_by_id[other]]) for other in linked
            }
        return answers_by_given

    def wrong_siblings(self, relation: Relation) -> Iterator[Relation]:
        """Yield siblings that are wrong options for a question about this relation, no answer twice.

        Each relation has an order of its own, since otherwise questions with the same stem would have the same
        options. It is rendezvous hashing (Thaler and Ravishankar 1998): a new sibling does not reorder the others.

        Siblings with different given members come first. Of two options that would be right for the same stem, a
        reader could rule out both.
        """
        used_answers = set(self.right_answers(relation))
        following = islice(self._relations_after(relation), _MAX_TRIED)
        near = islice(following, _NEAREST)
        used_givens: set[ComparableMembers] = set()
        repeated: list[Relation] = []
        for other in sorted(near, key=lambda each: digest("drawn", self.model.id, relation.id, each.id)):
            answer = self.asked_members(other)
            if answer not in used_answers and self._are_siblings(relation, other):
                used_answers.add(answer)
                given_members = self.given_members(other)
                if given_members in used_givens:
                    repeated.append(other)
                else:
                    used_givens.add(given_members)
                    yield other
        yield from repeated
        for other in following:
            answer = self.asked_members(other)
            if answer not in used_answers and self._are_siblings(relation, other):
                used_answers.add(answer)
                yield other

    def are_exclusive(self, first: Relation, second: Relation) -> bool:
        """Return whether two relations are siblings, and the answer of each is wrong for the other."""
        return (
            self._are_siblings(first, second)
            and self.asked_members(first) not in self.right_answers(second)
            and self.asked_members(second) not in self.right_answers(first)
        )

    def exclusive_sets(self) -> Iterator[list[Relation]]:
        """Yield sets of ``model.size`` relations. Every two relations in a set exclude each other.

        Each relation is in one set if possible. A relation may complete a second set, but at least half of each set is
        new.
        """
        used: set[str] = set()
        for relation in self.ring:
            if relation.id in used:
                continue
            following = list(islice(self._relations_after(relation), _MAX_TRIED))
            chosen = [relation]
            for fresh in (True, False):
                for other in following:
                    if len(chosen) == self.model.size:
                        break
                    if (other.id not in used) == fresh and all(
                        self.are_exclusive(other, each) for each in chosen
                    ):
                        chosen.append(other)
            new = sum(each.id not in used for each in chosen)
            if len(chosen) == self.model.size and 2 * new >= len(chosen):
                used.update(each.id for each in chosen)
                yield sorted(chosen, key=lambda each: each.id)

    def _are_siblings(self, first: Relation, second: Relation) -> bool:
        """Return whether two relations have the same members where the model's ``within`` requires it."""
        within = self.model.within
        return not within or _comparable_members(first, within) == _comparable_members(second, within)

    def _relations_after(self, relation: Relation) -> Iterator[Relation]:
        """Yield all other relations, in the order of the ring, from the one after this."""
        start = self._index_by_id[relation.id]
        yield from self.ring[start + 1 :]
        yield from self.ring[:start]


def _comparable_members(relation: Relation, names: Sequence[str]) -> ComparableMembers:
    return tuple(_comparable_text(relation.members[name]) for name in names)


def _comparable_text(text: Text) -> str:
    return "\n".join(f"{tag} {normalise(words)}" for tag, words in sorted(text.items()))
