"""``quizgen bank stats``: count the questions, facts and exhibits of a question bank."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from quizgen.assemble import MIX, Recipe, largest_count_without_enemies, question_category
from quizgen.cli.options import BankOption, JsonOption, bank_or_own, load_bank
from quizgen.cli.output import print_json, print_lines, print_number_table, reader_language, say
from quizgen.kinds import KINDS
from quizgen.model import AUDIENCES, DIFFICULTIES, LEVELS, Bank, Exhibit
from quizgen.text.messages import Message, _, ngettext

MAX_COUNT_TO_TRY = 30
"""A quiz is not tried with more questions than this."""

_COLUMNS: dict[str, tuple[str, ...]] = {
    # The columns of each group.
    "kind": tuple(KINDS),
    "level": LEVELS,
    "difficulty": tuple(map(str, DIFFICULTIES)),
    "audience": tuple(AUDIENCES),
    "mix": tuple(MIX),
    "exhibits": ("genuine", "scam"),
}


def stats(json: JsonOption = False, bank: BankOption = None) -> None:
    """Count questions, facts and exhibits by topic, kind, level and difficulty, and list the facts that no question is about."""
    loaded = load_bank(bank_or_own(bank), with_drafts=True)
    topics = [topic_counts(loaded, topic) for topic in loaded.topics]
    facts_with_question = {fact for question in loaded.questions.values() for fact in question.facts}
    facts_without_question = [fact for fact in loaded.facts if fact not in facts_with_question]
    unsourced = [question.id for question in loaded.questions.values() if not question.facts]
    exhibits = exhibit_counts(loaded.exhibits.values())
    drafts = {
        "facts": sum(fact.draft for fact in loaded.facts.values()),
        "exhibits": sum(exhibit.draft for exhibit in loaded.exhibits.values()),
        "questions": sum(question.draft for question in loaded.questions.values()),
    }
    free = largest_count_without_enemies(_leave_out_drafts(loaded), Recipe(), MAX_COUNT_TO_TRY)
    if json:
        totals = {
            "facts": len(loaded.facts),
            "lessons": len(loaded.lessons),
            "questions": len(loaded.questions),
            "exhibits": exhibits,
            "drafts": drafts,
            "without_enemies": free,
        }
        print_json(
            {
                **totals,
                "topics": topics,
                "facts_without_question": facts_without_question,
                "questions_without_source": unsourced,
            }
        )
        return
    for table in count_tables(topics, reader_language()):
        print_number_table(table)
        print_lines([""])
    if loaded.exhibits:
        say(
            _(
                "exhibits: {count}; {share} % genuine",
                count=len(loaded.exhibits),
                share=round(100 * exhibits["genuine"] / len(loaded.exhibits)),
            )
        )
    if any(drafts.values()):
        say(
            _(
                "of these are drafts, which no quiz has: {facts}, {exhibits}, {questions} (`quizgen bank accept`)",
                facts=ngettext("{count} fact", "{count} facts", drafts["facts"]),
                exhibits=ngettext("{count} exhibit", "{count} exhibits", drafts["exhibits"]),
                questions=ngettext("{count} question", "{count} questions", drafts["questions"]),
            )
        )
    if 0 < free < MAX_COUNT_TO_TRY:
        say(
            ngettext(
                "a quiz can have 1 question",
                "a quiz can have {count} questions that do not give each other away",
                free,
            )
        )
    if facts_without_question:
        say(_("facts without a question:"))
        print_lines(f"  {fact}" for fact in facts_without_question)
    elif loaded.facts:
        say(_("every fact has a question"))
    if unsourced:
        say(ngettext("1 question without a source:", "{count} questions without a source:", len(unsourced)))
        print_lines(f"  {question}" for question in unsourced)


def _leave_out_drafts(bank: Bank) -> Bank:
    """Return a question bank with only the questions that quizzes can have."""
    questions = {id_: question for id_, question in bank.questions.items() if not question.draft}
    return replace(bank, questions=questions)


def topic_counts(bank: Bank, topic: str) -> dict[str, Any]:
    """Return the counts of one topic: facts, exhibits, and questions by kind, level, difficulty and audience.

    ``mix`` counts the questions for everyone by the categories from which a quiz is drawn: about genuine
    exhibits, about scams, and all others by level.
    """
    questions = [question for question in bank.questions.values() if question.topic == topic]
    exhibits = [exhibit for exhibit in bank.exhibits.values() if exhibit.topic == topic]
    kinds = Counter(question.kind for question in questions)
    levels = Counter(question.level for question in questions)
    difficulties = Counter(question.difficulty for question in questions)
    audiences = Counter(question.audience for question in questions)
    mix = Counter(question_category(each, bank.exhibits) for each in questions if each.audience == "everyone")
    return {
        "topic": topic,
        "facts": sum(fact.topic == topic for fact in bank.facts.values()),
        "lessons": sum(lesson.topic == topic for lesson in bank.lessons.values()),
        "questions": len(questions),
        "kind": {kind: kinds[kind] for kind in KINDS},
        "level": {level: levels[level] for level in LEVELS},
        "difficulty": {str(difficulty): difficulties[difficulty] for difficulty in DIFFICULTIES},
        "audience": {audience: audiences[audience] for audience in AUDIENCES},
        "mix": {part: mix[part] for part in MIX},
        "exhibits": exhibit_counts(exhibits),
    }


def exhibit_counts(exhibits: Collection[Exhibit]) -> dict[str, int]:
    """Return how many exhibits are genuine, and how many are scams."""
    genuine = sum(exhibit.genuine for exhibit in exhibits)
    return {"genuine": genuine, "scam": len(exhibits) - genuine}


_FIRST_COLUMN_HEADINGS: Mapping[str, Message] = {
    "topic": _("topic"),
    "facts": _("facts"),
    "lessons": _("lessons"),
    "questions": _("questions"),
}

_GROUP_HEADINGS: Mapping[str, Mapping[str, Message]] = {
    "audience": {
        "everyone": _("for everyone"),
        "work": _("for work"),
    },
    "mix": {
        "genuine": _("shows a genuine contact"),
        "scam": _("shows a scam"),
        "apply": _("to act"),
        "understand": _("to understand"),
        "recall": _("to know"),
    },
    "exhibits": {
        "genuine": _("genuine"),
        "scam": _("scams"),
    },
}
"""The headings of columns by group, for groups whose columns are not words of the command line."""


def count_tables(topics: Sequence[dict[str, Any]], language: str) -> Iterator[list[list[str]]]:
    """Yield a table for each group of counts, such as kinds.

    Groups that the question bank has nothing in are left out.
    """
    groups = ["kind", "level", "difficulty"]
    if any(sum(topic["exhibits"].values()) for topic in topics):
        groups += ["exhibits", "mix"]
    if any(topic["audience"]["work"] for topic in topics):
        groups.append("audience")
    for group in groups:
        yield _count_table(topics, group, language)


def _count_table(topics: Sequence[dict[str, Any]], group: str, language: str) -> list[list[str]]:
    """Return the table of one group of counts: a row for each topic, and a last row with the totals."""
    names = _COLUMNS[group]
    first_columns = tuple(
        each
        for each in _FIRST_COLUMN_HEADINGS
        if each != "lessons" or any(topic["lessons"] for topic in topics)
    )
    if group in ("exhibits", "mix"):
        first_columns = ("topic",)  # these groups count exhibits, or only some questions
    rows = [
        [*(topic[each] for each in first_columns), *(topic[group][head] for head in names)]
        for topic in topics
    ]
    totals = [sum(column) for column in list(zip(*rows, strict=True))[1:]] or [0] * (
        len(names) + len(first_columns) - 1
    )
    heading_row = [_FIRST_COLUMN_HEADINGS[each].translated(language) for each in first_columns]
    heading_row += [_column_heading(group, each, language) for each in names]
    table = [heading_row, *rows, [_("total").translated(language), *totals]]
    return [[str(cell) for cell in row] for row in table]


def _column_heading(group: str, name: str, language: str) -> str:
    """Return the heading of a column. Kinds and levels have the names that they have on the command line."""
    if group == "difficulty":
        return _("difficulty {number}", number=name).translated(language)
    if group in _GROUP_HEADINGS:
        return _GROUP_HEADINGS[group][name].translated(language)
    return name
