"""The scene with a message of a rush. One key judges it, and the next message appears at once."""

from msgspec.structs import replace

from quizgen.rush import HELD_SECONDS, counts_for_message
from quizgen.screen.answer_input import KeyHelp
from quizgen.screen.exhibit import exhibit_rows
from quizgen.screen.rows import Row, Span, shorten_text
from quizgen.screen.rush import parse_rush_reply
from quizgen.screen.scenes import HELP, LANGUAGE, STOP, KeyHint, Scene, ScrollArea, handle_quiz_command
from quizgen.screen.session import Session, answer_question
from quizgen.text.messages import _
from quizgen.view.rush import describe_last_answer


class RushScene(Scene):
    """A message that waits for a verdict, below the result of the last one."""

    def question_index(self, session: Session) -> int | None:
        """Return the index of the open question."""
        return session.attempt.position if session.attempt.question else None

    def handle_key(self, session: Session, key: str) -> Session:
        """Judge the message, or handle a command. There is no looking back, because the clock does not stop.

        A key does not count if nobody can have read the message yet, or if it is held down.
        """
        if judged := parse_rush_reply(session.attempt, key):
            player, response = judged
            is_held = key == session.verdict_key and session.at - session.verdict_at < HELD_SECONDS
            session = replace(session, verdict_key=key, verdict_at=session.at)
            if is_held or not counts_for_message(session.attempt, player, session.at - session.shown):
                return session
            return answer_question(session, response, player=player)
        return self.mark_not_understood(session) if key == "left" else handle_quiz_command(session, key)

    def mark_not_understood(self, session: Session) -> Session:
        """Show that the key has no effect here."""
        return replace(session, unclear=True)

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Draw the result of the last answer, and the message. The keys stand at the bottom."""
        rows: list[Row] = [_last_answer_row(session, width), ()]
        rows += exhibit_rows(session.open_question_view.exhibit, width)
        return ScrollArea(rows, whole=len(rows), spare=(0, 1))

    def help_keys(self, session: Session) -> tuple[KeyHelp, ...]:
        """List the keys that judge a message."""
        stop = KeyHelp("q", _("stop; your answers are saved"), "q")
        stops = () if session.attempt.kiosk else (stop,)
        if session.attempt.rules.players > 1:
            return (
                KeyHelp("A K", _("genuine (left, right)")),
                KeyHelp("S L", _("a scam (left, right)")),
                *stops,
            )
        return (KeyHelp("g a", _("genuine"), "g"), KeyHelp("s x b", _("a scam"), "s"), *stops)

    def key_hints(self, session: Session) -> list[KeyHint]:
        """List hints for the keys that judge a message, and for others. With two players, l judges one."""
        is_shared = session.attempt.rules.players > 1
        pairs = (("A", "S"), ("K", "L")) if is_shared else (("g", "s"),)
        language = [] if is_shared else [LANGUAGE]
        verdicts = [
            KeyHint(cap, cap.casefold(), does)
            for pair in pairs
            for cap, does in zip(pair, ("do-genuine", "do-scam"), strict=True)
        ]
        return [*verdicts, HELP, *language, *([] if session.attempt.kiosk else [STOP])]


def _last_answer_row(session: Session, width: int) -> Row:
    """Draw the result of the last answer, or that a key has no effect."""
    attempt = session.attempt
    if session.unclear:
        return (
            Span(
                shorten_text(_("That key does nothing here.").translated(attempt.quiz.language), width),
                "warn",
            ),
        )
    if not attempt.position:
        return ()
    right = attempt.answers[-1].right
    said = shorten_text(f"{'✓' if right else '✗'} {describe_last_answer(attempt)}", width)
    return (Span(said, "right" if right else "wrong"),)


SCENE = RushScene()
