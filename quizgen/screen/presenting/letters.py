"""Block letters: digits and letters that people in the last row of a room can read. Pure functions."""

_GLYPHS = {
    "0": ".##. #..# #..# #..# .##.",
    "1": ".#. ##. .#. .#. ###",
    "2": "###. ...# .##. #... ####",
    "3": "###. ...# .##. ...# ###.",
    "4": "#..# #..# #### ...# ...#",
    "5": "#### #... ###. ...# ###.",
    "6": ".##. #... ###. #..# .##.",
    "7": "#### ...# ..#. .#.. .#..",
    "8": ".##. #..# .##. #..# .##.",
    "9": ".##. #..# .### ...# .##.",
    "A": ".##. #..# #### #..# #..#",
    "B": "###. #..# ###. #..# ###.",
    "C": ".### #... #... #... .###",
    "D": "###. #..# #..# #..# ###.",
    "E": "#### #... ###. #... ####",
    "F": "#### #... ###. #... #...",
    "G": ".### #... #.## #..# .###",
    "H": "#..# #..# #### #..# #..#",
    "I": "### .#. .#. .#. ###",
    "J": "..## ...# ...# #..# .##.",
    "-": "... ... ### ... ...",
    " ": ".. .. .. .. ..",
    "✓": ".....# ....## #..##. ####.. .##...",
}
"""Rows from the top, with ``#`` for each black dot."""

_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def draw_block_letters(text: str, scale: int) -> list[str]:
    """Return the rows of a text in block letters; none if there is no block letter for one of its characters.

    With ``scale`` 1, a letter takes three rows, with two dots in a cell. With 2, it takes five rows, with
    two cells for a dot.
    """
    if not text or not all(character in _GLYPHS for character in text):
        return []
    glyphs = [_GLYPHS[character].split() for character in text]
    dots = [".".join(rows) for rows in zip(*glyphs, strict=True)]
    if scale > 1:
        return ["".join("██" if dot == "#" else "  " for dot in row) for row in dots]
    dots.append("." * len(dots[0]))
    return [
        "".join(_HALVES[above == "#", below == "#"] for above, below in zip(upper, lower, strict=True))
        for upper, lower in zip(dots[::2], dots[1::2], strict=True)
    ]
