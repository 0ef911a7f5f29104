"""``quizgen kit``: make all sheets for a talk in one folder, for the same quiz."""

import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
from msgspec.structs import replace

from quizgen.cli import completion
from quizgen.cli.designs import complete_design, is_given, is_large_print, make_design, options_of_designs
from quizgen.cli.folder import check_folder, write_folder
from quizgen.cli.jobs import KitPrintJob
from quizgen.cli.options import ForceOption, Selection, with_options
from quizgen.cli.output import progress, say, table_csv
from quizgen.cli.page import assemble_quizzes, page_languages
from quizgen.errors import MisuseError, Problem, QuizgenError, problem, suggest_nearest
from quizgen.marks.positions import SUFFIX
from quizgen.paper.layouts import Layout, all_layouts
from quizgen.text.messages import N_, NOTHING, Message, _

if TYPE_CHECKING:
    from quizgen.paper.design import PageDesign, SheetDesign
    from quizgen.paper.layouts import PrintedSheet

VISITORS, MAX_VISITORS = 30, 100_000

INDEX = "00-index.pdf"

PAGE = "page"
"""The name of the web page for ``--without``; it is not a layout."""

_EXCLUDED_OPTIONS = {"draw", "name", "only_version", "codes", "slide_numbers"}
"""Options of layouts that a kit does not have.

They would give some papers other questions or print a single paper, or the kit sets them.
"""

_MAX_PROCESSES = 4
"""The most processes; more would only wait for the slowest sheet."""


def kit_layouts() -> "list[Layout[Any]]":
    """Return the layouts that a kit has, in the order of its files."""
    ordered = [(layout.kit.place, name, layout) for name, layout in all_layouts().items() if layout.kit]
    return [layout for _, _, layout in sorted(ordered, key=lambda each: each[:2])]


@with_options(
    selection=Selection,
    typed_values=options_of_designs((layout.design for layout in kit_layouts()), excluded=_EXCLUDED_OPTIONS),
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
    typed_values: dict[str, Any],
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
            autocompletion=completion.complete_kit_layouts,
            help=N_("Leave out a sheet, such as poster or cards. To leave out more, give --without again."),
        ),
    ] = None,
    with_: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="LAYOUT",
            autocompletion=completion.complete_kit_layouts,
            help=N_("Add a sheet that a kit has only if you ask for it: answer-sheet."),
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Print all sheets for a talk into one folder, with the same questions, and add a web page and an index.

    With ``--versions``, the answers are in a separate file. With ``--force``, the files of an earlier kit are
    replaced; other files stay.
    """
    from quizgen.paper.design import SheetDesign
    from quizgen.paper.kit import KitFile, KitIndex, print_kit_index
    from quizgen.paper.layouts.before_after import MAX_CODES

    sheets = _layouts_to_print(without or (), with_ or ())
    left_out: list[_LeftOut] = []
    if not typed_values.get("second"):
        sheets = _leave_out_multilingual(selection, sheets, left_out)
    if typed_values.get("versions") and not is_given(context, "answers"):
        typed_values["answers"] = "separate"
    typed_values["codes"] = min(visitors, MAX_CODES)
    typed_values["slide_numbers"] = any(sheet.name == "slides" for sheet in sheets)
    designs = _make_designs(
        context, [*(sheet.design for sheet in sheets), SheetDesign], typed_values, selection
    )
    for place, sheet in enumerate(sheets):
        designs[place] = _with_supported_paper(sheet, designs[place])
        sheet.companions(designs[place])
    check_folder(
        out, hint_if_not_empty=_("name another folder, or replace the kit in it with --force"), force=force
    )
    job = KitPrintJob(selection, large_print=any(map(is_large_print, designs)))
    with progress(len(sheets)) as report:
        untitled_design = designs[-1]
        designs = [complete_design(context, design, selection) for design in designs]
        printed = _print_sheets(job, sheets, designs, report, left_out)
        page, quizzes = (
            (b"", 0) if PAGE in (without or ()) else _make_web_page(job, selection, untitled_design, left_out)
        )
    files: dict[str, bytes] = {}
    kit_files: list[KitFile] = []
    for each in left_out:
        said = _("{sheets} left out: {reason}", sheets=each.names, reason=each.reason)
        say(problem(said, each.hint), err=True)
    made = [(sheet, design) for sheet, design in zip(sheets, designs, strict=False) if sheet.name in printed]
    for number, (sheet, design) in enumerate(made, start=1):
        for file, data in _sheet_files(f"{number:02}-{sheet.name}", sheet, printed[sheet.name], visitors):
            files[file.name] = data
            kit_files.append(file if design.paper == designs[-1].paper else replace(file, paper=design.paper))
    if page:
        kit_files.append(
            KitFile(
                f"{len(made) + 1:02}-{PAGE}.html",
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
        files[kit_files[-1].name] = page
    needs: dict[Message, None] = {
        _(
            "A printer with {papers:both} paper",
            papers=tuple(
                dict.fromkeys([designs[-1].paper, *(design.paper for _sheet, design in reversed(made))])
            ),
        ): None
    }
    needs |= dict.fromkeys(need for sheet, _design in made if sheet.kit for need in sheet.kit.needs)
    reasons = [_("{sheets}: {said}", sheets=each.names, said=each.reason) for each in left_out]
    index = print_kit_index(
        KitIndex(kit_files, tuple(needs), visitors, job.seed, reasons), designs[-1], job.language
    )
    write_folder(
        out,
        {INDEX: index} | files,
        hint_if_not_empty=_("name another folder, or replace the kit in it with --force"),
        force=force,
        is_file_of_earlier_run=_is_kit_file,
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


def _layouts_to_print(excluded_names: Sequence[str], added_names: Sequence[str]) -> "list[Layout[Any]]":
    """Return the layouts of the kit without those that ``--without`` names, and with those that ``--with`` names.

    Raises MisuseError for a name that no sheet has.
    """
    layouts_by_name = {layout.name: layout for layout in kit_layouts()}
    names = (*layouts_by_name, PAGE)
    unknown = [name for name in (*excluded_names, *added_names) if name not in names]
    if unknown:
        raise MisuseError(
            problem(
                _("a kit has no {name!r}"),
                suggest_nearest(name, names) or _("it has {layouts}", layouts=names),
                name=name,
            )
            for name in unknown
        )
    return [
        layout
        for name, layout in layouts_by_name.items()
        if name not in excluded_names and (name in added_names or (layout.kit and layout.kit.is_default))
    ]


class _LeftOut(NamedTuple):
    """The names of sheets that a kit cannot have, the reason, and what to do about it."""

    names: tuple[str, ...]
    reason: Message
    hint: Message = NOTHING


def _leave_out_multilingual(
    selection: Selection, sheets: "list[Layout[Any]]", left_out: list[_LeftOut]
) -> "list[Layout[Any]]":
    """Return only the layouts for which the question bank has enough languages. Append the others to ``left_out``."""
    count = len(selection.loaded_bank.declared.readable_languages)
    suitable = [sheet for sheet in sheets if not sheet.kit or sheet.kit.languages <= count]
    if others := tuple(sheet.name for sheet in sheets if sheet not in suitable):
        left_out.append(_LeftOut(others, _("the questions are in one language")))
    return suitable


def _make_designs(
    context: typer.Context,
    design_types: "Iterable[type[PageDesign]]",
    typed_values: dict[str, Any],
    selection: Selection,
) -> list[Any]:
    """Make a design of each type. Raises MisuseError with the problems of all designs, each problem once."""
    designs = []
    problems: dict[Problem, None] = {}
    for kind in design_types:
        try:
            designs.append(make_design(context, kind, typed_values, selection.profile_file))
        except MisuseError as error:
            problems |= dict.fromkeys(error.problems)
    if problems:
        raise MisuseError(problems)
    return designs


def _with_supported_paper(layout: "Layout[Any]", design: Any) -> Any:
    """Return a design with a paper size that the layout supports: its first one, if the chosen size is not among them."""
    return design if design.paper in layout.papers else replace(design, paper=layout.papers[0])


def _sheet_files(
    file_stem: str, layout: "Layout[Any]", printed: "PrintedSheet", visitors: int
) -> Iterator[tuple[Any, bytes]]:
    """Yield the files of a sheet, each as its description for the index and its bytes.

    The names are ASCII, so that USB sticks, e-mail programs and print shops keep them.
    """
    from quizgen.paper.kit import KitFile
    from quizgen.paper.page_count import count_pages

    kit_sheet = layout.kit
    assert kit_sheet  # noqa: S101  it is what made it one of the sheets
    copies_for_visitors = 1 if printed.by_name else -(-visitors // printed.serves)
    copies = {"one": 1, "per-visitor": copies_for_visitors, "as-needed": 0}[kit_sheet.copies]
    purpose = kit_sheet.purpose
    if printed.serves > 1:
        purpose = _("{purpose} The file has {content}.", purpose=purpose, content=printed.content)
    pages = count_pages(printed.pdf)
    sides = printed.sides or kit_sheet.sides
    yield KitFile(f"{file_stem}.pdf", purpose, sides, copies, pages=pages), printed.pdf
    if printed.key:
        yield (
            KitFile(
                f"{file_stem}-key.pdf",
                _("The answers to every paper, for the person who marks them."),
                kit_sheet.sides,
                1,
                pages=count_pages(printed.key),
            ),
            printed.key,
        )
    if printed.table:
        yield (
            KitFile(f"{file_stem}-key.csv", _("The same key as a table for spreadsheets."), "none", 0),
            table_csv(printed.table),
        )
    if printed.positions:
        yield (
            KitFile(
                f"{file_stem}{SUFFIX}", _("Where the circles are; keep it for quizgen mark."), "marks", 0
            ),
            printed.positions,
        )


def _make_web_page(
    job: KitPrintJob, selection: Selection, design: "SheetDesign", left_out: list[_LeftOut]
) -> tuple[bytes, int]:
    """Make the web page of the kit; return it with the number of its quizzes. The first quiz is the one on the sheets.

    If it cannot be made, return an empty page, and append the reasons to ``left_out``.
    """
    from quizgen.assemble import assemble_days
    from quizgen.page import PageHeader, make_page_content, render_page

    profile = selection.profile_file.profile
    head = PageHeader(
        organiser=design.organiser,
        contact=design.contact,
        link=design.link,
        headline=profile.headline or design.title,
        invitation=profile.invitation,
        logo=design.logo,
    )
    quizzes = assemble_quizzes(selection, job.seed, None, job.quiz())
    languages = page_languages(selection.loaded_bank, job.language)
    try:
        days = assemble_days(selection.loaded_bank, selection.recipe, job.language)
        content = make_page_content(selection.loaded_bank, quizzes, languages, days)
    except QuizgenError as error:
        left_out += (_LeftOut((PAGE,), each.what, each.hint) for each in error.problems)
        return b"", 0
    return render_page(content, head), len(quizzes)


# Printing in several processes


def _print_sheets(
    job: KitPrintJob,
    sheets: "Sequence[Layout[Any]]",
    designs: Sequence[Any],
    report_progress: Callable[[float], None],
    left_out: list[_LeftOut],
) -> "dict[str, PrintedSheet]":
    """Print all sheets, in several processes if possible, and return them by name.

    Sheets that cannot be printed, such as one for more questions than the bank has, are appended to ``left_out``. Raises
    QuizgenError if none can be printed, or if a file that an option names has a problem.
    """
    from quizgen.paper.weasyprint_setup import load_weasyprint

    load_weasyprint()  # import it once for all processes; if it is missing, this is reported once
    unfit = job.choose_fitting_questions(sheets)
    printed: dict[str, PrintedSheet] = {}
    sheets_by_problem: dict[Problem, list[str]] = {}
    for name, problems in unfit.items():
        for each in problems:
            sheets_by_problem.setdefault(each, []).append(name)
    designs_by_name = {sheet.name: design for sheet, design in zip(sheets, designs, strict=False)}
    to_print = {
        name: replace(design, slide_numbers=False)
        if "slides" in unfit and hasattr(design, "slide_numbers")
        else design
        for name, design in designs_by_name.items()
        if name not in unfit
    }
    for number, (name, result) in enumerate(_print_in_processes(job, to_print), start=1):
        if isinstance(result, list):
            for each in result:
                sheets_by_problem.setdefault(each, []).append(name)
        else:
            printed[name] = result
        report_progress(number)
    if sheets_by_problem and (not printed or any(each.file for each in sheets_by_problem)):
        raise QuizgenError(sheets_by_problem)
    left_out += (
        _LeftOut(tuple(name for name in designs_by_name if name in names), each.what, each.hint)
        for each, names in sheets_by_problem.items()
    )
    return printed


def _print_in_processes(job: KitPrintJob, designs: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the name of each sheet with its result, as soon as it is printed.

    The result is a list of problems if it fails.
    """
    processes = min(len(designs), _processor_count(), _MAX_PROCESSES)
    if processes <= 1:
        _set_job(job)
        yield from (_print_sheet(name, design) for name, design in designs.items())
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # A fork has the bank and the PDF engine already. System libraries of macOS do not survive a fork.
    how = get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(processes, how, _start_worker_process, (job,)) as pool:
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


def _processor_count() -> int:
    """Return the number of processors that this process can use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


_job_of_process: list[KitPrintJob] = []
"""The job of this process. It is too large to be sent with each sheet."""


def _set_job(job: KitPrintJob) -> None:
    """Set the print job for the sheets that this process prints."""
    _job_of_process[:] = [job]


def _start_worker_process(job: KitPrintJob) -> None:
    """Prepare a process that prints sheets. It ends when its parent process ends, even if that crashes."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait
    from threading import Thread

    def end_with_parent() -> None:
        if parent := parent_process():
            wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    Thread(target=end_with_parent, daemon=True).start()
    _set_job(job)


def _print_sheet(name: str, design: Any) -> "tuple[str, PrintedSheet | list[Problem]]":
    """Print one sheet; return its name with the result, or with the problems."""
    from quizgen.paper.layouts import all_layouts

    try:
        return name, all_layouts()[name].make(_job_of_process[0], design)
    except QuizgenError as error:
        return name, list(error.problems)


def _is_kit_file(name: str) -> bool:
    """Return whether a file name is one that a kit uses, such as ``03-poster.pdf``."""
    found = re.fullmatch(r"\d\d-(.+?)(?:-key|-marks)?\.(?:pdf|csv|html|json)", name)
    return found is not None and found[1] in {"index", PAGE, *(layout.name for layout in kit_layouts())}
