"""``quizgen page``: write quizzes as one web page, which needs no network and sends no data."""

from pathlib import Path
from typing import Annotated

import typer

from quizgen.cli import completion
from quizgen.cli.options import ForceOption, Selection, with_selection
from quizgen.cli.output import check_writable, say, write_files
from quizgen.cli.profile import read_profile_logo
from quizgen.errors import MisuseError, problem, require_language
from quizgen.model import Bank, Quiz
from quizgen.text.languages import selectable_languages
from quizgen.text.messages import N_, _

QUIZZES = 4
QuizzesOption = Annotated[
    int | None,
    typer.Option(
        "--quizzes",
        metavar="N",
        min=1,
        max=1000,
        help=N_(
            "How many quizzes the page has, each with as many questions as --count says; 4 by default. Beside them, it has the five questions of each day. If all would have the same questions, as with -q, there is one."
        ),
    ),
]
LanguagesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--languages",
        metavar="LANG",
        autocompletion=completion.complete_languages,
        help=N_(
            "A language that readers can switch to; for more, give --languages again. By default all languages of the question bank. The page opens in the language given with -l."
        ),
    ),
]


@with_selection
def page(
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT.html", show_default=False, help=N_("The HTML file to make, such as quiz.html.")
        ),
    ],
    selection: Selection,
    quizzes: QuizzesOption = None,
    languages: LanguagesOption = None,
    force: ForceOption = False,
) -> None:
    """Write quizzes as one web page for phones and computers.

    The seeds of the quizzes follow each other; ``--seed`` is the first.
    """
    from quizgen.assemble import assemble_days
    from quizgen.page import PageHeader, make_page_content, render_page

    if not out.name:
        raise MisuseError(problem(_("this is a folder"), _("name a file"), file=str(out)))
    first_language = selection.language
    bank = selection.loaded_bank
    selection.warn_about_numbers_of_another_region()
    known_languages = selectable_languages(bank.declared.languages)
    asked_languages = {
        require_language(tag, known_languages) for each in languages or () for tag in each.split(",")
    }
    chosen = (
        [tag for tag in known_languages if tag in asked_languages]
        if asked_languages
        else page_languages(bank, first_language)
    )
    if first_language not in chosen:
        raise MisuseError(
            problem(
                _("the page opens in {language}, which is not one of its languages"),
                _("add it to --languages, or choose one of these with -l"),
                language=first_language,
            )
        )
    check_writable(out, force=force)
    profile = selection.profile_file.profile
    head = PageHeader(
        organiser=profile.organiser,
        contact=profile.contact,
        link=profile.link,
        headline=profile.headline or profile.title,
        invitation=profile.invitation,
        logo=read_profile_logo(selection.profile_file),
    )
    first = selection.seed_or_random()
    drawn = assemble_quizzes(selection, first, quizzes)
    selection.warn_about_enemies(drawn[0].questions)
    days = assemble_days(bank, selection.recipe, first_language)
    data = render_page(make_page_content(bank, drawn, chosen, days), head)
    write_files({out: data}, force=force)
    say(
        (
            _(
                "{file}: {count} quiz, seed {seed}, {kilobytes} kB",
                count=len(drawn),
                file=str(out),
                kilobytes=-(-len(data) // 1000),
                seed=first,
            )
            if len(drawn) == 1
            else _(
                "{file}: {count} quizzes, first seed {seed}, {kilobytes} kB",
                count=len(drawn),
                file=str(out),
                kilobytes=-(-len(data) // 1000),
                seed=first,
            )
        ),
        err=True,
    )


def assemble_quizzes(
    selection: Selection, seed: int, count: int | None, first_quiz: Quiz | None = None
) -> list[Quiz]:
    """Assemble quizzes with consecutive seeds. ``first_quiz`` is the first quiz, if it is assembled already.

    If ``count`` is ``None``, there are :data:`QUIZZES` of them, or only one if all would have the same
    questions. Raises as ``assemble`` does.
    """
    from quizgen.assemble import assemble

    quizzes = [first_quiz] if first_quiz else []
    quizzes += [
        assemble(selection.loaded_bank, selection.recipe, seed + offset, selection.language)
        for offset in range(len(quizzes), count or QUIZZES)
    ]
    question_sets = {frozenset(question.id for question in each.questions) for each in quizzes}
    return quizzes[:1] if count is None and len(question_sets) == 1 else quizzes


def page_languages(bank: Bank, first_language: str) -> list[str]:
    """Return the default languages of a web page: the one in which it opens, and all in which every text of the bank can be read."""
    return [
        tag
        for tag in selectable_languages(bank.declared.languages)
        if tag == first_language or tag in bank.declared.readable_languages
    ]
