"""Which questions are enemies, and which are not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.bank.alike import find_alike_questions
from quizgen.bank.enemies import find_enemy_pairs, set_enemies
from quizgen.kinds import KINDS
from quizgen.model import Bank, Declaration, Exhibit, Line, Question, Sign
from quizgen.shapes import Answer, Choose, Fill
from quizgen.text.languages import Text
from tests.banks import town_bank

WRONG: tuple[Text, ...] = ({"en": "a lantern", "zh-Hans": "灯笼"}, {"en": "a kite", "zh-Hans": "风筝"})
TRUTHS: tuple[Text, ...] = ({"en": "True", "zh-Hans": "正确"}, {"en": "False", "zh-Hans": "错误"})


def choice(en: str, zh: str, *wrong: Text) -> Choose:
    return Choose(({"en": en, "zh-Hans": zh}, *(wrong or WRONG)), (0,), "one")


def question(name: str, stem: Text, answer: Answer, why: Text, *facts: str, **more: Any) -> Question:
    return Question(
        f"t/{name}", "t", "single", "recall", 1, facts or (f"t/{name}",), stem, answer, why, **more
    )


def exhibit(name: str, twin: str = "") -> Exhibit:
    return Exhibit(
        f"t/{name}", "t", "sms", genuine=not twin, sender={}, lines=(), signs=(), twin=twin and f"t/{twin}"
    )


def judged(name: str, shown: str, **more: Any) -> Question:
    verdict = Choose(TRUTHS, (0,), "verdict")
    return question(
        name, {"en": "Genuine?", "zh-Hans": "真的吗？"}, verdict, {}, exhibit=f"t/{shown}", **more
    )


def pairs(
    *questions: Question, exhibits: tuple[Exhibit, ...] = (), languages: tuple[str, ...] = ("en", "zh-Hans")
) -> set[tuple[str, ...]]:
    bank = Bank(
        {},
        {},
        {},
        {each.id: each for each in questions},
        {each.id: each for each in exhibits},
        declared=Declaration(languages=languages),
    )
    return {tuple(sorted(name.removeprefix("t/") for name in pair)) for pair in find_enemy_pairs(bank)}


LIMIT = question(
    "limit",
    {"en": "How long may a bank restrict a lender’s cards?", "zh-Hans": "出借银行卡的人，会被限制多久？"},
    choice("up to 3 years", "最长三年", {"en": "up to 9 years", "zh-Hans": "最长九年"}, *WRONG),
    {"en": "He would have had to do without.", "zh-Hans": "他只好什么都不用。"},
    "t/years",
)
WHY: Text = {
    "en": "The cards of a lender may be restricted for up to three years.",
    "zh-Hans": "出借的人，卡最长三年受限。",
}


def test_a_rationale_that_says_the_key_makes_enemies() -> None:
    other = question(
        "other", {"en": "Why not?", "zh-Hans": "为什么不行？"}, choice("a fox", "狐狸"), WHY, "t/years"
    )
    assert pairs(LIMIT, other) == {("limit", "other")}


def test_a_rationale_on_another_fact_makes_enemies_if_the_subject_is_the_same() -> None:
    other = question("other", {"en": "Why not?", "zh-Hans": "为什么不行？"}, choice("a fox", "狐狸"), WHY)
    assert pairs(LIMIT, other) == {("limit", "other")}
    far: Text = {"en": "The bridge was built in up to three years.", "zh-Hans": "那座桥最长三年就能修好。"}
    assert pairs(LIMIT, replace(other, rationale=far)) == set()


@pytest.mark.parametrize("part", ["stem", "advice", "answer"])
def test_stem_advice_and_key_can_give_an_answer_away_too(part: str) -> None:
    other = question("other", {"en": "Why?", "zh-Hans": "为什么？"}, choice("a fox", "狐狸"), {}, "t/years")
    told = choice(WHY["en"], WHY["zh-Hans"]) if part == "answer" else WHY
    assert pairs(LIMIT, replace(other, **{part: told})) == {("limit", "other")}


def test_wrong_answers_and_false_statements_give_nothing_away() -> None:
    asked: Text = {"en": "Why?", "zh-Hans": "为什么？"}
    assert (
        pairs(LIMIT, question("other", asked, choice("a fox", "狐狸", WHY, *WRONG), {}, "t/years")) == set()
    )
    said: Text = {"en": "A lighthouse stays dark for up to three years.", "zh-Hans": "灯塔最长三年不亮。"}
    for key, found in ((0, {("limit", "other")}), (1, set())):
        assert pairs(LIMIT, question("other", said, Choose(TRUTHS, (key,), "truth"), {}, "t/years")) == found


def test_feedback_says_whether_a_statement_is_true() -> None:
    statement = question("said", {"en": "A lent phone card is shut for a decade.", "zh-Hans": "出借电话卡，停用十年。"}, Choose(TRUTHS, (1,), "truth"), {}, "t/f")  # fmt: skip
    other = question("other", {"en": "Why?", "zh-Hans": "为什么？"}, choice("a fox", "狐狸"), {"en": "A lent phone card is shut for two years, not a decade.", "zh-Hans": "电话卡停用两年。"}, "t/f")  # fmt: skip
    assert pairs(statement, other) == {("other", "said")}


def test_a_blank_shows_its_answer_in_either_language() -> None:
    blank = question("blank", {"en": "Ring ____.", "zh-Hans": "请打____。"}, Fill({"en": ("110",), "zh-Hans": ("110",)}), {}, "t/f")  # fmt: skip
    other = question("other", {"en": "Why?", "zh-Hans": "为什么？"}, choice("a fox", "狐狸"), {"en": "Help comes.", "zh-Hans": "先打110。"}, "t/f")  # fmt: skip
    assert pairs(blank, other) == {("blank", "other")}


def scenes(count: int) -> list[Question]:
    """Scenes with one right answer, each with wrong answers of its own; each says the key of the others."""
    says: Text = {"en": "Report it at the harbour office.", "zh-Hans": "到港口办事处报告。"}
    words = ("boat", "goat", "coin", "drum")
    return [
        question(
            f"scene-{word}",
            {"en": f"A {word} is lost.", "zh-Hans": f"丢了{word}。"},
            choice("Report it at the harbour office", "到港口办事处报告", WRONG[0], {"en": word, "zh-Hans": word}),
            {},
            advice=says,
        )
        for word in words[:count]
    ]  # fmt: skip


def test_an_option_shared_by_many_gives_nothing_away() -> None:
    assert pairs(*scenes(4)) == set()


def test_the_same_right_answer_on_a_common_fact() -> None:
    one, two, *others = (replace(each, rationale={}) for each in scenes(4))
    assert pairs(replace(one, facts=("t/f",)), replace(two, facts=("t/f",)), *others) == {
        ("scene-boat", "scene-goat")
    }


def with_options(name: str, *options: str, key: int = 0, style: Any = "one") -> Question:
    answer = Choose(tuple({"en": each, "zh-Hans": each} for each in options), (key,), style)
    return question(name, {"en": f"What of the {name}?", "zh-Hans": f"{name}？"}, answer, {})


def test_questions_with_the_same_options_are_enemies_whatever_their_order_and_key() -> None:
    one = with_options("boat", "Wait", "Call the office", "Row home")
    other = with_options("goat", "Row home", "Wait", "Call the office", key=1)
    assert pairs(one, other) == {("boat", "goat")}
    assert pairs(one, with_options("goat", "Row home", "Wait", "Call the cook")) == set()
    assert pairs(one, with_options("goat", "Row home", "Wait")) == set()


def test_true_and_false_and_verdicts_are_the_same_options_everywhere() -> None:
    for style in ("truth", "verdict"):
        several = [with_options(name, "1", "2", style=style) for name in ("boat", "goat")]
        assert pairs(*several) == set()


def test_questions_with_the_same_stem_are_enemies() -> None:
    again = question(
        "again",
        {
            "en": "For how long may a bank restrict a lender’s cards?",
            "zh-Hans": "出借银行卡的人，会被限制多久？",
        },
        choice("a decade", "十年"),
        {},
    )
    assert pairs(LIMIT, again) == {("again", "limit")}


def test_one_exhibit_twins_and_one_model() -> None:
    shown = [exhibit("real"), exhibit("fake", "real"), exhibit("alone")]
    shown[0] = replace(shown[0], twin="t/fake")
    asked = [
        judged("j-real", "real"),
        judged("s-real", "real"),
        judged("j-fake", "fake"),
        judged("j-alone", "alone"),
    ]
    assert pairs(*asked, exhibits=tuple(shown)) == {
        ("j-real", "s-real"), ("j-fake", "j-real"), ("j-fake", "s-real"),
    }  # fmt: skip


def told(name: str, *lines: Text, **more: Any) -> Exhibit:
    return replace(exhibit(name), lines=tuple(Line("sender", text) for text in lines), **more)


FERRY: tuple[Text, ...] = (
    {"en": "Your ferry tomorrow is cancelled.", "zh-Hans": "您明天的渡轮取消了。"},
    {"en": "Tap the link and enter your card for a refund.", "zh-Hans": "点链接填卡号，办理退款。"},
)
FERRY_RETOLD: tuple[Text, ...] = (
    {"en": "The ferry you booked is cancelled, we are sorry.", "zh-Hans": "抱歉，您订的渡轮取消了。"},
    {"en": "We refund it to the card that paid.", "zh-Hans": "退款退回付款的卡号。"},
)
LAMP: tuple[Text, ...] = (
    {"en": "Somebody left a lamp burning in the tower.", "zh-Hans": "有人忘了关塔楼的灯。"},
    {"en": "Come up and put it out.", "zh-Hans": "请上来关掉。"},
)


@pytest.mark.parametrize(
    ("lines", "found"), [(FERRY_RETOLD, {("j-ferry", "j-other")}), (LAMP, set()), ((), set())]
)
def test_questions_on_exhibits_that_tell_the_same_story_are_enemies(
    lines: tuple[Text, ...], found: set[tuple[str, ...]]
) -> None:
    shown = told("ferry", *FERRY), told("other", *lines)
    assert pairs(judged("j-ferry", "ferry"), judged("j-other", "other"), exhibits=shown) == found


def test_all_twins_of_the_bank_tell_the_same_story_and_few_others_do() -> None:
    """Twins differ in their signs only, so a measure of stories that misses a pair of twins is of no use."""
    bank = town_bank()
    written = list(bank.exhibits.values())
    alone = {each.id: replace(each, twin="") for each in written}
    asked = {id_: question(id_, {}, Choose(TRUTHS, (0,), "verdict"), {}, exhibit=id_) for id_ in alone}
    questions = {each.id: each for each in asked.values()}
    names = {each.id: id_ for id_, each in asked.items()}
    found = find_alike_questions(replace(bank, exhibits=alone, questions=questions))
    alike = {frozenset(map(names.__getitem__, pair)) for pair in found}
    assert {frozenset((each.id, each.twin)) for each in written if each.twin} <= alike
    assert len(alike) < len(written) * (len(written) - 1) / 2 / 50


def test_scenes_that_teach_the_same_are_enemies() -> None:
    one, other, far = (
        question(
            name,
            {"en": f"{who} collects the lamps of all workers.", "zh-Hans": f"{han}收走工人的灯。"},
            choice(name, han),
            {"en": f"{who} sells the lamps at night.", "zh-Hans": f"{han}夜里卖灯。"},
        )
        for name, who, han in (("one", "A foreman", "工头"), ("two", "An agent", "中介"), ("far", "", ""))
    )
    far = replace(far, stem={"en": "A gull sits on the mast.", "zh-Hans": "桅杆上有海鸥。"}, rationale={})
    assert pairs(one, other, far) == {("one", "two")}


def test_the_reason_of_a_sign_can_give_an_answer_away() -> None:
    reason = Sign(0, {}, WHY, ())
    shown = replace(exhibit("real"), signs=(reason,))
    asked = judged("j-real", "real")
    assert pairs(LIMIT, replace(asked, facts=("t/years",)), exhibits=(shown,)) == {("j-real", "limit")}


def test_declared_enemies_are_symmetric_and_sorted() -> None:
    one, two, three, _ = (replace(each, rationale={}) for each in scenes(4))
    bank = Bank({}, {}, {}, {each.id: each for each in scenes(4)})
    bank.questions[three.id] = replace(three, enemies=(two.id, one.id))
    set_enemies(bank)
    assert bank.questions[three.id].enemies == (one.id, two.id)
    assert bank.questions[one.id].enemies == bank.questions[two.id].enemies == (three.id,)
    before = dict(bank.questions)
    set_enemies(bank)
    assert bank.questions == before


@given(st.permutations(scenes(4)))
def test_the_order_of_a_bank_changes_nothing(order: list[Question]) -> None:
    assert pairs(LIMIT, *order) == pairs(LIMIT, *scenes(4))


def test_every_kind_gives_the_texts_of_its_key() -> None:
    """Each kind of the built-in bank gives the texts of its key, or none, and nothing fails."""
    bank = town_bank()
    texts = {each.kind: [*each.answer.correct_texts()] for each in bank.questions.values()}
    assert texts.keys() <= KINDS.keys()
    assert (texts["order"], texts["true-false"]) == ([], [])
    assert all(texts[kind] for kind in ("single", "multiple", "match", "fill"))


def test_enemies_of_the_bank_are_enemies_both_ways() -> None:
    questions = town_bank().questions
    for each in questions.values():
        assert list(each.enemies) == sorted(set(each.enemies) - {each.id})
        assert all(each.id in questions[enemy].enemies for enemy in each.enemies)


def blank(name: str, word: str) -> Question:
    stem: Text = {"en": "The keeper’s number is ____.", "zh-Hans": "守灯人的号码是____。"}
    return question(name, stem, Fill({"en": (word,), "zh-Hans": (word,)}), {})


@pytest.mark.parametrize("shows", ["advice", "option", "stem", "nothing"])
def test_questions_that_show_the_word_of_a_blank_are_its_enemies(shows: str) -> None:
    number = {each: "Call 55501." if each == "en" else "打55501。" for each in ("en", "zh-Hans")}
    other = question(
        "other",
        number if shows == "stem" else {"en": "Who sweeps the deck?", "zh-Hans": "谁扫甲板？"},
        choice("the cook", "厨师", number if shows == "option" else WRONG[0], WRONG[1]),
        {"en": "He does.", "zh-Hans": "是他。"},
        advice=number if shows == "advice" else {},
    )
    assert (("blank", "other") in pairs(blank("blank", "55501"), other)) == (shows != "nothing")
