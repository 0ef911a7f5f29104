"""README and docs are right: their commands run, their links work, and their examples are valid."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from PIL import Image, ImageSequence

from quizgen import __version__
from quizgen.bank import analyse_bank, read_bank
from quizgen.cli.bank_check import run_lint
from quizgen.cli.commands import COMMANDS, CommandGroupEntry
from quizgen.kinds import KINDS
from quizgen.paper.layouts import layout_names
from tests.built_in import built_in_bank
from tests.cli.program import Done, Program

ROOT = Path(__file__).parents[1]
DOCS = sorted(f"docs/{page.name}" for page in ROOT.glob("docs/*.md"))
PAGES = ["README.md", "README.zh-Hans.md", "CONTRIBUTING.md", "SECURITY.md", "benchmarks/README.md", *DOCS]
TEXTS = {page: (ROOT / page).read_text(encoding="utf-8") for page in PAGES}

SOURCES = """
sources:
  - id: talk
    title: {en: A talk, zh-Hans: 访谈}
    publisher: {en: Market Post, zh-Hans: 集市报}
    date: 2021-05
    language: zh-Hans
    passages:
      - {id: q1-a1, digest: "%s"}
""" % ("0" * 64)


def test_every_link_leads_somewhere() -> None:
    lost = []
    for page, text in TEXTS.items():
        for link in re.findall(r"\]\(([^)]+)\)", text):
            path, _, anchor = link.partition("#")
            target = (ROOT / page).parent / path if path else ROOT / page
            if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
                lost.append(f"{page}: {link}")
    assert lost == []


def anchors(text: str) -> set[str]:
    """Make the anchors of a page's headings as code hosts do."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_the_table_of_contents_names_every_page() -> None:
    linked = set(re.findall(r"\]\(([^)#]+)\)", TEXTS["docs/README.md"]))
    assert {page.removeprefix("docs/") for page in DOCS} - linked == {"README.md"}
    assert "](docs/README.md)" in TEXTS["README.md"]


def test_the_changelog_begins_with_this_version_and_says_nothing_twice() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\S+)", changelog, re.MULTILINE)
    assert versions == ["Unreleased", __version__, "0.2.0", "0.1.0"]
    entries = re.findall(r"^- .*", changelog, re.MULTILINE)
    assert [entry for entry, times in Counter(entries).items() if times > 1] == []


def test_every_picture_is_shown_and_small() -> None:
    shown = {
        ((ROOT / page).parent / link).resolve()
        for page, text in TEXTS.items()
        for link in re.findall(r"!\[.+?\]\((.+?)\)", text)
    }
    pictures = set((ROOT / "docs" / "pictures").iterdir())
    assert shown == pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > 300_000] == []


def test_the_chinese_readme_has_the_commands_links_and_pictures_of_the_english_one() -> None:
    english, chinese = (
        (
            [re.sub(r" +#.*|\"[^\"]*\"", "", line) for line in lines_of(page)],
            [link for link in re.findall(r"\]\(([^)]+)\)", TEXTS[page]) if "README" not in link],
        )
        for page in ("README.md", "README.zh-Hans.md")
    )
    assert english == chinese


@pytest.mark.heavy
def test_the_script_remakes_every_picture(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "scripts" / "make_pictures.py", tmp_path], check=True)
    assert {path.name for path in tmp_path.iterdir()} == {
        path.name for path in (ROOT / "docs" / "pictures").iterdir()
    }
    with Image.open(tmp_path / "terminal.gif") as recording:
        shown = [frame.convert("RGB").tobytes() for frame in ImageSequence.Iterator(recording)]
    assert len(shown) == len(set(shown)) == 6


def lines_of(page: str) -> list[str]:
    """List the lines of a page's blocks of shell commands, each continued line as one."""
    blocks = re.findall(r"^```sh\n(.*?)^```", TEXTS[page], re.MULTILINE | re.DOTALL)
    return "".join(blocks).replace("\\\n", " ").splitlines()


NOT_RUN = {
    "sh scripts/": "tests/test_setup.py runs the scripts",
    "export PATH": "is for a shell",
    "quizgen profile set   ": "needs a terminal; tests/cli/test_profile.py runs it",
    "quizgen --bank my": "needs a terminal; tests/cli/test_home.py runs it",
    "quizgen present": "needs a terminal; tests/cli/test_present.py runs it",
    "quizgen handout groups.pdf": "takes half a minute; tests/cli/test_handout.py draws papers",
    "quizgen import drafts reply.md": "needs a reply; tests/cli/test_import_drafts.py runs it",
    "quizgen kit": "takes ten seconds; tests/cli/test_kit.py runs it",
    "quizgen mark": "needs scans; tests/cli/test_mark.py runs it",
    "quizgen print before-after before.pdf": "takes long; docs/mark.md prints these sheets, too",
    "quizgen take --kiosk": "needs a terminal; tests/cli/test_take.py runs it",
    "quizgen bank check --lint  ": "takes long; tests/cli/test_check.py names a file",
    "quizgen bank check --lint question_bank/": "takes as long as --lint; tests/cli/test_check.py names a file",
    "quizgen bank check --lint --sarif": "takes as long as --lint; tests/cli/test_check.py runs it",
    "quizgen bank check --lint --json": "takes as long as --lint; tests/cli/test_check.py runs it",
    "quizgen bank check --lint --watch": "never ends; tests/cli/test_check_watch.py runs it",
}
"""Commands that do not run here, by how they begin, and why."""

SHORT = ("handout", "print bilingual", "print guide", "print slides")
"""Commands that print long sheets. Here they print two questions, in a third of the time, if the line allows it."""

TYPED = {
    "quizgen take": "s\nq\n",
    "quizgen history clear": "y\n",
}
"""What is typed at commands that ask."""

FIRST = {
    "docs/export.md": ["export moodle course.xml -n 3", "bank init my --languages en"],
    "docs/take.md": ["take -n 1"],
    "docs/writing.md": ["bank init my --languages en"],
}
"""What has been done before a page's commands make sense."""

BEFORE = {
    "quizgen import table british.xlsx": "bank table british.xlsx --bank question_bank/uk --force",
}
"""What stands for the work of the reader before a command: here, filling in a spreadsheet."""

ARTICLE = ROOT.parent / "shared" / "article.txt"


@pytest.mark.parametrize("page", [page for page in ["README.md", *DOCS] if lines_of(page)])
def test_every_command_of_a_page_runs(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run them in their order, in a folder that has the files that they name."""
    program = Program(tmp_path / "home")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(folder_with_files(tmp_path / "folder"))
    for line in FIRST.get(page, ()):
        assert program.here(*line.split()).code == 0
    # docs/bank.md has made a bank of its own for its profile, with this text as its source.
    text = "question_bank/uk/article.txt" if page == "docs/bank.md" else "TEXT"
    assert failed_commands(program, [line.replace("TEXT", text) for line in lines_of(page)]) == []


def test_the_page_for_authors_works_with_an_article_and_numbers_of_another_country(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its commands run as they are printed. The reader only names their own article, and fills in the spreadsheet."""
    program = Program(tmp_path / "home")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(folder_with_files(tmp_path / "folder"))
    Path("own.txt").write_text(HALIFAX_ARTICLE, "utf-8")
    lines = [
        line.replace("question_bank/uk/article.txt", "own.txt")
        .replace("/article", "/own")
        .replace("-n 10", "-n 3")
        for line in lines_of("docs/author.md")
    ]
    assert failed_commands(program, lines, fill_in_halifax) == []
    assert len(read_bank([Path("british")]).questions) == 5  # four of the spreadsheet, and one of the editor


def failed_commands(
    program: Program, lines: list[str], fill_in: Callable[[], None] | None = None
) -> list[tuple[str, Done]]:
    """Run the command lines of a page in their order, and return those that fail, with what they print.

    ``fill_in`` does what the reader does with a spreadsheet before it is imported.
    """
    wrong = []
    for line in lines:
        if any(line.startswith(start) for start in NOT_RUN) or ("TEXT" in line and not ARTICLE.exists()):
            continue
        for start, work in BEFORE.items():
            if line.startswith(start) and fill_in:
                fill_in()
            elif line.startswith(start):
                assert program.here(*work.split()).code == 0
        if line.startswith("cp "):
            shutil.copy(*shlex.split(line, comments=True)[1:])
            continue
        command, _, into = line.rpartition(" | ")[2].partition("#")[0].partition(" > ")
        command = command.replace("bank new single", "bank new --from entry.yaml")  # the reader fills it in
        name, *words = shlex.split(command.replace("TEXT", str(ARTICLE)), comments=True)
        assert name == "quizgen", line
        typed = typed_at(line)
        is_long = command.startswith(tuple(f"quizgen {start} " for start in SHORT))
        if is_long and not {"-n", "--bank"} & set(words):
            words += ["-n", "5" if "--versions" in words else "2"]  # two questions make few versions
        done = program.here(*words, typed=typed)
        if into:
            Path(into.strip()).write_text(done.out, "utf-8")
        # What the rules find in our bank is not what this test is for: tests/lint/test_whole_bank.py is.
        good = {0, 1} if " --lint" in command else {0}
        if done.code not in good:
            wrong.append((line, done))
    return wrong


HALIFAX_ARTICLE = """
The harbour branch rings a customer when a payment looks odd. It says which payment that is, and it never asks for the code on the card.

Anyone who is not sure puts the phone down and dials the number on the back of the card. The branch would rather be asked twice than not at all.

Money that has gone can sometimes be stopped within the hour. The branch asks people to ring 902-555-0100 before they do anything else.
"""

HALIFAX: Mapping[str, list[dict[str, Any]]] = {
    "Topics": [{"Id": "calls", "Title": "Calls from the branch"}],
    "Facts": [
        {
            "Topic": "calls",
            "Id": "never-asks",
            "What it says": "The branch does not want to know a code.",
            "Passages": "p1",
            "Words quoted from the passage": "never asks for the code",
        }
    ],
    "Calls and messages": [
        {
            "Topic": "calls",
            "Id": id_,
            "Channel": "call",
            "Genuine": genuine,
            "Twin": twin,
            "From": "902-555-0100",
        }
        for id_, genuine, twin in [("asks-nothing", "yes", "wants-code"), ("wants-code", "no", "asks-nothing")]
    ],
    "Lines": [
        {"Call or message": exhibit, "Who says it": "caller", "Text": text}
        for exhibit, last in [
            ("asks-nothing", "Please look at your account when you have time."),
            ("wants-code", "Please tell me the code on your card."),
        ]
        for text in ["Good morning, this is the harbour branch. A payment of yours looks odd.", last]
    ],
    "Signs": [
        {"Call or message": exhibit, "Line": 2, "Telltale words": words, "Reason": reason, "Facts": "never-asks"}
        for exhibit, words, reason in [
            ("asks-nothing", "when you have time", "Nobody hurries you."),
            ("wants-code", "tell me the code", "The branch never asks for it."),
        ]
    ],
    "Questions": [
        {"Topic": "calls", "Kind": kind, "Level": level, "Difficulty": 1, "Facts": "never-asks", **rest}
        for kind, level, rest in [
            ("judge", "apply", {"Call or message": "asks-nothing"}),
            ("judge", "apply", {"Call or message": "wants-code"}),
            (
                "true-false",
                "recall",
                {"Question": "The branch asks for codes.", "Right answer": "no", "Why": "It says so."},
            ),
            (
                "single",
                "apply",
                {
                    "Question": "Somebody wants your code. What now?",
                    "Right answer": "Hang up",
                    "Wrong answer": "Say it slowly",
                    "Wrong answer 2": "Say half of it",
                    "Why": "Nobody needs it.",
                },
            ),
        ]
    ],
    "Help": [
        {"Region": "ca", "Id": "bank", "Number": "902-555-0100", "What it is for": "the branch", "Role": "emergency"}
    ],
    "Sheets": [
        {"Id": "ring", "Role": "step", "Heading": "Ring.", "Text": "Call {bank}.", "Facts": "never-asks"},
        {"Id": "who", "Role": "headline", "Text": "Who is calling?"},
    ],
}  # fmt: skip
"""What a reader writes on the tabs of the spreadsheet."""


def fill_in_halifax() -> None:
    book = openpyxl.load_workbook("british.xlsx")
    for tab, rows in HALIFAX.items():
        sheet = book[tab]
        heads = [cell.value for cell in sheet[1]]
        for number, row in enumerate(rows, sheet.max_row + 1):
            for head, words in row.items():
                sheet.cell(number, heads.index(head) + 1).value = words
    book.save("british.xlsx")


def folder_with_files(folder: Path) -> Path:
    """Make a folder with the files that the pages name."""
    folder.mkdir()
    (folder / "question_bank").symlink_to(ROOT / "question_bank")
    (folder / "post.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    )
    (folder / "names.txt").write_text("Wang Xiaoming\n李小红\n", encoding="utf-8")
    (folder / "entry.yaml").write_text(ENTRY, encoding="utf-8")
    (folder / "old.gift").write_text("Where is it? {=Here ~There ~Nowhere}\n")
    (folder / "results.csv").write_text(f"sheet,version,code,time,{min(built_in_bank().questions)}\n1,,,,a\n")
    book = openpyxl.Workbook()
    book.active.append(["question", "A", "B", "answer"])
    book.active.append(["Which of them is it?", "This one", "That one", "A"])
    book.save(folder / "table.xlsx")
    return folder


(ENTRY,) = re.findall(r"```yaml\n(topic: questions\n.*?)```", TEXTS["docs/bank.md"], re.DOTALL)
"""What docs/bank.md says to write in an editor."""


def typed_at(line: str) -> str:
    """Return what is typed at a command: what the line pipes into it, or what ``TYPED`` says."""
    piped, _, command = line.rpartition(" | ")
    if piped:
        return shlex.split(piped)[1].replace("\\n", "\n")
    return next((typed for start, typed in TYPED.items() if command.startswith(start)), "")


@pytest.mark.parametrize("seed", [1, 2])
def test_the_pipe_in_the_manual_answers_a_quiz_with_any_seed(seed: int, tmp_path: Path) -> None:
    ((typed, command),) = re.findall(r"printf '(.*?)' \| quizgen (.*?) +#", TEXTS["docs/take.md"])
    done = Program(tmp_path).here(*command.split(), "-s", seed, typed=typed.replace("\\n", "\n"))
    right = done.out.count("Right.")
    assert done.out.endswith(f"\nScore: {right}/3\n")


def commands_on(page: str) -> set[str]:
    """Collect the command lines of a page: those in blocks of code, and those within sentences."""
    blocks = re.findall(r"^```(?:sh)?\n(.*?)^```", TEXTS[page], re.MULTILINE | re.DOTALL)
    alone = re.findall(r"^quizgen +(.*?)(?: +#.*| {3,}.*)?$", "".join(blocks), re.MULTILINE)
    within = re.findall(r"`quizgen\s+([^`]+)`", TEXTS[page])
    return {" ".join(line.removesuffix(" \\").replace("…", "").split()) for line in [*alone, *within]} - {""}


def path_of(words: list[str]) -> list[str]:
    """Return the words of a command line that name the command, such as ``bank check``."""
    groups = [name for name, entry in COMMANDS.items() if isinstance(entry, CommandGroupEntry)]
    length = 2 if words[0] in [*groups, "print"] else 1
    return [word for word in words[:length] if re.fullmatch("[a-z][a-z-]*", word)]


def test_every_command_of_the_manual_is_understood(tmp_path: Path) -> None:
    program = Program(tmp_path)
    shown: dict[tuple[str, ...], str] = {}
    wrong = []
    for page in PAGES:
        for command in sorted(commands_on(page)):
            words = command.split()
            path = tuple(path_of(words))
            if path not in shown:
                shown[path] = program.here(*path, "--help", COLUMNS="200").out
            options = [word for word in words if re.match("--?[a-z]", word)]
            if not all(re.search(rf"{option}\b", shown[path]) for option in options) or not shown[path]:
                wrong.append(f"{page}: quizgen {command}")
    assert wrong == []
    assert len(shown) > 20


def test_the_bank_in_the_manual_is_valid(tmp_path: Path) -> None:
    """All its examples are the files of one bank, with a source for the first."""
    parts = re.findall(r"```yaml\n(.*?)```", TEXTS["docs/bank.md"], re.DOTALL)
    parts.remove(ENTRY)
    taken_from_ours = {
        "when-cheated-2025/n2": "late-books/p1",
        "stop-payment/hang-up-at-once": "parcels/no-fee",
    }
    for number, part in enumerate([SOURCES, *parts]):
        for ours, own in taken_from_ours.items():
            part = part.replace(ours, own)  # noqa: PLW2901  the examples are of our bank
        (tmp_path / f"{number}.yaml").write_text(part, encoding="utf-8")
    bank = read_bank([tmp_path])
    by_topic = {
        topic: [each for each in bank.questions.values() if each.topic == topic] for topic in bank.topics
    }
    assert [question.id for question in by_topic["parcels"]] == ["parcels/fee-by-text"]
    assert [question.kind for question in by_topic["library"]] == list(KINDS)
    assert [statement.role for statement in bank.statements.values()] == ["step", "say"]
    assert list(bank.sources) == ["talk", "late-books"]
    analysis = analyse_bank([tmp_path])
    asked = frozenset(question.id for question in by_topic["library"])
    findings = run_lint(analysis._replace(own=asked), lambda _: None)
    assert [str(found) for found in findings if found.question and found.fails_check] == []


def test_what_else_an_exhibit_can_say_is_valid(tmp_path: Path) -> None:
    """The page shows an exhibit in part; it gets what it lacks."""
    (shown,) = (block for block in blocks("docs/writing.md") if "channel" in block)
    line = {"line": 2, "words": {"en": "Pay", "zh-Hans": "先交"}, "reason": {"en": "So.", "zh-Hans": "是。"}}
    exhibit = {"id": "customs-call", **shown, "signs": [{**line, "facts": ["made-up"]}]}
    currency = {"languages": ["en", "zh-Hans"], "currency": {"en": "yuan", "zh-Hans": "元"}}
    (made,) = read_bank([bank_of([exhibit], [currency], tmp_path / "bank")]).exhibits.values()
    assert made.lines[0].replies


GOOD, DRAFT = "stranger-calls-uncle-money", "first-draft"


def blocks(page: str) -> list[Any]:
    return [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", TEXTS[page], re.DOTALL)]


def bank_of(entries: list[dict[str, Any]], files: list[dict[str, Any]], folder: Path) -> Path:
    """Write a bank of what a page shows: entries of one topic, and whole files; facts that are only named are made up."""
    folder.mkdir()
    topic: dict[str, Any] = {"topic": "stop-payment", "title": {"en": "Stop", "zh-Hans": "止付"}}
    sections = {"statement": "facts", "lines": "exhibits", "kind": "questions"}
    for entry in entries:
        section = next(section for key, section in sections.items() if key in entry)
        topic.setdefault(section, []).append(entry)
    topics = {"stop-payment": topic}
    written = {f"stop-payment/{fact['id']}" for fact in topic.get("facts", ())}
    for name in sorted(set(named_facts([entries, files])) - written):
        home, _, own = name.rpartition("/")
        home = home or "stop-payment"
        if f"{home}/{own}" in written:
            continue
        made_up = topics.setdefault(
            home, topic | {"topic": home, "facts": [], "exhibits": [], "questions": []}
        )
        text = {"en": "So it is.", "zh-Hans": "如此。"}
        fact = {"id": own, "statement": text, "cites": ["police-interview-2021/q1-a1"], "terms": ["x"]}
        made_up.setdefault("facts", []).append(fact)
    passages = {"police-interview-2021": "q1-a1", "when-cheated-2025": "n2"}
    (source,) = yaml.safe_load(SOURCES)["sources"]
    sources = [
        source | {"id": id_, "passages": [source["passages"][0] | {"id": passage}]}
        for id_, passage in passages.items()
    ]
    help_file = {"help": [{"region": "cn", "id": "police", "number": "110", "for": topic["title"]}]}
    parts = [*topics.values(), {"sources": sources}, *files]
    parts += [] if any("help" in file for file in files) else [help_file]
    for number, part in enumerate(parts):
        written_out = yaml.safe_dump(json.loads(json.dumps(part)), allow_unicode=True, sort_keys=False)
        (folder / f"{number}.yaml").write_text(written_out, encoding="utf-8")
    return folder


def named_facts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        named = value.get("facts", ())
        if all(isinstance(name, str) for name in named):
            yield from named
        value = list(value.values())
    for part in value if isinstance(value, list) else ():
        yield from named_facts(part)


def test_the_writing_guide_ends_with_a_question_that_passes_lint(tmp_path: Path) -> None:
    """Its first draft has every flaw that it names, and no other; its exhibits are twins, each judged."""
    found = blocks("docs/writing.md")
    entries = [entry for block in found if isinstance(block, list) for entry in block]
    files = [block for block in found if "help" in block]
    good, draft = (next(e for e in entries if e["id"] == id_) for id_ in (GOOD, DRAFT))
    seen = {}
    for left_out in (draft, good):
        kept = [entry for entry in entries if entry is not left_out]
        surveyed = analyse_bank([bank_of(kept, files, tmp_path / left_out["id"])])
        assert surveyed.findings.problems == []
        for each in (good, draft):
            if each is not left_out:
                about = surveyed._replace(own=frozenset([f"stop-payment/{each['id']}"]))
                seen[each["id"]] = {
                    found.rule.id for found in run_lint(about, lambda _: None) if found.question
                }
        assert surveyed.bank
        assert [exhibit.genuine for exhibit in surveyed.bank.exhibits.values()] == [True, False]
        assert sum(question.kind == "judge" for question in surveyed.bank.questions.values()) == 2
    named = re.findall(r"\| \[([a-z-]+)\]\(lint", TEXTS["docs/writing.md"])
    assert seen == {GOOD: set(), DRAFT: set(named)}


def test_the_manual_has_every_layout_and_every_kind() -> None:
    printed = set(re.findall(r"quizgen (?:print )?([a-z-]+)", TEXTS["docs/print.md"]))
    absent = [name for name in layout_names() if name not in printed]
    assert absent == []
    (kinds,) = re.findall(r"kind: single +# or (.*)", TEXTS["docs/bank.md"])  # in the first example
    assert {"single", *kinds.split(", ")} == {*KINDS}
