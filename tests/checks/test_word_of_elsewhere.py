from esgreport.checks import word_of_elsewhere


def test_words_of_taiwan_and_of_the_mainland(assert_marks):
    found = assert_marks(word_of_elsewhere.check, {
        "content/zh-Hant/a2.md": """
            # 能源

            網路平臺的軟體供雇員使用，小數位不變。
            ^^ word-of-elsewhere
              ^^ word-of-elsewhere
                 ^^ word-of-elsewhere
                    ^^ word-of-elsewhere
        """,
        "content/en/a2.md": "# Energy\n\nText.\n",
    })  # fmt: skip
    assert [finding.help for finding in found] == ["write 網絡", "write 平台", "write 軟件", "write 僱員"]


def test_a_word_that_both_may_use(assert_marks):
    page = "# 能源\n\n各子公司均有管理。\n"
    assert_marks(
        word_of_elsewhere.check, {"content/zh-Hant/a2.md": page, "content/en/a2.md": "# Energy\n\nText.\n"}
    )


def test_a_word_that_both_may_use_beside_the_other(assert_marks):
    assert_marks(word_of_elsewhere.check, {
        "content/zh-Hant/a2.md": """
            # 能源

            各子公司均有管理，附屬公司亦然。
             ^^^ word-of-elsewhere
        """,
        "content/en/a2.md": "# Energy\n\nText.\n",
    })  # fmt: skip
