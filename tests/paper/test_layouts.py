"""What every layout must have and do."""

import ast
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pypdfium2 as pdfium
import pytest
from msgspec.structs import fields, replace

import quizgen
from quizgen.cli.printing import layout_command
from quizgen.errors import MisuseError, QuizgenError
from quizgen.files import shipped_folder
from quizgen.model import Bank, Question
from quizgen.paper import layouts as package
from quizgen.paper.design import Logo, Option
from quizgen.paper.layouts import Layout, all_layouts, find_layout
from quizgen.shapes import Match
from quizgen.text.languages import localize
from tests.banks import town_bank
from tests.paper.jobs import Job
from tests.paper.printed import runs, sizes, squeezed, text_of
from tests.paper.structure import short_ends, structure

LAYOUTS = pytest.mark.parametrize("layout", all_layouts().values(), ids=all_layouts())


@cache
def printed(name: str) -> bytes:
    """Print three questions without any options, once for all tests that look at the same sheet."""
    layout = all_layouts()[name]
    return layout.make(Job(count=3), design_of(layout)).pdf


def design_of(layout: Layout[Any], **values: Any) -> Any:
    """Return a design with the defaults of a layout, but with codes for one pair of neighbours in place of dozens."""
    few = {"codes": 2} if layout.name == "before-after" else {}
    return layout.design(**few | values)


def options(layout: Layout[Any]) -> dict[str, tuple[Any, Any]]:
    """Type and default of each option."""
    hints = get_type_hints(layout.design)
    return {field.name: (hints[field.name], field.default) for field in fields(layout.design)}


def test_every_module_is_found_by_its_name() -> None:
    modules = {path.stem for path in Path(next(iter(package.__path__))).glob("*.py")} - {"__init__"}
    assert {name.replace("-", "_") for name in all_layouts()} == modules
    assert all(find_layout(name) is layout for name, layout in all_layouts().items())
    assert [find_layout(name) for name in ("", "posters", "answer_sheet", "../poster", "os.path")] == [
        None
    ] * 5


@LAYOUTS
def test_each_option_has_its_help(layout: Layout[Any]) -> None:
    hints = get_type_hints(layout.design, include_extras=True)
    names = {field.name for field in fields(layout.design)}
    for name in names - {"title_language"}:  # which the bank tells, and no option
        _kind, option = get_args(hints[name])
        assert isinstance(option, Option)
        assert option.help.endswith(".")


@LAYOUTS
def test_an_option_is_the_same_in_every_layout(layout: Layout[Any]) -> None:
    for other in all_layouts().values():
        theirs = options(other)
        assert {name: own for name, own in options(layout).items() if theirs.get(name, own) != own} == {}


def bank_with_right_sides_left_over() -> Bank:
    """Return the built-in bank in which each question to match has a right side that belongs to nothing."""
    bank, left_over = town_bank(), {"en": "by carrier pigeon", "zh-Hans": "用信鸽"}
    questions = {
        id_: replace(each, answer=replace(each.answer, choices=(*each.answer.choices, left_over)))
        if isinstance(each.answer, Match)
        else each
        for id_, each in bank.questions.items()
    }
    return replace(bank, questions=questions)


TAKE_MATCHES = ("bilingual", "guide", "handout", "slides")
"""Layouts that print questions to match."""


def silent_bank() -> Bank:
    """Return that bank without statements, help numbers, and the questions that name a number."""
    bank = bank_with_right_sides_left_over()
    numbers = re.compile("|".join(each.number for each in bank.help.values()))

    def names_no_number(question: Question) -> bool:
        exhibit = bank.exhibits.get(question.exhibit)
        return not numbers.search(str((question, exhibit)))

    questions = {id_: each for id_, each in bank.questions.items() if names_no_number(each)}
    return replace(bank, questions=questions, statements={}, help={})


@LAYOUTS
def test_sheets_leave_out_what_a_bank_lacks(layout: Layout[Any]) -> None:
    ours, language = town_bank(), "en"
    job = Job(language, bank=silent_bank(), count=2)
    pdf = layout.make(job, design_of(layout)).pdf
    text = text_of(pdf)
    lines = [
        line for page in pdfium.PdfDocument(pdf) for line in page.get_textpage().get_text_range().splitlines()
    ]
    numbers = [each.number for each in ours.help.values()]
    assert [number for number in numbers if any(number in line for line in lines)] == []
    said = [
        localize(words, language) for each in ours.statements.values() for words in (each.text, each.short)
    ]
    assert [words for words in said if words and squeezed(words) in text] == []
    assert layout.name in TAKE_MATCHES or "bycarrierpigeon" not in text


@pytest.mark.parametrize("name", TAKE_MATCHES)
def test_a_question_to_match_can_have_right_sides_left_over(name: str) -> None:
    layout = all_layouts()[name]
    job = Job(bank=bank_with_right_sides_left_over(), count=1, kinds=("match",))
    assert "bycarrierpigeon" in text_of(layout.make(job, layout.design()).pdf)


def strings_in(path: Path) -> list[str]:
    """List the strings and docstrings of a module. Its numbers are measures, which may equal a number to call."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_the_program_contains_no_facts_or_numbers_of_the_bank() -> None:
    bank = town_bank()
    names = [*bank.facts, *(each.number for each in bank.help.values())]
    ours = re.compile(rf"(?<![\w-])(?:{'|'.join(names)})(?![\w-])")
    texts = [
        *shipped_folder("templates").rglob("*.html"),
        *Path(quizgen.__path__[0], "locales").rglob("*.po"),
    ]
    found = {path.name: ours.findall(path.read_text(encoding="utf-8")) for path in texts}
    for path in Path(quizgen.__path__[0]).rglob("*.py"):
        found[str(path)] = ours.findall("\n".join(strings_in(path)))
    assert {name: each for name, each in found.items() if each} == {}


def on_large_paper_alone() -> list[str]:
    """List the layouts that do not come on A5."""
    return [name for name, layout in all_layouts().items() if "A5" not in layout.papers]


@pytest.mark.parametrize("name", on_large_paper_alone())
def test_smaller_paper_is_refused(name: str) -> None:
    layout = all_layouts()[name]
    with pytest.raises(MisuseError, match=f"^{name} does not come on A5; take --paper A4 or"):
        layout.make(Job(count=2), layout.design(paper="A5"))


ORDER = "harbour/sell-a-boat"
LONG = {"cards": "harbour/judge-long-chat-about-papers", "poster": "harbour/berth-by-text"}


@pytest.mark.parametrize(
    ("name", "asked"),
    [*LONG.items(), *((name, ORDER) for name in ("before-after", "cards", "leaflet", "poster"))],
)
def test_a_named_question_that_does_not_fit_is_refused(name: str, asked: str) -> None:
    layout = all_layouts()[name]
    with pytest.raises(QuizgenError, match=f"^{asked} does not fit on {name}; name another"):
        layout.make(Job(questions=(asked,)), layout.design())


@pytest.mark.parametrize(("name", "count"), [("cards", 5), ("leaflet", 4), ("poster", 1)])
def test_too_few_questions_that_fit_are_counted(name: str, count: int) -> None:
    layout = all_layouts()[name]
    match = f"^{name} takes {count} questions that fit, .* ask for more topics"
    with pytest.raises(QuizgenError, match=match):
        layout.make(Job(kinds=("match", "order", "fill"), count=count), layout.design())


@pytest.mark.parametrize("name", ["leaflet", "poster"])
def test_a_title_that_does_not_fit_is_refused(name: str) -> None:
    layout = all_layouts()[name]
    with pytest.raises(MisuseError, match=r"^the title 'Asked .*' has no room; shorten it$"):
        layout.make(Job(), layout.design(title="Asked to pay? " * 20))


@pytest.mark.parametrize("name", ["leaflet", "poster"])
@pytest.mark.parametrize("field", ["organiser", "contact"])
def test_an_organiser_that_does_not_fit_is_refused(name: str, field: str) -> None:
    layout = all_layouts()[name]
    with pytest.raises(MisuseError, match=rf"^title, organiser and contact have no room on {name}; shorten"):
        layout.make(Job(), layout.design(**{field: "Harbour " * 60}))


@pytest.mark.parametrize("name", ["cards", "wallet"])
def test_a_card_has_no_organiser_that_does_not_fit(name: str) -> None:
    layout = all_layouts()[name]
    pdf = layout.make(Job(), layout.design(organiser="Xylophone " * 13, contact="0123 4567")).pdf
    assert "01234567" in text_of(pdf)
    assert "Xylophone" not in text_of(pdf)


def visible_options(layout: Layout[Any]) -> list[str]:
    """List the options of a layout's design that its help shows."""
    shown = [param.name for param in layout_command(layout).params if not getattr(param, "hidden", False)]
    return [name for name in options(layout) if name in shown]


TEXTS = {
    "title": "Xylophone",
    "organiser": "Harbour",
    "contact": "0123 4567",
    "date": "9 May",
    "link": "https://example.org",
}
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4" fill="#0f0"/></svg>'
OTHER_VALUES: dict[str, Any] = {
    "paper": "Letter",
    "logo": Logo("logo.svg", "image/svg+xml", LOGO),
    "text_size": "large",
    "tagged": True,
    "answers": "none",
    "duplex": False,
    "versions": 3,
    "only_version": "B",
    "draw": True,
    "slide_numbers": True,
    "second": "zh-Hant",
    "minutes": 60,
    "codes": 1,
    "marks": True,
    "colour": "#8a1538",
}
SEEN_TOGETHER = ("paper", "logo", "colour", "text_size")
"""What can be told apart on one sheet: pages of another shape, a green logo, red lines or words, and large type."""
ABOUT_VERSIONS = {"tagged", "duplex", "only_version", "draw", "slide_numbers"}


CHOOSING = {"before-after": 3, "leaflet": 4}
"""Layouts that choose questions, and how many they take here."""


def shortest_ids(count: int) -> tuple[str, ...]:
    """Return the ids of the statements to judge that have the fewest words, with their reason and advice."""

    def words(question: Question) -> int:
        return len(question.stem["en"] + question.rationale["en"] + question.advice.get("en", ""))

    judged = [each for each in town_bank().questions.values() if each.kind == "true-false"]
    return tuple(each.id for each in sorted(judged, key=words)[:count])


@LAYOUTS
def test_each_option_that_the_help_shows_changes_the_sheet(layout: Layout[Any]) -> None:
    # Named questions are not compared with hundreds of others.
    few = {"questions": shortest_ids(CHOOSING[layout.name])} if layout.name in CHOOSING else {"count": 1}
    # Three questions make at least six versions. Two may make only two.
    # Papers that draw their own questions set all that may come, so these are a few of one topic.
    several = {"count": 3, "topics": ("offers",), "kinds": ("single",)}

    def make(**values: Any) -> bytes:
        job = Job(**several if "versions" in values else few)
        return layout.make(job, design_of(layout, **values)).pdf

    def pixels(pdf: bytes) -> list[bytes]:
        return [bytes(page.render(scale=1).buffer) for page in pdfium.PdfDocument(pdf)]

    def smallest_type(pdf: bytes) -> float:
        return min(run.size for run in runs(pdf))

    def colours(pdf: bytes) -> set[tuple[int, int, int]]:
        pages = (page.render(scale=2).to_pil() for page in pdfium.PdfDocument(pdf))
        return {colour for page in pages for _, colour in page.getcolors(page.width * page.height)}

    visible = visible_options(layout)
    assert set(visible) <= {*TEXTS, *OTHER_VALUES}
    texts = {name: text for name, text in TEXTS.items() if name in visible}
    together = [name for name in SEEN_TOGETHER if name in visible]
    full = make(**texts, **{name: OTHER_VALUES[name] for name in together})
    words = text_of(full)
    missing = [name for name, text in texts.items() if squeezed(text.removeprefix("https://")) not in words]
    assert missing == []
    assert "logo" not in together or any(green > red + 99 for red, green, _ in colours(full))
    assert "colour" not in together or any(red > green + 99 for red, green, _ in colours(full))
    bare = printed(layout.name) if "question" in layout.unused_options else make()
    assert "paper" not in together or sizes(full)[0] != sizes(bare)[0]
    assert "text_size" not in together or smallest_type(full) >= 16 > smallest_type(bare)
    plain = pixels(bare)
    alone = [name for name in visible if name not in {*TEXTS, *SEEN_TOGETHER, *ABOUT_VERSIONS}]
    assert [name for name in alone if pixels(make(**{name: OTHER_VALUES[name]})) == plain] == []
    versions = [name for name in visible if name in ABOUT_VERSIONS]
    if versions:
        one_page = {"answers": "none"} if "answers" in visible else {}
        two = make(versions=2, **one_page)
        changed = {name: make(versions=2, **one_page, **{name: OTHER_VALUES[name]}) for name in versions}
        assert [name for name, pdf in changed.items() if pdf == two] == []


@LAYOUTS
def test_it_is_pdf_ua(layout: Layout[Any]) -> None:
    """An independent checker tests all rules of ISO 14289-1 that a machine can check."""
    checker = pytest.importorskip("page", reason="page-validation is not installed")
    report = checker.validate_pdf_bytes(printed(layout.name), profile="ua1")
    assert [failure.message for failure in report.failures] == []


@LAYOUTS
def test_it_can_be_read_aloud(layout: Layout[Any]) -> None:
    """Everything is text or decoration, pictures and boxes have a text, and no level of heading is left out."""
    read = structure(printed(layout.name))
    assert read.all()
    assert read.loose == []
    assert [each for each in read.roles("Figure", "Form") if not each.alt] == []
    headings = [each for each in read.all() if re.fullmatch("H[1-6]", each.role)]
    assert [each for each in headings if not each.text] == []
    levels = [0, *(int(each.role[1]) for each in headings)]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert levels[1:2] == [1]
    assert short_ends(read) == []
    boxes = [content.box for each in read.roles("Form") for content in each.contents()]
    lines = [top - bottom for left, bottom, right, top in boxes if right - left > 10 * (top - bottom)]
    assert [line for line in lines if line < 0.9] == []  # a photocopy loses what is thinner
