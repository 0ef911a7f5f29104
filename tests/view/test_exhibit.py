import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.model import Exhibit, Line, Question, Sign
from quizgen.shapes import Choose
from quizgen.text.languages import LANGUAGES, convert_to_derived_language, localize
from quizgen.view.exhibit import (
    ExhibitView,
    TextRun,
    TextRuns,
    bracket_telltale_words,
    build_exhibit_view,
    exhibit_title,
)
from quizgen.view.text import localize_for_display
from tests.exhibit_bank import EXHIBITS, JUDGED, SPOTTED, exhibit_quiz

QUIZ = exhibit_quiz()
MESSAGE, CHAT, CALL, EMAIL = JUDGED[:4]


def view(question: Question, language: str = "en", *, signs: bool = True) -> ExhibitView:
    seen = build_exhibit_view(QUIZ.bank, question, language, show_signs=signs)
    assert seen
    return seen


def text(words: TextRuns) -> str:
    return "".join(stretch.text for stretch in words)


def of(line: str, *signs: str, zh: str = "", zh_signs: tuple[str, ...] = ()) -> tuple[Exhibit, Question]:
    """An exhibit of one line, with these signs in it."""
    exhibit = replace(
        EXHIBITS["callers/message"],
        lines=(Line("sender", {"en": line, "zh-Hans": zh}),),
        signs=tuple(
            Sign(1, {"en": words, "zh-Hans": chinese}, {"en": "So."}, ())
            for words, chinese in zip(signs, zh_signs or signs, strict=True)
        ),
    )
    return exhibit, replace(MESSAGE, exhibit=exhibit.id)


def drawn(exhibit: Exhibit, question: Question, language: str = "en") -> ExhibitView:
    bank = replace(QUIZ.bank, exhibits={exhibit.id: exhibit})
    seen = build_exhibit_view(bank, question, language, show_signs=True)
    assert seen
    return seen


def test_nothing_is_revealed_before_the_answer() -> None:
    for language in LANGUAGES:
        for question in (*JUDGED, SPOTTED):
            seen = view(question, language, signs=False)
            assert (seen.signs, seen.telltale_lines) == ((), ())
            assert not any(stretch.is_telltale for stretch in seen.sender)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", JUDGED, ids=lambda question: question.id)
def test_deciding_words_are_marked_with_their_reasons(question: Question, language: str) -> None:
    exhibit, seen = EXHIBITS[question.exhibit], view(question, language)
    lines = [seen.sender, *(line.words for line in seen.lines)]
    found = [
        (number, stretch.text)
        for number, words in enumerate(lines)
        for stretch in words
        if stretch.is_telltale
    ]
    assert found == [(sign.line, localize(sign.words, language)) for sign in exhibit.signs]
    assert [sign.reason for sign in seen.signs] == [localize(sign.reason, language) for sign in exhibit.signs]
    assert all(words in sign.words for (_, words), sign in zip(found, seen.signs, strict=True))
    assert [line.number for line in seen.telltale_lines] == sorted(
        {sign.line for sign in exhibit.signs} - {0}
    )


def test_telltale_words_can_be_seen_without_colour() -> None:
    assert (
        bracket_telltale_words(view(EMAIL).lines[1].words)
        == "Enter [password] and [code] at parcel-fee.example."
    )
    assert bracket_telltale_words(view(MESSAGE, "zh-Hant").sender) == "[55500]"


def test_speakers_are_named_if_there_are_two() -> None:
    assert [line.who for line in view(CALL).lines] == ["Caller:", "You:", "Caller:", "Caller:"]
    assert [line.who for line in view(CHAT, "zh-Hans").lines] == ["对方：", "您：", "对方：", "对方："]
    assert [line.own for line in view(CHAT).lines] == [False, True, False, False]
    assert {line.who for line in view(MESSAGE).lines} == {""}


def test_a_line_names_its_option_until_it_is_chosen() -> None:
    assert [line.option for line in view(SPOTTED, signs=False).lines] == ["a", "", "b", "c"]
    assert view(SPOTTED).numbered
    assert {line.option for line in view(SPOTTED).lines} == {""}
    assert not view(CALL).numbered
    assert {line.option for line in view(CALL, signs=False).lines} == {""}


def test_a_question_without_an_exhibit_has_no_exhibit_view() -> None:
    assert build_exhibit_view(QUIZ.bank, replace(MESSAGE, exhibit=""), "en", show_signs=True) is None


def test_telltale_words_that_are_converted_differently_in_their_line_are_found() -> None:
    line, words = "回复短信息即可。", "信息"
    assert convert_to_derived_language(words, "zh-Hant") not in convert_to_derived_language(line, "zh-Hant")
    seen = drawn(*of("x", "x", zh=line, zh_signs=(words,)), "zh-Hant")
    assert bracket_telltale_words(seen.lines[0].words) == "回覆簡[訊息]即可。"


def test_signs_that_overlap_are_marked_once_and_both_said() -> None:
    seen = drawn(*of("Pay the fee at once.", "the fee at once", "Pay the fee"))
    assert bracket_telltale_words(seen.lines[0].words) == "[Pay the fee] at once."
    assert [sign.words for sign in seen.signs] == ["“Pay the fee”:", "“the fee at once”:"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "“under ‘Appeals’”:"), ("zh-Hans", "“按‘申诉’”："), ("zh-Hant", "「按『申訴』」：")],
)
def test_quotation_marks_in_words_that_decide_are_the_inner_ones(language: str, said: str) -> None:
    exhibit, question = of("See under “Appeals”.", "under “Appeals”", zh="请按“申诉”", zh_signs=("按“申诉”",))
    seen = drawn(exhibit, question, language)
    assert [sign.words for sign in seen.signs] == [said]
    assert exhibit_title(seen, "en").count("“") == 1


def test_control_characters_in_exhibits_are_escaped() -> None:
    seen = drawn(*of("Pay \x1b[31m now.", "\x1b[31m now"))
    assert bracket_telltale_words(seen.lines[0].words) == "Pay [<U+001B>[31m now]."


@given(
    st.text("ab 短\x07", max_size=12),
    st.text("ab 短\x07", min_size=1, max_size=5),
    st.text("ab 短", max_size=9),
)
def test_no_word_of_a_line_is_lost(before: str, words: str, after: str) -> None:
    exhibit, question = of(before + words + after, words)
    (line,) = drawn(exhibit, question).lines
    assert text(line.words) == localize_for_display(exhibit.lines[0].text, "en")
    assert TextRun("") not in line.words


def test_a_spot_is_answered_by_the_number_of_a_line() -> None:
    answer = SPOTTED.answer
    assert isinstance(answer, Choose)
    assert [answer.parse_reply(typed) for typed in ("1", "3", "4", "a", "c")] == [
        (0,),
        (1,),
        (2,),
        (0,),
        (2,),
    ]
    assert [answer.parse_reply(typed) for typed in ("2", "5", "13", "d")] == [None] * 4
