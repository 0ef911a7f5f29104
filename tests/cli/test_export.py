"""``quizgen export``: all that is selected or a quiz of it, what a format cannot hold, and when cards were changed."""

import io
import json
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

from quizgen.bank import read_bank
from quizgen.formats import formats_by_name
from tests.cli.program import Program
from tests.formats.readers import read_gift

HELD = {"h5p": 3, "kahoot": 3, "wjx": 4}
"""How many of the six questions of the sample bank go into formats that do not hold all."""


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.mark.parametrize("form", formats_by_name("quiz"))
def test_an_export_of_a_selection_is_the_same_each_time(program: Program, form: str) -> None:
    held = HELD.get(form, 6)
    files = [program.folder / name for name in ("one", "two")]
    for file in files:
        done = program.here("export", form, file, "--bank", program.bank, "--skip")
        left_out = f"left out {6 - held} questions that {form} cannot hold\n" if held < 6 else ""
        assert (done.code, done.out, done.err) == (0, "", f"{file}: {held} questions\n{left_out}")
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_count_or_a_seed_draws_a_quiz(program: Program) -> None:
    whole = json.loads(program.here("export", "json", "-", "--bank", program.bank).out)
    assert (whole["seed"], len(whole["questions"])) == (None, 6)
    for words in (("-n", "3", "-s", "5"), ("-s", "5")):
        done = program.here("export", "json", "-", "--bank", program.bank, *words)
        assert done.err.endswith(", seed 5\n")
        taken = program.here("take", "--plain", "--bank", program.bank, *words, typed="q\n")
        drawn = json.loads(done.out)["questions"]
        assert drawn[0]["stem"] in taken.out
        assert len(drawn) == (3 if "-n" in words else 6)


def test_options_stand_in_an_order_that_is_their_questions_alone(program: Program) -> None:
    few = program.here("export", "gift", "-", "--bank", program.bank, "-k", "single").out
    all_ = program.here("export", "gift", "-", "--bank", program.bank).out
    assert read_gift(few)[0] in read_gift(all_)


def test_unsupported_questions_are_reported_before_writing(program: Program) -> None:
    file = program.folder / "quiz.xlsx"
    done = program.here("export", "kahoot", file, "--bank", program.bank, "-t", "callers")
    assert (done.code, done.out) == (1, "")
    hint = "leave out such questions with --skip, or choose others"
    assert done.err.splitlines() == [
        f"kahoot cannot hold callers/{slug}: it has no form for questions of the kind {kind}; {hint}"
        for slug, kind in (("who-does-what", "match"), ("what-first", "order"))
    ]
    assert not file.exists()
    done = program.here("export", "kahoot", file, "--bank", program.bank, "-t", "callers", "--skip")
    assert done.code == 0
    assert openpyxl.load_workbook(file).active["B9"].value == "Reading out a code on the phone is harmless."


def test_a_quiz_gets_other_questions_for_those_that_the_format_cannot_hold(program: Program) -> None:
    file = program.folder / "quiz.h5p"
    said = set()
    for seed in range(6):
        quiz = ("--bank", program.bank, "-n", "2", "-s", seed)
        drawn = json.loads(program.here("export", "json", "-", *quiz).out)["questions"]
        lost = sum(each["kind"] not in ("single", "multiple", "true-false") for each in drawn)
        done = program.here("export", "h5p", file, *quiz, "--skip", "--force")
        assert done.err.splitlines() == [f"{file}: 2 questions, seed {seed}", *_REPLACED[lost]]
        said.add(lost)
    assert said >= {1, 2}


_REPLACED = {
    0: [],
    1: ["another question replaces 1 that h5p cannot hold"],
    2: ["other questions replace 2 that h5p cannot hold"],
}


def test_a_quiz_is_shorter_if_the_format_can_hold_too_few_questions(program: Program) -> None:
    file = program.folder / "quiz.h5p"
    done = program.here("export", "h5p", file, "--bank", program.bank, "-n", "6", "-s", "1", "--skip")
    assert done.code == 0
    assert done.err.endswith("quiz.h5p: 3 questions, seed 1\nleft out 3 questions that h5p cannot hold\n")


@pytest.mark.parametrize(("form", "mark"), [("gift", "$CATEGORY"), ("moodle", '<question type="category">')])
def test_a_quiz_is_one_category_and_a_selection_has_one_for_each_topic(
    program: Program, form: str, mark: str
) -> None:
    quiz = program.here("export", form, "-", "-n", "10", "-s", "7", "-l", "en").out
    (_, named) = quiz.split(mark)
    assert "Phone and online fraud: what do you know?" in named[:120]
    topics = {
        each["topic"]
        for each in json.loads(program.here("export", "json", "-", "-k", "fill").out)["questions"]
    }
    assert program.here("export", form, "-", "-k", "fill").out.count(mark) == len(topics) > 1


@pytest.mark.parametrize("form", ["gift", "moodle"])
def test_questions_of_a_quiz_come_back_into_their_topics(program: Program, form: str) -> None:
    quiz = ("-k", "single", "-n", "5", "-s", "2", "-l", "en")
    drawn = json.loads(program.here("export", "json", "-", *quiz).out)["questions"]
    file, bank = program.folder / "quiz", program.folder / "new"
    program.here("export", form, file, *quiz)
    assert program.here("bank", "init", bank, "--languages", "en", "--from", form, file).code == 0
    assert {*read_bank([bank]).questions} == {each["id"] for each in drawn}


def test_a_format_that_can_hold_nothing_says_so(program: Program) -> None:
    done = program.here(
        "export", "wjx", "-", "--bank", program.bank, "-k", "order", "--skip", "-l", "zh-Hant"
    )
    assert (done.code, done.out) == (1, "")
    assert done.err == "這些題 wjx 一道也無法表示；請另選題目，或換一種格式\n"
    done = program.here("export", "wjx", "-", "--bank", program.bank, "-k", "order", "-l", "zh-Hans")
    assert done.err.startswith("wjx 无法表示 callers/what-first：该格式没有 order 这种题型；请用 --skip")


def test_cards_have_the_time_of_the_last_change_of_the_bank(program: Program) -> None:
    notes = []
    for changed in (1_600_000_000, 1_700_000_000):
        for file in program.bank.iterdir():
            os.utime(file, (changed, changed))
        file = program.folder / f"{changed}.apkg"
        assert program.here("export", "anki", file, "--bank", program.bank).code == 0
        with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as package:
            notes.append(package.read("collection.anki2"))
    assert notes[0] != notes[1]
    assert len(notes[0]) == len(notes[1])
