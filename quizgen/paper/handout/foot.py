"""The foot of every page of a handout, and its help numbers."""

from msgspec.structs import replace

from quizgen.model import Bank
from quizgen.paper.design import Design, Measures
from quizgen.paper.handout.content import Content
from quizgen.paper.lines import is_han, text_width
from quizgen.paper.press import DIGITS, PLAIN_FOOT, Piece, label_pieces, running_texts, text_piece
from quizgen.paper.sheets import credited_sources
from quizgen.text.languages import localize, localized_language
from quizgen.text.messages import _

LEFT_SHARE, CONTACT_SIZE = 0.74, 1.2
"""Share of the width for the left part of a foot, and the size of the contact, as in the style sheet."""


def foot_pieces(content: Content, design: Design, *, has_credit: bool) -> list[Piece]:
    """List the pieces of the feet, and of the labels at the head of versions.

    A foot has the contact, the sources if ``has_credit``, and the running text with seed and page number.
    """
    language = content.language
    contact = tuple(filter(None, (design.organiser if design.contact else "", design.contact)))
    sources = ""
    if has_credit and design.text_size == "large" and design.answers == "separate":
        # In large type, all sources would take a third of the page.
        sources = _("Sources: see the answers.").translated(language)
    elif has_credit:
        sources = _(
            "Facts: {sources}", sources=credited_sources(_with_cited_sources(content), language)
        ).translated(language)

    def values_at(measures: Measures) -> dict[str, tuple[str, ...]]:
        """Put the contact on one line if it fits."""
        line = " · ".join(contact)
        room = LEFT_SHARE * measures.width / (CONTACT_SIZE * measures.small)
        return {"contact": (line,)} if text_width(line, bold=True, han=is_han(language)) < room else {}

    values = {"contact": contact, "sources": sources}
    letters = "".join(sorted(set("".join(content.labels))))
    return [
        Piece(("footer",), values, values_at if contact else None),
        Piece(PLAIN_FOOT, {**values, "sources": ""}, values_at if contact else None),
        *(
            text_piece("running", text)
            for text in running_texts(language, seed=content.seed, page=DIGITS, pages=DIGITS)
        ),
        *(text_piece(*id_) for id_ in label_pieces(language, letters)),
    ]


def help_pieces(content: Content, *, in_short: bool = False) -> list[Piece]:
    """Make the piece with the help numbers, if there are any: one on each line, or all in a row if ``in_short``."""
    numbers = [
        {
            "number": each.number,
            "purpose": localize(each.purpose, content.language),
            "language": localized_language(each.purpose, content.language),
        }
        for each in content.bank.help.values()
    ]
    return [Piece(("help",), {"numbers": numbers, "in_short": in_short})] if numbers else []


def _with_cited_sources(content: Content) -> Bank:
    """Return the bank with only the sources that the questions cite, or with all if they cite none."""
    bank = content.bank
    facts = {fact for question in content.questions for fact in bank.fact_ids_behind(question)}
    cited = {cite.partition("/")[0] for fact in facts for cite in bank.facts[fact].cites}
    return replace(
        bank, sources={name: bank.sources[name] for name in bank.sources if name in cited or not cited}
    )
