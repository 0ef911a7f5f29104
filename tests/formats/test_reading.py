"""Reading formats: our exports come back unchanged, files of other programs are understood, and hostile files are refused."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.assemble import Recipe, all_questions
from quizgen.author.imported_question import ImportedQuestion
from quizgen.author.importing import Importer, choose_kind
from quizgen.bank.checks import HELP_NAME
from quizgen.errors import QuizgenError
from quizgen.formats import formats_by_name, readers_by_format
from quizgen.formats.kahoot import FORMAT as KAHOOT
from quizgen.formats.reading import ReadResult, decode_text, join_lines
from quizgen.formats.records import make_quiz_export
from quizgen.model import OPTIONAL_KEYS, Bank, Declaration, Question, Topic
from quizgen.shapes import Choose, Fill, Match, Order
from tests.banks import answer_to

OWN = Declaration(("en",), OPTIONAL_KEYS)
TOPICS = {"own": Topic("own", {"en": "My own / questions"})}


def bank_of(entries: Sequence[tuple[str, dict[str, Any]]]) -> Bank:
    questions = {
        f"{topic}/{entry['id']}": Question(
            id=f"{topic}/{entry['id']}",
            topic=topic,
            facts=(),
            answer=answer_to(entry),
            **{key: entry[key] for key in ("kind", "level", "difficulty", "stem")},
            rationale=entry.get("rationale", {}),
            advice=entry.get("advice", {}),
        )
        for topic, entry in entries
    }
    return Bank({}, TOPICS, {}, questions, declared=OWN)


def read(form: str, data: bytes | str) -> ReadResult:
    return readers_by_format()[form](data.encode() if isinstance(data, str) else data, "en", "FILE")


def only(form: str, data: bytes | str) -> ImportedQuestion:
    reading = read(form, data)
    assert reading.refused == []
    (question,) = reading.questions
    return question


def said(form: str, data: bytes | str) -> str:
    with pytest.raises(QuizgenError) as error:
        read(form, data)
    (problem,) = error.value.problems
    return str(problem)


# What is written comes back

MARKS = 'abz Ä中。~=#{}:\\%*[]<>&"-/;,|.()$^t'
words = (
    st.text(MARKS, min_size=1, max_size=12)
    .map(join_lines)
    .filter(lambda text: text and not HELP_NAME.search(text))
)


def texts(least: int, most: int) -> st.SearchStrategy[list[dict[str, str]]]:
    """Texts that differ in whatever is compared."""
    several = st.lists(words, min_size=least, max_size=most)
    return several.map(lambda found: [{"en": f"{each}{index}"} for index, each in enumerate(found)])


answers = st.one_of(
    texts(3, 6).map(lambda them: ("single", {"key": them[0], "distractors": them[1:]})),
    texts(4, 7).map(lambda them: ("multiple", {"key": them[:2], "distractors": them[2:]})),
    st.booleans().map(lambda true: ("true-false", {"key": true})),
    texts(6, 6).map(lambda them: ("match", {"pairs": [{"left": one, "right": other} for one, other in zip(them[:2], them[2:4], strict=True)], "distractors": them[4:]})),
    texts(3, 5).map(lambda them: ("order", {"sequence": them})),
    texts(1, 3).map(lambda them: ("fill", {"accept": {"en": [each["en"] for each in them]}})),
)  # fmt: skip


@st.composite
def entries(draw: st.DrawFn) -> list[tuple[str, dict[str, Any]]]:
    made = []
    for number in range(draw(st.integers(1, 3))):
        kind, answer = draw(answers)
        stem = f"{draw(words)} {'____' if kind == 'fill' else ''} {number}"
        entry = {"id": f"number-{number}", "kind": kind, "level": draw(st.sampled_from(["recall", "apply"])), "difficulty": draw(st.integers(1, 3)), "stem": {"en": join_lines(stem)}, **answer}  # fmt: skip
        for part in ("rationale", "advice"):
            if draw(st.booleans()):
                entry[part] = {"en": draw(words)}
        made.append(("own", entry))
    return made


@pytest.mark.parametrize("form", ["gift", "moodle", "csv"])
@settings(max_examples=25)
@given(made=entries())
def test_written_orders_are_read_back_unchanged(form: str, made: list[tuple[str, dict[str, Any]]]) -> None:
    check_round_trip(form, made)


def check_round_trip(form: str, made: list[tuple[str, dict[str, Any]]]) -> None:
    export = make_quiz_export(all_questions(bank_of(made), Recipe(), "en"), is_drawn=False)
    format_ = formats_by_name("quiz")[form]
    held = tuple(each for each in export.questions if not list(format_.refusal_reasons(each)))
    if not held:
        return
    first = format_.write(replace(export, questions=held))
    reading = read(form, first)
    assert reading.refused == []
    importer = Importer(Bank({}, TOPICS, {}, {}, declared=OWN))
    assert [
        str(each.what) for question in reading.questions for each in importer.find_problems(question)
    ] == []
    again = bank_of([importer.convert(question) for question in reading.questions])
    second = format_.write(make_quiz_export(all_questions(again, Recipe(), "en"), is_drawn=False))
    assert second == first


# What others write

GIFT = """\
// A remark [tag:apply] [tag:difficulty-3]
$CATEGORY: $course$/top/Cats // and dogs

::Q 1::[html]<p>Two &amp; two</p><p>are?</p> {=4#Yes. ~5#No. ~3 ####Count.}

Grant is buried in {=New York =NYC} now.
"""


def test_gift_of_moodle_is_read() -> None:
    """https://docs.moodle.org/en/GIFT_format."""
    first, second = read("gift", GIFT).questions
    assert (first.line, first.name, first.topic, first.stem) == (
        4,
        "Q 1",
        "Cats / and dogs",
        "Two & two are?",
    )
    assert first.answer == Choose(({"en": "4"}, {"en": "5"}, {"en": "3"}), (0,), "one")
    assert first.rationale == "Count. 4: Yes. 5: No."
    assert (second.stem, second.answer) == ("Grant is buried in ____ now.", Fill({"en": ("New York", "NYC")}))


@pytest.mark.parametrize(
    ("block", "answer"),
    [
        ("It is flat.{F}", "true-false"),
        ("It is round.{TRUE#No.#Yes.}", "true-false"),
        ("Even?{~%50%2 ~%50%4 ~%-100%3}", "multiple"),
        ("Pairs{=cat -> Katze =dog -> Hund}", "match"),
        ("Steps{=1. -> in =2. -> out =3. -> off}", "order"),
        ("Who? {=%100%he =she}", "fill"),
    ],
)
def test_each_kind_of_gift_is_found(block: str, answer: str) -> None:
    assert choose_kind(only("gift", block)).name == answer


@pytest.mark.parametrize(
    ("form", "block", "why"),
    [
        ("gift", f"{'a' * 10_001}{{T}}", "a text in it has 10001 characters; the maximum is 5000"),
        ("gift", "How many? {#5:1}", "questions of the kind numerical have no counterpart here"),
        ("gift", '[html]<span class="multilang" lang="en">Who?</span><span class="multilang" lang="fr">Qui ?</span>{T}', "some texts are in several languages at once"),
        ("gift", r"[html]\{mlang en\}Who?\{mlang\}{T}", "some texts are in several languages at once"),
        ("gift", "Write. {}", "questions of the kind essay have no counterpart here"),
        ("gift", "Broken {=a ~b", "the braces with its answers are missing or broken"),
        ("gift", "Half {=a ~%50%b ~c}", "some of its answers count as partly right"),
        ("gift", "None {~a ~b}", "it has no right answer"),
        ("gift", "Any {=a*}", "its answer has an asterisk, which stands for any words"),
        ("gift", "Odd {~%..%a ~b}", "'..' is not a number"),
        ("gift", "[html]Look <img src='x'> {=a ~b}", "it has a picture or the like (<img>)"),
        ("csv", "stem,option_a,option_b,key\nWhat?,a,b,d\n", "its answer 'd' is not one of its options"),
        ("csv", "stem,option_a,option_b,key\nWhat?,a,b,\n", "it has no right answer"),
        ("csv", "kind,stem,key\nsingle,Which?,apple\n", "question, options or answer are missing"),
        ("csv", "kind,stem,key\njudge,Which?,apple\n", "question, options or answer are missing"),
        ("moodle", '<quiz><question type="essay"><name><text>x</text></name></question></quiz>', "questions of the kind essay have no counterpart here"),
    ],
)  # fmt: skip
def test_questions_that_no_bank_can_hold_are_refused_with_a_reason(form: str, block: str, why: str) -> None:
    reading = read(form, block)
    assert reading.questions == []
    ((_, found),) = reading.refused
    assert str(found) == why


def test_moodle_of_moodle_is_read() -> None:
    """As Moodle 4 writes it: https://docs.moodle.org/en/Moodle_XML_format."""
    first, second = read(
        "moodle",
        """<?xml version="1.0" encoding="UTF-8"?>
        <quiz><question type="category"><category><text>$course$/top/Default for Geo/Rivers</text></category></question>
        <question type="multichoice"><name><text>Longest</text></name>
        <questiontext format="html"><text><![CDATA[<p dir="ltr">Which is <b>longest</b> in&nbsp;Europe?<br></p>]]></text></questiontext>
        <single>true</single>
        <answer fraction="100" format="html"><text><![CDATA[<p>Volga</p>]]></text><feedback><text>3,530 km.</text></feedback></answer>
        <answer fraction="0" format="html"><text><![CDATA[<p>Danube</p>]]></text></answer></question>
        <question type="truefalse"><name><text>TF</text></name>
        <questiontext format="moodle_auto_format"><text>Rivers &amp;amp; lakes are wet.</text></questiontext>
        <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question></quiz>""",
    ).questions
    assert (first.line, first.topic, first.stem) == (3, "Rivers", "Which is longest in Europe?")
    assert first.answer == Choose(({"en": "Volga"}, {"en": "Danube"}), (0,), "one")
    assert first.rationale == "Volga: 3,530 km."
    assert (second.stem, choose_kind(second).name) == ("Rivers & lakes are wet.", "true-false")


@pytest.mark.parametrize("head", ["advice", "Advice", "What to do", "Action", "怎么做"])
def test_a_column_of_advice_has_several_names(head: str) -> None:
    assert only("csv", f"Question,A,B,Answer,{head}\nWhat?,x,y,b,Hang up.\n").advice == "Hang up."


@pytest.mark.parametrize(
    ("table", "answer"),
    [
        ("Question;A;B;C;Correct answer\nWhat?;x;y;z;b\n", Choose(({"en": "x"}, {"en": "y"}, {"en": "z"}), (1,), "one")),
        ("题目,选项A,选项B,选项C,答案\nWhat?,x,y,z,AC\n", Choose(({"en": "x"}, {"en": "y"}, {"en": "z"}), (0, 2), "several")),
        ("Frage;A;B;Antwort\nWas?;x;y;B\n", Choose(({"en": "x"}, {"en": "y"}), (1,), "one")),
        ("Pregunta;Opción 1;Opción 2;Respuesta correcta\n¿Qué?;x;y;y\n", Choose(({"en": "x"}, {"en": "y"}), (1,), "one")),
        ("Question,Réponse A,Réponse B,Bonne réponse\nQuoi ?,x,y,a\n", Choose(({"en": "x"}, {"en": "y"}), (0,), "one")),
        ("question\toption 1\toption 2\tanswer\nWhat?\tx\ty\ty\n", Choose(({"en": "x"}, {"en": "y"}), (1,), "one")),
        ("stem,key\nIt is.,t\n", None),
        ("stem,key\nIt is ____.,good; fine\n", Fill({"en": ("good", "fine")})),
        ("stem,prompt_1,prompt_2,option_a,option_b,key\nPairs,p,q,x,y,1b 2a\n", Match(({"en": "p"}, {"en": "q"}), ({"en": "x"}, {"en": "y"}), (1, 0))),
        ("kind,stem,option_a,option_b,option_c,key\norder,Steps,x,y,z,c a b\n", Order(({"en": "x"}, {"en": "y"}, {"en": "z"}), (2, 0, 1))),
    ],
)  # fmt: skip
def test_tables_that_people_make_are_read(table: str, answer: Any) -> None:
    question = only("csv", table)
    assert question.line == 2
    assert choose_kind(question).name == "true-false" if answer is None else question.answer == answer


def test_a_spreadsheet_is_read_and_so_is_a_table_in_an_old_encoding() -> None:
    bank = bank_of([("own", {"id": "x", "kind": "single", "level": "recall", "difficulty": 1, "stem": {"en": "=What?"}, "key": {"en": "one"}, "distractors": [{"en": "two"}, {"en": "three"}]})])  # fmt: skip
    export = make_quiz_export(all_questions(bank, Recipe(), "en"), is_drawn=False)
    sheet = only("csv", KAHOOT.write(export))
    (question,) = export.questions
    assert sheet.stem == "=What?"
    assert sheet.answer == Choose(
        tuple({"en": each.text} for each in question.options), question.correct_indices, "one"
    )
    assert only("csv", "题目,A,B,答案\n这是什么东西？,猫,狗,A\n".encode("gb18030")).stem == "这是什么东西？"


def book(*rows: str, names: tuple[str, ...] = ("Quiz",), others: Sequence[str] = ()) -> bytes:
    """A spreadsheet as Excel writes it, of rows of cells; what is in further sheets, and settings, are its own."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    tabs = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(names, 1)
    )
    links = "".join(f'<Relationship Id="rId{at}" Type="{relation}/worksheet" Target="worksheets/sheet{len(names) + 1 - at}.xml"/>' for at in range(1, len(names) + 1))  # fmt: skip
    parts = {"workbook": "sheet.main", "styles": "styles"} | {f"worksheets/sheet{at}": "worksheet" for at in range(1, len(names) + 1)}  # fmt: skip
    types = "".join(f'<Override PartName="/xl/{part}.xml" ContentType="{spreadsheet}.{type_}+xml"/>' for part, type_ in parts.items())  # fmt: skip
    listed = "".join(f"<row>{cells}</row>" for cells in rows)
    styles = f'<styleSheet {main}><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="0.00&quot;days&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="165"/><xf numFmtId="31"/></cellXfs></styleSheet>'  # fmt: skip
    made = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{relation}"><sheets>{tabs}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
        "xl/styles.xml": styles,
        f"xl/worksheets/sheet{len(names)}.xml": f"<worksheet {main}><sheetData>{listed}</sheetData></worksheet>",
        **{
            f"xl/worksheets/sheet{at}.xml": f"<worksheet {main}>{words}</worksheet>"
            for at, words in enumerate(others, 1)
        },
    }
    return archive({name: words.encode() for name, words in made.items()})


def cells(*words: str) -> str:
    return "".join(f'<c t="inlineStr"><is><t>{each}</t></is></c>' for each in words)


def test_a_spreadsheet_has_dates_results_of_formulas_and_further_sheets() -> None:
    head = cells("Question", "A", "B", "C", "Correct answer", "Points")
    numbers = '<c s="1"><v>45352</v></c><c s="2"><v>45352.5208333333</v></c><c s="3"><v>2.5</v></c>'
    result = '<c t="str"><f>LOWER("A")</f><v>a</v></c><c><v>5</v></c><c t="str"><f>LOWER("")</f><v></v></c>'
    reading = read("csv", book(head, cells("When?") + numbers + result, names=("Quiz", "Notes", "Empty"), others=("", "<row><c><v>1</v></c></row>")))  # fmt: skip
    (question,) = reading.questions
    assert question.answer == Choose(
        ({"en": "2024-03-01"}, {"en": "2024-03-01 12:30"}, {"en": "2.5"}), (0,), "one"
    )
    assert list(map(str, reading.unread)) == [
        "columns not read: Points",
        "only the first sheet is read, not Notes",
    ]
    for cell, why in (("<c><f>1+1</f></c>", "a formula without a result"), ('<c t="e"><v>#N/A</v></c>', "a cell with #N/A")):  # fmt: skip
        assert said("csv", book(head, cells("What?", "x") + cell)).startswith(
            f"FILE:2:1: this row has {why};"
        )


def test_cells_of_a_spreadsheet_are_read_as_typed() -> None:
    """Numbers, times of day, and dates in number formats of Chinese Excel, which the file names only by a number."""
    numbers = '<c><v>5</v></c><c><v>2.0</v></c><c s="2"><v>0.354166666666667</v></c><c s="4"><v>45352</v></c><c t="b"><v>1</v></c>'
    head = cells("Question", "A", "B", "C", "D", "E", "Answer")
    question = only("csv", book(head, cells("What?") + numbers + cells("d")))
    options = ("5", "2", "08:30", "2024-03-01", "true")
    assert question.answer == Choose(tuple({"en": option} for option in options), (3,), "one")
    assert only("csv", book(head, cells("What?", "4.0", "5.0", "", "", "", "4.0"))).answer == Choose(
        ({"en": "4.0"}, {"en": "5.0"}), (0,), "one"
    )


def test_wrong_options_may_have_columns_of_their_own() -> None:
    table = "kind;question;key;distractor 1;Wrong answer 2;image\nsingle;What?;one;two;three;x.png\nsingle;And?;one;;;\n"
    reading = read("csv", table.encode())
    (question,) = reading.questions
    assert question.answer == Choose(({"en": "one"}, {"en": "two"}, {"en": "three"}), (0,), "one")
    assert [(line, str(why)) for line, why in reading.refused] == [
        (3, "question, options or answer are missing")
    ]
    assert list(map(str, reading.unread)) == ["columns not read: image"]


@pytest.mark.parametrize(
    "html", ["Is 1 <![<2? ", "Is 1 <![a b", "Is 1 <![[x", "Is 1 <!DOCTYPE [", "Is 1 </", "Is 1 <a "]
)
def test_truncated_html_is_read_as_browsers_do(html: str) -> None:
    assert only("gift", f"[html]{html} {{T}}").stem.startswith("Is 1")
    moodle = f'<quiz><question type="truefalse"><questiontext format="html"><text><![CDATA[{html}]]></text></questiontext><answer fraction="100"><text>true</text></answer></question></quiz>'
    assert only("moodle", moodle).stem.startswith("Is 1")


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<!", "</", "<![", "&", "<p>", "<b>"])
def test_html_of_any_length_is_read_quickly(piece: str) -> None:
    started = process_time()
    read("gift", f"[html]Is it? {piece * 30_000} {{T}}")
    assert process_time() - started < 5


def test_a_worthless_asterisk_is_not_an_answer() -> None:
    found = only("gift", "Who?{=she#Yes. =%0%*#Look again.}")
    assert (found.answer, found.rationale) == (Fill({"en": ("she",)}), "she: Yes. Look again.")
    moodle = '<quiz><question type="shortanswer"><questiontext><text>Who?</text></questiontext><answer fraction="100"><text>she</text></answer><answer fraction="0"><text>*</text></answer></question></quiz>'
    assert only("moodle", moodle).answer == found.answer


def test_an_exponent_stays_an_exponent() -> None:
    html = "[html]Is 10<sup>3</sup> x<sup>-12</sup> or y<sup>n</sup> the 1<sup>st</sup> of H<sub>2</sub>O?{T}"
    assert only("gift", html).stem == "Is 10³ x^-12 or y^n the 1st of H2O?"


def test_the_remark_on_the_wrong_answer_is_first_in_true_false() -> None:
    told = only("gift", "It is round.{F#Yes, it is.#No.####Look.}").rationale
    assert told == "Look. true: Yes, it is. false: No."


def test_a_text_may_be_as_large_as_a_file() -> None:
    assert len(decode_text(b"a" * 6_000_000, "FILE")) == 6_000_000


# Traps

BOMB = '<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><quiz><question>&b;</question></quiz>'
OUTSIDE = (
    '<!DOCTYPE quiz [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz><question type="x">&a;</question></quiz>'
)


def zipped(**parts: bytes) -> bytes:
    return archive({name.replace("__", "/").replace("_", "."): data for name, data in parts.items()})


def archive(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in parts.items():
            written.writestr(name, data)
    return made.getvalue()


def with_part(book: bytes, name: str, part: bytes) -> bytes:
    """Replace a part of a spreadsheet's file."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        return archive({each: part if each == name else parts.read(each) for each in parts.namelist()})


OUTSIDE_SHEET = OUTSIDE.replace("quiz", "worksheet").encode()


@pytest.mark.parametrize(
    ("form", "data", "why"),
    [
        ("moodle", BOMB.encode(), "FILE: it has a document type declaration"),
        ("moodle", OUTSIDE.encode(), "FILE: it has a document type declaration"),
        ("moodle", b"<quiz><question>", "FILE:1:"),
        ("moodle", b"<quiz>" + b"<a>" * 5000, "FILE:1:"),
        ("moodle", b"<quiz>" + b"<a>" * 5000, "FILE:1:774: this cannot be read: excessive depth in document: 256; export"),
        ("moodle", BOMB.replace("&a;", "&a;" * 4000).encode(), "FILE: it has a document type declaration"),
        ("moodle", b"<html/>", "FILE: it starts with <html>"),
        ("moodle", b"", "FILE:"),
        ("moodle", b"<quiz/>", "FILE: it has no questions"),
        ("moodle", b'<?xml version="1.0" encoding="nonsense"?><quiz/>', "FILE:"),
        ("gift", b"\xff\x00\x01\x02" * 50, "FILE: "),
        ("gift", b"\n\n", "FILE: "),
        ("csv", b'stem,key\n"open', "FILE:2:1: this cannot be read"),
        ("csv", b"a,b\n1,2\n", "FILE: no row names a column with the question"),
        ("csv", b"PK\x03\x04nonsense", "FILE: this is not a readable spreadsheet"),
        ("csv", zipped(__________etc__passwd=b"x", xl__worksheets__sheet1_xml=b"<x/>"), "FILE: this is not a readable spreadsheet"),
        ("csv", book('<c t="s"><v>7</v></c>'), "FILE: this is not a readable spreadsheet"),
        ("csv", with_part(book(""), "xl/worksheets/sheet1.xml", OUTSIDE_SHEET), "FILE: this is not a readable spreadsheet"),
        ("csv", b"stem,key\n" + b"a,t\n" * 2_001, "FILE: it has more than 2000 questions; export it in parts"),
        ("csv", b"stem,key\n" + b"a,t\n" * 100_000, "FILE: it has more than 2000 questions"),
        ("gift", b"a{T}\n\n" * 2_001, "FILE: it has more than 2000 questions"),
        ("gift", (b"a" * 700 + b"{T}\n\n") * 1_500, "FILE: its questions have more than 1000000 characters; export it in parts"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_in_one_line(form: str, data: bytes, why: str) -> None:
    assert said(form, data).startswith(why)
