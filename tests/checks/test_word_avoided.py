from esgreport.checks import word_avoided

GLOSSARY = """
stakeholders: {term: {en: stakeholders, zh-Hant: 持份者}, avoid: {zh-Hant: [持分者, 利益相關者], en: [interested parties, ESH]}}
mpf: {term: {en: MPF, zh-Hant: 強制性公積金}}
fund: {term: {en: fund, zh-Hant: 基金}, avoid: {zh-Hant: 公積金}}
"""


def test_a_word_that_the_glossary_avoids(assert_marks):
    found = assert_marks(word_avoided.check, {
        "data/glossary.yml": GLOSSARY,
        "content/zh-Hant/a2.md": """
            # 能源

            我們與持分者會面。持份者的意見，*利益相關者*的意見。
               ^^^ word-avoided
                             ^^^^^ word-avoided
            強制性公積金和公積金。
                   ^^^ word-avoided
            ## 數據 { #figures }
        """,
        "content/en/a2.md": """
            # Energy

            We met Interested parties and FRESH air.
                   ^^^^^^^^^^^^^^^^^^ word-avoided
            ## Figures { #figures }
        """,
    })  # fmt: skip
    assert found[-1].message == 'the glossary avoids "Interested parties" ("stakeholders")'
    assert found[-1].help == "write stakeholders"


def test_a_word_of_another_language_is_left_alone(assert_marks):
    assert_marks(word_avoided.check, {
        "data/glossary.yml": GLOSSARY,
        "content/en/a2.md": "# Energy\n\nIn Chinese 持分者.\n\n## Figures { #figures }\n",
    })  # fmt: skip
