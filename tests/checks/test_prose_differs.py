from esgreport.checks import prose_differs

ONE = "The works buy their electricity from the grid, and none of it is made by themselves as yet, whatever the weather."
EINS = "廠房向電網購電，無論天氣如何，至今都沒有自行發電。"


def test_entries_rows_and_links(assert_marks):
    assert_marks(prose_differs.check, {
        "content/en/a2.md": """
            # Energy

            - Chengxi buys most of it
            - Yunzhong buys a little
            - Hong Kong buys hardly any
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ prose-differs

            | Site | Share |
            |---|---|
            | Chengxi | most |
            | Yunzhong | little |

            See [the figures](#figures).
                              ^^^^^^^^ prose-differs

            ## Figures { #figures }
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            - 城西廠購入大部分
            - 雲中廠購入少許

            | 地點 | 比重 |
            |---|---|
            | 城西廠 | 大部分 |
            | 雲中廠 | 少許 |
            | 香港 | 極少 |
            ^^^^^^^^^^^ prose-differs

            見下文。

            ## 數據 { #figures }
        """,
    })  # fmt: skip


def test_a_paragraph_that_one_language_lacks(assert_marks):
    assert_marks(prose_differs.check, {
        "content/en/a2.md": f"# Energy\n\n{ONE}\n\n## Gas {{ #gas }}\n\n{ONE}\n\n{ONE}\n\n{ONE}\n"
        + " " * 0 + "^" * len(ONE) + " prose-differs\n",
        "content/zh-Hant/a2.md": f"# 能源\n\n{EINS}\n\n## 燃氣 {{ #gas }}\n\n{EINS}\n\n{EINS}\n",
    })  # fmt: skip


def test_paragraphs_may_be_divided_otherwise(assert_marks):
    assert_marks(prose_differs.check, {
        "content/en/a2.md": f"# Energy\n\n{ONE}\n\n{ONE}\n",
        "content/zh-Hant/a2.md": f"# 能源\n\n{EINS}{EINS}\n",
    })  # fmt: skip


def test_a_caption_that_one_language_lacks(assert_marks):
    table = "```table\n{caption}metrics: [electricity]\ncolumns: [2025]\n```\n"
    found = assert_marks(prose_differs.check, {
        "content/en/a2.md": "# Energy\n\n" + table.replace("{caption}", "caption: What we bought\n"),
        "content/zh-Hant/a2.md": "# 能源\n\n```table\n^^^^^^^^ prose-differs\nmetrics: [electricity]\ncolumns: [2025]\n```\n",
    })  # fmt: skip
    assert found[0].message == "this block has no caption, but in the other language it has"


def test_a_section_that_one_language_says_nothing_in(assert_marks):
    assert_marks(prose_differs.check, {
        "content/en/a2.md": f"# Energy\n\n{ONE}\n{'^' * len(ONE)} prose-differs\n\n## Gas {{ #gas }}\n\n{ONE}\n",
        "content/zh-Hant/a2.md": f"# 能源\n\n## 燃氣 {{ #gas }}\n\n{EINS}\n",
    })  # fmt: skip


def test_a_paragraph_whose_figures_the_other_language_passes_over(assert_marks):
    short = "All of it, {{ electricity }}, was bought."
    assert_marks(prose_differs.check, {
        "content/en/a2.md": f"# Energy\n\n## Gas {{ #gas }}\n\n{ONE}\n\n{ONE}\n\n{short}\n{'^' * len(short)} prose-differs\n",
        "content/zh-Hant/a2.md": f"# 能源\n\n## 燃氣 {{ #gas }}\n\n{EINS}\n\n{EINS}\n",
    })  # fmt: skip


def test_a_picture_of_one_language(assert_marks):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>'
    assert_marks(prose_differs.check, {
        "content/assets/map-en.svg": drawing, "content/assets/map-zh.svg": drawing, "content/assets/plant.svg": drawing,
        "content/en/a2.md": """
            # Energy

            It is bought.

            ![A map](assets/map-en.svg)

            ![The plant](assets/plant.svg)
                         ^^^^^^^^^^^^^^^^ prose-differs
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            電力全部外購。

            ![地圖](assets/map-zh.svg)
        """,
    })  # fmt: skip


def test_the_home_page_is_compared_too(assert_marks):
    assert_marks(prose_differs.check, {
        "content/en/home.md": """
            # Home

            See [the figures](a2.md#figures).
                              ^^^^^^^^^^^^^ prose-differs
        """,
        "content/zh-Hant/home.md": """
            # 首頁

            見數據。
        """,
    })  # fmt: skip
