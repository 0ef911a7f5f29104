"""``quizgen bank cover``: show which passages have facts, and which facts have questions."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizgen.cli.options import BankOption, LangOption, bank_or_own, load_bank, resolve_language
from quizgen.cli.output import print_lines
from quizgen.cli.passage_texts import read_passage_texts
from quizgen.errors import QuizgenError, problem
from quizgen.files import shipped_folder
from quizgen.ids import slug_of
from quizgen.model import Bank
from quizgen.text.languages import localize
from quizgen.text.messages import N_, _, ngettext

if TYPE_CHECKING:
    from quizgen.author.cover import PassageCover

_MAX_CELLS = 60


def cover(
    texts: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[TEXT…]",
            show_default=False,
            help=N_(
                "Files with the texts of sources, so that passages are shown with their first words. Texts in the folder of the question bank need not be named."
            ),
        ),
    ] = None,
    missing: Annotated[
        bool,
        typer.Option(
            "--missing", help=N_("Only passages that have no fact, or a fact that no question is about.")
        ),
    ] = False,
    bank: BankOption = None,
    lang: LangOption = None,
) -> None:
    """Print each passage with the facts that cite it and the number of questions about each, and what is missing."""
    from quizgen.author.cover import cover_passages

    bank = bank_or_own(bank)
    language = resolve_language(lang, bank)
    loaded = load_bank(bank, with_drafts=True)
    if not loaded.sources:
        raise QuizgenError(problem(_("the bank has no source"), _("add a text with `quizgen source add`")))
    words = read_passage_texts(loaded, bank or [shipped_folder("question_bank")], texts or ())
    covered = cover_passages(loaded)
    source_id = ""
    for each in covered:
        if missing and each.is_complete:
            continue
        if each.source.id != source_id:
            title = localize(each.source.title, language)
            print_lines([*([""] if source_id else []), f"{each.source.id}: {title}"])
            source_id = each.source.id
        _print_passage(each, words[each.passage.id], loaded, language)
    _print_summary(covered, language)


def _print_passage(covered: "PassageCover", text: str, bank: Bank, language: str) -> None:
    """Print a passage, the facts that cite it, and how many questions are about each. Facts that are drafts are marked."""
    from quizgen.screen.rows import shorten_text

    print_lines([f"  {slug_of(covered.passage.id)}  {shorten_text(text, _MAX_CELLS)}".rstrip()])
    for fact, count in covered.questions_by_fact.items():
        number = ngettext("{count} question", "{count} questions", count) if count else _("no question")
        draft = _("draft").translated(language)
        mark = f" ({draft})" if bank.facts[fact].draft else ""
        print_lines([f"      {fact}: {number.translated(language)}{mark}"])
    if covered.help_numbers:
        numbers = _("numbers to call: {ids}", ids=covered.help_numbers).translated(language)
        print_lines([f"      {numbers}"])
    elif not covered.questions_by_fact:
        no_fact = _("no fact").translated(language)
        print_lines([f"      {no_fact}"])


def _print_summary(covered: "list[PassageCover]", language: str) -> None:
    """Print how many passages have no fact, and how many facts have no question."""
    facts = {fact: count for each in covered for fact, count in each.questions_by_fact.items()}
    summary = _(
        "{passages}, {bare} without a fact; {facts}, {unasked} without a question",
        passages=ngettext("{count} passage", "{count} passages", len(covered)),
        bare=sum(not (each.questions_by_fact or each.help_numbers) for each in covered),
        facts=ngettext("{count} fact", "{count} facts", len(facts)),
        unasked=sum(not count for count in facts.values()),
    )
    print_lines(["", summary.translated(language)])
