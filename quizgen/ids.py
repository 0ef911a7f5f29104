"""Full ids: ``topic/slug`` of a fact, a question or a relation, ``source/slug`` of a passage."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from quizgen.errors import Problem, problem
from quizgen.text.messages import Message, _


def topic_of(full_id: str) -> str:
    """Return the part before the slash, the id of a topic or a source: ``two-cards`` of ``two-cards/meaning``."""
    return full_id.partition("/")[0]


def slug_of(full_id: str) -> str:
    """Return the part after the slash: ``meaning`` of ``two-cards/meaning``."""
    return full_id.partition("/")[2]


def full_id(topic: str, name: str) -> str:
    """Return the full id for an id as written within a topic. Ids of other topics have a slash already."""
    return name if "/" in name else f"{topic}/{name}"


def full_ids(topic: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the full ids for several ids."""
    return tuple(full_id(topic, name) for name in names)


def find_id(name: str, ids: Collection[str], what: Message) -> str | Problem:
    """Find the full id for a name, which may lack the topic if only one topic has such a slug.

    If there is none, or more than one, return a problem that names the likely ids. ``what`` is what the id belongs
    to: fact, question or entry (either of the two).
    """
    if name in ids:
        return name
    by_slug: dict[str, list[str]] = {}
    for each in ids:
        by_slug.setdefault(slug_of(each), []).append(each)
    found = by_slug.get(name, [])
    if len(found) == 1:
        return found[0]
    if found:
        return problem(_("{asked!r} is in several topics"), _("write one of {ids}"), asked=name, ids=found)
    near = [each for each in ids if name in each] or get_close_matches(
        name, [*ids, *by_slug], n=1, cutoff=0.5
    )
    likely = by_slug.get(near[0], near)[0] if near else ""
    hint = _("did you mean {near}?", near=likely) if near else _("`quizgen bank list` shows all of them")
    return problem(_("no {what} {asked!r}"), hint, what=what, asked=name)
