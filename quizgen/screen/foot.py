"""The foot of a full screen: the keys that do something now. Pure."""

from collections.abc import Sequence

from quizgen.language import locale, message
from quizgen.screen import parts
from quizgen.screen.rows import Span
from quizgen.screen.session import Session

_TALK = ("l", "l", "language")
_KEYS = ("?", "?", "do-keys")


def keys(session: Session) -> list[Sequence[Span]]:
    """List the keys that do something now, the likeliest first; a click on one is that key."""
    language = session.attempt.quiz.language
    return [
        (
            Span(f" {cap} ", "key", key),
            Span(
                f" {locale(parts.following(language)).autonym if what == 'language' else message(language, f'app.{what}')}",
                "foot",
                key,
            ),
        )
        for cap, key, what in _offers(session)
    ]


def _offers(session: Session) -> list[tuple[str, str, str]]:
    """Give cap, key and purpose of each key."""
    attempt = session.attempt
    match session.scene:
        case "welcome":
            return [("Enter", "enter", "do-begin"), _TALK]
        case "still" | "keys":
            return [("Enter", "enter", "do-return"), *([_TALK] if session.scene == "keys" else [])]
        case "look":
            earlier = [("←", "left", "do-earlier")] if session.looked else []
            later = [("→", "right", "do-later")] if session.looked + 1 < attempt.position else []
            return [*earlier, *later, ("Enter", "enter", "do-return"), _TALK]
        case "told":
            look = [("b", "b", "do-look")] if attempt.position > 1 else []
            return [("Enter", "enter", "do-next"), *look, *_always(session)]
        case "ask":
            return _at_question(session)
        case _:
            return _at_end(session)


def _at_end(session: Session) -> list[tuple[str, str, str]]:
    attempt = session.attempt
    if session.scene == "name":
        return [("Enter", "enter", "do-make"), ("Esc", "escape", "do-return")]
    practise = [("p", "p", "do-practise")] if attempt.missed() and not attempt.kiosk else []
    paper = [("c", "c", "do-certificate")] if session.certificate else []
    return [("Enter", "enter", "do-finish"), *practise, *paper, ("b", "b", "do-look"), _TALK, _KEYS]


def _at_question(session: Session) -> list[tuple[str, str, str]]:
    if session.blank and session.typing:
        return [("Enter", "enter", "do-answer"), ("Esc", "escape", "do-other")]
    enter = [("Enter", "enter", "do-type" if session.blank else "do-answer")]
    look = [("←", "left", "do-look")] if session.attempt.position else []
    first = [] if parts.at_once(session) else enter
    return [*first, ("s", "s", "do-skip"), *look, *_always(session)]


def _always(session: Session) -> list[tuple[str, str, str]]:
    return [_TALK, _KEYS, *([] if session.attempt.kiosk else [("q", "q", "do-stop")])]
