"""The scene that asks for the name on a certificate of participation."""

from msgspec.structs import replace

from quizgen.screen.answer_input import edit_words
from quizgen.screen.rows import Row, input_rows, wrap_paragraph
from quizgen.screen.scenes import KeyHint, Scene, ScrollArea
from quizgen.screen.session import Session
from quizgen.text.messages import _


class CertificateNameScene(Scene):
    """A prompt for a name, which can stay empty."""

    def accepts_text(self, _session: Session) -> bool:
        """Return True, because every letter is typed into the name."""
        return True

    def handle_key(self, session: Session, key: str) -> Session:
        """Edit the name. Enter makes the certificate, Escape cancels it."""
        if key == "enter":
            return replace(session, request="certificate", certificate_name=session.draft.words)
        if key == "escape":
            return replace(session, scene="results")
        return replace(session, draft=edit_words(session.draft, key) or session.draft)

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Ask for the name."""
        language = session.attempt.quiz.language
        rows: list[Row] = [
            (),
            *wrap_paragraph(_("A certificate of participation").translated(language), width, "strong"),
            (),
        ]
        line, (x, y) = input_rows(session.draft.words, session.draft.cursor, width)
        hint = wrap_paragraph(
            _("Type the name to print and press Enter, or leave a line to write on.").translated(language),
            width,
            "dim",
        )
        if session.certificate_folder:
            where = _(
                "The file is saved in {folder}. This takes a few seconds.", folder=session.certificate_folder
            )
            hint += wrap_paragraph(where.translated(language), width, "dim")
        return ScrollArea([*rows, *line, (), *hint], caret=(x, y + len(rows)))

    def key_hints(self, _session: Session) -> list[KeyHint]:
        """Return the hints for making the certificate and for cancelling it."""
        return [KeyHint("Enter", "enter", "do-make"), KeyHint("Esc", "escape", "do-return")]


SCENE = CertificateNameScene()
