"""What somebody would still know today: a share for each topic, and the tricks of scammers that no longer work."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from quizgen.model import Bank, Question
from quizgen.review import DueQuestion
from quizgen.text.languages import Text

_SURE_DAYS = 2
"""On how many days somebody must see through a trick before it counts as one that no longer works. Once may be luck."""


class TopicKnowledge(Struct, frozen=True):
    """The share of a topic's facts that somebody would still know, from 0 to 1; ``None`` if no question was asked."""

    id: str
    title: Text
    share: float | None


class Knowledge(Struct, frozen=True):
    """How much of each topic a person would still know today.

    Of ``tricks``, the facts behind the scams of a question bank, ``seen_through`` no longer work, and ``begun`` were seen
    through once or must be reviewed.
    """

    topics: tuple[TopicKnowledge, ...]
    seen_through: int
    tricks: int
    begun: int = 0

    @property
    def weakest_topic(self) -> TopicKnowledge | None:
        """The topic with the lowest share, of those that were asked; ``None`` if there are fewer than two."""
        asked = [topic for topic in self.topics if topic.share is not None]
        return min(asked, key=lambda topic: topic.share or 0.0) if len(asked) > 1 else None


def build_knowledge(
    bank: Bank, questions: Sequence[Question], answered: Iterable[DueQuestion], now: float
) -> Knowledge | None:
    """Return what somebody would still know of the facts behind ``questions``; ``None`` if nothing was answered.

    A fact is known as well as the best known question about it whose latest answer was right. A trick no longer works
    if such a question was answered right on two days since the last mistake, and is not due yet.
    """
    by_id = {due.question: due for due in answered}
    if not by_id:
        return None
    known: dict[str, dict[str, float]] = {topic: {} for topic in bank.topics}
    asked_topics: set[str] = set()
    tricks: dict[str, bool] = {}
    begun: set[str] = set()
    for question in questions:
        due = by_id.get(question.id)
        is_right = due is not None and due.right
        if due:
            asked_topics.add(question.topic)
        facts = known[question.topic]
        is_scam = question.exhibit in bank.exhibits and not bank.exhibits[question.exhibit].genuine
        for fact in question.facts:
            facts[fact] = max(facts.get(fact, 0.0), due.known if due and is_right else 0.0)
            if is_scam:
                is_sure = due is not None and due.right_days >= _SURE_DAYS and due.at > now
                tricks[fact] = tricks.get(fact, False) or is_sure
                begun |= {fact} if is_right else set()
    topics = (
        TopicKnowledge(
            topic.id,
            topic.title,
            sum(known[topic.id].values()) / len(known[topic.id]) if topic.id in asked_topics else None,
        )
        for topic in bank.topics.values()
        if known[topic.id]
    )
    seen_through = sum(tricks.values())
    begun_only = sum(fact in begun and not is_sure for fact, is_sure in tricks.items())
    return Knowledge(tuple(topics), seen_through, len(tricks), begun_only)
