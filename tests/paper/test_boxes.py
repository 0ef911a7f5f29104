"""Everything that a sheet prints is on the paper, whatever its logo, and however long its names, dates and titles are.

``QUIZGEN_TESTS_HEAVY=1`` tries a hundred designs of each layout, with more questions. Otherwise one design in each size of
type is tried, others for each layout.
"""

import os
import re
from functools import cache
from itertools import product
from typing import Any, NamedTuple
from zlib import crc32

import pytest
from msgspec.structs import fields, replace

from quizgen.bank import read_bank
from quizgen.errors import QuizgenError
from quizgen.files import shipped_folder
from quizgen.model import Bank, Statement
from quizgen.paper.design import MM, Logo, PageDesign, PaperSize
from quizgen.paper.layouts import Layout, all_layouts
from tests.paper.jobs import Job
from tests.paper.printed import Run, runs, sizes

HEAVY = os.environ.get("QUIZGEN_TESTS_HEAVY") == "1"

ORGANISERS = {
    "en": (
        "",
        "Our Library",
        "Longhua Branch of the Shenzhen City Police",
        "Community Crime Prevention Centre of the Longhua Branch of the Shenzhen City Police",
    ),
    "zh-Hans": (
        "",
        "幸福社区",
        "深圳市公安局龙华分局反电信网络诈骗宣传中心",
        "深圳市公安局龙华分局反诈宣传中心和龙华区新时代文明实践中心志愿服务队",
    ),
    "zh-Hant": (
        "",
        "幸福社區",
        "深圳市公安局龍華分局反電信網路詐騙宣傳中心",
        "深圳市公安局龍華分局反詐宣傳中心和龍華區新時代文明實踐中心志願服務隊",
    ),
}
DATES = {
    "en": ("", "14 May", "Thursday, 14 May 2026, 7 pm, Hall 2, Long Street 5"),
    "zh-Hans": ("", "5月14日", "2026年5月14日星期四晚上7点，长街5号2号礼堂"),
    "zh-Hant": ("", "5月14日", "2026年5月14日星期四晚上7點，長街5號2號禮堂"),
}
TITLES = {
    "en": ("", "Stop, check", "What everybody in our street should know about fraud by phone and web"),
    "zh-Hans": ("", "防骗小测验", "我们街道每一位居民都应该知道的电信网络诈骗防范知识"),
    "zh-Hant": ("", "防騙小測驗", "我們街道每一位居民都應該知道的電信網路詐騙防範知識"),
}
CONTACTS = ("", "0755-1234 5678 (weekdays)")
ASPECTS = (None, 1 / 3, 1.0, 5.0)

EDGE = 7.9
"""Office printers print nothing nearer to the edge of the paper, in millimetres. Slides are not printed."""


class Case(NamedTuple):
    """A design of a sheet: values of its options, and the language."""

    paper: PaperSize
    language: str
    text_size: str
    aspect: float | None
    organiser: int
    date: int
    title: int
    contact: int


PAPERS: tuple[PaperSize, ...] = ("A4", "Letter")
TEXT_SIZES = ("normal", "large")
ALL_CASES = [
    Case(*each)
    for each in product(PAPERS, TITLES, TEXT_SIZES, ASPECTS, range(4), range(3), range(3), range(2))
]


def cases(layout: Layout[Any]) -> list[Case]:
    """Return cases for a layout that are far apart in the list, others for each layout.

    Without ``HEAVY`` these are one in normal type and one in large type, in two languages.
    """
    first = crc32(layout.name.encode())
    spread = [ALL_CASES[(first + 1051 * step) % len(ALL_CASES)] for step in range(100)]
    if HEAVY:
        return spread
    normal = next(each for each in spread if each.text_size == "normal")
    large = (each for each in spread if each.text_size == "large" and each.language != normal.language)
    return [normal, next(large)]


def logo(aspect: float | None) -> Logo | None:
    if aspect is None:
        return None
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {300 * aspect} 300"><path d="M0 0h{300 * aspect}v300z"/></svg>'
    return Logo("logo.svg", "image/svg+xml", svg.encode(), aspect)


def design_of(layout: Layout[Any], case: Case) -> PageDesign:
    asked = {
        "paper": case.paper,
        "text_size": case.text_size,
        "logo": logo(case.aspect),
        "organiser": ORGANISERS[case.language][case.organiser],
        "date": DATES[case.language][case.date],
        "title": TITLES[case.language][case.title],
        "contact": CONTACTS[case.contact],
        "link": "https://example.org/fraud-quiz",
        "codes": 2,
    }
    names = {field.name for field in fields(layout.design)}
    made: PageDesign = layout.design(**{name: value for name, value in asked.items() if name in names})
    return made


def outside(pdf: bytes, edge: float) -> list[Run]:
    """List the texts that stand nearer to an edge of their page than ``edge`` millimetres, or off it.

    The end of a ``j`` reaches back over the edge of its line.
    """
    pages = sizes(pdf)
    return [
        run
        for run in runs(pdf)
        if run.text.strip()
        and not (
            edge <= run.left + (0.055 * run.size / MM if run.text.startswith("j") else 0)
            and edge <= run.top
            and run.right <= pages[run.page][0] - edge
            and run.bottom <= pages[run.page][1] - edge
        )
    ]


def overlapping(pdf: bytes) -> list[tuple[str, str]]:
    """List pairs of texts that are printed over each other."""
    found = []
    above: list[Run] = []  # which may reach down to the next
    for run in sorted((run for run in runs(pdf) if run.text.strip()), key=lambda run: (run.page, run.top)):
        above = [one for one in above if one.page == run.page and one.bottom > run.top]
        found += [
            (one.text, run.text)
            for one in above
            if min(one.right, run.right) - max(one.left, run.left) > 0.5
            and min(one.bottom, run.bottom) - run.top > 0.35 * min(one.bottom - one.top, run.bottom - run.top)
        ]
        above.append(run)
    return found


@pytest.mark.parametrize(
    ("layout", "case"),
    [
        pytest.param(layout, case, id=f"{layout.name}-{'-'.join(map(str, case))}")
        for layout in all_layouts().values()
        for case in cases(layout)
    ],
)
def test_every_text_is_on_the_paper_and_over_no_other(layout: Layout[Any], case: Case) -> None:
    pdf = layout.make(Job(case.language, count=6 if HEAVY else 2), design_of(layout, case)).pdf
    assert outside(pdf, 4 if layout.name == "slides" else EDGE) == []
    assert overlapping(pdf) == []


def test_what_has_no_room_is_refused_in_a_line() -> None:
    handout = all_layouts()["handout"]
    design = handout.design(organiser="Community " * 200)
    with pytest.raises(QuizgenError) as refused:
        handout.make(Job(), design)
    assert len(str(refused.value).splitlines()) == 1


WORDS = [
    "Hang",
    "up",
    "and",
    "ask",
    "your",
    "own",
    "bank",
    "about",
    "it",
    "before",
    "you",
    "pay",
    "anybody",
    "anything",
    "at",
    "all",
    "today",
]
NUMBERS = {
    "short": ("911", "811"),
    "long": ("902-555-0100", "1-800-555-0199"),
}
NOTE = {"en": "Day and night"}


@cache
def british_bank() -> Bank:
    return read_bank([shipped_folder("question_bank") / "uk"])


def written_at_length(words: int, numbers: str) -> Bank:
    """Return the British bank with statements of so many words, verbs of half as many, and two numbers with notes."""
    bank = british_bank()
    text = {"en": " ".join(WORDS[at % len(WORDS)] for at in range(words))}
    head = {"en": " ".join(WORDS[: (words + 1) // 2])}
    statements = {
        id_: replace(each, text=text, short=each.short and text, head=each.head and head)
        for id_, each in bank.statements.items()
    }
    for role in ("say", "keep", "slogan", "lead"):
        statements[f"own-{role}"] = Statement(f"own-{role}", role, text)
    emergency = replace(bank.help["bank"], number=NUMBERS[numbers][0], note=NOTE)
    advice = replace(emergency, id="advice", role="advice", number=NUMBERS[numbers][1])
    return replace(bank, statements=statements, help={**bank.help, "bank": emergency, "advice": advice})


LENGTHS = ((1, "long"), (7, "long"), (12, "short"), (24, "long"))


def lengths() -> list[tuple[str, str, int, str]]:
    """Return layouts, sizes of type and lengths of statements: each layout has each length in one size, or in both if ``HEAVY``."""
    return [
        (name, size, *length)
        for row, name in enumerate(("wallet", "poster", "leaflet"))
        for column, length in enumerate(LENGTHS)
        for size in (TEXT_SIZES if HEAVY else TEXT_SIZES[(row + column) % 2 :][:1])
    ]


@pytest.mark.parametrize(("name", "text_size", "words", "numbers"), lengths())
def test_a_statement_of_any_length_fits_or_is_named(
    name: str, text_size: str, words: int, numbers: str
) -> None:
    layout, bank = all_layouts()[name], written_at_length(words, numbers)
    refusal, pdf = "", b""
    try:
        pdf = layout.make(Job("en", bank=bank), layout.design(text_size=text_size)).pdf
    except QuizgenError as refused:
        refusal = str(refused)
    if refusal:
        named = r"the (text of the statement [\w-]+|statements with the roles .+|title .+) ha(s|ve) no room"
        assert re.match(named, refusal)
        assert words > 4
    else:
        assert outside(pdf, EDGE) == []
        assert overlapping(pdf) == []
