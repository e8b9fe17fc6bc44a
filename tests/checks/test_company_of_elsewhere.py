from esgreport.checks import company_of_elsewhere


def test_a_company_that_no_register_knows(assert_marks):
    found = assert_marks(company_of_elsewhere.check, {
        "data/registers/partners.yml": "assurer: {name: {en: Plumb Line Assurance Limited, zh-Hant: 墨線核證有限公司}}",
        "content/en/a2.md": """
            # Energy

            Grand Harbour Catering Limited keeps a register, and Dao & Sons Co., Ltd. does too.
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ company-of-elsewhere
                                                                 ^^^^^^^^^^^^^^^^^^^^ company-of-elsewhere

            Plumb Line Assurance Limited looked, and The Stock Exchange of Hong Kong Limited; a limited company with limited liability.
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            帳目由宏港飲食集團有限公司備存。
               ^^^^^^^^^^ company-of-elsewhere

            由墨線核證有限公司核證，於香港註冊成立之有限公司；按香港聯合交易所有限公司的規則，屬非上市有限責任公司。
        """,
    })  # fmt: skip
    assert found[1].message == '"Grand Harbour Catering Limited" is a company that no register knows'


def test_a_name_that_is_nearly_registered_is_told_of_elsewhere(assert_marks):
    assert_marks(company_of_elsewhere.check, {
        "data/registers/partners.yml": "assurer: {name: {en: Plumb Line Assurance Limited, zh-Hant: 墨線核證有限公司}}",
        "content/en/a2.md": "# Energy\n\nPlumb Line Assurances Ltd. looked.\n",
        "content/zh-Hant/a2.md": "# 能源\n\n墨綫核證有限公司。\n",
    })  # fmt: skip
