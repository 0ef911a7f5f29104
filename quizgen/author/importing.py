"""Convert questions from other programs to entries of a question bank, and check them. No I/O."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from quizgen.author.ids import suggest_id, words_for_id
from quizgen.author.imported_question import ImportedQuestion
from quizgen.bank.checks import check_question, check_texts, collect_ids_of_bank
from quizgen.bank.schema_errors import find_question_errors
from quizgen.errors import Diagnostic
from quizgen.fields import MAX_SLUG_LENGTH, SLUG
from quizgen.ids import full_id, slug_of, topic_of
from quizgen.kinds import KINDS, Kind
from quizgen.model import Bank
from quizgen.shapes import Answer, Choose, Match
from quizgen.text.messages import _
from quizgen.text.normalise import normalise


def choose_kind(question: ImportedQuestion) -> Kind[Any, Any]:
    """Return the kind for an imported question: the one that it names if that fits its answer, or else the first that fits."""
    suitable = [kind for kind in KINDS.values() if kind.can_have_answer(question.answer)]
    return next((kind for kind in suitable if kind.name == question.kind), suitable[0])


class Importer:
    """Converts imported questions to entries of a question bank that has one language.

    It gives each question a topic and an id, and finds its problems.
    """

    def __init__(self, bank: Bank, topic: str = "") -> None:
        """Use ``topic`` for all questions. If it is "", use the topic that each question names, even if the bank does not have it yet."""
        self._bank = bank
        self._known = collect_ids_of_bank(bank)
        (self._tag,) = bank.declared.languages
        self._topic = topic
        self._taken: defaultdict[str, set[str]] = defaultdict(set)
        for each in (*bank.facts, *bank.exhibits, *bank.questions):
            self._taken[topic_of(each)].add(slug_of(each))
        self._stems = {normalise(next(iter(each.stem.values()))) for each in bank.questions.values()}
        self.titles = {id_: next(iter(each.title.values())) for id_, each in bank.topics.items()}
        """Titles of topics by their ids, new ones too."""

    def find_problems(self, question: ImportedQuestion) -> list[Diagnostic]:
        """Return the reasons why a question cannot be added to the question bank.

        Their paths are those in its entry.
        """
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
        topic_name = " ".join((question.topic or topic_of(question.name)).split())
        if title_problems := list(check_texts({"title": {self._tag: topic_name}} if topic_name else {})):
            return title_problems  # it may become the title of a new topic
        answer = choose_kind(question).build_entry(question.answer)
        suggested_id = suggest_id(self._build_entry(question, "", answer), ())
        return list(self._entry_problems(self._build_entry(question, suggested_id, answer)))

    def convert(self, question: ImportedQuestion) -> tuple[str, dict[str, Any]]:
        """Return the topic and the entry of a question without problems. The entry gets an id that is not in use."""
        topic = self._find_or_add_topic(question)
        kind = choose_kind(question)
        entry = self._build_entry(question, "x", {})
        used_ids = self._taken[topic]
        slug = question.name.rpartition("/")[2]
        is_usable = re.fullmatch(SLUG, slug) and len(slug) <= MAX_SLUG_LENGTH and slug not in used_ids
        slug = slug if is_usable else suggest_id(entry, used_ids)
        used_ids.add(slug)
        self._stems.add(normalise(question.stem))
        answer = question.answer
        if question.name in ("", full_id(topic, slug)):  # it can come from quizgen's export
            answer = _in_authored_order(answer, full_id(topic, slug))
        return topic, self._build_entry(question, slug, kind.build_entry(answer))

    def _find_or_add_topic(self, question: ImportedQuestion) -> str:
        """Return the id of the topic for a question. A topic that the question bank lacks is added."""
        if self._topic:
            return self._topic
        prefix = topic_of(question.name) if "/" in question.name else ""
        for topic_name in filter(None, (prefix, question.topic)):
            if topic_name in self.titles:
                if (
                    self.titles[topic_name] == topic_name and question.topic
                ):  # the topic of a new bank has no title yet
                    self.titles[topic_name] = " ".join(question.topic.split())
                return topic_name
            if topic_id := next((id_ for id_, title in self.titles.items() if title == topic_name), None):
                return topic_id
        topic_name = question.topic or prefix
        if not topic_name:
            return next(iter(self.titles))
        slug = prefix if re.fullmatch(SLUG, prefix) else "-".join(words_for_id(topic_name))
        slug = slug[:MAX_SLUG_LENGTH].strip("-") or f"topic-{len(self.titles) + 1}"
        self.titles.setdefault(slug, " ".join(topic_name.split()))
        return slug

    def _build_entry(self, question: ImportedQuestion, id_: str, answer: dict[str, Any]) -> dict[str, Any]:
        """Return the entry of a question with an id and the fields of its answer."""
        basics = {"id": id_, "kind": choose_kind(question).name}
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

    def _entry_problems(self, entry: dict[str, Any]) -> Iterator[Diagnostic]:
        """Yield what is wrong with an entry."""
        errors = list(find_question_errors(entry, self._bank.declared))
        yield from errors
        yield from check_texts(entry, self._known)
        if not errors:
            yield from check_question(next(iter(self.titles), ""), entry, self._known)


def _in_authored_order(answer: Answer, id_: str) -> Answer:
    """Return an answer with its options in the order in which an author would write them, correct options first.

    The program then prints them in the order that they have now. If no such order exists, the answer is
    returned unchanged.
    """
    match answer:
        case Choose() if not answer.has_fixed_order:
            (order,) = answer.draw_random_orders(0, id_)
            options = dict(zip(order, answer.options, strict=True))
            keys = tuple(sorted(order[key] for key in answer.keys))
            if keys == tuple(range(len(keys))):
                return replace(answer, options=tuple(options[at] for at in sorted(options)), keys=keys)
        case Match():
            return _pairs_in_authored_order(answer, id_)
    return answer


def _pairs_in_authored_order(answer: Match, id_: str) -> Match:
    """Return pairs in the order in which an author would write them, so that they are printed in the order that they have now."""
    count = len(answer.prompts)
    unused = [choice for index, choice in enumerate(answer.choices) if index not in answer.key]
    used = [answer.choices[index] for index in answer.key]
    plain = Match(answer.prompts, (*used, *unused), tuple(range(count)))
    rows, columns = plain.draw_random_orders(0, id_)
    prompts = dict(zip(rows, answer.prompts, strict=True))
    choices = dict(zip(rows, used, strict=True))
    choices |= dict(zip([column for column in columns if column >= count], unused, strict=True))
    return Match(_values_by_index(prompts), _values_by_index(choices), plain.key)


def _values_by_index(values: dict[int, Any]) -> tuple[Any, ...]:
    """Return the values of a dict in the order of their indices."""
    return tuple(values[index] for index in sorted(values))
