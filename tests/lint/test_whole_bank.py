"""Rules that look beside a question: at its exhibit, its enemies, its topic, and options that others share."""

from collections.abc import Iterable
from typing import Any

import pytest
from msgspec.structs import replace

from quizgen.bank import analyse_bank
from quizgen.lint import run_rules
from quizgen.lint.report import locate_findings
from quizgen.model import Bank, Exhibit, Fact, HelpNumber, Line, Question, Sign
from quizgen.text.languages import Text
from tests.lint.test_rules import question, text
from tests.lint.test_seeded import DATA

LAMP = Fact("harbour/f", "harbour", text("The keeper lights the lamp.", "守灯人点灯。"), (), ())


def exhibit(number: int = 0, said: Text | None = None, **fields: Any) -> Exhibit:
    lines = (text("Fog is coming.", "要起雾了。"), said or text("Pay for the oil.", "请付灯油钱。"))
    whole: dict[str, Any] = {
        "topic": "harbour",
        "channel": "call",
        "genuine": False,
        "sender": text("The lighthouse", "灯塔"),
        "lines": tuple(Line("caller", line) for line in lines),
        "signs": (Sign(2, text("Pay", "付"), text("The lamp costs nothing.", "用灯不收钱。"), (LAMP.id,)),),
    }
    return Exhibit(**({"id": f"harbour/e{number}"} | whole | fields))


def asked(number: int, **fields: Any) -> Question:
    judged = question(kind="single")
    judged = replace(judged, kind="judge", exhibit=f"harbour/e{number}", level="apply")
    return replace(judged, **({"id": f"harbour/q{number}"} | fields))


def bank_of(questions: Iterable[Question], exhibits: Iterable[Exhibit] = ()) -> Bank:
    numbers = {"police": HelpNumber("police", "sea", "110", text("the police", "报警"))}
    by_id = {each.id: each for each in exhibits}
    return Bank({}, {}, {LAMP.id: LAMP}, {each.id: each for each in questions}, by_id, numbers)


def found(bank: Bank, rule: str) -> list[tuple[str, str]]:
    return [
        (diagnostic.question, str(diagnostic.what)) for each, diagnostic in run_rules(bank) if each.id == rule
    ]


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
    assert [(each.problem.line, each.question) for each in placed_at] == [(27, "harbour/twin-differs")]


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


def test_the_share_of_genuine_exhibits_is_checked_by_origin_and_channel() -> None:
    half = [exhibit(number, genuine=number % 2 == 0) for number in range(20)]
    assert found(bank_of([], half), "exhibits-lean") == []
    made = [exhibit(number, genuine=True, generated=True, channel="sms") for number in range(20, 30)]
    bank = bank_of([], half + made)
    assert found(bank, "exhibits-lean") == [("", "10 of 10 generated exhibits are genuine")]
    assert found(bank, "channel-leans") == [("", "10 of 10 exhibits of the channel sms are genuine")]
    assert found(bank_of([], made[:9]), "exhibits-lean") == []


def test_enemies_of_one_family_do_not_count() -> None:
    ids = tuple(f"harbour/q{number}" for number in range(1, 10))
    many = [question(), *(replace(question(), id=id_) for id_ in ids)]
    hub = replace(many[0], enemies=ids)
    assert [id_ for id_, _ in found(bank_of([hub, *many[1:]]), "told-elsewhere")] == ["harbour/q", "harbour"]
    made = [exhibit(number, id=f"harbour/fog-{number:08}-a", generated=True) for number in range(10)]
    of_model = [asked(number, exhibit=each.id) for number, each in enumerate(made)]
    of_model[0] = replace(of_model[0], enemies=tuple(each.id for each in of_model[1:]))
    assert (
        found(bank_of(of_model, made), "told-elsewhere") == []
    )  # a topic on one story cannot fill a quiz anyway


def test_a_topic_says_nin_too_often() -> None:
    often = [
        replace(question(stem=text("", "您看到灯了吗？")), id=f"harbour/q{number}") for number in range(20)
    ]
    rare = [replace(each, advice=text("Look.", "看灯。"), stem=PLAIN_STEM) for each in often]
    assert found(bank_of(often), "nin-too-often") == []  # one of two texts is half
    for each in often:
        each.rationale["zh-Hans"] = "您靠它认路。"
    assert ("harbour", "您 is in 40 of the 40 texts of harbour") in found(bank_of(often), "nin-too-often")
    assert found(bank_of(rare), "nin-too-often") == []


PLAIN_STEM = text("What does the keeper do at dusk?", "黄昏时守灯人做什么？")


@pytest.mark.parametrize(
    ("rule", "entry", "fires"),
    [
        ("key-alone-in-kind", {"key": text("Hang up", "马上挂断"), "distractors": [text("Pay half", "付一半钱"), text("Pay it all", "全付给他")]}, True),
        ("key-alone-in-kind", {"key": text("Ring the police", "打110报警"), "distractors": [text("Send a text", "发短信问"), text("Ask him why", "问他原因")]}, True),
        ("key-alone-in-kind", {"key": text("Ask at the counter", "去柜台问"), "distractors": [text("Open the link", "点开链接"), text("Answer the text", "回短信")]}, True),
        ("key-alone-in-kind", {"key": text("Hang up", "马上挂断"), "distractors": [text("Refuse to pay", "拒绝付钱"), text("Pay it all", "全付给他")]}, False),
        ("key-alone-in-kind", {"key": text("Hang up", "马上挂断"), "distractors": [text("A week later", "一星期后"), text("Pay it all", "全付给他")]}, False),
        ("speaker-in-stem", {"stem": text("In the 2021 interview, who lights the lamp?")}, True),
        ("speaker-in-stem", {"stem": text("", "文章里说，灯由谁来点？")}, True),
        ("speaker-in-stem", {"stem": text("", "教授认为，灯由谁来点？")}, True),
        ("speaker-in-stem", {"stem": text("An officer says that your lamp is out. What do you do?", "民警说您的灯灭了，怎么办？")}, False),
        ("speaker-in-stem", {"stem": text("At the interview for a job, who pays?", "面试时要交钱，怎么办？")}, False),
        ("advice-without-number", {"level": "apply", "stem": text("A link asks for a code. What now?", "链接要验证码，怎么办？"), "key": text("Ignore it", "不理它"), "advice": text("Leave it.", "别点。")}, True),
        ("advice-without-number", {"level": "apply", "stem": text("A link asks for a code. What now?", "链接要验证码，怎么办？"), "key": text("Ignore it", "不理它"), "advice": text("Ring 110.", "打110。")}, False),
        ("advice-without-number", {"level": "apply", "stem": text("Your bank asks about a payment. What now?", "银行问起一笔付款，怎么办？"), "key": text("Answer it", "如实答"), "advice": text("Answer.", "答。")}, False),
        ("rests-on-silence", {"key": text("No law forbids it", "没有法律管它")}, True),
        ("rests-on-silence", {"rationale": text("The keeper never sleeps.", "守灯人从不睡觉。")}, True),
        ("rests-on-silence", {"rationale": text("Left alone, he would never have slept.", "要是没人管，他可能从不睡觉。")}, False),
        ("mainland-words", {"stem": text("", "请把邮箱告诉守灯人。")}, True),
        ("mainland-words", {"stem": text("", "短信说网络不在线上，账户在哪里？")}, False),
        ("mainland-words", {"stem": PLAIN_STEM | {"zh-Hans": "您的网络在哪里？", "zh-Hant": "您的網絡在哪裡？"}}, True),
    ],
)  # fmt: skip
def test_what_is_found_and_what_is_left_alone(rule: str, entry: dict[str, Any], fires: bool) -> None:  # noqa: FBT001
    assert bool(found(bank_of([question(**entry)]), rule)) is fires


def test_options_that_several_scenes_share_are_not_reported() -> None:
    act, wait, pay = text("Hang up", "马上挂断"), text("Pay half", "付一半钱"), text("Pay it all", "全付给他")
    first = question(key=act, distractors=[wait, pay])
    second = replace(question(key=wait, distractors=[act, pay]), id="harbour/second")
    assert found(bank_of([first]), "key-alone-in-kind") != []
    assert found(bank_of([first, second]), "key-alone-in-kind") == []


def test_the_cautious_option_is_weighed_in_both_languages() -> None:
    act, wait, pay = text("Hang up", "马上挂断"), text("Wait", "等一等"), text("Pay it", "付给他")
    keyed = [(act, [wait, pay]), (wait, [act, pay])]
    for shares, said in ((10, 2), (8, 0)):
        questions = []
        for number in range(20):
            key, others = keyed[number >= shares]
            questions.append(replace(question(key=key, distractors=others), id=f"harbour/q{number}"))
        assert len(found(bank_of(questions), "cautious-key")) == said
