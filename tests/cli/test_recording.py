"""What a quiz does with answers that cannot be saved, for a while or to the end."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizgen.attempt import Attempt
from quizgen.cli.recording import AttemptRecorder
from quizgen.errors import problem
from quizgen.history import DamagedHistoryError, History, open_history
from quizgen.text.messages import _
from tests.test_history import attempt as taken

FULL = "CREATE TRIGGER full BEFORE INSERT ON answers BEGIN SELECT RAISE(ABORT, 'no room'); END"
ROOM = "DROP TRIGGER full"


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with closing(open_history(tmp_path / "history.db")[0]) as history:
        yield history


def visitor(number: int, answers: int) -> Attempt:
    return replace(taken(answers, started=1000.0 * number, language="en"), kiosk=True)


def kept(history: History) -> dict[float, int]:
    """Tell how many answers are kept of each attempt, by when it began."""
    return {each.attempt.started: each.attempt.position for each in history.load_attempts()}


def test_unsaved_answers_are_saved_with_the_next_one(
    history: History, capsys: pytest.CaptureFixture[str]
) -> None:
    recorder = AttemptRecorder(history)
    recorder.on_screen = True
    assert recorder(visitor(1, 1))
    history._connection.execute(FULL)
    assert [recorder(visitor(1, 2)), recorder(visitor(2, 1)), recorder(visitor(3, 1))] == [False] * 3
    before = recorder.has_saved_all
    history._connection.execute(ROOM)
    assert recorder(visitor(4, 1))
    assert (before, recorder.has_saved_all) == (False, True)
    assert kept(history) == {1000.0: 2, 2000.0: 1, 3000.0: 1, 4000.0: 1}
    recorder.end("en", is_kiosk=True)
    assert capsys.readouterr().err == ""


def test_the_last_answer_of_all_is_tried_once_more_at_the_end(
    history: History, capsys: pytest.CaptureFixture[str]
) -> None:
    recorder = AttemptRecorder(history)
    history._connection.execute(FULL)
    assert not recorder(visitor(1, 1))
    assert capsys.readouterr().err.endswith("its answers are not being saved\n")
    history._connection.execute(ROOM)
    recorder.end("en")
    assert capsys.readouterr().err == "all answers have been saved after all\n"
    assert kept(history) == {1000.0: 1}


@pytest.mark.parametrize(("count", "of"), [(1, "one visitor"), (3, "3 visitors")])
def test_a_kiosk_reports_at_the_end_how_many_are_not_saved(
    history: History, capsys: pytest.CaptureFixture[str], count: int, of: str
) -> None:
    recorder = AttemptRecorder(history)
    recorder.on_screen = True
    history._connection.execute(FULL)
    for number in range(count):
        assert not recorder(visitor(number, 1))
        assert not recorder(visitor(number, 2))
    assert capsys.readouterr().err == ""
    recorder.end("en", is_kiosk=True)
    why, what = capsys.readouterr().err.splitlines()
    assert "no room" in why
    assert what == f"some answers of {of} could not be saved"
    assert kept(history) == {}


def test_a_history_moved_during_a_screen_is_reported_at_the_end(
    history: History, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_details: object) -> int:
        raise DamagedHistoryError(problem(_("this history is damaged"), file=str(history.path)))

    recorder = AttemptRecorder(history)
    recorder.on_screen = True
    assert recorder(visitor(1, 1))
    monkeypatch.setattr(history, "save_attempt", damaged)
    assert recorder(visitor(1, 2))
    assert capsys.readouterr().err == ""
    recorder.end("en")
    aside = history.path.with_name("history.db.damaged")
    said = capsys.readouterr().err
    assert said == f"{aside}: the history was damaged and has been moved here; a new one is started\n"
    anew = recorder._history
    assert anew
    with closing(anew):
        assert kept(anew) == {1000.0: 2}
