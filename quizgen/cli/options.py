"""Options that several commands share, and what they come down to."""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from quizgen.assemble import Recipe
from quizgen.cli import completion
from quizgen.errors import MisuseError, problem
from quizgen.files import shipped
from quizgen.language import LANGUAGES, language_of_locale, language_of_tag
from quizgen.model import Bank

BankOption: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--bank", metavar="DIR", help="A folder with a bank, in place of the built-in one; may be repeated."
    ),
]
LangOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--lang",
        "-l",
        metavar="LANG",
        help=f"{', '.join(LANGUAGES)}; the locale's by default.",
        autocompletion=completion.languages,
    ),
]
CountOption: TypeAlias = Annotated[
    int | None, typer.Option("--count", "-n", metavar="N", help="How many questions; 10 by default.")
]
TopicOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--topic",
        "-t",
        metavar="TOPIC",
        help="Only this topic; may be repeated.",
        autocompletion=completion.topics,
    ),
]
KindOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        "-k",
        metavar="KIND",
        help="Only single, multiple, true-false, match, order or fill; may be repeated.",
        autocompletion=completion.kinds,
    ),
]
LevelOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--level",
        metavar="LEVEL",
        help="Only recall, understand or apply; may be repeated.",
        autocompletion=completion.levels,
    ),
]
DifficultyOption: TypeAlias = Annotated[
    list[int] | None,
    typer.Option(
        "--difficulty",
        metavar="1|2|3",
        help="Only this difficulty; may be repeated.",
        autocompletion=completion.difficulties,
    ),
]
QuestionOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--question",
        "-q",
        metavar="ID",
        help="This very question, in the order given; may be repeated.",
        autocompletion=completion.questions,
    ),
]
WrittenOption: TypeAlias = Annotated[
    bool, typer.Option("--written-only", help="Leave out questions that item models generated.")
]
SeedOption: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--seed", "-s", metavar="SEED", min=0, help="The same seed gives the same quiz; drawn by default."
    ),
]
ForceOption: TypeAlias = Annotated[bool, typer.Option("--force", help="Replace a file that exists.")]


def language_from(asked: str | None) -> str:
    """Return the language asked for, or else the locale's, or else English.

    Raises MisuseError for a language that quizgen lacks.
    """
    if asked is None:
        return language_of_locale(os.environ)
    if language := language_of_tag(asked):
        return language
    near = get_close_matches(asked, LANGUAGES, n=1, cutoff=0.3)
    hint = "cli.did-you-mean" if near else ""
    raise MisuseError(problem("cli.no-language", hint, asked=asked, languages=LANGUAGES, near="".join(near)))


def load_bank(folders: list[Path] | None) -> Bank:
    """Load the bank in these folders, or the built-in one, by way of the user's cache."""
    from platformdirs import user_cache_path

    from quizgen.bank import load

    return load(folders or [shipped("question_bank")], cache=user_cache_path("quizgen"))


def without_generated(bank: Bank) -> Bank:
    """Return a bank with its written questions alone."""
    from msgspec.structs import replace

    written = {id_: question for id_, question in bank.questions.items() if not question.generated}
    return replace(bank, questions=written)


def recipe_from(
    count: int | None,
    topic: list[str] | None,
    kind: list[str] | None,
    level: list[str] | None,
    difficulty: list[int] | None,
    question: list[str] | None,
    written_only: bool = False,
) -> Recipe:
    """Return the recipe that the shared selection options come down to."""
    return Recipe(
        count=count,
        topics=tuple(topic or ()),
        kinds=tuple(kind or ()),
        levels=tuple(level or ()),
        difficulties=tuple(difficulty or ()),
        questions=tuple(question or ()),
        written_only=written_only,
    )


def new_seed() -> int:
    """Draw a seed short enough to read off a sheet and type: 1 to 6 digits."""
    import secrets

    return secrets.randbelow(1_000_000)
