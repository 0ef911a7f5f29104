"""Exhibits and help numbers on paper, read back as a reader would."""

import re
from typing import Literal

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace

from quizgen.assemble import Recipe, assemble, assemble_versions, version_labels
from quizgen.model import CHANNELS, Bank, Exhibit, Question, Quiz
from quizgen.paper.design import MM, PAGES, QuizPaperDesign, measures_for_type_size, spacing_for_type_size
from quizgen.paper.handout.content import HandoutContent
from quizgen.paper.handout.questions import make_question_section
from quizgen.paper.layouts.guide import GuideDesign, print_guide
from quizgen.paper.layouts.handout import print_handout, print_versions
from quizgen.paper.press.typesetter import Typesetter
from quizgen.shapes import Choose, Fill
from quizgen.text.languages import LANGUAGES, localize
from quizgen.text.messages import _
from quizgen.view.exhibit import SPEAKERS
from quizgen.view.frames import FRAMES
from tests.paper.exhibits import exhibit_bank
from tests.paper.layouts.test_handout import between_margins, page_texts, squeezed
from tests.paper.printed import runs
from tests.paper.straight import lay_out
from tests.paper.test_papers import OTHER, SAME, differing, drawn

DESIGNS = {
    "normal": QuizPaperDesign(),
    "large": QuizPaperDesign(text_size="large"),
    "A5": QuizPaperDesign(paper="A5"),
    "large A5": QuizPaperDesign(paper="A5", text_size="large"),
}


@pytest.fixture(scope="module")
def bank() -> Bank:
    return exhibit_bank()


def quiz_of(bank: Bank, kinds: tuple[str, ...], language: str = "en", seed: int = 1, count: int = 10) -> Quiz:
    return assemble(bank, Recipe(count=count, kinds=kinds), seed, language)


def lines_of(exhibit: Exhibit, language: str) -> list[str]:
    texts = [exhibit.sender, *(line.text for line in exhibit.lines)]
    return [squeezed(localize(text, language)) for text in texts]


def with_exhibits(quiz: Quiz) -> list[tuple[Question, Exhibit]]:
    return [(each, quiz.bank.exhibits[each.exhibit]) for each in quiz.questions if each.exhibit]


@pytest.mark.parametrize(
    ("name", "language", "seed"), [(name, LANGUAGES[row % 3], row) for row, name in enumerate(DESIGNS)]
)
def test_an_exhibit_and_its_question_are_on_one_page(bank: Bank, name: str, language: str, seed: int) -> None:
    design = DESIGNS[name]
    kinds = ("judge", "spot") if design == DESIGNS["large A5"] else ("judge", "spot", "single")
    quiz = quiz_of(bank, kinds, language, seed, count=5)
    printed = print_handout(quiz, replace(design, answers="none"))
    pages = page_texts(printed.pdf)
    places = printed.answer_fields(0)
    assert with_exhibits(quiz)
    for question, exhibit in with_exhibits(quiz):
        (page,) = {place.page for place in places if place.question == question.id}
        start = 0
        for text in lines_of(exhibit, language):
            start = pages[page].index(text, start) + len(text)
        assert squeezed(localize(question.stem, language)) in pages[page][start:]
        assert sum(lines_of(exhibit, language)[1] in text for text in pages) == 1
    assert between_margins(printed.pdf, design.paper)


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_each_channel_has_its_form(bank: Bank, language: str) -> None:
    quiz = quiz_of(bank, ("judge", "spot"), language, count=2 * len(CHANNELS))
    printed = print_handout(quiz, QuizPaperDesign(answers="none"))
    text = "".join(page_texts(printed.pdf))
    assert {exhibit.channel for _, exhibit in with_exhibits(quiz)} == set(CHANNELS)
    for question, exhibit in with_exhibits(quiz):
        label = FRAMES[exhibit.channel].label.translated(language)
        assert squeezed(label + localize(exhibit.sender, language)) in text
        speaker = ""
        for number, line in enumerate(exhibit.lines, start=1):
            is_named = exhibit.channel == "call" and line.who != speaker
            who, speaker = SPEAKERS[line.who].translated(language) if is_named else "", line.who
            shown = squeezed(who + localize(line.text, language))
            assert shown in text
            assert (f"{number}{shown}" in text) == (question.kind == "spot")


def test_the_time_of_a_message_stands_on_the_line_of_its_sender_and_hides_no_part_of_it(bank: Bank) -> None:
    quiz = quiz_of(bank, ("judge",), "zh-Hans", count=7)
    found = runs(print_handout(quiz, QuizPaperDesign(answers="none", text_size="large")).pdf)
    times = [run for run in found if run.text.strip() == "今天" and run.right > 195]
    senders = [run for run in found if run.text.startswith("短信")]
    assert len(times) == len(senders) > 0
    for time, sender in zip(times, senders, strict=True):
        assert time.page == sender.page
        assert time.bottom == pytest.approx(sender.bottom, abs=0.6)
    for time in times:
        near = [run for run in found if run.page == time.page and run.top < time.top < run.bottom]
        assert [run.text for run in near if run.left < time.right and run.right > time.left] == []


def test_each_exhibit_has_a_frame_or_a_rule_at_its_left(bank: Bank) -> None:
    quiz = quiz_of(bank, ("judge",), count=len(CHANNELS))
    printed = print_handout(quiz, QuizPaperDesign(answers="none"))
    pages = list(pdfium.PdfDocument(printed.pdf))
    drawn_lines = [
        [item.get_bounds() for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH])]
        for page in pages
    ]
    for question in quiz.questions:
        box, _ = (place for place in printed.answer_fields(0) if place.question == question.id)
        level = pages[box.page].get_height() - box.y + 30
        left = [
            bounds
            for bounds in drawn_lines[box.page]
            if bounds[1] < level < bounds[3] and box.x - 200 < bounds[0] < box.x
        ]
        assert left, question.id


def test_verdicts_are_on_the_line_of_their_stem_if_there_is_room(bank: Bank) -> None:
    quiz = quiz_of(bank, ("judge",), count=7)
    for design in (QuizPaperDesign(), QuizPaperDesign(text_size="large")):
        places = print_handout(quiz, replace(design, answers="none")).answer_fields(0)
        for question in quiz.questions:
            one, other = (place for place in places if place.question == question.id)
            assert (one.option, other.option) == (0, 1)
            assert one.y == other.y
            assert 40 < other.x - one.x < 40 * MM
            if design.text_size == "large":
                assert one.x > PAGES["A4"].width / 3


def test_options_stand_below_an_exhibit(bank: Bank) -> None:
    quiz = quiz_of(bank, ("single",), count=6)
    places = print_handout(quiz, QuizPaperDesign(answers="none")).answer_fields(0)
    firsts = {round(place.x, 2) for place in places if place.option == 0}
    assert len(firsts) == 2  # one in each column
    assert firsts == {
        min(round(place.x, 2) for place in places if (place.x > 250) == right) for right in (False, True)
    }


def said(exhibit: Exhibit, language: str, name: str) -> str:
    return squeezed("".join(localize(getattr(sign, name), language) for sign in exhibit.signs))


@pytest.mark.parametrize(
    ("language", "answers"),
    [("en", "separate"), ("zh-Hant", "end")],
)
def test_answers_quote_deciding_words_then_reason_then_advice(
    bank: Bank, language: str, answers: Literal["end", "separate"]
) -> None:
    quiz = quiz_of(bank, ("judge", "spot", "single"), language, count=6)
    printed = print_handout(quiz, QuizPaperDesign(answers=answers))
    text = "".join(page_texts(printed.key or printed.pdf))
    before, colon = "「" if language == "zh-Hant" else "“", ":" if language == "en" else "："
    after = f"{'」' if language == 'zh-Hant' else '”'}{colon}"
    for question, exhibit in with_exhibits(quiz):
        quoted = f"{before}{said(exhibit, language, 'words')}{after}{said(exhibit, language, 'reason')}"
        start = text.index(quoted)
        why = text.index(squeezed(localize(question.rationale, language)), start)
        assert text.index(squeezed(localize(question.advice, language)), why) > why
    for number, question in enumerate(quiz.questions, start=1):
        answer = question.answer
        if isinstance(answer, Choose) and answer.has_fixed_order:
            assert f"{number}.{squeezed(localize(answer.options[answer.keys[0]], language))}{before}" in text


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_the_key_of_versions_gives_reasons_once(bank: Bank, language: str) -> None:
    recipe = Recipe(count=5, kinds=("judge", "spot", "single"))
    batch = assemble_versions(bank, recipe, 1, language, version_labels(5))
    printed = print_versions(batch, QuizPaperDesign(answers="separate"))
    assert printed.key
    text = "".join(page_texts(printed.key))
    for question in batch.questions:
        assert text.count(squeezed(localize(question.rationale, language))) >= 1
        if question.exhibit:
            exhibit = bank.exhibits[question.exhibit]
            assert text.count(squeezed(localize(question.rationale, language))) == 1
            about, *_ = lines_of(exhibit, language)
            assert text.index(about) < text.index(said(exhibit, language, "reason"))


def test_the_key_of_versions_explains_what_was_drawn(bank: Bank) -> None:
    batch = assemble_versions(bank, Recipe(count=3), 1, "en", version_labels(2), draw_separately=True)
    printed = print_versions(batch, QuizPaperDesign(answers="separate"))
    assert printed.key
    text = "".join(page_texts(printed.key))
    asked = {question for row in printed.rows for question in row.questions}
    assert 3 <= len(asked) < len(batch.questions)
    told = {question.id for question in batch.questions if squeezed(question.rationale["en"]) in text}
    assert told == asked


@pytest.mark.parametrize(("language", "genuine", "scam"), [("en", "G", "S"), ("zh-Hans", "真", "假")])
def test_a_key_names_verdicts_by_their_initials_and_lines_by_their_numbers(
    bank: Bank, language: str, genuine: str, scam: str
) -> None:
    batch = assemble_versions(bank, Recipe(count=4, kinds=("judge", "spot")), 1, language, ("A",))
    printed = print_versions(batch, QuizPaperDesign(answers="separate"))
    (row,) = printed.rows
    for name, mark in zip(row.questions, row.marks, strict=True):
        exhibit = bank.exhibits[name]
        verdict = genuine if exhibit.genuine else scam
        assert mark == (verdict if "judge" in name else str(len(exhibit.lines)))
    assert printed.key
    assert f"A{''.join(row.marks)}" in page_texts(printed.key)[0]


def test_a_version_with_exhibits_looks_as_weasyprint_lays_it_out(bank: Bank) -> None:
    recipe = Recipe(questions=("parcels/judge-call", "parcels/spot-sms", "parcels/single-letter"))
    batch = assemble_versions(bank, recipe, 3, "en", version_labels(2))
    for design in (QuizPaperDesign(), QuizPaperDesign(text_size="large", duplex=False)):
        pressed = print_versions(replace(batch, labels=("B",)), design).pdf
        straight = lay_out(batch, batch.quiz("B"), design)
        assert page_texts(pressed) == page_texts(straight)
        for page in range(len(pdfium.PdfDocument(straight))):
            assert differing(drawn(pressed, page), drawn(straight, page)) < SAME
    assert differing(drawn(pressed, 0), drawn(pressed, 1)) > OTHER


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_estimates_of_exhibits_are_near_the_set_sizes(bank: Bank, language: str) -> None:
    batch = assemble_versions(bank, Recipe(count=14, kinds=("judge", "spot")), 1, language, ["A"])
    part = make_question_section(HandoutContent.from_batch(batch), QuizPaperDesign())
    wide = measures_for_type_size(PAGES["A4"], 10, language)
    with Typesetter(language, None) as typesetter:
        blocks = typesetter.typeset([(part.elements, wide)])[0].blocks
    guessed = {element.id: part.estimate(element, wide) for element in part.elements}

    def height(of: dict[tuple[str, ...], object]) -> float:
        strips = [part.compose(each, of, wide, spacing_for_type_size(10, 0)) for each in batch.questions]  # type: ignore[arg-type]
        return sum(strip.height for strip in strips)

    assert height(guessed) == pytest.approx(height(blocks), rel=0.03)  # type: ignore[arg-type]


def help_lines(bank: Bank, language: str) -> list[str]:
    return [squeezed(each.number + localize(each.purpose, language)) for each in bank.help.values()]


@pytest.mark.parametrize(
    ("design", "language"), list(zip(DESIGNS.values(), (*LANGUAGES, "en"), strict=True)), ids=DESIGNS
)
def test_help_numbers_stand_on_every_handout(bank: Bank, design: QuizPaperDesign, language: str) -> None:
    # In large type, the numbers below the questions are left out where they would cost a page.
    count = 1 if design.text_size == "large" else 2
    quiz = quiz_of(bank, ("true-false", "judge"), language, count=count)
    printed = print_handout(quiz, design)
    text = "".join(page_texts(printed.pdf))
    assert [text.count(line) for line in help_lines(bank, language)] == [1, 1]
    apart = print_handout(quiz, replace(design, answers="separate"))
    assert apart.key
    for pdf in (apart.pdf, apart.key):
        text = "".join(page_texts(pdf))
        assert [text.count(line) for line in help_lines(bank, language)] == [1, 1]
    assert all(between_margins(pdf, design.paper) for pdf in (printed.pdf, apart.pdf, apart.key))


def test_no_help_number_stands_beside_a_question_that_asks_for_it(bank: Bank) -> None:
    asking = bank.questions["parcels/odd-part"]
    asking = replace(asking, answer=Fill({"en": ("3110",), "zh-Hans": ("3110",)}))
    wide = replace(bank, questions=bank.questions | {asking.id: asking})
    quiz = assemble(wide, Recipe(questions=(asking.id, "parcels/judge-sms")), 1, "en")
    apart = print_handout(quiz, QuizPaperDesign(answers="separate"))
    assert apart.key
    assert "3110" not in "".join(page_texts(apart.pdf))
    assert help_lines(bank, "en")[0] in "".join(page_texts(apart.key))


def test_help_numbers_beside_questions_need_no_extra_page(bank: Bank) -> None:
    numbers = {name: replace(each, purpose={"en": "word " * 40}) for name, each in bank.help.items()}
    quiz = quiz_of(bank, ("judge",), count=2)
    lengths = set()
    for words in (180, 340, 380, 420):  # what is short in large type, and what leaves hardly any room
        long = {"en": "word " * words + "?"}
        questions = tuple(replace(each, exhibit="", stem=long) for each in quiz.questions)
        full = replace(quiz, questions=questions, bank=replace(quiz.bank, help=numbers))
        bare = replace(full, bank=replace(quiz.bank, help={}))
        pages = page_texts(print_handout(full, QuizPaperDesign(answers="none")).pdf)
        assert len(pages) == len(page_texts(print_handout(bare, QuizPaperDesign(answers="none")).pdf))
        lengths.add((len(pages), "3110" in "".join(pages)))
    assert {(1, True), (1, False)} <= lengths


def test_a_bank_without_help_numbers_has_no_frame_for_them(bank: Bank) -> None:
    quiz = quiz_of(replace(bank, help={}), ("judge",), count=2)
    text = "".join(page_texts(print_handout(quiz, QuizPaperDesign()).pdf))
    assert not re.search(squeezed(_("Numbers to keep").translated("en")), text)


def test_no_space_follows_a_full_width_colon(bank: Bank) -> None:
    quiz = quiz_of(bank, ("judge", "spot"), "zh-Hans", count=6)
    for pdf in (print_handout(quiz, QuizPaperDesign()).pdf, print_guide(quiz, bank, GuideDesign())):
        text = "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf))
        assert "：" in text
        beside_names = "|".join(SPEAKERS[who].translated("zh-Hans") for who in ("you", "caller"))
        assert re.findall("：[ \u3000](?=\\w)", re.sub(f"({beside_names}) ", "", text)) == []
