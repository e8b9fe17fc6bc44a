"""Figures and content index as data files: JSON and CSV with a fixed shape, and workbooks to read.

What stands here agrees with what is printed: `printed` is the very text that the pages hold. Evidence and
owners of figures never leave the project.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from esgreport import proof_writer
from esgreport.framework import worded_in
from esgreport.index import IndexRow
from esgreport.languages import QUALIFIERS, Text, words
from esgreport.model import Figure, Kind, Report, Target
from esgreport.proof import Proof
from esgreport.views import ChartView, IndexView, LocationView
from esgreport.words_of_figures import number_alone, plain_number
from esgreport.workbook import Cell, workbook

WORK = ("owners", "expected", "verify", "files")


def report_record(report: Report) -> dict[str, Any]:
    """Who reports, for when, in which languages."""
    period = report.periods[report.period]
    return {
        "company": dict(report.company.name),
        "stock_code": report.company.stock_code,
        "title": dict(report.title),
        "status": "final" if report.final else "draft",
        "languages": list(report.languages),
        "period": {
            "id": period.id,
            "from": period.start.isoformat(),
            "to": period.end.isoformat(),
            "label": dict(period.label),
        },
        "frameworks": list(report.frameworks),
    }


def figure_record(report: Report, figure: Figure) -> dict[str, Any]:
    """One figure; the keys are a contract."""
    subject = report.subject(figure.id)
    answers = not figure.id.operation or isinstance(subject, Target)
    return {
        "id": str(figure.id),
        "metric": subject.id,
        "name": dict(subject.name),
        "answers": [str(answer) for answer in subject.answers] if answers else [],
        "period": figure.id.period,
        "members": dict(figure.id.members),
        "kind": figure.kind.value,
        "value": figure.plain,
        "qualifier": figure.qualifier or None,
        "unit": figure.unit.code,
        "decimals": figure.number.decimals if figure.derived and figure.number else figure.decimals,
        "status": figure.status.value,
        "former": str(figure.former) if figure.former else None,
        "boundary": dict(report.said(figure, "boundary")),
        "method": dict(report.said(figure, "method")),
        "note": dict(report.said(figure, "note")),
        "printed": {language: "".join(number_alone(figure, language)) for language in report.languages},
        "derived": figure.derived,
        "formula": figure.formula or None,
        "inputs": [str(id) for id in figure.inputs],
        "factors": list(dict.fromkeys(use.factor for use in figure.factors)),
        "place": str(figure.place),
    }


def figures_json(report: Report, records: Sequence[Mapping[str, Any]]) -> str:
    """All figures as JSON."""
    return _json({"report": report_record(report), "figures": records})


def figures_csv(report: Report, records: Iterable[Mapping[str, Any]]) -> str:
    """All figures as a table for spreadsheets: one figure a line, names in every language."""
    names = [f"name_{language}" for language in report.languages]
    notes = [f"note_{language}" for language in report.languages]
    keys = [
        "id", *names, "period", "members", "kind", "value", "qualifier", "unit", "decimals", "status", "former",
        "derived", "formula", "answers", *notes, "place",
    ]  # fmt: skip
    rows = []
    for record in records:
        row = {key: record[key] for key in keys if key in record}
        row["members"] = ",".join(f"{d}={m}" for d, m in record["members"].items())
        row["answers"] = " ".join(record["answers"])
        row["derived"] = "true" if record["derived"] else "false"
        for language in report.languages:
            row[f"name_{language}"] = record["name"].get(language, "")
            row[f"note_{language}"] = record["note"].get(language, "")
        rows.append(row)
    return _csv(keys, rows)


def index_record(
    report: Report,
    framework: str,
    rows: Iterable[IndexRow],
    titles: Mapping[tuple[str, str, str], str],
    folios: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    """A content index; `titles` by (language, page, section), `folios` by language and print anchor.

    Places in a language without titles are left out: this build has no edition in it.
    """
    made = {language for language, _, _ in titles}
    listed = []
    for row in rows:
        requirement = row.requirement
        locations = []
        for language, places in row.locations.items():
            for place in places if language in made else ():
                anchor = f"{place.page}/{place.section}" if place.section else place.page
                pages = folios.get(language, {})
                locations.append({
                    "lang": language,
                    "title": titles[language, place.page, place.section],
                    "url": f"{language}/{place.page}.html" + (f"#{place.section}" if place.section else ""),
                    "page": pages.get(anchor),
                    "last_page": pages.get(f"{anchor}/end", pages.get(anchor)),
                })  # fmt: skip
        listed.append({
            "id": requirement.id,
            "code": _plain(worded_in(requirement.code, "en")),
            "parent": requirement.parent or None,
            "level": requirement.level,
            "label": _worded(requirement.label, report.languages),
            "status": row.status,
            "lacks": list(row.lacks),
            "reason": dict(row.reason),
            "locations": locations,
        })  # fmt: skip
    return {"framework": framework, "rows": listed}


def index_json(record: Mapping[str, Any]) -> str:
    """A content index as JSON."""
    return _json(record)


def index_csv(report: Report, record: Mapping[str, Any]) -> str:
    """A content index as a table: one requirement a line. Without a PDF a language has no column of pages."""
    columns, rows = _index_table(report, [record])
    return _csv(columns[1:], rows)


def work_csv(report: Report, records: Sequence[Mapping[str, Any]]) -> str:
    """Content indexes or work lists as one table, with the framework of each line."""
    return _csv(*_index_table(report, records))


def work_workbook(report: Report, records: Sequence[Mapping[str, Any]]) -> bytes:
    """Content indexes or work lists as one sheet, with the framework of each line; lists a line each."""
    columns, rows = _index_table(report, records)
    head = [(column, _WIDTHS.get(column.partition("_")[0], 18)) for column in columns]
    return workbook("index", head, ([_listed(row.get(key), "\n") for key in columns] for row in rows))


_WIDTHS = {"label": 44, "lacks": 50, "expected": 50, "verify": 24, "reason": 44, "sections": 32, "urls": 40}


def _index_table(
    report: Report, records: Sequence[Mapping[str, Any]]
) -> tuple[list[str], list[dict[str, Any]]]:
    """The columns of content indexes, and a row for each requirement; a work list has three columns more."""
    entries = [(record["framework"], entry) for record in records for entry in record["rows"]]
    paged = {place["lang"] for _, entry in entries for place in entry["locations"] if place["page"]}
    work = [key for key in WORK if any(key in entry for _, entry in entries)]
    columns = [
        "framework",
        "id",
        "code",
        *(f"label_{language}" for language in report.languages),
        "level",
        "status",
    ]
    columns += ["lacks", *work, *(f"reason_{language}" for language in report.languages)]
    for language in report.languages:
        columns += [f"sections_{language}", *([f"urls_{language}"] if work else [])]
        columns += [f"pages_{language}"] if language in paged else []
    rows = []
    for framework, entry in entries:
        row = {key: entry[key] for key in ("id", "code", "level", "status", "lacks", *work)}
        row["framework"] = framework
        for language in report.languages:
            places = [place for place in entry["locations"] if place["lang"] == language]
            row[f"label_{language}"] = entry["label"].get(language, "")
            row[f"reason_{language}"] = entry["reason"].get(language, "")
            row[f"sections_{language}"] = [place["title"] for place in places]
            row[f"urls_{language}"] = [place["url"] for place in places]
            row[f"pages_{language}"] = [place["page"] or "" for place in places]
        rows.append(row)
    return columns, rows


def _listed(value: object, between: str) -> str:
    return between.join(value) if isinstance(value, list) else "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to read, in one language's words: its title, its columns with their widths in characters, its rows."""

    title: str
    head: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Cell]]

    def workbook(self) -> bytes:
        """For spreadsheet programs."""
        return workbook(self.title, self.head, self.rows)

    def csv(self) -> str:
        """As text, for whatever reads that."""
        names = [name for name, _ in self.head]
        return _csv(names, (dict(zip(names, map(str, row), strict=True)) for row in self.rows))


_SAID = ("boundary", "method", "note")


def figures_sheet(
    report: Report, figures: Sequence[Figure], names: Mapping[str, tuple[str, str]], language: str
) -> Sheet:
    """All figures in one language's words; `names` are names and periods by figure id."""
    own = words(language)
    head = [
        (own["chart_column_name"], 52), (own["chart_column_unit"], 20), (own["chart_column_period"], 12),
        (own["chart_column_value"], 18), (own["sheet_qualifier"], 12), (own["sheet_status"], 12), (own["sheet_former"], 18),
        (own["index_reason"], 32),
        *((own[f"answer_{key}"], 44) for key in _SAID), (own["sheet_answers"], 16), (own["sheet_formula"], 32),
        (own["chart_column_figure"], 44),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for figure in figures:
        number = figure.number if figure.kind == Kind.VALUE else None
        around = QUALIFIERS[figure.qualifier][language] if figure.qualifier else ()
        subject = report.subject(figure.id)
        answers = subject.answers if not figure.id.operation or isinstance(subject, Target) else ()
        name, period = names[str(figure.id)]
        rows.append([
            name,
            figure.unit.name(language),
            period,
            number or plain_number(figure, language),
            "…".join(part.strip() for part in around if part.strip()) if number else "",
            own.get(f"{figure.status}_meaning", ""),
            figure.former or "",
            figure.reason.get(language, ""),
            *(report.said(figure, key).get(language, "") for key in _SAID),
            " ".join(map(str, answers)),
            figure.formula or "",
            str(figure.id),
        ])  # fmt: skip
    return Sheet(own["sheet_figures"], head, rows)


def index_sheet(view: IndexView, words: Mapping[str, str], folios: Mapping[str, str]) -> Sheet:
    """A content index in one language's words. Without a PDF it has no column of pages."""
    columns = {"code": 14, "requirement": 60, "level": 20, "status": 20, "reason": 50, "section": 40}
    head = [(words[f"index_{column}"], width) for column, width in columns.items()]
    head += [(words["index_page"], 12)] if folios else []
    rows = []
    for row in view.rows:
        if row.status:
            sections = "\n".join(location.title for location in row.locations)
            pages = "\n".join(_pages(location, folios) for location in row.locations)
            cells = [_plain(row.code), row.label, row.level, row.status.word, row.reason, sections]
            rows.append([*cells, pages] if folios else cells)
    return Sheet(view.title, head, rows)


def _pages(location: LocationView, folios: Mapping[str, str]) -> str:
    """The page that a section begins on, and the one that it ends on where that is another."""
    first = folios.get(location.anchor, "")
    return "–".join(dict.fromkeys([first, folios.get(location.end, first)]))


def _plain(code: str) -> str:
    """A code as somebody types it who looks for it: the space that holds it together on a page is a plain one."""
    return code.replace("\u00a0", " ")


def chart_csv(view: ChartView, words: Mapping[str, str]) -> str:
    """The figures that a chart draws, one a line, in one language's words."""
    columns = [words[f"chart_column_{key}"] for key in ("name", "period", "value", "unit", "figure")]
    lines = ([datum.name, datum.period, datum.value, datum.unit, datum.figure] for datum in view.data)
    return _csv(columns, (dict(zip(columns, line, strict=True)) for line in lines))


def proof_csv(proof: Proof, names: Mapping[str, str]) -> str:
    """What calling figures came to, one number a line; `names` are those of figures by id."""
    return _csv([*proof_writer.COLUMNS], proof_writer.records(proof, names))


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula; a number stays one."""
    return f"'{text}" if re.match(r"[=+@＝＋＠\t\r\n]|[-－](?![\d.]+$)", text) else text


# ---- the package


PACKAGE = "datapackage.json"
_TYPES = {"decimals": "integer", "derived": "boolean", "former": "number", "value": "number"}
_MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def data_package(
    report: Report,
    records: Sequence[Mapping[str, Any]],
    files: Mapping[str, bytes],
    title: str,
    licence: str = "",
) -> str:
    """What the files of an export are, as a Frictionless data package: the tables for programs with columns, types and keys,
    every other file with its size and digest.

    Args:
        records: of the figures.
        files: by name.
        licence: the name of the licence under which the data may be used; none is claimed without one.
    """
    record: dict[str, Any] = {
        "profile": "data-package",
        "name": re.sub(r"[^a-z0-9._-]", "-", report.slug.lower()),
        "title": title,
        **({"licenses": [{"name": licence}]} if licence else {}),
        "report": report_record(report),
        "resources": [_resource(report, records, name, files[name]) for name in sorted(files)],
    }
    return _json(record)


def _resource(
    report: Report, records: Sequence[Mapping[str, Any]], name: str, content: bytes
) -> dict[str, Any]:
    stem, _, suffix = name.rpartition(".")
    resource: dict[str, Any] = {
        "name": name.lower().replace(".", "-"),
        "path": name,
        "format": suffix,
        "mediatype": _MEDIA_TYPES[suffix],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    in_one_language = stem.rpartition(".")[2] in report.languages
    if suffix != "csv" or in_one_language:
        return resource | {"type": "file"}
    columns = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    figures = stem == "figures"
    fields = [_field(report, records if figures else (), column) for column in columns]
    return resource | {
        "type": "table",
        "profile": "tabular-data-resource",
        "encoding": "utf-8-sig",
        "description": _in_all(report, "figures" if figures else "index"),
        "schema": {"fields": fields, "primaryKey": ["id"], "missingValues": [""]},
    }


def _field(report: Report, records: Sequence[Mapping[str, Any]], column: str) -> dict[str, Any]:
    """A column: its type and what it is, in all languages of the report; of codes, what each means."""
    key = column.partition("_")[0]
    field: dict[str, Any] = {
        "name": column,
        "type": _TYPES.get(column, "string"),
        "description": _in_all(report, key),
    }
    if any(record["kind"] == Kind.RANGE for record in records) and column == "value":
        field["type"] = "string"  # a range is two numbers
    if column == "id":
        field["constraints"] = {"required": True, "unique": True}
    if column in ("kind", "unit", "period") and records:
        used = sorted({record[column] for record in records})
        field["constraints"] = {"required": True, "enum": used}
        if column != "kind":
            field["categories"] = [{"value": each, "label": _meaning(report, column, each)} for each in used]
    return field


def _meaning(report: Report, column: str, code: str) -> str:
    """A period or a unit in words, in all languages of the report."""
    if column == "period":
        period = report.periods[code]
        said = [period.label.get(language, code) for language in report.languages]
        return f"{' / '.join(dict.fromkeys(said))} ({period.start} – {period.end})"
    unit = report.units.find(code)
    return " / ".join(dict.fromkeys(unit.name(language) if unit else code for language in report.languages))


def _in_all(report: Report, key: str) -> str:
    """What a table or a column is, in all languages of the report."""
    said = []
    for language in report.languages:
        own_words = words(language)
        said.append(own_words[f"is_{key}"])
    return " / ".join(dict.fromkeys(said))


def _worded(text: Text, languages: Iterable[str]) -> dict[str, str]:
    return {language: worded_in(text, language) for language in languages}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _csv(columns: list[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Comma-separated text that begins with a byte order mark: without it Excel garbles Chinese. No cell is a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_harmless(_listed(row.get(column), "; ")) for column in columns] for row in rows)
    return "\ufeff" + stream.getvalue()
