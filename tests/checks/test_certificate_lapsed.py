from conftest import TINY
from esgreport.checks import certificate_lapsed

APPROVED = TINY["data/report.yml"] + "dates: {approved: 2026-03-26}\n"


def test_certificates_that_ended_before_the_period_did(assert_marks):
    assert_marks(certificate_lapsed.check, {"content/en/a2.md": """
        # Energy

        ```certificate
        standard: iso_14001
        valid: 2025-12-30
               ^^^^^^^^^^ certificate-lapsed
        ```

        ```certificate
        standard: iso_45001
        valid: 2025-12-31
        ```

        ```certificate
        standard: iso_50001
        ```

        ```signature
        person: chair
        date: 2025-01-01
        ```
    """})  # fmt: skip


def test_certificates_that_ended_before_the_report_was_approved(assert_marks):
    findings = assert_marks(certificate_lapsed.check, {"data/report.yml": APPROVED, "content/zh-Hant/a2.md": """
        # 能源

        ```certificate
        standard: iso_14001
        valid: 2026-03-25
               ^^^^^^^^^^ certificate-lapsed
        ```

        ```certificate
        standard: iso_45001
        valid: 2026-03-26
        ```

        ```certificate
        standard: iso_50001
        valid: 2024-06-30
               ^^^^^^^^^^ certificate-lapsed
        ```
    """})  # fmt: skip
    assert [finding.message for finding in findings] == [
        "this certificate was valid until 2026-03-25, but the report was approved on 2026-03-26",
        "this certificate was valid until 2024-06-30, but the report's period ended on 2025-12-31"
        " and the report was approved on 2026-03-26",
    ]
