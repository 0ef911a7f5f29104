"""What stands at the foot of every page of a handout, and whom to call."""

from msgspec.structs import replace

from quizgen.model import Bank
from quizgen.paper.design import Design, Measures
from quizgen.paper.handout.content import Content
from quizgen.paper.lines import is_han, text_width
from quizgen.paper.press import DIGITS, PLAIN_FOOT, Piece, label_pieces, running_texts, text_piece
from quizgen.paper.sheets import credited_sources
from quizgen.text.languages import localize
from quizgen.text.messages import _

FOOT, CONTACT = 0.74, 1.2
"""Share of a page's width for what stands at the left of its foot, and the size of whom to turn to, as in the style sheet."""


def foot_pieces(content: Content, design: Design, *, has_credit: bool) -> list[Piece]:
    """List the pieces at the foot of every page, and at its head where it is of a version.

    They are whom to turn to, the sources where the section itself does not name them, and what runs on from page to page.
    """
    language = content.language
    contact = tuple(filter(None, (design.organiser if design.contact else "", design.contact)))
    sources = ""
    if has_credit and design.text_size == "large" and design.answers == "separate":
        # All of them would take a third of the page.
        sources = _("Sources: see the answers.").translated(language)
    elif has_credit:
        sources = _("Facts: {sources}", sources=credited_sources(_cited_by(content), language)).translated(
            language
        )

    def sized(measures: Measures) -> dict[str, tuple[str, ...]]:
        """Put whom to turn to on one line where it has room there."""
        whole = " · ".join(contact)
        room = FOOT * measures.width / (CONTACT * measures.small)
        return {"contact": (whole,)} if text_width(whole, bold=True, han=is_han(language)) < room else {}

    values = {"contact": contact, "sources": sources}
    letters = "".join(sorted(set("".join(content.labels))))
    return [
        Piece(("footer",), values, sized if contact else None),
        Piece(PLAIN_FOOT, {**values, "sources": ""}, sized if contact else None),
        *(
            text_piece("running", text)
            for text in running_texts(language, seed=content.seed, page=DIGITS, pages=DIGITS)
        ),
        *(text_piece(*id_) for id_ in label_pieces(language, letters)),
    ]


def help_pieces(content: Content, *, in_short: bool = False) -> list[Piece]:
    """Make the piece with the help numbers, if there are any: a line each, or ``in_short`` one behind the other."""
    numbers = [
        {"number": each.number, "purpose": localize(each.purpose, content.language)}
        for each in content.bank.help.values()
    ]
    return [Piece(("help",), {"numbers": numbers, "in_short": in_short})] if numbers else []


def _cited_by(content: Content) -> Bank:
    """Give the bank with the sources that the questions rest on, or with all where they rest on none."""
    bank = content.bank
    facts = {fact for question in content.questions for fact in bank.facts_behind(question)}
    cited = {cite.partition("/")[0] for fact in facts for cite in bank.facts[fact].cites}
    return replace(
        bank, sources={name: bank.sources[name] for name in bank.sources if name in cited or not cited}
    )
