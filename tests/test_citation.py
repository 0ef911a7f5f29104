import pytest

from quizgen.citation import format_citation, passage_name
from quizgen.model import Source
from quizgen.source.numbering import parse_number
from quizgen.text.numerals import format_chinese_numeral


@pytest.mark.parametrize(
    ("slug", "english", "chinese", "traditional"),
    [
        ("art31", "Art. 31", "第三十一条", "第三十一條"),
        ("art31-2", "Art. 31 (2)", "第三十一条第二款", "第三十一條第二款"),
        ("art287a", "Art. 287-1", "第二百八十七条之一", "第二百八十七條之一"),
        ("art287b-3", "Art. 287-2 (3)", "第二百八十七条之二第三款", "第二百八十七條之二第三款"),
        ("n3", "item 3", "第3条", "第3條"),
        ("p2", "para. 2", "第2段", "第2段"),
        ("q1", "question 1", "第1问", "第1問"),
        ("q1-a1", "answer 1", "第1答", "第1答"),
        ("q3-a2", "answer 3 (2)", "第3答第2段", "第3答第2段"),
        ("n1b", "n1b", "n1b", "n1b"),
        ("preamble", "preamble", "preamble", "preamble"),
    ],
)
def test_a_passage_is_named_as_people_do(slug: str, english: str, chinese: str, traditional: str) -> None:
    assert passage_name(slug, "en") == english
    assert passage_name(slug, "zh-Hans") == chinese
    assert passage_name(slug, "zh-Hant") == traditional


def test_a_citation_is_one_short_line() -> None:
    law = Source(
        "law",
        {"en": "A long title"},
        {},
        "zh-Hans",
        (),
        {"en": "Quay law", "zh-Hans": "《渔市办法》"},
    )
    assert format_citation(law, ["law/art3", "law/art10a-2"], "en") == "Quay law, Art. 3, Art. 10-1 (2)"
    assert (
        format_citation(law, ["law/art3", "law/art10a-2"], "zh-Hans")
        == "《渔市办法》第三条、第十条之一第二款"
    )


def test_a_source_without_a_short_title_uses_its_title() -> None:
    talk = Source("talk", {"en": "A talk", "zh-Hans": "漫谈"}, {}, "en", ())
    assert format_citation(talk, ["talk/p1"], "en") == "“A talk”, para. 1"
    assert format_citation(talk, ["talk/p1"], "zh-Hans") == "《漫谈》第1段"


def test_numerals_are_written_as_they_are_read() -> None:
    assert [parse_number(format_chinese_numeral(number)) for number in range(1, 10_000)] == [
        *range(1, 10_000)
    ]
    assert [format_chinese_numeral(number) for number in (10, 15, 20, 110, 205, 1001)] == [
        "十", "十五", "二十", "一百一十", "二百零五", "一千零一",
    ]  # fmt: skip
    assert format_chinese_numeral(10_000) == "10000"
