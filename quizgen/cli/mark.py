"""``quizgen mark``: read filled-in sheets from scans, write what was answered as a table, and say what it means."""

import csv
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import msgspec
import typer

from quizgen.cli.child_process import Limits, run_in_child, run_with_limits
from quizgen.cli.options import BankOption, load_bank
from quizgen.cli.output import (
    print_lines,
    print_problems,
    progress,
    reader_language,
    say,
    table_csv,
    write_files,
)
from quizgen.cli.scan_pages import count_pages, read_pages
from quizgen.errors import MisuseError, Problem, QuizgenError, problem
from quizgen.marks.positions import SUFFIX, SheetPositions, decode_positions
from quizgen.text.messages import N_, Message, _, ngettext

if TYPE_CHECKING:
    from quizgen.marks.reading import ReadPicture
    from quizgen.marks.results import PlacedSheet

RESULTS, CHECK_PAGE, CORRECTIONS, READ = "results.csv", "check.html", "corrections.csv", "read.jsonl"
REPORT_PAGE, REPORT = "report.html", "report.pdf"
"""The files in the folder of results. READ remembers what was read, so that the next run need not read it again."""

SCAN_SUFFIXES = {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".pgm"}
"""The files of a folder that are read. A file that the command names is read whatever its name."""

_BATCH = 24
"""How many pages a child process reads."""

_LIMITS, _PAGE_LIMITS = Limits(90, 1500), Limits(10, 1000)
"""The limits of a process that reads a batch, and of one that reads a single page because its batch failed."""

_TROUBLES: Mapping[str, tuple[Message, Message]] = {
    "empty": (_("this page is empty"), _("nothing to do")),
    "nothing": (_("no answer sheet is found here"), _("scan the whole sheet, with its four black squares")),
    "code": (_("the code on this sheet cannot be read"), _("scan the sheet again")),
    "foreign": (_("this sheet belongs to another quiz"), _("name the folder with the files of that quiz")),
    "unreadable": (_("this page cannot be read"), _("scan the sheet again, or save it smaller")),
}
"""What is wrong with a page without results, and what to do, by the trouble of ``ReadPicture``."""


class _Known(msgspec.Struct):
    """A line of the file that remembers what was read: a page of a file with a digest, and what is on it."""

    file: str
    page: int
    picture: msgspec.Raw


class _Page(NamedTuple):
    """A page to read: the name that people know it by, the digest of its file, its number from 1, and its file."""

    name: str
    digest: str
    number: int
    path: str

    @property
    def key(self) -> tuple[str, int]:
        """What tells the page from all others, whatever the file is called."""
        return self.digest, self.number


def mark(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER",
            show_default=False,
            help=N_(
                "The folder in which quizgen made the sheets (PDF). The file …-marks.json is in it, too."
            ),
        ),
    ],
    scans: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[SCAN]…",
            show_default=False,
            help=N_("Scans and photos (PDF or pictures), or folders of them."),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help=N_("The folder for the results, instead of “marked” in FOLDER.")
        ),
    ] = None,
    add: Annotated[
        bool,
        typer.Option(
            "--add",
            help=N_(
                "Add these sheets to those of earlier runs. Without --add, results.csv has only the sheets of the scans that you name."
            ),
        ),
    ] = False,
    forget: Annotated[
        bool,
        typer.Option("--forget", help=N_("Delete the pictures of answers at the end; only numbers remain.")),
    ] = False,
    bank: BankOption = None,
) -> None:
    """Read sheets from scans, and say what the answers mean. Answers that are not sure are left to a person, on a page with pictures."""
    if not find_spec("cv2"):
        raise QuizgenError(
            problem(_("reading scans needs OpenCV"), _("install it with: pip install 'quizgen[mark]'"))
        )
    out = out or folder / "marked"
    paths, all_positions = _read_positions(folder)
    if not scans and not forget:
        raise MisuseError(problem(_("no scan is named"), _("name PDF files, pictures or folders of them")))
    files = _list_scans(scans or [], out, paths)
    problems: list[Problem] = []
    if scans or add:
        _make_folder(out)
        known = _recall(out / READ, all_positions)
        pages = list(_list_pages(files, problems))
        pictures = _read_new_pages(pages, known, paths, out / READ)
        _write_results(out, pages, pictures, known if add else {}, all_positions, problems)
        _write_report(out, folder, bank, problems)
    if forget:
        for name in (CHECK_PAGE, READ):
            (out / name).unlink(missing_ok=True)
        say(_("{folder}: the pictures of answers are deleted", folder=str(out)), err=True)
    if problems:
        print_problems(problems, err=True)
        raise typer.Exit(1)


def _read_positions(folder: Path) -> tuple[list[str], list[SheetPositions]]:
    """Return the files with positions in a folder, and what they say."""
    paths = sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []
    if not paths:
        raise QuizgenError(
            problem(
                _("there is no file …{suffix} here, which says where the boxes of a sheet are"),
                _("name the folder of the kit; or print the sheets again with the same options and --seed"),
                suffix=SUFFIX,
                file=str(folder),
            )
        )
    return [str(path.absolute()) for path in paths], [
        decode_positions(path.read_bytes(), str(path)) for path in paths
    ]


def _list_scans(scans: Sequence[Path], out: Path, positions_paths: Sequence[str]) -> list[Path]:
    """Return the files to read: those that are named, and those in folders that are named.

    In folders, our own results and the empty sheets are left out.
    """
    results = {out.absolute() / name for name in (REPORT, REPORT_PAGE, CHECK_PAGE)}
    own = results | {Path(path.removesuffix(SUFFIX) + ".pdf") for path in positions_paths}
    files: dict[Path, None] = {}
    missing = []
    for scan in scans:
        if scan.is_dir():
            files |= dict.fromkeys(
                sorted(
                    each
                    for each in scan.rglob("*")
                    if each.suffix.lower() in SCAN_SUFFIXES and each.absolute() not in own
                )
            )
        elif scan.is_file():
            files[scan] = None
        else:
            missing.append(problem(_("there is no such file"), _("name a scan"), file=str(scan)))
    if missing:
        raise QuizgenError(missing)
    return list(files)


def _list_pages(files: Iterable[Path], problems: list[Problem]) -> Iterator[_Page]:
    """Yield the pages of files. A file that cannot be read becomes a problem."""
    names: dict[str, str] = {}
    for path in files:
        try:
            with path.open("rb") as file:
                is_pdf = file.read(4) == b"%PDF"
                file.seek(0)
                digest = hashlib.file_digest(file, "sha256").hexdigest()[:32]
            many = is_pdf or path.suffix.lower() in (".tif", ".tiff")
            count = run_in_child(str(path), count_pages, str(path.absolute())) if many else 1
        except QuizgenError as error:
            problems += [_name_file(each, str(path)) for each in error.problems]
            continue
        except OSError as error:
            problems.append(
                problem(_("cannot read it: {reason}"), reason=error.strerror or "", file=str(path))
            )
            continue
        # Two files of the same name are told apart by the beginning of their digests.
        name = path.name if names.setdefault(path.name, digest) == digest else f"{path.name}~{digest[:4]}"
        for number in range(1, count + 1):
            label = f"{name}:{number}" if many else name
            yield _Page(label, digest, number, str(path.absolute()))


def _name_file(each: Problem, file: str) -> Problem:
    """Return a problem with the name of its file."""
    return Problem(file, each.line, each.column, each.what, each.hint)


def _recall(path: Path, all_positions: Sequence[SheetPositions]) -> "dict[tuple[str, int], ReadPicture]":
    """Return what earlier runs have read, by the digest of the file and the page. A line that is cut off is left out."""
    from quizgen.marks.reading import ReadPicture

    known: dict[tuple[str, int], ReadPicture] = {}
    ours = {digest for positions in all_positions for digest in positions.papers_by_digest()}
    if not path.exists():
        return known
    for line in path.read_bytes().splitlines():
        try:
            entry = msgspec.json.decode(line, type=_Known)
            picture = msgspec.json.decode(entry.picture, type=ReadPicture)
        except msgspec.DecodeError:
            continue
        if {sheet.digest for sheet in picture.sheets} <= ours and picture.trouble != "foreign":
            known[entry.file, entry.page] = picture
    return known


def _read_new_pages(
    pages: Sequence[_Page],
    known: "Mapping[tuple[str, int], ReadPicture]",
    positions_paths: list[str],
    memory: Path,
) -> "dict[tuple[str, int], ReadPicture]":
    """Return what is on each page. What is not known yet is read by two or more processes, and remembered at once."""
    from quizgen.marks.reading import ReadPicture

    found = {page.key: known[page.key] for page in pages if page.key in known}
    unread = list({page.key: page for page in pages if page.key not in found}.values())
    batches = [unread[start : start + _BATCH] for start in range(0, len(unread), _BATCH)]
    with (
        memory.open("ab") as file,
        progress(len(unread)) as report,
        ThreadPoolExecutor(min(os.cpu_count() or 1, 4)) as pool,
    ):
        tasks = {pool.submit(_read_batch, batch, positions_paths): batch for batch in batches}
        done = 0
        for task in as_completed(tasks):
            for page, data in zip(tasks[task], task.result(), strict=True):
                picture = found[page.key] = msgspec.msgpack.decode(data, type=ReadPicture)
                if picture.trouble != "unreadable":
                    entry = _Known(*page.key, msgspec.Raw(msgspec.json.encode(picture)))
                    file.write(msgspec.json.encode(entry) + b"\n")
            file.flush()
            done += len(tasks[task])
            report(done)
    return found


def _read_batch(pages: Sequence[_Page], positions_paths: list[str]) -> list[bytes]:
    """Read some pages in a child process. If it fails, read each by itself, so that only one is lost."""
    from quizgen.marks.reading import ReadPicture

    try:
        return run_with_limits(
            _LIMITS if len(pages) > 1 else _PAGE_LIMITS,
            pages[0].path,
            read_pages,
            [(page.path, page.number) for page in pages],
            positions_paths,
        )
    except QuizgenError:
        if len(pages) == 1:
            return [msgspec.msgpack.encode(ReadPicture(trouble="unreadable"))]
        return [data for page in pages for data in _read_batch([page], positions_paths)]


def _write_results(
    out: Path,
    pages: Sequence[_Page],
    pictures: "Mapping[tuple[str, int], ReadPicture]",
    earlier: "Mapping[tuple[str, int], ReadPicture]",
    all_positions: Sequence[SheetPositions],
    problems: list[Problem],
) -> None:
    """Write the table and the page for a person, and say what they have. Append what is wrong to ``problems``."""
    from quizgen.marks.check_page import render_check_page
    from quizgen.marks.results import (
        find_missing_pages,
        find_repeated_codes,
        find_second_scans,
        gather_rows,
        make_table,
        unsure_answers,
    )

    sheets: list[PlacedSheet] = []
    seen: dict[tuple[str, int], str] = {}
    for page in pages:
        key = page.key
        if key in seen:
            problems.append(
                problem(
                    _("this is the same scan as {other}; it counts once"), other=seen[key], file=page.name
                )
            )
            continue
        seen[key] = page.name
        sheets += _place_sheets(page.name, pictures[key])
        if trouble := pictures[key].trouble:
            what, hint = _TROUBLES[trouble]
            problems.append(problem(what, hint, file=page.name))
    for (digest, number), picture in earlier.items():
        if (digest, number) not in seen:
            sheets += _place_sheets(f"{digest[:8]}:{number}", picture)
    questions = {id_: each for positions in all_positions for id_, each in positions.questions.items()}
    papers = {digest: paper for each in all_positions for digest, paper in each.papers_by_digest().items()}
    rows = gather_rows(sheets, _read_corrections(out / CORRECTIONS))
    for first, second in find_second_scans(sheets):
        problems.append(
            problem(
                _("this looks like the same sheet as {other}, scanned twice"),
                _("both are counted; leave one scan out if it is"),
                other=first,
                file=second,
            )
        )
    problems += [
        problem(
            _("the code {code} is also on {other}; neither counts in a comparison"),
            _("leave one of them out if it is the same sheet"),
            code=row.person,
            other=first.name,
            file=row.name,
        )
        for first, row in find_repeated_codes(rows)
    ]
    problems += [
        problem(_("page {page} of this sheet is missing"), _("scan it too"), page=page, file=row.name)
        for row, page in find_missing_pages(rows, papers)
    ]
    unsure = list(unsure_answers(rows))
    files = {out / RESULTS: table_csv(make_table(rows, questions))}
    if unsure:
        files[out / CHECK_PAGE] = render_check_page(unsure, questions, reader_language())
    else:
        (out / CHECK_PAGE).unlink(missing_ok=True)
    write_files(files, force=True)
    read = sum(len(row.answers) for row in rows)
    say(
        _(
            "{file}: {sheets} with {answers}",
            file=str(out / RESULTS),
            sheets=ngettext("{count} sheet", "{count} sheets", len(rows)),
            answers=ngettext("{count} answer", "{count} answers", read),
        ),
        err=True,
    )
    if unsure:
        say(
            ngettext(
                "{file}: {count} answer to look at",
                "{file}: {count} answers to look at",
                len(unsure),
                file=str(out / CHECK_PAGE),
            ),
            err=True,
        )


def _write_report(out: Path, folder: Path, bank: list[Path] | None, problems: list[Problem]) -> None:
    """Write what the table says, as a page and on paper, and print what a talk has changed. Append what is wrong to ``problems``."""
    from quizgen.analysis import read_results
    from quizgen.paper.report import print_report, render_report_page
    from quizgen.view.report import build_report

    loaded = load_bank(bank)
    language = reader_language()
    try:
        sittings = read_results((out / RESULTS).read_bytes(), loaded, str(out / RESULTS))
    except QuizgenError as error:
        problems += error.problems
        problems.append(
            problem(
                _("without these questions there is no report"),
                _("name the bank that the sheets are from with --bank"),
                file=str(out),
            )
        )
        return
    if not sittings:
        return
    report = build_report({folder.absolute().name: sittings}, loaded, language)
    try:
        write_files(
            {
                out / REPORT_PAGE: render_report_page(report, language),
                out / REPORT: print_report(report, language),
            },
            force=True,
        )
    except QuizgenError as error:
        problems += error.problems
        return
    say(_("{files}: what the answers mean", files=(str(out / REPORT_PAGE), str(out / REPORT))), err=True)
    print_lines(report.sentences)


def _place_sheets(name: str, picture: "ReadPicture") -> "list[PlacedSheet]":
    """Return the sheets of a picture, each with a name of its own."""
    from quizgen.marks.results import PlacedSheet

    many = len(picture.sheets) > 1
    return [
        PlacedSheet(f"{name}#{number}" if many else name, sheet)
        for number, sheet in enumerate(picture.sheets, start=1)
    ]


def _read_corrections(path: Path) -> dict[tuple[str, str], str]:
    """Return the answers that a person typed or chose on the page. Raises QuizgenError for another table."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if row]
    if not rows or rows[0] != ["sheet", "question", "answer"] or any(len(row) != 3 for row in rows):  # noqa: PLR2004
        raise QuizgenError(
            problem(
                _("this is not a table with the columns sheet, question and answer"),
                _("save it again from the page with answers to look at, or delete it"),
                file=str(path),
            )
        )
    return {(sheet, question): answer for sheet, question, answer in rows[1:]}


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise QuizgenError(
            problem(
                _("cannot write the folder: {reason}"),
                _("name another with --out"),
                reason=error.strerror or "",
                file=str(out),
            )
        ) from error
