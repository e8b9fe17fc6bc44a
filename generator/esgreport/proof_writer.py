"""What calling figures came to, in words: lines for a terminal, rows of a table, and a page that a proof-reader signs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from esgreport.diagnostics import display_width
from esgreport.interface import alone, labelled, said, spoken
from esgreport.languages import LANGUAGES
from esgreport.proof import Compared, File, Medium, Proof, Result, Spot

MOST_LINES = 20  # of what is unmatched, on a terminal
_MEDIA = {
    Medium.BUILD: "Build and data files",
    Medium.WEB: "Website",
    Medium.PDF: "PDF",
    Medium.LANGUAGES: "Between the languages",
}


@dataclass(frozen=True)
class Count:
    """How many numbers of an edition came to each result."""

    edition: str
    matched: int
    explained: int
    unmatched: int


@dataclass(frozen=True)
class Row:
    """A number that is not as it should be, where it stands."""

    edition: str
    place: str
    title: str
    subject: str
    name: str
    printed: str
    wanted: str
    why: str


@dataclass(frozen=True)
class Called:
    """A figure that is as it should be, or otherwise for a reason; `places` are where each edition prints it."""

    subject: str
    name: str
    printed: str
    why: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """A page of the website and its chapter in the PDFs: the figures that matched, and how many numbers in sentences."""

    title: str
    figures: tuple[Called, ...]
    typed: int


@dataclass(frozen=True)
class ProofView:
    """The page to sign; `editions` head the columns of places. What is explained without a place in an edition is of the
    report itself: its languages differ, and somebody accepted it."""

    verdict: str
    notes: tuple[str, ...]
    counts: tuple[Count, ...]
    unmatched: tuple[Row, ...]
    explained: tuple[Called, ...]
    accepted: tuple[Row, ...]
    editions: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    files: tuple[File, ...]
    pages: int  # of websites, which build.json lists with their digests


def view(proof: Proof, names: Mapping[str, str]) -> ProofView:
    """The page to sign; `names` are those of figures by id."""
    editions = tuple(edition for edition in proof.counts if edition[0] in (Medium.WEB, Medium.PDF))
    explained = [
        row for row in proof.of(Result.EXPLAINED) if (row.spot.medium, row.spot.language) in editions
    ]
    accepted = [row for row in proof.of(Result.EXPLAINED) if row.spot.medium == Medium.LANGUAGES]
    return ProofView(
        verdict(proof),
        tuple(said(note) for note in proof.notes),
        counts(proof),
        tuple(_row(row, names) for row in proof.of(Result.UNMATCHED)),
        tuple(_called(explained, editions, names, _addresses)),
        tuple(_row(row, names) for row in accepted),
        tuple(_edition(*edition) for edition in editions),
        tuple(_chapters(proof, editions, names)),
        tuple(file for file in proof.files if not file.name.endswith(".html")),
        sum(file.name.endswith(".html") for file in proof.files),
    )


def verdict(proof: Proof) -> str:
    """How it came out, in a sentence."""
    unmatched = len(proof.of(Result.UNMATCHED))
    if unmatched:
        return said(f"{len(proof.rows):,} numbers compared: {unmatched:,} unmatched.")
    return said(f"{len(proof.rows):,} numbers compared: all of them match.")


def counts(proof: Proof) -> tuple[Count, ...]:
    """How much was compared, edition by edition."""
    return tuple(
        Count(_edition(*edition), found[Result.MATCHED], found[Result.EXPLAINED], found[Result.UNMATCHED])
        for edition, found in sorted(proof.counts.items(), key=lambda each: list(Medium).index(each[0][0]))
    )


def lines(proof: Proof) -> Iterator[str]:
    """The whole for a terminal; of what is unmatched the first."""
    yield verdict(proof)
    yield from (said(note) for note in proof.notes)
    told = counts(proof)
    widest = max((_cells(count.edition) for count in told), default=0)
    heads = said("matched explained unmatched").split()
    yield f"\n{'':{widest}}  {_right(heads[0], 7)}  {_right(heads[1], 9)}  {_right(heads[2], 9)}"
    for count in told:
        edition = count.edition + " " * (widest - _cells(count.edition))
        yield f"{edition}  {count.matched:>7,}  {count.explained:>9,}  {count.unmatched:>9,}"
    unmatched = proof.of(Result.UNMATCHED)
    for row in unmatched[:MOST_LINES]:
        yield f"\n{_place(row.spot)}" + (f"  {row.spot.title}" if row.spot.title else "")
        yield "    " + (labelled(row.subject, _beside(row)) if row.printed or row.wanted else row.subject)
        yield f"    {_why(row)}"
    if len(unmatched) > MOST_LINES:
        yield said(f"\n… and {len(unmatched) - MOST_LINES:,} more unmatched: they are in the report.")


def records(proof: Proof, names: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Every number as a line of a table: what is unmatched first."""
    for result in (Result.UNMATCHED, Result.EXPLAINED, Result.MATCHED):
        for row in proof.of(result):
            yield {
                "result": row.result.value,
                "edition": row.spot.medium.value,
                "language": row.spot.language,
                "file": row.spot.file,
                "at": row.spot.at,
                "section": row.spot.title,
                "kind": _kind(row),
                "subject": row.subject,
                "name": names.get(row.subject, ""),
                "printed": _amount(row, row.printed),
                "wanted": _amount(row, row.wanted),
                "why": _why(row),
            }


COLUMNS = ("result", "edition", "language", "file", "at", "section", "kind", "subject", "name", "printed", "wanted", "why")  # fmt: skip


def _kind(row: Compared) -> str:
    """What was compared: a figure, a number typed in a sentence, what `check` finds, or a file."""
    if row.typed or "@" in row.subject:
        return "typed" if row.typed else "figure"
    return "finding" if row.spot.medium == Medium.LANGUAGES else "file"


def _row(row: Compared, names: Mapping[str, str]) -> Row:
    return Row(
        _edition(row.spot.medium, row.spot.language),
        _place(row.spot),
        row.spot.title,
        row.subject,
        names.get(row.subject, ""),
        _amount(row, row.printed),
        _amount(row, row.wanted),
        _why(row),
    )


def _place(spot: Spot) -> str:
    return spot.file + said(f", page {spot.at}") if spot.medium == Medium.PDF and spot.at else str(spot)


def _amount(row: Compared, text: str) -> str:
    """What is printed stays as it is; of the data, and of how often, it is said in our words."""
    return said(text) if row.spot.medium in (Medium.BUILD, Medium.LANGUAGES) else text


def _why(row: Compared) -> str:
    """What is the matter; a reason for which somebody accepted it is his own."""
    accepted = row.spot.medium == Medium.LANGUAGES and row.result == Result.EXPLAINED
    return row.why if accepted else said(row.why)


def _beside(row: Compared) -> str:
    """What is printed, beside what should be."""
    printed, wanted = (_amount(row, text) or alone("nothing") for text in (row.printed, row.wanted))
    return said(f"{printed} is printed, and it should be {wanted}")


def _cells(text: str) -> int:
    return len(text) if spoken() == "en" else display_width(text)


def _right(text: str, cells: int) -> str:
    return " " * (cells - display_width(text)) + text


def _edition(medium: Medium, language: str) -> str:
    name = LANGUAGES[language].name if language else ""
    if spoken() == "en" or not name:
        return ", ".join(part for part in (said(_MEDIA[medium]), name) if part)
    return f"{said(_MEDIA[medium])}（{said(name)}）"


def _chapters(
    proof: Proof, editions: Sequence[tuple[Medium, str]], names: Mapping[str, str]
) -> Iterator[Chapter]:
    """What matched, chapter by chapter: each figure once, with the places where each edition prints it."""
    by_page: dict[str, list[Compared]] = {}
    for row in proof.rows:
        if (row.spot.medium, row.spot.language) in editions:
            by_page.setdefault(row.spot.page, []).append(row)
    for rows in by_page.values():
        title = next((row.spot.title for row in rows if not row.spot.at and row.spot.title), "")
        matched = (row for row in rows if not row.typed and row.result == Result.MATCHED)
        yield Chapter(
            f"{title} {rows[0].spot.page}.html".strip(),
            tuple(_called(matched, editions, names, _times)),
            sum(row.typed for row in rows),
        )


def _called(
    rows: Iterable[Compared],
    editions: Sequence[tuple[Medium, str]],
    names: Mapping[str, str],
    places: Callable[[Sequence[Compared]], str],
) -> Iterator[Called]:
    """Figures, each once for a reason, with what `places` says of where each edition prints it."""
    found: dict[tuple[str, str], dict[tuple[Medium, str], list[Compared]]] = {}
    for row in rows:
        edition = (row.spot.medium, row.spot.language)
        found.setdefault((row.subject, row.why), {}).setdefault(edition, []).append(row)
    for (subject, why), by_edition in found.items():
        told = tuple(places(by_edition.get(edition, ())) for edition in editions)
        printed = dict.fromkeys(row.printed for each in by_edition.values() for row in each)
        yield Called(subject, names.get(subject, ""), " / ".join(printed), said(why), told)


def _addresses(rows: Sequence[Compared]) -> str:
    """The folios of a PDF, or the sections of a website."""
    if rows and rows[0].spot.medium == Medium.WEB:
        return ", ".join(dict.fromkeys(str(row.spot).partition("/")[2] for row in rows))
    return ", ".join(dict.fromkeys(row.spot.at for row in rows))


def _times(rows: Sequence[Compared]) -> str:
    """The folios of a PDF, or how often a page of the website prints a figure."""
    if rows and rows[0].spot.medium == Medium.WEB:
        return f"{len(rows)} ×"
    return _addresses(rows)
