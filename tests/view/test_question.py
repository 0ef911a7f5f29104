"""Questions in one language: letters as typed and as printed, and what is right of every shape."""

from msgspec.structs import replace

from quizgen.view.exhibit import group_into_turns
from quizgen.view.question import build_question_views
from tests.banks import sample_quiz
from tests.paper.exhibits import exhibit_bank


def test_the_right_answer_is_described_for_each_answer_form() -> None:
    single, multiple, truth, match, order, fill = build_question_views(sample_quiz())
    assert [asked.answer_form for asked in (single, multiple, truth, match, order, fill)] == [
        *("choose", "choose", "sides", "pairs", "order", "blank")
    ]
    assert [(each.letter, each.right) for each in single.options] == [
        *(("A", False), ("B", False), ("C", False), ("D", True))
    ]
    assert (single.correct_letters, multiple.correct_letters, truth.correct_letters) == ("D", "AD", "")
    assert [each.right for each in truth.options] == [False, True]
    assert [(pair.prompt.text, pair.option.text) for pair in match.pairs] == [
        ("Caller", "asks for the code"),
        ("Owner", "hangs up"),
        ("Office", "takes the report"),
    ]
    assert [(pair.prompt.name, pair.option.letter, pair.option.text) for pair in order.pairs] == [
        ("1", "C", "Hang up"),
        ("2", "A", "Tell the office"),
        ("3", "B", "Keep the number"),
    ]
    assert fill.stem_parts == ("A false notice often carries an odd ", ".")
    assert (fill.right_answer, multiple.room_hint) == ("link", "More than one is right.")


def test_another_language_has_the_same_letters() -> None:
    ours, theirs = build_question_views(sample_quiz()), build_question_views(sample_quiz(), "zh-Hans")
    assert [asked.correct_letters for asked in ours] == [asked.correct_letters for asked in theirs]
    assert theirs[0].options[3].text == "自己去问储蓄所"
    assert ours[0].topic_title == "Parcels and fees"


def test_lines_of_one_speaker_are_a_turn() -> None:
    bank = exhibit_bank()
    (asked,) = build_question_views(
        replace(sample_quiz(), bank=bank, questions=(bank.questions["parcels/spot-call"],))
    )
    assert asked.exhibit
    assert [(turn.own, [line.number for line in turn.lines]) for turn in group_into_turns(asked.exhibit)] == [
        (True, [1]),
        (False, [2, 3, 4, 5]),
    ]
    assert (asked.answer_form, asked.answer.is_about_exhibit) == ("lines", True)
