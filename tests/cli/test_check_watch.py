"""``quizgen bank check --watch``: what it prints as files come, change and go, and how it ends."""

import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from tests.cli.program import Program
from tests.test_bank import empty_topic_file, sources_file, write

SOUND = "1 fact and 1 question in 2 files: no problems found"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    return Program(tmp_path)


@pytest.fixture
def folder(program: Program) -> Path:
    made = program.folder / "mine"
    made.mkdir()
    write(made / "sources.yaml", sources_file("talk"))
    write(made / "parcels.yaml", empty_topic_file())
    return made.relative_to(program.folder)


class Watcher:
    """The program as it watches, on a terminal."""

    def __init__(self, program: Program, *arguments: object) -> None:
        self.terminal = program.terminal(
            *("bank", "check", "--watch", *arguments), size=(24, 120), folder=program.folder
        )

    def says(self, *lines: str) -> None:
        """Wait for these lines, one after the other."""
        for line in lines:
            self.terminal.expect(re.escape(line))

    def ends(self, number: int = signal.SIGINT) -> int:
        self.terminal.kill(number)
        self.terminal.expect(pexpect.EOF)
        self.terminal.close()
        return int(self.terminal.exitstatus or 0)


@pytest.fixture
def watcher(program: Program, folder: Path) -> Iterator[Watcher]:
    made = Watcher(program, folder)
    made.terminal.expect(r"\[\d\d:\d\d:\d\d\] checking mine; press Ctrl-C to stop\r\n")
    made.says(SOUND)
    yield made
    made.terminal.close(force=True)


def test_it_checks_again_after_every_save(watcher: Watcher, folder: Path) -> None:
    for difficulty in (9, 8):
        write(folder / "parcels.yaml", empty_topic_file(difficulty=difficulty))
        watcher.terminal.expect(r"\[\d\d:\d\d:\d\d\] mine/parcels.yaml has changed\r\n")
        watcher.says(f"mine/parcels.yaml:18:15: `{difficulty}` is not a valid difficulty")
    spare = write(folder / ".parcels.part", empty_topic_file())  # as an editor that saves in one stroke
    spare.replace(folder / "parcels.yaml")
    watcher.says("mine/parcels.yaml has changed", SOUND)
    watcher.terminal.sendcontrol("c")
    watcher.says("no longer watching mine")
    watcher.terminal.expect(pexpect.EOF)
    watcher.terminal.close()
    assert watcher.terminal.exitstatus == 130


def test_a_broken_or_missing_file_is_reported_and_watching_continues(watcher: Watcher, folder: Path) -> None:
    (folder / "more.yaml").write_text("topic: [", encoding="utf-8")
    watcher.says("mine/more.yaml is new", "mine/more.yaml:", "this is not YAML")
    (folder / "more.yaml").unlink()
    watcher.says("mine/more.yaml was removed", SOUND)
    (folder / "sources.yaml").unlink()
    watcher.says("mine/sources.yaml was removed", "there is no passage q1")


def test_a_broken_link_is_reported_when_it_comes_and_goes(watcher: Watcher, folder: Path) -> None:
    (folder / "link.yaml").symlink_to("nowhere.yaml")
    watcher.says("mine/link.yaml is new", "mine/link.yaml: this link points to a file that does not exist")
    (folder / "link.yaml").unlink()
    watcher.says("mine/link.yaml was removed", SOUND)


def test_a_folder_may_be_removed_and_made_again(watcher: Watcher, folder: Path) -> None:
    shutil.move(folder, "elsewhere")
    watcher.says("was removed", "mine: there is no such file or folder")
    shutil.move("elsewhere", folder)
    watcher.says("is new", SOUND)
    write(folder / "parcels.yaml", empty_topic_file(difficulty=9))
    watcher.says("`9` is not a valid difficulty")


def test_files_that_are_not_of_the_bank_are_not_watched(watcher: Watcher, folder: Path) -> None:
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    (folder / ".parcels.yaml.swp").write_text("x", encoding="utf-8")
    write(folder / "parcels.yaml", empty_topic_file(difficulty=9))
    watcher.terminal.expect("has changed")
    assert str(watcher.terminal.before).count("[") == 1


def test_a_file_is_watched_with_the_others_in_its_folder(program: Program, folder: Path) -> None:
    write(folder / "more.yaml", empty_topic_file(facts=["parcels/no-fee"]) | {"topic": "more"})
    watcher = Watcher(program, "--lint", folder / "more.yaml")
    watcher.says("checking mine/more.yaml", "1 question checked against the rules")
    write(folder / "parcels.yaml", empty_topic_file() | {"facts": [], "questions": []})
    watcher.says("mine/parcels.yaml has changed", "there is no fact parcels/no-fee")
    assert watcher.ends() == 130


def test_a_file_system_without_notifications_is_polled(program: Program, folder: Path) -> None:
    program.environment["WATCHFILES_FORCE_POLLING"] = "1"
    watcher = Watcher(program, folder)
    watcher.says(SOUND)
    write(folder / "parcels.yaml", empty_topic_file(difficulty=9))
    watcher.says("`9` is not a valid difficulty")
    assert watcher.ends() == 130


@pytest.mark.parametrize("format_", ["--json", "--sarif"])
def test_watch_cannot_be_combined_with_json_or_sarif(program: Program, folder: Path, format_: str) -> None:
    expected = f"--watch prints one result after another, but {format_} prints a single document; leave out one of them\n"
    assert program.here("bank", "check", "--watch", format_, folder) == (2, "", expected)


def test_a_missing_place_to_watch_is_reported_at_once(program: Program) -> None:
    expected = "nowhere: there is no such file or folder; check the path\n"
    assert program.here("bank", "check", "--watch", "nowhere") == (1, "", expected)


def test_a_reader_that_goes_away_ends_it(program: Program, folder: Path) -> None:
    by = ("sh", "-c", 'exec "$@" | head -n 1', "sh")
    done = program.apart("bank", "check", "--watch", folder, by=by)
    assert done.out.endswith("checking mine; press Ctrl-C to stop\n")
    assert done.err == ""
