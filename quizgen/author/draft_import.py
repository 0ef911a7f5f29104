"""Check drafts against a bank and the passages that they cite, and add those that pass to the files of the bank. No I/O."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from quizgen.author.draft_file import SECTIONS, Draft
from quizgen.author.insert import insert_entries
from quizgen.author.own_words import cited_passages, find_copied_texts, find_foreign_terms
from quizgen.bank import BankAnalysis, analyse_documents
from quizgen.bank.build import check_documents
from quizgen.bank.checks import section_entries
from quizgen.bank.files import RawFile
from quizgen.bank.reader import ComposedDocument, Document, Locate, read_document
from quizgen.errors import Diagnostic, Path, Problem, suggest_nearest
from quizgen.ids import full_id, topic_of
from quizgen.model import Bank
from quizgen.source.copying import CopyFinder
from quizgen.text.messages import _
from quizgen.text.tidy import tidy_data

Lint = Callable[[BankAnalysis], Iterable[Problem]]
"""Returns the problems that the rules of item writing find in the new questions of a bank."""


class Candidate(NamedTuple):
    """A draft with its topic, and its data as it is written into the bank."""

    draft: Draft
    topic: str
    data: dict[str, Any]

    @property
    def full_id(self) -> str:
        """The full id of the draft: ``topic/slug``."""
        return full_id(self.topic, self.draft.slug)


class SortedDrafts(NamedTuple):
    """The drafts that pass, the problems of those that are refused, and the numbers of those refused and of those already added."""

    passed: list[Candidate]
    problems: list[Problem]
    refused: int
    known: int


class DraftImport:
    """Adds drafts to a bank without problems.

    ``files`` are the files of the bank, and ``topics`` has the name of the file of each topic. ``passage_texts`` has the text of
    each passage by its full id, or "". ``topic`` is the topic of all drafts, or "" if the file of drafts names it.
    Unless they ``are_drafts``, they get no mark, because a person has written them.
    """

    def __init__(
        self,
        bank: Bank,
        files: Sequence[RawFile],
        topics: Mapping[str, str],
        passage_texts: Mapping[str, str],
        topic: str = "",
        *,
        are_drafts: bool = True,
    ) -> None:
        self._bank = bank
        self._files = {file.name: file for file in files}
        self._documents = [document for file in files if (document := read_document(file)[0])]
        self._known = {
            entry.full_id: entry.data
            for document in self._documents
            for section in SECTIONS
            for entry in section_entries(document, section)
            if entry.is_in_topic
        }
        self._topics = topics
        self._words = passage_texts
        self._topic = topic
        self._are_drafts = are_drafts
        self._copies = CopyFinder(filter(None, passage_texts.values()))

    def sort(self, drafts: Sequence[Draft], read_problems: Sequence[Problem], lint: Lint) -> SortedDrafts:
        """Sort out the drafts that can be added. One that rests on a draft that is refused is refused, too.

        ``read_problems`` are the problems of the file of drafts as YAML. Drafts that were added before are left out, so that
        a corrected file can be imported again.
        """
        given = len(drafts)
        drafts = [draft for draft in drafts if not self._is_known(draft)]
        known = given - len(drafts)
        candidates: list[Candidate] = []
        problems, count = list(read_problems), 0
        owners = {_find_draft_with_problem(each, drafts) for each in read_problems}
        for index, draft in enumerate(drafts):
            found = list(self._check_alone(draft, candidates))
            problems += map(draft.document.locate_problem, found)
            if found or index in owners:
                count += 1
            else:
                candidates.append(Candidate(draft, self._topic_of(draft), self._data_of(draft)))
        passed = {each.full_id for each in candidates}
        gone = {self._full_id(each) for each in drafts} - passed - self._used_ids()
        while candidates:
            found_by = self._check_together(candidates, gone, lint)
            if not found_by:
                break
            for each in found_by:
                problems += found_by[each]
            if None in found_by:  # the problem is in no draft, so all of them are refused
                return SortedDrafts([], problems, len(drafts), known)
            count += len(found_by)
            gone |= {candidates[index].full_id for index in found_by if index is not None}
            candidates = [each for index, each in enumerate(candidates) if index not in found_by]
        return SortedDrafts(candidates, sorted(dict.fromkeys(problems)), count, known)

    def new_files(self, candidates: Sequence[Candidate]) -> dict[str, RawFile]:
        """Return the files of the bank that change, with these drafts added."""
        changed: dict[str, RawFile] = {}
        for section in SECTIONS:
            for topic, name in self._topics.items():
                entries = [
                    each.data for each in candidates if each.draft.section == section and each.topic == topic
                ]
                if entries:
                    changed[name] = insert_entries(changed.get(name, self._files[name]), section, entries)
        return changed

    def _topic_of(self, draft: Draft) -> str:
        """Return the topic of a draft; the only one of the bank, if the file of drafts names none."""
        return self._topic or draft.topic or (next(iter(self._topics)) if len(self._topics) == 1 else "")

    def _full_id(self, draft: Draft) -> str:
        """Return the id of a draft with its topic."""
        return full_id(self._topic_of(draft), draft.slug)

    def _data_of(self, draft: Draft) -> dict[str, Any]:
        """Return the data of a draft as it is written into the bank."""
        data = _tidy_data_of(draft)
        is_marked = self._are_drafts and draft.section != "lessons"
        return {"id": data.pop("id", None), "draft": True, **data} if is_marked else data

    def _used_ids(self) -> set[str]:
        """Return the ids that are taken, so that no new draft can have them."""
        bank = self._bank
        return {*bank.facts, *bank.lessons, *bank.exhibits, *bank.questions}

    def _is_known(self, draft: Draft) -> bool:
        """Return whether the bank has a draft already, word for word, as a draft or accepted."""
        known = self._known.get(self._full_id(draft))
        return known is not None and {**known, "draft": True} == {**_tidy_data_of(draft), "draft": True}

    def _check_alone(self, draft: Draft, earlier_drafts: Sequence[Candidate]) -> Iterator[Diagnostic]:
        """Check what a draft says against the bank and the passages. ``earlier_drafts`` are drafts before it."""
        topic = self._topic_of(draft)
        if topic not in self._topics:
            what = _("there is no topic {topic}", topic=topic) if topic else _("this draft names no topic")
            near = suggest_nearest(topic, self._topics)
            yield Diagnostic(
                ("topic",) if topic else draft.path,
                what,
                near or _("name one with --topic: {topics:either}", topics=tuple(self._topics)),
            )
            return
        own = self._full_id(draft)
        if own in self._used_ids() or own in {each.full_id for each in earlier_drafts}:
            yield Diagnostic(
                (*draft.path, "id"), _("the id {id} already exists", id=own), _("choose another")
            )
        if not isinstance(draft.data, dict):
            return
        if draft.section == "facts":
            yield from self._check_terms(draft)
        for each in find_copied_texts(draft.data, self._copies):
            yield each._replace(path=(*draft.path, *each.path))

    def _check_terms(self, draft: Draft) -> Iterator[Diagnostic]:
        """Check that each term of a fact is in a passage that it cites. Citations of no passage are reported elsewhere."""
        cited = cited_passages(draft.data, self._words)
        absent = next((id_ for id_ in cited if not self._words[id_]), "")
        if absent and self._are_drafts and isinstance(draft.data.get("terms"), list):
            yield Diagnostic(
                (*draft.path, "cites"),
                _("the text of {passage} is not at hand, so this cannot be checked", passage=absent),
                _("put the text of {source} into the folder of the bank", source=topic_of(absent)),
            )
        for each in find_foreign_terms(draft.data, self._words):
            yield each._replace(path=(*draft.path, *each.path))

    def _check_together(
        self, candidates: Sequence[Candidate], gone: set[str], lint: Lint
    ) -> dict[int | None, list[Problem]]:
        """Return the problems that the bank would have with these drafts, by the index of the draft.

        ``None`` stands for a problem that is in no draft. ``gone`` are the ids of drafts that are refused.
        """
        missing = {
            index: [each.draft.document.locate_problem(found) for found in _check_references(each, gone)]
            for index, each in enumerate(candidates)
        }
        found_by: dict[int | None, list[Problem]] = {index: each for index, each in missing.items() if each}
        if found_by:
            return found_by
        documents, drafts = self._add_drafts_to_files(candidates), [each.draft for each in candidates]
        problems = check_documents(documents)
        if not problems:
            own = [each.full_id for each in candidates if each.draft.section == "questions"]
            found = lint(analyse_documents(documents, own))
            problems = [each for each in found if _find_draft_with_problem(each, drafts) is not None]
        for each in problems:
            found_by.setdefault(_find_draft_with_problem(each, drafts), []).append(each)
        return found_by

    def _add_drafts_to_files(self, candidates: Sequence[Candidate]) -> list[Document]:
        """Return the files of the bank with these drafts added. Problems of a draft have its place in the file of drafts."""
        documents: list[Document] = []
        for document in self._documents:
            own = [each for each in candidates if self._topics[each.topic] == document.name]
            if own:
                data: dict[str, Any] = {**document.data}
                origins: dict[Path, Locate] = {}
                for each in own:
                    section = each.draft.section
                    data[section] = [*data.get(section, ()), each.data]
                    origins[section, len(data[section]) - 1] = _make_locator(each.draft)
                documents.append(ComposedDocument(document.name, data, document.content, origins))
            else:
                documents.append(document)
        return documents


def _tidy_data_of(draft: Draft) -> dict[str, Any]:
    """Return the data of a draft, with tidy texts."""
    return dict(tidy_data(draft.data)) if isinstance(draft.data, dict) else {}


def _make_locator(draft: Draft) -> Locate:
    return lambda path, key: draft.document.place_of((*draft.path, *path), at_key=key)


def _check_references(candidate: Candidate, gone: set[str]) -> Iterator[Diagnostic]:
    """Report what a draft refers to and what is refused."""
    data = candidate.data
    named: list[tuple[Path, Any]] = [((key,), data.get(key)) for key in ("lesson", "exhibit", "twin")]
    places: list[tuple[Path, Any]] = [((), data)]
    signs = data.get("signs")
    places += [
        (("signs", index), sign) for index, sign in enumerate(signs if isinstance(signs, list) else ())
    ]
    for path, part in places:
        facts = part.get("facts") if isinstance(part, dict) else None
        named += [
            ((*path, "facts", index), fact)
            for index, fact in enumerate(facts if isinstance(facts, list) else ())
        ]
    enemies = data.get("enemies")
    named += [
        (("enemies", index), name) for index, name in enumerate(enemies if isinstance(enemies, list) else ())
    ]
    for path, name in named:
        if isinstance(name, str) and full_id(candidate.topic, name) in gone:
            yield Diagnostic(
                (*candidate.draft.path, *path),
                _("this refers to {id}, which is refused", id=name),
                _("correct that first"),
            )


def _find_draft_with_problem(draft_problem: Problem, drafts: Sequence[Draft]) -> int | None:
    """Return the index of the draft in which a problem is, or ``None``."""
    own = [
        (each.line, index)
        for index, each in enumerate(drafts)
        if each.document.name == draft_problem.file and each.line <= draft_problem.line
    ]
    return max(own)[1] if own else None
