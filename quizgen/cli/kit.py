"""``quizgen kit``: print everything for a talk into one folder, with one seed and one choice of questions."""

import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec.structs import replace

from quizgen.cli import completion
from quizgen.cli.designs import design_of, is_given, is_large, option_group, with_bank_title
from quizgen.cli.folder import check_folder, write_folder
from quizgen.cli.jobs import KitJob
from quizgen.cli.options import ForceOption, Selection, with_options
from quizgen.cli.output import progress, say, table_csv
from quizgen.cli.page import languages_of, quizzes_of
from quizgen.errors import MisuseError, Problem, QuizgenError, nearest, problem
from quizgen.paper.layouts import Layout, layouts
from quizgen.text.messages import N_, Message, _

if TYPE_CHECKING:
    from quizgen.paper.design import PageDesign, SheetDesign
    from quizgen.paper.layouts import Printed

VISITORS, MAX_VISITORS = 30, 100_000

INDEX = "00-index.pdf"

PAGE = "page"
"""The name of the web page for ``--without``; it is not a layout."""

_EXCLUDED_OPTIONS = {"draw", "name", "only_version"}
"""Options of layouts that a kit does not have: they would give some papers other questions, or print a single paper."""

_MAX_PROCESSES = 4
"""The most processes; more would only wait for the slowest sheet."""


def kit_layouts() -> "list[Layout[Any]]":
    """List the layouts of a kit, in order."""
    ordered = [(layout.kit.place, name, layout) for name, layout in layouts().items() if layout.kit]
    return [layout for _, _, layout in sorted(ordered, key=lambda each: each[:2])]


@with_options(
    selection=Selection,
    asked=option_group((layout.design for layout in kit_layouts()), without=_EXCLUDED_OPTIONS),
)
def kit(
    context: typer.Context,
    out: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER", show_default=False, help=N_("The folder to create, such as my-talk.")
        ),
    ],
    selection: Selection,
    asked: dict[str, Any],
    visitors: Annotated[
        int,
        typer.Option(
            "--visitors",
            metavar="N",
            min=1,
            max=MAX_VISITORS,
            help=N_("How many people you expect; the index says how many copies to print for them."),
        ),
    ] = VISITORS,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="LAYOUT",
            autocompletion=completion.kit_layouts,
            help=N_("Leave out a sheet, such as poster or cards. To leave out more, give --without again."),
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Print all that a talk needs into one folder: every layout and a web page, with the same questions, and an index.

    Of --versions the key is apart. With --force the files of an earlier kit are replaced, and all others left alone.
    """
    from quizgen.paper.design import SheetDesign
    from quizgen.paper.kit import Kit, KitFile, print_index

    sheets = _sheets(without or ())
    if not asked.get("second"):
        sheets = _without_multilingual(selection, sheets)
    if asked.get("versions") and not is_given(context, "answers"):
        asked["answers"] = "separate"
    designs = _designs(context, [*(sheet.design for sheet in sheets), SheetDesign], asked, selection)
    for place, sheet in enumerate(sheets):
        designs[place] = _with_suitable_paper(sheet, designs[place])
        sheet.companions(designs[place])
    check_folder(
        out, if_not_empty=_("name another folder, or replace the kit in it with --force"), force=force
    )
    job = KitJob(selection, large_print=any(map(is_large, designs)))
    with progress(len(sheets)) as report:
        bare = designs[-1]
        designs = [with_bank_title(design, selection) for design in designs]
        printed = _print(job, sheets, designs, report)
        page, quizzes = (b"", 0) if PAGE in (without or ()) else _web_page(job, selection, bare)
    files: dict[str, bytes] = {}
    listed: list[KitFile] = []
    for number, (sheet, each) in enumerate(zip(sheets, printed, strict=True), start=1):
        paper = designs[number - 1].paper
        for file, data in _files(f"{number:02}-{sheet.name}", sheet, each, visitors):
            files[file.name] = data
            listed.append(file if paper == designs[-1].paper else replace(file, paper=paper))
    if page:
        listed.append(
            KitFile(
                f"{len(sheets) + 1:02}-{PAGE}.html",
                (
                    _("For phones: the same quiz. Send it to people or put it on a website.", count=quizzes)
                    if quizzes == 1
                    else _(
                        "For phones: the same quiz, one of {count}. Send it to people or put it on a website.",
                        count=quizzes,
                    )
                ),
                "browser",
                0,
            )
        )
        files[listed[-1].name] = page
    needs: dict[Message, None] = {
        _(
            "A printer with {papers:both} paper",
            papers=tuple(dict.fromkeys(each.paper for each in reversed(designs))),
        ): None
    }
    needs |= dict.fromkeys(need for sheet in sheets if sheet.kit for need in sheet.kit.needs)
    index = print_index(Kit(listed, tuple(needs), visitors, job.seed), designs[-1], job.language)
    write_folder(
        out,
        {INDEX: index} | files,
        if_not_empty=_("name another folder, or replace the kit in it with --force"),
        force=force,
        is_ours=_is_kit_file,
    )
    say(
        _(
            "{folder}: {count} files for {visitors} visitors, seed {seed}",
            folder=str(out),
            count=len(files) + 1,
            visitors=visitors,
            seed=job.seed,
        ),
        err=True,
    )


def _sheets(without: Iterable[str]) -> "list[Layout[Any]]":
    known = {layout.name: layout for layout in kit_layouts()}
    names = (*known, PAGE)
    unknown = [name for name in without if name not in names]
    if unknown:
        raise MisuseError(
            problem(
                _("a kit has no {name!r}"),
                nearest(name, names) or _("it has {layouts}", layouts=names),
                name=name,
            )
            for name in unknown
        )
    return [layout for name, layout in known.items() if name not in without]


def _without_multilingual(selection: Selection, sheets: "list[Layout[Any]]") -> "list[Layout[Any]]":
    """Leave out the sheets that need more languages than the bank has, and report it."""
    count = len(selection.loaded.declared.readable)
    suitable = [sheet for sheet in sheets if not sheet.kit or sheet.kit.languages <= count]
    if left_out := tuple(sheet.name for sheet in sheets if sheet not in suitable):
        say(_("{sheets} left out: the questions are in one language", sheets=left_out), err=True)
    return suitable


def _designs(
    context: typer.Context, kinds: "Iterable[type[PageDesign]]", asked: dict[str, Any], selection: Selection
) -> list[Any]:
    """Make the design of each sheet; raises MisuseError with every problem, each once."""
    designs = []
    problems: dict[Problem, None] = {}
    for kind in kinds:
        try:
            designs.append(design_of(context, kind, asked, selection.own))
        except MisuseError as error:
            problems |= dict.fromkeys(error.problems)
    if problems:
        raise MisuseError(problems)
    return designs


def _with_suitable_paper(sheet: "Layout[Any]", design: Any) -> Any:
    """Return a design on a paper size of the sheet, if the size asked for is not one: a poster is printed in any case."""
    papers = sheet.kit.papers if sheet.kit else ()
    return design if design.paper in papers else replace(design, paper=papers[0])


def _files(name: str, sheet: "Layout[Any]", printed: "Printed", visitors: int) -> Iterator[tuple[Any, bytes]]:
    """Yield the files of a sheet, with their descriptions. Names are ASCII, so that USB sticks, mail programs and print shops keep them."""
    from quizgen.paper.kit import KitFile

    use = sheet.kit
    assert use  # noqa: S101  it is what made it one of the sheets
    each = 1 if printed.by_name else -(-visitors // printed.serves)
    copies = {"one": 1, "per-visitor": each, "as-needed": 0}[use.copies]
    purpose = use.purpose
    if printed.serves > 1:
        purpose = _("{purpose} The file has {content}.", purpose=purpose, content=printed.content)
    yield KitFile(f"{name}.pdf", purpose, use.sides, copies), printed.pdf
    if printed.key:
        yield (
            KitFile(
                f"{name}-key.pdf",
                _("The answers to every paper, for the person who marks them."),
                use.sides,
                1,
            ),
            printed.key,
        )
    if printed.table:
        yield (
            KitFile(f"{name}-key.csv", _("The same key as a table for spreadsheets."), "none", 0),
            table_csv(printed.table),
        )


def _web_page(job: KitJob, selection: Selection, design: "SheetDesign") -> tuple[bytes, int]:
    """Make the web page, whose first quiz is that of the sheets; return it with the number of its quizzes. Raises as ``make_page_content`` does."""
    from quizgen.page import PageHeader, make_page_content, render_page

    profile = selection.own.profile
    head = PageHeader(
        organiser=design.organiser,
        contact=design.contact,
        link=design.link,
        headline=profile.headline or design.title,
        invitation=profile.invitation,
        logo=design.logo,
    )
    quizzes = quizzes_of(selection, job.seed, None, job.quiz())
    languages = languages_of(selection.loaded, job.language)
    return render_page(make_page_content(selection.loaded, quizzes, languages), head), len(quizzes)


# Printing in several processes


def _print(
    job: KitJob, sheets: "Sequence[Layout[Any]]", designs: Sequence[Any], report: Callable[[float], None]
) -> "list[Printed]":
    """Print all sheets; raises QuizgenError with the problems of all of them."""
    from quizgen.paper.weasyprint_setup import engine

    engine()  # import it once for all processes; if it is missing, this is reported once
    job.choose(sheets)
    job.quiz()
    results: dict[str, Any] = {}
    for name, result in _results(
        job, {sheet.name: design for sheet, design in zip(sheets, designs, strict=False)}
    ):
        results[name] = result
        report(len(results))
    sheets_by_problem: dict[Problem, list[str]] = {}
    for sheet in sheets:
        if isinstance(problems := results[sheet.name], list):
            for each in problems:
                sheets_by_problem.setdefault(each, []).append(sheet.name)
    if sheets_by_problem:
        raise QuizgenError(
            each
            if each.file or len(names) == len(sheets)
            else problem(
                _("{sheets}: {said}"),
                _("{hint}; or leave it out of the kit with --without"),
                sheets=tuple(names),
                said=each.what,
                hint=each.hint,
            )
            for each, names in sheets_by_problem.items()
        )
    return [results[sheet.name] for sheet in sheets]


def _results(job: KitJob, designs: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each sheet's name and result as it is done: what was printed, or a list of problems."""
    processes = min(len(designs), _processors(), _MAX_PROCESSES)
    if processes <= 1:
        _start_worker(job)
        yield from (_print_sheet(name, design) for name, design in designs.items())
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # A fork has the bank and the PDF engine already. System libraries of macOS do not survive a fork.
    how = get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(processes, how, _start_process, (job,)) as pool:
        try:
            for done in as_completed([pool.submit(_print_sheet, *each) for each in designs.items()]):
                yield done.result()
        except BrokenProcessPool as error:
            raise QuizgenError(
                problem(
                    _("a printing process was stopped by the system"),
                    _("free some memory and try again; nothing was written"),
                )
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


_job_of_process: list[KitJob] = []
"""The job of this process. It is too large to be sent with each sheet."""


def _start_worker(job: KitJob) -> None:
    _job_of_process[:] = [job]


def _start_process(job: KitJob) -> None:
    """Start a worker process. It ends when its parent does, however that happens."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait
    from threading import Thread

    def follow() -> None:
        if parent := parent_process():
            wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    Thread(target=follow, daemon=True).start()
    _start_worker(job)


def _print_sheet(name: str, design: Any) -> "tuple[str, Printed | list[Problem]]":
    from quizgen.paper.layouts import layouts

    try:
        return name, layouts()[name].make(_job_of_process[0], design)
    except QuizgenError as error:
        return name, list(error.problems)


def _is_kit_file(name: str) -> bool:
    """Return whether a file has a name that a kit uses."""
    found = re.fullmatch(r"\d\d-(.+?)(?:-key)?\.(?:pdf|csv|html)", name)
    return found is not None and found[1] in {"index", PAGE, *(layout.name for layout in kit_layouts())}
