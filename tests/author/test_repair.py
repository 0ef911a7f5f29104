"""What `bank check --fix` repairs in a file, and what it leaves as it is."""

import pytest

from quizgen.author.repair import repair_file, repair_text
from quizgen.bank.files import RawFile
from quizgen.bank.reader import read_document
from quizgen.files import shipped_folder


def repaired(content: str) -> tuple[str, list[str]]:
    document, problems = read_document(RawFile("x.yaml", content.encode()))
    assert document
    assert problems == []
    result = repair_file(document)
    return result.content, [str(change) for change in result.changes]


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
def test_a_text_is_repaired_where_that_is_certain(text: str, language: str, expected: str) -> None:
    assert repair_text(text, language) == expected
    assert repair_text(expected, language) == expected


def test_every_style_of_yaml_keeps_its_layout_and_its_comments() -> None:
    before = """\
topic: calls  # don't touch
title: {en: Don't pay, zh-Hans: 他说"付"}
questions:
  # it's a comment
  - id: a
    stem:
      en: 'It''s "so" '
      zh-Hans: "\\"付款\\" 吧"
    rationale:
      en: >-  # isn't a text
        They don't
        "ask" for it.
    advice: {en: They
      won't}
    accept: {en: [Don't, 'can''t']}
    waive: {clang-association: it's so}
"""
    after = before.replace("en: Don't", "en: Don’t").replace('他说"付"', "他说“付”")
    after = after.replace("""'It''s "so" '""", "'It’s “so”'").replace('\\"付款\\"', "“付款”")
    after = after.replace('They don\'t\n        "ask"', "They don’t\n        “ask”").replace("won't", "won’t")
    after = after.replace("[Don't, 'can''t']", "[Don’t, 'can’t']")
    content, changes = repaired(before)
    assert content == after
    assert changes[0] == "x.yaml:2:13: straight quotation marks are now curly"
    assert "x.yaml:7:11: extra spaces are removed" in changes
    assert repaired(content) == (content, [])


def test_a_block_that_ends_with_a_line_break_is_written_without_it() -> None:
    assert repaired("title:\n  en: >\n    One\n    two\nx: 1\n") == (
        "title:\n  en: >-\n    One\n    two\nx: 1\n",
        ["x.yaml:2:7: extra spaces are removed"],
    )


def test_keys_come_in_order_with_the_comments_above_them() -> None:
    before = """\
topic: calls
facts:
  - {terms: [x], id: in-braces}
  - terms: [x]
    # why it is so
    cites: [a]
    id: b  # the id

    statement: {en: So.}

# about questions
questions:
  - kind: single
    id: q
    own: kept
    stem:
      en: What?
      # not in English alone
      zh-Hans: 什么
    level: recall
  # the end
"""
    after = """\
topic: calls
facts:
  - {terms: [x], id: in-braces}
  - id: b  # the id

    statement: {en: So.}
    # why it is so
    cites: [a]
    terms: [x]

# about questions
questions:
  - id: q
    kind: single
    level: recall
    stem:
      en: What?
      # not in English alone
      zh-Hans: 什么
    own: kept
  # the end
"""
    assert repaired(before) == (
        after,
        ["x.yaml:4:5: the keys of b are now in order", "x.yaml:13:5: the keys of q are now in order"],
    )


def test_the_shipped_banks_need_no_repair_of_their_texts() -> None:
    for path in sorted(shipped_folder("question_bank").rglob("*.yaml")):
        assert not [each for each in repaired(path.read_text("utf-8"))[1] if "are now in order" not in each]
