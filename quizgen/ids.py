"""Full ids: ``topic/slug`` for a fact, an exhibit or a question, and ``source/slug`` for a passage."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from quizgen.errors import Problem, problem
from quizgen.text.messages import Message, _


def topic_of(full_id: str) -> str:
    """Return the part of a full id before the slash, such as ``prizes`` of ``prizes/fee-first``: a topic or a source."""
    return full_id.partition("/")[0]


def slug_of(full_id: str) -> str:
    """Return the part of a full id after the slash, such as ``fee-first`` of ``prizes/fee-first``."""
    return full_id.partition("/")[2]


def full_id(topic: str, name: str) -> str:
    """Return the full id for an id in the file of a topic.

    An id of another topic already has a slash, and is returned unchanged.
    """
    return name if "/" in name else f"{topic}/{name}"


def full_ids(topic: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the full ids for several ids in the file of a topic."""
    return tuple(full_id(topic, name) for name in names)


def find_id(name: str, ids: Collection[str], what: Message) -> str | Problem:
    """Return the full id that a name means. The name can lack the topic if only one topic has such an id.

    If no id or more than one fits, a problem that suggests ids is returned. ``what`` names in the problem what
    has these ids, such as "fact".
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
