"""The word list of each language, and rules that meet any text."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.kinds import KINDS
from quizgen.lint import RULES, run_rules
from quizgen.lint.numbers import numbers_to_figures
from quizgen.lint.views import Item
from quizgen.lint.words import load_language_words
from quizgen.model import LEVELS, Bank, Question
from quizgen.text import word_lists
from quizgen.text.languages import Text
from quizgen.text.numerals import parse_chinese_numeral
from tests.lint.questions import PLAIN, question


def fired(*questions: Question) -> set[str]:
    bank = Bank({}, {}, {}, {f"{each.id}{number}": each for number, each in enumerate(questions)})
    return {rule.id for rule, _ in run_rules(bank)}


def test_a_plain_question_has_no_flaw() -> None:
    assert fired(question()) == set()


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三百零五", 305),
        ("两万", 20_000),
        ("一万二千", 12_000),
        ("万", 10_000),
        ("一亿二千万", 120_000_000),
    ],
)
def test_chinese_numerals(numeral: str, value: int) -> None:
    assert parse_chinese_numeral(numeral) == value


@pytest.mark.parametrize(
    ("language", "numeral"), [("en", "9" * 400), ("zh-Hans", "9" * 400), ("zh-Hans", "一" + "亿" * 39)]
)
def test_a_numeral_that_is_too_large_is_no_number(language: str, numeral: str) -> None:
    words = load_language_words(language)
    assert words
    assert numbers_to_figures(words, f"a {numeral} b") == f"a {numeral} b"


@pytest.mark.parametrize(
    ("language", "said", "figures"),
    [
        ("en", "twenty-three boats", "23 boats"),
        ("en", "One hundred and twenty-one", "121"),
        ("en", "two thousand three hundred", "2300"),
        ("en", "2.5 million coins", "2500000 coins"),
        ("en", "between two and three", "between 2 and 3"),
        ("en", "a hundred or fifteen", "a 100 or 15"),
        ("en", "forty twenty", "40 20"),
        ("en", "10,000 or 20-30", "10000 or 20-30"),
        ("en", "a tenth, often nineties", "a tenth, often nineties"),
        ("zh-Hans", "一到三天，250万元", "1到3天，2500000元"),
        ("zh-Hans", "5千万", "50000000"),
    ],
)
def test_numbers_are_written_in_figures(language: str, said: str, figures: str) -> None:
    words = load_language_words(language)
    assert words is not None
    assert numbers_to_figures(words, said) == figures


TEXT = st.fixed_dictionaries(
    {
        "en": st.text(max_size=60),
        "zh-Hans": st.text(st.sampled_from("一二万亿灯火不哪？，。“”（）1,. 　a"), max_size=60),
    }
)


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if not kind.needs_exhibit])
@settings(max_examples=10)
@given(
    st.sampled_from([*LEVELS]),
    st.lists(TEXT, min_size=6, max_size=6),
    st.booleans(),
)
def test_no_text_breaks_a_rule(kind: str, level: str, texts: list[Text], key: bool) -> None:  # noqa: FBT001
    first, second, third, *rest = texts
    answers: dict[str, dict[str, Any]] = {
        "single": {"key": first, "distractors": [second, third]},
        "multiple": {"key": [first, second], "distractors": [third]},
        "true-false": {"key": key},
        "match": {"pairs": [{"left": first, "right": second}, {"left": second, "right": third}]},
        "order": {"sequence": [first, second, third]},
        "fill": {"accept": {tag: [part[tag] for part in (first, second)] for tag in first}},
    }
    entry = {"kind": kind, "level": level, "stem": rest[0], "rationale": rest[1], "advice": rest[2]}
    asked = question(**entry, **answers[kind])
    fired(asked, asked)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_a_word_file_has_every_list_that_the_rules_use(language: str) -> None:
    words, other = load_language_words(language), load_language_words("en")
    assert words is not None
    assert other is not None
    assert words.limits.keys() == other.limits.keys()
    assert words._lists.keys() == other._lists.keys()
    assert words._patterns.keys() == other._patterns.keys()
    for name in words._patterns:
        words.pattern(name)
    for name in words._lists:
        assert len(set(words._lists[name])) == len(words._lists[name]), name


def test_a_language_without_a_word_file_is_not_checked() -> None:
    assert load_language_words("fr") is None
    assert fired(question(stem=PLAIN | {"zh-Hant": "黃昏時守燈人做什麼?"})) == set()


def test_a_language_is_read_once_it_has_a_file_of_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = Path(word_lists.__file__).parent / "words" / "en.toml"
    german = re.sub(
        "negative_asking = .*",
        r"negative_asking = '\\bwelche\\b.*\\bnicht\\b.*\\?'",
        english.read_text("utf-8"),
    )
    (tmp_path / "de.toml").write_text(german.replace('"NOT"', '"NICHT"'), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(word_lists, "_FOLDER", tmp_path)
        for cached in (load_language_words, word_lists.load_word_lists):
            cached.cache_clear()
        asked = question(stem={"de": "Welche dieser Lampen brennt nicht?"})
        found = [
            (path, str(hint))
            for path, _, hint in RULES["negative-stem"].check(Item(asked, asked.stem).views[0])
        ]
    for cached in (load_language_words, word_lists.load_word_lists):
        cached.cache_clear()
    said = "ask for what is true, or make the negative word stand out, as in NICHT"
    assert found == [(("stem", "de"), said)]
