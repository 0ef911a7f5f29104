"""Cost grows with the bank, not with its square."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from rapidfuzz import fuzz

from quizgen.lint import pairs, run_rules
from quizgen.model import Bank, Question
from quizgen.shapes import Choose

SYLLABLES = [first + second for first in "bcdfglmnprstvz" for second in ("a", "e", "i", "o", "u", "an", "el")]
CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 600)]


def bank_of(count: int, frame: str = "", shared: str = "") -> Bank:
    """Questions of invented words, some behind a frame that all of them share."""
    chance = Random(count)  # noqa: S311  a test's own

    def words(number: int) -> dict[str, str]:
        english = " ".join("".join(chance.choices(SYLLABLES, k=3)) for _ in range(number))
        return {"en": english, "zh-Hans": "".join(chance.choices(CHARACTERS, k=number * 2))}

    def stem() -> dict[str, str]:
        made = words(8)
        return {"en": f"{frame} {made['en']}?", "zh-Hans": f"{shared}{made['zh-Hans']}？"}

    questions = {
        f"t/q{number}": Question(
            f"t/q{number}", "t", "single", "recall", 1, (f"t/f{number // 3}",), stem(),
            Choose((words(3), words(3), words(3)), (0,), "one"), words(10),
        )
        for number in range(count)
    }  # fmt: skip
    return Bank({}, {}, {}, questions)


def comparisons(monkeypatch: pytest.MonkeyPatch, bank: Bank) -> int:
    """Count how often two texts are compared in full."""
    done = 0

    def counted(ratio: Callable[..., float]) -> Callable[..., float]:
        def count(*arguments: Any, **options: Any) -> float:
            nonlocal done
            done += 1
            return ratio(*arguments, **options)

        return count

    with monkeypatch.context() as patched:
        patched.setattr(fuzz, "ratio", counted(fuzz.ratio))
        for _ in run_rules(bank):
            pass
    return done


@pytest.mark.parametrize(
    "frame", [("", ""), ("According to the keeper of the outer harbour lamp,", "据外港的守灯人说，")]
)
def test_near_duplicates_are_sought_in_linear_cost(
    monkeypatch: pytest.MonkeyPatch, frame: tuple[str, str]
) -> None:
    for count in (100, 400):
        assert comparisons(monkeypatch, bank_of(count, *frame)) <= count * 2 * 2 * pairs.MAX_COMPARED


def test_near_duplicates_are_found_among_many() -> None:
    bank = bank_of(400)
    planted = {}
    for number in range(0, 400, 40):
        twin = bank.questions[f"t/q{number}"]
        stem = {tag: words.replace("?", " now?").replace("？", "呢？") for tag, words in twin.stem.items()}
        planted[f"t/twin{number}"] = Question(
            f"t/twin{number}", "t", "single", "recall", 1, twin.facts, stem, twin.answer, twin.rationale
        )
    bank.questions.update(planted)
    found = {diagnostic.question for rule, diagnostic in run_rules(bank) if rule.id == "near-duplicate"}
    assert found == set(planted)
