"""Pictures: what a designer or a telephone really delivers is taken, what does more than show is not."""

from __future__ import annotations

import io

import pytest
from conftest import ROOT
from esgreport import pictures
from esgreport.pictures import fault, proportions
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


def photograph(kind: str, mode: str = "RGB", **more: object) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, (40, 30), 1).save(stream, kind, **more)
    return stream.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1", "I;16"])
def test_a_png_of_any_mode(mode: str) -> None:
    assert fault(photograph("PNG", mode), ".png") == ""


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("suffix", [".jpg", ".jpeg", ".JPG"])
def test_a_jpeg_of_any_mode(mode: str, suffix: str) -> None:
    assert fault(photograph("JPEG", mode, progressive=True), suffix) == ""


def test_a_telephone_s_jpeg_with_a_second_picture_inside() -> None:
    stream = io.BytesIO()
    first, second = Image.new("RGB", (40, 30)), Image.new("RGB", (20, 15))
    first.save(stream, "MPO", save_all=True, append_images=[second])
    assert fault(stream.getvalue(), ".jpg") == ""


@pytest.mark.parametrize(
    "drawing",
    [
        '<path d="M0 0h9" fill="#b87333"/>',
        '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>'
        '<rect width="9" height="9" fill="url(#g)" style="opacity: .5; fill: url(\'#g\')"/>',
        '<symbol id="s"><circle r="2"/></symbol><use href="#s"/><use xlink:href="#s" x="4"/>',
        '<clipPath id="c"><rect width="4" height="4"/></clipPath><g clip-path="url(#c)"><text x="1">銅</text></g>',
        '<text aria-label="Source: https://example.org" data-figure="electricity@2025">1</text>',
        '<g transform="matrix(1 0 0 1 0 0)"><title>A plant</title><desc>seen from the river</desc></g>',
        "<!-- drawn by hand -->",
        '<defs><linearGradient id="g"/></defs>' + '<rect fill="url(#g)" width="1" height="1"/>' * 5000,
    ],
)
def test_a_drawing_that_draws(drawing: str) -> None:
    assert fault(SVG.format(drawing).encode(), ".svg") == ""


@pytest.mark.parametrize(
    "head", ["", "\ufeff", '<?xml version="1.0" encoding="UTF-8"?>\n', "<?xml version='1.0'?>"]
)
def test_a_drawing_with_a_head(head: str) -> None:
    assert fault((head + SVG.format("")).encode(), ".svg") == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SVG.format("<script/>"), "<script>, which is not for drawing"),
        (SVG.format("<ScRiPt/>"), "<ScRiPt>, which is not for drawing"),
        (SVG.format('<a href="https://example.org"/>'), "<a>, which is not for drawing"),
        (SVG.format('<x:g xmlns:x="http://www.w3.org/1999/xhtml"/>'), "<g>, which is not for drawing"),
        (SVG.format('<g onclick="x"/>'), "run a script (onclick)"),
        (SVG.format('<g xlink:href="javascript:x"/>'), "run a script (href)"),
        (SVG.format('<use href="data:image/svg+xml,x"/>'), "outside itself (href)"),
        (SVG.format('<g style="fill:url(//example.org)"/>'), "outside itself (style)"),
        (SVG.format('<g style="fill:u\\72 l(x)"/>'), "outside itself (style)"),
        (SVG.format("<g fill=\"URL( 'x.svg#a' )\"/>"), "outside itself (fill)"),
        (SVG.format("<g style=\"mask-image:image-set('x' 1x)\"/>"), "outside itself (style)"),
        (SVG.format('<g xml:base="https://example.org/"/>'), "outside itself (base)"),
        (SVG.format('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "repeats its parts"),
        (SVG.format('<pattern id="p"><rect fill="url(#p)"/></pattern>'), "repeats its parts"),
        (SVG.format("<g>" * 60 + "</g>" * 60), "too many parts"),
        (SVG.format("<g/>" * 20_001), "too many parts"),
        ('<?xml version="1.0" encoding="iso-8859-1"?>' + SVG.format(""), "not UTF-8"),
        ("<?php x ?>" + SVG.format(""), "an instruction"),
        (SVG.format("<?xml-stylesheet href='x.css'?>"), "a style sheet"),
        ('<g xmlns="http://www.w3.org/2000/svg"/>', "not an SVG drawing"),
        ("<svg/>", "not an SVG drawing"),
        ("", "not well-formed"),
    ],
)
def test_a_drawing_that_does_more(content: str, said: str) -> None:
    assert said in fault(content.encode(), ".svg")


def test_a_chain_of_parts_that_doubles_at_each_link() -> None:
    links = "".join(f'<g id="g{n}"><use href="#g{n - 1}"/><use href="#g{n - 1}"/></g>' for n in range(1, 60))
    assert "repeats its parts" in fault(SVG.format(f'<g id="g0"/>{links}').encode(), ".svg")


def test_a_chain_of_parts_longer_than_the_stack() -> None:
    links = "".join(f'<g id="g{n}"><use href="#g{n + 1}"/></g>' for n in range(5000))
    assert "repeats its parts" in fault(SVG.format(links).encode(), ".svg")


def test_a_picture_cut_off_is_refused_where_weasyprint_is_loaded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    for kind, suffix in (("PNG", ".png"), ("JPEG", ".jpg")):
        assert "not a readable" in fault(photograph(kind)[:-30], suffix)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


def test_the_limit_of_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 40 * 30)
    assert fault(photograph("PNG"), ".png") == ""
    monkeypatch.setattr(pictures, "MOST_PIXELS", 40 * 30 - 1)
    assert "pixels" in fault(photograph("PNG"), ".png")


GOOD = {".png": photograph("PNG"), ".jpg": photograph("JPEG"), ".svg": SVG.format("<g/>").encode()}


@given(st.sampled_from(list(GOOD)), st.integers(0, 2000), st.binary(min_size=1, max_size=9))
def test_a_damaged_picture_never_raises(suffix: str, position: int, damage: bytes) -> None:
    content = GOOD[suffix]
    position %= len(content)
    said = fault(content[:position] + damage + content[position + len(damage) :], suffix)
    assert isinstance(said, str)


@given(st.sampled_from(list(GOOD)), st.binary(max_size=200))
def test_any_bytes_never_raise(suffix: str, content: bytes) -> None:
    assert fault(content, suffix)


# ---- made ready for publishing


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_what_a_camera_writes_beside_a_picture_is_not_published() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker of cameras"
    exif[0x8825] = {1: "N", 2: (30.0, 39.0, 0.0)}  # where it was taken
    ready = pictures.prepared(photograph("JPEG", exif=exif, comment=b"secret"), ".jpg", 100)
    assert b"Maker" not in ready
    assert b"secret" not in ready
    assert dict(opened(ready).getexif()) == {}


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (40, 30)), (3, (40, 30)), (6, (30, 40)), (8, (30, 40))]
)
def test_a_picture_is_turned_upright(orientation: int, size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = photograph("JPEG", exif=exif)
    assert opened(pictures.prepared(content, ".jpg", 100)).size == size
    seen = pictures.photograph(content)
    assert seen is not None
    assert (seen.width, seen.height) == size


@pytest.mark.parametrize(("most", "size"), [(100, (40, 30)), (40, (40, 30)), (20, (20, 15))])
def test_a_picture_is_made_smaller_and_never_larger(most: int, size: tuple[int, int]) -> None:
    assert opened(pictures.prepared(photograph("PNG"), ".png", most)).size == size


def test_printing_inks_become_colours_of_a_screen_by_their_profile() -> None:
    """The sample report's photograph in four inks: its profile says what its inks look like; without, it is a guess."""
    content = (ROOT / "content" / "assets" / "village-road.jpg").read_bytes()
    own = opened(content)
    assert (own.mode, bool(own.info.get("icc_profile"))) == ("CMYK", True)
    ready = opened(pictures.prepared(content, ".jpg", 400))
    assert (ready.mode, ready.size) == ("RGB", (400, 267))
    sun = ready.getpixel((272, 82))
    assert isinstance(sun, tuple)
    assert sun[0] > 215 > sun[2] > 100  # a yellow light, as it was drawn
    stripped = io.BytesIO()
    own.save(stripped, "JPEG", icc_profile=None)
    guessed = opened(pictures.prepared(stripped.getvalue(), ".jpg", 400))
    assert guessed.mode == "RGB"


def test_a_profile_that_is_none_counts_as_none() -> None:
    ready = pictures.prepared(photograph("JPEG", icc_profile=b"no profile" * 20), ".jpg", 100)
    assert opened(ready).mode == "RGB"
    assert "icc_profile" not in opened(ready).info


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1", "LA"])
def test_every_mode_can_be_published(mode: str) -> None:
    assert opened(pictures.prepared(photograph("PNG", mode), ".png", 100)).size == (40, 30)


def test_a_drawing_stays_as_it_is() -> None:
    drawing = SVG.format("<g/>").encode()
    assert pictures.prepared(drawing, ".svg", 10) == drawing
    assert pictures.photograph(drawing) is None


@pytest.mark.parametrize(
    ("drawing", "size"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 210.4">', (320, 210)),
        ("<?xml version='1.0'?><svg width='9' viewBox='-1,-1, 30 , 20'>", (30, 20)),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20">', (0, 0)),
        ('<svg viewBox="0 0 0 9">', (0, 0)),
        ("a photograph", (0, 0)),
    ],
)
def test_a_drawing_says_how_much_room_it_needs(drawing, size):
    assert proportions(drawing.encode()) == size
