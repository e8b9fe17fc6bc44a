"""scale-loses-digits: a number shown in a larger unit or scale still says what it should.

Why: in another unit or scale a number is rounded at the metric's decimals. 29,843,800 kWh in millions, with
no decimals, prints as 30 million.

    wrong   electricity: {unit: kWh, …}                 {{ electricity(scale="million") }}
    right   electricity: {unit: kWh, decimals: 1, …}
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from esgreport.calls import FigureReference, resolve_call
from esgreport.diagnostics import Diagnostic, warning
from esgreport.printed import prose_of
from esgreport.views import Edition
from esgreport.words_of_figures import number_alone


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    for page in report.pages.values():
        for prose, _ in prose_of(page):
            for call in prose.calls:
                reference, _ = resolve_call(edition.figures, call)
                if not isinstance(reference, FigureReference) or not (reference.unit or reference.scale):
                    continue
                figure = edition.figures.figure(reference.figure)
                if figure is None or figure.number is None or figure.number.exact == 0:
                    continue
                shown = "".join(
                    number_alone(figure, "en", report.units.find(reference.unit), reference.scale)
                )
                digits = "".join(c for c in shown if c.isdigit()).lstrip("0")
                own = str(figure.number).replace(".", "").lstrip("-0")
                if len(digits) < min(3, len(own.rstrip("0"))) and figure.number.exact != Fraction(0):
                    yield warning(
                        "scale-loses-digits",
                        call.place,
                        f"{figure.id} prints as {shown} here, from {figure.number}",
                        f'give "{figure.id.metric}" decimals, such as decimals: 1',
                    )
