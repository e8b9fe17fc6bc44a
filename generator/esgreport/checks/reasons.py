"""bare-reason, reused-reason: a response gives the reason for this requirement, not a formula.

Why: "not applicable" alone explains nothing, and one sentence under ten requirements explains none of them.
"Comply or explain" asks for considered reasons.

    wrong   A1.3: {status: explained, reason: {en: Not applicable., zh-Hant: 不適用。}}
    right   A1.3: {status: explained, reason: {en: "Our offices produce no hazardous waste beyond …", zh-Hant: …}}
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, error, warning
from esgreport.model import Response
from esgreport.views import Edition

BARE = {
    "", "na", "none", "nil", "no data", "not available",
    "無", "无", "沒有數據", "没有数据", "未有數據",
}  # fmt: skip
FORMULAS = (
    re.compile(
        r"(?:(?:this|it|the) (?:\w+ )?is )?(?:not applicable|not material|immaterial)"
        r"(?: (?:to|for) (?:us|(?:the |our )?(?:groups?|companys?|issuers?)?(?: ?(?:business|operations?|activities))?))?"
    ),
    re.compile(
        r"(?:此|該|该|有關|有关|相關|相关|本)?(?:項|项|指標|指标|披露|事項|事项|規定|规定)*(?:[對对]本(?:集團|集团|公司))?[並并均]?不(?:適用|适用|重大)"
        r"(?:[於于對对]本?(?:集團|集团|公司|企業|企业)的?(?:業務|业务|營運|运营)?)?"
    ),
)


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    first: dict[tuple[str, str], Response] = {}
    for response in edition.report.responses.values():
        reused: list[Response] = []
        for language, reason in response.reason.items():
            if _is_bare(_plain(reason)):
                yield error(
                    "bare-reason",
                    response.place,
                    f'the reason for {response.requirement} in {language} is only "{reason}"',
                    "say why this company does not disclose it, and whether it will",
                )
            elif (other := first.setdefault((language, _plain(reason)), response)) is not response:
                reused.append(other)
        if reused:
            yield warning(
                "reused-reason",
                response.place,
                f"{response.requirement} gives the same reason as {reused[0].requirement}",
                "give each requirement a reason of its own",
            )


def _is_bare(reason: str) -> bool:
    """Whether it says no more than that something is not applicable, be it to the company."""
    return reason in BARE or any(formula.fullmatch(reason) for formula in FORMULAS)


def _plain(reason: str) -> str:
    """The reason without marks, spaces and capitals."""
    return " ".join(re.sub(r"[^\w\s]", "", reason.casefold()).split())
