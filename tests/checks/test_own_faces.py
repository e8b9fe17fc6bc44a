"""A company's own faces: there, readable, and embedded only as their makers allow."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import TINY, here
from reports import face_file

OWN = "brand: {faces: {display: [Own-600.ttf]}}\n"


def with_face(project, lines: str, content: bytes = b"\x00\x01\x00\x00 not a face") -> Path:
    """The tiny report with a file for a face of its own."""
    return project(
        {"data/report.yml": TINY["data/report.yml"] + lines, "templates/faces/Own-600.ttf": content}
    )


@pytest.mark.parametrize(
    ("rights", "reason"),
    [
        (0x0002, "its maker does not let it be embedded in documents"),
        (0x0100, "its maker does not let it be cut down to the characters used"),
        (0x0204, "its maker lets only bitmaps of it be embedded"),
    ],
)
def test_a_face_that_may_not_be_embedded_stops_every_build(project, rights, reason):
    done = here("check", "--project", with_face(project, OWN, face_file(rights)))
    assert (
        done.returncode == 1 and f"error[unusable-face] Own-600.ttf cannot be used: {reason}" in done.stdout
    )


@pytest.mark.parametrize("rights", [0x0000, 0x0004, 0x0008])
def test_a_face_that_may_be_embedded_is_no_finding(project, rights):
    assert (
        "unusable-face" not in here("check", "--project", with_face(project, OWN, face_file(rights))).stdout
    )


@pytest.mark.parametrize(
    ("lines", "finding"),
    [
        (OWN.replace("Own-600", "Other"), "error[missing-face] templates/faces/Other.ttf is not there"),
        (OWN.replace("Own-600.ttf", "../a.ttf"), "error[bad-file-name]"),
        (OWN.replace("display", "headings"), "error[unknown-key]"),
        (OWN, "error[unusable-face] Own-600.ttf cannot be used: it is not a TrueType"),
    ],
)
def test_a_file_that_is_no_face_is_refused(project, lines, finding):
    done = here("check", "--project", with_face(project, lines))
    assert done.returncode == 1 and finding in done.stdout
