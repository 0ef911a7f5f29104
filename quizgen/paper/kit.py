"""The index of a kit: one page that says what each of its files is for, and how to print it."""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from quizgen.errors import QuizgenError, problem
from quizgen.paper.design import SheetDesign
from quizgen.paper.layouts import Sides
from quizgen.paper.renderer import PdfMetadata, Renderer
from quizgen.paper.sheets import form_template_values
from quizgen.text.languages import locale
from quizgen.text.messages import Message, _

_SIZES = {"normal": (12, 10.5, 10, 9.5, 9), "large": (16,)}
"""Type sizes in points, to try in this order until everything fits one page; the last may need more pages."""

_MAX_PAGES = 4


class KitFile(Struct, frozen=True):
    """A file in the folder of a kit: name, purpose, printed sides, and number of copies; 0 means as many as needed.

    ``paper`` is the paper size, if it differs from that of the index. ``pages`` is the number of pages of a PDF.
    """

    name: str
    purpose: Message
    sides: Sides | Literal["none", "browser", "marks"]
    copies: int
    paper: str = ""
    pages: int = 0

    @property
    def paper_sheets(self) -> int:
        """How many sheets of paper all copies take; 0 if nothing is printed, or as many as needed."""
        sheets_by_sides = {
            "one": self.pages,
            "long-edge": -(-self.pages // 2),
            "short-edge": -(-self.pages // 2),
        }
        return self.copies * sheets_by_sides.get(self.sides, 0)


class KitIndex(Struct, frozen=True):
    """The content of the index page of a kit.

    ``needs`` lists what the speaker must have at hand, ``left_out`` which sheets the kit lacks, each with the reason.
    """

    files: Sequence[KitFile]
    needs: Sequence[Message]
    visitors: int
    seed: int
    left_out: Sequence[Message] = ()


def print_kit_index(kit: KitIndex, design: SheetDesign, language: str) -> bytes:
    """Return the index of a kit as a PDF, on one page if readable type has room there.

    Raises QuizgenError if Pango is missing, if no font has a character, or if the index is too long, and MisuseError for a
    head that is too long for any page.
    """
    about = PdfMetadata(_("What is in this folder").translated(language), design.organiser, language)
    values = {
        **form_template_values(design, language, _("the index has no room on one page")),
        "kit": kit,
        "paper_sheets": sum(file.paper_sheets for file in kit.files),
        "rows": [_file_row(file, language) for file in kit.files],
        "left_out": [each.translated(language) for each in kit.left_out],
        "needs": [need.translated(language) for need in kit.needs],
    }
    with Renderer(language, design.logo, design.colour) as renderer:
        for size in _SIZES[design.text_size]:
            document = renderer.lay_out("kit.html", {**values, "size": size})
            if len(document.pages) == 1:
                break
        if len(document.pages) <= _MAX_PAGES:
            return renderer.write_pdf(document, about)
    raise QuizgenError(
        problem(
            _("the index has no room on one page"),
            _("shorten them or leave some out, or take a larger --paper or a smaller --text-size"),
        )
    )


_SIDES: Mapping[str, Message] = {
    "one": _("one side"),
    "long-edge": _("both sides, flip on long edge"),
    "short-edge": _("both sides, flip on short edge"),
    "screen": _("on a screen"),
    "browser": _("opens in a browser"),
    "none": _("for a spreadsheet"),
    "marks": _("for quizgen mark"),
}


def _file_row(file: KitFile, language: str) -> dict[str, str]:
    unprinted = {"none": _("–"), "marks": _("–"), "screen": _("show"), "browser": _("send")}
    copies = unprinted.get(file.sides) or (_("{count} ×") if file.copies else _("some"))
    sides = _SIDES[file.sides].translated(language)
    pages = "" if file.pages <= 1 else _("{count} pages", count=f"{file.pages:,}").translated(language)
    return {
        "name": file.name,
        "purpose": file.purpose.translated(language),
        "copies": copies.with_values(count=f"{file.copies:,}").translated(language),
        "sides": locale(language).comma.join(filter(None, (file.paper, pages, sides))),
    }
