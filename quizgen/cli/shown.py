"""What a bank holds, for people: a question, an exhibit or a fact with all that it rests on, and how much there is of what."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeAlias

from quizgen.assemble import MIX, part_of
from quizgen.bank.yaml_form import authored, exhibit_form
from quizgen.errors import MisuseError, Problem
from quizgen.ids import find_id, topic_of
from quizgen.kinds import KINDS
from quizgen.model import AUDIENCES, DIFFICULTIES, LEVELS, Bank, Exhibit, Fact, Question
from quizgen.text.languages import is_text, locale, localize, within_quotes
from quizgen.text.messages import message

_FIRST = ("topic", "facts", "questions")
_COUNTED: dict[str, tuple[str, ...]] = {
    # By group, what is counted in it.
    "kind": tuple(KINDS),
    "level": LEVELS,
    "difficulty": tuple(map(str, DIFFICULTIES)),
    "audience": tuple(AUDIENCES),
    "mix": tuple(MIX),
    "exhibits": ("written", "generated", "genuine", "scam"),
}

Row: TypeAlias = tuple[str, str]
"""What a text is, and the text."""

Entry: TypeAlias = Question | Exhibit | Fact
"""What ``bank show`` shows."""


def find(bank: Bank, name: str) -> Entry:
    """Find a question, an exhibit or a fact by full id, or by its own id where one topic alone has it.

    A question goes before the exhibit of the same id, which is shown with it.
    """
    everything: dict[str, Entry] = {**bank.exhibits, **bank.facts, **bank.questions}
    found = find_id(name, everything, "entry")
    if isinstance(found, Problem):
        raise MisuseError(found)
    return everything[found]


def entry_json(entry: Entry) -> Any:
    """Give an entry as plain data, as ``bank show --json`` has it."""
    match entry:
        case Question():
            return authored(entry)
        case Exhibit():
            return exhibit_form(entry)
    return entry


def entry_rows(entry: Entry, bank: Bank, language: str) -> list[Row]:
    """Say an entry, and the facts that it rests on."""
    match entry:
        case Question():
            rows, facts = _question_rows(entry, bank, language), entry.facts
        case Exhibit():
            rows = [("topic", _title(bank, entry.topic, language)), *_exhibit_rows(entry, language)]
            facts = tuple(dict.fromkeys(fact for sign in entry.signs for fact in sign.facts))
        case Fact():
            rows, facts = [], (entry.id,)
    return rows + [row for fact in facts for row in _fact_rows(bank.facts[fact], bank, language)]


def _title(bank: Bank, topic: str, language: str) -> str:
    return localize(bank.topics[topic].title, language)


def _question_rows(question: Question, bank: Bank, language: str) -> list[Row]:
    """Say a question, part by part, its exhibit before it."""
    entry = authored(question)
    exhibit = bank.exhibits.get(question.exhibit)
    rows = [
        ("topic", _title(bank, question.topic, language)),
        ("kind", question.kind),
        ("level", question.level),
        ("difficulty", str(question.difficulty)),
        *([("audience", question.audience)] if question.audience != "everyone" else []),
        *([("generated", message(language, "entries.by-model"))] if question.generated else []),
        *([("exhibit", exhibit.id), *_exhibit_rows(exhibit, language)] if exhibit else []),
        ("stem", localize(question.stem, language)),
    ]
    for key in KINDS[question.kind].keys:
        rows += [(key, text) for text in _answer_texts(entry.get(key), language)]
    if question.rationale:
        rows.append(("rationale", localize(question.rationale, language)))
    if question.advice:
        ours = message(language, "entries.ours")
        rows.append(("advice", f"{localize(question.advice, language)} [{ours}]"))
    if question.enemies:
        rows.append(("enemies", ", ".join(question.enemies)))
    if not question.facts:
        rows.append(("source", message(language, "take.no-source")))
    return rows


def _exhibit_rows(exhibit: Exhibit, language: str) -> list[Row]:
    """Say what an exhibit is, then as a person meets it, then what decides."""
    verdict = message(language, "entries.genuine" if exhibit.genuine else "entries.scam")
    rows = [("channel", exhibit.channel), ("genuine", verdict)]
    if exhibit.twin:
        rows.append(("twin", exhibit.twin))
    return rows + exhibit_texts(exhibit, language)


def exhibit_texts(exhibit: Exhibit, language: str) -> list[Row]:
    """Say an exhibit's sender, lines and signs."""
    rows = [("from", localize(exhibit.sender, language))]
    for number, line in enumerate(exhibit.lines, start=1):
        rows.append((f"line {number}", f"{line.who}: {localize(line.text, language)}"))
    quotes = locale(language).quotes
    for sign in exhibit.signs:
        words = within_quotes(localize(sign.words, language), language)
        reason = localize(sign.reason, language)
        where = f"line {sign.line}" if sign.line else "from"
        rows.append(("sign", f"{where}, {quotes[0]}{words}{quotes[1]}: {reason}"))
    return rows


def _answer_texts(part: Any, language: str) -> Iterator[str]:
    """Give the texts of a part of an answer, in one language: a line each, what belongs together in one."""
    if isinstance(part, bool):
        yield "true" if part else "false"
    elif isinstance(part, list):
        for each in part:
            yield from _answer_texts(each, language)
    elif isinstance(part, dict) and is_text(part):
        texts = {tag: "; ".join(each) if isinstance(each, list) else each for tag, each in part.items()}
        yield localize(texts, language)
    elif isinstance(part, dict):
        yield " → ".join(text for each in part.values() for text in _answer_texts(each, language))
    elif part is not None:
        yield str(part)


def _fact_rows(fact: Fact, bank: Bank, language: str) -> Iterator[Row]:
    """Say a fact, and where each of the passages that it cites comes from."""
    yield "fact", f"{localize(fact.statement, language)} [{fact.id}]"
    for cite in fact.cites:
        source = bank.sources[topic_of(cite)]
        speaker = next(
            (localize(passage.speaker, language) for passage in source.passages if passage.id == cite), ""
        )
        said_in = (
            f"{localize(source.title, language)} ({localize(source.publisher, language)}, {source.date})"
        )
        yield "passage", ": ".join(filter(None, (cite, speaker, said_in)))
    yield "terms", ", ".join(fact.terms)


def topic_counts(bank: Bank, topic: str) -> dict[str, Any]:
    """Count what a topic has: facts, exhibits, and questions, these by kind, level, difficulty and audience too.

    ``mix`` is what a quiz for everyone draws from: questions on genuine exhibits and on scams, then all others
    by level.
    """
    questions = [question for question in bank.questions.values() if question.topic == topic]
    exhibits = [exhibit for exhibit in bank.exhibits.values() if exhibit.topic == topic]
    kinds = Counter(question.kind for question in questions)
    levels = Counter(question.level for question in questions)
    difficulties = Counter(question.difficulty for question in questions)
    audiences = Counter(question.audience for question in questions)
    mix = Counter(part_of(each, bank.exhibits) for each in questions if each.audience == "everyone")
    return {
        "topic": topic,
        "facts": sum(fact.topic == topic for fact in bank.facts.values()),
        "questions": len(questions),
        "generated": sum(question.generated for question in questions),
        "kind": {kind: kinds[kind] for kind in KINDS},
        "level": {level: levels[level] for level in LEVELS},
        "difficulty": {str(difficulty): difficulties[difficulty] for difficulty in DIFFICULTIES},
        "audience": {audience: audiences[audience] for audience in AUDIENCES},
        "mix": {part: mix[part] for part in MIX},
        "exhibits": exhibit_counts(exhibits),
    }


def exhibit_counts(exhibits: Collection[Exhibit]) -> dict[str, int]:
    """Count exhibits by who made them, and by what they are."""
    generated = sum(exhibit.generated for exhibit in exhibits)
    genuine = sum(exhibit.genuine for exhibit in exhibits)
    return {
        "written": len(exhibits) - generated,
        "generated": generated,
        "genuine": genuine,
        "scam": len(exhibits) - genuine,
    }


def count_tables(topics: Sequence[dict[str, Any]], language: str) -> Iterator[list[list[str]]]:
    """Lay out counts, a table for each group of them; of exhibits and audiences, where the bank knows these."""
    groups = ["kind", "level", "difficulty"]
    if any(sum(topic["exhibits"].values()) for topic in topics):
        groups += ["exhibits", "mix"]
    if any(topic["audience"]["work"] for topic in topics):
        groups.append("audience")
    for group in groups:
        yield _table(topics, group, language)


def _table(topics: Sequence[dict[str, Any]], group: str, language: str) -> list[list[str]]:
    """Lay out the counts of one group: a row a topic, and a last row with the totals."""
    heads = _COUNTED[group]
    first: tuple[str, ...] = _FIRST
    if any(topic["generated"] for topic in topics):
        first = (*_FIRST, "generated")
    if group in ("exhibits", "mix"):
        first = ("topic",)  # they count something else, or not all
    rows = [[*(topic[each] for each in first), *(topic[group][head] for head in heads)] for topic in topics]
    totals = [sum(column) for column in list(zip(*rows, strict=True))[1:]] or [0] * (
        len(heads) + len(first) - 1
    )
    named = [message(language, f"entries.head-{each}") for each in first]
    named += [_head(group, each, language) for each in heads]
    table = [named, *rows, [message(language, "entries.head-total"), *totals]]
    return [[str(cell) for cell in row] for row in table]


def _head(group: str, counted: str, language: str) -> str:
    """Head a column; kinds and levels go by what they are called on the command line."""
    match group:
        case "difficulty":
            return message(language, "entries.head-difficulty", number=counted)
        case "audience":
            return message(language, f"entries.audience-{counted}")
        case "mix":
            return message(language, f"entries.mix-{counted}")
        case "exhibits":
            return message(language, f"entries.exhibits-{counted}")
    return counted
