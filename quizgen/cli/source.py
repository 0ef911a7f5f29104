"""``quizgen source``: list the sources of a bank and their passages, and check texts against them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from quizgen.citation import date_or_undated
from quizgen.cli import completion
from quizgen.cli.options import BankOption, LangOption, language_from, load_bank
from quizgen.cli.output import print_lines, say
from quizgen.errors import MisuseError, Problem, QuizgenError, nearest, problem
from quizgen.files import read_file
from quizgen.ids import slug_of
from quizgen.model import Bank, Passage, Source
from quizgen.text.languages import localize
from quizgen.text.messages import N_, Message, _, ngettext

if TYPE_CHECKING:
    from quizgen.source.check import SourceMatch
    from quizgen.source.text import SourceText, TextPassage

TextsArgument: TypeAlias = Annotated[
    list[Path],
    typer.Argument(
        metavar="TEXT…", help=N_("Files with the text of a source: plain text, Markdown or HTML.")
    ),
]
AnyTextsArgument: TypeAlias = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[TEXT…]",
        show_default=False,
        help=N_("Files with the text of a source: plain text, Markdown or HTML."),
    ),
]
SourceOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="ID",
        autocompletion=completion.sources,
        help=N_("The id of the source that the texts belong to; by default quizgen finds it by itself."),
    ),
]

_MAX_CELLS = 60  # the most cells of a passage, since the text belongs to others


def show(texts: AnyTextsArgument = None, bank: BankOption = None, lang: LangOption = None) -> None:
    """List the bank's sources; or the passages of texts: ids, speakers, digests, and the facts that cite them."""
    language = language_from(lang, bank)
    if not texts:
        _list_sources(load_bank(bank), language)
        return
    files = _read_files(texts)
    loaded = load_bank(bank)
    for number, (name, file) in enumerate(files):
        print_lines([""] if number else [])
        _show_text(name, file, loaded, language)


def check(texts: TextsArgument, bank: BankOption = None, source: SourceOption = None) -> None:
    """Check that texts are those of the sources that the bank cites, a line a problem; exit 1 if there is any."""
    from quizgen.source.check import check_texts

    files = _read_files(texts)
    loaded = load_bank(bank)
    if not loaded.sources:
        raise QuizgenError(problem(_("the bank has no source"), _("add one")))
    checked = check_texts(files, loaded, _find_source(loaded, source))
    for each in checked:
        for found in each.problems:
            say(found)
        if each.match and not each.problems:
            say(_match_summary(each.name, each.match, loaded))
    if any(each.problems for each in checked):
        raise typer.Exit(1)


def _read_files(paths: Sequence[Path]) -> "list[tuple[str, SourceText]]":
    """Read texts, each with its file's name. Raises QuizgenError with the problems of all of them."""
    texts: list[tuple[str, SourceText]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            texts.append((str(path), _read_file(path)))
        except QuizgenError as error:
            problems += error.problems
    if problems:
        raise QuizgenError(problems)
    return texts


def _read_file(path: Path) -> "SourceText":
    from quizgen.cli.child_process import read_in_child
    from quizgen.source.decode import MAX_BYTES
    from quizgen.source.text import read_text

    data = read_file(path, MAX_BYTES, _("give only the text, as plain text or HTML"))
    return read_in_child(str(path), read_text, data, str(path))


def _find_source(bank: Bank, asked: str | None) -> Source | None:
    """Return the source asked for, if any. Raises MisuseError if it does not exist."""
    if asked is None or asked in bank.sources:
        return bank.sources[asked] if asked else None
    hint = nearest(asked, bank.sources) or _("there is {sources}", sources=tuple(bank.sources))
    raise MisuseError(problem(_("there is no source {asked!r}"), hint, asked=asked))


def _match_summary(name: str, known: "SourceMatch", bank: Bank) -> Message:
    """Return a message on a text without problems: which passages of its source it has, how many facts cite them, and what it lacks."""
    from quizgen.source.check import facts_by_passage

    citing = facts_by_passage(bank.facts.values())
    facts = {fact for passage in known.found for fact in citing.get(passage, ())}
    stand = (
        ngettext("{count} fact, all terms found", "{count} facts, all terms found", len(facts))
        if facts
        else _("no facts cite them")
    )
    sound = _(
        "{file}: {source}, {shared} of its {passages}, {facts}",
        file=name,
        source=known.source.id,
        **_shared_count(known),
        facts=stand,
    )
    lacking = [slug_of(passage) for passage in known.missing]
    return (
        _("{sound}; missing from the text or changed: {lacking}", sound=sound, lacking=lacking)
        if lacking
        else sound
    )


def _list_sources(bank: Bank, language: str) -> None:
    """Print a bank's sources: their titles, publishers and dates, and notes on their age."""
    for source in bank.sources.values():
        passages = {passage.id for passage in source.passages}
        facts = sum(not passages.isdisjoint(fact.cites) for fact in bank.facts.values())
        title = localize(source.title, language)
        about = _(
            "{publisher}, {date}, {passages}, cited by {facts}",
            publisher=localize(source.publisher, language),
            date=date_or_undated(source, language),
            passages=ngettext("{count} passage", "{count} passages", len(passages)),
            facts=ngettext("{count} fact", "{count} facts", facts),
        )
        notes = [_("notes").translated(language)] if source.basis == "notes" else []
        note = [*notes, *([localize(source.note, language)] if source.note else [])]
        print_lines([_("{source}: {title}", source=source.id, title=title).translated(language)])
        print_lines(f"    {line}" for line in (about, *note))


def _show_text(name: str, file: "SourceText", bank: Bank, language: str) -> None:
    from quizgen.source.check import facts_by_passage, identify_source

    known = {passage.digest: passage for source in bank.sources.values() for passage in source.passages}
    citing = facts_by_passage(bank.facts.values())
    _print_head(name, file, identify_source(file, bank), language)
    for number, passage in enumerate(file.passages, 1):
        match = known.get(passage.digest)
        facts = citing.get(match.id, []) if match else []
        cited = (
            _("cited by {facts}", facts=facts) if facts else _("cited by no fact", facts=facts)
        ).translated(language)
        about = (_start_of(passage), f"sha256 {passage.digest}", cited)
        print_lines(["", f"{number:2}  {passage.id}{_place_and_speaker(passage, match, language)}"])
        print_lines(f"    {line}" for line in about)


def _print_head(name: str, file: "SourceText", known: "SourceMatch | None", language: str) -> None:
    form = _("text") if file.form == "text" else file.form
    passages = ngettext("{count} passage", "{count} passages", len(file.passages))
    head = _(
        "{file}: {encoding} {form}, {passages}",
        file=name,
        encoding=file.encoding,
        form=form,
        passages=passages,
    ).translated(language)
    title = _("title: {title}", title=file.title or _("(none found)")).translated(language)
    print_lines([head, title])
    if known is None:
        print_lines([_("source: (no source in the bank has any of these passages)").translated(language)])
        return
    named = {"source": known.source.id, "title": localize(known.source.title, language)}
    print_lines(
        [
            _(
                "source: {source}, {title} ({shared} of its {passages} found)",
                **named,
                **_shared_count(known),
            ).translated(language)
        ]
    )
    if known.missing:
        print_lines(
            [_("not found: {passages}", passages=[*map(slug_of, known.missing)]).translated(language)]
        )


def _shared_count(known: "SourceMatch") -> dict[str, object]:
    """Return the values for a message on how many of a source's passages a text has."""
    passages = ngettext("{count} passage", "{count} passages", len(known.source.passages))
    return {"shared": len(known.found), "passages": passages}


def _place_and_speaker(passage: "TextPassage", match: Passage | None, language: str) -> str:
    """Return the line of a passage, and its speaker: the office if the bank has it, or else the name in the text."""
    place = _(", line {line}", line=passage.line).translated(language) if passage.line else ""
    speaker = localize(match.speaker, language) if match else passage.speaker
    return f"{place}: {speaker}" if speaker else place


def _start_of(passage: "TextPassage") -> str:
    """Return the start of a passage, without its speaker."""
    from quizgen.screen.rows import shorten

    return shorten(passage.text.removeprefix(passage.speaker).lstrip(":：.)、． "), _MAX_CELLS)
