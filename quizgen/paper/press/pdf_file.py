"""Writing the objects of a PDF (ISO 32000-1), with small objects in compressed streams of a hundred each.

pydyf, which WeasyPrint writes with, would put all small objects into one stream. A reader must unpack it completely
before it shows a page, even if there are many thousands of objects.
"""

import zlib
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from struct import Struct as Layout
from typing import TypeAlias

Reference: TypeAlias = bytes
"""A reference to an object: ``12 0 R``."""

PACK = 100
"""The number of small objects in one compressed stream."""

_ENTRY = Layout(">BIH")
"""An entry of the cross-reference stream, 7.5.8.3: its type, then an offset or a stream's number, then an index."""


class PdfFile:
    """Collects objects and writes them into one file. The same objects give the same bytes."""

    def __init__(self, small: Mapping[int, bytes], streams: Mapping[int, bytes]) -> None:
        """Begin with objects that have numbers already, such as fonts. Streams come complete, with their dictionaries."""
        self._small = dict(small)
        self._streams = dict(streams)
        self._last = max([0, *self._small, *self._streams])

    def reserve_number(self) -> Reference:
        """Reserve a number for an object to be added later, so that other objects can refer to it."""
        self._last += 1
        return b"%d 0 R" % self._last

    def set_object(self, reference: Reference, data: bytes) -> None:
        """Add the object for a number from ``reserve_number``. It must not be a stream."""
        self._small[int(reference[: -len(" 0 R")])] = data

    def add_object(self, data: bytes) -> Reference:
        """Add an object that is not a stream, and return its reference."""
        self._last += 1
        self._small[self._last] = data
        return b"%d 0 R" % self._last

    def add_stream(self, data: bytes, entries: bytes = b"") -> Reference:
        """Add a stream, compressed if that makes it shorter; ``entries`` are added to its dictionary."""
        self._last += 1
        packed = zlib.compress(data)
        if len(packed) + len(b"/Filter/FlateDecode") < len(data):
            data, entries = packed, entries + b"/Filter/FlateDecode"
        self._streams[self._last] = b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)
        return b"%d 0 R" % self._last

    def to_bytes(self, root: Reference, info: Reference) -> bytes:
        """Return the bytes of the file. Afterwards, no more objects can be added."""
        entries = dict(self._pack_objects())
        table = self._last + 1
        lines = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        offset = len(lines[0])
        for number, data in self._streams.items():
            line = b"%d 0 obj\n%b\nendobj\n" % (number, data)
            entries[number] = _ENTRY.pack(1, offset, 0)
            lines.append(line)
            offset += len(line)
        entries[table] = _ENTRY.pack(1, offset, 0)
        free = _ENTRY.pack(0, 0, 65535)
        listed = b"".join([entries.get(number, free) for number in range(table + 1)])
        name = blake2b(b"".join(lines), digest_size=16).hexdigest().encode()
        reference = self.add_stream(
            listed,
            b"/Type/XRef/W[1 4 2]/Size %d/Root %b/Info %b/ID[<%b><%b>]" % (table + 1, root, info, name, name),
        )
        assert int(reference.split()[0]) == table  # noqa: S101  the table is the last object
        lines.append(b"%d 0 obj\n%b\nendobj\n" % (table, self._streams[table]))
        lines.append(b"startxref\n%d\n%%%%EOF\n" % offset)
        return b"".join(lines)

    def _pack_objects(self) -> Iterator[tuple[int, bytes]]:
        """Put the small objects into streams (7.5.7), and yield the cross-reference entry of each."""
        numbers = list(self._small)
        for start in range(0, len(numbers), PACK):
            pack = numbers[start : start + PACK]
            offset = 0
            head = []
            for number in pack:
                head.append(b"%d %d" % (number, offset))
                offset += len(self._small[number]) + 1
            first = b" ".join(head) + b"\n"
            body = b"\n".join([self._small[number] for number in pack])
            self.add_stream(first + body, b"/Type/ObjStm/N %d/First %d" % (len(pack), len(first)))
            for index, number in enumerate(pack):
                yield number, _ENTRY.pack(2, self._last, index)


def pdf_text_string(text: str) -> bytes:
    """Return a text as a PDF string in UTF-16 (ISO 32000-1, 7.9.2.2)."""
    return b"<feff%b>" % text.encode("utf-16-be").hex().encode()
