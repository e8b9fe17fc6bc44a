"""What a page prints: its value calls and tables, resolved to figures before anything is rendered.

The index asks it which figures an edition prints, the checks ask it for what cannot be resolved. It knows no
wording and no layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from esgreport.blocks import BOXES
from esgreport.calls import PRINTING, FigureReference, because, resolve_call, what_to_give
from esgreport.charts import missing_in_chart, missing_in_tiles, resolve_chart, resolve_tiles
from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, Place, blocking, error
from esgreport.methods import resolve_method
from esgreport.model import (
    NAMED,
    Box,
    Call,
    ChartBlock,
    Figure,
    FigureId,
    Heading,
    IndexBlock,
    Item,
    Kind,
    Link,
    MethodBlock,
    Page,
    Prose,
    Report,
    Status,
    SummaryBlock,
    TargetsBlock,
    TilesBlock,
    TopicBlock,
)
from esgreport.schema import nearest, unknown_name
from esgreport.tables import resolve_table, summary_findings, tables_of
from esgreport.target_tables import resolve_targets
from esgreport.targets import TargetStatus
from esgreport.topics import Shown, axis_findings, resolve_number, resolve_topic
from esgreport.words_of_figures import direction


def words_of(report: Report, item: Item, language: str) -> tuple[Prose, ...]:
    """The stretches of prose that one item of a page prints, in reading order."""
    if isinstance(item, Heading):
        return (item.title,)
    if isinstance(item, Prose):
        return (item,)
    if isinstance(item, Box):
        return item.record.prose
    if isinstance(item, ChartBlock):
        return (*item.caption, *item.note)
    return resolve_topic(report, item, language)[0].prose if isinstance(item, TopicBlock) else ()


def prose_of(report: Report, page: Page) -> Iterator[tuple[Prose, str]]:
    """All stretches of prose of a page in reading order, each with the section (heading id) it stands in."""
    yield page.title, ""
    if page.lead:
        yield page.lead, ""
    section = ""
    for item in page.items:
        section = item.id if isinstance(item, Heading) else section
        yield from ((prose, section) for prose in words_of(report, item, page.language))


def pictures_of(report: Report, page: Page) -> Iterator[Link]:
    """The files of the pictures that a page shows, each with the place that names it."""
    for prose, _ in prose_of(report, page):
        yield from prose.pictures
    for box in (item for item in page.items if isinstance(item, Box)):
        for key, names in box.record.names.items():
            for name in names if BOXES[box.kind].names[key] == "picture" else ():
                if name.text in report.pictures:
                    file = report.pictures[name.text].file
                    yield Link(file.text, file.place)


def cover_picture(report: Report) -> Iterator[Link]:
    """The file of the picture on the book's cover, if it has one, with the place that names it."""
    name = report.book.picture
    if name and name.text in report.pictures and report.book.covers:
        yield Link(report.pictures[name.text].file.text, name.place)


def prints_number(figures: Figures, reference: FigureReference) -> bool:
    """Whether a call prints the number of its figure. A rank in words does not, nor a change of nothing: words alone
    are no printed figure."""
    if reference.show not in PRINTING or not reference.words:
        return reference.show in PRINTING
    figure = figures.figure(reference.figure)
    if figure is None or figure.id.last[0] == "rank":
        return False
    return direction(figure, figures.report.units.find(reference.unit), reference.scale) != 0


def months_drawn(figures: Figures) -> tuple[tuple[Figure, ...], ...]:
    """The three years of twelve months that are drawn as mountains, the earliest first; () where any is missing."""
    report, wanted = figures.report, figures.report.ridge
    if wanted is None:
        return ()
    periods = [*reversed(report.comparatives[:2]), report.period]
    years = tuple(figures.parts(FigureId(wanted.metric, period), wanted.dimension) for period in periods)
    whole = len(years) == 3 and all(sum(bool(figure.number) for figure in year) == 12 for year in years)
    return tuple(tuple(figure for figure in year if figure.number) for year in years) if whole else ()


def summit(figures: Figures) -> Figure | None:
    """The highest month of the report's period, whose figure the website's cover prints."""
    years = months_drawn(figures)
    return max(years[-1], key=lambda figure: figure.number.exact if figure.number else 0) if years else None


@lru_cache(maxsize=1)
def printed_on_pages(figures: Figures) -> Mapping[tuple[str, str], tuple[tuple[FigureId, str], ...]]:
    """The figures that each page of the report prints, kept: the indexes and several rules ask for them."""
    report = figures.report
    return {key: tuple(printed_figures(report, figures, page)) for key, page in report.pages.items()}


def printed_figures(report: Report, figures: Figures, page: Page) -> Iterator[tuple[FigureId, str]]:
    """The figures that a page prints, in reading order, each with the section (heading id) it stands in.

    The section is "" before the first heading. A page's title is words, so its numbers do not count.
    """

    def of_prose(prose: Prose) -> Iterator[FigureId]:
        for call in prose.calls:
            reference, _ = resolve_call(figures, call)
            if isinstance(reference, FigureReference) and prints_number(figures, reference):
                yield reference.figure

    section = ""
    wanted: list[tuple[FigureId, str]] = [(id, "") for id in of_prose(page.lead)] if page.lead else []
    for item in page.items:
        section = item.id if isinstance(item, Heading) else section
        for prose in words_of(report, item, page.language):
            wanted += [(id, section) for id in of_prose(prose)]
        for table in tables_of(report, item, page.language):
            wanted += [(id, section) for id in resolve_table(figures, table)[0].ids]
        if isinstance(item, Box):
            wanted += [(id, section) for id in nil_figures(figures, item)]
        elif isinstance(item, TopicBlock):
            wanted += [
                (id, section) for id in _in_topic(figures, resolve_topic(report, item, page.language)[0])
            ]
        elif isinstance(item, TargetsBlock):
            wanted += [(id, section) for id in _of_targets(report, item)]
        elif isinstance(item, ChartBlock):
            chart, _ = resolve_chart(figures, item)
            wanted += [(id, section) for id in chart.printed]
            if item.table:
                rows = [*(row.figures for row in chart.grid().rows), chart.wanted]
                wanted += [(id, section) for ids in rows for id in ids if id]
        elif isinstance(item, TilesBlock):
            for tile in resolve_tiles(figures, item)[0]:
                wanted += [(id, section) for id in tile.printed(figures)]
    yield from ((id, section) for id, section in wanted if figures.figure(id))


def nil_figures(figures: Figures, box: Box) -> Iterator[FigureId]:
    """The figures that a box of statements says to be nil, and that are."""
    said = [name.text for name in box.record.names.get("say", ())]
    for name in box.record.names.get("nil", ()) if "nil" in said else ():
        id = FigureId(name.text, figures.report.period)
        figure = figures.figure(id) if name.text in figures.report.metrics else None
        if figure and (figure.kind == Kind.NIL or (figure.number and not figure.number.exact)):
            yield id


def _of_targets(report: Report, block: TargetsBlock) -> Iterator[FigureId]:
    """The figures of a table of targets."""
    yield from (id for row in resolve_targets(report, block)[0].rows for id in row.figures if id)


def _in_topic(figures: Figures, shown: Shown) -> Iterator[FigureId]:
    """The figures of a topic beside those in its words: in its fields of numbers, and of its targets."""
    for call in shown.calls(shown.fields):
        reference, _ = resolve_number(figures, call)
        if reference:
            yield reference.figure
    if shown.targets:
        yield from _of_targets(figures.report, shown.targets)


def reference_findings(report: Report, figures: Figures, page: Page) -> Iterator[Diagnostic]:
    """Names and arguments of a page that are not known (blocking), and values that are still missing."""
    for prose, _ in prose_of(report, page):
        for call in prose.calls:
            reference, findings = resolve_call(figures, call)
            yield from findings
            if isinstance(reference, FigureReference):
                yield from _unsaid(figures, reference, call.place)
    for item in page.items:
        if isinstance(item, SummaryBlock):
            yield from summary_findings(report, item)
        for table in tables_of(report, item, page.language):
            grid, findings = resolve_table(figures, table)
            yield from findings
            for id in grid.ids:
                if not id.operation and figures.figure(id) is None:
                    named = (*table.metric_names, *table.column_names)
                    name = next(name for name in named if name.text == id.metric)
                    yield error(
                        "missing-value",
                        name.place,
                        f"{id} has no value{_why(figures, id)}",
                        f"{what_to_give(figures, id)}; or leave the column out",
                        about=id.metric,
                    )
        if isinstance(item, MethodBlock):
            yield from resolve_method(report, figures, item)[1]
        elif isinstance(item, TargetsBlock):
            yield from _target_findings(report, figures, item)
        elif isinstance(item, Box):
            yield from _box_findings(report, item)
        elif isinstance(item, ChartBlock):
            chart, findings = resolve_chart(figures, item)
            yield from findings
            yield from missing_in_chart(figures, item, chart)
        elif isinstance(item, TilesBlock):
            yield from resolve_tiles(figures, item)[1]
            yield from missing_in_tiles(figures, item)
        elif isinstance(item, TopicBlock):
            shown, findings = resolve_topic(report, item, page.language)
            yield from findings
            for call in shown.calls((*shown.fields, *shown.axes)):
                yield from _number_findings(figures, call)
            yield from axis_findings(figures, shown)
            if shown.targets:
                yield from _target_findings(report, figures, shown.targets)
        elif isinstance(item, IndexBlock) and item.framework and item.framework not in report.frameworks:
            yield blocking(
                "unknown-name",
                item.place,
                f'"{item.framework}" is not a framework of this report',
                nearest(item.framework, report.frameworks),
            )
        elif isinstance(item, IndexBlock) and not item.framework and len(report.frameworks) != 1:
            count = "several frameworks" if report.frameworks else "no framework"
            help = (
                f"write framework: {report.frameworks[0]}"
                if report.frameworks
                else "name one under frameworks in data/report.yml, or take the index out"
            )
            yield blocking(
                "unknown-name",
                item.place,
                f"this report follows {count}, so it is not known whose index is meant",
                help,
            )


def _box_findings(report: Report, box: Box) -> Iterator[Diagnostic]:
    """What a box names that is not known; a pair that is none."""
    for key, names in box.record.names.items():
        kind = BOXES[box.kind].names[key]
        known = report.named(kind)
        yield from (unknown_name(n.text, n.place, NAMED[kind], known) for n in names if n.text not in known)
    if box.kind == "definitions" and not any(box.record.names.values()):
        help = "name registers: […], or entries: […]"
        yield blocking("wrong-argument", box.place, "it is not said which definitions are wanted", help)
    if box.record.choices.get("layout") == "pair" and len(box.record.names["pictures"]) != 2:
        place = box.record.names["pictures"][-1].place
        yield blocking("wrong-argument", place, "a pair is two pictures", "name two, or leave layout out")


def _target_findings(report: Report, figures: Figures, block: TargetsBlock) -> Iterator[Diagnostic]:
    """What a table of targets names that is not known, and what was measured but has no value yet."""
    grid, findings = resolve_targets(report, block)
    yield from findings
    for row in grid.rows:
        place = next(name.place for name in block.targets if name.text == row.target)
        for column, id in zip(grid.columns, row.figures, strict=True):
            if id and column.kind in ("base", "actual") and figures.figure(id) is None:
                wanted = FigureId(row.target, id.period, (), "level") if column.kind == "base" else id
                help = f"{what_to_give(figures, wanted)}; or leave the column out"
                yield error("missing-value", place, f"{id} has no value", help, about=id.metric)


def _number_findings(figures: Figures, call: Call) -> Iterator[Diagnostic]:
    """What is wrong with a figure in a field of numbers, or that it has no value."""
    reference, findings = resolve_number(figures, call)
    yield from findings
    if reference:
        yield from _missing_value(figures, reference.figure, call.place, "leave it out of the entry")


def _unsaid(figures: Figures, reference: FigureReference, place: Place) -> Iterator[Diagnostic]:
    """What a call of a sentence cannot say: a number that is missing, a status that there is not."""
    id = reference.figure
    if reference.show in PRINTING:
        yield from _missing_value(figures, id, place)
    elif reference.show == "status" and (target := figures.report.targets.get(id.metric)):
        if figures.targets.status(target, id.period) == TargetStatus.UNKNOWN:
            message = f'where "{id.metric}" stands in {id.period} is not known{_why(figures, id)}'
            help = f"{what_to_give(figures, id)}; or change the sentence"
            yield error("missing-value", place, message, help, about=id.metric)
    elif reference.show == "status":
        figure = figures.figure(id)
        if figure is None:
            yield from _missing_value(figures, id, place)
        elif figure.status == Status.REPORTED:
            message = f"{id} is plainly reported: there is no status to say"
            yield error("missing-value", place, message, "give the value a status, or change the sentence")


def _why(figures: Figures, id: FigureId) -> str:
    """What keeps a figure from having a value, unless it is the figure itself that is not given."""
    why = because(figures, id)
    return "" if why.startswith(f"{id} ") else f": {why}"


def _missing_value(
    figures: Figures, id: FigureId, place: Place, instead: str = "change the sentence"
) -> Iterator[Diagnostic]:
    """A sentence needs a number: one that is missing, or that cannot be worked out, is an error; `instead` is what else
    can be done."""
    figure = figures.figure(id)
    if figure is None:
        yield error(
            "missing-value",
            place,
            f"{id} has no value{_why(figures, id)}",
            f"{what_to_give(figures, id)}; or {instead}",
            about=id.metric,
        )
    elif id.operation and figure.number is None:
        inputs = [
            f"{input} is {found.number or found.kind}"
            for input in figure.inputs
            if (found := figures.figure(input))
        ]
        yield error("missing-value", place, f"{id} has no value: {', '.join(inputs)}", instead)
