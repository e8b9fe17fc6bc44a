"""Value calls: what a call in a sentence names, with its arguments checked, before anything is worded."""

from __future__ import annotations

from dataclasses import dataclass

from esgreport.diagnostics import Diagnostic, blocking
from esgreport.expressions import unit_of
from esgreport.languages import SCALES
from esgreport.model import CALL_ARGUMENTS, OPERATIONS, Call, FigureId, Report
from esgreport.schema import nearest
from esgreport.units import UNITS, find_unit

PRINTING = ("full", "number", "magnitude")
SHOWS = (*PRINTING, "unit", "name")


@dataclass(frozen=True, slots=True)
class FigureReference:
    """A value call that names a figure, and how it is to be shown."""

    figure: FigureId
    show: str = "full"
    unit: str = ""
    scale: str = ""


@dataclass(frozen=True, slots=True)
class EntryReference:
    """A value call that names an entry of a register."""

    entry: str


def resolve_call(
    report: Report, call: Call
) -> tuple[FigureReference | EntryReference | None, list[Diagnostic]]:
    """What a value call names, or None with the reason. Whether the figure has a value is not asked here."""
    if call.name in report.entries:
        if call.arguments:
            return None, [
                blocking(
                    "wrong-argument",
                    call.place,
                    f'"{call.name}" is a name of a register and takes no arguments',
                    "write {{ " + call.name + " }}",
                )
            ]
        return EntryReference(call.name), []
    metric = report.metrics.get(call.name)
    if metric is None:
        known = [*report.metrics, *report.entries]
        return None, [
            blocking(
                "unknown-name",
                call.place,
                f'"{call.name}" is neither a metric nor an entry of a register',
                nearest(call.name, known),
                about=call.name,
            )
        ]
    findings: list[Diagnostic] = []
    members: list[tuple[str, str]] = []
    operations = [name for name, _ in call.arguments if name in OPERATIONS]
    operation = f"{operations[0]}.{call.argument(operations[0])}" if operations else ""
    shown = unit_of(report, FigureId(metric.id, "", (), operation))
    for name, value in call.arguments:
        allowed: tuple[str, ...] | None = None
        if name in report.dimensions:
            members.append((name, value))
            allowed = tuple(m.id for m in report.dimensions[name].members)
            if name not in metric.dimensions:
                findings.append(
                    blocking(
                        "wrong-argument",
                        call.place,
                        f'"{call.name}" is not broken down by {name}',
                        nearest(name, metric.dimensions),
                    )
                )
                continue
        elif name == "period":
            allowed = tuple(report.periods)
        elif name in ("change", "difference"):
            allowed = tuple(report.periods)
            if value == (call.argument("period") or report.period):
                findings.append(
                    blocking(
                        "wrong-argument",
                        call.place,
                        f"{name} compares {value} with itself",
                        "name an earlier period",
                    )
                )
        elif name == "per":
            allowed = tuple(report.metrics)
        elif name == "share":
            allowed = metric.dimensions
            if not metric.unit.additive:
                findings.append(
                    blocking(
                        "wrong-argument",
                        call.place,
                        f'"{call.name}" is in {metric.unit.code}, whose parts do not add up, so there is no share',
                        "leave share out",
                    )
                )
        elif name == "show":
            allowed = SHOWS
        elif name == "scale":
            allowed = tuple(SCALES)
            unit = find_unit(call.argument("unit")) or shown
            if not unit.dimensions or unit.code.endswith((" thousand", " million")):
                findings.append(
                    blocking(
                        "wrong-argument",
                        call.place,
                        f"{unit.code} takes no scale",
                        "leave scale out, or name another unit",
                    )
                )
        elif name == "unit":
            other = find_unit(value)
            if other is None or other.dimensions != shown.dimensions:
                what = f"{call.name}({operations[0]}=…)" if operations else call.name
                alike = [unit.code for unit in UNITS.values() if unit.dimensions == shown.dimensions]
                help = "name a unit of the same kind"
                if alike:  # a unit of another kind is no slip of the finger
                    help = f"known: {', '.join(alike)}" if other else nearest(value, alike)
                findings.append(
                    blocking(
                        "wrong-argument",
                        call.place,
                        f'"{what}" is in {shown.code}, which cannot be shown in "{value}"',
                        help,
                    )
                )
        else:
            findings.append(
                blocking(
                    "wrong-argument",
                    call.place,
                    f'"{name}" is not an argument of a value call',
                    nearest(name, [*CALL_ARGUMENTS, *metric.dimensions]),
                )
            )
        if allowed is not None and value not in allowed:
            # one year is as near as another, so all are named
            help = (
                f"known: {', '.join(allowed)}"
                if allowed == tuple(report.periods)
                else nearest(value, allowed)
            )
            findings.append(blocking("wrong-argument", call.place, f'{name}="{value}" is not known', help))
    if len({name for name, _ in call.arguments}) < len(call.arguments):
        findings.append(blocking("wrong-argument", call.place, "an argument stands twice", "keep one"))
    if len(operations) > 1:
        findings.append(
            blocking(
                "wrong-argument",
                call.place,
                f"{' and '.join(operations)} cannot be asked for together",
                "keep one",
            )
        )
    if call.argument("share") and call.argument("share") not in [name for name, _ in members]:
        findings.append(
            blocking(
                "wrong-argument",
                call.place,
                f'share="{call.argument("share")}" needs the member whose share it is',
                f'add {call.argument("share")}="…"',
            )
        )
    if findings:
        return None, findings
    figure = FigureId(metric.id, call.argument("period") or report.period, tuple(sorted(members)), operation)
    return FigureReference(
        figure, call.argument("show") or "full", call.argument("unit"), call.argument("scale")
    ), []
