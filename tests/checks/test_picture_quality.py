import io
import shutil

from conftest import ROOT
from esgreport.checks import picture_quality
from PIL import Image
from reports import edition_of

PICTURES = """\
hall: {file: assets/hall.jpg, alt: {en: A hall, zh-Hant: 車間}}
inks: {file: assets/inks.jpg, alt: {en: Inks, zh-Hant: 油墨}}
"""


def jpeg(width: int, height: int, mode: str = "RGB", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height)).save(out, "JPEG", **more)
    return out.getvalue()


def files(hall: bytes, inks: bytes = b"") -> dict[str, str | bytes]:
    return {
        "data/pictures.yml": PICTURES,
        "content/assets/hall.jpg": hall,
        "content/assets/inks.jpg": inks or jpeg(1000, 600),
    }


def test_too_few_pixels_for_the_width_in_print(assert_marks):
    found = assert_marks(picture_quality.check, {**files(jpeg(900, 600)), "content/en/a2.md": """
        # Energy

        ```pictures
        pictures: [hall]
                   ^^^^ picture-resolution
        ```

        ```pictures
        pictures: [hall, inks]
        ```

        ```pictures
        layout: wide
        pictures: [inks]
                   ^^^^ picture-resolution
        ```
    """})  # fmt: skip
    assert found[0].message == "assets/hall.jpg has 190 pixels to the inch where it is printed 120 mm wide"
    assert found[0].help == "give a picture of 1,418 pixels or more, or print it smaller"
    assert found[1].message.endswith("has 151 pixels to the inch where it is printed 168 mm wide")


def test_a_case_is_narrower_and_a_picture_turned_by_the_camera_is_measured_upright(assert_marks):
    turned = Image.Exif()
    turned[0x0112] = 6
    assert_marks(picture_quality.check, {**files(jpeg(1300, 900, exif=turned)), "content/en/a2.md": """
        # Energy

        ```case
        title: One
        text: Two.
        pictures: [hall]
                   ^^^^ picture-resolution
        ```
    """})  # fmt: skip


def test_printing_inks_without_a_profile(assert_marks):
    page = "# Energy\n\n```pictures\npictures: [inks, hall]\n```\n"
    found = assert_marks(
        picture_quality.check,
        {
            **files(jpeg(1000, 600), jpeg(1000, 600, "CMYK")),
            "content/en/a2.md": page,
            "content/zh-Hant/a2.md": page,
            "data/pictures.yml": """
                hall: {file: assets/hall.jpg, alt: {en: A hall, zh-Hant: 車間}}
                inks: {file: assets/inks.jpg, alt: {en: Inks, zh-Hant: 油墨}}
                             ^^^^^^^^^^^^^^^ picture-profile
            """,
        },
    )
    assert found[0].help == "export it again with its profile, or as RGB"


def test_profiled_inks_and_enough_pixels_are_no_finding(assert_marks):
    with_profile = jpeg(1000, 600, "CMYK", icc_profile=b"\0" * 128)
    page = "# Energy\n\n```pictures\npictures: [inks, hall]\nlayout: pair\n```\n"
    assert (
        assert_marks(picture_quality.check, {**files(jpeg(700, 400), with_profile), "content/en/a2.md": page})
        == []
    )


def test_a_photograph_of_this_report_that_is_too_small_is_found(tmp_path):
    """A copy of the report with one of its photographs as the telephone sent it."""
    for folder in ("data", "content"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    road = tmp_path / "content" / "assets" / "village-road.jpg"
    with Image.open(road) as photograph:
        photograph.resize((640, 426)).save(road, icc_profile=photograph.info["icc_profile"])
    found = list(picture_quality.check(edition_of(tmp_path), tmp_path))
    assert [(f.code, f.place.path) for f in found] == [
        ("picture-resolution", "content/zh-Hant/b8_community.md"),
        ("picture-resolution", "content/en/b8_community.md"),
    ]
    assert (
        found[0].message
        == "assets/village-road.jpg has 104 pixels to the inch where it is printed 156 mm wide"
    )
    assert list(picture_quality.check(edition_of(ROOT), ROOT)) == []
