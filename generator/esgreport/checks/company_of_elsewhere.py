"""company-of-elsewhere: a company that the report names in full stands in its registers.

Why: a sentence taken from another company's report brings that company's name along. Told of names that end in Limited, Co., Ltd.,
有限公司 and the like. A supplier, an assurer or another company that is rightly named is listed in a register of its own, and then its name is
watched over, too. Exchanges, clearing houses and utilities of Hong Kong need no register.

    wrong   Grand Harbour Catering Limited keeps a register of complaints.      in the report of a smelter
    right   the company's own name, or  data/registers/partners.yml: grand_harbour: {name: {en: Grand Harbour Catering Limited, …}}
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.companies import companies_named
from esgreport.diagnostics import Diagnostic, warning
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for mention in companies_named(edition):
        if not mention.registered:
            yield warning(
                "company-of-elsewhere",
                mention.said.at(root, mention.line, mention.start, mention.end),
                f'"{mention.text}" is a company that no register knows',
                "if it belongs here, list it in a register, such as data/registers/partners.yml",
            )
