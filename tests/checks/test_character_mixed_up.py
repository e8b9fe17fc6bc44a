import pytest
from esgreport.characters import meant, mixed_up
from esgreport.checks import character_mixed_up


def test_a_character_that_no_known_word_has(assert_marks):
    found = assert_marks(character_mixed_up.check, {
        "content/zh-Hant/a2.md": """
            # 能源

            電單為標准，之后再核對。
                ^ character-mixed-up
                   ^ character-mixed-up
        """,
        "content/en/a2.md": "# Energy\n\nText.\n",
    })  # fmt: skip
    assert found[0].message == '"准" in "標准" looks like 準, wrongly converted'
    assert found[0].help == "write 準 for 准, as in 標準, if that is meant"


@pytest.mark.parametrize(
    "text",
    [
        "皇后面對群眾",
        "先後批准",
        "公里",
        "乾燥的沙",
        "能幹的人",
        "收穫與獲得",
        "系統關係聯繫",
        "製造制度",
        "麵粉表面",
        "只有一隻",
        "回收迴路",
        "採購風采",
    ],
)
def test_words_that_are_written_so(text):
    assert not [match[0] for match in mixed_up().finditer(text) if meant(text, match.start())]


def test_yu_is_for_names(assert_marks):
    found = assert_marks(character_mixed_up.check, {
        "data/registers/terms.yml": "yu: {name: {en: Yutian, zh-Hant: 大于田廠}}",
        "content/zh-Hant/a2.md": """
            # 能源

            廠房位于四川，于2025年擴建。由于先生負責，于女士及大于田廠協助，於年內完成。
               ^ character-mixed-up
                   ^ character-mixed-up
        """,
        "content/en/a2.md": "# Energy\n\nText.\n",
    })  # fmt: skip
    assert {each.help for each in found} == {
        "write 於 for 于, as in 位於, if that is meant",
        "write 於 for 于, as in 於, if that is meant",
    }
