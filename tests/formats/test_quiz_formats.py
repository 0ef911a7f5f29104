"""Every format of a quiz, read back: by another program's reader where there is one, or by the format's description."""

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import zipfile
from html import unescape
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import markdown_it
import openpyxl
import pytest
from lxml import etree, html
from msgspec.structs import replace

from quizgen.assemble import Recipe, assemble
from quizgen.formats import all_formats, formats_by_name
from quizgen.formats.anki import FIELDS
from quizgen.formats.kahoot import MAX_QUESTION_LENGTH
from quizgen.formats.question_texts import (
    advice_lines,
    exhibit_lines,
    explanation_lines,
    matching_pairs,
    option_texts,
    question_on_one_line,
    reason_lines,
    right_answer_letters,
)
from quizgen.formats.records import QuizExport, make_quiz_export, quiz_record
from quizgen.shapes import Fill, Match, Order
from quizgen.text.languages import LANGUAGES, localize
from quizgen.view.question import QuestionView
from tests.banks import town_bank
from tests.formats.quizzes import BROKEN, BUILT_IN, ODD, changed, every_kind, export_of
from tests.formats.quizzes import told as told_to
from tests.formats.readers import markdown_texts, read_gift, read_wjx
from tests.readers import imported_by_anki, node_with

QUIZ = formats_by_name("quiz")
MOODLE = {
    "single": "multichoice", "multiple": "multichoice", "judge": "multichoice", "spot": "multichoice",
    "true-false": "truefalse", "match": "matching", "order": "ordering", "fill": "shortanswer",
}  # fmt: skip
AMOUNTS = ["", pytest.param(", whole", marks=pytest.mark.heavy)]
CHOICES = ("single", "true-false", "judge", "spot")


def written(name: str, told: QuizExport) -> bytes:
    for question in told.questions:
        assert list(QUIZ[name].refusal_reasons(question)) == [], question.id
    return QUIZ[name].write(told)


def in_all(amount: str) -> list[str]:
    return [f"{tag}{amount}" for tag in LANGUAGES]


def refused(name: str, told: QuizExport) -> dict[str, str]:
    return {
        each.question.kind: " / ".join(map(str, QUIZ[name].refusal_reasons(each))) for each in told.questions
    }


def shown(told: QuizExport) -> list[str]:
    """What is asked, with the exhibit above it, as text."""
    return [
        "\n".join([*exhibit_lines(each), *([""] if each.exhibit else []), each.stem])
        for each in told.questions
    ]


def explained(told: QuizExport) -> list[str]:
    return ["\n".join(explanation_lines(each)) for each in told.questions]


@pytest.mark.parametrize(
    "form", [each for each in all_formats() if each.subject == "quiz"], ids=lambda each: each.name
)
def test_the_same_quiz_gives_the_same_bytes_in_every_language(form: Any) -> None:
    files = []
    for language in LANGUAGES:
        held = tuple(each for each in export_of(language).questions if not list(form.refusal_reasons(each)))
        assert held
        files.append(form.write(replace(export_of(language), questions=held)))
        held = tuple(replace(each) for each in held)  # without what was worked out before
        assert form.write(replace(export_of(language), questions=held)) == files[-1]
    assert len(set(files)) == len(LANGUAGES)


def test_an_attribute_is_passed_on() -> None:
    question = export_of("zh-Hant").questions[0]
    assert question.citations
    for part in (question.rationale, question.advice, question.citations[0]):
        assert any(part in line for line in explanation_lines(question))
    call = next(each for each in export_of().questions if each.id == "callers/judge-call")
    assert exhibit_lines(call)[:2] == [
        "A phone call from: The harbour savings office",
        "Caller: You are about to send 900 crowns abroad.",
    ]
    assert "“what it is for”: This is what the office has said that it does." in reason_lines(call)
    spotted = export_of("zh-Hans").questions[-1]
    assert exhibit_lines(spotted)[2] == "2. 您：有什么不对吗？"
    assert question_on_one_line(spotted).startswith(
        "电话，来自：港口储蓄所 1. 来电者：“您正要往境外汇900克朗。” 2. 您：“"
    )
    assert advice_lines(export_of().questions[1]) == []


@pytest.mark.parametrize("odd", ["", BROKEN.replace("->", "→")])
def test_gift(odd: str) -> None:
    told = export_of("en", odd)
    read = read_gift(written("gift", told).decode())
    assert [each.name for each in read] == [each.id for each in told.questions]
    assert [each.asked for each in read] == shown(told)
    assert [each.told for each in read] == explained(told)
    by_kind = {q.question.kind: (q, each) for q, each in zip(told.questions, read, strict=True)}
    assert by_kind["spot"][1].tags == ("en", "callers", "spot", "apply", "difficulty-2", "everyone")
    single, answers = by_kind["single"][0], by_kind["single"][1].answers
    signs = ["=" if index in single.correct_indices else "~" for index in range(4)]
    assert answers == list(zip(signs, option_texts(single), strict=True))
    assert sorted(sign for sign, _ in by_kind["multiple"][1].answers) == ["~-100", "~-100", "~50", "~50"]
    assert by_kind["true-false"][1].answers == [("", "FALSE")]
    accepted = [words.replace("*", "\\*") for words in by_kind["fill"][0].accepted_wordings]
    assert by_kind["fill"][1].answers == [("=100", words) for words in accepted]
    order = by_kind["order"][0]
    assert [words for _, words in by_kind["order"][1].answers] == [
        f"{place}. -> {option_texts(order)[step]}"
        for place, step in enumerate(order.correct_indices, start=1)
    ]
    match = by_kind["match"][0]
    assert [words for _, words in by_kind["match"][1].answers] == [
        f"{prompt.text} -> {option_texts(match)[choice]}"
        for prompt, choice in zip(match.prompts, match.correct_indices, strict=True)
    ]


def test_gift_escapes_texts_that_begin_like_a_weight_or_format() -> None:
    options = tuple({"en": words} for words in ("%50% off", "[html] <b>", "T", "own"))
    told = changed(
        export_of("en", "", "single", "fill"),
        "single",
        answer={"options": options},
        rationale={"en": "[markdown] why"},
    )
    told = changed(told, "fill", answer={"accept": {"en": ("%50%", "[moodle]x")}})
    read = read_gift(written("gift", told).decode())
    assert [words for _, words in read[0].answers[:3]] == ["%50% off", "[html] <b>", "T"]
    assert read[0].told.startswith("[markdown] why\n")
    assert read[1].answers == [("=100", "%50%"), ("=100", "[moodle]x")]
    assert b"\n~[plain]%50% off\n~[plain][html] <b>\n~T\n" in QUIZ["gift"].write(told)
    assert b"\n=%100%[plain]%50%\n" in QUIZ["gift"].write(told)


def test_gift_refuses_a_pair_with_an_arrow() -> None:
    said = refused("gift", export_of("en", " ->"))
    assert {kind for kind, why in said.items() if why} == {"match", "order", "fill"}
    assert said["match"] == "a text in it has `->`, which separates answers in that format"


@pytest.mark.parametrize("amount", AMOUNTS)
def test_gift_is_read_by_gift_pegjs(tmp_path: Path, amount: str) -> None:
    everything = [told_to("gift", case) for case in (BROKEN.replace("->", "→"), *in_all(amount))]
    files = [tmp_path / f"{place}.gift" for place in range(len(everything))]
    for file, told in zip(files, everything, strict=True):
        file.write_bytes(written("gift", told))
    code = "const p=require('gift-pegjs');console.log(JSON.stringify(process.argv.slice(1).map(f=>p.parse(require('fs').readFileSync(f,'utf8')))))"
    node, folder = node_with("gift-pegjs")
    done = subprocess.run(
        [node, "-e", code, *files], cwd=folder, capture_output=True, encoding="utf-8", check=True
    )
    for found, told in zip(json.loads(done.stdout), everything, strict=True):
        read = [each for each in found if each["type"] != "Category"]
        assert [each["title"] for each in read] == [each.id for each in told.questions]
        assert [each["stem"]["text"] for each in read] == shown(told)
        assert [each["globalFeedback"]["text"] for each in read] == explained(told)
        assert [_pegjs_key(each) for each in read] == [_gift_key(each) for each in told.questions]


def _pegjs_key(read: dict[str, Any]) -> list[tuple[str, Any]]:
    """List what may be answered, with what it is worth in per cent, or what goes with it."""
    if read["type"] == "TF":
        return [("", read["isTrue"])]
    if read["type"] == "Matching":
        # It leaves what was escaped in the second of a pair as it keeps that while it reads.
        return [
            (
                pair["subquestion"]["text"],
                re.sub("&&(010|[0-9]{3};)", lambda found: chr(int(found[1][:3])), pair["subanswer"]),
            )
            for pair in read["matchPairs"]
        ]
    return [
        (each["text"]["text"], 100 * each["isCorrect"] if each["weight"] is None else each["weight"])
        for each in read["choices"]
    ]


def _gift_key(question: QuestionView) -> list[tuple[str, Any]]:
    answer, keys, below = question.answer, question.correct_indices, option_texts(question)
    if isinstance(answer, Fill):  # whose asterisk keeps its backslash there, which Moodle takes away
        return [(words.replace("*", "\\*"), 100) for words in question.accepted_wordings]
    if isinstance(answer, Match):
        return matching_pairs(question)
    if isinstance(answer, Order):
        return [(f"{place}.", below[step]) for place, step in enumerate(keys, start=1)]
    if answer.truth_value is not None:
        return [("", keys == (0,))]
    wrong = -100 if question.question.kind == "multiple" else 0
    share = round(100 / len(keys), 5)
    return [(words, share if index in keys else wrong) for index, words in enumerate(below)]


@pytest.mark.parametrize("case", ["", BROKEN, *BUILT_IN])
def test_moodle(case: str) -> None:
    told = told_to("moodle", case)
    found = [each for each in etree.fromstring(written("moodle", told)) if each.get("type") != "category"]
    assert [each.findtext("idnumber") for each in found] == [each.id for each in told.questions]
    assert [each.get("type") for each in found] == [MOODLE[each.question.kind] for each in told.questions]
    for element, question in zip(found, told.questions, strict=True):
        asked = html.fragment_fromstring(element.findtext("questiontext/text"), create_parent=True)
        lines = [_text(paragraph) for paragraph in asked.iter("p")]
        assert lines == [*exhibit_lines(question), question.stem]
        why = html.fragment_fromstring(element.findtext("generalfeedback/text"), create_parent=True)
        assert [_text(paragraph) for paragraph in why.iter("p")] == explanation_lines(question)
        keys = question.correct_indices
        texts = [each.findtext("text") for each in element.findall("answer")]
        worth = [float(each.get("fraction")) for each in element.findall("answer")]
        if element.get("type") == "multichoice":
            assert [_text(html.fragment_fromstring(each, "p")) for each in texts] == option_texts(question)
            assert [index for index, share in enumerate(worth) if share > 0] == list(keys)
            assert min(worth) == (-100 if question.question.kind == "multiple" else 0)
            assert (
                element.findtext("shuffleanswers")
                == str(question.question.kind in ("single", "multiple")).lower()
            )
        elif question.question.kind == "fill":
            assert [each.replace(r"\*", "*") for each in texts] == list(question.accepted_wordings)
        elif question.question.kind == "order":
            steps = [option_texts(question)[step] for step in keys]
            assert [_text(html.fragment_fromstring(each, "p")) for each in texts] == steps
            assert worth == list(range(1, len(steps) + 1))
        elif question.question.kind == "match":
            pairs = element.findall("subquestion")
            right = [option_texts(question)[choice] for choice in keys]
            assert [each.findtext("answer/text") for each in pairs][: len(right)] == right
        else:
            true = 100 * (keys == (0,))
            assert dict(zip(texts, worth, strict=True)) == {"true": true, "false": 100 - true}


def _text(element: Any) -> str:
    return "".join(
        ("\n" if etree.QName(each).localname == "br" else each.text or "")
        + ((each.tail or "") if each is not element else "")
        for each in element.iter()
    )


@pytest.mark.parametrize("case", ["", BROKEN, *BUILT_IN])
def test_qti(case: str) -> None:
    told = told_to("qti", case)
    with zipfile.ZipFile(io.BytesIO(written("qti", told))) as package:
        files = {name: etree.fromstring(package.read(name)) for name in package.namelist()}
    assert list(files)[:2] == ["imsmanifest.xml", "test.xml"]
    named = files["imsmanifest.xml"].xpath("//@href[starts-with(., 'items/')]")
    assert set(named) == set(list(files)[2:]) == set(files["test.xml"].xpath("//@href"))
    for item, question in zip(list(files.values())[2:], told.questions, strict=True):
        assert item.get("title") == question.id
        assert item.get("{http://www.w3.org/XML/1998/namespace}lang") == told.language
        found = item.xpath("//*[local-name()='modalFeedback']/*")
        assert [_text(each) for each in found] == explanation_lines(question)
        texts = {
            each.get("identifier"): _text(each)
            for each in item.xpath(
                "//*[@identifier][starts-with(@identifier,'A') or starts-with(@identifier,'P')]"
            )
        }
        right = [value.split() for value in item.xpath("//*[local-name()='correctResponse']/*/text()")]
        keys, below = question.correct_indices, option_texts(question)
        if question.question.kind == "fill":
            assert item.xpath("//@mapKey") == list(question.accepted_wordings)
            (stem,) = item.xpath("//*[local-name()='itemBody']/*")
            assert _text(stem) == question.stem.replace("____", "")
        elif question.question.kind == "match":
            pairs = [(texts[left], texts[choice]) for left, choice in right]
            prompts = [prompt.text for prompt in question.prompts]
            assert pairs == list(zip(prompts, (below[index] for index in keys), strict=True))
        else:
            assert list(texts.values()) == below
            assert [texts[each] for (each,) in right] == [below[index] for index in keys]
            assert [_text(each) for each in item.xpath("//*[local-name()='prompt']")] == [question.stem]
        quoted = item.xpath("//*[local-name()='blockquote']/*")
        assert [_text(each) for each in quoted] == exhibit_lines(question)


@pytest.mark.parametrize("amount", AMOUNTS)
def test_qti_is_what_its_schemas_say(amount: str) -> None:
    folder = os.environ.get("QTI_SCHEMAS")
    if not folder:
        pytest.skip("QTI_SCHEMAS names no folder with qtiv2p1/imsqti_v2p1.xsd and imscp_v1p1.xsd")
    item, package = (
        etree.XMLSchema(etree.parse(Path(folder, name)))
        for name in ("qtiv2p1/imsqti_v2p1.xsd", "imscp_v1p1.xsd")
    )
    for case in (BROKEN, *in_all(amount)):
        with zipfile.ZipFile(io.BytesIO(written("qti", told_to("qti", case)))) as files:
            for name in files.namelist():
                schema = package if name == "imsmanifest.xml" else item
                schema.assertValid(etree.fromstring(files.read(name)))


def test_csv_has_a_row_a_question_and_runs_no_formula() -> None:
    told = export_of("en", BROKEN)
    options = [{"en": words} for words in option_texts(told.questions[0])]
    options[1] = {"en": "+1"}
    told = changed(told, "single", stem={"en": "=HYPERLINK(1)"}, answer={"options": tuple(options)})
    text = written("csv", told).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == [each.id for each in told.questions]
    assert (rows[0]["stem"], rows[0]["option_b"]) == ("'=HYPERLINK(1)", "'+1")
    for row, question in list(zip(rows, told.questions, strict=True))[1:]:
        assert row["stem"] == question.stem
        cells = [row[f"option_{letter}"] for letter in "abcd"]
        assert [cell for cell in cells if cell] == option_texts(question)
        assert row["exhibit"] == "\n".join(exhibit_lines(question))
        assert row["rationale"].split("\n“")[0] == question.rationale
        assert row["language"] == "en"
    by_kind = {row["kind"]: row for row in rows}
    assert by_kind["true-false"]["key"] == "b"
    assert [by_kind["fill"][f"accept_{n}"] for n in (1, 2)] == [f"link{BROKEN}", f"web link{BROKEN}"]
    assert [by_kind["match"][f"prompt_{n}"] for n in (1, 3)] == [f"Caller{BROKEN}", f"Office{BROKEN}"]
    assert by_kind["match"]["key"] == "1c 2a 3b"


@pytest.mark.parametrize("case", ["", BROKEN, *BUILT_IN])
def test_markdown(case: str) -> None:
    told = told_to("markdown", case)
    texts = markdown_texts(markdown_it.MarkdownIt("commonmark").parse(written("markdown", told).decode()))
    held = {words for _, words in texts}
    assert texts[0] == ("h1", told.title)
    assert [words for tag, words in texts if tag == "h2"] == [
        f"{number}. {each.id}" for number, each in enumerate(told.questions, start=1)
    ]
    for question in told.questions:
        lettered = [
            f"{ascii_lowercase[index]}. {words}" for index, words in enumerate(option_texts(question))
        ]
        wanted = [*exhibit_lines(question), question.stem, *(prompt.text for prompt in question.prompts)]
        for words in [*wanted, *lettered, *explanation_lines(question)]:
            assert words in held


@pytest.mark.parametrize("case", BUILT_IN)
def test_tables_hold_every_text_and_key_of_the_bank(case: str) -> None:
    told = told_to("csv", case)
    text = written("csv", told).decode("utf-8-sig")
    for row, question in zip(csv.DictReader(io.StringIO(text, newline="")), told.questions, strict=True):
        texts = {name: cell.removeprefix("'") for name, cell in row.items()}
        assert texts["stem"] == question.stem
        assert texts["exhibit"] == "\n".join(exhibit_lines(question))
        assert texts["rationale"] == "\n".join(reason_lines(question))
        assert texts["advice"] == question.advice
        listed = [texts.get(f"option_{letter}") for letter in ascii_lowercase]
        assert list(filter(None, listed)) == option_texts(question)
        assert row["key"] == right_answer_letters(question)
    told = told_to("kahoot", case)
    sheet = openpyxl.load_workbook(io.BytesIO(written("kahoot", told))).active
    cells = list(sheet.iter_rows(min_row=9, min_col=2, values_only=True))
    for row, question in zip(cells, told.questions, strict=True):
        assert len(str(row[0])) <= 120
        assert (
            question.stem in str(row[0]) or question.short_stem == row[0] or question.question.kind == "judge"
        )
        assert [each for each in row[1:5] if each] == option_texts(question)
        assert str(row[6]) == ",".join(str(key + 1) for key in question.correct_indices)


def test_kahoot() -> None:
    told = export_of("zh-Hans", "", "single", "multiple", "true-false")
    stem, options = "-1 = +1 & <b>境外</b>?\n\\", ["@one", *option_texts(told.questions[0])[1:]]
    texts = tuple({"zh-Hans": words} for words in options)
    told = changed(told, "single", stem={"zh-Hans": stem}, answer={"options": texts})
    book = openpyxl.load_workbook(io.BytesIO(written("kahoot", told)))
    sheet = book.active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=8, min_col=2)]
    assert rows[0][0] == "Question - max 120 characters"
    assert rows[1] == [
        "-1 = +1 & <b>境外</b>?\n\\",
        "@one",
        *options[1:],
        60,
        4,
    ]
    assert [cell.quotePrefix for cell in sheet[9][1:4]] == [True, True, False]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert rows[2][-1] == "1,4"
    assert rows[3][1:] == ["正确", "错误", None, None, 60, 2]


def test_kahoot_shows_the_telltale_line_of_an_exhibit_that_is_too_long() -> None:
    told = export_of("en", "", "judge")
    call = next(each for each in told.questions if each.id == "callers/judge-call")
    exhibit = call.bank.exhibits[call.question.exhibit]

    def shown(**fields: Any) -> str:
        exhibits = {**call.bank.exhibits, exhibit.id: replace(exhibit, **fields)}
        view = replace(call, bank=replace(call.bank, exhibits=exhibits))
        sheet = openpyxl.load_workbook(
            io.BytesIO(QUIZ["kahoot"].write(replace(told, questions=(view,))))
        ).active
        assert list(QUIZ["kahoot"].refusal_reasons(view)) == []
        return str(sheet["B9"].value)

    line = "Do you know who is to have it, and what it is for?"
    assert shown() == f"A phone call from: The harbour savings office: “… {line} …”"
    assert shown(sender={"en": "Anna"}) == f"A phone call from: Anna: “… {line} …” Genuine, or a scam?"
    assert shown(sender={"en": "x" * 59}) == f"{'x' * 59}: “… {line} …”"
    assert shown(lines=exhibit.lines[2:], signs=(replace(exhibit.signs[0], line=1),)).endswith(
        f": “{line} …”"
    )
    by_its_sender = (replace(exhibit.signs[0], line=0),)
    assert shown(signs=by_its_sender).endswith(
        "office: “You are about to send 900 crowns abroad. …” Genuine, or a scam?"
    )
    with pytest.raises(AssertionError):
        shown(context={"en": "You wait at the counter of the office."})


def test_kahoot_takes_the_short_form_of_a_long_stem() -> None:
    for language, short, held in (
        ("en", {"en": "Why?"}, True),
        ("en", {"zh-Hans": "为什么？"}, False),
        ("zh-Hant", {"zh-Hans": "为什么？"}, True),
    ):
        stem = dict.fromkeys(("en", "zh-Hans"), "x" * 121)
        told = changed(export_of(language, "", "single"), "single", stem=stem, short=short)
        assert (refused("kahoot", told)["single"] == "") == held
        if held:
            sheet = openpyxl.load_workbook(io.BytesIO(written("kahoot", told))).active
            assert sheet["B9"].value == localize(short, language)
    told = changed(export_of("en", "", "single"), "single", short={"en": "Why?"})
    sheet = openpyxl.load_workbook(io.BytesIO(written("kahoot", told))).active
    assert sheet["B9"].value == told.questions[0].stem


def test_short_stems_of_our_bank_fit_kahoot() -> None:
    for id_, question in town_bank().questions.items():
        for language, words in question.short.items():
            assert len(words) <= MAX_QUESTION_LENGTH, (id_, language)


@pytest.mark.parametrize(("language", "least"), [("en", 5), ("zh-Hans", 8)])
def test_kahoot_holds_most_of_a_quiz_of_ten(language: str, least: int) -> None:
    quizzes = [
        make_quiz_export(assemble(town_bank(), Recipe(), seed, language)).questions for seed in range(20)
    ]
    held = sum(not list(QUIZ["kahoot"].refusal_reasons(each)) for quiz in quizzes for each in quiz)
    assert held >= least * len(quizzes)


def test_kahoot_refuses_long_texts_and_too_many_options() -> None:
    said = refused("kahoot", export_of())
    too_long = changed(export_of("en", "", "single"), "single", stem={"en": "x" * 121})
    assert refused("kahoot", too_long)["single"] == "the question has 121 characters; the maximum is 120"
    assert said["order"] == "it has no form for questions of the kind order"
    told = export_of("en", "", "multiple")
    options = [*option_texts(told.questions[0]), "x" * 76]
    told = changed(told, "multiple", answer={"options": tuple({"en": words} for words in options)})
    assert refused("kahoot", told)["multiple"] == (
        "it has 5 options; the maximum is 4 / option e has 76 characters; the maximum is 75"
    )


@pytest.mark.parametrize("case", [ODD.replace("|", ""), *BUILT_IN])
def test_wjx(case: str) -> None:
    told = told_to("wjx", case, *CHOICES, "multiple", "fill")
    title, read = read_wjx(written("wjx", told).decode())
    assert title == told.title
    names = {"multiple": "多选题", "true-false": "判断题", "fill": "填空题"}
    assert [kind for kind, _ in read] == [names.get(each.question.kind, "单选题") for each in told.questions]
    for (kind, each), question in zip(read, told.questions, strict=True):
        assert each.asked == question_on_one_line(question)
        assert each.told == " ".join(explanation_lines(question))
        if kind != "填空题":
            assert [words for _, words in each.answers] == option_texts(question)
            keys = [index for index, (sign, _) in enumerate(each.answers) if sign == "="]
            assert keys == list(question.correct_indices)


def test_wjx_refuses_questions_that_it_cannot_hold() -> None:
    assert {kind for kind, why in refused("wjx", export_of()).items() if why} == {"match", "order"}
    assert refused("wjx", export_of("en", BROKEN))["single"] == "a text in it has a line break"
    assert refused("wjx", export_of("en", "|"))["fill"] == (
        "a text in it has `|`, which separates answers in that format"
    )


def h5p_parts(data: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.namelist() == ["h5p.json", "content/content.json"]
        return json.loads(package.read("h5p.json")), json.loads(package.read("content/content.json"))


@pytest.mark.parametrize("case", [BROKEN, *BUILT_IN])
def test_h5p(case: str) -> None:
    told = told_to("h5p", case, *CHOICES, "multiple")
    package, content = h5p_parts(written("h5p", told))
    assert (package["mainLibrary"], package["language"]) == ("H5P.QuestionSet", told.language.lower())
    assert len({each["subContentId"] for each in content["questions"]}) == len(told.questions)
    for each, question in zip(content["questions"], told.questions, strict=True):
        params = each["params"]
        asked = html.fragment_fromstring(params["question"], create_parent=True)
        assert [_text(line) for line in asked.iter("p")] == [*exhibit_lines(question), question.stem]
        texts = [_text(html.fragment_fromstring(option["text"])) for option in params["answers"]]
        assert texts == option_texts(question)
        right = tuple(index for index, option in enumerate(params["answers"]) if option["correct"])
        assert right == question.correct_indices
        (told_after,) = params["overallFeedback"]["overallFeedback"]
        shown = _text(html.fragment_fromstring(told_after["feedback"], "p"))
        assert shown == " ".join(explanation_lines(question))
        assert (params["behaviour"]["type"] == "multi") == (question.question.kind == "multiple")
    assert all("@current" in content["texts"]["textualProgress"] for _ in content["questions"])


def test_h5p_refuses_questions_that_are_no_choices() -> None:
    assert {kind for kind, why in refused("h5p", export_of()).items() if why} == {"match", "order", "fill"}


@pytest.mark.parametrize("amount", AMOUNTS)
def test_h5p_fits_the_semantics_of_its_content_types(amount: str) -> None:
    folder = os.environ.get("H5P_SEMANTICS")
    if not folder:
        pytest.skip("H5P_SEMANTICS names no folder with H5P.QuestionSet.json and H5P.MultiChoice.json")
    semantics = {
        name: json.loads(Path(folder, f"{name}.json").read_text("utf-8"))
        for name in ("H5P.QuestionSet", "H5P.MultiChoice")
    }
    for case in in_all(amount):
        package, content = h5p_parts(written("h5p", told_to("h5p", case)))
        _check_h5p(content, {"type": "group", "fields": semantics[package["mainLibrary"]]}, semantics)


_H5P_TYPES = {"text": str, "boolean": bool, "number": int, "select": str}


def _check_h5p(value: Any, field: dict[str, Any], semantics: dict[str, Any]) -> None:
    """Check a value as H5P's editor does: fields that exist, of the right type and range, with tags that are allowed."""
    match field["type"]:
        case "group":
            fields = {each["name"]: each for each in field["fields"]}
            assert value.keys() <= fields.keys()
            missing = fields.keys() - value.keys()
            needed = {name for name in missing if not fields[name].get("optional")}
            # What is missing has a default, is a group of defaults, or is switched off.
            assert all(
                "default" in fields[name]
                or fields[name]["type"] in ("group", "boolean", "video")
                or fields[name].get("optional")
                for name in needed
            ), needed
            for name, part in value.items():
                _check_h5p(part, fields[name], semantics)
        case "list":
            assert len(value) >= field.get("min", 0)
            for part in value:
                _check_h5p(part, field["field"], semantics)
        case "library":
            assert value["library"] in field["options"]
            fields = semantics[value["library"].split()[0]]
            _check_h5p(value["params"], {"type": "group", "fields": fields}, semantics)
        case kind:
            assert isinstance(value, _H5P_TYPES[kind])
            if kind == "number":
                assert field["min"] <= value <= field["max"]
            if kind == "select":
                assert value in [option["value"] for option in field["options"]]
            if kind == "text":
                allowed = {"div", "span", "p", "br", *field["tags"]} if "tags" in field else set()
                assert set(re.findall(r"</?([a-z0-9]+)", str(value))) <= allowed


def notes_of(data: bytes) -> list[dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.read("media") == b"{}"
        collection = sqlite3.connect(":memory:")
        collection.deserialize(package.read("collection.anki2"))
    assert collection.execute("pragma integrity_check").fetchone() == ("ok",)
    assert collection.execute("select count(*) from cards join notes on nid = notes.id").fetchone()
    found = collection.execute("select id, guid, mod, flds from notes order by id").fetchall()
    collection.close()
    return [
        {
            "number": number,
            "guid": guid,
            "changed": changed,
            **dict(zip(FIELDS, fields.split("\x1f"), strict=True)),
        }
        for number, guid, changed, fields in found
    ]


def test_anki_recognises_notes_by_question_and_language() -> None:
    told = export_of("en", BROKEN)
    notes = {note["Id"]: note for note in notes_of(written("anki", told))}
    assert len({note["guid"] for note in notes.values()}) == len(told.questions)
    later = export_of("en")
    later = replace(later, questions=later.questions[3:], changed=later.changed + 60)
    for note in notes_of(written("anki", later)):
        before = notes[note["Id"]]
        assert (note["guid"], note["number"]) == (before["guid"], before["number"])
        assert note["changed"] == before["changed"] + 60
    assert {note["guid"] for note in notes_of(written("anki", export_of("zh-Hans")))}.isdisjoint(
        note["guid"] for note in notes.values()
    )
    for question in told.questions:
        note = notes[question.id]
        assert _unwritten(note["Question"]) == [question.stem]
        assert _unwritten(note["Exhibit"]) == exhibit_lines(question)
        assert _unwritten(note["Why"]) == reason_lines(question)
        texts = [*(prompt.text for prompt in question.prompts), *option_texts(question)]
        assert _unwritten(note["Options"], "li") == texts


def _unwritten(field: str, element: str = "p") -> list[str]:
    root = html.fragment_fromstring(field, create_parent="div")
    return [_text(each) for each in root.iter(element)] or ([_text(root)] if _text(root) else [])


@pytest.mark.parametrize("amount", AMOUNTS)
def test_anki_imports_the_deck_and_keeps_the_schedule(tmp_path: Path, amount: str) -> None:
    """Import the bank in each language and texts with odd characters, and later the same cards with other stems."""
    cases = (BROKEN, *in_all(amount))
    first, later = ([told_to("anki", case) for case in cases] for _ in range(2))
    for place, told in enumerate(first):
        (tmp_path / f"first{place}.apkg").write_bytes(written("anki", told))
    for place, told in enumerate(later):
        questions = tuple(
            replace(each, question=replace(each.question, stem={told.language: f"{each.stem} later"}))
            for each in told.questions
        )
        edited = replace(told, questions=questions, changed=told.changed + 60)
        (tmp_path / f"later{place}.apkg").write_bytes(written("anki", edited))
    found = imported_by_anki(
        tmp_path, [f"first{place}" for place in range(4)], [f"later{place}" for place in range(4)]
    )
    counts = [len(told.questions) for told in first]
    assert found["first"] == [[count, 0] for count in counts]
    assert found["later"] == [[0, count] for count in counts]
    assert found["cards"] == sum(counts)
    assert found["schedules"] == [[2, 17]]
    assert all(unescape(stem).endswith(" later") for stem in found["stems"])
    assert found["sound"]


def test_a_whole_selection_has_no_seed() -> None:
    assert quiz_record(make_quiz_export(every_kind(), is_drawn=False))["seed"] is None
