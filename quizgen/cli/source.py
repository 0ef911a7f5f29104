"""``quizgen source``: an article's passages, and the bank held against them."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from quizgen.cli import completion
from quizgen.cli.options import BankOption, LangOption, language_from, load_bank
from quizgen.errors import MisuseError, QuizgenError, nearest, problem
from quizgen.language import localize
from quizgen.model import Bank, Passage, Source

if TYPE_CHECKING:
    from quizgen.source import Article, ArticlePassage

app = typer.Typer(help="Show an article's passages, and hold the bank against them.", no_args_is_help=True)

ArticleArgument: TypeAlias = Annotated[
    Path, typer.Argument(metavar="ARTICLE", help="The article: plain text or HTML, in any encoding.")
]
SourceOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="ID",
        help="The source that it should be; the likeliest by default.",
        autocompletion=completion.sources,
    ),
]

_BEGINNING = 60  # cells of a passage that are shown: the article is not ours to print


@app.command("show")
def show(article: ArticleArgument, bank: BankOption = None, lang: LangOption = None) -> None:
    """List an article's passages: their ids, speakers, digests, and the facts that cite them."""
    from quizgen.source import facts_citing, likeliest

    language = language_from(lang)
    found = _read_file(article)
    loaded = load_bank(bank)
    known = {passage.digest: passage for source in loaded.sources.values() for passage in source.passages}
    citing = facts_citing(loaded.facts.values())
    _print_head(article, found, likeliest(found, loaded.sources.values()), language)
    for number, passage in enumerate(found.passages, 1):
        match = known.get(passage.digest)
        typer.echo("")
        typer.echo(f"{number:2}  {passage.id}{_place_and_speaker(passage, match, language)}")
        facts = citing.get(match.id, []) if match else []
        for text in (_beginning(passage), f"sha256 {passage.digest}", *_cited_by(facts)):
            typer.echo(f"    {text}")


@app.command("check")
def check(article: ArticleArgument, bank: BankOption = None, source: SourceOption = None) -> None:
    """Check that an article is the one that the bank cites, a line a problem; exit 1 if there is any."""
    from quizgen.source import check as hold_against
    from quizgen.source import facts_citing

    found = _read_file(article)
    loaded = load_bank(bank)
    chosen = _chosen(loaded, source, found)
    facts = [
        fact for fact in loaded.facts.values() if any(cite.startswith(f"{chosen.id}/") for cite in fact.cites)
    ]
    if not facts:
        raise QuizgenError(
            problem(f"no fact cites {chosen.id}", "there is nothing to hold against the article")
        )
    if problems := hold_against(found, chosen, facts, str(article)):
        for each in problems:
            typer.echo(str(each))
        raise typer.Exit(1)
    cited = [passage for passage in chosen.passages if passage.id in facts_citing(facts)]
    typer.echo(
        f"{chosen.id}: {_counted(len(cited), 'passage')}, {_counted(len(facts), 'fact')}, "
        "all terms stand: the article is the one that the bank cites"
    )


def _read_file(path: Path) -> "Article":
    from quizgen.source import LIMIT, read_article

    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except IsADirectoryError:
        raise QuizgenError(problem("this is a folder", "name one file", file=str(path))) from None
    except FileNotFoundError:
        raise QuizgenError(problem("there is no such file", "check its name", file=str(path))) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = (getattr(error, "strerror", "") or str(error)).lower()
        raise QuizgenError(problem(f"the file cannot be read: {reason}", file=str(path))) from None
    return read_article(data, str(path))


def _chosen(bank: Bank, asked: str | None, article: "Article") -> Source:
    """Return the source asked for, or else the one that the article has the most passages of."""
    from quizgen.source import likeliest

    if not bank.sources:
        raise QuizgenError(problem("the bank has no source", "add one to it"))
    if asked is not None:
        if asked in bank.sources:
            return bank.sources[asked]
        hint = nearest(asked, bank.sources) or f"there is {', '.join(bank.sources)}"
        raise MisuseError(problem(f"there is no source {asked!r}", hint))
    if len(bank.sources) == 1:
        return next(iter(bank.sources.values()))
    if chosen := likeliest(article, bank.sources.values()):
        return chosen
    hint = f"say which it should be, with --source: {', '.join(bank.sources)}"
    raise MisuseError(problem("the article has no passage of any source", hint))


def _print_head(path: Path, article: "Article", source: Source | None, language: str) -> None:
    typer.echo(f"{path}: {article.encoding} {article.form}, {_counted(len(article.passages), 'passage')}")
    typer.echo(f"title: {article.title or '(none found)'}")
    if source is None:
        typer.echo("source: (none in the bank has any of these passages)")
        return
    digests = {passage.digest for passage in article.passages}
    shared = sum(passage.digest in digests for passage in source.passages)
    of_all = f"{shared} of its {_counted(len(source.passages), 'passage')}"
    typer.echo(f"source: {source.id}, {localize(source.title, language)} ({of_all} found)")


def _place_and_speaker(passage: "ArticlePassage", match: Passage | None, language: str) -> str:
    """Say where a passage stands, and who speaks: by office where the bank knows it, else as printed."""
    place = f", line {passage.line}" if passage.line else ""
    speaker = localize(match.speaker, language) if match else passage.speaker
    return f"{place}: {speaker}" if speaker else place


def _beginning(passage: "ArticlePassage") -> str:
    """Give the start of what a passage says, cut to a number of cells."""
    from rich.cells import cell_len, set_cell_size

    text = passage.text.removeprefix(passage.speaker).lstrip(":：.)、． ")
    return text if cell_len(text) <= _BEGINNING else set_cell_size(text, _BEGINNING - 1).rstrip() + "…"


def _cited_by(facts: list[str]) -> Iterator[str]:
    """Name the facts that cite a passage, wrapped to a terminal; a pipe gets them in one line."""
    from quizgen.screen.wrap import wrap

    room = max(20, shutil.get_terminal_size().columns - 4) if sys.stdout.isatty() else sys.maxsize
    yield from wrap(f"cited by {', '.join(facts) or 'no fact'}", room)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
