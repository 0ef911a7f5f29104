"""A cache of compiled question banks on the disk.

The key of a compiled bank is a digest of its files, so a cached bank is never out of date. Errors are ignored,
because a lost cache costs only time.
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

MAX_CACHED_BANKS = 8
"""The number of compiled banks that a folder keeps; the oldest are removed."""

_CODE = frozenset((".py", ".mo", ".toml"))
"""The files of the program that a compiled bank depends on: not what Python compiles them to, and not what translators edit."""

_DIGEST_BYTES = sha256().digest_size


def cache_key(files: Iterable[RawFile], region: str = "") -> str:
    """Return a digest of everything that a compiled bank depends on: its files, its region and the program's own code."""
    package = Path(__file__).parents[1]
    folders = [package / name for name in ("bank", "kinds", "shapes", "text", "locales")]
    code = [package / name for name in ("fields.py", "ids.py", "model.py")]
    for folder in folders:
        code += sorted(path for path in folder.rglob("*.*") if path.suffix in _CODE)
    digest = sha256(f"{__version__} {region}".encode("utf-8", "surrogateescape"))
    parts = [(path.name, path.read_bytes()) for path in code]
    parts += [(Path(file.name).name, file.raw) for file in files]
    for name, content in parts:
        # The lengths come first, so that two different lists of files never give the same bytes.
        digest.update(f"\n{len(name)} {len(content)} {name}\n".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()


def read_cached_bank(folder: Path, key: str) -> Bank | None:
    """Return the compiled question bank with this key, or ``None`` if there is none or its file is damaged."""
    path = _cache_path(folder, key)
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
            return None  # reading a pipe would block, and another user's file is not trusted
        content = memoryview(path.read_bytes())  # parts of it are not copied
        payload = content[_DIGEST_BYTES:]
        if sha256(payload).digest() != content[:_DIGEST_BYTES]:
            return None
        return msgspec.msgpack.decode(payload, type=Bank)
    except (OSError, ValueError):
        return None


def write_cached_bank(folder: Path, key: str, bank: Bank) -> None:
    """Write a compiled question bank to the cache, and delete the oldest if there are more than :data:`MAX_CACHED_BANKS`."""
    path, payload = _cache_path(folder, key), msgspec.msgpack.encode(bank)
    with suppress(OSError):
        if folder.is_symlink() or path.is_symlink():  # they may lead to another user's files
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(path, sha256(payload).digest() + payload, mode=0o600)
        _remove_oldest_banks(folder)


def _cache_path(folder: Path, key: str) -> Path:
    return folder / f"bank-{key}.msgpack"


def _remove_oldest_banks(folder: Path) -> None:
    """Delete the oldest cached banks, and temporary files that a killed process has left."""
    ages = sorted((path.stat().st_mtime_ns, path) for path in folder.glob("*bank-*"))
    for _, path in ages[:-MAX_CACHED_BANKS]:
        path.unlink(missing_ok=True)
