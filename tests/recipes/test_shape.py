"""CONTRIBUTING says how an answer shape is added: here one is, in a copy, as one module in each of three packages, and is used."""

import re
from pathlib import Path

from tests.recipes.copied import Copy

LAYERS = ("kinds", "shapes", "screen/shapes", "paper/shapes")

QUESTION = """\
- id: on-the-phone
  kind: sequence
  level: apply
  difficulty: 2
  facts: [no-fee]
  stem: {en: What comes first?, zh-Hans: 先做什么？}
  sequence:
  - {en: Hang up, zh-Hans: 挂断}
  - {en: Tell a friend, zh-Hans: 告知}
  - {en: Wait for help, zh-Hans: 等待}
  rationale: {en: It takes none., zh-Hans: 它不收费。}
"""


def pretended(code: str) -> str:
    """Make a shape and a kind of their own out of those for putting in order."""
    code = re.sub(
        r"from quizgen\.shapes import (.*), Order\n",
        r"from quizgen.shapes import \1\nfrom quizgen.shapes import Order\n",
        code,
    )
    code = code.replace(
        "from quizgen.shapes import Order\n", "from quizgen.shapes.sequence import Sequence_\n"
    )
    code = re.sub(r"\bOrder\b", "Sequence_", code)
    return code.replace('tag="order"', 'tag="sequence"').replace('name = "order"', 'name = "sequence"')


def test_a_shape_is_one_module_in_each_layer(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    for layer in LAYERS:
        code = pretended((copy.root / "quizgen" / layer / "order.py").read_text(encoding="utf-8"))
        assert "Sequence_" in code
        copy.add(f"quizgen/{layer}/sequence.py", code)
    with (copy.bank / "0.yaml").open("a", encoding="utf-8") as file:
        file.write(QUESTION)

    copy.run("bank", "check", copy.bank)
    asked = ("--bank", copy.bank, "-k", "sequence", "--seed", "1")
    for _ in range(2):  # the second time, the bank is read from the cache
        played = copy.run("take", "--plain", *asked, typed="c b a\n").out
        assert played.splitlines()[-1] in {"Score: 1/1", "Score: 0/1"}
    copy.run("history", "export", tmp_path / "history.csv")
    assert "parcels/on-the-phone,sequence" in (tmp_path / "history.csv").read_text(encoding="utf-8")
    for number, words in enumerate([(), ("--versions", "3")]):
        copy.run("handout", tmp_path / f"{number}.pdf", *asked, *words)
    assert copy.touched() == {f"quizgen/{layer}/sequence.py" for layer in LAYERS}
