"""``true-false``: a statement that holds or does not."""

from collections.abc import Iterator
from typing import Any, ClassVar

from quizgen.errors import Path
from quizgen.generate import HOLDS, SAID, Draft, ItemModel, ModelRules, TextsOf
from quizgen.generate.siblings import Siblings, digest
from quizgen.kinds.kind import Asker, EntryData, Kind, Steps
from quizgen.model import Exhibit
from quizgen.shapes import Choose
from quizgen.text.languages import Text
from quizgen.text.messages import in_every_language


class _Rules(ModelRules):
    parts = ()
    size = None

    def fields(self, model: ItemModel, members: tuple[str, ...]) -> tuple[str, ...]:
        return (*members, *(SAID + name for name in model.asked), HOLDS)

    def drafts(self, siblings: Siblings) -> Iterator[Draft]:
        for relation in siblings.ring:
            other = next(siblings.wrong_for(relation), None)
            true = other is None or int(digest("true", siblings.model.id, relation.id), 16) % 2 == 0
            yield Draft((relation,), () if true or other is None else (other,), holds=true)

    def answer(self, draft: Draft, texts_of: TextsOf) -> Choose:  # noqa: ARG002  as of every kind
        return _answer(draft.holds)


def _answer(true: bool) -> Choose:  # noqa: FBT001  it is what is answered
    options: tuple[Text, ...] = (in_every_language("kinds.true"), in_every_language("kinds.false"))
    return Choose(options=options, keys=(0 if true else 1,), style="truth")


class TrueFalse(Kind[Choose]):
    """A statement."""

    name = "true-false"
    rank = 30
    meaning = "kinds.meaning-true-false"
    stem = "kinds.stem-statement"
    keys: ClassVar = {"key": {"type": "boolean"}}
    rules = _Rules()

    def answer_of(self, entry: EntryData, exhibit: Exhibit | None = None) -> Choose:  # noqa: ARG002  as of every kind
        """Make two options, true and false."""
        return _answer(entry["key"])

    def entry_of(self, answer: Choose) -> dict[str, Any]:
        """Say whether it is true."""
        return {"key": answer.keys == (0,)}

    def places(self, answer: Choose) -> tuple[tuple[Path, ...], ...]:  # noqa: ARG002  as of every kind
        """Neither option stands in the entry, but the key does."""
        return ((("key",), ("key",)),)

    def ask(self, asker: Asker) -> Steps:
        """Ask whether it is true."""
        yield from asker.truth(("key",), "kinds.ask-truth")


KIND = TrueFalse()
