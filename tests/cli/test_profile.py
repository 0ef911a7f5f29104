"""``quizgen profile``: set, shown, and read by every command that prints."""

import errno
import json
import stat
from collections.abc import Callable
from pathlib import Path

import pexpect
import platformdirs
import pypdfium2 as pdfium
import pytest

from quizgen.cli.options import Selection
from quizgen.cli.profile import save_language
from quizgen.profile import KEYS
from tests.cli.program import Program, full_disk_command
from tests.cli.test_completion import bash
from tests.cli.test_fullscreen import Screen
from tests.cli.test_take import SIX, named
from tests.faults import failing
from tests.test_bank import write
from tests.test_exhibits import help_number

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def own(program: Program) -> Path:
    path = program.folder / "config" / "quizgen" / "profile.toml"
    path.parent.mkdir(parents=True)
    return path


def text(pdf: Path) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf.read_bytes()))


# Set and shown


def test_a_language_that_cannot_be_saved_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with failing("fsync", errno.EIO):
        save_language("zh-Hans")
    file = tmp_path / "quizgen" / "profile.toml"
    said = f"{file}: cannot write the file: input/output error; nothing was changed; free some disk space, or name another file\n"
    assert capsys.readouterr().err == said
    save_language("zh-Hans")
    assert (file.read_text("utf-8"), capsys.readouterr().err) == ('languages = ["zh-Hans"]\n', "")


def test_a_value_is_set_shown_and_removed(program: Program) -> None:
    where = program.here("profile", "path").out.strip()
    assert where == str(program.folder / "config" / "quizgen" / "profile.toml")
    assert (
        program.here("profile").out
        == "The profile is empty; `quizgen profile set` fills it in step by step.\n"
    )
    assert program.here("profile", "set", "organiser", '河滨派出所 "1"') == (0, "", f"{where}: written\n")
    assert program.here("profile", "set", "languages", "en zh-Hant").code == 0
    assert program.here("profile", "show").out == 'organiser  河滨派出所 "1"\nlanguages  en zh-Hant\n'
    shown = json.loads(program.here("profile", "show", "--json").out)
    assert list(shown) == list(KEYS)
    assert (shown["organiser"], shown["languages"], shown["paper"]) == (
        '河滨派出所 "1"',
        ["en", "zh-Hant"],
        "",
    )
    assert program.here("profile", "set", "organiser", "-").code == 0
    assert Path(where).read_text() == 'languages = ["en", "zh-Hant"]\n'
    assert stat.S_IMODE(Path(where).stat().st_mode) == 0o600
    assert list(Path(where).parent.iterdir()) == [Path(where)]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["pape", "A4"], 2, "a profile has no key 'pape'; did you mean paper?"),
        (["paper", "A3"], 2, "paper cannot be 'A3'; choose A4, Letter or A5"),
        (
            ["logo", "no.png"],
            2,
            "cannot read the logo {folder}/no.png: there is no such file or folder; use a",
        ),
        (
            [],
            2,
            "there is no terminal to ask on; give a setting and its value: quizgen profile set SETTING VALUE",
        ),
        (["paper"], 2, "there is no terminal to ask on"),
    ],
)
def test_an_invalid_value_is_reported_and_nothing_is_written(
    program: Program, own: Path, words: list[str], code: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(program.folder)
    done = program.here("profile", "set", *words)
    assert (done.code, done.out, done.err.count("\n")) == (code, "", 1)
    assert done.err.startswith(said.format(folder=program.folder))
    assert not own.exists()


def test_a_wrong_value_is_corrected_and_the_rest_stays(program: Program, own: Path) -> None:
    own.write_text('paper = "A3"\nlink = "a"\n')
    done = program.here("profile", "set", "link", "b")
    assert (done.code, done.err) == (1, f"{own}:1:9: paper cannot be 'A3'; choose A4, Letter or A5\n")
    assert program.here("profile", "set", "paper", "a5").code == 0
    assert own.read_text() == 'paper = "A5"\nlink = "a"\n'


def test_what_somebody_wrote_by_hand_into_a_profile_stays(program: Program, own: Path) -> None:
    own.write_text(
        '# ours\nlanguages = [ # two\n  "en",\n  "zh-Hans",\n]\n\nlink = "a" # new\norganiser = \'Post "1"\''
    )
    assert program.here("profile", "set", "languages", "zh-Hant").code == 0
    assert program.here("profile", "set", "contact", "110").code == 0
    assert program.here("profile", "set", "organiser", "-").code == 0
    assert own.read_text() == '# ours\nlanguages = ["zh-Hant"]\n\nlink = "a" # new\ncontact = "110"\n'


def test_a_chosen_theme_is_in_the_profile(program: Program, own: Path) -> None:
    own.write_text('# ours\nlink = "a"\n')
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX[:1]), "--theme", "dark")
    screen.sees("1 of 1")
    screen.presses("\x14")  # Ctrl-T
    screen.presses("q")
    screen.ends()
    assert own.read_text() == '# ours\nlink = "a"\ntheme = "light"\n'
    assert program.here("profile", "set", "theme", "-").code == 0
    assert own.read_text() == '# ours\nlink = "a"\n'


def test_a_logo_in_a_folder_that_was_removed_is_one_line(
    program: Program, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program.folder / "gone").mkdir()
    monkeypatch.chdir(program.folder / "gone")
    (program.folder / "gone").rmdir()
    done = program.here("profile", "set", "logo", "x.png")
    assert (done.code, done.err) == (2, "x.png: its folder does not exist; create it first\n")
    assert not own.exists()


def test_a_number_too_long_for_python_is_one_line_of_every_command(program: Program, own: Path) -> None:
    own.write_text('title = "x"\nn = ' + "9" * 4400 + "\n")
    said = f"{own}:2:5: this is not TOML"
    for command in (("profile", "show"), ("take", "--plain"), ("handout", "x.pdf")):
        done = program.here(*command)
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
        assert done.err.startswith(said)
    assert program.here("--help").code == 0
    assert f"!! profile: {said}" in program.here("doctor").out


@pytest.mark.parametrize("link", ["javascript:app.alert(1)", "file:///etc/passwd"])
def test_no_page_links_to_what_runs_or_opens_something(program: Program, own: Path, link: str) -> None:
    out = program.folder / "a.pdf"
    done = program.here("handout", out, "--link", link)
    assert (done.code, done.err.count("\n"), out.exists()) == (2, 1, False)
    assert done.err.startswith("--link cannot begin with ")
    own.write_text(f'link = "{link}"\n')
    done = program.here("handout", out)
    assert (done.code, done.err.count("\n"), out.exists()) == (1, 1, False)
    assert done.err.startswith(f"{own}:1:8: link cannot begin with ")


def test_a_logo_is_saved_by_its_path_from_the_profile(
    program: Program, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own.parent)
    Path("post.svg").write_text(LOGO)
    assert program.here("profile", "set", "logo", "post.svg").code == 0
    assert own.read_text() == 'logo = "post.svg"\n'
    monkeypatch.chdir(program.folder)
    assert program.here("profile", "show").code == 0
    Path("config/quizgen/post.svg").unlink()
    done = program.here("profile", "show")
    gone = own.parent / "post.svg"
    assert (done.code, done.out) == (1, "logo  post.svg\n")
    assert done.err.startswith(
        f"{own}:1:8: cannot read the logo {gone}: there is no such file or folder; name another"
    )
    gone.write_text("no picture")
    assert program.here("profile").err.startswith(
        f"{own}:1:8: cannot read the logo {gone}: is no image that can be printed; name another"
    )


def test_a_person_is_asked_for_each_setting(program: Program, own: Path) -> None:
    own.write_text('organiser = "Post"\ncontact = "1"\n')
    person = program.terminal("profile", "set", size=(60, 200))
    for key, typed in zip(
        KEYS, ["", "-", "", "", "", "", "en,zh-Hans", "A3", "", "", '反诈 "a"', "", "", "", ""], strict=True
    ):
        person.expect_exact(f"{key}: ")
        person.expect_exact("> ")
        person.sendline(typed)
        if typed == "A3":
            person.expect_exact("paper cannot be 'A3'")
            person.expect_exact("> ")
            person.sendline("letter")
    person.expect_exact(": written")
    person.expect(pexpect.EOF)
    person.close()
    assert person.exitstatus == 0
    assert own.read_text() == (
        'organiser = "Post"\nlanguages = ["en", "zh-Hans"]\npaper = "Letter"\ntitle = "反诈 \\"a\\""\n'
    )


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 1)], ids=["Ctrl-C", "Ctrl-D"])
def test_leaving_the_questions_changes_nothing(program: Program, own: Path, key: str, code: int) -> None:
    own.write_text('organiser = "Post"\n')
    person = program.terminal("profile", "set", size=(60, 200))
    person.expect_exact("now: Post")
    person.expect_exact("> ")
    person.sendline("Another")
    person.expect_exact("> ")
    person.send(key)
    person.expect_exact("nothing is written")
    person.expect(pexpect.EOF)
    person.close()
    assert person.exitstatus == code
    assert own.read_text() == 'organiser = "Post"\n'


def test_a_full_disk_leaves_the_profile_as_it_was(program: Program, own: Path) -> None:
    own.write_text('link = "a"\n')
    done = program.apart("profile", "set", "link", "b", by=full_disk_command())
    assert (done.code, done.err) == (
        1,
        f"{own}: cannot write the file: file too large; nothing was changed; free some disk space, or name another file\n",
    )
    assert own.read_text() == 'link = "a"\n'
    assert list(own.parent.iterdir()) == [own]


def test_completion_knows_the_keys_and_their_choices(program: Program) -> None:
    assert bash(program, "quizgen profile set ") == list(KEYS)
    assert bash(program, "quizgen profile set paper ") == ["A4", "Letter", "A5"]
    assert bash(program, "quizgen profile set organiser ") == []


# Read by other commands


def test_every_command_says_what_is_wrong_in_it(program: Program, own: Path) -> None:
    own.write_text('pape = "A4"\nregion = 3\n')
    expected = [
        f"{own}:1:1: a profile has no key 'pape'; did you mean paper?",
        f"{own}:2:10: region must be a text; write it between quotation marks",
    ]
    for command in (("take", "--plain"), ("handout", "x.pdf"), ("profile", "show"), ("export", "json", "-")):
        done = program.here(*command)
        assert (done.code, done.out, done.err.splitlines()) == (1, "", expected)
    assert program.here("profile", "path").code == program.here("bank", "schema").code == 0
    checked = program.here("doctor")
    assert (checked.code, checked.out.splitlines()[-2:]) == (1, [f"!! profile: {line}" for line in expected])
    assert program.here("take", "--bank", program.bank, "--profile", "/dev/null", "--plain").code == 0


@pytest.mark.parametrize(
    ("make", "code", "said"),
    [
        (lambda path: path.mkdir(), 1, "this is a folder; rename it"),
        (lambda path: path.write_bytes(bytes(30_000)), 1, "this file is larger than 0.02 MB"),
        (
            lambda path: path.symlink_to(path),
            1,
            "cannot read this: too many levels of symbolic links",
        ),
        (Path.exists, 2, "there is no such profile; check its name"),
    ],
)
def test_a_path_that_is_not_a_file_is_reported(
    program: Program, make: Callable[[Path], object], code: int, said: str
) -> None:
    path = program.folder / "mine.toml"
    make(path)
    done = program.here("handout", "x.pdf", "--profile", path)
    assert (done.code, done.err.count("\n")) == (code, 1)
    assert done.err.startswith(f"{path}: {said}")


def test_an_option_wins_over_the_profile_and_that_over_the_defaults(program: Program, own: Path) -> None:
    own.write_text(
        'organiser = "River Post"\ncontact = "0123 4567"\nlanguages = ["zh-Hans"]\npaper = "A5"\n'
        'link = "https://example.org"\nlogo = "post.svg"\n'
    )
    (own.parent / "post.svg").write_text(LOGO)
    out = program.folder / "a.pdf"
    options = ("--bank", program.bank, "-n", 1, "-s", 7)
    done = program.here("handout", out, *options, "--contact", "999")
    assert done.err == f"{out}：1 道题，卷号 7\n"
    said = text(out)
    assert ("River Post" in said, "999" in said, "0123 4567" in said) == (True, True, False)
    assert pdfium.PdfDocument(out.read_bytes())[0].get_height() == pytest.approx(210 / 25.4 * 72, abs=0.1)
    plain = program.here("handout", out, *options, "--force", "--profile", "/dev/null", "-l", "en")
    assert plain.err == f"{out}: 1 question, seed 7\n"
    assert "River Post" not in text(out)


def test_the_language_is_that_of_the_profile_before_the_locale(program: Program, own: Path) -> None:
    own.write_text('languages = ["zh-Hant"]\n')
    assert "測驗" in program.here("take", "--bank", program.bank, "-n", 1, "--plain").out
    assert "題庫" in program.here("bank", "check", "--help").out
    assert program.here("tak").err.startswith("找不到指令")
    assert program.here("take", "-n", "x", "-l", "en").err.startswith("invalid value")


def test_the_audience_is_that_of_the_profile(own: Path) -> None:
    own.write_text('audience = "work"\n')
    assert Selection(profile=own).recipe.audience == "work"
    assert Selection(profile=own, audience="all").recipe.audience == "all"


def test_a_bank_without_the_region_of_the_profile_gives_its_own_numbers_and_says_so(
    program: Program, own: Path
) -> None:
    numbers = [help_number(region=region) | {"cites": ["market-talk/q1-a1"]} for region in ("cn", "uk")]
    write(program.bank / "help.yaml", {"help": numbers})
    out, said = program.folder / "a.html", "The numbers to call are those of cn; the bank has none of no."
    for region, words in (("uk", ""), ("no", said)):
        own.write_text(f'region = "{region}"\n')
        done = program.here("page", out, "--bank", program.bank, "-l", "en", "-n", 5, "--force")
        assert (done.code, done.err.partition(str(out))[0].strip()) == (0, words)
        assert program.here("take", "--bank", program.bank, "-n", "1", "--plain", typed="s\n").code == 0
    bank = program.bank / "bank.yaml"
    bank.write_text("languages: [en, zh-Hans]\nregion: uk\n", encoding="utf-8")
    done = program.here("page", out, "--bank", program.bank, "-l", "en", "--force")
    assert (done.code, said in done.err) == (0, False)


# The bank of a profile


def test_quizzes_papers_and_pages_come_from_the_bank_of_the_profile(program: Program, own: Path) -> None:
    assert program.here("profile", "set", "bank", program.bank).code == 0
    assert own.read_text() == f'bank = "{program.bank}"\n'
    taken = program.here("take", "-n", 1, "-s", 3, "--plain", "-l", "en", typed="s\n")
    assert taken.out == program.here(
        "take", "-n", 1, "-s", 3, "--plain", "-l", "en", "--bank", program.bank, "--profile", "/dev/null",
        typed="s\n",
    ).out  # fmt: skip
    out = program.folder / "a.html"
    assert program.here("page", out, "-l", "en").code == 0
    assert "harbour savings office" in out.read_text("utf-8")
    assert program.here("profile", "set", "bank", "-").code == 0
    assert "parcels" not in own.read_text()


def test_commands_that_show_a_bank_show_that_of_the_profile(program: Program) -> None:
    assert program.here("profile", "set", "bank", program.bank).code == 0
    for command in ("list", "stats"):
        named = program.here("bank", command, "--bank", program.bank)
        assert program.here("bank", command) == named
        assert named.code == 0
    shown = program.here("bank", "show", "--json")
    assert shown == program.here("bank", "show", "--json", "--bank", program.bank)
    assert program.here("source", "show") == program.here("source", "show", "--bank", program.bank)


def test_a_bank_is_saved_by_its_path_from_the_profile(
    program: Program, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.bank.rename(own.parent / "mine")
    monkeypatch.chdir(own.parent / "mine")
    assert program.here("profile", "set", "bank", ".").code == 0
    assert own.read_text() == 'bank = "mine"\n'
    monkeypatch.chdir(program.folder)
    assert program.here("take", "-n", 1, "--plain", typed="s\n").code == 0


@pytest.mark.parametrize(
    ("typed", "said"), [("gone", "there is no such file or folder"), ("", "has no bank")]
)
def test_a_folder_without_a_bank_is_not_saved(
    program: Program, own: Path, typed: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    (program.folder / "empty").mkdir()
    done = program.here("profile", "set", "bank", program.folder / (typed or "empty"))
    assert (done.code, own.exists(), said in done.err) == (2, False, True)


def test_a_bank_of_the_profile_that_is_gone_is_one_line(program: Program, own: Path) -> None:
    own.write_text('bank = "gone"\n')
    done = program.here("take", "-l", "en")
    gone = own.parent / "gone"
    assert done.code == 1
    assert done.err == (
        f"{own}:1:8: there is no bank {gone}; name another with `quizgen profile set bank FOLDER`,"
        " or clear it with `quizgen profile set bank -`\n"
    )


def test_a_kiosk_shows_headline_and_invitation_of_the_profile(program: Program, own: Path) -> None:
    own.write_text('organiser = "River Post"\nheadline = "Real, or a scam?"\ninvitation = "Try it!"\n')
    screen = Screen(program, "take", "--kiosk", "--bank", program.bank, *named(SIX[:1]))
    for words in ("River Post", "Real, or a scam?", "Try it!", "Press 1 to start"):
        screen.sees(words)
    screen.presses("1")
    screen.sees("1 of 1")
    screen.presses("s")
    screen.sees("Skipped")
    screen.presses("\r")
    screen.sees("Thank you")
    screen.presses("\r")
    screen.sees("Try it!")  # for the next visitor too
    screen.presses("\x0f", "\x15", "\x14")
    assert screen.ends()[0] == 0


def nowhere(*_: object, **__: object) -> Path:
    raise RuntimeError


@pytest.mark.parametrize("found", [nowhere, lambda *_, **__: Path("~/.config/quizgen")], ids=["none", "as ~"])
def test_without_a_home_folder_a_quiz_still_runs(
    program: Program, found: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("config", "data", "cache"):
        monkeypatch.setattr(platformdirs, f"user_{kind}_path", found)
    said = "your home folder is not known; set HOME to a folder of yours\n"
    for command in (("profile", "path"), ("profile", "set", "paper", "A4"), ("history",)):
        assert program.here(*command, QUIZGEN_DATA="") == (1, "", said)
    quiz = ("take", "--bank", program.bank, "-n", 1, "--plain")
    done = program.here(*quiz, typed="s\n", QUIZGEN_DATA="")
    assert (done.code, "Score: 0/1" in done.out) == (0, True)
    assert done.err == said + "the quiz continues, but its answers are not being saved\n"
