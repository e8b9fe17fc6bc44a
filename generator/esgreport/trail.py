"""The way back from a figure: what it follows from, down to typed values and factors, and where it is printed.

What stands here is for authors. Owners and evidence are shown, which no edition ever holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from esgreport.compute import Cause
from esgreport.export import figure_record
from esgreport.framework import worded_in
from esgreport.interface import alone, labelled, padded, read_in, said, spoken
from esgreport.model import (
    HOME,
    OF_TARGETS,
    OPERATIONS,
    Factor,
    FactorUse,
    Figure,
    FigureId,
    Kind,
    Report,
    Status,
    parse_figure_id,
    web_name,
)
from esgreport.printed import printed_on_pages, summit
from esgreport.schema import nearest
from esgreport.views import Edition
from esgreport.words_of_figures import worded_figure

MOST_INPUTS = 12  # of one figure, and
MOST_FIGURES = 100  # of one trace that is to be read; a total by month and plant has thousands

SAID = ("boundary", "method", "note", "remark")
KEPT = ("source", "owner", "evidence")  # at home

Folios = Mapping[str, Mapping[str, str]]  # by language, then by print anchor
Titles = Mapping[tuple[str, str, str], str]  # by language, page and section; "" is the page itself


class Untraceable(Exception):
    """There is no such figure, or it has no value; the text says why, and what there is."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure, or a target as a whole, and what it follows from; `why` says what lacks where it has no value."""

    id: FigureId
    figure: Figure | None
    inputs: tuple[Trace, ...] = ()
    why: Cause | None = None


@dataclass(frozen=True, slots=True)
class Printing:
    """One place where a figure is printed: its page's section, and the folio if the last build is current."""

    language: str
    page: str
    section: str
    folio: str


# ---- which figure


def named(report: Report, words: Sequence[str]) -> FigureId:
    """The figure that is asked for by its id, or by metric, period and members as separate words.

    Raises:
        Untraceable: a name is not known, or the words are no figure.
    """
    typed = words[0]
    if len(words) > 1 or "@" not in typed:
        periods = [word for word in words[1:] if "=" not in word]
        members = ",".join(word for word in words[1:] if "=" in word)
        if len(periods) > 1:
            raise Untraceable(f"a figure is of one period; {' and '.join(periods)} are too many")
        typed += f"@{(periods or [report.period])[0]}" + (f"[{members}]" if members else "")
    id = parse_figure_id(typed)
    if id is None:
        raise Untraceable(f'"{typed}" is not a figure id; write "electricity@2025[plant=chengxi]"')
    _known(id.metric, {**report.metrics, **report.targets}, "a metric or target")
    _known(id.period, report.periods, "a period")
    for operation in filter(None, id.operation.split("~")):
        _check_operation(report, id, *operation.partition(".")[::2])
    for dimension, member in id.members:
        _known(dimension, report.dimensions, "a dimension")
        _known(member, [each.id for each in report.dimensions[dimension].members], f"a member of {dimension}")
    if len({dimension for dimension, _ in id.members}) < len(id.members):
        raise Untraceable(f"{id} names a dimension twice")
    own = report.metrics[id.metric].dimensions if id.metric in report.metrics else ()
    for dimension, _ in id.members:
        if dimension not in own:
            what = f'"{id.metric}" is not broken down by {dimension}'
            raise Untraceable(f"{what}; {nearest(dimension, own)}" if own else what)
    return id


def _check_operation(report: Report, id: FigureId, name: str, argument: str) -> None:
    if id.metric in report.targets:
        _known(name, OF_TARGETS, "a figure of a target")
        if argument:
            raise Untraceable(f'"{name}" of a target takes no argument; write {id.metric}~{name}@{id.period}')
        return
    _known(name, OPERATIONS, "an operation")
    if name == "per":
        _known(argument, report.metrics, "a metric")
    elif name in ("share", "rank"):
        _known(argument, report.metrics[id.metric].dimensions, f'a dimension of "{id.metric}"')
    else:
        _known(argument, report.periods, "a period")


def _known(name: str, known: Collection[str], what: str) -> None:
    if name not in known:
        raise Untraceable(f'"{name}" is not {what}; {nearest(name, known)}')


# ---- where it comes from


def trace(edition: Edition, id: FigureId) -> Trace:
    """A figure with all that it follows from. One that is used twice is the same value in both places.

    Raises:
        Untraceable: the figure has no value.
    """
    figures, known = edition.figures, dict[FigureId, Trace]()

    def of(id: FigureId) -> Trace:
        if id not in known:
            figure = figures.figure(id)
            inputs = tuple(map(of, figure.inputs)) if figure else ()
            known[id] = Trace(id, figure, inputs, None if figure else figures.cause(id))
        return known[id]

    target = edition.report.targets.get(id.metric)
    if target and not id.operation:
        return Trace(id, None, tuple(map(of, figures.targets.declared(target))))
    found = of(id)
    if found.figure is None:
        raise Untraceable(f"{id} has no value: {_why(found)}")
    return found


def _why(trace: Trace) -> str:
    return str(trace.why) if trace.why else "esgreport check says what is missing"


def printings(edition: Edition, folios: Folios) -> Iterator[tuple[FigureId, Printing]]:
    """Every figure that is printed, with the place, in reading order per language; the website's home page comes last,
    because no folio is its."""
    on_cover = summit(edition.figures)
    for language in edition.report.languages:
        counts: dict[FigureId, int] = {}
        for name in (*edition.report.page_order, HOME):
            for id, section in printed_on_pages(edition.figures).get((name, language), ()):
                counts[id] = counts.get(id, 0) + 1
                folio = folios.get(language, {}).get(f"{id}/{counts[id]}", "")
                yield id, Printing(language, name, section, folio)
        if on_cover:
            yield on_cover.id, Printing(language, HOME, "", "")


def places(edition: Edition, trace: Trace, folios: Folios) -> list[Printing]:
    """Where a figure is printed; of a target as a whole, where any figure of it is."""
    found = printings(edition, folios)
    if trace.figure is None:
        return [place for id, place in found if id.metric == trace.id.metric]
    return [place for id, place in found if id == trace.id]


# ---- as JSON


def record(edition: Edition, trace: Trace, places: Sequence[Printing], titles: Titles) -> dict[str, Any]:
    """The trace for tools: the keys of figures.json, with inputs and factors in full, and what is for authors.

    A figure that stood before is given by its id alone.
    """
    seen: set[FigureId] = set()
    printed = [
        {
            "lang": place.language,
            "title": titles[place.language, place.page, place.section],
            "url": _address(place),
            "page": place.folio or None,
        }
        for place in places
    ]
    return {**_figure_record(edition, trace, seen), "printed_at": printed}


def _figure_record(edition: Edition, trace: Trace, seen: set[FigureId]) -> dict[str, Any]:
    figure = trace.figure
    if trace.id in seen:
        return {"id": str(trace.id), "above": True}
    seen.add(trace.id)
    found: dict[str, Any] = {"id": str(trace.id)}
    if figure is None:
        why = trace.why
        subject = edition.report.subject(trace.id)
        found |= {"name": dict(subject.name), "value": None, "missing": said(why.words) if why else None}
        found["place"] = str(why.place if why else subject.place)
    else:
        found |= figure_record(edition.report, figure)
        instead = edition.figures.instead(trace.id)
        found["typed_because"] = said(str(instead)) if instead else None
        found["at"] = figure.at.isoformat() if figure.at else None
        found["reason"] = dict(figure.reason)
        found["reason_for_change"] = dict(figure.reason_for_change)
        found |= {name: text or None for name, text in _kept(edition, trace.id).items()}
        found["factors"] = [_factor_record(edition.report, use) for use in figure.factors]
    return {**found, "inputs": [_figure_record(edition, each, seen) for each in trace.inputs]}


def _factor_record(report: Report, use: FactorUse) -> dict[str, Any]:
    factor, value = report.factors[use.factor], use.value
    return {
        "id": factor.id,
        "name": dict(factor.name),
        "value": str(value.number),
        "unit": factor.unit.code,
        "gas": factor.gas or None,
        "gwp": factor.gwp or None,
        "period": value.period or None,
        "members": {factor.dimension: value.member} if value.member else {},
        "source": dict(value.source),
        "year": value.year or None,
        "place": str(value.place),
    }


def _kept(edition: Edition, id: FigureId) -> dict[str, str]:
    """Source, owner and evidence of a figure: those of its own cell before those of its metric."""
    cell, subject = edition.figures.authored(id), edition.report.subject(id)
    return {name: getattr(cell, name, "") or getattr(subject, name, "") for name in KEPT}


# ---- as text


def lines(edition: Edition, trace: Trace, every: bool = False) -> Iterator[str]:
    """The trace to be read: a figure, what is said of it, below it its inputs.

    Of many inputs the first are shown, and of a large trace the levels next to the figure; `every` shows all.
    """
    return _Lines(edition, trace, every).of(trace, "")


class _Lines:
    """Words a trace; a figure's inputs are shown where it stands first."""

    def __init__(self, edition: Edition, trace: Trace, every: bool) -> None:
        self.edition, self.report, self.every = edition, edition.report, every
        self.language = read_in(self.report.languages)
        self.seen: set[FigureId] = set()
        self.told: set[tuple[str, str]] = set()
        self.shown: dict[FigureId, tuple[Trace, ...]] = {}
        level, count = [trace], 1
        for each in level:  # grows while it is read: level by level, so that what is left out lies deepest
            if each.id not in self.shown:
                inputs = each.inputs if every else each.inputs[:MOST_INPUTS]
                inputs = inputs if every or count + len(inputs) <= MOST_FIGURES else ()
                self.shown[each.id] = inputs
                level += inputs
                count += len(inputs)

    def of(self, trace: Trace, pad: str) -> Iterator[str]:
        """A figure and its inputs; what is said of all values of a metric is said where it stands first."""
        head = f"{pad}{trace.id}  {self.head(trace)}"
        if trace.id in self.seen:
            yield f"{head}  {said('(as above)')}"
            return
        self.seen.add(trace.id)
        yield head
        if not pad:
            names = self.report.subject(trace.id).name.wordings
            yield from (f"  {language:<9} {name}" for language, name in names)
        yield from (f"{pad}  {_label(label)} {text}" for label, text in self.said(trace))
        factors = trace.figure.factors if trace.figure else ()
        for use in factors if self.every else factors[:MOST_INPUTS]:
            yield from (f"{pad}  {line}" for line in self.factor(use))
        if len(factors) > MOST_INPUTS and not self.every:
            more = said(f"… and {len(factors) - MOST_INPUTS} more factors (--all shows them)")
            yield f"{pad}  {more}"
        for each in self.shown[trace.id]:
            yield from self.of(each, pad + "  ")
        if left := len(trace.inputs) - len(self.shown[trace.id]):
            if self.shown[trace.id]:
                yield f"{pad}  " + said(f"… and {left} more inputs (--all shows them)")
            else:
                yield f"{pad}  " + said(f"… and {left} inputs (--all shows them)")

    def head(self, trace: Trace) -> str:
        """Number, unit, what is unusual about it, and place."""
        figure = trace.figure
        if figure is None and trace.why is None:
            target = self.report.targets[trace.id.metric]
            return f"{alone(self.edition.figures.targets.status(target, trace.id.period))}  {target.place}"
        if figure is None:
            return said(f"no value: {_why(trace)}")
        worded = worded_figure(figure, "en" if spoken() == "en" else self.language, show="cell")
        marks = [figure.kind.value] if figure.kind != Kind.VALUE else []
        marks += [figure.status.value] if figure.status != Status.REPORTED else []
        amount = f"{worded.before}{worded.number}{worded.after} {self.unit(figure)}".strip()
        told = ", ".join(mark for mark in map(alone, marks) if mark != worded.number)
        marked = f"({told})  " if told else ""
        return f"{amount}  {marked}{figure.place}"

    def unit(self, of: Figure | Factor) -> str:
        """A unit as data write it; in Chinese its name, which a word in place of a number does without."""
        if spoken() == "en":
            return of.unit.code
        return "" if isinstance(of, Figure) and of.number is None else of.unit.name(self.language)

    def said(self, trace: Trace) -> Iterator[tuple[str, str]]:
        """What is said of a figure: each with its label."""
        figure, subject = trace.figure, self.report.subject(trace.id)
        if figure and figure.formula:
            ours = trace.id.metric in self.report.targets  # our own words, some of them
            yield "formula", said(figure.formula) if ours else figure.formula
        if absent := self.report.absent(trace.id):
            yield "life", said(f"{absent.id} exists {absent.life} ({absent.place})")
        if instead := self.edition.figures.instead(trace.id):
            yield "typed", said(f"in place of a computed figure: {instead}")
        if control := self.edition.figures.control(trace.id):
            number = str(control.number or "") or alone(str(control.kind))
            amount = f"{number} {self.unit(figure) if figure else ''}".strip()
            yield "control", f"{amount}  {control.place}"
        if figure and figure.former is not None:
            former = f"{figure.former} {self.unit(figure)}".strip()
            yield "formerly", labelled(former, worded_in(figure.reason, self.language))
        if figure and figure.at:
            yield "counted", figure.at.isoformat()
        if figure and figure.reason_for_change:
            yield "changed", worded_in(figure.reason_for_change, self.language)
        for label in (*SAID, *KEPT):
            own = getattr(figure if label in SAID else self.edition.figures.authored(trace.id), label, "")
            common = "" if own or (subject.id, label) in self.told else getattr(subject, label, "")
            if common:
                self.told.add((subject.id, label))
            if text := own or common:
                yield label, text if isinstance(text, str) else worded_in(text, self.language)

    def factor(self, use: FactorUse) -> Iterator[str]:
        """A factor with the value that was used, what it holds for, and who published it."""
        factor, value = self.report.factors[use.factor], use.value
        yield f"{_label('factor')} {factor.id} = {value.number} {self.unit(factor)}  {value.place}"
        member = f"{factor.dimension}={value.member}" if value.member else ""
        year = said(f"year {value.year}") if value.year else ""
        source = ", ".join(filter(None, (worded_in(value.source, self.language), year)))
        kind = " ".join(filter(None, (factor.gas, factor.gwp)))
        yield f"{'':<9} " + "; ".join(filter(None, (value.period, member, kind, source)))


def _label(word: str) -> str:
    return padded(alone(word), 9)


def printed_lines(places: Sequence[Printing], titles: Titles, folios: Folios) -> Iterator[str]:
    """Where a figure is printed: page and address of the website, page of the PDF, for each language."""
    yield said("Printed")
    told: dict[str, int] = {}
    for place in places:
        folio = said(f", page {place.folio} of the PDF") if place.folio else ""
        title = titles[place.language, place.page, place.section]
        line = f"  {place.language:<9} {title} ({_address(place)}){folio}"
        told[line] = told.get(line, 0) + 1
    yield from (line if times == 1 else line + said(f", {times} times") for line, times in told.items())
    if not told:
        yield f"  {alone('nowhere')}"
    elif not folios:
        yield said("  (page numbers are known after a build of what is there now)")


def _address(place: Printing) -> str:
    return f"{place.language}/{web_name(place.page)}.html" + (f"#{place.section}" if place.section else "")
