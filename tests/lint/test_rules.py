"""Single rules: good questions that they must not report, and edge cases that the examples in docs/lint.md leave out."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.kinds import KINDS
from quizgen.lint import RULES, run_rules
from quizgen.lint.numbers import numbers_to_figures
from quizgen.lint.views import Item
from quizgen.lint.words import load_language_words
from quizgen.model import LEVELS, Bank, Question
from quizgen.text import word_lists
from quizgen.text.languages import Text
from quizgen.text.numerals import parse_chinese_numeral
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


def fired(*questions: Question) -> set[str]:
    bank = Bank({}, {}, {}, {f"{each.id}{number}": each for number, each in enumerate(questions)})
    return {rule.id for rule, _ in run_rules(bank)}


def truth(en: str, zh: str, *, key: bool) -> Question:
    return question(kind="true-false", stem=text(en, zh), key=key, distractors=None)


def test_a_plain_question_has_no_flaw() -> None:
    assert fired(question()) == set()


@pytest.mark.parametrize(
    ("rule", "entry"),
    [
        # A negative word that does not turn the question round.
        ("negative-stem", {"stem": text("A boat that is not moored drifts. Where does it go?")}),
        ("negative-stem", {"stem": text("", "没有系好的船漂走了。它会漂到哪里？")}),
        ("negative-stem", {"stem": text("Which record shows that he did not sail?")}),
        ("negative-stem", {"stem": text("Which boat needs at least two men?")}),
        ("negative-stem", {"stem": text("", "哪种记录能说明他没有出海？")}),
        ("double-negative", {"stem": text("", "天气不好不坏，不早不晚，船什么时候开？")}),
        ("double-negative", {"stem": text("Not every boat sails. Who stays, with no wind at all?")}),
        # Words inside other words.
        ("absolute-term", {"key": text("Neverland harbour")}),
        ("option-overlap", {"key": text("Art"), "distractors": [text("Cartography"), text("Chess")]}),
        ("option-overlap", {"key": text("Safe", "安全"), "distractors": [text("Not safe", "不安全"), text("Dry", "干燥")]}),
        ("option-overlap", {"key": text("To the bank"), "distractors": [text("From the bank"), text("At sea")]}),
        ("option-overlap", {"key": text("1 to 5 boats"), "distractors": [text("6 to 9 boats"), text("10 to 15 boats")]}),
        # All options say it, so it tells nothing.
        ("absolute-term", {"key": text("Always at six"), "distractors": [text("Always at one"), text("By noon")]}),
        ("clang-association", {"key": text("The keeper"), "distractors": [text("The keeper’s son"), text("A cat")]}),
        # A name that is repeated is no clue by itself.
        ("clang-association", {"stem": text("Who runs the school at Harbour Police College?"), "key": text("The police")}),
        # Saving is a thing in `savings card`, not something that is done.
        ("option-form", {"key": text("A card"), "distractors": [text("A purse"), text("Savings")]}),
        ("option-overlap", {"key": text("More than 5 boats", "5条船以上"), "distractors": [text("Less than 5 boats", "不到5条船"), text("No boat", "没有船")]}),
        ("option-overlap", {"key": text("2 of less than 9 boats"), "distractors": [text("3 lamps, less than 8 boats"), text("No boat")]}),
        ("option-overlap", {"key": text("Over 5 boats"), "distractors": [text("Over 9 lamps"), text("No boat")]}),
        ("option-overlap", {"key": text("Within 24 hours", "24小时之内"), "distractors": [text("Within 48 hours", "48小时之内"), text("At once", "马上")]}),
        ("number-order", {"key": text("12"), "distractors": [text("900 litres"), text("2,000 litres"), text("1 million litres")]}),
        ("number-order", {"key": text("12 litres"), "distractors": [text("90 minutes"), text("2 hours"), text("1 day")]}),
        ("number-order", {"key": text("About twelve"), "distractors": [text("About eight"), text("About nineteen")]}),
        # Numbers that are no amounts.
        ("number-order", {"key": text("3 boats"), "distractors": [text("1 boat"), text("9 boats")]}),
        ("numbers-disagree", {"stem": text("On 11 April, who came?", "4月11日，谁来了？")}),
        ("numbers-disagree", {"stem": text("Who pays 10,000 coins?", "谁付1万枚硬币？")}),
        ("numbers-disagree", {"stem": text("Who has three boats?", "谁有三条船？")}),
        ("numbers-disagree", {"stem": text("One day, who came?", "有一天，谁来了？")}),
        ("numbers-disagree", {"stem": text("Who came in twenty-three boats?", "谁坐二十三条船来？")}),
        ("numbers-disagree", {"stem": text("Who came with two hundred boats?", "谁带两百条船来？")}),
        ("numbers-disagree", {"stem": text("Who pays 2.5 million?", "谁付250万？")}),
        ("numbers-disagree", {"stem": text("Who pays two million?", "谁付200万？")}),
        ("numbers-disagree", {"stem": text("Who pays 30% of it?", "谁付三成？")}),
        ("numbers-disagree", {"stem": text("Who comes at 3 pm?", "15点谁来？")}),
        ("numbers-disagree", {"stem": text("Who comes at 3 p.m.?", "下午3点谁来？")}),
        ("numbers-disagree", {"stem": text("Who has fifteen boats?", "谁有15条船？")}),
        ("names-disagree", {"stem": text("Who sails from Xian?", "谁从西安出发？")}),
        ("names-disagree", {"stem": text("Who hires an American lamp?", "谁租美国的灯？")}),
        ("names-disagree", {"stem": text("Who writes Japanese at sea?", "谁在海上写日语？")}),
        ("names-disagree", {"stem": text("Who counts US dollars and yen?", "谁点美元和日元？")}),
        ("names-disagree", {"stem": text("Who sails to Indonesia?", "谁去印度尼西亚？")}),
        ("names-disagree", {"stem": text("Who boards a ship at sea?", "谁登上海上的大船？")}),
        ("names-disagree", {"stem": text("Whose text does the UN hold?", "联合国保存谁的文本？")}),
        # Digits and Latin words have their own punctuation inside Chinese.
        ("punctuation-width", {"stem": text("", "价格是3.5元，时间是10:30，谁来？")}),
        ("spacing", {"stem": text("", "用 SIM 卡的是谁？")}),
        ("untranslated", {"key": text("96110", "96110"), "distractors": [text("110", "110"), text("SIM", "SIM")]}),
        ("straight-quotes", {"stem": text("Who says, “It’s the keeper’s lamp”?", "谁说“这是灯”？")}),
        ("mixed-address", {"stem": text("", "骗子说：“你中奖了。”您该怎么办？")}),
        ("stem-asks", {"stem": text("Following the keeper, put these in order.", "请按先后排列。")}),
        ("stated-count", {"stem": text("Which two boats collide?"), "kind": "single"}),
        ("stated-count", {"stem": text("In these two years, who came?", "这三年里，谁来了？")}),
        ("stated-count", {"stem": text("How do these two lamps differ?", "这两种灯有什么不同？")}),
        # What begins like a sweeping option, and then says something of its own.
        ("all-of-the-above", {"key": text("All of these lamps burn oil", "都对着大海点灯")}),
        ("none-of-the-above", {"key": text("None of them knows the keeper", "都不是本人来点的")}),
        ("absolute-term", {"key": text("", "不一定亮"), "distractors": [text("", "亮一定时间"), text("", "亮一夜")]}),
        ("negative-stem", {"stem": text("What is wrong with a lamp that smokes?", "灯冒烟，是哪里出了毛病？")}),
        ("negative-stem", {"stem": text("Which record helps those who cannot sail?", "别人来问路，守灯人说什么？")}),
        ("negative-stem", {"stem": text("Why can’t the keeper sail?", "守灯人为什么不能出海？")}),
        ("negative-stem", {"stem": text("Which statement is INCORRECT?", "下列说法“错误”的是哪一项？")}),
        ("article-cue", {"stem": text("Which lamp is the one that the keeper called plan a?")}),
    ],
)  # fmt: skip
def test_a_good_question_is_not_reported(rule: str, entry: dict[str, Any]) -> None:
    assert rule not in fired(question(**entry))


@pytest.mark.parametrize(
    ("rule", "entry"),
    [
        ("all-of-the-above", {"key": text("Each of the above")}),
        ("all-of-the-above", {"key": text("All the options above")}),
        ("all-of-the-above", {"key": text("Every one of these.")}),
        ("all-of-the-above", {"key": text("All options are right")}),
        ("all-of-the-above", {"key": text("", "以上各项都是")}),
        ("all-of-the-above", {"key": text("", "上面几项都对")}),
        ("all-of-the-above", {"key": text("", "所有选项都正确")}),
        ("all-of-the-above", {"key": text("", "三项全对")}),
        ("all-of-the-above", {"key": text("", "A和B都是")}),
        ("none-of-the-above", {"key": text("Neither of these")}),
        ("none-of-the-above", {"key": text("Not any of the above")}),
        ("none-of-the-above", {"key": text("", "以上选项都不对")}),
        ("none-of-the-above", {"key": text("", "这些都不是")}),
        ("none-of-the-above", {"key": text("", "以上没有一项对")}),
        ("none-of-the-above", {"key": text("", "没有一个正确。")}),
        ("absolute-term", {"key": text("", "天黑一定亮")}),
        ("absolute-term", {"key": text("", "从来不点灯")}),
        ("absolute-term", {"key": text("", "所有情况下都亮")}),
        ("absolute-term", {"key": text("", "任何时候都亮")}),
        ("absolute-term", {"key": text("", "百分百会亮")}),
        ("absolute-term", {"key": text("Lit under all circumstances")}),
        ("absolute-term", {"key": text("Definitely at dusk")}),
        ("absolute-term", {"key": text("Lit in every case")}),
        ("vague-frequency", {"key": text("It is often lit")}),
        ("vague-frequency", {"key": text("", "经常点亮")}),
        ("opinion", {"stem": text("Which is your favourite lamp?", "您最喜欢哪种灯？")}),
        ("true-false-in-disguise", {"key": text("It does", "会"), "distractors": [text("It does not", "不会")]}),
        ("article-cue", {"stem": text("When night falls, the keeper lights an")}),
        ("negative-stem", {"stem": text("Which of these statements is incorrect?")}),
        ("negative-stem", {"stem": text("Choose the lamp that is not lit at dusk.")}),
        ("negative-stem", {"stem": text("", "守灯人从不用哪种油？")}),
        ("negative-stem", {"stem": text("", "点灯的时候不应该做什么？")}),
        ("negative-stem", {"stem": text("", "下列哪一项与灯塔无关？")}),
        ("negative-stem", {"stem": text("", "这些灯里，哪一盏并非油灯？")}),
        ("negative-stem", {"stem": text("", "除了哪一盏，其余都是油灯？")}),
        ("negative-stem", {"stem": text("All of these float, except which?")}),
        ("negative-stem", {"stem": text("Which boat doesn’t float?")}),
        ("negative-stem", {"stem": text("What should a keeper not do?")}),
        ("negative-stem", {"stem": text("", "哪种灯不能点？")}),
        ("negative-stem", {"stem": text("", "下列说法不正确的是哪一项？")}),
        ("double-negative", {"stem": text("", "谁不得不出海？")}),
        ("option-overlap", {"key": text("1 to 5 boats"), "distractors": [text("5 to 9 boats"), text("10 to 15 boats")]}),
        ("option-overlap", {"key": text("Less than 30 boats"), "distractors": [text("Less than 60 boats"), text("No boat")]}),
        ("option-overlap", {"key": text("", "超过5条船"), "distractors": [text("", "9条船以上"), text("", "没有船")]}),
        ("option-overlap", {"key": text("Two to five days"), "distractors": [text("Three to nine days"), text("A month")]}),
        ("option-overlap", {"key": text("", "一到三天"), "distractors": [text("", "两到五天"), text("", "一个月")]}),
        ("number-order", {"key": text("Twelve lamps"), "distractors": [text("Thirty lamps"), text("Eight lamps"), text("Forty lamps")]}),
        ("number-order", {"key": text("", "十二盏"), "distractors": [text("", "三十盏"), text("", "八盏"), text("", "四十盏")]}),
        ("number-order", {"key": text("1 day"), "distractors": [text("30 days"), text("7 days"), text("90 days")]}),
        ("number-order", {"key": text("$12"), "distractors": [text("$30"), text("$8"), text("$19")]}),
        ("number-order", {"key": text("", "大约12天"), "distractors": [text("", "大约30天"), text("", "大约8天"), text("", "大约19天")]}),
        ("number-order", {"key": text("1,200 litres"), "distractors": [text("1 million litres"), text("900 litres"), text("2,000 litres")]}),
        ("option-overlap", {"key": text("The lamp"), "distractors": [text("A lamp"), text("Oil")]}),
        ("option-punctuation", {"key": text("light it")}),
        ("option-form", {"kind": "match", "pairs": [{"left": text(en), "right": text(f"{en} end")} for en in ("To sail", "Rowing", "Towing")]}),
        ("numbers-disagree", {"stem": text("Who has three boats?", "谁有四条船？")}),
        ("numbers-disagree", {"stem": text("Who pays 10,000 coins?", "谁付10万枚硬币？")}),
        ("numbers-disagree", {"key": text("15 boats", "50条船")}),
        ("numbers-disagree", {"stem": text("Who came in twenty-three boats?", "谁坐三十二条船来？")}),
        ("numbers-disagree", {"stem": text("Who has fifteen boats?", "谁有十四条船？")}),
        ("numbers-disagree", {"stem": text("Who pays 3 million?", "谁付3万？")}),
        ("numbers-disagree", {"stem": text("Who comes at 3 pm?", "16点谁来？")}),
        ("numbers-disagree", {"stem": text("Who has a boat?", "谁有3条船？")}),
        ("names-disagree", {"stem": text("Who sails to Changsha?", "谁去合肥？")}),
        ("names-disagree", {"stem": text("Who sails to South Korea?", "谁去英国？")}),
        ("rationale-repeats", {"rationale": text("The right answer is: light the lamp.", "正确答案是点亮灯火。")}),
        ("stated-count", {"stem": text("Which of these four lamps burns oil?")}),
        ("stated-count", {"stem": text("Which of the following four burns oil?")}),
        ("stated-count", {"stem": text("", "下列四种灯，哪种用油？")}),
        ("stated-count", {"stem": text("", "这四种灯里，哪种用油？")}),
        ("spacing", {"stem": text("Who comes,and when?")}),
        ("unpaired-marks", {"stem": text("", "谁说“灯（亮”了）？")}),
        ("typewriter-marks", {"stem": text("", "灯-火是什么？")}),
        ("blank-place", {"kind": "fill", "stem": text("The keeper lights a lamp of____."), "accept": {"en": ["oil"], "zh-Hans": ["油"]}}),
        ("stem-asks", {"kind": "true-false", "key": True, "stem": text("Is the lamp lit?")}),
        ("absolute-term", {"kind": "true-false", "key": False, "stem": text("", "灯总是亮着。")}),
        ("few-distractors", {"kind": "multiple", "key": [text("Oil", "油"), text("Wick", "芯")], "distractors": [text("Ink", "墨")]}),
    ],
)  # fmt: skip
def test_a_flaw_is_found(rule: str, entry: dict[str, Any]) -> None:
    assert rule in fired(question(**entry))


def test_negation_is_compared_between_languages() -> None:
    assert "negation-disagree" not in fired(truth("The ferry fails to sail.", "渡船不开。", key=True))
    assert "negation-disagree" not in fired(truth("Boats differ.", "船各有不同。", key=True))
    assert "negation-disagree" in fired(truth("The ferry sails.", "渡船不开。", key=True))


def test_negation_is_compared_in_questions_and_options() -> None:
    asked = "Which boat does NOT float?"
    assert "negation-disagree" in fired(question(stem=text(asked, "哪种船会浮起来？")))
    assert "negation-disagree" in fired(question(stem=text("Which boat floats?", "哪种船“不”会浮起来？")))
    assert "negation-disagree" not in fired(question(stem=text(asked, "哪种船“不”会浮起来？")))
    assert "negation-disagree" not in fired(question(stem=text(asked, "哪种船会沉下去，浮不起来？")))
    assert "negation-disagree" in fired(question(key=text("Do not light it", "点亮它")))
    assert "negation-disagree" not in fired(question(key=text("Do not light it", "别点亮它")))
    assert "negation-disagree" not in fired(question(key=text("Leave it unlit", "不点亮它")))


def test_exact_repeats_are_found_however_many_there_are() -> None:
    bank = Bank({}, {}, {}, {})
    for number in range(200):
        bank.questions[f"harbour/q{number}"] = replace(question(), id=f"harbour/q{number}")
    found = [diagnostic for rule, diagnostic in run_rules(bank) if rule.id == "near-duplicate"]
    assert [diagnostic.question for diagnostic in found] == list(bank.questions)[1:]
    assert {str(diagnostic.what) for diagnostic in found} == {"this is 100% like harbour/q0"}


def test_a_key_is_revealed_without_its_pronoun() -> None:
    giving = question(stem=text("The spider spins a triangular web. What does it catch?"))
    asking = question(
        stem=text("How does a house guest hunt?"),
        key=text("It spins a triangular web"),
        distractors=[text("It digs a circular pit"), text("It sets a hidden snare")],
    )
    assert "gives-away" in fired(giving, asking)
    own = question(stem=text("Who spins a triangular web?"), key=text("It spins a triangular web"))
    assert "gives-away" not in fired(giving, own)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三百零五", 305),
        ("两万", 20_000),
        ("一万二千", 12_000),
        ("万", 10_000),
        ("一亿二千万", 120_000_000),
    ],
)
def test_chinese_numerals(numeral: str, value: int) -> None:
    assert parse_chinese_numeral(numeral) == value


@pytest.mark.parametrize(
    ("language", "numeral"), [("en", "9" * 400), ("zh-Hans", "9" * 400), ("zh-Hans", "一" + "亿" * 39)]
)
def test_a_numeral_that_is_too_large_is_no_number(language: str, numeral: str) -> None:
    words = load_language_words(language)
    assert words
    assert numbers_to_figures(words, f"a {numeral} b") == f"a {numeral} b"


@pytest.mark.parametrize(
    ("language", "said", "figures"),
    [
        ("en", "twenty-three boats", "23 boats"),
        ("en", "One hundred and twenty-one", "121"),
        ("en", "two thousand three hundred", "2300"),
        ("en", "2.5 million coins", "2500000 coins"),
        ("en", "between two and three", "between 2 and 3"),
        ("en", "a hundred or fifteen", "a 100 or 15"),
        ("en", "forty twenty", "40 20"),
        ("en", "10,000 or 20-30", "10000 or 20-30"),
        ("en", "a tenth, often nineties", "a tenth, often nineties"),
        ("zh-Hans", "一到三天，250万元", "1到3天，2500000元"),
        ("zh-Hans", "5千万", "50000000"),
    ],
)
def test_numbers_are_written_in_figures(language: str, said: str, figures: str) -> None:
    words = load_language_words(language)
    assert words is not None
    assert numbers_to_figures(words, said) == figures


TEXT = st.fixed_dictionaries(
    {
        "en": st.text(max_size=60),
        "zh-Hans": st.text(st.sampled_from("一二万亿灯火不哪？，。“”（）1,. 　a"), max_size=60),
    }
)


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if not kind.needs_exhibit])
@settings(max_examples=10)
@given(
    st.sampled_from([*LEVELS]),
    st.lists(TEXT, min_size=6, max_size=6),
    st.booleans(),
)
def test_no_text_breaks_a_rule(kind: str, level: str, texts: list[Text], key: bool) -> None:  # noqa: FBT001
    first, second, third, *rest = texts
    answers: dict[str, dict[str, Any]] = {
        "single": {"key": first, "distractors": [second, third]},
        "multiple": {"key": [first, second], "distractors": [third]},
        "true-false": {"key": key},
        "match": {"pairs": [{"left": first, "right": second}, {"left": second, "right": third}]},
        "order": {"sequence": [first, second, third]},
        "fill": {"accept": {tag: [part[tag] for part in (first, second)] for tag in first}},
    }
    entry = {"kind": kind, "level": level, "stem": rest[0], "rationale": rest[1], "advice": rest[2]}
    asked = question(**entry, **answers[kind])
    fired(asked, asked)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_a_word_file_has_every_list_that_the_rules_use(language: str) -> None:
    words, other = load_language_words(language), load_language_words("en")
    assert words is not None
    assert other is not None
    assert words.limits.keys() == other.limits.keys()
    assert words._lists.keys() == other._lists.keys()
    assert words._patterns.keys() == other._patterns.keys()
    for name in words._patterns:
        words.pattern(name)
    for name in words._lists:
        assert len(set(words._lists[name])) == len(words._lists[name]), name


def test_a_language_without_a_word_file_is_not_checked() -> None:
    assert load_language_words("fr") is None
    assert fired(question(stem=PLAIN | {"zh-Hant": "黃昏時守燈人做什麼?"})) == set()


def test_a_language_is_read_once_it_has_a_file_of_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = Path(word_lists.__file__).parent / "words" / "en.toml"
    german = re.sub(
        "negative_asking = .*",
        r"negative_asking = '\\bwelche\\b.*\\bnicht\\b.*\\?'",
        english.read_text("utf-8"),
    )
    (tmp_path / "de.toml").write_text(german.replace('"NOT"', '"NICHT"'), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(word_lists, "_FOLDER", tmp_path)
        for cached in (load_language_words, word_lists.load_word_lists):
            cached.cache_clear()
        asked = question(stem={"de": "Welche dieser Lampen brennt nicht?"})
        found = [
            (path, str(hint))
            for path, _, hint in RULES["negative-stem"].check(Item(asked, asked.stem).views[0])
        ]
    for cached in (load_language_words, word_lists.load_word_lists):
        cached.cache_clear()
    said = "ask for what is true, or make the negative word stand out, as in NICHT"
    assert found == [(("stem", "de"), said)]


@pytest.mark.parametrize(("place", "said"), [(0, "30 of the 30"), (1, ""), (2, "0 of the 30")])
def test_the_length_of_an_option_must_not_tell_the_key(place: int, said: str) -> None:
    """The longest option as the key always, in every third question, or never."""
    options = [
        text("Sound the big horn", "马上鸣响雾笛"),
        text("Sweep steps", "扫台阶"),
        text("Oil the bell", "擦亮铜钟"),
    ]
    bank = Bank({}, {}, {}, {})
    for number in range(30):
        key = {0: 0, 1: number % 3, 2: 2}[place]
        others = [option for option in options if option is not options[key]]
        id_ = f"harbour/q{number}"
        bank.questions[id_] = replace(question(key=options[key], distractors=others), id=id_)
    found = [
        str(diagnostic.what)
        for rule, diagnostic in run_rules(bank)
        if rule.id == "key-length-overall" and "longest" in str(diagnostic.what)
    ]
    assert len(found) == (2 if said else 0)
    assert all(said in what for what in found)
