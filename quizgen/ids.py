"""Full ids: ``topic/own`` of a fact, a question or a relation, ``source/own`` of a passage."""


def topic_of(full_id: str) -> str:
    """Give the part before the slash, a topic's or a source's id: ``two-cards`` of ``two-cards/meaning``."""
    return full_id.partition("/")[0]


def own_id(full_id: str) -> str:
    """Give the part behind the slash: ``meaning`` of ``two-cards/meaning``."""
    return full_id.partition("/")[2]


def full_id(topic: str, name: str) -> str:
    """Complete an id as it is written within a topic, where those of other topics have a slash."""
    return name if "/" in name else f"{topic}/{name}"
