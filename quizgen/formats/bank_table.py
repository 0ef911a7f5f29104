"""A question bank as a table: a tab for each sort of entry, a row for each entry.

:func:`bank_sheets` makes it from the data of the bank's files, and :func:`read_bank_sheets` makes such data from it. Texts of sources, notes
and comments are not in the files' data, so they are not in a table either. The names of files are made anew from the topics.
"""

import re
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import partial
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

from quizgen.author.ids import suggest_id
from quizgen.author.incoming import IncomingFile, raise_problems
from quizgen.author.new_bank import FIRST_TOPIC
from quizgen.bank.file_types import (
    DeclarationFile,
    ExhibitEntry,
    FactEntry,
    GlossaryEntry,
    HelpNumberEntry,
    LessonEntry,
    SignEntry,
)
from quizgen.bank.reader import Locate, Place
from quizgen.errors import Path, Problem, QuizgenError, problem, suggest_nearest
from quizgen.fields import Slug, TextField, YamlMapping
from quizgen.formats.bank_cells import find_cell_problems, replace_impossible_choices
from quizgen.formats.bank_columns import (
    Cell,
    Cells,
    Column,
    Field,
    Places,
    all_fields,
    entry_cells,
    entry_fields,
    read_entry,
)
from quizgen.formats.tables import SheetRows, cell_name
from quizgen.formats.workbook import Sheet
from quizgen.ids import full_id, slug_of, topic_of
from quizgen.kinds import KINDS
from quizgen.model import DEFAULT_LANGUAGES, OPTIONAL_KEYS, Passage, Question, Source, Speaker, Statement
from quizgen.text.languages import FALLBACK, LANGUAGES, TAG, Text, locale
from quizgen.text.messages import NOTHING, Message, _, as_is, ngettext, pgettext


class TopicRow(YamlMapping):
    """A topic in a table."""

    id: Slug
    title: TextField


class LineRow(YamlMapping):
    """A line of an exhibit in a table, a reply that the reader can give to the line above, or a line that follows that reply."""

    who: Speaker
    text: TextField
    part: Literal["line", "reply", "then"] = "line"
    lost: int = 0


_READ_ONLY = ("asked", "text")
"""Columns of the tab of passages that are only to be read. What stands in them is no part of a bank."""


class Tab(NamedTuple):
    """A tab: its key, its title, what is in its rows, and their fields.

    ``owner`` is the name of the column that says what a row belongs to, such as the topic of a question; "" if there is none.
    """

    key: str
    title: Message
    about: Message
    fields: tuple[Field, ...]
    owner: str = ""


def _question_fields() -> tuple[Field, ...]:
    """Return the fields of all kinds of questions, those that only some kinds have before the rationale."""
    fields = {field.name: field for field in all_fields([kind.entry_type for kind in KINDS.values()])}
    names = [name for kind in KINDS.values() for name in kind.entry_fields]
    first = [name for name in names if name not in _LAST_FIELDS]
    ordered = [fields[name] for name in dict.fromkeys([*first, *_LAST_FIELDS]) if name in fields]
    return tuple(field._replace(choices=tuple(KINDS)) if field.name == "kind" else field for field in ordered)


_LAST_FIELDS = ("rationale", "advice", "enemies", "audience", "waive", "draft")

TABS = (
    Tab("bank", _("Bank"), _("one row: the languages of the bank, its title, the currency"), entry_fields(DeclarationFile)),
    Tab("glossary", _("Glossary"), _("words that not every reader knows"), entry_fields(GlossaryEntry)),
    Tab("topics", _("Topics"), _("the headings under which facts and questions stand"), entry_fields(TopicRow)),
    Tab("sources", pgettext("tab", "Sources"), _("the texts that the facts come from"), entry_fields(Source)),
    Tab(
        "passages",
        _("Passages"),
        _("the paragraphs of each source, with their digests; `quizgen source add` writes them"),
        (*entry_fields(Passage), *map(Field, _READ_ONLY)),
        "source",
    ),
    Tab("facts", _("Facts"), _("what a passage says, in your own words"), entry_fields(FactEntry), "topic"),
    Tab(
        "lessons",
        _("Lessons"),
        _("what people should take home, and what to do"),
        entry_fields(LessonEntry),
        "topic",
    ),
    Tab(
        "exhibits",
        _("Calls and messages"),
        _("calls, messages and letters, genuine or scams"),
        entry_fields(ExhibitEntry),
        "topic",
    ),
    Tab("lines", _("Lines"), _("what is said or written in them, a row for each line"), entry_fields(LineRow), "exhibit"),
    Tab("signs", _("Signs"), _("the words that give each of them away, and why"), entry_fields(SignEntry), "exhibit"),
    Tab("questions", _("Questions"), _("a row for each question"), _question_fields(), "topic"),
    Tab("help", _("Help"), _("numbers to call, and where else to get help"), entry_fields(HelpNumberEntry)),
    Tab("statements", _("Sheets"), _("texts that printed sheets show, such as the first steps"), entry_fields(Statement)),
)  # fmt: skip

_LABELS: Mapping[str, Message] = {
    # Heads of columns, by field, or by tab and field. A field without a label is called as in the files.
    "id": _("Id"),
    "topic": _("Topic"),
    "title": _("Title"),
    "draft": _("Draft"),
    "facts": _("Facts"),
    "cites": _("Passages"),
    "short": _("Short"),
    "note": _("Note"),
    "language": pgettext("column", "Language"),
    "bank.languages": _("Languages"),
    "bank.currency": _("Currency"),
    "bank.money": _("Money in a game"),
    "bank.stake": _("Usual stake"),
    "bank.optional": _("Questions may lack"),
    "bank.about": _("About"),
    "region": _("Region"),
    "glossary.word": _("Word"),
    "glossary.meaning": _("Meaning"),
    "source": pgettext("column", "Source"),
    "sources.publisher": _("Publisher"),
    "sources.date": _("Date"),
    "sources.basis": _("Basis"),
    "passages.digest": _("Digest"),
    "passages.speaker": _("Speaker"),
    "passages.asked": _("Question before it"),
    "passages.text": pgettext("column", "Text"),
    "facts.statement": pgettext("column", "What it says"),
    "facts.terms": _("Words quoted from the passage"),
    "lessons.keep": pgettext("column", "To remember"),
    "lessons.do": _("What to do"),
    "lessons.weight": _("Weight"),
    "exhibits.channel": _("Channel"),
    "exhibits.genuine": _("Genuine"),
    "exhibits.twin": _("Twin"),
    "exhibits.context": _("What happened before"),
    "exhibits.stake": _("Money at stake"),
    "exhibits.asks": _("What the sender wants"),
    "exhibits.from": _("From"),
    "exhibit": _("Call or message"),
    "lines.who": _("Who says it"),
    "lines.text": pgettext("column", "Text"),
    "lines.part": _("Part"),
    "lines.lost": _("Money lost by then"),
    "signs.line": _("Line"),
    "signs.words": _("Telltale words"),
    "signs.reason": _("Reason"),
    "questions.kind": _("Kind"),
    "questions.level": _("Level"),
    "questions.difficulty": _("Difficulty"),
    "questions.lesson": _("Lesson"),
    "audience": _("Audience"),
    "questions.stem": _("Question"),
    "questions.key": _("Right answer"),
    "questions.distractors": _("Wrong answer"),
    "questions.left": _("Left side"),
    "questions.right": _("Right side"),
    "questions.sequence": _("Step"),
    "questions.accept": _("Accepted answers"),
    "questions.rationale": _("Why"),
    "questions.advice": _("What to do"),
    "questions.enemies": _("Never together with"),
    "questions.waive": _("Rules that it may break"),
    "help.number": pgettext("telephone", "Number"),
    "help.mail": _("Mail"),
    "help.form": _("Web form"),
    "help.app": _("App"),
    "help.for": _("What it is for"),
    "help.place": _("Where it works"),
    "role": _("Role"),
    "statements.text": pgettext("column", "Text"),
    "statements.head": _("Heading"),
    "statements.number": _("Large number"),
}

_LISTED_COLUMNS = 3
"""A list of texts has at least so many columns, so that there is room to add."""


def _field_label(tab: Tab, name: str) -> Message:
    """Return the head of the columns of a field, or of a part of one."""
    return _LABELS.get(f"{tab.key}.{name}") or _LABELS.get(name) or as_is(name.replace("_", " ").capitalize())


# From files to a table


class Row(NamedTuple):
    """A row of a tab: its cells, and what it belongs to."""

    cells: dict[Column, str]
    owner: str = ""


def bank_sheets(
    files: Mapping[str, Any],
    language: str,
    passage_texts: Mapping[str, str] = MappingProxyType({}),
    passage_questions: Mapping[str, str] = MappingProxyType({}),
) -> list[Sheet]:
    """Return the table of a question bank without problems, from the data of its files. ``language`` is that of the heads.

    ``passage_texts`` has the texts of passages by their full ids, and ``passage_questions`` the interviewer's questions that they
    answer. They are only to be read: a table that comes back is read without them.
    """
    declared = next(
        (data["languages"] for data in files.values() if "languages" in data), list(DEFAULT_LANGUAGES)
    )
    rows = _bank_rows(files, tuple(declared), language)
    for row in rows["passages"]:
        id_ = f"{row.owner}/{row.cells[Column('id')]}"
        row.cells[Column("asked")] = passage_questions.get(id_, "")
        row.cells[Column("text")] = passage_texts.get(id_, "")
    used = (column.language for each in rows.values() for row in each for column in row.cells)
    languages = tuple(dict.fromkeys([*declared, *sorted(filter(None, used))]))
    return [
        _explanation_sheet(language),
        *(_make_sheet(tab, rows[tab.key], languages, len(declared), language) for tab in TABS),
    ]


def _explanation_sheet(language: str) -> Sheet:
    """Return the first tab, which explains the others. It is not read."""
    lines = [
        _("This workbook holds a question bank of quizgen. Each tab has one sort of entry, and each row one entry."),
        _("Write over the examples or delete their rows. Leave a tab empty if you do not need it; Questions and Topics are enough for a quiz."),
        _("Where a cell holds several ids, put commas between them; where it holds several wordings, put each on a line of its own."),
        _("A text has a column for each language of the bank. To add a language, name it on the tab Bank, and add its columns: Question (fr)."),
        _("An id is a short name in small letters, with hyphens: call-back-first. Never change one that has been used. A question without an id gets one."),
        _("Do not change the heads of the columns. You may move columns, and leave out those that you do not need."),
        _("To make a bank of this workbook: quizgen bank init my-bank --from table FILE. To bring changes into a bank: quizgen import table FILE --bank my-bank."),
    ]  # fmt: skip
    rows = [[line.translated(language)] for line in lines]
    tabs = [[tab.title.translated(language), tab.about.translated(language)] for tab in TABS]
    kinds = [[kind.name, kind.meaning.translated(language)] for kind in KINDS.values()]
    head = [_("Kinds of questions:").translated(language)]
    columns = [_("Columns:").translated(language)]
    explained = [
        _explain_column(tab, field, language)
        for tab in TABS
        for whole in tab.fields
        for field in whole.parts or [whole]
    ]
    return Sheet(
        _EXPLANATION.translated(language), [], [*rows, [], *tabs, [], head, *kinds, [], columns, *explained]
    )


def _explain_column(tab: Tab, field: Field, language: str) -> list[str]:
    """Return a row about a column: its tab, its head, what may stand there, and in English what it means."""
    yes, no = locale(language).yes[0], locale(language).no[0]
    choices = (yes, no) if field.form == "truth" else field.choices
    allowed = (
        _("one of {choices:either}", choices=choices)
        if choices
        else _("a whole number")
        if field.form == "number"
        else _("several ids with commas between them")
        if field.form == "ids"
        else NOTHING
    )
    about = field.about if language.startswith(FALLBACK) else ""
    return [
        tab.title.translated(language),
        _field_label(tab, field.name).translated(language),
        allowed.translated(language),
        about,
    ]


_EXPLANATION = _("Read me")


def _make_sheet(
    tab: Tab, rows: Sequence[Row], languages: tuple[str, ...], declared: int, language: str
) -> Sheet:
    """Return a tab. The first ``declared`` of the languages have columns even if they are empty."""
    used = {column for row in rows for column in row.cells}
    columns = sorted(
        used | set(_columns_without_rows(tab, languages[:declared])),
        key=lambda each: _column_order(tab, each, languages),
    )
    heads = [_field_label(tab, tab.owner).translated(language)] if tab.owner else []
    heads += [_column_head(tab, column, language, is_only=len(languages) == 1) for column in columns]
    cells = [
        [*([row.owner] if tab.owner else []), *(row.cells.get(column, "") for column in columns)]
        for row in rows
    ]
    choices = {field.name: field.choices for field in tab.fields if field.choices and field.form != "ids"}
    choices |= {
        field.name: (locale(language).yes[0], locale(language).no[0])
        for field in tab.fields
        if field.form == "truth"
    }
    offset = bool(tab.owner)
    lists = {
        index + offset: choices[column.name] for index, column in enumerate(columns) if column.name in choices
    }
    return Sheet(tab.title.translated(language), heads, cells, lists)


def _columns_without_rows(tab: Tab, languages: Sequence[str]) -> Iterator[Column]:
    """Yield the columns that a tab has even if they are empty."""
    for field in tab.fields:
        for number in range(1, (_LISTED_COLUMNS if field.is_list else 1) + 1):
            for part in [part.name for part in field.parts] or [""]:
                has_languages = field.parts or field.form in ("text", "wordings")
                for tag in languages if has_languages else [""]:
                    yield Column(field.name, part, number, tag)


def _column_order(tab: Tab, column: Column, languages: Sequence[str]) -> tuple[int, str, int, int, int]:
    field = next((field for field in tab.fields if field.name == column.name), None)
    parts = [part.name for part in field.parts] if field else []
    return (
        tab.fields.index(field) if field else len(tab.fields),
        "" if parts else column.part,
        column.number,
        parts.index(column.part) if parts else 0,
        languages.index(column.language) if column.language else 0,
    )


def _column_head(tab: Tab, column: Column, language: str, *, is_only: bool) -> str:
    """Return the head of a column. The language is left out if there is only one."""
    label = _field_label(tab, column.part or column.name).translated(language)
    number = f" {column.number}" if column.number > 1 else ""
    return label + number + (f" ({column.language})" if column.language and not is_only else "")


def _bank_rows(files: Mapping[str, Any], languages: tuple[str, ...], language: str) -> dict[str, list[Row]]:
    """Return the rows of each tab."""
    rows: dict[str, list[Row]] = {tab.key: [] for tab in TABS}
    for data in files.values():
        for key, entry, owner in (
            *_topic_entries(data),
            *_other_entries(data),
        ):
            kind = KINDS[entry["kind"]] if key == "questions" else None
            fields = entry_fields(kind.entry_type) if kind else _TABS[key].fields
            cells = dict(entry_cells(fields, entry, language))
            if isinstance(entry.get("key"), bool):  # of a true-false question
                words = locale(language).true if entry["key"] else locale(language).false
                del cells[Column("key")]
                cells[Column("key", language=languages[0])] = words[0]
            rows[key].append(Row(cells, owner))
    if not rows["bank"]:
        rows["bank"].append(Row({Column("languages"): ", ".join(languages)}))
    return rows


EntryOfTab: TypeAlias = tuple[str, Mapping[str, Any], str]
"""The key of a tab, the entry for a row of it, and what the row belongs to."""


def _topic_entries(data: Mapping[str, Any]) -> Iterator[EntryOfTab]:
    """Yield the entries in the file of a topic."""
    if (topic := data.get("topic")) is None:
        return
    yield "topics", {"id": topic, "title": data["title"]}, ""
    for fact in data.get("facts", ()):
        yield "facts", fact, topic
    yield from (("lessons", lesson, topic) for lesson in data.get("lessons", ()))
    for exhibit in data.get("exhibits", ()):
        name = full_id(topic, exhibit["id"])
        yield "exhibits", _without_keys(exhibit, "lines", "signs"), topic
        yield from (("lines", line, name) for line in _line_rows(exhibit["lines"]))
        yield from (("signs", sign, name) for sign in exhibit["signs"])
    yield from (("questions", question, topic) for question in data.get("questions", ()))


def _other_entries(data: Mapping[str, Any]) -> Iterator[EntryOfTab]:
    """Yield the entries in a file that is not about a topic."""
    if "languages" in data:
        yield "bank", _without_keys(data, "glossary"), ""
    for source in data.get("sources", ()):
        yield "sources", _without_keys(source, "passages"), ""
        yield from (("passages", passage, source["id"]) for passage in source["passages"])
    for key in ("glossary", "help", "statements"):
        yield from ((key, entry, "") for entry in data.get(key, ()))


def _without_keys(entry: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in keys}


def _line_rows(lines: Iterable[Mapping[str, Any]], part: str = "line") -> Iterator[dict[str, Any]]:
    """Yield the rows of lines, each with the replies to it and the lines that follow these."""
    for line in lines:
        text = {key: words for key, words in line.items() if key not in ("who", "lost", "replies")}
        lost = {"lost": line["lost"]} if "lost" in line else {}
        yield {"who": line["who"], "text": text, **({"part": part} if part != "line" else {}), **lost}
        for reply in line.get("replies", ()):
            yield {"who": "you", "text": reply["say"], "part": "reply"}
            yield from _line_rows(reply["then"], "then")


_TABS = {tab.key: tab for tab in TABS}


# From a table to files


class ExistingBank(NamedTuple):
    """The bank that a table goes into: its questions by full id, and the data of its files."""

    questions: Mapping[str, Question]
    files: Mapping[str, Any]


class TableReading(NamedTuple):
    """The files of the bank in a table, and the problems of its cells. With problems, the files are only to be checked further."""

    files: list[IncomingFile]
    problems: list[Problem]


class ReadRow(NamedTuple):
    """A row that was read: its cells by column, and its first cell as a place for problems."""

    cells: Cells
    place: str


def read_bank_sheets(
    sheets: Sequence[SheetRows],
    file_name: str,
    languages: Sequence[str],
    existing: ExistingBank | None = None,
) -> TableReading:
    """Return the files of the question bank in a table, and the problems of its cells.

    ``languages`` are those of the bank if the table does not name them. ``existing`` is ``None`` if the table makes a
    new bank. Raises QuizgenError with all problems of the tabs and the heads of their columns.
    """
    problems: list[Problem] = []
    known = _find_tabs(sheets, file_name, problems)
    only = _declared_languages(known, languages)
    rows = {
        tab.key: list(_read_rows(tab, known[tab.key], file_name, only, problems)) if tab.key in known else []
        for tab in TABS
    }
    raise_problems(problems)
    for key, sheet in known.items():
        problems += _find_dates(_TABS[key], sheet, file_name, only[0])
    files = _Builder(file_name, only, problems, existing).build(rows, known)
    untold = frozenset(_fields_without_column(known, only[0]))
    return TableReading([file._replace(untold=untold) for file in files], problems)


def _fields_without_column(
    known_tabs: Mapping[str, SheetRows], first_language: str
) -> Iterator[tuple[str, str]]:
    """Yield the tab and the name of each field for which the table has no column."""
    for key, sheet in known_tabs.items():
        columns = (
            [_parse_head(_TABS[key], head, first_language) for head in sheet.rows[0][1]] if sheet.rows else []
        )
        names = {column.name for column in columns if column}
        yield from ((key, field.name) for field in _TABS[key].fields if field.name not in names)


def _find_tabs(sheets: Sequence[SheetRows], file_name: str, problems: list[Problem]) -> dict[str, SheetRows]:
    """Return the sheets with rows by the key of their tab. Others are problems, except the explanation."""
    titles = {tab.title.translated(tag).casefold(): tab.key for tab in TABS for tag in LANGUAGES}
    ignored = {_EXPLANATION.translated(tag).casefold() for tag in LANGUAGES}
    found: dict[str, SheetRows] = {}
    for sheet in sheets:
        title = sheet.title.strip().casefold()
        if title in titles:
            found[titles[title]] = sheet
        elif title not in ignored and sheet.rows:
            place = f"{file_name}:{sheet.title}"
            shown = {
                name.casefold(): name
                for tab in TABS
                for name in [tab.title.translated(tag) for tag in LANGUAGES]
            }
            near = suggest_nearest(sheet.title, shown.values())
            problems.append(
                problem(
                    _("unknown tab"),
                    near or _("rename it as `quizgen bank table` does, or remove it"),
                    file=place,
                )
            )
    if not found and not problems:
        hint = _("write one to fill in with `quizgen bank table FILE --new`")
        raise QuizgenError(problem(_("it has no tab of a bank"), hint, file=file_name))
    return found


def _declared_languages(known_tabs: Mapping[str, SheetRows], languages: Sequence[str]) -> tuple[str, ...]:
    """Return the languages that the tab of the bank names, or those of the heads of columns, or else ``languages``."""
    bank = known_tabs.get("bank")
    if bank and len(bank.rows) > 1:
        heads, cells = bank.rows[0][1], bank.rows[1][1]
        named = {_LABELS["bank.languages"].translated(tag).casefold() for tag in LANGUAGES}
        at = next((index for index, head in enumerate(heads) if head.casefold() in named), len(cells))
        if tags := [
            tag for tag in re.split(r"[\s,;，；、]+", "".join(cells[at : at + 1])) if re.fullmatch(TAG, tag)
        ]:
            return tuple(dict.fromkeys(tags))
    heads = [head for sheet in known_tabs.values() for head in (sheet.rows[0][1] if sheet.rows else ())]
    tags = [match[1] for head in heads if (match := re.search(r"[(（]([\w-]+)[)）]$", head))]
    return tuple(dict.fromkeys(tags)) or tuple(languages)


def _read_rows(
    tab: Tab, sheet: SheetRows, file_name: str, languages: Sequence[str], problems: list[Problem]
) -> Iterator[ReadRow]:
    """Yield the rows of a tab below its heads. Heads that are unknown, missing or given twice are problems."""
    if not sheet.rows:
        return
    head_line, heads = sheet.rows[0]
    columns: list[Column | None] = []
    for index, head in enumerate(heads):
        place = f"{file_name}:{sheet.title}!{cell_name(index, head_line)}"
        column = _parse_head(tab, head, languages[0])
        is_empty = not any(
            cells[index : index + 1] != [""] for _line, cells in sheet.rows[1:] if cells[index:]
        )
        if column is None and (head or not is_empty):
            problems.append(_unknown_column(tab, head, place))
        elif column and column in columns:
            problems.append(
                problem(_("two columns are called {head}", head=head), _("keep one of them"), file=place)
            )
        columns.append(column)
    missing = tuple(_missing_heads(tab, columns, languages, _kinds_of(sheet, columns)))
    if len(sheet.rows) > 1 and missing:
        what = ngettext(
            "this tab has no column {names:both}",
            "this tab has no columns {names:both}",
            len(missing),
            names=missing,
        )
        place = f"{file_name}:{sheet.title}!{cell_name(0, head_line)}"
        problems.append(problem(what, _("add it"), file=place))
    for line, cells in sheet.rows[1:]:
        places = [f"{file_name}:{sheet.title}!{cell_name(index, line)}" for index in range(len(cells))]
        row = {
            column: Cell(words, place)
            for column, words, place in zip(columns, cells, places, strict=False)
            if column and words
        }
        if row:
            yield ReadRow(row, next(iter(row.values())).place)


def _find_dates(tab: Tab, sheet: SheetRows, file_name: str, first_language: str) -> Iterator[Problem]:
    """Yield a problem for each cell that is a date, except the date of a source."""
    for line, index in sheet.dates:
        column = _parse_head(tab, "".join(sheet.rows[0][1][index : index + 1]), first_language)
        if column and (tab.key, column.name) != ("sources", "date"):
            yield problem(
                _("this cell is a date or a time, so its words are not those that you see"),
                _("format the column as text, and write it again"),
                file=f"{file_name}:{sheet.title}!{cell_name(index, line)}",
            )


def _parse_head(tab: Tab, head: str, first_language: str) -> Column | None:
    """Return the column that has this head, or ``None`` if there is none. Capitals do not matter, nor the program's language."""
    match = re.fullmatch(r"(.*?)\s*(?<!\d)([1-9]\d?)?\s*(?:[(（]([\w-]+)[)）])?", head)
    label, number, tag = match.groups() if match else (head, None, None)
    if tag and not re.fullmatch(TAG, tag):
        return None
    names = {tab.owner: Field(tab.owner)} if tab.owner else {}
    names |= {part.name: part for field in tab.fields for part in (field.parts or [field])}
    owners = {part.name: field.name for field in tab.fields for part in field.parts}
    for name, field in names.items():
        if any(label.casefold() == _field_label(tab, name).translated(each).casefold() for each in LANGUAGES):
            is_text = field.form in ("text", "wordings")
            language = (tag or first_language) if is_text else ""
            if (tag and not is_text) or (number and not (field.is_list or name in owners)):
                return None
            part = name if name in owners else ""
            return Column(owners.get(name, name), part, int(number or 1), language)
    return None


def _unknown_column(tab: Tab, head: str, place: str) -> Problem:
    if not head:
        return problem(_("this column has no name"), _("name it, or empty it"), file=place)
    names = [part.name for field in tab.fields for part in (field.parts or [field])]
    labels = [
        _field_label(tab, name).translated(tag) for name in [*names, tab.owner] if name for tag in LANGUAGES
    ]
    hint = suggest_nearest(head, labels) or _("rename it as `quizgen bank table` does, or remove it")
    return problem(_("unknown column {head}", head=head), hint, file=place)


def _kinds_of(sheet: SheetRows, columns: Sequence[Column | None]) -> list[str]:
    """Return the kinds of the questions on a tab."""
    at = columns.index(Column("kind")) if Column("kind") in columns else len(columns)
    words = {"".join(cells[at : at + 1]).casefold() for _line, cells in sheet.rows[1:]}
    return [kind for kind in KINDS if kind in words]


def _missing_heads(
    tab: Tab, columns: Sequence[Column | None], languages: Sequence[str], kinds: Iterable[str]
) -> Iterator[Message]:
    """Yield the heads of columns that a tab needs and does not have. A question can lack its id and its topic."""
    given = {(column.name, column.language) for column in columns if column}
    if tab.owner and tab.owner != "topic" and (tab.owner, "") not in given:
        yield _field_label(tab, tab.owner)
    for field in tab.fields:
        if not field.is_required or (tab.key == "questions" and field.name == "id"):
            continue
        for tag in languages if field.form in ("text", "wordings") else [""]:
            if (field.name, tag) not in given:
                label = _field_label(tab, field.name)
                is_only = not tag or len(languages) == 1
                yield label if is_only else _WITH_LANGUAGE.with_values(label=label, language=tag)
    needed = [field for kind in kinds for field in entry_fields(KINDS[kind].entry_type) if field.is_required]
    names = dict.fromkeys(part.name for field in needed for part in field.parts or [field])
    present = {column.part or column.name for column in columns if column}
    always = {field.name for field in tab.fields if field.is_required}
    yield from (_field_label(tab, name) for name in names if name not in {*present, *always, "id"})


def _missing_parts(tab: Tab, fields: Iterable[Field], entry: Mapping[str, Any]) -> Iterator[Message]:
    """Yield the heads of the columns of what an entry needs and does not have. A question can lack its id.

    That a passage lacks its digest is reported elsewhere, with the command that writes it.
    """
    for field in fields:
        if field.is_required and field.name not in entry and (tab.key, field.name) not in _FILLED_LATER:
            for each in field.parts or [field]:
                yield _field_label(tab, each.name)


_FILLED_LATER = (("questions", "id"), ("passages", "digest"))


_WITH_LANGUAGE = pgettext("column", "{label} ({language})")


class _Builder:
    """Builds the files of a bank from the rows of its table, and notes where each value comes from."""

    def __init__(
        self,
        file_name: str,
        languages: tuple[str, ...],
        problems: list[Problem],
        existing: ExistingBank | None,
    ) -> None:
        self._file_name = file_name
        self._existing = {
            id_: _question_identity(each.topic, each.kind, each.exhibit, each.stem)
            for id_, each in (existing.questions if existing else {}).items()
        }
        self._questions = existing.questions if existing else {}
        self._is_new = existing is None
        self._without_id: list[tuple[str, dict[str, Any], str]] = []
        self._earlier = _entries_by_id(existing.files if existing else {})
        declared = (
            (data["languages"] for data in existing.files.values() if "languages" in data) if existing else ()
        )
        self._earlier_languages: Sequence[str] = next(iter(declared), languages)
        self._adopted: set[str] = set()
        self._unknown: set[tuple[str, str]] = set()
        self._languages = languages
        self._problems = problems
        self._places: dict[int, Places] = {}  # of each entry, by the identity of its data

    def build(self, rows: Mapping[str, Sequence[ReadRow]], tabs: Container[str]) -> list[IncomingFile]:
        """Return the files. ``tabs`` are the tabs of the table.

        Rows that belong to nothing, and cells that nothing takes, are problems.
        """
        entries = {
            key: [self._read_entry(key, row) for row in rows[key]]
            for key in ("topics", "sources", "help", "statements")
        }
        self._sources = _by_id(entries["sources"])
        self._topics = self._build_topics(entries["topics"], rows)
        self._add_rows(rows["passages"], "passages", "source", self._sources)
        for key in _TOPIC_LISTS:
            self._add_rows(rows[key], key, "topic", self._topics)
        self._problems += self._find_changed_questions()
        exhibits = self._exhibits_by_full_id()
        self._add_lines(rows["lines"], exhibits)
        self._add_rows(rows["signs"], "signs", "exhibit", exhibits)
        entries["sources"] = [
            *entries["sources"],
            *(self._sources[id_] for id_ in self._adopted if id_ in self._sources),
        ]
        for key, owners in (("sources", self._sources), ("exhibits", exhibits)):
            self._keep_parts(key, owners, tabs)
        self._problems += (
            problem(
                _("{id} has no row on the tab {tab}", id=name, tab=_TABS[part].title),
                _("add one there, or remove this row"),
                file=self._places[id(entry)][()],
            )
            for name, entry in exhibits.items()
            for part in ("lines", "signs")
            if part not in entry and id(entry) in self._places
        )
        self._statements = entries["statements"]
        self._complete_ids()
        files = {
            "bank.yaml": self._build_declaration(rows),
            "sources.yaml": {"sources": entries["sources"]},
            "help.yaml": {"help": entries["help"]},
            "sheets.yaml": {"statements": entries["statements"]},
        }
        files = {name: data for name, data in files.items() if any(data.values())}
        topics = list(self._topics.values())
        filled = [{key: part for key, part in data.items() if part != []} for data in topics]
        for old, new in zip(topics, filled, strict=True):
            self._places[id(new)] = self._places.get(id(old), {})
        files |= zip(_topic_file_names(list(self._topics), files), filled, strict=True)
        return [IncomingFile(name, data, self._make_locator(data)) for name, data in files.items()]

    def _read_entry(self, key: str, row: ReadRow) -> dict[str, Any]:
        """Return the entry of a row. Cells that no field of it takes are problems."""
        tab = _TABS[key]
        kind = self._read_kind(row) if key == "questions" else ""
        fields = entry_fields(KINDS[kind].entry_type) if kind in KINDS else tab.fields
        cells = {column: cell for column, cell in row.cells.items() if column.name != tab.owner}
        entry, places, left = read_entry(fields, cells)
        if key == "passages":
            for name in _READ_ONLY:
                entry.pop(name, None)
        if kind in KINDS:
            entry["kind"] = kind
        if key == "questions" and kind not in KINDS:
            left = []  # that the kind is wrong is reported
        if missing := tuple(_missing_parts(tab, fields, entry)):
            what = (
                _("this question has nothing under {names:both}", names=missing)
                if key == "questions"
                else _("this row has nothing under {names:both}", names=missing)
            )
            self._problems.append(problem(what, _("fill it in"), file=row.place))
        self._problems += find_cell_problems(
            [field for field in fields if field.name != "kind"],
            entry,
            places,
            partial(_field_label, tab),
            self._languages,
        )
        replace_impossible_choices([field for field in fields if field.name != "kind"], entry)
        self._problems += (
            problem(
                _("nothing uses {words!r} in this row", words=cell.words),
                _("remove it, or move it to another column")
                if not kind
                else _(
                    "a question of the kind {kind} has no such part; remove it, or change the kind", kind=kind
                ),
                file=cell.place,
            )
            for cell in left
        )
        self._places[id(entry)] = {(): row.place, **places}
        return entry

    def _read_kind(self, row: ReadRow) -> str:
        """Return the kind of a question as the row names it. A kind that there is not is a problem."""
        words, place = row.cells.get(Column("kind"), Cell("", row.place))
        kind = words.casefold()
        if words and kind not in KINDS:
            what = _("{column}: there is no kind {kind!r}", column=_LABELS["questions.kind"], kind=words)
            hint = suggest_nearest(kind, KINDS) or _("write one of {choices:either}", choices=tuple(KINDS))
            self._problems.append(problem(what, hint, file=place))
        return kind

    def _add_rows(
        self, rows: Iterable[ReadRow], key: str, owner: str, owners: dict[str, dict[str, Any]]
    ) -> None:
        """Read rows, and add their entries to a list of the entries that they belong to."""
        for row in rows:
            entry, holder = self._read_entry(key, row), self._find_owner(row, owner, owners)
            if holder is None:
                continue
            holder.setdefault(key, []).append(entry)
            if key == "questions" and "id" not in entry:
                entry["id"] = self._suggest_id(entry, holder)
                self._without_id.append((holder["topic"], entry, row.place))

    def _suggest_id(self, question: Mapping[str, Any], topic: Mapping[str, Any]) -> str:
        """Return the id of the same question in the bank that exists, or a new one that nothing in the topic has."""
        name = topic["topic"]
        exhibit = full_id(name, question.get("exhibit", ""))
        own = _question_identity(name, question.get("kind", ""), exhibit, question.get("stem", {}))
        taken = {str(each.get("id")) for part in _TOPIC_LISTS for each in topic[part]}
        for id_, identity in self._existing.items():
            if identity == own and slug_of(id_) not in taken:
                return slug_of(id_)
        return suggest_id(question, taken | {slug_of(id_) for id_ in self._existing if topic_of(id_) == name})

    def _find_changed_questions(self) -> Iterator[Problem]:
        """Yield a problem for each new question without an id that is nearly one of the bank which the table does not have.

        It is that question with other words, and would otherwise be there twice.
        """
        told = {
            full_id(topic, each["id"]) for topic, data in self._topics.items() for each in data["questions"]
        }
        for topic, entry, place in self._without_id:
            if full_id(topic, entry["id"]) in self._questions:
                continue
            for id_, question in self._questions.items():
                is_other = topic_of(id_) != topic or question.kind != entry.get("kind")
                if not is_other and id_ not in told and _is_nearly(entry.get("stem", {}), question.stem):
                    yield problem(
                        _("this question is nearly {id}, which this table does not have", id=id_),
                        _(
                            "write {slug} in the column {column} to change it, or an id of its own to add another",
                            slug=slug_of(id_),
                            column=_LABELS["id"],
                        ),
                        file=place,
                    )
                    break

    def _exhibits_by_full_id(self) -> dict[str, dict[str, Any]]:
        return {
            full_id(topic, id_): entry
            for topic, data in self._topics.items()
            for id_, entry in _by_id(data["exhibits"]).items()
        }

    def _find_owner(
        self, row: ReadRow, owner: str, owners: dict[str, dict[str, Any]]
    ) -> dict[str, Any] | None:
        """Return what a row belongs to: an entry of the table, or else one that the bank has.

        A topic can be left out if there is only one. Each name that fits nothing is one problem.
        """
        name, place = row.cells.get(Column(owner), Cell("", row.place))
        if not name and owner == "topic" and len(owners) == 1:
            return next(iter(owners.values()))
        key = _OWNER_TABS[owner]
        known = dict.fromkeys([*owners, *self._earlier[key]])
        fitting = [name] if name in known else [each for each in known if name and slug_of(each) == name]
        if len(fitting) == 1:
            return owners.get(fitting[0]) or self._adopt(key, fitting[0], owners)
        near = get_close_matches(name, known, 1) or (list(known)[:1] if owner == "topic" else [])
        # The row goes where it may belong, so that the checks find what else is wrong.
        likely = (owners.get(near[0]) or self._adopt(key, near[0], owners)) if near else None
        if name and (owner, name) in self._unknown:
            return likely
        self._unknown.add((owner, name))
        tab, column = _TABS[key].title, _field_label(_TABS[key], owner)
        if not name:
            what = _("the column {column} is empty, so this row belongs to nothing", column=column)
            hint = _("write there an id of the tab {tab}", tab=tab)
        elif fitting:
            what = _("{column}: {name!r} is in several topics", column=column, name=name)
            hint = _("write one of {ids}", ids=fitting)
        else:
            what = _("{column}: there is no {name!r} on the tab {tab}", column=column, name=name, tab=tab)
            hint = suggest_nearest(name, [*known, *filter(None, map(slug_of, known))]) or _("add it there")
        self._problems.append(problem(what, hint, file=place))
        return likely

    def _adopt(self, key: str, name: str, owners: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """Add to the table an entry that only the bank has, without its parts, and return it."""
        entry = _without_keys(self._earlier[key][name], *_PARTS_OF.get(key, ()))
        if key == "topics":
            entry |= {part: [] for part in _TOPIC_LISTS}
        elif key != "sources":
            topic = topic_of(name)
            holder = self._topics.get(topic) or self._adopt("topics", topic, self._topics)
            holder[key].append(entry)
        self._adopted.add(name)
        owners[name] = entry
        return entry

    def _keep_parts(self, key: str, owners: Mapping[str, dict[str, Any]], tabs: Container[str]) -> None:
        """Give entries those parts that the bank has and the table does not tell: it has no tab for them, or no row for the entry."""
        for name, entry in owners.items():
            earlier = self._earlier[key].get(name, {})
            for part in _PARTS_OF[key]:
                if part in earlier and (part not in tabs or name in self._adopted):
                    entry.setdefault(part, earlier[part])

    def _complete_ids(self) -> None:
        """Write in full each id of another topic's entry, if only one entry has it."""
        known = {key: _full_ids_by_slug(self._topics, self._earlier[key], key) for key in _TOPIC_LISTS}
        waiting: list[tuple[str, Any]] = [("", self._statements), *self._topics.items()]
        while waiting:
            topic, part = waiting.pop()
            for key, value in part.items() if isinstance(part, dict) else enumerate(part):
                if isinstance(value, dict | list) and key not in _REFERENCES:
                    waiting.append((topic, value))
                elif key in _REFERENCES and isinstance(value, list):
                    part[key] = [_complete_id(each, topic, known[_REFERENCES[key]]) for each in value]
                elif key in _REFERENCES:
                    part[key] = _complete_id(value, topic, known[_REFERENCES[key]])

    def _build_topics(
        self, entries: Sequence[dict[str, Any]], rows: Mapping[str, Sequence[ReadRow]]
    ) -> dict[str, dict[str, Any]]:
        """Return the files of topics by id.

        If the table names no topic, they are those of its bank. In a new bank they are those that the questions name.
        """
        topics: dict[str, dict[str, Any]] = {}
        for entry in entries:
            data = {_TOPIC_KEYS[key]: value for key, value in entry.items()} | {
                key: [] for key in _TOPIC_LISTS
            }
            places = self._places[id(entry)]
            self._places[id(data)] = {
                (*(_TOPIC_KEYS[str(s)] for s in path[:1]), *path[1:]): p for path, p in places.items()
            }
            name = str(entry.get("id", ""))
            topics[name if name not in topics else f"{name} {len(topics)}"] = (
                data  # a check reports two of a name
            )
        if not entries:
            topics = {
                id_: data | {key: [] for key in _TOPIC_LISTS} for id_, data in self._earlier["topics"].items()
            }
        if not topics and self._is_new:
            named = {row.cells.get(Column("topic"), Cell("", "")).words for row in rows["questions"]}
            for name in sorted(named):
                title = dict.fromkeys(self._languages, name or _("Questions").translated(self._languages[0]))
                topics[name] = {"topic": name or FIRST_TOPIC, "title": title} | {
                    key: [] for key in _TOPIC_LISTS
                }
        return topics

    def _add_lines(self, rows: Iterable[ReadRow], exhibits: dict[str, dict[str, Any]]) -> None:
        """Read lines, replies and the lines that follow these, and add them to their exhibits."""
        for row in rows:
            exhibit, read = self._find_owner(row, "exhibit", exhibits), self._read_entry("lines", row)
            if exhibit is None:
                continue
            part, text = read.pop("part", "line"), read.pop("text", {})
            entry: dict[str, Any] = {"say": text, "then": []} if part == "reply" else {**read, **text}
            start = ("say",) if part == "reply" else ()
            self._places[id(entry)] = {
                (*start, *path[1:]) if path[:1] == ("text",) else path: place
                for path, place in self._places[id(read)].items()
            }
            lines = exhibit.setdefault("lines", [])
            replies = lines[-1].get("replies", []) if lines else []
            if part == "line":
                lines.append(entry)
            elif part == "reply" and lines:
                lines[-1].setdefault("replies", []).append(entry)
            elif part == "then" and replies:
                replies[-1]["then"].append(entry)
            else:
                what = (
                    _("there is nothing above that this belongs to")
                    if part in _PARTS
                    else _("unknown part {part}", part=part)
                )
                hint = (
                    _("a reply stands below its line, and `then` below its reply")
                    if part in _PARTS
                    else _("write line, reply or then")
                )
                self._problems.append(problem(what, hint, file=row.place))

    def _build_declaration(self, rows: Mapping[str, Sequence[ReadRow]]) -> dict[str, Any]:
        """Return what the bank declares. A new bank whose table does not say it has the languages of the table."""
        bank: dict[str, Any] = {}
        for row in rows["bank"]:
            if bank:
                what = _("the bank is described in two rows")
                self._problems.append(problem(what, _("keep one of them"), file=row.place))
            bank = bank or self._read_entry("bank", row)
        if not bank and self._is_new:
            bank = {"languages": list(self._languages), "optional": list(OPTIONAL_KEYS)}
        if glossary := [self._read_entry("glossary", row) for row in rows["glossary"]]:
            bank = bank or {"languages": list(self._earlier_languages)}
            bank["glossary"] = glossary
        return bank

    def _make_locator(self, data: Any) -> Locate:
        """Return a function that finds the cell of a value in the data of a file."""
        places: Places = {(): self._file_name}
        waiting: list[tuple[Path, Any]] = [((), data)]
        while waiting:
            path, value = waiting.pop()
            places |= {(*path, *rest): place for rest, place in self._places.get(id(value), {}).items()}
            parts = value.items() if isinstance(value, dict) else enumerate(value)
            waiting += (((*path, step), part) for step, part in parts if isinstance(part, dict | list))
        return lambda path, _key: Place(
            next(places[path[:length]] for length in range(len(path), -1, -1) if path[:length] in places)
        )


_PARTS = ("line", "reply", "then")
_TOPIC_KEYS = {"id": "topic", "title": "title"}
_TOPIC_LISTS = ("facts", "lessons", "exhibits", "questions")
_PARTS_OF = {"sources": ("passages",), "exhibits": ("lines", "signs")}
_REFERENCES = {
    "facts": "facts",
    "lesson": "lessons",
    "exhibit": "exhibits",
    "twin": "exhibits",
    "enemies": "questions",
}
"""The keys that name entries, and the lists that have these."""
_OWNER_TABS = {"topic": "topics", "source": "sources", "exhibit": "exhibits"}


def _entries_by_id(files: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the entries of a bank's files to which rows of a table can belong, or which they can name: by tab, then by full id."""
    found: dict[str, dict[str, Any]] = {key: {} for key in ("topics", "sources", *_TOPIC_LISTS)}
    for data in files.values():
        found["sources"] |= {source["id"]: source for source in data.get("sources", ())}
        if topic := data.get("topic"):
            found["topics"][topic] = {"topic": topic, "title": data["title"]}
            for key in _TOPIC_LISTS:
                found[key] |= {full_id(topic, entry["id"]): entry for entry in data.get(key, ())}
    return found


def _full_ids_by_slug(
    topics: Mapping[str, Mapping[str, Any]], earlier: Iterable[str], key: str
) -> dict[str, set[str]]:
    """Return the full ids of the facts, exhibits or questions in a table and in its bank, by what stands after their slash."""
    found: dict[str, set[str]] = {}
    new = (full_id(topic, str(entry.get("id", ""))) for topic, data in topics.items() for entry in data[key])
    for id_ in (*new, *earlier):
        found.setdefault(slug_of(id_), set()).add(id_)
    return found


def _complete_id(name: Any, topic: str, full_ids: Mapping[str, set[str]]) -> Any:
    """Return the full id of the only entry with this name, if another topic has it. Anything else stays as it is."""
    fitting = full_ids.get(name, set()) if isinstance(name, str) else set()
    (only,) = fitting if len(fitting) == 1 else (name,)
    return name if topic and only == full_id(topic, name) else only


def _question_identity(topic: str, kind: str, exhibit: str, stem: Text) -> Hashable:
    """Return what is the same in a question and in a later version of it.

    It is the stem, whatever the shape of its quotation marks. A question of the kinds ``judge`` and ``spot`` has no stem of
    its own, so it is the exhibit.
    """
    if kind in KINDS and KINDS[kind].needs_exhibit:
        return topic, kind, exhibit
    return topic, frozenset((tag, words.translate(_STRAIGHT_QUOTES)) for tag, words in stem.items())


_MIN_LIKENESS = 0.85
"""Two stems that are at least this much alike, from 0 to 1, are versions of one stem."""


def _is_nearly(stem: Text, other: Text) -> bool:
    """Return whether two stems are nearly the same in some language."""
    return any(
        SequenceMatcher(None, words, other[tag], autojunk=False).ratio() >= _MIN_LIKENESS
        for tag, words in stem.items()
        if tag in other
    )


_STRAIGHT_QUOTES = str.maketrans("“”‘’", "\"\"''")


def _by_id(entries: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return entries by id. If an id is given twice, which a check reports, the first one counts."""
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        found.setdefault(str(entry.get("id", "")), entry)
    return found


def _topic_file_names(topics: Sequence[str], used_names: Iterable[str]) -> list[str]:
    """Return the names of the files of topics: numbered, if they would otherwise be read in another order."""
    names = [f"{topic}{'-topic' * (f'{topic}.yaml' in used_names)}.yaml" for topic in topics]
    return names if names == sorted(names) else [f"{n:03}-{name}" for n, name in enumerate(names, 1)]
