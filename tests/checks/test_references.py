from typing import Any

from esgreport.checks import references
from test_boxes import REGISTERS


def test_names_arguments_and_values_that_are_not_there(assert_marks):
    found = assert_marks(references.check, {"content/en/a2.md": """
        # Energy

        Lead {{ electricty }}.
             ^^^^^^^^^^^^^^^^ unknown-name

        We bought {{ electricity(period="2019") }} and {{ electricity }}.
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-argument

        ## Figures { #figures }

        Then {{ solar }} of it.
             ^^^^^^^^^^^ missing-value

        ```table
        metrics: [electricity, solar, wind]
                                      ^^^^ unknown-name
                               ^^^^^ missing-value
        columns: [2025, 2024, 2031]
                              ^^^^ unknown-name
        ```

        ```index
        ^^^^^^^^ unknown-name
        framework: gri
        ```
    """, "data/aspects/a2.yml": """
        aspect: A2
        metrics:
          electricity: {name: {en: Electricity, zh-Hant: 電}, unit: kWh, values: {2025: 3, 2024: 2}}
          solar: {name: {en: Solar, zh-Hant: 太陽能}, unit: kWh, values: {2024: nil}}
    """})  # fmt: skip
    assert {f.code: f.blocking for f in found} == {
        "unknown-name": True,
        "wrong-argument": True,
        "missing-value": False,
    }


def test_a_page_that_names_what_there_is(assert_marks):
    assert_marks(references.check, {})


def test_what_an_entry_does_not_say_is_found(assert_marks: Any) -> None:
    found = assert_marks(
        references.check,
        REGISTERS
        | {
            "content/en/a2.md": """
                # Energy

                {{ office(show="short") }}
                ^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-argument

                {{ whistle(show="phone") }}
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-argument

                {{ chair(show="shrot") }}
                ^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-argument

                {{ chair(period="2025") }}
                ^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-argument

                {{ law_labour(show="short") }}
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-argument
                """
        },
    )
    assert [(f.message, f.help) for f in found] == [
        ('"office" has no short_name', "give it one in data/registers/entities.yml, or leave show out"),
        ('"whistle" has no phone', "give it one in data/registers/contacts.yml, or leave show out"),
        ('show="shrot" is not known', 'did you mean "short"?'),
        ('"chair" is a name of a register, which takes show and no other argument', "write {{ chair }}"),
        (
            '"law_labour" has no short_name',
            "give it one in an entry of your own with this id, or leave show out",
        ),
    ]


def test_names_in_boxes_that_are_not_what_is_wanted(assert_marks: Any) -> None:
    assert_marks(
        references.check,
        REGISTERS
        | {
            "content/en/a2.md": """
                # Energy

                ```definitions
                registers: [people]
                            ^^^^^^ unknown-name
                entries: [scrap, office]
                                 ^^^^^^ unknown-name
                ```

                ```definitions
                ^^^^^^^^^^^^^^ wrong-argument
                caption: Terms
                ```

                ```contact
                contacts: [chair]
                           ^^^^^ unknown-name
                ```

                ```signature
                person: chiar
                        ^^^^^ unknown-name
                ```

                ```certificate
                standard: iso_14001
                holder: tinny
                        ^^^^^ unknown-name
                ```

                ```statements
                say: [perriod]
                      ^^^^^^^ unknown-name
                ```
                """
        },
    )
