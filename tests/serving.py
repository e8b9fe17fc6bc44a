"""A folder as a web server would give it out."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


class _Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *words: Any, below: str, sent: Mapping[str, str], late: str, **more: Any) -> None:
        self.below, self.sent, self.late = below, sent, late
        super().__init__(*words, **more)

    def translate_path(self, path: str) -> str:
        inside = path.startswith(self.below)
        return super().translate_path("/" + path.removeprefix(self.below) if inside else "/nothing-here")

    def do_GET(self) -> None:
        if self.late and self.path.endswith(self.late):
            time.sleep(0.4)
        super().do_GET()

    def end_headers(self) -> None:
        for name, value in self.sent.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextlib.contextmanager
def served(
    folder: Path, below: str = "/", sent: Mapping[str, str] | None = None, late: str = ""
) -> Iterator[str]:
    """The address of a folder that is served at `below`, with these headers; files that end in `late` take their time."""
    handler = functools.partial(_Handler, directory=str(folder), below=below, sent=sent or {}, late=late)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{below}"
    server.shutdown()
    server.server_close()


def sent_with(site: Path) -> dict[str, str]:
    """The headers that a build wrote for its site."""
    lines = (site / "headers" / "headers.txt").read_text(encoding="utf-8").splitlines()
    return {name: value for name, _, value in (line.partition(": ") for line in lines)}
