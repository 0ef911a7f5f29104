"""``quizgen mark``: scans in, a table and a page for a person out."""

import csv
import io
import json
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest

from quizgen.marks.positions import SheetPositions, decode_positions
from tests.cli.program import PATIENCE, Program
from tests.marks.pictures import CLEAN, Gray, as_pdf, as_png, draw_mark, fill_in, render_page


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with two answer sheets and the file that says where their circles are."""
    folder = tmp_path_factory.mktemp("talk")
    done = Program(folder).here("print", "answer-sheet", str(folder / "a.pdf"), "--versions", "2", "-s", "7")
    assert done.code == 0, done.err
    return folder


@pytest.fixture(scope="module")
def before_after(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with sheets of two people for before and after a talk."""
    folder = tmp_path_factory.mktemp("before-after")
    done = Program(folder).here("print", "before-after", folder / "b.pdf", "--codes", "2", "-s", "7")
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def no_report_on_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the report on paper be only its first letters, because it takes longer than all else."""
    monkeypatch.setattr("quizgen.paper.report.print_report", lambda *_: b"%PDF")


def one_page(content: bytes) -> bytes:
    """Return a PDF with a page that draws this."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842)).Contents = pdf.make_stream(content)
    out = io.BytesIO()
    pdf.save(out, compress_streams=True)
    return out.getvalue()


def raw_pdf(*objects: bytes) -> bytes:
    """Return a PDF with these objects; the first is its root. The table of objects is missing, as if the file were damaged."""
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, each) for number, each in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\n"


def pages_pdf(kids: bytes, count: int) -> bytes:
    """Return a PDF that says that it has so many pages; all are one small, empty page."""
    tree = b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count)
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")


def picture_pdf(side: int) -> bytes:
    """Return a PDF of a few kilobytes with a page that is a picture of so many pixels a side."""
    data, content = zlib.compress(bytes(3_000_000), 9), b"595 0 0 842 0 0 cm /I Do"
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
        % (side, side, len(data), data),
    )


def one_bit_png(width: int, height: int) -> bytes:
    """Return a black picture of one bit a pixel, which is a few kilobytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress(bytes((width // 8 + 1) * height), 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def positions(talk: Path) -> SheetPositions:
    return decode_positions((talk / "a-marks.json").read_bytes(), "")


def filled(talk: Path, version: int, seed: int = 1) -> Gray:
    """Return a sheet that somebody filled in, at 150 dpi."""
    known = positions(talk)
    page = render_page((talk / "a.pdf").read_bytes(), version)
    done = fill_in(page, known, known.papers[version], 1, np.random.default_rng(seed), CLEAN)
    return np.asarray(cv2.resize(done.picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)


def unclear(talk: Path) -> tuple[Gray, str]:
    """Return a sheet with two marks for one question, and the id of the question."""
    known = positions(talk)
    page = render_page((talk / "a.pdf").read_bytes(), 0)
    question = next(each for each in known.papers[0].questions if known.questions[each.id].asks == "one")
    for box in question.boxes[:2]:
        draw_mark(page, box, "fill", np.random.default_rng(1))
    return page, question.id


def table(out: Path) -> list[dict[str, str]]:
    with (out / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def answers_in(out: Path) -> list[list[str]]:
    """Return the rows of the table without the names of sheets."""
    return sorted(list(row.values())[1:] for row in table(out))


def test_each_sheet_of_a_pile_is_a_row(talk: Path, tmp_path: Path) -> None:
    pile = tmp_path / "pile.pdf"
    pile.write_bytes(as_pdf([filled(talk, 0), filled(talk, 1)]))
    done = Program(tmp_path).here("mark", str(talk), str(pile), "--out", str(tmp_path / "out"))
    assert (done.code, done.out) == (0, ""), done.err
    rows = table(tmp_path / "out")
    assert [(row["sheet"], row["version"]) for row in rows] == [("pile.pdf:1", "A"), ("pile.pdf:2", "B")]
    assert all(row["right"].isdecimal() for row in rows)
    assert "2 sheets with" in done.err
    assert "report.pdf: what the answers mean" in done.err


@pytest.mark.usefixtures("no_report_on_paper")
def test_what_is_not_sure_is_shown_and_a_correction_is_taken(talk: Path, tmp_path: Path) -> None:
    picture, question = unclear(talk)
    (tmp_path / "one.png").write_bytes(as_png(picture))
    out = tmp_path / "out"
    command = ("mark", str(talk), str(tmp_path / "one.png"), "--out", str(out))
    done = Program(tmp_path).here(*command)
    assert done.code == 0, done.err
    assert "1 answer to look at" in done.err
    assert table(out)[0][question] == "?"
    page = (out / "check.html").read_text(encoding="utf-8")
    assert f'data-question="{question}"' in page
    assert len(re.findall("data:image/jpeg", page)) == 1
    (out / "corrections.csv").write_text(f"sheet,question,answer\none.png,{question},A\n", encoding="utf-8")
    assert Program(tmp_path).here(*command).code == 0
    assert table(out)[0][question] == "A"
    assert not (out / "check.html").exists()


@pytest.mark.usefixtures("no_report_on_paper")
def test_the_next_run_reads_only_what_is_new_and_adds_it(talk: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in range(2):
        (tmp_path / f"{number}.png").write_bytes(as_png(filled(talk, number)))
        done = Program(tmp_path).here(
            "mark", str(talk), str(tmp_path / f"{number}.png"), "--add", "--out", str(out)
        )
        assert done.code == 0, done.err
        assert len((out / "read.jsonl").read_bytes().splitlines()) == number + 1
        assert len(table(out)) == number + 1
    # A line that a killed run cut off is read again, once.
    memory, answers = (out / "read.jsonl").read_bytes(), answers_in(out)
    (out / "read.jsonl").write_bytes(memory[:-40])
    for _run in range(2):
        assert Program(tmp_path).here("mark", str(talk), str(tmp_path), "--out", str(out)).code == 0
        assert answers_in(out) == answers
        assert (out / "read.jsonl").read_bytes() == memory[:-40] + b"\n" + memory.splitlines(keepends=True)[1]


@pytest.mark.usefixtures("no_report_on_paper")
def test_a_run_that_was_killed_goes_on_where_it_was(talk: Path, tmp_path: Path) -> None:
    sheets = [cv2.resize(filled(talk, seed % 2, seed), None, fx=0.7, fy=0.7) for seed in range(5)]
    sheets += [np.full((2, 200), shade, np.uint8) for shade in range(46)]  # more than a process reads
    pile = tmp_path / "pile.pdf"
    pile.write_bytes(as_pdf([np.asarray(each, np.uint8) for each in sheets], 105))
    # The process that reads the last pages is not done before the others, because one of them takes minutes.
    endless = tmp_path / "endless.pdf"
    endless.write_bytes(one_page(b"0 0 595 842 re f\n" * 1_000_000))
    memory = tmp_path / "out" / "read.jsonl"
    command = ("mark", str(talk), str(pile), "--out", str(tmp_path / "out"))
    program = Program(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-m", "quizgen", *command, str(endless)],
        env=program.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        end = time.monotonic() + PATIENCE
        while not (memory.exists() and memory.read_bytes().count(b"\n") == 48) and time.monotonic() < end:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
    before = memory.read_bytes()
    assert before.count(b"\n") == 48
    assert not (tmp_path / "out" / "results.csv").exists()
    assert program.here(*command).code == 1  # empty pages
    assert memory.read_bytes().startswith(before)  # what was read is not read again
    assert len(memory.read_bytes().splitlines()) == len(sheets)
    assert program.here(*command[:-1], str(tmp_path / "fresh")).code == 1
    assert (tmp_path / "out" / "results.csv").read_bytes() == (
        tmp_path / "fresh" / "results.csv"
    ).read_bytes()


@pytest.mark.usefixtures("no_report_on_paper")
def test_forgetting_leaves_only_numbers(talk: Path, tmp_path: Path) -> None:
    picture, question = unclear(talk)
    (tmp_path / "one.png").write_bytes(as_png(picture))
    (tmp_path / "two.png").write_bytes(as_png(filled(talk, 1)))
    out = tmp_path / "out"
    command = ("mark", str(talk), "--out", str(out))
    done = Program(tmp_path).here(*command, str(tmp_path / "one.png"), "--forget")
    assert done.code == 0, done.err
    assert sorted(each.name for each in out.iterdir()) == [
        "read.jsonl", "report.html", "report.pdf", "results.csv",
    ]  # fmt: skip
    (line,) = (out / "read.jsonl").read_bytes().splitlines()
    (sheet,) = json.loads(line)["picture"]["sheets"]
    assert {each["clipping"] for each in sheet["answers"]} == {""}
    # What was counted is still there, and a picture is shown again if its scan is.
    assert Program(tmp_path).here(*command, str(tmp_path / "two.png"), "--add").code == 0
    assert [row["sheet"] for row in table(out)] == ["two.png", "one.png"]
    assert f'data-question="{question}"' in (out / "check.html").read_text(encoding="utf-8")
    assert "data:image/jpeg" not in (out / "check.html").read_text(encoding="utf-8")
    assert Program(tmp_path).here(*command, str(tmp_path / "one.png")).code == 0
    assert "data:image/jpeg" in (out / "check.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("no_report_on_paper")
def test_what_is_no_sheet_of_the_quiz_is_reported_and_the_rest_is_read(talk: Path, tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    (scans / "good.png").write_bytes(as_png(filled(talk, 0)))
    (scans / "same.png").write_bytes(as_png(filled(talk, 0)))
    (scans / "empty.png").write_bytes(as_png(np.full((800, 600), 255, np.uint8)))
    (scans / "dot.png").write_bytes(as_png(np.zeros((1, 1), np.uint8)))
    jpeg = bytes(cv2.imencode(".jpg", filled(talk, 1))[1])
    (scans / "cut.jpg").write_bytes(jpeg[: len(jpeg) // 2])
    (scans / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 cut off")
    (scans / "broken.pdf").write_bytes(b"%PDF-1.7 cut off")
    (scans / "huge.png").write_bytes(one_bit_png(20_000, 20_000))
    (scans / "letter.jpg").write_text("no picture", encoding="utf-8")
    (scans / "nothing.png").write_bytes(b"")
    (scans / "notes.txt").write_text("no scan", encoding="utf-8")
    (scans / "folder.png").mkdir()
    os.mkfifo(scans / "pipe.png")
    secret = pikepdf.new()
    secret.add_blank_page()
    secret.save(scans / "secret.pdf", encryption=pikepdf.Encryption(user="1", owner="2"))
    (scans / "blank.pdf").write_bytes(as_pdf([np.full((9, 9), 255, np.uint8)] * 3))
    (scans / "endless.pdf").write_bytes(pages_pdf(b"3 0 R " * 10_001, 10_001))
    (scans / "billions.pdf").write_bytes(pages_pdf(b"3 0 R", 2_000_000_000))
    (scans / "bomb.pdf").write_bytes(picture_pdf(60_000))
    other = tmp_path / "other.pdf"
    Program(tmp_path).here("print", "answer-sheet", str(other), "-s", "8")
    (scans / "other.png").write_bytes(as_png(render_page(other.read_bytes(), 0)))
    program = Program(tmp_path, readers_apart=True)
    done = program.here("mark", str(talk), str(scans), "--out", str(tmp_path / "out"))
    assert done.code == 1
    assert [row["sheet"] for row in table(tmp_path / "out")] == ["good.png"]
    lines = [line for line in done.err.splitlines() if not line.startswith(str(tmp_path / "out"))]
    assert sorted(line.replace(f"{scans}/", "").split(";")[0] for line in lines) == [
        "billions.pdf:1: an empty page",
        "blank.pdf:1-3: an empty page",
        "bomb.pdf:1: an empty page",
        "broken.jpg: cut off or damaged",
        "broken.pdf: cut off or damaged",
        "cut.jpg: cut off or damaged",
        "dot.png: an empty page",
        "empty.png: an empty page",
        "endless.pdf: more than 10,000 pages",
        "huge.png: more than 60,000,000 pixels",
        "letter.jpg: neither a PDF file nor a picture",
        "nothing.png: the file is empty",
        "other.png: a sheet of another quiz",
        "same.png: this is the same scan as good.png",
        "secret.pdf: this PDF file has a password",
    ]


@pytest.mark.usefixtures("no_report_on_paper")
@pytest.mark.skipif(sys.platform == "darwin", reason="every name is text there")
def test_a_name_that_is_no_text_is_shown(talk: Path, tmp_path: Path) -> None:
    named = tmp_path / os.fsdecode(b"\xff\n1.png")
    named.write_bytes(as_png(filled(talk, 0)))
    done = Program(tmp_path).here("mark", str(talk), str(named), "--out", str(tmp_path / "out"))
    assert done.code == 0, done.err
    assert [row["sheet"] for row in table(tmp_path / "out")] == ["<U+DCFF> 1.png"]


@pytest.mark.usefixtures("no_report_on_paper")
def test_a_folder_of_a_thousand_files(talk: Path, tmp_path: Path) -> None:
    """Scans between files of other sorts, files that are damaged, and copies are all read, and each fault has a line."""
    scans = tmp_path / "scans"
    scans.mkdir()
    good = as_png(filled(talk, 0))
    for number in range(500):
        (scans / f"{number}.txt").write_bytes(b"no scan")
        if number % 5 == 0:
            (scans / f"{number}.png").write_bytes(good)
        elif number % 25 == 1:
            (scans / f"{number}.png").write_bytes(good[: 100 + number])
        elif number % 25 == 2:
            (scans / f"{number}.jpg").write_text(f"no picture {number}", encoding="utf-8")
        else:
            (scans / f"{number}.png").write_bytes(b"")
    (scans / "last.png").write_bytes(as_png(filled(talk, 1)))
    program = Program(tmp_path, readers_apart=True)
    done = program.here("mark", str(talk), str(scans), "--out", str(tmp_path / "out"))
    assert done.code == 1
    assert [row["sheet"] for row in table(tmp_path / "out")] == ["0.png", "last.png"]
    faults = [line.split(": ")[1].split(";")[0] for line in done.err.splitlines() if ": " in line]
    assert {fault: faults.count(fault) for fault in faults if not fault.startswith("2 sheets")} == {
        "this is the same scan as 0.png": 99,
        "cut off or damaged": 20,
        "neither a PDF file nor a picture": 20,
        "the file is empty": 360,
        "what the answers mean": 1,
    }


@pytest.mark.usefixtures("no_report_on_paper")
def test_a_sheet_that_is_scanned_twice_is_reported(talk: Path, tmp_path: Path) -> None:
    picture = filled(talk, 0)
    noisy = np.clip(picture + np.random.default_rng(1).normal(0, 4, picture.shape), 0, 255).astype(np.uint8)
    for name, each in (("a.png", picture), ("b.png", noisy), ("c.png", filled(talk, 0, seed=2))):
        (tmp_path / name).write_bytes(as_png(each))
    done = Program(tmp_path).here("mark", str(talk), str(tmp_path), "--out", str(tmp_path / "out"))
    assert done.code == 1
    assert [line for line in done.err.splitlines() if "scanned twice" in line] == [
        "b.png: this looks like the same sheet as a.png, scanned twice; both are counted; leave one scan out if it is"
    ]
    assert len(table(tmp_path / "out")) == 3


def test_a_folder_without_positions_and_a_wrong_command_are_refused(talk: Path, tmp_path: Path) -> None:
    done = Program(tmp_path).here("mark", str(tmp_path), str(tmp_path))
    assert done.code == 1
    assert "print the sheets again with the same options and --seed" in done.err
    (tmp_path / "a-marks.json").write_text(json.dumps({"seed": 1}), encoding="utf-8")
    done = Program(tmp_path).here("mark", str(tmp_path), str(tmp_path))
    assert done.code == 1
    assert "a-marks.json: this does not say where the boxes of a sheet are" in done.err
    assert Program(tmp_path).here("mark", str(talk)).code == 2
    done = Program(tmp_path).here("mark", str(talk), str(tmp_path / "none.pdf"))
    assert (done.code, "there is no such file" in done.err) == (1, True)


def test_sheets_from_before_and_after_a_talk_become_a_sentence_and_a_report(
    before_after: Path, tmp_path: Path
) -> None:
    program, folder = Program(tmp_path), shutil.copytree(before_after, tmp_path / "kit")
    pages = [np.asarray(render_page((folder / "b.pdf").read_bytes(), page)[::2, ::2]) for page in range(2)]
    (tmp_path / "pile.pdf").write_bytes(as_pdf([np.ascontiguousarray(page) for page in pages]))
    # Neither the empty sheets in the folder nor the report of an earlier run are scans.
    for scans in (tmp_path / "pile.pdf", tmp_path):
        done = program.here("mark", str(folder), str(scans))
    assert done.code == 0, done.err
    assert done.out.startswith("2 people filled in both sheets: too few to say whether anything has changed.")
    rows = table(folder / "marked")
    assert sorted(row["time"] for row in rows) == ["after", "after", "before", "before"]
    assert len({row["code"] for row in rows}) == 2
    page = (folder / "marked" / "report.html").read_text(encoding="utf-8")
    assert "2 people filled in both sheets" in page
    assert (folder / "marked" / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("no_report_on_paper")
def test_several_talks_with_the_same_sheets_are_lines_of_a_table(before_after: Path, tmp_path: Path) -> None:
    program, folder = Program(tmp_path), shutil.copytree(before_after, tmp_path / "kit")
    page = np.ascontiguousarray(render_page((folder / "b.pdf").read_bytes(), 0)[::2, ::2])
    for name, shade in (("june", 0), ("march", 3)):
        page[5, 5] = shade  # another scan
        (tmp_path / f"{name}.png").write_bytes(as_png(page))
    for talk, name in (("2026-06", "june"), ("2026-03", "march")):
        done = program.here("mark", folder, tmp_path / f"{name}.png", "--add", "--talk", talk)
        assert done.code == 0, done.err
    assert [(row["sheet"][:5], row["talk"]) for row in table(folder / "marked")] == [
        ("march", "2026-03"), ("march", "2026-03"), ("june.", "2026-06"), ("june.", "2026-06"),
    ]  # fmt: skip
    assert [line.split() for line in done.out.splitlines()[-2:]] == [
        ["2026-03", "1", "0", "%", "0", "%", "0"], ["2026-06", "1", "0", "%", "0", "%", "0"],
    ]  # fmt: skip
    # Scans keep their talk, until they are given to another.
    assert program.here("mark", folder, tmp_path / "june.png", "--add").code == 0
    assert {row["talk"] for row in table(folder / "marked")} == {"2026-03", "2026-06"}
    done = program.here("mark", folder, tmp_path / "june.png", "--add", "--talk", "2026-03")
    assert (done.code, "the code" in done.err) == (1, True)
    assert {row["talk"] for row in table(folder / "marked")} == {"2026-03"}


def test_sheets_of_another_bank_are_counted_without_a_report(talk: Path, tmp_path: Path) -> None:
    bank = tmp_path / "another"
    assert Program(tmp_path).here("bank", "init", str(bank)).code == 0
    (tmp_path / "one.png").write_bytes(as_png(filled(talk, 0)))
    out = tmp_path / "out"
    done = Program(tmp_path).here(
        "mark", str(talk), str(tmp_path / "one.png"), "--out", str(out), "--bank", str(bank)
    )
    assert done.code == 1
    assert "name the bank that the sheets are from with --bank" in done.err
    assert len(table(out)) == 1
    assert not (out / "report.html").exists()
