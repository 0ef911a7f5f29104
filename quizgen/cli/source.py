"""``quizgen source``: an article's passages, and the bank held against them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from quizgen.cli import completion
from quizgen.cli.options import BankOption, LangOption, language_from, load_bank
from quizgen.cli.output import print_lines, reason, say, shortened, terminal_width
from quizgen.errors import MisuseError, QuizgenError, nearest, problem
from quizgen.language import counted, localize, message, text
from quizgen.model import Bank, Passage, Source

if TYPE_CHECKING:
    from quizgen.source import Article, ArticlePassage

app = typer.Typer(no_args_is_help=True)

ArticleArgument: TypeAlias = Annotated[Path, typer.Argument(metavar="ARTICLE")]
SourceOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="ID",
        autocompletion=completion.sources,
    ),
]

_BEGINNING = 60  # cells of a passage that are shown: the article is not ours to print


@app.command("show")
def show(article: ArticleArgument, bank: BankOption = None, lang: LangOption = None) -> None:
    """List an article's passages: their ids, speakers, digests, and the facts that cite them."""
    from quizgen.screen.wrap import wrap
    from quizgen.source import facts_citing, likeliest

    language = language_from(lang)
    found = _read_file(article)
    loaded = load_bank(bank)
    known = {passage.digest: passage for source in loaded.sources.values() for passage in source.passages}
    citing = facts_citing(loaded.facts.values())
    _print_head(article, found, likeliest(found, loaded.sources.values()), language)
    for number, passage in enumerate(found.passages, 1):
        match = known.get(passage.digest)
        facts = citing.get(match.id, []) if match else []
        cited = message(language, "source.cited-by" if facts else "source.cited-by-none", facts=facts)
        about = (_beginning(passage), f"sha256 {passage.digest}", *wrap(cited, terminal_width() - 4))
        print_lines(["", f"{number:2}  {passage.id}{_place_and_speaker(passage, match, language)}"])
        print_lines(f"    {line}" for line in about)


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
        raise QuizgenError(problem("source.uncited", "source.nothing-to-check", source=chosen.id))
    if problems := hold_against(found, chosen, facts, str(article)):
        for each in problems:
            say(each)
        raise typer.Exit(1)
    cited = [passage for passage in chosen.passages if passage.id in facts_citing(facts)]
    passages, terms = counted("source.passages", len(cited)), counted("source.facts", len(facts))
    say("source.sound", source=chosen.id, passages=passages, facts=terms)


def _read_file(path: Path) -> "Article":
    from quizgen.source import LIMIT, read_article

    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except IsADirectoryError:
        raise QuizgenError(problem("source.folder", "source.name-file", file=str(path))) from None
    except FileNotFoundError:
        raise QuizgenError(problem("source.no-file", "source.check-name", file=str(path))) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise QuizgenError(problem("source.unreadable", reason=reason(error), file=str(path))) from None
    return read_article(data, str(path))


def _chosen(bank: Bank, asked: str | None, article: "Article") -> Source:
    """Return the source asked for, or else the one that the article has the most passages of."""
    from quizgen.source import likeliest

    if not bank.sources:
        raise QuizgenError(problem("source.none", "source.add-one"))
    if asked is not None:
        if asked in bank.sources:
            return bank.sources[asked]
        hint = nearest(asked, bank.sources) or text("source.these", sources=tuple(bank.sources))
        raise MisuseError(problem("source.unknown", hint, asked=asked))
    if len(bank.sources) == 1:
        return next(iter(bank.sources.values()))
    if chosen := likeliest(article, bank.sources.values()):
        return chosen
    raise MisuseError(problem("source.no-passage", "source.say-which", sources=tuple(bank.sources)))


def _print_head(path: Path, article: "Article", source: Source | None, language: str) -> None:
    form = text("source.text") if article.form == "text" else article.form
    passages = counted("source.passages", len(article.passages))
    head = message(
        language, "source.head", file=path, encoding=article.encoding, form=form, passages=passages
    )
    title = message(language, "source.title", title=article.title or text("source.no-title"))
    print_lines([head, title])
    if source is None:
        print_lines([message(language, "source.no-source")])
        return
    digests = {passage.digest for passage in article.passages}
    shared = sum(passage.digest in digests for passage in source.passages)
    named = {"source": source.id, "title": localize(source.title, language)}
    of_all = counted("source.passages", len(source.passages))
    print_lines([message(language, "source.source", **named, shared=shared, passages=of_all)])


def _place_and_speaker(passage: "ArticlePassage", match: Passage | None, language: str) -> str:
    """Say where a passage stands, and who speaks: by office where the bank knows it, else as printed."""
    place = message(language, "source.line", line=passage.line) if passage.line else ""
    speaker = localize(match.speaker, language) if match else passage.speaker
    return f"{place}: {speaker}" if speaker else place


def _beginning(passage: "ArticlePassage") -> str:
    """Give the start of what a passage says."""
    return shortened(passage.text.removeprefix(passage.speaker).lstrip(":：.)、． "), _BEGINNING)
