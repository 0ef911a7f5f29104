"""Check that a fact says in words of its own what its passage says, and that its terms are quoted from the passage. No I/O."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizgen.author.incoming import IncomingFile
from quizgen.bank.checks import iterate_texts
from quizgen.bank.reader import ComposedDocument
from quizgen.errors import Diagnostic, Problem
from quizgen.ids import slug_of
from quizgen.source.copying import CopyFinder
from quizgen.source.wording import normalise_wording
from quizgen.text.messages import _


def find_fact_problems(files: Sequence[IncomingFile], passage_texts: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for each text of a fact that is copied from a passage, and for each term that its passage does not have.

    ``passage_texts`` has the text of each passage by its full id, or "" if the text is not at hand.
    """
    copies = CopyFinder(filter(None, passage_texts.values()))
    for file in files:
        document = ComposedDocument(file.name, file.data, "", {(): file.locate})
        for index, fact in enumerate(file.data.get("facts", ())):
            found = [*find_copied_texts(fact, copies), *find_foreign_terms(fact, passage_texts)]
            for each in found:
                yield document.locate_problem(each._replace(path=("facts", index, *each.path)))


def find_copied_texts(entry: Mapping[str, Any], copies: CopyFinder) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each text of an entry, other than terms, that is copied from a passage."""
    for path, text in iterate_texts(entry):
        if path[0] != "terms" and (copied := copies.find(text)):
            yield Diagnostic(
                path,
                _("this is copied from the source: {words!r}", words=copied),
                _("say it in words of your own"),
            )


def cited_passages(fact: Mapping[str, Any], passage_texts: Mapping[str, str]) -> list[str]:
    """Return the full ids of the passages that a fact cites. Citations of no passage are reported elsewhere."""
    cites = fact.get("cites")
    if not isinstance(cites, list):
        return []
    return [id_ for cite in cites for id_ in passage_texts if cite in (id_, slug_of(id_))]


def find_foreign_terms(fact: Mapping[str, Any], passage_texts: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each term of a fact that is in no passage which it cites, if all their texts are at hand."""
    cited, terms = cited_passages(fact, passage_texts), fact.get("terms")
    if not cited or not isinstance(terms, list) or not all(passage_texts[id_] for id_ in cited):
        return
    wordings = [normalise_wording(passage_texts[id_]) for id_ in cited]
    for index, term in enumerate(terms):
        if not any(normalise_wording(str(term)) in wording for wording in wordings):
            yield Diagnostic(
                ("terms", index),
                _("the passage does not have {term!r}", term=str(term)),
                _("copy it letter for letter"),
            )
