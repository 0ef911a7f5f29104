"""``quizgen bank show``: show a question, an exhibit or a fact, with the facts and passages behind it."""

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
    WrittenOption,
    language_from,
    load_bank,
    without_generated,
)
from quizgen.cli.output import hanging_indent, print_json, print_lines
from quizgen.errors import MisuseError, Problem, problem
from quizgen.ids import find_id, topic_of
from quizgen.kinds import KINDS
from quizgen.model import Bank, Exhibit, Fact, Line, Question
from quizgen.text.languages import is_text, locale, localize, within_quotes
from quizgen.text.messages import N_, _

Row: TypeAlias = tuple[str, str]
"""A label and a text."""

Entry: TypeAlias = Question | Exhibit | Fact
"""Anything that ``bank show`` shows."""


def show(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            autocompletion=completion.entries,
            help=N_(
                "The id of a question, a fact, or a call, message or letter, as `quizgen bank list` shows it."
            ),
        ),
    ] = None,
    json: JsonOption = False,
    written_only: WrittenOption = False,
    bank: BankOption = None,
    lang: LangOption = None,
) -> None:
    """Show a question, an exhibit or a fact with all that it rests on; with --json alone, the whole bank."""
    from quizgen.bank.yaml_form import bank_entries

    language = language_from(lang, bank)
    if name is None and not json:
        raise MisuseError(problem(_("no id given"), _("name a question or a fact, or use --json")))
    loaded = load_bank(bank)
    if name is None:
        print_json(bank_entries(without_generated(loaded) if written_only else loaded))
        return
    entry = find(loaded, name)
    if json:
        print_json(entry_json(entry))
    else:
        print_lines([entry.id, *hanging_indent(entry_rows(entry, loaded, language))])


def find(bank: Bank, name: str) -> Entry:
    """Return a question, an exhibit or a fact by its full id, or by its own id if only one topic has it.

    A question takes precedence over an exhibit with the same id, which is shown with it.
    """
    everything: dict[str, Entry] = {**bank.exhibits, **bank.facts, **bank.questions}
    full = find_id(name, everything, _("question, exhibit or fact"))
    if isinstance(full, Problem):
        raise MisuseError(full)
    return everything[full]


def entry_json(entry: Entry) -> Any:
    """Return an entry as plain data for ``bank show --json``."""
    match entry:
        case Question():
            return question_entry(entry)
        case Exhibit():
            return exhibit_entry(entry)
    return entry


def entry_rows(entry: Entry, bank: Bank, language: str) -> list[Row]:
    """Return the rows of an entry, and of the facts behind it."""
    match entry:
        case Question():
            rows, facts = _question_rows(entry, bank, language), entry.facts
        case Exhibit():
            rows = [("topic", _title(bank, entry.topic, language)), *_exhibit_rows(entry, language)]
            facts = tuple(dict.fromkeys(fact for sign in entry.signs for fact in sign.facts))
        case Fact():
            rows, facts = [], (entry.id,)
    return rows + [row for fact in facts for row in _fact_rows(bank.facts[fact], bank, language)]


def _title(bank: Bank, topic: str, language: str) -> str:
    return localize(bank.topics[topic].title, language)


def _question_rows(question: Question, bank: Bank, language: str) -> list[Row]:
    """Return the rows of a question, with its exhibit before the stem."""
    entry = question_entry(question)
    exhibit = bank.exhibits.get(question.exhibit)
    rows = [
        ("topic", _title(bank, question.topic, language)),
        ("kind", question.kind),
        ("level", question.level),
        ("difficulty", str(question.difficulty)),
        *([("audience", question.audience)] if question.audience != "everyone" else []),
        *([("generated", _("yes, by a model").translated(language))] if question.generated else []),
        *([("exhibit", exhibit.id), *_exhibit_rows(exhibit, language)] if exhibit else []),
        ("stem", localize(question.stem, language)),
    ]
    for key in KINDS[question.kind].own_fields:
        rows += [(key, text) for text in _answer_texts(entry.get(key), language)]
    if question.rationale:
        rows.append(("rationale", localize(question.rationale, language)))
    if question.advice:
        ours = _("ours, not from the article").translated(language)
        rows.append(("advice", f"{localize(question.advice, language)} [{ours}]"))
    if question.enemies:
        rows.append(("enemies", ", ".join(question.enemies)))
    if not question.facts:
        rows.append(("source", _("no source given").translated(language)))
    return rows


def _exhibit_rows(exhibit: Exhibit, language: str) -> list[Row]:
    """Return the rows of an exhibit: what it is, its texts, and its signs."""
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
    """Return the rows of an exhibit's context, sender, lines and signs."""
    rows = [("context", localize(exhibit.context, language))] if exhibit.context else []
    rows.append(("from", localize(exhibit.sender, language)))
    for number, line in enumerate(exhibit.lines, start=1):
        rows += _line_rows(f"line {number}", line, language)
    quotes = locale(language).quotes
    for sign in exhibit.signs:
        words = within_quotes(localize(sign.words, language), language)
        reason = localize(sign.reason, language)
        where = f"line {sign.line}" if sign.line else "from"
        rows.append(("sign", f"{where}, {quotes[0]}{words}{quotes[1]}: {reason}"))
    return rows


def _line_rows(name: str, line: Line, language: str) -> Iterator[Row]:
    """Yield the rows of a line: its text, what it costs, and the possible replies with what follows."""
    lost = _("lost: {lost}", lost=line.lost).translated(language)
    cost = "" if line.lost is None else f" [{lost}]"
    yield name, f"{line.who}: {localize(line.text, language)}{cost}"
    for reply in line.replies:
        yield "reply", localize(reply.say, language)
        for each in reply.then:
            yield from _line_rows("then", each, language)


def _answer_texts(part: Any, language: str) -> Iterator[str]:
    """Yield the texts of a part of an answer in one language; texts that belong together are one line."""
    if isinstance(part, bool):
        yield "true" if part else "false"
    elif isinstance(part, list):
        for each in part:
            yield from _answer_texts(each, language)
    elif isinstance(part, dict) and is_text(part):
        texts = {tag: "; ".join(each) if isinstance(each, list) else each for tag, each in part.items()}
        yield localize(texts, language)
    elif isinstance(part, dict):
        yield " → ".join(text for each in part.values() for text in _answer_texts(each, language))
    elif part is not None:
        yield str(part)


def _fact_rows(fact: Fact, bank: Bank, language: str) -> Iterator[Row]:
    """Yield the rows of a fact, and of the passages that it cites."""
    yield "fact", f"{localize(fact.statement, language)} [{fact.id}]"
    for cite in fact.cites:
        source = bank.sources[topic_of(cite)]
        speaker = next(
            (localize(passage.speaker, language) for passage in source.passages if passage.id == cite), ""
        )
        yield "passage", ": ".join(filter(None, (cite, speaker, full_title(source, language))))
    yield "terms", ", ".join(fact.terms)
