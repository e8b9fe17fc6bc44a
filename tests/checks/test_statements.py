"""Statements that the data do not bear out."""

from __future__ import annotations

from typing import Any

from esgreport.checks import statements
from test_boxes import REGISTERS


def test_what_the_data_do_not_bear_out_is_left_out_and_found(assert_marks: Any) -> None:
    found = assert_marks(
        statements.check,
        REGISTERS
        | {
            "content/en/a2.md": """
                # Energy

                ```statements
                say: [boundary, nil, approval, prevailing, frameworks, compliance]
                                     ^^^^^^^^ statement-unsupported
                                               ^^^^^^^^^^ statement-unsupported
                                                           ^^^^^^^^^^ statement-unsupported
                                                                       ^^^^^^^^^^ statement-unsupported
                boundary: [tiny, works]
                                 ^^^^^ statement-unsupported
                nil: [cases, injuries, fires]
                             ^^^^^^^^ statement-unsupported
                                       ^^^^^ missing-value
                ```

                ```statements
                say: [period, boundary]
                              ^^^^^^^^ statement-unsupported
                nil: [cases]
                      ^^^^^ statement-unsupported
                ```
                """
        },
    )
    messages = [f.message for f in found]
    assert '"works" exists until 2024, not in 2025' in messages
    assert "injuries@2025 is 3, so it cannot be said to be nil" in messages
