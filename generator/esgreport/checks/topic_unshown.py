"""topic-unshown: a topic that is kept in the data is shown on a page.

Why: a topic that no page shows is either forgotten in the text or no longer needed; readers never see the work.

    wrong   data/topics/risks.yml, and no block that names it
    right   topic: risks, in a block of a page; or the file deleted
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import TopicBlock
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    shown = {
        item.topic.text
        for page in report.pages.values()
        for item in page.items
        if isinstance(item, TopicBlock)
    }
    for topic in report.topics.values():
        if topic.id not in shown:
            message = f'the topic "{topic.id}" is shown on no page'
            help = "show it with a block, or delete the file"
            yield warning("topic-unshown", topic.place, message, help, about=topic.id)
