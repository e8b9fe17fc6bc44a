import pytest
from esgreport.checks import terms_differ

GLOSSARY = """
intensity: {term: {en: intensity, zh-Hant: 密度}, also: {zh-Hant: [強度]}}
waste: {term: {en: hazardous waste, zh-Hant: 有害廢棄物}, forms: {en: [spent acid]}, also: {en: [dangerous waste]}}
coke: {term: {en: semi-coke, zh-Hant: 蘭炭}}
"""
FIRM = "\n\n".join(f"The intensity is {word}." for word in ("low", "high", "new", "old"))
FEST = "\n\n".join(f"密度{word}。" for word in ("低", "高", "新", "舊"))


def _marks(assert_marks, english, chinese, **files):
    return assert_marks(terms_differ.check, {
        "data/glossary.yml": GLOSSARY,
        "content/en/a2.md": "# Energy\n\n" + english + "\n",
        "content/zh-Hant/a2.md": "# 能源\n\n" + chinese + "\n",
        **files,
    })  # fmt: skip


def test_a_word_that_is_only_one_of_others(assert_marks):
    found = _marks(
        assert_marks,
        "All Dangerous waste is stored.\n    ^^^^^^^^^^^^^^^ terms-differ\n\nThe intensities fell.",
        "有害廢棄物存放妥當。\n\n強度下降。\n^^ terms-differ",
    )
    assert found[0].message == '"Dangerous waste" is not what the glossary calls "有害廢棄物" ("waste")'
    assert found[0].help.startswith("write hazardous waste, or list")


def test_a_concept_that_is_never_called_by_its_word(assert_marks):
    found = _marks(
        assert_marks,
        "Made of coal tar.\n\nAnd of lanthanum coke.",
        "以蘭炭製成。\n ^^ terms-differ\n\n亦以煤製成。",
    )
    assert found[0].message == '"蘭炭" stands here, but not "semi-coke" ("coke") in content/en/a2.md, line 3'


def test_one_slip_from_a_word_that_is_used_throughout(assert_marks):
    _marks(
        assert_marks,
        FIRM + "\n\nThe density is fair.",
        FEST + "\n\n密度尚可。\n^^ terms-differ",
    )


def test_part_of_a_word_in_its_place(assert_marks):
    _marks(
        assert_marks,
        "Hazardous waste is stored.\n\nHazardous waste is sold.\n\nBad waste is burnt.",
        "有害廢棄物存放妥當。\n\n有害廢棄物出售。\n\n有害廢棄物焚燒。\n^^^^^ terms-differ",
    )


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Intensities of hazardous waste.", "有害廢棄物的密度。"),
        ("Of the hazardous-waste store.", "有害廢棄物倉。"),
        ("The spent acid is sold.", "有害廢棄物出售。"),
        ("## Hazardous waste { #waste }\n\nIt is sold.", "## 有害廢棄物 { #waste }\n\n有害廢棄物出售。"),
        (FIRM + "\n\nIt is fair.\n\nIt is good.", FEST + "\n\n密度尚可。\n\n密度良好。"),
        ("Words of neither.", "其他字眼。"),
    ],
)
def test_what_is_alike_or_said_freely(assert_marks, english, chinese):
    _marks(assert_marks, english, chinese)


def test_wordings_of_data(assert_marks):
    _marks(assert_marks, "Power.", "電力。", **{
        "data/topics/steps.yml": """
            name: {en: Steps, zh-Hant: 步驟}
            fields: {cut: {en: Less dangerous waste, zh-Hant: 減少有害廢棄物}}
                                    ^^^^^^^^^^^^^^^ terms-differ
            entries: {one: {name: {en: One, zh-Hant: 一}, cut: {en: A, zh-Hant: 甲}}}
        """,
    })  # fmt: skip


def test_a_word_that_is_avoided_is_told_once_as_such(assert_marks):
    glossary = {
        "data/glossary.yml": "intensity: {term: {en: intensity, zh-Hant: 密度}, avoid: {en: [density]}}\n"
    }
    _marks(assert_marks, "The density fell.", "密度下降。", **glossary)
