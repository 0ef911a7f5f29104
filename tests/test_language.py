import ast
import re
import string
from pathlib import Path

import pytest

from quizgen.errors import MisuseError
from quizgen.files import shipped
from quizgen.language import LANGUAGES, chosen_language, messages, named, read, say, traditional

PACKAGE = Path(__file__).parents[1] / "quizgen"


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
    assert named(tag) == language


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
def test_the_locale_decides_where_nobody_asks(environment: dict[str, str], language: str) -> None:
    assert chosen_language(None, environment) == language
    assert chosen_language("en", environment) == "en"


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(MisuseError, match=r"no language 'zh-hans-x'|no language 'fr'"):
        chosen_language("fr", {})


def test_reads_a_text_with_its_fallbacks() -> None:
    text = {"en": "Network", "zh-Hans": "网络“诈骗”"}
    assert read(text, "en") == "Network"
    assert read(text, "zh-Hant") == "網絡「詐騙」"
    assert read(text | {"zh-Hant": "網路"}, "zh-Hant") == "網路"
    assert read({"en": "Network"}, "zh-Hans") == "Network"
    assert read({}, "en") == ""


def test_traditional_keeps_words_and_marks_apart() -> None:
    assert traditional("手机里的头发") == "手機裡的頭髮"


def test_our_bank_has_no_words_that_are_known_to_turn_out_wrong_in_traditional() -> None:
    """Words run together across a boundary: 卡里 (as in 卡里路), 道里, 签 as a lot drawn, 并联 before 系."""
    wrong = re.compile("[卡道]里|籤|聯系|乾的")
    files = sorted(shipped("question_bank").glob("*.yaml"))
    found = [
        (file.name, hit[0]) for file in files for hit in wrong.finditer(traditional(file.read_text("utf-8")))
    ]
    assert files
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_missing_and_all_have_the_same_values(language: str) -> None:
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    english = messages("en")
    assert set(messages(language)) == set(english)
    assert {key: fields(text) for key, text in messages(language).items()} == {
        key: fields(text) for key, text in english.items()
    }
    assert all(text.strip() for text in messages(language).values())


def asked_for() -> set[str]:
    """Every message that the code and the templates name outright."""
    calls = (
        node
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
    )
    named = {
        str(constant.value)
        for call in calls
        for argument in call.args
        for constant in ast.walk(argument)
        if isinstance(constant, ast.Constant) and re.fullmatch(r"[a-z]+\.[a-z-]+", str(constant.value))
    }
    templates = (PACKAGE.parent / "templates").glob("*.html")
    return named.union(
        *(re.findall(r'say\("([a-z.-]+)"', path.read_text(encoding="utf-8")) for path in templates)
    )


def test_every_message_asked_for_exists() -> None:
    asked = asked_for()
    assert len(asked) > 20
    assert asked <= set(messages("en"))


def test_every_message_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    parts = set(re.findall(r"[a-z-]+", code))
    assert not {key for key in set(messages("en")) - asked_for() if key.partition(".")[2] not in parts}


def test_a_missing_message_or_value_is_loud() -> None:
    with pytest.raises(KeyError):
        say("en", "paper.no-such-message")
    with pytest.raises(KeyError):
        say("en", "paper.seed", wrong=1)
