"""What a schema cannot see: texts, ids and the links between them, over all the files of a bank.

Each check is a generator of problems. Entries that do not have the schema's shape keep their ids, so
that links to them hold, and are not looked into further.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from quizgen.bank.reader import Document, Path
from quizgen.bank.shape import listed, nearest
from quizgen.bank.unseen import UNSEEN, described
from quizgen.errors import Problem
from quizgen.language import Text
from quizgen.model import BLANK

_BLANKS = re.compile(r"_{3,}")
_WHOLE_SECTIONS: frozenset[Path] = frozenset(
    {(), ("topic",), ("facts",), ("questions",), ("sources",), ("relations",)}
)
_LEAST_OPTIONS, _MOST_OPTIONS = 3, 8  # of a `multiple` question


class Entry(NamedTuple):
    """A fact, a question or a source in a file, with an id at the least."""

    document: Document
    path: Path
    data: Any

    @property
    def topic(self) -> str:
        """Id of the file's topic."""
        return str(self.document.data.get("topic"))

    @property
    def full_id(self) -> str:
        """``topic/id`` of a fact or a question; a source's own id."""
        own = str(self.data["id"])
        return own if self.path[0] == "sources" else f"{self.topic}/{own}"

    @property
    def sound(self) -> bool:
        """Whether it has the shape that the schema asks for."""
        return self.path not in self.document.broken and isinstance(self.document.data.get("topic"), str)

    def part(self, path: Path) -> Any:
        """Return what stands at a path in the entry."""
        return self.document.part((*self.path, *path))

    def problem(self, part: Path, what: str, hint: str = "") -> Problem:
        """Make a problem at a part of the entry."""
        return self.document.problem((*self.path, *part), what, hint)


class Names(NamedTuple):
    """All that ids may lead to: full ids of facts and passages, and the latter by their own id.

    ``holders`` are the topics and sources that were read in full. Where the bank is not ``whole``,
    only links into these can be judged: any other may lead into what could not be read.
    """

    facts: frozenset[str]
    passages: frozenset[str]
    by_passage: Mapping[str, Sequence[str]]
    holders: frozenset[str]
    whole: bool

    def cited(self, cite: str) -> Sequence[str]:
        """Full ids of the passages that a citation may mean: one, if all is well."""
        if "/" in cite:
            return [cite] if cite in self.passages else []
        return self.by_passage.get(cite, [])

    def surely_lack(self, full_id: str) -> bool:
        """Tell whether an id that was not found leads nowhere for certain."""
        return self.whole or full_id.partition("/")[0] in self.holders


def entries(document: Document, section: str) -> list[Entry]:
    """Entries of a section that have an id, whatever else may be wrong with them."""
    items = document.data.get(section) if isinstance(document.data, dict) else None
    return [
        Entry(document, (section, index), data)
        for index, data in enumerate(items if isinstance(items, list) else ())
        if isinstance(data, dict) and isinstance(data.get("id"), str)
    ]


def check_texts(document: Document) -> Iterator[Problem]:
    """Every text of a file: not blank, no blanks around it, nothing in it that nobody sees."""
    for path, text in _texts(document.data, ()):
        if not text.strip():
            if path[-2:-1] == ("waive",):
                who = "this question" if path[0] == "questions" else "what this model makes"
                what = f"the waiver of {path[-1]} has no reason"
                yield document.problem(path, what, f"say why {who} may break the rule")
                continue
            yield document.problem(path, "this text is empty", "fill it in, or take it out")
            continue
        if text != text.strip():
            yield document.problem(
                path, "this text has blanks around it", "take them off (after | or >, write -)"
            )
        if "\n" in text.strip() or "\t" in text.strip():
            yield document.problem(
                path, "this text holds a line break or a tab", "write it as one line, or fold it with >-"
            )
        for character in sorted(set(UNSEEN.findall(text))):
            yield document.problem(path, f"this text holds {described(character)}", "take it out")


def check_ids(documents: Iterable[Document]) -> Iterator[Problem]:
    """No id stands twice: topics and sources in the bank, facts and questions in a topic, passages in a source."""
    seen: dict[tuple[str, str], tuple[Document, Path]] = {}
    for document in documents:
        for space, name, path in _declared(document):
            first = seen.setdefault((space, name), (document, path))
            if first != (document, path):
                line, _ = first[0].place(first[1])
                where = f"on line {line}" if first[0] is document else f"in {first[0].name}, line {line}"
                yield document.problem(
                    path, f"the id {name} is taken: it stands {where} already", "choose another"
                )


def names_in(documents: Iterable[Document], *, whole: bool = True) -> Names:
    """Collect what ids may lead to; ``whole`` is false where some file could not be read."""
    facts: set[str] = set()
    holders: set[str] = set()
    by_passage: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        facts.update(entry.full_id for entry in entries(document, "facts"))
        sources = entries(document, "sources")
        for source in sources:
            for passage, _ in _passages(source):
                by_passage[passage].append(f"{source.full_id}/{passage}")
        if document.broken & _WHOLE_SECTIONS:
            whole = False
        else:
            holders.update(
                [str(document.data["topic"])] if "topic" in document.data else [s.full_id for s in sources]
            )
    passages = frozenset(full for several in by_passage.values() for full in several)
    return Names(frozenset(facts), passages, by_passage, frozenset(holders), whole)


def check_fact(fact: Entry, names: Names) -> Iterator[Problem]:
    """Hold a fact's citations to one passage each, and see that nothing stands in it twice."""
    cites = fact.data["cites"]
    for index, cite in enumerate(cites):
        found = list(dict.fromkeys(names.cited(cite)))
        if len(found) > 1:
            what = f"{len(found)} sources have a passage {cite}"
            yield fact.problem(("cites", index), what, f"write {' or '.join(found)}")
        elif not found and names.surely_lack(cite):
            near = nearest(cite, names.passages if "/" in cite else names.by_passage)
            hint = near if names.passages else "list the article's passages in a file of sources"
            yield fact.problem(("cites", index), f"there is no passage {cite}", hint)
    yield from _repeats(fact, ("cites",), [tuple(names.cited(cite)) or cite for cite in cites])
    yield from _repeats(fact, ("terms",), fact.data["terms"])


def check_question(question: Entry, names: Names) -> Iterator[Problem]:
    """See that a question's facts are there, and that right and wrong answers can be told apart."""
    facts = [full_fact(question.topic, fact) for fact in question.data["facts"]]
    for index, fact in enumerate(facts):
        if fact not in names.facts and names.surely_lack(fact):
            yield question.problem(("facts", index), f"there is no fact {fact}", _near_fact(fact, names))
    yield from _repeats(question, ("facts",), facts)
    yield from _check_blanks(question)
    yield from _check_answer(question)


def _check_answer(question: Entry) -> Iterator[Problem]:
    data = question.data
    distractors = _within(data, "distractors")
    match data["kind"]:
        case "single":
            yield from _check_apart(question, [("key",), *distractors], "options")
        case "multiple":
            count = len(data["key"]) + len(distractors)
            if not _LEAST_OPTIONS <= count <= _MOST_OPTIONS:
                hint = f"give {_LEAST_OPTIONS} to {_MOST_OPTIONS}, keys and distractors together"
                yield question.problem((), f"question {data['id']} has {count} options", hint)
            yield from _check_apart(question, [*_within(data, "key"), *distractors], "options")
        case "match":
            pairs = _within(data, "pairs")
            yield from _check_apart(question, [(*pair, "left") for pair in pairs], "left sides")
            rights = [*((*pair, "right") for pair in pairs), *distractors]
            yield from _check_apart(question, rights, "right sides")
        case "order":
            yield from _check_apart(question, _within(data, "sequence"), "steps")
        case "fill":
            for tag, words in data["accept"].items():
                yield from _repeats(question, ("accept", tag), [_folded(word) for word in words])


def full_fact(topic: str, fact: str) -> str:
    """Full id of a fact that a question of this topic names."""
    return fact if "/" in fact else f"{topic}/{fact}"


def _near_fact(fact: str, names: Names) -> str:
    """Look in the fact's own topic first: a bank may have thousands of facts."""
    topic = fact.partition("/")[0]
    topics = {name.partition("/")[0] for name in names.facts}
    if topic not in topics:
        near = nearest(topic, topics)
        return f"there is no topic {topic}" + (f"; {near}" if near else "")
    return nearest(fact, (name for name in names.facts if name.startswith(topic + "/")))


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _texts(part, (*path, index))


def _declared(document: Document) -> Iterator[tuple[str, str, Path]]:
    """Each id that a file declares: what it must be unique in, the full id, and where it stands."""
    topic = document.data.get("topic") if isinstance(document.data, dict) else None
    if isinstance(topic, str):
        yield "topics", topic, ("topic",)
        for section in ("facts", "questions"):
            for entry in entries(document, section):
                yield "facts and questions", entry.full_id, (*entry.path, "id")
    for source in entries(document, "sources"):
        yield "sources", source.full_id, (*source.path, "id")
        for passage, path in _passages(source):
            yield "passages", f"{source.full_id}/{passage}", path


def _passages(source: Entry) -> Iterator[tuple[str, Path]]:
    """Own ids of a source's passages, and where they stand."""
    passages = source.data.get("passages")
    for index, passage in enumerate(passages if isinstance(passages, list) else ()):
        if isinstance(passage, dict) and isinstance(passage.get("id"), str):
            yield passage["id"], (*source.path, "passages", index, "id")


def _within(data: Mapping[str, Any], key: str) -> list[Path]:
    """Paths of the entries under a key: ``("distractors", 0)`` and so on."""
    return [(key, index) for index in range(len(data.get(key, ())))]


def _repeats(entry: Entry, path: Path, items: Sequence[Any]) -> Iterator[Problem]:
    seen = set()
    for index, item in enumerate(items):
        if item in seen:
            yield entry.problem((*path, index), f"this stands in `{path[-1]}` twice", "take one out")
        seen.add(item)


def _check_apart(question: Entry, parts: Sequence[Path], what: str) -> Iterator[Problem]:
    """No two of these texts read the same in any language."""
    seen: dict[tuple[str, str], Path] = {}
    for part in parts:
        text: Text = question.document.part((*question.path, *part))
        for tag, words in text.items():
            first = seen.setdefault((tag, _folded(words)), part)
            if first is not part:
                line, _ = question.document.place((*question.path, *first, tag))
                where = f": see line {line}" if line else ""
                yield question.problem(
                    (*part, tag),
                    f"two of the {what} read the same in {tag}{where}",
                    "change one of them",
                )


def _check_blanks(question: Entry) -> Iterator[Problem]:
    fill = question.data["kind"] == "fill"
    for tag, stem in question.data["stem"].items():
        blanks = _BLANKS.findall(stem)
        if fill and blanks != [BLANK]:
            found = "no blank" if not blanks else f"blanks written {listed(blanks)}"
            yield question.problem(
                ("stem", tag),
                f"the stem has {found} in {tag}",
                f"write one blank of four underscores, {BLANK}",
            )
        elif not fill and blanks:
            yield question.problem(
                ("stem", tag),
                f"the stem has a blank in {tag}, but its kind is not fill",
                "take it out, or change the kind",
            )


def _folded(text: str) -> str:
    """Reduce a text to what tells it apart: not width, case or spacing."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
