"""Convert the parts of a question bank back to plain data with the same keys as in its YAML files."""

from typing import Any

import msgspec

from quizgen.kinds import KINDS
from quizgen.model import Bank, Exhibit, HelpNumber, Line, Question


def question_entry(question: Question) -> dict[str, Any]:
    """Return a question as plain data with the keys of the YAML file. Ids are full ids."""
    return {
        "id": question.id,
        "draft": question.draft,
        "topic": question.topic,
        "lesson": question.lesson,
        "kind": question.kind,
        "audience": question.audience,
        "level": question.level,
        "difficulty": question.difficulty,
        "facts": list(question.facts),
        "exhibit": question.exhibit,
        "enemies": list(question.enemies),
        "stem": question.stem,
        "short": question.short,
        **KINDS[question.kind].build_entry(question.answer),
        "rationale": question.rationale,
        "advice": question.advice,
    }


def bank_entries(bank: Bank) -> dict[str, list[dict[str, Any]]]:
    """Return all of a question bank as plain data, ready for JSON: a list of entries for each section."""
    return {
        "sources": [msgspec.to_builtins(source) for source in bank.sources.values()],
        "topics": [msgspec.to_builtins(topic) for topic in bank.topics.values()],
        "facts": [msgspec.to_builtins(fact) for fact in bank.facts.values()],
        "lessons": [msgspec.to_builtins(lesson) for lesson in bank.lessons.values()],
        "exhibits": [exhibit_entry(exhibit) for exhibit in bank.exhibits.values()],
        "questions": [question_entry(question) for question in bank.questions.values()],
        "help": [help_number_entry(number) for number in bank.help.values()],
        "statements": [msgspec.to_builtins(statement) for statement in bank.statements.values()],
    }


def exhibit_entry(exhibit: Exhibit) -> dict[str, Any]:
    """Return an exhibit as plain data with the keys of the YAML file. Ids are full ids."""
    return {
        "id": exhibit.id,
        "draft": exhibit.draft,
        "topic": exhibit.topic,
        "channel": exhibit.channel,
        "genuine": exhibit.genuine,
        "twin": exhibit.twin,
        "from": exhibit.sender,
        "context": exhibit.context,
        "stake": exhibit.stake,
        "asks": list(exhibit.asks),
        "lines": [_line_entry(line) for line in exhibit.lines],
        "signs": [
            {
                "line": sign.line or "from",
                "words": sign.words,
                "reason": sign.reason,
                "facts": list(sign.facts),
            }
            for sign in exhibit.signs
        ],
    }


def _line_entry(line: Line) -> dict[str, Any]:
    """Return an exhibit line as plain data with the keys of the YAML file."""
    form: dict[str, Any] = {"who": line.who, **line.text}
    if line.lost is not None:
        form["lost"] = line.lost
    if line.replies:
        form["replies"] = [
            {"say": reply.say, "then": [_line_entry(each) for each in reply.then]} for reply in line.replies
        ]
    return form


def help_number_entry(number: HelpNumber) -> dict[str, Any]:
    """Return a help number as plain data with the keys of the YAML file."""
    return {
        "region": number.region,
        "id": number.id,
        "number": number.number if number.kind == "number" else "",
        "mail": number.number if number.kind == "mail" else "",
        "form": number.link if number.kind == "form" else "",
        "app": number.number if number.kind == "app" else "",
        "for": number.purpose,
        "cites": list(number.cites),
        "role": number.role,
        "note": number.note,
        "place": number.place,
    }
