"""A brief has all that is needed to write drafts, and what it shows can be imported."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from quizgen.author.brief import BriefPassage, write_brief
from quizgen.author.brief_example import example_in
from quizgen.author.draft_file import read_drafts
from quizgen.author.draft_import import DraftImport
from quizgen.bank import read_bank
from quizgen.bank.files import RawFile, read_files
from quizgen.bank.reader import read_document
from quizgen.cli.import_drafts import lint_drafts
from quizgen.kinds import KINDS
from quizgen.source.wording import digest
from quizgen.text.languages import LANGUAGES
from tests.drafts import UK


def blocks(brief: str) -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```$", brief, re.MULTILINE | re.DOTALL)


def data_of(block: str) -> Any:
    document, problems = read_document(RawFile("brief", block.encode()))
    assert document
    assert problems == []
    return document.data


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_the_passages_the_numbers_and_every_kind(language: str) -> None:
    bank = read_bank([UK])
    brief = write_brief(bank, [BriefPassage("fraud-morning/p5", "Call the old\nnumber.")], language)
    assert "\n### fraud-morning/p5\n\n> Call the old number.\n" in brief
    assert "`calls/call-the-old-number`: If relatives write" in brief
    assert all(f"`{{{number}}}`" in brief for number in bank.help)
    assert all(f"`{topic}`" in brief for topic in bank.topics)
    form, examples = (data_of(block) for block in blocks(brief))
    assert [question["kind"] for question in form["questions"]] == list(KINDS)
    assert len(examples["exhibits"]) == 2


def example_bank(folder: Path, *languages: str) -> Path:
    """Make a bank whose source is the passage of the example."""
    folder.mkdir()
    text = dict.fromkeys(languages, "X")
    passage = {"id": "p1", "digest": digest(example_in(languages).passage)}
    source = {
        "id": "example",
        "title": text,
        "publisher": text,
        "language": languages[0],
        "passages": [passage],
    }
    files = {
        "bank": {"languages": list(languages)},
        "topic": {"topic": "library", "title": text},
        "sources": {"sources": [source]},
    }
    for name, data in files.items():
        (folder / f"{name}.yaml").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.mark.parametrize("languages", [("en",), ("zh-Hans",), ("en", "zh-Hans")])
def test_its_examples_keep_all_rules(languages: tuple[str, ...], tmp_path: Path) -> None:
    folder = example_bank(tmp_path / "bank", *languages)
    bank = read_bank([folder])
    files, _ = read_files([folder])
    topic_file = next(file.name for file in files if b'"topic"' in file.raw)
    brief = write_brief(bank, [], "en")
    example = example_in(languages)
    assert f"> {example.passage}" in brief
    drafts, problems = read_drafts(RawFile("reply.md", blocks(brief)[1].encode()))
    assert problems == []
    importer = DraftImport(bank, files, {"library": topic_file}, {"example/p1": example.passage})
    result = importer.sort(drafts, [], lint_drafts)
    assert list(map(str, result.problems)) == []
    assert len(result.passed) == len(drafts) == 9


def test_examples_are_in_english_for_other_languages() -> None:
    assert example_in(["fr"]) == example_in(["en"])
