"""The foot of every page of a handout, and its help numbers."""

from msgspec.structs import replace

from quizgen.model import Bank, help_heading
from quizgen.paper.design import Measures, QuizPaperDesign
from quizgen.paper.handout.content import HandoutContent
from quizgen.paper.lines import is_chinese, text_width
from quizgen.paper.press import (
    DIGITS,
    PLAIN_FOOT,
    LayoutElement,
    label_element_ids,
    make_text_element,
    running_text_parts,
)
from quizgen.paper.sheets import choose_help_numbers, source_credit
from quizgen.text.languages import interface_language, localize, localized_language
from quizgen.text.messages import _

CONTACT_SIZE = 1.2
"""The size of the contact in ems, as in the style sheet."""

_MAX_SOURCE_LINES = 6
"""How many lines of a foot name sources at most. The foot is on every page, so more would leave little room for questions."""


def make_foot_elements(
    content: HandoutContent, design: QuizPaperDesign, *, has_credit: bool
) -> list[LayoutElement]:
    """Return the layout elements of feet, and of the labels of versions.

    A foot has the contact, what the numbers of slides are, the sources if ``has_credit``, and the running text with seed
    and page number. If the sources would take many lines, it refers to the answers, as each answer names its own.
    """
    language = content.language
    note = ""
    if content.slide_numbers:
        note = _("A number in a frame is that of the slide.").translated(language)
        note += "" if is_chinese(language) else " "
    contact = tuple(filter(None, (design.organiser if design.contact else "", design.contact)))
    contact_line = " · ".join(contact)
    if contact and design.text_size == "large":
        # The header names the organiser, and in large type each line counts.
        contact = (design.contact,)
        contact_line = _("Call us: {number}", number=design.contact).translated(language)
    sources, see_answers = note, note + _("Sources: see the answers.").translated(language)
    if has_credit and design.text_size == "large" and design.answers == "separate":
        # In large type, all sources would take a third of the page.
        sources = see_answers
    elif has_credit:
        sources += _(
            "Facts: {sources}", sources=source_credit(bank_with_cited_sources(content), language)
        ).translated(language)

    def contact_at(measures: Measures) -> dict[str, object]:
        """Put the contact on one line if it fits."""
        room = measures.credit / (CONTACT_SIZE * measures.small)
        fits = contact and text_width(contact_line, bold=True, han=is_chinese(language)) < room
        return {"contact": (contact_line,)} if fits else {}

    def values_at(measures: Measures) -> dict[str, object]:
        """Refer to the answers if there are too many sources to name."""
        room = _MAX_SOURCE_LINES * measures.credit / measures.small
        fits = design.answers == "none" or text_width(sources, han=is_chinese(language)) < room
        return {**contact_at(measures), **({} if fits else {"sources": see_answers})}

    values = {"contact": contact, "sources": sources}
    letters = "".join(sorted(set("".join(content.labels))))
    return [
        LayoutElement(("footer",), values, values_at if contact or sources else None),
        LayoutElement(PLAIN_FOOT, {**values, "sources": ""}, contact_at if contact else None),
        *(
            make_text_element("running", text)
            for text in running_text_parts(language, seed=content.seed, page=DIGITS, pages=DIGITS)
        ),
        *(make_text_element(*id_) for id_ in label_element_ids(language, letters)),
    ]


def make_main_number_elements(content: HandoutContent) -> list[LayoutElement]:
    """Return the layout element with the two numbers that every sheet has, in a row, or an empty list if there are none."""
    main = choose_help_numbers(content.bank)
    place = main.place_in_language(content.language)
    labels = (_("Money gone: {number}"), main.emergency), (_("Not sure: {number}"), main.advice)
    numbers = [
        {
            "number": label.with_values(number=each.number).translated(content.language),
            "purpose": f"· {place}" if place and each is main.all_numbers[-1] else "",
            "language": interface_language(content.language),
        }
        for label, each in labels
        if each
    ]
    return [LayoutElement(("help",), {"numbers": numbers, "shortened": True})] if numbers else []


def make_help_number_elements(content: HandoutContent, *, shortened: bool = False) -> list[LayoutElement]:
    """Return the layout element with the help numbers, or an empty list if there are none.

    Each number has its own line, or all share one row if ``shortened``.
    """
    numbers = [
        {
            "number": each.number,
            "purpose": localize(each.purpose, content.language),
            "language": localized_language(each.purpose, content.language),
        }
        for each in content.bank.help.values()
    ]
    heading = help_heading(content.bank.help.values(), _("Numbers to keep")).translated(content.language)
    values = {"numbers": numbers, "heading": heading, "shortened": shortened}
    return [LayoutElement(("help",), values)] if numbers else []


def bank_with_cited_sources(content: HandoutContent) -> Bank:
    """Return the question bank with only the sources that the questions cite, or with all if they cite none."""
    bank = content.bank
    facts = {fact for question in content.questions for fact in bank.fact_ids_behind(question)}
    cited = {cite.partition("/")[0] for fact in facts for cite in bank.facts[fact].cites}
    return replace(
        bank, sources={name: bank.sources[name] for name in bank.sources if name in cited or not cited}
    )
