"""The picture that others show beside a link: the cover of each language, only where the site has an address."""

from __future__ import annotations

import io

import pytest
from bs4 import BeautifulSoup
from conftest import here, write_project
from esgreport.faces import load_faces
from esgreport.share import picture
from PIL import Image
from test_site_engine import ROOT, TEMPLATES, sample_report

TOKENS = (TEMPLATES / "styles" / "tokens.css").read_text(encoding="utf-8")
FACES = load_faces(ROOT / ".cache" / "fonts", ["zh-Hant", "en"])


def colours(png: bytes) -> dict[tuple[int, ...], int]:
    """How many pixels have each colour."""
    image = Image.open(io.BytesIO(png))
    assert (image.format, image.size, image.mode) == ("PNG", (1200, 630), "RGB")
    return {colour: count for count, colour in image.getcolors(maxcolors=1 << 24)}


@pytest.mark.parametrize("language", ["zh-Hant", "en"])
def test_mountains_in_the_colours_of_the_brand(language):
    report = sample_report(language)
    own = ":root { --tone-0-near: #123456; --lantern: var(--mine); --mine: #00ff00; }"
    found = colours(picture(report, [TOKENS, own], FACES))
    assert found[0x12, 0x34, 0x56] > 100_000
    assert found[0, 255, 0] > 300
    assert found[255, 255, 255] > 3_000, "the lettering"
    assert picture(report, [TOKENS, own], FACES) == picture(report, [TOKENS, own], FACES)
    assert picture(report, [TOKENS], FACES) != picture(report, [TOKENS, own], FACES)


def test_a_plain_cover_and_a_very_long_name():
    from dataclasses import replace

    report = replace(sample_report("en"), ridge=None, company="A very long name of a company " * 4)
    image = Image.open(io.BytesIO(picture(report, [TOKENS], FACES)))
    edge = image.crop((1160, 0, 1200, 630)).getcolors()
    assert edge and (255, 255, 255) not in {colour for _, colour in edge}, "made smaller, not cut"


def test_links_to_a_report_show_it(tmp_path, project):
    root = write_project(tmp_path / "p")
    report = root / "data" / "report.yml"
    report.write_text(
        report.read_text(encoding="utf-8") + "site_url: https://esg.tiny.example/2025/\n", encoding="utf-8"
    )
    assert here("build", "--project", root, "--only", "web").returncode == 0
    page = BeautifulSoup((root / "site/zh-Hant/a2.html").read_bytes(), "html.parser")
    shown = {meta["property"]: meta["content"] for meta in page.find_all("meta", property=True)}
    assert shown["og:image"] == "https://esg.tiny.example/2025/zh-Hant/assets/shared.png"
    assert shown["og:url"] == "https://esg.tiny.example/2025/zh-Hant/a2.html"
    assert (root / "site/zh-Hant/assets/shared.png").read_bytes()[:4] == b"\x89PNG"


def test_without_an_address_there_is_none(built_small):
    assert not list(built_small.out.rglob("shared.png"))
