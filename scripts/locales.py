"""Bring the catalogues in quizgen/locales/ up to date with the English in the code, and compile them.

Run it after a change of a message or a translation: `sh scripts/locales`. It

1. collects the messages that the code and the templates have;
2. puts new ones into each language's quizgen.po, without a translation, or with one to look over ("fuzzy") if a
   similar message had one, and takes out those that are gone;
3. makes the quizgen.po of a language that is derived from another, as Traditional Chinese is from Simplified: by
   OpenCC, with the words in its language.toml, and the messages in by_hand.po as they stand there;
4. compiles each quizgen.po to quizgen.mo, which the program reads.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from quizgen.text.languages import FALLBACK, LANGUAGES, convert_to_derived_language, locale, locale_folder  # noqa: E402

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
SOURCES = {"python": ("quizgen", "*.py"), "jinja2.ext.babel_extract": ("templates", "*.html")}


def collect_messages() -> Catalog:
    """Collect the messages of the code and the templates."""
    catalogue = Catalog(project="quizgen", charset="utf-8")
    for method, (folder, pattern) in SOURCES.items():
        for path in sorted((ROOT / folder).rglob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            for line, english, _, context in extract_from_file(method, path, keywords=KEYWORDS):
                catalogue.add(english, locations=[(name, line)], context=context)
    return catalogue


def read_catalogue(path: Path, language: str) -> Catalog:
    """Read a catalogue, or make an empty one."""
    if not path.exists():
        return Catalog(locale=language.replace("-", "_"), project="quizgen", fuzzy=False)
    with path.open("rb") as file:
        try:
            return read_po(file, locale=language.replace("-", "_"), abort_invalid=True)
        except PoFileError as error:
            sys.exit(f"{path}:{error.lineno + 1}: {error}; mend it, or restore the file")


def derive(catalogue: Catalog, language: str) -> None:
    """Fill a catalogue by converting the messages of the base language, except those written by hand."""
    base = read_catalogue(
        locale_folder(locale(language).base) / "LC_MESSAGES" / "quizgen.po", locale(language).base
    )
    by_hand = read_catalogue(locale_folder(language) / "LC_MESSAGES" / "by_hand.po", language)
    catalogue.header_comment = f"# Made by scripts/locales: change language.toml, by_hand.po or {locale(language).base}, not this file.\n#"
    for message in by_hand:
        if message.id and not catalogue.get(message.id, message.context):
            sys.exit(
                f"{locale_folder(language)}/LC_MESSAGES/by_hand.po: this is not in the code any more: {message.id!r}"
            )
    for message in catalogue:
        if not message.id:
            continue
        manual = by_hand.get(message.id, message.context)
        of_base = base.get(message.id, message.context)
        if manual and manual.string:
            message.string = manual.string
        elif of_base and of_base.string and not of_base.fuzzy:
            message.string = convert(of_base.string, language)
        message.flags.discard("fuzzy")


def convert(string: str | Sequence[str], language: str) -> str | tuple[str, ...]:
    """Convert a translation, or each of its plural forms."""
    return (
        convert_to_derived_language(string, language)
        if isinstance(string, str)
        else tuple(convert_to_derived_language(each, language) for each in string)
    )


def main() -> None:
    """Update and compile all catalogues. Base languages come before those derived from them."""
    template = collect_messages()
    for language in sorted(LANGUAGES, key=lambda tag: bool(locale(tag).base)):
        if language == FALLBACK:
            continue
        path = locale_folder(language) / "LC_MESSAGES" / "quizgen.po"
        path.parent.mkdir(exist_ok=True)
        catalogue = read_catalogue(path, language)
        catalogue.update(template, no_fuzzy_matching=bool(locale(language).base), update_creation_date=False)
        if locale(language).base:
            derive(catalogue, language)
        for message in catalogue:
            message.flags.discard("python-format")  # Babel mistakes "50 % genuine" for a format
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, include_lineno=False, ignore_obsolete=True)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
        untranslated = [
            each for each in catalogue if each.id and (each.fuzzy or not all(_strings(each.string)))
        ]
        sys.stdout.write(
            f"{path.relative_to(ROOT)}: {len(catalogue)} messages, {len(untranslated)} to translate\n"
        )


def _strings(string: object) -> tuple[object, ...]:
    return string if isinstance(string, tuple) else (string,)


if __name__ == "__main__":
    main()
