"""Where lines break well."""

import pytest

from quizgen.paper.endings import balanced, kept, link_shown


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Ring the number on your card.", "your card."),
        ("Go to a branch at once.", "at once."),
        ("拨打卡片背面印的电话。", "的电话。"),
        ("这是真的，还是骗局？", "还是骗局？"),
        ("挂断，打110核实。", "打110核实。"),
        ("下载。", "下载。"),
    ],
)
def test_the_end_of_a_text_stays_together(text: str, end: str) -> None:
    assert str(kept(text)) == f"{text.removesuffix(end)}<nobr>{end}</nobr>"


def test_it_is_safe_and_leaves_what_has_no_short_end() -> None:
    assert str(kept("Unwahrscheinlichkeitsrechnungen")) == "Unwahrscheinlichkeitsrechnungen"
    assert str(kept("a <b> & more than that")) == "a &lt;b&gt; &amp; more <nobr>than that</nobr>"


def test_a_heading_of_two_lines_is_set_narrower() -> None:
    assert balanced("Short", 60, 600) == 600
    wide = balanced("Phone and online fraud: what do you know about it?", 60, 870)
    assert 700 < wide < 870
    assert balanced("防范电信网络诈骗知识问答", 60, 600) < 450


def test_an_address_is_shown_as_it_is_read_out() -> None:
    assert link_shown("https://example.org/quiz/") == "example.org/quiz"
