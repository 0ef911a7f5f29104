"""Find the pages of scans, and read them with child processes. What was read is remembered, so that no page is read twice."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from quizgen.cli.child_process import Limits, run_with_limits
from quizgen.cli.output import progress, write_files
from quizgen.cli.scan_pages import MAX_PAGES, MAX_PIXELS, count_pages, read_pages
from quizgen.errors import Problem, QuizgenError, problem
from quizgen.files import os_error_reason
from quizgen.marks.positions import SheetPositions
from quizgen.text.characters import escape_forbidden
from quizgen.text.messages import Message, _

if TYPE_CHECKING:
    from quizgen.marks.reading import ReadPicture

SCAN_SUFFIXES = {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".pgm"}
"""The files of a folder that are read. A file that the command names is read whatever its name."""

_WITH_PAGES = (b"%PDF", b"II*\0", b"MM\0*")
"""How files begin that may have several pages: PDF and TIFF."""

MAX_BYTES = 4_000_000_000
"""The largest file that is read."""

_BATCH, _COUNTED = 48, 100
"""How many pages a child process reads, and of how many files one counts the pages."""

_LIMITS, _PAGE_LIMITS = Limits(40, 1500), Limits(10, 1000)
"""The limits of a process that reads a batch, and of one that reads a single page because its batch failed."""

_COUNT_LIMITS, _FILE_LIMITS = Limits(20, 500), Limits(5, 300)
"""The limits of a process that counts the pages of several files, and of one that counts those of one file."""

_SCAN_AGAIN = _("scan the sheet again")
_TROUBLES: Mapping[str, tuple[Message, Message]] = {
    "empty": (_("an empty page"), _("nothing to do")),
    "nothing": (_("no answer sheet is found here"), _("scan the whole sheet, with its four black squares")),
    "code": (_("the code of a sheet cannot be read here"), _SCAN_AGAIN),
    "foreign": (_("a sheet of another quiz"), _("name the folder with the files of that quiz")),
    "large": (_("more than {count} pixels", count=f"{MAX_PIXELS:,}"), _("save it smaller")),
    "damaged": (_("cut off or damaged"), _("copy the file again, or scan the sheet again")),
    "unreadable": (_("this takes too much time or memory to read"), _("save it smaller, or scan the sheet again")),
    "no picture": (_("neither a PDF file nor a picture"), _SCAN_AGAIN),
    "no bytes": (_("the file is empty"), _("copy it again, or scan the sheet again")),
    "password": (_("this PDF file has a password"), _("save it without one")),
    "long": (_("more than {count} pages", count=f"{MAX_PAGES:,}"), _("split the file")),
    "big": (_("more than {count} GB", count=MAX_BYTES // 1_000_000_000), _("split the file")),
}  # fmt: skip
"""What is wrong with a page or a file, and what to do about it, by its trouble."""

T = TypeVar("T")
R = TypeVar("R")


class Page(NamedTuple):
    """A page to read: the name of its file as people know it, the digest of the file, its number, and the file.

    Pages count from 1; a picture has the number 0, because it is one page.
    """

    file: str
    digest: str
    number: int
    path: bytes

    @property
    def name(self) -> str:
        """The name that people know the page by, such as ``pile.pdf:3``."""
        return f"{self.file}:{self.number}" if self.number else self.file

    @property
    def key(self) -> tuple[str, int]:
        """What tells the page from all others, whatever the file is called."""
        return self.digest, self.number


class _Scan(NamedTuple):
    """A file whose pages are to be counted if it may have several."""

    path: Path
    digest: str
    has_pages: bool


def list_scans(scans: Sequence[Path], ours: Iterable[Path]) -> list[Path]:
    """Return the files to read: those that are named, and those in folders that are named, without ``ours``.

    Raises QuizgenError for a name that is no file and no folder.
    """
    left_out = {path.absolute() for path in ours}
    files: dict[Path, None] = {}
    missing = []
    for scan in scans:
        if scan.is_dir():
            inside = sorted(each for each in scan.rglob("*") if each.suffix.lower() in SCAN_SUFFIXES)
            files |= dict.fromkeys(
                each for each in inside if each.absolute() not in left_out and each.is_file()
            )
        elif scan.is_file():
            files[scan] = None
        else:
            missing.append(problem(_("there is no such file"), _("name a scan"), file=str(scan)))
    if missing:
        raise QuizgenError(missing)
    return list(files)


def list_pages(files: Iterable[Path], names: dict[str, str], problems: list[Problem]) -> list[Page]:
    """Return the pages of files. A file that cannot be read becomes a problem.

    ``names`` has the digests of earlier files by name. Two files of the same name are told apart by the beginning of their digests.
    """
    scans = [scan for path in files if (scan := _look_at(path, problems))]
    several = [scan for scan in scans if scan.has_pages]
    counts: dict[Path, tuple[int, str]] = {}
    for batch, found in _in_processes(_count_batch, several, _COUNTED):
        counts |= zip((scan.path for scan in batch), found, strict=True)
    pages = []
    for scan in scans:
        count, trouble = counts.get(scan.path, (1, ""))
        if trouble:
            problems.append(describe_trouble(trouble, str(scan.path)))
        name = " ".join(escape_forbidden(scan.path.name).split())
        if names.setdefault(name, scan.digest) != scan.digest:
            name += f"~{scan.digest[:4]}"
        numbers = range(1, count + 1) if scan.has_pages else (0,)
        pages += [Page(name, scan.digest, number, os.fsencode(scan.path.absolute())) for number in numbers]
    return pages


def _look_at(path: Path, problems: list[Problem]) -> _Scan | None:
    """Return a file with its digest, or ``None`` if it cannot be read."""
    try:
        size = path.stat().st_size
        if not 0 < size <= MAX_BYTES:
            problems.append(describe_trouble("big" if size else "no bytes", str(path)))
            return None
        with path.open("rb") as file:
            has_pages = file.read(4) in _WITH_PAGES
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()[:32]
    except OSError as error:
        problems.append(problem(_("cannot read it: {reason}"), reason=os_error_reason(error), file=str(path)))
        return None
    return _Scan(path, digest, has_pages)


def describe_trouble(trouble: str, file: str) -> Problem:
    """Return the problem that a page or a file has."""
    what, hint = _TROUBLES[trouble]
    return problem(what, hint, file=file)


def describe_troubles(troubles: Iterable[tuple[Page, str]]) -> Iterator[Problem]:
    """Yield the problems of pages: one for all pages of a file that have the same."""
    numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for page, trouble in troubles:
        numbers[page.file, trouble].append(page.number)
    for (file, trouble), pages in numbers.items():
        yield describe_trouble(trouble, f"{file}:{_join_ranges(pages)}" if pages[0] else file)


def _join_ranges(numbers: Iterable[int]) -> str:
    """Write rising numbers as ``1,3-7``."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ",".join(f"{first}-{last}" if first < last else str(first) for first, last in ranges)


class _Known(msgspec.Struct):
    """A line of the file that remembers what was read: a page of a file with a digest, what is on it, and the name of the file."""

    file: str
    page: int
    picture: msgspec.Raw
    name: str = ""
    talk: str = ""


class Memory(NamedTuple):
    """What earlier runs have read, by the digest of the file and the page; by the digest, the names of files and the talks that they are from."""

    pictures: "dict[tuple[str, int], ReadPicture]"
    names: dict[str, str]
    talks: dict[str, str]


def recall(path: Path, all_positions: Sequence[SheetPositions]) -> Memory:
    """Read the file that remembers what was read. A line that is cut off is left out."""
    from quizgen.marks.reading import ReadPicture

    memory = Memory({}, {}, {})
    ours = {digest for positions in all_positions for digest in positions.papers_by_digest()}
    for line in path.read_bytes().splitlines() if path.exists() else ():
        try:
            entry = msgspec.json.decode(line, type=_Known)
            picture = msgspec.json.decode(entry.picture, type=ReadPicture)
        except msgspec.DecodeError:
            continue
        if {sheet.digest for sheet in picture.sheets} <= ours and picture.trouble != "foreign":
            memory.pictures[entry.file, entry.page] = picture
            memory.names[entry.file], memory.talks[entry.file] = entry.name, entry.talk
    return memory


def forget_clippings(path: Path) -> None:
    """Delete the pictures of answers from the file that remembers what was read. Numbers remain, so that sheets can be added later."""
    from quizgen.marks.reading import ReadPicture
    from quizgen.marks.results import without_clippings

    if not path.exists():
        return
    lines = []
    for line in path.read_bytes().splitlines():
        with suppress(msgspec.DecodeError):
            entry = msgspec.json.decode(line, type=_Known)
            picture = without_clippings(msgspec.json.decode(entry.picture, type=ReadPicture))
            entry.picture = msgspec.Raw(msgspec.json.encode(picture))
            lines.append(msgspec.json.encode(entry) + b"\n")
    write_files({path: b"".join(lines)}, force=True)


def read_new_pages(
    pages: Sequence[Page], memory: Memory, path: Path, positions_paths: Sequence[bytes], talk: str = ""
) -> None:
    """Read the pages that are not known yet with several processes, and remember at once what is on them, also in a file.

    If ``talk`` is given, all these pages are from then on from that talk.

    A page is read again if a person has to look at it and the picture was deleted. Raises QuizgenError if the file cannot be written.
    """
    from quizgen.marks.reading import ReadPicture
    from quizgen.marks.results import lacks_clippings

    unread = list(
        {
            page.key: page
            for page in pages
            if page.key not in memory.pictures or lacks_clippings(memory.pictures[page.key])
        }.values()
    )
    moved = {
        page.key: page
        for page in pages
        if page.key in memory.pictures and talk and memory.talks[page.digest] != talk
    }
    memory.talks.update({page.digest: talk or memory.talks.get(page.digest, "") for page in pages})

    def remember(page: Page) -> bytes:
        picture = msgspec.Raw(msgspec.json.encode(memory.pictures[page.key]))
        entry = _Known(*page.key, picture, page.file, memory.talks[page.digest])
        return msgspec.json.encode(entry) + b"\n"

    def read_batch(batch: Sequence[Page], stop: Event) -> list[bytes]:
        return _read_batch(batch, positions_paths, stop)

    with _open_to_add(path) as file, progress(len(unread)) as report:
        file.writelines(map(remember, moved.values()))
        done = 0
        for batch, results in _in_processes(read_batch, unread, _BATCH):
            for page, data in zip(batch, results, strict=True):
                picture = memory.pictures[page.key] = msgspec.msgpack.decode(data, type=ReadPicture)
                memory.names[page.digest] = page.file
                if picture.trouble != "unreadable":
                    file.write(remember(page))
            file.flush()
            done += len(batch)
            report(done)


def _open_to_add(path: Path) -> IO[bytes]:
    """Open a file to add lines to it. A last line that is cut off is ended first. Raises QuizgenError."""
    try:
        file = path.open("ab+")
        if file.tell():
            file.seek(-1, os.SEEK_END)
            file.write(b"" if file.read(1) == b"\n" else b"\n")
    except OSError as error:
        raise QuizgenError(
            problem(_("cannot write the file: {reason}"), reason=os_error_reason(error), file=str(path))
        ) from error
    return file


def _in_processes(
    work: Callable[[Sequence[T], Event], list[R]], things: Sequence[T], size: int
) -> Iterator[tuple[Sequence[T], list[R]]]:
    """Yield batches of things with the results of ``work``, as they are done. ``work`` starts a process for each.

    ``work`` gets an event that says that its results are not wanted any more, because the user has stopped the command.
    """
    stop = Event()
    pool = ThreadPoolExecutor(min(os.cpu_count() or 1, 4))
    try:
        tasks: dict[Future[list[R]], Sequence[T]] = {
            pool.submit(work, batch, stop): batch
            for batch in (things[start : start + size] for start in range(0, len(things), size))
        }
        for task in as_completed(tasks):
            yield tasks[task], task.result()
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def _count_batch(batch: Sequence[_Scan], stop: Event) -> list[tuple[int, str]]:
    """Count the pages of some files in a child process. If it fails, count those of each by itself, so that only one is lost."""
    limits = _COUNT_LIMITS if len(batch) > 1 else _FILE_LIMITS
    try:
        return run_with_limits(limits, "", count_pages, [os.fsencode(scan.path.absolute()) for scan in batch])
    except QuizgenError:
        if len(batch) == 1 or stop.is_set():
            return [(0, "unreadable")] * len(batch)
        return [found for scan in batch for found in _count_batch([scan], stop)]


def _read_batch(pages: Sequence[Page], positions_paths: Sequence[bytes], stop: Event) -> list[bytes]:
    """Read some pages in a child process. If it fails, read each by itself, so that only one is lost."""
    from quizgen.marks.reading import ReadPicture

    limits = _LIMITS if len(pages) > 1 else _PAGE_LIMITS
    wanted = [(page.path, max(page.number, 1)) for page in pages]
    try:
        return run_with_limits(limits, "", read_pages, wanted, list(positions_paths))
    except QuizgenError:
        if len(pages) == 1 or stop.is_set():
            return [msgspec.msgpack.encode(ReadPicture(trouble="unreadable"))] * len(pages)
        return [data for page in pages for data in _read_batch([page], positions_paths, stop)]
