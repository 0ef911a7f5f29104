"""Drafts are found in what a language model replies, and problems have the lines of the file."""

import json

import pytest

from quizgen.author.draft_file import Draft, read_drafts
from quizgen.bank.files import RawFile

YAML = """facts:
  - id: a
    statement: {en: A.}
questions:
  - {id: q, kind: single}
"""


def read(content: str) -> tuple[list[Draft], list[str]]:
    drafts, problems = read_drafts(RawFile("reply.md", content.encode()))
    return drafts, list(map(str, problems))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("\ufeff", ""),
        ("Sure! Here they are:\n\n", "\nI hope that this helps.\nAsk me for more: always.\n"),
        ("Note: these are drafts.\n\n```yaml\n", "```\nDone. - So.\n"),
        ("~~~ yml\n", "~~~\n"),
        ("Text\n\n````\n", "````\n"),
        ("```sh\nquizgen bank brief\n```\n```yaml\n", "```\n```sh\necho: {\n```\n"),
        ("```yaml\n", ""),  # the reply was cut off
        ("---\ntopic: calls\n", ""),
    ],
)
def test_words_around_the_drafts_are_left_out(before: str, after: str) -> None:
    drafts, problems = read(before + YAML + after)
    assert problems == []
    assert [(each.section, each.slug) for each in drafts] == [("facts", "a"), ("questions", "q")]
    lines = (before + YAML).replace("\ufeff", "").splitlines()
    assert [lines[each.line - 1].strip(" -{").startswith(f"id: {each.slug}") for each in drafts] == [
        True,
        True,
    ]


def test_json_has_the_same_shape() -> None:
    data = {"topic": "calls", "questions": [{"id": "q", "kind": "fill"}], "facts": [{"id": "a"}]}
    for text in (json.dumps(data), json.dumps(data, indent=2), f"Here:\n```json\n{json.dumps(data)}\n```"):
        drafts, problems = read(text)
        assert problems == []
        assert [(each.section, each.slug, each.topic) for each in drafts] == [
            ("facts", "a", "calls"),
            ("questions", "q", "calls"),
        ]


def test_a_list_without_sections_is_sorted_by_its_keys() -> None:
    drafts, _ = read(
        "- {id: q, kind: fill}\n- {id: e, lines: []}\n- {id: a, statement: {en: A}}\n- {id: x}\n"
    )
    assert [(each.section, each.slug) for each in drafts] == [
        ("facts", "a"),
        ("exhibits", "e"),
        ("questions", "q"),
    ]


def test_blocks_are_taken_together() -> None:
    drafts, problems = read(f"First:\n```yaml\n{YAML}```\nThen:\n```yaml\nfacts:\n- id: b\n```\n")
    assert problems == []
    assert [(each.slug, each.line) for each in drafts] == [("a", 4), ("b", 12), ("q", 7)]


def test_what_is_no_draft_is_a_problem() -> None:
    nothing = (
        "reply.md: there are no drafts in this file; it must have facts, exhibits or questions in YAML, "
        "as `quizgen bank brief` describes them"
    )
    assert read("I cannot help with that.")[1] == [nothing]
    assert read("```sh\nls\n```\n")[1] == [nothing]
    (problem,) = read("Here:\n```yaml\nfacts:\n  - id: [\n```\n")[1]
    assert problem.startswith("reply.md:")
    assert read_drafts(RawFile("reply.md", b"\xff\xff"))[1]
