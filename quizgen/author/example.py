"""A small example of everything that a bank can hold, cut out of a bank that comes with quizgen."""

from collections.abc import Mapping, Sequence
from typing import Any

from quizgen.bank.checks import help_number_names
from quizgen.ids import full_id, topic_of
from quizgen.model import OPTIONAL_KEYS
from quizgen.text.messages import _


def cut_example(files: Mapping[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    """Return the first question of each kind in the files of a bank, with all that it rests on.

    ``files`` is the data of each file by name. The texts are in ``languages``: where they lack one of these, in English.
    """
    topics = {data["topic"]: data for data in files.values() if "topic" in data}
    questions: dict[str, tuple[str, Any]] = {}
    for topic, data in topics.items():
        for question in data.get("questions", ()):
            questions.setdefault(question["kind"], (topic, question))
    exhibits: dict[str, Any] = {}
    known = {
        full_id(topic, each["id"]): each
        for topic, data in topics.items()
        for each in data.get("exhibits", ())
    }
    for topic, question in questions.values():
        if "exhibit" in question:
            name = full_id(topic, question["exhibit"])
            exhibits[name] = known[name]
            if twin := known[name].get("twin"):
                twin = full_id(topic_of(name), twin)
                exhibits[twin] = known[twin]
    lessons = {
        full_id(topic, question["lesson"]) for topic, question in questions.values() if "lesson" in question
    }
    cited = {
        full_id(topic, fact) for topic, question in questions.values() for fact in question.get("facts", ())
    }
    cited |= {
        full_id(topic, fact)
        for topic, data in topics.items()
        for lesson in data.get("lessons", ())
        if full_id(topic, lesson["id"]) in lessons
        for fact in lesson.get("facts", ())
    }
    cited |= {
        full_id(topic_of(name), fact)
        for name, exhibit in exhibits.items()
        for sign in exhibit["signs"]
        for fact in sign["facts"]
    }
    made: dict[str, Any] = {}
    for name, data in files.items():
        topic = data.get("topic", "")
        part = {
            "topic": topic,
            "title": data.get("title"),
            "facts": [fact for fact in data.get("facts", ()) if full_id(topic, fact["id"]) in cited],
            "lessons": [each for each in data.get("lessons", ()) if full_id(topic, each["id"]) in lessons],
            "exhibits": [each for each in data.get("exhibits", ()) if full_id(topic, each["id"]) in exhibits],
            "questions": [_without_enemies(question) for of, question in questions.values() if of == topic],
        }
        if topic and any(part[key] for key in ("facts", "lessons", "exhibits", "questions")):
            made[name] = part
    passages = {cite for part in made.values() for fact in part["facts"] for cite in fact["cites"]}
    statements = [
        each for data in files.values() for each in data.get("statements", ()) if _rests_on(each, cited)
    ][:1]
    named = help_number_names([*made.values(), *statements])
    numbers = [each for data in files.values() for each in data.get("help", ())]
    chosen = [each for each in numbers if each["id"] in named] or numbers[:1]
    passages |= {cite for number in chosen for cite in number.get("cites", ())}
    made["sources.yaml"] = {"sources": [
        source | {"passages": kept}
        for data in files.values() for source in data.get("sources", ())
        if (kept := [each for each in source["passages"] if _is_cited(source["id"], each["id"], passages)])
    ]}  # fmt: skip
    made |= {"help.yaml": {"help": chosen}, "sheets.yaml": {"statements": statements}}
    bank = next(data for data in files.values() if "languages" in data)
    title = {tag: _("Quiz").translated(tag) for tag in languages}
    declared = {"languages": list(languages), "title": title, "optional": list(OPTIONAL_KEYS)}
    made["bank.yaml"] = declared | {key: bank[key] for key in ("currency", "money", "stake") if key in bank}
    tags = tuple({*bank["languages"], *languages})
    return {name: _in_languages(data, tags, languages) for name, data in made.items() if any(data.values())}


def _without_enemies(question: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in question.items() if key not in ("enemies", "waive")}


def _rests_on(statement: Mapping[str, Any], facts: set[str]) -> bool:
    """Return whether a statement is a step that rests on these facts alone."""
    return statement["role"] == "step" and set(statement.get("facts", ())) <= facts


def _is_cited(source: str, passage: str, cites: set[str]) -> bool:
    return f"{source}/{passage}" in cites or passage in cites


def _in_languages(data: Any, tags: Sequence[str], languages: Sequence[str]) -> Any:
    """Return data in which each text has exactly these languages. ``tags`` are those that it can have."""
    if isinstance(data, list):
        return [_in_languages(each, tags, languages) for each in data]
    if not isinstance(data, dict):
        return data
    texts = {key: value for key, value in data.items() if key in tags}
    rest = {key: _in_languages(value, tags, languages) for key, value in data.items() if key not in tags}
    if not texts:
        return rest
    fallback = texts.get("en") or next(iter(texts.values()))
    return rest | {tag: texts.get(tag) or fallback for tag in languages}
