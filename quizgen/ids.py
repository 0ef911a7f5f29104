"""Full ids: ``topic/own`` of a fact, a question or a relation, ``source/own`` of a passage."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from quizgen.errors import Problem, problem
from quizgen.text.messages import text


def topic_of(full_id: str) -> str:
    """Give the part before the slash, a topic's or a source's id: ``two-cards`` of ``two-cards/meaning``."""
    return full_id.partition("/")[0]


def own_id(full_id: str) -> str:
    """Give the part behind the slash: ``meaning`` of ``two-cards/meaning``."""
    return full_id.partition("/")[2]


def full_id(topic: str, name: str) -> str:
    """Complete an id as it is written within a topic, where those of other topics have a slash."""
    return name if "/" in name else f"{topic}/{name}"


def full_ids(topic: str, names: Iterable[str]) -> tuple[str, ...]:
    """Complete several ids."""
    return tuple(full_id(topic, name) for name in names)


def find_id(name: str, ids: Collection[str], what: str) -> str | Problem:
    """Find the full id that somebody means, who may leave the topic out where one topic alone has it.

    Where there is none, or where there are several, the problem names those that may be meant; ``what`` is
    what such an id is of: fact, question, entry (either of them).
    """
    if name in ids:
        return name
    own: dict[str, list[str]] = {}
    for each in ids:
        own.setdefault(own_id(each), []).append(each)
    found = own.get(name, [])
    if len(found) == 1:
        return found[0]
    if found:
        return problem("ids.several", "ids.write-one", asked=name, ids=found)
    near = [each for each in ids if name in each] or get_close_matches(name, [*ids, *own], n=1, cutoff=0.5)
    meant = own.get(near[0], near)[0] if near else ""
    hint = text("cli.did-you-mean", near=meant) if near else text("ids.see-list")
    return problem("ids.unknown", hint, what=text(f"ids.{what}"), asked=name)
