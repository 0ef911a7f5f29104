"""Objects written into a file, and read back by another library."""

import io
import zlib

import pikepdf
from hypothesis import given
from hypothesis import strategies as st

from quizgen.paper.press.pdf_file import PACK, PdfFile, pdf_text_string


def written(file: PdfFile, more: bytes = b"") -> bytes:
    """Write a file of one blank page, whose catalog holds ``more``."""
    pages = file.reserve_number()
    page = file.add_object(b"<</Type/Page/MediaBox[0 0 9 9]/Resources<<>>/Parent %b>>" % pages)
    file.set_object(pages, b"<</Type/Pages/Count 1/Kids[%b]>>" % page)
    root = file.add_object(b"<</Type/Catalog/Pages %b%b>>" % (pages, more))
    return file.to_bytes(root, file.add_object(b"<<>>"))


@given(
    numbers=st.lists(st.integers(-(2**31), 2**31 - 1), max_size=3 * PACK),
    codes=st.lists(st.binary(max_size=400)),
)
def test_inserted_text_can_be_extracted(numbers: list[int], codes: list[bytes]) -> None:
    file = PdfFile({2: b"(two)"}, {5: b"<</Length 4>>\nstream\nfive\nendstream"})
    small = [file.add_object(b"%d" % number) for number in numbers]
    streams = [file.add_stream(code) for code in codes]
    more = b"/Small[%b]/Streams[%b]/Begun[2 0 R 5 0 R]" % (b" ".join(small), b" ".join(streams))
    with pikepdf.open(io.BytesIO(written(file, more))) as document:
        root = document.Root
        assert [int(number) for number in root.Small] == numbers
        assert [stream.read_bytes() for stream in root.Streams] == codes
        two, five = root.Begun
        assert (str(two), five.read_bytes()) == ("two", b"five")
        assert document.check_pdf_syntax() == []
        assert not document.get_warnings()


def test_object_streams_are_small() -> None:
    """A reader unpacks a whole stream for the first object that it wants."""
    file = PdfFile({}, {})
    for _ in range(10 * PACK):
        file.add_object(b"<</Kind/Small>>")
    pdf = written(file)
    packs = [pack.partition(b">>")[0] for pack in pdf.split(b"/Type/ObjStm")[1:]]
    assert len(packs) == 11
    assert all(pack.startswith((b"/N %d/" % PACK, b"/N 4/")) for pack in packs)


def test_data_is_compressed_only_if_it_gets_shorter() -> None:
    file = PdfFile({}, {})
    short, long = file.add_stream(b"q Q"), file.add_stream(b"q Q " * 100)
    pdf = written(file, b"/Both[%b %b]" % (short, long))
    assert b"stream\nq Q\nendstream" in pdf
    assert zlib.compress(b"q Q " * 100) in pdf


def test_the_same_objects_make_the_same_bytes_and_others_another_name() -> None:
    def pdf(code: bytes) -> bytes:
        file = PdfFile({}, {})
        return written(file, b"/Code %b" % file.add_stream(code))

    def name(data: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(data)) as document:
            return bytes(document.trailer.ID[0])

    assert pdf(b"q Q") == pdf(b"q Q")
    assert name(pdf(b"q Q")) != name(pdf(b"q q"))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_string_holds_any_text(text: str) -> None:
    with pikepdf.open(io.BytesIO(written(PdfFile({}, {}), b"/Text%b" % pdf_text_string(text)))) as document:
        assert str(document.Root.Text) == text
