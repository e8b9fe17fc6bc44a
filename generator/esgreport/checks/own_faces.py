"""missing-face, unusable-face: a face of the company's own is there, is one, and may be embedded.

Why: a face is a licensed work. One whose maker forbids it in documents must not get into a PDF that anyone may take it
from, and one that cannot be read would leave the report in another face than the company asked for.

    wrong   faces: {text: [faces/office-trial.ttf]}     its embedding rights are restricted
    right   faces: {text: [faces/office-400.ttf]}       a licence for documents and websites
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, blocking
from esgreport.faces import Unusable, own_face
from esgreport.model import FACES_FOLDER
from esgreport.source import inside
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    folder = root / FACES_FOLDER
    for role, names in edition.report.own_faces.items():
        for name in names:
            path = folder / name.text
            if not inside(root, path) or not path.is_file():
                help = f"put the file into {FACES_FOLDER}, and write its name as it is"
                yield blocking("missing-face", name.place, f"{FACES_FOLDER}/{name.text} is not there", help)
                continue
            try:
                own_face(path, role)
            except Unusable as reason:
                help = (
                    "ask its maker for a licence to embed it, or for a plain TrueType file; or leave it out"
                )
                yield blocking("unusable-face", name.place, f"{name.text} cannot be used: {reason}", help)
