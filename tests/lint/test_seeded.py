"""A bank with one mistake for each rule, in both languages, and the same bank without mistakes."""

import os
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from quizgen.bank import analyse_bank
from quizgen.lint import RULES, apply_waivers, run_rules
from quizgen.lint.report import Finding, locate_findings

DATA = Path(__file__).parents[1] / "data" / "lint"
OVER_ALL = {"exhibits-lean", "emergency-number", "exhibit-length"}
"""Rules on the bank as a whole, which no single question breaks."""

ONE_LANGUAGE = {
    "article-cue": "en",  # Chinese has no articles
    "rare-character": "zh-Hans",  # and English no rare characters
    "mixed-address": "zh-Hans",  # nor two words for `you`
    "numbers-disagree": "zh-Hans",  # found where the other language lacks the number
    "negation-disagree": "zh-Hans",
    "near-duplicate": "en",  # said once, where it shows first
    "gives-away": "en",  # what is told in both languages makes enemies
    "plural-sums": "en",
    "advice-without-number": "en",
    "nin-too-often": "zh-Hans",
    "mainland-words": "zh-Hans",
}


@cache
def findings(name: str) -> list[Finding]:
    surveyed = analyse_bank([DATA / name])
    assert surveyed.bank is not None, surveyed.findings.problems
    return locate_findings(surveyed, apply_waivers(run_rules(surveyed.bank), {}, RULES))


def test_the_clean_twin_has_no_finding() -> None:
    assert [str(each) for each in findings("clean")] == []


def test_every_planted_flaw_is_found_and_nothing_else() -> None:
    found = defaultdict(set)
    for each in findings("flawed"):
        found[each.question.partition("/")[2]].add(each.rule.id)
    over_all = found.pop("")
    assert over_all == {"exhibits-lean"}
    assert found == {rule: {rule} for rule in RULES if rule not in OVER_ALL}


def test_rules_speak_of_both_languages() -> None:
    for rule in RULES:
        paths = [each.path for each in findings("flawed") if each.rule.id == rule]
        languages = {step for path in paths for step in path if step in ("en", "zh-Hans")}
        if (
            rule in OVER_ALL
            or rule in ("lesson-unused", "told-elsewhere", "spot-judged")
            or (RULES[rule].scope == "item" and not languages)
        ):
            continue  # what it finds is of no language: too few distractors, no advice, many enemies
        assert languages == ({ONE_LANGUAGE[rule]} if rule in ONE_LANGUAGE else {"en", "zh-Hans"}), rule


def test_findings_are_reported_as_expected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DATA)
    findings.cache_clear()  # paths are said as seen from here
    said = "".join(f"{each}\n" for each in findings("flawed"))
    expected = DATA / "expected.txt"
    if os.environ.get("QUIZGEN_WRITE_GOLDEN"):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")
