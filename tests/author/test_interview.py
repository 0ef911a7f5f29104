"""The steps of a question: what is asked in which order, what is refused and why, and the way back."""

from typing import Any

import pytest
from msgspec.structs import replace

from quizgen.author.ids import parse_list_number, suggest_id
from quizgen.author.interview import Interview, InvalidAnswerError
from quizgen.author.terms import suggest_terms
from quizgen.ids import slug_of
from quizgen.model import Bank
from tests.banks import FACTS, QUESTIONS, answer_to, sample_bank
from tests.exhibit_bank import exhibit_quiz

CHOSEN = ("parcels", "single", "apply", "2", "no-fee")
STEM = ("Does the office take a fee by text?", "储蓄所会发短信收费吗？")

# What each kind asks for between the stem and the rationale.
ANSWERS = {
    "single": ["No", "不会", "Yes", "会", "At night", "夜里会", "-"],
    "multiple": ["No", "不会", "Never", "从不", "-", "Yes", "会", "-"],
    "true-false": ["f"],
    "match": [
        "Caller",
        "来电者",
        "asks",
        "索要",
        "Owner",
        "机主",
        "hangs up",
        "挂断",
        "-",
        "waits",
        "等待",
        "-",
    ],
    "order": ["Hang up", "挂断", "Tell", "告知", "Wait", "等待", "-"],
    "fill": ["link; url", "链接；网址"],
}
EXPECTED: dict[str, dict[str, Any]] = {
    "single": {
        "key": {"en": "No", "zh-Hans": "不会"},
        "distractors": [{"en": "Yes", "zh-Hans": "会"}, {"en": "At night", "zh-Hans": "夜里会"}],
    },
    "multiple": {
        "key": [{"en": "No", "zh-Hans": "不会"}, {"en": "Never", "zh-Hans": "从不"}],
        "distractors": [{"en": "Yes", "zh-Hans": "会"}],
    },
    "true-false": {"key": False},
    "match": {
        "pairs": [
            {"left": {"en": "Caller", "zh-Hans": "来电者"}, "right": {"en": "asks", "zh-Hans": "索要"}},
            {"left": {"en": "Owner", "zh-Hans": "机主"}, "right": {"en": "hangs up", "zh-Hans": "挂断"}},
        ],
        "distractors": [{"en": "waits", "zh-Hans": "等待"}],
    },
    "order": {
        "sequence": [
            {"en": "Hang up", "zh-Hans": "挂断"},
            {"en": "Tell", "zh-Hans": "告知"},
            {"en": "Wait", "zh-Hans": "等待"},
        ]
    },
    "fill": {"accept": {"en": ["link", "url"], "zh-Hans": ["链接", "网址"]}},
}


WHOLE = (*CHOSEN, *STEM, *ANSWERS["single"], "It takes none.", "它不收费。", "-", "")


def begun(*lines: str, bank: Bank | None = None, **options: Any) -> Interview:
    interview = Interview(bank or sample_bank(), **options)
    for line in lines:
        interview.reply(line)
    return interview


def refused(interview: Interview, line: str) -> tuple[str, ...]:
    """Return why a line is refused; the step stays the same."""
    step = interview.step
    with pytest.raises(InvalidAnswerError) as caught:
        interview.reply(line)
    assert interview.step is step
    return caught.value.reasons


def asks(interview: Interview) -> str:
    assert interview.step
    return interview.step.prompt


@pytest.mark.parametrize("kind", ANSWERS)
def test_each_kind_is_asked_for_in_full(kind: str) -> None:
    stem = ("A false notice has an odd ____.", "假通知常带奇怪的____。") if kind == "fill" else STEM
    interview = begun("parcels", kind, "apply", "2", "no-fee callers/code", *stem)
    for line in (
        *ANSWERS[kind],
        "It takes none.",
        "它不收费。",
        "Ask first.",
        "您先问问。",
        "",
        "fee-by-text",
    ):
        interview.reply(line)
    assert interview.step is None
    assert interview.topic == "parcels"
    assert interview.entry == {
        "kind": kind,
        "level": "apply",
        "difficulty": 2,
        "facts": ["no-fee", "callers/code"],
        "stem": {"en": stem[0], "zh-Hans": stem[1]},
        "id": "fee-by-text",
        **EXPECTED[kind],
        "rationale": {"en": "It takes none.", "zh-Hans": "它不收费。"},
        "advice": {"en": "Ask first.", "zh-Hans": "您先问问。"},
    }
    assert answer_to(interview.entry)


def test_what_the_command_line_says_is_not_asked() -> None:
    interview = begun(topic="callers", kind="fill", level="recall")
    assert asks(interview).startswith("Difficulty")
    interview.reply("1")
    assert interview.step
    assert "  1  code" in interview.step.lines_before
    assert "     电话里说出的验证码能打开账户。" in interview.step.lines_before


def test_advice_may_be_left_out() -> None:
    interview = begun(*CHOSEN[:1], "true-false", *CHOSEN[2:], *STEM, "t", "It is.", "如此。", "-", "-", "")
    assert interview.step is None
    assert not {"advice", "enemies", "exhibit"} & interview.entry.keys()


@pytest.mark.parametrize(
    ("line", "expected"),
    [("1", "parcels"), ("2", "callers"), ("callers", "callers"), ("PAR", "parcels")],
)
def test_a_choice_is_a_number_a_word_or_a_part(line: str, expected: str) -> None:
    assert begun(line).topic == expected


@pytest.mark.parametrize(
    ("lines", "line", "expected"),
    [
        ((), "tea", ["there is no topic 'tea': parcels, callers"]),
        ((), "r", ["several have 'r': parcels, callers"]),
        ((), "0", ["there is no topic '0': parcels, callers"]),
        (CHOSEN[:1], "m", ["several have 'm': multiple, match"]),
        (CHOSEN[:3], "4", ["there is no difficulty '4': 1, 2, 3"]),
        (CHOSEN[:4], "9", ["there is no fact '9'"]),
        (CHOSEN[:4], "0 1 tea", ["there is no fact '0'", "there is no fact 'tea'"]),
        (CHOSEN[:4], "no-fe3", ["there is no fact 'no-fe3'; did you mean no-fee?"]),
        (CHOSEN[:4], "e", ["2 facts have 'e': parcels/no-fee, parcels/three-signs"]),
        (CHOSEN, "A fee of ____?", ["the stem has a blank in en, but its kind is not fill; remove it, or change the kind"]),
        (CHOSEN, "A\u202efee?", ["this text contains U+202E (right-to-left override), a control character for writing direction; remove it"]),
        (CHOSEN, "A\tfee?", ["this text contains a line break or a tab; write it as one line, or fold it with >-"]),
        (WHOLE, "Fee", ["`Fee` is not an id; use lower-case a to z, digits and single hyphens"]),
        (WHOLE, "signs", ["the id signs is taken; choose another"]),
        (WHOLE, "no-fee", ["the id no-fee is taken; choose another"]),
        ((*CHOSEN, *STEM, "No", "不会"), "no", ["two of the options are the same in en; change one of them"]),
        ((*CHOSEN, *STEM, "No", "不会", "Yes"), "不会", ["two of the options are the same in zh-Hans; change one of them"]),
        (("1", "order", "1", "1", "1", *STEM, "Wait", "等待"), "Wait", ["two of the steps are the same in en; change one of them"]),
        (("1", "true-false", "1", "1", "1", *STEM), "maybe", ["answer t or f"]),
        (("1", "fill", "1", "1", "1"), "A fee.", ["the stem has no blank in en; write one blank, with four underscores: ____"]),
        (("1", "fill", "1", "1", "1", "A ____.", "一____。"), "fee; Fee", ["this is in `en` twice; remove one"]),
        (("1", "fill", "1", "1", "1", "A ____.", "一____。"), ";", ["`en` has no entry; give at least 1"]),
        (
            ("1", "multiple", "1", "1", "1", *STEM, "No", "不会", "-", "Yes", "会"),
            "-",
            ["question office-fee-text has 2 options; give 3 to 8, keys and distractors together"],
        ),
    ],
)  # fmt: skip
def test_invalid_answers_are_reported(lines: tuple[str, ...], line: str, expected: list[str]) -> None:
    assert list(refused(begun(*lines), line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1", ["no-fee"]),
        ("2 1", ["three-signs", "no-fee"]),
        ("fee，signs、fee", ["no-fee", "three-signs"]),
        ("callers/code steps", ["callers/code", "callers/steps"]),
        ("parcels/no-fee", ["no-fee"]),
    ],
)
def test_facts_are_chosen_by_number_or_by_part_of_id(line: str, expected: list[str]) -> None:
    assert begun(*CHOSEN[:4], line).entry["facts"] == expected


def test_a_damaged_character_is_refused() -> None:
    interview = begun(*CHOSEN)
    (reason,) = refused(interview, "Does the off\ufffdce take a fee?")
    assert "U+FFFD" in reason


def test_the_way_back_leads_through_every_step() -> None:
    interview = begun(*CHOSEN, *STEM, *ANSWERS["single"][:4])
    seen = []
    while asks(interview) != "Topic: a number or a name":
        seen.append(asks(interview))
        interview.go_back()
    assert [each.partition(",")[0] for each in seen[:6]] == [
        "Distractor: wrong answer 2", "Distractor: wrong answer 1", "Distractor: wrong answer 1", "Key: the right answer", "Key: the right answer", "Stem: what is asked",
    ]  # fmt: skip
    assert (interview.entry, interview.topic) == ({}, "")
    interview.go_back()  # from the first step there is nowhere to go
    assert asks(interview) == "Topic: a number or a name"
    for line in CHOSEN:
        interview.reply(line)
    assert interview.entry["facts"] == ["no-fee"]


def test_an_earlier_reply_is_repeated_with_one_sign() -> None:
    interview = begun(*CHOSEN, *STEM, *ANSWERS["single"])
    whole = interview.entry
    assert refused(interview, "") == ("this text is empty; fill it in, or remove it",)
    for _ in range(len(ANSWERS["single"]) + 1):
        interview.go_back()
    assert interview.earlier_reply == STEM[1]
    assert interview.prompt.endswith(f" [{STEM[1]}]")
    for number in range(len(ANSWERS["single"]) + 1):
        interview.reply("=" if number % 2 else "")
    assert interview.entry == whole
    assert interview.earlier_reply == ""
    interview.reply("=")  # which is a text like any other where there was none before
    assert interview.step


def test_a_list_ends_by_itself_when_it_is_full() -> None:
    interview = begun("1", "multiple", "1", "1", "1", *STEM, "K", "甲", "-")
    for number in range(7):
        assert asks(interview).startswith(f"Distractor: wrong answer {number + 1}")
        interview.reply(f"D{number}")
        interview.reply(f"乙{number}")
    assert asks(interview).startswith("Rationale")


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("Does the office take a fee by text?", "office-fee-text"),
        ("According to the head of the centre, most gangs split cheating from moving money. Why?", "gangs-split-cheating-moving"),
        ("In the 2021 interview, an officer named the harbour’s lamp. Where is it?", "officer-harbour-lamp"),
        ("What is it?", "no-fee"),
        ("Signs?", "signs-2"),
    ],
)  # fmt: skip
def test_an_id_is_suggested_as_those_of_the_bank_are(stem: str, expected: str) -> None:
    taken = {"signs"}
    assert suggest_id({"stem": {"en": stem}, "facts": ["callers/no-fee"]}, taken) == expected
    interview = begun(*CHOSEN, stem, "问？", *ANSWERS["single"], "So.", "是。", "", "", "")
    assert f"parcels/{interview.entry['id']}" not in FACTS.keys() | QUESTIONS.keys()


def test_of_many_ids_alike_the_next_number_is_found() -> None:
    entry = {"stem": {"en": "Who asks?"}}
    taken = {suggest_id(entry, ())}
    for _ in range(300):
        taken.add(suggest_id(entry, taken))
    first = suggest_id(entry, ())
    assert taken == {first, *(f"{first}-{number}" for number in range(2, 302))}


def test_a_suggested_id_is_free_and_not_too_long() -> None:
    stem = " ".join(["extraordinarily" * 3] * 4)
    entry = {"stem": {"en": stem}, "facts": ["a"]}
    first = suggest_id(entry, set())
    second = suggest_id(entry, {first})
    assert first != second
    assert max(len(first), len(second)) <= 60


def test_a_number_of_five_thousand_digits_is_no_entry_of_a_list() -> None:
    assert parse_list_number("3") == 3
    assert parse_list_number("9" * 5000) == 0
    assert parse_list_number("three") == 0


def test_a_question_for_those_whose_work_it_is_says_so() -> None:
    interview = Interview(sample_bank(), audience="work")
    for line in CHOSEN[:4]:
        interview.reply(line)
    assert interview.entry["audience"] == "work"
    assert "audience" not in begun(*CHOSEN[:4]).entry


def test_enemies_that_are_found_are_shown_and_others_may_be_named() -> None:
    same = (
        "A text message says that a parcel is held until you pay a fee. What now?",
        "短信说包裹先付一小笔费用才放行，怎么办？",
    )
    interview = begun(*CHOSEN, *same, *WHOLE[len(CHOSEN) + 2 : -1])
    assert interview.step
    assert asks(interview).startswith("Enemies")
    assert interview.step.lines_before[2:] == (
        "  1  parcels/customs-text",
        f"     {QUESTIONS['parcels/customs-text'].stem['en']}",
    )
    interview.reply("1, callers/what-first，who-does")
    assert interview.entry["enemies"] == ["customs-text", "callers/what-first", "callers/who-does-what"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sign", ["signs"]),
        ("-", None),
        ("", None),
    ],
)
def test_enemies_are_named_by_part_of_id_or_left_out(line: str, expected: list[str] | None) -> None:
    interview = begun(*WHOLE[:-1], line, "")
    assert (interview.step, interview.entry.get("enemies")) == (None, expected)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sings", ["there is no question 'sings'; did you mean signs?"]),
        (
            "callers/what-frist, 7",
            [
                "there is no question 'callers/what-frist'; did you mean what-first?",
                "there is no question '7'",
            ],
        ),
        ("wh", ["2 questions have 'wh': callers/who-does-what, callers/what-first"]),
    ],
)
def test_an_enemy_that_does_not_exist_is_refused(line: str, expected: list[str]) -> None:
    assert list(refused(begun(*WHOLE[:-1]), line)) == expected


def test_a_bank_without_questions_is_asked_for_no_enemies() -> None:
    assert asks(begun(*WHOLE[:-1], bank=replace(sample_bank(), questions={}))).startswith("Id")


@pytest.mark.parametrize(
    ("line", "expected"), [("2", "callers/chat"), ("call", "callers/call"), ("", None), ("-", None)]
)
def test_any_kind_may_show_an_exhibit(line: str, expected: str | None) -> None:
    interview = begun(*CHOSEN[:4], bank=exhibit_quiz().bank)
    assert interview.step
    assert asks(interview).startswith("Exhibit to show above the stem")
    assert "  2  callers/chat (chat, a scam)" in interview.step.lines_before
    assert refused(interview, "chta") == ("there is no exhibit 'chta'; did you mean chat?",)
    for each in (line, CHOSEN[4], *STEM):
        interview.reply(each)
    assert interview.entry.get("exhibit") == expected


def test_no_exhibit_is_asked_for_where_there_is_none() -> None:
    assert asks(begun(*CHOSEN[:4])).startswith("Facts")


PASSAGE = "market-talk/q1-a1"
WORDS = "The savings office asks for no fee by text, and it sends nobody to your door on a Sunday."


def test_enter_takes_what_is_in_brackets() -> None:
    interview = begun("parcels", "", "", "", "no-fee")
    assert {key: interview.entry[key] for key in ("kind", "level", "difficulty")} == {
        "kind": "single",
        "level": "apply",
        "difficulty": 2,
    }
    interview = begun(*WHOLE, "")
    assert (interview.step, interview.entry["id"]) == (None, "office-fee-text")


def test_a_full_stop_is_no_text() -> None:
    assert refused(begun(*CHOSEN), ".") == (
        "a full stop is no text; press Enter for what stands in brackets",
    )


def test_a_question_may_begin_at_a_passage() -> None:
    bank = sample_bank()
    interview = begun(*CHOSEN[:4], "+", bank=bank, passages={PASSAGE: WORDS, "market-talk/q1-a2": ""})
    assert interview.step
    assert (
        f"  {slug_of(PASSAGE)}  The savings office asks for no fee by text, and it…"
        in interview.step.lines_before
    )
    interview.reply(slug_of(PASSAGE))
    assert interview.step.lines_before == ("", WORDS)
    interview.reply("The office sends nobody to your door.")
    interview.reply("储蓄所不派人上门。")
    assert interview.prompt.endswith("[sends nobody to your door]")
    assert refused(interview, "sends nobody; a Monday") == (
        "the passage does not have 'a Monday'; copy it letter for letter",
    )
    interview.reply("")
    assert interview.new_facts == [
        {
            "id": "office-sends-door",
            "statement": {"en": "The office sends nobody to your door.", "zh-Hans": "储蓄所不派人上门。"},
            "cites": [PASSAGE],
            "terms": ["sends nobody to your door"],
        }
    ]
    assert interview.entry["facts"] == ["office-sends-door"]
    assert interview.step.lines_before[1] == "  parcels/office-sends-door"
    for _ in range(5):
        interview.go_back()
    assert (interview.new_facts, interview.entry.get("facts")) == ([], None)


def test_a_passage_that_does_not_exist_is_refused() -> None:
    interview = begun(*CHOSEN[:4], "1 +", passages={PASSAGE: WORDS})
    assert refused(interview, "q9") == ("there is no passage 'q9'",)


def test_the_number_of_a_passage_is_the_one_in_its_id_wherever_the_list_has_it() -> None:
    passages = {f"talk/p{number}": f"Passage {number}." for number in (3, 2, 13)}
    interview = begun(*CHOSEN[:4], "+", passages=passages)
    assert refused(interview, "1") == ("there is no passage '1'",)
    interview.reply("3")
    assert interview.step
    assert interview.step.lines_before == ("", "Passage 3.")


@pytest.mark.parametrize(
    ("passage", "statement", "expected"),
    [
        (WORDS, "No fee is asked for by a text.", ["text"]),
        (WORDS, "On a Sunday, the savings office is shut.", ["savings office"]),
        ("Forward it to 7726, free of charge.", "Send texts to 7726.", ["7726"]),
        (
            "Write to report@phishing.gov.uk today.",
            "Mail goes to report@phishing.gov.uk.",
            ["report@phishing.gov.uk"],
        ),
        ("银行不会向您索要验证码。", "银行从不索要验证码。", ["索要验证码", "银行"]),
        (WORDS, "It is as it was.", []),
    ],
)
def test_terms_are_words_that_passage_and_fact_have_in_common(
    passage: str, statement: str, expected: list[str]
) -> None:
    assert suggest_terms(passage, [statement]) == expected
