import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.shapes import Answer, Choose, Correctness, Fill, Match, Order, Response
from quizgen.text.normalise import normalise_answer
from tests.banks import answer_to

A = {"en": "one", "zh-Hans": "一"}
ONE = Choose((A, A, A), (1,), "one")
SEVERAL = Choose((A, A, A, A), (0, 2), "several")
MATCH = Match((A, A, A), (A, A, A, A), (3, 0, 1))
ORDER = Order((A, A, A), (2, 0, 1))
FILL = Fill({"en": ("anti-fraud centre", "the Centre’s desk"), "zh-Hans": ("反诈中心", "发送 短信")})


@pytest.mark.parametrize("answer", [ONE, SEVERAL, MATCH, ORDER, FILL])
@pytest.mark.parametrize("response", [None, (), "", "b", (9,), (0, 1, 2, 3, 4, 5)])
def test_skips_and_responses_of_another_shape_are_wrong(answer: Answer, response: Response) -> None:
    assert not answer.mark_response(response).right


@pytest.mark.parametrize(
    ("answer", "response", "expected"),
    [
        (ONE, (1,), Correctness(right=True, parts=(True, True, True))),
        (ONE, (0,), Correctness(right=False, parts=(False, False, True))),
        (SEVERAL, (0, 2), Correctness(right=True, parts=(True,) * 4)),
        (SEVERAL, (2, 0), Correctness(right=True, parts=(True,) * 4)),
        (SEVERAL, (0,), Correctness(right=False, parts=(True, True, False, True))),
        (SEVERAL, (0, 1, 2), Correctness(right=False, parts=(True, False, True, True))),
        (MATCH, (3, 0, 1), Correctness(right=True, parts=(True,) * 3)),
        (MATCH, (3, 1, 0), Correctness(right=False, parts=(True, False, False))),
        (MATCH, (3, 0), Correctness(right=False, parts=(False,) * 3)),
        (ORDER, (2, 0, 1), Correctness(right=True, parts=(True,) * 3)),
        (ORDER, (0, 2, 1), Correctness(right=False, parts=(False, False, True))),
    ],
)
def test_an_answer_is_marked_as_a_whole_and_by_parts(
    answer: Answer, response: Response, expected: Correctness
) -> None:
    assert answer.mark_response(response) == expected


@pytest.mark.parametrize(
    "words",
    [
        "anti-fraud centre",
        "  The ANTI-FRAUD   Centre. ",
        "an anti‑fraud centre!",
        "“Anti fraud centre”",
        "ａｎｔｉ－ｆｒａｕｄ　ｃｅｎｔｒｅ",
        "anti-fraud\u200b centre",
        "centre's desk",
        "反诈中心",
        "反詐中心",
        "「反詐中心」。",
        "反诈 中心",
        "发送短信",
        "發送 短信",
        "傳送簡訊",
        "antifraud centre",
    ],
)
def test_a_blank_accepts_different_spellings(words: str) -> None:
    assert FILL.mark_response(words).right


@pytest.mark.parametrize(
    "words", ["antifraud desk", "anti-fraud", "the", "。", "反诈", "反诈中心处", "centre"]
)
def test_a_blank_refuses_other_words(words: str) -> None:
    assert not FILL.mark_response(words).right


@pytest.mark.parametrize(
    ("words", "folded"),
    [("The", "the"), ("a a", "a"), ("…", "..."), ("", ""), ("three 3 次", "three 3次"), ("theory", "theory")],
)
def test_normalising_keeps_what_counts(words: str, folded: str) -> None:
    assert normalise_answer(words) == folded


def test_punctuation_alone_is_right_only_where_it_is_asked_for() -> None:
    assert Fill({"en": ("?",)}).mark_response("？").right
    assert not Fill({"en": ("?",)}).mark_response("!").right
    assert not Fill({"en": ("",)}).mark_response("").right


@given(st.text(max_size=30))
def test_any_words_are_marked_and_match_themselves(words: str) -> None:
    FILL.mark_response(words)
    assert Fill({"en": (words,)}).mark_response(f"  {words} ").right == bool(normalise_answer(words))


@pytest.mark.parametrize(
    ("accept", "stem", "right", "wrong"),
    [
        ("3", "Keep it for ____ years, and no longer.", ("3", "3 years", "for 3 years", "Keep it for 3"), ("4 years", "3 no", "33")),
        ("SIM", "Who sells a ____ card?", ("SIM", "sim card", "a SIM card", "SIMs"), ("card", "SIN card", "a card")),
        ("safe", "They speak of a “____ account”.", ("safe account", "the safe account"), ("account", "save")),
        ("phone company", "Ask your ____.", ("phone companies", "a phone company", "your phone company", "phone compny",
            "phone comapny", "phone companyy", "phone cempany"), ("phone campony", "hone company", "phone")),
        ("96110", "Call ____ at once.", ("call 96110", "96110 at once"), ("96111", "9611", "961100")),
        ("几", "钱____分钟就转走了。", ("几", "几分钟", "幾分鐘", "钱几分钟", " 几 分钟"), ("分钟", "十分钟")),
        ("身份证", "请带____到柜台。", ("身份证", "身分證", "带身份证", "身份证到柜台"), ("身份", "户口本")),
    ],
)  # fmt: skip
def test_a_blank_accepts_reasonable_answers(
    accept: str, stem: str, right: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    tag = "en" if stem.isascii() or "They" in stem else "zh-Hans"
    blank = answer_to({"kind": "fill", "accept": {tag: (accept,)}, "stem": {tag: stem}})
    assert [words for words in right if not blank.mark_response(words).right] == []
    assert [words for words in wrong if blank.mark_response(words).right] == []


def test_a_line_of_a_long_exhibit_is_chosen_by_its_number_of_two_digits() -> None:
    lines = Choose((A,) * 6, (4,), "line", numbers=(1, 3, 5, 7, 10, 12))
    assert [lines.parse_reply(reply) for reply in ("1", "10", "12", "e")] == [(0,), (4,), (5,), (4,)]
