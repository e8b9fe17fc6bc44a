"""languages-differ: every language has the same sections and blocks in the same order.

Why: readers switch language on the page, and the board signs both. A table present in one language only was
among the mistakes found in published reports. Paragraphs and lists may be divided otherwise; sections, tables,
what a section answers, the metrics and columns of a table, and whether a chapter has an opening page may not.

    wrong   en: ## Water { #water }      zh-Hant: ## 水 { #use-of-water }
    right   the same id in both
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.blocks import BOXES
from esgreport.diagnostics import HEADINGS, Diagnostic, Place, error
from esgreport.model import (
    HOME,
    Box,
    Call,
    ChartBlock,
    Heading,
    IndexBlock,
    MethodBlock,
    Page,
    Prose,
    SummaryBlock,
    TableBlock,
    TargetsBlock,
    TilesBlock,
    TopicBlock,
)
from esgreport.views import Edition

Landmark = tuple[str, Place]


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    first, *others = report.languages
    for id in (*report.page_order, HOME):
        page = report.pages.get((id, first))
        for language in others:
            other = report.pages.get((id, language))
            if page and other:
                yield from _differences(page, other)


def _differences(page: Page, other: Page) -> Iterator[Diagnostic]:
    if page.code != other.code:
        yield error(
            "languages-differ",
            other.title.place,
            f'the page\'s code is "{other.code}" here and "{page.code}" in {page.path}',
            "use one code",
        )
    if page.opener != other.opener:
        without, plain = (page, other) if other.opener else (other, page)
        yield error(
            "languages-differ",
            other.title.place,
            f"opener: false stands in {without.path}, but not in {plain.path}",
            "write it in both, or in none",
        )
    ours, theirs = list(_landmarks(page)), list(_landmarks(other))
    headings = {item.place for each in (page, other) for item in each.items if isinstance(item, Heading)}
    for (here, place), (there, there_place) in zip(theirs, ours, strict=False):
        if here != there:
            yield error(
                "languages-differ",
                place,
                f"here stands {here}, but in {page.path}, line {there_place.line}, {there}",
                "make both languages alike",
                about=HEADINGS if {place, there_place} <= headings else "",
            )
            return
    if len(ours) != len(theirs):
        longer, shorter = (page, other) if len(ours) > len(theirs) else (other, page)
        what, place = (ours if len(ours) > len(theirs) else theirs)[min(len(ours), len(theirs))]
        yield error(
            "languages-differ",
            place,
            f"{what} stands here, but not in {shorter.path}",
            f"add it there, or take it out of {longer.path}",
            about=HEADINGS if place in headings else "",
        )


def _landmarks(page: Page) -> Iterator[Landmark]:
    for item in page.items:
        if isinstance(item, Heading):
            answers = " ".join(sorted(str(answer) for answer in item.answers))
            yield (
                f'the section "{item.id}" of level {item.level}'
                + (f", answering {answers}" if answers else ""),
                item.place,
            )
        elif isinstance(item, TableBlock):
            names = ", ".join(map(str, item.metrics))
            columns = ", ".join(map(str, item.columns))
            members = "".join(f" by {over}" for over in item.members)
            shown = f"{names}{members} ({columns})" if names else f"{columns}{members}"
            yield f"a table of {shown}{_named(item.id)}", item.place
        elif isinstance(item, SummaryBlock):
            aspects = ", ".join(name.text for name in item.aspects) or "all aspects"
            columns = ", ".join(map(str, item.columns))
            members = "".join(f" by {name.text}" for name in item.members)
            yield f"a summary of {aspects}{members} ({columns})", item.place
        elif isinstance(item, MethodBlock):
            yield f"a method note of {', '.join(name.text for name in item.metrics)}", item.place
        elif isinstance(item, TargetsBlock):
            names = ", ".join(name.text for name in item.targets)
            columns = ", ".join(name.text for name in item.columns)
            shown = f" ({columns})" if columns else ""
            yield f"a table of the targets {names}{shown}{_named(item.id)}", item.place
        elif isinstance(item, IndexBlock):
            by = " by section" if item.by == "section" else ""
            split = " split into items" if item.depth == "items" else ""
            limits = [name.text for name in (*item.levels, *item.parts)]
            shown = f" ({', '.join([*item.columns, *limits])})" if item.columns or limits else ""
            yield f"an index {item.framework}".rstrip() + by + split + shown, item.place
        elif isinstance(item, TopicBlock):
            shown = ", ".join(name.text for name in (*item.fields, *item.entries))
            as_what = f"the topic {item.topic.text} as {item.layout}"
            keyed = (("group", item.group), ("x", item.x), ("y", item.y), ("mark", item.mark))
            as_what += "".join(f", {key} {name.text}" for key, name in keyed if name)
            as_what += f", numbering {item.numbering}" if item.numbering else ""
            yield as_what + (f" ({shown})" if shown else "") + _named(item.id), item.place
        elif isinstance(item, ChartBlock):
            of = (*item.metrics, item.target, item.members, item.per, *item.periods)
            names = ", ".join(name.text for name in of if name)
            table = "" if item.table else " without its table"
            yield f"a chart of kind {item.kind} of {names}{table}{_named(item.id)}", item.place
        elif isinstance(item, TilesBlock):
            named = ", ".join(map(_called, item.tiles)) + (
                f", {_called(item.large)} large" if item.large else ""
            )
            yield f"tiles of {named}{'' if item.change else ' without changes'}", item.place
        elif isinstance(item, Box):
            in_it = [name.text for names in item.record.names.values() for name in names]
            shown = ", ".join([*in_it, *(str(day.date) for day in item.record.dates.values())])
            yield f"{BOXES[item.kind].what}{f' with {shown}' if shown else ''}{_named(item.id)}", item.place
        elif isinstance(item, Prose) and item.kind == "table":
            yield "a table of words", item.place


def _called(call: Call) -> str:
    """A call with what must be alike in all languages."""
    return " ".join([call.name, *(f"{k}={v}" for k, v in call.arguments if k not in ("unit", "scale"))])


def _named(id: str) -> str:
    return f' with the id "{id}"' if id else ""
