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
    Image.new("1", (5_001, 4_000)).save(huge, "PNG")
    with pytest.raises(MisuseError, match="the logo has over 20 million pixels"):
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
    assert read_logo("l", svg("")).media_type == "image/svg+xml"


def svg(inside: str, size: str = 'viewBox="0 0 9 9"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>'.encode()


@pytest.mark.parametrize(
    ("size", "aspect"),
    [
        ('viewBox="0 0 40 20" width="9" height="9"', 2),
        ('viewBox="0,0,40,20"', 2),
        ('width="3e1" height="15"', 2),
        ('width="30mm" height="15mm"', 2),
        *((size, "the drawing does not say how large it is; give it a viewBox, or save it as PNG") for size in (
            "", 'viewBox="0 0 9"', 'viewBox="0 0 0 0"', 'viewBox="0 0 -9 9"', 'viewBox="0 0 nan 9"',
            'width="100%" height="100%"', 'width="3cm" height="30mm"', 'width="9"',
        )),
        *((size, "the logo is over 20 times as wide as high, or as high as wide; crop it") for size in (
            'viewBox="0 0 30 1"', 'viewBox="0 0 1 30"', 'viewBox="0 0 1e308 1"',
        )),
    ],
)  # fmt: skip
def test_a_drawing_says_how_large_it_is(size: str, aspect: float | str) -> None:
    if isinstance(aspect, str):
        with pytest.raises(MisuseError) as caught:
            read_logo("logo.svg", svg("", size))
        assert str(caught.value) == f"logo.svg: {aspect}"
    else:
        assert read_logo("logo.svg", svg("", size)).aspect == aspect


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_a_logo_does_not_move(kind: str) -> None:
    data = io.BytesIO()
    frames = [Image.new("RGB", (4, 3), colour) for colour in ("black", "white")]
    frames[0].save(data, kind, save_all=True, append_images=frames[1:])
    for moving in (data.getvalue(), svg('<rect><animate attributeName="x" to="5" dur="1s"/></rect>')):
        with pytest.raises(MisuseError, match=r"^logo: the logo moves, which paper cannot; save one picture"):
            read_logo("logo", moving)


def test_a_picture_is_not_a_hair() -> None:
    data = io.BytesIO()
    Image.new("1", (21, 1)).save(data, "PNG")
    with pytest.raises(MisuseError, match="the logo is over 20 times as wide as high"):
        read_logo("logo", data.getvalue())


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
