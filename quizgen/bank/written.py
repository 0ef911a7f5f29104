"""A question as an author writes it, and the answer shape that it comes down to.

The one place, beside the schema, that knows how each kind is written.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, assert_never

import msgspec

from quizgen.language import Text
from quizgen.model import FALSE, TRUE, Bank, Kind, Question
from quizgen.shapes import Answer, Choose, Fill, Match, Order

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands in what the author wrote: ``("distractors", 0)``."""


class Spots(NamedTuple):
    """Where the parts of an answer stand in its entry: a match's left sides, and all that is chosen from."""

    prompts: tuple[Path, ...]
    choices: tuple[Path, ...]


def answer_of(kind: Kind, entry: Mapping[str, Any]) -> Answer:
    """Turn what an author wrote (and the schema passed) into an answer in authored order, keys first."""
    match kind:
        case "single":
            return Choose(options=(entry["key"], *entry["distractors"]), keys=(0,), style="one")
        case "multiple":
            keys: Sequence[Text] = entry["key"]
            return Choose(
                options=(*keys, *entry["distractors"]), keys=tuple(range(len(keys))), style="several"
            )
        case "true-false":
            return Choose(options=(TRUE, FALSE), keys=(0 if entry["key"] else 1,), style="truth")
        case "match":
            pairs: Sequence[Mapping[str, Text]] = entry["pairs"]
            return Match(
                prompts=tuple(pair["left"] for pair in pairs),
                choices=(*(pair["right"] for pair in pairs), *entry.get("distractors", ())),
                key=tuple(range(len(pairs))),
            )
        case "order":
            return Order(steps=tuple(entry["sequence"]), key=tuple(range(len(entry["sequence"]))))
        case "fill":
            return Fill(accept={tag: tuple(words) for tag, words in entry["accept"].items()})
        case _:
            assert_never(kind)


def spots_of(answer: Answer) -> Spots:
    """Tell where each text of an answer in authored order stands; that of a truth or a blank, its key."""
    match answer:
        case Choose(style="truth"):
            return Spots((), (("key",), ("key",)))
        case Choose(options=options, keys=keys, style=style):
            right: list[Path] = [("key",)] if style == "one" else [("key", index) for index in keys]
            wrong = (("distractors", index) for index in range(len(options) - len(keys)))
            return Spots((), (*right, *wrong))
        case Match(prompts=prompts, choices=choices):
            pairs = range(len(prompts))
            rest = (("distractors", index) for index in range(len(choices) - len(prompts)))
            return Spots(
                prompts=tuple(("pairs", index, "left") for index in pairs),
                choices=(*(("pairs", index, "right") for index in pairs), *rest),
            )
        case Order(steps=steps):
            return Spots((), tuple(("sequence", index) for index in range(len(steps))))
        case Fill():
            return Spots((), (("accept",),))
        case _:
            assert_never(answer)


def as_written(answer: Answer) -> dict[str, Any]:
    """Give an answer, in authored or in printed order, back as its author would write it."""
    match answer:
        case Choose(options=options, keys=keys, style=style):
            if style == "truth":
                return {"key": keys == (0,)}
            right = [options[index] for index in keys]
            wrong = [option for index, option in enumerate(options) if index not in keys]
            return {"key": right[0] if style == "one" else right, "distractors": wrong}
        case Match(prompts=prompts, choices=choices, key=key):
            pairs = [
                {"left": prompt, "right": choices[index]} for prompt, index in zip(prompts, key, strict=True)
            ]
            rest = [choice for index, choice in enumerate(choices) if index not in key]
            return {"pairs": pairs, "distractors": rest} if rest else {"pairs": pairs}
        case Order(steps=steps, key=key):
            return {"sequence": [steps[index] for index in key]}
        case Fill(accept=accept):
            return {"accept": {tag: list(words) for tag, words in accept.items()}}
        case _:
            assert_never(answer)


def authored(question: Question) -> dict[str, Any]:
    """Give a question as ``bank show --json`` does: as written in the bank, but with full ids."""
    return {
        "id": question.id,
        "topic": question.topic,
        "kind": question.kind,
        "level": question.level,
        "difficulty": question.difficulty,
        "facts": list(question.facts),
        "stem": question.stem,
        **as_written(question.answer),
        "rationale": question.rationale,
        "advice": question.advice,
        "generated": question.generated,
    }


def as_json(bank: Bank) -> dict[str, list[dict[str, Any]]]:
    """Give the whole bank as plain data, ready for JSON: sources, topics, facts and questions."""
    return {
        "sources": [msgspec.to_builtins(source) for source in bank.sources.values()],
        "topics": [msgspec.to_builtins(topic) for topic in bank.topics.values()],
        "facts": [msgspec.to_builtins(fact) for fact in bank.facts.values()],
        "questions": [authored(question) for question in bank.questions.values()],
    }
