"""What the page's own script marks is what Python marks; a JavaScript engine runs it."""

import json
import subprocess
from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import pytest
from msgspec.structs import astuple

from quizgen.assemble import Recipe, all_questions
from quizgen.detection import Detection
from quizgen.files import shipped_folder
from quizgen.model import Question
from quizgen.page.content import MESSAGES
from quizgen.permutations import shuffled
from quizgen.shapes import Choose, Fill, Response
from quizgen.text.languages import LANGUAGES, convert_from_base
from quizgen.text.normalise import normalise_answer
from quizgen.view.feedback import judge_response
from quizgen.view.results import build_detection_view
from tests.banks import built_in_bank
from tests.page.pages import drawn_page, whole_page
from tests.readers import NODE

pytestmark = pytest.mark.skipif(not NODE, reason="no node is here to run the page's script")

RUN = """
const { script, record, calls } = JSON.parse(require("fs").readFileSync(0, "utf8"));
require("vm").runInThisContext(script);
const own = (each) => each === "record" ? record : each && each.item ? record.quizzes[0].items[each.item - 1] : each;
console.log(JSON.stringify(calls.map(([name, ...values]) => globalThis[name](...values.map(own)))));
"""


def run(record: dict[str, Any], calls: list[list[Any]]) -> list[Any]:
    """Call functions of the script; "record" stands for the page's, {"item": n} for its n-th question."""
    script = (shipped_folder("templates") / "page.js").read_text(encoding="utf-8")
    given = json.dumps({"script": script, "record": record, "calls": calls})
    done = subprocess.run(
        [str(NODE), "-e", RUN], input=given, capture_output=True, encoding="utf-8", check=True
    )
    answers: list[Any] = json.loads(done.stdout)
    return answers


def responses(question: Question) -> Iterator[Response]:
    """Give a skip, the key and a lot that is not."""
    answer = question.answer
    yield None
    if isinstance(answer, Fill):
        for language, several in answer.accept.items():
            for words in several:
                for tag in LANGUAGES if language == "zh-Hans" else ():
                    yield convert_from_base(words, tag) if tag == "zh-Hant" else words
                yield from (
                    words.upper(),
                    f" the  {words}!",
                    f"“{words}”。",
                    f"{words}{words}",
                    words[:-1] or "x",
                )
                yield "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in words)
        yield from ("x", "！", "刪 除", "轉帳", "轉賬", "匯款")
        return
    key = answer.correct_response("en")
    assert isinstance(key, tuple)
    yield key
    if isinstance(answer, Choose):
        most = len(answer.options) if answer.style == "several" else 1
        for count in range(1, most + 1):
            yield from combinations(range(len(answer.options)), count)
        return
    for seed in range(6):
        yield tuple(shuffled(key, seed))


def test_every_answer_to_every_question_is_marked_as_python_marks_it() -> None:
    quiz = all_questions(built_in_bank(), Recipe(audience="all", count=len(built_in_bank().questions)), "en")
    asked = [
        (number, question, response)
        for number, question in enumerate(quiz.questions, start=1)
        for response in responses(question)
    ]
    calls: list[list[Any]] = [
        ["markResponse", "record", {"item": number}, given] for number, _, given in asked
    ]
    outcomes = set()
    wrong = []
    for (_, question, given), marked in zip(asked, run(whole_page().record, calls), strict=True):
        verdict = judge_response(question.answer, given)
        outcomes.add((question.kind, verdict.outcome))
        if astuple(verdict) != tuple(marked.values()):
            wrong.append((question.id, given, verdict, marked))
    assert wrong == []
    assert {
        ("fill", "right"),
        ("fill", "wrong"),
        ("multiple", "found"),
        ("multiple", "found-only"),
    } < outcomes
    assert {("match", "partly"), ("order", "right"), ("judge", "wrong"), ("spot", "right")} < outcomes


def test_the_script_normalises_words_as_python_does() -> None:
    odd = (
        "", "!", "...", "—", "The  Bank", "an hour", "the", "a", "“link”", "ＬＩＮＫ", "web-link", "web‑link", "it’s", "Straße", "ΣΑΣ",
        "ﬁne", "zero\u200bwidth", " 链 接 ", "the 链接", "链接 a b", "a 110", "１１０", "\u3000分钟\u3000", "(SIM)", "é", "e\u0301",
        "½", "①", "\U00020000 b", "x \U00020000", "soft\u00adhyphen", "a\tb\nc", "- -", "$5", "…", "a - b", "～", "㈱", "the the",
    )  # fmt: skip
    assert run({}, [["fold", each] for each in odd]) == [normalise_answer(each) for each in odd]


def test_verdicts_are_summed_up_in_the_same_words() -> None:
    record = drawn_page(10, 3, "judge", ("en",)).record
    most = len(record["scores"])
    assert most >= 5
    counts = [
        Detection(*each)
        for each in product(range(most + 1), repeat=4)
        if each[1] <= each[0] and each[3] <= each[2]
    ]
    names = ("scams", "stopped", "genuine", "trusted")
    values = [dict(zip(names, astuple(each), strict=True)) for each in counts]
    said = run(record, [["detectionMessages", "record", each] for each in values])
    for each, known, ids in zip(counts, values, said, strict=True):
        view = build_detection_view(each, "en")
        words = [MESSAGES[id_].with_values(**known).translated("en") if id_ else "" for id_ in ids]
        assert words == ([view.counts, view.words] if view else ["", ""])
