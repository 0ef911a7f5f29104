"""``quizgen source``: list the sources of a question bank and their passages, and check texts against them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from quizgen.citation import date_or_undated
from quizgen.cli import completion
from quizgen.cli.options import BankOption, LangOption, bank_or_own, load_bank, resolve_language
from quizgen.cli.output import print_lines, say
from quizgen.errors import MisuseError, Problem, QuizgenError, problem, suggest_nearest
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
        metavar="TEXT…",
        help=N_("Files with the text of a source: plain text, Markdown, HTML, Word (.docx) or PDF."),
    ),
]
AnyTextsArgument: TypeAlias = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[TEXT…]",
        show_default=False,
        help=N_("Files with the text of a source: plain text, Markdown, HTML, Word (.docx) or PDF."),
    ),
]
SourceOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="ID",
        autocompletion=completion.complete_sources,
        help=N_("The id of the source that the texts belong to; by default quizgen finds it by itself."),
    ),
]

SMALLER_TEXT = _("give only the text, as plain text or HTML")
"""What to do about a text that is too large."""

_MAX_CELLS = 60  # the most cells of a passage, since the text belongs to others


def show(texts: AnyTextsArgument = None, bank: BankOption = None, lang: LangOption = None) -> None:
    """Print the sources of the question bank.

    If texts are given, print their passages instead, with ids, speakers, digests and facts.
    """
    bank = bank_or_own(bank)
    language = resolve_language(lang, bank)
    if not texts:
        _list_sources(load_bank(bank, with_drafts=True), language)
        return
    files = read_texts(texts)
    loaded = load_bank(bank, with_drafts=True)
    for number, (name, file) in enumerate(files):
        print_lines([""] if number else [])
        _print_passages(name, file, loaded, language)


def check(texts: TextsArgument, bank: BankOption = None, source: SourceOption = None) -> None:
    """Check that texts still say what the question bank cites, and print each problem on a line of its own.

    The exit code is 1 if there is a problem.
    """
    from quizgen.source.check import check_texts

    files = read_texts(texts)
    loaded = load_bank(bank_or_own(bank), with_drafts=True)
    if not loaded.sources:
        raise QuizgenError(problem(_("the bank has no source"), _("add one")))
    checked = check_texts(files, loaded, _find_source(loaded, source))
    for each in checked:
        for found in each.problems:
            say(found)
        if each.match and not each.problems:
            say(_describe_match(each.name, each.match, loaded))
    if any(each.problems for each in checked):
        raise typer.Exit(1)


def read_texts(paths: Sequence[Path]) -> "list[tuple[str, SourceText]]":
    """Read the texts of sources; return each with the name of its file.

    Raises QuizgenError with the problems of all files.
    """
    texts: list[tuple[str, SourceText]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            texts.append((str(path), _read_text_in_child(path)))
        except QuizgenError as error:
            problems += error.problems
    if problems:
        raise QuizgenError(problems)
    for name, text in texts:
        if pages := text.pages_without_text:
            what = ngettext(
                "page {pages} is a picture, so its text is missing",
                "pages {pages} are pictures, so their text is missing",
                len(pages),
                pages=tuple(map(str, pages)),
            )
            say(problem(what, _("add the text by hand if you need it"), file=name), err=True)
    return texts


def _read_text_in_child(path: Path) -> "SourceText":
    """Read the text of a source from a file, in a child process. Raises QuizgenError."""
    from quizgen.cli.child_process import run_in_child
    from quizgen.source.decode import MAX_BYTES
    from quizgen.source.text import read_source_text

    data = read_file(path, MAX_BYTES, SMALLER_TEXT)
    return run_in_child(str(path), read_source_text, data, str(path))


def _find_source(bank: Bank, source_id: str | None) -> Source | None:
    """Return the source with an id, or ``None`` if no id is given. Raises MisuseError if there is no such source."""
    if source_id is None or source_id in bank.sources:
        return bank.sources[source_id] if source_id else None
    hint = suggest_nearest(source_id, bank.sources) or _("there is {sources}", sources=tuple(bank.sources))
    raise MisuseError(problem(_("there is no source {asked!r}"), hint, asked=source_id))


def _describe_match(name: str, match: "SourceMatch", bank: Bank) -> Message:
    """Return a message about a text without problems.

    It says which source the text belongs to, how many of its passages the text has, how many facts cite these,
    and which passages are missing.
    """
    from quizgen.source.check import facts_by_passage

    citing_facts = facts_by_passage(bank.facts.values())
    facts = {fact for passage in match.found for fact in citing_facts.get(passage, ())}
    facts_text = (
        ngettext("{count} fact, all terms found", "{count} facts, all terms found", len(facts))
        if facts
        else _("no facts cite them")
    )
    summary = _(
        "{file}: {source}, {shared} of its {passages}, {facts}",
        file=name,
        source=match.source.id,
        **_match_counts(match),
        facts=facts_text,
    )
    missing_slugs = [slug_of(passage) for passage in match.missing_passages]
    return (
        _("{sound}; missing from the text or changed: {lacking}", sound=summary, lacking=missing_slugs)
        if missing_slugs
        else summary
    )


def _list_sources(bank: Bank, language: str) -> None:
    """Print the sources of a question bank: title, publisher, date, and notes on how old they are."""
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


def _print_passages(name: str, file: "SourceText", bank: Bank, language: str) -> None:
    """Print the passages of a text, each with its digest and the facts that cite it."""
    from quizgen.source.check import facts_by_passage, identify_source

    passages_by_digest = {
        passage.digest: passage for source in bank.sources.values() for passage in source.passages
    }
    citing = facts_by_passage(bank.facts.values())
    _print_text_summary(name, file, identify_source(file, bank), language)
    for number, passage in enumerate(file.passages, 1):
        match = passages_by_digest.get(passage.digest)
        facts = citing.get(match.id, []) if match else []
        cited = (
            _("cited by {facts}", facts=facts) if facts else _("cited by no fact", facts=facts)
        ).translated(language)
        about = (_shorten_passage(passage), f"sha256 {passage.digest}", cited)
        print_lines(["", f"{number:2}  {passage.id}{_line_and_speaker(passage, match, language)}"])
        print_lines(f"    {line}" for line in about)


def _print_text_summary(name: str, file: "SourceText", match: "SourceMatch | None", language: str) -> None:
    """Print the format and title of a text, and the source that it belongs to."""
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
    if match is None:
        print_lines([_("source: (no source in the bank has any of these passages)").translated(language)])
        return
    named = {"source": match.source.id, "title": localize(match.source.title, language)}
    print_lines(
        [
            _(
                "source: {source}, {title} ({shared} of its {passages} found)",
                **named,
                **_match_counts(match),
            ).translated(language)
        ]
    )
    if match.missing_passages:
        print_lines(
            [
                _("not found: {passages}", passages=[*map(slug_of, match.missing_passages)]).translated(
                    language
                )
            ]
        )


def _match_counts(match: "SourceMatch") -> dict[str, object]:
    """Return the values for a message that says how many passages of a source a text has."""
    passages = ngettext("{count} passage", "{count} passages", len(match.source.passages))
    return {"shared": len(match.found), "passages": passages}


def _line_and_speaker(passage: "TextPassage", match: Passage | None, language: str) -> str:
    """Return the line number of a passage and its speaker, as text.

    The speaker is the job that the question bank names, or else the name in the text.
    """
    line_text = _(", line {line}", line=passage.line).translated(language) if passage.line else ""
    speaker = localize(match.speaker, language) if match else passage.speaker
    return f"{line_text}: {speaker}" if speaker else line_text


def _shorten_passage(passage: "TextPassage") -> str:
    """Return the start of a passage, without its speaker."""
    from quizgen.screen.rows import shorten_text

    return shorten_text(passage.text.removeprefix(passage.speaker).lstrip(":：.)、． "), _MAX_CELLS)
