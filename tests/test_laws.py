"""Laws that hold of every report, on random input of a real size, through what a build uses: files in, views out.

What is expected is worked out here by other means: decimal arithmetic, and a small table of units of the test's own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import pytest
from conftest import TINY, write_project
from esgreport.checks import formula_mismatch, total_mismatch
from esgreport.model import FigureId
from esgreport.rounding import parts_miss_total
from esgreport.views import FigureView, ProseView, TableView
from esgreport.writer import report_view
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import aspect, edition_of, exact

WORDS = "name: {en: X, zh-Hant: 某}"
ONE_LANGUAGE = TINY["data/report.yml"].replace("languages: [zh-Hant, en]", "languages: [en]")
NOTE = ("", "Figures may not add up to the totals because of rounding.")
UNITS = {  # of a kind: how many of the smallest make one
    "energy": {"MJ": Fraction(1), "kWh": Fraction("3.6"), "MWh": Fraction(3600), "GJ": Fraction(1000)},
    "mass": {"g": Fraction(1), "kg": Fraction(1000), "t": Fraction(10**6), "kt": Fraction(10**9)},
    "volume": {"L": Fraction(1), "m3": Fraction(1000)},
}
SCALES = {"thousand": 3, "million": 6, "萬": 4}


@contextmanager
def project(metrics: str, page: str = "# Page\n", dimensions: str = ""):
    """A report in one language with these metrics and this page."""
    files = {
        "data/report.yml": ONE_LANGUAGE,
        "data/aspects/a2.yml": aspect(metrics),
        "content/en/a2.md": page,
        "content/zh-Hant/a2.md": None,
        "data/dimensions.yml": dimensions or TINY["data/dimensions.yml"],
    }
    with tempfile.TemporaryDirectory() as folder:
        yield edition_of(write_project(Path(folder) / "project", files))


def pieces(edition, kind: type) -> list:
    (part,) = report_view(edition, "en").parts
    (page,) = part.pages
    return [piece for piece in page.body if isinstance(piece, kind)]


def calls(edition) -> list[str]:
    """The number of every value call of the page, as its element holds it."""
    found = [part for prose in pieces(edition, ProseView) for part in prose.parts]
    return [figure.whole + figure.fraction for figure in found if isinstance(figure, FigureView)]


def plain(printed: str) -> str:
    return printed.replace(",", "").replace("−", "-")


def half_up(value: Fraction, decimals: int) -> Decimal:
    """A number with so many decimals, halves away from zero: by the decimal module."""
    with localcontext() as context:
        context.prec = 80
        # sixty digits more than are wanted decide every half but one that is exact
        digits = Decimal(value.numerator) / Decimal(value.denominator)
        return digits.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def typed(numbers: Iterable[Decimal]) -> list[str]:
    return [f"{number:,f}".replace(",", " ") for number in numbers]


numbers = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=3) | st.integers(
    -(10**12), 10**12
).map(lambda n: Decimal(n) / 100)


# ---- digits


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(numbers, st.integers(0, 4)), min_size=1, max_size=40))
def test_in_the_authored_unit_the_digits_are_the_authored_ones(values):
    """With any declared decimals, any grouping, and all trailing zeros."""
    written = [f"{number:,f}" for number, _ in values]
    metrics = "\n".join(
        f'x{n}: {{{WORDS}, unit: kWh, decimals: {decimals}, values: {{2025: "{text}"}}}}'
        for n, (text, (_, decimals)) in enumerate(zip(written, values, strict=True))
    )
    page = "# Page\n\n## All\n\n" + "\n\n".join(f"{{{{ x{n} }}}}" for n in range(len(values))) + "\n"
    with project(metrics, page) as edition:
        assert [plain(text) for text in calls(edition)] == [
            text.replace(",", "").replace("-0.000", "0.000").replace("-0.00", "0.00")
            if Decimal(text.replace(",", "")) == 0
            else text.replace(",", "")
            for text in written
        ]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(numbers, st.integers(0, 6)), min_size=1, max_size=5), st.sampled_from(sorted(UNITS))
)
def test_in_another_unit_or_scale_it_is_value_times_factor_at_the_decimals(values, kind):
    units = UNITS[kind]
    metrics, page, wanted = [], ["# Page", "## All"], []
    for n, ((number, decimals), text) in enumerate(zip(values, typed(v for v, _ in values), strict=True)):
        for own, ratio in units.items():
            metrics.append(
                f"x{n}_{own.lower()}: {{{WORDS}, unit: {own}, decimals: {decimals}, values: {{2025: {text}}}}}"
            )
            for other in units:
                for scale in ("", *SCALES):
                    if other == own and not scale:  # the law above
                        continue
                    if other != "kt" or not scale:  # thousands of thousands are refused
                        page.append(
                            f'{{{{ x{n}_{own.lower()}(unit="{other}", scale="{scale}") }}}}'.replace(
                                ', scale=""', ""
                            )
                        )
                        factor = ratio / units[other] / 10 ** SCALES.get(scale, 0)
                        wanted.append(half_up(Fraction(number) * factor, decimals))
    with project("\n".join(metrics), "\n\n".join(page) + "\n") as edition:
        found = [Decimal(plain(text)) for text in calls(edition)]
        assert found == wanted
        assert [-found.as_tuple().exponent for found in found] == [-w.as_tuple().exponent for w in wanted]


@settings(max_examples=25, deadline=None)
@given(numbers, st.sampled_from([(kind, a, b) for kind, own in UNITS.items() for a in own for b in own]))
def test_a_figure_that_goes_to_another_unit_and_back_is_the_same_exactly(number, way):
    kind, here, there = way
    (text,) = typed([number])
    metrics = f"""
        x: {{{WORDS}, unit: {here}, values: {{2025: {text}}}}}
        y: {{{WORDS}, unit: {there}, decimals: 0, formula: x * 1}}
        z: {{{WORDS}, unit: {here}, decimals: 0, formula: y * 1}}
    """
    with project(metrics) as edition:
        assert exact(edition.figures, "z@2025") == Fraction(number)
        assert exact(edition.figures, "y@2025") == Fraction(number) * UNITS[kind][here] / UNITS[kind][there]


# ---- sums


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_partitions_add_up_or_are_found(data):
    """Two divisions of the same whole, and a typed total: a finding stands for each that does not agree."""
    members = {d: [f"{d}{n}" for n in range(data.draw(st.integers(2, 12)))] for d in ("p", "q")}
    dimensions = "".join(
        f"{d}: {{name: {{en: D}}, members: {{{', '.join(f'{m}: {{en: M}}' for m in own)}}}}}\n"
        for d, own in members.items()
    )
    metrics, wrong = [], set()
    for n in range(data.draw(st.integers(1, 20))):
        first = [data.draw(st.integers(0, 10**6)) for _ in members["p"]]
        rest = [data.draw(st.integers(0, 10**5)) for _ in members["q"][1:]]
        second = [sum(first) - sum(rest), *rest]
        off = data.draw(st.sampled_from(["", "", "part", "total"]))
        total = sum(first) + (off == "total")
        second[0] += off == "part"
        wrong |= {f"x{n}"} if off else set()
        cells = [
            f"{d}: {{2025: {{{', '.join(f'{m}: {v}' for m, v in zip(members[d], values, strict=True))}}}}}"
            for d, values in (("p", first), ("q", second))
        ]
        metrics.append(
            f"x{n}: {{{WORDS}, unit: t, values: {{2025: {total}}}, breakdown: {{{', '.join(cells)}}}}}"
        )
    with project("\n".join(metrics), dimensions=dimensions) as edition:
        found = list(total_mismatch.check(edition, Path()))
        assert {finding.message.partition("@")[0] for finding in found} == wrong
        for n, _ in enumerate(metrics):
            parts = edition.figures.parts(FigureId(f"x{n}", "2025"), "p")
            assert exact(edition.figures, f"x{n}@2025") == sum(part.number.exact for part in parts)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_control_is_the_rounded_figure_or_is_found(data):
    """A value typed beside a formula, or beside parts of other decimals: right at its own decimals, else a finding."""
    metrics, wrong = [], set()
    for n in range(data.draw(st.integers(1, 12))):
        above, below = data.draw(st.integers(-(10**9), 10**9)), data.draw(st.integers(1, 10**4))
        decimals = data.draw(st.integers(0, 4))
        off = data.draw(st.sampled_from([-1, 0, 0, 1]))
        written = half_up(Fraction(above, below), decimals) + off * Decimal(1).scaleb(-decimals)
        (control,) = typed([written])
        metrics.append(f"a{n}: {{{WORDS}, unit: t, values: {{2025: {above}}}}}")
        metrics.append(f"b{n}: {{{WORDS}, unit: ratio, values: {{2025: {below}}}}}")
        if data.draw(st.booleans()):
            own = f"formula: a{n} / b{n}"
        else:
            own = f"formula: {{gender: {{male: a{n} / b{n}}}}}, breakdown: {{gender: {{2025: {{female: nil}}}}}}"
        metrics.append(f"x{n}: {{{WORDS}, unit: t, {own}, values: {{2025: {control}}}}}")
        wrong |= {f"x{n}"} if off else set()
    with project("\n".join(metrics)) as edition:
        rules = (formula_mismatch, total_mismatch)
        found = [finding for rule in rules for finding in rule.check(edition, Path())]
        assert {finding.message.partition("@")[0] for finding in found} == wrong
        assert all(finding.place.path == "data/aspects/a2.yml" and not finding.blocking for finding in found)


# ---- the rounding note


def noted(table: TableView) -> bool:
    return NOTE in table.notes


def cells(table: TableView, column: int) -> list[Decimal]:
    """The numbers of a column as they are printed."""
    shown = [row.cells[column].figure for row in table.rows]
    return [Decimal(plain(figure.whole + figure.fraction)) for figure in shown if figure]


decimal_places = st.integers(0, 3)
grams = st.integers(-(10**7), 10**7)


@settings(max_examples=40, deadline=None)
@given(st.lists(grams, min_size=2, max_size=12), decimal_places)
def test_members_that_miss_their_printed_total_are_noted_and_no_others(parts, decimals):
    names = [f"m{n}" for n in range(len(parts))]
    dimensions = f"d: {{name: {{en: D}}, members: {{{', '.join(f'{name}: {{en: M}}' for name in names)}}}}}\n"
    values = ", ".join(f"{name}: {value}" for name, value in zip(names, parts, strict=True))
    metrics = f"""
        base: {{{WORDS}, unit: g, breakdown: {{d: {{2025: {{{values}}}}}}}}}
        x: {{{WORDS}, unit: kg, decimals: {decimals}, formula: base * 1, breakdown: [d]}}
    """
    page = "# Page\n\n```table\nmetrics: [x]\nmembers: [d]\ncolumns: [2025]\n```\n"
    with project(metrics, page, dimensions) as edition:
        (table,) = pieces(edition, TableView)
        *printed, total = cells(table, 0)
        assert total == half_up(Fraction(sum(parts), 1000), decimals)
        assert noted(table) == (sum(printed) != total)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(grams, st.sampled_from("+-")), min_size=2, max_size=6),
    st.lists(decimal_places, min_size=7, max_size=7),
    st.integers(0, 6),
)
def test_rows_that_miss_the_row_they_make_up_are_noted_and_no_others(terms, decimals, left_out):
    """A total of rows that are added and taken away, each with its own decimals; one may not be in the table."""
    metrics, formula, rows = "", "", []
    for n, (value, sign) in enumerate(terms):
        metrics += f"b{n}: {{{WORDS}, unit: g, values: {{2025: {value}}}}}\n"
        metrics += f"x{n}: {{{WORDS}, unit: kg, decimals: {decimals[n]}, formula: b{n} * 1}}\n"
        formula += f" {sign} x{n}"
        if n != left_out:
            rows.append(f"x{n}")
    formula = formula.removeprefix(" + ").strip()
    metrics += f'total: {{{WORDS}, unit: kg, decimals: {decimals[-1]}, formula: "{formula}"}}\n'
    page = f"# Page\n\n```table\nmetrics: [{', '.join(rows)}, total]\ncolumns: [2025]\n```\n"
    with project(metrics, page) as edition:
        (table,) = pieces(edition, TableView)
        *printed, total = cells(table, 0)
        complete = len(rows) == len(terms)
        signed = [
            value if sign == "+" else -value for value, (_, sign) in zip(printed, terms, strict=complete)
        ]
        assert noted(table) == (complete and sum(signed) != total)


ROWS = f"""
    base: {{{WORDS}, unit: g, breakdown: {{gender: {{2025: {{male: 1 400, female: 1 400}}}}}}}}
    a: {{{WORDS}, unit: kg, decimals: 0, formula: base * 1, breakdown: [gender]}}
    b: {{{WORDS}, unit: kg, decimals: 0, formula: "whole(base) * 2"}}
    over: {{{WORDS}, unit: kg, decimals: 0, formula: sum(a over gender)}}
    twice: {{{WORDS}, unit: kg, decimals: 0, formula: a + b}}
    less: {{{WORDS}, unit: kg, decimals: 0, formula: b - a}}
    back: {{{WORDS}, unit: kg, decimals: 0, formula: -a + b}}
    double: {{{WORDS}, unit: kg, decimals: 0, formula: 2 * a}}
    apart: {{{WORDS}, unit: kg, decimals: 0, formula: "a[gender=male] + a[gender=female]"}}
    mean: {{{WORDS}, unit: kg, decimals: 0, formula: average(a over gender)}}
    tonnes: {{{WORDS}, unit: t, decimals: 3, formula: a + b}}
    rough: {{{WORDS}, unit: t, decimals: 2, formula: a + b}}
"""


@pytest.mark.parametrize(
    ("shown", "misses"),
    [
        ("over a[gender=male] a[gender=female]", True),  # 1 + 1 = 3
        ("over a[gender=male]", False),
        ("a a[gender=male] a[gender=female]", True),
        ("apart a[gender=male] a[gender=female]", True),
        ("twice a b", True),  # 3 + 6 = 9, but 8.4 is 8
        ("twice a[gender=male] a[gender=female] b", False),  # a is there in its parts: 1 + 1 + 6 = 8
        ("twice a", False),
        ("less a b", False),  # 6 − 3 = 3
        ("back a b", False),
        ("back b a[gender=male] a[gender=female]", True),  # 6 − 1 − 1 = 3
        ("double a", False),
        ("mean a[gender=male] a[gender=female]", False),  # no sum at all
        ("tonnes a b", True),  # 0.003 + 0.006 = 0.008
        ("rough a b", False),  # 0.009 in two decimals is 0.01, as printed
        ("base base[gender=male] base[gender=female]", False),
    ],
)
def test_what_is_a_sum_of_printed_figures(shown, misses):
    with project(ROWS) as edition:
        figures, ids = edition.figures, set()
        for name in shown.split():
            metric, _, member = name.rstrip("]").partition("[")
            members = (tuple(member.split("=")),) if member else ()
            ids.add(FigureId(metric, "2025", members))
        assert all(figures.figure(id) for id in ids)
        assert parts_miss_total(figures, ids) == misses
