"""The steps of a pair of twins: what about ten answers make, what Enter takes, and what is refused."""

import pytest
from msgspec.structs import replace

from quizgen.author.exhibit_interview import ExhibitInterview, differing_words
from quizgen.author.interview import InvalidAnswerError
from quizgen.model import Declaration, Fact, Passage, Source, Topic
from tests.banks import sample_bank

ANSWERS = (
    "call", "Your bank", "", "", "We have stopped a payment.", "you: Are you my bank?", "Hang up and call the desk.", "",
    "", "Stay on the line, I am from the desk.",
    "", "A caller who is false loses you there.", "hang-up", "", "Dial it yourself.",
    "Stay on the line", "Whoever keeps you on the line fears your call.", "", "It keeps you from calling.", "", "",
)  # fmt: skip


def bank(*optional: str) -> object:
    text = {"en": "x"}
    source = Source("talk", text, text, "en", (Passage("talk/p1", "5f" * 32),))
    fact = Fact("calls/hang-up", "calls", {"en": "Hang up."}, ("talk/p1",), ("hang up",))
    return replace(
        sample_bank(),
        sources={"talk": source}, topics={"calls": Topic("calls", {"en": "Calls"})}, facts={fact.id: fact},
        questions={}, exhibits={}, declared=Declaration(languages=("en",), optional=optional),
    )  # fmt: skip


def begun(*lines: str, optional: tuple[str, ...] = ()) -> ExhibitInterview:
    interview = ExhibitInterview(bank(*optional))  # type: ignore[arg-type]
    for line in lines:
        interview.reply(line)
    return interview


def test_ten_answers_make_both_twins_and_a_question_about_each() -> None:
    interview = begun(*ANSWERS)
    assert interview.step is None
    genuine, scam = interview.exhibits
    assert (genuine["id"], genuine["twin"], genuine["genuine"]) == (
        "stopped-payment",
        "stopped-payment-twin",
        True,
    )
    assert (scam["id"], scam["twin"], scam["genuine"]) == (genuine["twin"], genuine["id"], False)
    assert genuine["lines"] == [
        {"who": "caller", "en": "We have stopped a payment."},
        {"who": "you", "en": "Are you my bank?"},
        {"who": "caller", "en": "Hang up and call the desk."},
    ]
    assert [line for line in scam["lines"] if line not in genuine["lines"]] == [
        {"who": "caller", "en": "Stay on the line, I am from the desk."}
    ]
    assert genuine["signs"] == [
        {"line": 3, "words": {"en": "Hang up and call"}, "reason": {"en": ANSWERS[11]}, "facts": ["hang-up"]}
    ]
    assert scam["signs"][0]["facts"] == ["hang-up"]
    assert interview.questions[0] == {
        "id": f"judge-{genuine['id']}", "kind": "judge", "level": "apply", "difficulty": 2, "facts": ["hang-up"],
        "exhibit": genuine["id"], "rationale": {"en": ANSWERS[11]}, "advice": {"en": "Dial it yourself."},
    }  # fmt: skip
    assert "advice" not in interview.questions[1]


@pytest.mark.parametrize(
    ("count", "line", "expected"),
    [
        (0, "pigeon", "there is no channel 'pigeon': sms, chat, call, email, letter, notice, app"),
        (8, "2", "there is no line '2' of the sender: 1, 3"),
        (3, "maybe", "answer g or s"),
        (15, "Hang up", "these words are not in 'Stay on the line, I am from the desk.'; copy them from it, letter for letter"),
    ],
)  # fmt: skip
def test_invalid_answers_are_reported(count: int, line: str, expected: str) -> None:
    interview = begun(*ANSWERS[:count])
    with pytest.raises(InvalidAnswerError) as caught:
        interview.reply(line)
    assert caught.value.reasons == (expected,)


def test_a_rationale_that_may_be_left_out_does_not_repeat_the_reason() -> None:
    interview = begun(*ANSWERS, optional=("rationale",))
    assert ["rationale" in each for each in interview.questions] == [False, True]
    assert interview.step is None


def test_a_scam_may_be_typed_first() -> None:
    interview = begun(*ANSWERS[:3], "s", *ANSWERS[4:])
    assert [each["genuine"] for each in interview.exhibits] == [False, True]


def test_the_way_back_takes_back_what_was_made() -> None:
    interview = begun(*ANSWERS)
    for _ in range(len(ANSWERS)):
        interview.go_back()
    assert (interview.exhibits, interview.questions) == ([], [])


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("Please pay in our app.", "Please pay at swift.example.", "in our app"),
        ("请在App里付款。", "请点链接付款。", "在App里"),
        ("Hang up.", "Hang up.", "Hang up."),
    ],
)
def test_the_words_that_differ_are_suggested(text: str, other: str, expected: str) -> None:
    assert differing_words(text, other) == expected


def test_a_help_number_that_the_bank_lacks_is_refused_as_it_is_typed() -> None:
    interview = begun(*ANSWERS[:14])
    with pytest.raises(InvalidAnswerError, match=r"there is no help number \{bank\}"):
        interview.reply("Dial {bank} yourself.")
    interview.reply("Dial it yourself.")
