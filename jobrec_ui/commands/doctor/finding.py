"""One line of the doctor: what was looked at, how it is, and what mends it."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "wrong", "note", "skipped"]


@dataclass(frozen=True)
class Finding:
    """`state`: ok; wrong (the app does not work like this); note (worth knowing); skipped (could not be looked at).

    `remedy` is the exact statement, command or policy that mends it.
    """

    state: State
    subject: str
    detail: str
    remedy: str = ""


def text(findings: Iterable[Finding]) -> str:
    """The findings for a terminal."""
    lines = []
    for one in findings:
        detail = textwrap.wrap(one.detail, 80) or [""]
        lines.append(f"{one.state:<8}{one.subject:<32}{detail[0]}")
        lines += [" " * 40 + line for line in detail[1:]]
        lines += [
            f"{'':8}mend:  {line}" if not number else f"{'':15}{line}"
            for number, line in enumerate(one.remedy.splitlines())
        ]
    return "\n".join(lines)
