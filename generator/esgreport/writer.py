"""Figures, pages and the index become views, once per language: the only place where numbers become words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from html import escape, unescape

from esgreport.amounts import round_half_up
from esgreport.calls import EntryReference, FigureReference, resolve_call
from esgreport.diagnostics import display_width
from esgreport.framework import worded_in
from esgreport.index import STATUSES, IndexRow, Location
from esgreport.languages import LANGUAGE_NAMES, LANGUAGES, grouped, joined, worded_date, words
from esgreport.model import (
    TONES,
    Answer,
    Call,
    Figure,
    FigureId,
    Heading,
    IndexBlock,
    Metric,
    Page,
    Prose,
    Status,
    TableBlock,
)
from esgreport.narrative import SLOT
from esgreport.tables import Column, Row, resolve_table
from esgreport.units import find_unit
from esgreport.views import (
    CellView,
    ColumnView,
    Edition,
    FigureView,
    HeadingView,
    IndexRowView,
    IndexView,
    LanguageView,
    LocationView,
    PageView,
    PartView,
    Piece,
    ProseView,
    ReportView,
    RidgeView,
    RowView,
    SectionEndView,
    StatusView,
    TableView,
)
from esgreport.words_of_figures import worded_figure

MOST_OPENER_LEAD = 420  # cells of a terminal: 210 Han or 420 Latin characters, seven lines on an opener


class _Writer:
    """Words one edition of one language; figures are numbered in reading order."""

    def __init__(self, edition: Edition, language: str) -> None:
        self.edition, self.report, self.figures = edition, edition.report, edition.figures
        self.language = language
        self.words = words(language)
        self.printed: Counter[FigureId] = Counter()
        self.tables: Counter[str] = Counter()

    def label(self, period: str) -> str:
        return worded_in(self.report.periods[period].label, self.language)

    def view(self, figure: Figure, reference: FigureReference) -> FigureView:
        """The figure where it stands now: each printing gets the next number."""
        self.printed[figure.id] += 1
        worded = worded_figure(figure, self.language, reference.unit, reference.scale, reference.show)
        return FigureView(
            figure=str(figure.id),
            anchor=f"{figure.id}/{self.printed[figure.id]}",
            whole=worded.whole,
            fraction=worded.fraction,
            before=worded.before,
            after=worded.after,
            unit=reference.unit,
            scale=reference.scale,
            magnitude=reference.show == "magnitude",
            mark=self.words[figure.status] if figure.status != Status.REPORTED else "",
            kind=figure.kind.value,
        )

    # ---- prose

    def call(self, call: Call) -> str | FigureView:
        reference, _ = resolve_call(self.report, call)
        if isinstance(reference, EntryReference):
            return escape(worded_in(self.report.entries[reference.entry].name, self.language))
        if reference is None:
            return escape(self.words["to_come"])
        if reference.show == "name":
            return escape(worded_in(self.report.metrics[reference.figure.metric].name, self.language))
        if reference.show == "unit":
            return escape(
                (find_unit(reference.unit) or self.figures.unit(reference.figure)).name(self.language)
            )
        figure = self.figures.figure(reference.figure)
        return self.view(figure, reference) if figure else escape(self.words["to_come"])

    def prose(self, prose: Prose) -> ProseView:
        pieces = SLOT.split(prose.html)
        parts = [self.call(prose.calls[int(piece)]) if n % 2 else piece for n, piece in enumerate(pieces)]
        return ProseView(tuple(part for part in parts if part))

    def plain(self, prose: Prose) -> str:
        """The text of a heading without markup, for contents and links; numbers no figure."""
        counted = self.printed.copy()
        view = self.prose(prose)
        self.printed = counted
        texts = (
            part if isinstance(part, str) else part.before + part.whole + part.fraction + part.after
            for part in view.parts
        )
        return unescape(re.sub(r"<[^>]*>", "", "".join(texts))).strip()

    # ---- tables

    def table(self, block: TableBlock, page: Page, number: int) -> TableView:
        grid, _ = resolve_table(self.report, block)
        columns = tuple(self.column(column) for column in grid.columns)
        units = {
            self.figures.unit(id).name(self.language)
            for row in grid.rows
            for id in row.figures
            if id and not id.operation
        }
        shows_unit = any(column.kind == "unit" for column in grid.columns)
        common = next(iter(units)) if len(units) == 1 and not shows_unit else ""
        notes: list[tuple[str, str]] = []
        rows = tuple(self.row(row, grid.columns, columns, notes, shows_unit, common) for row in grid.rows)
        shown = [
            figure for row in grid.rows for id in row.figures if id and (figure := self.figures.figure(id))
        ]
        dimension = self.report.dimensions.get(block.members[0].text) if len(block.members) == 1 else None
        label = f"{page.code}-{number}" if page.code else self.next_number()
        if self.misses_total(grid.rows):
            notes.append(("", self.words["rounding_note"]))
        return TableView(
            anchor=f"table-{number}",
            label=f"{self.words['table']} {label}" if self.language == "en" else self.words["table"] + label,
            caption=block.caption,
            corner=worded_in(dimension.name, self.language) if dimension else self.words["indicator"],
            columns=columns,
            rows=rows,
            unit=common,
            notes=tuple(notes),
            legend=self.legend(shown),
        )

    def next_number(self) -> str:
        self.tables[""] += 1
        return str(self.tables[""])

    def column(self, column: Column) -> ColumnView:
        if column.kind == "period":
            return ColumnView(self.label(column.period), "period", column.period == self.report.period)
        text = self.words["intensity" if column.kind == "per" else column.kind]
        return ColumnView(text, column.kind)

    def row(
        self,
        row: Row,
        kinds: tuple[Column, ...],
        columns: tuple[ColumnView, ...],
        notes: list[tuple[str, str]],
        shows_unit: bool,
        common: str,
    ) -> RowView:
        """A row; it names its unit itself unless a column does, or the unit is common to the table."""
        metric = self.report.metrics[row.metric]
        name = self.row_name(row, metric)
        if row.kind == "group":
            return RowView("group", name)
        operation = f"per.{row.denominator}" if row.denominator else ""
        unit = self.figures.unit(FigureId(metric.id, self.report.period, (), operation)).name(self.language)
        if unit and not shows_unit and unit != common:
            name += f" ({unit})" if self.language == "en" else f"（{unit}）"
        cells = []
        for kind, column, id in zip(kinds, columns, row.figures, strict=True):
            if id is None:
                cells.append(CellView(column, text=unit if kind.kind == "unit" else ""))
                continue
            figure = self.figures.figure(id)
            if figure is None:
                cells.append(CellView(column, text="" if id.operation else self.words["to_come"]))
                continue
            show = {"per": "full", "change": "column"}.get(kind.kind, "number")
            cells.append(CellView(column, self.view(figure, FigureReference(id, show))))
        return RowView(row.kind, name, tuple(cells), self.notes(row, metric, notes))

    def row_name(self, row: Row, metric: Metric) -> str:
        if row.member:
            member = self.report.dimensions[row.dimension].member(row.member)
            return worded_in(member.name, self.language) if member else row.member
        if row.dimension:
            return worded_in(self.report.dimensions[row.dimension].name, self.language)
        if row.denominator:
            return (
                self.words["intensity"]
                if len(metric.per) == 1
                else self.words["intensity_per"].format(
                    metric=worded_in(self.report.metrics[row.denominator].name, self.language)
                )
            )
        if row.kind == "total" and metric.unit.additive:
            return self.words["total"]
        return worded_in(metric.name, self.language)

    def notes(self, row: Row, metric: Metric, notes: list[tuple[str, str]]) -> str:
        """Adds what is to be said of a row under the table; returns its note numbers."""
        texts = []
        if row.kind == "metric" or (row.kind == "total" and not row.member):
            texts += [
                worded_in(text, self.language)
                for text in (metric.boundary, metric.method, metric.note)
                if text
            ]
        for id in row.figures:
            figure = self.figures.figure(id) if id else None
            if figure and figure.former is not None:
                before, after = figure.unit.around(self.language)
                former = before + "".join(grouped(str(figure.former))) + after
                texts.append(
                    self.words["restated_note"].format(
                        period=self.label(figure.id.period),
                        former=former,
                        reason=worded_in(figure.reason, self.language),
                    )
                )
        marks = []
        for text in texts:
            known = next((mark for mark, other in notes if other == text), "")
            if not known:
                known = str(len(notes) + 1)
                notes.append((known, text))
            marks.append(known)
        return ", ".join(marks)

    def misses_total(self, rows: tuple[Row, ...]) -> bool:
        """Whether printed parts of a table fail to add up to a printed total, because each was rounded."""
        shown = {id for row in rows for id in row.figures if id and not id.operation}
        for id in shown:
            total = self.figures.figure(id)
            if total is None or total.number is None or not total.unit.additive:
                continue
            divisions = [self.figures.parts(id, d) for d in self.partitions(id)]
            if re.fullmatch(r"[a-z]\w*(\s*\+\s*[a-z]\w*)+", total.formula) and total.formula.count("+") < len(
                total.inputs
            ):
                divisions.append(tuple(filter(None, map(self.figures.figure, total.inputs))))  # a + b + c
            for parts in divisions:
                alike = all(part.id in shown and part.unit == total.unit for part in parts)
                if len(parts) > 1 and alike and sum(map(_printed, parts)) != _printed(total):
                    return True
        return False

    def partitions(self, id: FigureId) -> list[str]:
        """The dimensions whose members should add up to `id`, computed ones too."""
        used = {dimension for dimension, _ in id.members}
        known = self.report.metrics[id.metric].dimensions
        return [d for d in known if d not in used and self.report.dimensions[d].partition]

    def legend(self, shown: list[Figure]) -> tuple[tuple[str, str], ...]:
        """The signs used in a table and what they mean."""
        kinds = {figure.kind.value.replace("-", "_") for figure in shown} | {
            figure.status.value for figure in shown
        }
        keys = ("nil", "not_applicable", "not_available", "restated", "estimated")
        return tuple((self.words[key], self.words[f"{key}_meaning"]) for key in keys if key in kinds)

    # ---- index

    def index(self, block: IndexBlock) -> IndexView | None:
        id = block.framework or next(iter(self.edition.frameworks), "")
        framework = self.edition.frameworks.get(id)
        if framework is None:
            return None
        rows = self.edition.rows[id]
        counts = Counter(row.status for row in rows)
        statuses = tuple(self.status(status, counts[status]) for status in STATUSES if counts[status])
        listed = [self.words["index_count"].format(count=s.count, status=s.word.lower()) for s in statuses]
        views: list[IndexRowView] = []
        group = ""
        for row in rows:
            above = next(
                (
                    r
                    for r in framework.ancestors(row.requirement.id)
                    if r.type in ("part", "aspect", "pillar")
                ),
                None,
            )
            if above and above.id != group:
                group = above.id
                views.append(
                    IndexRowView(worded_in(above.code, self.language), worded_in(above.label, self.language))
                )
            views.append(self.index_row(row))
        return IndexView(
            anchor=f"index-{id}",
            framework=id,
            title=worded_in(framework.title, self.language),
            summary=self.words["index_summary"].format(total=len(rows), counts=joined(listed, self.language)),
            statuses=statuses,
            rows=tuple(views),
        )

    def status(self, status: str, count: int = 0) -> StatusView:
        return StatusView(status, _STATUS_MARKS[status], self.words[status], count)

    def index_row(self, row: IndexRow) -> IndexRowView:
        requirement = row.requirement
        locations = tuple(
            LocationView(
                self.section_title(place),
                f"{place.page}.html" + (f"#{place.section}" if place.section else ""),
                f"{place.page}/{place.section}" if place.section else place.page,
            )
            for place in row.locations.get(self.language, ())
        )
        return IndexRowView(
            code=worded_in(requirement.code, self.language),
            label=worded_in(requirement.label, self.language),
            depth=1 if requirement.type == "kpi" else 0,
            status=self.status(row.status),
            reason=row.reason.get(self.language, ""),
            locations=locations,
        )

    def section_title(self, place: Location) -> str:
        page = self.report.pages[place.page, self.language]
        for item in page.items:
            if isinstance(item, Heading) and item.id == place.section:
                return self.plain(item.title)
        return self.plain(page.title)

    # ---- pages

    def codes(self, answers: Iterable[Answer]) -> tuple[str, ...]:
        """The codes of the index rows that tags belong to, short: A1, A2.1, 19(a)(i)."""
        found = []
        for answer in answers:
            for framework in self.edition.frameworks.values():
                if id := framework.own(answer.requirement):
                    row = framework.row_of(id) or framework.requirements[id]
                    found.append(worded_in(row.code, "en").rpartition(" ")[2])
        return tuple(dict.fromkeys(found))

    def page(self, page: Page, part: str, tone: int) -> PageView:
        title = self.plain(page.title)
        lead = self.prose(page.lead) if page.lead else None
        answers = [answer for item in page.items if isinstance(item, Heading) for answer in item.answers]
        body: list[Piece] = []
        open_sections: list[Heading] = []
        tables = 0
        for item in page.items:
            if isinstance(item, Heading):
                while open_sections and open_sections[-1].level >= item.level:
                    body.append(SectionEndView(open_sections.pop().id))
                open_sections.append(item)
                view = self.prose(item.title)
                body.append(
                    HeadingView(item.level, item.id, view, self.plain(item.title), self.codes(item.answers))
                )
            elif isinstance(item, Prose):
                body.append(self.prose(item))
            elif isinstance(item, TableBlock):
                tables += 1
                body.append(self.table(item, page, tables))
            elif (index := self.index(item)) is not None:
                body.append(index)
        body += [SectionEndView(heading.id) for heading in reversed(open_sections)]
        others = [
            (LANGUAGES[code].tag, _Writer(self.edition, code).plain(other.title))
            for code in self.report.languages
            if code != self.language and (other := self.report.pages.get((page.id, code)))
        ]
        return PageView(
            id=page.id,
            code=page.code,
            title=title,
            part=part,
            description=page.description,
            other=tuple(others),
            lead=lead,
            codes=self.codes(answers),
            body=tuple(body),
            tone=tone,
            long_lead=page.lead is not None and display_width(self.plain(page.lead)) > MOST_OPENER_LEAD,
        )

    def whole(self) -> ReportView:
        report, own = self.report, self.language
        parts = []
        titled = 0
        for part in report.parts:
            title = worded_in(part.title, own)
            in_turn = titled % len(TONES) + 1 if title else 0
            titled += bool(title)
            tone = TONES.index(part.tone) + 1 if part.tone else in_turn
            pages = [
                self.page(page, title, tone) for id in part.pages if (page := report.pages.get((id, own)))
            ]
            if pages:
                parts.append(PartView(title, tuple(pages), tone))
        period = report.periods[report.period]
        others = [LANGUAGES[code] for code in report.languages if code != own]
        return ReportView(
            language=_language(own),
            languages=tuple(_language(code) for code in report.languages),
            slug=report.slug,
            title=worded_in(report.title, own),
            other_titles=tuple((other.tag, worded_in(report.title, other.code)) for other in others),
            tagline=worded_in(report.tagline, own),
            company=worded_in(report.company.name, own),
            company_short=worded_in(report.company.short_name, own),
            other_companies=tuple(
                (other.tag, worded_in(report.company.name, other.code)) for other in others
            ),
            incorporation=worded_in(report.company.incorporation, own),
            stock_code=self.words["stock_code"].format(code=report.company.stock_code)
            if report.company.stock_code
            else "",
            contact=report.company.contact,
            year=str(period.end.year),
            period=self.label(report.period),
            draft="" if report.final else self.words["draft"],
            statements=self.statements(),
            parts=tuple(parts),
            words=self.words,
            ridge=self.ridge(),
        )

    def statements(self) -> tuple[str, ...]:
        report, own = self.report, self.language
        period = report.periods[report.period]
        dates = {"from": worded_date(period.start, own), "to": worded_date(period.end, own)}
        made = [self.words["period_statement"].format(**dates)]
        if "approved" in report.dates:
            made.append(self.words["approved"].format(date=worded_date(report.dates["approved"], own)))
        if report.prevailing_language and len(report.languages) > 1:
            made.append(
                self.words["prevailing"].format(language=LANGUAGE_NAMES[own][report.prevailing_language])
            )
        return tuple(made)

    def ridge(self) -> RidgeView | None:
        """Three years of twelve months, or None where any month is missing."""
        wanted = self.report.ridge
        if wanted is None:
            return None
        periods = [*reversed(self.report.comparatives[:2]), self.report.period]
        series = [self.figures.parts(FigureId(wanted.metric, period), wanted.dimension) for period in periods]
        numbers = [tuple(float(f.number.exact) for f in year if f.number) for year in series]
        if len(series) != 3 or any(len(year) != 12 for year in numbers):
            return None
        peak = max(series[-1], key=lambda figure: figure.number.exact if figure.number else 0)
        metric = self.report.metrics[wanted.metric]
        month = self.report.dimensions[wanted.dimension].member(dict(peak.id.members)[wanted.dimension])
        name = worded_in(metric.name, self.language)
        start = self.report.periods[self.report.period].start
        year = start.year + (start.month - 1 + series[-1].index(peak)) // 12
        years = joined([str(self.report.periods[period].end.year) for period in periods], self.language)
        return RidgeView(
            tuple(numbers),
            self.words["ridge_caption"].format(
                metric=name[:1].lower() + name[1:] if self.language == "en" else name, years=years
            ),
            self.words["ridge_summit"].format(
                month=worded_in(month.name, self.language) if month else "", year=year
            ),
        )


def _printed(figure: Figure) -> Fraction:
    """The number as it is printed, rounded."""
    number = figure.number
    return (
        Fraction(round_half_up(number.exact, number.decimals), 10**number.decimals) if number else Fraction(0)
    )


_STATUS_MARKS = {
    "disclosed": "●", "partly-disclosed": "◐", "explained": "◇", "not-applicable": "–", "relief-used": "◇",
    "negative-statement": "○", "not-reported": "–", "missing": "!",
}  # fmt: skip


def _language(code: str) -> LanguageView:
    language = LANGUAGES[code]
    return LanguageView(language.code, language.tag, language.name, language.short)


def report_view(edition: Edition, language: str) -> ReportView:
    """The whole report worded in one language."""
    return _Writer(edition, language).whole()
