"""``quizgen handout``: a quiz on paper."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from quizgen.assemble import (
    assemble,
    assemble_versions,
    version_index,
    version_label,
    version_labels,
)
from quizgen.cli.options import (
    BankOption,
    CountOption,
    DifficultyOption,
    ForceOption,
    KindOption,
    LangOption,
    LevelOption,
    QuestionOption,
    SeedOption,
    TopicOption,
    WrittenOption,
    language_from,
    load_bank,
    new_seed,
    recipe_from,
)
from quizgen.cli.output import claim, csv_bytes, harmless, progress, write_files
from quizgen.errors import MisuseError, problem
from quizgen.paper.design import Answers, Design, Logo, PaperSize, TextSize

if TYPE_CHECKING:
    from quizgen.paper.key import Row

MOST_VERSIONS = 100_000
_NOT_ON_A_CERTIFICATE = ("versions", "only_version", "draw", "duplex", "text_size", "answers", "link")


def handout(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT.pdf", help="The PDF to write.", show_default=False)],
    count: CountOption = None,
    topic: TopicOption = None,
    kind: KindOption = None,
    level: LevelOption = None,
    difficulty: DifficultyOption = None,
    question: QuestionOption = None,
    lang: LangOption = None,
    written_only: WrittenOption = False,
    seed: SeedOption = None,
    bank: BankOption = None,
    layout: Annotated[
        Literal["handout", "certificate"],
        typer.Option(help="The questions, or a certificate of taking part in such a quiz."),
    ] = "handout",
    name: Annotated[
        str,
        typer.Option(
            metavar="TEXT", help="Whose certificate; without it there is a line to write a name on."
        ),
    ] = "",
    versions: Annotated[
        int | None,
        typer.Option(
            "--versions", metavar="N", help="Print N different papers, A, B, … Z, AA and on, in one PDF."
        ),
    ] = None,
    only_version: Annotated[
        str,
        typer.Option("--only-version", metavar="LABEL", help="Print one of the versions again, such as C."),
    ] = "",
    draw: Annotated[bool, typer.Option("--draw", help="Each version draws questions of its own.")] = False,
    duplex: Annotated[
        bool,
        typer.Option(
            "--duplex/--no-duplex", help="Each version starts on a fresh sheet, for both-sided print."
        ),
    ] = True,
    paper: Annotated[PaperSize, typer.Option(help="Size of the paper.", case_sensitive=False)] = "A4",
    text_size: Annotated[TextSize, typer.Option(help="large is 18 points, for older readers.")] = "normal",
    answers: Annotated[
        Answers,
        typer.Option(
            help="Answers behind the questions, in a second file OUT-key.pdf (of versions, with OUT-key.csv), or none."
        ),
    ] = "end",
    title: Annotated[str, typer.Option(metavar="TEXT", help="Title, in place of ours.")] = "",
    organiser: Annotated[
        str, typer.Option(metavar="TEXT", help="Who holds the talk; stands above the title.")
    ] = "",
    contact: Annotated[
        str, typer.Option(metavar="TEXT", help="Whom to call; stands at the foot of every page.")
    ] = "",
    date: Annotated[str, typer.Option(metavar="TEXT", help="Date of the talk, as you write it.")] = "",
    logo: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Logo: PNG, JPEG, GIF, WebP or SVG.")
    ] = None,
    link: Annotated[str, typer.Option(metavar="URL", help="Address to print as a QR code.")] = "",
    force: ForceOption = False,
) -> None:
    """Print a handout: questions in front, answers with reasons and advice behind; or a certificate.

    With --versions, neighbours get different papers: the same questions in another order each, or,
    with --draw, other questions.
    """
    from quizgen.paper.handout import print_batch, print_handout

    certificate = layout == "certificate"
    _refuse_what_the_layout_lacks(context, certificate=certificate)
    texts = {"--title": title, "--organiser": organiser, "--contact": contact, "--date": date, "--link": link}
    _refuse_unseen(texts | {"--name": name})
    labels = _labels(versions, only_version, draw=draw)
    separate = answers == "separate"
    key = out.with_name(f"{out.stem}-key{out.suffix}") if separate else None
    table = out.with_name(f"{out.stem}-key.csv") if separate and labels else None
    if key and table and key.name.casefold() == table.name.casefold():
        raise MisuseError(
            problem(
                f"its key and the table of that would both be {table.name}",
                "name a file that ends in .pdf",
                file=str(out),
            )
        )
    claim(*(path for path in (out, key, table) if path), force=force)
    design = Design(
        paper=paper,
        text_size=text_size,
        answers=answers,
        duplex=duplex,
        title=title.strip(),
        organiser=organiser.strip(),
        contact=contact.strip(),
        date=date.strip(),
        link=link.strip(),
        logo=_logo(logo) if logo else None,
    )
    recipe = recipe_from(count, topic, kind, level, difficulty, question, written_only)
    chosen, language = new_seed() if seed is None else seed, language_from(lang)
    if certificate:
        from quizgen.paper.certificate import print_certificate

        quiz = assemble(load_bank(bank), recipe, chosen, language)
        write_files({out: print_certificate(quiz, design, name)})
        questions = _several(len(quiz.questions), "question")
        typer.echo(f"{out}: a certificate for {questions}, seed {chosen}", err=True)
        return
    if labels:
        batch = assemble_versions(load_bank(bank), recipe, chosen, language, labels, own_draw=draw)
        with progress(len(labels)) as report:
            printed = print_batch(batch, design, report)
    else:
        printed = print_handout(assemble(load_bank(bank), recipe, chosen, language), design)
    files = {out: printed.pdf}
    if key and printed.key:
        files[key] = printed.key
    if table:
        files[table] = _csv(printed.rows)
    write_files(files)
    papers = f"{_several(len(labels), 'version')} of " if labels else ""
    questions = _several(len(printed.rows[0].questions), "question")
    typer.echo(f"{', '.join(map(str, files))}: {papers}{questions}, seed {chosen}", err=True)


def _several(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _refuse_what_the_layout_lacks(context: typer.Context, *, certificate: bool) -> None:
    """Raise MisuseError for every option that the chosen layout has no use for."""
    lacking = _NOT_ON_A_CERTIFICATE if certificate else ("name",)
    given = [name for name in lacking if str(context.get_parameter_source(name)).endswith("COMMANDLINE")]
    if given:
        options = " and no ".join(f"--{name.replace('_', '-')}" for name in given)
        layout, other = ("certificate", "handout") if certificate else ("handout", "certificate")
        raise MisuseError(
            problem(f"a {layout} takes no {options}", f"leave that out, or ask for --layout {other}")
        )


def _labels(versions: int | None, only: str, *, draw: bool) -> tuple[str, ...]:
    """Return the labels of the versions asked for; none where there is but one paper, without a label.

    Raises MisuseError for a number out of bounds or a label that is none.
    """
    if versions is not None and not 1 <= versions <= MOST_VERSIONS:
        raise MisuseError(
            problem(
                f"{versions} versions cannot be printed", f"ask for 1 to {MOST_VERSIONS:,} with --versions"
            )
        )
    if not only:
        if draw and versions is None:
            raise MisuseError(problem("--draw is for versions", "say how many with --versions"))
        return version_labels(versions or 0)
    label = only.strip().upper()
    try:
        index = int(label) - 1 if label.isascii() and label.isdigit() else version_index(label)
    except ValueError:
        index = -1
    most = versions or MOST_VERSIONS
    if not 0 <= index < most:
        last = version_label(most - 1)
        raise MisuseError(problem(f"there is no version {only!r}", f"they are labelled A to {last}"))
    return (version_label(index),)


def _csv(rows: "list[Row]") -> bytes:
    """Write the keys, a row a version: the marks, then the ids of the questions that they belong to."""
    numbers = range(1, len(rows[0].marks) + 1)
    table = [
        ["version", *numbers, *(f"question {number}" for number in numbers)],
        *([row.label, *map(harmless, row.marks), *row.questions] for row in rows),
    ]
    return csv_bytes(table)


def _refuse_unseen(texts: dict[str, str]) -> None:
    from quizgen.bank.forbidden_characters import UNSEEN, described

    problems = [
        problem(f"{option} holds {described(found.group())}", "leave it out")
        for option, text in texts.items()
        if (found := UNSEEN.search(text) or None)
    ]
    if problems:
        raise MisuseError(problems)


def _logo(path: Path) -> Logo:
    from quizgen.paper.logo import read_logo

    try:
        data = path.read_bytes()
    except OSError as error:
        raise MisuseError(
            problem(f"cannot be read: {(error.strerror or '').lower()}", file=str(path))
        ) from error
    return read_logo(str(path), data)
