"""``quizgen bank``: what somebody who keeps a bank asks of it. Its words are those of the bank's files."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from quizgen.cli import completion
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
from quizgen.cli.output import (
    hanging_indent,
    print_figures,
    print_json,
    print_lines,
    print_table,
    reader_language,
    say,
    shortened,
)
from quizgen.errors import MisuseError, problem
from quizgen.files import shipped
from quizgen.model import Audience
from quizgen.text.languages import Text, localize
from quizgen.text.messages import counted

app = typer.Typer(no_args_is_help=True)

JsonOption: TypeAlias = Annotated[bool, typer.Option("--json")]
_BEGINNING = 60  # cells of a stem that a list shows


@app.command("check")
def check(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...")] = None,
    bank: BankOption = None,
    lint: Annotated[bool, typer.Option("--lint")] = False,
    json: JsonOption = False,
    sarif: Annotated[bool, typer.Option("--sarif")] = False,
    watch: Annotated[bool, typer.Option("--watch")] = False,
) -> None:
    """Report everything that is wrong in a bank, a line a problem; exit 1 if there is any.

    A file alone is read with the files beside it, to which its ids may lead. With --lint, notes alone do
    not fail it: errors and warnings do, unless the question waives them.
    """
    from quizgen.cli import check as checking

    places = [*(paths or ()), *(bank or ())] or [shipped("question_bank")]
    raise typer.Exit(checking.check(places, lint=lint, json=json, sarif=sarif, watch=watch))


@app.command("list")
def list_(
    topic: TopicOption = None,
    kind: KindOption = None,
    level: LevelOption = None,
    facts: Annotated[bool, typer.Option("--facts")] = False,
    exhibits: Annotated[bool, typer.Option("--exhibits")] = False,
    written_only: WrittenOption = False,
    bank: BankOption = None,
    lang: LangOption = None,
) -> None:
    """List questions, facts or exhibits: ids and how each begins."""
    from quizgen.assemble import Recipe, select

    language = language_from(lang, bank)
    if facts and exhibits:
        raise MisuseError(problem("entries.facts-and-exhibits", "check.choose-one"))
    if (facts or exhibits) and (kind or level):
        what = "entries.fact-kind" if facts else "entries.exhibit-kind"
        raise MisuseError(problem(what, "entries.leave-out-kind"))
    loaded = load_bank(bank)
    questions = select(
        loaded,
        Recipe(
            topics=tuple(topic or ()),
            kinds=tuple(kind or ()),
            levels=tuple(level or ()),
            written_only=written_only,
            audience="all",
        ),
    )
    if facts:
        chosen = [fact for fact in loaded.facts.values() if not topic or fact.topic in topic]
        rows = [[fact.id, _beginning(fact.statement, language)] for fact in chosen]
    elif exhibits:
        rows = [
            [
                each.id,
                each.channel,
                "genuine" if each.genuine else "scam",
                _beginning(each.sender, language),
                _beginning(each.lines[0].text, language),
            ]
            for each in loaded.exhibits.values()
            if (not topic or each.topic in topic) and not (written_only and each.generated)
        ]
    else:
        rows = [
            [each.id, each.kind, each.level, str(each.difficulty), _beginning(each.stem, language)]
            for each in questions
        ]
    print_table(rows)


@app.command("show")
def show(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            autocompletion=completion.entries,
        ),
    ] = None,
    json: JsonOption = False,
    written_only: WrittenOption = False,
    bank: BankOption = None,
    lang: LangOption = None,
) -> None:
    """Show a question, an exhibit or a fact with all that it rests on; with --json alone, the whole bank."""
    from quizgen.bank.yaml_form import as_json
    from quizgen.cli.shown import entry_json, entry_rows, find

    language = language_from(lang, bank)
    if name is None and not json:
        raise MisuseError(problem("entries.no-id", "entries.give-id"))
    loaded = load_bank(bank)
    if name is None:
        print_json(as_json(without_generated(loaded) if written_only else loaded))
        return
    found = find(loaded, name)
    if json:
        print_json(entry_json(found))
    else:
        print_lines([found.id, *hanging_indent(entry_rows(found, loaded, language))])


@app.command("stats")
def stats(json: JsonOption = False, written_only: WrittenOption = False, bank: BankOption = None) -> None:
    """Count facts, exhibits and questions by topic, kind, level and difficulty, and name facts without a question."""
    from quizgen.cli.shown import count_tables, exhibit_counts, topic_counts

    loaded = load_bank(bank)
    if written_only:
        loaded = without_generated(loaded)
    topics = [topic_counts(loaded, topic) for topic in loaded.topics]
    asked = {fact for question in loaded.questions.values() for fact in question.facts}
    unasked = [fact for fact in loaded.facts if fact not in asked]
    unsourced = [question.id for question in loaded.questions.values() if not question.facts]
    exhibits = exhibit_counts(loaded.exhibits.values())
    if json:
        totals = {
            "facts": len(loaded.facts),
            "questions": len(loaded.questions),
            "generated": sum(question.generated for question in loaded.questions.values()),
            "exhibits": exhibits,
        }
        print_json(
            {
                **totals,
                "topics": topics,
                "facts_without_question": unasked,
                "questions_without_source": unsourced,
            }
        )
        return
    for table in count_tables(topics, reader_language()):
        print_figures(table)
        print_lines([""])
    if loaded.exhibits:
        share = round(100 * exhibits["genuine"] / len(loaded.exhibits))
        say("entries.exhibits", written=exhibits["written"], generated=exhibits["generated"], share=share)
    if unasked:
        say("entries.unasked")
        print_lines(f"  {fact}" for fact in unasked)
    elif loaded.facts:
        say("entries.all-asked")
    if unsourced:
        say(counted("entries.unsourced", len(unsourced)))
        print_lines(f"  {question}" for question in unsourced)


@app.command("new")
def new(
    topic: Annotated[
        str,
        typer.Option("--topic", "-t", metavar="TOPIC", autocompletion=completion.topics),
    ] = "",
    kind: Annotated[
        str,
        typer.Option("--kind", "-k", metavar="KIND", autocompletion=completion.kinds),
    ] = "",
    level: Annotated[
        str,
        typer.Option("--level", metavar="LEVEL", autocompletion=completion.levels),
    ] = "",
    audience: Annotated[Audience, typer.Option("--audience")] = "everyone",
    bank: BankOption = None,
) -> None:
    """Write a new question: asked for step by step, checked as you go, and added to its topic's file.

    Nothing else in the file changes. From a pipe it reads one answer a line.
    """
    from quizgen.cli import new as asking

    raise typer.Exit(asking.new(bank or [], topic, kind, level, audience))


@app.command("generate")
def generate(
    model: Annotated[
        list[str] | None,
        typer.Option(
            "--model",
            metavar="ID",
            autocompletion=completion.models,
        ),
    ] = None,
    json: JsonOption = False,
    bank: BankOption = None,
    lang: LangOption = None,
) -> None:
    """Show what models make, exhibits and questions, in full; nothing is written."""
    from quizgen.cli.generated import show_generated

    language = language_from(lang, bank)
    show_generated(bank or [shipped("question_bank")], model or [], language, json=json)


@app.command("schema")
def schema(bank: BankOption = None) -> None:
    """Print the JSON Schema of a bank's files, which editors use."""
    from quizgen.bank import declared
    from quizgen.bank.schema import document

    print_json(document(declared(bank or [shipped("question_bank")])))


@app.command("init")
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    languages: Annotated[
        str,
        typer.Option("--languages", metavar="TAG,…", autocompletion=completion.languages),
    ] = "",
    title: Annotated[str, typer.Option("--title", metavar="TEXT")] = "",
    taken_from: Annotated[tuple[str, Path] | None, typer.Option("--from", metavar="FORMAT FILE")] = None,
    skip: Annotated[bool, typer.Option("--skip")] = False,
) -> None:
    """Make a bank of your own in a new folder, ready for its first question.

    In the reader's language unless others are named. Its questions may go without source and reason. With --from it begins
    with those of another program's file.
    """
    from quizgen.cli.init import init as begin

    tags = [tag.strip() for tag in languages.split(",") if tag.strip()]
    begin(folder, tags, title.strip(), taken_from, skip=skip)


def _beginning(text: Text, language: str) -> str:
    """Give the start of a text."""
    return shortened(localize(text, language), _BEGINNING)
