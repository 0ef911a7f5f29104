"""Convert questions of other programs, in one language, to entries of a bank, and check them. No I/O."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from quizgen.author.ids import plain_words, suggest_id
from quizgen.author.plain_question import PlainQuestion
from quizgen.bank.checks import check_question, check_texts, known_ids_from_bank
from quizgen.bank.schema_errors import find_question_errors
from quizgen.errors import Diagnostic
from quizgen.fields import MAX_SLUG_LENGTH, SLUG
from quizgen.ids import full_id, slug_of, topic_of
from quizgen.kinds import KINDS, Kind
from quizgen.model import Bank
from quizgen.shapes import Answer, Choose, Match
from quizgen.text.messages import _
from quizgen.text.normalise import normalise


def kind_of(question: PlainQuestion) -> Kind[Any, Any]:
    """Return the kind for a question: the one that it names, or the first that fits its answer."""
    suitable = [kind for kind in KINDS.values() if kind.can_have_answer(question.answer)]
    return next((kind for kind in suitable if kind.name == question.kind), suitable[0])


class Importer:
    """Adds questions to a bank of one language: gives each a topic and an id, and finds its problems."""

    def __init__(self, bank: Bank, topic: str = "") -> None:
        """Use ``topic`` for all questions, or else the topic that each names, which may be new."""
        self._bank = bank
        self._known = known_ids_from_bank(bank)
        (self._tag,) = bank.declared.languages
        self._topic = topic
        self._taken: defaultdict[str, set[str]] = defaultdict(set)
        for each in (*bank.facts, *bank.exhibits, *bank.questions, *bank.retired):
            self._taken[topic_of(each)].add(slug_of(each))
        self._stems = {normalise(next(iter(each.stem.values()))) for each in bank.questions.values()}
        self.titles = {id_: next(iter(each.title.values())) for id_, each in bank.topics.items()}
        """Titles of topics by their ids, new ones too."""

    def problems(self, question: PlainQuestion) -> list[Diagnostic]:
        """Return why a question cannot be added to the bank; paths are those in its entry."""
        if normalise(question.stem) in self._stems:
            return [
                Diagnostic(("stem",), _("the bank has this question already"), _("leave it out with --skip"))
            ]
        if not question.rationale and "rationale" not in self._bank.declared.optional:
            return [
                Diagnostic(
                    (),
                    _("it has no reason, but every question in this bank needs one"),
                    _("add `rationale` to `optional` in its bank.yaml"),
                )
            ]
        if not (self._topic or question.topic or topic_of(question.name) or len(self.titles) == 1):
            return [
                Diagnostic(
                    (),
                    _("it names no topic, but the bank has several"),
                    _("choose one with --topic"),
                )
            ]
        named = " ".join((question.topic or topic_of(question.name)).split())
        if wrong := list(check_texts({"title": {self._tag: named}} if named else {})):
            return wrong  # it may become the title of a new topic
        answer = kind_of(question).build_entry(question.answer)
        name = suggest_id(self._entry(question, "", answer), ())
        return list(self._problems_of(self._entry(question, name, answer)))

    def take(self, question: PlainQuestion) -> tuple[str, dict[str, Any]]:
        """Return the topic of a question without problems, and its entry, which has a free id."""
        topic = self._topic_of(question)
        kind = kind_of(question)
        entry = self._entry(question, "x", {})
        used_ids = self._taken[topic]
        own = question.name.rpartition("/")[2]
        fits = re.fullmatch(SLUG, own) and len(own) <= MAX_SLUG_LENGTH and own not in used_ids
        own = own if fits else suggest_id(entry, used_ids)
        used_ids.add(own)
        self._stems.add(normalise(question.stem))
        answer = question.answer
        if question.name in ("", full_id(topic, own)):  # it may come from our own export
            answer = _as_authored(answer, full_id(topic, own))
        return topic, self._entry(question, own, kind.build_entry(answer))

    def _topic_of(self, question: PlainQuestion) -> str:
        if self._topic:
            return self._topic
        prefix = topic_of(question.name) if "/" in question.name else ""
        for named in filter(None, (prefix, question.topic)):
            if named in self.titles:
                if self.titles[named] == named and question.topic:  # the topic of a new bank has no title yet
                    self.titles[named] = " ".join(question.topic.split())
                return named
            if found := next((id_ for id_, title in self.titles.items() if title == named), None):
                return found
        named = question.topic or prefix
        if not named:
            return next(iter(self.titles))
        slug = prefix if re.fullmatch(SLUG, prefix) else "-".join(plain_words(named))
        slug = slug[:MAX_SLUG_LENGTH].strip("-") or f"topic-{len(self.titles) + 1}"
        self.titles.setdefault(slug, " ".join(named.split()))
        return slug

    def _entry(self, question: PlainQuestion, id_: str, answer: dict[str, Any]) -> dict[str, Any]:
        basics = {"id": id_, "kind": kind_of(question).name}
        if question.audience != "everyone":
            basics["audience"] = question.audience
        texts = {
            key: {self._tag: getattr(question, key)}
            for key in ("rationale", "advice")
            if getattr(question, key)
        }
        return {
            **basics,
            "level": question.level,
            "difficulty": question.difficulty,
            "stem": {self._tag: question.stem},
            **answer,
            **texts,
        }

    def _problems_of(self, entry: dict[str, Any]) -> Iterator[Diagnostic]:
        errors = list(find_question_errors(entry, self._bank.declared))
        yield from errors
        yield from check_texts(entry, self._known)
        if not errors:
            yield from check_question(next(iter(self.titles), ""), entry, self._known)


def _as_authored(answer: Answer, id_: str) -> Answer:
    """Return an answer in an authored order whose printed order is the present one, if there is such an order."""
    match answer:
        case Choose() if not answer.has_fixed_order:
            (order,) = answer.draw_random_orders(0, id_)
            options = dict(zip(order, answer.options, strict=True))
            keys = tuple(sorted(order[key] for key in answer.keys))
            if keys == tuple(range(len(keys))):
                return replace(answer, options=tuple(options[at] for at in sorted(options)), keys=keys)
        case Match():
            return _pairs_as_authored(answer, id_)
    return answer


def _pairs_as_authored(answer: Match, id_: str) -> Match:
    count = len(answer.prompts)
    unused = [choice for index, choice in enumerate(answer.choices) if index not in answer.key]
    used = [answer.choices[index] for index in answer.key]
    plain = Match(answer.prompts, (*used, *unused), tuple(range(count)))
    rows, columns = plain.draw_random_orders(0, id_)
    prompts = dict(zip(rows, answer.prompts, strict=True))
    choices = dict(zip(rows, used, strict=True))
    choices |= dict(zip([column for column in columns if column >= count], unused, strict=True))
    return Match(_in_order(prompts), _in_order(choices), plain.key)


def _in_order(placed: dict[int, Any]) -> tuple[Any, ...]:
    return tuple(placed[place] for place in sorted(placed))
