from esgreport.checks import repeated_picture

LINE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>'
CIRCLE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><circle r="1"/></svg>'
ANOTHER = LINE.replace("M0 0", "M1 1")

FILES = {
    "content/assets/plant.svg": LINE,
    "content/assets/copy.svg": LINE,
    "content/assets/another.svg": ANOTHER,
    "content/assets/coil.svg": CIRCLE,
    "data/pictures.yml": """
        plant:
          file: assets/plant.svg
          alt: {en: The plant., zh-Hant: 廠房。}
        coil:
          file: assets/coil.svg
          alt: {en: A coil., zh-Hant: 一卷銅線。}
    """,
}


def test_a_picture_and_a_copy_of_it_shown_again(assert_marks):
    found = assert_marks(repeated_picture.check, FILES | {
        "content/en/a2.md": """
            # Energy

            ```pictures
            pictures: [plant, coil]
            ```

            ![Another plant of the same size of file](assets/another.svg)

            ![The plant](assets/copy.svg)
                         ^^^^^^^^^^^^^^^ repeated-picture

            ```pictures
            pictures: [coil]
                       ^^^^ repeated-picture
            ```
        """,
    })  # fmt: skip
    assert [finding.message for finding in found] == [
        "assets/copy.svg is shown in content/en/a2.md, line 4, too",
        "assets/coil.svg is shown in content/en/a2.md, line 4, too",
    ]


def test_once_in_each_language(assert_marks):
    block = "```pictures\npictures: [plant]\n```\n"
    pages = {"content/en/a2.md": f"# Energy\n\n{block}", "content/zh-Hant/a2.md": f"# 能源\n\n{block}"}
    assert_marks(repeated_picture.check, FILES | pages)


def test_the_home_page_shows_again_what_a_chapter_shows(assert_marks):
    block = "```pictures\npictures: [plant]\n```\n"
    pages = {"content/en/a2.md": f"# Energy\n\n{block}", "content/en/home.md": f"# Home\n\n{block}"}
    assert_marks(repeated_picture.check, FILES | pages)
