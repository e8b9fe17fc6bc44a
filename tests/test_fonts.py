"""`esgreport fonts`: where the launcher is not used, the tool fetches its faces itself, by the launcher's code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run
from esgreport import cli, faces
from test_launcher import FACE, LICENCE, NPM, sha256, tarball


@pytest.fixture
def fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's faces, on a machine whose npm brings one package with two faces and their licence."""
    files = {"face.ttf": FACE, "simplified.ttf": b"the outlines of another", "OFL": LICENCE}
    (tmp_path / "package.tgz").write_bytes(tarball(files))
    package = {"package": "@faces/face", "version": "1.0.0"}
    rows = [
        {"file": f"{name}.listed", "path": name, "sha256": sha256(content), **package}
        for name, content in files.items()
    ]
    rows[1]["language"] = "zh-Hans"
    table = tmp_path / "faces.json"
    table.write_text(json.dumps({"about": "Faces of a test.", "faces": rows[:2], "licences": rows[2:]}))
    npm = tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(NPM)
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{npm.parent}:/usr/bin:/bin")
    monkeypatch.setenv("PACKAGE", str(tmp_path / "package.tgz"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(cli, "FACES_LIST", table)
    monkeypatch.setattr(faces, "__file__", str(tmp_path / "lib" / "python3" / "site-packages" / "faces.py"))
    return tmp_path / "home" / "esgreport" / "fonts"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_faces_are_fetched_once_for_all_reports_of_a_user(fonts: Path, run: Run, tmp_path: Path) -> None:
    code, out, err = run("fonts", "--project", tmp_path)
    assert (code, out) == (0, f"The typefaces are in {fonts}.\n"), err
    assert err == "fetching 2 files of @faces/face@1.0.0\n"
    assert names(fonts) == ["OFL.listed", "face.ttf.listed", "faces.json"]
    assert faces.faces_folder(tmp_path / "another report") == fonts
    (tmp_path / "package.tgz").unlink()
    assert run("fonts", "--project", tmp_path) == (0, out, "")


def test_a_report_in_simplified_chinese_has_its_faces_fetched(fonts: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "report.yml").write_text("languages: [zh-Hans]\n")
    assert run("fonts", "--project", tmp_path)[0] == 0
    assert "simplified.ttf.listed" in names(fonts)


def test_another_face_is_not_kept(fonts: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "package.tgz").write_bytes(tarball({"face.ttf": b"a stranger's", "OFL": LICENCE}))
    code, _, err = run("fonts", "--project", tmp_path)
    assert code == 2 and "face.ttf of @faces/face@1.0.0 is not the file that faces.json lists" in err
    assert "face.ttf.listed" not in names(fonts)


def test_without_a_registry_it_says_so(fonts: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "package.tgz").unlink()
    code, _, err = run("fonts", "--project", tmp_path)
    assert code == 2
    assert err.endswith(
        "npm could not fetch @faces/face@1.0.0; the lines above say why. Is this machine on the internet?\n"
    )
