from esgreport.checks import date_outside_period


def test_dates_of_another_year_where_the_field_asks_for_this_one(assert_marks):
    assert_marks(date_outside_period.check, {"data/topics/awards.yml": """
        name: {en: Awards, zh-Hant: 獎項}
        fields:
          day: {name: {en: Date, zh-Hant: 日期}, kind: date, within: period}
          since: {name: {en: Since, zh-Hant: 始於}, kind: date}
        entries:
          first: {name: {en: First, zh-Hant: 一}, day: 2025-01-01, since: 2019-01-01}
          late:
            name: {en: Late, zh-Hant: 遲}
            day: 2026-01-01
                 ^^^^^^^^^^ date-outside-period
          rows:
            name: {en: Rows, zh-Hant: 列}
            rows:
              - day: 2025-12-31
              - day: 2024-12-31
                     ^^^^^^^^^^ date-outside-period
    """})  # fmt: skip
