"""What Tab completes, through the protocol of the shells' completion scripts."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from quizgen.kinds import KINDS
from quizgen.model import DIFFICULTIES, LEVELS
from quizgen.paper.layouts import all_layouts
from quizgen.text.languages import LANGUAGES
from tests.cli.program import Done, Program
from tests.test_bank import FAULTY, empty_topic_file, text, write


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def bash(program: Program, line: str) -> list[str]:
    """Give the words for the end of a line, as bash gets them."""
    done = program.here(
        COMP_WORDS=line, COMP_CWORD=str(len(line.split(" ")) - 1), _QUIZGEN_COMPLETE="complete_bash"
    )
    assert (done.code, done.err) == (0, "")
    return done.out.split()


def zsh(program: Program, line: str) -> Done:
    return program.here(_TYPER_COMPLETE_ARGS=line, _QUIZGEN_COMPLETE="complete_zsh")


def test_the_words_are_those_of_the_bank(program: Program) -> None:
    assert bash(program, "quizgen take -k ") == [*KINDS]
    assert bash(program, "quizgen take --level ") == [*LEVELS]
    assert bash(program, "quizgen take --difficulty ") == [*map(str, DIFFICULTIES)]
    assert bash(program, "quizgen take -l ") == [*LANGUAGES]
    program.here("bank", "init", program.folder / "own", "--languages", "de,zh-Hans")
    assert bash(program, f"quizgen take --bank {program.folder / 'own'} -l ") == [*LANGUAGES, "de"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("quizgen tak", ["take"]),
        ("quizgen take --bank {bank} -t ", ["parcels", "callers"]),
        ("quizgen take --bank={bank} --topic=ca", ["callers"]),
        ("quizgen handout x.pdf --bank {bank} -q parcels/", ["customs-text", "signs", "odd-part"]),
        ("quizgen take --bank {bank} -t callers -q c", ["code-is-harmless", "who-does-what", "what-first"]),
        ("quizgen bank show --bank {bank} callers/c", ["code-is-harmless", "code"]),
        ("quizgen print ", sorted(all_layouts())),
        ("quizgen bank list -k m", ["multiple", "match"]),
        ("quizgen bank list --level ", ["recall", "understand", "apply"]),
        ("quizgen take --difficulty ", ["1", "2", "3"]),
        ("quizgen take -l zh", ["zh-Hans", "zh-Hant"]),
        ("quizgen source check x.txt --bank {bank} --source ", ["market-talk"]),
        ("quizgen take -t nothing-like-it", []),
    ],
)
def test_each_option_offers_its_words(program: Program, line: str, expected: list[str]) -> None:
    offered = bash(program, line.format(bank=program.bank))
    assert [word.split("/")[-1] for word in offered] == expected


@pytest.mark.parametrize(
    "line",
    [
        "take --bank {bank} -q ",
        "take --bank {bank} -t ",
        "bank show --bank {bank} ",
    ],
)
@pytest.mark.parametrize("bank", [FAULTY, "no/such/folder", "/dev/null"])
def test_a_bank_that_cannot_be_used_offers_nothing_and_says_nothing(
    program: Program, bank: object, line: str
) -> None:
    assert bash(program, f"quizgen {line.format(bank=bank)}") == []


def test_a_shell_that_shows_help_gets_it_in_the_language_asked_for(program: Program) -> None:
    out = zsh(program, f"quizgen take --bank {program.bank} -l zh-Hant -t ").out
    assert '"parcels":"包裹與費用"' in out
    assert '"single":"one option is right"' in zsh(program, "quizgen take -k ").out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("quizgen ta", '"take":"在终端里答题。"'),
        ("quizgen print post", '"poster":"'),
        ("quizgen take --plai", '"--plain":"逐行显示'),
        ("quizgen print guide --min", '"--minutes":"'),
        ("quizgen --inst", '"--install-completion":"安装自动补全'),
    ],
)
def test_commands_and_options_come_with_their_help(program: Program, line: str, said: str) -> None:
    done = program.here(_TYPER_COMPLETE_ARGS=line, _QUIZGEN_COMPLETE="complete_zsh", LC_ALL="zh_CN.UTF-8")
    assert said in done.out


HOSTILE = "\\$(touch x) `touch x` $(touch x) \"; touch x; ' [/bold] [red] :: )) && touch x # {0} !x"


def test_texts_of_a_bank_are_nothing_that_a_shell_would_run(program: Program) -> None:
    topic = empty_topic_file(stem=text(HOSTILE)) | {"topic": "odd", "title": text(HOSTILE)}
    topic["facts"][0]["cites"] = ["q1-a1"]
    write(program.bank / "odd.yaml", topic)
    for line in (f"quizgen take --bank {program.bank} -t o", f"quizgen take --bank {program.bank} -q o"):
        done = zsh(program, line)
        assert done.err == ""
        (said,) = done.out.split(":((")[1].removesuffix("))'\n").split('"')[3::4]
        assert said.startswith("touch x touch x touch x ; touch x;")
        assert not set(said) & set("\\$`\"'()[]{}<>|&!#:*~^")


def installed() -> Path:
    command = Path(sys.executable).parent / "quizgen"
    if not command.exists():
        pytest.skip("quizgen is not installed as a command here")
    return command.parent


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_the_completion_script_of_a_shell_gets_words(program: Program, shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"there is no {shell}")
    path = f"{installed()}:{program.environment['PATH']}"
    environment = program.environment | {"PATH": path, "LC_ALL": "C.UTF-8"}
    asking = {
        "bash": 'COMP_WORDS=(quizgen take --bank "$1" -t pa); COMP_CWORD=5; _quizgen_completion quizgen;'
        'echo "${COMPREPLY[@]}"',
        "zsh": '_arguments() { print -r -- "$@" }; words=(quizgen take --bank "$1" -t pa); CURRENT=6; _quizgen_completion',
    }[shell]
    before = "compdef() { : }; " if shell == "zsh" else ""
    script = f'{before}eval "$(quizgen --show-completion {shell})"; {asking}'
    done = subprocess.run(
        [shell, "-c", script, shell, str(program.bank)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert "parcels" in done.stdout
    assert "callers" not in done.stdout


def test_completion_is_installed_for_the_current_shell(program: Program) -> None:
    if not shutil.which("bash"):
        pytest.skip("there is no bash")
    by = ("bash", "-c", '"$@"; exit $?', "bash")  # the shell at hand is the one that starts us
    done = program.apart("--install-completion", by=by, LC_ALL="C.UTF-8")
    assert (done.code, done.err) == (0, "")
    assert "_quizgen_completion" in (Path(program.folder) / ".bash_completions" / "quizgen.sh").read_text()
