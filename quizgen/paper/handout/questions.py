"""The questions of a handout: exhibit, stem, and the boxes or lines below."""

from collections.abc import Sequence

from msgspec.structs import replace

from quizgen.model import Question
from quizgen.paper.design import MM, PAGES, Measures, QuizPaperDesign, Spacing
from quizgen.paper.exhibits import exhibit_element_id, make_brief_stem_element, make_exhibit_element
from quizgen.paper.handout.content import HandoutContent
from quizgen.paper.handout.estimate import make_size_estimator
from quizgen.paper.handout.foot import make_foot_elements, make_help_number_elements
from quizgen.paper.handout.header import make_header_element
from quizgen.paper.handout.scanned import make_directions
from quizgen.paper.press import (
    BACK,
    Blocks,
    ElementId,
    LayoutElement,
    PlacedBlock,
    Section,
    Strip,
    make_text_element,
)
from quizgen.paper.shapes import paper_shape
from quizgen.paper.take_home import take_home_values
from quizgen.text.messages import _
from quizgen.view.question import QuestionView

SLIDE_NUMBER_GAP = 0.2
"""White above the number of a slide, in ems."""

_CLEAR_OF_CIRCLES = 1.2 * MM
"""How much farther circles are from what is above them, so that print around them is not taken for a pen."""

_BACK_EMS = 29
"""The width of the back of a sheet, in ems."""


def make_question_section(
    content: HandoutContent,
    design: QuizPaperDesign,
    more: Sequence[LayoutElement] = (),
    *,
    for_scans: bool = False,
) -> Section:
    """Return the section with the questions. The elements in ``more`` are typeset along with it.

    ``for_scans``, boxes to tick are circles, as a reader of scans looks for them.

    Raises MisuseError as ``make_header_element`` does.
    """
    language = content.language
    elements = [
        make_header_element(content, design, for_scans=for_scans),
        *(make_text_element("number", f"{number}.") for number in range(1, content.count + 1)),
    ]
    for question in map(content.question_view, content.questions):
        if exhibit := make_exhibit_element(question):
            elements.append(exhibit)
        elements += [_make_stem_element(question), *paper_shape(question.answer).make_elements(question)]
    if for_scans:
        elements = [_make_round(each) if each.id[0] == "tick" else each for each in elements]
    elements += (make_text_element("slide", str(number)) for number in content.slide_numbers.values())
    has_numbers = design.answers != "end" and not _help_numbers_reveal_answer(content)
    closing = make_help_number_elements(content, shortened=True) if has_numbers else []
    more = [*more, make_directions()] if for_scans else more
    foot = make_foot_elements(content, design, has_credit=design.answers != "end")

    def compose(question: Question, blocks: Blocks, measures: Measures, space: Spacing) -> Strip:
        if for_scans:
            space = replace(space, stem=round(space.stem + _CLEAR_OF_CIRCLES, 2))
        strip = compose_question(content.question_view(question), blocks, measures, space)
        if number := content.slide_numbers.get(question.id):
            return _add_slide_number(strip, number, blocks, measures)
        return strip

    return Section(
        title=_("Questions").translated(language),
        language=language,
        elements=[*elements, *closing, *more, *foot, _make_back_element(content, design)],
        head=("header",),
        closing=tuple(element.id for element in closing),
        closes_if_room=True,
        compose=compose,
        estimate=make_size_estimator(language),
    )


def _make_round(element: LayoutElement) -> LayoutElement:
    """Return a box to tick as a circle."""
    return LayoutElement(element.id, element.values | {"is_round": True}, element.sized)


def _make_back_element(content: HandoutContent, design: QuizPaperDesign) -> LayoutElement:
    """Return the back of a sheet that would be blank: numbers, what to say, and lines to fill in, but no answers."""
    width = PAGES[design.paper].content_width
    size = 18.0 if design.text_size == "large" else round(width / _BACK_EMS, 1)
    return LayoutElement(BACK, take_home_values(content.bank, design, width, size, content.language))


def compose_question(question: QuestionView, blocks: Blocks, measures: Measures, space: Spacing) -> Strip:
    """Return the strip of a question: its exhibit, its stem, and the rows of options, pairs or steps.

    There is room for the number at the left. For a verdict on the exhibit, the boxes stand on the line of the stem if
    they fit.
    """
    x, y = measures.number, 0.0
    placed = []
    if question.exhibit:
        exhibit = exhibit_element_id(question)
        placed.append(PlacedBlock(exhibit, x, 0))
        y = blocks[exhibit].height + space.stem
    stem = stem_element_id(question)
    placed.append(PlacedBlock(stem, round(x, 2), round(y, 2)))
    below = paper_shape(question.answer).compose_below_stem(question, blocks, measures, space)
    offset = blocks[stem].width + 0.6 * measures.size
    if (
        question.answer.is_about_exhibit
        and below.height <= blocks[stem].height
        and offset + max(item.x + blocks[item.element_id].width for item in below.placed) <= measures.text
    ):
        x += offset
        height = y + blocks[stem].height
    else:
        y += blocks[stem].height + (space.stem if below.placed else 0)
        height = y + below.height
    placed += [
        PlacedBlock(item.element_id, round(x + item.x, 2), round(y + item.y, 2), item.option)
        for item in below.placed
    ]
    return Strip(round(height, 2), tuple(placed))


def _add_slide_number(strip: Strip, number: int, blocks: Blocks, measures: Measures) -> Strip:
    """Place the number of a question's slide below the number of the question."""
    element: ElementId = ("slide", str(number))
    y = measures.line + SLIDE_NUMBER_GAP * measures.small
    placed = PlacedBlock(element, 0, round(y, 2))
    return Strip(max(strip.height, round(y + blocks[element].height, 2)), (placed, *strip.placed))


def stem_element_id(question: QuestionView) -> ElementId:
    """Return the id of the layout element with a stem. Questions that judge exhibits share one."""
    if question.exhibit and question.answer.is_about_exhibit:
        return ("asked", question.stem)
    return ("stem", question.id)


def _make_stem_element(question: QuestionView) -> LayoutElement:
    id_ = stem_element_id(question)
    if id_[0] == "asked":
        return make_brief_stem_element(id_, question.stem, question.stem_language)
    hint = paper_shape(question.answer).hint(question)
    values = {"parts": list(question.stem_parts), "language": question.stem_language, "hint": hint}
    return LayoutElement(id_, values)


def _help_numbers_reveal_answer(content: HandoutContent) -> bool:
    """Return whether the help numbers would give away the answer to a question."""
    numbers = {each.number for each in content.bank.help.values()}
    return any(
        numbers & {part.text for part in (*question.prompts, *question.options)}
        or question.right_answer in numbers
        for question in map(content.question_view, content.questions)
    )
