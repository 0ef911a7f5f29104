"""``quizgen bank brief``: print what a language model or a person needs to write drafts from passages."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from quizgen.bank.files import display_path
from quizgen.cli import completion
from quizgen.cli.options import BankOption, LangOption, bank_or_own, load_bank, resolve_language
from quizgen.cli.passage_texts import TEXT_SUFFIXES, read_passages_with_questions
from quizgen.errors import MisuseError, Problem, QuizgenError, problem
from quizgen.files import shipped_folder
from quizgen.ids import find_id, topic_of
from quizgen.model import Bank
from quizgen.source.check import facts_by_passage
from quizgen.text.languages import localize
from quizgen.text.messages import N_, _


def brief(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PASSAGE|TEXT]…",
            autocompletion=completion.complete_passages,
            show_default=False,
            help=N_(
                "The passages to write about, by their ids as `quizgen bank cover` shows them; by default all that have no fact. Also files with the texts of sources that are not in the folder of the bank."
            ),
        ),
    ] = None,
    bank: BankOption = None,
    lang: LangOption = None,
) -> None:
    """Print a brief on passages: their words, the rules of a good question, the form of drafts, and examples."""
    from quizgen.author.brief import BriefPassage, write_brief

    bank = bank_or_own(bank)
    language = resolve_language(lang, bank)
    loaded = load_bank(bank, with_drafts=True)
    if not loaded.sources:
        raise QuizgenError(problem(_("the bank has no source"), _("add a text with `quizgen source add`")))
    texts = [Path(name) for name in names or () if _is_text(name)]
    if missing := [path for path in texts if not path.exists()]:
        raise QuizgenError(
            problem(_("there is no such file or folder"), _("check the path"), file=display_path(path))
            for path in missing
        )
    words, questions = read_passages_with_questions(loaded, bank or [shipped_folder("question_bank")], texts)
    asked = [name for name in names or () if not _is_text(name)]
    chosen = _find_passages(asked, words) if asked else _passages_without_facts(loaded, words)
    _check_have_words(chosen, words)
    jobs = {
        passage.id: localize(passage.speaker, loaded.declared.languages[0])
        for source in loaded.sources.values()
        for passage in source.passages
        if passage.speaker
    }
    passages = [
        BriefPassage(id_, _without_name(words[id_], jobs.get(id_, "")), questions[id_]) for id_ in chosen
    ]
    typer.echo(write_brief(loaded, passages, language), nl=False)


def _without_name(words: str, job: str) -> str:
    """Return the words of a passage with the speaker's job in the place of the name before its first colon."""
    name, colon, rest = (
        re.split("([:：])", words, maxsplit=1) if re.search("[:：]", words) else (words, "", "")
    )
    return f"{job}{colon}{rest}" if job and len(name) <= _MAX_NAME else words


_MAX_NAME = 60
"""The most characters of the name of a speaker that stands before what is said."""


def _is_text(name: str) -> bool:
    """Return whether a word of the command line names a file, and not a passage."""
    return name.lower().endswith(TEXT_SUFFIXES)


def _find_passages(names: Sequence[str], passage_texts: Mapping[str, str]) -> list[str]:
    """Return the full ids of passages. Raises MisuseError with all names that are not one passage."""
    found = [find_id(name, passage_texts, _("passage")) for name in dict.fromkeys(names)]
    problems = [each for each in found if isinstance(each, Problem)]
    if problems:
        raise MisuseError(problems)
    return [str(each) for each in found]


def _passages_without_facts(bank: Bank, passage_texts: Mapping[str, str]) -> list[str]:
    """Return the ids of the passages that no fact cites. Raises QuizgenError if there are none."""
    citing = facts_by_passage(bank.facts.values())
    bare = [id_ for id_ in passage_texts if id_ not in citing]
    if not bare:
        raise QuizgenError(
            problem(
                _("every passage has a fact"),
                _("name passages to write more about, such as {id}", id=next(iter(passage_texts))),
            )
        )
    return bare


def _check_have_words(chosen_ids: Sequence[str], passage_texts: Mapping[str, str]) -> None:
    """Raise QuizgenError with each source whose text is not at hand."""
    sources = dict.fromkeys(topic_of(id_) for id_ in chosen_ids if not passage_texts[id_])
    if sources:
        raise QuizgenError(
            problem(
                _("the text of {source} is not at hand", source=source),
                _("put the file into the folder of the bank, or name it here"),
            )
            for source in sources
        )
