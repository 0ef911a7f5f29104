"""The report on results as a PDF and as a web page in one file."""

from functools import cache

from quizgen.paper.report import print_report, render_report_page
from quizgen.view.report import Bar, ChangeReport, QuestionReport, Report, TalkReport
from tests.paper.printed import squeezed, text_of
from tests.paper.structure import structure

BAR = Bar("Before", 50, 30.1, 69.9, "50 % (30–70), 10/20")
REPORT = Report(
    sheets=40,
    sentences=("One <sentence> for a report.",),
    talks=(TalkReport("may", 20, "50 %", "75 %", "+25 (+10 … +40)", (50, 25)),),
    changes=(ChangeReport("Which first?", BAR, BAR, "+25 percentage points"),),
    verdicts=(BAR,),
    verdict_notes=("d′ 1.0 (−0.3 to 2.3)",),
    questions=(QuestionReport("Which next?", BAR, ("nobody chose it",)),) * 30,
)
EMPTY = Report(0, (), (), (), (), (), ())


@cache
def printed() -> bytes:
    """Print the report, once for all tests that read it."""
    return print_report(REPORT, "en")


def test_the_pdf_has_every_part_and_pages_as_needed() -> None:
    pdf = printed()
    assert pdf == print_report(REPORT, "en")
    words = text_of(pdf)
    for part in (
        "One <sentence> for a report.",
        "may",
        "+25 (+10 … +40)",
        "Which first?",
        "d′ 1.0 (−0.3 to 2.3)",
        "nobody chose it",
    ):
        assert squeezed(part) in words
    assert words.count("Whichnext?") == 30


def test_the_page_is_one_file() -> None:
    page = render_report_page(REPORT, "zh-Hans").decode()
    assert "One &lt;sentence&gt; for a report." in page
    assert '<html lang="zh-Hans">' in page
    assert "left: 30.1%" in page
    assert not any(word in page for word in ("<link", "src=", "url(", "http:", "https:"))


def test_a_report_on_nothing_is_a_page() -> None:
    assert "0sheets" in text_of(print_report(EMPTY, "en"))
    assert b"<h2>" not in render_report_page(EMPTY, "en")


def test_a_screen_reader_finds_headings_and_no_bars() -> None:
    read = structure(printed())
    assert read.loose == []
    assert [len(read.roles(role)) for role in ("H1", "H2", "H3")] == [1, 4, 31]
    assert read.roles("H3")[0].text == "Whichfirst?"
    assert all(each.text for each in read.roles("TH", "TD") if each.role == "TH")
    assert "50%(30–70),10/20" in [each.text for each in read.roles("TD")]
