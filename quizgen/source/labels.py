"""Who speaks: the label that an interview prints before a paragraph (``Q:``, ``記者：``, ``Mary Poole:``)."""

import re

_LABEL = re.compile(
    r"""([^\W_][^:：。，,！？!?；;“”「」『』"<>|_]{0,59}?)\s*"""
    r"""(?:[:：](?!//)(?!(?<=\d:)\d)|(?<=^[QA])[.)、．]|(?<=^[QA]\d)[.)、．])"""
    r"""\s*(?![\s“「『"])(?=.)"""  # words in quotes after a colon are reported, not an interview's own
)
_REPORTER = re.compile(
    r".{0,20}(?:記者|记者|主持人)|[提追]?[問问]\d{0,2}|q\d{0,2}|question ?\d{0,2}|reporter|interviewer|host|moderator",
    re.IGNORECASE,
)
_SMALL_WORD = re.compile("of|the|and|for|in|at|on|de|la|von|van")


def label_of(text: str) -> str:
    """Return the label before a paragraph, as printed, or "" if there is none to be seen.

    It may still be but the start of a sentence with a colon: ``The police say three things: …``.
    """
    found = _LABEL.match(text)
    return found[1] if found else ""


def is_reporter(label: str) -> bool:
    """Whether a label is one under which questions are asked."""
    return bool(_REPORTER.fullmatch(label))


def looks_like_name(label: str) -> bool:
    """Whether a label could name a person or an office: in Latin letters, its words are capitalised."""
    return all(_SMALL_WORD.fullmatch(word) or not word[0].islower() for word in label.split())
