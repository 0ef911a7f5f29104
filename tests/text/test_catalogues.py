"""The catalogues have every message in every language, and what is wrong with one is named before it is shipped."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

from quizgen.cli import application
from quizgen.cli.help_page import english_help
from quizgen.text.languages import FALLBACK, LANGUAGES, locale, locale_folder
from tests.text.catalogues import collected, contents, faults, fields, fields_of, script

TRANSLATED = [language for language in LANGUAGES if language != FALLBACK]
DERIVED = [language for language in LANGUAGES if locale(language).base]


def po_of(language: str) -> Path:
    return locale_folder(language) / "LC_MESSAGES" / "quizgen.po"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_shipped_language_lacks_a_message_or_a_placeholder(language: str) -> None:
    assert list(faults(po_of(language))) == []


@pytest.mark.parametrize("language", DERIVED)
def test_a_derived_language_is_as_its_base_and_its_own_messages_make_it(language: str) -> None:
    with po_of(language).open("rb") as file:
        shipped = read_po(file)
    made = collected()
    script().derive(made, language)
    assert contents(made) == contents(shipped)


@pytest.mark.parametrize("language", DERIVED)
def test_a_derived_language_writes_itself_only_what_is_not_derived_anyway(language: str) -> None:
    with (po_of(language).parent / "by_hand.po").open("rb") as file:
        by_hand = read_po(file, abort_invalid=True)
    with po_of(locale(language).base).open("rb") as file:
        base = read_po(file)
    assert len(by_hand)
    for message in by_hand:
        if message.id:
            of_base = base.get(message.id, message.context)
            assert of_base, message.id
            assert message.string != script().convert(of_base.string, language), message.id


Damage = Callable[[str], str]


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (
            lambda po: po.replace('"Questions"\nmsgstr "题目"', '"Questions"\nmsgstr ""'),
            "not translated: 'Questions'",
        ),
        (lambda po: po.replace('msgid "Questions"\nmsgstr "题目"\n', ""), "not translated: 'Questions'"),
        (
            lambda po: po.replace('msgid "Questions"', '#, fuzzy\nmsgid "Questions"'),
            "not translated: 'Questions'",
        ),
        (
            lambda po: po.replace('msgstr "卷号 {seed}"', 'msgstr "卷号 {sede}"'),
            "placeholders than the English: '卷号 {sede}'",
        ),
        (
            lambda po: po.replace('msgstr "卷号 {seed}"', 'msgstr "卷号"'),
            "placeholders than the English: '卷号'",
        ),
        (
            lambda po: po.replace('msgstr "卷号 {seed}"', 'msgstr "卷号 {seed"'),
            "placeholders than the English: '卷号 {seed'",
        ),
        (lambda po: po.replace('msgstr "题目"', 'msgstr "问题"'), "quizgen.mo: it does not fit quizgen.po"),
        (lambda po: po + '\nmsgid "Gone"\nmsgstr "没有"\n', "not in the code: 'Gone'"),
        (lambda po: po + '\nmsgsrt "题目"\n', "quizgen.po: line "),
    ],
)
def test_problems_of_a_catalogue_are_reported(tmp_path: Path, damage: Damage, named: str) -> None:
    folder = shutil.copytree(locale_folder("zh-Hans"), tmp_path / "zh_Hans")
    po = folder / "LC_MESSAGES" / "quizgen.po"
    before = po.read_text("utf-8")
    assert list(faults(po)) == []
    assert damage(before) != before
    po.write_text(damage(before), "utf-8")
    found = list(faults(po))
    assert any(named in each for each in found), found


def test_a_catalogue_that_is_not_compiled_is_reported(tmp_path: Path) -> None:
    folder = shutil.copytree(locale_folder("zh-Hans"), tmp_path / "zh_Hans")
    (folder / "LC_MESSAGES" / "quizgen.mo").unlink()
    (found,) = faults(folder / "LC_MESSAGES" / "quizgen.po")
    assert found.startswith("quizgen.mo: ")


def test_no_brace_is_doubled_where_no_value_is_filled_in() -> None:
    """Only a message with values is a format, in which a brace is written twice."""
    for message in collected():
        if message.id and not fields_of(message):
            assert "{{{" not in str(message.id)
            assert "}}}" not in str(message.id)


def commands_below(command: click.Command) -> Iterator[click.Command]:
    yield command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below
            yield from commands_below(below)


def test_every_command_and_option_has_its_help_in_every_language() -> None:
    english = {message.id for message in collected()}
    for command in commands_below(application()):
        assert command.help in english, command.name
        for param in command.get_params(click.Context(command)):
            assert isinstance(param, click.Option | click.Argument)
            assert english_help(param) in english, (command.name, param.name)


def test_placeholders_are_read_as_the_program_reads_them() -> None:
    assert fields("{a} {b:either} {c!r} {{d}}") == {"a", "b", "c"}
