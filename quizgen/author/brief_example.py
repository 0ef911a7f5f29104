"""The examples in a brief: three sorts of drafts from a passage of a library that does not exist."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from quizgen.text.languages import Text

_LANGUAGES = ("en", "zh-Hans")


class Example(NamedTuple):
    """A passage, and drafts from it: the entries of each section."""

    passage: str
    drafts: dict[str, Any]


PASSAGE_ID = "example/p1"


def example_in(languages: Sequence[str]) -> Example:
    """Return the example in those of these languages that it has, or else in English. The passage is in the first of them."""
    shown = [tag for tag in languages if tag in _LANGUAGES] or ["en"]
    drafts = _with_languages(_DRAFTS, shown)
    for fact in drafts["facts"]:
        fact["terms"] = fact["terms"][shown[0]]
    return Example(_PASSAGE[shown[0]], drafts)


def _with_languages(data: Any, tags: Sequence[str]) -> Any:
    """Return a copy of the data with only the texts in these languages."""
    if isinstance(data, list):
        return [_with_languages(each, tags) for each in data]
    if not isinstance(data, dict):
        return data
    return {
        key: _with_languages(part, tags) for key, part in data.items() if key not in _LANGUAGES or key in tags
    }


_PASSAGE: Text = {
    "en": "When a book is late, the harbour library sends you a letter. It names the book, and you pay the fee at our desk. We never phone about a fee.",
    "zh-Hans": "图书逾期未还的，港口图书馆会给您寄信，信里写明是哪本书，费用到馆内服务台交。我们从不打电话催费。",
}


def _text(english: str, chinese: str) -> Text:
    return {"en": english, "zh-Hans": chinese}


def _letter(
    id_: str, twin: str, *, genuine: bool, last: Text, sign: Text, reason: Text, fact: str
) -> dict[str, Any]:
    return {
        "id": id_,
        "channel": "letter",
        "genuine": genuine,
        "twin": twin,
        "from": _text("Harbour Library", "港口图书馆"),
        "lines": [
            {"who": "sender", **_text("Dear Ms Reed,", "李女士：")},
            {"who": "sender", **_text("“The Tides” was due back on 3 May.", "《潮汐》应于5月3日归还。")},
            {"who": "sender", **_text("There is a fee to pay by now.", "到今天，已有逾期费要交。")},
            {"who": "sender", **last},
        ],
        "signs": [{"line": 4, "words": sign, "reason": reason, "facts": [fact]}],
    }


_DRAFTS: dict[str, Any] = {
    "facts": [
        {
            "id": "fee-at-the-desk",
            "statement": _text(
                "Readers hand in the fee for a late book inside the library.",
                "逾期费由读者到图书馆里当面交。",
            ),
            "cites": [PASSAGE_ID],
            "terms": {"en": ["pay the fee at our desk"], "zh-Hans": ["到馆内服务台交"]},
        },
        {
            "id": "no-calls-about-fees",
            "statement": _text("The library makes no calls to collect fees.", "图书馆收费用，不会打电话。"),
            "cites": [PASSAGE_ID],
            "terms": {"en": ["never phone about a fee"], "zh-Hans": ["从不打电话催费"]},
        },
    ],
    "lessons": [
        {
            "id": "pay-fees-at-the-desk",
            "keep": _text(
                "Library fees are paid at the desk, and nowhere else.", "图书馆的费用，只在服务台交。"
            ),
            "do": _text(
                "Hang up or put the letter away, and ask at the desk.", "先挂断，或把信放下，到服务台问。"
            ),
            "facts": ["fee-at-the-desk", "no-calls-about-fees"],
            "weight": 2,
        },
    ],
    "exhibits": [
        _letter(
            "late-book-desk",
            "late-book-link",
            genuine=True,
            last=_text("Please pay it at our desk when you next come.", "请您下次来馆时，到一楼服务台交清。"),
            sign=_text("at our desk", "到一楼服务台"),
            reason=_text("Inside the library you see who takes the money.", "到了馆里，看得见钱交给谁。"),
            fact="fee-at-the-desk",
        ),
        _letter(
            "late-book-link",
            "late-book-desk",
            genuine=False,
            last=_text(
                "Please pay it today at our page books.example.", "请您今天到网页 books.example 交清。"
            ),
            sign=_text("at our page books.example", "到网页 books.example"),
            reason=_text("The library takes fees inside its own walls.", "图书馆只在馆里收逾期费。"),
            fact="fee-at-the-desk",
        ),
    ],
    "questions": [
        {
            "id": "call-about-a-late-book",
            "lesson": "pay-fees-at-the-desk",
            "kind": "single",
            "level": "apply",
            "difficulty": 1,
            "facts": ["no-calls-about-fees"],
            "stem": _text(
                "A man calls: he is from the harbour library, and your aunt owes a fee for a late book. What should she do?",
                "一名男子来电，自称港口图书馆的，说姑妈的书逾期了，要交费。姑妈怎么办？",
            ),
            "key": _text("Ask about it at the desk herself", "自己去服务台问一声"),
            "distractors": [
                _text("Pay by card, since it is so little", "钱不多，用卡付了"),
                _text("Ask him to send her a text instead", "请他改发短信来"),
            ],
            "rationale": _text(
                "This library makes no calls to collect fees, however small.",
                "这家图书馆收费用，多小的数目也不打电话。",
            ),
        },
        {
            "id": "where-to-pay-a-fee",
            "lesson": "pay-fees-at-the-desk",
            "kind": "true-false",
            "level": "understand",
            "difficulty": 1,
            "facts": ["fee-at-the-desk"],
            "stem": _text(
                "The harbour library takes the fee for a late book inside the library.",
                "港口图书馆的逾期费，在馆里交。",
            ),
            "key": True,
            "rationale": _text(
                "The desk is the place for it, as each letter says.", "服务台就是交费的地方。"
            ),
            "advice": _text("Take the letter along when you go.", "去的时候带上信。"),
        },
        {
            "id": "judge-late-book-desk",
            "lesson": "pay-fees-at-the-desk",
            "kind": "judge",
            "level": "apply",
            "difficulty": 2,
            "facts": ["fee-at-the-desk"],
            "exhibit": "late-book-desk",
        },
        {
            "id": "judge-late-book-link",
            "lesson": "pay-fees-at-the-desk",
            "kind": "judge",
            "level": "apply",
            "difficulty": 2,
            "facts": ["fee-at-the-desk"],
            "exhibit": "late-book-link",
        },
    ],
}
