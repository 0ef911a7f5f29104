"""Completions for the shell: the words that the Tab key offers for options and arguments.

An error here, such as a question bank with a problem, offers nothing and prints nothing, because the message
would appear in the middle of the line that the user is typing.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import typer

from quizgen.cli.output import user_language
from quizgen.errors import QuizgenError
from quizgen.files import shipped_folder
from quizgen.model import DIFFICULTY_NAMES, LEVEL_MEANINGS
from quizgen.text.languages import find_language, locale, localize, selectable_languages
from quizgen.text.messages import Message, _

if TYPE_CHECKING:
    from quizgen.formats.format import Subject
    from quizgen.model import Bank

Suggestion: TypeAlias = tuple[str, str]
"""A word to complete to, and what it means."""

Completion: TypeAlias = Callable[[typer.Context], list[Suggestion]]

_MAX_CHARACTERS = 60  # the most characters of a description

_WORD = re.compile(r"[A-Za-z0-9/-]+")
_UNSAFE = re.compile(r"[^\w ,.;?%/–—…，。；：？！、“”‘’（）《》·-]")
"""Characters that are removed from help texts, because a shell would evaluate them, or Rich read them as markup."""


def _as_completion(list_words: Callable[[typer.Context], Iterable[Suggestion]]) -> Completion:
    """Make a completion from a function that lists words with their meanings.

    The completion lists all words, without raising errors. The shell then chooses those that begin with what is
    typed.
    """

    @wraps(list_words)
    def complete(ctx: typer.Context) -> list[Suggestion]:
        try:
            return [
                (word, _remove_unsafe_characters(said))
                for word, said in list_words(ctx)
                if _WORD.fullmatch(word)
            ]
        except Exception:  # noqa: BLE001  see above: nothing may be said here
            return []

    # Typer reads the parameters from the function's own signature.
    del complete.__wrapped__
    return complete


def _remove_unsafe_characters(text: str) -> str:
    """Return a help text, shortened, without characters that a shell would evaluate."""
    plain = " ".join(_UNSAFE.sub(" ", text).split())
    return plain if len(plain) <= _MAX_CHARACTERS else plain[: _MAX_CHARACTERS - 1].rstrip() + "…"


@_as_completion
def complete_kinds(ctx: typer.Context) -> Iterable[Suggestion]:
    """Return the kinds of questions, with their meanings."""
    from quizgen.kinds import KINDS

    language = _text_language(ctx)
    return [(name, kind.meaning.translated(language)) for name, kind in KINDS.items()]


@_as_completion
def complete_new_entries(ctx: typer.Context) -> Iterable[Suggestion]:
    """Return what ``bank new`` can write: a kind of question, a fact, a lesson or an exhibit."""
    return [*complete_kinds(ctx), ("fact", ""), ("lesson", ""), ("exhibit", "")]


@_as_completion
def complete_levels(ctx: typer.Context) -> Iterable[Suggestion]:
    """Return the levels of questions, with their meanings."""
    language = _text_language(ctx)
    return [(name, meaning.translated(language)) for name, meaning in LEVEL_MEANINGS.items()]


@_as_completion
def complete_difficulties(ctx: typer.Context) -> Iterable[Suggestion]:
    """Return the difficulties of questions, with their names."""
    language = _text_language(ctx)
    return [(str(number), said.translated(language)) for number, said in DIFFICULTY_NAMES.items()]


@_as_completion
def complete_kit_layouts(ctx: typer.Context) -> Iterable[Suggestion]:
    """Return the names of the sheets of a kit, with their help."""
    from quizgen.cli.kit import PAGE
    from quizgen.cli.kit import kit_layouts as list_layouts
    from quizgen.cli.page import QUIZZES

    language = _text_language(ctx)
    all_layouts = [(layout.name, Message(layout.help).translated(language)) for layout in list_layouts()]
    return [
        *all_layouts,
        (
            PAGE,
            _(
                "For phones: the same quiz, one of {count}. Send it to people or put it on a website.",
                count=QUIZZES,
            ).translated(language),
        ),
    ]


@_as_completion
def complete_languages(ctx: typer.Context) -> Iterable[Suggestion]:
    """Return the languages that ``--lang`` can name, with their own names."""
    return [(language, locale(language).autonym) for language in languages_of_folders(_named_folders(ctx))]


@_as_completion
def complete_topics(ctx: typer.Context) -> Iterable[Suggestion]:
    """Return the topics of the question bank, with their titles."""
    language = _text_language(ctx)
    return [(id_, localize(topic.title, language)) for id_, topic in _load_bank_on_line(ctx).topics.items()]


@_as_completion
def complete_questions(ctx: typer.Context) -> Iterable[Suggestion]:
    """Return the ids of questions, with their stems.

    If the command line names topics, only questions on these are returned.
    """
    language = _text_language(ctx)
    topics = ctx.params.get("topic")
    return [
        (id_, localize(question.stem, language))
        for id_, question in _load_bank_on_line(ctx).questions.items()
        if not topics or question.topic in topics
    ]


@_as_completion
def complete_entries(ctx: typer.Context) -> Iterable[Suggestion]:
    """Return the ids of questions, facts, lessons and exhibits, with their texts."""
    language, bank = _text_language(ctx), _load_bank_on_line(ctx, with_drafts=True)
    texts = {id_: localize(each.lines[0].text, language) for id_, each in bank.exhibits.items()}
    texts |= {id_: localize(fact.statement, language) for id_, fact in bank.facts.items()}
    texts |= {id_: localize(lesson.keep, language) for id_, lesson in bank.lessons.items()}
    # Questions that judge an exhibit have the same stem, so the exhibit's first line says more.
    stems = {id_: localize(each.stem, language) for id_, each in bank.questions.items()}
    return (stems | texts).items()


@_as_completion
def complete_drafts(ctx: typer.Context) -> Iterable[Suggestion]:
    """Return the ids of drafts, with their texts."""
    language, bank = _text_language(ctx), _load_bank_on_line(ctx, with_drafts=True)
    texts = {id_: each.statement for id_, each in bank.facts.items() if each.draft}
    texts |= {id_: each.lines[0].text for id_, each in bank.exhibits.items() if each.draft}
    texts |= {id_: each.stem for id_, each in bank.questions.items() if each.draft}
    return [(id_, localize(text, language)) for id_, text in texts.items()]


@_as_completion
def complete_sources(ctx: typer.Context) -> Iterable[Suggestion]:
    """Return the ids of the sources, with their titles."""
    language = _text_language(ctx)
    return [
        (id_, localize(source.title, language)) for id_, source in _load_bank_on_line(ctx).sources.items()
    ]


@_as_completion
def complete_passages(ctx: typer.Context) -> Iterable[Suggestion]:
    """Return the ids of the passages of all sources."""
    sources = _load_bank_on_line(ctx).sources.values()
    return [(passage.id, "") for source in sources for passage in source.passages]


def _format_completion(subject: "Subject", *, for_import: bool = False) -> Completion:
    """Make a completion of export formats, with the suffixes of their files.

    With ``for_import``, it has only formats that can be imported.
    """

    @_as_completion
    def formats(_: typer.Context) -> Iterable[Suggestion]:
        from quizgen.formats import BANK_FORMATS, formats_by_name

        found = [
            (name, form.suffix)
            for name, form in formats_by_name(subject).items()
            if form.read or not for_import
        ]
        return [*found, *((name, "") for name in (*BANK_FORMATS, "drafts"))] if for_import else found

    return formats


complete_quiz_formats = _format_completion("quiz")
complete_read_formats = _format_completion("quiz", for_import=True)
complete_history_formats = _format_completion("history")


@_as_completion
def complete_profile_keys(ctx: typer.Context) -> Iterable[Suggestion]:
    """Return the keys of a profile, with their meanings."""
    from quizgen.profile import KEYS, MEANINGS

    language = _text_language(ctx)
    return [(key, MEANINGS[key].translated(language)) for key in KEYS]


@_as_completion
def complete_profile_values(ctx: typer.Context) -> Iterable[Suggestion]:
    """Return the possible values of the profile key on the command line; none if it takes any text."""
    from quizgen.profile import possible_values

    return [(value, "") for value in possible_values(ctx.params["key"])]


def languages_of_folders(folders: Iterable[str | Path]) -> tuple[str, ...]:
    """Return the languages of the program, and those that a question bank in these folders declares.

    If the bank cannot be read, only the languages of the program are returned.
    """
    from quizgen.bank import read_declaration

    bank_languages: tuple[str, ...] = ()
    if paths := [Path(folder).expanduser() for folder in folders]:
        with suppress(QuizgenError):
            bank_languages = read_declaration(paths).languages
    return selectable_languages(bank_languages)


def _bank_folders(ctx: typer.Context) -> list[Path]:
    """Return the folders of the question bank that the command line, as far as it is typed, is about."""
    return _named_folders(ctx) or [shipped_folder("question_bank")]


def _named_folders(ctx: typer.Context) -> list[Path]:
    """Return the folders given by ``--bank``, or else that of the profile, if the command uses a profile."""
    from quizgen.cli.profile import read_profile, read_profile_bank

    folders = [Path(folder).expanduser() for folder in ctx.params.get("bank") or ()]
    if folders or not any(param.name == "profile" for param in ctx.command.params):
        return folders
    asked = ctx.params.get("profile")
    return read_profile_bank(read_profile(Path(asked).expanduser() if asked else None))


def _load_bank_on_line(ctx: typer.Context, *, with_drafts: bool = False) -> "Bank":
    """Load the question bank that the command line names, or the built-in one. Drafts are left out, unless ``with_drafts`` is true."""
    from quizgen.cli.options import load_bank

    return load_bank(_bank_folders(ctx), with_drafts=with_drafts)


def _text_language(ctx: typer.Context) -> str:
    """Return the language of the texts that are shown beside the words."""
    known_languages = languages_of_folders(_named_folders(ctx))
    return find_language(ctx.params.get("lang") or "", known_languages) or user_language()
