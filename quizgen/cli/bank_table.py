"""``quizgen bank table``: write a whole question bank as a spreadsheet, or an empty one to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from quizgen.cli import completion
from quizgen.cli.bank_init import parse_language_tags
from quizgen.cli.options import BankOption, ForceOption, bank_or_own, load_bank
from quizgen.cli.output import check_writable, reader_language, say, write_files
from quizgen.cli.passage_texts import PassageTexts, read_passages_with_questions
from quizgen.errors import MisuseError, problem
from quizgen.files import shipped_folder
from quizgen.text.messages import N_, _, ngettext


def table(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help=N_("The spreadsheet to make (.xlsx), such as bank.xlsx."))
    ],
    new: Annotated[
        bool,
        typer.Option("--new", help=N_("Write an empty one to fill in, with an example on each tab.")),
    ] = False,
    languages: Annotated[
        str,
        typer.Option(
            "--languages",
            metavar="TAG,…",
            autocompletion=completion.complete_languages,
            help=N_("With --new: the languages of the bank, with commas between them, such as en or en,fr."),
        ),
    ] = "",
    bank: BankOption = None,
    force: ForceOption = False,
) -> None:
    """Write a question bank as a spreadsheet that holds everything in it, or with ``new`` an empty one with examples."""
    from quizgen.author.example import cut_example
    from quizgen.bank import read_file_data
    from quizgen.formats.bank_table import bank_sheets
    from quizgen.formats.workbook import workbook_bytes

    if out.suffix.lower() != ".xlsx":
        raise MisuseError(
            problem(_("{name} is not the name of a spreadsheet"), _("end it in .xlsx"), name=str(out))
        )
    if new and bank:
        raise MisuseError(problem(_("an empty table is of no bank"), _("leave out --bank or --new")))
    if languages and not new:
        raise MisuseError(problem(_("a table has the languages of its bank"), _("leave out --languages")))
    if bank and len(bank) > 1:
        raise MisuseError(problem(_("a table holds one bank"), _("name one with --bank")))
    check_writable(out, force=force)
    reader = reader_language()
    passages = PassageTexts({}, {})
    if new:
        tags, built_in = parse_language_tags(languages) or (reader,), shipped_folder("question_bank")
        files = cut_example(read_file_data([built_in if tags[0].startswith("zh") else built_in / "uk"]), tags)
    else:
        folders = bank_or_own(bank) or [shipped_folder("question_bank")]
        passages = read_passages_with_questions(
            load_bank(folders), folders
        )  # the bank's problems are reported first
        files = read_file_data(folders)
    sheets = bank_sheets(files, reader, passages.words, passages.questions)
    write_files({out: workbook_bytes(sheets)}, force=force)
    rows = sum(len(sheet.rows) for sheet in sheets if sheet.heads)
    say(_("{file}: {rows}", file=str(out), rows=ngettext("{count} row", "{count} rows", rows)))
