"""Copied sentences are found, and short set phrases are not."""

import pytest

from quizgen.source.copying import CopyFinder

ENGLISH = (
    "If a book is late, the harbour library writes a letter that names the book; nobody phones about a fee."
)
CHINESE = "圖書逾期的，港口圖書館會寄信來說明是哪一本書，不會打電話催繳費用。"


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("The harbour library writes a letter that names the book.", ""),  # ten words
        (
            "They say: if a book is late, the harbour library writes a “letter” – so.",
            "if a book is late, the harbour library writes a “letter",
        ),
        ("Nobody phones about a fee, as a letter that names the book is written if a book is late.", ""),
        ("港口图书馆会寄信来说明是哪一本书", ""),  # fifteen characters
        ("馆里规定，图书逾期的、港口图书馆会寄信来说明是哪。", "图书逾期的、港口图书馆会寄信来说明是"),
        ("", ""),
    ],
)
def test_a_run_that_is_too_long_is_found(text: str, copied: str) -> None:
    assert CopyFinder([CHINESE, ENGLISH]).find(text) == copied
