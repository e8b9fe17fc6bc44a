"""The company's own name is called, never typed."""

import pytest
from esgreport.calls import EntryReference, resolve_call
from esgreport.diagnostics import Place
from esgreport.model import Call
from reports import aspect, edition_of

HERE = Place("content/en/a2.md", 3, 1, 2)


def shown(edition, *arguments):
    return resolve_call(edition.figures, Call("company", arguments, HERE))


@pytest.mark.parametrize(("arguments", "show"), [((), ""), ((("show", "defined"),), "defined")])
def test_the_company_is_a_name(project, arguments, show):
    edition = edition_of(project())
    company = edition.report.company
    reference, findings = shown(edition, *arguments)
    assert (reference, findings) == (EntryReference("company", show), [])
    assert edition.report.entries["company"].name == company.name
    assert edition.report.entries["company"].short_name == company.short_name


def test_a_metric_of_that_id_goes_before(project):
    metrics = "company: {name: {en: Companies, zh-Hant: 公司}, unit: count, values: {2025: 3, 2024: 2}}"
    edition = edition_of(project({"data/aspects/a2.yml": aspect(metrics)}), blocking=True)
    reference, findings = shown(edition)
    assert reference.figure.metric == "company" and not findings


def test_what_the_company_does_not_say_names_its_file(project):
    reference, (finding,) = shown(edition_of(project()), ("show", "means"))
    assert reference is None
    assert finding.message == '"company" has no means'
