"""A website's search as its pages ask it: the worker, the index, and what a query brings, in the order of the list."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

QUERIES = Path(__file__).parent / "search_queries.csv"

_ASK = """async (queries) => {
  const config = JSON.parse(document.getElementById("__config").textContent);
  const base = new URL(config.base + "/", location);
  const worker = new Worker(new URL(config.search, location));
  const answer = () => new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data); });
  const index = await (await fetch(new URL("search/search_index.json", base))).json();
  worker.postMessage({ type: 0, data: { ...index, options: { suggest: false } } });
  await answer();
  const found = {};
  for (const query of queries) {
    worker.postMessage({ type: 2, data: query });
    found[query] = (await answer()).data.items;
  }
  worker.terminate();
  return found;
}"""


@dataclass(frozen=True)
class Query:
    """A line of the table: what a reader types, and the section that should be found."""

    language: str
    kind: str
    query: str
    expected: str  # with | between sections that would do


def queries() -> list[Query]:
    with QUERIES.open(encoding="utf-8", newline="") as table:
        return [Query(**row) for row in csv.DictReader(table)]


def asked(tab: Any, words: list[str]) -> dict[str, list[list[dict[str, Any]]]]:
    """What the search of the page in a tab finds: for each query the pages in order, each with its sections."""
    found: dict[str, list[list[dict[str, Any]]]] = tab.evaluate(_ASK, words)
    return found


def rank(found: list[list[dict[str, Any]]], expected: str) -> int:
    """At which page of the results the section stands, from 1; 0 where it is not found."""
    for number, sections in enumerate(found, 1):
        if any(section["location"] in expected.split("|") and section["score"] > 0 for section in sections):
            return number
    return 0
