"""Value calls: what a call in a sentence names, with its arguments checked, before anything is worded.

Each argument has a function of its own, and all that is wrong with a call is told at once. Only `largest` and
`smallest` look at values; whether a figure has one is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, blocking, error
from esgreport.expressions import unit_of
from esgreport.languages import CHANGES, RANKS, SCALES, Text
from esgreport.model import CALL_ARGUMENTS, OPERATIONS, PREVIOUS, Call, Entry, FigureId, Metric, Target
from esgreport.schema import nearest
from esgreport.units import PERCENT

EXTREMES = ("largest", "smallest")
PRINTING = ("full", "number", "magnitude")
_OF_METRICS = (*PRINTING, "unit", "symbol", "name", "member", "period", "date", "status")
_OF_TARGETS = (
    "full", "number", "level", "change", "progress", "status", "base", "actual", "unit", "symbol", "name", "period",
    "base_period",
)  # fmt: skip
_OF_CONTACTS = ("phone", "email", "website", "address", "hours")
_OF_ENTRIES = ("name", "short", "both", "defined", "means", "title", *_OF_CONTACTS)
SHOWS = tuple(dict.fromkeys((*_OF_METRICS, *_OF_TARGETS, *_OF_ENTRIES)))
WORDINGS = (*CHANGES, *RANKS)
_TARGET_ARGUMENTS = ("period", "words", "unit", "scale", "show")
_COMPARING = ("change", "difference")


@dataclass(frozen=True, slots=True)
class FigureReference:
    """A value call that names a figure, and how it is to be shown.

    `words` names the wording of a change or rank; `dimension` is the one whose member's name is wanted.
    """

    figure: FigureId
    show: str = "full"
    unit: str = ""
    scale: str = ""
    words: str = ""
    dimension: str = ""

    @property
    def magnitude(self) -> bool:
        """Whether the number stands without its sign, which the words around it say."""
        return self.show == "magnitude" or bool(self.words)


@dataclass(frozen=True, slots=True)
class EntryReference:
    """A value call that names an entry of a register, and what is to be said of it; "" is its name as usual."""

    entry: str
    show: str = ""


Reference = FigureReference | EntryReference


def resolve_call(figures: Figures, call: Call) -> tuple[Reference | None, list[Diagnostic]]:
    """What a value call names, or None with the reason. Whether the figure has a value is not asked here."""
    report = figures.report
    if call.name in report.entries:
        return _of_entry(_Asked(figures, call), report.entries[call.name])
    if call.name in report.metrics:
        asked = _Asked(figures, call)
        reference = _of_metric(asked, report.metrics[call.name])
    elif call.name in report.targets:
        asked = _Asked(figures, call)
        reference = _of_target(asked, report.targets[call.name])
    else:
        message = f'"{call.name}" is neither a metric, a target nor an entry of a register'
        own = [entry.id for entry in report.entries.values() if not entry.published]
        help = nearest(call.name, [*report.metrics, *report.targets, *own], also=report.entries)
        return None, [blocking("unknown-name", call.place, message, help, about=call.name)]
    return (None if asked.findings else reference), asked.findings


def resolve_figure(
    figures: Figures, call: Call, what: str
) -> tuple[FigureReference | None, list[Diagnostic]]:
    """The figure that a call names where no words can stand; `what` is the thing that shows it ("a tile")."""
    reference, findings = resolve_call(figures, call)
    if isinstance(reference, FigureReference) and reference.show in PRINTING and not reference.words:
        return reference, findings
    if reference is not None:
        message = f'"{call.name}" here says words, and {what} shows a figure'
        findings.append(blocking("wrong-argument", call.place, message, "leave show and words out"))
    return None, findings


def because(figures: Figures, id: FigureId) -> str:
    """Why a figure has no value, and where it should stand: "diesel@2025 is not given (data/aspects/a2.yml:30:3)"."""
    if cause := figures.cause(id):
        return str(cause)
    figure = figures.figure(id)
    return f"{id} is given as {figure.kind}" if figure else f"{id} has no value"


def what_to_give(figures: Figures, id: FigureId) -> str:
    """What an author can do about a figure without a value: the input that lacks, and its file."""
    cause = figures.cause(id)
    return cause.help if cause else "give the value in data/aspects"


def _of_entry(asked: _Asked, entry: Entry) -> tuple[EntryReference | None, list[Diagnostic]]:
    for name, _ in asked.call.arguments:
        if name != "show":
            message = f'"{entry.id}" is a name of a register, which takes show and no other argument'
            asked.wrong(message, "write {{ " + entry.id + " }}")
    show = asked.choice("show", _OF_ENTRIES)
    key = "short_name" if show in ("short", "defined") else show
    if show == "both" and not any(entry.other_language(each, ()) for each in entry.name):
        asked.wrong(f'"{entry.id}" has a name in one language only', "leave show out")
    elif key in ("short_name", "means", "title", *_OF_CONTACTS) and not _said_of(entry, key):
        where = "in an entry of your own with this id" if entry.published else f"in {entry.place.path}"
        asked.wrong(f'"{entry.id}" has no {key}', f"give it one {where}, or leave show out")
    return (None if asked.findings else EntryReference(entry.id, show)), asked.findings


def _said_of(entry: Entry, key: str) -> str | Text:
    """What an entry says under a key of its own or of how it can be reached."""
    said: str | Text = getattr(entry.contact if key in _OF_CONTACTS else entry, key)
    return said


class _Asked:
    """A call while it is read: its arguments, and what is wrong with them."""

    def __init__(self, figures: Figures, call: Call) -> None:
        self.figures, self.report, self.call = figures, figures.report, call
        self.findings: list[Diagnostic] = []

    def wrong(self, message: str, help: str) -> None:
        self.findings.append(blocking("wrong-argument", self.call.place, message, help))

    def names(self, known: Collection[str]) -> None:
        """The arguments must be of those that are known, each given once."""
        for name, _ in self.call.arguments:
            if name not in known:
                self.wrong(f'"{name}" is not an argument of {self.call.name}', nearest(name, known))
        if len({name for name, _ in self.call.arguments}) < len(self.call.arguments):
            self.wrong("an argument stands twice", "keep one")

    def choice(self, name: str, allowed: Collection[str], all_named: bool = False) -> str:
        """The argument, which must be one of those that are allowed; "" if it is not given or not one of them."""
        given = dict(self.call.arguments)
        if name not in given or given[name] in allowed:
            return given.get(name, "")
        value = given[name]
        help = f"known: {', '.join(allowed)}" if all_named else nearest(value, allowed)
        self.wrong(f'{name}="{value}" is not known', help)
        return ""

    def period(self, name: str, since: str) -> str:
        """The period that an argument means, "previous" being the one before `since`; "" if there is none."""
        # one year is as near as another, so all are named
        value = self.choice(name, (*self.report.periods, PREVIOUS), all_named=True)
        if value != PREVIOUS or value in self.report.periods:
            return value
        before = self.report.previous(since)
        if not before:
            self.wrong(
                f"no period ends the day before {since} begins",
                f"name a period: {', '.join(self.report.periods)}",
            )
        return before

    def unit(self, id: FigureId) -> str:
        """The unit asked for, which must be of the same quantity as the figure's own."""
        value = self.call.argument("unit")
        other, own = self.report.units.find(value), unit_of(self.report, id)
        if not value or (other and other.dimensions == own.dimensions):
            return value
        given = [f"{name}=…" for name, _ in self.call.arguments if name in OPERATIONS]
        what = f"{self.call.name}({', '.join(given)})" if given else self.call.name
        alike = self.report.units.alike(own.dimensions)
        help = "name a unit of the same kind"
        if alike:  # a unit of another kind is no slip of the finger
            help = f"known: {', '.join(alike)}" if other else nearest(value, alike)
        self.wrong(f'"{what}" is in {own.code}, which cannot be shown in "{value}"', help)
        return ""

    def scale(self, id: FigureId) -> str:
        """The scale asked for, which the unit must be able to bear."""
        value = self.choice("scale", SCALES)
        unit = self.report.units.find(self.call.argument("unit")) or unit_of(self.report, id)
        if value and (not unit.dimensions or unit.scaled):
            self.wrong(f"{unit.code} takes no scale", "leave scale out, or name another unit")
        return value

    def words(self, operation: str, show: str) -> str:
        """The wording asked for; a rank has one unless its number is wanted."""
        known = CHANGES if operation in _COMPARING else RANKS if operation == "rank" else {}
        given = self.call.argument("words")
        if given and not known:
            self.wrong("words go with change, difference or rank", "leave words out")
        elif given and show not in PRINTING:
            self.wrong(f'show="{show}" has words of its own', "leave words out")
        elif operation == "rank" and show == "number" and given:
            self.wrong('show="number" prints the rank as a number', "leave words or show out")
        elif operation == "rank" and show == "full" and not given:
            return "largest"
        return self.choice("words", known) if known else ""


# ---- figures of metrics


def _of_metric(asked: _Asked, metric: Metric) -> FigureReference | None:
    report = asked.report
    divisions = [name for name, _ in asked.call.arguments if name in report.dimensions]
    asked.names((*CALL_ARGUMENTS, *metric.dimensions, *divisions))
    period = asked.period("period", report.period) or report.period
    operation = _operation(asked, metric, period)
    members = _members(asked, metric, divisions, FigureId(metric.id, period, (), operation))
    id = FigureId(metric.id, period, members, operation)
    show = _show(asked, divisions, operation)
    reference = FigureReference(
        id, show, asked.unit(id), asked.scale(id), asked.words(id.last[0], show), _named(asked, divisions)
    )
    return None if asked.findings else reference


def _members(
    asked: _Asked, metric: Metric, divisions: list[str], id: FigureId
) -> tuple[tuple[str, str], ...]:
    """The members that the figure is about; the largest or smallest is looked for among the others' figures."""
    members: dict[str, str] = {}
    extremes: dict[str, str] = {}
    for dimension in divisions:
        if dimension not in metric.dimensions:
            asked.wrong(
                f'"{metric.id}" is not broken down by {dimension}', nearest(dimension, metric.dimensions)
            )
            continue
        known = [member.id for member in asked.report.dimensions[dimension].members]
        value = asked.choice(dimension, (*known, *EXTREMES))
        if value:
            (members if value in known else extremes)[dimension] = value
    if len(extremes) > 1:
        asked.wrong(
            f"{' and '.join(extremes)} cannot both be the largest or smallest", "name a member of one"
        )
    elif extremes and not asked.findings:
        dimension, value = extremes.popitem()
        per = id.operation.partition("~")[0] if id.operation.startswith("per.") else ""
        whole = FigureId(id.metric, id.period, tuple(sorted(members.items())), per)
        members[dimension] = _extreme(asked, whole, dimension, value)
    return tuple(sorted(members.items()))


def _extreme(asked: _Asked, whole: FigureId, dimension: str, value: str) -> str:
    """The member with the largest or smallest figure; a value that lacks is told."""
    figures = asked.figures
    member = figures.extreme(whole, dimension, value == "largest")
    if not member:
        parts = list(figures.members(whole, dimension))
        lacking = [id for id in parts if (found := figures.figure(id)) is None or found.number is None]
        asked.findings.append(
            error(
                "missing-value",
                asked.call.place,
                f"which {dimension} is the {value} is not known: {because(figures, (lacking or parts)[0])}",
                f"{what_to_give(figures, (lacking or parts)[0])}; or name the member",
                about=whole.metric,
            )
        )
    return member


def _operation(asked: _Asked, metric: Metric, period: str) -> str:
    """What is done to the figure, in the order per, share, rank, change or difference."""
    call, report = asked.call, asked.report
    given = {name: call.argument(name) for name in OPERATIONS if call.argument(name)}
    done: list[str] = []
    if per := asked.choice("per", report.metrics):
        done.append(f"per.{per}")
    for name in ("share", "rank"):
        if dimension := _divided(asked, metric, name):
            done.append(f"{name}.{dimension}")
    before = unit_of(report, FigureId(metric.id, period, (), "~".join(done)))
    for name in _COMPARING:
        since = asked.period(name, period)
        if since == period:
            asked.wrong(f"{name} compares {since} with itself", "name an earlier period")
        elif name == "change" and since and before == PERCENT:
            message = f'"{metric.id}" is in per cent: use difference'
            message = message if "share" not in given else "a share is in per cent: use difference"
            asked.wrong(message, f'write difference="{since}", which gives percentage points')
        elif since:
            done.append(f"{name}.{since}")
    _combination(asked, given)
    return "~".join(done)


def _divided(asked: _Asked, metric: Metric, name: str) -> str:
    """The dimension of a share or rank, whose member must be given too."""
    if name == "share" and asked.call.argument(name) and not metric.unit.additive:
        message = f'"{metric.id}" is in {metric.unit.code}, whose parts do not add up, so there is no share'
        asked.wrong(message, "leave share out")
        return ""
    dimension = asked.choice(name, metric.dimensions)
    if dimension and not asked.call.argument(dimension):
        asked.wrong(f'{name}="{dimension}" needs the member whose {name} it is', f'add {dimension}="…"')
    return dimension


_APART = (  # what cannot be asked for together, and why
    ("change", "difference", "change and difference cannot be asked for together", "keep one"),
    ("rank", "change", "a rank has no change", "leave rank or change out"),
    ("rank", "difference", "a rank has no difference", "leave rank or difference out"),
    ("rank", "share", "the rank of a share is that of the figure itself", "leave share out"),
    ("share", "per", "shares are of the figure itself: intensities do not add up", "leave share or per out"),
)


def _combination(asked: _Asked, given: Collection[str]) -> None:
    for one, other, message, help in _APART:
        if one in given and other in given:
            asked.wrong(message, help)


def _show(asked: _Asked, divisions: list[str], operation: str) -> str:
    show = asked.choice("show", _OF_METRICS) or "full"
    if show in ("date", "status") and operation:
        given = [name for name, _ in asked.call.arguments if name in OPERATIONS]
        asked.wrong(f'show="{show}" is of a value, not of its {given[-1]}', f"leave {given[-1]} out")
    if show == "member" and not divisions:
        asked.wrong('show="member" needs the member whose name it is', 'add a dimension: plant="largest"')
    if show == "magnitude" and "rank" in dict(asked.call.arguments):
        asked.wrong("a rank has no sign", 'write show="number", or leave show out')
    return show


def _named(asked: _Asked, divisions: list[str]) -> str:
    """The dimension whose member is to be named: the one that is looked for, else the only one."""
    if asked.call.argument("show") != "member":
        return ""
    looked_for = [name for name in divisions if asked.call.argument(name) in EXTREMES] or divisions
    if len(looked_for) > 1:
        message = f'show="member" cannot name {" and ".join(looked_for)} at once'
        asked.wrong(message, "keep one, or write one call for each")
    return looked_for[0] if looked_for else ""


# ---- figures of targets


def _of_target(asked: _Asked, target: Target) -> FigureReference | None:
    report = asked.report
    if target.metric not in report.metrics:
        return None  # told where the target is defined
    asked.names(_TARGET_ARGUMENTS)
    show = asked.choice("show", _OF_TARGETS) or "full"
    period = asked.period("period", report.period)
    if period and show in ("base", "unit", "symbol", "name", "period", "base_period"):
        asked.wrong(f'show="{show}" is of no period', "leave period out")
    if show.startswith("base") and not target.base:
        asked.wrong(
            f'"{target.id}" has no base', f"give it one in {target.place.path}, or leave the call out"
        )
    if (
        show == "change"
        and target.goal != "change"
        and unit_of(report, target.measured(target.to)) == PERCENT
    ):
        asked.wrong(
            f'"{target.id}" is in per cent, so its change is not said in per cent', 'use show="level"'
        )
    id, shown = _target_figure(asked.figures, target, show, period)
    reference = FigureReference(
        id, shown, asked.unit(id), asked.scale(id), asked.words(show if show == "change" else "", shown)
    )
    return None if asked.findings else reference


def _target_figure(figures: Figures, target: Target, show: str, period: str) -> tuple[FigureId, str]:
    """The figure that is meant, and how it is shown."""

    def own(operation: str, period: str) -> FigureId:
        return FigureId(target.id, period, (), operation)

    now = period or figures.report.period
    if show == "change":
        return own("change", period or target.to), "full"
    if show == "progress":
        return own("progress", now), "full"
    if show == "status":
        return own("progress", now), show
    if show == "actual":
        return target.measured(now), "full"
    if show == "base":
        measured = target.measured(target.base)
        return (measured if figures.figure(measured) else target.start), "full"
    if show == "base_period":
        return own("level", target.base), "period"
    return own("level", period or target.to), "full" if show == "level" else show
