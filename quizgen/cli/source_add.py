"""``quizgen source add``: add texts to a question bank as sources, with the digests of their passages."""

import re
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeAlias

import typer

from quizgen.bank import analyse_bank
from quizgen.bank.files import RawFile, display_path
from quizgen.cli.console import Replies, is_interactive, prepare_streams
from quizgen.cli.editable_bank import EditableBank, read_editable_bank
from quizgen.cli.options import OwnBankOption, require_own_bank
from quizgen.cli.output import check_writable, reader_language, say
from quizgen.cli.passage_texts import TEXT_SUFFIXES
from quizgen.cli.prompts import InputEndedError, ask
from quizgen.cli.source import read_texts
from quizgen.errors import MisuseError, Problem, QuizgenError, problem
from quizgen.fields import DATE, MAX_SLUG_LENGTH, SLUG
from quizgen.model import Bank, Source
from quizgen.text.languages import TAG, Text, localize
from quizgen.text.messages import N_, Message, _, ngettext

if TYPE_CHECKING:
    from quizgen.author.new_source import SourceDetails
    from quizgen.source.text import SourceText

TextsOrFolders: TypeAlias = Annotated[
    list[Path],
    typer.Argument(
        metavar="TEXT…",
        help=N_(
            "Files with the text of a source (plain text, Markdown, HTML, Word or PDF), or folders with such files."
        ),
    ),
]


class _GivenDetails(NamedTuple):
    """The details of sources that the options give. Each is "" if no option gives it."""

    id: str
    title: str
    publisher: str
    date: str
    language: str
    speakers: Mapping[str, str]


class _AddedSource(NamedTuple):
    """A source that was added or updated: its id, its edited file, and what to print about it."""

    id: str
    file: RawFile
    messages: Sequence[Message]


def add(
    texts: TextsOrFolders,
    bank: OwnBankOption = None,
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help=N_("The title of the source."), show_default=False)
    ] = "",
    publisher: Annotated[
        str,
        typer.Option(
            "--publisher",
            metavar="NAME",
            help=N_("Who published the source, such as a newspaper."),
            show_default=False,
        ),
    ] = "",
    date: Annotated[
        str,
        typer.Option(
            "--date",
            metavar="DATE",
            help=N_("When the source was published, as exactly as you know: 2021, 2021-05 or 2021-05-17."),
            show_default=False,
        ),
    ] = "",
    lang: Annotated[
        str,
        typer.Option(
            "--lang",
            "-l",
            metavar="LANG",
            help=N_("The language of the text, such as en or zh-Hans."),
            show_default=False,
        ),
    ] = "",
    speaker: Annotated[
        list[str] | None,
        typer.Option(
            "--speaker",
            metavar="NAME=JOB",
            help=N_(
                "The name of somebody who speaks in the text, and the job to show instead of the name, such as 'Mary Poole=a police officer'. To give several, give --speaker again."
            ),
        ),
    ] = None,
    id_: Annotated[
        str,
        typer.Option(
            "--id",
            metavar="ID",
            help=N_(
                "A short name for the source, which never changes. By default it is made from the title."
            ),
            show_default=False,
        ),
    ] = "",
) -> None:
    """Write texts into a question bank as sources, or update the passages of sources that it has."""
    given = _GivenDetails(id_, title, publisher, date, lang, _parse_speakers(speaker or []))
    folder = _require_one_folder(bank)
    paths = _expand_folders(texts)
    _check_options(given, paths)
    files = read_texts(paths)
    editable = read_editable_bank([folder])
    prepare_streams(reader_language())
    replies = Replies()
    try:
        content, edits, results = _add_texts(files, given, editable, replies)
    except InputEndedError:
        say(_("nothing is written"), err=True)
        raise typer.Exit(128 + replies.signal if replies.signal else 1) from None
    editable.write({name: file for name, file in edits.items() if file != editable.files.get(name)})
    _report_unused_speakers(given, files)
    for message in (message for result in results for message in result.messages):
        say(message)
    for each in _term_problems(files, content, [result.id for result in results]):
        say(each)


def _add_texts(
    files: Sequence[tuple[str, "SourceText"]],
    given_details: _GivenDetails,
    editable: EditableBank,
    replies: Replies,
) -> tuple[Bank, dict[str, RawFile], list[_AddedSource]]:
    """Return the bank with texts as sources, its edited files, and what happened to each text.

    Raises QuizgenError with the problems of all texts, and InputEndedError if the author leaves.
    """
    content = editable.content
    edits: dict[str, RawFile] = {}
    results: list[_AddedSource] = []
    names_by_id: dict[str, str] = {}
    problems: list[Problem] = []
    for name, text in files:
        try:
            result = _add_text(name, text, given_details, editable, content, edits, replies)
        except QuizgenError as error:
            problems += error.problems
            continue
        if result.id in names_by_id and result.file != edits[result.file.name]:
            what = _(
                "{first} and {second} are nearly the same text", first=names_by_id[result.id], second=name
            )
            problems.append(problem(what, _("add only one of them")))
            continue
        names_by_id[result.id] = name
        edits[result.file.name] = result.file
        results.append(result)
        analysis = analyse_bank(editable.folders, edited_files=[*edits.values()])
        if analysis.bank is None:
            raise QuizgenError(analysis.findings.problems)
        content = analysis.bank
    if problems:
        raise QuizgenError(problems)
    return content, edits, results


def _report_unused_speakers(given: _GivenDetails, files: Sequence[tuple[str, "SourceText"]]) -> None:
    """Print which of the given speakers begin no passage. No passage then gets the job that was given for them."""
    from quizgen.author.new_source import labels_of_speakers

    labels = {label for _name, text in files for label in labels_of_speakers(text)}
    for name in given.speakers:
        if name not in labels:
            say(
                _(
                    "{name} opens no passage (as “{name}:” would), so --speaker changes nothing; write the job as `speaker` of a passage in sources.yaml",
                    name=name,
                ),
                err=True,
            )


def _require_one_folder(bank: list[Path] | None) -> Path:
    """Return the folder of the bank that gets the sources. Raises MisuseError if none or several are named."""
    folders = require_own_bank(bank)
    if len(folders) > 1:
        raise MisuseError(problem(_("sources are added to one bank"), _("name it with --bank")))
    return folders[0]


def _parse_speakers(pairs: Sequence[str]) -> dict[str, str]:
    """Return jobs by the labels of speakers. Raises MisuseError if a pair has no equals sign."""
    for pair in pairs:
        if not all(part.strip() for part in pair.partition("=")[::2]):
            raise MisuseError(
                problem(_("{pair!r} does not name a speaker and a job"), _("write NAME=JOB"), pair=pair)
            )
    return {name.strip(): job.strip() for name, _, job in (pair.partition("=") for pair in pairs)}


def _expand_folders(paths: Sequence[Path]) -> list[Path]:
    """Return the files that are named, and the texts in folders that are named. Raises QuizgenError if a folder has none."""
    expanded: list[Path] = []
    for path in paths:
        if not path.is_dir():
            expanded.append(path)
            continue
        found = sorted(
            each for each in path.iterdir() if each.suffix.lower() in TEXT_SUFFIXES and each.is_file()
        )
        if not found:
            raise QuizgenError(
                problem(
                    _("this folder has no text ({suffixes})"),
                    _("name a file"),
                    suffixes=TEXT_SUFFIXES,
                    file=display_path(path),
                )
            )
        expanded += found
    return expanded


def _check_options(given_details: _GivenDetails, paths: Sequence[Path]) -> None:
    """Raise MisuseError if an option is not valid, or if it can only be about one text and there are several."""
    if len(paths) > 1 and (given_details.id or given_details.title):
        raise MisuseError(
            problem(
                _("--title and --id are about one text, and there are several"), _("add each text on its own")
            )
        )
    if given_details.id:
        _parse_id(given_details.id)
    if given_details.date:
        _parse_date(given_details.date)
    if given_details.language:
        _parse_tag(given_details.language)


def _add_text(
    name: str,
    text: "SourceText",
    given_details: _GivenDetails,
    editable: EditableBank,
    content: Bank,
    edits: Mapping[str, RawFile],
    replies: Replies,
) -> _AddedSource:
    """Return the file of a bank in which a text is a source. Raises QuizgenError, and InputEndedError if the author leaves."""
    from quizgen.author.insert import insert_entries
    from quizgen.author.new_source import (
        find_same_source,
        find_source_with_title,
        new_source_entry,
        suggest_source_id,
    )

    source = content.sources.get(given_details.id) if given_details.id else find_same_source(text, content)
    if source:
        return _update_source(name, text, source, given_details, editable, content, edits)
    details = _ask_details(name, text, given_details, content, replies)
    if same := find_source_with_title(details.title, content):
        raise QuizgenError(
            problem(
                _("the bank has another text with the title {title!r}: {source}"),
                _("give this one another title, or name the source with --id if this is a new version of it"),
                title=next(iter(details.title.values())),
                source=same.id,
                file=name,
            )
        )
    own_id = given_details.id or suggest_source_id(
        next(iter(details.title.values())), Path(name).stem, content.sources
    )
    file = _file_with_sources(editable, edits)
    check_writable(editable.path_of(file.name), force=True)
    edited = insert_entries(file, "sources", [new_source_entry(own_id, text, details)])
    written = _(
        "{source}: {passages} written to {file}",
        source=own_id,
        passages=ngettext("{count} passage", "{count} passages", len(text.passages)),
        file=file.name,
    )
    return _AddedSource(own_id, edited, [written])


def _update_source(
    name: str,
    text: "SourceText",
    source: Source,
    given_details: _GivenDetails,
    editable: EditableBank,
    content: Bank,
    edits: Mapping[str, RawFile],
) -> _AddedSource:
    """Return the file in which the passages of a source are those of its text, and what has changed."""
    from quizgen.author.insert import replace_entry
    from quizgen.author.new_source import source_passages, update_passages, updated_source_entry
    from quizgen.source.check import facts_by_passage

    citing = facts_by_passage(content.facts.values())
    languages = content.declared.languages
    speakers = {label: dict.fromkeys(languages, job) for label, job in given_details.speakers.items()}
    update = update_passages(source, text, speakers, citing)
    entry = updated_source_entry(source, update.passages)
    for key, value in (("title", given_details.title), ("publisher", given_details.publisher)):
        if value:
            entry[key] = dict.fromkeys(languages, value)
    for key, value in (("date", given_details.date), ("language", given_details.language)):
        if value:
            entry[key] = value
    file = _file_with_sources(editable, edits, source.id)
    if entry == updated_source_entry(source, source_passages(source)):
        return _AddedSource(
            source.id,
            file,
            [_("{source}: the bank has this text already ({file})", source=source.id, file=name)],
        )
    check_writable(editable.path_of(file.name), force=True)
    message = _(
        "{source} is updated: {changed} changed, {added} new, {gone} gone",
        source=source.id,
        changed=len(update.changed),
        added=len(update.added),
        gone=len(update.gone),
    )
    changed = [
        ngettext(
            "{passage} has other words now; check the fact that cites it: {facts}",
            "{passage} has other words now; check the facts that cite it: {facts}",
            len(citing[passage]),
            passage=passage,
            facts=citing[passage],
        )
        for passage in update.changed
        if passage in citing
    ]
    gone = [
        ngettext(
            "{passage} is not in the text any more, but a fact cites it: {facts}; cite another passage there",
            "{passage} is not in the text any more, but facts cite it: {facts}; cite other passages there",
            len(citing[passage]),
            passage=passage,
            facts=citing[passage],
        )
        for passage in update.gone
        if passage in citing
    ]
    replaced = [
        message.with_values(source=source.id, old=localize(old, reader_language()), new=new)
        for old, new, message in (
            (source.title, given_details.title, _("{source}: the title is now {new}; it was {old}")),
            (
                source.publisher,
                given_details.publisher,
                _("{source}: the publisher is now {new}; it was {old}"),
            ),
        )
        if new and new not in old.values()
    ]
    return _AddedSource(
        source.id, replace_entry(file, "sources", entry), [message, *replaced, *changed, *gone]
    )


def _term_problems(
    files: Sequence[tuple[str, "SourceText"]], bank: Bank, source_ids: Sequence[str]
) -> list[Problem]:
    """Return problems for terms of facts that are not in the passages which these facts cite."""
    from quizgen.source.check import find_missing_terms

    return [
        each
        for (name, text), id_ in zip(files, source_ids, strict=True)
        for each in find_missing_terms(name, text, bank.sources[id_], bank)
    ]


def _ask_details(
    name: str, text: "SourceText", given_details: _GivenDetails, content: Bank, replies: Replies
) -> "SourceDetails":
    """Return title, publisher, date, language and speakers of a new source: from the options, the text, or the author.

    Raises QuizgenError if nobody can be asked and the title or the publisher is missing.
    """
    from quizgen.author.new_source import SourceDetails, guess_text_language, labels_of_speakers

    languages = content.declared.languages
    language = given_details.language or guess_text_language(text, languages)
    if not is_interactive():
        return _details_without_asking(name, text, given_details, languages, language)
    say(_("{file}: {passages}", file=name, passages=_count_passages(text)))
    title = _ask_text(_("Title"), languages, given_details.title, text.title, replies)
    publisher = _ask_text(
        _("Publisher, such as a newspaper or an office"),
        languages,
        given_details.publisher,
        text.publisher,
        replies,
    )
    date = given_details.date or ask(
        _("Date, as exactly as you know (2021, 2021-05 or 2021-05-17)"),
        replies,
        _parse_date,
        default=text.date,
        is_optional=True,
    )
    language = given_details.language or ask(_("Language of the text"), replies, _parse_tag, default=language)
    speakers: dict[str, Text] = {}
    for label in labels_of_speakers(text):
        asked = _("Who speaks as {label!r}: the job, never a name", label=label)
        job = _ask_text(
            asked, languages, given_details.speakers.get(label, ""), "", replies, is_optional=True
        )
        if job:
            speakers[label] = job
    return SourceDetails(title, publisher, date, language, speakers)


def _details_without_asking(
    name: str, text: "SourceText", given_details: _GivenDetails, languages: Sequence[str], language: str
) -> "SourceDetails":
    """Return the details of a source from the options and the text. Raises QuizgenError if some are missing."""
    from quizgen.author.new_source import SourceDetails

    title, publisher = given_details.title or text.title, given_details.publisher or text.publisher
    problems = []
    if not title:
        problems.append(
            problem(_("the title of this text is not known"), _("give it with --title"), file=name)
        )
    if not publisher:
        problems.append(
            problem(_("the publisher of this text is not known"), _("give it with --publisher"), file=name)
        )
    if problems:
        raise QuizgenError(problems)

    def in_all(text: str) -> Text:
        return dict.fromkeys(languages, text)

    speakers = {label: in_all(job) for label, job in given_details.speakers.items()}
    return SourceDetails(
        in_all(title), in_all(publisher), given_details.date or text.date, language, speakers
    )


def _ask_text(
    label: Message,
    languages: Sequence[str],
    given_text: str,
    guessed_text: str,
    replies: Replies,
    *,
    is_optional: bool = False,
) -> Text:
    """Return a text in each language of the bank: the given one, or what the author answers. An optional text can be empty."""
    if given_text:
        return dict.fromkeys(languages, given_text)
    texts: dict[str, str] = {}
    for tag in languages:
        asked = label if len(languages) == 1 else _("{label}, in {language}", label=label, language=tag)
        words = ask(asked, replies, _parse_words, default=guessed_text, is_optional=is_optional)
        if not words:
            return {}
        texts[tag] = words
        guessed_text = words
    return texts


def _parse_words(line: str) -> str:
    """Return a text without needless spaces, or "". Raises QuizgenError if it has a forbidden character."""
    from quizgen.bank.checks import check_texts

    words = " ".join(line.split())
    if words and (found := list(check_texts({"title": {"en": words}}))):
        raise QuizgenError([problem(each.what, each.hint) for each in found])
    return words


def _parse_date(line: str) -> str:
    """Return a date. Raises MisuseError if it is not a year, a month or a day."""
    if line and not re.fullmatch(DATE, line):
        raise MisuseError(
            problem(_("{date!r} is no date"), _("write it as 2021, 2021-05 or 2021-05-17"), date=line)
        )
    return line


def _parse_tag(line: str) -> str:
    """Return the tag of a language. Raises MisuseError if it is not one."""
    if not re.fullmatch(TAG, line):
        raise MisuseError(
            problem(_("{tag!r} is no tag of a language"), _("write en or zh-Hans, for example"), tag=line)
        )
    return line


def _parse_id(line: str) -> str:
    """Return the id of a source. Raises MisuseError if it is not one."""
    if not re.fullmatch(SLUG, line) or len(line) > MAX_SLUG_LENGTH:
        raise MisuseError(
            problem(_("{id!r} is no id"), _("write small letters, digits and hyphens"), id=line)
        )
    return line


def _count_passages(text: "SourceText") -> Message:
    """Return how many passages a text has."""
    return ngettext("{count} passage", "{count} passages", len(text.passages))


def _file_with_sources(editable: EditableBank, edits: Mapping[str, RawFile], source_id: str = "") -> RawFile:
    """Return the file of a bank that has its sources, as it is after the edits, or a new file.

    With ``source_id``, it is the file that has this source. Raises QuizgenError if that is in another folder.
    """
    from quizgen.author.new_bank import empty_sources_file
    from quizgen.bank.reader import read_document

    for file in {**editable.files, **edits}.values():
        document, _problems = read_document(file)
        sources = document.data.get("sources") if document else None
        if isinstance(sources, list):
            ids = [each.get("id") for each in sources]
            if not source_id or source_id in ids:
                return file
    folder = editable.folders[0]
    if source_id or folder.is_file():
        raise QuizgenError(
            problem(
                _("the sources of this bank are in another file of the folder"),
                _("name the folder"),
                file=display_path(folder),
            )
        )
    names = {Path(name).name for name in {**editable.files, **edits}}
    name = next(each for at in count(1) if (each := f"sources{f'-{at}' * (at > 1)}.yaml") not in names)
    return RawFile(display_path(folder / name), empty_sources_file())
