"""Ask an author for a question, step by step, and parse each line. No I/O.

The kind asks for the answer: an interview is the ``Interviewer`` of ``quizgen.kinds``.

To go back a step, the generator of steps is started again and gets all values but the last.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from copy import deepcopy
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from quizgen.author.ids import (
    exhibit_lines,
    exhibits_for,
    fact_lines,
    parse_choice,
    parse_list_number,
    question_lines,
    suggest_id,
)
from quizgen.bank.build import make_question
from quizgen.bank.checks import check_question, check_texts, known_ids_from_bank
from quizgen.bank.enemies import find_enemies
from quizgen.bank.schema import list_length_limits
from quizgen.bank.schema_errors import find_question_errors
from quizgen.errors import Path, Problem, problem
from quizgen.ids import full_id, slug_of, topic_of
from quizgen.kinds import KINDS, ExhibitKind, Kind
from quizgen.model import DIFFICULTY_NAMES, LEVEL_MEANINGS, Audience, Bank
from quizgen.text.languages import FALLBACK, LANGUAGES, locale, localize
from quizgen.text.messages import NOTHING, Message, _, as_is, pgettext

END_LIST = "-"
GO_BACK = "<"
KEEP = "="
ACCEPT = "."
_MAX_SHOWN_ENEMIES = 9
_REPLACEMENT_CHARACTER = "\ufffd"  # in place of bytes that are not UTF-8


class InvalidAnswerError(Exception):
    """A line that is not valid. ``reasons`` says why, one on a line."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))


class Step(NamedTuple):
    """A prompt, the lines to show before it, and the function that parses the reply (it may raise InvalidAnswerError).

    If it ``may_be_empty``, an empty line is a reply that there is none.
    """

    asks: str
    read: Callable[[str], Any]
    shows: tuple[str, ...] = ()
    may_be_empty: bool = False


Steps: TypeAlias = Generator[Step, Any, Any]


_LANGUAGE_NAMES: Mapping[str, Message] = {"en": _("English"), "zh-Hans": _("Chinese (zh-Hans)")}


class Interview:
    """The steps of one question, the current step, and the values so far.

    ``entry`` is the question so far, as its author would write it; ``topic`` is its topic. ``typed`` are the valid lines so
    far, with which another interview can continue (:meth:`retype`). Prompts and problems are in the author's ``language``.
    """

    def __init__(
        self,
        bank: Bank,
        topic: str = "",
        kind: str = "",
        level: str = "",
        language: str = FALLBACK,
        audience: Audience = "everyone",
    ) -> None:
        self._language = language
        self._bank = bank
        self._languages = bank.declared.languages
        self._known = known_ids_from_bank(bank)
        self._preset = {"topic": topic, "kind": kind, "level": level}
        self._audience = audience
        self._values: list[Any] = []
        self._lines: dict[str, str] = {}
        self.typed: tuple[str, ...] = ()
        self.step: Step | None = None
        self._restart()

    @property
    def earlier(self) -> str:
        """The earlier reply to the current step, if the author went back, or ""."""
        return self._lines.get(self.step.asks, "") if self.step else ""

    def reply(self, line: str) -> None:
        """Parse a line for the current step, and go to the next step; raises InvalidAnswerError.

        ``=`` repeats the earlier reply.
        """
        assert self.step  # noqa: S101  whoever replies has been asked
        if line.strip() == KEEP and self.earlier:
            line = self.earlier
        if _REPLACEMENT_CHARACTER in line:
            raise self._invalid(
                problem(
                    _("some characters did not arrive as you typed them (they became U+FFFD)"),
                    _("type it again, in UTF-8"),
                )
            )
        value = self.step.read(line)
        self._lines[self.step.asks] = line.strip()
        self._values.append(value)
        self.typed += (line.strip(),)
        self._send(value)

    def back(self) -> None:
        """Go back one step."""
        self._values, self.typed = self._values[:-1], self.typed[:-1]
        self._restart()

    def retype(self, lines: Sequence[str]) -> None:
        """Enter lines that were typed before, until one is no longer valid."""
        for line in lines:
            if not self.step:
                return
            try:
                self.reply(line)
            except InvalidAnswerError:
                return

    def _restart(self) -> None:
        self.entry: dict[str, Any] = {}
        self.topic = ""
        self._steps: Steps = self._all_steps()
        self._send(None)
        for value in self._values:
            self._send(value)

    def _send(self, value: Any) -> None:
        try:
            self.step = self._steps.send(value)
        except StopIteration:
            self.step = None

    def _all_steps(self) -> Steps:
        yield from self._ask_basics()
        kind = KINDS[self.entry["kind"]]
        yield from self._ask_exhibit(kind)
        if self._bank.facts:
            yield from self._ask_facts()
        yield from self._ask_stem(kind)
        yield from self._ask_id()
        yield from kind.ask_for_answer(self)
        why = _("Rationale: why, from the facts") if self._bank.facts else _("Rationale: why that is right")
        unreasoned = _("none") if "rationale" in self._bank.declared.optional else NOTHING
        yield from self.ask_text(("rationale",), why, skip_label=unreasoned)
        yield from self.ask_text(("advice",), _("Advice: what a person can do"), skip_label=_("none"))
        yield from self._ask_enemies()

    def _ask_basics(self) -> Steps:
        titles: dict[str, Message] = {
            topic: as_is(" ".join(localize(each.title, tag) for tag in self._languages))
            for topic, each in self._bank.topics.items()
        }
        if len(titles) == 1:
            self._preset["topic"] = next(iter(titles))
        self.topic = self._preset["topic"] or (yield self._choice(_("topic"), titles))
        kinds = {
            name: kind.meaning
            for name, kind in KINDS.items()
            if not kind.needs_exhibit or exhibits_for(self._bank, kind)
        }
        for key, what, meanings in (("kind", _("kind"), kinds), ("level", _("level"), LEVEL_MEANINGS)):
            self.entry[key] = self._preset[key] or (yield self._choice(what, meanings))
        if self._audience != "everyone":
            self.entry["audience"] = self._audience
        numbered = [f"{number} {self._translate(said)}" for number, said in DIFFICULTY_NAMES.items()]
        numbers = [str(number) for number in DIFFICULTY_NAMES]
        parse_choice = yield Step(
            self._translate(_("Difficulty ({listed})", listed=numbered)),
            partial(self._read_choice, numbers, _("difficulty")),
        )
        self.entry["difficulty"] = int(parse_choice)

    def _ask_exhibit(self, kind: Kind[Any, Any]) -> Steps:
        """Ask for an exhibit: the one that the question is about, or one to show above the stem."""
        suitable = exhibits_for(self._bank, kind)
        if not suitable:
            return
        own = [full for full in suitable if topic_of(full) == self.topic] or suitable
        shows = ("", *exhibit_lines(self._bank, own, self.topic, self._language))
        is_optional = not kind.needs_exhibit
        asks = self._translate(
            _("Exhibit to show above the stem: its number or part of its id, from any topic (Enter for none)")
            if is_optional
            else _("Exhibit that the question is about: its number or part of its id, from any topic")
        )
        read = partial(self._read_exhibit, suitable, own, is_optional)
        if exhibit := (yield Step(asks, read, shows, may_be_empty=is_optional)):
            self.entry["exhibit"] = exhibit

    def _ask_enemies(self) -> Steps:
        """Ask for enemies when the question is complete; enemies found by the program are shown."""
        written = [id_ for id_, each in self._bank.questions.items() if not each.generated]
        if not written:
            return
        enemy_ids = find_enemies(make_question(self.topic, self.entry, self._bank), self._bank)
        near = [id_ for id_ in enemy_ids if not self._bank.questions[id_].generated]
        shown = near[:_MAX_SHOWN_ENEMIES]
        listed = question_lines(self._bank, shown, self._language)
        left = len(near) - _MAX_SHOWN_ENEMIES
        more = (
            [" " * 5 + self._translate(pgettext("questions", "and {count} more", count=left))]
            if left > 0
            else []
        )
        shows = (
            (
                "",
                self._translate(
                    _(
                        "These questions are kept apart from it anyway, because one gives away the other’s answer:"
                    )
                ),
                *listed,
                *more,
            )
            if shown
            else ()
        )
        read = partial(self._read_enemies, written, shown)
        if enemies := (
            yield Step(
                self._translate(
                    _(
                        "Enemies (questions that give away each other’s answer): ids or parts of ids, separated by commas (Enter for none)"
                    )
                ),
                read,
                shows,
                may_be_empty=True,
            )
        ):
            self.entry["enemies"] = enemies

    def _ask_stem(self, kind: Kind[Any, Any]) -> Steps:
        """Ask for the stem; it is optional if the kind has a default."""
        facts = self.entry.get("facts", [])
        shows = ("", *fact_lines(self._bank, self._full_ids(facts))) if facts else ()
        usual = NOTHING
        if isinstance(kind, ExhibitKind):
            exhibit = self._bank.exhibits[full_id(self.topic, self.entry["exhibit"])]
            usual = as_is(localize(kind.default_stem(exhibit), self._language))
        yield from self.ask_text(("stem",), kind.stem, skip_label=usual, shows=shows)

    def _ask_facts(self) -> Steps:
        own = [id_ for id_, fact in self._bank.facts.items() if fact.topic == self.topic]
        shows = ("", *fact_lines(self._bank, own, numbered=True))
        asks = self._translate(
            _("Facts that it is based on: numbers or parts of ids, from any topic, separated by spaces")
        )
        if "facts" in self._bank.declared.optional:
            asks = self._translate(
                _("{label} ({sign} for {meaning})", label=asks, sign=END_LIST, meaning=_("none"))
            )
        if facts := (yield Step(asks, partial(self._read_facts, own), shows)):
            self.entry["facts"] = facts

    def _ask_id(self) -> Steps:
        near = suggest_id(self.entry, self._taken())
        asks = self._translate(_("Id, which never changes ({sign} for {near})", sign=ACCEPT, near=near))
        self.entry["id"] = yield Step(asks, partial(self._read_id, near))

    def list_limits(self, key: str) -> tuple[int, int]:
        """Return the minimum and the maximum number of entries in a list of the kind."""
        return list_length_limits(KINDS[self.entry["kind"]], key)

    def ask_texts(
        self, key: str, label: Message, *, minimum: int | None = None, maximum: int | None = None
    ) -> Steps:
        """Ask for the texts of a list, as many as its schema requires and allows."""
        least, most = self.list_limits(key)
        enough = least if minimum is None else minimum
        for index in range(most if maximum is None else min(maximum, most)):
            skip_label = _("no more") if index >= enough else NOTHING
            numbered = _("{label} {number}", label=label, number=index + 1)
            given = yield from self.ask_text((key, index), numbered, skip_label=skip_label)
            if given is None:
                return

    def ask_true_or_false(self, path: Path, label: Message) -> Steps:
        """Ask whether something is true."""
        self._put(path, (yield Step(self._translate(label), self._read_truth)))

    def ask_choice(self, path: Path, what: Message, meanings: Mapping[str, Message]) -> Steps:
        """Ask for one of several words, each shown with what it means."""
        self._put(path, (yield self._choice(what, meanings)))

    def ask_wordings(self, key: str, label: Message) -> Steps:
        """Ask for several words in each language."""
        for tag in self._languages:
            step = Step(self._asks_text(label, tag), partial(self._read_words, key, tag))
            self._put((key, tag), (yield step))

    def ask_text(
        self, path: Path, label: Message, *, skip_label: Message = NOTHING, shows: tuple[str, ...] = ()
    ) -> Steps:
        """Ask for a text in each language.

        If ``skip_label`` says what that means, the author may skip the text; then the result is ``None``.
        """
        given: dict[str, str] = {}
        for tag in self._languages:
            read = partial(self._read_text, path, given, tag, skip_label)
            words = yield Step(self._asks_text(label, tag, skip_label), read, shows)
            if words is None:
                return None
            given, skip_label, shows = {**given, tag: words}, NOTHING, ()
        self._put(path, given)
        return given

    def _asks_text(self, label: Message, tag: str, skip_label: Message = NOTHING) -> str:
        named = _LANGUAGE_NAMES.get(tag) or as_is(tag)
        values = {"label": label, "language": named}
        if len(self._languages) == 1:
            if not skip_label:
                return self._translate(label)
            return self._translate(
                _("{label} ({sign} for {meaning})", label=values["label"], sign=END_LIST, meaning=skip_label)
            )
        if skip_label:
            return self._translate(
                _(
                    "{label}, in {language} ({sign} for {meaning})",
                    **values,
                    sign=END_LIST,
                    meaning=skip_label,
                )
            )
        return self._translate(_("{label}, in {language}", **values))

    def _choice(self, what: Message, words: Mapping[str, Message]) -> Step:
        """Return a step that asks for one of several words with meanings."""
        width = max(map(len, words))
        shows = tuple(
            f"{number:3}  {word:{width}}  {self._translate(meaning)}"
            for number, (word, meaning) in enumerate(words.items(), 1)
        )
        named = self._translate(what)
        asks = self._translate(_("{what}: a number or a name", what=named[:1].upper() + named[1:]))
        return Step(asks, partial(self._read_choice, list(words), what), ("", *shows))

    def _translate(self, message: Message) -> str:
        return message.translated(self._language)

    def _invalid(self, *problems: Problem) -> InvalidAnswerError:
        return InvalidAnswerError(*dict.fromkeys(each.translated(self._language) for each in problems))

    def _read_choice(self, words: Sequence[str], what: Message, line: str) -> str:
        """Parse a number in a list, a word of it, or a part that only one word has."""
        typed = line.strip().casefold()
        if typed in words:
            return typed
        if (number := parse_list_number(typed)) and number <= len(words):
            return words[number - 1]
        matches = [word for word in words if typed in word]
        if len(matches) == 1:
            return matches[0]
        reason = (
            _("several have {asked!r}: {words}") if matches else _("there is no {what} {asked!r}: {words}")
        )
        named = what
        raise self._invalid(problem(reason, what=named, asked=line.strip(), words=tuple(matches or words)))

    def _read_truth(self, line: str) -> bool:
        word = line.strip().casefold()
        for tag in LANGUAGES:
            for truth, words in ((True, locale(tag).true), (False, locale(tag).false)):
                if word in words:
                    return truth
        raise self._invalid(problem(_("answer t or f")))

    def _put(self, path: Path, value: Any) -> None:
        _put(self.entry, path, value)

    def _read_text(
        self, path: Path, given: dict[str, str], tag: str, skip_label: Message, line: str
    ) -> str | None:
        words = line.strip()
        if words == END_LIST and skip_label:
            self._check_part(_innermost_list(path), whole=True)
            return None
        self._check_part((*path, tag), (path, {**given, tag: words}))
        return words

    def _read_words(self, key: str, tag: str, line: str) -> list[str]:
        words = [word.strip() for word in line.replace("；", ";").split(";") if word.strip()]
        self._check_part((key, tag), ((key, tag), words))
        return words

    def _read_facts(self, own: list[str], line: str) -> list[str]:
        if line.strip() == END_LIST and "facts" in self._bank.declared.optional:
            return []
        found, reasons = parse_choice("fact", self._bank.facts, own, line)
        if reasons or not found:
            raise self._invalid(*(reasons or [problem(_("name at least one fact"))]))
        return self._own_ids(found)

    def _read_enemies(self, written: list[str], shown: list[str], line: str) -> list[str]:
        if line.strip() in ("", END_LIST):
            return []
        found, reasons = parse_choice("question", written, shown, line)
        if reasons:
            raise self._invalid(*reasons)
        return self._own_ids(found)

    def _read_exhibit(self, suitable: list[str], own: list[str], is_optional: bool, line: str) -> str:  # noqa: FBT001  bound
        if is_optional and line.strip() in ("", END_LIST):
            return ""
        found, reasons = parse_choice("exhibit", suitable, own, line)
        if reasons or len(found) != 1:
            raise self._invalid(*(reasons or [problem(_("name one exhibit"))]))
        return self._own_ids(found)[0]

    def _read_id(self, near: str, line: str) -> str:
        word = near if line.strip() == ACCEPT else line.strip()
        self._check_part(("id",), (("id",), word))
        if word in self._taken():
            raise self._invalid(problem(_("the id {id} is taken"), _("choose another"), id=word))
        return word

    def _check_part(self, part: Path, change: tuple[Path, Any] | None = None, *, whole: bool = False) -> None:
        """Raise InvalidAnswerError for what is wrong with a part of the entry after a change.

        With ``whole``, also for what is wrong with the entry as a whole.
        """
        entry = deepcopy(self.entry)
        if change:
            _put(entry, *change)
        problems = list(find_question_errors(entry, self._bank.declared))
        # Earlier parts were valid, so any other error is about a list that is not complete yet.
        is_valid = all(each.path[: len(part)] != part for each in problems)
        problems += check_texts(entry)
        if is_valid:
            problems += check_question(self.topic, entry, self._known)
        relevant = [each for each in problems if each.path[: len(part)] == part]
        relevant += [each for each in problems if whole and not each.path]
        if relevant:
            raise self._invalid(*(problem(each.what, each.hint) for each in relevant))

    def _taken(self) -> set[str]:
        """Return the ids in use in the topic, and the retired ones."""
        bank = self._bank
        everything = (*bank.facts, *bank.exhibits, *bank.questions, *bank.retired)
        return {slug_of(full) for full in everything if topic_of(full) == self.topic}

    def _own_ids(self, found: list[str]) -> list[str]:
        """Return ids as the file of the topic writes them."""
        return [full.removeprefix(f"{self.topic}/") for full in found]

    def _full_ids(self, facts: list[str]) -> list[str]:
        return [full_id(self.topic, fact) for fact in facts]


def _innermost_list(path: Path) -> Path:
    """Return the path of the innermost list on a path; the path itself if there is no list."""
    ends = [end for end, step in enumerate(path) if isinstance(step, int)]
    return path[: ends[-1]] if ends else path


def _put(container: Any, path: Path, value: Any) -> None:
    """Set a value at a path, making lists and mappings on the way; an index may be one past the end."""
    for step, following in pairwise(path):
        made: Any = [] if isinstance(following, int) else {}
        if isinstance(step, int) and step == len(container):
            container.append(made)
        elif isinstance(step, str):
            container.setdefault(step, made)
        container = container[step]
    last = path[-1]
    if isinstance(last, int) and last == len(container):
        container.append(value)
    else:
        container[last] = value
