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

from quizgen.export import formats, formats_of
from quizgen.export.anki import FIELDS
from quizgen.export.records import quiz_record
from quizgen.export.words import (
    advice,
    below_stem,
    exhibit_lines,
    explanation,
    in_a_line,
    letters_of,
    pairs_of,
    reasons,
)
from quizgen.text.languages import LANGUAGES
from tests.export.quizzes import BROKEN, BUILT_IN, ODD, every_kind, record
from tests.export.quizzes import told as told_to
from tests.export.readers import markdown_texts, read_aiken, read_gift, read_wjx
from tests.readers import imported_by_anki, node_with

QUIZ = formats_of("quiz")
MOODLE = {
    "single": "multichoice", "multiple": "multichoice", "judge": "multichoice", "spot": "multichoice",
    "true-false": "truefalse", "match": "matching", "order": "ordering", "fill": "shortanswer",
}  # fmt: skip
AMOUNTS = ["", pytest.param(", whole", marks=pytest.mark.heavy)]
CHOICES = ("single", "true-false", "judge", "spot")


def written(name: str, told: dict[str, Any]) -> bytes:
    for question in told["questions"]:
        assert list(QUIZ[name].refuses(question, told["language"])) == [], question["id"]
    return QUIZ[name].write(told)


def in_all(amount: str) -> list[str]:
    return [f"{tag}{amount}" for tag in LANGUAGES]


def refused(name: str, told: dict[str, Any]) -> dict[str, str]:
    return {
        each["kind"]: " / ".join(map(str, QUIZ[name].refuses(each, told["language"])))
        for each in told["questions"]
    }


def shown(told: dict[str, Any]) -> list[str]:
    """What is asked, with the exhibit above it, as text."""
    return [
        "\n".join([*exhibit_lines(each), *([""] if each["exhibit"] else []), each["stem"]])
        for each in told["questions"]
    ]


def explained(told: dict[str, Any]) -> list[str]:
    return ["\n".join(explanation(each, told["language"])) for each in told["questions"]]


@pytest.mark.parametrize(
    "form", [each for each in formats() if each.takes == "quiz"], ids=lambda each: each.name
)
def test_the_same_quiz_gives_the_same_bytes_in_every_language(form: Any) -> None:
    files = []
    for language in LANGUAGES:
        told = record(language)
        told["questions"] = [each for each in told["questions"] if not list(form.refuses(each, language))]
        assert told["questions"]
        files.append(form.write(told))
        assert form.write(json.loads(json.dumps(told))) == files[-1]
    assert len(set(files)) == len(LANGUAGES)


def test_what_is_told_goes_along() -> None:
    question = record("zh-Hant")["questions"][0]
    assert question["citations"]
    for part in (question["rationale"], question["advice"], question["citations"][0]):
        assert any(part in line for line in explanation(question, "zh-Hant"))
    call = next(each for each in record()["questions"] if each["id"] == "callers/judge-call")
    assert exhibit_lines(call)[:2] == [
        "A phone call from: The harbour savings office",
        "Caller: You are about to send 900 crowns abroad.",
    ]
    assert "“what it is for”: This is what the office has said that it does." in reasons(call, "en")
    spotted = record("zh-Hans")["questions"][-1]
    assert exhibit_lines(spotted)[2] == "2. 您：有什么不对吗？"
    assert in_a_line(spotted, "zh-Hans").startswith(
        "电话，来自：港口储蓄所 1. 来电者：“您正要往境外汇900克朗。” 2. 您：“"
    )
    assert advice(record()["questions"][1], "en") == []


@pytest.mark.parametrize("odd", ["", BROKEN.replace("->", "→")])
def test_gift(odd: str) -> None:
    told = record("en", odd)
    read = read_gift(written("gift", told).decode())
    assert [each.name for each in read] == [each["id"] for each in told["questions"]]
    assert [each.asked for each in read] == shown(told)
    assert [each.told for each in read] == explained(told)
    by_kind = {q["kind"]: (q, each) for q, each in zip(told["questions"], read, strict=True)}
    assert by_kind["spot"][1].tags == ("en", "callers", "spot", "apply", "difficulty-2", "everyone")
    single, answers = by_kind["single"][0], by_kind["single"][1].answers
    key = single["answer"]["keys"][0]
    signs = ["=" if index == key else "~" for index in range(4)]
    assert answers == list(zip(signs, single["answer"]["options"], strict=True))
    assert sorted(sign for sign, _ in by_kind["multiple"][1].answers) == ["~-100", "~-100", "~50", "~50"]
    assert by_kind["true-false"][1].answers == [("", "FALSE")]
    accepted = [words.replace("*", "\\*") for words in by_kind["fill"][0]["answer"]["accept"]]
    assert by_kind["fill"][1].answers == [("=100", words) for words in accepted]
    steps = by_kind["order"][0]["answer"]
    assert [words for _, words in by_kind["order"][1].answers] == [
        f"{place}. -> {steps['steps'][step]}" for place, step in enumerate(steps["key"], start=1)
    ]
    match = by_kind["match"][0]["answer"]
    assert [words for _, words in by_kind["match"][1].answers] == [
        f"{prompt} -> {match['choices'][choice]}"
        for prompt, choice in zip(match["prompts"], match["key"], strict=True)
    ]


def test_gift_begins_no_text_as_a_weight_or_a_form() -> None:
    told = record("en", "", "single", "fill")
    single, fill = told["questions"]
    single["answer"]["options"][:3] = ["%50% off", "[html] <b>", "T"]
    single["rationale"] = "[markdown] why"
    fill["answer"]["accept"] = ["%50%", "[moodle]x"]
    read = read_gift(written("gift", told).decode())
    assert [words for _, words in read[0].answers[:3]] == ["%50% off", "[html] <b>", "T"]
    assert read[0].told.startswith("[markdown] why\n")
    assert read[1].answers == [("=100", "%50%"), ("=100", "[moodle]x")]
    assert b"\n~[plain]%50% off\n~[plain][html] <b>\n~T\n" in QUIZ["gift"].write(told)
    assert b"\n=%100%[plain]%50%\n" in QUIZ["gift"].write(told)


def test_gift_refuses_a_pair_that_it_would_part_elsewhere() -> None:
    said = refused("gift", record("en", " ->"))
    assert {kind for kind, why in said.items() if why} == {"match", "order", "fill"}
    assert said["match"] == "a text in it has `->`, which parts one answer from another there"


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
        assert [each["title"] for each in read] == [each["id"] for each in told["questions"]]
        assert [each["stem"]["text"] for each in read] == shown(told)
        assert [each["globalFeedback"]["text"] for each in read] == explained(told)
        assert [_pegjs_key(each) for each in read] == [_gift_key(each) for each in told["questions"]]


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


def _gift_key(question: dict[str, Any]) -> list[tuple[str, Any]]:
    answer, below = question["answer"], below_stem(question)
    if answer["type"] == "fill":  # whose asterisk keeps its backslash there, which Moodle takes away
        return [(words.replace("*", "\\*"), 100) for words in answer["accept"]]
    if answer["type"] == "match":
        return pairs_of(question)
    if answer["type"] == "order":
        return [(f"{place}.", below[step]) for place, step in enumerate(answer["key"], start=1)]
    if answer["style"] == "truth":
        return [("", answer["keys"] == [0])]
    wrong = -100 if answer["style"] == "several" else 0
    share = round(100 / len(answer["keys"]), 5)
    return [(words, share if index in answer["keys"] else wrong) for index, words in enumerate(below)]


@pytest.mark.parametrize("case", ["", BROKEN, *BUILT_IN])
def test_moodle(case: str) -> None:
    told = told_to("moodle", case)
    found = [each for each in etree.fromstring(written("moodle", told)) if each.get("type") != "category"]
    assert [each.findtext("idnumber") for each in found] == [each["id"] for each in told["questions"]]
    assert [each.get("type") for each in found] == [MOODLE[each["kind"]] for each in told["questions"]]
    for element, question in zip(found, told["questions"], strict=True):
        asked = html.fragment_fromstring(element.findtext("questiontext/text"), create_parent=True)
        lines = [_text(paragraph) for paragraph in asked.iter("p")]
        assert lines == [*exhibit_lines(question), question["stem"]]
        why = html.fragment_fromstring(element.findtext("generalfeedback/text"), create_parent=True)
        assert [_text(paragraph) for paragraph in why.iter("p")] == explanation(question, told["language"])
        answer = question["answer"]
        texts = [each.findtext("text") for each in element.findall("answer")]
        worth = [float(each.get("fraction")) for each in element.findall("answer")]
        if element.get("type") == "multichoice":
            assert [_text(html.fragment_fromstring(each, "p")) for each in texts] == answer["options"]
            assert [index for index, share in enumerate(worth) if share > 0] == answer["keys"]
            assert min(worth) == (-100 if question["kind"] == "multiple" else 0)
            assert (
                element.findtext("shuffleanswers") == str(question["kind"] in ("single", "multiple")).lower()
            )
        elif question["kind"] == "fill":
            assert [each.replace(r"\*", "*") for each in texts] == answer["accept"]
        elif question["kind"] == "order":
            steps = [answer["steps"][step] for step in answer["key"]]
            assert [_text(html.fragment_fromstring(each, "p")) for each in texts] == steps
            assert worth == list(range(1, len(steps) + 1))
        elif question["kind"] == "match":
            pairs = element.findall("subquestion")
            right = [answer["choices"][choice] for choice in answer["key"]]
            assert [each.findtext("answer/text") for each in pairs][: len(right)] == right
        else:
            true = 100 * (answer["keys"] == [0])
            assert dict(zip(texts, worth, strict=True)) == {"true": true, "false": 100 - true}


def _text(element: Any) -> str:
    return "".join(
        ("\n" if etree.QName(each).localname == "br" else each.text or "")
        + ((each.tail or "") if each is not element else "")
        for each in element.iter()
    )


@pytest.mark.parametrize("case", [ODD, *BUILT_IN])
def test_aiken(case: str) -> None:
    told = told_to("aiken", case, *CHOICES)
    read = read_aiken(written("aiken", told).decode())
    assert [each.asked for each in read] == [in_a_line(each, told["language"]) for each in told["questions"]]
    for each, question in zip(read, told["questions"], strict=True):
        assert [words for _, words in each.answers] == question["answer"]["options"]
        keys = [index for index, (sign, _) in enumerate(each.answers) if sign == "="]
        assert keys == question["answer"]["keys"]


def test_aiken_refuses_what_it_has_no_line_for() -> None:
    said = refused("aiken", record())
    assert said["multiple"] == "it takes one right answer, and here are 2"
    assert said["fill"] == "it has no place for questions of the kind fill"
    assert {kind for kind, why in said.items() if why} == {"multiple", "match", "order", "fill"}
    assert refused("aiken", record("en", BROKEN))["single"] == "a text in it has a line break"
    told = record("en", "", "single")
    told["questions"][0]["stem"] = "A. B. Smith rings. What now?"
    assert refused("aiken", told)["single"].startswith("a line of it would begin with `A.`")


@pytest.mark.parametrize("case", ["", BROKEN, *BUILT_IN])
def test_qti(case: str) -> None:
    told = told_to("qti", case)
    with zipfile.ZipFile(io.BytesIO(written("qti", told))) as package:
        files = {name: etree.fromstring(package.read(name)) for name in package.namelist()}
    assert list(files)[:2] == ["imsmanifest.xml", "test.xml"]
    named = files["imsmanifest.xml"].xpath("//@href[starts-with(., 'items/')]")
    assert set(named) == set(list(files)[2:]) == set(files["test.xml"].xpath("//@href"))
    for item, question in zip(list(files.values())[2:], told["questions"], strict=True):
        assert item.get("title") == question["id"]
        assert item.get("{http://www.w3.org/XML/1998/namespace}lang") == told["language"]
        found = item.xpath("//*[local-name()='modalFeedback']/*")
        assert [_text(each) for each in found] == explanation(question, told["language"])
        texts = {
            each.get("identifier"): _text(each)
            for each in item.xpath(
                "//*[@identifier][starts-with(@identifier,'A') or starts-with(@identifier,'P')]"
            )
        }
        right = [value.split() for value in item.xpath("//*[local-name()='correctResponse']/*/text()")]
        answer, below = question["answer"], below_stem(question)
        if question["kind"] == "fill":
            assert item.xpath("//@mapKey") == answer["accept"]
            (stem,) = item.xpath("//*[local-name()='itemBody']/*")
            assert _text(stem) == question["stem"].replace("____", "")
        elif question["kind"] == "match":
            pairs = [(texts[left], texts[choice]) for left, choice in right]
            assert pairs == list(
                zip(answer["prompts"], (below[index] for index in answer["key"]), strict=True)
            )
        else:
            assert list(texts.values()) == below
            keys = answer.get("keys") or answer["key"]
            assert [texts[each] for (each,) in right] == [below[index] for index in keys]
            assert [_text(each) for each in item.xpath("//*[local-name()='prompt']")] == [question["stem"]]
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
    told = record("en", BROKEN)
    told["questions"][0]["stem"] = "=HYPERLINK(1)"
    told["questions"][0]["answer"]["options"][1] = "+1"
    text = written("csv", told).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == [each["id"] for each in told["questions"]]
    assert (rows[0]["stem"], rows[0]["option_b"]) == ("'=HYPERLINK(1)", "'+1")
    for row, question in list(zip(rows, told["questions"], strict=True))[1:]:
        assert row["stem"] == question["stem"]
        cells = [row[f"option_{letter}"] for letter in "abcd"]
        assert [cell for cell in cells if cell] == below_stem(question)
        assert row["exhibit"] == "\n".join(exhibit_lines(question))
        assert row["rationale"].split("\n“")[0] == question["rationale"]
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
    assert texts[0] == ("h1", told["title"])
    assert [words for tag, words in texts if tag == "h2"] == [
        f"{number}. {each['id']}" for number, each in enumerate(told["questions"], start=1)
    ]
    for question in told["questions"]:
        lettered = [f"{ascii_lowercase[index]}. {words}" for index, words in enumerate(below_stem(question))]
        wanted = [*exhibit_lines(question), question["stem"], *question["answer"].get("prompts", ())]
        for words in [*wanted, *lettered, *explanation(question, told["language"])]:
            assert words in held


@pytest.mark.parametrize("case", BUILT_IN)
def test_tables_hold_every_text_and_key_of_the_bank(case: str) -> None:
    told = told_to("csv", case)
    language = told["language"]
    text = written("csv", told).decode("utf-8-sig")
    for row, question in zip(csv.DictReader(io.StringIO(text, newline="")), told["questions"], strict=True):
        texts = {name: cell.removeprefix("'") for name, cell in row.items()}
        assert texts["stem"] == question["stem"]
        assert texts["exhibit"] == "\n".join(exhibit_lines(question))
        assert texts["rationale"] == "\n".join(reasons(question, language))
        assert texts["advice"] == question["advice"]
        listed = [texts.get(f"option_{letter}") for letter in ascii_lowercase]
        assert list(filter(None, listed)) == below_stem(question)
        assert row["key"] == letters_of(question)
    told = told_to("kahoot", case)
    sheet = openpyxl.load_workbook(io.BytesIO(written("kahoot", told))).active
    cells = list(sheet.iter_rows(min_row=9, min_col=2, values_only=True))
    for row, question in zip(cells, told["questions"], strict=True):
        assert len(str(row[0])) <= 120
        assert str(row[0]).endswith(question["stem"])
        assert [each for each in row[1:5] if each] == below_stem(question)
        assert str(row[6]) == ",".join(str(key + 1) for key in question["answer"]["keys"])


def test_kahoot() -> None:
    told = record("zh-Hans", "", "single", "multiple", "true-false")
    told["questions"][0]["stem"] = "-1 = +1 & <b>境外</b>?\n\\"
    told["questions"][0]["answer"]["options"][0] = "@one"
    book = openpyxl.load_workbook(io.BytesIO(written("kahoot", told)))
    sheet = book.active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=8, min_col=2)]
    assert rows[0][0] == "Question - max 120 characters"
    assert rows[1] == [
        "-1 = +1 & <b>境外</b>?\n\\",
        "@one",
        *told["questions"][0]["answer"]["options"][1:],
        60,
        4,
    ]
    assert [cell.quotePrefix for cell in sheet[9][1:4]] == [True, True, False]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert rows[2][-1] == "1,4"
    assert rows[3][1:] == ["正确", "错误", None, None, 60, 2]


def test_kahoot_refuses_what_is_too_long_or_too_many() -> None:
    said = refused("kahoot", record())
    assert said["judge"].startswith("the question has 1")
    assert said["order"] == "it has no place for questions of the kind order"
    told = record("en", "", "multiple")
    told["questions"][0]["answer"]["options"] += ["x" * 76]
    assert refused("kahoot", told)["multiple"] == (
        "it has 5 options, and 4 fit / option e has 76 characters, and 75 fit"
    )


@pytest.mark.parametrize("case", [ODD.replace("|", ""), *BUILT_IN])
def test_wjx(case: str) -> None:
    told = told_to("wjx", case, *CHOICES, "multiple", "fill")
    title, read = read_wjx(written("wjx", told).decode())
    assert title == told["title"]
    names = {"multiple": "多选题", "true-false": "判断题", "fill": "填空题"}
    assert [kind for kind, _ in read] == [names.get(each["kind"], "单选题") for each in told["questions"]]
    for (kind, each), question in zip(read, told["questions"], strict=True):
        assert each.asked == in_a_line(question, told["language"])
        assert each.told == " ".join(explanation(question, told["language"]))
        if kind != "填空题":
            assert [words for _, words in each.answers] == question["answer"]["options"]
            keys = [index for index, (sign, _) in enumerate(each.answers) if sign == "="]
            assert keys == question["answer"]["keys"]


def test_wjx_refuses_what_it_has_no_line_for() -> None:
    assert {kind for kind, why in refused("wjx", record()).items() if why} == {"match", "order"}
    assert refused("wjx", record("en", BROKEN))["single"] == "a text in it has a line break"
    assert refused("wjx", record("en", "|"))["fill"] == (
        "a text in it has `|`, which parts one answer from another there"
    )


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


def test_anki_notes_are_known_again_by_question_and_language() -> None:
    told = record("en", BROKEN)
    notes = {note["Id"]: note for note in notes_of(written("anki", told))}
    assert len({note["guid"] for note in notes.values()}) == len(told["questions"])
    later = record("en")
    later["questions"] = later["questions"][3:]
    later["changed"] += 60
    for note in notes_of(written("anki", later)):
        before = notes[note["Id"]]
        assert (note["guid"], note["number"]) == (before["guid"], before["number"])
        assert note["changed"] == before["changed"] + 60
    assert {note["guid"] for note in notes_of(written("anki", record("zh-Hans")))}.isdisjoint(
        note["guid"] for note in notes.values()
    )
    for question in told["questions"]:
        note = notes[question["id"]]
        assert _unwritten(note["Question"]) == [question["stem"]]
        assert _unwritten(note["Exhibit"]) == exhibit_lines(question)
        assert _unwritten(note["Why"]) == reasons(question, "en")
        texts = [*question["answer"].get("prompts", ()), *below_stem(question)]
        assert _unwritten(note["Options"], "li") == texts


def _unwritten(field: str, element: str = "p") -> list[str]:
    root = html.fragment_fromstring(field, create_parent="div")
    return [_text(each) for each in root.iter(element)] or ([_text(root)] if _text(root) else [])


@pytest.mark.parametrize("amount", AMOUNTS)
def test_anki_takes_the_deck_and_keeps_the_schedule(tmp_path: Path, amount: str) -> None:
    """The bank in each language, and the worst that there is; then the same with every stem another, later."""
    cases = (BROKEN, *in_all(amount))
    first, later = ([told_to("anki", case) for case in cases] for _ in range(2))
    for place, told in enumerate(first):
        (tmp_path / f"first{place}.apkg").write_bytes(written("anki", told))
    for place, told in enumerate(later):
        questions = [{**each, "stem": f"{each['stem']} later"} for each in told["questions"]]
        edited = {**told, "questions": questions, "changed": told["changed"] + 60}
        (tmp_path / f"later{place}.apkg").write_bytes(written("anki", edited))
    found = imported_by_anki(
        tmp_path, [f"first{place}" for place in range(4)], [f"later{place}" for place in range(4)]
    )
    counts = [len(told["questions"]) for told in first]
    assert found["first"] == [[count, 0] for count in counts]
    assert found["later"] == [[0, count] for count in counts]
    assert found["cards"] == sum(counts)
    assert found["schedules"] == [[2, 17]]
    assert all(unescape(stem).endswith(" later") for stem in found["stems"])
    assert found["sound"]


def test_a_whole_selection_has_no_seed() -> None:
    assert quiz_record(every_kind(), drawn=False)["seed"] is None
