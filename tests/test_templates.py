"""Templates: compiled once for all commands, and usable where nothing can be kept."""

from pathlib import Path

import pytest
from jinja2 import UndefinedError

from quizgen.templates import load_templates


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a template, and a folder for temporary files beside it."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "sheet.html").write_text("<p>{{ text }}</p>")
    return tmp_path


def compiled(folder: Path) -> list[Path]:
    return list((folder / "temporary").rglob("*.cache"))


def test_a_template_is_compiled_once_and_again_after_a_change(folder: Path) -> None:
    assert load_templates(folder).get_template("sheet.html").render(text="<1>") == "<p>&lt;1&gt;</p>"
    (kept,) = compiled(folder)
    before = kept.read_bytes()
    load_templates(folder).get_template("sheet.html")
    assert kept.read_bytes() == before
    (folder / "sheet.html").write_text("<b>{{ text }}</b>")
    assert load_templates(folder).get_template("sheet.html").render(text="1") == "<b>1</b>"


def test_an_undefined_name_is_an_error(folder: Path) -> None:
    with pytest.raises(UndefinedError):
        load_templates(folder).get_template("sheet.html").render()


def test_a_damaged_file_is_compiled_again(folder: Path) -> None:
    load_templates(folder).get_template("sheet.html")
    for kept in compiled(folder):
        kept.write_bytes(b"damaged")
    assert load_templates(folder).get_template("sheet.html").render(text="1") == "<p>1</p>"


def test_templates_work_where_nothing_can_be_kept(folder: Path) -> None:
    (folder / "temporary").rmdir()
    assert load_templates(folder).get_template("sheet.html").render(text="1") == "<p>1</p>"


def test_a_folder_that_cannot_be_written_to_does_not_matter(folder: Path) -> None:
    templates = load_templates(folder)
    for path in (folder / "temporary").iterdir():
        path.rmdir()
    assert templates.get_template("sheet.html").render(text="1") == "<p>1</p>"
