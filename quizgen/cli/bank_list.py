"""``quizgen bank list`` and ``quizgen bank schema``: list what a question bank has, and print the schema of its files."""

from typing import Annotated

import typer

from quizgen.cli.options import (
    BankOption,
    KindOption,
    LangOption,
    LevelOption,
    TopicOption,
    bank_or_own,
    load_bank,
    resolve_language,
)
from quizgen.cli.output import print_json, print_table
from quizgen.errors import MisuseError, problem
from quizgen.files import shipped_folder
from quizgen.model import Exhibit, Fact, Question
from quizgen.screen.rows import shorten_text
from quizgen.text.languages import Text, localize
from quizgen.text.messages import N_, _

_MAX_CELLS = 60  # the most cells of a text in a list


def list_(
    topic: TopicOption = None,
    kind: KindOption = None,
    level: LevelOption = None,
    facts: Annotated[
        bool, typer.Option("--facts", help=N_("List the facts instead of the questions."))
    ] = False,
    exhibits: Annotated[
        bool,
        typer.Option(
            "--exhibits",
            help=N_("List the calls, messages and letters that questions show, instead of the questions."),
        ),
    ] = False,
    drafts: Annotated[
        bool, typer.Option("--drafts", help=N_("Only drafts: what nobody has accepted yet."))
    ] = False,
    bank: BankOption = None,
    lang: LangOption = None,
) -> None:
    """List the questions, the facts or the exhibits of a question bank, each with its id and its first words.

    The last column marks drafts.
    """
    from quizgen.assemble import Recipe, select_questions

    bank = bank_or_own(bank)
    language = resolve_language(lang, bank)
    if facts and exhibits:
        raise MisuseError(problem(_("--facts and --exhibits cannot be used together"), _("choose one")))
    if (facts or exhibits) and (kind or level):
        what = _("a fact has no kind and no level") if facts else _("an exhibit has no kind and no level")
        raise MisuseError(problem(what, _("leave out --kind and --level")))
    loaded = load_bank(bank, with_drafts=True)
    questions = select_questions(
        loaded,
        Recipe(
            topics=tuple(topic or ()),
            kinds=tuple(kind or ()),
            levels=tuple(level or ()),
            audience="all",
        ),
    )
    if facts:
        chosen = [fact for fact in loaded.facts.values() if not topic or fact.topic in topic]
        rows = [
            [fact.id, _shorten_text(fact.statement, language), _draft_mark(fact, language)]
            for fact in chosen
            if fact.draft or not drafts
        ]
    elif exhibits:
        rows = [
            [
                each.id,
                each.channel,
                "genuine" if each.genuine else "scam",
                _shorten_text(each.sender, language),
                _shorten_text(each.lines[0].text, language),
                _draft_mark(each, language),
            ]
            for each in loaded.exhibits.values()
            if (not topic or each.topic in topic) and (each.draft or not drafts)
        ]
    else:
        rows = [
            [
                *(each.id, each.kind, each.level, str(each.difficulty), _shorten_text(each.stem, language)),
                _draft_mark(each, language),
            ]
            for each in questions
            if each.draft or not drafts
        ]
    has_drafts = any(row[-1] for row in rows)
    print_table(rows if has_drafts else [row[:-1] for row in rows])


def schema(bank: BankOption = None) -> None:
    """Print the JSON Schema of a question bank's files, for text editors that check files."""
    from quizgen.bank import read_declaration
    from quizgen.bank.schema import editor_schema

    print_json(editor_schema(read_declaration(bank or [shipped_folder("question_bank")])))


def _draft_mark(entry: Question | Exhibit | Fact, language: str) -> str:
    """Return the word that marks a draft in a list, or ""."""
    return _("draft").translated(language) if entry.draft else ""


def _shorten_text(text: Text, language: str) -> str:
    """Return the start of a text in a language, at most 60 terminal cells wide."""
    return shorten_text(localize(text, language), _MAX_CELLS)
