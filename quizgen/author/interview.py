"""Ask an author for a question, step by step, and parse each reply. No I/O.

The kind of the question asks for the answer; for that, an interview is the ``Interviewer`` of
``quizgen.kinds``. The steps are a generator. To go back one step, the generator is started again and gets all
replies except the last.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from copy import deepcopy
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from msgspec.structs import replace

from quizgen.author.ids import (
    fact_list,
    numbered_exhibit_list,
    numbered_question_list,
    parse_ids,
    parse_list_number,
    passage_list,
    suggest_id,
    suitable_exhibits,
)
from quizgen.author.terms import suggest_terms
from quizgen.bank.build import make_question
from quizgen.bank.checks import HELP_NAME, check_question, check_texts, collect_ids_of_bank
from quizgen.bank.enemies import find_enemies
from quizgen.bank.schema import list_length_limits
from quizgen.bank.schema_errors import find_question_errors
from quizgen.errors import Path, Problem, problem, suggest_nearest
from quizgen.ids import full_id, slug_of, topic_of
from quizgen.kinds import KINDS, ExhibitKind, Kind
from quizgen.model import DIFFICULTY_NAMES, LEVEL_MEANINGS, Audience, Bank, Fact
from quizgen.source.check import facts_by_passage
from quizgen.source.wording import normalise_wording
from quizgen.text.languages import FALLBACK, LANGUAGES, locale, localize
from quizgen.text.messages import NOTHING, Message, _, as_is, pgettext

END_LIST = "-"
GO_BACK = "<"
KEEP = "="
NEW_FACT = "+"
_DEFAULTS = {"kind": "single", "level": "apply", "difficulty": "2"}
_MAX_LISTED_PASSAGES = 40
_MAX_SHOWN_ENEMIES = 9
_REPLACEMENT_CHARACTER = "\ufffd"  # in place of bytes that are not UTF-8


class InvalidAnswerError(Exception):
    """The author typed a line that is not valid. ``reasons`` are lines that say why."""

    def __init__(self, *reasons: str) -> None:
        """Make an error with lines that say what is wrong."""
        self.reasons = reasons
        super().__init__("\n".join(reasons))


class Step(NamedTuple):
    """One step of an interview: a prompt, and the function that parses the reply.

    The function may raise InvalidAnswerError. ``lines_before`` are shown before the prompt. An empty reply means
    ``default``. ``skip_label`` says what an empty reply means otherwise, such as "none"; if it is "", there must be a
    reply.
    """

    prompt: str
    parse_reply: Callable[[str], Any]
    lines_before: tuple[str, ...] = ()
    default: str = ""
    skip_label: str = ""


Steps: TypeAlias = Generator[Step, Any, Any]


_LANGUAGE_NAMES: Mapping[str, Message] = {"en": _("English"), "zh-Hans": _("Chinese (zh-Hans)")}


class Interview:
    """An interview that asks an author for one question. ``step`` is the current step, or ``None`` at the end.

    ``entry`` is the question so far, as an entry of the question bank, and ``topic`` is its topic. ``new_facts`` are
    entries of facts that the author has written for it. ``typed`` are the valid lines so far, which another interview can be given (:meth:`replay_typed_lines`). Prompts and problems are
    in the author's ``language``.
    """

    def __init__(
        self,
        bank: Bank,
        topic: str = "",
        kind: str = "",
        level: str = "",
        language: str = FALLBACK,
        audience: Audience = "everyone",
        passages: Mapping[str, str] = {},
    ) -> None:
        """Start an interview. A topic, kind or level that is given is not asked for.

        ``passages`` has the words of the bank's passages by full id, "" for those whose text is not at hand.
        """
        self._language = language
        self._original_bank = bank
        self._languages = bank.declared.languages
        self._passages = passages
        self._preset = {"topic": topic, "kind": kind, "level": level}
        self._audience = audience
        self._values: list[Any] = []
        self._lines: dict[tuple[int, str], str] = {}
        self.typed: tuple[str, ...] = ()
        self.step: Step | None = None
        self._restart_steps()

    @property
    def new_entries(self) -> dict[str, Sequence[dict[str, Any]]]:
        """The new entries of each section of the topic's file."""
        return {"facts": self.new_facts, "questions": [self.entry]}

    @property
    def prompt(self) -> str:
        """The prompt of the current step, and what Enter means there."""
        assert self.step  # noqa: S101  asked by whoever has a step
        label, skip_label = self.step.prompt, self.step.skip_label
        default = self.earlier_reply or self.step.default
        if default and skip_label:
            shown = _("{label} [{default}] ({sign} for {meaning})", sign=END_LIST)
        elif default:
            shown = _("{label} [{default}]")
        elif skip_label:
            shown = _("{label} (Enter for {meaning})")
        else:
            return label
        return self._translate(shown.with_values(label=label, default=default, meaning=skip_label))

    @property
    def is_empty_reply_valid(self) -> bool:
        """Whether an empty reply means something at the current step."""
        return bool(self.step and (self.earlier_reply or self.step.default or self.step.skip_label))

    @property
    def earlier_reply(self) -> str:
        """The earlier reply to the current step, if the author went back, or ""."""
        return self._lines.get((len(self._values), self.step.prompt), "") if self.step else ""

    def reply(self, line: str) -> None:
        """Parse a reply to the current step, and go to the next step.

        If the step had a reply before the author went back, an empty reply or ``=`` repeats that. Otherwise an empty
        reply means the default. Raises InvalidAnswerError.
        """
        assert self.step  # noqa: S101  whoever replies has been asked
        line = line.strip()
        if line in ("", KEEP) and self.earlier_reply:
            line = self.earlier_reply
        line = line or self.step.default
        if _REPLACEMENT_CHARACTER in line:
            raise self._invalid_answer(
                problem(
                    _("some characters did not arrive as you typed them (they became U+FFFD)"),
                    _("type it again, in UTF-8"),
                )
            )
        value = self.step.parse_reply(line)
        self._lines[len(self._values), self.step.prompt] = line
        self._values.append(value)
        self.typed += (line,)
        self._advance(value)

    def go_back(self) -> None:
        """Go back one step."""
        self._values, self.typed = self._values[:-1], self.typed[:-1]
        self._restart_steps()

    def replay_typed_lines(self, lines: Sequence[str]) -> None:
        """Give lines that were typed before as the replies again, until one is no longer valid."""
        for line in lines:
            if not self.step:
                return
            try:
                self.reply(line)
            except InvalidAnswerError:
                return

    def _restart_steps(self) -> None:
        """Start the steps again, and reply with the values so far."""
        self.entry: dict[str, Any] = {}
        self.new_facts: list[dict[str, Any]] = []
        self.topic = ""
        self._set_bank(self._original_bank)
        self._steps: Steps = self._all_steps()
        self._advance(None)
        for value in self._values:
            self._advance(value)

    def _advance(self, value: Any) -> None:
        """Send the value of a reply to the steps, and set the next step."""
        try:
            self.step = self._steps.send(value)
        except StopIteration:
            self.step = None

    def _all_steps(self) -> Steps:
        """Yield all steps. Each step gets the value of its reply."""
        yield from self._ask_basics()
        kind = KINDS[self.entry["kind"]]
        yield from self._ask_exhibit(kind)
        if self._bank.facts or self._passages:
            yield from self._ask_facts()
        yield from self._ask_stem(kind)
        self.entry["id"] = suggest_id(self.entry, self._used_ids())
        yield from kind.ask_for_answer(self)
        why = _("Rationale: why, from the facts") if self._bank.facts else _("Rationale: why that is right")
        unreasoned = _("none") if "rationale" in self._bank.declared.optional else NOTHING
        yield from self.ask_text(("rationale",), why, skip_label=unreasoned)
        yield from self.ask_text(("advice",), _("Advice: what a person can do"), skip_label=_("none"))
        yield from self._ask_enemies()
        yield from self._ask_id()

    def _set_bank(self, bank: Bank) -> None:
        """Use a bank for what comes: the original one, or one that has a new fact too."""
        self._bank = bank
        self._known = collect_ids_of_bank(bank)

    def _ask_basics(self) -> Steps:
        """Ask for topic, kind, level and difficulty, unless they are given."""
        yield from self._ask_topic()
        yield from self._ask_kind_and_level()
        self.entry["difficulty"] = int((yield self._difficulty_step()))

    def _ask_topic(self) -> Steps:
        """Ask for the topic, unless it is given or there is only one."""
        titles: dict[str, Message] = {
            topic: as_is(" ".join(localize(each.title, tag) for tag in self._languages))
            for topic, each in self._bank.topics.items()
        }
        if len(titles) == 1:
            self._preset["topic"] = next(iter(titles))
        self.topic = self._preset["topic"] or (yield self._choice_step(_("topic"), titles))

    def _ask_kind_and_level(self) -> Steps:
        """Ask for the kind and the level, unless they are given."""
        kinds = {
            name: kind.meaning
            for name, kind in KINDS.items()
            if not kind.needs_exhibit or suitable_exhibits(self._bank, kind)
        }
        for key, what, meanings in (("kind", _("kind"), kinds), ("level", _("level"), LEVEL_MEANINGS)):
            default = _DEFAULTS[key] if _DEFAULTS[key] in meanings else ""
            self.entry[key] = self._preset[key] or (yield self._choice_step(what, meanings, default))
        if self._audience != "everyone":
            self.entry["audience"] = self._audience

    def _difficulty_step(self) -> Step:
        """Return the step that asks for the difficulty."""
        numbered = [f"{number} {self._translate(said)}" for number, said in DIFFICULTY_NAMES.items()]
        numbers = [str(number) for number in DIFFICULTY_NAMES]
        return Step(
            self._translate(_("Difficulty ({listed})", listed=numbered)),
            partial(self._parse_choice, numbers, _("difficulty")),
            default=_DEFAULTS["difficulty"],
        )

    def _ask_exhibit(self, kind: Kind[Any, Any]) -> Steps:
        """Ask for an exhibit: the one that the question is about, or one to show above the stem."""
        suitable = suitable_exhibits(self._bank, kind)
        if not suitable:
            return
        listed_ids = [full for full in suitable if topic_of(full) == self.topic] or suitable
        lines_before = ("", *numbered_exhibit_list(self._bank, listed_ids, self.topic, self._language))
        is_optional = not kind.needs_exhibit
        prompt = self._translate(
            _("Exhibit to show above the stem: its number or part of its id, from any topic")
            if is_optional
            else _("Exhibit that the question is about: its number or part of its id, from any topic")
        )
        parse_reply = partial(self._parse_exhibit, suitable, listed_ids, is_optional)
        skip_label = self._translate(_("none")) if is_optional else ""
        if exhibit := (yield Step(prompt, parse_reply, lines_before, skip_label=skip_label)):
            self.entry["exhibit"] = exhibit

    def _ask_enemies(self) -> Steps:
        """Ask for enemies: questions that must not be in a quiz with this one, because one gives away the other's answer.

        Those that the program finds itself are shown before.
        """
        written = [id_ for id_, each in self._bank.questions.items() if not each.generated]
        if not written:
            return
        enemy_ids = find_enemies(make_question(self.topic, self.entry, self._bank), self._bank)
        found_ids = [id_ for id_ in enemy_ids if not self._bank.questions[id_].generated]
        shown = found_ids[:_MAX_SHOWN_ENEMIES]
        listed = numbered_question_list(self._bank, shown, self._language)
        left = len(found_ids) - _MAX_SHOWN_ENEMIES
        more = (
            [" " * 5 + self._translate(pgettext("questions", "and {count} more", count=left))]
            if left > 0
            else []
        )
        lines_before = (
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
        parse_reply = partial(self._parse_enemies, written, shown)
        if enemies := (
            yield Step(
                self._translate(
                    _(
                        "Enemies (questions that give away each other’s answer): ids or parts of ids, separated by commas"
                    )
                ),
                parse_reply,
                lines_before,
                skip_label=self._translate(_("none")),
            )
        ):
            self.entry["enemies"] = enemies

    def _ask_stem(self, kind: Kind[Any, Any]) -> Steps:
        """Ask for the stem. The author can skip it if the kind has a default stem."""
        facts = self.entry.get("facts", [])
        lines_before = ("", *fact_list(self._bank, self._full_ids(facts))) if facts else ()
        skip_label = NOTHING
        if isinstance(kind, ExhibitKind):
            exhibit = self._bank.exhibits[full_id(self.topic, self.entry["exhibit"])]
            skip_label = as_is(localize(kind.default_stem(exhibit), self._language))
        yield from self.ask_text(("stem",), kind.stem, skip_label=skip_label, lines_before=lines_before)

    def _ask_facts(self) -> Steps:
        """Ask for the facts that the question is based on."""
        is_optional = "facts" in self._bank.declared.optional
        if facts := (yield from self._choose_facts(_("Facts that it is based on"), is_optional=is_optional)):
            self.entry["facts"] = facts

    def _choose_facts(
        self, label: Message, default: str = "", *, is_optional: bool = False
    ) -> Generator[Step, Any, list[str]]:
        """Ask for facts, and return their ids. The author can write a new one from a passage."""
        listed_ids = [id_ for id_, fact in self._bank.facts.items() if fact.topic == self.topic]
        listed = list(fact_list(self._bank, listed_ids, with_numbers=True))
        prompt = self._translate(
            _(
                "{label}: numbers or parts of ids, separated by spaces; + for a new one from a passage",
                label=label,
            )
            if self._passages
            else _("{label}: numbers or parts of ids, from any topic, separated by spaces", label=label)
        )
        if not default and self._passages and not listed_ids and not is_optional:
            default = NEW_FACT
        facts = yield Step(
            prompt,
            partial(self._parse_facts, listed_ids, is_optional),
            ("", *listed) if listed else (),
            default,
            self._translate(_("none")) if is_optional else "",
        )
        if NEW_FACT in facts:
            new_id = yield from self._ask_new_fact()
            return [*(id_ for id_ in facts if id_ != NEW_FACT), new_id]
        return list(facts)

    def _ask_new_fact(self) -> Generator[Step, Any, str]:
        """Ask for a new fact from a passage, in one sentence, and return its id."""
        citing = facts_by_passage(self._bank.facts.values())
        by_need = sorted(self._passages, key=lambda id_: id_ in citing)  # those without a fact first
        listed_ids = by_need[:_MAX_LISTED_PASSAGES]
        passage = yield Step(
            self._translate(_("Passage: its id, such as p5, or the number in it")),
            partial(self._parse_passage, listed_ids),
            ("", *passage_list(self._bank, self._passages, listed_ids)),
        )
        words = self._passages[passage]
        statement: dict[str, str] = {}
        for tag in self._languages:
            statement[tag] = yield Step(
                self._text_prompt(_("What the passage says, in one sentence of your own"), tag),
                partial(self._parse_plain_text, tag),
                ("", words) if words and not statement else (),
            )
        terms = yield Step(
            self._translate(_("Terms: a few words of the passage, letter for letter, separated by ;")),
            partial(self._parse_terms, words),
            default="; ".join(suggest_terms(words, statement.values())),
        )
        slug = suggest_id({"stem": statement}, self._used_ids())
        self.new_facts.append({"id": slug, "statement": statement, "cites": [passage], "terms": terms})
        fact = Fact(f"{self.topic}/{slug}", self.topic, statement, (passage,), tuple(terms))
        self._set_bank(replace(self._bank, facts={**self._bank.facts, fact.id: fact}))
        return slug

    def _ask_id(self) -> Steps:
        """Ask for the id of the question, and suggest one."""
        suggested_id = self.entry["id"]
        prompt = self._translate(_("Id, which never changes"))
        self.entry["id"] = yield Step(prompt, self._parse_id, default=suggested_id)

    def list_limits(self, key: str) -> tuple[int, int]:
        """Return the minimum and the maximum length of a list in the entry."""
        return list_length_limits(KINDS[self.entry["kind"]], key)

    def ask_texts(
        self, key: str, label: Message, *, minimum: int | None = None, maximum: int | None = None
    ) -> Steps:
        """Ask for the texts of a list, such as wrong options, until the author has no more.

        The schema limits their number.
        """
        least, most = self.list_limits(key)
        enough = least if minimum is None else minimum
        for index in range(most if maximum is None else min(maximum, most)):
            skip_label = _("no more") if index >= enough else NOTHING
            numbered = _("{label} {number}", label=label, number=index + 1)
            given = yield from self.ask_text((key, index), numbered, skip_label=skip_label)
            if given is None:
                return

    def ask_true_or_false(self, path: Path, label: Message) -> Steps:
        """Ask whether something is true, and set the value at a path of the entry."""
        self._set_value(path, (yield Step(self._translate(label), self._parse_truth)))

    def ask_choice(self, path: Path, what: Message, meanings: Mapping[str, Message]) -> Steps:
        """Ask for one of several words, each shown with its meaning, and set it at a path of the entry."""
        self._set_value(path, (yield self._choice_step(what, meanings)))

    def ask_wordings(self, key: str, label: Message) -> Steps:
        """Ask for several wordings in each language, and set them in the entry."""
        for tag in self._languages:
            step = Step(self._text_prompt(label, tag), partial(self._parse_words, key, tag))
            self._set_value((key, tag), (yield step))

    def ask_text(
        self, path: Path, label: Message, *, skip_label: Message = NOTHING, lines_before: tuple[str, ...] = ()
    ) -> Steps:
        """Ask for a text in each language, set it at a path of the entry, and return it.

        The author may skip the text if there is a ``skip_label``, such as "none". The result is then ``None``.
        """
        texts: dict[str, str] = {}
        for tag in self._languages:
            parse_reply = partial(self._parse_text, path, texts, tag, skip_label)
            skip = self._translate(skip_label)
            words = yield Step(self._text_prompt(label, tag), parse_reply, lines_before, skip_label=skip)
            if words is None:
                return None
            texts, skip_label, lines_before = {**texts, tag: words}, NOTHING, ()
        self._set_value(path, texts)
        return texts

    def _text_prompt(self, label: Message, tag: str) -> str:
        """Return the prompt for a text in a language."""
        if len(self._languages) == 1:
            return self._translate(label)
        named = _LANGUAGE_NAMES.get(tag) or as_is(tag)
        return self._translate(_("{label}, in {language}", label=label, language=named))

    def _choice_step(self, label: Message, meanings: Mapping[str, Message], default: str = "") -> Step:
        """Return a step that asks for one of several words, each shown with its meaning."""
        width = max(map(len, meanings))
        lines_before = tuple(
            f"{number:3}  {word:{width}}  {self._translate(meaning)}"
            for number, (word, meaning) in enumerate(meanings.items(), 1)
        )
        named = self._translate(label)
        prompt = self._translate(_("{what}: a number or a name", what=named[:1].upper() + named[1:]))
        return Step(prompt, partial(self._parse_choice, list(meanings), label), ("", *lines_before), default)

    def _translate(self, message: Message) -> str:
        """Return a message in the language of the author."""
        return message.translated(self._language)

    def _invalid_answer(self, *problems: Problem) -> InvalidAnswerError:
        """Return an error for problems, in the language of the author."""
        return InvalidAnswerError(*dict.fromkeys(each.translated(self._language) for each in problems))

    def _parse_choice(self, choices: Sequence[str], label: Message, line: str) -> str:
        """Parse one of several choices: its number, the word itself, or a part that only one word has."""
        typed = line.strip().casefold()
        if typed in choices:
            return typed
        if (number := parse_list_number(typed)) and number <= len(choices):
            return choices[number - 1]
        matches = [word for word in choices if typed in word]
        if len(matches) == 1:
            return matches[0]
        reason = (
            _("several have {asked!r}: {words}") if matches else _("there is no {what} {asked!r}: {words}")
        )
        hint = NOTHING if matches else suggest_nearest(typed, choices)
        raise self._invalid_answer(
            problem(reason, hint, what=label, asked=line.strip(), words=tuple(matches or choices))
        )

    def _parse_truth(self, line: str) -> bool:
        """Parse "true" or "false", as any language of the program has it."""
        word = line.strip().casefold()
        for tag in LANGUAGES:
            for truth, words in ((True, locale(tag).true), (False, locale(tag).false)):
                if word in words:
                    return truth
        raise self._invalid_answer(problem(_("answer t or f")))

    def _set_value(self, path: Path, value: Any) -> None:
        """Set a value at a path of the entry."""
        _set_value(self.entry, path, value)

    def _parse_text(
        self, path: Path, texts_so_far: dict[str, str], tag: str, skip_label: Message, line: str
    ) -> str | None:
        """Parse a text in a language; return ``None`` if the author skips it."""
        words = line.strip()
        if words in ("", END_LIST) and skip_label:
            self._check_part(_innermost_list_path(path), with_entry=True)
            return None
        self._check_text(words)
        self._check_part((*path, tag), (path, {**texts_so_far, tag: words}))
        return words

    def _check_text(self, text: str) -> None:
        """Raise InvalidAnswerError if a text is just a full stop, which other programs take for the suggestion."""
        if text == ".":
            raise self._invalid_answer(
                problem(_("a full stop is no text"), _("press Enter for what stands in brackets"))
            )

    def _parse_plain_text(self, tag: str, line: str) -> str:
        """Parse a text in a language that is not in the entry."""
        self._check_text(line)
        found = list(check_texts({"statement": {tag: line}}))
        if found:
            raise self._invalid_answer(*(problem(each.what, each.hint) for each in found))
        self._check_help_numbers(line)
        return line

    def _check_help_numbers(self, line: str) -> None:
        """Raise InvalidAnswerError if a text has a help number that the bank lacks, such as ``{police}``."""
        unknown = [name for name in HELP_NAME.findall(line) if name not in self._bank.help]
        if unknown:
            names = tuple(f"{{{name}}}" for name in self._bank.help)
            hint = (
                _("there are {names:both}", names=names) if names else _("add it to a file of help numbers")
            )
            raise self._invalid_answer(
                *(problem(_("there is no help number {{{name}}}", name=name), hint) for name in unknown)
            )

    def _parse_terms(self, passage: str, line: str) -> list[str]:
        """Parse the terms of a new fact, which are in the passage if its text is known."""
        terms = list(
            dict.fromkeys(term.strip() for term in line.replace("；", ";").split(";") if term.strip())
        )
        wording = normalise_wording(passage)
        missing = [term for term in terms if passage and normalise_wording(term) not in wording]
        if missing or not terms:
            raise (
                self._invalid_answer(
                    *(
                        problem(
                            _("the passage does not have {term!r}"), _("copy it letter for letter"), term=term
                        )
                        for term in missing
                    )
                )
                if missing
                else self._invalid_answer(problem(_("name at least one term")))
            )
        return terms

    def _parse_passage(self, listed_ids: list[str], line: str) -> str:
        """Parse the passage that the author names by number or by a part of its id."""
        ids, problems = parse_ids("passage", self._passages, listed_ids, line)
        if problems or len(ids) != 1:
            raise self._invalid_answer(*(problems or [problem(_("name one passage"))]))
        return ids[0]

    def _parse_words(self, key: str, tag: str, line: str) -> list[str]:
        """Parse several wordings, which are separated by semicolons."""
        words = [word.strip() for word in line.replace("；", ";").split(";") if word.strip()]
        self._check_part((key, tag), ((key, tag), words))
        return words

    def _parse_facts(self, listed_ids: list[str], is_optional: bool, line: str) -> list[str]:  # noqa: FBT001  bound
        """Parse the facts that the author names by number or by a part of their ids."""
        if line.strip() in ("", END_LIST) and is_optional:
            return []
        words = line.split()
        new = [NEW_FACT] if self._passages and NEW_FACT in words else []
        others = " ".join(word for word in words if word not in new)
        if new and not others:
            return new
        ids, problems = parse_ids("fact", self._bank.facts, listed_ids, others)
        if problems or not ids:
            raise self._invalid_answer(*(problems or [problem(_("name at least one fact"))]))
        return [*self._ids_within_topic(ids), *new]

    def _parse_enemies(self, all_ids: list[str], listed_ids: list[str], line: str) -> list[str]:
        """Parse the questions that the author names by number or by a part of their ids."""
        if line.strip() in ("", END_LIST):
            return []
        ids, problems = parse_ids("question", all_ids, listed_ids, line)
        if problems:
            raise self._invalid_answer(*problems)
        return self._ids_within_topic(ids)

    def _parse_exhibit(self, all_ids: list[str], listed_ids: list[str], is_optional: bool, line: str) -> str:  # noqa: FBT001  bound
        """Parse the exhibit that the author names by number or by a part of its id; return "" if there is none."""
        if is_optional and line.strip() in ("", END_LIST):
            return ""
        ids, problems = parse_ids("exhibit", all_ids, listed_ids, line)
        if problems or len(ids) != 1:
            raise self._invalid_answer(*(problems or [problem(_("name one exhibit"))]))
        return self._ids_within_topic(ids)[0]

    def _parse_id(self, line: str) -> str:
        """Parse the id of the question, and check that it is not in use."""
        word = line.strip()
        self._check_part(("id",), (("id",), word))
        if word in self._used_ids():
            raise self._invalid_answer(problem(_("the id {id} is taken"), _("choose another"), id=word))
        return word

    def _check_part(
        self, path: Path, change: tuple[Path, Any] | None = None, *, with_entry: bool = False
    ) -> None:
        """Raise InvalidAnswerError if the part of the entry at a path is not valid after a change.

        With ``with_entry``, problems of the entry as a whole count too.
        """
        entry = deepcopy(self.entry)
        if change:
            _set_value(entry, *change)
        problems = list(find_question_errors(entry, self._bank.declared))
        # Earlier parts were valid, so any other error is about a list that is not complete yet.
        is_valid = all(each.path[: len(path)] != path for each in problems)
        problems += check_texts(entry)
        if is_valid:
            problems += check_question(self.topic, entry, self._known)
        relevant = [each for each in problems if each.path[: len(path)] == path]
        relevant += [each for each in problems if with_entry and not each.path]
        if relevant:
            raise self._invalid_answer(*(problem(each.what, each.hint) for each in relevant))

    def _used_ids(self) -> set[str]:
        """Return the ids in use in the topic, without the topic, and the retired ones."""
        bank = self._bank
        everything = (*bank.facts, *bank.exhibits, *bank.questions, *bank.retired)
        return {slug_of(full) for full in everything if topic_of(full) == self.topic}

    def _ids_within_topic(self, ids: list[str]) -> list[str]:
        """Shorten ids of the question's own topic, as the topic's file writes them."""
        return [full.removeprefix(f"{self.topic}/") for full in ids]

    def _full_ids(self, ids: list[str]) -> list[str]:
        """Return ids with their topic."""
        return [full_id(self.topic, id_) for id_ in ids]


def _innermost_list_path(path: Path) -> Path:
    """Return the path of the innermost list on a path, or the path itself if it has no list."""
    ends = [end for end, step in enumerate(path) if isinstance(step, int)]
    return path[: ends[-1]] if ends else path


def _set_value(container: Any, path: Path, value: Any) -> None:
    """Set a value at a path of nested lists and mappings, which are made if they are missing.

    An index may be the length of a list.
    """
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
