from esgreport.checks import stray_latin


def test_a_word_that_was_not_translated(assert_marks):
    found = assert_marks(stray_latin.check, {
        "data/glossary.yml": "board: {term: {en: Board, zh-Hant: 董事會}}\n",
        "content/zh-Hant/a2.md": """
            # 能源

            包括環境、健康和 safety，由 Board 監察，符合ISO標準及LED照明（lighting）、Harbour公司、「scrap」、kWh。
                     ^^^^^^ stray-latin
                              ^^^^^ stray-latin
        """,
        "content/en/a2.md": "# Energy\n\nThe safety of all.\n",
    })  # fmt: skip
    assert found[0].message == 'the English word "safety" stands in a Chinese sentence'
