"""``quizgen export``: a quiz, or all that is selected, in a format that other programs read."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from quizgen.cli import completion
from quizgen.cli.options import ForceOption, Selection, with_selection
from quizgen.cli.output import check_writable, say, write_files
from quizgen.errors import MisuseError, Problem, QuizgenError, nearest, problem
from quizgen.files import shipped
from quizgen.text.messages import counted, text

if TYPE_CHECKING:
    from quizgen.export import Format
    from quizgen.export.records import QuizExport
    from quizgen.view.question import QuestionView

SkipOption = Annotated[bool, typer.Option("--skip")]


@with_selection
def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", autocompletion=completion.quiz_formats)],
    out: Annotated[str, typer.Argument(metavar="OUT")],
    selection: Selection,
    skip: SkipOption = False,
    force: ForceOption = False,
) -> None:
    """Write all that is selected, or with --count or --seed a quiz of it, in a format that other programs read.

    OUT is a file, or - for the terminal.
    """
    from quizgen.assemble import all_questions as everything
    from quizgen.bank.files import last_changed
    from quizgen.export import formats_of
    from quizgen.export.records import quiz_export

    formats = formats_of("quiz")
    if form not in formats:
        hint = nearest(form, formats) or text("export.these", formats=tuple(formats))
        raise MisuseError(problem("export.unknown", hint, asked=form))
    if out != "-":
        check_writable(Path(out), force=force)
    drawn = selection.count is not None or selection.seed is not None
    quiz = selection.quiz() if drawn else everything(selection.loaded, selection.recipe, selection.language)
    whole = quiz_export(quiz, drawn=drawn)
    held = replace(whole, questions=_held(whole, formats[form], skip=skip))
    if formats[form].dated:
        held = replace(held, changed=last_changed(selection.bank or [shipped("question_bank")]))
    data = formats[form].write(held)
    if out == "-":
        typer.echo(data, nl=False)
    else:
        write_files({Path(out): data}, force=force)
    questions = counted("export.questions", len(held.questions))
    done = "export.done" if drawn else "export.done-whole"
    say(done, file=out, questions=questions, seed=quiz.seed, err=True)
    if left_out := len(whole.questions) - len(held.questions):
        say(counted("export.skipped", left_out, format=form), err=True)


def _held(export: "QuizExport", form: "Format", *, skip: bool) -> "tuple[QuestionView, ...]":
    """Give the questions that a format can hold.

    Raises QuizgenError, unless ``skip``, that names each that it cannot hold, and why; and where none is left.
    """
    problems: list[Problem] = []
    held = []
    for question in export.questions:
        reasons = tuple(form.refuses(question))
        if not reasons:
            held.append(question)
        problems += (
            problem("export.refused", "export.use-skip", format=form.name, question=question.id, why=why)
            for why in reasons
        )
    if problems and not skip:
        raise QuizgenError(problems)
    if not held:
        raise QuizgenError(problem("export.none-left", "export.choose-others", format=form.name))
    return tuple(held)
