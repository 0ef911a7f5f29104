from collections.abc import Callable, Iterable

import pytest
from msgspec.structs import replace

from quizgen.attempt import Attempt, Rules
from quizgen.kinds import KINDS
from quizgen.model import Quiz
from quizgen.screen.line_mode import Display, OutOfTimeError, take_quiz
from quizgen.screen.lines import Line
from quizgen.screen.page import draw_session_page
from quizgen.screen.rows import row_text
from quizgen.screen.scenes import press_key
from quizgen.screen.session import start_session
from quizgen.text.languages import LANGUAGES
from quizgen.view.exhibit import join_runs as words_for_id
from quizgen.view.question import build_question_view
from tests.banks import FACTS, SOURCES, sample_quiz
from tests.exhibit_bank import exhibit_quiz
from tests.screen.transcript import FOLDER, plain, transcripts

RIGHT = ("d", "a d", "f", "1c 2a 3b", "cab", "link")


class Script(Display):
    """A display that keeps what is shown, answers from a list, and notes the order of events."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)
        self.events: list[str] = []

    def show_lines(self, lines: Iterable[Line]) -> None:
        self.events += [line.role for line in lines]

    def show_topic_bars(self, title: str, bars: object) -> None:  # noqa: ARG002  the protocol's
        self.events.append("bars")

    def read_line(self, seconds: float | None = None) -> str | None:  # noqa: ARG002  the protocol's
        return self.lines.pop(0) if self.lines else None

    def event(self, name: str) -> bool:
        self.events.append(name)
        return True


def keeping(kept: list[Attempt]) -> Callable[[Attempt], bool]:
    def keep(attempt: Attempt) -> bool:
        kept.append(attempt)
        return True

    return keep


def attempt() -> Attempt:
    return Attempt(quiz=sample_quiz(), started=0.0)


def test_the_end_of_input_stops_and_returns_what_was_done() -> None:
    kept: list[Attempt] = []
    result = take_quiz(attempt(), Script("d", "x x"), save_attempt=keeping(kept), now=lambda: 5.0)
    assert result.position == 1
    assert kept == [result]


def test_an_answer_is_saved_before_its_feedback() -> None:
    script = Script("d")
    take_quiz(attempt(), script, save_attempt=lambda _: script.event("kept"), now=lambda: 5.0)
    assert script.events.index("kept") < script.events.index("right")


def test_setting_the_clock_changes_dates_of_answers_but_not_the_limit() -> None:
    class Slow(Script):
        """Takes five seconds for each answer. After the first, the clock is set forward by an hour."""

        clock, date = 5.0, 995.0

        def read_line(self, seconds: float | None = None) -> str | None:
            self.clock += 5
            self.date += 5 if self.clock == 10 else 3600
            return super().read_line(seconds)

    script = Slow("d", "s", "q")
    result = take_quiz(
        attempt(), script, save_attempt=lambda _: True, now=lambda: script.date, clock=lambda: script.clock
    )
    assert [(given.at, given.seconds) for given in result.answers] == [(1000.0, 5.0), (4600.0, 5.0)]


@pytest.mark.parametrize("feedback", ["each", "end"])
def test_each_question_has_the_full_time(feedback: str) -> None:
    class Late(Script):
        """Lets the time of the first question pass."""

        clock, waits = 100.0, list[float | None]()

        def read_line(self, seconds: float | None = None) -> str | None:
            self.waits = [*self.waits, seconds]
            if len(self.waits) == 2:
                self.clock += 20
                raise OutOfTimeError
            self.clock += 1
            return super().read_line(seconds)

    script = Late("", "s", "q")
    timed = replace(attempt(), rules=Rules(question_seconds=20.0, feedback=feedback))  # type: ignore[arg-type]
    result = take_quiz(
        timed, script, save_attempt=lambda _: True, now=lambda: 0.0, clock=lambda: script.clock
    )
    assert script.waits == [None, 20, 20, 20]
    assert [(given.response, given.seconds) for given in result.answers] == [(None, 20), (None, 1)]


def test_an_attempt_resumes_where_it_stopped() -> None:
    begun = attempt().answer((3,), 1.0).answer(None, 2.0)
    script = Script("f", "q")
    result = take_quiz(begun, script, save_attempt=lambda _: True, now=lambda: 3.0)
    assert [given.question for given in result.answers[2:]] == ["callers/code-is-harmless"]
    text = plain(sample_quiz())
    assert text.startswith("Quizgen: 6 questions, seed 7\n")


@pytest.mark.parametrize(
    ("kept", "lines", "said"),
    [
        (True, "d", ["Stopped: 1 of 6 answered and saved.", "To continue: quizgen take --resume"]),
        (False, "d", ["Stopped: 1 of 6 answered; your answers could not be saved."]),
        (True, "", ["Stopped before the first answer; nothing to save."]),
    ],
)
def test_stopping_says_what_happens_to_the_attempt_and_shows_no_score(
    *, kept: bool, lines: str, said: list[str]
) -> None:
    shown: list[str] = []

    class Keeping(Script):
        def show_lines(self, lines: Iterable[Line]) -> None:
            shown.extend(line.labelled_text for line in lines)

    take_quiz(attempt(), Keeping(*lines), save_attempt=lambda _: kept, now=lambda: 1.0)
    assert shown[-len(said) :] == said
    assert not any(line.startswith("Score") for line in shown)


def test_a_quiz_without_mistakes_has_no_review() -> None:
    text = plain(sample_quiz(), *RIGHT)
    assert "Read these again" not in text
    assert (
        "\nEnd of the quiz\n"
        "All correct. Tell others what you know: scams stop where people talk.\n"
        "\n"
        "Send this to somebody you care about\n"
    ) in text
    assert text.endswith("\n\nBy topic\nParcels and fees 3/3\nStrange callers 3/3\n\nScore: 6/6\n")


def test_the_score_is_said_last() -> None:
    assert plain(sample_quiz(), *"ssssss").endswith("\nScore: 0/6\n")


def test_a_single_source_is_named_only_at_both_ends() -> None:
    quiz = sample_quiz()
    named = "Facts from “A talk at the market”, Harbour Gazette, 2020-03\n"
    one = plain(quiz, *"ssssss")
    assert one.count(named) == 2
    assert "\nSource: the harbour savings office, answer 1\n" in one
    other = replace(SOURCES["market-talk"], id="notice", title={"en": "A notice"}, passages=())
    two = plain(replace(quiz, bank=replace(quiz.bank, sources=SOURCES | {"notice": other})), "s", "q")
    assert f"{named}Facts from “A notice”, Harbour Gazette, 2020-03\n" in two
    assert "\nSource: the harbour savings office, “A talk at the market”, answer 1\n" in two


def test_several_passages_of_one_speaker_are_named_together() -> None:
    quiz = sample_quiz()
    fact = replace(FACTS["parcels/no-fee"], cites=("market-talk/q1-a1", "market-talk/q1-a2"))
    quiz = replace(quiz, bank=replace(quiz.bank, facts=FACTS | {fact.id: fact}))
    assert "\nSource: the harbour savings office, answer 1, answer 1 (2)\n" in plain(quiz, "s", "q")


@pytest.mark.parametrize(
    ("language", "line"), [("en", "Score: 0/6"), ("zh-Hans", "得分：0/6"), ("zh-Hant", "得分：0/6")]
)
def test_the_score_has_a_line_of_its_own(language: str, line: str) -> None:
    assert line in plain(sample_quiz(language), *"ssssss").splitlines()


def test_bank_text_is_shown_as_typed_and_control_characters_as_escapes() -> None:
    quiz = sample_quiz()
    hostile = replace(
        quiz.questions[0],
        stem={"en": "[red]a[/red] <b> {{ x }} {0} \x1b[31m\u202e\x00 %s"},
        rationale={"en": "[/] :smile:\r\nx"},
    )
    text = plain(replace(quiz, questions=(hostile,)), "d")
    assert "\n[red]a[/red] <b> {{ x }} {0} <U+001B>[31m<U+202E><U+0000> %s\n" in text
    assert "\nWhy: [/] :smile: x\n" in text
    assert "\x1b" not in text


@pytest.mark.parametrize(("name", "text"), transcripts().items())
def test_the_transcript_matches_the_golden_one(name: str, text: str) -> None:
    assert text == (FOLDER / name).read_text(encoding="utf-8")


def test_an_unreadable_line_of_a_file_is_a_wrong_answer() -> None:
    script = Script("e", "", "a", "t")
    result = take_quiz(
        attempt(), script, save_attempt=lambda _: True, now=lambda: 3.0, asks_again_if_unclear=False
    )
    assert [(given.response, given.right) for given in result.answers] == [
        ("e", False),
        ((0,), False),
        ((0,), False),
    ]
    assert script.events.count("note") == 2


@pytest.mark.parametrize(("typed", "answers"), [(["", "d", "q"], 1), (["q", "d"], 0), ([], 0)])
def test_the_clock_starts_only_when_enter_is_pressed(typed: list[str], answers: int) -> None:
    timed = replace(attempt(), rules=Rules(question_seconds=20.0))
    assert take_quiz(timed, Script(*typed), save_attempt=lambda _: True, now=lambda: 3.0).position == answers


def test_missed_questions_come_back_a_few_questions_later() -> None:
    kept: list[Attempt] = []
    script = Script("d", "s", *RIGHT[2:5], "s", RIGHT[5])
    result = take_quiz(
        replace(attempt(), rules=Rules(repeat=True)), script, save_attempt=keeping(kept), now=lambda: 3.0
    )
    assert (result.score().right, script.events[-1]) == (5, "score")
    assert [(each.missed, each.after, each.answer.right) for each in result.repeats] == [(1, 5, False)]
    assert [(each.position, len(each.repeats)) for each in kept] == [
        *((number, 0) for number in range(1, 6)),
        (5, 1),
        (6, 1),
    ]
    kept.clear()
    script = Script("d", "s", *RIGHT[2:5], "q")  # stopped at the repeat
    result = take_quiz(
        replace(attempt(), rules=Rules(repeat=True)), script, save_attempt=keeping(kept), now=lambda: 3.0
    )
    assert result == kept[4]


@pytest.mark.parametrize(("typed", "repeats"), [(["", "s"], 1), (["q"], 0), ([], 0)])
def test_the_last_question_comes_back_after_enter(typed: list[str], repeats: int) -> None:
    script = Script("d", *RIGHT[1:5], "s", *typed)
    result = take_quiz(
        replace(attempt(), rules=Rules(repeat=True)), script, save_attempt=lambda _: True, now=lambda: 3.0
    )
    assert (len(result.repeats), script.events[-1]) == (repeats, "score")


def test_the_next_question_can_wait_for_enter() -> None:
    script = Script("d", "", "s", "q")
    result = take_quiz(attempt(), script, save_attempt=lambda _: True, now=lambda: 3.0, waits_for_enter=True)
    assert [answered.response for answered in result.answers] == [(3,), None]
    last = Script(*(each for key in RIGHT for each in (key, "")))  # no wait after the last question
    done = take_quiz(attempt(), last, save_attempt=lambda _: True, now=lambda: 3.0, waits_for_enter=True)
    assert (done.score().right, last.events[-1]) == (6, "score")


def test_a_reply_that_makes_no_sense_is_asked_for_again() -> None:
    result = take_quiz(attempt(), Script("e", "", "d"), save_attempt=lambda _: True, now=lambda: 3.0)
    assert [given.right for given in result.answers] == [True]


def said_about(quiz: Quiz) -> tuple[list[str], list[str]]:
    """Return the texts of a quiz with one question, in order: those before the answer, and those after it."""
    attempt = Attempt(quiz=quiz, started=0.0)
    asked = build_question_view(attempt, 0)
    exhibit = [asked.exhibit.label, words_for_id(asked.exhibit.sender)] if asked.exhibit else []
    exhibit += [words_for_id(line.words) for line in asked.exhibit.lines] if asked.exhibit else []
    before = [
        # A topic could tell whether something is genuine.
        *([] if asked.exhibit else [asked.topic_title]),
        *exhibit,
        asked.stem,
        *(part.text for part in (*asked.prompts, *asked.options)),
    ]
    signs = [
        words
        for sign in (asked.explained_exhibit.signs if asked.explained_exhibit else ())
        for words in (sign.words, sign.reason)
    ]
    return before, [*signs, asked.rationale, asked.advice, *asked.citations]


def in_order(pieces: list[str], text: str) -> list[str]:
    """Return the pieces that are missing from a text, or not in their order."""
    at, missing = 0, []
    for piece in filter(None, pieces):
        bare = "".join(piece.split())
        found = text.find(bare, at)
        if found < 0:
            missing.append(piece)
        else:
            at = found + len(bare)
    return missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_lines_have_all_that_the_screen_shows_in_order(language: str) -> None:
    kinds = set()
    for whole in (sample_quiz(language), exhibit_quiz(language)):
        for question in whole.questions:
            kinds.add(question.kind)
            quiz = replace(whole, questions=(question,))
            before, after = said_about(quiz)
            options = build_question_view(Attempt(quiz=quiz, started=0.0), 0).options
            listed_lines = (
                {option.text for option in options} if question.answer.option_line_numbers else set()
            )
            session = start_session(Attempt(quiz=quiz, started=0.0), 0.0)
            pages = [session]
            for key in ("escape", "s", "m") if question.answer.takes_words else ("s", "m"):
                pages.append(press_key(pages[-1], key, 1.0))
            shown = [
                "".join("".join(map(row_text, draw_session_page(each, 90, 120).rows[:-1])).split())
                for each in (pages[0], pages[-1])
            ]
            out = plain(quiz, "s")
            assert not set(out) & set("│─╭╮╰╯┌┐└┘├┤━┃▾█░")
            asked, _, told = out.replace("[", "").replace("]", "").partition("> s\n")
            for pieces, on_screen, line in ((before, shown[0], asked), (after, shown[1], told)):
                said = "".join(line.split())
                bare = on_screen.translate(dict.fromkeys(map(ord, "[]│┃")))
                assert in_order(pieces, said) == []
                # The screen marks lines in the exhibit, and does not list them again.
                drawn = [piece for piece in pieces if piece not in listed_lines]
                assert in_order(drawn, bare) == []
    assert kinds == set(KINDS)
