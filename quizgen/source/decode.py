"""Decode bytes to text in the encodings that web browsers know: UTF-8, UTF-16, GB 18030, Big5 and older ones.

A file that is damaged or is not text raises an error. Characters are never guessed.
"""

import codecs
import re
from functools import cache
from typing import NamedTuple

from quizgen.errors import Problem, QuizgenError, problem
from quizgen.text.messages import _

MAX_BYTES = 5_000_000
"""The size of the largest file to read. Articles are much smaller, and so are pages without embedded pictures."""

_ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "gb18030": "GB 18030",
    "big5hkscs": "Big5",
    "cp1252": "Windows-1252",
    "cp1251": "Windows-1251",
    "cp932": "Shift_JIS",
}
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\f\r")
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_OTHERS = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "koi8_r", "cp932", "euc_jp", "euc_kr"]
_SIGN_INSIDE_WORD = re.compile("[A-Za-zÀ-ÿ][¡-©¬®-¶¸¹¼-¿×÷][A-Za-zÀ-ÿ]")

# The most common characters of written Chinese, Simplified and Traditional, and its punctuation. In text decoded
# correctly, about every third character is one of them; in text decoded wrongly, hardly any.
_COMMON_CHARACTERS = frozenset(
    "的一是不了人在有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年"
    "过過发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣"
    "理心她本前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩"
    "高间間由问問很最重并並物手应應战戰向头頭文体體政美相见見被利什二等产產或新己制身果加西斯月话話合回特代内內信表化老给"
    "給世位次度门門任常先海通教儿兒原东東声聲提立及比员員解水名真论論处處走义義各入几幾口认認条條平系气氣题題活更别別打女"
    "变變四神总總何电電数數安少报報才结結反受目太量再感建务務做接必场場件计計管期市直德资資命山金指克许許统統区區保至队隊"
    "形社便空决決治展马馬科司五基眼书書非则則听聽白却卻界达達光放强強即像难難且权權思王象完设設式色路记記南品住告类類求据"
    "據程北边邊死张張该該交规規万萬取拉格望觉覺术術领領共确確传傳师師观觀清今切院让讓识識候带帶导導争爭运運"
    "，。、：；？！「」“”《》（）"
)
_MIN_CHINESE_SCORE = 0.12
_SAMPLE_LENGTH = 20_000
"""How many characters beyond ASCII to look at."""


class DecodedText(NamedTuple):
    """The text of a file, and the usual name of its encoding, such as ``GB 18030``."""

    text: str
    encoding: str


def decode_bytes(data: bytes, file_name: str, max_bytes: int = MAX_BYTES) -> DecodedText:
    """Decode the text of a file.

    To find the encoding, the function looks for a byte order mark, tries UTF-8, looks for a declaration in an HTML
    page, and then chooses the one that gives the most common characters. Raises QuizgenError for a file that is
    empty, larger than ``max_bytes``, not text, damaged, or in an unknown encoding.
    """
    if len(data) > max_bytes:
        raise QuizgenError(
            problem(
                _("is over {megabytes} MB"),
                _("give only the text, as plain text or HTML"),
                megabytes=max_bytes // 1_000_000,
                file=file_name,
            )
        )
    bom, codec = next(((bom, codec) for bom, codec in _BOMS if data.startswith(bom)), (b"", ""))
    body = data.removeprefix(bom)
    if not body.strip():
        raise QuizgenError(problem(_("is empty"), _("give a file that holds the text"), file=file_name))
    codec = codec or _guess_codec(body, file_name)
    try:
        return DecodedText(body.decode(codec), _ENCODING_NAMES.get(codec, codec))
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(codec, "replace")
        raise QuizgenError(
            problem(
                _("is damaged: byte {byte} is not {encoding}, unlike the rest"),
                _("get an undamaged copy"),
                byte=error.start + len(bom) + 1,
                encoding=_ENCODING_NAMES.get(codec, codec),
                file=file_name,
                line=before.count("\n") + 1,
                column=len(before) - before.rfind("\n"),
            )
        ) from None


def _guess_codec(data: bytes, file_name: str) -> str:
    """Return the name of the Python codec for a file, even if some bytes of the file are damaged."""
    if b"\0" in data:
        if codec := _guess_utf16_codec(data):
            return codec
        raise QuizgenError(_make_binary_problem(file_name))
    if sum(data.count(control) for control in _CONTROLS) > len(data) / 20:
        raise QuizgenError(_make_binary_problem(file_name))
    if _is_utf8(data):
        return "utf-8"
    declared = _codec_declared_in_html(data)
    # Many pages declare Latin-1 by mistake, and any bytes are valid in it, so look closer.
    if declared != "cp1252" and _is_decodable(data, declared):
        return declared
    if chinese := _guess_chinese_codec(data):
        return chinese
    if declared in ("", "utf-8", "cp1252"):
        declared = _guess_non_chinese_codec(data) or declared.replace("utf-8", "")
    if not declared:
        raise QuizgenError(
            problem(_("is in an unknown encoding"), _("save the text as UTF-8"), file=file_name)
        )
    return declared


def _make_binary_problem(file_name: str) -> Problem:
    """Return a problem that says that a file is not text."""
    return problem(_("is a binary file, not a text"), _("save it as plain text or HTML"), file=file_name)


def _is_decodable(data: bytes, codec: str) -> bool:
    """Return whether a codec can decode all bytes."""
    try:
        data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _is_utf8(data: bytes) -> bool:
    """Return whether bytes are UTF-8, perhaps with damage. Text in other encodings hardly ever looks like UTF-8."""
    text = data.decode("utf-8", "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    bad = text.count("\ufffd") - data.count("\ufffd".encode())
    return bad == 0 or beyond_ascii > 2 * bad


def _guess_utf16_codec(data: bytes) -> str:
    """Return the codec for UTF-16 without a byte order mark, or "" if the bytes are not UTF-16."""
    for codec in ("utf-16-le", "utf-16-be"):
        text = data.decode(codec, "replace")
        usual = sum(
            character in _COMMON_CHARACTERS or " " <= character <= "~" for character in text[:_SAMPLE_LENGTH]
        )
        if "\0" not in text and usual > len(text[:_SAMPLE_LENGTH]) / 4:
            return codec
    return ""


def _codec_declared_in_html(data: bytes) -> str:
    """Return the codec that an HTML page declares near its start, or ""."""
    found = _DECLARED.search(data, 0, 4096)
    if not found:
        return ""
    import webencodings  # noqa: PLC0415  few files declare an old encoding

    encoding = webencodings.lookup(found[1].decode("ascii", "replace"))
    codec = encoding.codec_info.name if encoding else ""
    if (
        codec.startswith("utf-16") or codec == "x-user-defined"
    ):  # a page with a readable label is not in these
        return ""
    return "gb18030" if codec == "gbk" else codec  # as browsers do, because GB 18030 includes GBK


def _guess_chinese_codec(data: bytes) -> str:
    """Return the codec for GB 18030 or Big5, whichever gives Chinese text, or "".

    The library charset-normalizer takes a short Chinese text for Japanese or Korean. It also finds no encoding for a
    file with one damaged byte, so it could not be reported where the damage is.
    """
    best, codec = max(
        (_chinese_score(data.decode(codec, "replace")), codec) for codec in ("gb18030", "big5hkscs")
    )
    return codec if best >= _MIN_CHINESE_SCORE else ""


def _chinese_score(text: str) -> float:
    """Return how much a text looks like Chinese, from -1 to 1: the share of common characters minus that of rare ones.

    Most byte sequences are valid in both Chinese encodings, but the wrong encoding gives rare characters.
    """
    beyond_ascii = [character for character in text if character >= "\x80"][:_SAMPLE_LENGTH]
    score = sum(
        (character in _COMMON_CHARACTERS) - _is_rare_character(character) for character in beyond_ascii
    )
    return score / max(1, len(beyond_ascii))


@cache
def _is_rare_character(character: str) -> bool:
    """Return whether a character is rare in Chinese: it is no symbol, and not common in GB 2312 or Big5."""
    gb, big5 = (character.encode(codec, "ignore")[:1] for codec in ("gb2312", "big5"))
    return not (b"\xa1" <= gb < b"\xa4" or b"\xb0" <= gb < b"\xd8" or b"\xa1" <= big5 < b"\xc7")


def _guess_non_chinese_codec(data: bytes) -> str:
    """Return the codec of a text that is not Chinese, or "". Windows-1252 is preferred among equals."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  hardly ever needed

    matches = list(from_bytes(data, cp_isolation=_OTHERS))  # the best first
    western = data.decode("cp1252", "replace")
    if "\ufffd" not in western and not _SIGN_INSIDE_WORD.search(western):
        for match in matches:
            same = match.encoding == "cp1252" or str(match) == western
            if same and match.chaos <= matches[0].chaos:
                return "cp1252"
    return next((match.encoding for match in matches if match.encoding != "cp1252"), "")
