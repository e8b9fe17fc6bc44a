import io

from esgreport.checks import pictures
from PIL import Image
from reports import edition_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>'


def png():
    stream = io.BytesIO()
    Image.new("RGB", (2, 2)).save(stream, "PNG")
    return stream.getvalue()


def test_pictures_that_are_missing_or_more_than_pictures(assert_marks):
    found = assert_marks(pictures.check, {
        "content/assets/plant.svg": SVG,
        "content/assets/script.svg": SVG.replace("<path", "<script>1</script><path"),
        "content/assets/photo.png": png(),
        "content/assets/photo.jpg": png(),
        "content/assets/deep/plan.svg": SVG,
        "content/en/a2.md": """
            # Energy

            ![The plant](assets/plant.svg) ![A photograph](assets/photo.png) ![A plan](assets/deep/plan.svg)

            ![The plant](assets/plnat.svg)
                         ^^^^^^^^^^^^^^^^ missing-picture
            ![A script](assets/script.svg)
                        ^^^^^^^^^^^^^^^^^ unsafe-picture
            ![A PNG](assets/photo.jpg)
                     ^^^^^^^^^^^^^^^^ unsafe-picture
        """,
    })  # fmt: skip
    assert all(f.blocking for f in found)
    assert found[0].help == 'did you mean "assets/plant.svg"?'
    assert "<script>" in found[1].message
    assert "PNG, not a JPEG" in found[2].message


def test_a_link_out_of_the_project_is_no_picture(project, tmp_path):
    (tmp_path / "secret.svg").write_text(SVG)
    root = project({"content/en/a2.md": "# Energy\n\n![The plant](assets/plant.svg)\n"})
    (root / "content/assets").mkdir()
    (root / "content/assets/plant.svg").symlink_to(tmp_path / "secret.svg")
    assert [f.code for f in pictures.check(edition_of(root), root)] == ["unsafe-picture"]
