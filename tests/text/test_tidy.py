"""Quotation marks and spaces of texts that were written elsewhere are tidied where that is certain."""

import pytest

from quizgen.text.tidy import tidy_data, tidy_text


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Don't pay", "en", "Don’t pay"),
        ("It's your banks' word", "en", "It’s your banks’ word"),
        ('He says "Pay now", and "at once".', "en", "He says “Pay now”, and “at once”."),
        ("A 'safe account' isn't safe", "en-GB", "A ‘safe account’ isn’t safe"),
        ("the '90s", "en", "the ’90s"),
        ('"Pay," she says, "don\'t wait"', "en", "“Pay,” she says, “don’t wait”"),
        ('a 5" screen', "en", 'a 5" screen'),  # inches, perhaps
        ('say "yes', "en", 'say "yes'),
        ("'Tis so", "en", "'Tis so"),
        (" Pay  now , or ( later ) .", "en", "Pay now, or (later)."),
        ("Call 12 34", "en", "Call 12 34"),
        ('他说"付钱"，又说"快"', "zh-Hans", "他说“付钱”，又说“快”"),
        ('他说"付钱', "zh-Hans", '他说"付钱'),
        ("请付款 ，用 App 付 再说", "zh-Hans", "请付款，用 App 付 再说"),
        ('l\'ami dit "oui"', "fr", 'l\'ami dit "oui"'),
    ],
)
def test_a_text_is_tidied_where_that_is_certain(text: str, language: str, expected: str) -> None:
    assert tidy_text(text, language) == expected
    assert tidy_text(expected, language) == expected


def test_only_texts_in_a_language_are_tidied() -> None:
    data = {"accept": {"en": ["Don't"]}, "stem": {"en": "It's  so", "fr": "l'ami"}, "waive": {"x": "it's so"}}
    assert tidy_data(data) == {
        "accept": {"en": ["Don’t"]},
        "stem": {"en": "It’s so", "fr": "l'ami"},
        "waive": {"x": "it's so"},
    }
