"""Words the statements that the tool makes from the data, as one paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from html import escape

from esgreport.calls import FigureReference
from esgreport.framework import Framework, worded_in
from esgreport.index import STATUSES
from esgreport.languages import CURRENCY_NAMES, LANGUAGE_NAMES, joined, mid_sentence, words
from esgreport.model import STATEMENTS, Box, Figure, Name
from esgreport.printed import nil_figures
from esgreport.statements import Compliance, compliance, currencies, entities
from esgreport.views import Edition, FigureView, ProseView

Part = str | FigureView
_FIGURE = "\ue000"


class StatementWriter:
    """Words statements for one language; `view` numbers the figures that are printed in them."""

    def __init__(
        self, edition: Edition, language: str, view: Callable[[Figure, FigureReference], FigureView]
    ) -> None:
        self.edition, self.report, self.language, self.view = edition, edition.report, language, view
        self.words = words(language)

    def paragraph(self, box: Box) -> ProseView:
        """The statements in the order in which they are asked for; those that cannot be made are left out."""
        parts: list[Part] = ["<p>"]
        for name in box.record.names["say"]:
            for sentence in self.statement(name.text, box) if name.text in STATEMENTS else ():
                apart = " " if self.language == "en" and len(parts) > 1 else ""
                parts += [apart, *sentence] if apart else sentence
        return ProseView((*parts, "</p>"))

    def statement(self, name: str, box: Box) -> Iterator[list[Part]]:
        """The sentences of one statement."""
        if name == "nil":
            yield from self.nil(box)
            return
        for sentence in self.worded(name, box.record.names["boundary"]):
            yield [escape(sentence)]

    def worded(self, name: str, boundary: Sequence[Name] = ()) -> Iterator[str]:
        """The sentences of one statement that prints no figure."""
        report, own = self.report, self.language
        match name:
            case "period":
                period = report.periods[report.period]
                yield self.say("period", **{"from": self.day(period.start), "to": self.day(period.end)})
            case "boundary":
                named = [worded_in(entry.name, own) for entry in entities(report, boundary)]
                if named:
                    yield self.say("boundary", entities=joined(named, own))
            case "frameworks":
                frameworks = list(self.edition.frameworks.values())
                titles = self.words["semicolon"].join(map(self.edition_of, frameworks))
                if frameworks:
                    yield self.say("frameworks", frameworks=titles)
                yield from filter(None, (worded_in(each.statement, own) for each in frameworks))
            case "compliance":
                yield from map(self.compliance, compliance(self.edition))
            case "approval":
                if approved := report.dates.get("approved"):
                    yield self.say("approval", date=self.day(approved))
            case "prevailing":
                yield from self.prevailing()
            case "currency":
                if used := currencies(report):
                    named = [CURRENCY_NAMES[currency][own] for currency in used]
                    yield self.say("currency", currencies=joined(named, own))

    def say(self, statement: str, **values: str) -> str:
        said = self.words[f"statement_{statement}"].format(**values)
        return (
            said.removesuffix(".") if said.endswith("..") else said
        )  # a name that ends in Ltd. ends the sentence

    def day(self, day: date) -> str:
        return self.report.worded_day(day, self.language)

    def edition_of(self, framework: Framework) -> str:
        """A framework's title, and since when it holds."""
        title = worded_in(framework.title, self.language)
        if framework.applies_from == date.min:
            return title
        return self.say("edition", framework=title, date=self.day(framework.applies_from))

    def compliance(self, found: Compliance) -> str:
        """That all is disclosed, or how much is disclosed, explained, in part and missing."""
        title = worded_in(found.framework.title, self.language)
        if found.whole:
            return self.say(f"complied_{found.level}", framework=title)
        counts = [
            self.words["index_count"].format(count=found.statuses[status], status=self.words[status].lower())
            for status in STATUSES
            if status in found.statuses
        ]
        total = sum(found.statuses.values())
        return self.say(
            f"answers_{found.level}",
            framework=title,
            total=str(total),
            counts=joined(counts, self.language),
        )

    def prevailing(self) -> Iterator[str]:
        """Which language version holds where they differ."""
        if self.report.prevailing_language and len(self.report.languages) > 1:
            language = LANGUAGE_NAMES[self.language][self.report.prevailing_language]
            yield self.words["prevailing"].format(language=language)

    def nil(self, box: Box) -> Iterator[list[Part]]:
        """That figures are nil, each with its figure, so that it counts as printed."""
        listed: list[Part] = []
        for id in nil_figures(self.edition.figures, box):
            figure = self.edition.figures.figure(id)
            assert figure is not None
            metric = mid_sentence(worded_in(self.report.metrics[id.metric].name, self.language))
            before, after = (
                self.words["statement_nil_figure"].format(metric=metric, figure=_FIGURE).split(_FIGURE)
            )
            if listed:
                listed.append(self.words["semicolon"])
            listed += [escape(before), self.view(figure, FigureReference(id)), *filter(None, [escape(after)])]
        if listed:
            before, after = self.words["statement_nil"].format(figures=_FIGURE).split(_FIGURE)
            yield [escape(before), *listed, escape(after)]
