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
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage",
        b'<?xml version="1.0" encoding="x-foo"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<?xml version="1.0" encoding="utf-7"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
)
def test_a_file_that_is_no_image_is_refused(data: bytes) -> None:
    with pytest.raises(MisuseError, match=r"logo: is no image that can be printed; use a PNG"):
        read_logo("logo", data)


def test_a_picture_of_too_many_pixels_is_refused() -> None:
    huge = io.BytesIO()
    Image.new("1", (8_000, 6_000)).save(huge, "PNG")
    with pytest.raises(MisuseError, match="the logo has over 40 million pixels"):
        read_logo("logo", huge.getvalue())


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


def svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ('<g id="a"><use href="#a"/></g>', "the drawing has a fault"),
        ('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', "the drawing has a fault"),
        ("<g>" * 3000 + "</g>" * 3000, "the drawing has a fault"),
        ("<text>Post</text>", "the drawing holds text"),
    ],
)
def test_a_drawing_that_the_engine_cannot_draw_is_refused(inside: str, said: str) -> None:
    with pytest.raises(MisuseError, match=f"logo.svg: {said}"):
        read_logo("logo.svg", svg(inside))


def test_text_that_is_reused_may_be_drawn() -> None:
    assert read_logo("logo.svg", svg('<g id="a"><path/></g>' + '<use href="#a"/>' * 50)).data
