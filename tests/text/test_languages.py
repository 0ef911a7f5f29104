"""Languages: which one is meant, how it is written, and texts of a bank in it."""

import re
from pathlib import Path

import pytest

from quizgen.cli.options import resolve_language
from quizgen.errors import MisuseError
from quizgen.files import shipped_folder
from quizgen.text.languages import (
    FALLBACK,
    LANGUAGES,
    convert_to_derived_language,
    find_language,
    is_right_to_left,
    language_from_environment,
    locale,
    localize,
    read_language_file,
    readable_languages,
)
from quizgen.text.messages import _, ngettext


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"),
        ("en_GB.UTF-8", "en"),
        ("zh", "zh-Hans"),
        ("zh_CN.GB18030", "zh-Hans"),
        ("zh_SG", "zh-Hans"),
        ("ZH-HANS", "zh-Hans"),
        ("zh-Hans-CN", "zh-Hans"),
        ("zh_TW.Big5", "zh-Hant"),
        ("zh_HK@stroke", "zh-Hant"),
        ("zh-hant", "zh-Hant"),
        ("C", None),
        ("fr_FR", None),
        ("", None),
    ],
)
def test_reads_language_tags_and_locales(tag: str, language: str | None) -> None:
    assert find_language(tag) == language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh-Hans"),
    ],
)
def test_the_locale_decides_if_no_language_is_asked_for(environment: dict[str, str], language: str) -> None:
    assert language_from_environment(environment) == language


@pytest.mark.parametrize(
    ("tag", "among", "language"),
    [
        ("FR_ca.UTF-8", ("en", "fr"), "fr"),
        ("pt", ("en", "pt-BR"), "pt-BR"),
        ("pt-PT", ("en", "pt-BR"), None),
        ("zh", ("fr", "zh-Hans"), "zh-Hans"),
        ("f", ("fr",), None),
    ],
)
def test_a_tag_is_read_as_one_of_a_bank(tag: str, among: tuple[str, ...], language: str | None) -> None:
    assert find_language(tag, among) == language
    assert language_from_environment({"LANG": tag}, among) == (
        language or "en" if "en" in among else among[-1]
    )


def test_a_bank_is_readable_in_its_languages_and_in_what_is_derived_from_them() -> None:
    assert readable_languages(("fr", "zh-Hans", "en")) == ("en", "zh-Hans", "zh-Hant", "fr")
    assert readable_languages(("fr",)) == ("fr",)


def test_a_language_without_a_folder_has_its_own_name_and_english_messages() -> None:
    assert [locale(tag).autonym for tag in ("fr", "pt-BR", "xx")] == ["Français", "Português", "xx"]
    assert locale("fr").months == locale("en").months
    assert ngettext("{count} fact", "{count} facts", 1).translated("fr") == "1 fact"
    assert [_("Name").translated(tag) for tag in ("en-GB", "zh-CN", "zh-TW")] == ["Name", "姓名", "姓名"]
    assert [locale(tag).autonym for tag in ("zh-TW", "en-GB")] == ["繁體中文", "English"]
    assert [
        tag for tag in ("ar", "he-IL", "az-Arab", "ar-Latn", "fr", "zh-Hans") if is_right_to_left(tag)
    ] == [
        "ar",
        "he-IL",
        "az-Arab",
    ]


def test_an_unknown_language_is_reported() -> None:
    with pytest.raises(MisuseError, match="no language 'fr': there are en, zh-Hans, zh-Hant"):
        resolve_language("fr")
    with pytest.raises(MisuseError, match=r"zh-Hant$"):
        resolve_language("de")


def test_reads_a_text_with_its_fallbacks() -> None:
    words = {"en": "Network", "zh-Hans": "网络“诈骗”"}
    assert localize(words, "en") == "Network"
    assert localize(words, "zh-Hant") == "網路「詐騙」"
    assert localize(words | {"zh-Hant": "網路"}, "zh-Hant") == "網路"
    assert localize({"en": "Network"}, "zh-Hans") == "Network"
    assert localize({}, "en") == ""


@pytest.mark.parametrize(
    ("simplified", "taiwanese"),
    [
        ("手机里的头发", "手機裡的頭髮"),
        ("转账到这个账户，短信里有链接", "轉帳到這個帳戶，簡訊裡有連結"),
        ("个人信息、网络、视频、软件、屏幕", "個人資料、網路、影片、軟體、螢幕"),
        (
            "发群链接；从哪儿看出来的；没有资质要求；给技术支持",
            "發群組連結；從哪裡看出來的；沒有資格要求；給技術支援",
        ),
        ("家里摆一台设备；干哪几份，给谁干活", "家裡擺一台設備；做哪幾份，給誰做事"),
        # Not everything that could be said of a computer is.
        ("先挂断，再去社区；打开门支持他", "先掛斷，再去社區；打開門支持他"),
    ],
)
def test_traditional_has_the_characters_and_the_words_of_taiwan(simplified: str, taiwanese: str) -> None:
    assert convert_to_derived_language(simplified, "zh-Hant") == taiwanese


def test_our_bank_has_no_words_that_are_known_to_turn_out_wrong_in_traditional() -> None:
    """Words run together across a boundary: 卡里 (as in 卡里路), 道里, 签 as a lot drawn, 并联 before 系."""
    wrong = re.compile("[卡道]里|籤|聯系|乾的")
    files = sorted(shipped_folder("question_bank").glob("*.yaml"))
    found = [
        (file.name, hit[0])
        for file in files
        for hit in wrong.finditer(convert_to_derived_language(file.read_text("utf-8"), "zh-Hant"))
    ]
    assert files
    assert found == []


def test_a_mistake_in_a_language_file_is_reported_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "language.toml").write_text('autonym = "Deutsch"\naside = "a"\naside = "b"\n')
    monkeypatch.setattr("quizgen.text.languages._FOLDER", tmp_path)
    monkeypatch.setattr("quizgen.text.languages.LANGUAGES", ("de",))
    read_language_file.cache_clear()
    with pytest.raises(ValueError, match=r"language\.toml: .*line 3"):
        read_language_file("de")


def test_a_language_says_only_what_its_file_has_names_for() -> None:
    known = {*locale(FALLBACK)._fields, "words", "autonyms"}
    for language in LANGUAGES:
        assert set(read_language_file(language)) <= known
        assert len(locale(language).months) == 12
