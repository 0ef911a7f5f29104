"""Export a quiz as the spreadsheet that Kahoot imports, with a row for each question.

A row has the question, its options, the time limit and the numbers of the correct options. Kahoot expects the names of
the columns in row 8, the first question in row 9, and columns B to H. It has no column for explanations, and takes no
pictures. Where an exhibit to judge is too long, its telltale line stands for it.

A cell that looks like a formula gets the style ``quotePrefix``. Excel then takes it for text and shows it unchanged.
"""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from string import ascii_lowercase, ascii_uppercase

from quizgen.formats.format import Format, escape_formula, zip_bytes
from quizgen.formats.question_texts import add_label, question_on_one_line
from quizgen.formats.records import QuizExport
from quizgen.text.languages import locale, nest_quotes
from quizgen.text.messages import Message, _
from quizgen.view.exhibit import join_runs
from quizgen.view.question import QuestionView

MAX_OPTIONS, MAX_QUESTION_LENGTH, MAX_OPTION_LENGTH = 4, 120, 75
"""Limits of Kahoot: options of a question, characters of a question and of an option."""

SECONDS = 60
"""Time limit of a question. Kahoot accepts 5, 10, 20, 30, 60, 90, 120 and 240."""

_HEADS = (
    f"Question - max {MAX_QUESTION_LENGTH} characters",
    *(f"Answer {number} - max {MAX_OPTION_LENGTH} characters" for number in range(1, MAX_OPTIONS + 1)),
    "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
    "Correct answer(s) - choose at least one",
)

_TITLE_ROW, _HEAD_ROW = 2, 8

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPES}.sharedStrings+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}">'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATED}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{_RELATED}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    ),
    # Style 1 is for texts that begin like a formula.
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/>'
        "</cellXfs>"
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}


def _question_text(question: QuestionView) -> str:
    """Return the longest form of exhibit and stem that has room, or the complete one if none has."""
    complete = question_on_one_line(question)
    short = [] if question.exhibit else [question.short_stem]
    forms = (complete, *filter(None, short), *_forms_with_telltale_line(question))
    return next((text for text in forms if len(text) <= MAX_QUESTION_LENGTH), complete)


def _forms_with_telltale_line(question: QuestionView) -> Iterator[str]:
    """Yield shorter forms of an exhibit to judge, which have its telltale lines only.

    What happened before stays, because the answer may depend on it. The stem can be left out, because the options say
    the same. The label ("A phone call from:") is left out last.
    """
    shown, exhibit = question.explained_exhibit, question.bank.exhibits.get(question.question.exhibit)
    if question.question.kind != "judge" or shown is None or exhibit is None:
        return
    quotes = locale(question.language).quotes
    # Line 0 is the sender, which stays in any case.
    numbers = [number for number in exhibit.lines_with_signs if number] or [1]
    gaps = [after > before + 1 for before, after in pairwise([0, *numbers, len(exhibit.lines) + 1])]
    omission, space = ("……", "") if question.language.startswith("zh") else ("…", " ")
    pieces = [omission] if gaps[0] else []
    for number, gap_follows in zip(numbers, gaps[1:], strict=True):
        pieces += [join_runs(shown.lines[number - 1].words), *([omission] if gap_follows else [])]
    quoted = quotes[0] + nest_quotes(space.join(pieces), question.language) + quotes[1]
    told = _("{left}: {right}", left=join_runs(shown.sender), right=quoted).translated(question.language)
    before = [shown.context] if shown.context else []
    yield " ".join([*before, add_label(shown.label, told), question.stem])
    yield " ".join([*before, add_label(shown.label, told)])
    yield " ".join([*before, told])


def _refusal_reasons(question: QuestionView) -> Iterator[Message]:
    if not question.is_choice:
        yield _("it has no form for questions of the kind {kind}", kind=question.question.kind)
        return
    if len(question.options) > MAX_OPTIONS:
        yield _(
            "it has {count} options; the maximum is {most}", count=len(question.options), most=MAX_OPTIONS
        )
    length = len(_question_text(question))
    if length > MAX_QUESTION_LENGTH:
        yield _(
            "the question has {count} characters; the maximum is {most}",
            count=length,
            most=MAX_QUESTION_LENGTH,
        )
    for letter, option in zip(ascii_lowercase, question.options, strict=False):
        if len(option.text) > MAX_OPTION_LENGTH:
            yield _(
                "option {option} has {count} characters; the maximum is {most}",
                option=letter,
                count=len(option.text),
                most=MAX_OPTION_LENGTH,
            )


def _question_row(question: QuestionView) -> list[str | int]:
    options = [option.text for option in question.options]
    options += [""] * (MAX_OPTIONS - len(options))
    keys = [key + 1 for key in question.correct_indices]
    return [
        _question_text(question),
        *options,
        SECONDS,
        keys[0] if len(keys) == 1 else ",".join(map(str, keys)),
    ]


def _quiz_to_kahoot(quiz: QuizExport) -> bytes:
    rows: dict[int, Sequence[str | int]] = {_TITLE_ROW: [quiz.title], _HEAD_ROW: _HEADS}
    for number, question in enumerate(quiz.questions, start=_HEAD_ROW + 1):
        rows[number] = _question_row(question)
    strings: dict[str, int] = {}
    sheet = "".join(_row_xml(number, cells, strings) for number, cells in rows.items())
    shared = "".join(
        f'<si><t xml:space="preserve">{escape(words, quote=False)}</t></si>' for words in strings
    )
    parts = _PARTS | {
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{_MAIN}"><cols><col min="2" max="2" width="60" customWidth="1"/>'
            f'<col min="3" max="6" width="30" customWidth="1"/></cols><sheetData>{sheet}</sheetData></worksheet>'
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}" uniqueCount="{len(strings)}">{shared}</sst>',
    }
    return zip_bytes({name: (_XML + part).encode() for name, part in parts.items()})


def _row_xml(row_number: int, cells: Sequence[str | int], shared_strings: dict[str, int]) -> str:
    """Return the XML of a row that starts in column B.

    Texts are added to ``shared_strings``, and the row refers to their indices.
    """
    written = []
    for column, cell in zip(ascii_uppercase[1:], cells, strict=False):
        if isinstance(cell, int):
            written.append(f'<c r="{column}{row_number}"><v>{cell}</v></c>')
        elif cell:
            style = "" if escape_formula(cell) == cell else ' s="1"'
            index = shared_strings.setdefault(cell, len(shared_strings))
            written.append(f'<c r="{column}{row_number}" t="s"{style}><v>{index}</v></c>')
    return f'<row r="{row_number}">{"".join(written)}</row>'


FORMAT = Format(
    name="kahoot",
    suffix=".xlsx",
    subject="quiz",
    meaning=_("a spreadsheet for Kahoot"),
    write=_quiz_to_kahoot,
    refusal_reasons=_refusal_reasons,
)
