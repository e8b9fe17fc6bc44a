"""A preview given out on this machine, and on no other. The only module that listens.

It gives out the files of `preview`, with a script in every page that shows findings and loads the page anew when it has
changed. Requests that name another host than this machine are refused: a page of the web cannot read a report through a
reader's browser.
"""

from __future__ import annotations

import html
import json
import mimetypes
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from esgreport.findings_writer import TO_COME, counted, record
from esgreport.interface import said, spoken
from esgreport.preview import FACES, NothingToPrint, Preview, State
from esgreport.render import Templates

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
OURS = "/-/"  # below it lies what is not the report's
PATIENCE = 15.0  # seconds after which a browser that waits for news is told that there are none
_PDF = re.compile(r"(?P<language>[A-Za-z-]+)/(?P<page>[\w-]*)\.pdf")


class PortTaken(Exception):
    """Another program listens there; the text says what to do."""


@contextmanager
def listening(preview: Preview, port: int) -> Iterator[str]:
    """The address at which the preview can be read, while the block lasts.

    Raises:
        PortTaken: another program listens at `port`.
    """
    templates = Templates(preview.root)

    class Handler(_Handler):
        shown = preview
        files = templates

    try:
        server = _Server((HOST, port), Handler)
    except OSError as reason:
        raise PortTaken(
            f"something listens at port {port} already, perhaps another preview: "
            f"end it, or choose another port, as in --port {port + 1}"
        ) from reason
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(
            sys.exc_info()[1], ConnectionError
        ):  # a reader who leaves while a page comes is no fault
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    shown: Preview
    files: Templates
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the terminal is for findings."""

    def do_GET(self) -> None:
        if self.headers.get("Host", "").rpartition(":")[0] not in NAMES:
            self._say(HTTPStatus.FORBIDDEN, "This preview is for this machine only.")
            return
        path = unquote(urlsplit(self.path).path)
        if path == f"{OURS}news":
            self._news()
        elif path.startswith(FACES):
            self._file(self.shown.face(path.removeprefix(FACES)), lasting=True)
        elif path in (f"{OURS}preview.js", f"{OURS}preview.css"):
            self._file(self.files.file(f"preview/{path.removeprefix(OURS)}"))
        elif path.startswith(OURS):
            self._pdf(path.removeprefix(OURS))
        else:
            self._page(path)

    do_HEAD = do_GET

    def _page(self, path: str) -> None:
        file = self.shown.file(path.lstrip("/"))
        if file is None:
            waiting = not self.shown.languages
            self._say(
                HTTPStatus.OK if waiting else HTTPStatus.NOT_FOUND,
                "The report cannot be shown yet." if waiting else "There is no such page in this report.",
            )
            return
        name = file.relative_to(self.shown.site.resolve()).as_posix()
        if file.suffix != ".html":
            self._file(file)
            return
        language = name.partition("/")[0] if "/" in name else ""
        if language:
            self.shown.looks_at(language)
        text = file.read_text(encoding="utf-8").replace("</body>", f"{self._script(name)}</body>", 1)
        self._send(HTTPStatus.OK, "text/html; charset=utf-8", text.encode())

    def _script(self, name: str) -> str:
        number = self.shown.state.number
        return (
            f'<script src="{OURS}preview.js" data-page="{html.escape(name)}" data-number="{number}" '
            f'data-ui="{spoken()}"></script>'
        )

    def _say(self, status: HTTPStatus, sentence: str) -> None:
        """A page of one sentence, below which findings appear."""
        sentence = said(sentence)
        page = f'<!doctype html><html lang="{spoken()}"><meta charset="utf-8"><title>{sentence}</title>'
        page += f'<body style="font:1.1rem/1.6 system-ui,sans-serif;margin:3rem"><p>{sentence}</p>{self._script("")}</body></html>'
        self._send(status, "text/html; charset=utf-8", page.encode())

    def _pdf(self, name: str) -> None:
        match = _PDF.fullmatch(name)
        if not match:
            self._say(HTTPStatus.NOT_FOUND, "There is no such page in this report.")
            return
        try:
            language, page = match["language"], match["page"]
            content = self.shown.chapter(language, page) if page != "book" else self.shown.book(language)
        except NothingToPrint as reason:
            sentence = said(str(reason))
            self._say(HTTPStatus.NOT_FOUND, f"{sentence[0].upper()}{sentence[1:]}{said('.')}")
            return
        self._send(HTTPStatus.OK, "application/pdf", content)

    def _news(self) -> None:
        """States as they come, for as long as the browser listens."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        known = -1
        while True:
            state = self.shown.news(known, PATIENCE)
            news = ":\n\n" if state.number == known else f"data: {_told(state, self.shown)}\n\n"
            known = state.number
            self.wfile.write(news.encode())
            self.wfile.flush()

    def _file(self, path: Path | None, lasting: bool = False) -> None:
        if path is None or not path.is_file():
            self._say(HTTPStatus.NOT_FOUND, "There is no such file in this report.")
            return
        type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if type.startswith("text/") or type.endswith(("javascript", "json")):
            type += "; charset=utf-8"
        self._send(HTTPStatus.OK, type, path.read_bytes(), lasting)

    def _send(self, status: HTTPStatus, type: str, content: bytes, lasting: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=86400" if lasting else "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


def _told(state: State, preview: Preview) -> str:
    """A state as the page's script takes it: no absolute path, one line."""
    wrong = [finding for finding in state.findings if finding.code not in TO_COME]
    return json.dumps(
        {
            "number": state.number,
            "stopped": state.stopped,
            "checked": state.checked,
            "summary": counted(wrong) | {"open": len(state.findings) - len(wrong)},
            "findings": [
                record(finding) | {"place": str(finding.place), "open": finding.code in TO_COME}
                for finding in state.findings
            ],
            "pages": state.pages,
            "beside": state.beside,
            "languages": preview.languages,
        },
        ensure_ascii=False,
    )
