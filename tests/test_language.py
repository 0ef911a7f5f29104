import ast
import re
import string
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from jinja2 import Environment

from quizgen.cli import application
from quizgen.cli.options import language_from
from quizgen.cli.printing import LayoutGroup
from quizgen.errors import MisuseError, problem
from quizgen.files import shipped
from quizgen.lint.rule import Severity
from quizgen.profile import Profile
from quizgen.text.foreign import Foreign, in_their_languages
from quizgen.text.languages import (
    LANGUAGES,
    derived,
    from_the_right,
    language_of_locale,
    language_of_tag,
    locale,
    localize,
    readable,
    table,
    tables,
)
from quizgen.text.messages import counted, message, messages, spoken, text

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
    assert language_of_tag(tag) == language


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
    assert language_of_locale(environment) == language


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
    assert language_of_tag(tag, among) == language
    assert language_of_locale({"LANG": tag}, among) == (language or "en" if "en" in among else among[-1])


def test_a_bank_is_readable_in_its_languages_and_derived_ones() -> None:
    assert readable(("fr", "zh-Hans", "en")) == ("en", "zh-Hans", "zh-Hant", "fr")
    assert readable(("fr",)) == ("fr",)


def test_a_language_without_a_file_has_its_name_and_speaks_english() -> None:
    assert [locale(tag).autonym for tag in ("fr", "pt-BR", "xx")] == ["Français", "Português", "xx"]
    assert locale("fr").months == locale("en").months
    assert counted("take.title", 1, seed=7).said("fr") == "Quizgen: 1 question, seed 7"
    assert [message(tag, "paper.name") for tag in ("en-GB", "zh-CN", "zh-TW")] == ["Name", "姓名", "姓名"]
    assert not isinstance(message("en-GB", "paper.name"), Foreign)
    assert [locale(tag).autonym for tag in ("zh-TW", "en-GB")] == ["繁體中文", "English"]
    assert [tag for tag in ("ar", "he-IL", "az-Arab", "ar-Latn", "fr", "zh-Hans") if from_the_right(tag)] == [
        "ar",
        "he-IL",
        "az-Arab",
    ]


def test_words_in_another_language_know_it_and_say_so_in_html() -> None:
    templates = Environment(autoescape=True)
    templates.globals["message"] = lambda id_, **values: message("fr", id_, **values)
    template = templates.from_string(
        '<style>p { content: "{{ message("paper.name") }}" }</style>'
        '<p title="{{ message("paper.name") }}">{{ stem }} {{ message("paper.score") }} {{ other }}'
        '<i lang="x" title="{{ message("paper.name") }}">{{ message("paper.logo-of", organiser="<A & B>") }}</i></p>'
    )
    words = {"stem": localize({"fr": "cœur"}, "fr"), "other": localize({"de": "Herz & Co"}, "fr")}
    assert in_their_languages(template.render(words)) == (
        '<style>p { content: "Name" }</style>'
        '<p lang="en" title="Name">cœur <bdi lang="en">Score</bdi> <bdi lang="de">Herz &amp; Co</bdi>'
        '<i lang="x" title="Name"><bdi lang="en">Logo of &lt;A &amp; B&gt;</bdi></i></p>'
    )
    assert not isinstance(message("zh-Hant", "paper.name"), Foreign)
    assert not isinstance(localize({"zh-Hans": "心"}, "zh-Hant"), Foreign)


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(MisuseError, match="no language 'fr': there are en, zh-Hans, zh-Hant"):
        language_from("fr")
    with pytest.raises(MisuseError, match=r"zh-Hant$"):
        language_from("de")


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
    assert derived(simplified, "zh-Hant") == taiwanese


def test_our_bank_has_no_words_that_are_known_to_turn_out_wrong_in_traditional() -> None:
    """Words run together across a boundary: 卡里 (as in 卡里路), 道里, 签 as a lot drawn, 并联 before 系."""
    wrong = re.compile("[卡道]里|籤|聯系|乾的")
    files = sorted(shipped("question_bank").glob("*.yaml"))
    found = [
        (file.name, hit[0])
        for file in files
        for hit in wrong.finditer(derived(file.read_text("utf-8"), "zh-Hant"))
    ]
    assert files
    assert found == []


def message_tables() -> list[str]:
    return [name for name in tables("en") if name not in ("locale", "words", "autonyms")]


def fields(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def all_messages(language: str) -> dict[str, str]:
    return {
        f"{table}.{name}": words
        for table in message_tables()
        for name, words in messages(language, table).items()
    }


def test_no_language_has_a_table_that_english_lacks() -> None:
    for language in LANGUAGES:
        assert set(tables(language)) <= {"locale", "words", "autonyms", *message_tables()}


def test_a_mistake_in_a_file_of_a_language_is_named_with_its_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "de.toml").write_text('[locale]\nautonym = "Deutsch"\n\n[paper]\nname = "a"\nname = "b"\n')
    monkeypatch.setattr("quizgen.text.languages._FOLDER", tmp_path)
    monkeypatch.setattr("quizgen.text.languages.LANGUAGES", ("de",))
    tables.cache_clear()
    with pytest.raises(ValueError, match=r"de\.toml: .*line 6"):
        tables("de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_shipped_language_lacks_a_message_or_a_value(language: str) -> None:
    """One on a single thing (``…-one``) may be said as of many."""
    english, own = all_messages("en"), all_messages(language)
    assert own.keys() <= english.keys()
    assert {id_ for id_ in english.keys() - own.keys() if id_.removesuffix("-one") not in own} == set()
    assert {id_: fields(words) for id_, words in own.items()} == {id_: fields(english[id_]) for id_ in own}
    assert all(words.strip() for words in own.values())
    assert len(locale(language).months) == 12


def test_a_language_writes_itself_only_what_is_not_derived_anyway() -> None:
    for language in LANGUAGES:
        if base := locale(language).base:
            same = [
                (each, name)
                for each in message_tables()
                for name, words in table(language, each).items()
                if words == derived(messages(base, each)[name], language)
            ]
            assert same == []


@cache
def strings_in_the_code() -> tuple[frozenset[str], frozenset[re.Pattern[str]]]:
    """Strings that stand whole in the code, and patterns of those that are put together."""
    whole, patterns = (
        {*map(str.lower, LANGUAGES), *map(str, Severity), *Profile.__struct_fields__},
        set[str](),
    )
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        pieces = {
            id(piece) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                written = [
                    str(piece.value) if isinstance(piece, ast.Constant) else "" for piece in node.values
                ]
                if re.search("[a-z]", "".join(written)):
                    patterns.add("".join(re.escape(piece) or "([a-z0-9-]+)" for piece in written))
    for path in PACKAGE.glob("text/words/*.toml"):
        words = tomllib.loads(path.read_text(encoding="utf-8"))
        whole |= words["forms"].keys() | words["acts"].keys()
    return frozenset(whole), frozenset(map(re.compile, patterns))


ID = re.compile(rf"(?:{'|'.join(message_tables())})\.(?!(?:html|toml|yaml|json|jsonl|pdf|db|py)$)[a-z0-9-]+")


@cache
def asked_for() -> set[str]:
    """Every message that the code and the templates name outright."""
    templates = (PACKAGE.parent / "templates").glob("*.html")
    in_templates = (
        re.findall(r'message\("([a-z.-]+)"', path.read_text(encoding="utf-8")) for path in templates
    )
    return {words for words in strings_in_the_code()[0] if ID.fullmatch(words)}.union(*in_templates)


def put_together(words: str, beginning: str) -> bool:
    """Whether the code has an f-string for these words that begins so, and strings that fill it."""
    whole, patterns = strings_in_the_code()
    return any(
        all(filled in whole or put_together(filled, "[a-z]{3}") for filled in found.groups())
        for pattern in patterns
        if re.match(beginning, pattern.pattern) and (found := pattern.fullmatch(words))
    )


def test_every_message_asked_for_exists() -> None:
    asked = asked_for()
    assert len(asked) > 20
    assert asked <= set(all_messages("en"))


def commands_below(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    yield "-".join(path) or "quizgen", command
    if isinstance(command, click.Group) and not isinstance(command, LayoutGroup):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below
            yield from commands_below(below, (*path, name))


def test_every_command_and_option_has_its_help_in_every_language() -> None:
    """And no help is left over of one that is gone."""
    named = {"help": set[str](), "options": {"help"}}
    for path, command in commands_below(application()):
        named["help"].add(path)
        for option in command.params:
            name = str(option.name).replace("_", "-")
            own = f"{path}-{name}"
            of_layouts = (getattr(option, "help", None) or "").startswith("print.")
            if not of_layouts:
                named["options"].add(own if own in messages("en", "options") else name)
    titles = {name for name in messages("en", "help") if name.endswith(("-title", "-value"))}
    assert set(messages("en", "help")) == named["help"] | titles
    assert set(messages("en", "options")) == named["options"]


def unused(ids: Iterable[str]) -> set[str]:
    """Those messages that nothing in the code says."""
    script = (shipped("templates") / "page.js").read_text(encoding="utf-8")
    of_the_page = {f"page.{word}" for word in re.findall("[a-z0-9-]+", script)}
    return {
        id_
        for id_ in ids
        if id_ not in of_the_page
        and not id_.startswith(("help.", "options."))  # held above, by the commands' own names
        and not {id_, id_.removesuffix("-one")} & asked_for()
        and not put_together(id_, r"[a-z]+\\\.")
        and not put_together(id_.removesuffix("-one"), r"[a-z]+\\\.")
    }


def test_every_message_is_used() -> None:
    assert unused(all_messages("en")) == set()


def test_a_message_that_nothing_says_would_be_found() -> None:
    gone = {"take.no-such-outcome", "app.no-such-key", "lint.no-such-rule", "page.hint-lantern"}
    assert unused(gone | {"take.right", "lint.warning", "page.hint-truth"}) == gone


def test_words_that_look_like_an_id_are_words() -> None:
    assert spoken("node.js", "en") == "node.js"
    assert str(problem("a.txt", file="b")) == "b: a.txt"
    assert spoken("take.right", "zh-Hans") == message("zh-Hans", "take.right")


def test_a_missing_message_or_value_is_loud() -> None:
    with pytest.raises(KeyError):
        message("en", "paper.no-such-message")
    with pytest.raises(KeyError):
        message("en", "paper.seed", wrong=1)


def test_what_a_language_lacks_is_said_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "quizgen.text.messages.messages", lambda tag, table: messages(tag, table) if tag == "en" else {}
    )
    assert message("zh-Hans", "take.right") == "Right."


def test_a_message_is_said_once_its_reader_is_known() -> None:
    asked = text("cli.no-language", asked="{frank}", languages=("en", "zh-Hans"))
    assert str(asked) == "no language '{frank}': there are en, zh-Hans"
    assert asked.said("zh-Hans") == "没有语言 '{frank}'，可选：en、zh-Hans"
    found = problem(
        "cli.no-language", "cli.did-you-mean", file="x", asked="e", languages=("a",), near="[b]en"
    )
    assert str(found) == "x: no language 'e': there are a; did you mean [b]en?"
    assert found.said("zh-Hans").startswith("x: 没有语言 'e'，可选：a；")
    assert problem("It is.") < found


def test_lists_and_numbers_of_things(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"it-one": "it is {count}", "it": "they are {count}", "one-of": "{these:either}"}
    monkeypatch.setattr("quizgen.text.messages.messages", lambda *_: table)
    assert [str(counted("x.it", number)) for number in (0, 1, 2)] == ["they are 0", "it is 1", "they are 2"]
    for members, said in (((), ""), (("a",), "a"), (("a", text("x.it", count=2), "c"), "a, they are 2 or c")):
        assert str(text("x.one-of", these=members)) == said
    assert text("x.one-of", these=("甲", "乙", "丙")).said("zh-Hans") == "甲、乙或丙"
    assert text("x.one-of", these=("csv", "gift")).said("zh-Hant") == "csv 或 gift"


SHOWING = {"echo": 1, "secho": 1, "print": 9, "print_lines": 1, "paragraph": 1, "Span": 1, "write": 1}
"""What puts words before a person, and how many of its arguments are such words."""

NAMES = {"Quizgen", "quizgen", "PgUp", "PgDn", "Enter", "Ctrl", "Esc", "Tab", "Space", "null"}


def shown_words(tree: ast.AST) -> Iterator[str]:
    """English words, even a single one, in what a module of the command line or the screen shows."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        for argument in node.args[: SHOWING.get(name, 0)]:
            asked = {
                id(inner)
                for call in ast.walk(argument)
                if isinstance(call, (ast.Call, ast.Subscript, ast.Compare))
                for inner in ast.walk(call)
            }
            for part in ast.walk(argument):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in asked:
                    yield from (word for word in re.findall("[A-Za-z]{3,}", part.value) if word not in NAMES)


def test_no_word_is_shown_that_is_no_message() -> None:
    """Where words come before a person, a single one is enough to be found."""
    found = {
        path.relative_to(PACKAGE).as_posix(): list(shown_words(ast.parse(path.read_text(encoding="utf-8"))))
        for folder in ("cli", "screen")
        for path in (PACKAGE / folder).rglob("*.py")
    }
    assert {name: words for name, words in found.items() if words} == {}
    assert list(shown_words(ast.parse('typer.echo("Done."); print_lines([f"Score: {right}"])'))) == [
        "Done",
        "Score",
    ]
    assert list(shown_words(ast.parse('typer.echo(message(language, "take.score"))'))) == []


def test_no_brace_is_doubled_where_no_value_is_filled_in() -> None:
    """Only a message with values is a format, in which a brace is written twice."""
    for language in LANGUAGES:
        for id_, words in all_messages(language).items():
            assert fields(words) or not re.search(r"\{\{\{|\}\}\}", words), id_
