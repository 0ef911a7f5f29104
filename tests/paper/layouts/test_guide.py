"""The guide, read back from the PDF."""

from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace

from quizgen.assemble import Recipe, assemble
from quizgen.errors import MisuseError
from quizgen.kinds import EXHIBIT_KINDS
from quizgen.model import Bank, Line, Reply
from quizgen.paper.design import PAGES, PaperSize, QuizPaperDesign, TextSize
from quizgen.paper.images import read_logo
from quizgen.paper.layouts.guide import LAYOUT, GuideDesign, make_running_order, print_guide, question_notes
from quizgen.paper.layouts.handout import print_handout
from quizgen.paper.layouts.slides import LAYOUT as SLIDES
from quizgen.paper.layouts.slides import SlidesDesign, choose_slides_quiz
from quizgen.text.languages import LANGUAGES, localize
from quizgen.text.messages import _
from quizgen.view.exhibit import join_runs
from quizgen.view.question import build_question_views
from tests.banks import town_bank
from tests.exhibit_bank import EXHIBITS, JUDGED, exhibit_quiz
from tests.paper.jobs import Job
from tests.paper.layouts.test_handout import font_sizes, page_texts, squeezed
from tests.paper.layouts.test_slides import quiz_of
from tests.paper.measured import drawn
from tests.paper.printed import runs, sizes


@pytest.fixture(scope="module")
def bank() -> Bank:
    return town_bank()


@pytest.mark.parametrize("minutes", [15, 20, 30, 45, 60, 90])
def test_a_running_order_fills_the_time(minutes: int) -> None:
    order = make_running_order(minutes, 6)
    assert [stage.name for stage in order.stages] == ["welcome", "each", "cheated", "theirs", "close"]
    for stage, following in pairwise(order.stages):
        assert following.start == stage.start + stage.minutes
    assert order.stages[-1].start + order.stages[-1].minutes == minutes
    assert all(stage.minutes >= 1 for stage in order.stages)
    assert (2 * order.minutes_each).is_integer()
    assert order.stages[1].minutes == 6 * order.minutes_each


def test_thirty_minutes_and_an_hour_for_ten_questions() -> None:
    assert [(stage.clock, stage.minutes) for stage in make_running_order(30, 10).stages] == [
        *(("0:00", 2), ("0:02", 20), ("0:22", 3), ("0:25", 4), ("0:29", 1))
    ]
    order = make_running_order(60, 10)
    assert order.minutes_each == 4
    assert [order.question_clock(number) for number in (1, 2, 10)] == ["0:04", "0:08", "0:40"]


@pytest.mark.parametrize("minutes", [-5, 0, 10])
def test_a_talk_that_is_too_short_says_how_long_it_must_be(minutes: int) -> None:
    with pytest.raises(MisuseError, match=r"10 questions need at least 17 minutes; ask for fewer") as told:
        make_running_order(minutes, 10)
    assert make_running_order(17, 10).minutes_each == 1
    assert told


def test_the_guide_has_notes_on_each_question() -> None:
    quiz = quiz_of()
    whole = "".join(page_texts(print_guide(quiz, quiz.bank, GuideDesign(organiser="Harbour Post"))))
    ends = [whole.index(squeezed(asked.rationale)) for asked in build_question_views(quiz)[:6]]
    assert ends == sorted(ends)
    assert "KeyDAsktheofficeyourselfWhyTheofficetakesnofeeinthisway.DoCallthenumber" in whole
    assert "1Caller2Owner3Office" in whole
    assert "Key1CCaller→asksforthecode2AOwner→hangsup3BOffice→takesthereport" in whole
    assert "KeyAscamWhy“" not in whole  # the one that is judged is genuine
    assert "“judgesms3”:Onlyjudgesmssaysso.Whyofparcels/judgesms.DoDoasparcels/judgesms.Ask" in whole
    asks = squeezed(_("Which of these have you needed yourself?").translated("en"))
    assert whole.index("takesthereport") < whole.index(asks) < whole.index("1CHangup")
    assert whole.index(squeezed(_("Before you begin").translated("en"))) < whole.index(
        squeezed(_("Running order").translated("en"))
    )


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_speaker_without_slides_can_read_every_question_aloud(bank: Bank, language: str) -> None:
    quiz = assemble(bank, Recipe(count=4, kinds=("single", "judge")), 7, language)
    asked = build_question_views(quiz)
    assert {each.answer_form for each in asked} >= {"choose", "sides"}
    assert any(each.exhibit for each in asked)
    whole = "".join(page_texts(print_guide(quiz, bank, GuideDesign())))
    for each in asked:
        aloud = [each.stem, *(f"{option.letter}{option.text}" for option in each.options if option.letter)]
        if each.exhibit:
            aloud += [each.exhibit.context, *(join_runs(line.words) for line in each.exhibit.lines)]
        assert [text for text in aloud if squeezed(text) not in whole] == []


@pytest.mark.parametrize("text_size", ["normal", "large"])
def test_no_page_among_the_questions_is_half_empty(bank: Bank, text_size: TextSize) -> None:
    quiz = assemble(bank, Recipe(count=10), 3, "en")
    pdf = print_guide(quiz, bank, GuideDesign(paper="Letter", text_size=text_size))
    height, found = sizes(pdf)[0][1], runs(pdf)
    ends = [
        max(run.bottom for run in found if run.page == page and run.bottom < height - 18)
        for page in range(len(sizes(pdf)))
    ]
    # Numbers for help begin a page of their own, and nothing follows the sources.
    sources = next(
        page for page, text in enumerate(page_texts(pdf)) if squeezed("Where the facts come from") in text
    )
    assert [end for end in ends[1:sources] if end < 0.6 * height] == []


def test_help_numbers_come_from_the_bank_and_advice_has_sources(bank: Bank) -> None:
    quiz = assemble(bank, Recipe(count=3), 5, "zh-Hant")
    *_before, last = page_texts(print_guide(quiz, bank, GuideDesign(paper="Letter")))
    assert last.startswith(squeezed(_("If somebody has just been cheated").translated("zh-Hant")))
    steps = [
        localize(part, "zh-Hant")
        for each in bank.statements_with_role("step")
        for part in (each.head, each.text)
    ]
    assert [step for step in steps if squeezed(step) not in last] == []
    assert "2打110" in last
    assert all(f"{each.number}{localize(each.purpose, 'zh-Hant')}" in last for each in bank.help.values())
    assert "內容出處：" in last
    sample = quiz_of()
    alone = replace(sample, bank=replace(sample.bank, help={}), questions=sample.questions[:1])
    *_before, last = page_texts(print_guide(alone, alone.bank, GuideDesign()))
    assert (
        squeezed(_("If somebody has just been cheated").translated("en")) not in last
    )  # it says nothing of it
    assert "Facts:" not in last


def test_large_type_is_large_and_no_type_is_small() -> None:
    quiz = replace(quiz_of("zh-Hans"), questions=quiz_of().questions[:2])
    large = print_guide(quiz, quiz.bank, GuideDesign(text_size="large"))
    assert min(font_sizes(large)) >= 16
    assert min(font_sizes(print_guide(quiz, quiz.bank, GuideDesign()))) >= 10
    width, height = pdfium.PdfDocument(large)[0].get_size()
    assert (width, height) == pytest.approx((PAGES["A4"].width, PAGES["A4"].height), abs=0.01)


def test_in_large_type_the_page_to_hand_over_is_the_last(bank: Bank) -> None:
    quiz = assemble(bank, Recipe(count=5), 12, "zh-Hans")
    *before, last = page_texts(print_guide(quiz, bank, GuideDesign(text_size="large")))
    assert last.startswith(squeezed(_("If somebody has just been cheated").translated("zh-Hans")))
    assert "内容出处：" in before[-1]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_in_large_type_nothing_is_under_the_logo(paper: PaperSize) -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><rect width="90" height="90"/></svg>'
    )
    quiz = replace(quiz_of(), questions=quiz_of().questions[:1])
    logo = read_logo("logo.svg", svg)
    design = GuideDesign(
        paper=paper,
        text_size="large",
        organiser="Harbour Post",
        contact="0123 456 789",
        date="12 March 2026",
        logo=logo,
    )
    pdf = print_guide(quiz, quiz.bank, design)
    (place,) = [each for each in drawn(pdf) if each.is_about(20.3, 20.3)]
    opening = [run for run in runs(pdf) if run.page == 0]
    assert not [run for run in opening if run.right > place.x and run.top < place.y + place.height]
    assert squeezed(_("The numbers once more, aloud, and thanks").translated("en")) in squeezed(
        "".join(run.text for run in opening)
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Caller:Doyouknowwhoistohaveit,andwhatitisfor?You:Whoasks?Caller:Theoffice."),
        ("zh-Hans", "来电者：收款人您认识吗？做什么用？您：您是谁？来电者：储蓄所。"),
    ],
)
def test_a_call_that_answers_back_is_a_script_for_two_voices(language: str, said: str) -> None:
    call = EXHIBITS["callers/call"]
    answer = Line("caller", {"en": "The office.", "zh-Hans": "储蓄所。"})
    reply = Reply({"en": "Who asks?", "zh-Hans": "您是谁？"}, (answer,))
    lines = (*call.lines[:2], replace(call.lines[2], replies=(reply, reply)), call.lines[3])
    quiz = exhibit_quiz(language, JUDGED[2])
    without = page_texts(print_guide(quiz, quiz.bank, GuideDesign()))
    bank = replace(quiz.bank, exhibits={call.id: replace(call, lines=lines)})
    pages = page_texts(print_guide(replace(quiz, bank=bank), bank, GuideDesign()))
    title = squeezed(_("A call for two voices").translated(language))
    assert not any(title in page for page in without)
    (script,) = [page for page in pages if title in page]
    assert said in script
    # If the quiz has no such call, the script is a scam from the whole bank.
    scam = replace(call, genuine=False, lines=lines)
    judged = replace(JUDGED[2], answer=EXHIBIT_KINDS["judge"].build_exhibit_answer(scam))
    whole = replace(quiz.bank, exhibits={call.id: scam}, questions={judged.id: judged})
    other = exhibit_quiz(language, JUDGED[0])
    assert any(said in page for page in page_texts(print_guide(other, whole, GuideDesign())))


def test_slides_guide_and_handout_agree_on_a_seed() -> None:
    kinds = ("true-false", "multiple", "order", "match")
    jobs = (Job(seed=seed, count=4, kinds=kinds) for seed in range(15, 24))
    job = next(each for each in jobs if choose_slides_quiz(each) == each.quiz())  # all have room on slides
    quiz = job.quiz()
    slides = page_texts(SLIDES.make(job, SlidesDesign()).pdf)
    guide = "".join(page_texts(LAYOUT.make(job, GuideDesign()).pdf))
    rows = print_handout(quiz, QuizPaperDesign(answers="none")).rows
    assert list(rows[0].questions) == [question.id for question in quiz.questions]
    asked = build_question_views(quiz)
    for mark, each in zip(rows[0].marks, asked, strict=True):
        assert not each.correct_letters or mark == each.correct_letters
    places = [guide.index(squeezed(each.rationale)) for each in asked if each.rationale]
    assert places
    assert places == sorted(places)
    for each in asked:
        assert f"Question{each.number}of4" in slides[2 * each.number - 1]
        if each.answer_form == "choose" and not each.exhibit:
            assert squeezed(each.stem) in slides[2 * each.number - 1]
            for option in each.options:
                assert f"{option.letter}{squeezed(option.text)}" in slides[2 * each.number]
            assert all(
                f"{part.name}{squeezed(part.text)}" in guide for part in each.printed_right_answer_parts
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_for_the_room_differ_from_one_question_to_the_next(bank: Bank, language: str) -> None:
    told = question_notes(assemble(bank, Recipe(count=20), 3, language))
    lines = [each["ask"] for each in told]
    assert all(line != following for line, following in pairwise(lines))


def test_a_bank_about_something_else_has_no_help_for_victims_in_its_running_order() -> None:
    order = make_running_order(30, 10, names_steps=False)
    assert [stage.name for stage in order.stages] == ["welcome", "each", "theirs", "close"]
    assert sum(stage.minutes for stage in order.stages) == 30
