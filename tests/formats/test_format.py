"""What all formats share: cells without formulas, CSV and JSON, and finding a format by its name."""

import io
import json
import zipfile

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.formats import all_formats, formats_by_name
from quizgen.formats.format import csv_bytes, escape_formula, json_bytes
from quizgen.formats.records import attempt_record, make_quiz_export, quiz_record
from quizgen.text.characters import FORBIDDEN_CHARACTERS
from quizgen.text.languages import LANGUAGES
from tests.banks import sample_quiz
from tests.exhibit_bank import judged
from tests.formats.quizzes import every_kind


@given(st.text(max_size=20) | st.text(alphabet="=+-@＝＋－＠'\t\r1", max_size=4))
def test_no_cell_is_a_formula(cell: str) -> None:
    assert not escape_formula(cell).startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert escape_formula(cell).removeprefix("'") == cell.removeprefix("'") or escape_formula(cell) == cell


def test_csv_opens_in_a_spreadsheet() -> None:
    assert csv_bytes([["version", 1], ["A", "境外"]]) == "\ufeffversion,1\r\nA,境外\r\n".encode()


def test_json_ends_its_last_line() -> None:
    assert json_bytes({"a": ["境"]}).decode() == '{\n  "a": [\n    "境"\n  ]\n}\n'


def test_json_escapes_invisible_characters_and_loses_nothing() -> None:
    typed = "a\u202eb\r\x7f\ufeff\U000e0041é境"
    written = json_bytes({"response": typed})
    assert written.isascii() or not FORBIDDEN_CHARACTERS.search(written.decode().replace("\n", ""))
    assert json.loads(written) == {"response": typed}


def test_a_format_is_found_by_subject_name_and_suffix() -> None:
    assert {(each.subject, each.name) for each in all_formats()} >= {
        ("quiz", "json"),
        ("history", "csv"),
        ("history", "json"),
    }
    for taken in ("quiz", "history"):
        assert len(formats_by_name(taken)) == len([each for each in all_formats() if each.subject == taken])
    history = formats_by_name("history").values()
    assert len({each.suffix for each in history}) == len(history)  # it tells which one is meant
    assert all(each.suffix.startswith(".") for each in all_formats())


def test_the_json_of_a_quiz_is_complete_in_its_language() -> None:
    for language, true in (("en", "True"), ("zh-Hant", "正確")):
        told = quiz_record(make_quiz_export(sample_quiz(language)))
        assert (told["seed"], told["language"]) == (7, language)
        by_kind = {each["kind"]: each for each in told["questions"]}
        assert by_kind["true-false"]["answer"]["options"][0] == true
        assert by_kind["true-false"]["answer"]["style"] == "truth"
    assert by_kind["fill"]["answer"] == {"type": "fill", "accept": ["連結", "網址"]}
    assert by_kind["fill"]["key"] == "連結"
    assert [each["date"] for each in by_kind["fill"]["sources"]]
    assert json_bytes(told)


def test_a_question_says_in_which_language_it_is() -> None:
    for language in LANGUAGES:
        record = quiz_record(make_quiz_export(every_kind(language)))
        assert {each["language"] for each in record["questions"]} == {language}
    quiz = every_kind()
    stem = {"fr": "Quoi ?"}
    (first, *_), (*_, last) = quiz.questions, quiz.questions
    french = replace(quiz, questions=(replace(first, stem=stem), replace(last, stem=stem)))
    export = make_quiz_export(french)
    told = quiz_record(export)["questions"]
    assert [each["language"] for each in told] == [
        "fr",
        "en",
    ]  # the second is on an exhibit, which has English
    export = replace(export, questions=export.questions[:1])
    for form, said in (
        ("gift", b"[tag:fr]"),
        ("moodle", b"<tag><text>fr</text></tag>"),
        ("csv", b",fr,parcels,"),
    ):
        assert said in formats_by_name("quiz")[form].write(export)
    with zipfile.ZipFile(io.BytesIO(formats_by_name("quiz")["qti"].write(export))) as package:
        assert b'xml:lang="fr"' in package.read(package.namelist()[-1])


def test_measures_are_shown_if_both_sorts_were_judged() -> None:
    told = attempt_record(judged("+-++"))
    names = ("scams", "scams_stopped", "genuine", "genuine_trusted", "d_prime", "c")
    assert [told[name] for name in names] == [2, 1, 2, 2, 0.967, 0.484]
    assert [attempt_record(judged("+"))[name] for name in names] == [0, 0, 1, 1, None, None]
    assert str(attempt_record(judged("++++"))["c"]) == "0.0"
