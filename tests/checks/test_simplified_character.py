from esgreport.checks import simplified_character


def test_points_at_each_stretch_and_says_what_to_write(assert_marks):
    found = assert_marks(simplified_character.check, {
        "content/zh-Hant/a2.md": """
            # 能源

            城西厂的废气少了{{ electricity }}，廠方稱善。
              ^ simplified-character
                ^^ simplified-character
        """,
        "content/en/a2.md": "# Energy\n\nIn Chinese 厂.\n",
    })  # fmt: skip
    assert found[1].message == '"废气" is Simplified Chinese in a Traditional text'
    assert found[1].help == "write 廢氣"


def test_finds_the_line_of_a_name_in_data(assert_marks):
    assert_marks(simplified_character.check, {
        "data/dimensions.yml": """
            plant:
              name: {en: Plant, zh-Hant: 廠房}
              members:
                east:
                  en: East
                  zh-Hant: 东廠
                           ^ simplified-character
        """,
    })  # fmt: skip


def test_simplified_text_and_what_both_write_are_left_alone(assert_marks):
    assert_marks(simplified_character.check, {
        "content/zh-Hant/a2.md": "# 能源\n\n后土、公里、了解、台階、干支、群峰、批准、岩石。\n\n## 數據 { #figures }\n",
        "content/en/a2.md": "# Energy\n\nText.\n\n## Figures { #figures }\n",
    })  # fmt: skip
