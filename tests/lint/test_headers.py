"""Rules on the header of an exhibit, and on what its channel always has."""

from typing import Any

import pytest
from msgspec.structs import replace

from quizgen.model import Line
from quizgen.text.languages import Text
from tests.lint.test_rules import text
from tests.lint.test_whole_bank import asked, bank_of, exhibit, found


def findings(rule: str, **fields: Any) -> list[str]:
    return [what for _question, what in found(bank_of([asked(0)], [exhibit(**fields)]), rule)]


def by_sender(*texts: Text) -> tuple[Line, ...]:
    return tuple(Line("sender", each) for each in (*texts, text("Pay for the oil.", "请付灯油钱。")))


@pytest.mark.parametrize(
    ("sender", "verdicts"),
    [
        (text("A false officer", "假民警"), 2),
        (text("A scammer calls", "骗子来电"), 2),
        (text("“Officer Lin”", "“林警官”"), 2),
        (text("A caller: “the watch”", "来电：“值班室”"), 2),
        (text("The anti-fraud centre", "反诈中心"), 0),
        (text("Mr Lin, in the group “Film fans”", "林先生（“影迷群”）"), 0),
        (text("A forge", "铁匠铺"), 0),
    ],
)
def test_a_sender_that_gives_the_verdict_away_is_reported(sender: Text, verdicts: int) -> None:
    assert len(findings("header-verdict", sender=sender)) == verdicts


def test_a_context_gives_no_verdict_but_may_tell_of_an_earlier_fraud() -> None:
    told = text("Posing as a bank, a man calls:", "有人冒充银行打来电话：")
    assert len(findings("header-verdict", context=told)) == 2
    earlier = text("You lost 900 crowns to a scammer. Today:", "您被骗走900克朗。今天：")
    assert findings("header-verdict", context=earlier) == []


NAMELESS = text("A text on your phone", "手机短信")


@pytest.mark.parametrize(
    ("channel", "sender", "first", "faults"),
    [
        ("sms", NAMELESS, text("The lamp is out.", "灯灭了。"), 2),
        ("sms", NAMELESS, text("[Lighthouse] The lamp is out.", "【灯塔】灯灭了。"), 0),
        ("sms", text("The lighthouse", "灯塔"), text("The lamp is out.", "灯灭了。"), 0),
        ("sms", text("55500", "55500"), text("The lamp is out.", "灯灭了。"), 0),
        ("letter", text("The lighthouse", "灯塔"), text("The lamp is out.", "灯灭了。"), 2),
        ("letter", text("The lighthouse", "灯塔"), text("Mr Lin: the lamp is out.", "林先生：灯灭了。"), 0),
        ("email", text("The lighthouse", "灯塔"), text("Dear Mr Lin, it is out.", "尊敬的林先生，灯灭了。"), 0),
        ("notice", text("The board", "公告栏"), text("The lamp is out.", "灯灭了。"), 0),
    ],
)  # fmt: skip
def test_a_message_has_what_its_channel_always_has(
    channel: str, sender: Text, first: Text, faults: int
) -> None:
    assert len(findings("exhibit-frame", channel=channel, sender=sender, lines=by_sender(first))) == faults


@pytest.mark.parametrize(
    ("first", "faults"),
    [("Mr Lin? Officer He, harbour police.", 0), ("Mr Lin? You owe us money.", 1)],
)
def test_a_caller_on_a_mere_number_says_who_is_calling(first: str, faults: int) -> None:
    lines = (Line("caller", text(first, "我是港口派出所的。")), exhibit().lines[1])
    number = text("A landline in your city", "本市的固定电话")
    assert len(findings("exhibit-frame", sender=number, lines=lines)) == faults


@pytest.mark.parametrize("channel", ["call", "sms"])
def test_a_phone_company_is_a_name(channel: str) -> None:
    lines = (Line("caller" if channel == "call" else "sender", text("It is on.", "开着。")),)
    company = text("Your phone company", "电话公司")
    assert findings("exhibit-frame", channel=channel, sender=company, lines=lines, signs=()) == []


def test_only_a_call_has_a_caller() -> None:
    shown = exhibit(channel="chat")
    assert findings("exhibit-frame", channel="chat", lines=shown.lines) == [
        "`caller` does not speak by the channel chat"
    ] * 2 * len(shown.lines)
    you = tuple(replace(line, who="you") for line in shown.lines)
    assert findings("exhibit-frame", channel="chat", lines=you) == []


def test_an_exhibit_is_checked_once() -> None:
    shown = exhibit(sender=text("“Officer Lin”", "“林警官”"))
    bank = bank_of([asked(0), asked(0, id="harbour/again")], [shown])
    assert {question for question, _what in found(bank, "header-verdict")} == {"harbour/q0"}
