"""Method notes in words: formulas as names and signs, and the factors as they were published."""

from __future__ import annotations

from esgreport.compute import Figures
from esgreport.framework import worded_in
from esgreport.languages import GWP_SETS, WORDED_FUNCTIONS, Text, grouped, joined, words
from esgreport.methods import Method, added_up_by, recorded, said
from esgreport.model import (
    Constant,
    FactorTerm,
    FactorUse,
    FigureId,
    Formula,
    Function,
    Members,
    Metric,
    MetricTerm,
    Operation,
    Report,
    Term,
)
from esgreport.views import ExplanationView, FactorView, MethodView

_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}


class MethodWriter:
    """Words method notes of one language. Formulas are read for a period, the report's own unless another is given."""

    def __init__(self, report: Report, figures: Figures, language: str, period: str = "") -> None:
        self.report, self.figures, self.language = report, figures, language
        self.period = period or report.period
        self.words = words(language)

    def note(self, method: Method, caption: str, anchor: str, label: str) -> MethodView:
        factors = tuple(map(self.factor, method.factors))
        period = self.label(self.report.period)
        sets = dict.fromkeys(view.gwp for view in factors if view.gwp in GWP_SETS)
        return MethodView(
            anchor=anchor,
            label=label,
            caption=caption or self.words["factors_used"].format(period=period),
            explained=tuple(self.explanation(self.report.metrics[id]) for id in method.metrics),
            factors=factors,
            legend=tuple((name, GWP_SETS[name][self.language]) for name in sets),
        )

    def worded(self, text: Text) -> str:
        return worded_in(text, self.language)

    def label(self, period: str) -> str:
        known = self.report.periods.get(period)
        return self.worded(known.label) if known else self.words["previous_period"]

    def dimension(self, id: str) -> str:
        name = self.worded(self.report.dimensions[id].name)
        return name[:1].lower() + name[1:] if self.language == "en" else name

    def member(self, dimension: str, id: str) -> str:
        member = self.report.dimensions[dimension].member(id)
        return self.worded(member.name) if member else id

    # ---- how a metric follows

    def explanation(self, metric: Metric) -> ExplanationView:
        whole = FigureId(metric.id, self.report.period)
        by = added_up_by(self.figures, whole)
        ways: list[tuple[str, tuple[str, ...]]] = []
        if metric.formula:
            ways.append(("", self.way(whole, metric.formula)))
        if by:
            key = "method_added_up" if metric.formula else "method_sum"
            ways.append(("", (self.words[key].format(dimension=self.dimension(by)),)))
        for id in self.figures.members(whole, by) if by and metric.formula else ():
            if recorded(self.figures, id):
                ways.append((self.member(*id.members[0]), self.way(id, metric.formula)))
        for part, formula in metric.parts:
            id = FigureId(metric.id, self.report.period, (part,))
            if not self.report.absent(id):
                ways.append((self.member(*part), self.way(id, formula)))
        texts = [self.worded(text) for text in said(self.report, self.figures, metric)]
        return ExplanationView(self.worded(metric.name), tuple(ways), tuple(texts))

    def way(self, id: FigureId, formula: Formula | None) -> tuple[str, ...]:
        """How a figure follows: by its formula, unless a typed value stands in its place."""
        if formula is None or recorded(self.figures, id):
            return (self.words["method_recorded"],)
        return self.formula(formula.tree)

    def formula(self, tree: Term) -> tuple[str, ...]:
        """A formula in lines: one for each thing that it adds or takes away."""
        lines: list[str] = []
        while isinstance(tree, Operation) and tree.sign in "+-":
            sign = _SIGNS[tree.sign].lstrip()
            lines.append(self.tight(sign + self.operand(tree.right, tree.sign == "-")))
            tree = tree.left
        first = self.term(tree)
        lines.append(first[:1].upper() + first[1:] if self.language == "en" else first)
        return tuple(reversed(lines))

    def term(self, tree: Term) -> str:
        if isinstance(tree, Constant):
            return "".join(grouped(str(tree.number)))
        if isinstance(tree, MetricTerm):
            name = self.worded(self.report.metrics[tree.metric].name)
            return self.chosen(name, tree.members, tree.period, tree.of_whole)
        if isinstance(tree, FactorTerm):
            name = self.factor_name(tree.factor)
            return self.chosen(name, tree.members, tree.period)
        if isinstance(tree, Function):
            return self.function(tree)
        if tree.sign == "*" and isinstance(tree.left, Constant) and tree.left.number.exact == -1:
            return "−" + self.operand(tree.right, True)
        tight = tree.sign in "*/"
        left = self.operand(tree.left, tight)
        right = self.operand(tree.right, tight or tree.sign == "-", tree.sign == "/")
        return self.tight(left + _SIGNS[tree.sign] + right)

    def operand(self, tree: Term, sums: bool, products: bool = False) -> str:
        """A term inside another: in parentheses where its own signs bind less, and where it is put in words."""
        text = self.term(tree)
        inside = isinstance(tree, Function) and tree.name != "whole"
        if isinstance(tree, Operation):
            inside = sums if tree.sign in "+-" else products
        return self.parentheses(text) if inside else text

    def tight(self, text: str) -> str:
        """Full-width parentheses bring their own space."""
        return text.replace(" （", "（").replace("） ", "）")

    def parentheses(self, text: str) -> str:
        return f"({text})" if self.language == "en" else f"（{text}）"

    def chosen(self, name: str, members: Members, period: str, of_whole: bool = False) -> str:
        """A name with the members and the period that are meant, if they are not those of the whole."""
        more = [self.words["method_whole"]] if of_whole else []
        more += [self.member(dimension, member) for dimension, member in members]
        if period:
            more.append(self.label(self.report.period_of(period, self.period)))
        if not more:
            return name
        comma = ", " if self.language == "en" else "，"
        return name + (" " if self.language == "en" else "") + self.parentheses(comma.join(more))

    def function(self, tree: Function) -> str:
        terms = [self.term(argument) for argument in tree.arguments]
        if tree.name == "whole" and isinstance(tree.arguments[0], MetricTerm):
            term = tree.arguments[0]
            name = self.worded(self.report.metrics[term.metric].name)
            return self.chosen(name, term.members, term.period, of_whole=True)
        period = self.report.period_of(tree.period, self.period)
        name = f"{tree.name} over" if tree.over else tree.name
        return WORDED_FUNCTIONS[name][self.language].format(
            term=terms[0],
            terms=joined(terms, self.language),
            dimension=self.dimension(tree.over) if tree.over else "",
            period=self.label(period),
        )

    # ---- factors

    def factor_name(self, id: str) -> str:
        return self.worded(self.report.factors[id].name) or self.words["to_come"]

    def factor(self, use: FactorUse) -> FactorView:
        factor, value = self.report.factors[use.factor], use.value
        members = ((factor.dimension, value.member),) if value.member else ()
        whole, fraction = grouped(str(value.number))
        return FactorView(
            factor=factor.id,
            member=value.member,
            period=value.period,
            name=self.chosen(self.factor_name(factor.id), members, value.period),
            whole=whole,
            fraction=fraction,
            unit=factor.unit.name(self.language),
            gas=factor.gas,
            gwp=factor.gwp,
            year=value.year,
            source=self.worded(value.source),
        )
