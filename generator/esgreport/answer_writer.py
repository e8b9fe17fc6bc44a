"""What a reader is told who asks a figure, in words: its name, its number, how it follows, its other periods."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from esgreport import answers
from esgreport.compute import Figures
from esgreport.framework import worded_in
from esgreport.languages import WORDED_FUNCTIONS, Text, grouped, period_in_sentence, worded_date, words
from esgreport.method_writer import MethodWriter
from esgreport.methods import added_up_by
from esgreport.model import Figure, FigureId, Kind, Report, Status, Target
from esgreport.views import AmountView, AnswerView, PeriodView
from esgreport.words_of_figures import worded_figure

SAID = ("boundary", "method", "note")


class AnswerWriter:
    """Words answers of one language: nothing that is not `listed`, that is published as data too.

    `codes` gives the requirements that a figure's metric answers, each with its address; `row` the address of its row in
    the data summary.
    """

    def __init__(
        self,
        report: Report,
        figures: Figures,
        language: str,
        listed: Mapping[FigureId, Figure],
        codes: Callable[[str], tuple[tuple[str, str], ...]],
        row: Callable[[FigureId], str],
    ) -> None:
        self.report, self.figures, self.language = report, figures, language
        self.listed, self.codes, self.row = listed, codes, row
        self.words = words(language)
        self.methods = {id: MethodWriter(report, figures, language, id) for id in report.periods}
        self.amounts: dict[FigureId, AmountView] = {}
        self.series: dict[FigureId, tuple[PeriodView, ...]] = {}

    def answer(self, figure: Figure) -> AnswerView:
        """All that is told of a figure."""
        id = figure.id
        told = not id.operation or id.metric in self.report.targets
        before, after = figure.unit.around(self.language)
        return AnswerView(
            value=self.amount(figure, self.name(id)),
            meaning=self.meaning(figure),
            ways=self.ways(figure),
            inputs=tuple(
                self.amount(found, self.name_of_input(id, input))
                for input in figure.inputs
                if (found := self.listed.get(input))
            ),
            factors=tuple(map(self.methods[id.period].factor, dict.fromkeys(figure.factors))),
            said=tuple(self.said(figure)),
            periods=self.periods(id),
            former=before + "".join(grouped(str(figure.former))) + after if figure.former else "",
            reason=self.worded(figure.reason),
            codes=self.codes(id.metric) if told else (),
            row=self.row(id),
        )

    def worded(self, text: Text) -> str:
        return worded_in(text, self.language)

    def period(self, id: str) -> str:
        return period_in_sentence(self.methods[self.report.period].label(id), self.language)

    def amount(self, figure: Figure, name: str) -> AmountView:
        if figure.id not in self.amounts:
            worded = worded_figure(figure, self.language)
            self.amounts[figure.id] = AmountView(
                str(figure.id), "", worded.number, worded.before, worded.after
            )
        return replace(self.amounts[figure.id], name=name)

    def meaning(self, figure: Figure) -> str:
        """What a sign means that stands for a number, and how a value was come by, if otherwise than plainly."""
        keys = [figure.status.value] if figure.status != Status.REPORTED else []
        if figure.kind in (Kind.NIL, Kind.NOT_APPLICABLE, Kind.NOT_AVAILABLE):
            keys.insert(0, figure.kind.replace("-", "_"))
        return self.words["comma"].join(self.words[f"{key}_meaning"] for key in keys)

    # ---- names

    def name(self, id: FigureId) -> str:
        """A figure by all that makes it another than its neighbours: metric, members, what is done to it, period."""
        return self.words["comma"].join([*self.parts(id), self.period(id.period)])

    def parts(self, id: FigureId) -> list[str]:
        members = [self.methods[id.period].member(*pair) for pair in id.members]
        done = [self.done(id, *each.partition(".")[::2]) for each in id.operation.split("~") if each]
        return [self.worded(self.report.subject(id).name), *members, *done]

    def done(self, id: FigureId, operation: str, argument: str) -> str:
        """What an operation makes of a figure."""
        if id.metric in self.report.targets:
            return self.words[f"answer_{operation}_of_target"]
        if operation == "per":
            name = self.worded(self.report.metrics[argument].name)
            return self.words["intensity_per"].format(metric=name)
        if operation in ("share", "rank"):
            return self.words[f"answer_{operation}"].format(
                dimension=self.methods[id.period].dimension(argument)
            )
        return self.words[f"answer_{operation}"].format(period=self.period(argument))

    def name_of_input(self, id: FigureId, input: FigureId) -> str:
        """What tells an input from the figure that it goes into."""
        if input.metric != id.metric:
            parts = self.parts(replace(input, members=tuple(m for m in input.members if m not in id.members)))
        else:
            others = [pair for pair in input.members if pair not in id.members]
            parts = [self.methods[input.period].member(*pair) for pair in others]
        compared = id.last[0] in ("change", "difference") and id.metric in self.report.metrics
        if not parts and not compared:
            parts = self.parts(input)
        if input.period != id.period or not parts:
            parts.append(self.period(input.period))
        return self.words["comma"].join(parts)

    # ---- how it follows

    def ways(self, figure: Figure) -> tuple[str, ...]:
        """How a figure follows from its inputs, line by line; nothing of one that was typed."""
        id, methods = figure.id, self.methods[figure.id.period]
        if not figure.derived or self.report.absent(id):
            return ()
        if target := self.report.targets.get(id.metric):
            return (self.words[f"way_{self.way_of_target(target, id)}"],)
        if not id.operation:
            formula, _ = self.figures.formula(id)
            if by := added_up_by(self.figures, id):
                key = "method_added_up" if formula else "method_sum"
                return (self.words[key].format(dimension=methods.dimension(by)),)
            return methods.formula(formula.tree) if formula else ()
        operation, argument = id.last
        first = self.words["comma"].join(self.parts(FigureId(id.metric, id.period, (), id.before.operation)))
        if operation == "per":
            return (f"{first} ÷ {self.worded(self.report.metrics[argument].name)}",)
        if operation == "rank":
            return (self.words["way_rank"].format(dimension=methods.dimension(argument)),)
        said = WORDED_FUNCTIONS[operation][self.language].format(
            term=first, period=self.period(argument or id.period)
        )
        return (said[:1].upper() + said[1:],)

    def way_of_target(self, target: Target, id: FigureId) -> str:
        if id.operation != "level":
            return id.operation
        return "level" if target.step(id.period) else "base" if id.period == target.base else "line"

    # ---- what is said of it

    def said(self, figure: Figure) -> Iterator[tuple[str, str]]:
        for what in SAID:
            if text := self.worded(self.report.said(figure, what)):
                yield self.words[f"answer_{what}"], text
        if figure.at and figure.at != self.report.periods[figure.id.period].end:
            yield (
                self.words["answer_note"],
                self.words["at_note"].format(date=worded_date(figure.at, self.language)),
            )
        if text := self.worded(figure.reason_for_change):
            yield self.words["answer_reason"], text

    def periods(self, id: FigureId) -> tuple[PeriodView, ...]:
        """The figure in every period for which there is one, the latest first; nothing where there is no other."""
        series = replace(id, period="")
        if series not in self.series:
            others = answers.over_periods(self.report, id, self.listed)
            self.series[series] = tuple(map(self.in_period, others)) if len(others) > 1 else ()
        return self.series[series]

    def in_period(self, id: FigureId) -> PeriodView:
        figure = self.listed[id]
        changed = answers.change(self.figures, id)
        change = self.listed.get(changed) if changed else None
        mark = self.words[f"{figure.status}_meaning"] if figure.status != Status.REPORTED else ""
        name = self.methods[id.period].label(id.period)
        return PeriodView(self.amount(figure, name), mark, self.amount(change, "") if change else None)
