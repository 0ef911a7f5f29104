"""``quizgen bank new``: an entry is written in a text editor, checked, and added to the file of its topic."""

import re
import tempfile
from pathlib import Path

import pytest
import yaml

from quizgen.author.entry_template import NEW_KINDS
from quizgen.bank import check_bank, read_bank
from quizgen.kinds import KINDS
from tests.cli.program import Program, full_disk_command, unprivileged_command
from tests.cli.test_terminal import Person
from tests.test_bank import FAULTY

ENTRY = """\
topic: parcels
questions:
  - id: fee-by-text
    kind: single
    level: apply
    difficulty: 2
    facts: [no-fee]
    stem: {en: "Does the office take a fee by text?", zh-Hans: "储蓄所会发短信收费吗？"}
    key: {en: "No", zh-Hans: "不会"}
    distractors:
      - {en: "Yes", zh-Hans: "会"}
      - {en: "At night", zh-Hans: "夜里会"}
    rationale: {en: "It doesn't.", zh-Hans: "它不这样收费。"}
"""
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
    en: It doesn’t.
    zh-Hans: 它不这样收费。
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", "temporary")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    Path("entry.yaml").write_text(ENTRY, "utf-8")
    return Program(tmp_path)


@pytest.fixture
def file(program: Program) -> Path:
    return program.bank / "0.yaml"


def open_in(program: Program, editor: str, *arguments: str) -> Person:
    return Person(
        program,
        *("bank", "new", *arguments, "--bank", "bank"),
        EDITOR=editor,
        LC_ALL="C.UTF-8",
        TMPDIR="temporary",
    )


def template(program: Program, *arguments: str, bank: str = "bank") -> str:
    """Return the text of a new entry."""
    done = program.here("bank", "new", *arguments, "--bank", bank)
    assert done.code == 0, done.err
    name, rest = done.out.split(": ", 1)
    assert rest == f"write the entry there, and then run\n  quizgen bank new --from {name} --bank {bank}\n"
    return Path(name).read_text("utf-8")


def filled_in(text: str, kind: str) -> str:
    """Return a new entry with a text between all quotation marks."""
    if kind == "exhibit":
        return text.replace('""', '"Hang up and dial."')
    numbers = iter(range(100))
    text = text.replace('id: ""', "id: what-i-wrote").replace("fact-id", "no-fee")
    blank = " ____" if kind == "fill" else ""
    return re.sub('""', lambda _: f'"Text{blank} {next(numbers)}"', text)


@pytest.mark.parametrize("kind", sorted({*NEW_KINDS} - {"fact", "lesson", "judge", "spot", "exhibit"}))
def test_each_kind_can_be_filled_in(program: Program, kind: str) -> None:
    text = filled_in(template(program, kind, "-t", "parcels"), kind)
    Path("entry.yaml").write_text(text.replace("# rationale", "rationale"), "utf-8")
    done = program.here("bank", "new", "--from", "entry.yaml", "--bank", "bank")
    assert done.out.startswith("parcels/what-i-wrote written to bank/0.yaml\n"), done.err
    assert check_bank([program.bank]).problems == []
    assert read_bank([program.bank]).questions["parcels/what-i-wrote"].kind == kind


def test_a_lesson_can_be_filled_in_and_questions_name_it(program: Program) -> None:
    text = filled_in(template(program, "lesson", "-t", "parcels"), "lesson")
    Path("entry.yaml").write_text(text, "utf-8")
    done = program.here("bank", "new", "--from", "entry.yaml", "--bank", "bank")
    assert done.out.startswith("parcels/what-i-wrote written to bank/0.yaml\n"), done.err
    assert read_bank([program.bank]).lessons["parcels/what-i-wrote"].facts == ("parcels/no-fee",)
    again = template(program, "single", "-t", "parcels")
    assert "    lesson: lesson-id  # the lesson that it teaches, by id\n" in again
    assert "# Lessons:\n#   what-i-wrote: Text 0\n" in again


def test_a_fact_and_an_exhibit_can_be_filled_in(program: Program) -> None:
    text = filled_in(template(program, "fact", "-t", "parcels"), "fact")
    passage = re.search(r"^#   (\S+/\S+): ", text, re.MULTILINE)
    assert passage
    Path("entry.yaml").write_text(text.replace("passage-id", passage[1]), "utf-8")
    done = program.here("bank", "new", "--from", "entry.yaml", "--bank", "bank")
    assert done.out.startswith("parcels/what-i-wrote written to bank/0.yaml\n"), done.err
    text = filled_in(template(program, "exhibit", "-t", "parcels"), "exhibit")
    assert "#   what-i-wrote: Text" in text
    Path("entry.yaml").write_text(text.replace("fact-id", "what-i-wrote"), "utf-8")
    done = program.here("bank", "new", "--from", "entry.yaml", "--bank", "bank")
    added = "parcels/genuine-call, parcels/scam-call, parcels/judge-genuine-call and parcels/judge-scam-call"
    assert done.out.startswith(f"{added} written to bank/0.yaml\n"), done.err
    text = filled_in(template(program, "judge", "-t", "parcels"), "judge")
    assert "# Exhibits:\n#   genuine-call: Hang up and dial.\n" in text
    assert check_bank([program.bank]).problems == []


def test_comments_are_in_the_language_of_the_user(program: Program) -> None:
    program.here("bank", "init", "my", "--languages", "en,fr,zh-Hans")
    assert program.here("bank", "new", "single", "--bank", "my", LC_ALL="zh_CN.UTF-8").code == 0
    (path,) = Path("temporary").iterdir()
    text = path.read_text("utf-8")
    assert '    key: {en: "", fr: "", zh-Hans: ""}  # 正确的内容\n' in text
    assert "    # facts: [fact-id]  #" in text  # a bank of one's own may leave it out


def test_nothing_else_in_the_file_changes(program: Program, file: Path) -> None:
    before = file.read_bytes()
    file.chmod(0o640)
    done = program.here("bank", "new", "--from", "entry.yaml", "--bank", "bank")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("parcels/fee-by-text written to bank/0.yaml\n")
    assert file.read_bytes() == before + WRITTEN.encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert Path("entry.yaml").read_text("utf-8") == ENTRY
    again = program.here("bank", "new", "--from", "entry.yaml", "--bank", "bank")
    assert (again.code, again.out) == (0, "the bank has this already\n")


def test_only_findings_on_the_new_question_are_shown(program: Program, file: Path) -> None:
    opinion = ENTRY.replace("by text?", "by text, do you think?")
    Path("entry.yaml").write_text(opinion, "utf-8")
    out = program.here("bank", "new", "--from", "entry.yaml", "--bank", "bank").out
    row = file.read_text("utf-8").count("\n") - WRITTEN.count("\n") + 7
    assert f"bank/0.yaml:{row}:9: warning: the stem asks for an opinion" in out
    lines = [line for line in out.splitlines() if line.startswith("bank/")]
    assert all(int(line.split(":")[1]) >= row - 6 for line in lines)


def test_a_mistake_is_named_where_it_was_written(program: Program, file: Path) -> None:
    before = file.read_bytes()
    mistaken = ENTRY.replace("[no-fee]", "[no-fees]").replace('"At night"', '""')
    Path("entry.yaml").write_text(mistaken, "utf-8")
    done = program.here("bank", "new", "--from", "entry.yaml", "--bank", "bank")
    assert (done.code, done.out) == (1, "  quizgen bank new --from entry.yaml --bank bank\n")
    assert "entry.yaml:12:14: this text is empty; fill it in, or remove it\n" in done.err
    assert "entry.yaml: nothing is written; correct it, and go on with\n" in done.err
    assert file.read_bytes() == before
    Path("entry.yaml").write_text(mistaken.replace('""', '"At night"'), "utf-8")
    done = program.here("bank", "new", "--from", "entry.yaml", "--bank", "bank")
    assert "entry.yaml:7:13: there is no fact parcels/no-fees" in done.err


# In an editor


def test_an_entry_is_opened_in_the_editor_and_written(program: Program, file: Path) -> None:
    before = file.read_bytes()
    code, last = open_in(program, "cp entry.yaml", "single", "-t", "parcels").stays()
    assert code == 0, last
    assert re.match(r"\S+/temporary/quizgen-single-\w+\.yaml:\nopen in your editor\n", last)
    assert file.read_bytes() == before + WRITTEN.encode()
    assert not [*Path("temporary").iterdir()]


def test_a_mistake_in_the_editor_leaves_the_entry_where_it_is(program: Program, file: Path) -> None:
    before = file.read_bytes()
    Path("entry.yaml").write_text(ENTRY.replace('"No"', '"No'), "utf-8")
    code, last = open_in(program, "cp entry.yaml", "single", "-t", "parcels").stays()
    (path,) = Path("temporary").resolve().iterdir()
    assert code == 1
    assert f"\n{path.relative_to(program.folder)}:9:10: this is not YAML: " in last
    assert last.endswith(f"quizgen bank new --from {path} --bank bank\n")
    assert file.read_bytes() == before
    code, last = open_in(program, 'sed -i s/No,/No\\",/', "--from", str(path)).stays()
    assert code == 0, last
    assert file.read_bytes() == before + WRITTEN.encode()


@pytest.mark.parametrize("editor", ["true", "false", "no-such-editor", "'"])
def test_an_editor_that_changes_nothing_loses_nothing(program: Program, file: Path, editor: str) -> None:
    before = file.read_bytes()
    code, last = open_in(program, editor, "single", "-t", "parcels").stays()
    (path,) = Path("temporary").iterdir()
    assert code == 1
    said = (
        "nothing is written; go on with"
        if editor == "true"
        else "the editor failed; set $EDITOR to another, and go on with"
    )
    assert f"{path}:\n{said}" in last
    assert last.endswith(f"\n  quizgen bank new --from {path.resolve()} --bank bank\n")
    assert file.read_bytes() == before
    assert "kind: single" in path.read_text("utf-8")


def test_an_entry_outlives_the_program(program: Program) -> None:
    _code, last = open_in(program, "sh -c 'echo >>$0; kill -9 $PPID'", "single", "-t", "parcels").stays()
    (path,) = Path("temporary").iterdir()
    assert last == f"{path.resolve()}:\nopen in your editor\n"


# Where nothing can be written


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("single",), "the bank has several topics; name one with --topic: parcels or callers"),
        (("single", "-t", "tea"), "no topic 'tea'; there are parcels, callers"),
        (("singel", "-t", "parcels"), "no kind 'singel'; did you mean single?"),
        (
            (),
            f"what to write is missing; use fact, lesson, exhibit, {', '.join([*KINDS][:-1])} or {[*KINDS][-1]}",
        ),
    ],
)
def test_an_unknown_word_is_misuse(program: Program, arguments: tuple[str, ...], what: str) -> None:
    done = program.here("bank", "new", *arguments, "--bank", "bank")
    assert (done.code, done.out, done.err) == (2, "", f"{what}\n")


def test_a_damaged_bank_is_reported_and_not_changed(program: Program) -> None:
    done = program.here("bank", "new", "single", "--bank", FAULTY)
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [str(problem) for problem in check_bank([FAULTY]).problems]


def test_a_bank_without_topics_takes_no_entry(program: Program) -> None:
    for name in ("0.yaml", "1.yaml"):
        (program.bank / name).unlink()
    done = program.here("bank", "new", "single", "--bank", "bank")
    what = "bank: this bank has no topic for a question; write a file with `topic` and `title` first\n"
    assert (done.code, done.out, done.err) == (1, "", what)


@pytest.mark.parametrize("command", [("bank", "new"), ("bank", "accept"), ("source", "add", "text.txt")])
def test_a_bank_is_changed_only_if_it_is_named(program: Program, command: tuple[str, ...]) -> None:
    done = program.here(*command)
    what = "this command changes a question bank, and none is named; name yours with --bank, or create one with `quizgen bank init`\n"
    assert (done.code, done.out, done.err) == (2, "", what)


@pytest.mark.parametrize("arguments", [("single", "-t", "parcels"), ("--from", "entry.yaml")])
@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("0.yaml", "bank/0.yaml: this file is write-protected; give yourself permission to write to it\n"),
        ("", "bank/0.yaml: its folder is write-protected; name another\n"),
    ],
)
def test_a_read_only_bank_is_reported(
    program: Program, name: str, what: str, arguments: tuple[str, ...]
) -> None:
    (program.bank / name).chmod(0o555)
    done = program.apart("bank", "new", *arguments, "--bank", "bank", by=unprivileged_command())
    (program.bank / name).chmod(0o755)
    assert (done.code, done.err) == (1, what)


def test_a_file_in_brackets_is_reported_before_the_editor_opens(program: Program, file: Path) -> None:
    data = yaml.safe_load(file.read_text("utf-8"))
    file.write_text(yaml.safe_dump(data, allow_unicode=True, default_flow_style=True), "utf-8")
    done = program.here("bank", "new", "single", "-t", "parcels", "--bank", "bank")
    what = "the questions in this file are written in brackets or braces; put each question on separate lines first"
    assert (done.code, done.err) == (1, f"bank/0.yaml: {what}\n")


def test_an_entry_goes_into_the_folder_of_a_bank(program: Program) -> None:
    done = program.here("bank", "new", "--from", "entry.yaml", "--bank", "bank/0.yaml")
    what = "bank/0.yaml: this is not a folder; name the folder that holds the bank\n"
    assert (done.code, done.err) == (1, what)


def test_a_link_stays_a_link(program: Program, file: Path) -> None:
    real = file.rename(program.folder / "real.yaml")
    file.symlink_to(real)
    assert program.here("bank", "new", "--from", "entry.yaml", "--bank", "bank").code == 0
    assert file.is_symlink()
    assert real.read_text("utf-8").endswith(WRITTEN)


def test_a_full_disk_leaves_the_file_as_it_was(program: Program, file: Path) -> None:
    before = file.read_bytes()
    arguments = ("bank", "new", "--from", "entry.yaml", "--bank", "bank")
    done = program.apart(*arguments, by=full_disk_command())
    what = "cannot write the file: file too large; nothing was changed; free some disk space, or name another file"
    assert (done.code, done.err) == (1, f"bank/0.yaml: {what}\n")
    assert file.read_bytes() == before
    assert sorted(path.name for path in program.bank.iterdir()) == ["0.yaml", "1.yaml", "sources.yaml"]
