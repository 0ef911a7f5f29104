"""``quizgen handout``: a quiz on paper."""

from pathlib import Path
from typing import Annotated

import typer

from quizgen.bank.unseen import UNSEEN, described
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
    language_from,
    load_bank,
    quiz_from,
)
from quizgen.cli.output import claim, write_files
from quizgen.errors import MisuseError, problem
from quizgen.paper.design import Answers, Design, Logo, PaperSize, TextSize


def handout(
    out: Annotated[Path, typer.Argument(metavar="OUT.pdf", help="The PDF to write.", show_default=False)],
    count: CountOption = None,
    topic: TopicOption = None,
    kind: KindOption = None,
    level: LevelOption = None,
    difficulty: DifficultyOption = None,
    question: QuestionOption = None,
    lang: LangOption = None,
    seed: SeedOption = None,
    bank: BankOption = None,
    paper: Annotated[PaperSize, typer.Option(help="Size of the paper.", case_sensitive=False)] = "A4",
    text_size: Annotated[TextSize, typer.Option(help="large is 18 points, for older readers.")] = "normal",
    answers: Annotated[
        Answers, typer.Option(help="Answers behind the questions, in a second file OUT-key.pdf, or none.")
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
    """Print a handout: questions in front, answers with reasons and advice behind."""
    from quizgen.paper.handout import print_handout

    texts = {"--title": title, "--organiser": organiser, "--contact": contact, "--date": date, "--link": link}
    _refuse_unseen(texts)
    key = out.with_name(f"{out.stem}-key{out.suffix}") if answers == "separate" else None
    claim(out, *([key] if key else []), force=force)
    design = Design(
        paper=paper,
        text_size=text_size,
        answers=answers,
        title=title.strip(),
        organiser=organiser.strip(),
        contact=contact.strip(),
        date=date.strip(),
        link=link.strip(),
        logo=_logo(logo) if logo else None,
    )
    quiz = quiz_from(
        load_bank(bank),
        language_from(lang),
        count=count,
        topic=topic,
        kind=kind,
        level=level,
        difficulty=difficulty,
        question=question,
        seed=seed,
    )
    printed = print_handout(quiz, design)
    files = {out: printed.pdf}
    if key and printed.key:
        files[key] = printed.key
    write_files(files)
    typer.echo(f"{', '.join(map(str, files))}: {len(quiz.questions)} questions, seed {quiz.seed}", err=True)


def _refuse_unseen(texts: dict[str, str]) -> None:
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
