"""Write a brief: what a language model, or a person, needs to write drafts from passages of a source. No I/O."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from quizgen.author.bank_yaml import ListLayout, entry_yaml_lines
from quizgen.author.brief_example import PASSAGE_ID, example_in
from quizgen.bank.examples import Examples
from quizgen.bank.schema import bank_schema
from quizgen.kinds import KINDS
from quizgen.model import ASKS, CHANNELS, LEVELS, Bank
from quizgen.source.check import facts_by_passage
from quizgen.source.copying import MAX_CHARACTERS, MAX_WORDS
from quizgen.text.languages import localize
from quizgen.text.messages import Message, _


class BriefPassage(NamedTuple):
    """A passage to write about: its full id, its words, and the interviewer's question that it answers, or ""."""

    id: str
    words: str
    question: str = ""


_FACT_RULES = (
    _(
        "Write one or two facts about each passage, and one or two questions about each fact. A talk of half an hour takes ten questions, four of them on exhibits."
    ),
    _(
        "A fact is one thing that a passage says, and no more. “Most” must not become “all”, nor “may” become “does”."
    ),
    _(
        "Say it in words of your own: at most {words} words in a row, or {characters} Chinese characters, as in the passage.",
        words=MAX_WORDS,
        characters=MAX_CHARACTERS,
    ),
    _(
        "`cites` has the ids of the passages, and `terms` has one to three short phrases that stand there, letter for letter."
    ),
    _("Name nobody. If it matters who speaks, give the job, such as “a police officer”."),
)
_LESSON_RULES = (
    _(
        "A lesson is what a person should take home. `keep` is a sentence to remember, in at most 12 words (20 Chinese characters); `do` says what to do, in at most 16 (28)."
    ),
    _(
        "Each question names the lesson that it teaches. Write several questions about each, in different scenes."
    ),
    _("`weight` is 3 where the harm is greatest, and 1 where it is small."),
)
_QUESTION_RULES = (
    _(
        "Ask what somebody may have to decide: a scene in a sentence or two, with “you” or a relative in it. Most are `level: apply`."
    ),
    _(
        "The stem alone is a question that one can answer with the options covered. It never asks what is *not* so."
    ),
    _("There is one right answer. Two people who have the passage before them agree on it."),
    _(
        "Wrong answers are what sensible people believe. No passage says that they are right. Two or three good ones are enough."
    ),
    _(
        "All options have the same form and about the same length. The right one is neither the longest nor the most careful."
    ),
    _(
        "No “always”, “never” or “usually”, no “all of the above”, no word of the stem in the right answer alone."
    ),
    _("An `order` question has at least three steps."),
    _(
        "`rationale` gives the reason, not the answer again. `advice` is one thing to do now; leave it out where the `do` of the lesson fits."
    ),
    _(
        "A true statement in `true-false` must be said by a passage. It is not enough that no passage denies it."
    ),
)
_EXHIBIT_RULES = (
    _(
        "An exhibit is a call, message or letter as a person meets it. Exhibits come in twins: one genuine, the other a scam."
    ),
    _(
        "Twins are the same, word for word, except in the one line that has the sign. That line is as long and as polite in both."
    ),
    _(
        "`signs` quote the words that show whether it is genuine, exactly as they stand in the line, and say why, from a fact. A genuine exhibit has a sign, too."
    ),
    _(
        "Odd spelling, an odd hour or a rough tone are no signs. A call begins with who is calling, a letter with a salutation."
    ),
    _("No real bank, firm or person. Links end in `.example`."),
    _("For each exhibit write a `judge` question. Stem and options come from the exhibit."),
)


def write_brief(bank: Bank, passages: Sequence[BriefPassage], language: str) -> str:
    """Return a brief on these passages as Markdown. ``language`` is the language of the instructions."""
    return "\n".join(_brief_lines(bank, passages, language)) + "\n"


def _brief_lines(bank: Bank, passages: Sequence[BriefPassage], language: str) -> Iterator[str]:
    def say(message: Message) -> str:
        return message.translated(language)

    def heading(message: Message, mark: str = "##") -> Iterator[str]:
        yield from ("", f"{mark} {say(message)}")

    tags = bank.declared.languages
    title = _("Drafts for a quiz")
    yield f"# {say(title)}"
    yield ""
    yield say(
        _(
            "Write facts, exhibits and questions for a quiz, from the passages below and from nothing else. Answer with one block of YAML in the form shown, and no other words. Every text is in {languages:both}.",
            languages=_as_code(tags),
        )
    )
    yield from heading(_("The passages"))
    yield from _passage_lines(bank, passages, language)
    yield from heading(_("The rules"))
    for part, rules in (
        (_("Facts"), _FACT_RULES),
        (_("Lessons"), _LESSON_RULES),
        (_("Questions"), _QUESTION_RULES),
        (_("Exhibits"), _EXHIBIT_RULES),
    ):
        yield from heading(part, "###")
        yield ""
        yield from (f"- {say(rule)}" for rule in rules)
    yield from heading(_("The form"))
    yield ""
    yield from (f"- {line}" for line in map(say, _form_rules(bank, language)))
    yield from ("", *_fence_yaml(_example_of_form(bank)))
    yield from heading(_("Three examples"))
    yield ""
    example = example_in(tags)
    yield say(_("They are about another passage, `{id}`:", id=PASSAGE_ID))
    yield from ("", f"> {example.passage}", "")
    yield from _fence_yaml(example.drafts)


def _passage_lines(bank: Bank, passages: Sequence[BriefPassage], language: str) -> Iterator[str]:
    """Yield the passages with their ids, and the facts that the bank has of each."""
    citing = facts_by_passage(bank.facts.values())
    if any(passage.question for passage in passages):
        yield ""
        yield _(
            "A question in italics is the interviewer’s. It stands above the passage that answers it, and is no part of it."
        ).translated(language)
    for passage in passages:
        yield from ("", f"### {passage.id}", "")
        if passage.question:
            yield from (f"*{' '.join(passage.question.split())}*", "")
        yield f"> {' '.join(passage.words.split())}"
        if known := citing.get(passage.id):
            yield from (
                "",
                _("The bank has these facts of it already; write others:").translated(language),
                "",
            )
            yield from (f"- `{fact}`: {localize(bank.facts[fact].statement, language)}" for fact in known)


def _form_rules(bank: Bank, language: str) -> Iterator[Message]:
    """Yield what to know about the form of drafts in a bank. What numbers are for is in this language."""
    yield _("`topic` is one of {topics:either}.", topics=_as_code(bank.topics))
    yield _(
        "Ids are new, in lower-case letters, digits and hyphens. Nothing else in the bank has the same id."
    )
    yield _("`level` is {levels:either}. `difficulty` is 1, 2 or 3.", levels=_as_code(LEVELS))
    yield _(
        "`channel` is {channels:either}. `asks` says what the sender wants: {asks:either}.",
        channels=_as_code(CHANNELS),
        asks=_as_code(ASKS),
    )
    if bank.help:
        yield _(
            "Advice names a number to call by its id in braces, and always does so where money, a code or a phone is at stake: {numbers}.",
            numbers=tuple(
                f"`{{{number.id}}}` ({localize(number.purpose, language)})" for number in bank.help.values()
            ),
        )
    else:
        yield _("The bank has no numbers to call, so write no braces.")
    yield _(
        "Leave out the kinds that do not suit the passages. Put a text with a colon or a comma into quotes."
    )


def _as_code(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"`{word}`" for word in words)


def _example_of_form(bank: Bank) -> dict[str, Any]:
    """Return an example of everything that drafts can be."""
    examples = Examples(bank_schema(bank.declared), bank.declared.languages)
    twins = examples.exhibit_pair()
    questions = [
        examples.question(kind) | {"id": f"{kind}-question", "lesson": "lesson-id"} for kind in KINDS
    ]
    for question in questions:
        if "exhibit" in question:
            question["exhibit"] = twins[0]["id"]
    return {
        "topic": next(iter(bank.topics), "topic"),
        "facts": [examples.entry("FactEntry") | {"id": "fact-id"}],
        "lessons": [examples.entry("LessonEntry", "facts", "weight") | {"id": "lesson-id"}],
        "exhibits": twins,
        "questions": questions,
    }


def _fence_yaml(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield a block of YAML with these sections."""
    yield "```yaml"
    for section, entries in data.items():
        if isinstance(entries, str):
            yield f"{section}: {entries}"
            continue
        yield f"{section}:"
        for entry in entries:
            yield from entry_yaml_lines(section, entry, ListLayout())
    yield "```"
