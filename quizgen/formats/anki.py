"""Export a quiz as a deck of flashcards for Anki: an ``.apkg`` file with schema 11, which every Anki imports.

Anki recognises a note by its ``guid``. Here it is made from the id and the language of a question, so importing a
newer export updates the cards and keeps their schedule. Anki also compares the times at which notes were changed. All
notes have the time at which the files of the question bank were last written.
"""

from collections.abc import Iterator
from hashlib import sha1, sha256
from html import escape
from typing import Any

import msgspec

from quizgen.formats.format import Format, zip_bytes
from quizgen.formats.question_texts import (
    add_label,
    advice_lines,
    exhibit_lines,
    matching_pairs,
    option_texts,
    ordered_steps,
    reason_lines,
    source_lines,
    text_to_html,
)
from quizgen.formats.records import QuizExport
from quizgen.text.messages import _
from quizgen.view.question import QuestionView

_SCHEMA = 11
_TABLES = """
create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
    ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
    models text not null, decks text not null, dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
    usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
    flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
    mod integer not null, usn integer not null, type integer not null, queue integer not null,
    due integer not null, ivl integer not null, factor integer not null, reps integer not null,
    lapses integer not null, left integer not null, odue integer not null, odid integer not null,
    flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
    ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null,
    type integer not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
create index ix_notes_usn on notes (usn);
create index ix_cards_usn on cards (usn);
create index ix_revlog_usn on revlog (usn);
create index ix_cards_nid on cards (nid);
create index ix_cards_sched on cards (did, queue, due);
create index ix_revlog_cid on revlog (cid);
create index ix_notes_csum on notes (csum);
"""

_INSERT = {
    table: f"insert into {table} values ({', '.join('?' * columns)})"  # noqa: S608  all of it is written here
    for table, columns in {"col": 13, "notes": 11, "cards": 18}.items()
}

FIELDS = ("Id", "Exhibit", "Question", "Options", "Answer", "Why", "Advice", "Source")
"""Fields of a note. They never change, since Anki would take other fields for another note type with new cards."""

_FRONT = "{{Exhibit}}<div class=question>{{Question}}</div>{{Options}}"
_BACK = "{{FrontSide}}<hr id=answer><div class=key>{{Answer}}</div>{{Why}}{{Advice}}<div class=source>{{Source}}</div>"
_STYLE = """.card { font-family: sans-serif; font-size: 20px; text-align: left; max-width: 40em; margin: 0 auto; }
blockquote { margin: 0 0 1em; padding: .1em 1em; border: 1px solid; border-radius: .5em; }
.question, .key { font-weight: bold; }
.source { font-size: 80%; opacity: .8; }
"""
_LATEX = ("\\documentclass[12pt]{article}\n\\begin{document}\n", "\\end{document}")
_FIRST_ID, _ID_COUNT = 1_000_000_000_000, 600_000_000_000
"""Anki takes ids for milliseconds since 1970. Ours are digests in the range from 2001 to 2020."""

_UNSYNCED = -1  # how Anki marks what was never synchronised
_CREATED = 1_400_000_000  # when the collection was made, in seconds since 1970; only due dates depend on it


def _anki_id(*names: str) -> int:
    digest = sha256("\0".join(("quizgen", *names)).encode()).digest()
    return _FIRST_ID + int.from_bytes(digest[:8], "big") % _ID_COUNT


def _note_guid(question: QuestionView) -> str:
    return sha256(f"quizgen\0{question.id}\0{question.language}".encode()).hexdigest()[:20]


def _anki_html(text: str) -> str:
    """Convert a text to HTML, and escape square brackets, with which Anki marks sounds and formulas."""
    return text_to_html(text).replace("[", "&#91;")


def _html_paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{_anki_html(line)}</p>" for line in lines)


def _html_list(texts: list[str], numbering: str) -> str:
    items = "".join(f"<li>{_anki_html(words)}</li>" for words in texts)
    return f'<ol type="{numbering}">{items}</ol>' if texts else ""


def _right_answer_html(question: QuestionView) -> str:
    if question.answer_form == "pairs":
        pairs = [add_label(f"{left} –", right) for left, right in matching_pairs(question) if left]
        return _html_list(pairs, "1")
    if question.answer_form == "order":
        return _html_list(ordered_steps(question), "1")
    right = [option.text for option in question.options if option.right]
    return "<br/>".join(map(_anki_html, question.accepted_wordings or right))


def _note_fields(question: QuestionView) -> list[str]:
    exhibit = exhibit_lines(question)
    prompts = [prompt.text for prompt in question.prompts]
    label = escape(_("Right answer:").translated(question.language))
    return [
        question.id,
        f"<blockquote>{_html_paragraphs(exhibit)}</blockquote>" if exhibit else "",
        _anki_html(question.stem),
        _html_list(prompts, "1") + _html_list(option_texts(question), "a"),
        add_label(label, _right_answer_html(question)),
        _html_paragraphs(reason_lines(question)),
        _html_paragraphs(advice_lines(question)),
        _html_paragraphs(source_lines(question)),
    ]


def _note_type_record(note_type_id: int, deck_id: int, changed_time: int) -> dict[str, Any]:
    style = {"font": "Arial", "media": [], "rtl": False, "size": 20, "sticky": False}
    card = {"name": "Card 1", "ord": 0, "qfmt": _FRONT, "afmt": _BACK, "bqfmt": "", "bafmt": "", "did": None}
    return {
        "id": note_type_id,
        "name": "Quizgen",
        "type": 0,
        "mod": changed_time,
        "usn": _UNSYNCED,
        "sortf": 0,
        "did": deck_id,
        "tmpls": [card],
        "flds": [{"name": name, "ord": place, **style} for place, name in enumerate(FIELDS)],
        "css": _STYLE,
        "latexPre": _LATEX[0],
        "latexPost": _LATEX[1],
        "latexsvg": False,
        "req": [[0, "any", [FIELDS.index(name) for name in ("Exhibit", "Question", "Options")]]],
        "tags": [],
        "vers": [],
    }


def _deck_record(deck_id: int, name: str, changed_time: int) -> dict[str, Any]:
    days = dict.fromkeys(("newToday", "revToday", "lrnToday", "timeToday"), (0, 0))
    limits = {"extendNew": 0, "extendRev": 0, "conf": 1, "dyn": 0, "collapsed": False, "desc": ""}
    return {"id": deck_id, "name": name, "mod": changed_time, "usn": _UNSYNCED, **days, **limits}


def _deck_options() -> dict[str, Any]:
    new = {
        "bury": False,
        "delays": [1, 10],
        "initialFactor": 2500,
        "ints": [1, 4, 0],
        "order": 1,
        "perDay": 20,
    }
    lapse = {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0}
    review = {"bury": False, "ease4": 1.3, "ivlFct": 1, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2}
    own = {"id": 1, "name": "Default", "mod": 0, "usn": 0, "autoplay": True, "maxTaken": 60, "timer": 0}
    return {"1": {**own, "replayq": True, "new": new, "lapse": lapse, "rev": review, "dyn": False}}


def _questions_with_note_ids(quiz: QuizExport) -> Iterator[tuple[QuestionView, int]]:
    """Yield each question with the id of its note. If two ids would be equal, the second is raised by 1."""
    taken: set[int] = set()
    for question in quiz.questions:
        number = _anki_id(question.id, quiz.language)
        while number in taken:
            number += 1
        taken.add(number)
        yield question, number


def _quiz_to_anki(quiz: QuizExport) -> bytes:
    import sqlite3  # noqa: PLC0415  no other format needs it

    language, changed = quiz.language, quiz.changed
    note_type = _anki_id("note type", *FIELDS)
    decks = {topic: _anki_id("deck", topic, language) for topic in quiz.topics}
    named = {
        str(decks[topic]): _deck_record(
            decks[topic], f"{_escape_deck_name(quiz.title)}::{_escape_deck_name(title)}", changed
        )
        for topic, title in quiz.topics.items()
    }
    named |= {"1": _deck_record(1, "Default", 0)}
    types = {str(note_type): _note_type_record(note_type, next(iter(decks.values())), changed)}
    conf = {
        "curDeck": 1,
        "activeDecks": [1],
        "curModel": str(note_type),
        "nextPos": len(quiz.questions) + 1,
    }
    notes, cards = [], []
    for place, (question, number) in enumerate(_questions_with_note_ids(quiz), start=1):
        fields, asked = _note_fields(question), question.question
        tags = f" {asked.kind} {asked.level} {asked.audience} {question.text_language} "
        checksum = int(sha1(fields[0].encode(), usedforsecurity=False).hexdigest()[:8], 16)
        notes.append(
            (number, _note_guid(question), note_type, changed, _UNSYNCED, tags, "\x1f".join(fields), fields[0],
             checksum, 0, "")
        )  # fmt: skip
        cards.append((number, number, decks[asked.topic], 0, changed, _UNSYNCED, 0, 0, place, *[0] * 8, ""))
    collection = sqlite3.connect(":memory:")
    try:
        collection.executescript(_TABLES)
        settings = (_encode_json(data) for data in (conf, types, named, _deck_options(), {}))
        times = (_CREATED, changed * 1000, changed * 1000)
        collection.execute(_INSERT["col"], (1, *times, _SCHEMA, 0, 0, 0, *settings))
        collection.executemany(_INSERT["notes"], notes)
        collection.executemany(_INSERT["cards"], cards)
        collection.commit()
        data = collection.serialize()
    finally:
        collection.close()
    return zip_bytes({"collection.anki2": data, "media": b"{}"})


def _escape_deck_name(name: str) -> str:
    """Return a deck's name without double colons, which Anki takes for a separator of decks."""
    return " ".join(name.replace("::", ":").split())


def _encode_json(data: object) -> str:
    return msgspec.json.encode(data).decode()


FORMAT = Format(
    name="anki",
    suffix=".apkg",
    subject="quiz",
    meaning=_("cards for Anki"),
    write=_quiz_to_anki,
    is_dated=True,
)
