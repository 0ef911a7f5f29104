"""The layouts: the sheets that ``quizgen print`` prints.

Each layout is a module here with a ``LAYOUT``, and a template. The command line takes its name, help and options from
there.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Generic, Literal, Protocol, TypeAlias, TypeVar

from msgspec import Struct

from quizgen.assemble import Candidates, VersionBatch
from quizgen.errors import QuizgenError, problem
from quizgen.model import Quiz
from quizgen.paper.design import PAGES, PageDesign, PaperSize
from quizgen.registry import collect_entries
from quizgen.text.messages import NOTHING, Message, _

D = TypeVar("D", bound=PageDesign)

Companion: TypeAlias = Literal["key", "table", "positions"]
"""A file beside the PDF.

A key in another PDF (OUT-key.pdf), a table for a spreadsheet (OUT-key.csv), or the positions of boxes for ``quizgen mark``
(OUT-marks.json).
"""


Sides: TypeAlias = Literal["one", "long-edge", "short-edge", "screen"]
"""How a sheet is printed: on one side, or on both and flipped at an edge. Slides are for a screen."""


CHOOSING_OPTIONS = (
    "count",
    "topic",
    "kind",
    "level",
    "difficulty",
    "audience",
    "question",
    "seed",
)
"""Names of the options that choose questions. A sheet without questions lists them in ``unused_options``."""


class KitSheet(Struct, frozen=True):
    """How a kit for a talk uses a layout.

    - ``place`` orders the sheets: below 20 for before the talk, below 40 for the speaker, below 80 for visitors in the
      order in which they get them, and from 80 on what they take home.
    - ``copies``: one for all, one for each visitor, or as many as somebody wants.
    - ``purpose`` says in a sentence what it is for; ``needs`` lists what must be at hand.
    - ``chooses`` gives the quiz that it prints, where it has no room for some questions and takes others. All sheets of
      the kit then take these.
    - ``languages`` is how many languages a bank needs for it. A kit of a bank with fewer leaves it out.
    - ``is_default`` is false if a kit has it only when asked for (``--with``).
    """

    place: int
    copies: Literal["one", "per-visitor", "as-needed"]
    sides: Sides
    purpose: Message
    needs: tuple[Message, ...] = ()
    chooses: "Callable[[PrintJob], Quiz] | None" = None
    languages: int = 1
    is_default: bool = True


class PrintJob(Protocol):
    """Gives a layout its questions when it asks for them.

    ``language`` is the language of the sheet. ``readers`` has the languages of the person who prints, first those of
    the profile.
    """

    language: str
    readers: tuple[str, ...]

    def quiz(self) -> Quiz:
        """Assemble one quiz; raises MisuseError as ``assemble`` does."""

    def versions(self, labels: Sequence[str], *, draw_separately: bool) -> VersionBatch:
        """Assemble versions, each with its own questions if ``draw_separately``; raises as ``assemble_versions`` does."""

    def candidates(self) -> Candidates:
        """Return all questions to choose from, for a layout with room for some; raises MisuseError as ``assemble`` does."""

    def report(self, done: int, total: int) -> None:
        """Report that ``done`` papers of ``total`` are ready."""


class PrintedSheet(Struct, frozen=True):
    """A sheet that a layout printed, with what the command line says about it.

    - ``pdf`` is the sheet; ``key``, ``table`` and ``positions`` are the files beside it, if there are any.
    - ``content`` says in a few words what the sheet has, such as "3 versions of 6 questions". ``note`` is one more
      line to show.
    - ``drawn`` is false if the sheet is the same for every seed. ``quizgen print`` then names no seed.
    - ``serves`` is the number of people for whom one copy is enough: how many papers, rows or cards it has.
    - ``by_name`` is true if the sheet has a copy for each name on a list, so that one print is enough.
    - ``sides`` is how it is printed, if not as its ``KitSheet`` says.
    """

    pdf: bytes
    content: Message
    key: bytes | None = None
    table: list[list[str]] | None = None
    drawn: bool = True
    serves: int = 1
    by_name: bool = False
    note: Message = NOTHING
    positions: bytes | None = None
    sides: Sides | Literal[""] = ""


class Layout(Struct, Generic[D], frozen=True):
    """A sheet that can be printed.

    - ``name`` is that of its module, with ``-`` for ``_``, and that of its command.
    - ``help`` says what it is in English, marked with ``N_``, as in "Print {a poster}".
    - ``design`` has a field for each option of the command.
    - ``make`` prints it.
    - ``companions`` says, before anything is done, which files come beside the PDF; it raises MisuseError for a design
      that makes no sense.
    - ``kit`` says how a kit uses it; without, no kit has it.
    - ``more_help`` is a paragraph that the help of its command adds to ``help``.
    - ``count_help`` is the help of ``--count``, if that of other sheets does not suit this one.
    - ``unused_options`` are options that change nothing on this sheet: those of the design, such as ``date``, and those
      that choose questions, such as ``count``. The command accepts them, but its help leaves them out.
    - ``papers`` are the sizes that it comes on, which its help lists. A kit takes the first instead of any other.
    """

    name: str
    help: str
    design: type[D]
    make: Callable[[PrintJob, D], PrintedSheet]
    companions: Callable[[D], tuple[Companion, ...]] = lambda _: ()
    kit: KitSheet | None = None
    more_help: str = ""
    count_help: str = ""
    unused_options: tuple[str, ...] = ()
    papers: tuple[PaperSize, ...] = tuple(PAGES)


def layout_names() -> list[str]:
    """Return the names of all layouts, from the names of their modules, without importing them."""
    return sorted(module.name.replace("_", "-") for module in iter_modules(__path__))


def find_layout(name: str) -> Layout[Any] | None:
    """Import and return the layout with this name, or ``None`` if there is none.

    Raises QuizgenError if the module has no layout of the same name, since the command line finds layouts by module.
    """
    if name not in layout_names():
        return None
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    found: Layout[Any] | None = getattr(module, "LAYOUT", None)
    if found is None or found.name != name:
        raise QuizgenError(
            problem(
                _("{module} has no LAYOUT with the name {name}"),
                _("give its layout the name of the module"),
                module=module.__name__,
                name=name,
            )
        )
    return found


@cache
def all_layouts() -> dict[str, Layout[Any]]:
    """Return all layouts, by name."""
    found = collect_entries(__name__, __path__, "LAYOUT", lambda layout: layout.name)
    for name in layout_names():
        find_layout(name)  # refuses a layout with another name than its module
    return found
