"""Chinese numerals: parse and format them."""

import re

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
"""Values of the Chinese digits."""

UNITS = {"十": 10, "百": 100, "千": 1_000}
"""Units that multiply the digit before them."""

LARGE_UNITS = {"万": 10_000, "亿": 100_000_000}
"""Units that multiply the whole number before them."""

_HIGHEST = 9_999


def parse_chinese_numeral(numeral: str) -> int:
    """Return the number that a Chinese numeral means: 23 for 二十三, and 120,000,000 for 一亿二千万.

    A numeral may also be digit by digit: 二三 is 23. Raises KeyError for a character that is not part of a
    numeral.
    """
    if not any(character in UNITS or character in LARGE_UNITS for character in numeral):
        return int("".join(str(DIGITS[character]) for character in numeral))
    total = section = digit = 0
    for character in numeral:
        if character == "亿":
            total, section, digit = (total + section + digit or 1) * LARGE_UNITS[character], 0, 0
        elif character == "万":  # multiplies only what follows the 亿
            total, section, digit = total + (section + digit or 1) * LARGE_UNITS[character], 0, 0
        elif character in UNITS:
            section, digit = section + (digit or 1) * UNITS[character], 0
        else:
            digit = DIGITS[character]
    return total + section + digit


def format_chinese_numeral(number: int) -> str:
    """Return a number up to 9,999 as a Chinese numeral, as laws number their articles: 二百零五 for 205.

    A higher number stays in digits.
    """
    if not 0 < number <= _HIGHEST:
        return str(number)
    digits, units = "零一二三四五六七八九", ("", *UNITS)
    written = ""
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), map(int, str(number)), strict=True):
        written += digits[digit] + units[place] if digit else "零"
    written = re.sub("零+", "零", written).rstrip("零")
    return written.removeprefix("一") if written.startswith("一十") else written
