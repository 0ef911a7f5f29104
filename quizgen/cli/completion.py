"""Shell completion: topics, ids and values of options.

Any error here (a bank with a problem, no permission to read it) offers nothing and prints nothing, since the output would
appear in the middle of a line that somebody is typing.
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
from quizgen.files import shipped
from quizgen.model import DIFFICULTY_NAMES, LEVEL_MEANINGS
from quizgen.text.languages import language_of_tag, languages_with, locale, localize
from quizgen.text.messages import Message, _

if TYPE_CHECKING:
    from quizgen.export.format import Subject
    from quizgen.model import Bank

Offer: TypeAlias = tuple[str, str]
"""A word to complete to, and what it means."""

Completion: TypeAlias = Callable[[typer.Context], list[Offer]]

_MAX_CHARACTERS = 60  # the most characters of a description

_WORD = re.compile(r"[A-Za-z0-9/-]+")
_UNSAFE = re.compile(r"[^\w ,.;?%/–—…，。；：？！、“”‘’（）《》·-]")
"""Characters that are removed from help texts, because a shell would evaluate them, or Rich read them as markup."""


def _completes(source: Callable[[typer.Context], Iterable[Offer]]) -> Completion:
    """Turn a function that lists words into a completion; the shell filters them by what is typed."""

    @wraps(source)
    def complete(ctx: typer.Context) -> list[Offer]:
        try:
            return [(word, _safe_for_shell(said)) for word, said in source(ctx) if _WORD.fullmatch(word)]
        except Exception:  # noqa: BLE001  see above: nothing may be said here
            return []

    # Typer reads the parameters from the function's own signature.
    del complete.__wrapped__
    return complete


def _safe_for_shell(text: str) -> str:
    plain = " ".join(_UNSAFE.sub(" ", text).split())
    return plain if len(plain) <= _MAX_CHARACTERS else plain[: _MAX_CHARACTERS - 1].rstrip() + "…"


@_completes
def kinds(ctx: typer.Context) -> Iterable[Offer]:
    """List kinds of questions."""
    from quizgen.kinds import KINDS

    language = _language(ctx)
    return [(name, kind.meaning.translated(language)) for name, kind in KINDS.items()]


@_completes
def levels(ctx: typer.Context) -> Iterable[Offer]:
    """List levels."""
    language = _language(ctx)
    return [(name, meaning.translated(language)) for name, meaning in LEVEL_MEANINGS.items()]


@_completes
def difficulties(ctx: typer.Context) -> Iterable[Offer]:
    """List difficulties."""
    language = _language(ctx)
    return [(str(number), said.translated(language)) for number, said in DIFFICULTY_NAMES.items()]


@_completes
def kit_layouts(ctx: typer.Context) -> Iterable[Offer]:
    """List the sheets of a kit."""
    from quizgen.cli.kit import PAGE
    from quizgen.cli.kit import kit_layouts as found
    from quizgen.cli.page import QUIZZES

    language = _language(ctx)
    layouts = [(layout.name, Message(layout.help).translated(language)) for layout in found()]
    return [
        *layouts,
        (
            PAGE,
            _(
                "For phones: the same quiz, one of {count}. Send it to people or put it on a website.",
                count=QUIZZES,
            ).translated(language),
        ),
    ]


@_completes
def languages(ctx: typer.Context) -> Iterable[Offer]:
    """List our languages, and those of the bank."""
    folders = ctx.params.get("bank") or ()
    return [(language, locale(language).autonym) for language in languages_of_folders(folders)]


@_completes
def topics(ctx: typer.Context) -> Iterable[Offer]:
    """List the bank's topics, with their titles."""
    language = _language(ctx)
    return [(id_, localize(topic.title, language)) for id_, topic in _bank(ctx).topics.items()]


@_completes
def questions(ctx: typer.Context) -> Iterable[Offer]:
    """List full ids of questions; only of the topics on the line, if it has any."""
    language = _language(ctx)
    topics = ctx.params.get("topic")
    return [
        (id_, localize(question.stem, language))
        for id_, question in _bank(ctx).questions.items()
        if not topics or question.topic in topics
    ]


@_completes
def entries(ctx: typer.Context) -> Iterable[Offer]:
    """List full ids of questions, facts and exhibits."""
    language, bank = _language(ctx), _bank(ctx)
    texts = {id_: localize(each.lines[0].text, language) for id_, each in bank.exhibits.items()}
    texts |= {id_: localize(fact.statement, language) for id_, fact in bank.facts.items()}
    # Questions that judge an exhibit have the same stem, so the exhibit's first line says more.
    stems = {id_: localize(each.stem, language) for id_, each in bank.questions.items()}
    return (stems | texts).items()


@_completes
def sources(ctx: typer.Context) -> Iterable[Offer]:
    """List sources, with their titles."""
    language = _language(ctx)
    return [(id_, localize(source.title, language)) for id_, source in _bank(ctx).sources.items()]


def _format_completion(subject: "Subject", *, read: bool = False) -> Completion:
    """Make a completion of formats with their file suffixes; with ``read``, only of those that can be read."""

    @_completes
    def formats(_: typer.Context) -> Iterable[Offer]:
        from quizgen.export import formats_by_name

        return [
            (name, form.suffix) for name, form in formats_by_name(subject).items() if form.read or not read
        ]

    return formats


quiz_formats = _format_completion("quiz")
read_formats = _format_completion("quiz", read=True)
history_formats = _format_completion("history")


@_completes
def profile_keys(ctx: typer.Context) -> Iterable[Offer]:
    """List keys of a profile."""
    from quizgen.profile import KEYS, MEANINGS

    language = _language(ctx)
    return [(key, MEANINGS[key].translated(language)) for key in KEYS]


@_completes
def profile_values(ctx: typer.Context) -> Iterable[Offer]:
    """List the possible values of the key on the line, if there is a choice."""
    from quizgen.profile import choices

    return [(value, "") for value in choices(ctx.params["key"])]


@_completes
def models(ctx: typer.Context) -> Iterable[Offer]:
    """List models of items and exhibits."""
    from quizgen.bank import analyse_bank
    from quizgen.cli.bank_generate import models_in

    generation = analyse_bank(_places(ctx)).generation
    return [(model, "") for model in models_in(generation)] if generation else []


def languages_of_folders(folders: Iterable[str | Path]) -> tuple[str, ...]:
    """List our languages, and those that a bank in these folders declares; only ours if the bank cannot be read."""
    from quizgen.bank import read_declaration

    own: tuple[str, ...] = ()
    if places := [Path(folder).expanduser() for folder in folders]:
        with suppress(QuizgenError):
            own = read_declaration(places).languages
    return languages_with(own)


def _places(ctx: typer.Context) -> list[Path]:
    """Return the folders given by --bank earlier on the line, or that of the built-in bank."""
    return [Path(folder).expanduser() for folder in ctx.params.get("bank") or ()] or [
        shipped("question_bank")
    ]


def _bank(ctx: typer.Context) -> "Bank":
    from quizgen.cli.options import load_bank

    return load_bank(_places(ctx))


def _language(ctx: typer.Context) -> str:
    """Return the language of texts shown beside ids."""
    among = languages_of_folders(ctx.params.get("bank") or ())
    return language_of_tag(ctx.params.get("lang") or "", among) or user_language()
