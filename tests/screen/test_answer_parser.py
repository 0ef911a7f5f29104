from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.screen.answer_parser import Command, parse_line
from quizgen.shapes import Answer, Choose, Fill, Match, Order
from quizgen.shapes import choose as module
from quizgen.shapes.fill import MAX_REPLY_LENGTH
from quizgen.text.languages import LANGUAGES, locale

T = {"en": "text", "zh-Hans": "文"}
TRUTH = Choose((T, T), (1,), "truth")
ONE = Choose((T,) * 4, (1,), "one")
SEVERAL = Choose((T,) * 5, (0, 2), "several")
MATCH = Match((T,) * 3, (T,) * 4, (1, 0, 2))
ORDER = Order((T,) * 3, (2, 0, 1))
FILL = Fill({"en": ("web link",), "zh-Hans": ("链接",)})
EVERY = (TRUTH, ONE, SEVERAL, MATCH, ORDER, FILL)


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        *((answer, line) for answer in EVERY for line in ("", "   ", "\t", "a" * (MAX_REPLY_LENGTH + 1))),
        *((ONE, line) for line in ("e", "5", "0", "ab", "a b", "aa", "hello", "ß", "a2", "-", "甲", "12345" * 90)),
        *((SEVERAL, line) for line in ("f", "a f", "6", "a and c", "a2")),
        *((TRUTH, line) for line in ("y", "n", "c", "3", "tf", "truth")),
        *((MATCH, line) for line in ("a", "ab", "abcd", "aab", "1a", "1a 2b", "1a 1b 2c", "1a 2b 3e", "213", "4a 2b 3c", "1a 2b 3b", "²a 2b 3c 1")),
        *((ORDER, line) for line in ("a", "ab", "abb", "abcc", "abd", "3 1 2")),
        (FILL, "\x1b\x07"),
    ],
)  # fmt: skip
def test_impossible_replies_are_not_understood(answer: Answer, line: str) -> None:
    assert parse_line(answer, line) is None


@pytest.mark.parametrize(
    ("answer", "line", "response"),
    [
        *((ONE, line, (1,)) for line in ("b", "B", "B.", " b) ", "(b)", "ｂ", "Ｂ．", "2", "２", "2)", "【b】", "②", "b\n")),
        *((SEVERAL, line, (0, 2)) for line in ("a c", "ac", "a,c", "c a", "A, C.", "a、c", "1 3", "13", "a a c", "ａ　ｃ")),
        *((TRUTH, line, (0,)) for line in ("t", "T", "true", "True.", "对", "對", "是", "正确", "正確", "ｔ", "a", "1")),
        *((TRUTH, line, (1,)) for line in ("f", "FALSE", "错", "錯", "否", "错误", "錯誤", "f。", "b", "2")),
        *((MATCH, line, (1, 0, 2)) for line in ("1b 2a 3c", "bac", "b a c", "1b2a3c", "1-b, 2-a, 3-c", "3c 1b 2a", "1=B；2=A；3=C", "１ｂ２ａ３ｃ", "1.b 2.a 3.c", "B, A, C")),
        *((ORDER, line, (2, 0, 1)) for line in ("c a b", "cab", "C > A > B", "c，a，b", "ｃａｂ")),
        (FILL, " web   link\t", "web link"),
        (FILL, "链接\n", "链接"),
        (FILL, "web\x1b[31m link\ud800", "web[31m link"),
        (FILL, "ss", "ss"),
        (FILL, "skip", "skip"),
    ],
)  # fmt: skip
def test_a_reply_is_parsed_as_intended(answer: Answer, line: str, response: tuple[int, ...] | str) -> None:
    assert parse_line(answer, line) == response


@pytest.mark.parametrize(
    ("line", "command"),
    [("s", Command.SKIP), ("S\n", Command.SKIP), (" q ", Command.STOP), ("Ｑ", Command.STOP), ("?", Command.HELP), ("？", Command.HELP)],
)  # fmt: skip
def test_a_lone_letter_is_a_command(line: str, command: Command) -> None:
    assert all(parse_line(answer, line) is command for answer in EVERY)


@pytest.mark.parametrize(
    ("word", "command"), [("skip", Command.SKIP), ("Quit", Command.STOP), ("help", Command.HELP)]
)
def test_a_word_is_a_command_where_no_words_are_asked_for(word: str, command: Command) -> None:
    assert all(parse_line(answer, word) is command for answer in EVERY[:-1])


@pytest.mark.parametrize(
    ("answer", "line"),
    list(zip(EVERY, ("f", "b", "a c", "1b 2a 3c", "c a b", "web link"), strict=True)),
)
def test_the_key_is_exported_as_it_is_typed(answer: Answer, line: str) -> None:
    assert answer.format_correct_response("en") == line


def test_a_skip_is_written_as_nothing_and_a_blank_in_the_language() -> None:
    assert ONE.format_reply(None) == ""
    assert FILL.format_correct_response("zh-Hant") == "連結"


@given(st.sampled_from(EVERY), st.text(max_size=40) | st.text(alphabet="abcdst123?q ,。", max_size=12))
def test_any_typed_line_is_a_valid_response_or_refused(answer: Answer, line: str) -> None:
    reply = parse_line(answer, line)
    answer.mark_response(None if isinstance(reply, Command) else reply)
    if isinstance(reply, tuple):
        assert parse_line(answer, answer.format_reply(reply)) == reply


TEXTS = st.integers(min_value=2, max_value=9).map(lambda count: (T,) * count)
ANSWERS = st.one_of(
    TEXTS.flatmap(
        lambda texts: st.sets(st.integers(0, len(texts) - 1), min_size=1).map(
            lambda keys: Choose(texts, tuple(sorted(keys)), "several" if len(keys) > 1 else "one")
        )
    ),
    st.sampled_from([(0,), (1,)]).map(lambda keys: Choose((T, T), keys, "truth")),
    TEXTS.flatmap(
        lambda texts: st.permutations(range(len(texts))).flatmap(
            lambda key: st.integers(1, len(texts)).map(
                lambda rows: Match((T,) * rows, texts, tuple(key[:rows]))
            )
        )
    ),
    TEXTS.flatmap(lambda texts: st.permutations(range(len(texts))).map(lambda key: Order(texts, tuple(key)))),
    st.from_regex(r"[a-z]{2,9}( [a-z]{1,9})?|[链接短信]{1,4}", fullmatch=True).map(
        lambda words: Fill({"en": (words,)})
    ),
)


@given(ANSWERS)
def test_the_right_answer_as_written_is_read_back_as_right(answer: Answer) -> None:
    reply = parse_line(answer, answer.format_correct_response("en"))
    assert not isinstance(reply, Command)
    assert answer.mark_response(reply).right


@pytest.mark.parametrize("style", ["truth", "verdict"])
def test_words_for_true_and_false_work_in_every_language(style: Literal["truth", "verdict"]) -> None:
    sides = {"truth": ("true", "false"), "verdict": ("genuine", "scam")}[style]
    for index, side in enumerate(sides):
        for language in LANGUAGES:
            for word in getattr(locale(language), side):
                assert parse_line(Choose((T, T), (0,), style), word) == (index,), f"{language}: {word}"


def test_a_letter_is_an_option_even_if_it_is_a_word_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_fixed_option_words", lambda _: {"a": 1, "arnaque": 1})
    asked = Choose((T, T), (0,), "verdict")
    assert [parse_line(asked, line) for line in ("a", "b", "arnaque")] == [(0,), (1,), (1,)]
