import hashlib

import pytest

from quizgen.source.numbering import ArticleNumber, parse_article_label, parse_item_number, parse_number
from quizgen.source.wording import digest, find_passages, normalise_wording
from tests.source.test_text import BODY


def test_narrow_characters_are_hashed_unchanged() -> None:
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
def test_other_characters_and_marks_change_the_wording(other: str) -> None:
    assert digest(other) != digest("他说，先“挂断”电话，再打110。")


def test_numbers_inside_a_paragraph_are_ignored_only_after_a_full_stop() -> None:
    assert digest("有下列情形的：（一）借的；（二）卖的。") == digest("有下列情形的：借的；卖的。")
    assert digest("依照第（一）项处罚。") != digest("依照第项处罚。")
    assert digest("从10:30、11:30起。") != digest("从10:11:30起。")
    assert digest("1.5元一斤。") != digest("5元一斤。")
    assert digest("第三条规定的押金。") != digest("押金。")


def test_english_is_folded_too() -> None:
    assert normalise_wording("It’s “here”. ") == normalise_wording('It\'s "here".') == 'It’s"here".'


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("31", 31), ("三十一", 31), ("十", 10), ("一百零五", 105), ("二百八十七", 287), ("一千零一", 1001), ("三一", 31), ("一〇五", 105)],
)  # fmt: skip
def test_numerals_are_read(numeral: str, number: int) -> None:
    assert parse_number(numeral) == number


@pytest.mark.parametrize(
    ("folded", "label"),
    [
        ("第三十一条任何人", ArticleNumber(31, 0)),
        ("第31条:任何人", ArticleNumber(31, 0)),
        ("第二百八十七条之一利用", ArticleNumber(287, 1)),
        ("第二百八十七條之二", ArticleNumber(287, 2)),
        ("第三条、第四条", None),
        ("第三条的规定", None),
        ("第三章总则", None),
        ("依照第三条", None),
    ],
)
def test_a_label_of_an_article_is_not_a_mention(folded: str, label: ArticleNumber | None) -> None:
    assert parse_article_label(folded) == label


def test_inserted_articles_have_letters() -> None:
    assert [ArticleNumber(287, inserted).id for inserted in range(3)] == ["art287", "art287a", "art287b"]


@pytest.mark.parametrize(
    ("folded", "number"),
    [("1、不", 1), ("12.不", 12), ("1.5元", None), ("(三)不", 3), ("(3)不", 3), ("3)不", 3), ("二、不", 2), ("十一、不", 11), ("三是不", 3), ("一是否", None), ("2020年", None)],
)  # fmt: skip
def test_items_are_read(folded: str, number: int | None) -> None:
    item = parse_item_number(folded)
    assert (item.number if item else None) == number


LINES = [
    (1, "标题"),
    (2, "第一条 渔市开门。灯塔"),
    (3, "关门。巡查员回家了，摊主也回家了。（完）"),
    (4, "又：假"),
]


def test_a_passage_is_found_however_its_lines_break() -> None:
    wanted = {digest(text): text for text in ("渔市开门。灯塔关门。", "巡查员回家了，摊主也回家了。")}
    found = {wanted[name]: place for name, place in find_passages(LINES, wanted).items()}
    assert {text: place.line for text, place in found.items()} == dict(
        zip(wanted.values(), (2, 3), strict=True)
    )
    assert found["渔市开门。灯塔关门。"].text == "第一条渔市开门。灯塔关门。"


@pytest.mark.parametrize(
    "line", ["渔市开门。假。", "假。渔市开门。", "渔市不开门。", "渔市开门", "渔市开门。！"]
)
def test_a_word_added_to_a_passage_is_found(line: str) -> None:
    assert find_passages([(1, line)], {digest("渔市开门。")}) == {}


@pytest.mark.parametrize("line", ["渔市开门。（完）", "渔市开门。灯塔关门，巡查员回家。", "1、渔市开门。"])
def test_a_note_or_another_sentence_beside_a_passage_is_found(line: str) -> None:
    assert [place.line for place in find_passages([(1, line)], {digest("渔市开门。")}).values()] == [1]


def test_a_text_without_a_line_has_no_passage() -> None:
    assert find_passages([], {"0" * 12}) == {}


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("诈骗分子打来电话。", "acddfb3afa3f0b8f71c45cf12079b430c8b90d9f8bae8919992685f58dad4f88"),
        ("诈 骗 分 子\n打来电话。", "acddfb3afa3f0b8f71c45cf12079b430c8b90d9f8bae8919992685f58dad4f88"),
        ("Ａｐｐ１２３", "11024246e7b5ba90df3b92bad04e52e0407be2e82f7da5197e39083291aa3449"),
        ("“老师”说：‘转账’", "b5a32e891d95f229eda5f28df2176f687d137e824d4e2585e3a7815ba6745795"),
        ("「老師」說『轉帳』", "3a98a8e893165e38b8c8e0b47d49cbdffe16b0708fac73c209c36a700464cda9"),
        ("«a» ‹b› ″", "8fb071aefc91dc2e33eb198627bc4a54dc7f6f3bf68c8ee9d2d1c19d733a9af1"),
        ("don’t", "af904c75047a72462e2cda383b6aa1dfda41c9b98e24f48bde2c3a7eb10a355b"),
        ("don't", "af904c75047a72462e2cda383b6aa1dfda41c9b98e24f48bde2c3a7eb10a355b"),
        ("a -- b", "705b80b543dd8a16ff83021e9de631d32a04cff5e5815df112e1c7a81b0615c9"),
        ("a — b——c", "a4ccbfc3784d10e8b52ba05dc562e7c3ce062f9ee858e5468ee87c6c46fa709d"),
        ("等等...", "c33eb1ee1837c9be4a6cd94001477bf6f16d4b710116a609d8c6f440d784c5c6"),
        ("等等……", "c33eb1ee1837c9be4a6cd94001477bf6f16d4b710116a609d8c6f440d784c5c6"),
        (
            "第三十一条 任何单位不得出租电话卡。",
            "39e940b773680c8ec2806d1114089a0281f07197b77ae44253a4eee63c03b682",
        ),
        (
            "第二百八十七条之一 【非法利用】有下列情形：",
            "d4ff32f4a8e54f3cd40965b5b2f156664404f324379926e58fb69e19e5f8f510",
        ),
        ("第三条规定的行为", "fa122c7f8ced69b7e874330c251c398399f3e47390759abc181267d44d695654"),
        ("第一章 总则", "55ab69e88303f4e4f0f226fbecb82928f3d6383d6cf32caec87f5feb3c879c3e"),
        ("（一）出租；（二）出借。", "abdab1adfabaa9ae4307de0c85e528e987ef4929e2b51f7d11158a967a217378"),
        ("1. 先挂断。2. 再核实。", "bc6f9c2ac098461946a6c36b75d6c96635c65806acc09ddeaa9bf24ff2c9281f"),
        ("一、挂断；二、核实", "796bc6f47f1e7aafbb8d7a6e0e5a5aa2ec420bb5caefa3983ceead9fd852a9f7"),
        ("一是挂断。二是核实。", "3d8dd361bb030dc7d9d7312e9d8370d1bbc8dbd962ba33cc3c22838dfc173293"),
        ("①挂断②核实", "e044935198e892571fc0ada6d1e1eb9ce58f1e0a888e4545ecbe7cc5d16cb19c"),
        ("他说.然后走了.", "c67bfe7fc870a16a58551d72e99318c3fc83be5bb8749e9ae8863752dfb11710"),
        ("3.14和A.b", "184598af7c211d2ac25e02eeb931ed90015962a59bb34109b3f06704ed8a6c3d"),
        ("•要点・另一・点", "ed973044aaa80de3483dfe78677e93dd6b457565b367c32a7d13943f2017cc6f"),
        ("A〜B", "b3e7d94d6be42f7035a5b51ccb32762f30427ca667b909e63109c71e11d4b0ff"),
        ("☎\ufe0f打110", "44206c356191b90ab6c6dd0fb37376fa589024065c9fd920b91cf4e775b18f82"),
        ("\u2f08民\u2f00", "187e148f6cf5651ef5378569638dff544d289bc56270fb51272d455520f73f8a"),
        ("\ufb01ne ½", "84e86410f55251f26595f875fdd55f6b003546dbb627842d1164fd74b07537cc"),
        ("两三百元", "b97d82ba434c6ea8fa9d6b766a2a17539d41cbf8f3c81bd4e428beda7e13717a"),
        ("第一6条", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("1\u20e3 先挂断", "35b2252600c140659e709426cf725ffa6aff291f5aad368ccec2ecb53b6d5e8e"),
        ("《法》第31条。", "01ae61122955f9d930fb81cfdbad6f0033ffd2e655f42b37ae19f9b3b3e60785"),
        ('"a" "b" \'c\'', "1be79086ee348cfaee5a46ed96e12ff57d920cb4e2cf99237f557da7416d07f8"),
        ("ÉCOLE Straße", "32d26d5f45cb5ba45d0d2e588c1be0afd080440cefd8df71e604baddb6cd71a8"),
    ],
)
def test_digests_never_change(wording: str, expected: str) -> None:
    """Digests stand in the banks of authors: each rule of the wording has a digest here that 0.2.0 computed."""
    assert digest(wording) == expected
