"""``quizgen bank accept``: show drafts with their passages, and remove the mark of those that a person accepts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from quizgen.bank import analyse_bank
from quizgen.bank.files import RawFile
from quizgen.cli import completion
from quizgen.cli.bank_show import Entry as ShownEntry
from quizgen.cli.bank_show import entry_rows, find_entry
from quizgen.cli.console import Replies, is_interactive, prepare_streams
from quizgen.cli.editable_bank import EditableBank, read_editable_bank
from quizgen.cli.history import parse_yes_or_no
from quizgen.cli.options import LangOption, OwnBankOption, require_own_bank, resolve_language
from quizgen.cli.output import echo, labelled_lines, print_lines, say
from quizgen.cli.passage_texts import read_passages_with_questions
from quizgen.errors import MisuseError, Problem, problem
from quizgen.ids import find_id
from quizgen.model import Bank, Exhibit, Fact, Lesson, Question
from quizgen.text.messages import N_, _, ngettext

if TYPE_CHECKING:
    from quizgen.bank.checks import Entry


def accept(
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID…]",
            autocompletion=completion.complete_drafts,
            show_default=False,
            help=N_(
                "Drafts that you have read and accept. Without an id, you are shown all drafts and asked."
            ),
        ),
    ] = None,
    bank: OwnBankOption = None,
    lang: LangOption = None,
) -> None:
    """Remove the mark of drafts that a person has read: of those that are named, or of those accepted at the terminal."""
    from quizgen.author.drafts import find_drafts

    language = resolve_language(lang, bank)
    own = read_editable_bank(require_own_bank(bank))
    drafts = find_drafts(own.files[name] for name in own.topics.values())
    if not drafts and not ids:
        say(_("the bank has no drafts"))
        return
    if not ids and not is_interactive():
        raise MisuseError(problem(_("no id given"), _("the drafts are {ids:both}", ids=tuple(drafts))))
    code = 0
    if ids:
        accepted = _find_named(ids, drafts, own)
        _remove_marks(accepted, drafts, own)
    else:
        accepted, code = _ask_about_each(drafts, own, language)
    _say_what_is_left(accepted, drafts, own)
    raise typer.Exit(code)


def _find_named(names: Sequence[str], drafts: "Mapping[str, Entry]", editable: EditableBank) -> list[str]:
    """Return the full ids of the drafts with these names. Raises MisuseError with all names that are no drafts."""
    content = editable.content
    found, problems = [], []
    for name in dict.fromkeys(names):
        draft = find_id(name, drafts, _("draft"))
        if isinstance(draft, Problem):
            known = find_id(name, {**content.facts, **content.exhibits, **content.questions}, _("draft"))
            is_known = isinstance(known, str)
            problems.append(problem(_("{id} is not a draft", id=known)) if is_known else draft)
        else:
            found.append(draft)
    if problems:
        raise MisuseError(problems)
    return found


def _remove_marks(ids: Iterable[str], drafts: "Mapping[str, Entry]", editable: EditableBank) -> None:
    """Remove the marks of these drafts from the files. Raises QuizgenError, and changes no file, if that is not possible."""
    from quizgen.author.drafts import remove_draft_mark

    changed: dict[str, RawFile] = {}
    for id_ in ids:
        entry = drafts[id_]
        name = entry.document.name
        changed[name] = remove_draft_mark(changed.get(name, editable.files[name]), entry.path)
    editable.write(changed)


def _ask_about_each(
    drafts: "Mapping[str, Entry]", editable: EditableBank, language: str
) -> tuple[list[str], int]:
    """Show one draft after another and ask about each. Return the ids of those accepted, and the exit code."""
    prepare_streams(language)
    words, questions = read_passages_with_questions(editable.content, editable.folders)
    replies, accepted = Replies(), list[str]()
    for number, (id_, entry) in enumerate(drafts.items(), start=1):
        heading = _("{number} of {count}: {id}", number=number, count=len(drafts), id=id_)
        shown = find_entry(editable.content, id_)
        rows = [*entry_rows(shown, editable.content, language)]
        for cite in _cited_passages(shown, editable.content):
            if questions[cite]:
                rows.append((_("asked before {passage}", passage=cite).translated(language), questions[cite]))
            if words[cite]:
                rows.append((cite, words[cite]))
        print_lines(["", heading.translated(language), *labelled_lines(rows)])
        answer = _ask_whether_to_accept(replies, language)
        if answer == "end":
            return accepted, 128 + replies.signal if replies.signal else 1
        if answer == "yes":
            _remove_marks([id_], drafts, editable)
            accepted.append(id_)
        elif answer == "no":
            say(entry.problem_at((), _("it stays a draft"), _("change it here, or delete it")))
    return accepted, 0


def _cited_passages(entry: ShownEntry, bank: Bank) -> list[str]:
    """Return the ids of the passages that a question, an exhibit or a fact is based on."""
    match entry:
        case Fact():
            facts = [entry.id]
        case Exhibit():
            facts = [fact for sign in entry.signs for fact in sign.facts]
        case Lesson():
            facts = list(entry.facts)
        case Question():
            facts = bank.fact_ids_behind(entry)
    return list(dict.fromkeys(cite for fact in facts for cite in bank.facts[fact].cites))


def _ask_whether_to_accept(replies: Replies, language: str) -> Literal["yes", "no", "later", "end"]:
    """Ask whether to accept the draft that is shown, until there is an answer."""
    while True:
        echo("")
        echo(_("Accept it? (y or n; Enter decides later, Ctrl-C stops)").translated(language))
        line = replies()
        if line is None:
            return "end"
        if not line.strip():
            return "later"
        if (answer := parse_yes_or_no(line)) is not None:
            return "yes" if answer else "no"


def _say_what_is_left(accepted: Sequence[str], drafts: "Mapping[str, Entry]", editable: EditableBank) -> None:
    """Print how many drafts are accepted, how many are left, and which of those accepted wait for others."""
    from quizgen.author.drafts import drafts_behind

    say(
        _(
            "{accepted} accepted, {left} left",
            accepted=ngettext("{count} draft", "{count} drafts", len(accepted)),
            left=len(drafts) - len(accepted),
        )
    )
    if not accepted:
        return
    bank = analyse_bank(editable.folders).bank
    for id_ in accepted if bank else ():
        if bank and (behind := tuple(drafts_behind(id_, bank))):
            say(
                _(
                    "{id} is in no quiz until these are accepted too: {ids:both}",
                    id=id_,
                    ids=tuple(dict.fromkeys(behind)),
                ),
                err=True,
            )
