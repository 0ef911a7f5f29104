"""``quizgen page``: write quizzes as one web page, which sends nothing and needs no network."""

from pathlib import Path
from typing import Annotated

import typer

from quizgen.cli import completion
from quizgen.cli.options import ForceOption, Selection, with_selection
from quizgen.cli.output import check_writable, say, write_files
from quizgen.cli.profile import logo_of
from quizgen.errors import MisuseError, problem, require_language
from quizgen.model import Bank, Quiz
from quizgen.text.languages import languages_with
from quizgen.text.messages import N_, _

QUIZZES = 20
QuizzesOption = Annotated[
    int | None,
    typer.Option(
        "--quizzes",
        metavar="N",
        min=1,
        max=1000,
        help=N_("How many quizzes the page has; 20 by default, or one if all would have the same questions."),
    ),
]
LanguagesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--languages",
        metavar="LANG",
        autocompletion=completion.languages,
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
    """Write quizzes as one web page, for telephones and computers, that needs no network.

    It has as many quizzes as --quizzes says, of the seeds from --seed on, and sends nothing anywhere.
    """
    from quizgen.page import PageHeader, make_page_content, render_page

    if not out.name:
        raise MisuseError(problem(_("this is a folder"), _("name a file"), file=str(out)))
    opens_in = selection.language
    bank = selection.loaded
    among = languages_with(bank.declared.languages)
    asked = {require_language(tag, among) for each in languages or () for tag in each.split(",")}
    chosen = [tag for tag in among if tag in asked] if asked else languages_of(bank, opens_in)
    if opens_in not in chosen:
        raise MisuseError(
            problem(
                _("the page opens in {language}, which is not one of its languages"),
                _("add it to --languages, or choose one of these with -l"),
                language=opens_in,
            )
        )
    check_writable(out, force=force)
    profile = selection.own.profile
    head = PageHeader(
        organiser=profile.organiser,
        contact=profile.contact,
        link=profile.link,
        headline=profile.headline or profile.title,
        invitation=profile.invitation,
        logo=logo_of(selection.own),
    )
    first = selection.new_seed()
    drawn = quizzes_of(selection, first, quizzes)
    data = render_page(make_page_content(bank, drawn, chosen), head)
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


def quizzes_of(selection: Selection, seed: int, wanted: int | None, first: Quiz | None = None) -> list[Quiz]:
    """Assemble quizzes with consecutive seeds; ``first`` is the first one, if it exists already. Raises as ``assemble`` does.

    Without a ``wanted`` number, there is only one if all would have the same questions, as in a small bank.
    """
    from quizgen.assemble import assemble

    drawn = [first] if first else []
    drawn += [
        assemble(selection.loaded, selection.recipe, seed + place, selection.language)
        for place in range(len(drawn), wanted or QUIZZES)
    ]
    asked = {frozenset(question.id for question in each.questions) for each in drawn}
    return drawn[:1] if wanted is None and len(asked) == 1 else drawn


def languages_of(bank: Bank, opens_in: str) -> list[str]:
    """List the default languages of a page: the one that it opens in, and all that the bank can be read in."""
    return [
        tag
        for tag in languages_with(bank.declared.languages)
        if tag == opens_in or tag in bank.declared.readable
    ]
