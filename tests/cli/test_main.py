"""What every command does: help, errors of one line, and input or output that is closed, full or in another encoding."""

import errno
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from quizgen import __version__
from quizgen.files import _REASONS, os_error_reason
from tests.built_in import built_in_bank
from tests.cli.program import COMMAND, PATIENCE, Program

COMMANDS = (
    ("take",),
    ("handout",),
    ("print",),
    ("print", "bilingual"),
    ("present",),
    ("kit",),
    ("bank",),
    ("bank", "check"),
    ("bank", "list"),
    ("bank", "show"),
    ("bank", "new"),
    ("bank", "stats"),
    ("bank", "schema"),
    ("bank", "difficulty"),
    ("source", "show"),
    ("source", "check"),
    ("history",),
    ("history", "show"),
    ("history", "tally"),
    ("history", "items"),
    ("history", "report"),
    ("history", "export"),
    ("history", "clear"),
    ("page",),
    ("export",),
    ("profile",),
    ("profile", "show"),
    ("profile", "set"),
    ("profile", "path"),
    ("doctor",),
)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_the_version(program: Program) -> None:
    assert program.here("--version") == (0, f"quizgen {__version__}\n", "")


def test_a_group_alone_shows_its_help_and_no_more(program: Program) -> None:
    done = program.here("source")
    assert (done.code, done.err) == (2, "")
    assert "Usage: quizgen source" in done.out


def test_quizgen_without_a_terminal_shows_the_help(program: Program) -> None:
    assert program.here().out == program.here("--help").out


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_and_every_option_has_its_help(program: Program, command: tuple[str, ...]) -> None:
    done = program.here(*command, "--help", COLUMNS="200")
    assert done.code == 0
    # Not where a help text that goes on below names an option.
    lines = done.out.splitlines()
    options = [at for at, line in enumerate(lines) if re.match(r" {2,6}-", line)]
    assert options
    for at in options:
        assert len(lines[at].strip().split("  ")) > 1 or lines[at + 1].startswith(" " * 20), (
            f"no help: {lines[at]}"
        )


@pytest.mark.parametrize("locale", ["en_GB.UTF-8", "zh_TW.UTF-8"])
def test_help_is_complete_in_a_narrow_terminal(program: Program, locale: str) -> None:
    """No line is too wide, nothing is cut short, and nothing is framed."""
    for command in COMMANDS:
        wide, narrow = (
            program.here(*command, "--help", LC_ALL=locale, COLUMNS=width).out for width in ("100", "40")
        )
        assert max(map(cell_len, narrow.splitlines())) <= 40
        assert not set(narrow) & set("│╭─…") - set(wide)
        assert sorted("".join(narrow.split())) == sorted("".join(wide.split()))


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        (
            "en_GB.UTF-8",
            ("Options", "Check a question bank and list every problem", "Print JSON, for other programs."),
        ),
        ("zh_CN.UTF-8", ("选项", "列出其中的所有问题", "输出 JSON，供其他程序使用。")),
        ("zh_TW.UTF-8", ("選項", "列出其中的所有問題", "輸出 JSON，供其他程式使用。")),
    ],
)
def test_help_is_in_the_language_of_the_locale_or_of_the_option(
    program: Program, locale: str, said: tuple[str, ...]
) -> None:
    shown = program.here("bank", "check", "--help", LC_ALL=locale, COLUMNS="200").out
    assert [part for part in said if part not in shown] == []
    assert "<bool>" not in shown
    asked = program.here("take", "-l", locale.partition(".")[0], "--help").out
    assert said[0] in asked


def test_the_help_of_a_sheet_has_only_what_can_change_it(program: Program) -> None:
    sheets = {
        name: program.here("print", name, "--help", COLUMNS="200").out
        for name in ("poster", "fridge", "cards", "guide")
    }
    assert "--paper A4|Letter " in sheets["poster"]
    assert "--paper A4|Letter|A5" in sheets["guide"]
    assert [option for option in ("--count", "--tagged") if option in sheets["poster"]] == []
    assert "--topic" in sheets["poster"]
    assert [option for option in ("--topic", "--seed") if option in sheets["fridge"]] == []
    assert "8 by default" in sheets["cards"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tak"], "找不到命令 tak；是不是 take？"),
        (["take", "--sede", "7"], "找不到选项 --sede；是不是 --seed？"),
        (["take", "-n", "ten"], "'--count' / '-n' 的值无效：应为整数；用法见 `quizgen take --help`"),
        (["handout"], "缺少 'OUT.pdf'；"),
        (["bank", "list", "-t", "nowhere"], "找不到主题 'nowhere'；可选："),
        (["take", "-n", "0"], "无法生成 0 道题的测验；至少要 1 道题"),
        (["take", "-s", "-4"], "'--seed' / '-s' 的值无效：应为不小于 0 的整数；"),
        (
            ["take", "--audience", "x"],
            "'--audience' 的值无效：请选择 everyone、work 或 all；",
        ),
    ],
)
def test_misuse_is_reported_in_chinese_too(program: Program, arguments: list[str], said: str) -> None:
    done = program.here(*arguments, LC_ALL="zh_CN.UTF-8")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tak"], "there is no command tak; did you mean take?"),
        (["bank", "chekc"], "there is no command chekc; did you mean check?"),
        (["--sede"], "there is no option --sede; see `quizgen --help`"),
        (["take", "--sede", "7"], "there is no option --sede; did you mean --seed?"),
        (
            ["take", "-n", "ten"],
            "invalid value for '--count' / '-n': give a whole number; see `quizgen take --help`",
        ),
        (["take", "-n"], "-n needs a value; see `quizgen take --help`"),
        (["take", "--plain=yes"], "--plain takes no value; see `quizgen take --help`"),
        (["take", "now", "then"], "unexpected extra words: now, then; see `quizgen take --help`"),
        (
            ["kit", "x", "--visitors", "0"],
            "invalid value for '--visitors': give a whole number from 1 to 100000; ",
        ),
        (
            ["take", "-s", "-4"],
            "invalid value for '--seed' / '-s': give a whole number of at least 0; see",
        ),
        (["handout"], "'OUT.pdf' is missing; see `quizgen handout --help`"),
        (["handout", "x.pdf", "--paper", "A3"], "invalid value for '--paper': choose A4, Letter or A5; "),
        (["print", "postr"], "there is no command postr; did you mean poster?"),
        (
            ["print", "poster", "x.pdf", "--draw"],
            "there is no option --draw; answer-sheet and handout have this option",
        ),
        (
            ["print", "poster", "x.pdf", "--second=en"],
            "there is no option --second; only bilingual has this option",
        ),
        (["bank", "list", "-l", "fr"], "no language 'fr': there are en, zh-Hans, zh-Hant"),
    ],
)
def test_misuse_is_one_line_and_exit_code_2(program: Program, arguments: list[str], said: str) -> None:
    done = program.here(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)
    assert done.err.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", ["--help", "bank list", "doctor", "take --plain"])
def test_a_full_output_is_reported(program: Program, command: str) -> None:
    by = ("sh", "-c", 'exec "$@" >/dev/full', "sh")
    done = program.apart(*command.split(), by=by)
    assert (done.code, done.err) == (1, "quizgen: cannot write the output: no space left on device\n")


def test_an_output_that_does_not_block_is_reported_as_full(program: Program) -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with os.fdopen(reading), os.fdopen(writing, "wb") as out:
        command = program.command("bank", "show", "--json")
        done = subprocess.run(
            command,
            stdout=out,
            stderr=subprocess.PIPE,
            env=program.environment,
            check=False,
            timeout=PATIENCE,
        )
    said = "quizgen: cannot write the output: resource temporarily unavailable\n"
    assert (done.returncode, done.stderr.decode()) == (1, said)


def test_system_errors_are_in_the_language_of_the_reader() -> None:
    for number, id_ in _REASONS.items():
        said = os_error_reason(OSError(number, os.strerror(number)))
        assert said.translated("en") == os.strerror(number).lower()
        assert said.translated("zh-Hant") == id_.translated("zh-Hant") != id_.translated("en")
    assert str(os_error_reason(OSError(errno.EBUSY, "Device or resource busy"))) == "device or resource busy"


def test_ctrl_c_while_the_program_loads_says_nothing(program: Program) -> None:
    by = (sys.executable, str(Path(__file__).with_name("meanwhile.py")), str(int(signal.SIGINT)), "typer")
    assert program.apart("--help", by=by) == (130, "", "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_while_a_file_is_written_leaves_nothing_half_done(
    program: Program, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    out = program.folder / "out" / "quiz.json"
    out.parent.mkdir()
    out.write_text("old")
    monkeypatch.setattr(os, "fsync", lambda _: os.kill(os.getpid(), number))
    done = program.here("export", "json", out, "--force", "--bank", program.bank)
    assert done == (128 + number, "", "quizgen: interrupted\n" if number == signal.SIGINT else "")
    assert [(each.name, each.read_text()) for each in out.parent.iterdir()] == [("quiz.json", "old")]
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_closed_output_is_no_error(program: Program) -> None:
    for closing in (">&-", "2>&-", ">&- 2>&-"):
        by = ("sh", "-c", f'exec "$@" {closing}', "sh")
        assert program.apart("bank", "stats", by=by).code == 0


def test_a_closed_pipe_ends_a_command_quietly(program: Program) -> None:
    by = ("sh", "-c", 'exec "$@" | head -n 1', "sh")
    done = program.apart("bank", "show", "--json", by=by)
    assert done.err == ""
    assert done.out == "{\n"


@pytest.mark.parametrize("variables", [{"LC_ALL": "C"}, {"TERM": "dumb"}, {"NO_COLOR": "1"}, {"LC_ALL": ""}])
def test_it_runs_in_a_minimal_environment(program: Program, variables: dict[str, str]) -> None:
    program.environment |= variables
    done = program.apart("bank", "list", "--bank", program.bank, PYTHONUTF8="0")
    assert done.code == 0
    assert "\x1b" not in done.out
    assert "parcels/customs-text" in done.out


def test_it_runs_as_a_module_and_by_its_name() -> None:
    assert os.access(COMMAND[0], os.X_OK)
    assert COMMAND[1:] == ("-m", "quizgen")


@pytest.mark.parametrize(
    ("words", "offered"), [("take {topic}", True), ("take {topic}s", False), ("history {topic}", False)]
)
def test_a_topic_without_its_option_gets_a_hint_with_it(
    program: Program, words: str, *, offered: bool
) -> None:
    topic = min(built_in_bank().topics)
    done = program.here(*words.format(topic=topic).split())
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert (f"did you mean -t {topic}?" in done.err) == offered
