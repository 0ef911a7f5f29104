import hashlib

import pytest

from quizgen.source.numbering import Article, article_at_start, item_at_start, number_of
from quizgen.source.wording import digest, find, fold
from tests.source.test_text import BODY


def test_what_is_written_narrowly_is_hashed_as_it_stands() -> None:
    assert [digest(text) for text in BODY.values()] == [
        hashlib.sha256(text.encode()).hexdigest() for text in BODY.values()
    ]


@pytest.mark.parametrize(
    "other",
    [
        "他 说 ,先“挂断” 电话, 再打110 — 不急…",
        "他说，先「挂断」电话，再打１１０——不急……",
        '他说,先"挂断"电话,再打110--不急...',
        "1、他说，先‘挂断’电话，再打110—不急…",
        "（三）他说，先“挂断”电话，再打110—不急…",
        "一是他说，先“挂断”电话，再打110—不急…",
        "第三条 他说，先『挂断』电话，再打110—不急…",
        "第３条之一：他说，先“挂断”电话，再打110—不急…",
        "⑴他说，先“挂断”电话，再打110—不急…",
        "3️⃣他说，先“挂断”电话，再打110—不急…",
    ],
)
def test_layout_and_numbers_are_not_wording(other: str) -> None:
    assert digest(other) == digest("他说，先“挂断”电话，再打110—不急…")


@pytest.mark.parametrize(
    "other",
    [
        "他说，先“挂断”电话，再打111。",
        "他说，先“挂断”电话，再打110！",
        "他说，先挂断电话，再打110。",
        "他说、先“挂断”电话，再打110。",
        "她说，先“挂断”电话，再打110。",
        "他说，先“挂断”电话，再打110。。",
        "他说，先“挂断”电话，再打11。",
    ],
)
def test_a_character_or_a_mark_that_is_another_one_is_wording(other: str) -> None:
    assert digest(other) != digest("他说，先“挂断”电话，再打110。")


def test_numbers_inside_a_paragraph_are_not_wording_behind_a_stop_only() -> None:
    assert digest("有下列情形的：（一）借的；（二）卖的。") == digest("有下列情形的：借的；卖的。")
    assert digest("依照第（一）项处罚。") != digest("依照第项处罚。")
    assert digest("从10:30、11:30起。") != digest("从10:11:30起。")
    assert digest("1.5元一斤。") != digest("5元一斤。")
    assert digest("第三条规定的押金。") != digest("押金。")


def test_english_is_folded_too() -> None:
    assert fold("It’s “here”. ") == fold('It\'s "here".') == 'It’s"here".'


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("31", 31), ("三十一", 31), ("十", 10), ("一百零五", 105), ("二百八十七", 287), ("一千零一", 1001), ("三一", 31), ("一〇五", 105)],
)  # fmt: skip
def test_numerals_are_read(numeral: str, number: int) -> None:
    assert number_of(numeral) == number


@pytest.mark.parametrize(
    ("folded", "label"),
    [
        ("第三十一条任何人", Article(31, 0)),
        ("第31条:任何人", Article(31, 0)),
        ("第二百八十七条之一利用", Article(287, 1)),
        ("第二百八十七條之二", Article(287, 2)),
        ("第三条、第四条", None),
        ("第三条的规定", None),
        ("第三章总则", None),
        ("依照第三条", None),
    ],
)
def test_a_label_of_an_article_is_no_mention_of_one(folded: str, label: Article | None) -> None:
    assert article_at_start(folded) == label


def test_articles_put_in_have_letters() -> None:
    assert [Article(287, inserted).id for inserted in range(3)] == ["art287", "art287a", "art287b"]


@pytest.mark.parametrize(
    ("folded", "number"),
    [("1、不", 1), ("12.不", 12), ("1.5元", None), ("(三)不", 3), ("(3)不", 3), ("3)不", 3), ("二、不", 2), ("十一、不", 11), ("三是不", 3), ("一是否", None), ("2020年", None)],
)  # fmt: skip
def test_items_are_read(folded: str, number: int | None) -> None:
    item = item_at_start(folded)
    assert (item.number if item else None) == number


LINES = [
    (1, "标题"),
    (2, "第一条 渔市开门。灯塔"),
    (3, "关门。巡查员回家了，摊主也回家了。（完）"),
    (4, "又：假"),
]


def test_a_passage_is_found_however_lines_cut_it() -> None:
    wanted = {digest(text): text for text in ("渔市开门。灯塔关门。", "巡查员回家了，摊主也回家了。")}
    found = {wanted[name]: place for name, place in find(LINES, wanted).items()}
    assert {text: place.line for text, place in found.items()} == dict(
        zip(wanted.values(), (2, 3), strict=True)
    )
    assert found["渔市开门。灯塔关门。"].text == "第一条渔市开门。灯塔关门。"


@pytest.mark.parametrize(
    "line", ["渔市开门。假。", "假。渔市开门。", "渔市不开门。", "渔市开门", "渔市开门。！"]
)
def test_a_word_put_to_a_passage_is_not_passed_over(line: str) -> None:
    assert find([(1, line)], {digest("渔市开门。")}) == {}


@pytest.mark.parametrize("line", ["渔市开门。（完）", "渔市开门。灯塔关门，巡查员回家。", "1、渔市开门。"])
def test_a_note_or_another_sentence_beside_a_passage_is(line: str) -> None:
    assert [place.line for place in find([(1, line)], {digest("渔市开门。")}).values()] == [1]


def test_a_text_without_a_line_has_no_passage() -> None:
    assert find([], {"0" * 12}) == {}
