"""The files that a new bank begins with. Pure."""

from msgspec import json

from quizgen.author.snippet import line_of
from quizgen.bank.schema import document
from quizgen.language import FALLBACK, LANGUAGES, language_of_tag, message
from quizgen.model import Declaration

SCHEMA_FILE = "bank.schema.json"
_EDITORS = f"# yaml-language-server: $schema={SCHEMA_FILE}\n"


def new_bank(declared: Declaration, language: str) -> dict[str, bytes]:
    """Make the files of a bank that has a topic and no question yet, by their names; remarks are in a language."""
    topic = message(FALLBACK, "init.topic")
    notes = {key: f"  # {message(language, f'init.note-{key}')}\n" for key in ("languages", "optional")}
    titles = {tag: message(words_for(tag, language), "init.topic-title") for tag in declared.languages}
    declaration = (
        _EDITORS
        + line_of("languages", list(declared.languages))
        + notes["languages"]
        + line_of("title", declared.title)
        + "\n"
        + line_of("optional", list(declared.optional))
        + notes["optional"]
    )
    questions = (
        f"{_EDITORS}# {message(language, 'init.topic-note')}\n"
        f"{line_of('topic', topic)}\n{line_of('title', titles)}\nquestions: []\n"
    )
    schema = json.format(json.encode(document(declared)), indent=2) + b"\n"
    return {"bank.yaml": declaration.encode(), f"{topic}.yaml": questions.encode(), SCHEMA_FILE: schema}


def words_for(tag: str, language: str) -> str:
    """Tell in which of our languages to put words of ours into a text in some language: its own, or else the reader's."""
    return tag if tag in LANGUAGES else language_of_tag(tag) or language
