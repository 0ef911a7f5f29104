"""``quizgen export``: write questions to a file in the format of another program."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from quizgen.cli import completion
from quizgen.cli.options import ForceOption, Selection, with_options
from quizgen.cli.output import check_writable, say, write_files
from quizgen.errors import MisuseError, Problem, QuizgenError, problem, suggest_nearest
from quizgen.files import shipped_folder
from quizgen.text.messages import N_, _, ngettext

if TYPE_CHECKING:
    from quizgen.formats import Format
    from quizgen.formats.records import QuizExport
    from quizgen.model import Question, Quiz
    from quizgen.text.messages import Message
    from quizgen.view.question import QuestionView


@dataclass(frozen=True)
class ExportSelection(Selection):
    """The options that choose questions to export: all that fit the options, or a quiz if ``count`` or ``seed`` is given."""

    count: Annotated[
        int | None,
        typer.Option(
            "--count",
            "-n",
            metavar="N",
            help=N_("How many questions, chosen at random. By default all, or 10 with --seed."),
        ),
    ] = None
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed",
            "-s",
            metavar="SEED",
            min=0,
            help=N_(
                "A number of your choice: the file gets the same questions as `quizgen take` and `quizgen handout` with this number, 10 if you do not give --count."
            ),
        ),
    ] = None


@with_options(selection=ExportSelection)
def export(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            autocompletion=completion.complete_quiz_formats,
            help=N_("The format: {formats}."),
        ),
    ],
    out: Annotated[
        str,
        typer.Argument(
            metavar="OUT", help=N_("The file to make, or a hyphen (-) to show it in the terminal.")
        ),
    ],
    selection: Selection,
    skip: Annotated[
        bool,
        typer.Option(
            "--skip",
            help=N_(
                "Leave out questions that the format cannot hold. With -n or -s, others take their place."
            ),
        ),
    ] = False,
    force: ForceOption = False,
) -> None:
    """Write questions in a format that another program reads. ``form`` is the name of the format.

    ``out`` is a file, or - for the terminal. With ``--count`` or ``--seed``, a quiz is drawn from the selected
    questions.
    """
    from quizgen.assemble import all_questions as use_all_questions
    from quizgen.bank.files import latest_modification
    from quizgen.formats import formats_by_name
    from quizgen.formats.records import make_quiz_export

    formats = formats_by_name("quiz")
    if form not in formats:
        hint = suggest_nearest(form, formats) or _("use {formats:either}", formats=tuple(formats))
        raise MisuseError(problem(_("there is no format {asked!r}"), hint, asked=form))
    if out != "-":
        check_writable(Path(out), force=force)
    drawn = selection.count is not None or selection.seed is not None
    quiz = (
        selection.quiz()
        if drawn
        else use_all_questions(selection.loaded_bank, selection.recipe, selection.language)
    )
    full_export = make_quiz_export(quiz, is_drawn=drawn)
    if drawn and skip:
        supported = make_quiz_export(_replace_unsupported_questions(full_export, formats[form], selection))
    else:
        supported = replace(
            full_export, questions=_supported_questions(full_export, formats[form], skip=skip)
        )
    if formats[form].is_dated:
        supported = replace(
            supported, changed=latest_modification(selection.folders or [shipped_folder("question_bank")])
        )
    data = formats[form].write(supported)
    if out == "-":
        typer.echo(data, nl=False)
    else:
        write_files({Path(out): data}, force=force)
    questions = ngettext("{count} question", "{count} questions", len(supported.questions))
    message = _("{file}: {questions}, seed {seed}") if drawn else _("{file}: {questions}")
    say(message.with_values(file=out, questions=questions, seed=quiz.seed), err=True)
    if replaced := len(
        {each.id for each in supported.questions} - {each.id for each in full_export.questions}
    ):
        say(
            ngettext(
                "another question replaces 1 that {format} cannot hold",
                "other questions replace {count} that {format} cannot hold",
                replaced,
                format=form,
            ),
            err=True,
        )
    if left_out := len(full_export.questions) - len(supported.questions):
        say(
            ngettext(
                "left out 1 question that {format} cannot hold",
                "left out {count} questions that {format} cannot hold",
                left_out,
                format=form,
            ),
            err=True,
        )


def _supported_questions(export: "QuizExport", form: "Format", *, skip: bool) -> "tuple[QuestionView, ...]":
    """Return the questions that a format can hold.

    Unless ``skip`` is set, raises QuizgenError with each question that the format cannot hold, and the reason.
    Also raises it if no question is left.
    """
    problems: list[Problem] = []
    supported = []
    for question in export.questions:
        reasons = _refusal_reasons(form, question)
        if not reasons:
            supported.append(question)
        problems += (
            problem(
                _("{format} cannot hold {question}: {why}"),
                _("leave out such questions with --skip, or choose others"),
                format=form.name,
                question=question.id,
                why=why,
            )
            for why in reasons
        )
    if problems and not skip:
        raise QuizgenError(problems)
    _check_not_empty(supported, form)
    return tuple(supported)


def _replace_unsupported_questions(export: "QuizExport", form: "Format", selection: Selection) -> "Quiz":
    """Return the drawn quiz, in which other questions of the selection replace those that the format cannot hold.

    The quiz is shorter if too few questions are left. Raises QuizgenError if none is.
    """
    from quizgen.assemble import find_candidates, pick_questions, question_category
    from quizgen.view.question import QuestionView

    bank, quiz = selection.loaded_bank, export.quiz
    if not any(_refusal_reasons(form, question) for question in export.questions):
        return quiz

    def is_supported(question: "Question") -> bool:
        return not _refusal_reasons(form, QuestionView(question, bank, quiz.language, verbatim=True))

    candidates = find_candidates(bank, selection.recipe, quiz.seed, quiz.language)
    categories = [question_category(question, bank.exhibits) for question in quiz.questions]
    picked = pick_questions(candidates, len(quiz.questions), categories, is_supported)
    _check_not_empty(picked, form)
    return candidates.make_quiz(picked)


def _refusal_reasons(form: "Format", question: "QuestionView") -> "tuple[Message, ...]":
    return tuple(form.refusal_reasons(question))


def _check_not_empty(supported: Sequence[object], form: "Format") -> None:
    if not supported:
        raise QuizgenError(
            problem(
                _("{format} cannot hold any of these questions"),
                _("choose other questions, or another format"),
                format=form.name,
            )
        )
