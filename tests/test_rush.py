"""A rush: its rules, what it asks, and how it ends on the screen, in lines and in the history."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import product
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizgen.assemble import Recipe, draw_rush
from quizgen.assemble.rush import MAX_MESSAGES, is_usable_in_rush
from quizgen.attempt import Attempt
from quizgen.errors import MisuseError
from quizgen.formats.records import attempt_record
from quizgen.history import open_history
from quizgen.rush import (
    RUSH_SECONDS,
    count_points,
    current_run_of_right_answers,
    longest_run_of_right_answers,
    rush_rules,
)
from quizgen.screen.line_mode import PlainDisplay, take_quiz
from quizgen.screen.page import MIN_SIZE, draw_session_page, fits_in_smallest_window
from quizgen.screen.rows import row_text
from quizgen.screen.scenes import press_key
from quizgen.screen.session import Session, advance_time, open_session
from quizgen.text.languages import LANGUAGES
from quizgen.view.results import build_results_view
from quizgen.view.rush import describe_last_answer, describe_result
from tests.banks import built_in_bank
from tests.cli.program import Program

BANK = built_in_bank()


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def rush(language: str = "en", players: int = 1, count: int | None = None) -> Attempt:
    quiz = draw_rush(BANK, Recipe(count=count), 7, language)
    return Attempt(quiz=quiz, started=0.0, rules=rush_rules(players))


def test_every_message_of_a_rush_is_fully_visible_in_the_smallest_window() -> None:
    quiz = draw_rush(BANK, Recipe(), 7, "en", can_show=partial(fits_in_smallest_window, BANK))
    assert len(quiz.questions) == MAX_MESSAGES
    for question, language in product(quiz.questions, LANGUAGES):
        one = replace(quiz, questions=(question,), language=language)
        session = open_session(Attempt(quiz=one, started=0.0, rules=rush_rules()), 0.0)
        page = draw_session_page(press_key(session, "enter", 0.0), *MIN_SIZE)
        assert page.max_top == 0
    # If nothing fits, a rush has what there is.
    assert draw_rush(BANK, Recipe(count=5), 7, "en", can_show=lambda _question: False).questions


def right_key(attempt: Attempt) -> str:
    assert attempt.question
    return "g" if BANK.exhibits[attempt.question.exhibit].genuine else "s"


def wrong_key(attempt: Attempt) -> str:
    return {"g": "s", "s": "g"}[right_key(attempt)]


def begun(players: int = 1, language: str = "en") -> Session:
    session = open_session(rush(language, players), 0.0)
    assert session.scene == "rules"
    return press_key(session, "enter", 0.0)


def shown(session: Session, width: int = 80, height: int = 24) -> str:
    return "\n".join(row_text(row) for row in draw_session_page(session, width, height).rows)


def test_a_rush_has_short_messages_of_both_sorts_and_none_that_needs_its_story() -> None:
    quiz = rush().quiz
    exhibits = [BANK.exhibits[question.exhibit] for question in quiz.questions]
    assert len(exhibits) == 60
    assert max(len(exhibit.lines) for exhibit in exhibits) <= 5
    assert not any(exhibit.context for exhibit in exhibits)
    assert draw_rush(BANK, Recipe(), 7, "zh-Hans").questions == quiz.questions
    assert draw_rush(BANK, Recipe(), 8, "en").questions != quiz.questions


@pytest.mark.parametrize("seed", [7, 8, 9])
@pytest.mark.parametrize("count", [None, 12])
def test_each_four_messages_are_two_scams_and_two_genuine_ones_so_that_one_key_gains_nothing(
    seed: int, count: int | None
) -> None:
    fits = partial(fits_in_smallest_window, BANK)
    quiz = draw_rush(BANK, Recipe(count=count), seed, "en", can_show=fits)
    sorts = [BANK.exhibits[question.exhibit].genuine for question in quiz.questions]
    blocks = [tuple(sorts[at : at + 4]) for at in range(0, len(sorts), 4)]
    assert len(sorts) == (count or MAX_MESSAGES)
    assert {sum(block) for block in blocks} == {2}
    assert len({*blocks}) > 1, "the order of the sorts can be foreseen"


def test_a_selection_with_messages_of_one_sort_is_still_a_rush() -> None:
    scams = [each for each, question in BANK.questions.items() if is_usable_in_rush(BANK, question)]
    scams = [each for each in scams if not BANK.exhibits[BANK.questions[each].exhibit].genuine][:6]
    assert len(draw_rush(BANK, Recipe(questions=tuple(scams)), 7, "en").questions) == 6


def test_what_was_seen_before_comes_last() -> None:
    first = [question.id for question in draw_rush(BANK, Recipe(count=10), 7, "en").questions]
    again = [question.id for question in draw_rush(BANK, Recipe(count=10), 7, "en", seen_ids=first).questions]
    assert not set(first) & set(again)


def test_a_selection_without_messages_is_refused() -> None:
    with pytest.raises(MisuseError, match="a rush needs calls or messages to judge"):
        draw_rush(BANK, Recipe(kinds=("match",)), 7, "en")


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_message_fits_a_small_screen(language: str) -> None:
    attempt = rush(language)
    for index in range(attempt.total):
        quiz = replace(attempt.quiz, questions=attempt.quiz.questions[index:])
        session = press_key(open_session(replace(attempt, quiz=quiz), 0.0), "enter", 0.0)
        assert draw_session_page(session, 40, 20).max_top == 0, attempt.quiz.questions[index].id


def test_a_right_answer_is_a_point_and_a_wrong_one_costs_one() -> None:
    session = begun()
    for second, key in enumerate((right_key, right_key, right_key, wrong_key, right_key), start=1):
        session = press_key(session, key(session.attempt), float(second))
    assert count_points(session.attempt) == 3
    assert (current_run_of_right_answers(session.attempt), longest_run_of_right_answers(session.attempt)) == (
        1,
        3,
    )
    assert session.scene == "rush"
    assert "3 points" in shown(session)


def test_the_last_answer_is_explained_in_the_words_that_decide() -> None:
    session = begun()
    asked = session.open_question
    session = press_key(session, wrong_key(session.attempt), 1.0)
    words = BANK.exhibits[asked.exhibit].signs[0].words["en"]
    assert words in describe_last_answer(session.attempt)
    assert "✗ Wrong." in shown(session)
    assert "✓ Right." in shown(press_key(session, right_key(session.attempt), 2.0))


@pytest.mark.parametrize("covering", ["", "?"])
def test_time_ends_a_rush_whatever_is_on_the_screen(covering: str) -> None:
    session = press_key(begun(), "g", 5.0)
    session = press_key(session, covering, 6.0) if covering else session
    assert advance_time(session, RUSH_SECONDS - 0.5).scene != "results"
    ended = advance_time(session, RUSH_SECONDS)
    assert ended.scene == "results"
    assert ended.attempt.total == ended.attempt.position == 1
    assert ended.attempt.finished_at is not None
    blocked = press_key(ended, "enter", RUSH_SECONDS + 0.5)
    assert blocked.request is None, "a key that was pressed for the message must not leave the results"
    assert press_key(ended, "enter", RUSH_SECONDS + 2.0).request == "leave"


def test_a_key_after_the_end_answers_nothing() -> None:
    session = press_key(begun(), "g", 5.0)
    assert press_key(session, "s", RUSH_SECONDS + 0.1).attempt.position == 1


def test_a_rush_without_an_answer_leaves_and_q_goes_to_the_results() -> None:
    assert advance_time(begun(), RUSH_SECONDS).request == "leave"
    assert press_key(begun(), "q", 1.0).request == "leave"
    assert press_key(press_key(begun(), "g", 1.0), "q", 2.0).scene == "results"


def test_nobody_looks_back_while_the_clock_runs() -> None:
    session = press_key(begun(), "g", 1.0)
    assert press_key(session, "left", 2.0).scene == "rush"


def test_two_players_answer_the_same_message_and_the_first_key_counts() -> None:
    session = begun(players=2)
    genuine = right_key(session.attempt) == "g"
    session = press_key(session, "k" if genuine else "l", 1.0)  # the right player is right
    genuine = right_key(session.attempt) == "g"
    session = press_key(session, "s" if genuine else "a", 2.0)  # the left player is wrong
    assert [count_points(session.attempt, player) for player in (1, 2)] == [-1, 1]
    assert "−1 : 1" in shown(session)
    assert session.attempt.quiz.language == "en", "l is a verdict here, not the next language"
    ended = advance_time(session, RUSH_SECONDS)
    assert build_results_view(ended.attempt).rush == ("Left: −1 points; Right: 1 point.", "Right has won.")
    assert "✓" not in shown(ended).splitlines()[0], "the sum of both is the score of nobody"
    assert shown(ended).splitlines()[0].rstrip().endswith("−1 : 1")


@pytest.mark.parametrize(("after", "answers"), [(0.3, 1), (0.5, 2)])
def test_a_key_counts_only_when_the_message_can_have_been_read(after: float, answers: int) -> None:
    assert press_key(begun(), "g", 0.3).attempt.position == 0
    session = press_key(begun(), "g", 1.0)
    assert press_key(session, "s", 1.0 + after).attempt.position == answers


@pytest.mark.parametrize(("key", "after", "answers"), [("k", 0.5, 1), ("k", 0.7, 2), ("a", 0.5, 2)])
def test_a_key_for_the_message_that_the_other_player_has_judged_does_not_count(
    key: str, after: float, answers: int
) -> None:
    session = press_key(begun(players=2), "a", 1.0)
    assert press_key(session, key, 1.0 + after).attempt.position == answers


@pytest.mark.parametrize(("players", "key"), [(1, "s"), (2, "l")])
def test_a_held_key_judges_at_most_two_messages(players: int, key: str) -> None:
    session = press_key(begun(players), key, 1.0)
    for repeat in range(500):
        session = press_key(session, key, 1.7 + repeat / 10)
    assert session.attempt.position <= 2
    assert press_key(begun(players), key, 1.0).attempt.position == 1


def typed_rush(
    lines: list[str], *, patient: bool = False, seconds: float = 1.0, players: int = 1
) -> tuple[Attempt, str]:
    """Play a rush in lines, with a clock on which each line takes some seconds."""
    now = 0.0
    written: list[str] = []
    left: Iterator[str] = iter(lines)

    def read(_limit: float | None) -> str | None:
        nonlocal now
        now += seconds
        return next(left, None)

    display = PlainDisplay(written.append, read)
    attempt = take_quiz(
        rush(players=players),
        display,
        save_attempt=lambda _attempt: True,
        now=lambda: now,
        clock=lambda: now,
        asks_again_if_unclear=patient,
    )
    return attempt, "".join(written)


def test_a_pipe_gives_one_verdict_a_line() -> None:
    attempt, written = typed_rush(["g", "s", "x", "b", "a", "nonsense"])
    assert [answered.response for answered in attempt.answers] == [(0,), (1,), (1,), (1,), (0,), "nonsense"]
    assert attempt.total == 6
    assert "Score: " in written
    assert "6. " in written


def test_two_players_have_their_points_and_no_score_in_lines() -> None:
    _attempt, written = typed_rush(["a", "k", "s"], players=2)
    assert "Left: " in written
    assert "Score: " not in written


def test_lines_end_when_the_time_is_up_even_if_more_are_ready() -> None:
    attempt, written = typed_rush(["g"] * 60, seconds=7.0)
    assert attempt.position == 9
    assert "Time is up." in written


def test_a_person_who_types_nonsense_is_asked_again() -> None:
    attempt, _ = typed_rush(["", "nonsense", "g", "q"], patient=True)  # the first line starts the clock
    assert [answered.response for answered in attempt.answers] == [(0,)]


def test_a_rush_counts_in_the_history_and_its_best_result_too(tmp_path: Path) -> None:
    history, _aside = open_history(tmp_path / "history.db")
    with closing(history):
        session = begun()
        for second in (1.0, 2.0, 3.0):
            session = press_key(session, right_key(session.attempt), second)
        number = history.save_attempt(session.attempt, None)
        killed = history.load_attempt(number)
        assert (killed.total, killed.position) == (3, 3), "a rush that was killed ends with its answers"
        history.save_attempt(advance_time(session, RUSH_SECONDS).attempt, number)
        assert history.load_most_rush_points() == 3
        assert len(history.load_past_answers()) == 3
        assert history.count_attempts() == 1


@pytest.mark.parametrize(("best", "said"), [(None, 0), (-2, 0), (0, 0), (1, 1)])
def test_only_a_best_result_above_zero_is_praised(best: int | None, said: int) -> None:
    session = begun()
    session = press_key(session, wrong_key(session.attempt), 1.0)
    ended = press_key(session, "q", 2.0).attempt
    assert sum("Your best" in line for line in describe_result(ended, best)) == said


@pytest.mark.parametrize("best", [-2, 0])
def test_a_first_result_above_zero_is_the_best_after_results_without_points(best: int) -> None:
    session = begun()
    session = press_key(session, right_key(session.attempt), 1.0)
    ended = press_key(session, "q", 2.0).attempt
    assert describe_result(ended, best)[
        -1
    ] == f"Your best rush so far. Before, it was {best} points.".replace("-", "−")


def test_the_program_saves_the_answers_of_one_player_but_not_of_two(program: Program) -> None:
    done = program.here("take", "--rush", "-s", "7", typed="g\ns\ng\nq\n")
    assert (done.code, done.err) == (0, "")
    assert [len(answers) for answers in program.answers()] == [3]
    assert "Your best" not in done.out
    assert "Your best" in program.here("take", "--rush", "-s", "7", typed="g\n").out
    assert program.here("take", "--rush", "--players", "2", typed="k\nl\n").code == 0
    assert len(program.answers()) == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--rush", "--unfold"), "--rush cannot be used with these options"),
        (("--rush", "--question-time", "5s"), "--rush cannot be used with these options"),
        (("--players", "2"), "--players needs a rush"),
    ],
)
def test_options_that_do_not_go_with_a_rush(program: Program, options: tuple[str, ...], words: str) -> None:
    done = program.here("take", *options)
    assert done.code == 2
    assert words in done.err


def test_an_answer_is_saved_before_its_mark_and_the_next_message_show(program: Program) -> None:
    with program.process("take", "--rush", "-s", "7") as process:
        process.stdin.write("g\ns\n")
        process.stdin.flush()
        marks = 0
        while marks < 2:
            marks += process.stdout.readline().startswith(("✓", "✗"))
        process.kill()
    (answers,) = program.answers()
    assert answers == [(0,), (1,)]


def test_the_record_of_a_rush_has_its_points_and_of_two_players_who_answered() -> None:
    one = press_key(begun(), right_key(begun().attempt), 1.0).attempt.without_open_questions()
    assert attempt_record(one)["points"] == 1
    assert "player" not in attempt_record(one)["answers"][0]
    two = press_key(begun(players=2), "k", 1.0).attempt.without_open_questions()
    assert attempt_record(two)["points"][0] == 0
    assert attempt_record(two)["answers"][0]["player"] == 2
