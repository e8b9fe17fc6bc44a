"""This repository's own report under other rules: nothing is changed but its `report.yml` and the years in it."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from conftest import ROOT

CODE, GUIDE = "hkex-esg-code-2025", "hkex-esg-guide-2020"


@dataclass(frozen=True)
class Variant:
    """A class of issuer, a framework, and how many years later the report's days are; periods keep their ids."""

    issuer_class: str
    framework: str
    years: int

    def project(self, root: Path) -> Path:
        """A copy of the report at `root`, so that only `report.yml` differs."""
        for folder in ("data", "content"):
            shutil.copytree(ROOT / folder, root / folder)
        shutil.copy(ROOT / "mkdocs.yml", root)
        path = root / "data" / "report.yml"
        text = path.read_text(encoding="utf-8")
        text = text.replace("status: final", "status: draft")  # what other rules ask for is open, and told
        text = text.replace("issuer_class: main-board", f"issuer_class: {self.issuer_class}")
        text = text.replace(f"frameworks: [{CODE}]", f"frameworks: [{self.framework}]")
        days = re.compile(r"\b(20\d\d)(?=-\d\d-\d\d)")
        text = days.sub(lambda year: str(int(year[1]) + self.years), text)
        path.write_text(text, encoding="utf-8")
        (root / ".cache").mkdir()
        for name in ("fonts", "web-faces-of-tests"):
            (root / ".cache" / name).symlink_to(ROOT / ".cache" / name)
        return root


VARIANTS = {
    "gem-2025": Variant("gem", CODE, 0),
    "largecap-2026": Variant("largecap", CODE, 1),
    "guide-2023": Variant("main-board", GUIDE, -2),
}
