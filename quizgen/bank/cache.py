"""A bank compiled once: kept under a key made of its content, so that it is never stale.

Losing a cache costs time and nothing else, so whatever goes wrong here is passed over: a damaged file
is made anew, and a folder that cannot be written stays as it is.
"""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec

from quizgen import __version__
from quizgen.bank.files import RawFile
from quizgen.files import write_atomically
from quizgen.model import Bank

KEPT = 8
"""How many compiled banks a folder keeps; the oldest go."""

_DIGEST_BYTES = sha256().digest_size


def key_of(files: Iterable[RawFile], region: str = "") -> str:
    """Digest of all that a compiled bank depends on: its files, the region of help numbers, and the code that compiles them."""
    package = Path(__file__).parents[1]
    folders = [package / name for name in ("bank", "generate", "kinds", "shapes", "text", "locales")]
    code = [package / name for name in ("fields.py", "ids.py", "model.py")]
    code += [path for folder in folders for path in sorted(folder.rglob("*.*"))]
    digest = sha256(f"{__version__} {region}".encode("utf-8", "surrogateescape"))
    parts = [(path.name, path.read_bytes()) for path in code if path.is_file()]
    parts += [(Path(file.name).name, file.raw) for file in files]
    for name, content in parts:
        # Lengths first, so that no two lists of files run together into the same bytes.
        digest.update(f"\n{len(name)} {len(content)} {name}\n".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()


def read(folder: Path, key: str) -> Bank | None:
    """Return the bank compiled under this key, or ``None`` where there is none that is whole."""
    path = _path(folder, key)
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid():
            return None  # a pipe would keep us waiting, and what another made is not to be trusted
        content = path.read_bytes()
        payload = content[_DIGEST_BYTES:]
        if sha256(payload).digest() != content[:_DIGEST_BYTES]:
            return None
        return msgspec.msgpack.decode(payload, type=Bank)
    except (OSError, ValueError):
        return None


def write(folder: Path, key: str, bank: Bank) -> None:
    """Keep a compiled bank, whole or not at all, and drop the oldest beyond :data:`KEPT`."""
    path, payload = _path(folder, key), msgspec.msgpack.encode(bank)
    with suppress(OSError):
        if folder.is_symlink() or path.is_symlink():  # to what may be somebody else's
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(path, sha256(payload).digest() + payload, mode=0o600)
        _tidy(folder)


def _path(folder: Path, key: str) -> Path:
    return folder / f"bank-{key}.msgpack"


def _tidy(folder: Path) -> None:
    """Drop the oldest files; among them, in time, any part that a killed process left."""
    ages = sorted((path.stat().st_mtime_ns, path) for path in folder.glob("*bank-*"))
    for _, path in ages[:-KEPT]:
        path.unlink(missing_ok=True)
