import pytest
from esgreport.checks import numbers_differ
from esgreport.numerals import counted
from reports import edition_of


def test_digits_that_the_other_language_lacks(assert_marks):
    found = assert_marks(numbers_differ.check, {
        "content/en/a2.md": """
            # Energy

            In 2024 it cost RMB3.2 million, met by 12% of the plants in March.
               ^^^^ numbers-differ
                                                                        ^^^^^ numbers-differ
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            2023年5月耗資320萬元，由百分之十二的廠房承擔。
            ^^^^ numbers-differ
                 ^ numbers-differ
        """,
    })  # fmt: skip
    found.sort(key=lambda finding: finding.place)
    assert found[0].message == '"2024" stands here, but not in content/zh-Hant/a2.md, line 3'


def test_a_number_in_words(assert_marks):
    assert_marks(numbers_differ.check, {
        "content/en/a2.md": """
            # Energy

            Two furnaces, and four of the burners.
                              ^^^^ numbers-differ
        """,
        "content/zh-Hant/a2.md": "# 能源\n\n兩座熔爐，以及其中五個燃燒器。\n",
    })  # fmt: skip


def test_figures_and_laws_that_only_one_language_names(assert_marks):
    found = assert_marks(numbers_differ.check, {
        "content/en/a2.md": """
            # Energy

            We bought {{ electricity }}, in 2024 {{ electricity(period="2024") }}, under the {{ law_labour }}.
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ numbers-differ
                                                                                             ^^^^^^^^^^^^^^^^ numbers-differ
        """,
        "content/zh-Hant/a2.md": "# 能源\n\n購入{{ electricity(show=\"number\") }}千瓦時，2024年則較少。\n",
    })  # fmt: skip
    assert "electricity@2024 is named here" in found[0].message


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("RMB350 million and 1,500 people", "3.5億元及1,500人"),
        ("On 26 March 2025", "2025年3月26日"),
        ("Scope 1 and 20 kWh", "範圍1及20千瓦時"),
        ("two in 2025, and 2 more", "2025年兩項，另2項"),
        ("ISO 14001:2015, held", "ISO 14001認證"),
        ("three plants", "3間廠房"),
        ("a tenth of it", "其中一成"),
        ("twenty minutes to three", "2時40分"),
        ("the Labour Law of the PRC", "{{ law_labour }}"),
    ],
)
def test_what_is_the_same(project, english, chinese):
    root = project(
        {"content/en/a2.md": f"# Energy\n\n{english}.\n", "content/zh-Hant/a2.md": f"# 能源\n\n{chinese}。\n"}
    )
    assert not [str(finding) for finding in numbers_differ.check(edition_of(root), root)]


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "RMB2.5 million, 1,234.5 and thirty-eight", [2500000, 1234.5, 38]),
        ("zh-Hant", "3.5億元、百分之十二點五、二零二五年、二十一", [350000000, 12.5, 2025, 21]),
        ("zh-Hant", "12千瓦時、三百萬", [12, 3000000]),
    ],
)
def test_the_numbers_of_a_text(language, text, values):
    assert [float(number.value) for number in counted(text, language)] == values


def test_the_scale_behind_a_figure(assert_marks):
    assert_marks(numbers_differ.check, {
        "content/en/a2.md": """
            # Energy

            We bought {{ electricity(show="number") }} million units, at a loss of 2 per billion hours worked.
                                                       ^^^^^^^ numbers-differ
                                                                                         ^^^^^^^ numbers-differ
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            購入{{ electricity(show="number") }}億單位，每百億工時損失兩單位。
        """,
    })  # fmt: skip


def test_counts_in_words_at_one_point_among_others(assert_marks):
    assert_marks(numbers_differ.check, {
        "content/en/a2.md": """
            # Energy

            The two smelters sent data on sulphur hexafluoride; nobody else wins a three-year contract.
                                                                                   ^^^^^ numbers-differ
        """,
        "content/zh-Hant/a2.md": "# 能源\n\n兩家冶煉廠交來六氟化硫的數據，兩家之外都不能取得四年合約。\n",
    })  # fmt: skip
