"""What can be wrong with catalogues, in words."""

import importlib.util
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from babel.messages import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import PoFileError, read_po

ROOT = Path(__file__).parents[2]


@cache
def script() -> ModuleType:
    """Import ``scripts/locales.py``."""
    found = importlib.util.spec_from_file_location("locales", ROOT / "scripts" / "locales.py")
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@cache
def collected() -> Catalog:
    """Collect the messages of the code and the templates."""
    template: Catalog = script().collect_messages()
    return template


def faults(po: Path) -> Iterator[str]:
    """Name what is wrong with a catalogue and with what is compiled of it."""
    try:
        with po.open("rb") as file:
            catalogue = read_po(file, locale=po.parts[-3], abort_invalid=True)
    except PoFileError as error:
        yield f"{po.name}: line {error.lineno}: {error}"
        return
    for message in collected():
        own = catalogue.get(message.id, message.context)
        if message.id and (own is None or own.fuzzy or not all(strings(own))):
            yield f"{po.name}: not translated: {message.id!r}"
    for own in catalogue:
        if own.id and not collected().get(own.id, own.context):
            yield f"{po.name}: not in the code: {own.id!r}"
        for words in strings(own) if own.id and own.string else ():
            if words and not fits(words, own):
                yield f"{po.name}: other placeholders than the English: {words!r}"
    try:
        with po.with_suffix(".mo").open("rb") as compiled:
            in_mo = read_mo(compiled)
    except OSError as error:
        yield f"{po.stem}.mo: {error}"
        return
    if contents(in_mo) != contents(catalogue):
        yield f"{po.stem}.mo: it does not fit {po.name}"


def contents(catalogue: Catalog) -> dict[object, object]:
    """List what a catalogue translates."""
    return {
        (
            message.id if isinstance(message.id, str) else tuple(message.id),
            plain(message.context or ""),
        ): tuple(strings(message))
        for message in catalogue
        if message.id and all(strings(message)) and not message.fuzzy
    }


def plain(text: object) -> object:
    """Decode a context, which Babel reads from a .mo as bytes."""
    return text.decode() if isinstance(text, bytes) else text


def strings(message: Message) -> list[str]:
    """List the translations of a message, one or one for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string or [""])


def fits(words: str, message: Message) -> bool:
    """Tell whether a translation has the placeholders of the English; a form for one thing may leave out how many."""
    spare = {"count"} if len(strings(message)) > 1 else set[str]()
    return fields_of(message) - spare <= fields(words) <= fields_of(message)


def fields_of(message: Message) -> set[str]:
    """Name the placeholders of a message: of the English for many, where it has two."""
    return fields(message.id if isinstance(message.id, str) else message.id[1])


def fields(words: str) -> set[str]:
    """Name the placeholders in a text; what is no format has none."""
    try:
        return {name for _text, name, _form, _how in string.Formatter().parse(words) if name}
    except ValueError:
        return {"not a format"}
