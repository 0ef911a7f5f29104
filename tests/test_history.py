import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from msgspec.structs import replace

from quizgen.assemble import Recipe, assemble
from quizgen.attempt import Attempt, Rules, Score
from quizgen.errors import QuizgenError
from quizgen.history import (
    VERSION,
    DamagedHistoryError,
    History,
    UnusableHistoryError,
    open_history,
    replace_damaged_history,
)
from quizgen.model import Declaration
from tests.banks import in_french, sample_quiz, town_bank
from tests.test_attempt import taken
from tests.test_game import SCAM_CHAT, SCAM_MAIL, playing


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.db"


@contextmanager
def opened(path: Path) -> Iterator[History]:
    history, aside = open_history(path)
    assert aside is None
    with closing(history):
        yield history


def attempt(answers: int = 0, *, started: float = 100.0, language: str = "zh-Hans") -> Attempt:
    result = Attempt(quiz=sample_quiz(language), started=started)
    for index, response in enumerate([(3,), None, (1,), (2, 0, 1), (2, 0, 1), "链接"][:answers]):
        result = result.answer(response, started + index)
    return result


# What can go wrong with the file


def test_a_history_from_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    with opened(path) as history:
        history.save_attempt(attempt(1), None)
        history._connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(
        UnusableHistoryError, match=r"history\.db: this history was written by a newer quizgen"
    ):
        open_history(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["no database", "a torn page", "cut short"])
def test_a_damaged_history_is_renamed_and_a_new_one_begins(path: Path, damage: str) -> None:
    with opened(path) as history:
        for _ in range(20):
            history.save_attempt(attempt(6), None)
    whole = path.read_bytes()
    page = 4096
    path.write_bytes(
        {
            "no database": b"these are no pages of a database " * 200,
            "a torn page": whole[:page] + b"\xff" * page * 3 + whole[4 * page :],
            "cut short": whole[: len(whole) // 2],
        }[damage]
    )
    damaged = path.read_bytes()
    history, aside = open_history(path)
    with closing(history):
        assert aside == path.with_name("history.db.damaged")
        assert aside.read_bytes() == damaged
        assert list(history.load_attempts()) == []
        assert history.save_attempt(attempt(1), None) == 1


def test_an_unreadable_page_does_not_count_as_damage(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(path) as history:
        history.save_attempt(attempt(1), None)

    class Unlucky(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            said = "*** in database main ***\nTree 7 page 7: unable to get the page. error code=8458"
            asked = f"SELECT '{said}'" if "quick_check" in sql else sql
            return super().execute(asked, *values)

    with monkeypatch.context() as once:
        once.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Unlucky))
        with pytest.raises(UnusableHistoryError, match="disk I/O error"):
            open_history(path)
    with opened(path) as history:  # nothing was set aside
        assert history.count_attempts() == 1


def test_a_second_damaged_history_does_not_replace_the_first(path: Path) -> None:
    path.parent.mkdir()
    for expected in ("history.db.damaged", "history.db.damaged-2", "history.db.damaged-3"):
        path.write_bytes(b"no database" * 1000)
        history, aside = open_history(path)
        history.close()
        assert aside
        assert aside.name == expected


def test_a_folder_that_cannot_be_made_is_an_unusable_history(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnusableHistoryError, match=r"history\.db: cannot read or write the history: "):
        open_history(tmp_path / "file" / "history.db")


def test_a_folder_in_its_place_is_an_unusable_history(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(UnusableHistoryError, match="unable to open"):
        open_history(path)


def _fill(history: History) -> None:
    for _ in range(100):
        history.save_attempt(attempt(6), None)


def test_a_full_disk_loses_only_the_last_answer(path: Path) -> None:
    with opened(path) as history:
        number = history.save_attempt(attempt(1), None)
        pages = history._connection.execute("PRAGMA page_count").fetchone()[0]
        history._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(UnusableHistoryError, match="full"):
            _fill(history)
        history._connection.execute(f"PRAGMA max_page_count = {pages + 1000}")
        stored = list(history.load_attempts())
        assert stored[0].attempt == attempt(1)
        assert all(kept.attempt == attempt(6) for kept in stored[1:])
        history.save_attempt(attempt(3), number)
        assert next(history.load_attempts()).attempt == attempt(3)


def test_a_quiz_in_a_language_of_its_bank_is_stored_with_it(path: Path) -> None:
    quiz = in_french(replace(attempt(1).quiz, language="fr"))
    quiz = replace(quiz, bank=replace(quiz.bank, declared=Declaration(("fr", "pt-BR"))))
    with opened(path) as history:
        history.save_attempt(replace(attempt(1), quiz=quiz), None)
        (kept,) = history.load_attempts()
        assert kept.attempt.quiz.language == "fr"
        assert kept.attempt.quiz.bank.declared.languages == ("fr", "pt-BR")


def test_a_quiz_that_the_model_cannot_read_is_named(path: Path) -> None:
    with opened(path) as history:
        history.save_attempt(attempt(1), None)
        history._connection.execute("UPDATE attempts SET quiz = '{}'")
        with pytest.raises(QuizgenError, match="attempt 1 in the history cannot be read"):
            list(history.load_attempts())


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE answers SET at = 1e300",
        "UPDATE answers SET at = -1e300",
        "UPDATE answers SET at = 'noon'",
        "UPDATE answers SET seconds = 'some'",
        "UPDATE answers SET seen = 'some'",
        "UPDATE answers SET replies = 'yes'",
        "UPDATE attempts SET started = 'noon'",
        "UPDATE attempts SET language = 'xx'",
        "UPDATE answers SET question = 'another'",
        "UPDATE answers SET response = '[99]' WHERE position = 0",
        "UPDATE answers SET response = '[-1]' WHERE position = 0",
        "UPDATE answers SET response = '[0]' WHERE position = 3",
        "UPDATE answers SET response = '[0]' WHERE position = 5",
        "UPDATE parts SET json = '{}'",
        "DELETE FROM parts WHERE id = 3",
        "INSERT INTO answers SELECT attempt, position + 6, question, response, right, at, seconds, seen, replies FROM answers",
    ],
)
def test_attempts_that_cannot_be_shown_or_resumed_are_named(path: Path, damage: str) -> None:
    with opened(path) as history:
        history.save_attempt(attempt(6), None)
        history._connection.execute(damage)
        with pytest.raises(QuizgenError, match="attempt 1 in the history cannot be read"):
            history.load_latest_attempt(only_unfinished=False)
        assert all(0 <= review.at < 1e12 for review in history.load_past_answers())


@pytest.mark.parametrize("version", [1, 2])
def test_a_history_from_before_the_first_release_is_refused_and_left_alone(path: Path, version: int) -> None:
    with opened(path) as history:
        history.save_attempt(attempt(1), None)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    with pytest.raises(
        UnusableHistoryError, match="from a version before the first release; move it away, or"
    ):
        open_history(path)
    assert path.read_bytes() == before


# What it keeps


def test_saved_attempts_are_read_back_unchanged(path: Path) -> None:
    for answers in range(1, 7):
        with opened(path) as history:
            number = history.save_attempt(attempt(answers), None if answers == 1 else 1)
            assert number == 1
    with opened(path) as history:
        (kept,) = history.load_attempts()
    assert kept.attempt == attempt(6)
    assert kept.attempt.finished_at == 105.0


@pytest.fixture
def damaged(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[History]:
    """A history too large to be checked whenever it is opened, with the table of answers overwritten."""
    with opened(path) as history:
        history.save_attempt(attempt(6), None)
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'answers'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    monkeypatch.setattr("quizgen.history.opening.MAX_CHECKED_BYTES", 0)
    with opened(path) as history:
        yield history


def test_a_history_found_damaged_later_is_renamed_too(damaged: History, path: Path) -> None:
    with pytest.raises(DamagedHistoryError, match="this history is damaged"):
        damaged.save_attempt(attempt(3), None)
    anew, aside = replace_damaged_history(damaged)
    with closing(anew):
        anew.save_attempt(attempt(3), None)
        assert [kept.attempt for kept in anew.load_attempts()] == [attempt(3)]
    assert aside == path.with_name("history.db.damaged")


def test_clearing_a_damaged_history_deletes_it(damaged: History, path: Path) -> None:
    damaged.delete_all_attempts()
    assert list(path.parent.iterdir()) == []


def test_only_the_user_may_read_the_history_file(path: Path) -> None:
    path.parent.mkdir()
    path.touch(mode=0o644)
    with opened(path) as history:
        history.save_attempt(attempt(1), None)
        assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
    assert not path.with_name("deeper").exists()
    open_history(path.with_name("deeper") / "history.db")[0].close()
    assert path.with_name("deeper").stat().st_mode & 0o777 == 0o700


def test_parts_shared_by_quizzes_are_stored_once(path: Path) -> None:
    """As at a stall: the same questions again and again, in another order each time."""
    bank = town_bank()
    with opened(path) as history:
        for seed in range(200):
            quiz = assemble(bank, Recipe(topics=("harbour",)), seed, "en")
            number = history.save_attempt(Attempt(quiz=quiz, started=1.0), None)
        stored = next(kept for kept in history.load_attempts() if kept.number == number).attempt.quiz
        # What only printed sheets say is not stored.
        assert stored == replace(quiz, bank=replace(quiz.bank, statements={}))
        (size,) = history._connection.execute("SELECT sum(length(quiz)) FROM attempts").fetchone()
        (parts,) = history._connection.execute("SELECT sum(length(json)) FROM parts").fetchone()
    assert size / 200 < 2_000
    assert parts < 400_000


def test_unsaved_answers_are_saved_with_the_next(path: Path) -> None:
    with opened(path) as history:
        number = history.save_attempt(attempt(1), None)
        history.save_attempt(attempt(4), number)
        assert next(history.load_attempts()).attempt == attempt(4)


def test_the_latest_attempt_and_the_latest_unfinished_one_are_loaded(path: Path) -> None:
    with opened(path) as history:
        assert history.load_latest_attempt(only_unfinished=False) is None
        history.save_attempt(attempt(1, started=1.0), None)
        history.save_attempt(attempt(2, started=2.0), None)
        history.close_attempt(history.save_attempt(attempt(6, started=3.0), None))
        latest, unfinished = (
            history.load_latest_attempt(only_unfinished=False),
            history.load_latest_attempt(only_unfinished=True),
        )
    assert latest
    assert unfinished
    assert (latest.number, latest.attempt.started) == (3, 3.0)
    assert (unfinished.number, unfinished.attempt.started) == (2, 2.0)


def test_clearing_overwrites_a_file_that_cannot_shrink(path: Path) -> None:
    """What is deleted is written over: some builds of SQLite do so by themselves, others only when told."""
    with opened(path) as history:
        for _ in range(3):
            history.save_attempt(attempt(6), None)

    class Full(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if sql == "VACUUM":
                raise sqlite3.OperationalError("database or disk is full")
            return super().execute(sql, *values)

    connection = sqlite3.connect(path, isolation_level=None, factory=Full)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = OFF")
    with closing(History(path, connection)) as history:
        assert history.delete_all_attempts() == 3
    assert "储蓄所".encode() not in path.read_bytes()


def test_clearing_erases_the_file_but_a_running_quiz_is_saved(path: Path) -> None:
    with opened(path) as history:
        number = history.save_attempt(attempt(5), None)
        history.save_attempt(attempt(6), None)
        assert history.delete_all_attempts() == 2
        assert list(history.load_attempts()) == []
    assert "储蓄所".encode() not in path.read_bytes()
    with opened(path) as history:
        renewed = history.save_attempt(attempt(6), number)
        assert [(kept.number, kept.attempt) for kept in history.load_attempts()] == [(renewed, attempt(6))]
        assert renewed > 2


# Two at once, and none in the end


def test_one_attempt_taken_in_two_places_is_refused_in_the_second(path: Path) -> None:
    with opened(path) as first, opened(path) as second:
        number = first.save_attempt(attempt(1), None)
        first.save_attempt(attempt(2), number)
        elsewhere = attempt(1).answer((0,), 999.0)
        with pytest.raises(QuizgenError, match="also open elsewhere"):
            second.save_attempt(elsewhere, number)
        assert next(first.load_attempts()).attempt == attempt(2)


_WRITER = """
import sys
from pathlib import Path
from quizgen.history import open_history
from tests.test_history import attempt
history, aside = open_history(Path(sys.argv[1]))
assert aside is None
for turn in range(int(sys.argv[2])):
    number = None
    for answers in range(1, 7):
        number = history.save_attempt(attempt(answers, started=float(turn)), number)
        print(turn, answers, flush=True)
"""


def writer(path: Path, turns: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(path), str(turns)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )


def test_two_at_once_on_a_new_history_both_finish(path: Path) -> None:
    writers = [writer(path, 10) for _ in range(2)]
    assert [process.communicate(timeout=60) and process.returncode for process in writers] == [0, 0]
    with opened(path) as history:
        kept = list(history.load_attempts())
    assert len(kept) == 20
    assert all(one.attempt.finished_at for one in kept)


def test_a_kill_loses_no_saved_answer(path: Path) -> None:
    process = writer(path, 100_000)
    assert process.stdout
    lines = [process.stdout.readline() for _ in range(25)]
    process.send_signal(signal.SIGKILL)
    lines += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    turn, answers = map(int, lines[-1].split())
    with opened(path) as history:
        kept = list(history.load_attempts())
    assert [one.attempt.position for one in kept[:turn]] == [6] * turn
    assert kept[turn].attempt.position >= answers
    assert sum(one.attempt.position for one in kept) <= 6 * turn + answers + 1


def test_an_old_reader_sees_write_ahead_logging(path: Path) -> None:
    with opened(path), closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert other.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_saving_waits_a_while_for_another_process(path: Path) -> None:
    with opened(path) as history, opened(path) as other:
        other._connection.execute("BEGIN IMMEDIATE")
        history._connection.execute("PRAGMA busy_timeout = 50")
        began = time.monotonic()
        with pytest.raises(UnusableHistoryError, match="locked"):
            history.save_attempt(attempt(1), None)
        assert time.monotonic() - began >= 0.04
        other._connection.execute("ROLLBACK")
        assert history.save_attempt(attempt(1), None) == 1


def test_rules_language_and_time_are_read_back(path: Path) -> None:
    kept = replace(
        attempt(), rules=Rules(feedback="end", question_seconds=20.0, quiz_seconds=600.0), kiosk=True
    ).answer((3,), 5.0, 2.5)
    with opened(path) as history:
        number = history.save_attempt(kept, None)
        history.save_attempt(kept.in_language("en").answer(None, 6.0, 1.0), number)
        (read,) = history.load_attempts()
    assert read.attempt == kept.in_language("en").answer(None, 6.0, 1.0)


def test_lines_seen_and_replies_are_read_back(path: Path) -> None:
    known = attempt().answer((3,), 5.0, lines_seen=4, replies=(1, 0)).answer(None, 6.0, lines_seen=1)
    with opened(path) as history:
        history.save_attempt(known, None)
        (read,) = history.load_attempts()
    assert read.attempt == known


def test_a_history_of_the_first_release_is_converted_when_it_is_opened(path: Path) -> None:
    path.parent.mkdir()
    copy(Path(__file__).parent / "data" / "made-by-0.2.0" / "history.db", path)
    with opened(path) as history:
        (first, *_) = (stored.attempt for stored in history.load_attempts())
        assert {(each.lines_seen, each.replies) for each in first.answers} == {(None, ())}
        number = history.save_attempt(attempt().answer((3,), 5.0, lines_seen=4), None)
        assert next(
            stored.attempt.answers[0].lines_seen
            for stored in history.load_attempts()
            if stored.number == number
        )
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_the_best_result_is_of_finished_games_with_the_same_money_and_enough_questions(path: Path) -> None:
    game = playing(SCAM_CHAT, SCAM_MAIL, money=5000)
    with opened(path) as history:
        assert history.load_most_money_kept(5000, 2) is None
        history.save_attempt(game.answer((1,), 1.0, lines_seen=1), None)  # not finished
        history.save_attempt(replace(game, started=2.0, kiosk=True).answer((1,), 3.0).answer((1,), 4.0), None)
        assert history.load_most_money_kept(5000, 2) is None
        for started, response in ((10.0, (0,)), (20.0, (1,)), (30.0, (0,))):
            begun = replace(game, started=started).answer(response, started + 1, lines_seen=4)
            number = history.save_attempt(begun, None)
            history.save_attempt(begun.answer((1,), started + 2, lines_seen=1), number)
        assert history.load_most_money_kept(5000, 2) == 4100
        assert history.load_most_money_kept(5000, 3) is None
        assert history.load_most_money_kept(50_000, 2) is None


def test_kiosk_attempts_are_not_resumed_or_reviewed(path: Path) -> None:
    with opened(path) as history:
        history.save_attempt(attempt(1), None)
        history.save_attempt(replace(attempt(2), kiosk=True), None)
        latest = history.load_latest_attempt(only_unfinished=False)
        assert latest
        assert latest.number == 1
        assert [(review.question, review.right) for review in history.load_past_answers()] == [
            ("parcels/customs-text", True)
        ]


def test_practice_is_saved_but_not_resumed_or_scheduled(path: Path) -> None:
    with opened(path) as history:
        first = taken("+-++++")
        history.close_attempt(history.save_attempt(first, None))
        again = first.practise_missed(50.0)
        number = history.save_attempt(
            again.answer(again.quiz.questions[0].answer.correct_response("en"), 51.0), None
        )
        kept = list(history.load_attempts())
        assert [each.attempt.rules.is_practice for each in kept] == [False, True]
        assert kept[1].number == number
        assert kept[1].attempt.score() == Score(1, 1)
        assert len(history.load_past_answers()) == first.position
        assert history.load_latest_attempt(only_unfinished=False).attempt == first  # type: ignore[union-attr]
        history.save_attempt(first.practise_missed(60.0), None)
        assert history.load_latest_attempt(only_unfinished=True) is None


def with_repeats(marks: str, *, repeats: int) -> Attempt:
    """A quiz with a repeat quiz, taken by these marks, with so many repeats, all skipped."""
    quiz = sample_quiz()
    begun = replace(taken(marks), rules=Rules(repeat=True), repeat_quiz=replace(quiz, seed=8))
    for _ in range(repeats):
        assert begun.next_repeat is not None
        begun = begun.end_repeat(begun.begin_repeat(begun.next_repeat, 50.0).answer(None, 51.0, 2.0))
    return begun


def test_repeats_are_kept_with_their_quiz_but_not_scheduled(path: Path) -> None:
    with opened(path) as history:
        number = history.save_attempt(with_repeats("--++", repeats=0), None)
        history.save_attempt(with_repeats("--++", repeats=1), number)
    with opened(path) as history:
        stored = history.load_latest_attempt(only_unfinished=True)
        assert stored
        assert stored.attempt == with_repeats("--++", repeats=1)
        assert len(history.load_past_answers()) == 4
        history.save_attempt(stored.attempt.in_language("zh-Hans"), number)
        read = history.load_latest_attempt(only_unfinished=True)
        assert read
        assert read.attempt.repeat_quiz
        assert read.attempt.repeat_quiz.language == "zh-Hans"


def test_a_repeat_in_two_places_is_refused(path: Path) -> None:
    begun = with_repeats("--++", repeats=0)
    with opened(path) as history:
        number = history.save_attempt(begun, None)
        history.save_attempt(with_repeats("--++", repeats=1), number)
        other = begun.end_repeat(begun.begin_repeat(0, 60.0).answer("tea", 61.0))
        with pytest.raises(QuizgenError, match="also open elsewhere"):
            history.save_attempt(other, number)


def test_a_quiz_can_be_continued_until_its_results_were_seen(path: Path) -> None:
    with opened(path) as history:
        number = history.save_attempt(with_repeats("--++++", repeats=2), None)
        stored = history.load_latest_attempt(only_unfinished=True)
        assert stored
        assert (stored.closed, stored.attempt.next_repeat, stored.attempt.question) == (False, None, None)
        history.close_attempt(number)
        assert history.load_latest_attempt(only_unfinished=True) is None
        assert history.load_latest_attempt(only_unfinished=False).closed  # type: ignore[union-attr]


def test_a_damaged_repeat_quiz_does_not_keep_an_attempt_from_being_continued(path: Path) -> None:
    with opened(path) as history:
        history.save_attempt(with_repeats("-+++", repeats=0), None)
        history._connection.execute("UPDATE attempts SET repeat_quiz = '{}'")
        stored = history.load_latest_attempt(only_unfinished=True)
        assert stored
        assert stored.attempt == replace(with_repeats("-+++", repeats=0), repeat_quiz=None)


# A stall


def test_a_day_at_a_kiosk_counts_attempts_finished_on_it(path: Path) -> None:
    own = taken("++++++")
    with opened(path) as history:
        for marks, kiosk, day in (
            ("++++++", True, 0.0),
            ("+++---", True, 0.0),
            ("++", True, 0.0),
            ("------", True, 86400.0),
            ("++++++", False, 0.0),
        ):
            begun = taken(marks)
            answers = tuple(replace(each, at=each.at + day) for each in begun.answers)
            history.save_attempt(
                replace(begun, kiosk=kiosk, started=own.started + day, answers=answers), None
            )
        span = own.started, own.started + 86400.0
        assert [kept.attempt.position for kept in history.load_kiosk_attempts(*span)] == [6, 6, 2]
        assert history.load_kiosk_scores(*span) == [1.0, 0.5]
        assert history.load_kiosk_scores(0.0, own.started) == []
