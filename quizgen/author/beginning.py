"""The files of a new bank. No I/O."""

from msgspec import json

from quizgen.author.snippet import key_line
from quizgen.bank.schema import bank_schema
from quizgen.model import Declaration
from quizgen.text.languages import LANGUAGES, Text, language_of_tag
from quizgen.text.messages import _

SCHEMA_FILE = "bank.schema.json"
FIRST_TOPIC = "questions"
"""The id of a new bank's topic, the same in every language."""

_EDITORS = f"# yaml-language-server: $schema={SCHEMA_FILE}\n"


def new_bank(declared: Declaration, language: str) -> dict[str, bytes]:
    """Return the files of a bank with a topic and no question, by name, with comments in a language."""
    remarks = {
        "languages": _("every text must have these languages; it may have others too"),
        "optional": _("what a question may leave out; remove what every question must have"),
    }
    notes = {key: f"  # {remark.translated(language)}\n" for key, remark in remarks.items()}
    titles = {tag: _("Questions").translated(our_language_for(tag, language)) for tag in declared.languages}
    declaration = (
        _EDITORS
        + key_line("languages", list(declared.languages))
        + notes["languages"]
        + key_line("title", declared.title)
        + "\n"
        + key_line("optional", list(declared.optional))
        + notes["optional"]
    )
    questions = topic_file(FIRST_TOPIC, titles, language)
    schema = json.format(json.encode(bank_schema(declared)), indent=2) + b"\n"
    return {"bank.yaml": declaration.encode(), f"{FIRST_TOPIC}.yaml": questions, SCHEMA_FILE: schema}


def topic_file(topic: str, titles: Text, language: str) -> bytes:
    """Return the file of a topic without questions, with a comment in a language."""
    remark = _("one file for each topic; to add a topic, write another file like this").translated(language)
    return (
        f"{_EDITORS}# {remark}\n{key_line('topic', topic)}\n{key_line('title', titles)}\nquestions: []\n"
    ).encode()


def our_language_for(tag: str, language: str) -> str:
    """Return the language for our words in a text in some language: its own if we have it, or else the reader's."""
    return tag if tag in LANGUAGES else language_of_tag(tag) or language
