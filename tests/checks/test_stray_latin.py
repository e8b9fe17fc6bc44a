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


def test_a_word_in_a_name(assert_marks):
    assert_marks(stray_latin.check, {
        "data/topics/steps.yml": """
            name: {en: Steps, zh-Hant: 步驟}
            fields: {cut: {en: Less waste, zh-Hant: 減少 waste 的辦法}}
                                                       ^^^^^ stray-latin
            entries: {one: {name: {en: One, zh-Hant: 一}, cut: {en: A, zh-Hant: 甲}}}
        """,
    })  # fmt: skip
