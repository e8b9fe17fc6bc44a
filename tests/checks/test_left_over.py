import pytest
from esgreport.checks import left_over
from reports import edition_of


def test_what_was_to_be_filled_in(assert_marks):
    assert_marks(left_over.check, {
        "content/en/a2.md": """
            # Energy

            Approved by [insert name] on the XX of March (TBC), see [the figures](#figures).
                        ^^^^^^^^^^^^^ left-over
                                             ^^ left-over
                                                          ^^^ left-over

            ## Figures { #figures }
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            由（請填上姓名）批准，○○有限公司簽署。
             ^^^^^^^ left-over
                       ^^ left-over

            ## 數據 { #figures }
        """,
    })  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "見[](#figures)及[數據](#figures)。",
        "二〇二五年",
        "真的嗎？",
        "XXL號工作服",
        "{{ electricity }}",
        "（請參閱下文各節所載的說明及有關數據的計算方法與其他資料）",
    ],
)
def test_what_only_looks_like_it(project, text):
    root = project({"content/zh-Hant/a2.md": f"# 能源\n\n{text}\n\n## 數據 {{ #figures }}\n"})
    assert not list(left_over.check(edition_of(root), root))
