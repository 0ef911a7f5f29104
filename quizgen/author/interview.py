"""A question asked for step by step: what to ask, and how each line that is given is read. Pure.

What is asked for the answer is the kind's to say: an interview is the ``Asker`` of ``quizgen.kinds``.

The interview is a generator that is started anew, and sent what was given so far, to go back a step.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from copy import deepcopy
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from quizgen.author.ids import (
    chosen,
    exhibit_lines,
    exhibits_for,
    fact_lines,
    place_in_list,
    question_lines,
    suggested_id,
)
from quizgen.bank.build import question_of
from quizgen.bank.checks import check_question, check_texts, known_ids_of
from quizgen.bank.enemies import find_enemies
from quizgen.bank.schema import list_limits
from quizgen.bank.schema_errors import question_errors
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
_SHOWN = 9  # enemies found, so many of which are shown
_LOST = "\ufffd"  # what stands for bytes that are no UTF-8


class InvalidAnswerError(Exception):
    """A line that cannot be taken, and why: one line a reason."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))


class Step(NamedTuple):
    """Something to ask, lines to show before it, and what reads the reply (or raises InvalidAnswerError).

    Where it ``may_be_empty``, an empty line is a reply as well: that there is none.
    """

    asks: str
    read: Callable[[str], Any]
    shows: tuple[str, ...] = ()
    may_be_empty: bool = False


Steps: TypeAlias = Generator[Step, Any, Any]


_LANGUAGE_NAMES: Mapping[str, Message] = {"en": _("English"), "zh-Hans": _("Chinese (zh-Hans)")}


class Interview:
    """The steps of one question, where one stands in them, and what has been given.

    ``entry`` is the question as far as it is known, as its author would write it; ``topic`` is its topic.
    ``typed`` are the lines that led there, with which another interview comes as far (:meth:`retype`).
    It asks, and says why a line cannot be taken, in the author's ``language``.
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
        self._known = known_ids_of(bank)
        self._asked_for = {"topic": topic, "kind": kind, "level": level}
        self._audience = audience
        self._given: list[Any] = []
        self._lines: dict[str, str] = {}
        self.typed: tuple[str, ...] = ()
        self.step: Step | None = None
        self._begin()

    @property
    def earlier(self) -> str:
        """What was replied to the step at hand before somebody went back beyond it, or ""."""
        return self._lines.get(self.step.asks, "") if self.step else ""

    def reply(self, line: str) -> None:
        """Take a line for the step at hand, and go on to the next; raises InvalidAnswerError.

        ``=`` is what was replied to it earlier.
        """
        assert self.step  # noqa: S101  whoever replies has been asked
        if line.strip() == KEEP and self.earlier:
            line = self.earlier
        if _LOST in line:
            raise self._refusal(
                problem(
                    _("some of this did not arrive as it was typed (U+FFFD stands in its place)"),
                    _("type it again, in UTF-8"),
                )
            )
        value = self.step.read(line)
        self._lines[self.step.asks] = line.strip()
        self._given.append(value)
        self.typed += (line.strip(),)
        self._send(value)

    def back(self) -> None:
        """Go back to the step before."""
        self._given, self.typed = self._given[:-1], self.typed[:-1]
        self._begin()

    def retype(self, lines: Sequence[str]) -> None:
        """Take lines that were typed before, up to the first that is no longer taken."""
        for line in lines:
            if not self.step:
                return
            try:
                self.reply(line)
            except InvalidAnswerError:
                return

    def _begin(self) -> None:
        self.entry: dict[str, Any] = {}
        self.topic = ""
        self._steps: Steps = self._all_steps()
        self._send(None)
        for value in self._given:
            self._send(value)

    def _send(self, value: Any) -> None:
        try:
            self.step = self._steps.send(value)
        except StopIteration:
            self.step = None

    def _all_steps(self) -> Steps:
        yield from self._ask_what_kind()
        kind = KINDS[self.entry["kind"]]
        yield from self._ask_exhibit(kind)
        if self._bank.facts:
            yield from self._ask_facts()
        yield from self._ask_stem(kind)
        yield from self._ask_id()
        yield from kind.ask(self)
        why = _("Rationale: why, from the facts") if self._bank.facts else _("Rationale: why that is right")
        unreasoned = _("none") if "rationale" in self._bank.declared.optional else NOTHING
        yield from self.text(("rationale",), why, skip_label=unreasoned)
        yield from self.text(("advice",), _("Advice: what a person can do"), skip_label=_("none"))
        yield from self._ask_enemies()

    def _ask_what_kind(self) -> Steps:
        titles: dict[str, Message] = {
            topic: as_is(" ".join(localize(each.title, tag) for tag in self._languages))
            for topic, each in self._bank.topics.items()
        }
        if len(titles) == 1:
            self._asked_for["topic"] = next(iter(titles))
        self.topic = self._asked_for["topic"] or (yield self._choice(_("topic"), titles))
        kinds = {
            name: kind.meaning
            for name, kind in KINDS.items()
            if not kind.needs_exhibit or exhibits_for(self._bank, kind)
        }
        for key, what, said in (("kind", _("kind"), kinds), ("level", _("level"), LEVEL_MEANINGS)):
            self.entry[key] = self._asked_for[key] or (yield self._choice(what, said))
        if self._audience != "everyone":
            self.entry["audience"] = self._audience
        listed = [f"{number} {self._say(said)}" for number, said in DIFFICULTY_NAMES.items()]
        numbers = [str(number) for number in DIFFICULTY_NAMES]
        chosen = yield Step(
            self._say(_("Difficulty ({listed})", listed=listed)),
            partial(self._read_choice, numbers, _("difficulty")),
        )
        self.entry["difficulty"] = int(chosen)

    def _ask_exhibit(self, kind: Kind[Any, Any]) -> Steps:
        """Ask for an exhibit: which one it is about, or else whether one stands above its stem."""
        fitting = exhibits_for(self._bank, kind)
        if not fitting:
            return
        own = [full for full in fitting if topic_of(full) == self.topic] or fitting
        shows = ("", *exhibit_lines(self._bank, own, self.topic, self._language))
        free = not kind.needs_exhibit
        asks = self._say(
            _("Exhibit to show above its stem: a number or a part of its id, of any topic (Enter for none)")
            if free
            else _("Exhibit that it asks about: a number or a part of its id, of any topic")
        )
        read = partial(self._read_exhibit, fitting, own, free)
        if exhibit := (yield Step(asks, read, shows, may_be_empty=free)):
            self.entry["exhibit"] = exhibit

    def _ask_enemies(self) -> Steps:
        """Ask for enemies, once the question is whole; those that are kept apart from it anyway are shown."""
        written = [id_ for id_, each in self._bank.questions.items() if not each.generated]
        if not written:
            return
        found = find_enemies(question_of(self.topic, self.entry, self._bank), self._bank)
        near = [id_ for id_ in found if not self._bank.questions[id_].generated]
        shown = near[:_SHOWN]
        listed = question_lines(self._bank, shown, self._language)
        left = len(near) - _SHOWN
        more = (
            [" " * 5 + self._say(pgettext("questions", "and {count} more", count=left))] if left > 0 else []
        )
        shows = (
            (
                "",
                self._say(
                    _("These never meet it in a quiz anyway, as they tell its answer or it tells theirs:")
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
                self._say(
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
        """Ask for the stem, which may be left out where the kind has one."""
        facts = self.entry.get("facts", [])
        shows = ("", *fact_lines(self._bank, self._full(facts))) if facts else ()
        usual = NOTHING
        if isinstance(kind, ExhibitKind):
            exhibit = self._bank.exhibits[full_id(self.topic, self.entry["exhibit"])]
            usual = as_is(localize(kind.default_stem(exhibit), self._language))
        yield from self.text(("stem",), kind.stem, skip_label=usual, shows=shows)

    def _ask_facts(self) -> Steps:
        own = [id_ for id_, fact in self._bank.facts.items() if fact.topic == self.topic]
        shows = ("", *fact_lines(self._bank, own, numbered=True))
        asks = self._say(
            _("Facts that it rests on: numbers or parts of ids, of any topic, with blanks between")
        )
        if "facts" in self._bank.declared.optional:
            asks = self._say(
                _("{label} ({sign} for {meaning})", label=asks, sign=END_LIST, meaning=_("none"))
            )
        if facts := (yield Step(asks, partial(self._read_facts, own), shows)):
            self.entry["facts"] = facts

    def _ask_id(self) -> Steps:
        near = suggested_id(self.entry, self._taken())
        asks = self._say(_("Id, which never changes ({sign} takes {near})", sign=ACCEPT, near=near))
        self.entry["id"] = yield Step(asks, partial(self._read_id, near))

    def limits(self, key: str) -> tuple[int, int]:
        """Return the minimum and the maximum number of entries in a list of the kind."""
        return list_limits(KINDS[self.entry["kind"]], key)

    def texts(
        self, key: str, label: Message, *, minimum: int | None = None, maximum: int | None = None
    ) -> Steps:
        """Ask for the texts of a list, as many as its schema requires and allows."""
        least, most = self.limits(key)
        enough = least if minimum is None else minimum
        for index in range(most if maximum is None else min(maximum, most)):
            skip_label = _("no more") if index >= enough else NOTHING
            numbered = _("{label} {number}", label=label, number=index + 1)
            given = yield from self.text((key, index), numbered, skip_label=skip_label)
            if given is None:
                return

    def truth(self, path: Path, label: Message) -> Steps:
        """Ask whether something is true."""
        self._put(path, (yield Step(self._say(label), self._read_truth)))

    def choice(self, path: Path, what: Message, meanings: Mapping[str, Message]) -> Steps:
        """Ask for one of several words, each shown with what it means."""
        self._put(path, (yield self._choice(what, meanings)))

    def words(self, key: str, label: Message) -> Steps:
        """Ask for several words in each language."""
        for tag in self._languages:
            step = Step(self._asks_text(label, tag), partial(self._read_words, key, tag))
            self._put((key, tag), (yield step))

    def text(
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
                return self._say(label)
            return self._say(
                _("{label} ({sign} for {meaning})", label=values["label"], sign=END_LIST, meaning=skip_label)
            )
        if skip_label:
            return self._say(
                _(
                    "{label}, in {language} ({sign} for {meaning})",
                    **values,
                    sign=END_LIST,
                    meaning=skip_label,
                )
            )
        return self._say(_("{label}, in {language}", **values))

    def _choice(self, what: Message, words: Mapping[str, Message]) -> Step:
        """Make a step that asks for one of some words, given with their meanings."""
        width = max(map(len, words))
        shows = tuple(
            f"{number:3}  {word:{width}}  {self._say(meaning)}"
            for number, (word, meaning) in enumerate(words.items(), 1)
        )
        named = self._say(what)
        asks = self._say(_("{what}: a number or a name", what=named[:1].upper() + named[1:]))
        return Step(asks, partial(self._read_choice, list(words), what), ("", *shows))

    def _say(self, said: Message) -> str:
        return said.translated(self._language)

    def _refusal(self, *problems: Problem) -> InvalidAnswerError:
        return InvalidAnswerError(*dict.fromkeys(each.translated(self._language) for each in problems))

    def _read_choice(self, words: Sequence[str], what: Message, line: str) -> str:
        """Read a number of a list, a word of it, or a part that only one of them has."""
        typed = line.strip().casefold()
        if typed in words:
            return typed
        if (number := place_in_list(typed)) and number <= len(words):
            return words[number - 1]
        found = [word for word in words if typed in word]
        if len(found) == 1:
            return found[0]
        reason = _("several have {asked!r}: {words}") if found else _("there is no {what} {asked!r}: {words}")
        named = what
        raise self._refusal(problem(reason, what=named, asked=line.strip(), words=tuple(found or words)))

    def _read_truth(self, line: str) -> bool:
        word = line.strip().casefold()
        for tag in LANGUAGES:
            for truth, words in ((True, locale(tag).true), (False, locale(tag).false)):
                if word in words:
                    return truth
        raise self._refusal(problem(_("answer t or f")))

    def _put(self, path: Path, value: Any) -> None:
        _put(self.entry, path, value)

    def _read_text(
        self, path: Path, given: dict[str, str], tag: str, skip_label: Message, line: str
    ) -> str | None:
        words = line.strip()
        if words == END_LIST and skip_label:
            self._refuse_if(_list_of(path), whole=True)
            return None
        self._refuse_if((*path, tag), (path, {**given, tag: words}))
        return words

    def _read_words(self, key: str, tag: str, line: str) -> list[str]:
        words = [word.strip() for word in line.replace("；", ";").split(";") if word.strip()]
        self._refuse_if((key, tag), ((key, tag), words))
        return words

    def _read_facts(self, own: list[str], line: str) -> list[str]:
        if line.strip() == END_LIST and "facts" in self._bank.declared.optional:
            return []
        found, reasons = chosen("fact", self._bank.facts, own, line)
        if reasons or not found:
            raise self._refusal(*(reasons or [problem(_("no fact is named"))]))
        return self._short(found)

    def _read_enemies(self, written: list[str], shown: list[str], line: str) -> list[str]:
        if line.strip() in ("", END_LIST):
            return []
        found, reasons = chosen("question", written, shown, line)
        if reasons:
            raise self._refusal(*reasons)
        return self._short(found)

    def _read_exhibit(self, fitting: list[str], own: list[str], free: bool, line: str) -> str:  # noqa: FBT001  bound
        if free and line.strip() in ("", END_LIST):
            return ""
        found, reasons = chosen("exhibit", fitting, own, line)
        if reasons or len(found) != 1:
            raise self._refusal(*(reasons or [problem(_("name one exhibit"))]))
        return self._short(found)[0]

    def _read_id(self, near: str, line: str) -> str:
        word = near if line.strip() == ACCEPT else line.strip()
        self._refuse_if(("id",), (("id",), word))
        if word in self._taken():
            raise self._refusal(problem(_("the id {id} is taken"), _("choose another"), id=word))
        return word

    def _refuse_if(self, part: Path, change: tuple[Path, Any] | None = None, *, whole: bool = False) -> None:
        """Raise InvalidAnswerError for what is wrong with a part of the entry, once a change is made to it.

        With ``whole``, also for what is wrong with the entry and is of no part.
        """
        entry = deepcopy(self.entry)
        if change:
            _put(entry, *change)
        found = list(question_errors(entry, self._bank.declared))
        # What came before has been taken, so that any other error is of a list that is not full yet.
        sound = all(each.path[: len(part)] != part for each in found)
        found += check_texts(entry)
        if sound:
            found += check_question(self.topic, entry, self._known)
        wanted = [each for each in found if each.path[: len(part)] == part]
        wanted += [each for each in found if whole and not each.path]
        if wanted:
            raise self._refusal(*(problem(each.what, each.hint) for each in wanted))

    def _taken(self) -> set[str]:
        """Own ids of the topic's facts, exhibits and questions, and of those that have gone."""
        bank = self._bank
        everything = (*bank.facts, *bank.exhibits, *bank.questions, *bank.retired)
        return {slug_of(full) for full in everything if topic_of(full) == self.topic}

    def _short(self, found: list[str]) -> list[str]:
        """Give ids as the file of the topic names them."""
        return [full.removeprefix(f"{self.topic}/") for full in found]

    def _full(self, facts: list[str]) -> list[str]:
        return [full_id(self.topic, fact) for fact in facts]


def _list_of(path: Path) -> Path:
    """Give the path of the innermost list that a path leads into; the path itself where it leads into none."""
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
