import pytest
from conftest import ROOT, TINY
from esgreport.checks import missing_glyph
from esgreport.faces import load_faces, missing_characters
from esgreport.languages import LANGUAGES, words
from esgreport.units import UnitTable
from esgreport.views import texts

BOTH_SCRIPTS = (
    TINY["data/report.yml"]
    .replace("languages: [zh-Hant, en]", "languages: [zh-Hans, zh-Hant]")
    .replace('en: "Environmental, Social and Governance Report"', "zh-Hans: 环境、社会及治理报告")
    .replace("en: Tiny Copper Limited", "zh-Hans: 小铜环保有限公司")
)


def test_a_character_that_no_face_holds(assert_marks):
    found = assert_marks(missing_glyph.check, {
        "content/en/a2.md": "# Energy\n\nWe emit less 🌍 and less 🌍 every year.\n             ^ missing-glyph\n",
        "data/aspects/a2.yml": """
            aspect: A2
            metrics:
              electricity: {name: {en: Electricity, zh-Hant: 電力}, unit: kWh, note: {en: A rare one, zh-Hant: 𪚥}, values: {2025: 1, 2024: 1}}
                                                                                                             ^ missing-glyph
        """,
    })  # fmt: skip
    assert found[0].blocking
    assert found[0].message == "no face of this report holds 🌍 (U+1F30D)"


def test_each_script_is_printed_in_its_own_face(assert_marks):
    """What is right in a Simplified edition is a slip in a Traditional one, but for names, which both print."""
    assert_marks(missing_glyph.check, {
        "data/report.yml": BOTH_SCRIPTS,
        "data/dimensions.yml": None,
        "data/aspects/a2.yml": "aspect: A2\nmetrics:\n  electricity: {name: {zh-Hans: 外购电力, zh-Hant: 外購電力}, unit: kWh, values: {2025: 1}}\n",
        "content/en/a2.md": None,
        "content/zh-Hans/a2.md": "# 环境\n\n员工与废弃物。\n",
        "content/zh-Hant/a2.md": "# 環境\n\n僱員與废弃物。\n   ^ missing-glyph\n    ^ missing-glyph\n",
    })  # fmt: skip


def test_what_is_not_printed_needs_no_glyph(assert_marks):
    assert_marks(
        missing_glyph.check,
        {"content/en/a2.md": "# Energy\n\n<!-- 🌍 --> Electricity, CO<sub>2</sub> and 銅.\n"},
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_tool_itself_can_be_printed(language):
    """So that only what stands in a report's own files is looked at."""
    faces = load_faces(ROOT / ".cache" / "fonts", [language])
    own = [face for face in faces if language == "en" or face.language in ("", language)]
    units = [dict(unit.names)[language] for unit in UnitTable().units.values()]
    said = "".join([*words(language).values(), *texts(tuple(units)), "²³‰▲▼◆◇○●◐–…／"])
    for stack in missing_glyph.STACKS:
        assert missing_characters(said, stack, own) == []
