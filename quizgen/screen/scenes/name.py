"""The name for a certificate of taking part."""

from msgspec.structs import replace

from quizgen.screen.answer_input import type_key
from quizgen.screen.rows import Row, input_rows, paragraph
from quizgen.screen.scenes import KeyHint, Scene, ScrollArea
from quizgen.screen.session import Session
from quizgen.text.messages import _


class Name(Scene):
    """A form for a name, which may stay empty."""

    def takes_text(self, _session: Session) -> bool:
        """Return True, because every letter goes into the name."""
        return True

    def press(self, session: Session, key: str) -> Session:
        """Type; Escape cancels the certificate."""
        if key == "enter":
            return replace(session, request="certificate")
        if key == "escape":
            return replace(session, scene="results")
        return replace(session, draft=type_key(session.draft, key) or session.draft)

    def scroll_area(self, session: Session, width: int) -> ScrollArea:
        """Ask for the name."""
        language = session.attempt.quiz.language
        rows: list[Row] = [
            (),
            *paragraph(_("A certificate of participation").translated(language), width, "strong"),
            (),
        ]
        line, (x, y) = input_rows(session.draft.words, session.draft.cursor, width)
        hint = paragraph(
            _("Type the name to print and press Enter, or leave a line to write on.").translated(language),
            width,
            "dim",
        )
        return ScrollArea([*rows, *line, (), *hint], caret=(x, y + len(rows)))

    def key_hints(self, _session: Session) -> list[KeyHint]:
        """Offer to make the certificate, or to cancel."""
        return [KeyHint("Enter", "enter", "do-make"), KeyHint("Esc", "escape", "do-return")]


SCENE = Name()
