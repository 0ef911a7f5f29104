"""The report on results: which parts it has, and that it counts each person once."""

from msgspec.structs import replace

from quizgen.analysis import Sitting
from quizgen.view.report import Report, build_report, divide_talks, summary_lines, talk_table
from tests.analysis.people import both_sheets, given, question, sheet
from tests.banks import sample_bank

FIRST, SECOND, THIRD = (question(f"callers/{each}") for each in ("first", "second", "third"))


def talk(people: int, after: str = "A", *, genuine: bool | None = None) -> list[Sitting]:
    """Make both sheets of people who are wrong before and answer with a letter after."""
    return [
        each
        for number in range(people)
        for each in both_sheets(
            f"P{number}",
            (given(FIRST, "B", genuine=genuine), given(SECOND, "A", genuine=False)),
            (given(FIRST, after, genuine=genuine), given(SECOND, "A", genuine=False)),
        )
    ]


def report(*talks: list[Sitting], language: str = "en") -> Report:
    return build_report(
        {f"talk {number}": each for number, each in enumerate(talks, 1)}, sample_bank(), language
    )


def test_a_talk_with_both_sheets() -> None:
    made = report(talk(20))
    assert made.sheets == 40
    assert made.sentences == (
        (
            "20 people answered the same questions before and after the talk: 50 % of their answers were right before and 100 % "
            "after, so more than before (+50 percentage points; 95 % interval +43 to +57)."
        ),
        "20 had more right answers after the talk, 0 fewer, and 0 as many.",
        "None of these questions shows a genuine call or message, so nobody can tell whether people now trust genuine ones less.",
    )
    assert [(each.before.text, each.after.text) for each in made.changes] == [
        ("0 % (0–16), 0/20", "100 % (84–100), 20/20"), ("100 % (84–100), 20/20", "100 % (84–100), 20/20"),
    ]  # fmt: skip
    assert made.changes[0].change.endswith("20 changed to the right answer and 0 to a wrong one.")
    assert made.changes[1].change.endswith("which may be chance.")
    assert made.talks == ()


def test_sheets_after_the_talk_do_not_count_for_the_questions() -> None:
    made = report(talk(20))
    assert [(each.stem, each.bar.text) for each in made.questions] == [
        ("Which of callers/first?", "0 % (0–16), 0/20"), ("Which of callers/second?", "100 % (84–100), 20/20"),
    ]  # fmt: skip
    assert made.questions[0].remarks == ("20 answers: too few to say",)


def test_several_talks_are_lines_and_their_codes_are_kept_apart() -> None:
    made = report(talk(20), talk(12, "B"))
    assert [(each.name, each.people, each.change) for each in made.talks] == [
        ("talk 1", 20, "+50 (+43 … +57)"), ("talk 2", 12, "0 (−11 … +11)"),
    ]  # fmt: skip
    assert made.sentences[0].startswith("32 people answered")


def test_a_table_may_name_its_talks() -> None:
    march, june = (
        [replace(each, talk=name) for each in talk(people)] for name, people in (("03", 12), ("06", 20))
    )
    made = build_report(divide_talks({"mine": [*june, *march]}), sample_bank(), "en")
    assert list(talk_table(made, "en")) == [
        ("Talk", "People", "Before", "After", "Change, in percentage points"),
        ("03", "12", "50 %", "100 %", "+50 (+39 … +61)"),
        ("06", "20", "50 %", "100 %", "+50 (+43 … +57)"),
    ]  # fmt: skip
    assert [each.drawn for each in made.talks] == [(50, 50), (50, 50)]
    assert made.sentences[0].startswith("32 people answered")
    assert list(divide_talks({"mine": march, "yours": [*march, *talk(1)]})) == [
        "mine/03",
        "yours",
        "yours/03",
    ]


def test_talks_without_sheets_from_after_are_lines_with_the_share_right() -> None:
    papers = [sheet("", "", given(FIRST, letter), given(SECOND, "A")) for letter in "AAAAAABBBBBB"]
    made = report(papers, papers[:4])
    assert list(talk_table(made, "en")) == [
        ("Talk", "People", "Right"), ("talk 1", "12", "75 % (58–92)"), ("talk 2", "4", "100 %"),
    ]  # fmt: skip


def test_few_people_and_lost_halves() -> None:
    made = report([*talk(3), sheet("X", "after", given(FIRST, "A"))])
    assert made.sentences == (
        "3 people filled in both sheets: too few to say whether anything has changed.",
        "1 sheet does not count here: the other half is missing or there twice, or one of both cannot be read.",
    )
    assert made.changes == ()


def test_sheets_that_are_not_about_a_talk() -> None:
    made = report([sheet("", "", given(FIRST, "A"))])
    assert (made.sentences, made.talks, made.changes) == ((), (), ())
    assert len(made.questions) == 1
    assert report([]) == Report(0, (), (), (), (), (), ())


def test_what_people_chose_is_counted() -> None:
    people = [
        sheet("", "", given(FIRST, letter.strip()), given(SECOND, other), given(THIRD, other))
        for letter, other in zip("A" * 20 + "B" * 60 + "C" * 20 + " " * 20, "AB" * 60, strict=True)
    ]
    made = report(people)
    first = next(each for each in made.questions if "first" in each.stem)
    assert first.chosen == (
        "20 chose “A of callers/first” (right)",
        "60 chose “B of callers/first”",
        "20 chose “C of callers/first”",
        "0 chose “D of callers/first”",
        "20 left it out",
        "correlation with the other answers 0.0 (−0.2 to 0.2)",
    )
    assert first.remarks == (
        "60 of 100 chose “B of callers/first” and only 20 the right answer: check which is right",
        "nobody of 100 chose “D of callers/first”: replace it",
    )
    said = list(summary_lines(made, "en"))
    assert said[:2] == [f"{first.stem} → {remark}" for remark in first.remarks]
    assert not any("too few" in line for line in summary_lines(report(people[:20]), "en"))


def test_verdicts() -> None:
    made = report(talk(20, genuine=True))
    assert [(each.label, each.share) for each in made.verdicts] == [
        ("Scams recognised", 100), ("Genuine ones recognised", 0),
    ]  # fmt: skip
    assert made.verdict_notes[0].startswith("How well people tell them apart: d′ 0.0 (")
    few = report(talk(3, genuine=True))
    assert few.verdict_notes[0].startswith("Too few people")
    assert (
        "0 of 20 people recognised all genuine calls and messages before, and 20 after" in made.sentences[2]
    )
