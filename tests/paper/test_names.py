"""A file of names is read completely, or all its problems are reported with their lines."""

import pytest

from quizgen.errors import QuizgenError
from quizgen.paper.names import MAX_NAME_LENGTH, MAX_NAMES, Name, read_names


def test_names_are_one_a_line_without_blank_lines() -> None:
    data = "\ufeff李明\r\n\n  Zoë   Day \n\t\nAda".encode()
    assert read_names("x.txt", data).names == (Name("李明", 1), Name("Zoë Day", 3), Name("Ada", 5))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\n \n", "x.txt: there is no name in this file; write one name a line"),
        (b"Ada\nZo\xeb\n", "x.txt:2:3: is not UTF-8; save the list as plain text in UTF-8"),
        (b"A\n" * (MAX_NAMES + 1), "x.txt: there are 10,001 names; 10,000 can be printed at once: split the file"),
    ],
    ids=["none", "encoding", "many"],
)  # fmt: skip
def test_a_file_without_a_list_of_names_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(QuizgenError) as raised:
        read_names("x.txt", data)
    assert str(raised.value) == said


def test_all_lines_that_cannot_be_printed_are_named() -> None:
    listed = read_names("x.txt", f"Ada\n{'x' * (MAX_NAME_LENGTH + 1)}\nA\u202eB\n漢\n".encode())
    problems = [*listed.problems, *listed.missing_font_problems({"漢": "U+6F22"})]
    assert sorted(map(str, problems)) == [
        "x.txt:2:1: the name has 81 characters; 80 have room on a certificate",
        "x.txt:3:2: the name holds U+202E (right-to-left override), a control character for writing direction; leave it out",
        "x.txt:4:1: no font here has 漢 (U+6F22), in the name 漢; install a font for Chinese characters (Debian, Ubuntu: apt install fonts-noto-cjk), or write the name with other characters",
    ]
