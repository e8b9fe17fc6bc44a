"""The printer's edition: the same book with bleed and crop marks, in the four inks of a press."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import ROOT, TINY, here, write_project
from esgreport import pipeline
from esgreport.pictures import Separation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms
from press_walk import MM, faults, text_colours

Plant = Callable[[pikepdf.Pdf], Any]
REPORT = TINY["data/report.yml"]


def built(root: Path, *more: str) -> Path:
    """The output folder of a project that is built."""
    done = here("build", "--project", root, *more)
    assert done.returncode == 0, done.stderr
    return root / "site"


def press_of(root: Path, language: str = "en") -> Path:
    """The printer's edition of a project in one language, and nothing else."""
    return (
        built(root, "--only", "print", "--edition-lang", language) / f"pdf/tiny-esg-2025.{language}.print.pdf"
    )


def test_a_report_asks_for_further_editions(project):
    site = built(project({"data/report.yml": REPORT + "editions: [print]\n"}), "--edition-lang", "en")
    record = json.loads((site / "build.json").read_text(encoding="utf-8"))
    assert set(record["pages"]) == {"en", "en.print"}
    assert {"pdf/tiny-esg-2025.en.pdf", "pdf/tiny-esg-2025.en.print.pdf"} <= set(record["files"])


def test_an_edition_may_be_made_alone(project):
    site = built(project({}), "--only", "print", "--edition-lang", "en")
    files = {path.name for path in (site / "pdf").iterdir()}
    assert "tiny-esg-2025.en.print.pdf" in files and "tiny-esg-2025.en.pdf" not in files


@pytest.mark.parametrize("asked", ["pirnt", "web", "pdf"])
def test_an_edition_that_nobody_can_ask_for_is_refused(project, asked):
    done = here("check", "--project", project({"data/report.yml": REPORT + f"editions: [print, {asked}]\n"}))
    assert done.returncode == 1 and f'"{asked}" is not an edition that may be asked for' in done.stdout


def test_a_printed_page_leads_nowhere(project):
    with pikepdf.open(press_of(project({}))) as pdf:
        assert not any("/Annots" in page for page in pdf.pages)
        assert "/Outlines" not in pdf.Root and "/StructTreeRoot" not in pdf.Root


# ---- what is in it

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60"><defs><linearGradient id="sky"><stop offset="0" '
    'stop-color="#3060ff"/><stop offset="1" stop-color="rgb(250,220,20)" stop-opacity=".5"/></linearGradient></defs>'
    '<path d="M0 0h90v60H0z" fill="url(#sky)"/><path d="M9 9h30v30H9z"/><g opacity=".4"><circle cx="60" cy="30" r="20" '
    'fill="hsl(120,80%,40%)" stroke="red"/></g></svg>'
)
NAMES = ("wide", "grey", "clear", "inks", "plan")
BLOCKS = """
```pictures
pictures: [wide, grey, clear, inks, plan]
```

```chart
kind: bars
caption: One
metrics: [electricity]
```

```table
metrics: [electricity]
columns: [unit, 2025, 2024]
caption: One
landscape: true
```
"""


def painted(mode: str, *corners: tuple[int, ...]) -> Image.Image:
    """A picture of 900 to 600 pixels that runs through all tones between two colours."""
    one, other = (Image.new(mode, (900, 600), corner) for corner in corners)
    return Image.composite(one, other, Image.linear_gradient("L").resize((900, 600)))


def whole_project(project) -> Path:
    """A project with every kind of thing that is printed."""
    english, chinese = (f"content/{language}/a2.md" for language in ("en", "zh-Hant"))
    root = project({
        "data/report.yml": REPORT + "brand: {cover: wide}\nprint: {trim: [210, 285], multiple_of: 8, inside_cover: true}\n",
        english: "---\ncode: A2\n---\n" + TINY[english] + BLOCKS,
        chinese: "---\ncode: A2\n---\n" + TINY[chinese] + BLOCKS.replace("caption: One", "caption: 一"),
        "data/pictures.yml": "".join(
            f"{name}:\n  file: assets/{name}.{end}\n  alt: {{en: A, zh-Hant: 甲}}\n"
            for name, end in zip(NAMES, ("jpg", "jpg", "png", "jpg", "svg"), strict=True)
        ),
    })  # fmt: skip
    assets = root / "content/assets"
    assets.mkdir()
    painted("RGB", (0, 0, 0), (20, 10, 90)).save(assets / "wide.jpg")
    painted("L", (0,), (255,)).save(assets / "grey.jpg")
    painted("RGBA", (200, 30, 0, 255), (0, 0, 255, 0)).save(assets / "clear.png")
    painted("CMYK", (255, 255, 255, 255), (0, 0, 0, 0)).save(assets / "inks.jpg")
    (assets / "plan.svg").write_text(DRAWING, encoding="utf-8")
    (assets / "logo.svg").write_text(DRAWING, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The printer's edition of it."""

    def project(files: dict[str, str]) -> Path:
        return write_project(tmp_path_factory.mktemp("press"), files)

    return press_of(whole_project(project))


def test_nothing_in_it_is_for_a_screen(whole):
    assert faults(whole) == []


def test_every_kind_of_thing_was_walked_over(whole):
    with pikepdf.open(whole) as pdf:
        kinds = Counter(
            str(item.get("/Subtype", item.get("/ShadingType") and "shading"))
            + str(item.get("/ColorSpace", ""))
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream)
        )
    assert kinds["/Image/DeviceCMYK"] == 3 and kinds["/Image/DeviceGray"] == 1
    assert kinds["shading/DeviceCMYK"] >= 2 and kinds["/Form"] >= 1


def test_text_is_black_ink(whole):
    colours = text_colours(whole)
    black = sum(count for colour, count in colours.items() if not any(colour[:3]) and colour[3] > 0)
    assert colours[0, 0, 0, 1] > black / 2
    rest = {colour for colour in colours if any(colour[:3])}
    tokens = (ROOT / "templates/styles/tokens.press.css").read_text(encoding="utf-8")
    known = {tuple(map(float, inks.split())) for inks in re.findall(r"device-cmyk\(([^)]*)\)", tokens)}
    assert rest and rest <= known


def test_black_text_is_printed_over_what_lies_under_it(whole):
    with pikepdf.open(whole) as pdf:
        states = {key: state for page in pdf.pages for key, state in page.Resources.ExtGState.items()}
        assert bool(states["/over1"].op) and int(states["/over1"].OPM) == 1 and not bool(states["/over0"].op)
        for page in pdf.pages:  # at each letter, whether its ink is black alone and whether it covers
            ink, over, kept = (), False, []
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "q":
                        kept.append((ink, over))
                    case "Q":
                        ink, over = kept.pop()
                    case "scn":
                        ink = tuple(map(float, operands)) if len(operands) == 4 else ()
                    case "gs" if str(operands[0]).startswith("/over"):
                        over = operands[0] == "/over1"
                    case "Tj" | "TJ":
                        assert over == (ink == (0, 0, 0, 1))


def test_a_page_that_lies_on_its_side_is_turned(whole):
    with pikepdf.open(whole) as pdf:
        turned = [page for page in pdf.pages if b"0 1 -1 0 " in page.Contents[0].read_bytes()]
        assert len(turned) == 1 and len(pdf.pages) > 1


def plant_content(operators: str) -> Plant:
    def plant(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1]
        page.Contents.append(pdf.make_stream(operators.encode()))

    return plant


def plant_resource(kind: str, make: Callable[[pikepdf.Pdf], Any], operators: str) -> Plant:
    def plant(pdf: pikepdf.Pdf) -> None:
        resources = pdf.pages[1].Resources
        if kind not in resources:
            resources[kind] = pikepdf.Dictionary()
        resources[kind]["/Planted"] = make(pdf)
        plant_content(operators)(pdf)

    return plant


def stream(content: bytes, **entries: Any) -> Callable[[pikepdf.Pdf], Any]:
    return lambda pdf: pdf.make_stream(content, **entries)


def box(name: str, *change: float) -> Plant:
    def plant(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[2]
        if change:
            page[name] = pikepdf.Array([float(a) + b for a, b in zip(page[name], change, strict=True)])
        else:
            del page[name]

    return plant


RGB, CMYK, Named = pikepdf.Name.DeviceRGB, pikepdf.Name.DeviceCMYK, pikepdf.Name
DOT = {"Subtype": Named.Image, "Width": 1, "Height": 1, "BitsPerComponent": 8}
SQUARE = {"BBox": pikepdf.Array([0, 0, 9, 9])}
INSIDE = {"Type": Named.Pattern, "PatternType": 1, "PaintType": 1, "TilingType": 1, "XStep": 9, "YStep": 9}
GROUP = {"S": Named.Transparency, "CS": RGB}
BETWEEN = {"FunctionType": 2, "Domain": [0, 1], "N": 1}


def shading(space: Any, *ends: list[float]) -> Callable[[pikepdf.Pdf], Any]:
    function = (
        pikepdf.Dictionary(**BETWEEN, C0=ends[0], C1=ends[1]) if ends else pikepdf.Dictionary(**BETWEEN)
    )
    return lambda pdf: pikepdf.Dictionary(
        ShadingType=2, ColorSpace=space, Coords=[0, 0, 1, 1], Function=function
    )


PLANTS: dict[str, tuple[Plant, str]] = {
    "an operator": (plant_content("1 0 0 rg 0 0 9 9 re f"), "RGB operator rg"),
    "an operator of lines": (plant_content("1 0 0 RG"), "RGB operator RG"),
    "a colour space by name": (plant_content("/DeviceRGB cs 1 0 0 sc"), "colour space /DeviceRGB"),
    "Lab": (plant_resource("/ColorSpace", lambda pdf: pikepdf.Array([Named.Lab, pikepdf.Dictionary(WhitePoint=[1, 1, 1])]), "/Planted cs"), "colour space /Lab"),
    "a profile": (plant_resource("/ColorSpace", lambda pdf: pikepdf.Array([Named.ICCBased, pdf.make_stream(b"", N=3)]), "/Planted CS"), "a profile of 3 colours"),
    "an alternate": (plant_resource("/ColorSpace", lambda pdf: pikepdf.Array([Named.Separation, Named.Gold, RGB, pikepdf.Dictionary(**BETWEEN)]), "/Planted cs"), "colour space /DeviceRGB"),
    "a palette": (plant_resource("/ColorSpace", lambda pdf: pikepdf.Array([Named.Indexed, RGB, 0, b"abc"]), "/Planted cs"), "colour space /DeviceRGB"),
    "a picture": (plant_resource("/XObject", stream(b"abc", **DOT, ColorSpace=RGB), "/Planted Do"), "colour space /DeviceRGB"),
    "a picture within the page": (plant_content("BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI"), "colour space /"),
    "a form": (plant_resource("/XObject", stream(b"1 0 0 rg", Subtype=Named.Form, **SQUARE), "/Planted Do"), "RGB operator rg"),
    "a group": (plant_resource("/XObject", stream(b"", Subtype=Named.Form, Group=pikepdf.Dictionary(**GROUP), **SQUARE), "/Planted Do"), "colour space /DeviceRGB"),
    "a pattern": (plant_resource("/Pattern", stream(b"1 0 0 rg", Resources=pikepdf.Dictionary(), **INSIDE, **SQUARE), "/Pattern cs /Planted scn"), "RGB operator rg"),
    "a shading": (plant_resource("/Shading", shading(RGB), "/Planted sh"), "colour space /DeviceRGB"),
    "a shading with much ink": (plant_resource("/Shading", shading(CMYK, [0, 0, 0, 0], [1, 1, 1, 1]), "/Planted sh"), "400 % of ink"),
    "a mask": (plant_resource("/ExtGState", lambda pdf: pikepdf.Dictionary(SMask=pikepdf.Dictionary(S=Named.Luminosity, G=pdf.make_stream(b"1 0 0 rg", Subtype=Named.Form, **SQUARE))), "/Planted gs"), "RGB operator rg"),
    "a picture's mask": (plant_resource("/XObject", lambda pdf: pdf.make_stream(b"abcd", **DOT, ColorSpace=CMYK, SMask=pdf.make_stream(b"a", **DOT)), "/Planted Do"), "a picture with a soft mask"),
    "much ink": (plant_content("1 1 1 .2 k"), "320 % of ink"),
    "much ink in a picture": (plant_resource("/XObject", stream(b"\xff\xff\xff\xff", **DOT, ColorSpace=CMYK), "/Planted Do"), "a picture with 400 % of ink"),
    "text in four inks": (plant_content("BT .2 .2 .2 .2 k () Tj ET"), "text in four inks"),
    "a mark on the page": (plant_content("/All CS 1 SCN 100 100 m 100 200 l S"), "a mark in every ink inside the bleed"),
    "no trim": (box("/TrimBox"), "no TrimBox"),
    "no bleed": (box("/BleedBox"), "no BleedBox"),
    "another trim": (box("/TrimBox", 0, 0, 5, 0), "another trim than the first page"),
    "less bleed": (box("/BleedBox", 0, 2, 0, 0), "a bleed of other than three millimetres"),
    "a small sheet": (box("/MediaBox", 30, 0, 0, 0), "a sheet smaller than the bleed"),
    "no intent": (lambda pdf: pdf.Root.__delitem__("/OutputIntents"), "no output intent"),
    "an intent without a profile": (lambda pdf: pdf.Root.OutputIntents[0].__delitem__("/DestOutputProfile"), "the output intent has no profile of four inks"),
    "the profile of a screen": (lambda pdf: pdf.Root.OutputIntents[0].__setitem__("/DestOutputProfile", pdf.make_stream(b"0000000000000000RGB ", N=3)), "the output intent has no profile of four inks"),
    "a link": (lambda pdf: pdf.pages[0].__setitem__("/Annots", pikepdf.Array()), "leads elsewhere"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTS)
def test_what_is_not_for_a_press_is_found(whole, tmp_path, name):
    plant, found = PLANTS[name]
    with pikepdf.open(whole) as pdf:
        plant(pdf)
        pdf.save(tmp_path / "planted.pdf")
    assert any(found in fault for fault in faults(tmp_path / "planted.pdf")), faults(tmp_path / "planted.pdf")


# ---- the sheet for the printer


def test_the_sheet_says_how_it_is_made(whole):
    said = whole.with_suffix(".txt").read_text(encoding="utf-8")
    with pikepdf.open(whole) as pdf:
        assert f": {len(pdf.pages)}\n" in said
        faces = {str(item.FontName).partition("+")[2].rstrip(",") for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item}  # fmt: skip
        files = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item]
        assert all("/FontFile2" in item or "/FontFile3" in item for item in files)
    for line in (
        "210 × 285 mm",
        "Bleed 出血: 3 mm",
        "crop marks",
        "300 %",
        "Artifex CMYK SWOP Profile",
        *faces,
    ):
        assert line in said, line


def test_the_sheet_says_how_sharp_each_photograph_is(whole):
    lines = whole.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    told = {line.partition(",")[0]: line for line in lines if line.startswith("assets/")}
    assert set(told) == {"assets/wide.jpg", "assets/grey.jpg", "assets/clear.png", "assets/inks.jpg"}
    with pikepdf.open(whole) as pdf:
        width = next(width for page in pdf.pages[1:] for width in widths(page))
    dots = int(900 / (width / 72))
    assert f"900 × 600 pixels 像素, {dots} to the inch" in told["assets/grey.jpg"]
    (cover,) = [line for line in lines if "page 頁 1," in line]  # 218 mm of a picture 900 pixels wide
    assert re.search(r"218 × \d+ mm, 900 × 600 pixels 像素, 10\d to the inch 每吋: blurred, below 150", cover)


def widths(page: Any) -> Iterator[float]:
    """How wide the pictures of a page are printed, in points."""
    matrix, kept = pikepdf.Matrix(), []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                kept.append(matrix)
            case "Q":
                matrix = kept.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "Do" if page.Resources.XObject[operands[0]].get("/Filter") == "/DCTDecode":
                yield abs(matrix.a)


# ---- how it is made


def test_its_pages_are_a_multiple_and_those_of_the_book(whole):
    with pikepdf.open(whole) as pdf:
        assert len(pdf.pages) % 8 == 0
        texts = [page.Contents[1].read_bytes() for page in pdf.pages]
    empty = [number for number, text in enumerate(texts) if b"Tj" not in text and b"TJ" not in text]
    assert empty and empty == list(range(empty[0], len(texts) - 1))  # before the back cover, which is not


def test_it_has_the_folios_of_the_book(project):
    root = project(
        {"data/report.yml": REPORT + "print: {first_folio: 57, cover: false}\neditions: [print]\n"}
    )
    built(root, "--edition-lang", "en")
    kept = json.loads((root / ".cache/folios.json").read_text(encoding="utf-8"))["folios"]
    assert kept["en"] == kept["en.print"] and "57" in kept["en"].values()


@pytest.mark.parametrize(("lines", "around"), [("", 9), ("print: {marks: none}\n", 3)])
def test_the_sheet_has_room_for_marks(project, lines, around):
    with pikepdf.open(press_of(project({"data/report.yml": REPORT + lines}))) as pdf:
        for page in pdf.pages:
            assert [round(float(side) / MM, 1) for side in page.MediaBox] == [-around, -around, 210 + around, 297 + around]  # fmt: skip
            assert (b"/All CS" in page.Contents[3].read_bytes()) == (around > 3)


def test_the_same_edition_twice_is_the_same_bytes(project):
    root = project({})
    first = press_of(root).read_bytes()
    assert press_of(root).read_bytes() == first


def test_the_book_for_readers_is_the_same_beside_it(project):
    root = project({})
    name = "pdf/tiny-esg-2025.en.pdf"
    alone = (built(root, "--only", "pdf", "--edition-lang", "en") / name).read_bytes()
    beside = (built(root, "--only", "pdf,print", "--edition-lang", "en", "--jobs", "1") / name).read_bytes()
    assert beside == alone


# ---- the profile

USUAL = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")


def test_a_report_names_the_profile_of_its_printer(project):
    root = project({"data/report.yml": REPORT + "print: {profile: assets/press.icc}\n"})
    (root / "content/assets").mkdir()
    profile = USUAL.read_bytes().replace(b"Artifex CMYK SWOP Profile", b"Press of Kwun Tong, coated")[: len(USUAL.read_bytes())]  # fmt: skip
    (root / "content/assets/press.icc").write_bytes(profile)
    with pikepdf.open(press_of(root)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes() == profile
        assert "Press of Kwun Tong" in str(intent.OutputConditionIdentifier)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("assets/press.icc", None, "content/assets/press.icc is not there"),
        ("assets/press.icc", b"ink", "content/assets/press.icc cannot be used: it is no ICC profile"),
        ("assets/press.icc", ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), "it is not the profile of a press with four inks"),
        ("../press.icc", None, "../press.icc is not an ICC profile in content/assets"),
        ("assets/press.txt", None, "assets/press.txt is not an ICC profile in content/assets"),
    ],
)  # fmt: skip
def test_a_profile_that_cannot_be_used_is_refused(project, name, content, message):
    root = project({"data/report.yml": REPORT + f"print: {{profile: {name}}}\n"})
    (root / "content/assets").mkdir()
    if content is not None:
        (root / "content/assets/press.icc").write_bytes(content)
    done = here("check", "--project", root)
    assert done.returncode == 1 and "error[bad-profile]" in done.stdout and message in done.stdout


def test_a_machine_without_a_profile_says_what_to_do(project, monkeypatch):
    monkeypatch.setattr(pipeline, "USUAL_PROFILES", ())
    done = here("build", "--project", project({}), "--only", "print")
    assert done.returncode == 2 and "apt-get install libgs-common" in done.stderr


@pytest.mark.parametrize("count", ["0", "3.5", "64"])
def test_pages_are_a_multiple_of_something_that_is_folded(project, count):
    done = here(
        "check", "--project", project({"data/report.yml": REPORT + f"print: {{multiple_of: {count}}}\n"})
    )
    assert done.returncode == 1 and "error[bad-number]" in done.stdout


# ---- colours


def test_every_token_takes_little_enough_ink():
    tokens = (ROOT / "templates/styles/tokens.press.css").read_text(encoding="utf-8")
    inks = {name: [float(ink) for ink in inks.split()] for name, inks in re.findall(r"(--[\w-]+): device-cmyk\(([^)]*)\)", tokens)}  # fmt: skip
    assert len(inks) >= 50
    assert {name for name, parts in inks.items() if sum(parts) > 3} == set()
    assert {name: parts[3] for name, parts in inks.items() if name in ("--ink", "--ink-2", "--label") and any(parts[:3])} == {}  # fmt: skip


@given(st.tuples(*[st.integers(0, 255)] * 3))
@settings(max_examples=40, deadline=None)
def test_a_colour_of_a_screen_takes_three_inks_at_most(colour):
    inks = Separation(USUAL.read_bytes()).inks(*colour)
    assert sum(ink > 0 for ink in inks) <= 3 and all(0 <= ink <= 255 for ink in inks)
    if len(set(colour)) == 1:
        assert inks[:3] == (0, 0, 0) and inks[3] == 255 - colour[0]


def test_a_brand_keeps_its_colours_and_its_text_is_black(project):
    root = project({"templates/styles/tokens.css": ":root { --copper-600: #17558f; --ink: #102040 }\n"})
    colours = text_colours(press_of(root))
    blue = [colour for colour in colours if colour[0] > 0.6 and colour[2] == 0]
    assert blue and (0, 0.8, 0.95, 0.32) not in colours and colours[0, 0, 0, 1] > 10


def test_a_brand_may_say_which_inks(project):
    root = project({
        "templates/styles/tokens.css": ":root { --copper-600: #17558f }\n",
        "templates/styles/tokens.press.css": ":root { --copper-600: device-cmyk(1 .5 0 .1) }\n",
    })  # fmt: skip
    assert (1, 0.5, 0, 0.1) in text_colours(press_of(root))
