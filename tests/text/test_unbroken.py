"""What stays in one line of a text that WeasyPrint breaks."""

import pytest

from quizgen.text.unbroken import split_unbroken_parts, start_of_last_words, start_of_unbroken_end


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Ring the number on your card.", "your card."),
        ("Go to a branch at once.", "at once."),
        ("拨打卡片背面印的电话。", "的电话。"),
        ("这是真的，还是骗局？", "还是骗局？"),
        ("挂断，打110核实。", "打110核实。"),
        ("下载。", "下载。"),
        ("（2022年）。", "（2022年）。"),
        ("文件里有签到表（20 行）。", "表（20 行）。"),
        ("文件里有 3 份试卷，每份 10 道题。", "10 道题。"),
        ("六人一桌，每桌一套。文件里有 8 张卡片。", "8 张卡片。"),
        ("人已经上路的，马上打110。", "马上打110。"),
        ("也许还没人举报；拿不准，打96110。", "拿不准，打96110。"),
        ("这件事说来话长得很，打110。", "很，打110。"),
        ("别点链接，下载官方App。", "下载官方App。"),
        ("谁说有退税，都到个税App里看。", "App里看。"),
        ("来电请接听，也可以打去咨询、举报", "询、举报"),
        ("放进钱包的求助电话卡，裁开分发。文件里有 10 张随身卡。", "随身卡。"),
    ],
)
def test_the_end_of_a_text_stays_together(text: str, end: str) -> None:
    assert text[start_of_unbroken_end(text) :] == end


@pytest.mark.parametrize(
    "text", ["Unwahrscheinlichkeitsrechnungen", "الإسكندرية", "Θεσσαλονίκη", "विश्वविद्यालय"]
)
def test_a_single_long_word_has_no_ending(text: str) -> None:
    assert start_of_unbroken_end(text) == len(text)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Enter the password at call-stop.example. We block calls.", "call-stop.example"),
        ("要屏蔽，在call-stop.example填银行卡号和密码。", "call-stop.example"),
        ("See example.org/anti-fraud, and tell others of it.", "example.org/anti-fraud"),
        ("名下电话卡查询（2021年）；公安机关防范常识", "（2021年）"),
        ("情节严重的3年到7年。要是被抓，别跑。", "的3年"),
        ("丢的可能不止10,000元。不许告诉别人。", "止10,000元"),
        ("After your bank, call 0300 123 2040 to report it.", "0300 123 2040"),
        ("Call AARP on 1-877-382-4357.", "1-877-382-4357"),
        ("The same options with --seed\u00a07 make it again.", "--seed\u00a07"),
    ],
)
def test_an_address_an_option_and_a_number_stay_whole(text: str, whole: str) -> None:
    assert whole in split_unbroken_parts(text)[1::2]
    assert "".join(split_unbroken_parts(text)) == text


def test_an_address_that_no_line_has_room_for_may_be_broken() -> None:
    assert split_unbroken_parts("See example.org/anti-fraud/talks-of-this-spring for more of it.")[1::2] == []


def test_the_last_words_are_found() -> None:
    assert [
        text[start_of_last_words(text) :]
        for text in ("read me the code", "the code", "le code reçu", "把验证码告诉我")
    ] == [
        "the code",
        "the code",
        "code reçu",
        "诉我",
    ]
