"""CONTRIBUTING says how a format is added: here one is, in a copy, as one module each for a quiz and for the history."""

from pathlib import Path

from tests.recipes.copied import Copy

FORMAT = '''
"""Stems alone, a line each."""

from quizgen.formats.format import Format
from quizgen.formats.records import QuizExport


def _quiz_to_bytes(quiz: QuizExport) -> bytes:
    return "".join(f"{question.stem}\\n" for question in quiz.questions).encode()


FORMAT = Format(name="stems", suffix=".txt", subject="quiz", write=_quiz_to_bytes)
'''


READ = '''
"""True and false statements: a line each, which begins with + or -."""

from functools import partial

from quizgen.author.imported_question import ImportedQuestion
from quizgen.formats.format import Format
from quizgen.formats.reading import ReadResult, UnsupportedQuestionError, collect_questions, decode_text, make_true_false, join_lines
from quizgen.formats.records import QuizExport
from quizgen.text.messages import _


def _quiz_to_bytes(quiz: QuizExport) -> bytes:
    return "".join(f"+{question.stem}\\n" for question in quiz.questions).encode()


def _read_file(data: bytes, language: str, name: str) -> ReadResult:
    lines = decode_text(data, name).splitlines()
    return collect_questions(((number, partial(_read_question, number, line)) for number, line in enumerate(lines, 1)), name)


def _read_question(number: int, line: str) -> ImportedQuestion:
    if line[:1] not in ("+", "-"):
        raise UnsupportedQuestionError(_("question, options or answer are missing"))
    return ImportedQuestion(number, join_lines(line[1:]), make_true_false(is_true=line[0] == "+"))


FORMAT = Format(name="signs", suffix=".txt", subject="quiz", write=_quiz_to_bytes, read=_read_file)
'''


OF_HISTORY = '''
"""Scores alone, a line each."""

from typing import Any

from quizgen.formats.format import Format


def _history_to_bytes(attempts: list[dict[str, Any]]) -> bytes:
    return "".join(f"{attempt['score']}\\n" for attempt in attempts).encode()


FORMAT = Format(name="scores", suffix=".txt", subject="history", write=_history_to_bytes)
'''


def test_a_format_is_one_module(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.add("quizgen/formats/stems.py", FORMAT)
    out = tmp_path / "out.txt"
    chosen = ("--bank", copy.bank, "-q", "parcels/customs-text", "-s", "7", "-l", "zh-Hant")
    done = copy.run("export", "stems", out, *chosen)
    assert (done.out, done.err) == ("", f"{out}：1 道題，卷號 7\n")
    assert out.read_text(encoding="utf-8").startswith("簡訊說您的包裹")
    assert copy.run("export", "stems", "-", *chosen).out == out.read_text(encoding="utf-8")
    assert "stems, wjx (" in " ".join(copy.run("export", "--help").out.split())
    assert copy.run("export", "stem", "x", code=2).err == "there is no format 'stem'; did you mean stems?\n"
    assert copy.run("export", "stems", out, code=1).err.startswith(f"{out}: the file exists; ")
    assert copy.touched() == {"quizgen/formats/stems.py"}


def test_a_format_of_the_history_is_one_module(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.add("quizgen/formats/scores.py", OF_HISTORY)
    copy.run("take", "--plain", "--bank", copy.bank, "-n", "1", typed="s\n")
    copy.run("history", "export", tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "0\n"
    assert copy.run("history", "export", "-", "--format", "scores").out == "0\n"
    shown = copy.run("history", "export", "--help").out
    assert "The file to make, .csv, .json or .txt, or" in shown
    assert "csv, json or scores" in shown
    assert copy.touched() == {"quizgen/formats/scores.py"}


def test_a_format_with_a_reader_is_one_module(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.add("quizgen/formats/signs.py", READ)
    file, bank = tmp_path / "statements.txt", tmp_path / "own"
    file.write_text("+Water is wet.\n-Fire is cold.\nWhat is this?\n", encoding="utf-8")
    made = ("bank", "init", bank, "--languages", "en", "--from", "signs", file)
    assert f"{file}:3" in copy.run(*made, code=1).err
    file.write_text("+Water is wet.\n-Fire is cold.\n", encoding="utf-8")
    copy.run(*made)
    shown = copy.run("bank", "list", "--bank", bank).out
    assert "Water is wet." in shown
    assert "Fire is cold." in shown
    assert copy.touched() == {"quizgen/formats/signs.py"}
