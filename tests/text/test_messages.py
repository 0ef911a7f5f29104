"""Messages: English in the code, and the same in the language of the reader."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from jinja2 import Environment

from quizgen.errors import problem
from quizgen.text.messages import (
    N_,
    NOTHING,
    Message,
    _,
    as_is,
    load_catalogue,
    ngettext,
    pgettext,
    template_functions,
    translations_of,
)
from tests.test_imports import trees

PACKAGE = Path(__file__).parents[2] / "quizgen"


def test_a_message_is_translated_once_its_reader_is_known() -> None:
    asked = _("no language {asked!r}: there are {languages}", asked="{frank}", languages=("en", "zh-Hans"))
    assert str(asked) == "no language '{frank}': there are en, zh-Hans"
    assert asked.translated("zh-Hans") == "找不到语言 '{frank}'，可选：en、zh-Hans"
    near = _("did you mean {near}?")
    found = problem(
        _("no language {asked!r}: there are {languages}"),
        near,
        file="x",
        asked="e",
        languages=("a",),
        near="[b]en",
    )
    assert str(found) == "x: no language 'e': there are a; did you mean [b]en?"
    assert found.translated("zh-Hans").startswith("x: 找不到语言 'e'，可选：a；")
    assert problem(_("It is.")) < found


def test_one_english_text_may_have_two_translations() -> None:
    said = [pgettext(context, "next") for context in ("question", "line", "step")]
    assert [str(each) for each in said] == ["next"] * 3
    assert [each.translated("zh-Hans") for each in said] == ["下一题", "下一行", "下一步"]


def test_a_number_chooses_singular_or_plural() -> None:
    counted = [ngettext("{count} card", "{count} cards", number) for number in (0, 1, 2)]
    assert [str(each) for each in counted] == ["0 cards", "1 card", "2 cards"]
    assert [each.translated("zh-Hans") for each in counted] == ["0 张卡片", "1 张卡片", "2 张卡片"]


def test_lists_are_joined_as_a_language_joins_them() -> None:
    either = _("choose {choices:either}")
    cards = ngettext("{count} card", "{count} cards", 2)
    for members, said in (((), ""), (("a",), "a"), (("a", cards, "c"), "a, 2 cards or c")):
        assert str(either.with_values(choices=members)) == f"choose {said}"
    assert either.with_values(choices=("甲", "乙", "丙")).translated("zh-Hans") == "请选择 甲、乙或丙"
    assert either.with_values(choices=("csv", "gift")).translated("zh-Hant") == "請選擇 csv 或 gift"


def test_words_of_the_user_are_shown_as_they_are() -> None:
    assert as_is("take {score}").translated("zh-Hans") == "take {score}"
    assert Message(N_("Name")).translated("zh-Hans") == "姓名"
    assert not NOTHING
    assert NOTHING.translated("zh-Hans") == ""
    assert _("Name")


def test_a_text_of_a_bank_may_be_made_of_a_message() -> None:
    assert translations_of(_("True")) == {"en": "True", "zh-Hans": "正确"}
    assert translations_of(_("Not translated")) == {"en": "Not translated"}


def test_a_missing_value_raises_an_error() -> None:
    with pytest.raises(KeyError):
        str(_("Seed {seed}", wrong=1))


def shows_english() -> bool:
    said = _("Seed {seed}", seed=7).translated("zh-Hans")
    return (
        said == "Seed 7"
        and str(ngettext("{count} card", "{count} cards", 2).translated("zh-Hans")) == "2 cards"
        and pgettext("line", "next").translated("zh-Hans") == "next"
    )


@pytest.fixture
def locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in the place of ours, with nothing in it, and where the program looks for the Chinese catalogue there."""
    monkeypatch.setattr("quizgen.text.messages.locale_folder", lambda tag: tmp_path / tag)
    load_catalogue.cache_clear()
    (tmp_path / "zh-Hans" / "LC_MESSAGES").mkdir(parents=True)
    yield tmp_path / "zh-Hans" / "LC_MESSAGES" / "quizgen.mo"
    load_catalogue.cache_clear()


def test_without_a_catalogue_english_is_shown(locales: Path) -> None:
    assert not locales.exists()
    assert shows_english()


@pytest.mark.parametrize(
    "content", [b"", b"\xde\x12\x04\x95", b"\xde\x12\x04\x95" + b"\xff" * 100, b"nothing of the sort"]
)
def test_a_broken_catalogue_shows_english(locales: Path, content: bytes) -> None:
    locales.write_bytes(content)
    assert shows_english()


def test_what_a_catalogue_lacks_is_shown_in_english(locales: Path) -> None:
    made = Catalog(locale="zh_Hans")
    made.add("Name", "名字")
    with locales.open("wb") as file:
        write_mo(file, made)
    assert _("Name").translated("zh-Hans") == "名字"
    assert shows_english()


@pytest.mark.parametrize(
    "misspelt", ["卷号 {sede}", "卷号 {seed", "卷号 {}", "卷号 {seed.x}", "卷号 {seed:no-such-form}"]
)
def test_a_translation_whose_placeholders_do_not_fit_is_shown_in_english(
    locales: Path, misspelt: str
) -> None:
    made = Catalog(locale="zh_Hans")
    made.add("Seed {seed}", misspelt)
    with locales.open("wb") as file:
        write_mo(file, made)
    assert shows_english()


def test_templates_have_the_same_functions() -> None:
    templates = Environment(autoescape=True)
    templates.globals.update(template_functions("zh-Hans"))
    template = templates.from_string(
        '{{ _("Logo of {organiser}", organiser="<A & B>") }} {{ pgettext("line", "next") }} {{ ngettext("{count} card", "{count} cards", 3) }}'
    )
    assert template.render() == "&lt;A &amp; B&gt;的标志 下一行 3 张卡片"


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


def test_every_text_shown_is_a_message() -> None:
    """Where words come before a person, a single one is enough to be found."""
    found = {
        file: list(shown_words(tree))
        for file, tree in trees().items()
        if file.startswith(("cli/", "screen/"))
    }
    assert {name: words for name, words in found.items() if words} == {}
    assert list(shown_words(ast.parse('typer.echo("Done."); print_lines([f"Score: {right}"])'))) == [
        "Done",
        "Score",
    ]
    assert list(shown_words(ast.parse('typer.echo(_("Done.").translated(language))'))) == []


def scopes(tree: ast.AST) -> Iterator[ast.AST]:
    kinds = (ast.FunctionDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    return (node for node in ast.walk(tree) if isinstance(node, kinds))


def assigned(scope: ast.AST) -> Iterator[str]:
    """Name what a function assigns to itself, without what functions and comprehensions in it do."""
    inside = {id(node) for each in scopes(scope) if each is not scope for node in ast.walk(each)}
    for node in ast.walk(scope):
        if id(node) not in inside:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
            elif isinstance(node, ast.arg):
                yield node.arg


def uses_the_name_twice(tree: ast.AST) -> list[int]:
    """List the lines of functions in which ``_`` is a variable and a message is made too, which fails when they run."""
    return [
        getattr(scope, "lineno", 0)
        for scope in scopes(tree)
        if "_" in assigned(scope)
        and any(isinstance(node, ast.Call) and ast.unparse(node.func) == "_" for node in ast.walk(scope))
    ]


def test_no_function_has_a_variable_of_the_name_that_makes_messages() -> None:
    found = {file: uses_the_name_twice(tree) for file, tree in trees().items()}
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert uses_the_name_twice(ast.parse("def f():\n    a, _ = 1, 2\n    return _('a')")) == [1]


MAKING = {"_", "N_", "ngettext", "pgettext"}


def hidden_messages(tree: ast.AST) -> list[int]:
    """List the lines where ``scripts/locales`` does not find a message: within an f-string, or not written out."""
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) in MAKING
    ]
    inside = {
        id(node) for each in ast.walk(tree) if isinstance(each, ast.JoinedStr) for node in ast.walk(each)
    }
    texts = {
        id(call): call.args[: {"ngettext": 2, "pgettext": 2}.get(ast.unparse(call.func), 1)] for call in calls
    }
    return sorted(
        call.lineno
        for call in calls
        if id(call) in inside
        or not all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts[id(call)])
    )


def test_every_message_is_found_by_the_script_that_collects_them() -> None:
    found = {
        file: hidden_messages(tree) for file, tree in trees().items() if not file.endswith("/messages.py")
    }
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert hidden_messages(ast.parse("f'{_(1)}'\n_('a' if x else 'b')\n_('a', a=1)")) == [1, 2]
