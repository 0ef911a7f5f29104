"""CONTRIBUTING says how a source, a fact and a question are added: here they are, in a copy of the sample bank, and are printed."""

import re
from pathlib import Path

from tests.recipes.copied import Copy

NOTICE = "A notice on parcels\n\nThe office never asks for a fee by text.\n"
SOURCE = """
- id: parcel-notice-2026
  title: {{en: A notice on parcels, zh-Hans: 包裹须知}}
  publisher: {{en: Harbour office, zh-Hans: 港务所}}
  date: "2026-05"
  language: en
  passages:
  - id: p1
    digest: {digest}
"""
TOPIC = """
topic: letters
title: {en: Letters, zh-Hans: 来信}
facts:
  - id: no-fee
    statement: {en: The office asks nobody for a fee by text., zh-Hans: 港务所不发短信收费。}
    cites: [parcel-notice-2026/p1]
    terms: [fee by text]
questions:
  - id: fee-by-text
    kind: true-false
    level: recall
    difficulty: 1
    facts: [no-fee]
    stem: {en: The office may ask for a fee by text., zh-Hans: 港务所会发短信收费。}
    key: false
    rationale: {en: It never does; it writes a letter., zh-Hans: 港务所只寄信，从不发这种短信。}
"""


def test_a_source_a_fact_and_a_question_are_entries_of_the_bank(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    bank = ("--bank", copy.bank)
    notice = tmp_path / "notice.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    (digest,) = re.findall(r"sha256 ([0-9a-f]{64})", copy.run("source", "show", notice, *bank).out)
    with (copy.bank / "sources.yaml").open("a", encoding="utf-8") as sources:
        sources.write(SOURCE.format(digest=digest))
    (copy.bank / "letters.yaml").write_text(TOPIC, encoding="utf-8")

    copy.run("bank", "check", copy.bank)
    assert "letters/no-fee" in copy.run("source", "show", notice, *bank).out
    copy.run("source", "check", notice, *bank)
    asked = copy.run("take", "--plain", "-q", "letters/fee-by-text", *bank, typed="f\n").out
    assert asked.endswith("\nScore: 1/1\n")
    copy.run("handout", tmp_path / "paper.pdf", "-t", "letters", *bank)
    assert copy.touched() == set()
