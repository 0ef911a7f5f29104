"""CONTRIBUTING says how a rule of item writing is added: here one is, in a copy, and finds what it is for."""

from pathlib import Path

from tests.recipes.copied import Copy

RULE = '''

@RULES.rule("shouting", Severity.WARNING, "view", "ours", "No stem shouts.")
def shouting(view: LanguageView) -> Iterator[RuleDiagnostic]:
    """An exclamation mark hurries, which is what scammers do."""
    if found := re.search("[!！]", view.stem.text):
        yield view.stem.path, _("the stem shouts ({mark})", mark=found[0]), _("end it in a full stop")
'''


def test_a_rule_is_a_function_and_its_words(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.change("quizgen/lint/stems.py", lambda code: code + RULE)
    topic = copy.bank / "0.yaml"
    before = topic.read_text(encoding="utf-8")
    topic.write_text(
        before.replace("    en: Which are signs", "    en: Look! Which are signs"), encoding="utf-8"
    )

    done = copy.run("bank", "check", "--lint", copy.bank, code=1)
    (found,) = (line for line in done.out.splitlines() if "[shouting]" in line)
    assert found.startswith(f"{topic}:")
    assert found.endswith(": warning: the stem shouts (!); end it in a full stop [shouting] parcels/signs")
    assert copy.touched() == {"quizgen/lint/stems.py"}
