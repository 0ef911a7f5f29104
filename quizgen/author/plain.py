"""Questions that come from elsewhere, in one language: put into entries of a bank, and held against its rules. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from quizgen.author.ids import plain_words, suggested_id
from quizgen.author.plain_question import PlainQuestion
from quizgen.bank.checks import check_question, check_texts, known_ids_of
from quizgen.bank.schema_errors import question_errors
from quizgen.errors import Diagnostic
from quizgen.fields import MAX_SLUG_LENGTH, SLUG
from quizgen.ids import full_id, slug_of, topic_of
from quizgen.kinds import KINDS, Kind
from quizgen.model import Bank
from quizgen.shapes import Answer, Choose, Match
from quizgen.text.messages import _
from quizgen.text.normalise import normalise


def kind_of(question: PlainQuestion) -> Kind[Any, Any]:
    """Give the kind that a question becomes: the one that it names, or the first whose answers are such."""
    fitting = [kind for kind in KINDS.values() if kind.fits(question.answer)]
    return next((kind for kind in fitting if kind.name == question.kind), fitting[0])


class Taker:
    """Takes questions into a bank of one language: gives each its topic and its id, and says what keeps it out."""

    def __init__(self, bank: Bank, topic: str = "") -> None:
        """``topic`` is that of all of them; by default each has that which it names, new or not."""
        self._bank = bank
        self._known = known_ids_of(bank)
        (self._tag,) = bank.declared.languages
        self._topic = topic
        self._taken: defaultdict[str, set[str]] = defaultdict(set)
        for each in (*bank.facts, *bank.exhibits, *bank.questions, *bank.retired):
            self._taken[topic_of(each)].add(slug_of(each))
        self._stems = {normalise(next(iter(each.stem.values()))) for each in bank.questions.values()}
        self.titles = {id_: next(iter(each.title.values())) for id_, each in bank.topics.items()}
        """Titles of topics by their ids, new ones too."""

    def problems(self, question: PlainQuestion) -> list[Diagnostic]:
        """Say what keeps a question out of the bank; the path is that in its entry."""
        if normalise(question.stem) in self._stems:
            return [
                Diagnostic(("stem",), _("the bank has this question already"), _("leave it out with --skip"))
            ]
        if not question.rationale and "rationale" not in self._bank.declared.optional:
            return [
                Diagnostic(
                    (),
                    _("it gives no reason, and each question of this bank has one"),
                    _("add `rationale` to `optional` in its bank.yaml"),
                )
            ]
        if not (self._topic or question.topic or topic_of(question.name) or len(self.titles) == 1):
            return [
                Diagnostic(
                    (),
                    _("it names no topic, and the bank has several"),
                    _("say with --topic into which it goes"),
                )
            ]
        named = " ".join((question.topic or topic_of(question.name)).split())
        if wrong := list(check_texts({"title": {self._tag: named}} if named else {})):
            return wrong  # it may have to be the title of a new topic
        answer = kind_of(question).entry_of(question.answer)
        name = suggested_id(self._entry(question, "", answer), ())
        return list(self._wrong(self._entry(question, name, answer)))

    def take(self, question: PlainQuestion) -> tuple[str, dict[str, Any]]:
        """Give the topic of a question without problems, and its entry, which has an id that no other has."""
        topic = self._topic_of(question)
        kind = kind_of(question)
        entry = self._entry(question, "x", {})
        taken = self._taken[topic]
        own = question.name.rpartition("/")[2]
        fits = re.fullmatch(SLUG, own) and len(own) <= MAX_SLUG_LENGTH and own not in taken
        own = own if fits else suggested_id(entry, taken)
        taken.add(own)
        self._stems.add(normalise(question.stem))
        answer = question.answer
        if question.name in ("", full_id(topic, own)):  # it may be from an export of ours
            answer = _as_written(answer, full_id(topic, own))
        return topic, self._entry(question, own, kind.entry_of(answer))

    def _topic_of(self, question: PlainQuestion) -> str:
        if self._topic:
            return self._topic
        begun = topic_of(question.name) if "/" in question.name else ""
        for named in filter(None, (begun, question.topic)):
            if named in self.titles:
                if (
                    self.titles[named] == named and question.topic
                ):  # that of a new bank, which nobody has given a title
                    self.titles[named] = " ".join(question.topic.split())
                return named
            if found := next((id_ for id_, title in self.titles.items() if title == named), None):
                return found
        named = question.topic or begun
        if not named:
            return next(iter(self.titles))
        slug = begun if re.fullmatch(SLUG, begun) else "-".join(plain_words(named))
        slug = slug[:MAX_SLUG_LENGTH].strip("-") or f"topic-{len(self.titles) + 1}"
        self.titles.setdefault(slug, " ".join(named.split()))
        return slug

    def _entry(self, question: PlainQuestion, id_: str, answer: dict[str, Any]) -> dict[str, Any]:
        about = {"id": id_, "kind": kind_of(question).name}
        if question.audience != "everyone":
            about["audience"] = question.audience
        texts = {
            key: {self._tag: getattr(question, key)}
            for key in ("rationale", "advice")
            if getattr(question, key)
        }
        return {
            **about,
            "level": question.level,
            "difficulty": question.difficulty,
            "stem": {self._tag: question.stem},
            **answer,
            **texts,
        }

    def _wrong(self, entry: dict[str, Any]) -> Iterator[Diagnostic]:
        found = list(question_errors(entry, self._bank.declared))
        yield from found
        yield from check_texts(entry, self._known)
        if not found:
            yield from check_question(next(iter(self.titles), ""), entry, self._known)


def _as_written(answer: Answer, id_: str) -> Answer:
    """Give an answer in that order from which a whole selection prints it again as it was, where there is one."""
    match answer:
        case Choose() if not answer.has_fixed_order:
            (order,) = answer.draw_orders(0, id_)
            options = dict(zip(order, answer.options, strict=True))
            keys = tuple(sorted(order[key] for key in answer.keys))
            if keys == tuple(range(len(keys))):
                return replace(answer, options=tuple(options[at] for at in sorted(options)), keys=keys)
        case Match():
            return _pairs_as_written(answer, id_)
    return answer


def _pairs_as_written(answer: Match, id_: str) -> Match:
    count = len(answer.prompts)
    untaken = [choice for index, choice in enumerate(answer.choices) if index not in answer.key]
    taken = [answer.choices[index] for index in answer.key]
    plain = Match(answer.prompts, (*taken, *untaken), tuple(range(count)))
    rows, columns = plain.draw_orders(0, id_)
    prompts = dict(zip(rows, answer.prompts, strict=True))
    choices = dict(zip(rows, taken, strict=True))
    choices |= dict(zip([column for column in columns if column >= count], untaken, strict=True))
    return Match(_in_order(prompts), _in_order(choices), plain.key)


def _in_order(placed: dict[int, Any]) -> tuple[Any, ...]:
    return tuple(placed[place] for place in sorted(placed))
