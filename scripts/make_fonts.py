"""Make the fonts under ``templates/fonts`` out of Noto Sans CJK.

    python scripts/make_fonts.py FOLDER

FOLDER holds ``NotoSansCJK-Regular.ttc`` and ``NotoSansCJK-Bold.ttc``: on Debian the package
``fonts-noto-cjk`` lays them in ``/usr/share/fonts/opentype/noto``. The same originals and the same
versions of fontTools and OpenCC give the same bytes.

Four things differ from a plain subset. The outlines are TrueType, since a PDF embeds a subset of
those in a fifth of the room that CFF takes. Adjacent full-width punctuation is set closer, as usual in
Chinese. Quotation marks in text that is not Chinese are narrow. And
``coverage.txt`` lists the characters, since reading it takes a millisecond and reading a font's own
table eighty.
"""

import copy
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import opencc
from fontTools import subset
from fontTools.otlLib import builder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables import otTables

OUT = Path(__file__).parents[1] / "templates" / "fonts"
FAMILY = "Quizgen Sans"
SIMPLIFIED_FACE = 2  # of the collection's ten faces; Traditional forms come by `locl`
EM = 1000  # units
PLANE = 0xFFFF  # beyond it the originals lack some Traditional forms
MAX_ERROR = 0.5  # units that a TrueType curve may stray from the original's: 0.01 mm at 60 pt

# Characters that a text needs besides hanzi: Latin, arrows, circled numbers, Chinese punctuation, full-width forms.
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0xFF),
    (0x2190, 0x2199),
    (0x2460, 0x2473),
    (0x3000, 0x301F),
    (0xFF01, 0xFF5E),
)
SIGNS = "‐‑‒–—―‖‘’‚“”„†‡•‥…‧‰′″‵‹›※□■☐✓✗○●◎△▲◇◆★☆№€℃"
# Noto has no ballot box and no ballot cross; these serve as well.
STAND_INS = {"☐": "□", "✗": "×"}

# Characters for names in mainland China that GB 2312 lacks. They come from the 8,105 of the Table of General Standard
# Chinese Characters, which the State Council issued in 2013.
STANDARD = Path(__file__).with_name("name_hanzi.txt")
# More characters for names in Taiwan and Hong Kong.
NAMES = "伃倢兪叡墿姵娸媜孋崐彣慜晧暻栢椉榤滺澔瀞煐燿畇皜眞瞱祤籈綉緁葇讌豊韡"

FEATURES = ["ccmp", "halt", "kern", "liga", "locl", "mark", "palt", "pwid"]
# Chinese by default (DFLT and dflt), Traditional forms for text marked as Traditional.
SCRIPTS = ["DFLT", "latn.dflt", "latn.ZHS ", "latn.ZHT ", "hani.dflt", "hani.ZHS ", "hani.ZHT "]
PUNCTUATION = "，。、：；！？（）「」『』【】《》〈〉〔〕“”‘’"


def rows(codec: str, leads: range, trails: Iterable[int]) -> Iterator[str]:
    """Yield the characters that ``codec`` has for pairs of a lead and a trail byte."""
    tails = list(trails)
    for lead in leads:
        for trail in tails:
            char = bytes((lead, trail)).decode(codec, "ignore")
            if char:
                yield char


def gb2312_hanzi() -> set[str]:
    """Return the 6,763 hanzi of GB 2312."""
    return set(rows("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF)))


def big5_common_hanzi() -> set[str]:
    """Return the 5,401 hanzi of Big5's first level, A440 to C67E."""
    low, high = range(0x40, 0x7F), range(0xA1, 0xFF)
    return set(rows("big5", range(0xA4, 0xC6), [*low, *high])) | set(rows("big5", range(0xC6, 0xC7), low))


def name_hanzi() -> set[str]:
    """Return hanzi of names that GB 2312 lacks, and their Traditional forms."""
    names = set(STANDARD.read_text(encoding="utf-8")) - {"\n"}
    return names | set(NAMES) | {char for char in traditional_of(names) if ord(char) <= PLANE}


def traditional_of(hanzi: set[str]) -> set[str]:
    """Return the Traditional forms, general and Taiwan's, that OpenCC has for ``hanzi``."""
    text = "\n".join(sorted(hanzi))
    converted = "".join(opencc.OpenCC(name).convert(text) for name in ("s2t", "s2tw"))
    return set(converted) - {"\n"}


def wanted_characters() -> set[str]:
    """Return all characters that the fonts must have."""
    simplified = gb2312_hanzi()
    signs = {chr(code) for first, last in RANGES for code in range(first, last + 1)}
    return signs | set(SIGNS) | simplified | big5_common_hanzi() | traditional_of(simplified) | name_hanzi()


def keep_only(font: Any, characters: set[str]) -> None:
    """Keep in ``font`` only what ``characters`` need, and add the stand-ins."""
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:  # noqa: PLR2004 -- 14 holds variation sequences
            for char, like in STAND_INS.items():
                table.cmap[ord(char)] = table.cmap[ord(like)]
    options = subset.Options()
    options.layout_features = FEATURES
    options.layout_scripts = SCRIPTS
    options.name_IDs = ["*"]
    options.desubroutinize = True
    options.notdef_outline = True
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]  # nothing is set vertically
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=map(ord, characters))
    cutter.subset(font)


def to_truetype(font: Any) -> None:
    """Turn ``font``'s cubic outlines (CFF) into quadratic ones (glyf)."""
    shapes = font.getGlyphSet()
    glyf = newTable("glyf")
    glyf.glyphOrder = font.getGlyphOrder()
    glyf.glyphs = {}
    for name in glyf.glyphOrder:
        pen = TTGlyphPen(shapes)
        shapes[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyph = glyf.glyphs[name] = pen.glyph()
        glyph.recalcBounds(glyf)
        # A renderer shifts a glyph whose side bearing is not its left edge.
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))
    del font["CFF "]
    font["loca"] = newTable("loca")
    font["glyf"] = glyf
    font["maxp"].tableVersion = 0x00010000
    for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
                  "maxStackElements", "maxSizeOfInstructions", "maxComponentElements"):  # fmt: skip
        setattr(font["maxp"], field, int(field == "maxZones"))
    font["post"].formatType = 3.0
    font.sfntVersion = "\0\1\0\0"


def single_substitutions(font: Any, tag: str, script: str = "") -> list[dict[str, str]]:
    """Return the glyph maps, open to change, of the feature ``tag``.

    They are those of every language, or of the default language of ``script``.
    """
    gsub = font["GSUB"].table
    features = gsub.FeatureList.FeatureRecord
    if script:
        (found,) = (each.Script for each in gsub.ScriptList.ScriptRecord if each.ScriptTag == script)
        features = [features[index] for index in found.DefaultLangSys.FeatureIndex]
    lookups = {index for each in features if each.FeatureTag == tag for index in each.Feature.LookupListIndex}
    tables = [table for index in sorted(lookups) for table in gsub.LookupList.Lookup[index].SubTable]
    return [getattr(table, "ExtSubTable", table).mapping for table in tables]


def narrow_quotes(font: Any) -> None:
    """Give text that is not Chinese the Latin shapes of quotation marks, not the full-width ones.

    The original does so for an ellipsis, by the `locl` of Latin script's default language; quotation
    marks and the apostrophe join it there.
    """
    cmap = font.getBestCmap()
    (latin,) = single_substitutions(font, "locl", "latn")
    (narrow,) = single_substitutions(font, "pwid")
    latin.update({cmap[ord(char)]: narrow[cmap[ord(char)]] for char in "“”‘’"})


def forms_without_script(font: Any) -> None:
    """Give punctuation without a script the forms of the text's language.

    Punctuation after a blank is shaped alone, without a script. Even so, a full stop in Traditional Chinese must be in the
    middle of its square, and a quotation mark in English must be narrow.
    """
    scripts = {each.ScriptTag: each.Script for each in font["GSUB"].table.ScriptList.ScriptRecord}
    scripts["DFLT"].DefaultLangSys = scripts["latn"].DefaultLangSys
    scripts["DFLT"].LangSysRecord = scripts["hani"].LangSysRecord
    scripts["DFLT"].LangSysCount = len(scripts["hani"].LangSysRecord)


def local_forms(font: Any, name: str) -> set[str]:
    """Return the glyph ``name`` and those that `locl` puts in its place."""
    maps = single_substitutions(font, "locl")
    return {name} | {each[name] for each in maps if name in each}


def add_half(font: Any, name: str) -> str:
    """Add the glyph ``name`` without the empty half of its em, and return its name."""
    glyf, half = font["glyf"], f"{name}.half"
    glyph = copy.deepcopy(glyf[name])
    glyph.coordinates.translate((-EM // 2 if glyph.xMin >= EM / 2 else 0, 0))
    glyph.recalcBounds(glyf)
    font.setGlyphOrder([*font.getGlyphOrder(), half])
    glyf.glyphs[half] = glyph
    font["hmtx"][half] = (EM // 2, glyph.xMin)
    return half


def close_up_punctuation(font: Any) -> None:
    """Close the gap between adjacent full-width marks, so that two of them take one and a half ems.

    A mark with its ink at the left loses its right half before another mark. One with its ink at the right loses its left
    half after another one of that kind. Traditional commas, with their ink in the middle, do not change. Glyphs are
    replaced, not kerned, since PDF readers take such a large kern for the end of a word.
    """
    glyf, advances, cmap = font["glyf"], font["hmtx"], font.getBestCmap()
    marks = sorted({form for char in PUNCTUATION for form in local_forms(font, cmap[ord(char)])})
    full = [name for name in marks if advances[name][0] == EM]
    left = [name for name in full if glyf[name].xMax <= EM / 2]
    right = [name for name in full if glyf[name].xMin >= EM / 2]
    halves = builder.SingleSubstBuilder(font, None)
    halves.mapping = {name: add_half(font, name) for name in left + right}
    narrowed_right = right + [halves.mapping[name] for name in right]
    contexts = builder.ChainContextSubstBuilder(font, None)
    contexts.rules = [
        builder.ChainContextualRule([], [left], [full], [halves]),
        builder.ChainContextualRule([narrowed_right], [right], [], [halves]),
    ]
    add_lookup(font, halves)
    add_lookup(font, contexts, "calt")


def add_lookup(font: Any, lookup: Any, tag: str = "") -> None:
    """Add a lookup to ``font``; with a ``tag``, as a feature of every script and language."""
    gsub = font["GSUB"].table
    lookup.lookup_index = len(gsub.LookupList.Lookup)
    gsub.LookupList.Lookup.append(lookup.build())
    if not tag:
        return
    feature = otTables.FeatureRecord()
    feature.FeatureTag = tag
    feature.Feature = otTables.Feature()
    feature.Feature.FeatureParams = None
    feature.Feature.LookupListIndex = [lookup.lookup_index]
    gsub.FeatureList.FeatureRecord.append(feature)
    for record in gsub.ScriptList.ScriptRecord:
        languages = [record.Script.DefaultLangSys, *(each.LangSys for each in record.Script.LangSysRecord)]
        for language in languages:
            language.FeatureIndex.append(len(gsub.FeatureList.FeatureRecord) - 1)


def rename(font: Any, weight: str) -> None:
    """Rename ``font`` as ours, keep its copyright and licence, and add what it was made from."""
    names = font["name"]
    old = {number: names.getDebugName(number) for number in (0, 4, 5, 13, 14)}
    version = old[5].split(";")[0]
    postscript = f"{FAMILY.replace(' ', '')}-{weight}"
    names.names = []
    for number, text in {
        0: old[0],
        1: FAMILY,
        2: weight,
        3: f"{version};{postscript}",
        4: f"{FAMILY} {weight}",
        5: f"{version};quizgen",
        6: postscript,
        10: f"Made from {old[4]} for quizgen: a subset, its outlines converted, its punctuation closed up.",
        13: old[13],
        14: old[14],
    }.items():
        names.setName(text, number, 3, 1, 0x409)


def make(original: Path, weight: str, characters: set[str]) -> set[str]:
    """Write the font of ``weight`` and return its characters."""
    font = TTFont(original, fontNumber=SIMPLIFIED_FACE, recalcTimestamp=False)
    keep_only(font, characters)
    to_truetype(font)
    narrow_quotes(font)
    forms_without_script(font)
    close_up_punctuation(font)
    rename(font, weight)
    font.save(OUT / f"{FAMILY.replace(' ', '')}-{weight}.otf")
    return {chr(code) for code in font.getBestCmap()}


def main() -> None:
    """Make both weights and the list of their characters."""
    if len(sys.argv) != 2:  # noqa: PLR2004
        sys.exit("usage: python scripts/make_fonts.py FOLDER-WITH-NOTO-SANS-CJK")
    characters = wanted_characters()
    covered = [
        make(Path(sys.argv[1]) / f"NotoSansCJK-{weight}.ttc", weight, characters)
        for weight in ("Regular", "Bold")
    ]
    text = "".join(sorted(set.intersection(*covered)))
    if lacking := characters - set(text):
        sys.exit(f"the originals lack {' '.join(f'U+{ord(char):04X}' for char in sorted(lacking))}")
    lines = [text[start : start + 64] + "\n" for start in range(0, len(text), 64)]
    (OUT / "coverage.txt").write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
