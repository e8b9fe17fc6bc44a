"""The policy of a website: what its pages may load and run, written for the common web servers.

Everything comes from the site's own host. A script that stands in a page is named by its digest, and so is a style; that is
read from the finished pages, so the policy fits whatever the templates of a project hold. Data in a page
(`application/json`) is no script.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Mapping

MOST_STYLES = 30  # style attributes that a header names one by one; servers take headers of 4 to 8 KB
_INSIDE = re.compile(
    r"<(?P<tag>script|style)\b(?P<attributes>[^>]*)>(?P<text>.*?)</(?P=tag)>|\sstyle=(?P<value>\"[^\"]*\"|'[^']*')",
    re.DOTALL,
)
_NO_SCRIPT = re.compile(r"\ssrc=|\stype=.?application/(?:ld\+)?json")


def policy(pages: Iterable[str]) -> str:
    """The Content-Security-Policy under which these pages work."""
    inside: dict[str, set[str]] = {"script": set(), "style": set(), "attribute": set()}
    for found in (match for page in pages for match in _INSIDE.finditer(page)):
        if found["value"]:
            inside["attribute"].add(html.unescape(found["value"][1:-1]))
        elif not _NO_SCRIPT.search(found["attributes"]):
            inside[found["tag"]].add(found["text"])
    attributes = _digests(inside["attribute"])
    if len(attributes) > MOST_STYLES:
        attributes = ["'unsafe-inline'"]  # of attributes alone: no style can run anything
    elif attributes:
        attributes = ["'unsafe-hashes'", *attributes]
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *_digests(inside["script"])],
        "style-src": ["'self'", *_digests(inside["style"])],
        "style-src-attr": attributes or ["'none'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "object-src": ["'self'"],  # what shows a PDF in a browser
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
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts
    )
