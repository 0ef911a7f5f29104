"""``quizgen present`` on terminals of its own, with the guide beside it."""

import stat
from pathlib import Path

import pytest

from quizgen.assemble import Recipe, assemble
from quizgen.bank import read_bank
from quizgen.cli.options import Selection
from quizgen.cli.present import TalkFile, _handout_command, make_talk_reader
from quizgen.errors import QuizgenError, problem
from quizgen.screen.presenting.talk import TalkHost, handle_key, start_talk
from quizgen.text.messages import _
from tests.banks import sample_quiz
from tests.cli.program import Program
from tests.cli.test_fullscreen import Screen
from tests.cli.test_take import SIX, named


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.mark.parametrize("options", [(), ("--guide",)])
def test_without_a_terminal_it_says_so_in_a_line(program: Program, options: tuple[str, ...]) -> None:
    done = program.here("present", *options)
    assert (done.code, done.out) == (2, "")
    assert done.err == "presenting needs a terminal with a full screen; use a terminal with UTF-8\n"
    assert program.here("present", LC_ALL="zh_TW.UTF-8").err.startswith("講座需要用到終端機的全螢幕")


def test_a_talk_and_its_guide_on_two_terminals(program: Program) -> None:
    room = Screen(program, "present", "--bank", program.bank, *named(SIX), "-s", 3, size=(30, 100))
    room.sees("Seed 3")
    guide = Screen(program, "present", "--guide", "-l", "zh-Hans", size=(24, 80))
    guide.sees("屏幕上：标题")
    file = program.folder / "cache" / "quizgen" / "present.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    quiz = assemble(read_bank([program.bank]), Recipe(questions=SIX), 3, "en")
    room.presses("\x1b[6~")  # as a remote control sends PageDown
    room.sees(quiz.questions[0].stem["en"][:30])
    guide.sees("屏幕上：题目")
    room.presses(" ", "b", "1", "2", "\r")
    room.sees(" 12")
    guide.sees("12")
    room.presses("q", "y")
    code, last = room.ends()
    assert code == 0
    printed = f"quizgen handout talk.pdf --seed 3 {' '.join(f'--question {id_}' for id_ in SIX)} --bank {program.bank}"
    assert last.strip() == f"Presented 1 of 6 questions, seed 3. All of them on paper:\n  {printed}"
    guide.sees("讲座已结束")
    assert not file.exists()
    guide.presses("q")
    assert guide.ends()[0] == 0


def test_the_guide_reads_a_shared_talk_again_after_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    talk = start_talk(sample_quiz(), TalkHost("Ours"), 5.0)
    follow = make_talk_reader()

    def unlucky(path: Path) -> bytes:
        raise QuizgenError(problem(_("you have no permission to read this"), file=str(path)))

    with TalkFile() as shared:
        shared.write(talk)
        with monkeypatch.context() as once:
            once.setattr("quizgen.cli.present.read_user_file", unlucky)
            assert follow() is None
        assert follow() == talk


def test_the_guide_follows_a_talk_until_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    talk = start_talk(sample_quiz(), TalkHost("Ours"), 5.0)
    follow = make_talk_reader()
    assert follow() is None
    with TalkFile() as shared:
        shared.write(talk)
        assert follow() == talk
        later = handle_key(talk, "space", 9.0)
        shared.write(later)
        assert follow() == later
        (tmp_path / "quizgen" / "present.json").write_text('{"pid": 1}')
        assert follow() is None
        shared.write(later)
        assert follow() == later
    assert follow() is None
    assert list((tmp_path / "quizgen").iterdir()) == []


def test_the_command_that_prints_the_same_questions_repeats_what_was_chosen() -> None:
    chosen = Selection(count=5, topic=["a b", "c"], seed=3, lang="zh-Hans")
    assert _handout_command(chosen, 3) == (
        "quizgen handout talk.pdf --seed 3 --count 5 --topic 'a b' --topic c --lang zh-Hans"
    )


def test_a_talk_continues_if_it_cannot_be_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "quizgen").write_text("a file where the folder should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with TalkFile() as shared:
        shared.write(start_talk(sample_quiz(), TalkHost(), 5.0))
    assert isinstance(shared.failure, OSError)


def test_the_guide_chooses_nothing_itself(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizgen.cli.present.supports_fullscreen", lambda: True)
    done = program.here("present", "--guide", "-n", "3")
    assert (done.code, done.out) == (2, "")
    assert "leave out all options except --lang and --theme" in done.err
