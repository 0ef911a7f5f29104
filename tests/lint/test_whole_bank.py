"""Rules that look beside a question: at its exhibit, its enemies, its topic, and options that others share."""

from typing import Any

import pytest
from msgspec.structs import replace

from quizgen.bank import analyse_bank
from quizgen.lint import run_rules
from quizgen.lint.report import locate_findings
from quizgen.model import Bank, Line
from tests.lint.questions import PLAIN, asked, bank_of, exhibit, found, question, text
from tests.lint.test_seeded import DATA


def test_an_exhibit_is_checked_once_and_a_finding_points_into_it() -> None:
    shown = exhibit(said=text("Pay  for the oil.", "请付灯油钱。"))
    bank = bank_of([asked(0), asked(0, id="harbour/again")], [shown])
    diagnostics = [diagnostic for rule, diagnostic in run_rules(bank) if rule.id == "spacing"]
    assert [(diagnostic.question, diagnostic.path) for diagnostic in diagnostics] == [
        ("harbour/q0", ("exhibit", "harbour/e0", "lines", 1, "en"))
    ]
    surveyed = analyse_bank([DATA / "flawed"])
    rule = next(rule for rule, _ in run_rules(bank) if rule.id == "spacing")
    path = ("exhibit", "harbour/oil-money", "lines", 1, "en")
    placed_at = locate_findings(
        surveyed, [(rule, diagnostics[0]._replace(question="harbour/twin-differs", path=path), "")]
    )
    assert [(each.problem.line, each.question) for each in placed_at] == [(37, "harbour/twin-differs")]


def test_options_from_an_exhibit_are_not_checked_as_written_options() -> None:
    bank = bank_of([asked(0), asked(1)], [exhibit(0), exhibit(1, text("Show your permit.", "请出示许可。"))])
    rules = {rule.id for rule, _ in run_rules(bank)}
    assert not rules & {"few-distractors", "clang-association", "near-duplicate", "option-length"}


@pytest.mark.parametrize(
    ("fields", "finds"),
    [
        ({}, []),
        ({"sender": text("The watch", "值班室")}, ["the sender has no sign", "the sender has no sign"]),
        ({"channel": "sms"}, ["twins have different channels, sms and call"]),
        ({"lines": exhibit().lines[:1]}, ["twins have 1 and 2 lines"]),
        ({"lines": (exhibit().lines[0], Line("you", exhibit().lines[1].text))}, ["different people say line 2"]),
        ({"lines": (exhibit().lines[0], Line("caller", text("Pay.", "请付灯油钱。")))}, ["differs in length"]),
    ],
)  # fmt: skip
def test_twins_are_compared(fields: dict[str, Any], finds: list[str]) -> None:
    pair = [exhibit(0, twin="harbour/e1", **fields), exhibit(1, genuine=True, twin="harbour/e0")]
    said = found(bank_of([asked(0), asked(1)], pair), "twin-differs")
    assert [question for question, _ in said] == ["harbour/q0"] * len(finds)
    assert all(part in what for part, (_, what) in zip(finds, said, strict=True))


def test_the_share_of_genuine_exhibits_is_checked() -> None:
    half = [exhibit(number, genuine=number % 2 == 0) for number in range(20)]
    assert found(bank_of([], half), "exhibits-lean") == []
    more = [exhibit(number, genuine=True, channel="sms") for number in range(20, 30)]
    assert found(bank_of([], half + more), "exhibits-lean") == [("", "20 of 30 exhibits are genuine")]
    assert found(bank_of([], more[:9]), "exhibits-lean") == []


def test_enemies_of_one_family_do_not_count() -> None:
    ids = tuple(f"harbour/q{number}" for number in range(1, 10))
    many = [question(), *(replace(question(), id=id_) for id_ in ids)]
    hub = replace(many[0], enemies=ids)
    assert [id_ for id_, _ in found(bank_of([hub, *many[1:]]), "told-elsewhere")] == ["harbour/q", "harbour"]
    on_one = [asked(0, id=f"harbour/fog-{number}") for number in range(10)]
    on_one[0] = replace(on_one[0], enemies=tuple(each.id for each in on_one[1:]))
    # A topic on one story cannot fill a quiz anyway.
    assert found(bank_of(on_one, [exhibit(0)]), "told-elsewhere") == []


def test_a_topic_says_nin_too_often() -> None:
    often = [
        replace(question(stem=text("", "您看到灯了吗？")), id=f"harbour/q{number}") for number in range(20)
    ]
    rare = [replace(each, advice=text("Look.", "看灯。"), stem=PLAIN) for each in often]
    assert found(bank_of(often), "nin-too-often") == []  # one of two texts is half
    for each in often:
        each.rationale["zh-Hans"] = "您靠它认路。"
    assert ("harbour", "您 is in 40 of the 40 texts of harbour") in found(bank_of(often), "nin-too-often")
    assert found(bank_of(rare), "nin-too-often") == []


def test_exact_repeats_are_found_however_many_there_are() -> None:
    bank = Bank({}, {}, {}, {})
    for number in range(200):
        bank.questions[f"harbour/q{number}"] = replace(question(), id=f"harbour/q{number}")
    found = [diagnostic for rule, diagnostic in run_rules(bank) if rule.id == "near-duplicate"]
    assert [diagnostic.question for diagnostic in found] == list(bank.questions)[1:]
    assert {str(diagnostic.what) for diagnostic in found} == {"this is 100% like harbour/q0"}
