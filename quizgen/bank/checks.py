"""Checks that a JSON Schema cannot express: on texts, on ids, and on references from one file of a question bank to another.

Each check yields problems. An entry that does not fit the schema is not checked here, but other entries may refer to
its id.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import PurePath
from typing import Any, NamedTuple

from quizgen.bank.files import RawFile
from quizgen.bank.reader import Document
from quizgen.bank.yaml_form import exhibit_entry
from quizgen.errors import Diagnostic, Path, Problem, suggest_nearest
from quizgen.fields import MAX_HELP_LENGTH
from quizgen.ids import full_id, slug_of, topic_of
from quizgen.kinds import KINDS
from quizgen.kinds.kind import EntryData, check_distinct_items
from quizgen.model import BLANK, HELP_KINDS, OPTIONAL_KEYS, Bank, Declaration
from quizgen.text.characters import FORBIDDEN_CHARACTERS, MAX_TEXT_LENGTH, describe_character
from quizgen.text.languages import TAG, Text
from quizgen.text.messages import NOTHING, Message, _, pgettext

_BLANKS = re.compile(r"_{3,}")
_SECTIONS = (
    "topic", "facts", "lessons", "exhibits", "questions", "sources", "help", "statements", "languages"
)  # fmt: skip
_WHOLE_SECTIONS: frozenset[Path] = frozenset([(), *((section,) for section in _SECTIONS)])
HELP_NAME = re.compile(r"(?<!\{)\{([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\}(?!\})")
"""A help number as texts name it: ``{police}``."""


class Entry(NamedTuple):
    """An entry in a question bank's file that has an id, such as a fact, a question or a source.

    ``path`` is where it is in the document, such as ``("facts", 3)``.
    """

    document: Document
    path: Path
    data: Any

    @property
    def topic(self) -> str:
        """The id of the topic that the file is about."""
        return str(self.document.data.get("topic"))

    @property
    def full_id(self) -> str:
        """The id with its topic (``topic/id``) if the file is about a topic, or else the id alone."""
        own = str(self.data["id"])
        return full_id(self.topic, own) if self.is_in_topic else own

    @property
    def is_in_topic(self) -> bool:
        """Whether the file is about a topic."""
        return isinstance(self.document.data.get("topic"), str)

    @property
    def is_valid(self) -> bool:
        """Whether the entry is in a topic and fits the schema."""
        return self.path not in self.document.invalid_entries and self.is_in_topic

    def value_at(self, path: Path) -> Any:
        """Return the value at a path within the entry."""
        return self.document.value_at((*self.path, *path))

    def locate_problem(self, diagnostic: Diagnostic) -> Problem:
        """Convert a diagnostic of this entry to a problem with file, line and column."""
        return self.document.locate_problem(diagnostic.prefixed_with(self.path))

    def problem_at(self, path: Path, what: Message, hint: Message = NOTHING) -> Problem:
        """Return a problem with the file, line and column of a path within the entry."""
        return self.locate_problem(Diagnostic(path, what, hint))


class KnownIds(NamedTuple):
    """All ids in a question bank that an entry can refer to.

    ``facts``, ``lessons``, ``passages`` and ``questions`` are full ids. ``by_passage`` maps a passage's id without
    its source to its full ids. ``exhibits`` maps full ids to entries, or to ``None`` if the entry does not fit the
    schema. ``help`` are the ids of help numbers. ``is_complete`` is false if a file could not be read. Then an
    unknown id is an error only if its topic or source is in ``fully_read``.
    """

    facts: frozenset[str]
    lessons: frozenset[str]
    passages: frozenset[str]
    by_passage: Mapping[str, Sequence[str]]
    exhibits: Mapping[str, EntryData | None]
    questions: frozenset[str]
    help: frozenset[str]
    fully_read: frozenset[str]
    is_complete: bool

    def find_passages(self, citation: str) -> Sequence[str]:
        """Return the full ids of the passages that a citation can mean. A valid citation means exactly one."""
        if "/" in citation:
            return [citation] if citation in self.passages else []
        return self.by_passage.get(citation, [])

    def is_certainly_missing(self, unknown_id: str) -> bool:
        """Return whether an unknown id is certainly wrong, and not just in a file that could not be read."""
        return self.is_complete or topic_of(unknown_id) in self.fully_read


def section_entries(document: Document, section: str) -> list[Entry]:
    """Return the entries of a section that have an id, whether or not they fit the schema."""
    if section not in document.entries:
        items = document.data.get(section) if isinstance(document.data, dict) else None
        document.entries[section] = [
            Entry(document, (section, index), data)
            for index, data in enumerate(items if isinstance(items, list) else ())
            if isinstance(data, dict) and isinstance(data.get("id"), str)
        ]
    return document.entries[section]


def check_texts(data: Any, known_ids: KnownIds | None = None) -> Iterator[Diagnostic]:
    """Check that no text is empty, starts or ends with a space, is too long, or contains forbidden characters.

    If ``known_ids`` is given, also check that the help numbers in the texts exist.
    """
    for path, words in iterate_texts(data):
        stripped = words.strip()
        if not stripped:
            if path[-2:-1] == ("waive",):
                yield Diagnostic(
                    path,
                    _("the waiver of {rule} has no reason", rule=path[-1]),
                    _("give the reason why this question may break the rule"),
                )
                continue
            yield Diagnostic(path, _("this text is empty"), _("fill it in, or remove it"))
            continue
        if known_ids and "{" in words:
            yield from _check_help_numbers(path, words, known_ids)
        if len(words) > MAX_TEXT_LENGTH:
            yield Diagnostic(
                path,
                _(
                    "this text has {count} characters; the maximum is {most}",
                    count=len(words),
                    most=MAX_TEXT_LENGTH,
                ),
                _("shorten it, or split it into several questions"),
            )
            continue
        if words != stripped:
            yield Diagnostic(
                path, _("this text starts or ends with a space"), _("remove it (write - after | or >)")
            )
        if "\n" in stripped or "\t" in stripped:
            yield Diagnostic(
                path,
                _("this text contains a line break or a tab"),
                _("write it as one line, or fold it with >-"),
            )
        if FORBIDDEN_CHARACTERS.search(words):
            for character in sorted(set(FORBIDDEN_CHARACTERS.findall(words))):
                yield Diagnostic(
                    path,
                    _("this text contains {character}", character=describe_character(character)),
                    _("remove it"),
                )


def _check_help_numbers(path: Path, text: str, known_ids: KnownIds) -> Iterator[Diagnostic]:
    """Check that all help numbers that a text uses, such as ``{police}``, exist."""
    for match in HELP_NAME.finditer(text):
        if match[1] not in known_ids.help and known_ids.is_complete:
            hint = (
                _("there are {names:both}", names=tuple(sorted(known_ids.help)))
                if known_ids.help
                else _("add it to a file of help numbers")
            )
            near = suggest_nearest(match[1], known_ids.help)
            yield Diagnostic(path, _("there is no help number {{{name}}}", name=match[1]), near or hint)


def help_number_names(data: Any) -> set[str]:
    """Return the names of all help numbers that texts use: ``{"police"}`` for a text with ``{police}``."""
    return {
        match[1] for _, words in iterate_texts(data) if "{" in words for match in HELP_NAME.finditer(words)
    }


def check_ids(documents: Iterable[Document]) -> Iterator[Problem]:
    """Check that every id is unique.

    Ids of topics and sources are unique in the question bank, those of facts, lessons, exhibits and questions in their topic,
    and those of passages in their source.
    """
    seen: dict[tuple[str, str], tuple[Document, Path]] = {}
    for document in documents:
        for space, name, path in _declared_ids(document):
            first = seen.setdefault((space, name), (document, path))
            if first != (document, path):
                what = _(
                    "the id {name} is already used {where}",
                    name=name,
                    where=describe_location(document, *first),
                )
                yield document.problem_at(path, what, _("choose another"))


def describe_location(document: Document, other_document: Document, path: Path) -> Message:
    """Return where a part of a document is, for a problem in ``document``: "on line 3" or "in x.yaml, line 3"."""
    file, line, _column = other_document.place_of(path)
    if not line:
        return _("in {file}", file=file)
    return (
        _("on line {line}", line=line, file=file)
        if other_document is document
        else _("in {file}, line {line}", line=line, file=file)
    )


def collect_known_ids(documents: Iterable[Document], *, is_complete: bool = True) -> KnownIds:
    """Return all ids in these documents. ``is_complete`` is false if a file of the question bank could not be read."""
    facts: set[str] = set()
    lessons: set[str] = set()
    exhibits: dict[str, EntryData | None] = {}
    questions: set[str] = set()
    help_ids: set[str] = set()
    fully_read: set[str] = set()
    by_passage: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        facts.update(entry.full_id for entry in section_entries(document, "facts"))
        if topic_id(document) is not None:
            lessons.update(entry.full_id for entry in section_entries(document, "lessons"))
            exhibits |= {
                entry.full_id: entry.data if entry.is_valid else None
                for entry in section_entries(document, "exhibits")
            }
            questions.update(entry.full_id for entry in section_entries(document, "questions"))
        help_ids.update(entry.data["id"] for entry in section_entries(document, "help"))
        sources = section_entries(document, "sources")
        for source in sources:
            for passage, _path in _item_ids(source, "passages"):
                by_passage[passage].append(f"{source.full_id}/{passage}")
        if document.invalid_entries & _WHOLE_SECTIONS:
            is_complete = False
        else:
            fully_read.update(
                [str(document.data["topic"])] if "topic" in document.data else [s.full_id for s in sources]
            )
    passages = frozenset(full for several in by_passage.values() for full in several)
    return KnownIds(
        facts=frozenset(facts),
        lessons=frozenset(lessons),
        passages=passages,
        by_passage=by_passage,
        exhibits=exhibits,
        questions=frozenset(questions),
        help=frozenset(help_ids),
        fully_read=frozenset(fully_read),
        is_complete=is_complete,
    )


def collect_ids_of_bank(bank: Bank) -> KnownIds:
    """Return the ids that a new question in this question bank can refer to."""
    return KnownIds(
        facts=frozenset(bank.facts),
        lessons=frozenset(bank.lessons),
        passages=frozenset(),
        by_passage={},
        exhibits={name: exhibit_entry(each) for name, each in bank.exhibits.items()},
        questions=frozenset(bank.questions),
        help=frozenset(bank.help),
        fully_read=frozenset(bank.topics),
        is_complete=True,
    )


def parse_declaration(document: Document) -> Declaration | None:
    """Return what a file declares about its question bank, or ``None`` if it declares no language.

    Values that are not valid are left out, so that an error in one of them causes none in other files.
    """
    data = document.data if isinstance(document.data, dict) else {}
    tags, optional, region = (data.get(key) for key in ("languages", "optional", "region"))
    tags = [tags] if isinstance(tags, str) else tags
    listed = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    languages = tuple(dict.fromkeys(tag for tag in listed if re.fullmatch(TAG, tag)))
    if not languages:
        return None
    currency = _valid_text(data.get("currency"))
    if (
        "currency" in data and not currency
    ):  # its own error is reported; exhibits only ask whether it is there
        currency = dict.fromkeys(languages, "")
    return Declaration(
        languages=languages,
        optional=tuple(key for key in OPTIONAL_KEYS if isinstance(optional, list) and key in optional),
        title=_valid_text(data.get("title")),
        currency=currency,
        **{key: sum_ if isinstance(sum_ := data.get(key), int) else 0 for key in ("money", "stake")},
        about=_valid_text(data.get("about")),
        glossary=_parse_glossary(data.get("glossary")),
        region=region if isinstance(region, str) else "",
    )


_LIST_IN_TEXT = re.compile(r"^(languages|optional):(.*(?:\n[ \t-].*)*)", re.MULTILINE)
"""A list of ``bank.yaml``, up to the next key."""


def guess_declaration(file: RawFile) -> Declaration | None:
    """Return what a file that is not valid YAML seems to declare about its question bank, or ``None`` if nothing.

    With these languages, the other files of the bank are checked as they will be once this file is valid.
    """
    content = file.raw.decode("utf-8", "replace").replace("\r\n", "\n")
    words = {
        match[1]: re.findall(r"[A-Za-z][\w-]*", re.sub("#.*", "", match[2]))
        for match in _LIST_IN_TEXT.finditer(content)
    }
    return parse_declaration(Document(file.name, words | {"currency": None}, content))


def _parse_glossary(entries: Any) -> dict[str, Text]:
    """Return the meaning of each word of a glossary. Entries that are not valid are left out."""
    listed = [each for each in entries if isinstance(each, dict)] if isinstance(entries, list) else []
    return {
        each["word"]: meaning
        for each in listed
        if isinstance(each.get("word"), str) and (meaning := _valid_text(each.get("meaning")))
    }


def _valid_text(data: Any) -> Text:
    """Return a text in several languages, or an empty one if the data is none."""
    return data if isinstance(data, dict) and all(isinstance(each, str) for each in data.values()) else {}


def check_declarations(documents: Iterable[Document]) -> Iterator[Problem]:
    """Check that each folder declares its languages in one file only, and each language once."""
    seen: dict[PurePath, Document] = {}
    for document in documents:
        if not isinstance(document.data, dict) or "languages" not in document.data:
            continue
        first = seen.setdefault(PurePath(document.name).parent, document)
        if first is not document:
            where = describe_location(document, first, ("languages",))
            what = _("the bank’s languages are already declared {where}", where=where)
            yield document.problem_at(("languages",), what, _("keep one of them"), at_key=True)
        if isinstance(document.data["languages"], list):
            tags = [str(tag) for tag in document.data["languages"]]
            yield from map(document.locate_problem, check_distinct_items(("languages",), tags))


def check_region(documents: Sequence[Document]) -> Iterator[Problem]:
    """Check that a question bank has help numbers of the region that it declares, if it has any."""
    regions: dict[PurePath, dict[str, None]] = defaultdict(dict)
    for document in documents:
        folder = PurePath(document.name).parent
        regions[folder] |= {str(e.data.get("region")): None for e in section_entries(document, "help")}
    for document in documents:
        declared, known = parse_declaration(document), tuple(regions[PurePath(document.name).parent])
        if declared and declared.region and known and declared.region not in known:
            yield document.problem_at(
                ("region",),
                _("the bank has no help numbers for the region {region!r}", region=declared.region),
                suggest_nearest(declared.region, known) or _("there are {names:both}", names=known),
            )


def shown_address(address: str) -> str:
    """Return a web address as people read and type it: without ``https://www.`` and without a slash at the end."""
    return re.sub(r"^https?://(?:www[.])?", "", address).rstrip("/")


def check_help(documents: Iterable[Document]) -> Iterator[Problem]:
    """Check that each help entry has either a number, a mail address, a form or an app, and that a form's address is short."""
    for document in documents:
        for entry in section_entries(document, "help"):
            has = tuple(kind for kind in HELP_KINDS if kind in entry.data)
            if len(has) != 1:
                what = (
                    _("help {id} has {keys:both}", id=entry.data["id"], keys=has)
                    if has
                    else _("help {id} has no `number`", id=entry.data["id"])
                )
                hint = _("keep one of them") if has else _("write `number`, `mail`, `form` or `app`")
                yield entry.problem_at((*has[1:2],), what, hint)
            form = entry.data.get("form")
            if isinstance(form, str) and len(shown_address(form)) > MAX_HELP_LENGTH:
                yield entry.problem_at(
                    ("form",),
                    _("this address is too long for a sheet: {address}", address=shown_address(form)),
                    _("use at most {most} characters", most=MAX_HELP_LENGTH),
                )


def check_notes(documents: Iterable[Document], notes: Mapping[str, str]) -> Iterator[Problem]:
    """Check that a source has ``basis: notes`` if there is a file of notes on it. ``notes`` maps source ids to such files."""
    for document in documents:
        for source in section_entries(document, "sources"):
            if source.full_id in notes and source.data.get("basis") != "notes":
                what = _("{file} has notes on this source, not its text", file=notes[source.full_id])
                yield source.problem_at(("id",), what, _("add basis: notes"))


def check_fact(data: EntryData, known_ids: KnownIds) -> Iterator[Diagnostic]:
    """Check that each citation of a fact means exactly one passage, and that no citation or term is repeated."""
    cites = data["cites"]
    for index, cite in enumerate(cites):
        found = list(dict.fromkeys(known_ids.find_passages(cite)))
        if len(found) > 1:
            what = _("{count} sources have a passage {passage}", count=len(found), passage=cite)
            yield Diagnostic(("cites", index), what, _("write {names:either}", names=tuple(found)))
        elif not found and known_ids.is_certainly_missing(cite):
            near = suggest_nearest(cite, known_ids.passages if "/" in cite else known_ids.by_passage)
            hint = near if known_ids.passages else _("list the passages of its source in a file of sources")
            yield Diagnostic(("cites", index), _("there is no passage {passage}", passage=cite), hint)
    yield from check_distinct_items(
        ("cites",), [tuple(known_ids.find_passages(cite)) or cite for cite in cites]
    )
    yield from check_distinct_items(("terms",), data["terms"])


def check_question(topic: str, data: EntryData, known_ids: KnownIds) -> Iterator[Diagnostic]:
    """Check that the facts, lesson, enemies and exhibit of a question exist, and that its answer makes sense.

    The entry must fit the schema, but may lack some keys, since the author may still be writing it.
    """
    yield from check_fact_references(topic, (), data.get("facts", ()), known_ids)
    if "lesson" in data:
        name = full_id(topic, data["lesson"])
        if name not in known_ids.lessons and known_ids.is_certainly_missing(name):
            yield Diagnostic(
                ("lesson",),
                _("there is no lesson {name}", name=name),
                _suggest_id(name, known_ids.lessons, known_ids),
            )
    yield from _check_enemy_references(topic, data, known_ids)
    yield from _check_exhibit_reference(topic, data, known_ids)
    yield from _check_blanks(data)
    yield from KINDS[data["kind"]].check_entry(data)


def check_lesson(entry: Entry, known_ids: KnownIds, *, facts_optional: bool) -> Iterator[Diagnostic]:
    """Check that the facts of a lesson exist, and that it has some where its topic has any and the bank needs them."""
    facts = entry.data.get("facts", ())
    yield from check_fact_references(entry.topic, (), facts, known_ids)
    if not facts and not facts_optional and section_entries(entry.document, "facts"):
        yield Diagnostic(
            ("id",),
            _("this lesson rests on no fact"),
            _("add `facts` with the ids of those that it rests on"),
        )


def check_exhibit(topic: str, data: EntryData, known_ids: KnownIds) -> Iterator[Diagnostic]:
    """Check that an exhibit's signs quote its lines, that its losses and replies make sense, and that its twin matches it."""
    for index, sign in enumerate(data["signs"]):
        path: Path = ("signs", index)
        if sign["line"] == "from":
            where, texts = _("the sender"), data["from"]
        elif sign["line"] > len(data["lines"]):
            what = _("there is no line {line}", line=sign["line"])
            yield Diagnostic((*path, "line"), what, _("the exhibit has {count}", count=len(data["lines"])))
            continue
        else:
            where, texts = _("line {line}", line=sign["line"]), data["lines"][sign["line"] - 1]
        for tag, words in sign["words"].items():
            if tag in texts and words not in texts[tag]:
                what = _("these words are not in {where} in {tag}", where=where, tag=tag)
                yield Diagnostic((*path, "words", tag), what, _("copy them from it, letter for letter"))
        yield from check_fact_references(topic, path, sign["facts"], known_ids)
    yield from _check_wishes_of_sender(data)
    yield from _check_losses([(("lines", index), line) for index, line in enumerate(data["lines"])], data)
    for index, line in enumerate(data["lines"]):
        yield from _check_replies(("lines", index, "replies"), line)
    if "twin" in data:
        yield from _check_twin(topic, data, known_ids)


def _check_wishes_of_sender(data: EntryData) -> Iterator[Diagnostic]:
    """Check that ``asks`` has no duplicates, and that ``nothing`` stands alone. It says what the sender wants of the reader."""
    asks = data.get("asks", ())
    yield from check_distinct_items(("asks",), asks)
    if "nothing" in asks and len(asks) > 1:
        yield Diagnostic(
            ("asks", asks.index("nothing")),
            _("the sender asks for nothing and for something else"),
            _("remove `nothing`, or the others"),
        )


def _check_losses(
    lines: Iterable[tuple[Path, Mapping[str, Any]]], exhibit: EntryData, loss_so_far: int = 0
) -> Iterator[Diagnostic]:
    """Check that the total lost never decreases from line to line, and never exceeds the stake of the exhibit.

    ``loss_so_far`` is the total lost before these lines.
    """
    stake = exhibit.get("stake")
    for path, line in lines:
        lost = line.get("lost")
        if lost is None:
            continue
        if stake is None:
            yield Diagnostic(
                (*path, "lost"),
                _("this line has a loss, but the exhibit has no stake"),
                _("add `stake:` with the amount at stake, or remove this"),
            )
        elif lost > stake:
            what = _("{lost} is lost by this line, but only {stake} is at stake", lost=lost, stake=stake)
            yield Diagnostic((*path, "lost"), what, _("raise the stake, or lower this amount"))
        elif lost < loss_so_far:
            what = _(
                "{lost} is lost by this line, but {before} is already lost by an earlier line",
                lost=lost,
                before=loss_so_far,
            )
            yield Diagnostic((*path, "lost"), what, _("write the total lost up to this line"))
        else:
            loss_so_far = lost
        for index, reply in enumerate(line.get("replies", ())):
            after = [((*path, "replies", index, "then", at), each) for at, each in enumerate(reply["then"])]
            yield from _check_losses(after, exhibit, loss_so_far)


def _check_replies(path: Path, line: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Check that the replies to a line differ, that the line is not the reader's own, and that the other side answers each."""
    replies = line.get("replies", ())
    if replies and line["who"] == "you":
        yield Diagnostic(
            path,
            _("this line is the reader’s own, so it cannot have replies"),
            _("move them to the line before, which they answer"),
        )
    seen: dict[tuple[str, str], int] = {}
    for index, reply in enumerate(replies):
        if all(each["who"] == "you" for each in reply["then"]):
            yield Diagnostic(
                (*path, index, "then"),
                _("the other side does not answer this reply"),
                _("add a line in which the other side answers"),
            )
        for tag, words in reply["say"].items():
            if seen.setdefault((tag, words), index) != index:
                yield Diagnostic(
                    (*path, index, "say", tag),
                    _("two replies of this line are the same"),
                    pgettext("reply", "change one of them"),
                )


def check_currency(
    documents: Iterable[Document], declarations: Mapping[PurePath, Declaration]
) -> Iterator[Problem]:
    """Check that a question bank whose exhibits have a stake declares a currency."""
    for document in documents:
        if declarations.get(PurePath(document.name).parent, Declaration()).currency:
            continue
        for entry in section_entries(document, "exhibits"):
            if entry.path not in document.invalid_entries and "stake" in entry.data:
                yield entry.problem_at(
                    ("stake",),
                    _("the bank does not name the currency"),
                    _("add `currency:` with its name to bank.yaml, next to `languages:`"),
                )


def find_what_is_gone(document: Document) -> Problem | None:
    """Return a problem if a file has models, relations or retired ids, which question banks had until version 0.3.0.

    It stands for all problems of the file with the schema, so no entry of the file counts as valid.
    """
    if not isinstance(document.data, dict):
        return None
    what = _("quizgen no longer makes questions from models and relations")
    in_facts = [entry for entry in section_entries(document, "facts") if "relations" in entry.data]
    models = [entry for entry in section_entries(document, "exhibits") if "slots" in entry.data]
    if in_facts:
        path, hint = (*in_facts[0].path, "relations"), _("remove `relations:` from every fact")
    elif models or ("relations" in document.data and "topic" not in document.data):
        path = ("exhibits",) if models else ("relations",)
        hint = _("delete the models; if the file has nothing else, delete it")
    elif "retired" in document.data:
        path = ("retired",)
        what, hint = (
            _("a bank no longer lists the ids that it had"),
            _("delete this list; if the file has nothing else, delete it"),
        )
    else:
        return None
    sections = ("facts", "lessons", "exhibits", "questions")
    document.invalid_entries |= {each.path for key in sections for each in section_entries(document, key)}
    return document.problem_at(path, what, hint, at_key=True)


def check_fact_references(
    topic: str, path: Path, fact_ids: Sequence[str], known_ids: KnownIds
) -> Iterator[Diagnostic]:
    """Check that these facts exist and that none is repeated. ``path`` is the path of the mapping that lists them."""
    full = [full_id(topic, fact) for fact in fact_ids]
    for index, fact in enumerate(full):
        if fact not in known_ids.facts and known_ids.is_certainly_missing(fact):
            yield Diagnostic(
                (*path, "facts", index),
                _("there is no fact {name}", name=fact),
                _suggest_id(fact, known_ids.facts, known_ids),
            )
    yield from check_distinct_items((*path, "facts"), full)


def _check_enemy_references(topic: str, data: EntryData, known_ids: KnownIds) -> Iterator[Diagnostic]:
    enemies = [full_id(topic, enemy) for enemy in data.get("enemies", ())]
    for index, enemy in enumerate(enemies):
        if enemy == full_id(topic, str(data.get("id"))):
            yield Diagnostic(("enemies", index), _("this question names itself as its enemy"), _("remove it"))
        elif enemy not in known_ids.questions and known_ids.is_certainly_missing(enemy):
            near = _suggest_id(enemy, known_ids.questions, known_ids)
            yield Diagnostic(("enemies", index), _("there is no question {name}", name=enemy), near)
    yield from check_distinct_items(("enemies",), enemies)


def _check_exhibit_reference(topic: str, data: EntryData, known_ids: KnownIds) -> Iterator[Diagnostic]:
    if "exhibit" not in data:
        return
    name = full_id(topic, data["exhibit"])
    if exhibit := known_ids.exhibits.get(name):
        yield from KINDS[data["kind"]].check_exhibit(data, exhibit)
    yield from _check_exhibit_exists("exhibit", name, known_ids)


def _check_exhibit_exists(key: str, exhibit_id: str, known_ids: KnownIds) -> Iterator[Diagnostic]:
    """Check that there is an exhibit with this id, even if it does not fit the schema. ``key`` is the key that names it."""
    if exhibit_id not in known_ids.exhibits and known_ids.is_certainly_missing(exhibit_id):
        yield Diagnostic(
            (key,),
            _("there is no exhibit {name}", name=exhibit_id),
            _suggest_id(exhibit_id, known_ids.exhibits, known_ids),
        )


def _check_twin(topic: str, data: EntryData, known_ids: KnownIds) -> Iterator[Diagnostic]:
    own, name = full_id(topic, data["id"]), full_id(topic, data["twin"])
    twin = known_ids.exhibits.get(name)
    if name == own:
        yield Diagnostic(("twin",), _("this exhibit names itself as its twin"), _("name the other one"))
    elif twin is None:
        yield from _check_exhibit_exists("twin", name, known_ids)
    elif full_id(topic_of(name), twin.get("twin", "")) != own:
        yield Diagnostic(
            ("twin",),
            _("{name} does not name this exhibit as its twin", name=name),
            _("write `twin: {name}` there", name=own),
        )
    elif twin["genuine"] == data["genuine"]:
        same = _("both twins are genuine") if data["genuine"] else _("both twins are scams")
        yield Diagnostic(("twin",), same, _("make one twin genuine and the other a scam"))
    elif twin["channel"] != data["channel"]:
        what = _(
            "the twin has the channel {channel}, but this exhibit has {own}",
            channel=twin["channel"],
            own=data["channel"],
        )
        yield Diagnostic(("twin",), what, _("twins may differ only in their signs"))


def _suggest_id(unknown_id: str, candidate_ids: Iterable[str], known_ids: KnownIds) -> Message:
    """Suggest a similar id, even one of another topic. If there is none and the topic does not exist, say so."""
    topic, slug = topic_of(unknown_id), slug_of(unknown_id)
    id_list = sorted(candidate_ids, key=lambda each: topic_of(each) != topic)
    by_slug = {slug_of(each): each for each in reversed(id_list)}
    if similar := get_close_matches(slug, by_slug, n=1, cutoff=_SIMILAR):
        return _("did you mean {near}?", near=by_slug[similar[0]])
    topics = {*map(topic_of, id_list), *known_ids.fully_read}
    if topic in topics:
        return suggest_nearest(unknown_id, (each for each in id_list if topic_of(each) == topic))
    near = suggest_nearest(topic, topics)
    return (
        _("there is no topic {topic}; {near}", topic=topic, near=near)
        if near
        else _("there is no topic {topic}", topic=topic, near=near)
    )


_SIMILAR = 0.8
"""From this similarity on, from 0 to 1, an id of another topic is suggested."""


def iterate_texts(data: Any) -> Iterator[tuple[Path, str]]:
    """Yield each text in the data, with its path."""
    # A stack in place of a generator for each level, which would take twice as long.
    waiting: list[tuple[Path, Any]] = [((), data)] if isinstance(data, dict | list) else []
    while waiting:
        path, value = waiting.pop()
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        for step, part in parts:
            if isinstance(part, str):
                yield (*path, step), part
            elif isinstance(part, dict | list):
                waiting.append(((*path, step), part))


def topic_id(document: Document) -> str | None:
    """Return the id of the topic that a file is about, or ``None``."""
    topic = document.data.get("topic") if isinstance(document.data, dict) else None
    return topic if isinstance(topic, str) else None


def _declared_ids(document: Document) -> Iterator[tuple[str, str, Path]]:
    """Yield each id in a file as a tuple: the group in which it must be unique, the full id, and its path."""
    if (topic := topic_id(document)) is not None:
        yield "topics", topic, ("topic",)
        for section in ("facts", "lessons", "exhibits", "questions"):
            for entry in section_entries(document, section):
                yield "topics' entries", entry.full_id, (*entry.path, "id")
    for entry in section_entries(document, "help"):
        yield f"help numbers of {entry.data.get('region')}", entry.data["id"], (*entry.path, "id")
    for statement in section_entries(document, "statements"):
        yield "statements", statement.full_id, (*statement.path, "id")
    for source in section_entries(document, "sources"):
        yield "sources", source.full_id, (*source.path, "id")
        for passage, path in _item_ids(source, "passages"):
            yield "passages", f"{source.full_id}/{passage}", path


def _item_ids(entry: Entry, key: str) -> Iterator[tuple[str, Path]]:
    """Yield the ids of the items in one of the entry's lists, with their paths."""
    items = entry.data.get(key)
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            yield item["id"], (*entry.path, key, index, "id")


def _check_blanks(data: EntryData) -> Iterator[Diagnostic]:
    for tag, stem in data.get("stem", {}).items():
        blanks = _BLANKS.findall(stem)
        if KINDS[data["kind"]].has_blank:
            if blanks != [BLANK]:
                what = (
                    _("the stem has several blanks in {tag}: {blanks:both}", blanks=tuple(blanks), tag=tag)
                    if blanks
                    else _("the stem has no blank in {tag}", blanks=tuple(blanks), tag=tag)
                )
                yield Diagnostic(
                    ("stem", tag), what, _("write one blank, with four underscores: {blank}", blank=BLANK)
                )
        elif blanks:
            kinds = tuple(name for name, kind in KINDS.items() if kind.has_blank)
            yield Diagnostic(
                ("stem", tag),
                _("the stem has a blank in {tag}, but its kind is not {kinds:either}", tag=tag, kinds=kinds),
                _("remove it, or change the kind"),
            )
