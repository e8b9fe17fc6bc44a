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
    "not applicable", "na", "none", "nil", "not material", "immaterial", "no data", "not available",
    "不適用", "不适用", "無", "无", "不重大", "沒有數據", "没有数据", "未有數據",
}  # fmt: skip


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    first: dict[tuple[str, str], Response] = {}
    for response in edition.report.responses.values():
        reused: list[Response] = []
        for language, reason in response.reason.items():
            if _plain(reason) in BARE:
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


def _plain(reason: str) -> str:
    """The reason without marks, spaces and capitals."""
    return " ".join(re.sub(r"[^\w\s]", "", reason.casefold()).split())
