"""An answer tried before it is taken: held against the same rules as a file, with the rest made up."""

from collections.abc import Mapping
from copy import deepcopy
from itertools import count
from typing import Any

from quizgen.bank.checks import Entry, Names, check_question, check_texts
from quizgen.bank.reader import Document, Path, Place
from quizgen.bank.shape import misfits
from quizgen.bank.unseen import visible
from quizgen.errors import Problem, problem
from quizgen.model import BLANK, WRITTEN_LANGUAGES, Bank, Kind

_AT: Path = ("questions", 0)


class _Trial(Document):
    """A topic of one question that stands in no file: its problems are kept by their paths."""

    def __init__(self, data: Any) -> None:
        super().__init__("", data, Place(0, 0))
        self.said: list[tuple[Path, Problem]] = []

    def problem(self, path: Path, what: str, hint: str = "", *, key: bool = False) -> Problem:
        """Make a problem without a place, and keep it."""
        del key
        found = problem(visible(what), visible(hint))
        self.said.append((path, found))
        return found


def flaws(bank: Bank, topic: str, entry: Mapping[str, Any], part: Path) -> list[Problem]:
    """Tell what is wrong with one part of a question that is being written; ``()`` is all that is of no part.

    What the entry still lacks is made up, so that it does not count. ``kind`` must be known.
    """
    trial = _Trial(
        {
            "topic": topic,
            "title": dict.fromkeys(WRITTEN_LANGUAGES, "-"),
            "questions": [_completed(entry, next(iter(bank.facts)))],
        }
    )
    broken = [path for path, _ in misfits(trial)]
    list(check_texts(trial))
    if not broken:
        names = Names(frozenset(bank.facts), frozenset(), {}, frozenset(bank.topics), whole=True)
        list(check_question(Entry(trial, _AT, trial.data["questions"][0]), names))
    wanted = (*_AT, *part)
    found = [
        each
        for path, each in trial.said
        if (path[: len(wanted)] == wanted if part else path in (_AT, wanted))
    ]
    return list(dict.fromkeys(found))


def _completed(entry: Mapping[str, Any], fact: str) -> dict[str, Any]:
    """Make up whatever an entry lacks, no two texts alike."""
    numbers = count()

    def text() -> dict[str, str]:
        number = next(numbers)
        return {tag: f"〓{tag} {number}" for tag in WRITTEN_LANGUAGES}

    kind: Kind = entry["kind"]
    answers: Mapping[Kind, dict[str, Any]] = {
        "single": {"key": text(), "distractors": [text()]},
        "multiple": {"key": [text()], "distractors": [text(), text()]},
        "true-false": {"key": True},
        "match": {"pairs": [{"left": text(), "right": text()} for _ in range(2)]},
        "order": {"sequence": [text(), text(), text()]},
        "fill": {"accept": {tag: ["〓"] for tag in WRITTEN_LANGUAGES}},
    }
    stem = dict.fromkeys(WRITTEN_LANGUAGES, BLANK) if kind == "fill" else text()
    whole = {
        "id": "made-up",
        "level": "recall",
        "difficulty": 1,
        "facts": [fact],
        "rationale": text(),
        **answers[kind],
        **deepcopy(dict(entry)),
    }
    whole["stem"] = stem | whole.get("stem", {})
    for key in ("key", "distractors", "pairs", "sequence", "rationale", "advice", "accept"):
        if key in whole:
            whole[key] = _in_both(whole[key], text)
    for key, least in (("sequence", 3), ("pairs", 2)):
        while key in whole and len(whole[key]) < least:
            whole[key].append({"left": text(), "right": text()} if key == "pairs" else text())
    return whole


def _in_both(value: Any, text: Any) -> Any:
    """Give a text that stands in one language the other as well."""
    if isinstance(value, list):
        return [_in_both(each, text) for each in value]
    if isinstance(value, dict) and value.keys() & set(WRITTEN_LANGUAGES):
        made_up = text()
        listed = any(isinstance(each, list) for each in value.values())
        return {tag: [words] if listed else words for tag, words in made_up.items()} | value
    if isinstance(value, dict):
        whole = {"left": None, "right": None} | value
        return {side: text() if part is None else _in_both(part, text) for side, part in whole.items()}
    return value
