from conftest import TINY
from esgreport.checks import requirements
from reports import edition_of

REPORT = TINY["data/report.yml"].replace("parts:", "frameworks: [hkex-esg-code-2025]\nparts:")


def test_names_are_told_where_they_stand_and_open_rows_at_the_list_of_frameworks(project):
    root = project({"data/report.yml": REPORT})
    found = list(requirements.check(edition_of(root), root))
    assert {f.code for f in found} == {"requirement-missing"}
    assert len(found) == 8 + 85  # the one row that is only encouraged is not asked for
    assert {(f.place.path, f.place.column, f.blocking, str(f.severity)) for f in found} == {
        ("data/report.yml", 1, False, "error")
    }
    assert len({f.place.line for f in found}) == 1


def test_a_tag_and_a_response_that_name_nothing(project):
    page = TINY["content/en/a2.md"].replace("{ #figures }", '{ #figures answers="A2.11" }')
    responses = 'responses:\n  "A7.1": {status: explained, reason: {en: Why., zh-Hant: 因。}}\n'
    root = project(
        {
            "data/report.yml": REPORT,
            "content/en/a2.md": page,
            "data/aspects/a2.yml": TINY["data/aspects/a2.yml"] + responses,
        }
    )
    found = [f for f in requirements.check(edition_of(root), root) if f.blocking]
    line = page.split("\n").index('## Figures { #figures answers="A2.11" }') + 1
    assert [(str(f.place), f.code) for f in found] == [
        (f"content/en/a2.md:{line}:32", "unknown-requirement"),
        ("data/aspects/a2.yml:8:3", "unknown-requirement"),
    ]
    assert found[0].help == 'did you mean "A2.1"?'
