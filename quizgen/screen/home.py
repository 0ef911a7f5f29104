"""The home page: what people can do here, with a key for each. A pure state machine, and its rows.

The caller passes in each key (:func:`handle_key`) and runs the action that results.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, TypeAlias, get_args

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len, set_cell_size

from quizgen.assemble import DEFAULT_COUNT
from quizgen.screen.answer_input import NO_ROW, AnswerInput, KeyHelp, edit_words, insert_text, move_cursor
from quizgen.screen.page import (
    Page,
    compose_page,
    is_large_enough,
    margin_widths,
    name_next_language,
    plain_head_rows,
    text_width,
    too_small_page,
)
from quizgen.screen.rows import (
    COLUMN_GAP,
    TWO_COLUMNS,
    Row,
    Span,
    fill_row,
    input_rows,
    shorten_text,
    spread_row,
    total_width,
    wrap_paragraph,
)
from quizgen.screen.scenes import (
    CLICKED,
    HELP,
    LANGUAGE,
    THEME_KEY,
    KeyHint,
    ScrollArea,
    normalise_command_key,
)
from quizgen.screen.scenes.help import KEYS_EVERYWHERE, draw_key_list
from quizgen.screen.session import Greeting, next_language
from quizgen.text.languages import LANGUAGES, Text, locale
from quizgen.text.messages import Message, _, in_brackets
from quizgen.view.knowledge import Knowledge, TopicKnowledge
from quizgen.view.money import format_sum
from quizgen.view.text import format_due, localize_for_display

HomeAction: TypeAlias = Literal[
    "resume",
    "take",
    "exhibits",
    "daily",
    "review",
    "weakest",
    "chosen",
    "history",
    "present",
    "kit",
    "stall",
    "settings",
    "leave",
]

FULL_SCREEN_ACTIONS: frozenset[HomeAction | None] = frozenset(get_args(HomeAction)) - {
    "history",
    "present",
    "kit",
    "settings",
    "leave",
}
"""The actions that fill the screen as soon as they have loaded."""

_MIN_WIDE = 56
"""The smallest width, in cells, for explanations beside the names of entries."""

DEFAULT_FOLDER = "talk"
"""The default folder for a printed talk, in English like the names of its files."""


SHOWN_DAYS = 7
"""How many of the last days the head shows as dots."""

_LENGTHS = (5, 10, 20, 30)
"""How many questions a chosen quiz may have."""

_BARS_BESIDE = 36
"""The smallest width of the column with the topics in a wide window, in cells."""

_MIN_TWO_BARS = 70
"""The smallest width, in cells, for two topics side by side."""

_TOPIC_WIDTH, _BAR = 22, 8  # cells


_CHOICE_ROWS = "1234"
"""The keys of the rows in which a quiz is chosen: topic, length, exam and difficulty."""

_BEGIN_ROW = len(_CHOICE_ROWS)
"""The row below these, which begins the quiz."""

BEGIN = "begin"
"""What a click on that row sends."""

_SETTING = "setting "
"""Begins what a click on a setting sends, before the number of its row."""

_START_STALL = _("Start the stall?")
_END_OF_STALL = _(
    "From then on, people here can only take the quiz. To end the stall, press Ctrl-O, Ctrl-U and Ctrl-T, one after the other."
)

_DIFFICULTIES = (_("any"), _("easy"), _("medium"), _("hard"))


class QuizChoice(Struct, frozen=True):
    """A quiz while it is chosen: its topic (0 is all), length, difficulty (0 is any), and whether it is an exam.

    ``row`` is the row under the cursor.
    """

    topics: tuple[TopicKnowledge, ...]
    topic: int = 0
    length: int = 1
    exam: bool = False
    difficulty: int = 0
    row: int = 0

    def options(self) -> list[str]:
        """Return the options of ``quizgen take`` for this quiz. An exam has a minute for each question."""
        count = _LENGTHS[self.length]
        topic = ["--topic", self.topics[self.topic - 1].id] if self.topic else []
        exam = ["--feedback", "end", "--time-limit", f"{count}m"] if self.exam else []
        difficulty = ["--difficulty", str(self.difficulty)] if self.difficulty else []
        return ["--count", str(count), *topic, *difficulty, *exam]

    def change(self, step: int) -> "QuizChoice":
        """Return the choice with the next or an earlier value in the row under the cursor."""
        if self.row == 0:
            return replace(self, topic=(self.topic + step) % (len(self.topics) + 1))
        if self.row == 1:
            return replace(self, length=(self.length + step) % len(_LENGTHS))
        if self.row == 2:  # noqa: PLR2004  the third row
            return replace(self, exam=not self.exam)
        if self.row == _BEGIN_ROW:
            return self
        return replace(self, difficulty=(self.difficulty + step) % len(_DIFFICULTIES))


class Setting(Struct, frozen=True):
    """A setting of the profile: its key, its name for people, what it is, and its value or ""."""

    key: str
    name: Message
    what: Message
    value: str = ""


class SettingChoice(Struct, frozen=True):
    """The settings of the profile while one is chosen to change.

    ``row`` is the row under the cursor.
    """

    settings: tuple[Setting, ...]
    row: int = 0

    @property
    def key(self) -> str:
        """The key of the setting under the cursor."""
        return self.settings[self.row].key


_HEADLINE = _("Tell a scam from a genuine contact, and know what to do first.")
"""The headline if neither a profile nor the question bank has one."""


class HomeEntry(Struct, frozen=True):
    """An entry of the home page: its ``key``, its action, its name, and what it does."""

    key: str
    action: HomeAction
    name: str
    what: str


class Home(Struct, frozen=True):
    """The state of the home page.

    - ``about`` says what the question bank is about.
    - ``due`` is how many questions it is time to repeat.
    - ``best`` is the most money kept in a game, in ``currency``; ``None`` if there was no game.
    - ``next_due`` is the date on which the next question is due, with the time if that is today; ``None`` without one.
    - ``cursor`` is the entry under the cursor, or ``NO_ROW``. ``has_returned`` is whether its action has just ended: then the first Enter
      only says what another would do.
    - ``unfinished`` is the number of the next question in the latest quiz that can be continued, and that quiz's total;
      ``None`` if there is none.
    - ``folder`` is the default folder for the sheets of a talk. While the page asks for a folder, ``draft`` has the typed name.
    - ``output`` are the lines that the last action printed, while they are shown.
    - ``offered`` is a question whether to resume the quiz begun last, when there is no other choice.
    - ``days`` says for each of the last days, today last, whether questions were answered; ``streak`` is how many days
      in a row were.
    - ``today`` has a square for each of today's questions, if they are answered.
    - ``knowledge`` is what the person would still know; ``None`` if nothing was answered yet.
    - ``topics`` are those to choose from. While somebody chooses a quiz, ``choice`` has what is chosen.
    - ``settings`` are those of the profile. While somebody chooses one, ``setting`` has what is chosen.
    - ``asks_stall`` is whether the page asks whether to start a stall, and says which keys end it.
    - ``said`` is the result of the last key, and ``action`` is what the caller must do now.
    """

    language: str
    greeting: Greeting = Greeting()
    about: Text = {}
    due: int = 0
    next_due: tuple[date, str] | None = None
    best: int | None = None
    currency: Text = {}
    unfinished: tuple[int, int] | None = None
    cursor: int = 0
    has_returned: bool = False
    folder: str = DEFAULT_FOLDER
    draft: AnswerInput | None = None
    helping: bool = False
    output: tuple[str, ...] = ()
    offered: str = ""
    days: tuple[bool, ...] = ()
    streak: int = 0
    today: str = ""
    knowledge: Knowledge | None = None
    topics: tuple[TopicKnowledge, ...] = ()
    choice: QuizChoice | None = None
    settings: tuple[Setting, ...] = ()
    setting: SettingChoice | None = None
    asks_stall: bool = False
    said: str = ""
    action: HomeAction | None = None


def list_entries(home: Home) -> list[HomeEntry]:
    """List the entries, those that people are likeliest to choose first."""
    language = home.language
    number, total = home.unfinished or (0, 0)
    review = (
        (_("Review: {asked} of {due} due"), _("those that you may forget first"))
        if home.due > DEFAULT_COUNT
        else (_("Review: {due} due"), _("questions you may soon forget"))
        if home.due
        else (_("Review: nothing due"), _("the next question is due on {date}"))
        if home.next_due
        else (_("Review: nothing due"), _("questions come back once you have answered them"))
    )
    left = (
        _("the quiz you left at question {number} of {total}")
        if number <= total
        else _("see the results of your last quiz")
    )
    resume = (_("Continue"), left)
    game = (
        _("line by line: stop the scams in time")
        if home.best is None
        else _(
            "line by line; your best result: {best}",
            best=format_sum(home.currency, home.best, language),
        )
    )
    daily = _("done today: {marks}") if home.today else _("the same for everybody, once a day")
    weakest = home.knowledge.weakest_topic if home.knowledge else None
    topic = localize_for_display(weakest.title, language) if weakest else ""
    listed: list[tuple[str, HomeAction, tuple[Message, Message]]] = [
        ("g", "resume", resume),
        ("t", "take", (_("Take a quiz"), _("ten questions, with an explanation for each"))),
        ("s", "exhibits", (_("Real or scam?"), game)),
        ("d", "daily", (_("Five for today"), daily)),
        ("r", "review", review),
        ("w", "weakest", (_("Weakest topic"), _("ten questions: {topic}"))),
        ("h", "history", (_("History"), _("your past quizzes and scores"))),
        ("b", "present", (_("Give a talk"), _("questions in large letters on a projector"))),
        ("p", "kit", (_("Print for a talk"), _("all the sheets for a talk, in one folder"))),
        ("v", "stall", (_("Stall"), _("for visitors; ends with Ctrl-O, Ctrl-U, Ctrl-T"))),
        ("e", "settings", (_("Settings"), _("your name, languages, colours, question bank"))),
    ]
    if home.offered:
        listed = [
            ("y", "resume", resume),
            ("n", "take", (_("Start another"), _("`quizgen take --resume` continues the old one"))),
        ]
    return [
        HomeEntry(
            key,
            action,
            name.with_values(due=home.due, asked=DEFAULT_COUNT).translated(language),
            what.with_values(
                number=number, total=total, marks=home.today, topic=topic, date=_next_due_date(home)
            ).translated(language),
        )
        for key, action, (name, what) in listed
        if (action != "resume" or home.unfinished) and (action != "weakest" or weakest)
    ]


def return_from(home: Home, action: HomeAction | None) -> Home:
    """Return the home page after an action, with the cursor on its entry, or on the first if it is not there any more."""
    actions = [entry.action for entry in list_entries(home)]
    entry = "take" if action == "chosen" else action
    return replace(home, cursor=actions.index(entry) if entry in actions else 0, has_returned=True)


def _next_due_date(home: Home) -> str:
    return format_due(home.next_due, home.language) if home.next_due else ""


def handle_key(home: Home, key: str) -> Home:
    """Return the state of the home page after a key."""
    has_returned, home = home.has_returned, replace(home, said="", has_returned=False)
    if home.draft or home.choice or home.setting or home.asks_stall:
        return _handle_key_of_choice(home, key)
    if home.output:
        return replace(home, output=())
    key = normalise_command_key(key)
    if home.helping and key != "l":
        home, clicked = replace(home, helping=False), key.startswith(CLICKED)
        if not clicked:
            return home
        key = key.removeprefix(CLICKED)
    listed = list_entries(home)
    keys = [entry.key for entry in listed]
    if key.isdecimal() and 0 < int(key) <= len(keys):
        key = keys[int(key) - 1]
    elif key in ("enter", " ") and not has_returned:
        key = keys[home.cursor]
    if key in keys:
        at = keys.index(key)
        return _start_action(replace(home, cursor=at), listed[at].action)
    if moved := move_cursor(AnswerInput(cursor=home.cursor), key, len(keys)):
        return replace(home, cursor=moved.cursor)
    return _handle_command_key(home, key)


def _handle_key_of_choice(home: Home, key: str) -> Home:
    """Return the state after a key while the page asks for a folder, a quiz or a setting, or whether to start a stall."""
    if home.draft:
        return _edit_folder(home, key)
    key = normalise_command_key(key)
    if key == "l":
        return replace(home, language=next_language(home.language))
    if home.asks_stall:
        return _answer_about_stall(home, key)
    if key in ("?", "f1"):
        return replace(home, helping=True)
    if home.helping:
        home = replace(home, helping=False)
        if not key.startswith(CLICKED):
            return home
        key = key.removeprefix(CLICKED)
    return _change_choice(home, key) if home.choice else _choose_setting(home, key)


def _answer_about_stall(home: Home, key: str) -> Home:
    """Return the state after a key while the page asks whether to start a stall."""
    match key:
        case "enter":
            return replace(home, action="stall")
        case "escape" | "q":
            return replace(home, asks_stall=False)
    return replace(home, said=_("That key does nothing here.").translated(home.language))


def _handle_command_key(home: Home, key: str) -> Home:
    match key:
        case "o" | "right" if not home.offered:
            return replace(home, choice=QuizChoice(home.topics))
        case "l" if not home.offered:
            return replace(home, language=next_language(home.language))
        case "?" | "f1" if not home.offered:
            return replace(home, helping=True)
        case "q":
            return replace(home, action="leave")
        case "enter" | " ":  # one Enter too many after a quiz begins no other
            name = list_entries(home)[home.cursor].name
            said = _("Press Enter again for “{name}”, or choose with ↑ and ↓.", name=name)
            return replace(home, said=said.translated(home.language))
    return replace(home, said=_("That key does nothing here.").translated(home.language))


def _change_choice(home: Home, key: str) -> Home:
    """Return the state after a key while somebody chooses a quiz."""
    choice = home.choice
    assert choice  # noqa: S101  asked before
    match key:
        case "escape" | "q":
            return replace(home, choice=None)
        case "enter" | " " if choice.row == _BEGIN_ROW:
            return replace(home, action="chosen")
        case _ if key == BEGIN:
            return replace(home, action="chosen")
        case "up" | "down":
            choice = replace(choice, row=(choice.row + (1 if key == "down" else -1)) % (_BEGIN_ROW + 1))
        case "left" | "right" | " " | "enter":
            choice = choice.change(-1 if key == "left" else 1)
        case _ if key in _CHOICE_ROWS:
            choice = replace(choice, row=int(key) - 1).change(1)
        case _:
            return replace(home, said=_("That key does nothing here.").translated(home.language))
    return replace(home, choice=choice)


def _choose_setting(home: Home, key: str) -> Home:
    """Return the state after a key while somebody chooses a setting to change."""
    setting = home.setting
    assert setting  # noqa: S101  asked before
    if key in ("escape", "q"):
        return replace(home, setting=None)
    if key in ("enter", " "):
        return replace(home, action="settings")
    if key.startswith(_SETTING):
        clicked = replace(setting, row=int(key.removeprefix(_SETTING)))
        return replace(home, setting=clicked, action="settings")
    if moved := move_cursor(AnswerInput(cursor=setting.row), key, len(setting.settings)):
        return replace(home, setting=replace(setting, row=moved.cursor))
    return replace(home, said=_("That key does nothing here.").translated(home.language))


def paste_text(home: Home, text: str) -> Home:
    """Insert pasted text into the name of a folder. If no folder is asked for, do nothing."""
    return replace(home, draft=insert_text(home.draft, text)) if home.draft else home


def _start_action(home: Home, action: HomeAction) -> Home:
    """Request an action, or say that there is nothing to do."""
    if action == "review" and not home.due:
        nothing = (
            _("Nothing is due for review. The next question is due on {date}.", date=_next_due_date(home))
            if home.next_due
            else _(
                "Nothing is due for review yet. Questions come back once you have answered them in a quiz."
            )
        )
        return replace(home, said=nothing.translated(home.language))
    if action == "daily" and home.today:
        return replace(
            home,
            said=_("You have answered today’s questions. There are new ones tomorrow.").translated(
                home.language
            ),
        )
    if action == "settings" and home.settings:
        return replace(home, setting=SettingChoice(home.settings))
    if action == "stall":
        return replace(home, asks_stall=True)
    if action == "kit":
        return replace(home, draft=AnswerInput(cursor=len(home.folder), words=home.folder))
    return replace(home, action=action)


def _edit_folder(home: Home, key: str) -> Home:
    assert home.draft  # noqa: S101  asked before
    if key == "escape":
        return replace(home, draft=None)
    if key == "enter":
        return replace(home, action="kit") if home.draft.words.strip() else home
    return replace(home, draft=edit_words(home.draft, key) or home.draft)


def draw_home_page(home: Home, width: int, height: int, top: int | None = None) -> Page:
    """Draw the home page for a screen of this size."""
    if not is_large_enough(width, height):
        return too_small_page(width, height, home.language)
    page_width, inner = margin_widths(width)[1], text_width(width)
    if home.draft:
        area = _folder_prompt_area(home, inner)
    elif home.helping and (home.choice or home.setting):
        rows = draw_key_list(_list_choice_keys(home), home.language, inner)
        area = ScrollArea(rows, read=len(rows))
    elif home.choice:
        area = _choice_area(home, home.choice, inner)
    elif home.setting:
        area = _settings_area(home, home.setting, inner)
    elif home.output:
        area = _output_area(home.output, inner)
    elif home.asks_stall:
        area = _stall_area(home, inner)
    elif home.helping:
        area = _help_area(home, inner)
    else:
        inner = page_width if home.knowledge and not home.offered else inner
        area = _menu_area(home, inner)
    hints = name_next_language(_key_hints(home), home.language, LANGUAGES)
    return compose_page(
        _head_rows(home, width), area, hints, home.language, width, height, top, area_width=inner
    )


def _head_rows(home: Home, width: int) -> list[Row]:
    """Draw the name of the program, a dot for each of the last days, and the days in a row."""
    if not any(home.days):
        return plain_head_rows(width)
    edge = Span(" " * margin_widths(width)[0], "head")
    dots = "".join("●" if practised else "○" for practised in home.days)
    days = _("day {days}", days=home.streak).translated(home.language)
    return [
        spread_row((edge, Span("Quizgen", "head")), (Span(f"{dots}  {days}", "head"), edge), width, "head")
    ]


def _tricks_line(knowledge: Knowledge, language: str) -> str:
    """Return how many tricks no longer work, or a heading if the question bank has no scams."""
    if not knowledge.tricks:
        return _("What you would still know").translated(language)
    counts = {"count": knowledge.seen_through, "total": knowledge.tricks, "begun": knowledge.begun}
    said = (
        _("Tricks that no longer work on you: {count} of {total}; recognised once: {begun}", **counts)
        if knowledge.begun
        else _("Tricks that no longer work on you: {count} of {total}", **counts)
    )
    return said.translated(language)


def _knowledge_rows(knowledge: Knowledge, language: str, width: int, *, is_beside: bool = False) -> list[Row]:
    """Draw how many tricks no longer work, and a bar for each topic. A click on a bar of the weakest topic plays it.

    In a column beside the entries (``is_beside``), bars are as long as fits.
    """
    rows: list[Row] = [()]
    rows += wrap_paragraph(_tricks_line(knowledge, language), width, "strong")
    rows += [()] if is_beside else []
    columns = 2 if width >= _MIN_TWO_BARS else 1
    room = width // columns
    titles = [localize_for_display(topic.title, language) for topic in knowledge.topics]
    column, bar_width = _TOPIC_WIDTH, _BAR
    if is_beside:
        left = room - len("  ← w")
        column = min(max(map(cell_len, titles), default=0), left - _BAR)
        bar_width = left - column
    weakest = knowledge.weakest_topic
    cells: list[Row] = []
    for topic, name in zip(knowledge.topics, titles, strict=True):
        is_weakest = topic is weakest
        title = set_cell_size(shorten_text(name, column), column)
        full = round((topic.share or 0.0) * bar_width)
        mark = Span(" ← w" if is_weakest else "", "accent", "w")
        key = "w" if is_weakest else ""
        bar = (
            Span(f"{title} ", "text" if topic.share is not None else "dim", key),
            Span("█" * full, "full", key),
            Span("░" * (bar_width - full), "empty", key),
            mark,
        )
        cells.append(fill_row(bar, room, "text"))
    for at in range(0, len(cells), columns):
        rows.append(tuple(span for cell in cells[at : at + columns] for span in cell))
    return rows


def _choice_values(choice: QuizChoice, language: str) -> list[tuple[str, str]]:
    """Return what can be chosen, each with what is chosen now."""
    topic = (
        localize_for_display(choice.topics[choice.topic - 1].title, language)
        if choice.topic
        else _("All topics").translated(language)
    )
    exam = (
        _("yes: results at the end, a minute for each question")
        if choice.exam
        else _("no: an explanation after each answer")
    )
    return [
        (_("Topic").translated(language), topic),
        (_("Questions").translated(language), str(_LENGTHS[choice.length])),
        (_("Exam").translated(language), exam.translated(language)),
        (_("Difficulty").translated(language), _DIFFICULTIES[choice.difficulty].translated(language)),
    ]


def _choice_area(home: Home, choice: QuizChoice, width: int) -> ScrollArea:
    """Draw the choice of a quiz: its topic, its length, whether it is an exam, and its difficulty."""
    language = home.language
    lines = _choice_values(choice, language)
    column = max(cell_len(name) for name, _value in lines) + 2
    rows: list[Row] = [(), *wrap_paragraph(_("Choose a quiz").translated(language), width, "strong"), ()]
    focus = (0, 0)
    for number, (name, value) in enumerate(lines):
        here, key = number == choice.row, str(number + 1)
        look: Literal["cursor", "text"] = "cursor" if here else "text"
        lead = (
            Span("› " if here else "  ", look, key),
            Span(set_cell_size(name, column), look, key),
            Span("◂ ", "accent" if here else "dim", key),
        )
        drawn = wrap_paragraph(f"{value} ▸", width, look, lead=lead, key=key)
        focus = (len(rows), len(rows) + len(drawn)) if here else focus
        rows += [fill_row(row, width, look, key) for row in drawn]
    here = choice.row == _BEGIN_ROW
    look = "cursor" if here else "text"
    begin = _("Begin the quiz").translated(language)
    drawn = wrap_paragraph(begin, width, look, lead=(Span("› " if here else "  ", look, BEGIN),), key=BEGIN)
    focus = (len(rows), len(rows) + 1 + len(drawn)) if here else focus
    rows += [(), *(fill_row(row, width, look, BEGIN) for row in drawn)]
    if home.said:
        rows += [(), *wrap_paragraph(home.said, width, "warn")]
    return ScrollArea(rows, focus)


def _settings_area(home: Home, setting: SettingChoice, width: int) -> ScrollArea:
    """Draw the settings of the profile: the name of each with its value or, if it has none, with what it is."""
    language = home.language
    names = [each.name.translated(language) for each in setting.settings]
    column = max(map(cell_len, names)) + 2
    rows: list[Row] = [(), *wrap_paragraph(_("Settings").translated(language), width, "strong"), ()]
    focus = (0, 0)
    for number, (each, name) in enumerate(zip(setting.settings, names, strict=True)):
        here, click = number == setting.row, f"{_SETTING}{number}"
        look: Literal["cursor", "text", "dim"] = "cursor" if here else "text" if each.value else "dim"
        lead = (
            Span("› " if here else "  ", look, click),
            Span(set_cell_size(name, column), "cursor" if here else "text", click),
        )
        drawn = wrap_paragraph(
            each.value or each.what.translated(language), width, look, lead=lead, key=click
        )
        focus = (len(rows), len(rows) + len(drawn)) if here else focus
        rows += [fill_row(row, width, look, click) for row in drawn]
    if home.said:
        rows += [(), *wrap_paragraph(home.said, width, "warn")]
    return ScrollArea(rows, focus)


def _menu_area(home: Home, width: int) -> ScrollArea:
    """Draw the greeting, the entries, and the result of the last action; below or beside these, what somebody knows.

    It is beside them if each entry then takes one row. If not all is visible below them, each entry takes one row.
    """
    knowledge = None if home.offered else home.knowledge
    bars_width = max(_BARS_BESIDE, (width - COLUMN_GAP) // 3)
    menu_width = width - bars_width - COLUMN_GAP
    if knowledge and width >= TWO_COLUMNS:
        rows, focus = _menu_rows(home, menu_width)
        unmarked = replace(home, cursor=NO_ROW)
        heights = [len(_menu_rows(unmarked, menu_width, is_low=is_low)[0]) for is_low in (False, True)]
        if heights[0] == heights[1]:
            bars = _knowledge_rows(knowledge, home.language, bars_width, is_beside=True)
            return ScrollArea(bars, left=rows, left_width=menu_width, left_focus=focus)
    below = _knowledge_rows(knowledge, home.language, width) if knowledge else []
    areas = []
    for is_low in (False, True):
        rows, focus = _menu_rows(home, width, is_low=is_low)
        rows += below
        areas.append(ScrollArea(rows, focus, whole=len(rows)))
    roomy, low = areas
    return replace(low, roomier=roomy)


def _menu_rows(home: Home, width: int, *, is_low: bool = False) -> tuple[list[Row], tuple[int, int]]:
    """Draw the greeting, the entries, and the result of the last action, and return which rows must be visible.

    If ``is_low``, each entry takes one row, except the one under the cursor. In a narrow window only that one is explained.
    """
    greeting = home.greeting
    rows: list[Row] = [()]
    rows += wrap_paragraph(greeting.organiser, width, "dim") if greeting.organiser else []
    headline = home.offered or _headline(home)
    rows += [*wrap_paragraph(headline, width, "strong"), ()]
    listed = list_entries(home)
    column = max(cell_len(entry.name) for entry in listed) + 3
    focus = (0, 0)
    for index, entry in enumerate(listed):
        here, key = index == home.cursor, entry.key
        look: Literal["cursor", "text"] = "cursor" if here else "text"
        lead = (
            Span("› " if here else "  ", look, key),
            Span(f" {key} ", "picked" if here else "chip", key),
            Span(" ", look, key),
        )
        name = entry.name + " " * (column - cell_len(entry.name))
        if width < _MIN_WIDE:
            drawn = wrap_paragraph(entry.name, width, look, lead=lead, key=key)
            below = (Span(" " * total_width(lead), look, key),)
            drawn += (
                wrap_paragraph(entry.what, width, look, lead=below, key=key) if here and not home.said else []
            )
        else:
            beside = (*lead, Span(name, look, key))
            what = (
                shorten_text(entry.what, width - total_width(beside)) if is_low and not here else entry.what
            )
            drawn = wrap_paragraph(what, width, look if here else "dim", lead=beside, key=key)
        focus = (len(rows), len(rows) + len(drawn)) if here else focus
        rows += [fill_row(row, width, look, key) for row in drawn]
    if home.said:
        said = wrap_paragraph(home.said, width, "warn")
        rows += [(), *said]
        focus = (len(rows) - len(said), len(rows))
    return rows, focus


def _headline(home: Home) -> str:
    """Return the headline of the profile, or what the question bank is about."""
    about = localize_for_display(home.about, home.language)
    return home.greeting.headline or about or _HEADLINE.translated(home.language)


def _folder_prompt_area(home: Home, width: int) -> ScrollArea:
    """Draw the prompt for the folder into which the sheets of a talk are printed."""
    assert home.draft  # noqa: S101  asked before
    rows: list[Row] = [
        (),
        *wrap_paragraph(
            _("Which folder should the sheets go in?").translated(home.language), width, "strong"
        ),
        (),
    ]
    line, (x, y) = input_rows(home.draft.words, home.draft.cursor, width)
    hint = wrap_paragraph(
        _("A new folder, made in the current one. It takes about half a minute.").translated(home.language),
        width,
        "dim",
    )
    return ScrollArea([*rows, *line, (), *hint], (0, len(rows) + 1), (x, y + len(rows)))


def _stall_area(home: Home, width: int) -> ScrollArea:
    """Draw the question whether to start a stall, after which keys end it."""
    rows: list[Row] = [()]
    rows += wrap_paragraph(_START_STALL.translated(home.language), width, "strong")
    rows += [(), *wrap_paragraph(_END_OF_STALL.translated(home.language), width)]
    rows += [(), *wrap_paragraph(home.said, width, "warn")] if home.said else []
    return ScrollArea(rows, (len(rows) - 1, len(rows)))


def _output_area(lines: Sequence[str], width: int) -> ScrollArea:
    """Draw what an action printed. Its end is visible first, as on a terminal."""
    rows: list[Row] = [(), *(row for line in lines for row in wrap_paragraph(line, width))]
    return ScrollArea(rows, (len(rows), len(rows)))


def _help_area(home: Home, width: int) -> ScrollArea:
    """Draw an explanation of each entry, and where to find more."""
    rows: list[Row] = [
        (),
        *wrap_paragraph(_("What you can do here").translated(home.language), width, "strong"),
        (),
    ]
    for entry in list_entries(home):
        key = CLICKED + entry.key
        lead = (Span(f" {entry.key} ", "key", key), Span("  ", key=key))
        rows += wrap_paragraph(
            _format_entry(entry, home.language), width, lead=lead, key=key, label=entry.name
        )
    lead = (Span(" Ctrl-T ", "key", THEME_KEY), Span("  ", key=THEME_KEY))
    rows += [
        (),
        *wrap_paragraph(
            _("light or dark colours").translated(home.language), width, lead=lead, key=THEME_KEY
        ),
    ]
    commands = _("`quizgen --help` lists all commands; each has its own options.").translated(home.language)
    rows += [(), *wrap_paragraph(commands, width, "dim")]
    return ScrollArea(rows, read=len(rows))


def _list_choice_keys(home: Home) -> tuple[KeyHelp, ...]:
    """List the keys that work while somebody chooses a quiz or a setting."""
    moves = KeyHelp("↑ ↓", _("move up and down (j and k too)"))
    back = KeyHelp("Esc q", _("return"), "escape")
    if home.setting:
        return moves, KeyHelp("Enter", _("change the setting"), "enter"), back, *KEYS_EVERYWHERE
    return (
        moves,
        KeyHelp("← →", _("change the value")),
        KeyHelp("1 2 3 4", _("change the value of line 1, 2, 3 or 4")),
        KeyHelp("Enter", _("change the value; on the last line, begin the quiz"), "enter"),
        back,
        *KEYS_EVERYWHERE,
    )


def _format_entry(entry: HomeEntry, language: str) -> str:
    """Return the name of an entry and what it does, in one line."""
    return entry.name + in_brackets([entry.what], language)


def _key_hints(home: Home) -> list[KeyHint]:
    if home.draft or home.asks_stall:
        enter = KeyHint("Enter", "enter", "do-print" if home.draft else "do-begin")
        return [enter, *([LANGUAGE] if home.asks_stall else []), KeyHint("Esc", "escape", "do-return")]
    if home.output or home.helping:
        return [KeyHint("Enter", "enter", "do-return"), *([LANGUAGE] if home.helping else [])]
    if home.choice:
        return [
            KeyHint("Enter", "enter", "do-begin")
            if home.choice.row == _BEGIN_ROW
            else KeyHint("← →", "right", "do-change"),
            HELP,
            LANGUAGE,
            KeyHint("Esc", "escape", "do-return"),
        ]
    if home.setting:
        return [
            KeyHint("Enter", "enter", "do-change"),
            HELP,
            LANGUAGE,
            KeyHint("Esc", "escape", "do-return"),
        ]
    if home.offered:
        return [KeyHint("Enter", "enter", "do-choose"), KeyHint("q", "q", "do-leave")]
    return [
        KeyHint("Enter", "enter", "do-choose"),
        KeyHint("o", "o", "do-options"),
        KeyHint("?", "?", "do-help"),
        LANGUAGE,
        KeyHint("q", "q", "do-leave"),
    ]


def home_lines(home: Home) -> Iterator[str]:
    """Yield the home page as plain lines, for terminals without a full screen."""
    greeting, language = home.greeting, home.language
    if home.choice:
        for number, (name, value) in enumerate(_choice_values(home.choice, language), start=1):
            yield f"{number}) {name}: {value}"
        yield _("Type a digit to change a line. An empty line begins the quiz, q returns.").translated(
            language
        )
        return
    if home.asks_stall:
        yield _END_OF_STALL.translated(language)
        yield _("An empty line starts the stall, q returns.").translated(language)
        return
    if greeting.organiser:
        yield greeting.organiser
    yield _headline(home)
    for entry in list_entries(home):
        yield f"{entry.key}) {_format_entry(entry, language)}"
    if home.streak > 1:
        yield _("{count} days of practice in a row (one day off is allowed).", count=home.streak).translated(
            language
        )
    if home.knowledge:
        yield _tricks_line(home.knowledge, language)
        for topic in home.knowledge.topics:
            if topic.share is not None:
                yield f"{localize_for_display(topic.title, language)}: {topic.share:.0%}"
    yield _(
        "Type a letter and press Enter. o: choose a quiz, l: {language}, ?: help, q: quit.",
        language=locale(next_language(language)).autonym,
    ).translated(language)
