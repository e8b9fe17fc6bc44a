"""A new project: files that build as a draft at once, in which every requirement in force has its place.

The texts are the templates of `starter/`; what the rules ask for comes from the catalogues, so that nothing of it is
typed twice. This module decides what stands where, and writes nothing.
"""

from __future__ import annotations

import calendar
import json
import re
import shlex
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from esgreport import editors, source, worklist
from esgreport.framework import (
    PACKAGE_FRAMEWORKS,
    Framework,
    Measure,
    Requirement,
    package_framework,
    worded_in,
)
from esgreport.index import allowed_responses
from esgreport.languages import LANGUAGES, Text, mid_sentence, worded_date, words
from esgreport.model import ISSUER_CLASSES, SCHEMA
from esgreport.render import starter_file
from esgreport.schema import nearest
from esgreport.source import read_yaml
from esgreport.units import UNITS, UnitTable

IN_FORCE = ("mandatory", "comply-or-explain")
PAGES = ("part", "aspect", "pillar")  # the types of requirements that have a page of their own
YEARS = 3  # the report's own, and those before it: some requirements ask for three
COMPARED = 2  # of which so many stand in every table
APPROVED, PUBLISHED = timedelta(days=85), timedelta(days=115)  # after the year, as it usually falls
# What is always given by members, because unlike things have no total.
UNLIKE = ("pollutant",)
_UNITS = {"kWh-000": "thousand kWh", "rate": "percent", "hour-per-person": "hour/employee"}
_LEGAL = re.compile(r"[\s,]+(?:limited|ltd|holdings|company|co|inc|corporation|group)\b\.?", re.IGNORECASE)


class WrongChoice(ValueError):
    """An answer with which no project can be made; the text says why and what to write."""


@dataclass(frozen=True, slots=True)
class Year:
    """A financial year."""

    last: date

    @property
    def first(self) -> date:
        """Its first day."""
        return _years_before(self.last, 1) + timedelta(days=1)

    @property
    def id(self) -> str:
        """2025, or fy2026 for a year that ends within 2026."""
        return str(self.last.year) if (self.last.month, self.last.day) == (12, 31) else f"fy{self.last.year}"

    @property
    def label(self) -> Text:
        """What stands over a column: 2025年, 2025/26年度."""
        if self.id.isdigit():
            return Text.of({"en": self.id, "zh-Hant": f"{self.id}年", "zh-Hans": f"{self.id}年"})
        both = f"{self.first.year}/{self.last.year % 100:02}"
        return Text.of({"en": both, "zh-Hant": f"{both}年度", "zh-Hans": f"{both}年度"})

    def before(self, count: int) -> Year:
        """The year so many years earlier."""
        return Year(_years_before(self.last, count))


def _years_before(day: date, count: int) -> date:
    year = day.year - count
    return date(
        year, day.month, min(day.day if day.month != 2 else 29, calendar.monthrange(year, day.month)[1])
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """What is asked before a project is made. `frameworks` are ids, each with the claim that the report makes of it ("" for none)."""

    company: Text
    languages: tuple[str, ...]
    last_day: date
    frameworks: Mapping[str, str]
    stock_code: str = ""
    issuer_class: str = ""
    plants: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class _Metric:
    """A metric for a measure, without values; `breakdown` has the members that the rules ask for."""

    id: str
    label: Text
    unit: str
    answers: Sequence[str]
    intensity: bool
    formula: str
    breakdown: Mapping[str, Sequence[str]]
    years: Sequence[str]

    @property
    def unit_is_rate(self) -> bool:
        """Whether members have no total."""
        return self.unit not in UNITS or not UNITS[self.unit].additive


@dataclass(frozen=True, slots=True)
class _Row:
    """A requirement in force, and the metrics that it asks for."""

    requirement: Requirement
    anchor: str
    metrics: Sequence[_Metric]
    repeated: Collection[str] = ()  # of which these are typed where an earlier row asks for them

    @property
    def tables(self) -> Iterator[_Table]:
        """The tables that show its metrics: those of the whole in one, each that has members in one of its own."""
        whole = [metric for metric in self.metrics if not metric.breakdown]
        for shown in [whole, *([metric] for metric in self.metrics if metric.breakdown)]:
            if shown:
                yield _Table(shown)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of metrics that have the same members."""

    metrics: Sequence[_Metric]

    @property
    def years(self) -> Sequence[str]:
        """As many as one of the metrics needs."""
        return max((metric.years for metric in self.metrics), key=len)

    @property
    def intensities(self) -> bool:
        """Whether one of the metrics is divided by something."""
        return any(metric.intensity for metric in self.metrics)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page: the requirement that it is about, the highest one above that, the rows below it."""

    id: str
    framework: Framework
    group: Requirement
    root: Requirement
    rows: Sequence[_Row]
    voluntary: Sequence[Requirement]

    @property
    def metrics(self) -> list[_Metric]:
        """Those of all rows."""
        return [metric for row in self.rows for metric in row.metrics]

    @property
    def explainable(self) -> _Row | None:
        """The first row of which a reason may stand in the place of an answer."""
        return next((row for row in self.rows if "explained" in allowed_responses(row.requirement)), None)

    @property
    def aim(self) -> tuple[_Row, _Metric] | None:
        """A row that asks for a target, and a metric of the page by which one can be measured."""
        asking = next((row for row in self.rows if row.requirement.kind == "target"), None)
        measured = next((metric for metric in self.metrics if not metric.breakdown), None)
        return (asking, measured) if asking and measured else None


@dataclass(frozen=True, slots=True)
class _Part:
    """Pages under one title; `climate` stands for one that no catalogue has."""

    title: Text
    climate: bool
    pages: Sequence[str]


# ---- what is asked


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is asked before a project is made: by an option of this name, or in words."""

    name: str
    sample: str
    help: str
    chinese: str


QUESTIONS = (
    Question("languages", "LANGUAGES", "languages of the report, the first one first: some of en, zh-Hant, zh-Hans", "報告語文，主要語文在先"),
    Question("company", "NAMES", "the company's full name in each of these languages, with / between", "公司全名，各語文之間以 / 分隔"),
    Question("stock-code", "CODE", "the stock code; nothing for a company that is not listed", "股份代號；非上市公司留空"),
    Question("year-end", "DAY", "the last day of the financial year: 2025-12-31, or 03-31 for the latest 31 March", "財政年度最後一日"),
    Question("frameworks", "IDS", "what the report answers, with commas between; with the claim that is made of it, as in gri-2021:in-accordance", "採用的框架，以逗號分隔"),
    Question("issuer-class", "CLASS", f"one of {', '.join(ISSUER_CLASSES)}; it decides what is mandatory", "發行人類別"),
    Question("plants", "NAMES", "plants and offices, with commas between, each named in each language with / between; nothing for none", "廠房及辦公地點，以逗號分隔，各語文之間以 / 分隔"),
)  # fmt: skip


class Interview:
    """The answers so far. Questions are put in their order, because what is usual depends on the answers before."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.languages: tuple[str, ...] = ()
        self.company, self.stock_code, self.issuer_class = Text(), "", ""
        self.last_day = year_end("12-31", today)
        self.frameworks: dict[str, str] = {}
        self.plants: tuple[Text, ...] = ()

    @property
    def choices(self) -> Choices:
        """What was answered."""
        return Choices(
            self.company, self.languages, self.last_day, self.frameworks, self.stock_code, self.issuer_class, self.plants
        )  # fmt: skip

    def usual(self, name: str) -> str | None:
        """What is taken where nothing is answered; None where the question does not arise."""
        if name == "issuer-class":
            begins = Year(self.last_day).first
            read = [_framework(id, "", begins, claim) for id, claim in self.frameworks.items()]
            return "main-board" if any(not row.level for each in read for row in each.rows) else None
        usual = {"languages": "en, zh-Hant", "year-end": str(self.last_day)}
        return ", ".join(_usual_frameworks(self.last_day)) if name == "frameworks" else usual.get(name, "")

    def take(self, name: str, answer: str) -> None:
        """Note an answer.

        Raises:
            WrongChoice: no project can be made with it.
        """
        answer = answer.strip()
        if name == "languages":
            self.languages = tuple(_named(answer, LANGUAGES, "a language"))
            if not self.languages:
                raise WrongChoice(f"a report has a language: {', '.join(LANGUAGES)}")
        elif name == "company":
            self.company = self._worded(answer, "the company")
        elif name == "stock-code":
            if not re.fullmatch(r"\d{0,6}", answer):
                raise WrongChoice(f'"{answer}" is not a stock code; write its digits, such as 00700')
            self.stock_code = answer
        elif name == "year-end":
            self.last_day = year_end(answer, self.today)
        elif name == "frameworks":
            self.frameworks = dict(map(_claimed, _items(answer)))
        elif name == "issuer-class":
            (self.issuer_class,) = _named(answer, ISSUER_CLASSES, "an issuer class") or [""]
        elif name == "plants":
            self.plants = tuple(self._worded(item, f'"{item}"') for item in _items(answer))

    def _worded(self, answer: str, what: str) -> Text:
        """A name in each language, as it was typed with / between."""
        names = [name.strip() for name in re.split("[/／]", answer)]
        if len(names) != len(self.languages) or not all(names):
            like = " / ".join(
                {"en": "Harbour Ropes", "zh-Hant": "港灣繩纜", "zh-Hans": "港湾绳缆"}[x]
                for x in self.languages
            )
            languages = " and ".join(LANGUAGES[language].name for language in self.languages)
            raise WrongChoice(f"{what} needs a name in {languages}; write it like this: {like}")
        return Text.of(dict(zip(self.languages, names, strict=True)))


def year_end(text: str, today: date) -> date:
    """The last day of the year to be reported: 2026-03-31, or 03-31 for the latest such day before `today`.

    Raises:
        WrongChoice: this is not a day.
    """
    given = re.fullmatch(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})", text)
    try:
        if given is None:
            raise ValueError
        year, month, day = (int(part) if part else 0 for part in given.groups())
        if year:
            return date(year, month, day)
        latest = _years_before(date(2000, month, day), 2000 - today.year)
    except ValueError:
        help = "write year-month-day, such as 2025-12-31"
        raise WrongChoice(f'"{text}" is not the last day of a year; {help}') from None
    return latest if latest < today else _years_before(latest, 1)


def _items(answer: str) -> list[str]:
    return [item.strip() for item in re.split("[,，、]", answer) if item.strip()]


def _named(answer: str, known: Collection[str], what: str) -> list[str]:
    """The items of an answer, each among `known`."""
    for item in _items(answer):
        if item not in known:
            raise WrongChoice(f'"{item}" is not {what}; {nearest(item, known)}')
    return list(dict.fromkeys(_items(answer)))


def _claimed(item: str) -> tuple[str, str]:
    """A framework and the claim that is made of it; the most modest one, where none is named."""
    id, _, claim = item.partition(":")
    _named(id, _package_frameworks(), "a framework of the tool")
    claims = list(_framework(id, "", date.min).claims)
    if claim:
        _named(claim, claims, f"a claim that {id} knows")
    return id, claim or (claims[-1] if claims else "")


def _package_frameworks() -> list[str]:
    return sorted(path.stem for path in PACKAGE_FRAMEWORKS.glob("*.yml"))


def _usual_frameworks(last_day: date) -> list[str]:
    """The frameworks that are for certain financial years, and for this one."""
    begins = Year(last_day).first
    read = [_framework(id, "", begins) for id in _package_frameworks()]
    return [each.id for each in read if date.min < each.applies_from <= begins < each.applies_before]


def _framework(id: str, issuer_class: str, begins: date, claim: str = "") -> Framework:
    framework, findings = package_framework(id, issuer_class, begins, claim)
    if framework is None:
        raise WrongChoice(f"{id} cannot be read: {findings[0]}")
    return framework


# ---- what is made


def project_files(choices: Choices) -> dict[str, str]:
    """The files of a new project, by name."""
    return _Starter(choices).files()


def next_steps(folder: Path) -> str:
    """What is said when the files are written."""
    return (
        f"Written to {folder}. README.md there says what is where, and what to do. 請先閱讀當中的README.md。\n\n"
        f"  cd {shlex.quote(str(folder))}\n"
        "  esgreport fonts             once on each computer 每台電腦一次\n"
        "  esgreport index --missing   what the rules ask for, first things first 規定要求的內容\n"
        "  esgreport serve             the report in a browser, while you write 邊寫邊看\n"
        "  esgreport check --mistakes  what is wrong, and how to put it right 錯誤及改法\n"
        "  esgreport build             websites and PDFs, as a draft 製作草稿"
    )


class _Starter:
    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.languages = choices.languages
        # The Chinese in which files explain themselves beside English.
        self.chinese = "zh-Hans" if self.languages == ("zh-Hans",) else "zh-Hant"
        self.money = "RMB" if self.languages == ("zh-Hans",) else "HKD"
        year = Year(choices.last_day)
        self.years = [year.before(count) for count in range(YEARS)]
        plants = {
            _identifier(name.get("en", ""), f"site_{n}"): name for n, name in enumerate(choices.plants, 1)
        }
        self.general: dict[str, object] = {
            "t": self.worded,
            "zh": lambda hant, hans: hans if self.chinese == "zh-Hans" else hant,
            "each": self.each,
            "both": self.both,
            "hints": self.hints,
            "level": lambda row, language: words(language)[f"level_{row.level}"],
            "below": lambda page, row: [x for x in page.framework.leaves(row.id) if x.id != row.id],
            "worded": worded_in,
            "day": worded_date,
            "call": lambda id: f"{{{{ {id} }}}}",
            "chinese": self.chinese,
            "company": choices.company,
            "stock_code": choices.stock_code,
            "issuer_class": choices.issuer_class,
            "languages": self.languages,
            "frameworks": tuple(choices.frameworks),
            "claims": {id: claim for id, claim in choices.frameworks.items() if claim},
            "slug": f"{_slug(choices.company.get('en', ''))}-{year.last.year}",
            "years": self.years,
            "schema": SCHEMA,
            "goal": year.before(-5),
            "approved": year.last + APPROVED,
            "published": year.last + PUBLISHED,
            "plants": plants,
            "money": self.money,
        }
        self.made = {"data/dimensions.yml": starter_file("data/dimensions.yml", self.general)}
        self.members = _members(self.made["data/dimensions.yml"])
        self.taken: set[str] = set()
        self.pages: list[_Page] = []
        for id, claim in choices.frameworks.items():
            framework = _framework(id, choices.issuer_class, year.first, claim)
            self.pages += self.pages_of(framework)
        self.pages = list(_told_apart(_typed_once(self.pages)))

    def files(self) -> dict[str, str]:
        """Every file, by its name."""
        sample = self.pages[0].id if self.pages else "about"
        values = {**self.general, "parts": list(_parts(self.pages)), "pages": self.pages, "sample": sample}
        names = ["data/report.yml", "data/aspects/activity.yml", "README.md", "gitignore"]
        for name in [*names, "data/registers/plants.yml"] if self.choices.plants else names:
            self.made[name] = starter_file(name, values)
        self.made[".gitignore"] = self.made.pop("gitignore")
        self.write_for_editors(values)
        for page in self.pages:
            of_page = {**values, "page": page}
            self.made[f"data/aspects/{page.id}.yml"] = starter_file("data/aspects/aspect.yml", of_page)
            self.write_pages(page.id, "content/page.md", of_page)
        for name in ("about", "content_index"):
            self.write_pages(name, f"content/{name}.md", values)
        return self.made

    def write_pages(self, name: str, template: str, values: Mapping[str, object]) -> None:
        for language in self.languages:
            of_language = {**values, "language": language, "s": self.saying(language)}
            self.made[f"content/{language}/{name}.md"] = starter_file(template, of_language)

    def write_for_editors(self, values: Mapping[str, object]) -> None:
        """What Visual Studio Code needs: schemas, settings, snippets that name metrics of this project."""
        asked = [row.requirement for page in self.pages for row in page.rows]
        divided = next((m for page in self.pages for m in page.metrics if m.breakdown), None)
        samples = {
            "s": self.saying(self.languages[0]),
            "metric": "revenue",
            "requirement": next((row.id for row in asked if row.level == "comply-or-explain"), ""),
            "divided": divided.id if divided else "revenue",
            "dimension": next(iter(divided.breakdown)) if divided else "gender",
        }
        self.made |= {f"{editors.FOLDER}/{name}": text for name, text in editors.schema_files().items()}
        self.made[".vscode/settings.json"] = editors.settings()
        for name in ("extensions.json", "esgreport.code-snippets"):
            self.made[f".vscode/{name}"] = starter_file(f"vscode/{name}", {**values, **samples})

    # ---- words

    def saying(self, language: str) -> Callable[[str, str, str], str]:
        """Takes the wording of one language out of three."""
        return lambda *worded: dict(zip(("en", "zh-Hant", "zh-Hans"), worded, strict=True))[language]

    def each(self, text: Text) -> str:
        """A wording as YAML holds it: one text, or one in each language."""
        quoted = {x: json.dumps(worded_in(text, x), ensure_ascii=False) for x in self.languages}
        if len(self.languages) == 1:
            return quoted[self.languages[0]]
        return "{" + ", ".join(f"{language}: {word}" for language, word in quoted.items()) + "}"

    def worded(self, en: str, hant: str, hans: str) -> str:
        return self.each(Text.of({"en": en, "zh-Hant": hant, "zh-Hans": hans}))

    def both(self, text: Text) -> str:
        return f"{worded_in(text, 'en')} {worded_in(text, self.chinese)}"

    def hints(self, page: _Page, row: _Row, language: str) -> Sequence[str]:
        return worklist.expected(UnitTable(), page.framework, row.requirement, language)

    # ---- requirements

    def pages_of(self, framework: Framework) -> Iterator[_Page]:
        """The pages of a framework of which something must be answered."""
        groups: dict[str, list[Requirement]] = {}
        for row in framework.rows:
            above = framework.ancestors(row.id) or (row,)
            group = next((each for each in above if each.type in PAGES), above[-1])
            groups.setdefault(group.id, []).append(row)
        for id, rows in groups.items():
            group = framework.requirements[id]
            if asked := [row for row in rows if row.level in IN_FORCE]:
                yield _Page(
                    _identifier(id, "page"),
                    framework,
                    group,
                    (framework.ancestors(id) or (group,))[-1],
                    [self.row(framework, row) for row in asked],
                    [row for row in rows if row not in asked],
                )

    def row(self, framework: Framework, row: Requirement) -> _Row:
        measured = [
            (requirement, measure)
            for requirement in dict.fromkeys((row, *framework.leaves(row.id)))
            for measure in requirement.measures
            if not measure.optional
        ]
        anchor = re.sub(r"[^a-z0-9]+", "-", row.id.lower()).strip("-")
        return _Row(
            row,
            anchor if anchor[0].isalpha() else f"r-{anchor}",
            [self.metric(requirement, measure) for requirement, measure in measured],
        )

    def metric(self, requirement: Requirement, measure: Measure) -> _Metric:
        id = _identifier(measure.key, "metric")
        if id in self.taken:
            id = f"{id}_{_identifier(requirement.id, 'r')}"
        self.taken.add(id)
        money = {"money": f"{self.money} thousand", "money-per-tCO2e": f"{self.money}/tCO2e"}
        by = [name for name in measure.breakdown if measure.breakdown_required or name in UNLIKE]
        several = len(requirement.measures) > 1
        return _Metric(
            id,
            measure.label,
            {**_UNITS, **money}.get(measure.unit, measure.unit),
            (f"{requirement.id}:{measure.key}" if several else requirement.id,),
            measure.intensity in ("expected", "where-appropriate"),
            " + ".join(_identifier(key, "metric") for key in measure.sum_of),
            {name: self.members[name] for name in by},
            [year.id for year in self.years[: max(COMPARED, measure.periods)]],
        )


def _typed_once(pages: Sequence[_Page]) -> list[_Page]:
    """The pages without a second metric for the same figure, which the first one answers as well.

    The same are two of one name and unit, of which one is called after the other: `ghg_scope2`, `ghg_scope2_location`.
    """
    first: dict[str, _Metric] = {}
    for metric in (metric for page in pages for metric in page.metrics):
        same = next((each for each in first.values() if _same(each, metric)), None)
        if same:
            first[same.id] = replace(same, answers=(*same.answers, *metric.answers))
        else:
            first[metric.id] = metric

    def once(row: _Row) -> _Row:
        typed = [first.get(m.id) or next(x for x in first.values() if _same(x, m)) for m in row.metrics]
        repeated = [own.id for own, asked in zip(typed, row.metrics, strict=True) if own.id != asked.id]
        return replace(row, metrics=typed, repeated=repeated)

    return [replace(page, rows=[once(row) for row in page.rows]) for page in pages]


def _same(metric: _Metric, later: _Metric) -> bool:
    alike = metric.label["en"] == later.label["en"] and metric.unit == later.unit
    return alike and later.id.startswith(f"{metric.id}_")


def _told_apart(pages: Sequence[_Page]) -> Iterator[_Page]:
    """The pages with metrics of one name named after what asks for them, too: "Assets at risk: amount"."""
    metrics = {metric.id: metric for page in pages for metric in page.metrics}
    called = Counter(metric.label["en"] for metric in metrics.values())

    def named(row: _Row, metric: _Metric) -> _Metric:
        if called[metric.label["en"]] == 1:
            return metric
        asked = row.requirement.label
        names = {
            language: f"{worded_in(asked, language)}{': ' if language == 'en' else '：'}"
            + mid_sentence(worded_in(metric.label, language))
            for language in LANGUAGES
        }
        return replace(metric, label=Text.of(names))

    for page in pages:
        rows = [replace(row, metrics=[named(row, metric) for metric in row.metrics]) for row in page.rows]
        yield replace(page, rows=rows)


def _members(dimensions: str) -> dict[str, list[str]]:
    """The ids of the members of each dimension in the text of a `dimensions.yml`."""
    found: dict[str, list[str]] = {}
    node, _ = read_yaml(dimensions, "data/dimensions.yml")
    for key, value in node if isinstance(node, source.Mapping) else ():
        members = value.get("members") if isinstance(value, source.Mapping) else None
        found[key.text] = (
            [member.text for member, _ in members] if isinstance(members, source.Mapping) else []
        )
    return found


def _parts(pages: Sequence[_Page]) -> Iterator[_Part]:
    """The pages in parts, by the highest requirement above each; those that are the highest stand together."""

    def key(page: _Page) -> tuple[str, str]:
        return page.framework.id, page.group.type if page.group is page.root else page.root.id

    for _, together in groupby(pages, key):
        own = list(together)
        first = own[0]
        title = Text() if first.group is first.root else first.root.label
        yield _Part(title, first.group.type == "pillar", [page.id for page in own])


def _identifier(text: str, instead: str) -> str:
    """An id made of a name in Latin letters; `instead`, or with that before it, where it has none to begin with."""
    plain = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return plain if plain[:1].isalpha() else "_".join(filter(None, (instead, plain)))


def _slug(company: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", _LEGAL.sub("", company).lower()).strip("-")
    return f"{name}-esg" if name else "esg-report"
