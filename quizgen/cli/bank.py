"""``quizgen bank``: what somebody who keeps a bank asks of it. Its words are those of the bank's files."""

from typing import Annotated

import typer

from quizgen.cli import completion
from quizgen.cli.options import (
    BankOption,
    JsonOption,
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
)
from quizgen.errors import MisuseError, problem
from quizgen.files import shipped
from quizgen.text.languages import Text, localize
from quizgen.text.messages import counted

_BEGINNING = 60  # cells of a stem that a list shows


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


def schema(bank: BankOption = None) -> None:
    """Print the JSON Schema of a bank's files, which editors use."""
    from quizgen.bank import declared
    from quizgen.bank.schema import document

    print_json(document(declared(bank or [shipped("question_bank")])))


def _beginning(text: Text, language: str) -> str:
    """Give the start of a text."""
    from quizgen.screen.rows import shortened

    return shortened(localize(text, language), _BEGINNING)
