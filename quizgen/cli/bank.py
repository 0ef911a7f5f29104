"""``quizgen bank``: what somebody who keeps a bank asks of it. Its words are those of the bank's files."""

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from quizgen.cli.options import (
    BankOption,
    KindOption,
    LangOption,
    LevelOption,
    TopicOption,
    WrittenOption,
    language_from,
    load_bank,
    without_generated,
)
from quizgen.errors import MisuseError, problem
from quizgen.files import shipped
from quizgen.language import read
from quizgen.model import Bank, Fact, Question, Text

app = typer.Typer(help="Check, list and show the bank of facts and questions.", no_args_is_help=True)

JsonOption: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Row: TypeAlias = tuple[str, str]
"""What a text is, and the text."""

_BEGINNING = 60  # cells of a stem that a list shows


@app.command("check")
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="Folders or files to check.")
    ] = None,
    bank: BankOption = None,
    lint: Annotated[
        bool, typer.Option("--lint", help="Hold it against the rules of item writing too.")
    ] = False,
    json: JsonOption = False,
    sarif: Annotated[bool, typer.Option("--sarif", help="Print SARIF 2.1.0, for code hosts.")] = False,
) -> None:
    """Report everything that is wrong in a bank, a line a problem; exit 1 if there is any.

    With --lint, notes alone do not fail it: errors and warnings do, unless the question waives them.
    """
    from quizgen.bank import examine

    places = [*(paths or ()), *(bank or ())] or [shipped("question_bank")]
    if lint or json or sarif:
        from quizgen.cli.lint import report

        raise typer.Exit(report(places, lint=lint, json=json, sarif=sarif))
    found = examine(places)
    if found.problems:
        for each in found.problems:
            typer.echo(str(each))
        raise typer.Exit(1)
    counted = f"{_counted(found.facts, 'fact')} and {_counted(found.questions, 'question')}"
    more = f", {found.generated} more generated" if found.generated else ""
    typer.echo(f"{counted} in {_counted(found.files, 'file')}{more}: no problem found")


@app.command("list")
def list_(
    topic: TopicOption = None,
    kind: KindOption = None,
    level: LevelOption = None,
    facts: Annotated[bool, typer.Option("--facts", help="List facts in place of questions.")] = False,
    written_only: WrittenOption = False,
    bank: BankOption = None,
    lang: LangOption = None,
) -> None:
    """List questions, or facts: ids and how each begins."""
    from quizgen.assemble import Recipe, select
    from quizgen.cli.counts import aligned

    language = language_from(lang)
    if facts and (kind or level):
        raise MisuseError(problem("a fact has no kind and no level", "leave out --kind and --level"))
    loaded = load_bank(bank)
    questions = select(
        loaded,
        Recipe(
            topics=tuple(topic or ()),
            kinds=tuple(kind or ()),
            levels=tuple(level or ()),
            written_only=written_only,
        ),
    )
    if facts:
        chosen = [fact for fact in loaded.facts.values() if not topic or fact.topic in topic]
        rows = [[fact.id, _beginning(fact.statement, language)] for fact in chosen]
    else:
        rows = [
            [each.id, each.kind, each.level, str(each.difficulty), _beginning(each.stem, language)]
            for each in questions
        ]
    _print_lines(aligned(rows))


@app.command("show")
def show(
    name: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A question or a fact: topic/id, or id alone.")
    ] = None,
    json: JsonOption = False,
    written_only: WrittenOption = False,
    bank: BankOption = None,
    lang: LangOption = None,
) -> None:
    """Show a question or a fact with all that it rests on; with --json alone, the whole bank."""
    from quizgen.bank import as_json, authored

    language = language_from(lang)
    if name is None and not json:
        raise MisuseError(problem("no id is given", "name a question or a fact, or ask for --json"))
    loaded = load_bank(bank)
    if name is None:
        _print_json(as_json(without_generated(loaded) if written_only else loaded))
        return
    found = _find(loaded, name)
    if json:
        _print_json(authored(found) if isinstance(found, Question) else found)
    else:
        rows = _question_rows(found, loaded, language) if isinstance(found, Question) else []
        facts = map(loaded.facts.__getitem__, found.facts) if isinstance(found, Question) else [found]
        rows += [row for fact in facts for row in _fact_rows(fact, loaded, language)]
        _print_lines([found.id, *_hung(rows)])


@app.command("stats")
def stats(json: JsonOption = False, written_only: WrittenOption = False, bank: BankOption = None) -> None:
    """Count facts and questions by topic, kind, level and difficulty, and name facts without a question."""
    from quizgen.cli.counts import aligned, counts_table, topic_counts

    loaded = load_bank(bank)
    if written_only:
        loaded = without_generated(loaded)
    topics = [topic_counts(loaded, topic) for topic in loaded.topics]
    asked = {fact for question in loaded.questions.values() for fact in question.facts}
    unasked = [fact for fact in loaded.facts if fact not in asked]
    if json:
        totals = {
            "facts": len(loaded.facts),
            "questions": len(loaded.questions),
            "generated": sum(question.generated for question in loaded.questions.values()),
        }
        _print_json({**totals, "topics": topics, "facts_without_question": unasked})
        return
    for group in ("kind", "level", "difficulty"):
        _print_lines([*aligned(counts_table(topics, group)), ""])
    if unasked:
        _print_lines(["facts without a question:", *(f"  {fact}" for fact in unasked)])
    else:
        typer.echo("no fact is without a question")


@app.command("generate")
def generate(
    model: Annotated[
        list[str] | None,
        typer.Option("--model", metavar="ID", help="Only what this item model makes; may be repeated."),
    ] = None,
    json: JsonOption = False,
    bank: BankOption = None,
    lang: LangOption = None,
) -> None:
    """Show the questions that item models make of the facts, in full; nothing is written."""
    from quizgen.cli.generated import show_generated

    language = language_from(lang)
    show_generated(bank or [shipped("question_bank")], model or [], language, json=json)


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of a bank's files, which editors use."""
    from quizgen.bank.schema import document

    _print_json(document())


def _find(bank: Bank, name: str) -> Question | Fact:
    """Find a question or a fact by full id, or by its own id where one topic alone has it."""
    everything: dict[str, Question | Fact] = {**bank.facts, **bank.questions}
    if name in everything:
        return everything[name]
    found = [full for full in everything if full.partition("/")[2] == name]
    if len(found) == 1:
        return everything[found[0]]
    if found:
        raise MisuseError(problem(f"{len(found)} topics have {name!r}", f"write {' or '.join(found)}"))
    own_ids = {full if "/" in name else full.partition("/")[2]: full for full in everything}
    near = get_close_matches(name, own_ids, n=1)
    hint = f"did you mean {own_ids[near[0]]}?" if near else "see `quizgen bank list`"
    raise MisuseError(problem(f"there is no question or fact {name!r}", hint))


def _question_rows(question: Question, bank: Bank, language: str) -> list[Row]:
    from quizgen.bank import authored

    entry = authored(question)
    rows = [
        ("topic", read(bank.topics[question.topic].title, language)),
        ("kind", question.kind),
        ("level", question.level),
        ("difficulty", str(question.difficulty)),
        *([("generated", "yes, by an item model")] if question.generated else []),
        ("stem", read(question.stem, language)),
    ]
    for key in ("key", "distractors", "pairs", "sequence"):
        rows += [(key, text) for text in _answer_texts(entry.get(key), language)]
    if "accept" in entry:
        accepted = {tag: "; ".join(words) for tag, words in entry["accept"].items()}
        rows.append(("accept", read(accepted, language)))
    rows.append(("rationale", read(question.rationale, language)))
    if question.advice:
        rows.append(("advice", f"{read(question.advice, language)} [ours, not the article's]"))
    return rows


def _answer_texts(part: Any, language: str) -> Iterator[str]:
    """Give the texts of a key, of distractors, pairs or steps, in one language."""
    if isinstance(part, bool):
        yield "true" if part else "false"
    elif isinstance(part, list):
        for each in part:
            yield from _answer_texts(each, language)
    elif part and "left" in part:
        yield f"{read(part['left'], language)} → {read(part['right'], language)}"
    elif part:
        yield read(part, language)


def _fact_rows(fact: Fact, bank: Bank, language: str) -> Iterator[Row]:
    """Say a fact, and where each of the passages that it cites comes from."""
    yield "fact", f"{read(fact.statement, language)} [{fact.id}]"
    for cite in fact.cites:
        source = bank.sources[cite.partition("/")[0]]
        speaker = next(
            (read(passage.speaker, language) for passage in source.passages if passage.id == cite), ""
        )
        said_in = f"{read(source.title, language)} ({read(source.publisher, language)}, {source.date})"
        yield "passage", ": ".join(filter(None, (cite, speaker, said_in)))
    yield "terms", ", ".join(fact.terms)


def _hung(rows: Sequence[Row]) -> Iterator[str]:
    """Set texts beside what they are, wrapped to a terminal; a pipe gets each in one line."""
    from quizgen.screen.wrap import wrap

    margin = 2 + max(len(label) for label, _ in rows)
    room = max(20, shutil.get_terminal_size().columns - margin) if sys.stdout.isatty() else sys.maxsize
    before = ""
    for label, text in rows:
        for index, line in enumerate(wrap(text, room)):
            shown = label if index == 0 and (label != before or label == "fact") else ""
            yield f"{shown:{margin}}{line}"
        before = label


def _beginning(text: Text, language: str) -> str:
    """Give the start of a text, cut to a number of cells."""
    from rich.cells import cell_len, set_cell_size

    whole = read(text, language)
    return whole if cell_len(whole) <= _BEGINNING else set_cell_size(whole, _BEGINNING - 1).rstrip() + "…"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def _print_json(data: Any) -> None:
    """Print JSON as the UTF-8 that it always is, whatever the terminal's encoding."""
    from msgspec.json import encode, format  # noqa: A004  its own name

    typer.echo(format(encode(data), indent=2))
