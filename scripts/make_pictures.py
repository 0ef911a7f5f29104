"""Make the pictures of the README from the program as it is now.

    .venv/bin/python scripts/make_pictures.py [FOLDER]

It runs ``quizgen`` on a pseudo-terminal of its own, presses keys, and draws what the screen shows: a recording as a GIF, and
one question as a PNG. It prints handouts and draws their pages. Run it again when a screen, a sheet or a question in the
pictures has changed, and look at the result. FOLDER takes the pictures instead of docs/pictures. The letters of the
terminal are DejaVu Sans Mono (on Debian, the package ``fonts-dejavu-core``). Chinese is set in our own font, two cells for
each character.
"""

import os
import re
import shlex
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pexpect
import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from rich.ansi import AnsiDecoder
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs" / "pictures"
QUIZGEN = Path(sys.executable).with_name("quizgen")
PROFILE = 'theme = "dark"\n'

ROWS, COLUMNS = 29, 80
CELL = (9, 17)  # pixels
BASELINE = 13  # from the top of a cell
MARGIN = 12
FONTS = ROOT / "templates" / "fonts"
BACKGROUND = (208, 208, 208)
SEED = ("-s", "7")
INK, PAPER = (228, 230, 235), (21, 24, 30)
QUIET_SECONDS = 1.5  # seconds without output after which a screen counts as complete
MAX_WAIT = 60  # seconds after which a program that shows nothing new counts as hanging

COMMAND = "quizgen take -k judge -s 5"
STEPS = (  # what is typed, and how many seconds the recording then shows the screen
    (COMMAND, 1.5),
    ("\r", 6),
    ("a", 2),  # answers that it is genuine
    ("2", 9),  # thinks so
    ("\r", 4),
    ("l", 4),  # the same question in Chinese
    ("a", 2),
    ("2", 7),
)
QUESTION_STEP = 3  # the step that is also drawn as a picture of its own


class Cell(NamedTuple):
    """One place on the screen. The second half of a Chinese character is an empty text."""

    text: str = " "
    style: Style = Style()


class Screen:
    """The content of a terminal. It understands the few control sequences that a shell and Textual use to draw."""

    def __init__(self) -> None:
        self.rows = [[Cell()] * COLUMNS for _ in range(ROWS)]
        self.row = self.column = 0
        self.unfinished = ""  # the start of a control sequence whose end is still to come
        self.decoder = AnsiDecoder()
        self.console = Console(color_system="truecolor")

    def feed(self, output: str) -> None:
        """Process output of the program."""
        output = re.sub(r"\x1b\][^\x07]*\x07", "", self.unfinished + output)
        finished = re.sub(r"\x1b([\[?>]+[\d;?]*|\][^\x07]*)?$", "", output)
        output, self.unfinished = finished, output[len(finished) :]
        for part in re.split(r"(\x1b\[\d+;\d+H|\x1b\[\?1049[hl]|[\r\n\b])", output):
            if place := re.fullmatch(r"\x1b\[(\d+);(\d+)H", part):
                self.row, self.column = int(place[1]) - 1, int(place[2]) - 1
            elif "?1049" in part:
                self.rows = [[Cell()] * COLUMNS for _ in range(ROWS)]
            elif part == "\r":
                self.column = 0
            elif part == "\n":
                self.row = min(self.row + 1, ROWS - 1)
            elif part:
                self.write(part)

    def write(self, text: str) -> None:
        """Write text at the cursor, with its colours."""
        for segment in self.decoder.decode_line(text).render(self.console):
            for character in segment.text:
                width = cell_len(character)
                if width and self.column + width > COLUMNS:
                    self.row, self.column = min(self.row + 1, ROWS - 1), 0
                cells = [Cell(character, segment.style or Style()), Cell("", segment.style or Style())][
                    :width
                ]
                self.rows[self.row][self.column : self.column + width] = cells
                self.column += width

    def text(self) -> str:
        """Return the text without colours, for comparison."""
        return "".join(cell.text for row in self.rows for cell in row)

    def picture(self) -> Image.Image:
        """Draw the screen."""
        size = (COLUMNS * CELL[0] + 2 * MARGIN, ROWS * CELL[1] + 2 * MARGIN)
        picture = Image.new("RGB", size, PAPER)
        draw = ImageDraw.Draw(picture)
        places = [(row, column) for row in range(ROWS) for column in range(COLUMNS)]
        for row, column in places:  # all backgrounds come first, since a letter may reach into the next cell
            x, y = MARGIN + column * CELL[0], MARGIN + row * CELL[1]
            draw.rectangle((x, y, x + CELL[0] - 1, y + CELL[1] - 1), fill=colours(self.rows[row][column])[1])
        for row, column in places:
            cell = self.rows[row][column]
            if cell.text.strip():
                width = cell_len(cell.text) * CELL[0]
                middle = (MARGIN + column * CELL[0] + width / 2, MARGIN + row * CELL[1] + BASELINE)
                draw.text(middle, cell.text, colours(cell)[0], font_of(cell), anchor="ms")
        return picture


def colours(cell: Cell) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the colours of a cell's text and background."""
    ink, paper = (
        tuple(colour.get_truecolor()) if colour and not colour.is_default else usual
        for colour, usual in ((cell.style.color, INK), (cell.style.bgcolor, PAPER))
    )
    return (paper, ink) if cell.style.reverse else (ink, paper)


def font_of(cell: Cell) -> ImageFont.FreeTypeFont:
    """Return our own font for a wide character, and a monospaced font for all others."""
    if cell_len(cell.text) > 1:
        return font(
            str(FONTS / f"QuizgenSans-{'Bold' if cell.style.bold else 'Regular'}.otf"), 2 * CELL[0] - 1
        )
    return font(f"DejaVuSansMono{'-Bold' if cell.style.bold else ''}.ttf", 15)


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Load a font, once only."""
    return ImageFont.truetype(name, size)


def record(folder: Path) -> list[tuple[Image.Image, float]]:
    """Type the steps at a shell, and return each screen with the seconds to show it."""
    environment = {
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "PATH": f"{QUIZGEN.parent}:{os.environ['PATH']}",
        "PS1": "$ ",
        "QUIZGEN_DATA": str(folder / "data"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    (folder / "config" / "quizgen").mkdir(parents=True)
    (folder / "config" / "quizgen" / "profile.toml").write_text(PROFILE, encoding="utf-8")
    run(
        "bank", "list", environment=environment
    )  # compiles the bank, or the recording would begin with a second of waiting
    terminal = pexpect.spawn("/bin/sh", env=environment, dimensions=(ROWS, COLUMNS), encoding="utf-8")
    screen = Screen()
    screens = []
    for typed, seconds in STEPS:
        before = screen.text()
        terminal.send(typed)
        feed_until_quiet(terminal, screen, before)
        screens.append((screen.picture(), seconds))
    terminal.close(force=True)
    return screens


def run(*words: object, environment: dict[str, str]) -> None:
    """Run quizgen, and stop if it fails."""
    output, code = pexpect.run(
        shlex.join([str(QUIZGEN), *map(str, words)]), env=environment, withexitstatus=True
    )
    if code:
        raise SystemExit(output.decode())


def feed_until_quiet(terminal: pexpect.spawn, screen: Screen, before: str) -> None:
    """Feed the screen until it has changed and the program prints nothing more for a while."""
    end = time.monotonic() + MAX_WAIT
    while time.monotonic() < end:
        try:
            screen.feed(terminal.read_nonblocking(65536, QUIET_SECONDS))
        except pexpect.TIMEOUT:
            if screen.text().strip() and screen.text() != before:
                return
    raise SystemExit(f"the screen stays as it was:\n{before}")


def save_recording(screens: list[tuple[Image.Image, float]], path: Path) -> None:
    """Write a GIF with one palette for all pictures, or colours would change between them."""
    tall = Image.new("RGB", (screens[0][0].width, sum(picture.height for picture, _ in screens)))
    for number, (picture, _) in enumerate(screens):
        tall.paste(picture, (0, number * picture.height))
    palette = tall.quantize(64, dither=Image.Dither.NONE)
    first, *others = (picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture, _ in screens)
    times = [int(seconds * 1000) for _, seconds in screens]
    first.save(path, save_all=True, append_images=others, duration=times, loop=0, optimize=True)


def handouts(folder: Path) -> Image.Image:
    """Draw a handout: its questions, its answers, and its questions in Chinese. The seed is one that fills a single sheet."""
    seed = ("-s", "3")
    english = pages(
        "handout", folder, *seed, "--organiser", "River Street Police Post", "--date", "1 May", "-l", "en"
    )
    chinese = pages(
        "handout", folder, *seed, "--organiser", "河滨派出所", "--date", "5月1日", "-l", "zh-Hans"
    )
    return side_by_side([*english[:2], chinese[0]], columns=3)


def sheets(folder: Path) -> Image.Image:
    """Draw the first page of other sheets, portrait ones first."""
    names = ("poster", "guide", "wallet", "answer-sheet", "before-after", "leaflet", "slides")
    return side_by_side([first_page(name, folder) for name in names], columns=4)


def first_page(name: str, folder: Path) -> Image.Image:
    """Return the first page of a sheet, scaled down to fit a square."""
    page = pages(f"print {name}", folder, "--organiser", "River Street Police Post", "-l", "en")[0]
    page.thumbnail((430, 430), Image.Resampling.LANCZOS)
    square = Image.new("RGB", (430, 430), BACKGROUND)
    square.paste(page, ((430 - page.width) // 2, (430 - page.height) // 2))
    return square


def pages(command: str, folder: Path, *options: str) -> list[Image.Image]:
    """Print a sheet and draw its pages."""
    out = folder / "sheet.pdf"
    contact = [] if command == "print wallet" else ["--contact", "0123 4567"]
    environment = os.environ | {"XDG_CONFIG_HOME": str(folder)}
    run(*command.split(), out, *SEED, *contact, *options, "--force", environment=environment)
    with pypdfium2.PdfDocument(out) as paper:
        return [page.render(scale=1).to_pil() for page in paper]


def side_by_side(pictures: list[Image.Image], columns: int) -> Image.Image:
    """Arrange pictures of one size in rows, on a grey background."""
    gap = 10
    width, height = (side + gap for side in pictures[0].size)
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * width + gap, rows * height + gap), BACKGROUND)
    for number, picture in enumerate(pictures):
        sheet.paste(picture, (gap + number % columns * width, gap + number // columns * height))
    return sheet.quantize(16, dither=Image.Dither.NONE)


def main() -> None:
    """Make all pictures."""
    out = Path(sys.argv[1]) if sys.argv[1:] else OUT
    out.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        screens = record(folder)
        save_recording(screens, out / "terminal.gif")
        screens[QUESTION_STEP][0].quantize(64, dither=Image.Dither.NONE).save(
            out / "question.png", optimize=True
        )
        handouts(folder).save(out / "handout.png", optimize=True)
        sheets(folder).save(out / "sheets.png", optimize=True)


if __name__ == "__main__":
    main()
