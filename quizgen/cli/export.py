"""``quizgen export``: a quiz in a format that other programs read."""

from pathlib import Path
from typing import Annotated

import typer

from quizgen.cli import completion
from quizgen.cli.options import ForceOption, Selection, with_selection
from quizgen.cli.output import check_writable, say, write_files
from quizgen.errors import MisuseError, nearest, problem
from quizgen.language import counted, text


@with_selection
def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", autocompletion=completion.quiz_formats)],
    out: Annotated[str, typer.Argument(metavar="OUT")],
    selection: Selection,
    force: ForceOption = False,
) -> None:
    """Write a quiz in a format that other programs read; OUT is a file, or - for the terminal."""
    from quizgen.export import formats_of
    from quizgen.export.records import quiz_record

    formats = formats_of("quiz")
    if form not in formats:
        hint = nearest(form, formats) or text("export.these", formats=tuple(formats))
        raise MisuseError(problem("export.unknown", hint, asked=form))
    if out != "-":
        check_writable(Path(out), force=force)
    quiz = selection.quiz()
    data = formats[form].write(quiz_record(quiz))
    if out == "-":
        typer.echo(data, nl=False)
    else:
        write_files({Path(out): data})
    questions = counted("export.questions", len(quiz.questions))
    say("export.done", file=out, questions=questions, seed=quiz.seed, err=True)
