"""The files that a new bank begins with. Pure."""

from msgspec import json

from quizgen.author.snippet import line_of
from quizgen.bank.schema import document
from quizgen.model import Declaration
from quizgen.text.languages import LANGUAGES, Text, language_of_tag
from quizgen.text.messages import _

SCHEMA_FILE = "bank.schema.json"
FIRST_TOPIC = "questions"
"""The id of the topic that a new bank has, which no language changes."""

_EDITORS = f"# yaml-language-server: $schema={SCHEMA_FILE}\n"


def new_bank(declared: Declaration, language: str) -> dict[str, bytes]:
    """Make the files of a bank that has a topic and no question yet, by their names; remarks are in a language."""
    remarks = {
        "languages": _("every text has these; it may have others too"),
        "optional": _("what a question may lack; take out what each must have"),
    }
    notes = {key: f"  # {remark.translated(language)}\n" for key, remark in remarks.items()}
    titles = {tag: _("Questions").translated(words_for(tag, language)) for tag in declared.languages}
    declaration = (
        _EDITORS
        + line_of("languages", list(declared.languages))
        + notes["languages"]
        + line_of("title", declared.title)
        + "\n"
        + line_of("optional", list(declared.optional))
        + notes["optional"]
    )
    questions = topic_file(FIRST_TOPIC, titles, language)
    schema = json.format(json.encode(document(declared)), indent=2) + b"\n"
    return {"bank.yaml": declaration.encode(), f"{FIRST_TOPIC}.yaml": questions, SCHEMA_FILE: schema}


def topic_file(topic: str, titles: Text, language: str) -> bytes:
    """Make the file of a topic without a question; its remark is in a language."""
    remark = _("a file for each topic; add another by writing one like this").translated(language)
    return (
        f"{_EDITORS}# {remark}\n{line_of('topic', topic)}\n{line_of('title', titles)}\nquestions: []\n"
    ).encode()


def words_for(tag: str, language: str) -> str:
    """Tell in which of our languages to put words of ours into a text in some language: its own, or else the reader's."""
    return tag if tag in LANGUAGES else language_of_tag(tag) or language
