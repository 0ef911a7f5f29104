import io

import pytest
from PIL import Image

from quizgen.errors import MisuseError
from quizgen.paper.images import read_logo


def picture(kind: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (4, 3), "black").save(data, kind)
    return data.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not an image",
        b"<html></html>",
        b"<svg",
        picture("PNG")[:40],
        picture("BMP"),
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    ],
)
def test_what_is_no_image_is_refused(data: bytes) -> None:
    with pytest.raises(MisuseError, match=r"logo: is no image that can be printed; use a PNG"):
        read_logo("logo", data)


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(MisuseError, match="over 10 MB"):
        read_logo("logo", b"x" * 10_000_001)


@pytest.mark.parametrize(
    ("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif")]
)
def test_images_are_known_by_what_is_in_them(kind: str, media_type: str) -> None:
    assert read_logo("logo.txt", picture(kind)).media_type == media_type


def test_a_drawing_is_an_image_too() -> None:
    assert read_logo("l", b'<svg xmlns="http://www.w3.org/2000/svg"/>').media_type == "image/svg+xml"
