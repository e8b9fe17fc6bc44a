from esgreport.checks import topic_unshown

AWARDS = """
    name: {en: Awards, zh-Hant: 獎項}
    entries:
      medal: {name: {en: Medal, zh-Hant: 獎章}}
"""
BLOCK = "\n```topic\ntopic: awards\n```\n"


def test_a_topic_that_no_page_shows(assert_marks):
    marked = AWARDS.replace("獎項}", "獎項}\n    ^ topic-unshown", 1)
    (found,) = assert_marks(topic_unshown.check, {"data/topics/awards.yml": marked})
    assert found.message == 'the topic "awards" is shown on no page'


def test_a_topic_that_one_language_shows_is_left_to_another_rule(assert_marks):
    assert_marks(
        topic_unshown.check, {"data/topics/awards.yml": AWARDS, "content/en/a2.md": "# Energy\n" + BLOCK}
    )
