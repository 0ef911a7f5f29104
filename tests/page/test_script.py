"""The page's script marks answers as Python does. Node.js runs it."""

import json
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import combinations, product
from typing import Any

import pytest
from msgspec.structs import astuple, replace

from quizgen.assemble import CYCLE_DAYS, Recipe, all_questions, assemble, daily_recipe, daily_seed
from quizgen.attempt import Attempt, MarkedAnswer, Rules
from quizgen.detection import Detection
from quizgen.files import shipped_folder
from quizgen.game import balance, cost_of_answer, stake_of
from quizgen.model import Declaration, Question
from quizgen.page import make_page_content
from quizgen.page.content import MESSAGES
from quizgen.permutations import shuffled
from quizgen.review import count_streak_days
from quizgen.shapes import Choose, Fill, Response
from quizgen.text.languages import LANGUAGES, convert_to_derived_language
from quizgen.text.normalise import normalise_answer
from quizgen.view.daily import daily_line, daily_marks
from quizgen.view.feedback import judge_response
from quizgen.view.glossary import explain_words
from quizgen.view.results import build_detection_view
from tests.banks import town_bank
from tests.page.pages import drawn_page, whole_page
from tests.readers import NODE

pytestmark = pytest.mark.skipif(not NODE, reason="no node is here to run the page's script")

RUN = """
const vm = require("vm");
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const { script, record, calls } = JSON.parse(line);
  const page = vm.createContext({});
  vm.runInContext(script, page);
  const own = (each) => each === "record" ? record : each && "random" in Object(each) ? () => each.random : each && each.item ? record.quizzes[0].items[each.item - 1] : each;
  console.log(JSON.stringify(calls.map(([name, ...values]) => page[name](...values.map(own)))));
});
"""


@pytest.fixture(scope="module", autouse=True)
def _node() -> Iterator[None]:
    """End Node.js after the last test."""
    yield
    with node():
        node().kill()
    node.cache_clear()


@cache
def node() -> "subprocess.Popen[str]":
    """Start Node.js once for all tests. It reads a line for each time that the script is run, and writes one."""
    return subprocess.Popen(
        [str(NODE), "-e", RUN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )


def run(record: dict[str, Any], calls: list[list[Any]]) -> list[Any]:
    """Call functions of the script; "record" stands for the page's, {"item": n} for its n-th question."""
    script = (shipped_folder("templates") / "page.js").read_text(encoding="utf-8")
    process = node()
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps({"script": script, "record": record, "calls": calls}) + "\n")
    process.stdin.flush()
    answers: list[Any] = json.loads(process.stdout.readline())
    return answers


def responses(question: Question) -> Iterator[Response]:
    """Give a skip, the key and a lot that is not."""
    answer = question.answer
    yield None
    if isinstance(answer, Fill):
        for language, several in answer.accept.items():
            for words in several:
                for tag in LANGUAGES if language == "zh-Hans" else ():
                    yield convert_to_derived_language(words, tag) if tag == "zh-Hant" else words
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
    quiz = all_questions(town_bank(), Recipe(audience="all", count=len(town_bank().questions)), "en")
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


def test_the_same_quiz_costs_the_same_on_both_sides() -> None:
    """Money, and the most expensive mistake, over answers of all sorts after any number of lines."""
    played = 0
    for seed in range(6):
        quiz = assemble(town_bank(), Recipe(count=10), seed, "en")
        record = make_page_content(town_bank(), [quiz], ("en",)).record
        attempt = Attempt(quiz, 0.0, rules=Rules(unfold=True))
        given: list[dict[str, Any]] = []
        expected = []
        for number, question in enumerate(quiz.questions):
            response = shuffled(list(responses(question)), seed, number)[0]
            lines = len(quiz.bank.exhibits[question.exhibit].lines) if attempt.is_unfolding else 0
            seen = shuffled(range(1, lines + 1), seed, question.id)[0] if lines else None
            attempt = attempt.answer(response, 0.0, lines_seen=seen)
            given.append({"response": response, "seen": seen})
            expected.append(balance(attempt))
        items = record["quizzes"][0]["items"]
        calls = [["balance", "record", items, given[:count]] for count in range(1, len(given) + 1)]
        for said, money in zip(run(record, calls), expected, strict=True):
            if money is None:
                assert said is None
                continue
            played += money.worst is not None
            assert (said["start"], said["kept"], tuple(said["costs"])) == (
                money.start,
                money.kept,
                money.costs,
            )
            worst = said["worst"] and (said["worst"]["line"], said["worst"]["sum"])
            assert worst == (money.worst and (money.worst.line, money.worst.sum))
    assert played > 10


def test_replies_cost_the_same_on_both_sides() -> None:
    bank = town_bank()
    several = [
        question
        for question in bank.questions.values()
        if question.kind == "judge" and any(line.replies for line in bank.exhibits[question.exhibit].lines)
    ]
    assert len(several) > 1
    quiz = all_questions(bank, Recipe(questions=tuple(each.id for each in several)), "en")
    record = make_page_content(bank, [quiz], ("en",)).record
    calls: list[list[Any]] = []
    expected = []
    for question, item in zip(quiz.questions, record["quizzes"][0]["items"], strict=True):
        exhibit = bank.exhibits[question.exhibit]
        assert record["questions"][item["of"]]["replies"]
        for seed, seen in product(range(4), range(1, len(exhibit.lines) + 1)):
            before = [line.replies for line in exhibit.lines[:seen] if line.replies]
            replies = tuple(shuffled(range(len(each)), seed, question.id)[0] for each in before)
            response = shuffled([(0,), (1,), None], seed, seen)[0]
            right = question.answer.mark_response(response).right
            expected.append(
                cost_of_answer(
                    exhibit,
                    MarkedAnswer("q", response, right, 0.0, lines_seen=seen, replies=replies),
                    stake_of(exhibit, bank),
                )
            )
            calls.append(["cost", "record", item, {"response": response, "seen": seen, "replies": replies}])
    assert run(record, calls) == expected


def test_without_a_currency_there_is_no_money() -> None:
    bank = replace(town_bank(), declared=Declaration())
    record = make_page_content(
        bank, [assemble(bank, Recipe(count=4, kinds=("judge",)), 0, "en")], ("en",)
    ).record
    assert "money" not in record
    assert run(record, [["balance", "record", record["quizzes"][0]["items"], []]]) == [None]


def test_missed_questions_come_back_in_the_same_order_on_both_sides() -> None:
    for seed in range(8):
        quiz = assemble(town_bank(), Recipe(count=2 + seed), seed, "en")
        record = make_page_content(town_bank(), [quiz], ("en",)).record
        items = record["quizzes"][0]["items"]
        index_by_id = {question.id: index for index, question in enumerate(quiz.questions)}
        attempt = Attempt(quiz, 0.0, rules=Rules(repeat=True))
        given: list[dict[str, Any]] = []
        expected = []
        totals = []
        while attempt.question or attempt.next_repeat is not None:
            totals.append(attempt.repeats_in_total or 0)
            again = attempt.next_repeat
            if again is not None:
                expected.append((again, True))
                given.append({"response": None, "seen": None})
                attempt = attempt.end_repeat(attempt.begin_repeat(again, 0.0).answer(None, 0.0))
                continue
            assert attempt.question
            index = index_by_id[attempt.question.id]
            expected.append((index, False))
            is_right = shuffled(range(4), seed, index)[0] == 0
            key = attempt.question.answer.correct_response("en")
            response = key if is_right else None if index % 2 else wrong_response(attempt.question)
            given.append({"response": response, "seen": None})
            attempt = attempt.answer(response, 0.0)
        calls = [["listSteps", record, items, given]]
        calls += [["repeatsInTotal", record, items, given[:count]] for count in range(len(given))]
        steps, *said = run(record, calls)
        assert said == (totals if len(items) > 2 else [0] * len(given))
        assert [(step["index"], step["again"]) for step in steps] == expected
        assert any(again for _, again in expected) == (len(items) > 2)


def wrong_response(question: Question) -> Response:
    """Give a response that is wrong."""
    return next(
        each
        for each in responses(question)
        if each is not None and not question.answer.mark_response(each).right
    )


def test_words_are_explained_where_a_quiz_first_uses_them_on_both_sides() -> None:
    explained = 0
    for seed in range(5):
        quiz = assemble(town_bank(), Recipe(count=10), seed, "en")
        record = make_page_content(town_bank(), [quiz], LANGUAGES).record
        items = record["quizzes"][0]["items"]
        asked = [
            (index, place, is_answered)
            for index in range(10)
            for place in range(len(LANGUAGES))
            for is_answered in (False, True)
        ]
        calls = [["newWords", record, items, *each] for each in asked]
        for (index, place, is_answered), numbers in zip(asked, run(record, calls), strict=True):
            attempt = Attempt(replace(quiz, language=LANGUAGES[place]), 0.0)
            expected = explain_words(attempt, index, is_answered=is_answered)
            assert [each.split("：")[0].split(": ")[0] for each in expected] == [
                record["glossary"][number][0] for number in numbers
            ]
            explained += len(numbers)
    assert explained > 10


def test_a_missed_exhibit_comes_back_as_its_twin() -> None:
    quiz = assemble(town_bank(), Recipe(count=6, kinds=("judge",)), 3, "en")
    record = make_page_content(town_bank(), [quiz], ("en",)).record
    items = record["quizzes"][0]["items"]
    exhibits = town_bank().exhibits
    for item, question in zip(items, quiz.questions, strict=True):
        twin = exhibits.get(exhibits[question.exhibit].twin)
        (again,) = run(record, [["askAgain", record, items, item]])
        assert (again["of"] == item["of"]) == (twin is None)
        if twin:
            assert record["questions"][again["of"]]["genuine"] == twin.genuine
            differing = {
                number
                for number, (one, other) in enumerate(
                    zip(exhibits[question.exhibit].lines, twin.lines, strict=True), start=1
                )
                if one.text != other.text
            }
            assert differing <= set(again["changed"])
            assert again["changed"]


def test_the_options_of_a_question_move_when_it_comes_back() -> None:
    record = drawn_page(1, 1, "single", ("en",)).record
    (item,) = items = record["quizzes"][0]["items"]
    (again,) = run(record, [["askAgain", record, items, item]])
    assert again["options"] != item["options"]
    assert [again["options"][index] for index in again["key"]] == [
        item["options"][index] for index in item["key"]
    ]


def test_a_page_asks_the_same_five_in_the_same_order_as_the_program_on_each_day() -> None:
    record = drawn_page(10, 1, languages=("en",)).record
    bank, begins = town_bank(), date(2026, 11, 28)
    days = [begins + timedelta(days=later) for later in range(CYCLE_DAYS + 1)]
    asked = run(record, [["itemsOfDay", "record", (day - date(1970, 1, 1)).days] for day in days])
    for day, items in zip(days, asked, strict=True):
        quiz = assemble(bank, daily_recipe(bank, Recipe()), daily_seed(day), "en")
        assert len({item["of"] for item in items}) == 5
        assert any("genuine" in record["questions"][item["of"]] for item in items)
        for item, question in zip(items, quiz.questions, strict=True):
            assert record["texts"][record["questions"][item["of"]]["stem"]] == question.stem["en"]
            if not question.answer.takes_words:
                key = question.answer.correct_response("en")
                assert item["key"] == json.loads(json.dumps(key))
    assert asked[0] == asked[-1]
    assert asked[0] != asked[1]


def test_a_page_counts_the_days_in_a_row_as_the_program_does() -> None:
    record, first = drawn_page(10, 1, languages=("en",)).record, date(2026, 11, 20)
    for seed in range(12):
        played = [day for day in range(14) if shuffled(range(3), seed, day)[0]]
        given: dict[str, dict[str, int]] = {str(day): {} for day in played}
        dates = [first + timedelta(days=day) for day in played]
        rows = run(record, [["daysInRow", "record", given, day] for day in range(16)])
        assert rows == [count_streak_days(dates, first + timedelta(days=day)) for day in range(16)]


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_the_line_to_copy_is_the_same_on_a_page_and_in_the_program(language: str) -> None:
    record = drawn_page(2, 1).record
    quiz = assemble(town_bank(), daily_recipe(town_bank(), Recipe()), 3, "en")
    for day, unfolds in product((date(2026, 11, 28), date(2027, 3, 1)), (True, False)):
        attempt = Attempt(quiz, 0.0, rules=Rules(unfold=unfolds, daily=day.isoformat()))
        while attempt.question:
            attempt = attempt.answer((0,), 1.0, lines_seen=1)
        money = balance(attempt)
        given = {
            "day": (day - date(1970, 1, 1)).days,
            "marks": daily_marks(attempt),
            "kept": money and money.kept,
            "days": 3,
        }
        said = run(record, [["dailyLine", "record", LANGUAGES.index(language), given]])
        assert said == [daily_line(attempt, 3, language)]
