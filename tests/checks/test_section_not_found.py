import pytest
from esgreport.checks import section_not_found


def test_a_name_that_nothing_is_called_by(assert_marks):
    assert_marks(section_not_found.check, {
        "content/en/a2.md": """
            # Energy

            See Environmental Performance Data for the method. See also Energy Figures, and see “The Method”.
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ section-not-found
                                                                                                ^^^^^^^^^^^^ section-not-found

            ## Energy Figures { #figures }
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            請參閱環境和社會績效數據，以了解方法。另請參閱「能源數據」一節。
               ^^^^^^^^^ section-not-found

            ## 能源數據 { #figures }
        """,
    })  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "See [](#figures).", "See [Old Figures](#figures).", "See the Annual Report of the Group.", "We see Chengxi grow.",
        "See Appendix C2 Part D.", "Refer to Note 12.", "See the Air Pollution Law.",
    ],
)  # fmt: skip
def test_links_laws_and_other_reports(assert_marks, text):
    pages = {
        "content/en/a2.md": f"# Energy\n\n{text}\n\n## Figures {{ #figures }}\n",
        "content/zh-Hant/a2.md": "# 能源\n\n請參閱下表。請參閱本集團的網站。參照國家標準。\n\n## 數據 { #figures }\n",
    }
    assert_marks(section_not_found.check, pages)
