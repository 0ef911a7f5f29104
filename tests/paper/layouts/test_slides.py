"""Slides, read back from the PDF."""

from collections.abc import Sequence
from typing import cast

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace

from quizgen.assemble import Candidates, Recipe, assemble
from quizgen.errors import QuizgenError
from quizgen.model import Question, Quiz
from quizgen.paper.design import MM
from quizgen.paper.layouts import PrintJob
from quizgen.paper.layouts.slides import WIDTH, SlidesDesign, choose_slides_quiz, print_slides
from quizgen.text.languages import localize
from quizgen.text.messages import _
from quizgen.view.question import build_question_views
from tests.banks import sample_quiz, town_bank
from tests.paper import jobs
from tests.paper.exhibits import exhibit_bank
from tests.paper.layouts.test_handout import font_sizes, page_texts, squeezed
from tests.paper.printed import runs

DESIGN = SlidesDesign(
    organiser="Harbour Post", contact="0123 4567", date="1 May", link="https://example.org/quiz/"
)
BANK = exhibit_bank()
MET = ("parcels/judge-sms", "parcels/spot-call", "parcels/single-letter")


def quiz_of(language: str = "en") -> Quiz:
    """One of each kind, and three that are about an exhibit; the last has options."""
    sample = sample_quiz(language)
    return replace(sample, bank=BANK, questions=(*sample.questions, *(BANK.questions[id_] for id_ in MET)))


def sizes_on(pdf: bytes, page: int) -> set[float]:
    one = pdfium.PdfDocument.new()
    one.import_pages(pdfium.PdfDocument(pdf), [page])
    return {
        round(item.get_font_size() * abs(item.get_matrix().d), 1)
        for item in one[0].get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT])
    }


@pytest.fixture(scope="module")
def printed() -> bytes:
    return print_slides(quiz_of(), DESIGN)


@pytest.fixture(scope="module")
def slides(printed: bytes) -> list[str]:
    return page_texts(printed)


def test_slides_have_the_shape_of_a_screen(printed: bytes, slides: list[str]) -> None:
    assert {page.get_size() for page in pdfium.PdfDocument(printed)} == {(960, 540)}
    assert len(slides) == 1 + 2 * 9 + 1 + 1  # the exhibit of the last question has a slide by itself


def test_slides_begin_with_the_title_and_end_with_help_numbers(slides: list[str]) -> None:
    assert slides[0].startswith("HarbourPostPhoneandonlinefraud:whatdoyouknow?1MayCallus:01234567")
    assert slides[0].endswith("example.org/quiz")
    numbers = [f"{each.number}{squeezed(localize(each.purpose, 'en'))}" for each in BANK.help.values()]
    assert slides[-1].startswith("".join(["Whotocall", *numbers]))
    assert "Amarket" not in slides[-1]
    assert slides[-1].endswith("Seed7")


def test_the_key_is_shown_only_on_the_answer_slide(slides: list[str]) -> None:
    for asked in build_question_views(quiz_of())[:3]:
        front, back = slides[2 * asked.number - 1], slides[2 * asked.number]
        order = [front.index(squeezed(text)) for text in (asked.stem, *(each.text for each in asked.options))]
        assert order == sorted(order)
        assert "✓" not in front
        assert squeezed(asked.rationale) not in front
        ticked = [each.right for each in asked.options]
        assert [f"{squeezed(each.text)}✓" in back for each in asked.options] == ticked
        assert back.index("Answer") < back.index(squeezed(asked.rationale)) < len(back)
        assert squeezed(asked.advice) in back


def test_wrong_pairs_steps_and_blanks_are_corrected(slides: list[str]) -> None:
    pairs, steps, blank = slides[8], slides[10], slides[12]
    assert "1CallerCasksforthecode2OwnerAhangsup3OfficeBtakesthereport" in pairs
    assert "1CHangup2ATelltheoffice3BKeepthenumber" in steps
    assert "oftencarriesanoddlink." in blank
    assert "oddlink" not in slides[11]


def test_a_talk_shows_an_exhibit_and_then_its_signs(slides: list[str]) -> None:
    judge, judged, spot, spotted, letter, single = slides[13:19]
    assert "Atextmessagefrom:Senderofjudgesms" in judge
    assert "Genuine,orascam?" in judge
    assert "Onlyjudgesmssaysso." not in judge
    assert "Genuine✓" in judged
    assert "“judgesms3”:Onlyjudgesmssaysso." in judged
    assert "You:1spotcall1:" in spot
    assert "Line5✓" in spotted
    assert "Aletterfrom:" in letter
    assert "Aletterfrom:" not in single


def test_the_last_row_can_read_it(printed: bytes) -> None:
    assert {36, 30} <= sizes_on(printed, 1)
    assert min(min(sizes_on(printed, page)) for page in range(20)) >= 18
    assert {size for size in font_sizes(printed) if size < 18} == {16}


def test_the_chinese_text_says_the_same() -> None:
    quiz = replace(quiz_of("zh-Hant"), questions=quiz_of().questions[:1])
    link = "https://safety.example.gov.cn/anti-fraud/outreach-2026/handout"
    pdf = print_slides(quiz, SlidesDesign(link=link))
    title, front, back, _last = page_texts(pdf)
    assert title.startswith(squeezed(_("Phone and online fraud: what do you know?").translated("zh-Hant")))
    lines = pdfium.PdfDocument(pdf)[0].get_textpage().get_text_range().splitlines()
    assert lines[-3:] == ["safety.example.gov.cn/", "anti-fraud/", "outreach-2026/handout"]
    assert "簡訊說您的包裹要先付一小筆費用才放行。" in front
    assert "自己去問儲蓄所✓" in back


def test_an_address_that_decides_stays_on_one_line_in_its_bubble() -> None:
    bank = town_bank()
    shown = bank.exhibits["harbour/tide-text"]
    address = {
        "en": "Open tax-gs.example today.",
        "zh-Hans": "退税请于今天24点以前登录tax-gs.example办理，逾期作废。",
    }
    sign = replace(shown.signs[0], line=1, words={"en": "tax-gs.example", "zh-Hans": "tax-gs.example"})
    lines = (replace(shown.lines[0], text=address), *shown.lines[1:])
    exhibits = bank.exhibits | {shown.id: replace(shown, lines=lines, signs=(sign,))}
    quiz = assemble(
        replace(bank, exhibits=exhibits), Recipe(questions=("harbour/judge-tide-text",)), 1, "zh-Hans"
    )
    answer = [run for run in runs(print_slides(quiz, SlidesDesign())) if run.page == 2]
    bubble = [run for run in answer if run.left < 0.49 * WIDTH / MM]
    assert "tax-gs.example" in [run.text for run in bubble]
    assert max(run.right for run in bubble) < 0.49 * WIDTH / MM


def test_an_address_beside_deciding_words_stays_on_one_line() -> None:
    recipe = Recipe(questions=("harbour/judge-false-office-mail",))
    printed = print_slides(assemble(town_bank(), recipe, 1, "zh-Hant"), SlidesDesign())
    for page in list(pdfium.PdfDocument(printed))[1:3]:
        assert "berth-pay.example" in page.get_textpage().get_text_range()  # whose lines are as they stand


class Job:
    """Asks for the questions of a quiz, some perhaps by name; there are others."""

    def __init__(self, quiz: Quiz, others: Sequence[Question], *named: str) -> None:
        self._quiz, self._others, self._named = quiz, others, named

    def quiz(self) -> Quiz:
        return self._quiz

    def candidates(self) -> Candidates:
        own = self._quiz.questions
        return Candidates(own, tuple(self._others), self._named, None, self._quiz.bank, 7, "en")


def test_questions_that_do_not_fit_are_replaced_unless_asked_for() -> None:
    quiz = quiz_of()
    first, second, third = quiz.questions[:3]
    long = replace(second, stem={"en": "A very long stem that no slide has room for. " * 9})
    quiz = replace(quiz, questions=(first, long, third))
    other = BANK.questions["parcels/judge-call"]
    shown = choose_slides_quiz(cast("PrintJob", Job(quiz, [long, other])))
    assert [question.id for question in shown.questions] == [first.id, other.id, third.id]
    with pytest.raises(
        QuizgenError, match="parcels/signs does not fit on slides; shorten it, or name another"
    ):
        choose_slides_quiz(cast("PrintJob", Job(quiz, [other], second.id)))
    with pytest.raises(QuizgenError, match="parcels/signs has no room on a slide"):
        print_slides(quiz, SlidesDesign())


def test_a_question_with_a_long_call_on_a_slide_of_its_own_is_replaced() -> None:
    quiz = quiz_of()
    first, second, third = quiz.questions[:3]
    call = BANK.exhibits[BANK.questions["parcels/judge-call"].exhibit]
    tall = replace(
        call,
        id="parcels/tall",
        lines=tuple(replace(call.lines[0], text={"en": "So it goes on and on. " * 12}) for _ in range(16)),
    )
    bank = replace(BANK, exhibits={**BANK.exhibits, tall.id: tall})
    about = replace(second, exhibit=tall.id)
    quiz = replace(quiz, bank=bank, questions=(first, about, third))
    shown = choose_slides_quiz(cast("PrintJob", Job(quiz, [about, BANK.questions["parcels/judge-call"]])))
    assert about.id not in [question.id for question in shown.questions]


def test_a_call_that_is_too_long_for_a_slide_has_two() -> None:
    said = "and I only need to know whether that was you, before the office on the quay shuts at six today"
    call = BANK.exhibits["parcels/judge-call"]
    (sign,) = call.signs
    lines = tuple(
        replace(call.lines[0], who="you" if number % 2 else "caller", text={"en": f"Word {number}, {said}."})
        for number in range(7)
    )
    tall = replace(call, lines=lines, signs=(replace(sign, line=5, words={"en": "Word 4"}),))
    bank = replace(BANK, exhibits={**BANK.exhibits, tall.id: tall})
    quiz = replace(quiz_of(), bank=bank, questions=(BANK.questions["parcels/judge-call"],))
    assert choose_slides_quiz(cast("PrintJob", Job(quiz, []))).questions == quiz.questions
    _title, first, second, answer, _end = page_texts(print_slides(quiz, DESIGN))
    assert [number for number in range(7) if f"Word{number}" in first] == [0, 1, 2]
    assert [number for number in range(7) if f"Word{number}" in second] == [3, 4, 5, 6]
    assert [number for number in range(7) if f"Word{number}," in answer] == [4]
    assert "1/2" in first
    assert "2/2" in second
    assert "Genuine,orascam?" not in first
    assert "Genuine,orascam?" in second


def test_the_topic_stands_above_a_judged_message_only_with_the_answer(slides: list[str]) -> None:
    (topic,) = {squeezed(localize(BANK.topics[BANK.questions[id_].topic].title, "en")) for id_ in MET}
    judged = [slide for slide in slides if squeezed("Genuine, or a scam?") in slide]
    assert judged
    assert all((topic in slide) == ("Answer" in slide) for slide in judged)


def test_only_a_genuine_contact_has_a_tick_beside_its_verdict() -> None:
    quiz = choose_slides_quiz(jobs.Job(seed=12, count=2, kinds=frozenset(["judge"])))
    pages = page_texts(print_slides(quiz, SlidesDesign()))
    answers = [page for page in pages if "Answer" in page and "Whatyoucando:" in page]
    verdicts = [page.split("Answer", 1)[1] for page in answers]
    assert any("Genuine✓" in each for each in verdicts)
    assert any("Ascam" in each for each in verdicts)
    assert not any("Ascam✓" in each for each in verdicts)  # it has a warning sign


def test_the_answer_of_a_choice_has_at_least_24_points(printed: bytes) -> None:
    for each in build_question_views(quiz_of())[:3]:
        reasons = [
            run
            for run in runs(printed)
            if run.page == 2 * each.number and squeezed(run.text) in squeezed(each.rationale)
        ]
        assert min(run.size for run in reasons if len(run.text) > 10) >= 24
