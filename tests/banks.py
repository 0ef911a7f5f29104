"""A small invented bank of six kinds (those without an exhibit), and one with a hundred questions, for any test that needs one."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from quizgen.bank import read_bank
from quizgen.kinds import KINDS
from quizgen.model import Bank, Exhibit, Fact, Passage, Question, Quiz, Source, Topic
from quizgen.shapes import Answer, Choose, Fill, Match, Order
from quizgen.text.languages import Text, is_translated_text
from tests.ours import compiled

T = TypeVar("T")


TOWN = Path(__file__).parent / "data" / "town"
"""A bank of a hundred questions of all kinds, about an invented town, for tests that need many."""


@cache
def town_bank() -> Bank:
    """Load it once for all tests of a process, compiled once for all processes."""
    return read_bank([TOWN], compiled())


def answer_to(entry: Mapping[str, Any], exhibit: Exhibit | None = None) -> Any:
    """Make the answer from a question's entry in a bank; fields that all kinds have may be missing."""
    kind = KINDS[entry.get("kind", "single")]
    common = {"id": "x", "kind": kind.name, "level": "recall", "difficulty": 1, "stem": {}, "exhibit": "x"}
    return kind.build_answer(msgspec.convert({**common, **entry}, kind.entry_type), exhibit)


def in_french(made: T) -> T:
    """Return a copy in which every text has only one language: French, with the English words."""
    return msgspec.convert(_in_french(msgspec.to_builtins(made)), type(made))


def _in_french(value: Any) -> Any:
    if is_translated_text(value):
        return {"fr": value["en"]}
    if isinstance(value, dict):
        return {name: _in_french(part) for name, part in value.items()}
    return [_in_french(part) for part in value] if isinstance(value, list | tuple) else value


def _text(en: str, zh: str) -> Text:
    return {"en": en, "zh-Hans": zh}


_DIGEST = "5f" * 32

SOURCES = {
    "market-talk": Source(
        "market-talk",
        _text("A talk at the market", "集市上的一席谈"),
        _text("Harbour Gazette", "港口报"),
        "zh-Hant",
        (
            Passage("market-talk/q1-a1", _DIGEST, _text("the harbour savings office", "港口储蓄所")),
            Passage("market-talk/q1-a2", _DIGEST, _text("the harbour savings office", "港口储蓄所")),
            Passage("market-talk/q2-a1", _DIGEST, _text("a constable of the lighthouse", "灯塔警员")),
            Passage("market-talk/end", _DIGEST),
        ),
        date="2020-03",
    )
}

TOPICS = {
    "parcels": Topic("parcels", _text("Parcels and fees", "包裹与费用")),
    "callers": Topic("callers", _text("Strange callers", "陌生来电")),
}


def _fact(full_id: str, en: str, zh: str, *cites: str) -> Fact:
    topic = full_id.partition("/")[0]
    return Fact(full_id, topic, _text(en, zh), tuple(f"market-talk/{c}" for c in cites), ("灯塔",))


FACTS = {
    fact.id: fact
    for fact in (
        _fact("parcels/no-fee", "The office asks no fee by text message.", "储蓄所不会用短信收费。", "q1-a1"),
        _fact(
            "parcels/three-signs",
            "Haste, secrecy and an odd link are the signs of a false notice.",
            "催促、保密和奇怪的链接，是假通知的特征。",
            "q1-a2",
        ),
        _fact(
            "callers/code",
            "A code read out on the phone opens the account.",
            "电话里说出的验证码能打开账户。",
            "q2-a1",
        ),
        _fact(
            "callers/steps",
            "Hang up, tell the office, keep the number.",
            "先挂断，再告知储蓄所，并留下号码。",
            "q2-a1",
            "end",
        ),
    )
}


def _question(
    full_id: str, kind: str, facts: str, stem: Text, answer: Answer, why: Text, advice: Text | None = None
) -> Question:
    level = {"single": "apply", "multiple": "understand"}.get(kind, "recall")
    return Question(
        full_id,
        full_id.partition("/")[0],
        kind,
        level,  # type: ignore[arg-type]
        2,
        tuple(facts.split()),
        stem,
        answer,
        why,
        advice or {},
    )


QUESTIONS = {
    question.id: question
    for question in (
        _question(
            "parcels/customs-text",
            "single",
            "parcels/no-fee",
            _text(
                "A text message says that your parcel is held until you pay a small fee. What fits the fact best?",
                "短信说您的包裹要先付一小笔费用才放行。哪种做法最合适？",
            ),
            Choose(
                (
                    _text("Ask the office yourself", "自己去问储蓄所"),
                    _text("Pay, since the sum is small", "金额不大，先付了再说"),
                    _text("Reply and ask for a discount", "回短信要求打折"),
                    _text("Send the link to a neighbour", "把链接转给邻居"),
                ),
                (0,),
                "one",
            ),
            _text("The office takes no fee in this way.", "储蓄所不会这样收费。"),
            _text("Call the number that is printed on your card.", "请拨打卡片背面印的电话。"),
        ),
        _question(
            "parcels/signs",
            "multiple",
            "parcels/three-signs",
            _text("Which are signs of a false notice?", "哪些是假通知的特征？"),
            Choose(
                (
                    _text("It is in a hurry", "催得很急"),
                    _text("It asks you to keep it secret", "要求保密"),
                    _text("It comes on a Monday", "星期一收到"),
                    _text("It is short", "内容很短"),
                ),
                (0, 1),
                "several",
            ),
            _text("Haste and secrecy keep you from asking.", "催促和保密让人来不及打听。"),
        ),
        _question(
            "callers/code-is-harmless",
            "true-false",
            "callers/code",
            _text("Reading out a code on the phone is harmless.", "在电话里说出验证码没有关系。"),
            Choose((_text("True", "正确"), _text("False", "错误")), (1,), "truth"),
            _text("The code opens the account.", "验证码能打开账户。"),
            _text("Keep codes to yourself.", "验证码不要告诉别人。"),
        ),
        _question(
            "callers/who-does-what",
            "match",
            "callers/code callers/steps",
            _text("Match each person with what they do.", "请把人物和做法对上。"),
            Match(
                (_text("Caller", "来电者"), _text("Owner", "机主"), _text("Office", "储蓄所")),
                (
                    _text("asks for the code", "索要验证码"),
                    _text("hangs up", "挂断电话"),
                    _text("takes the report", "受理情况"),
                ),
                (0, 1, 2),
            ),
            _text("Only the caller gains from the code.", "只有来电者从验证码得利。"),
        ),
        _question(
            "callers/what-first",
            "order",
            "callers/steps",
            _text("Put the steps in order.", "请排出先后顺序。"),
            Order(
                (
                    _text("Hang up", "挂断电话"),
                    _text("Tell the office", "告知储蓄所"),
                    _text("Keep the number", "留下号码"),
                ),
                (0, 1, 2),
            ),
            _text("What stops the talk comes first.", "先让对话停下来。"),
            _text("Write the number down at once.", "马上把号码记下来。"),
        ),
        _question(
            "parcels/odd-part",
            "fill",
            "parcels/three-signs",
            _text("A false notice often carries an odd ____.", "假通知里常带一个奇怪的____。"),
            Fill({"en": ("link", "web link"), "zh-Hans": ("链接", "网址")}),
            _text("The link leads to a copy of the real page.", "链接通向仿冒的页面。"),
            _text("Type the address yourself.", "自己输入网址。"),
        ),
    )
}


def sample_bank() -> Bank:
    """One source, two topics, four facts, and six questions: one of each kind, as loaded (keys first)."""
    return Bank(SOURCES, TOPICS, FACTS, QUESTIONS)


def sample_quiz(language: str = "en", seed: int = 7) -> Quiz:
    """Make a quiz of all six questions in the bank's order, each with its first option printed last, so that keys move."""
    questions = tuple(
        Question(**{f: getattr(q, f) for f in q.__struct_fields__} | {"answer": _turned(q.answer)})
        for q in QUESTIONS.values()
    )
    return Quiz(questions, seed, language, replace(sample_bank(), questions={}))


def _turned(answer: Answer) -> Answer:
    """Return the answer with its first option, choice or step printed last."""

    def moved(index: int, count: int) -> int:
        return (index - 1) % count

    match answer:
        case Choose(options, keys, style) if style != "truth":
            return Choose(
                (*options[1:], options[0]), tuple(sorted(moved(k, len(options)) for k in keys)), style
            )
        case Match(prompts, choices, key):
            return Match(prompts, (*choices[1:], choices[0]), tuple(moved(k, len(choices)) for k in key))
        case Order(steps, key):
            return Order((*steps[1:], steps[0]), tuple(moved(k, len(steps)) for k in key))
        case _:
            return answer
