"""The files of a new question bank. No I/O."""

from msgspec import json

from quizgen.author.bank_yaml import SCHEMA_COMMENT, SCHEMA_FILE, yaml_key_line
from quizgen.bank.schema import editor_schema
from quizgen.model import Declaration
from quizgen.text.languages import LANGUAGES, Text, find_language
from quizgen.text.messages import _

FIRST_TOPIC = "questions"
"""The id of a new bank's topic, the same in every language."""


def new_bank_files(declared: Declaration, language: str) -> dict[str, bytes]:
    """Return the files of a question bank with one topic and no question, by name.

    ``language`` is the language of the comments in the files.
    """
    remarks = {
        "languages": _("every text must have these languages; it may have others too"),
        "optional": _("what a question may leave out; remove what every question must have"),
    }
    comments = {key: f"  # {remark.translated(language)}\n" for key, remark in remarks.items()}
    titles = {
        tag: _("Questions").translated(label_language_of_text(tag, language)) for tag in declared.languages
    }
    declaration = (
        SCHEMA_COMMENT
        + yaml_key_line("languages", list(declared.languages))
        + comments["languages"]
        + yaml_key_line("title", declared.title)
        + "\n"
        + yaml_key_line("optional", list(declared.optional))
        + comments["optional"]
    )
    topic_yaml = empty_topic_file(FIRST_TOPIC, titles, language)
    schema = json.format(json.encode(editor_schema(declared)), indent=2) + b"\n"
    return {"bank.yaml": declaration.encode(), f"{FIRST_TOPIC}.yaml": topic_yaml, SCHEMA_FILE: schema}


def empty_topic_file(topic: str, titles: Text, language: str) -> bytes:
    """Return the file of a topic without questions. ``language`` is the language of the comment in it."""
    remark = _("one file for each topic; to add a topic, write another file like this").translated(language)
    return (
        f"{SCHEMA_COMMENT}# {remark}\n{yaml_key_line('topic', topic)}\n{yaml_key_line('title', titles)}\nquestions: []\n"
    ).encode()


def empty_sources_file() -> bytes:
    """Return a file for sources that has none yet."""
    return f"{SCHEMA_COMMENT}sources: []\n".encode()


def label_language_of_text(tag: str, language: str) -> str:
    """Return the language for the labels that the program adds to a text: that of the text (``tag``), or ``language`` if the program does not have it."""
    return tag if tag in LANGUAGES else find_language(tag) or language
