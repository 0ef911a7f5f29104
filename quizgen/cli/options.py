"""Options that several commands share, and the values that are made from them."""

import inspect
import os
import re
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer
from msgspec import structs

from quizgen.assemble import AskedAudience, Recipe
from quizgen.cli import completion
from quizgen.cli.output import keep_in_context, reader_language, say, user_folder
from quizgen.cli.profile import ProfileOption, read_profile, read_profile_bank
from quizgen.errors import MisuseError, QuizgenError, problem, require_language
from quizgen.files import shipped_folder
from quizgen.model import Bank, Quiz
from quizgen.text.languages import (
    FALLBACK,
    LANGUAGES,
    find_language,
    language_from_environment,
    selectable_languages,
)
from quizgen.text.messages import N_, _

if TYPE_CHECKING:
    from quizgen.model import Question
    from quizgen.profile import ProfileFile

BankOption: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--bank",
        metavar="FOLDER",
        is_eager=True,
        help=N_(
            "A folder with your own question bank, instead of the built-in one. To use several at once, give --bank again."
        ),
    ),  # eager, since the help lists the bank's languages
]
OwnBankOption: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--bank",
        metavar="FOLDER",
        is_eager=True,
        help=N_("The folder of your own question bank. You have to name it, because the command changes it."),
    ),
]
LangOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--lang",
        "-l",
        metavar="LANG",
        autocompletion=completion.complete_languages,
        is_eager=True,  # eager, since problems of the rest of the line are in this language
        callback=keep_in_context,
        help=N_(
            "The language: {languages:either}, or another language of the question bank. By default the first language of your profile, or else the language of your computer."
        ),
    ),
]
CountOption: TypeAlias = Annotated[
    int | None,
    typer.Option("--count", "-n", metavar="N", help=N_("How many questions; 10 by default.")),
]
TopicOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--topic",
        "-t",
        metavar="TOPIC",
        autocompletion=completion.complete_topics,
        help=N_(
            "Only questions on this topic (`quizgen bank stats` lists the topics). For more topics, give -t again."
        ),
    ),
]
KindOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        "-k",
        metavar="KIND",
        autocompletion=completion.complete_kinds,
        help=N_("Only questions of this kind: {kinds:either}. For more kinds, give -k again."),
    ),
]
LevelOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--level",
        metavar="LEVEL",
        autocompletion=completion.complete_levels,
        help=N_("Only questions of this level: {levels:either}. For more levels, give --level again."),
    ),
]
DifficultyOption: TypeAlias = Annotated[
    list[int] | None,
    typer.Option(
        "--difficulty",
        metavar="1|2|3",
        autocompletion=completion.complete_difficulties,
        help=N_(
            "Only easy (1), medium (2) or hard (3) questions. For more levels of difficulty, give --difficulty again."
        ),
    ),
]
QuestionOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--question",
        "-q",
        metavar="ID",
        autocompletion=completion.complete_questions,
        help=N_(
            "Ask the question with this id (`quizgen bank list` lists the ids). For more questions, give -q again; they come in the order given."
        ),
    ),
]
AudienceOption: TypeAlias = Annotated[
    AskedAudience | None,
    typer.Option(
        "--audience",
        help=N_(
            "everyone: questions for the public, the default; work: questions for people whose job is to fight fraud; all: both."
        ),
    ),
]
SeedOption: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--seed",
        "-s",
        metavar="SEED",
        min=0,
        help=N_("A number of your choice: the same number gives the same quiz. Random by default."),
    ),
]
_MAX_SECONDS = 24 * 3600  # seconds

JsonOption: TypeAlias = Annotated[bool, typer.Option("--json", help=N_("Print JSON, for other programs."))]
ForceOption: TypeAlias = Annotated[
    bool, typer.Option("--force", help=N_("Replace a file that already exists."))
]


def resolve_language(typed_tag: str | None, folders: list[Path] | None = None) -> str:
    """Return the language that ``--lang`` names, or else the language of the user.

    Raises MisuseError for a language that neither the program nor the question bank in these folders has.
    """
    if typed_tag is None:
        return reader_language()
    return require_language(typed_tag, completion.languages_of_folders(folders or ()))


def bank_or_own(folders: list[Path] | None) -> list[Path]:
    """Return the folders that ``--bank`` names, or else that of the profile; none means the built-in bank."""
    return folders or read_profile_bank(read_profile(None))


def load_bank(folders: list[Path] | None, region: str = "", *, with_drafts: bool = False) -> Bank:
    """Load the question bank in these folders, or the built-in one. Drafts are left out, unless ``with_drafts`` is true.

    ``region`` selects the help numbers. The bank is cached in the user's folder.
    """
    from quizgen.bank import read_bank

    cache = None
    with suppress(QuizgenError):  # without a home folder there is no cache
        cache = user_folder("cache")
    return read_bank(folders or [shipped_folder("question_bank")], cache, region, with_drafts=with_drafts)


def require_own_bank(folders: list[Path] | None) -> list[Path]:
    """Return the folders of the bank that a command changes. Raises MisuseError if none is named."""
    if not folders:
        raise MisuseError(
            problem(
                _("this command changes a question bank, and none is named"),
                _("name yours with --bank, or create one with `quizgen bank init`"),
            )
        )
    return folders


_DECKS_TO_TRY = 5
"""How many decks are looked through for a quiz with the most new questions."""


@dataclass(frozen=True)
class Selection:
    """The options that choose the questions of a quiz, and its language. Many commands share them."""

    count: CountOption = None
    topic: TopicOption = None
    kind: KindOption = None
    level: LevelOption = None
    difficulty: DifficultyOption = None
    audience: AudienceOption = None
    question: QuestionOption = None
    lang: LangOption = None
    seed: SeedOption = None
    bank: BankOption = None
    profile: ProfileOption = None

    @property
    def is_default(self) -> bool:
        """Whether no option is given. A language or a profile does not count."""
        chosen = [getattr(self, each.name) for each in fields(self) if each.name not in ("lang", "profile")]
        return all(value is None or value is False or value == [] for value in chosen)

    @cached_property
    def recipe(self) -> Recipe:
        """What the quiz must have: how many questions, their topics, their kinds and so on."""
        return Recipe(
            count=self.count,
            topics=tuple(self.topic or ()),
            kinds=tuple(self.kind or ()),
            levels=tuple(self.level or ()),
            difficulties=tuple(self.difficulty or ()),
            questions=tuple(self.question or ()),
            audience=self.audience or self.profile_file.profile.audience or "everyone",
        )

    @cached_property
    def profile_file(self) -> "ProfileFile":
        """The profile that applies, read when it is first needed. Raises QuizgenError if it has problems."""
        return read_profile(self.profile)

    @cached_property
    def folders(self) -> list[Path]:
        """The folders of the question bank: those that ``--bank`` names, or else that of the profile; none means the built-in one."""
        return self.bank or read_profile_bank(self.profile_file)

    @cached_property
    def language(self) -> str:
        """The language of the quiz: the one that ``--lang`` names, the first of the profile that the question bank has, or the user's own.

        If the bank lacks the user's language, the texts of the program are still in it. English is an
        exception: any language of the bank replaces it. Raises MisuseError for a language that neither the
        program nor the bank has, and QuizgenError for a bank with problems.
        """
        if self.lang in LANGUAGES and not self.folders:  # ours do not depend on the bank
            return self.lang
        bank_languages = self.loaded_bank.declared.readable_languages
        if self.lang is not None:
            return find_language(self.lang, bank_languages) or require_language(
                self.lang, selectable_languages(self.loaded_bank.declared.languages)
            )
        known = tuple(dict.fromkeys((*bank_languages, *LANGUAGES)))
        profile_languages = (
            find_language(tag, each)
            for each in (bank_languages, known)
            for tag in self.profile_file.profile.languages
        )
        language = next(filter(None, profile_languages), None) or language_from_environment(os.environ, known)
        return bank_languages[0] if language == FALLBACK and FALLBACK not in bank_languages else language

    @cached_property
    def loaded_bank(self) -> Bank:
        """The question bank, loaded when it is first needed. Raises QuizgenError if it has problems."""
        return load_bank(self.folders, self.profile_file.profile.region)

    def warn_about_numbers_of_another_region(self) -> None:
        """Print whose help numbers are used, if the bank has none of the profile's region and declares no region itself."""
        bank, asked = self.loaded_bank, self.profile_file.profile.region
        region = next((number.region for number in bank.help.values()), "")
        if asked and region not in ("", asked) and not bank.declared.region:
            say(
                _(
                    "The numbers to call are those of {region}; the bank has none of {asked}.",
                    region=region,
                    asked=asked,
                ),
                err=True,
            )

    def warn_about_enemies(self, questions: Sequence["Question"]) -> None:
        """Print how many questions to ask for, if two of these give away each other's answer. Those asked for by name may."""
        from quizgen.assemble import has_enemies, largest_count_without_enemies

        if self.recipe.questions or not has_enemies(questions):
            return
        fewer = largest_count_without_enemies(self.loaded_bank, self.recipe, len(questions) - 1)
        say(
            _(
                "{count} questions, but only {fewer} of these do not give each other away; ask for {fewer} with -n {fewer}",
                count=len(questions),
                fewer=fewer,
            ),
            err=True,
        )

    def seed_or_random(self) -> int:
        """Return the seed that is given, or a random one of at most six digits, short enough to copy from a sheet."""
        import secrets

        return secrets.randbelow(1_000_000) if self.seed is None else self.seed

    def quiz(
        self,
        language: str = "",
        questions: Sequence[str] = (),
        seen_ids: Collection[str] = frozenset(),
        last_seed: int | None = None,
    ) -> Quiz:
        """Assemble the quiz, in ``language`` if it is given, and from exactly these ``questions`` if any are given.

        If no seed is given, the quiz has as few questions from ``seen_ids`` as possible. The deck of ``last_seed``,
        the seed of the person's last quiz, is looked through first. Raises QuizgenError for a question bank with problems,
        and MisuseError for a quiz that cannot be assembled.
        """
        from quizgen.assemble import assemble, find_seed_with_most_new_questions

        recipe, seed = self.recipe, self.seed_or_random()
        if questions:
            recipe = structs.replace(recipe, count=None, questions=tuple(questions))
        elif seen_ids and self.seed is None and not recipe.questions:
            first = seed if last_seed is None else last_seed
            seeds = (first, *(self.seed_or_random() for _ in range(_DECKS_TO_TRY - 1)))
            seed = find_seed_with_most_new_questions(self.loaded_bank, recipe, seen_ids, seeds)
        quiz = assemble(self.loaded_bank, recipe, seed, language or self.language)
        if not questions:
            self.warn_about_enemies(quiz.questions)
        return quiz


def with_options(**groups: Callable[..., Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that replaces parameters of a command by groups of options.

    An option group is a function or class that makes one value from several options, such as
    :class:`Selection`. For example, ``@with_options(selection=Selection)`` gives a command the options of
    Selection, and passes it one parameter ``selection``.
    """

    def replace_parameters(command: Callable[..., None]) -> Callable[..., None]:
        options = {name: inspect.signature(group).parameters for name, group in groups.items()}
        own_parameters = inspect.signature(command).parameters
        parameters = [
            parameter.replace(kind=parameter.KEYWORD_ONLY)
            for each in own_parameters.values()
            for parameter in options.get(each.name, {each.name: each}).values()
        ]

        def run(**values: Any) -> None:
            values_of_groups = {
                name: group(**{each: values.pop(each) for each in options[name]})
                for name, group in groups.items()
            }
            command(**values, **values_of_groups)

        # Typer reads these.
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        run.__name__, run.__doc__ = command.__name__, command.__doc__
        return run

    return replace_parameters


with_selection = with_options(selection=Selection)
"""Gives a command the options that choose a quiz, in place of its parameter ``selection``."""


def parse_duration(text: str) -> float:
    """Parse a length of time, such as ``90s``, ``1m30s`` or ``1h``, as seconds.

    Raises MisuseError for anything else, and for less than a second or more than a day. A bare number is
    refused, because it could be seconds or minutes.
    """
    if re.fullmatch(r"\d+", text):
        raise MisuseError(
            problem(
                _("{asked!r} is not a length of time"),
                _("write {asked}m for minutes, or {asked}s for seconds"),
                asked=text,
            )
        )
    match = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?", text)
    if not match or not text:
        raise MisuseError(
            problem(_("{asked!r} is not a length of time"), _("write it as 90s, 10m or 1h30m"), asked=text)
        )
    hours, minutes, rest = (int(number or 0) for number in match.groups())
    seconds = hours * 3600 + minutes * 60 + rest
    if not 1 <= seconds <= _MAX_SECONDS:
        raise MisuseError(
            problem(
                _("{asked!r} is too short or too long for a quiz"),
                _("give at least a second and at most a day"),
                asked=text,
            )
        )
    return float(seconds)
