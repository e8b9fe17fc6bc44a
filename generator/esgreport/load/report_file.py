"""data/report.yml: who reports, for which periods, in which languages; and what is asked of the site engine."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from esgreport.codes import CODES
from esgreport.diagnostics import Place, Severity, blocking
from esgreport.languages import LANGUAGES, Text, in_han, period_in_sentence
from esgreport.load.book import read_book
from esgreport.load.project import Project
from esgreport.model import (
    EDITIONS,
    FACES_FOLDER,
    FURTHER_EDITIONS,
    HOME,
    IDENTIFIER,
    IN_TWO_LANGUAGES,
    ISSUER_CLASSES,
    PERIOD_IDENTIFIER,
    SCHEMA,
    TONES,
    Claim,
    Company,
    Name,
    Part,
    Period,
    Report,
    Ridge,
    side_by_side,
)
from esgreport.qr import MOST_CHARACTERS
from esgreport.schema import MOST_GUESSED, blank, nearest
from esgreport.source import Mapping, Node, Scalar, Sequence, exists

_REPORT_KEYS = (
    "schema", "status", "slug", "title", "tagline", "company", "languages", "prevailing_language", "period", "comparatives",
    "periods", "frameworks", "claims", "unmapped", "dates", "date_style", "decimals", "units", "laws", "parts", "brand",
    "print", "editions", "severities", "site_url",
)  # fmt: skip
_FRAMEWORK = re.compile(r"\S+\Z")
_FACE_ROLES = ("display", "text")
_FACE_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,79}\.(?:ttf|otf)", re.ASCII)
_UNIT_STYLES = ("names", "symbols")
_LAW_STYLES = ("name", "both")
_DATE_STYLES = ("digits", "han")
_ENGINE_KEYS = ("site_name", "docs_dir", "theme")


def read_report(project: Project) -> Report | None:
    name = "data/report.yml"
    if not exists(project.root, name):
        project.findings.append(
            blocking(
                "no-report",
                Place(name),
                "this folder holds no report: data/report.yml is missing",
                "go to the folder of a report, or name it with --project",
            )
        )
        return None
    node = project.yaml(name)
    if not isinstance(node, Mapping):
        if not any(finding.blocking for finding in project.findings):
            place = Place(name) if node is None else node.place
            message = "data/report.yml does not say who reports"
            help = (
                "say who reports, for which period, in which languages: company: …, period: …, languages: …"
            )
            project.findings.append(blocking("no-report", place, message, help))
        return None
    schema = _schema(project, node.get("schema"))
    if schema > SCHEMA:
        return None  # what else would be found follows from this
    languages = _languages(project, node)
    shapes = project.shapes
    shapes.languages = languages
    entries = shapes.mapping(
        node,
        "report.yml",
        _REPORT_KEYS,
        ("slug", "title", "company", "languages", "period", "periods", "parts"),
    )
    chinese = [language for language in languages if language != "en"]
    han = _in_style(project, entries.get("date_style"), "date_style", _DATE_STYLES, chinese)
    project.periods = _periods(project, entries.get("periods"), han)
    project.by_symbol = _in_style(project, entries.get("units"), "units", _UNIT_STYLES)
    status = shapes.choice(entries.get("status"), "a status", ("draft", "final"), "draft")
    slug = shapes.text(entries.get("slug"), "slug")
    if "slug" in entries and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", slug):
        shapes.refuse(
            entries["slug"].place,
            f'"{slug}" cannot be part of a file name on every machine',
            "use lower-case letters, digits and -",
            "bad-id",
        )
    brand = shapes.mapping(entries.get("brand"), "brand", ("ridge", "cover", "faces"))
    return Report(
        final=status == "final",
        slug=slug,
        title=shapes.wording(entries.get("title"), "the title"),
        tagline=shapes.wording(entries.get("tagline"), "the tagline"),
        company=_company(project, entries.get("company")),
        languages=languages,
        prevailing_language=shapes.choice(
            entries.get("prevailing_language"), "a language of this report", languages
        ),
        period=project.known_period(entries.get("period")),
        comparatives=_comparatives(project, entries),
        periods=project.periods,
        frameworks=tuple(s.text for s in shapes.items(entries.get("frameworks"), "frameworks")),
        claims=_claims(project, entries),
        unmapped={item.text: item.place for item in shapes.items(entries.get("unmapped"), "unmapped")},
        parts=_parts(project, entries.get("parts")),
        dates=_dates(project, entries.get("dates")),
        severities=_severities(project, entries.get("severities")),
        operation_decimals=_operation_decimals(project, entries.get("decimals")),
        site_url=_site_url(project, entries.get("site_url")),
        ridge=_ridge(project, brand.get("ridge")),
        book=read_book(project, entries.get("print"), brand.get("cover")),
        editions=_editions(project, entries.get("editions"), languages),
        own_faces=_faces(project, brand.get("faces")),
        han_dates=han,
        schema=schema,
        laws_in_both=_in_style(project, entries.get("laws"), "laws", _LAW_STYLES),
        place=next((key.place for key, _ in node if key.text == "frameworks"), node.place),
        title_places=tuple(
            entries[key].place if key in entries else node.place for key in ("title", "tagline")
        ),
    )


def _schema(project: Project, node: Node | None) -> int:
    """The version of the project's files; without one, the first."""
    if node is None or blank(node):
        return 1
    version = project.shapes.whole(node, "schema", 999)
    if version and version > SCHEMA:
        message = f"this report was made with a newer esgreport: its files are of version {version}, and this one reads up to {SCHEMA}"
        help = "update the tool: pip install the newest wheel; then try again"
        project.shapes.refuse(node.place, message, help, "made-with-newer")
    return version or 1


def _languages(project: Project, node: Mapping) -> tuple[str, ...]:
    shapes = project.shapes
    items = shapes.items(node.get("languages"), "languages")
    for item in items:
        if item.text not in LANGUAGES:
            shapes.refuse(
                item.place,
                f'"{item.text}" is not a language that reports can be made in',
                nearest(item.text, LANGUAGES),
                "unknown-choice",
            )
    if not items and isinstance(named := node.get("languages"), Sequence):
        shapes.refuse(
            named.place, "the report has no language", "write languages: [zh-Hant, en]", "missing-key"
        )
    known = tuple(dict.fromkeys(item.text for item in items if item.text in LANGUAGES))
    return known or ("en",)


def _editions(project: Project, node: Node | None, languages: tuple[str, ...]) -> tuple[str, ...]:
    """What a build makes: what every build does, and what the report asks for besides."""
    shapes = project.shapes
    asked = []
    for item in shapes.items(node, "editions"):
        edition = shapes.choice(item, "an edition that may be asked for", FURTHER_EDITIONS)
        if edition in IN_TWO_LANGUAGES and not side_by_side(languages):
            named = " and ".join(languages)
            shapes.refuse(
                item.place,
                f"the {edition} edition sets Chinese beside English, but the report is in {named} alone",
                "take it out, or add the other language to languages: and its pages to content/",
                "edition-impossible",
            )
        else:
            asked.append(edition)
    return (*EDITIONS, *(edition for edition in FURTHER_EDITIONS if edition in asked))


def _claims(project: Project, entries: dict[str, Node]) -> dict[str, Claim]:
    """How the report uses a framework that it names; what a framework lets it claim is known to the framework."""
    shapes = project.shapes
    named = [s.text for s in shapes.items(entries.get("frameworks"), "frameworks")]
    written = shapes.entries(entries.get("claims"), "claims", _FRAMEWORK)
    claims = shapes.known(written, named, "a framework of this report")
    return {key.text: Claim(shapes.text(value, "the claim"), value.place) for key, value in claims}


def _company(project: Project, node: Node | None) -> Company:
    keys = ("name", "short_name", "incorporation", "stock_code", "issuer_class", "contact")
    shapes, entries = project.shapes, project.shapes.mapping(node, "company", keys, ("name",))
    name = shapes.wording(entries.get("name"), "the company's name")
    return Company(
        name=name,
        short_name=shapes.wording(entries.get("short_name"), "the short name") or name,
        incorporation=shapes.wording(entries.get("incorporation"), "the place of incorporation"),
        stock_code=shapes.text(entries.get("stock_code"), "the stock code"),
        issuer_class=shapes.choice(entries.get("issuer_class"), "an issuer class", ISSUER_CLASSES),
        contact=shapes.text(entries.get("contact"), "the contact"),
        contact_place=entries["contact"].place if "contact" in entries else None,
    )


def _periods(project: Project, node: Node | None, han: Collection[str]) -> dict[str, Period]:
    """The periods; in the languages of `han` their labels have Chinese numerals."""
    periods = {}
    for key, value in project.shapes.entries(node, "periods", PERIOD_IDENTIFIER):
        entries = project.shapes.mapping(value, "a period", ("from", "to", "label"), ("from", "to"))
        start = project.shapes.day(entries.get("from"), "from")
        end = project.shapes.day(entries.get("to"), "to")
        if start is None or end is None:
            project.unread_periods.add(key.text)
            continue
        if end <= start:
            project.shapes.refuse(
                entries["to"].place,
                f"the period {key.text} ends before it begins",
                "compare from and to",
                "bad-date",
            )
        label = project.shapes.wording(entries.get("label"), f"the label of {key.text}")
        label = label or Text.of(dict.fromkeys(project.shapes.languages, key.text))
        written = {
            language: in_han(period_in_sentence(text, language)) if language in han else text
            for language, text in label.items()
        }
        periods[key.text] = Period(key.text, start, end, Text.of(written), key.place)
    return periods


def _comparatives(project: Project, entries: dict[str, Node]) -> tuple[str, ...]:
    own = entries.get("period")
    found = []
    for item in project.shapes.items(entries.get("comparatives"), "comparatives"):
        if isinstance(own, Scalar) and item.text == own.text:
            message = f'"{item.text}" is the report\'s own period, not an earlier one'
            project.shapes.refuse(item.place, message, "take it out of comparatives", "unknown-choice")
        elif project.known_period(item):
            found.append(item.text)
    return tuple(dict.fromkeys(found))


def _parts(project: Project, node: Node | None) -> tuple[Part, ...]:
    if not isinstance(node, Sequence):
        if node is not None:
            project.shapes.refuse(
                node.place, "parts should be a list", "write - title: …, then pages: [one, two]"
            )
        return ()
    if not node.items:
        project.shapes.refuse(
            node.place, "the report has no pages", "write - pages: [one, two]", "missing-key"
        )
    parts: list[Part] = []
    seen: set[str] = set()
    for item in node.items:
        entries = project.shapes.mapping(item, "a part", ("title", "pages", "tone", "lead"), ("pages",))
        pages: list[str] = []
        if isinstance(named := entries.get("pages"), Sequence) and not named.items:
            project.shapes.refuse(
                named.place, "this part has no pages", "name its pages, or delete it", "missing-key"
            )
        for page in project.shapes.items(entries.get("pages"), "pages"):
            if page.text == HOME:
                project.shapes.refuse(
                    page.place,
                    "the page home begins the website and stands in no part",
                    "take it out of pages; what is to be in the book as well needs a page of another name",
                    "bad-id",
                )
            elif not IDENTIFIER.match(page.text) or page.text == "index" or len(page.text) > MOST_GUESSED:
                project.shapes.refuse(
                    page.place,
                    f'"{page.text}" cannot be the name of a page',
                    "use lower-case letters, digits and _, beginning with a letter; index is taken",
                    "bad-id",
                )
            elif page.text in seen:
                project.shapes.refuse(
                    page.place,
                    f'the page "{page.text}" stands twice in the report',
                    "keep one",
                    "duplicate-id",
                )
            else:
                pages.append(page.text)
            seen.add(page.text)
        title = project.shapes.wording(entries.get("title"), "the part's title")
        tone = project.shapes.choice(entries.get("tone"), "a tone", TONES)
        lead = project.shapes.wording(entries.get("lead"), "what the part tells")
        parts.append(Part(title, tuple(pages), tone, lead))
    return tuple(parts)


def _dates(project: Project, node: Node | None) -> dict[str, date]:
    entries = project.shapes.mapping(node, "dates", ("approved", "published"))
    days = {key: project.shapes.day(value, key) for key, value in entries.items()}
    return {key: day for key, day in days.items() if day is not None}


def _operation_decimals(project: Project, node: Node | None) -> dict[str, int]:
    entries = project.shapes.mapping(node, "decimals", ("change", "share", "per", "progress"))
    wholes = {key: project.shapes.whole(value, f"decimals of {key}", 6) for key, value in entries.items()}
    return {key: whole for key, whole in wholes.items() if whole is not None}


def _severities(project: Project, node: Node | None) -> dict[str, str]:
    """What findings weigh that else are warnings. An error is accepted with a reason, never turned down."""
    shapes = project.shapes
    written = shapes.entries(node, "severities", re.compile(r"\S+\Z"))
    chosen = {}
    for key, value in shapes.known(written, CODES, "a code of a finding"):
        if "warning" not in CODES[key.text].weights:
            message = f"{key.text} is {'an error' if CODES[key.text].weights == ('error',) else 'blocking'}, and that cannot be changed"
            help = "put right what is found, or accept an error in data/accepted.yml with a reason"
            shapes.refuse(key.place, message, help, "unknown-choice")
            continue
        chosen[key.text] = shapes.choice(value, "a severity", tuple(map(str, Severity)))
    return {code: severity for code, severity in chosen.items() if severity}


def _in_style(
    project: Project,
    node: Node | None,
    what: str,
    styles: tuple[str, str],
    among: Collection[str] | None = None,
) -> tuple[str, ...]:
    """The languages that write something in the second of two styles: units by symbols, laws in both languages, dates in
    Chinese numerals. `among` are those that have a choice, when not all have."""
    shapes = project.shapes
    written = shapes.entries(node, what, re.compile(r"\S+\Z"))
    if among is None:
        languages = shapes.known(written, shapes.languages, "a language of this report")
    else:
        languages = shapes.known(written, among, f"a language of this report that has a {what}")
    named = [(key.text, shapes.choice(value, " or ".join(styles), styles)) for key, value in languages]
    return tuple(language for language, style in named if style == styles[1])


def _site_url(project: Project, node: Node | None) -> str:
    text = project.shapes.text(node, "site_url")
    address = re.fullmatch(r"https?://[^\s/]+(/[^\s?#]*)?", text)
    if text and node is not None and (not address or len(text) > MOST_CHARACTERS):
        project.shapes.refuse(
            node.place,
            f'"{text[:60]}" is not the address of a website',
            "write https://… as it will be published",
            "bad-link",
        )
        return ""
    return text


def _ridge(project: Project, node: Node | None) -> Ridge | None:
    if node is None:
        return None
    ridge = project.shapes.mapping(node, "ridge", ("metric", "dimension"), ("metric", "dimension"))
    return Ridge(
        project.shapes.text(ridge.get("metric"), "metric"),
        project.shapes.text(ridge.get("dimension"), "dimension"),
        node.place,
    )


def _faces(project: Project, node: Node | None) -> dict[str, tuple[Name, ...]]:
    """The files of the company's own faces, by what they are for."""
    shapes = project.shapes
    found = {}
    for role, value in shapes.mapping(node, "faces", _FACE_ROLES).items():
        names = [Name(item.text, item.place) for item in shapes.items(value, f"the faces of {role}")]
        for name in names:
            if not _FACE_FILE.fullmatch(name.text):
                message = f'"{name.text[:60]}" is not the name of a typeface file'
                help = f"put a .ttf or .otf file into {FACES_FOLDER} and write its name: letters without accents, digits, - and _"
                shapes.refuse(name.place, message, help, "bad-file-name")
        found[role] = tuple(name for name in names if _FACE_FILE.fullmatch(name.text))
    return found


def read_engine_features(project: Project) -> tuple[str, ...]:
    """The site engine's features that mkdocs.yml asks for; all its other settings are generated."""
    if not exists(project.root, "mkdocs.yml"):
        return ()
    settings = project.shapes.mapping(project.yaml("mkdocs.yml"), "mkdocs.yml", _ENGINE_KEYS)
    theme = project.shapes.mapping(settings.get("theme"), "the theme", ("name", "features"))
    project.shapes.choice(theme.get("name"), "a theme that the templates are made for", ("material",))
    features = project.shapes.items(theme.get("features"), "features")
    for feature in features:
        if feature.text.startswith("navigation.instant"):
            message = f"{feature.text} would keep readers from changing the language"
            project.shapes.refuse(feature.place, message, "delete it", "unknown-choice")
    return tuple(feature.text for feature in features)
