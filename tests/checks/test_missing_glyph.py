from esgreport.checks import missing_glyph


def test_a_character_that_no_face_holds(assert_marks):
    found = assert_marks(missing_glyph.check, {
        "content/en/a2.md": "# Energy\n\nWe emit less 🌍 and less 🌍 every year.\n             ^ missing-glyph\n",
        "data/aspects/a2.yml": """
            aspect: A2
            metrics:
              electricity: {name: {en: Electricity, zh-Hant: 電力}, unit: kWh, note: {en: A rare one, zh-Hant: 𪚥}, values: {2025: 1, 2024: 1}}
                                                                                                             ^ missing-glyph
        """,
    })  # fmt: skip
    assert found[0].blocking
    assert found[0].message == "no face of this report holds 🌍 (U+1F30D)"


def test_what_is_not_printed_needs_no_glyph(assert_marks):
    assert_marks(
        missing_glyph.check,
        {"content/en/a2.md": "# Energy\n\n<!-- 🌍 --> Electricity, CO<sub>2</sub> and 銅.\n"},
    )
