import pytest

from quizgen.screen.rows import Span, row_text, spread_row, total_width


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("Source: Art. 14, Art. 31", 24, "Source: Art. 14…"),
        ("Source: item 2, item 4", 16, "Source: item 2…"),
        ("Phone cards (2021), para. 1", 15, "Phone cards…"),
        ("Source: the head of the Shenzhen analysis centre", 38, "Source: the head of the Shenzhen…"),
        ("第十四条、第三十条", 12, "第十四条…"),
        ("刑法；《反诈法》", 10, "刑法…"),
        ("《刑法》第三条、第九条", 19, "《刑法》第三条…"),
        ("《刑法》第二条；《反诈法》第三条", 24, "《刑法》第二条…"),
        ("Scams by impostors", 5, ""),
        ("The two cards", 2, ""),
        ("两卡", 3, ""),
    ],
)
def test_shortened_text_is_never_only_three_dots(text: str, width: int, cut: str) -> None:
    row = spread_row((Span(text),), (), width, "text")
    assert (row_text(row).rstrip(), total_width(row)) == (cut, width)
