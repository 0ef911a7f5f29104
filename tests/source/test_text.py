import contextlib
import unicodedata
from html import escape

import pytest
import webencodings
from hypothesis import example, given
from hypothesis import strategies as st

from quizgen.errors import QuizgenError
from quizgen.source import text as reading
from quizgen.source.clean import clean_paragraph, strip_html_tags, strip_markdown
from quizgen.source.decode import MAX_BYTES
from quizgen.source.passages import is_prose
from quizgen.source.text import SourceText, read_source_text
from quizgen.source.wording import digest

# An invented interview, scraped: glosses, bullets, stray tags, an advert, a list of links and of places.
BODY = {
    "p1": "港口的漁市近來出了怪事:有人打來電話,自稱燈塔管理處,要攤主先交一筆押金。這樣的電話已有十幾通,沒有一通是真的。",
    "p2": "三月八日,漁市的巡查員和一位修船師傅回答了記者提問。",
    "q1": "記者:攤主們是怎樣識破這些電話的?有什麼訣竅?",
    "q1-a1": "漁市管理處巡查員:先問他燈塔有幾層。答不上來的就掛斷,再到管理處當面問清楚。",
    "q1-a2": "我們還在每個攤位貼了“三問”:問誰打的、問為何急、問錢去哪裡。貼了以後,上當的人少了一半。",
    "q2": "記者:已經交了押金的人該怎麼辦?",
    "q2-a1": "修船師傅:趕快到儲蓄所,請他們把那筆錢攔下。越早去,越容易攔住。",
}
SCRAPED = f"""\
  • <tr id="x1"></tr>
  • 海鮮大促銷_今日特價_免費領取_點擊進入_快來搶購 ?

    漁市攤主識破假電話 巡查員和修船師傅答記者問

    2020-03-09 08:00:00
    港口報 2020年3期
    關鍵詞:漁市電話押金

    {BODY["p1"].replace("怪事", "怪事(shì)").replace("管理", "管(guǎn)理")}

    {BODY["p2"]}

    怎樣識破假電話

    {BODY["q1"].replace("訣竅", "訣竅（juéqiào）")}

    {BODY["q1-a1"].replace("管理處", "管理(lǐ)處")}
    {BODY["q1-a2"].replace("上當", "上 當")}

    交了押金怎麼辦

    {BODY["q2"]}

    {BODY["q2-a1"]}

    猜你喜歡
    漁市春季開張
    燈塔為何夜裡不亮?
    港口報(2019年7期)2019-07-01 10:00:00
    東港| 西港| 南灣| 北灣| 燈塔島| 漁市街|
"""
SIMPLIFIED = """\
记者：骗子常用什么说法？

社区民警：他们说你的银行卡出了事，要你把钱转到所谓的安全账户。凡是这样说的，都是骗子。
"""
ENGLISH = """\
Voices on the quay
By Jane Roe
3 March 2024

Every week the keepers of the lighthouse hear from people who paid a
deposit to a caller. Two of them spoke to us, and this is what they said.

How callers choose

Reporter: Why do so many people believe the caller? Is it
greed?

Sergeant Mary Poole: No. It is fear & haste; the caller says that only
he can help.

We tell everyone the same: put the phone down, and ring back on a number
that you looked up yourself (the one on your card).

Reporter: Anything else?

Mary Poole: Yes.

Related articles
Ten signs of a scam you should know
Why did nobody stop the courier?
Home | News | Sport | Weather | Contact us
© 2024 The Quay Times. All rights reserved.
"""


def texts(article: SourceText) -> dict[str, str]:
    return {passage.id: passage.text for passage in article.passages}


def problem_with(data: bytes) -> str:
    with pytest.raises(QuizgenError) as raised:
        read_source_text(data, "a.txt")
    assert len(raised.value.problems) == 1
    return str(raised.value)


def page(paragraphs: list[str], head: str = "") -> str:
    menu = "".join(f'<li><a href="/{n}">港口新聞第{n}版</a></li>' for n in range(6))
    related = "".join(f'<li><a href="/r{n}">燈塔{n}號夜裡不亮了。漁民怎麼辦?</a></li>' for n in range(6))
    return (
        f"<!DOCTYPE html><html><head>{head}<title>漁市 - 港口報</title></head><body>"
        f"<nav><ul>{menu}</ul></nav><article><h1>漁市攤主識破假電話</h1>"
        + "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        + f'</article><div class="related"><h3>猜你喜歡</h3><ul>{related}</ul></div>'
        "<footer><p>港口報版權所有,未經許可不得轉載。有事請打電話。</p></footer></body></html>"
    )


# What cannot be read


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_a_problem(data: bytes) -> None:
    assert "is empty" in problem_with(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01\0\0\0" + bytes(range(256)) * 4,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
        b"\x01\x02\x03abc\x04\x05" * 50,
    ],
)
def test_a_binary_file_is_a_problem(data: bytes) -> None:
    assert "is a binary file, not a text" in problem_with(data)


def test_a_huge_file_is_a_problem() -> None:
    assert "is over 5 MB" in problem_with(b"a" * (MAX_BYTES + 1))


def test_a_text_of_very_many_passages_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_PASSAGES", 2)
    paragraphs = [f"The library opens its doors to everybody at half past {n}." for n in range(3)]
    assert len(read_source_text("\n\n".join(paragraphs[:2]).encode(), "a.txt").passages) == 2
    said = problem_with("\n\n".join(paragraphs).encode())
    assert said == "a.txt: has more than 2 passages; give only the part that the questions are about"


@pytest.mark.parametrize(
    "text", ["海鮮大促銷\n首頁 | 新聞 | 服務\n", "<html></html>", "<!doctype html>", "\u3000\u200b\n"]
)
def test_a_file_without_a_sentence_is_a_problem(text: str) -> None:
    assert "has no paragraph of running text" in problem_with(text.encode())


def test_bytes_of_no_encoding_are_a_problem() -> None:
    assert "unknown encoding" in problem_with(bytes(range(0x80, 0x100)) * 20)


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8", "UTF-8"), ("gb18030", "GB 18030"), ("big5", "Big5"), ("utf-16", "UTF-16")],
)
def test_a_damaged_file_is_refused_with_its_line(codec: str, name: str) -> None:
    data = SCRAPED.encode(codec, "ignore")
    spot = data.index("三月八日".encode(codec.replace("16", "16-le")))
    # UTF-16 is wrong where half of a pair stands alone.
    broken = data[:spot] + (b"\x00\xd8" if codec == "utf-16" else b"\xff\xff") + data[spot + 2 :]
    line = SCRAPED[: SCRAPED.index("三月八日")].count("\n") + 1
    told = problem_with(broken)
    assert told.startswith(f"a.txt:{line}:5: is damaged: byte ")
    assert f"is not {name}" in told


def test_a_damaged_file_that_is_nearly_ascii_is_refused_too() -> None:
    data = "The “deposit” is a lie, and so is the “refund”. Hang up.".encode()
    assert "is damaged" in problem_with(data.replace(b"\x9c", b"\xff", 1))


# Encodings and wrappers


@pytest.mark.parametrize(
    "data",
    [
        SCRAPED.encode(),
        b"\xef\xbb\xbf" + SCRAPED.encode(),
        SCRAPED.replace("\n", "\r\n").encode(),
        SCRAPED.replace("\n", "\r").encode(),
        SCRAPED.encode("utf-16"),
        SCRAPED.encode("utf-16-be"),
        SCRAPED.encode("gb18030"),
        SCRAPED.encode("big5hkscs", "ignore"),
        SCRAPED.encode("big5", "ignore"),
        SCRAPED.encode("big5", "xmlcharrefreplace"),
        SCRAPED.replace("\n    ", "\n\u3000\u3000").replace(",", ",\u200b").encode(),
        SCRAPED.replace("\n\n", "\n").encode(),
        page(list(BODY.values())).encode(),
        page([escape(line) for line in SCRAPED.splitlines()]).encode(),
        page(list(BODY.values())).encode("gb18030"),
        page(list(BODY.values()), '<meta charset="gb2312">').encode("gb18030"),
        page(list(BODY.values()), '<meta charset="big5">').encode("big5", "ignore"),
        page(list(BODY.values()), '<meta charset="iso-8859-1">').encode("big5", "ignore"),
        page(list(BODY.values()), '<meta charset="utf-8">').encode("gb18030"),
        page([f"{text[:9]}\n      {text[9:]}" for text in BODY.values()]).encode(),
        page([text.replace("記者:", "<b>記者:</b> ") for text in BODY.values()]).encode(),
        page([text.replace("事", "<ruby>事<rt>shì</rt></ruby>") for text in BODY.values()]).encode(),
        "".join(f"<p>{text}" for text in BODY.values()).encode(),
    ],
)
def test_the_same_words_are_the_same_passages_whatever_they_come_in(data: bytes) -> None:
    article = read_source_text(data, "a")
    assert texts(article) == BODY
    assert [passage.digest for passage in article.passages] == [digest(text) for text in BODY.values()]


@pytest.mark.parametrize("width", [20, 23, 31, 40])
def test_lines_broken_by_hand_are_joined(width: int) -> None:
    broken = "\n\n".join(
        "\n".join(text[start : start + width] for start in range(0, len(text), width))
        for text in BODY.values()
    )
    assert texts(read_source_text(broken.encode(), "a")) == BODY


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        ("骗子打来电话，说你的银行卡涉案。请马上挂断，再去派出所问清楚。", "gb2312", "GB 18030"),
        ("騙子打來電話，說你的銀行卡涉案。請馬上掛斷，再去派出所問清楚。", "gb18030", "GB 18030"),
        ("騙子打來電話，說你的銀行卡涉案。請馬上掛斷，再去派出所問清楚。", "big5", "Big5"),
        ("The café's owner said it was a “fraud”, and that she paid £50.", "cp1252", "Windows-1252"),
        ("Die Täter überwiesen das Geld über mehrere Konten nach Österreich.", "cp1252", "Windows-1252"),
        ("Мошенники звонят людям и просят перевести деньги. Не верьте им.", "cp1251", "Windows-1251"),
        ("電話で銀行のカードを貸してほしいと言われました。断りましょう。", "cp932", "Shift_JIS"),
    ],
)
def test_an_encoding_is_recognised_by_two_sentences(text: str, codec: str, encoding: str) -> None:
    article = read_source_text(text.encode(codec), "a")
    assert article.encoding == encoding
    assert article.passages[0].text == text


@pytest.mark.parametrize(
    "label", ["utf-8", "utf-16", "x-user-defined", "replacement", "nonsense", "iso-8859-1", ""]
)
def test_an_impossible_declared_encoding_is_ignored(label: str) -> None:
    html = page(list(BODY.values()), f'<meta charset="{label}">').encode("gb18030")
    assert texts(read_source_text(html + b" " * (len(html) % 2), "a")) == BODY


def test_a_wrong_declared_encoding_causes_no_traceback() -> None:
    for label in webencodings.LABELS:
        data = f'<meta charset="{label}">騙子打來電話，說你的銀行卡涉案。請馬上掛斷，再去派出所。'.encode(
            "gb18030"
        )
        for sample in (data, data + b"\xff"):
            with contextlib.suppress(QuizgenError):
                assert read_source_text(sample, "a").passages, label


def test_simplified_has_the_same_ids_and_its_own_digests() -> None:
    article = read_source_text(SIMPLIFIED.encode("gb2312"), "a")
    assert [(passage.id, passage.speaker) for passage in article.passages] == [
        ("q1", "记者"),
        ("q1-a1", "社区民警"),
    ]


# Cleaning


@pytest.mark.parametrize(
    ("scraped", "cleaned"),
    [
        ("產業(yè)鏈", "產業鏈"),
        ("集团（tuán）公司", "集团公司"),
        ("銀行(hang2)", "銀行"),
        ("行业(HÁNG)", "行业(HÁNG)"),
        ("產業(ㄧㄝˋ)", "產業"),
        ("電信(diànxìn)詐騙(Zhà piàn)", "電信詐騙"),
        ("東西(dōngxi)不見了", "東西不見了"),
        ("女(nǚ)士", "女士"),
        ("维生素C(vc)", "维生素C(vc)"),
        ("反詐(APP)", "反詐(APP)"),
        ("他(he)說", "他(he)說"),
        ("距離(l)與時間(t)", "距離(l)與時間(t)"),
        ("(a) 第一", "(a) 第一"),
        ("港口(漁市)", "港口(漁市)"),
    ],
)
def test_only_the_reading_of_a_word_is_a_gloss(scraped: str, cleaned: str) -> None:
    assert clean_paragraph(scraped) == cleaned


def test_a_gloss_may_lack_accents_that_the_encoding_lacks() -> None:
    assert clean_paragraph("產業(y)鏈與產業(y?)", has_accents=False) == "產業鏈與產業"
    assert clean_paragraph("反詐(APP)", has_accents=False) == "反詐(APP)"


@pytest.mark.parametrize(
    ("scraped", "cleaned"),
    [
        ("• \u00a0漁市\u3000開張", "漁市開張"),
        ("•●  漁市", "漁市"),
        ("漁\u200b市\ufeff開\u00ad張", "漁市開張"),
        ("in  the\u00a0 harbour", "in the harbour"),
        ("用 app 查 3 次", "用 app 查 3 次"),
        ("他說, 好。 “走” 吧", "他說,好。“走”吧"),
        ("e\u0301t\u00e9", "été"),
        ("\x1b[31m紅\u202e", "[31m紅"),
        ("-5 degrees", "-5 degrees"),
        ("- five degrees", "five degrees"),
    ],
)
def test_spaces_bullets_and_invisible_characters_are_not_wording(scraped: str, cleaned: str) -> None:
    assert clean_paragraph(scraped) == cleaned


@pytest.mark.parametrize(
    ("scraped", "plain"),
    [
        ("a < b and b > c", "a < b and b > c"),
        ("write <name> here, x<y", "write <name> here, x<y"),
        ('<tfoot id="y"><noscript id="y"></noscript></tfoot>漁市', "漁市"),
        ("漁市<br/>碼頭<td>", "漁市\v碼頭\v"),
        ("fish &amp; chips &#x2014; R&D &nosuch;", "fish & chips — R&D &nosuch;"),
        ("&lt;b&gt;", "<b>"),
        ("a<!-- not\nthis -->b<script>x<y</script>", "a\nb"),
    ],
)
def test_only_tags_and_entities_of_html_are_removed(scraped: str, plain: str) -> None:
    assert strip_html_tags(scraped) == plain


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("## 漁市", "漁市"),
        ("> > 漁市", "漁市"),
        ("**漁市**與__碼頭__與*燈塔*", "漁市與碼頭與燈塔"),
        ("[漁市](https://quay.example/a)![圖](b.png)", "漁市"),
        ("1\\. `漁市`\\", "1. 漁市"),
        ("2 * 3 * 4, snake_case_name, #1, [sic]", "2 * 3 * 4, snake_case_name, #1, [sic]"),
        ("a\n\n# b\n", "a\n\nb\n"),
    ],
)
def test_only_markup_of_markdown_is_removed_and_every_line_stays(marked: str, plain: str) -> None:
    assert strip_markdown(marked) == plain


@example("產業(yè)(yè)鏈")
@example("電 信(diànxìn)詐騙")
@example("他 . 好")
@example("か \u3099")
@given(st.text(alphabet=st.characters() | st.sampled_from("業(yè) \u3000•漁市,。“”<>&;-\u200b")))
def test_clean_text_stays_as_it_is_and_can_be_seen(text: str) -> None:
    cleaned = clean_paragraph(text)
    assert clean_paragraph(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(character) in {"Cc", "Cf"} for character in cleaned)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_an_article_or_a_problem(data: bytes) -> None:
    try:
        article = read_source_text(data, "a")
    except QuizgenError:
        return
    assert article.passages


# Passages


def test_lines_speakers_and_title_of_plain_text() -> None:
    article = read_source_text(SCRAPED.encode(), "a")
    lines = SCRAPED.splitlines()
    assert article.title == "漁市攤主識破假電話 巡查員和修船師傅答記者問"
    assert (article.encoding, article.form) == ("UTF-8", "text")
    assert {passage.id: passage.speaker for passage in article.passages if passage.speaker} == {
        "q1": "記者",
        "q1-a1": "漁市管理處巡查員",
        "q2": "記者",
        "q2-a1": "修船師傅",
    }
    for passage in article.passages:
        assert clean_paragraph(lines[passage.line - 1]) == passage.text


def test_an_html_page_has_a_title_and_no_lines() -> None:
    article = read_source_text(page(list(BODY.values())).encode(), "a")
    assert (article.title, article.form) == ("漁市攤主識破假電話", "HTML")
    assert {passage.line for passage in article.passages} == {0}


def test_an_english_interview() -> None:
    article = read_source_text(ENGLISH.encode(), "a")
    assert article.title == "Voices on the quay"
    assert [(passage.id, passage.line, passage.speaker) for passage in article.passages] == [
        ("p1", 5, ""),
        ("q1", 10, "Reporter"),
        ("q1-a1", 13, "Sergeant Mary Poole"),
        ("q1-a2", 16, ""),
        ("q2", 19, "Reporter"),
        ("q2-a1", 21, "Mary Poole"),
    ]
    assert texts(article)["q1"] == "Reporter: Why do so many people believe the caller? Is it greed?"


def test_a_passage_knows_the_question_that_it_answers() -> None:
    """A heading ends what a question is about. The title is no question, and neither is a passage that ends in one."""
    lines = (
        "Who calls at night?",
        "The clerk at the harbour told us, over a long lunch, what she hears every day.",
        "Why do people fall for it?",
        "Because the caller is kind, and most of us are polite when somebody is kind.",
        "A caller who is in a hurry wants you to have no time to think about it.",
        "The harbour today",
        "The harbour has three cranes, and the oldest one still lifts a boat on Sundays.",
        "What is the first step?",
        "Hang up, and call the number on the back of your card. Do you have it with you?",
    )
    article = read_source_text("\n\n".join(lines).encode(), "a")
    why, first = "Why do people fall for it?", "What is the first step?"
    assert [passage.question for passage in article.passages] == ["", why, why, "", first]
    interview = read_source_text(ENGLISH.encode(), "a").passages
    asked = [passage.text for passage in interview if passage.id in ("q1", "q2")]
    assert [passage.question for passage in interview] == ["", "", asked[0], asked[0], "", asked[1]]


def test_a_speaker_who_only_asks_is_a_reporter() -> None:
    talk = "Quay Times: Who calls?\nPoole: A liar.\nQuay Times: Who else?\nPoole: Nobody does."
    assert list(texts(read_source_text(talk.encode(), "a"))) == ["q1", "q1-a1", "q2", "q2-a1"]


def test_words_quoted_after_a_colon_have_no_label() -> None:
    news = "A spokesman said: “Nobody from a bank will fetch your card.” He asked people to look out.\n"
    article = read_source_text((news + news.replace("Nobody", "No one")).encode(), "a")
    assert [(passage.id, passage.speaker) for passage in article.passages] == [("p1", ""), ("p2", "")]


def test_paragraphs_begun_by_an_indent_or_a_bullet_stay_apart() -> None:
    news = (
        "　　漁市的巡查員每天清早在碼頭走一圈，看有沒有人上了假電\n話的當。\n"
        "　　他說，最要緊的是不急。電話裡催得越緊，越要放下電話，到\n管理處去問一問。\n"
        "• 先掛斷電話，再去管理處當面問個清楚。\n• 不要把押金交給沒有見過面的人，一分也不要。\n"
    )
    assert list(texts(read_source_text(news.encode(), "a")).values()) == [
        "漁市的巡查員每天清早在碼頭走一圈，看有沒有人上了假電話的當。",
        "他說，最要緊的是不急。電話裡催得越緊，越要放下電話，到管理處去問一問。",
        "先掛斷電話，再去管理處當面問個清楚。",
        "不要把押金交給沒有見過面的人，一分也不要。",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "海鮮大促銷_今日特價_免費領取_點擊進入_快來搶購_海鮮大促銷_今日特價_免費領取 ?",
        "東港| 西港| 南灣| 北灣| 燈塔島| 漁市街| 東港| 西港| 南灣|",
        "對已經交了押金的攤主要不要再收一筆手續費,這樣做是否合適?",
        "港口報(2019年7期)2019-07-01 10:00:00",
        "關鍵詞:漁市、電話、押金、燈塔、碼頭、管理處、巡查員、修船師傅",
        "Why did nobody stop the courier at the door of the bank?",
        "© 2024 The Quay Times. All rights reserved. Registered in England.",
        "Read more at https://quay.example/news/2024/03/couriers-at-the-door.html.",
    ],
)
def test_text_without_sentences_is_not_prose(line: str) -> None:
    assert not is_prose(line)


def test_a_tag_with_very_many_attributes_is_read_without_them() -> None:
    """The parser compares each attribute with each other, so very many took minutes."""
    attributes = " ".join(f'a{number}="1"' for number in range(100_000))
    page = f"<html><body><p {attributes}>Police never ask for a code, neither by telephone nor by text.</p></body></html>"
    (passage,) = read_source_text(page.encode(), "page.html").passages
    assert passage.text.startswith("Police never ask")


@pytest.mark.parametrize("character", ["\f", "\v", "&#12;", "&#12 ", "&#x1f;", "\x01", "\ufffe", "&#65535;"])
def test_control_characters_of_a_web_page_separate_words(character: str) -> None:
    sentence = f"Police never ask{character}for a code, neither by telephone nor by text. " * 3
    page = f"<html><body><h1>On{character}codes</h1><p title='{character}'>{sentence}</p></body></html>"
    read = read_source_text(page.encode(), "x")
    assert " ".join(read.title.split()) == "On codes"
    assert "".join(passage.text for passage in read.passages).count("never ask for a code") == 3


@pytest.mark.parametrize("number", ["一6", "1一", "1一百", "9" * 4_301, "一" * 4_301, "九" * 13])
def test_false_article_numbers_stop_nothing(number: str) -> None:
    read = read_source_text(
        f"第{number}条 警方不会索要验证码。任何人索要验证码，都是诈骗，请立即挂断。\n".encode(), "x"
    )
    assert [passage.id for passage in read.passages] == ["p1"]
