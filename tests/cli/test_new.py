"""``quizgen bank new``: through a pipe and at a terminal, finished or left, and where no file can be written."""

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizgen.bank import check_bank, read_bank
from quizgen.cli import bank_new as new
from quizgen.kinds import KINDS
from tests.author.test_interview import ANSWERS, EXPECTED
from tests.cli.program import PATIENCE, Program, full_disk_command, unprivileged_command
from tests.cli.test_terminal import Person
from tests.exhibit_bank import exhibit_quiz
from tests.test_bank import FAULTY, as_files

LINES = (
    "parcels", "single", "apply", "2", "no-fee",
    "Does the office take a fee by text?", "储蓄所会发短信收费吗？", *ANSWERS["single"],
    "It takes none in this way.", "它不这样收费。", "Ask at the counter.", "请您到柜台问问。", "", "fee-by-text", "y",
)  # fmt: skip
WRITTEN = """\
- id: fee-by-text
  kind: single
  level: apply
  difficulty: 2
  facts: [no-fee]
  stem:
    en: Does the office take a fee by text?
    zh-Hans: 储蓄所会发短信收费吗？
  key: {en: "No", zh-Hans: 不会}
  distractors:
  - {en: "Yes", zh-Hans: 会}
  - {en: At night, zh-Hans: 夜里会}
  rationale:
    en: It takes none in this way.
    zh-Hans: 它不这样收费。
  advice:
    en: Ask at the counter.
    zh-Hans: 请您到柜台问问。
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    return Program(tmp_path)


@pytest.fixture
def file(program: Program) -> Path:
    return program.bank / "0.yaml"


def typed(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def test_a_question_can_be_piped_in(program: Program, file: Path) -> None:
    before = file.read_text(encoding="utf-8")
    file.chmod(0o640)
    done = program.here("bank", "new", "--bank", program.bank, typed=typed(*LINES))
    assert (done.code, done.err) == (0, "")
    assert file.read_text(encoding="utf-8") == before + WRITTEN
    line = before.count("\n") + 1
    assert done.out.splitlines()[-1] == f"written: bank/0.yaml:{line}"
    assert check_bank([program.bank]).problems == []
    assert "parcels/fee-by-text" in read_bank([program.bank]).questions
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in program.bank.iterdir()) == ["0.yaml", "1.yaml", "sources.yaml"]


@pytest.mark.parametrize("kind", ANSWERS)
def test_each_kind_is_asked_for_and_written(program: Program, file: Path, kind: str) -> None:
    blank = " ____" if KINDS[kind].has_blank else ""
    stem = (f"Does the office take a fee by text{blank}?", f"储蓄所会发短信收费吗{blank}？")
    lines = ["parcels", kind, "apply", "2", "no-fee", *stem, *ANSWERS[kind]]
    lines += ["It takes none in this way.", "它不这样收费。", "-", "signs, what-first", "fee-by-text", "y"]
    done = program.here("bank", "new", "--bank", program.bank, typed=typed(*lines))
    assert done.code == 0, done.out + done.err
    assert check_bank([program.bank]).problems == []
    entry = yaml.safe_load(file.read_text(encoding="utf-8"))["questions"][-1]
    assert {key: entry[key] for key in EXPECTED[kind]} == EXPECTED[kind]
    assert entry["enemies"] == ["signs", "callers/what-first"]
    question = read_bank([program.bank]).questions["parcels/fee-by-text"]
    assert KINDS[kind].build_entry(question.answer) == EXPECTED[kind]


def test_every_kind_is_asked_for_here() -> None:
    about_exhibits = {name for name, kind in KINDS.items() if kind.needs_exhibit}
    assert ANSWERS.keys() | about_exhibits == KINDS.keys()
    assert about_exhibits == {"judge", "spot"}


@pytest.mark.parametrize(("kind", "number"), [("judge", "3"), ("spot", "2")])
@pytest.mark.parametrize("stem", [("-",), ("What is this call?", "这是什么电话？")])
def test_each_kind_about_an_exhibit_can_be_written(
    tmp_path: Path, program: Program, kind: str, number: str, stem: tuple[str, ...]
) -> None:
    bank = as_files(exhibit_quiz().bank, tmp_path / "exhibits")
    lines = ["callers", kind, "apply", "2", number, "code", *stem]
    lines += ["It asks what for.", "它问用途。", "Answer it.", "如实回答。", "asked-about-call", "y"]
    done = program.here("bank", "new", "--bank", bank, typed=typed(*lines))
    assert done.code == 0, done.out + done.err
    assert f"\n  {number}  call (call, genuine)\n     The harbour savings office: You are about" in done.out
    question = read_bank([bank]).questions["callers/asked-about-call"]
    assert (question.kind, question.exhibit) == (kind, "callers/call")
    usual = {"judge": "Genuine, or a scam?", "spot": "This is genuine. Which line shows it?"}[kind]
    assert question.stem["en"] == (usual if stem == ("-",) else stem[0])
    assert f"Stem of its own, in English (Enter for {usual})" in done.out
    entry = yaml.safe_load((bank / "1.yaml").read_text(encoding="utf-8"))["questions"][-1]
    assert entry.keys() == {
        "id", "kind", "level", "difficulty", "facts", "exhibit", "rationale", "advice",
        *(["stem"] if stem != ("-",) else []),
    }  # fmt: skip


def test_an_unfinished_question_about_an_exhibit_is_offered_again(tmp_path: Path, program: Program) -> None:
    bank = as_files(exhibit_quiz().bank, tmp_path / "exhibits")
    done = program.here("bank", "new", "--bank", bank, typed=typed("callers", "judge", "apply", "2", "call"))
    assert done.code == 1
    assert "So far:\n\n  - kind: judge\n    level: apply\n    difficulty: 2\n    exhibit: call\n" in done.out


def test_a_bank_without_exhibits_is_asked_for_no_kind_about_them(program: Program) -> None:
    done = program.here("bank", "new", "--bank", program.bank, "-k", "judge")
    assert done.code == 2
    assert "the bank has no exhibit that suits a question of the kind judge; write one" in done.err
    done = program.here("bank", "new", "--bank", program.bank, typed=typed("parcels", "judge"))
    others = ", ".join(name for name, kind in KINDS.items() if not kind.needs_exhibit)
    assert f"there is no kind 'judge': {others}" in done.out
    done = program.here("bank", "new", "--bank", program.bank, typed=typed("parcels", "singel"))
    assert f"there is no kind 'singel': {others}; did you mean single?" in done.out


def test_it_is_shown_before_it_is_written(program: Program) -> None:
    out = program.here("bank", "new", "--bank", program.bank, typed=typed(*LINES)).out
    _, _, shown = out.partition("In bank/0.yaml:\n\n")
    assert shown.startswith(WRITTEN)
    assert "Question 1 of 1 · Parcels and fees\nDoes the office take a fee by text?\n" in shown
    assert "\n为什么：它不这样收费。\n" in shown
    assert "Write it? (y or n, or < to go back)" in shown


def test_only_findings_on_the_new_question_are_shown(program: Program, file: Path) -> None:
    lines = list(LINES)
    lines[5] = "Does the office take a fee by text, do you think?"
    out = program.here("bank", "new", "--bank", program.bank, typed=typed(*lines)).out
    said = [line for line in out.splitlines() if line.startswith("bank/")]
    row = file.read_text(encoding="utf-8").splitlines().index(f"    en: {lines[5]}") + 1
    assert any(
        line.startswith(f"bank/0.yaml:{row}:9: warning: the stem asks for an opinion") for line in said
    )
    assert all(int(line.split(":")[1]) >= row - 6 for line in said)  # the sample bank has flaws of its own


def test_options_given_on_the_command_line_are_not_asked(program: Program) -> None:
    arguments = ("bank", "new", "--bank", program.bank, "-t", "parcels", "-k", "single", "--level", "apply")
    done = program.here(*arguments, typed=typed(*LINES[3:]))
    assert done.code == 0
    assert "Topic" not in done.out


@pytest.mark.parametrize("count", [0, 1, 5, 6, 10, len(LINES) - 1])
@pytest.mark.parametrize("end", ["", "\n", "  \n"])
def test_an_empty_line_and_the_end_of_input_write_nothing(
    program: Program, file: Path, count: int, end: str
) -> None:
    before = file.read_bytes()
    done = program.here("bank", "new", "--bank", program.bank, typed=typed(*LINES[:count]) + end)
    assert (done.code, done.err) == (1, "nothing is written\n")
    assert file.read_bytes() == before
    assert ("So far:" in done.out) == (7 <= count < len(LINES) - 1)


def test_answering_no_writes_nothing(program: Program, file: Path) -> None:
    before = file.read_bytes()
    done = program.here("bank", "new", "--bank", program.bank, typed=typed(*LINES[:-1], "what", "n"))
    assert (done.code, done.err, file.read_bytes()) == (1, "nothing is written\n", before)


def test_a_step_can_be_undone_even_at_the_end(program: Program, file: Path) -> None:
    lines = (*LINES[:-4], "您问问。", "", "<", "<", "<", "<", "它从不这样收费。", "", *LINES[-4:])
    done = program.here("bank", "new", "--bank", program.bank, typed=typed(*lines))
    assert done.code == 0
    assert "Advice: what a person can do, in English [Ask at the counter.] (- for none)" in done.out
    expected = WRITTEN.replace("它不这样收费", "它从不这样收费")
    assert file.read_text(encoding="utf-8").endswith(expected)


def test_a_file_that_has_changed_is_not_overwritten(program: Program, file: Path) -> None:
    with program.process("bank", "new", "--bank", program.bank) as process:
        for line in typed(*LINES[:-1]):
            process.stdin.write(line)
        process.stdin.flush()
        for line in process.stdout:
            if line.startswith("Write it?"):
                break
        changed = file.read_bytes() + b"# somebody else was here\n"
        file.write_bytes(changed)
        out, err = process.communicate("y\n", timeout=PATIENCE)
    assert process.returncode == 1
    what = "this file was changed in the meantime, so nothing is written"
    assert err == f"bank/0.yaml: {what}; add the entry shown above by hand, or start again\n"
    assert "written:" not in out
    assert file.read_bytes() == changed


# Where nothing can be written


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-t", "tea"), "no topic 'tea'"),
        (("-k", "essay"), "no kind 'essay'"),
        (("--level", "guess"), "no level 'guess'"),
    ],
)
def test_an_unknown_word_is_misuse(program: Program, arguments: tuple[str, ...], said: str) -> None:
    done = program.here("bank", "new", "--bank", program.bank, *arguments)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert said in done.err


def test_a_damaged_bank_is_reported_and_not_changed(program: Program) -> None:
    done = program.here("bank", "new", "--bank", FAULTY, typed=typed(*LINES))
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [str(problem) for problem in check_bank([FAULTY]).problems]


def test_a_bank_without_topics_or_facts_has_nothing_to_ask_for(program: Program) -> None:
    for name in ("0.yaml", "1.yaml"):
        (program.bank / name).unlink()
    done = program.here("bank", "new", "--bank", program.bank)
    what = "bank: this bank has no topic for a question; write a file with `topic` and `title` first\n"
    assert (done.code, done.out, done.err) == (1, "", what)
    (program.bank / "sources.yaml").write_text(
        "topic: tea\ntitle: {en: Tea, zh-Hans: 茶}\n", encoding="utf-8"
    )
    done = program.here("bank", "new", "--bank", program.bank)
    what = "bank: this bank has no fact to base a question on; add a text with `quizgen source add`, or write a fact first\n"
    assert (done.code, done.out, done.err) == (1, "", what)


@pytest.mark.parametrize("command", [("bank", "new"), ("bank", "accept"), ("source", "add", "text.txt")])
def test_a_bank_is_changed_only_if_it_is_named(program: Program, command: tuple[str, ...]) -> None:
    done = program.here(*command, typed=typed(*LINES))
    what = "this command changes a question bank, and none is named; name yours with --bank, or create one with `quizgen bank init`\n"
    assert (done.code, done.out, done.err) == (2, "", what)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("0.yaml", "bank/0.yaml: this file is write-protected; give yourself permission to write to it\n"),
        ("", "bank/0.yaml: its folder is write-protected; name another\n"),
    ],
)
def test_a_read_only_bank_is_reported_once_the_topic_is_known(program: Program, name: str, what: str) -> None:
    (program.bank / name).chmod(0o555)
    done = program.apart("bank", "new", "--bank", "bank", typed=typed("parcels"), by=unprivileged_command())
    (program.bank / name).chmod(0o755)
    assert (done.code, done.err) == (1, what)
    assert "Kind" not in done.out


def test_a_file_in_brackets_is_reported_once_the_topic_is_known(program: Program, file: Path) -> None:
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    file.write_text(yaml.safe_dump(data, allow_unicode=True, default_flow_style=True), encoding="utf-8")
    done = program.here("bank", "new", "--bank", program.bank, typed=typed(*LINES))
    what = "the questions in this file are written in brackets or braces; put each question on separate lines first"
    assert (done.code, done.err) == (1, f"bank/0.yaml: {what}\n")
    assert "Kind" not in done.out


def test_one_file_of_a_bank_takes_questions_on_its_own_topic(program: Program, file: Path) -> None:
    done = program.here("bank", "new", "--bank", file, typed=typed("callers"))
    what = "bank/0.yaml: the topic callers is in another file of this folder; name the folder\n"
    assert (done.code, done.err) == (1, what)
    assert program.here("bank", "new", "--bank", file, typed=typed(*LINES)).code == 0
    assert file.read_text(encoding="utf-8").endswith(WRITTEN)


def test_a_link_stays_a_link(program: Program, file: Path) -> None:
    real = file.rename(program.folder / "real.yaml")
    file.symlink_to(real)
    assert program.here("bank", "new", "--bank", program.bank, typed=typed(*LINES)).code == 0
    assert file.is_symlink()
    assert real.read_text(encoding="utf-8").endswith(WRITTEN)


def test_chinese_is_read_from_streams_with_another_encoding(program: Program, file: Path) -> None:
    done = program.apart(
        *("bank", "new", "--bank", "bank"),
        typed=typed(*LINES),
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONIOENCODING="latin-1",
    )
    assert (done.code, done.err) == (0, "")
    assert file.read_text(encoding="utf-8").endswith(WRITTEN)


def test_a_full_disk_leaves_the_file_as_it_was(program: Program, file: Path) -> None:
    before = file.read_bytes()
    done = program.apart("bank", "new", "--bank", "bank", typed=typed(*LINES), by=full_disk_command())
    assert (done.code, done.err) == (
        1,
        "bank/0.yaml: cannot write the file: file too large; nothing was changed; free some disk space, or name another file\n",
    )
    assert file.read_bytes() == before
    assert sorted(path.name for path in program.bank.iterdir()) == ["0.yaml", "1.yaml", "sources.yaml"]


# At a terminal


def test_a_person_types_chinese_at_a_terminal(program: Program, file: Path) -> None:
    before = file.read_text(encoding="utf-8")
    person = Person(program, "bank", "new", "--bank", program.bank, LC_ALL="C.UTF-8", size=(40, 60))
    person.types(*LINES[:6], "储蓄所会发短信", *LINES[7:8], "<", "<", *LINES[6:], "n")
    code, last = person.stays()
    assert code == 0, last
    assert file.read_text(encoding="utf-8") == before + WRITTEN
    assert "\nwritten: " in person.seen.replace("\r", "")


def test_at_a_terminal_enter_is_no_answer_where_there_is_nothing_in_brackets(program: Program) -> None:
    person = Person(program, "bank", "new", "--bank", program.bank, LC_ALL="C.UTF-8")
    person.types("", LINES[0])
    assert "this needs an answer; press Ctrl-C to leave" in person.seen
    assert "Kind: a number or a name [single]" in person.waits()
    person.terminal.send("\x04")
    assert person.stays()[0] == 1


def test_another_question_may_follow(program: Program, file: Path) -> None:
    person = Person(program, "bank", "new", "--bank", program.bank, "-t", "parcels", LC_ALL="C.UTF-8")
    person.types(*LINES[1:], "", *LINES[1:-2], "", "y", "n")
    assert person.stays()[0] == 0
    ids = [each["id"] for each in yaml.safe_load(file.read_text(encoding="utf-8"))["questions"]]
    assert ids[-2:] == ["fee-by-text", "office-fee-text"]


@pytest.mark.parametrize(("key", "code"), [("\x04", 1), ("\x03", 130)], ids=["Ctrl-D", "Ctrl-C"])
@pytest.mark.parametrize("count", [0, len(LINES) - 1])
def test_leaving_writes_nothing(program: Program, file: Path, key: str, code: int, count: int) -> None:
    before = file.read_bytes()
    person = Person(program, "bank", "new", "--bank", program.bank, LC_ALL="C.UTF-8")
    person.types(*LINES[:count])
    person.waits()
    person.terminal.send(key)
    ended, last = person.stays()
    assert ended == code
    assert "nothing is written" in last
    assert ("so far:" in last.lower()) == (count == 9)
    assert file.read_bytes() == before


def test_what_was_left_half_done_is_offered_the_next_time(program: Program, file: Path) -> None:
    arguments = ("bank", "new", "--bank", program.bank)
    person = Person(program, *arguments, "--audience", "work", LC_ALL="C.UTF-8")
    person.types(*LINES[:9])
    person.waits()
    person.terminal.send("\x03")
    ended, last = person.stays()
    assert ended == 130
    assert "saved" in last
    again = Person(program, *arguments, LC_ALL="C.UTF-8")
    assert "unfinished" in again.types("y")
    again.types(*LINES[9:], "n")
    assert again.stays()[0] == 0
    expected = WRITTEN.replace("  level: apply\n", "  audience: work\n  level: apply\n")
    assert file.read_text(encoding="utf-8").endswith(expected)
    assert not (program.data / "draft.json").exists()


def test_a_failing_terminal_loses_nothing_that_was_typed(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = new._insert_and_preview

    def failing(*arguments: Any) -> Any:
        shown(*arguments)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(new, "is_interactive", lambda: True)
    monkeypatch.setattr(new, "_insert_and_preview", failing)
    monkeypatch.setattr("quizgen.cli._print_os_error", lambda _: 1)  # which says so, of a process of its own
    done = program.here("bank", "new", "--bank", program.bank, typed=typed(*LINES))
    assert done.code == 1
    assert json.loads((program.data / "draft.json").read_bytes())["lines"] == list(LINES[:-1])


def test_a_draft_that_is_not_wanted_is_dropped(program: Program) -> None:
    (program.data).mkdir(exist_ok=True)
    draft = program.data / "draft.json"
    draft.write_text(json.dumps({"places": [str(program.bank.resolve())], "lines": ["nonsense"]}))
    person = Person(program, "bank", "new", "--bank", program.bank, LC_ALL="C.UTF-8")
    person.types("what?", "n")
    person.waits()
    assert not draft.exists()
    person.terminal.send("\x04")
    assert person.stays()[0] == 1
    assert not draft.exists()  # nothing was typed


ARTICLE = """\
The savings office asks for no fee by text, and it sends nobody to your door on a Sunday.

Whoever is unsure may ring the office, which answers from nine to five on weekdays, and asks for nothing.
"""


def test_a_question_may_begin_at_a_passage_of_a_text_beside_the_bank(
    program: Program, tmp_path: Path
) -> None:
    bank = tmp_path / "own"
    bank.mkdir()
    (bank / "bank.yaml").write_text("languages: [en]\n", encoding="utf-8")
    (bank / "calls.yaml").write_text("topic: calls\ntitle: {en: Calls}\nquestions: []\n", encoding="utf-8")
    (bank / "article.txt").write_text(ARTICLE, encoding="utf-8")
    about = ("--title", "At the door", "--publisher", "Harbour Gazette")
    assert program.here("source", "add", bank / "article.txt", "--bank", bank, *about).code == 0
    lines = ["true-false", "", "1", "", "1", "The office sends nobody to your door.", ""]
    lines += ["A clerk of the savings office stands at your door.", "f", "It sends nobody.", "", "", "y"]
    done = program.here("bank", "new", "--bank", bank, typed=typed(*lines))
    assert (done.code, done.err) == (0, ""), done.out
    assert f"\n{ARTICLE.splitlines()[0]}\n" in done.out
    assert "separated by ; [sends nobody to your door]" in done.out
    assert (bank / "calls.yaml").read_text(encoding="utf-8") == (
        "topic: calls\ntitle: {en: Calls}\nfacts:\n"
        "  - id: office-sends-door\n    statement: {en: The office sends nobody to your door.}\n"
        "    cites: [door/p1]\n    terms: [sends nobody to your door]\n"
        "questions:\n"
        "  - id: clerk-savings-office-stands\n    kind: true-false\n    level: apply\n    difficulty: 1\n"
        "    facts: [office-sends-door]\n    stem:\n      en: A clerk of the savings office stands at your door.\n"
        "    key: false\n    rationale:\n      en: It sends nobody.\n"
    )
    assert check_bank([bank]).problems == []


def test_a_pair_of_twins_is_written_with_a_question_about_each(program: Program, tmp_path: Path) -> None:
    bank = tmp_path / "own"
    bank.mkdir()
    (bank / "bank.yaml").write_text("languages: [en]\noptional: [facts]\n", encoding="utf-8")
    (bank / "calls.yaml").write_text("topic: calls\ntitle: {en: Calls}\nquestions: []\n", encoding="utf-8")
    done = program.here("bank", "new", "exhibit", "--bank", bank, typed=typed("call"))
    assert (done.code, done.err.partition(";")[0]) == (1, "own: this bank has no fact to base a question on")
    (bank / "article.txt").write_text(ARTICLE, encoding="utf-8")
    about = ("--title", "At the door", "--publisher", "Harbour Gazette")
    assert program.here("source", "add", bank / "article.txt", "--bank", bank, *about).code == 0
    lines = ["call", "Your bank", "", "", "We have stopped a payment.", "you: Are you my bank?"]
    lines += [
        "Hang up and ring the office.",
        "",
        "",
        "A clerk comes to your door today.",
        "",
        "It comes to nobody.",
    ]
    lines += [
        "+",
        "2",
        "Whoever is unsure may ring the office.",
        "",
        "",
        "",
        "",
        "It sends nobody.",
        "+",
        "1",
    ]
    lines += ["The office sends nobody to your door.", "", "", "", "", "y"]
    done = program.here("bank", "new", "exhibit", "--bank", bank, typed=typed(*lines))
    assert (done.code, done.err) == (0, ""), done.out
    assert check_bank([bank]).problems == []
    made = read_bank([bank])
    assert list(made.exhibits) == ["calls/stopped-payment", "calls/stopped-payment-twin"]
    assert [each.exhibit for each in made.questions.values()] == list(made.exhibits)
    assert made.exhibits["calls/stopped-payment"].signs[0].words == {"en": "Hang up and ring the office"}
    assert done.out.count("Genuine, or a scam?") >= 2
