"""A plain question without flaws, an exhibit, and a bank of them, for tests of the rules."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from quizgen.lint import run_rules
from quizgen.model import Bank, Exhibit, Fact, HelpNumber, Line, Question, Sign
from quizgen.text.languages import Text
from tests.banks import answer_to

PLAIN = {"en": "What does the keeper do at dusk?", "zh-Hans": "黄昏时守灯人做什么？"}


FILLING = [
    {"en": "Light the lamp", "zh-Hans": "点亮灯火"},
    {"en": "Sweep a step", "zh-Hans": "打扫台阶"},
    {"en": "Oil the bell", "zh-Hans": "擦亮铜钟"},
    {"en": "Mend a sail", "zh-Hans": "缝补旧帆"},
    {"en": "Paint the hull", "zh-Hans": "油漆船身"},
    {"en": "Wind the clock", "zh-Hans": "给表上弦"},
]


def text(en: str = "", zh: str = "") -> Text:
    """A text in one language or in both; what is missing is filled in by :func:`question`."""
    return {tag: words for tag, words in (("en", en), ("zh-Hans", zh)) if words}


def filled(value: Any, filling: Iterator[Text]) -> Any:
    if isinstance(value, list):
        return [filled(each, filling) for each in value]
    if isinstance(value, dict) and value.keys() <= {"en", "zh-Hans"}:
        return next(filling) | value
    if isinstance(value, dict):
        return {key: filled(each, filling) for key, each in value.items()}
    return value


def question(**entry: Any) -> Question:
    whole: dict[str, Any] = {
        "kind": "single",
        "key": FILLING[0],
        "distractors": FILLING[1:3],
        "rationale": {"en": "Ships look for it in the dark.", "zh-Hans": "夜里的船靠它认路。"},
    } | entry
    whole = {key: part if key == "accept" else filled(part, iter(FILLING)) for key, part in whole.items()}
    filling = iter(FILLING)
    for name in ("key", "distractors"):
        if name in entry:
            whole[name] = filled(entry[name], filling)
        elif name == "key":
            next(filling)
    stem = PLAIN | entry.get("stem", {})
    kind: str = whole["kind"]
    fields = (stem, answer_to(whole), whole["rationale"], whole.get("advice", {}))
    return Question("harbour/q", "harbour", kind, whole.get("level", "recall"), 1, ("harbour/f",), *fields)


LAMP = Fact("harbour/f", "harbour", text("The keeper lights the lamp.", "守灯人点灯。"), (), ())


def exhibit(number: int = 0, said: Text | None = None, **fields: Any) -> Exhibit:
    lines = (text("Fog is coming.", "要起雾了。"), said or text("Pay for the oil.", "请付灯油钱。"))
    whole: dict[str, Any] = {
        "topic": "harbour",
        "channel": "call",
        "genuine": False,
        "sender": text("The lighthouse", "灯塔"),
        "lines": tuple(Line("caller", line) for line in lines),
        "signs": (Sign(2, text("Pay", "付"), text("The lamp costs nothing.", "用灯不收钱。"), (LAMP.id,)),),
    }
    return Exhibit(**({"id": f"harbour/e{number}"} | whole | fields))


def asked(number: int, **fields: Any) -> Question:
    judged = question(kind="single")
    judged = replace(judged, kind="judge", exhibit=f"harbour/e{number}", level="apply")
    return replace(judged, **({"id": f"harbour/q{number}"} | fields))


def bank_of(questions: Iterable[Question], exhibits: Iterable[Exhibit] = ()) -> Bank:
    numbers = {"police": HelpNumber("police", "sea", "110", text("the police", "报警"))}
    by_id = {each.id: each for each in exhibits}
    return Bank({}, {}, {LAMP.id: LAMP}, {each.id: each for each in questions}, by_id, numbers)


def found(bank: Bank, rule: str) -> list[tuple[str, str]]:
    return [
        (diagnostic.question, str(diagnostic.what)) for each, diagnostic in run_rules(bank) if each.id == rule
    ]
