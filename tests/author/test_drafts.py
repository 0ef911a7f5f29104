"""The mark of a draft is removed, and nothing else in its file changes."""

import pytest

from quizgen.author.drafts import find_drafts, remove_draft_mark
from quizgen.bank.files import RawFile
from quizgen.errors import QuizgenError

TOPIC = """topic: calls
title: {en: Calls}
facts:
"""


def removed(entry: str) -> str:
    file = RawFile("calls.yaml", (TOPIC + entry).encode())
    (draft,) = find_drafts([file]).values()
    raw = remove_draft_mark(file, draft.path).raw.decode()
    assert raw.startswith(TOPIC)
    return raw.removeprefix(TOPIC)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  - id: a\n    draft: true\n    terms: [x]  # rare\n", "  - id: a\n    terms: [x]  # rare\n"),
        ("  - id: a\n    terms: [x]\n    draft: true", "  - id: a\n    terms: [x]\n"),
        ("  - draft: yes\n    id: a\n    terms: [x]\n", "  - id: a\n    terms: [x]\n"),
        ("- id: a\n  draft: true\n- id: b\n", "- id: a\n- id: b\n"),
        ("- {id: a, draft: true, terms: [x]}\n", "- {id: a, terms: [x]}\n"),
        ("- {draft: true, id: a}\n", "- {id: a}\n"),
        ('- {"id": "a", "draft": true}\n', '- {"id": "a"}\n'),
    ],
)
def test_only_the_mark_goes(before: str, after: str) -> None:
    assert removed(before) == after


def test_line_breaks_of_windows_stay() -> None:
    raw = b"\xef\xbb\xbftopic: calls\r\nfacts:\r\n- id: a\r\n  draft: true\r\n"
    edited = remove_draft_mark(RawFile("calls.yaml", raw), ("facts", 0))
    assert edited.raw == raw.removesuffix(b"  draft: true\r\n")


def test_a_mark_that_is_written_in_an_odd_way_is_left_to_the_author() -> None:
    with pytest.raises(QuizgenError, match=r"calls.yaml:4:13: this mark cannot be removed automatically"):
        removed("- {id: a, ? draft : true}\n")


def test_facts_come_before_questions() -> None:
    file = RawFile(
        "calls.yaml",
        b"topic: calls\nquestions:\n- {id: q, draft: true}\nfacts:\n- {id: a, draft: true}\n- {id: b, draft: false}\n",
    )
    assert list(find_drafts([file])) == ["calls/a", "calls/q"]
