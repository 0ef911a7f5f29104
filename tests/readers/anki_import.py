"""Imports decks into Anki, has all cards learnt, imports others, and tells what came of it as JSON.

Runs by itself, with the library ``anki``: ``anki_import.py FOLDER FIRST… -- LATER…``, which are names of decks in the folder.
"""

import json
import sys
from pathlib import Path
from typing import Any

from anki.collection import Collection, ImportAnkiPackageRequest


def main(folder: Path, first: list[str], later: list[str]) -> None:
    """Print the cards and their schedules as JSON."""
    collection = Collection(str(folder / "collection.anki2"))

    def counts(name: str) -> tuple[int, int]:
        request = ImportAnkiPackageRequest(package_path=str(folder / f"{name}.apkg"))
        log = collection.import_anki_package(request).log
        return len(log.new), len(log.updated)

    told: dict[str, Any] = {"first": [counts(name) for name in first]}
    collection.sched.set_due_date(collection.find_cards(""), "17")
    told["later"] = [counts(name) for name in later]
    cards = [collection.get_card(card) for card in collection.find_cards("")]
    told["cards"] = len(cards)
    told["schedules"] = sorted({(card.type, card.ivl) for card in cards})
    told["stems"] = [card.note()["Question"] for card in cards]
    told["sound"] = collection.fix_integrity()[1]
    collection.close()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    end = sys.argv.index("--")
    main(Path(sys.argv[1]), sys.argv[2:end], sys.argv[end + 1 :])
