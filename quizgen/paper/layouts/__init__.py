"""What can be printed: one module a layout, found by looking, and its templates.

Each module has a ``Layout``, by the name of ``LAYOUT``. To add a layout is to add such a module and its template: the
command line takes its name, its help and its options from there.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any, Generic, Literal, Protocol, TypeAlias, TypeVar

from msgspec import Struct

from quizgen.assemble import Batch, Candidates
from quizgen.model import Quiz
from quizgen.paper.design import PAGES, PageDesign, PaperSize
from quizgen.paper.press import Place
from quizgen.registry import entries_in
from quizgen.text.messages import Said

D = TypeVar("D", bound=PageDesign)

Companion: TypeAlias = Literal["key", "table"]
"""A file beside the PDF: a key in another PDF (OUT-key.pdf), and a table for a spreadsheet (OUT-key.csv)."""


Sides: TypeAlias = Literal["one", "long-edge", "short-edge", "screen"]
"""How a layout is printed: on one side, or on both and flipped at an edge; or shown on a screen."""


class KitSheet(Struct, frozen=True):
    """What the kit for a talk is told of a layout.

    ``place`` orders the sheets of a kit: below 20 what is wanted before the talk, below 40 for who holds it, below 80
    for those who come, in the order in which they get it, and from 80 on what they take home. ``copies`` says whether
    one is enough for all, or only some want one. ``purpose`` tells in a sentence what it is for, and ``needs`` names what must be at hand.
    ``chooses`` gives the quiz that it prints where it has no room for some questions and takes others, so that all
    sheets of the kit take these. ``papers`` are the sizes that it comes on, of which the first is taken in place of any
    other. ``languages`` is in how many languages a bank has to be for it; of one in fewer a kit does without it.
    """

    place: int
    copies: Literal["one", "per-visitor", "as-needed"]
    sides: Sides
    purpose: Said
    needs: tuple[Said, ...] = ()
    chooses: "Callable[[PrintJob], Quiz] | None" = None
    papers: tuple[PaperSize, ...] = tuple(PAGES)
    languages: int = 1


class PrintJob(Protocol):
    """What is asked for beside the design: questions, drawn when a layout wants them.

    ``readers`` are languages that whoever prints reads, those of a profile first.
    """

    language: str
    readers: tuple[str, ...]

    def quiz(self) -> Quiz:
        """Assemble one quiz; raises MisuseError as ``assemble`` does."""

    def versions(self, labels: Sequence[str], *, own_draw: bool) -> Batch:
        """Assemble versions, each with its own questions if ``own_draw``; raises as ``assemble_versions`` does."""

    def candidates(self) -> Candidates:
        """Give all that may be taken, for a layout with room for some only; raises MisuseError as ``assemble`` does."""

    def report(self, done: int, total: int) -> None:
        """Hear how many of so many papers are done."""


class Printed(Struct, frozen=True):
    """What was printed. ``content`` says in a few words what is in it: "3 versions of 6 questions".

    ``drawn`` tells whether it has drawn questions, or what depends on them, and so a seed to name. ``places(i)``
    lists where the paper with index ``i`` is to be marked. ``serves`` is how many people a copy is enough for, by the
    papers, rows or cards that it has; one that is ``by_name`` has what each of them gets, and is wanted once. ``note`` is what else whoever prints should hear.
    """

    pdf: bytes
    content: Said
    key: bytes | None = None
    table: list[list[str]] | None = None
    drawn: bool = True
    places: Callable[[int], list[Place]] | None = None
    serves: int = 1
    by_name: bool = False
    note: Said = ""


class Layout(Struct, Generic[D], frozen=True):
    """Something that can be printed.

    ``help`` goes on from "The layout:"; ``design`` is what may be asked of it, a field for each option of the
    command line; ``templates`` are files of the folder ``templates``. ``companions`` tells, before anything is
    done, which files come beside the PDF, and raises MisuseError for a design that makes no sense. Without ``kit`` it
    is no part of a kit.
    """

    name: str
    help: Said
    design: type[D]
    templates: tuple[str, ...]
    make: Callable[[PrintJob, D], Printed]
    companions: Callable[[D], tuple[Companion, ...]] = lambda _: ()
    kit: KitSheet | None = None


def layout_named(name: str) -> Layout[Any] | None:
    """Find a layout and load no other; ``None`` where there is none, or its module has another name than it."""
    module = f"{__name__}.{name.replace('-', '_')}"
    if not name.replace("-", "_").isidentifier() or not find_spec(module):
        return None
    found: Layout[Any] = import_module(module).LAYOUT
    return found if found.name == name else None


def layout_names() -> list[str]:
    """List the names of all layouts, without importing them."""
    return sorted(module.name.replace("_", "-") for module in iter_modules(__path__))


@cache
def layouts() -> dict[str, Layout[Any]]:
    """Find all layouts, by name."""
    return entries_in(__name__, __path__, "LAYOUT", lambda layout: layout.name)
