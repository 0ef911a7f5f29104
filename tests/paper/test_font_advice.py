"""What to install for a character that no font here has."""

import pytest

from quizgen.errors import QuizgenError
from quizgen.paper.font_advice import describe_font_for
from quizgen.paper.weasyprint_setup import missing_font_problems


@pytest.mark.parametrize(
    ("character", "english", "chinese", "taiwanese"),
    [
        ("த", "Tamil (Debian, Ubuntu: apt install fonts-noto-core)", "泰米尔文字体", "坦米爾文字型"),
        ("ب", "Arabic (Debian, Ubuntu: apt install fonts-noto-core)", "阿拉伯文字体", "阿拉伯文字型"),
        (
            "ꯀ",
            "Meetei Mayek (Debian, Ubuntu: apt install fonts-noto-core)",
            "Meetei Mayek字体",
            "Meetei",
        ),
        ("😀", "emoji (Debian, Ubuntu: apt install fonts-noto-color-emoji)", "表情符号字体", "表情符號字型"),
        ("♫", "signs and symbols (Debian, Ubuntu: apt install fonts-symbola)", "符号字体", "符號字型"),
        ("한", "Korean (Debian, Ubuntu: apt install fonts-noto-cjk)", "韩文字体", "韓文字型"),
        ("㐂", "Chinese characters (Debian, Ubuntu: apt install fonts-noto-cjk)", "汉字字体", "漢字字型"),
        ("𠀀", "Chinese characters (Debian, Ubuntu: apt install fonts-hanazono)", "汉字字体", "漢字字型"),
    ],
)
def test_a_font_is_named_by_the_script(character: str, english: str, chinese: str, taiwanese: str) -> None:
    advice = describe_font_for(character)
    assert advice
    assert advice.translated("en") == english
    assert advice.translated("zh-Hans").startswith(chinese)
    assert advice.translated("zh-Hant").startswith(taiwanese)


@pytest.mark.parametrize("character", ["\ue000", "\U000323af", "\U0010fffd"])
def test_no_font_is_named_where_none_is_known(character: str) -> None:
    assert describe_font_for(character) is None


def test_a_script_without_a_font_is_one_line() -> None:
    hindi = [chr(code) for code in range(0x915, 0x920)]
    assert str(QuizgenError(missing_font_problems([*hindi, "த", "\U000323af"]))).splitlines() == [
        "no font here has क (U+0915), ख (U+0916), ग (U+0917), and 8 more; install a font for Devanagari (Hindi, Marathi, Nepali) (Debian, Ubuntu: apt install fonts-noto-core), or leave it out",
        "no font here has த (U+0BA4); install a font for Tamil (Debian, Ubuntu: apt install fonts-noto-core), or leave it out",
        "no font here has \U000323af (U+323AF); install a font that has it, if you know of one, or leave it out",
    ]
