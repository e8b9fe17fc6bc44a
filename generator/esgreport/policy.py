"""The policy of a website: what its pages may load and run, written for the common web servers.

Everything comes from the site's own host. A script that stands in a page is named by its digest, and so is a style; that is
read from the finished pages, so the policy fits whatever the templates of a project hold. Data in a page
(`application/json`) is no script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser

MOST_STYLES = 30  # style attributes that a header names one by one; servers take headers of 4 to 8 KB
_DATA = ("application/json", "application/ld+json")


def policy(pages: Iterable[str]) -> str:
    """The Content-Security-Policy under which these pages work."""
    reader = _Reader()
    for page in pages:
        reader.feed(page)
        reader.close()
        reader.reset()
    styles = _digests(reader.found["style"])
    attributes = _digests(reader.found["attribute"])
    if len(attributes) > MOST_STYLES:
        attributes = ["'unsafe-inline'"]  # of attributes alone: no style can run anything
    elif attributes:
        attributes = ["'unsafe-hashes'", *attributes]
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *_digests(reader.found["script"])],
        "style-src": ["'self'", *styles],
        "style-src-attr": attributes or ["'none'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'self'"],
    }
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def headers(pages: Iterable[str], draft: bool) -> dict[str, str]:
    """The headers of every file of a site; a draft is kept out of search engines, its PDFs and data too."""
    sent = {
        "Content-Security-Policy": policy(pages),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return sent | {"X-Robots-Tag": "noindex"} if draft else sent


def snippets(sent: Mapping[str, str]) -> dict[str, str]:
    """The headers as the common servers want them, by file name."""

    def lines(form: str) -> str:
        return "".join(form.format(name=name, value=value) + "\n" for name, value in sent.items())

    return {
        "headers.txt": lines("{name}: {value}"),
        "nginx.conf": lines('add_header {name} "{value}" always;'),
        "apache.htaccess": "<IfModule mod_headers.c>\n"
        + lines('  Header always set {name} "{value}"')
        + "</IfModule>\n",
        "Caddyfile": "header {\n" + lines('  {name} "{value}"') + "}\n",
        "_headers": "/*\n" + lines("  {name}: {value}"),
    }


def _digests(texts: Iterable[str]) -> list[str]:
    return sorted(
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in set(texts)
    )


class _Reader(HTMLParser):
    """Finds the scripts and styles that stand in pages."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, list[str]] = {"script": [], "style": [], "attribute": []}
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if "style" in own:
            self.found["attribute"].append(own["style"])
        if tag == "style" or (tag == "script" and "src" not in own and own.get("type") not in _DATA):
            self.inside = tag
            self.found[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[self.inside][-1] += data
