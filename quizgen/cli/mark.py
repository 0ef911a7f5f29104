"""``quizgen mark``: read filled-in sheets from scans, write what was answered as a table, and say what it means."""

import csv
import io
import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizgen.cli.options import BankOption, load_bank
from quizgen.cli.output import (
    print_lines,
    print_table,
    read_user_file,
    reader_language,
    say,
    table_csv,
    write_files,
)
from quizgen.cli.scans import (
    Memory,
    Page,
    describe_troubles,
    forget_clippings,
    list_pages,
    list_scans,
    read_new_pages,
    recall,
)
from quizgen.errors import MisuseError, Problem, QuizgenError, problem
from quizgen.marks.positions import SUFFIX, SheetPositions, decode_positions
from quizgen.text.messages import N_, _, ngettext

if TYPE_CHECKING:
    from quizgen.marks.reading import ReadPicture
    from quizgen.marks.results import PlacedSheet

RESULTS, CHECK_PAGE, CORRECTIONS, READ = "results.csv", "check.html", "corrections.csv", "read.jsonl"
REPORT_PAGE, REPORT = "report.html", "report.pdf"
"""The files in the folder of results. READ remembers what was read, so that the next run need not read it again."""


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
    talk: Annotated[
        str,
        typer.Option(
            "--talk",
            metavar="NAME",
            help=N_(
                "The talk that these sheets are from, such as 2026-03. With --add, the report has a line for each talk."
            ),
        ),
    ] = "",
    forget: Annotated[
        bool,
        typer.Option("--forget", help=N_("Delete the pictures of answers at the end; only numbers remain.")),
    ] = False,
    bank: BankOption = None,
) -> None:
    """Read sheets from scans, and say what the answers mean. Answers that are not sure are left to a person, on a page with pictures."""
    if not (find_spec("cv2") and find_spec("zxingcpp")):
        raise QuizgenError(
            problem(
                _("reading scans needs OpenCV and zxing-cpp"),
                _("install it with: pip install 'quizgen[mark]'"),
            )
        )
    out = out or folder / "marked"
    paths, all_positions = _read_positions(folder)
    if not scans and not forget:
        raise MisuseError(problem(_("no scan is named"), _("name PDF files, pictures or folders of them")))
    results = [out / name for name in (REPORT, REPORT_PAGE, CHECK_PAGE)]
    empty_sheets = [Path(str(path).removesuffix(SUFFIX) + ".pdf") for path in paths]
    files = list_scans(scans or [], [*results, *empty_sheets])
    problems: list[Problem] = []
    if scans or add:
        _make_folder(out)
        memory = recall(out / READ, all_positions)
        earlier = list(memory.pictures)
        names = {name: digest for digest, name in memory.names.items() if name}
        pages = list_pages(files, names, problems)
        read_new_pages(
            pages, memory, out / READ, [os.fsencode(path.absolute()) for path in paths], talk.strip()
        )
        pages = _leave_out_copies(pages, problems)
        named = {page.key for page in pages}
        if add:
            pages += [
                Page(memory.names[digest] or digest[:8], digest, number, b"")
                for digest, number in earlier
                if (digest, number) not in named
            ]
        _write_results(out, pages, memory, all_positions, problems)
        _write_report(out, folder, bank, problems)
    if forget:
        (out / CHECK_PAGE).unlink(missing_ok=True)
        forget_clippings(out / READ)
        say(_("{folder}: the pictures of answers are deleted", folder=str(out)), err=True)
    if problems:
        for each in problems:
            say(each, err=True)
        raise typer.Exit(1)


def _read_positions(folder: Path) -> tuple[list[Path], list[SheetPositions]]:
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
    return paths, [decode_positions(path.read_bytes(), str(path)) for path in paths]


def _leave_out_copies(pages: Sequence[Page], problems: list[Problem]) -> list[Page]:
    """Return the pages without those that are there under another name. Such a file becomes a problem."""
    first: dict[tuple[str, int], Page] = {}
    copies: dict[tuple[str, str], None] = {}
    for page in pages:
        if first.setdefault(page.key, page) is not page:
            copies[page.file, first[page.key].file] = None
    problems += [
        problem(_("this is the same scan as {other}; it counts once"), other=other, file=file)
        for file, other in copies
    ]
    return list(first.values())


def _write_results(
    out: Path,
    pages: Sequence[Page],
    memory: Memory,
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

    corrections = _read_corrections(out / CORRECTIONS)
    sheets = [
        sheet
        for page in pages
        for sheet in _place_sheets(page, memory.pictures[page.key], memory.talks[page.digest])
    ]
    problems += describe_troubles(
        (page, trouble) for page in pages if (trouble := memory.pictures[page.key].trouble)
    )
    questions = {id_: each for positions in all_positions for id_, each in positions.questions.items()}
    papers = {digest: paper for each in all_positions for digest, paper in each.papers_by_digest().items()}
    rows = gather_rows(sheets, corrections, papers)
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
        problem(
            _("page {page} of this sheet is missing, or it is not certain which one it is"),
            _("scan each sheet with all its pages, one after the other, into one PDF file"),
            page=page,
            file=row.name,
        )
        for row, page in find_missing_pages(rows, papers)
    ]
    unsure = list(unsure_answers(rows))
    files = {out / RESULTS: table_csv(make_table(rows, questions))}
    if unsure:
        files[out / CHECK_PAGE] = render_check_page(unsure, questions, reader_language(), corrections)
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
    from quizgen.view.report import build_report, divide_talks, summary_lines, talk_table

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
    report = build_report(divide_talks({folder.absolute().name: sittings}), loaded, language)
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
    print_lines(summary_lines(report, language))
    if report.talks:
        print_table([list(row) for row in talk_table(report, language)])


def _place_sheets(page: Page, picture: "ReadPicture", talk: str) -> "list[PlacedSheet]":
    """Return the sheets of a picture, each with a name of its own."""
    from quizgen.marks.results import PlacedSheet

    many = len(picture.sheets) > 1
    return [
        PlacedSheet(f"{page.name}#{number}" if many else page.name, sheet, talk, page.digest, page.number)
        for number, sheet in enumerate(picture.sheets, start=1)
    ]


def _read_corrections(path: Path) -> dict[tuple[str, str], str]:
    """Return the answers that a person typed or chose on the page. Raises QuizgenError for another table."""
    if not path.exists():
        return {}
    try:
        rows = [row for row in csv.reader(io.StringIO(read_user_file(path).decode("utf-8-sig"))) if row]
    except (UnicodeDecodeError, csv.Error):
        rows = []
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
