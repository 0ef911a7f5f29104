"""Write a new entry of a bank as YAML to fill in, with a comment on what each key holds. No I/O."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizgen.author.bank_yaml import ListLayout, entry_yaml_lines
from quizgen.bank.examples import Examples
from quizgen.bank.schema import bank_schema
from quizgen.ids import slug_of, topic_of
from quizgen.kinds import KINDS
from quizgen.model import ASKS, CHANNELS, LEVELS, Bank
from quizgen.text.languages import localize
from quizgen.text.messages import Message, _

_COMMENTS: Mapping[str, Message] = {
    "id": _("a short name in small letters, digits and hyphens; it never changes"),
    "level": _("{words:either}", words=LEVELS),
    "difficulty": _("1, 2 or 3"),
    "facts": _("facts that it is based on, by id"),
    "lesson": _("the lesson that it teaches, by id"),
    "keep": _("a sentence to remember"),
    "do": _("what to do"),
    "weight": _("1, 2 or 3: how often it is asked"),
    "exhibit": _("the call or message to show, by id"),
    "stem": _("what is asked"),
    "key": _("what is right"),
    "distractors": _("wrong answers"),
    "pairs": _("what belongs together"),
    "sequence": _("the steps in the right order"),
    "accept": _("all wordings that are right, the best first"),
    "rationale": _("why that is right"),
    "advice": _("what a person can do now"),
    "statement": _("what the passage says, in your own words"),
    "cites": _("passages of a source, by id"),
    "terms": _("words quoted from the passage exactly"),
    "channel": _("{words:either}", words=CHANNELS),
    "twin": _("the other version, by id; only one line differs"),
    "asks": _("what the sender wants: {words:either}", words=ASKS),
    "from": _("who calls or writes"),
    "lines": _("who: caller, sender or you"),
    "signs": _("the words of a line that show what it is, and why"),
}
"""What to write under a key."""

_STEM_WITH_BLANK = _("a sentence with a blank: ____")
_STATEMENT = _("a statement to judge")

NEW_KINDS = ("fact", "lesson", "exhibit", *KINDS)
"""What a new entry can be. An exhibit comes as a pair of twins, with a question about each."""


def entry_template(bank: Bank, kind: str, topic: str, passage_texts: Mapping[str, str], language: str) -> str:
    """Return a new entry of one of the ``NEW_KINDS`` to fill in, with comments in this language.

    What a bank may leave out is commented out. At the end are the ids that the entry may name.
    """
    lines = [
        "# " + _("Write between the quotation marks. Then save, and close the editor.").translated(language),
        "# " + _("A line that begins with # is not read; take the # away to use it.").translated(language),
        f"topic: {topic}",
    ]
    for section, entries in _blank_entries(bank, kind).items():
        lines += ["", f"{section}:"]
        for entry in entries:
            optional = {"advice", *bank.declared.optional, *(() if bank.lessons else ("lesson",))}
            if KINDS.get(entry.get("kind", ""), KINDS["single"]).needs_exhibit:
                optional.add("rationale")
            lines += _commented_lines(section, entry, optional, language)
    for heading, texts in _named_entries(bank, kind, topic, passage_texts, language):
        if texts:
            lines += ["", f"# {heading.translated(language)}"]
            lines += (f"#   {id_}: {' '.join(words.split())}" for id_, words in texts.items())
    return "\n".join(lines) + "\n"


def _blank_entries(bank: Bank, kind: str) -> dict[str, list[dict[str, Any]]]:
    """Return the entries of each section, whose texts are empty."""
    examples = Examples(bank_schema(bank.declared), bank.declared.languages)
    entries: dict[str, list[dict[str, Any]]]
    if kind == "fact":
        entries = {"facts": [examples.entry("FactEntry") | {"id": ""}]}
    elif kind == "lesson":
        entries = {"lessons": [examples.entry("LessonEntry", "facts", "weight") | {"id": ""}]}
    elif kind == "exhibit":
        twins = examples.exhibit_pair()
        about = [
            examples.question("judge") | {"id": f"judge-{each['id']}", "exhibit": each["id"]}
            for each in twins
        ]
        entries = {"exhibits": twins, "questions": about}
    else:
        entries = {"questions": [examples.question(kind) | {"id": ""}]}
    blank: dict[str, list[dict[str, Any]]] = _empty_texts(entries, bank.declared.languages)
    return blank


def _empty_texts(value: Any, languages: Sequence[str], *, is_text: bool = False) -> Any:
    """Return an example in which all texts in a language, and all quoted words, are empty."""
    if isinstance(value, dict):
        return {
            key: _empty_texts(part, languages, is_text=key in languages or key == "terms")
            for key, part in value.items()
        }
    if isinstance(value, list):
        parts = [_empty_texts(part, languages, is_text=is_text) for part in value]
        return parts[:1] if is_text else parts
    return "" if is_text else value


def _commented_lines(
    section: str, entry: Mapping[str, Any], optional: set[str], language: str
) -> Iterator[str]:
    """Yield the lines of an entry with comments. Those of optional keys are comments as a whole."""
    layout = ListLayout()
    margin, key = " " * layout.text, ""
    for line in entry_yaml_lines(section, entry, layout):
        is_key = not line[layout.text :].startswith((" ", "-"))
        if is_key:
            key = line[layout.text :].partition(":")[0]
        shown = f"{margin}# {line.removeprefix(margin)}" if key in optional else line
        yield (
            f"{shown}  # {_comment_on(key, entry).translated(language)}"
            if is_key and key in _COMMENTS
            else shown
        )


def _comment_on(key: str, entry: Mapping[str, Any]) -> Message:
    kind = KINDS.get(entry.get("kind", ""))
    if key == "stem" and kind and kind.has_blank:
        return _STEM_WITH_BLANK
    if key == "stem" and kind and kind.has_statement:
        return _STATEMENT
    return _COMMENTS[key]


def _named_entries(
    bank: Bank, kind: str, topic: str, passage_texts: Mapping[str, str], language: str
) -> Iterator[tuple[Message, Mapping[str, str]]]:
    """Yield what an entry can name: the passages, or the facts and exhibits of its topic, with their texts by id."""
    if kind == "fact":
        yield _("Passages:"), passage_texts
        return
    if kind != "lesson":
        lessons = {slug_of(id_): each.keep for id_, each in bank.lessons.items() if each.topic == topic}
        yield _("Lessons:"), {id_: localize(text, language) for id_, text in lessons.items()}
    facts = {slug_of(id_): fact.statement for id_, fact in bank.facts.items() if topic_of(id_) == topic}
    yield _("Facts:"), {id_: localize(text, language) for id_, text in facts.items()}
    if kind in KINDS and KINDS[kind].needs_exhibit:
        exhibits = {id_: each for id_, each in bank.exhibits.items() if topic_of(id_) == topic}
        yield (
            _("Exhibits:"),
            {slug_of(id_): localize(each.lines[0].text, language) for id_, each in exhibits.items()},
        )
