"""A copy of the British bank, in which entries can be marked as drafts."""

import re
import shutil
from pathlib import Path

from quizgen.files import shipped_folder

UK = shipped_folder("question_bank") / "uk"


def uk_bank(folder: Path) -> Path:
    """Copy the British bank, with its article, to a new folder."""
    shutil.copytree(UK, folder)
    return folder


def mark_as_draft(bank: Path, name: str) -> None:
    """Write ``draft: true`` below the id of an entry, or behind it in braces."""
    marked = 0
    for path in bank.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        block, count = re.subn(rf"( *)- id: {name}\n", r"\g<0>\1  draft: true\n", text)
        inside, more = re.subn(rf"{{id: {name},", r"\g<0> draft: true,", block)
        path.write_text(inside, encoding="utf-8")
        marked += count + more
    assert marked == 1
