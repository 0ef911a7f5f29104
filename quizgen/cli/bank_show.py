"""``quizgen bank show``: show a question, an exhibit or a fact, with the facts and passages that it is based on."""

from collections.abc import Iterator
from typing import Annotated, Any, TypeAlias

import typer

from quizgen.bank.yaml_form import exhibit_entry, question_entry
from quizgen.citation import full_title
from quizgen.cli import completion
from quizgen.cli.options import (
    BankOption,
    JsonOption,
    LangOption,
    bank_or_own,
    load_bank,
    resolve_language,
)
from quizgen.cli.output import labelled_lines, print_json, print_lines
from quizgen.errors import MisuseError, Problem, problem
from quizgen.files import shipped_folder
from quizgen.ids import find_id, topic_of
from quizgen.kinds import KINDS
from quizgen.model import Bank, Exhibit, Fact, Lesson, Line, Question
from quizgen.text.languages import is_translated_text, locale, localize, nest_quotes
from quizgen.text.messages import N_, _

Row: TypeAlias = tuple[str, str]
"""A label and a text."""

Entry: TypeAlias = Question | Exhibit | Lesson | Fact
"""Anything that ``bank show`` shows."""


def show(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            autocompletion=completion.complete_entries,
            help=N_(
                "The id of a question, a fact, a lesson, or a call, message or letter, as `quizgen bank list` shows it."
            ),
        ),
    ] = None,
    json: JsonOption = False,
    bank: BankOption = None,
    lang: LangOption = None,
) -> None:
    """Show a question, an exhibit, a lesson or a fact with everything that it is based on.

    Without an id, ``--json`` prints the whole question bank.
    """
    from quizgen.bank import read_file_data
    from quizgen.bank.yaml_form import bank_entries

    bank = bank_or_own(bank)
    language = resolve_language(lang, bank)
    if name is None and not json:
        raise MisuseError(problem(_("no id given"), _("name a question or a fact, or use --json")))
    loaded = load_bank(bank, with_drafts=True)
    if name is None:
        shown = bank_entries(loaded)
        folders = bank or [shipped_folder("question_bank")]
        print_json(shown if len(folders) > 1 else shown | {"files": read_file_data(folders)})
        return
    entry = find_entry(loaded, name)
    if json:
        print_json(entry_as_json_data(entry))
    else:
        print_lines([entry.id, *labelled_lines(entry_rows(entry, loaded, language))])


def find_entry(bank: Bank, name: str) -> Entry:
    """Return the question, exhibit, lesson or fact with an id: a full id, or an id without its topic if only one topic has it.

    If a question and an exhibit have the same id, the question is returned, because it is shown with its
    exhibit. Raises MisuseError if there is no such id.
    """
    everything: dict[str, Entry] = {**bank.exhibits, **bank.lessons, **bank.facts, **bank.questions}
    full = find_id(name, everything, _("question, exhibit, lesson or fact"))
    if isinstance(full, Problem):
        raise MisuseError(full)
    return everything[full]


def entry_as_json_data(entry: Entry) -> Any:
    """Return a question, an exhibit, a lesson or a fact as plain data for ``bank show --json``."""
    match entry:
        case Question():
            return question_entry(entry)
        case Exhibit():
            return exhibit_entry(entry)
    return entry


def entry_rows(entry: Entry, bank: Bank, language: str) -> list[Row]:
    """Return the rows that show a question, an exhibit, a lesson or a fact, followed by the rows of the facts that it is based on."""
    match entry:
        case Question():
            rows, facts = _question_rows(entry, bank, language), entry.facts
        case Exhibit():
            rows = [("topic", _topic_title(bank, entry.topic, language)), *_exhibit_rows(entry, language)]
            facts = tuple(dict.fromkeys(fact for sign in entry.signs for fact in sign.facts))
        case Lesson():
            asked = [("question", each.id) for each in bank.questions.values() if each.lesson == entry.id]
            title = ("topic", _topic_title(bank, entry.topic, language))
            rows, facts = [title, *_lesson_rows(entry, language), *asked], entry.facts
        case Fact():
            rows, facts = [], (entry.id,)
    if not isinstance(entry, Lesson) and entry.draft:
        rows = [("draft", _("yes; it is in no quiz until somebody accepts it").translated(language)), *rows]
    return rows + [row for fact in facts for row in _fact_rows(bank.facts[fact], bank, language)]


def _topic_title(bank: Bank, topic: str, language: str) -> str:
    """Return the title of a topic in a language."""
    return localize(bank.topics[topic].title, language)


def _lesson_rows(lesson: Lesson, language: str) -> list[Row]:
    """Return the rows that show a lesson: what to remember, what to do, and how often it is asked."""
    return [
        ("keep", localize(lesson.keep, language)),
        ("do", localize(lesson.do, language)),
        ("weight", str(lesson.weight)),
        *([("audience", lesson.audience)] if lesson.audience != "everyone" else []),
    ]


def _question_rows(question: Question, bank: Bank, language: str) -> list[Row]:
    """Return the rows that show a question. Its exhibit comes before the stem."""
    entry = question_entry(question)
    exhibit = bank.exhibits.get(question.exhibit)
    rows = [
        ("topic", _topic_title(bank, question.topic, language)),
        *([("lesson", question.lesson)] if question.lesson else []),
        ("kind", question.kind),
        ("level", question.level),
        ("difficulty", str(question.difficulty)),
        *([("audience", question.audience)] if question.audience != "everyone" else []),
        *([("exhibit", exhibit.id), *_exhibit_rows(exhibit, language)] if exhibit else []),
        ("stem", localize(question.stem, language)),
    ]
    for key in KINDS[question.kind].own_fields:
        rows += [(key, text) for text in _answer_field_texts(entry.get(key), language)]
    if question.rationale:
        rows.append(("rationale", localize(question.rationale, language)))
    if question.advice:
        ours = _("our own, not from a source").translated(language)
        rows.append(("advice", f"{localize(question.advice, language)} [{ours}]"))
    if question.enemies:
        rows.append(("enemies", ", ".join(question.enemies)))
    if not question.facts:
        rows.append(("source", _("no source given").translated(language)))
    return rows


def _exhibit_rows(exhibit: Exhibit, language: str) -> list[Row]:
    """Return the rows that show an exhibit: whether it is genuine, its texts, and its signs."""
    verdict = (_("yes") if exhibit.genuine else _("no, a scam")).translated(language)
    rows = [("channel", exhibit.channel), ("genuine", verdict)]
    if exhibit.twin:
        rows.append(("twin", exhibit.twin))
    if exhibit.stake:
        rows.append(("stake", str(exhibit.stake)))
    if exhibit.asks:
        rows.append(("asks", ", ".join(exhibit.asks)))
    return rows + exhibit_texts(exhibit, language)


def exhibit_texts(exhibit: Exhibit, language: str) -> list[Row]:
    """Return the rows for an exhibit's context, sender, lines and signs."""
    rows = [("context", localize(exhibit.context, language))] if exhibit.context else []
    rows.append(("from", localize(exhibit.sender, language)))
    for number, line in enumerate(exhibit.lines, start=1):
        rows += _exhibit_line_rows(f"line {number}", line, language)
    quotes = locale(language).quotes
    for sign in exhibit.signs:
        words = nest_quotes(localize(sign.words, language), language)
        reason = localize(sign.reason, language)
        where = f"line {sign.line}" if sign.line else "from"
        rows.append(("sign", f"{where}, {quotes[0]}{words}{quotes[1]}: {reason}"))
    return rows


def _exhibit_line_rows(label: str, line: Line, language: str) -> Iterator[Row]:
    """Yield the rows that show an exhibit line: its text, the sum lost by then, and the replies with the lines that follow them."""
    lost = _("lost: {lost}", lost=line.lost).translated(language)
    cost = "" if line.lost is None else f" [{lost}]"
    yield label, f"{line.who}: {localize(line.text, language)}{cost}"
    for reply in line.replies:
        yield "reply", localize(reply.say, language)
        for each in reply.then:
            yield from _exhibit_line_rows("then", each, language)


def _answer_field_texts(field: Any, language: str) -> Iterator[str]:
    """Yield the texts of one field of an answer, in a language. The two texts of a pair are joined by an arrow."""
    if isinstance(field, bool):
        yield "true" if field else "false"
    elif isinstance(field, list):
        for each in field:
            yield from _answer_field_texts(each, language)
    elif isinstance(field, dict) and is_translated_text(field):
        texts = {tag: "; ".join(each) if isinstance(each, list) else each for tag, each in field.items()}
        yield localize(texts, language)
    elif isinstance(field, dict):
        yield " → ".join(text for each in field.values() for text in _answer_field_texts(each, language))
    elif field is not None:
        yield str(field)


def _fact_rows(fact: Fact, bank: Bank, language: str) -> Iterator[Row]:
    """Yield the rows that show a fact and the passages that it cites."""
    yield "fact", f"{localize(fact.statement, language)} [{fact.id}]"
    for cite in fact.cites:
        source = bank.sources[topic_of(cite)]
        speaker = next(
            (localize(passage.speaker, language) for passage in source.passages if passage.id == cite), ""
        )
        yield "passage", ": ".join(filter(None, (cite, speaker, full_title(source, language))))
    yield "terms", ", ".join(fact.terms)
