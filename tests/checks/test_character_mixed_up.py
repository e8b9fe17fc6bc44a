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
    assert found[0].help == "write 標準, if that is meant"


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
