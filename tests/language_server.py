"""The YAML language server that editors run, spoken to as they do: JSON-RPC over its standard input and output."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import threading
from collections import defaultdict
from pathlib import Path
from typing import Any

from conftest import ROOT

LISTED = Path(__file__).parent / "yaml-language-server"  # which packages, with their hashes
PATIENCE = 60.0


def installed(folder: Path = ROOT / ".cache" / "test-tools" / "yaml-language-server") -> list[str] | None:
    """The command that runs it, brought from npm if it is not there; None where the machine has no Node."""
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    lock = LISTED / "package-lock.json"
    kept = folder / "node_modules" / "fetched-by.json"
    if not kept.is_file() or kept.read_bytes() != lock.read_bytes():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(LISTED / name, folder / name)
        settings = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(["npm", "ci", *settings], cwd=folder, check=True, capture_output=True)
        shutil.copyfile(lock, kept)
    server = folder / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    return ["node", str(server), "--stdio"]


class LanguageServer:
    """One server for one folder, with the settings of its `.vscode`."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.folder = folder
        settings = json.loads((folder / ".vscode" / "settings.json").read_text(encoding="utf-8"))
        # What the extension does with the settings: the schemas' paths are those of the folder.
        schemas = {(folder / name).as_uri(): files for name, files in settings["yaml.schemas"].items()}
        self.settings = {"yaml": {"schemas": schemas, "validate": True, "hover": True, "completion": True}}
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        self.numbers = itertools.count(1)
        self.answers: dict[int, Any] = {}
        self.diagnostics: dict[str, list[list[dict[str, Any]]]] = defaultdict(list)
        self.heard = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()
        root = folder.as_uri()
        self.ask(
            "initialize",
            processId=None,
            rootUri=root,
            capabilities={
                "workspace": {"configuration": True, "workspaceFolders": True},
                "textDocument": {
                    "completion": {"completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}},
                    "hover": {"contentFormat": ["markdown"]},
                },
            },
            workspaceFolders=[{"uri": root, "name": folder.name}],
        )  # fmt: skip
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings=self.settings)

    def open(self, name: str, text: str) -> None:
        """Open a file with this text."""
        version = next(self.numbers)  # what the server knows of a version it does not read anew
        document = {"uri": self._address(name), "languageId": "yaml", "version": version, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)

    def found(self, name: str, part: str) -> list[dict[str, Any]]:
        """What the server finds in an open file, when it has found something that is told with these words."""
        published = self.diagnostics[self._address(name)]
        with self.heard:
            if not self.heard.wait_for(
                lambda: bool(published) and any(part in each["message"] for each in published[-1]), PATIENCE
            ):
                raise AssertionError(f"{name}: nobody said {part!r}, but {published}")
            return published[-1]

    def close(self, name: str) -> None:
        self.tell("textDocument/didClose", textDocument={"uri": self._address(name)})

    def _address(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def at(self, method: str, name: str, line: int, character: int) -> Any:
        """What the server says of a place; lines and characters count from 0."""
        place = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", textDocument={"uri": self._address(name)}, position=place)

    # ---- the line

    def ask(self, method: str, **parameters: Any) -> Any:
        number = next(self.numbers)
        self._send({"id": number, "method": method, "params": parameters})
        with self.heard:
            assert self.heard.wait_for(lambda: number in self.answers, PATIENCE), method
            return self.answers.pop(number)

    def tell(self, method: str, **parameters: Any) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self.process.stdin.flush()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            self._take(json.loads(stream.read(length)))

    def _take(self, message: dict[str, Any]) -> None:
        if "method" in message and "id" in message:  # the server asks
            asked = (
                message["params"].get("items", ()) if message["method"] == "workspace/configuration" else ()
            )
            result = [self.settings.get(item.get("section", ""), None) for item in asked] or None
            self._send({"id": message["id"], "result": result})
            return
        with self.heard:
            if "method" not in message:
                self.answers[message["id"]] = message.get("result")
            elif message["method"] == "textDocument/publishDiagnostics":
                self.diagnostics[message["params"]["uri"]].append(message["params"]["diagnostics"])
            self.heard.notify_all()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
