"""Reads numbers as people write them: 1234.5, 1,234.50, 1.234,50, 1 234, 1'234, € 45.000.

A separator that could group thousands as well as begin the decimals ("1.500") is decided by the other values of its
column; if they say both, the value is not guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# With thousands in groups of three, or, as in India, of two with three at the end.
_GROUPED = re.compile(r"\d{1,3}(?P<mark>[., ])(?:\d{2,3}(?P=mark))*\d{3}")
_PLAIN = re.compile(r"\d+(?:\.\d*)?(?:[eE][+-]?\d{1,3})?|\.\d+")
_UNSURE = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_GROUPING_SPACE = re.compile(r"[\s'’´]")
# All currency signs of Unicode, with the letters that tell one dollar from another (R$, US$).
CURRENCY = re.compile(r"[A-Z]{0,3}[$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛\u20a0-\u20cf꠸﷼﹩＄￠￡￥￦]")


class NotANumber(ValueError):  # noqa: N818 - what it says to the caller, not a failure of the program
    """The text is not a number; the message says why."""


@dataclass(frozen=True)
class NumberStyle:
    """What a column proves about its numbers: which decimal marks they use.

    `money` decides where it proves nothing: sums have thousands, other numbers have decimals.
    """

    marks: frozenset[str]
    money: bool


def number_style(texts: Iterable[str], *, money: bool) -> NumberStyle:
    """What the values of a column prove about the way its numbers are written."""
    return NumberStyle(frozenset(mark for text in texts if (mark := _proven_mark(_bare(text)[1]))), money)


def read_number(text: str, style: NumberStyle) -> float:
    """The number that ``text`` stands for in a column of that style. Raises NotANumber."""
    sign, digits = _bare(text)
    if _UNSURE.fullmatch(digits):
        return sign * _read_unsure(digits, style)
    if _PLAIN.fullmatch(digits):
        return sign * float(digits)
    mark = _proven_mark(digits)
    whole, _, decimals = digits.rpartition(mark) if mark and mark in digits else (digits, "", "")
    if _GROUPED.fullmatch(whole):
        whole = re.sub(r"[., ]", "", whole)
    if not (whole + decimals).isdecimal():
        raise NotANumber("not a number")
    return sign * float(f"{whole or '0'}.{decimals or '0'}")


def _bare(text: str) -> tuple[int, str]:
    """The sign, and the text without it, without currency signs, and with one kind of space between groups."""
    bare = _GROUPING_SPACE.sub(" ", CURRENCY.sub("", text.strip())).strip()
    sign = -1 if bare[:1] in ("-", "−") else 1
    return sign, bare[1:].strip() if bare[:1] in ("-", "−", "+") else bare


def _proven_mark(digits: str) -> str | None:
    """The decimal mark that this value can only have, or None if it proves nothing."""
    comma, dot = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and dot >= 0:
        return "," if comma > dot else "."
    if comma < 0 and dot < 0:
        return None
    used, other = (",", ".") if comma >= 0 else (".", ",")
    if digits.count(used) > 1:
        return other
    return None if _UNSURE.fullmatch(digits) else used


def _read_unsure(digits: str, style: NumberStyle) -> float:
    """A value such as 1.500, by what the column proves, else by what it holds."""
    if len(style.marks) > 1:
        raise NotANumber(
            "ambiguous: the column has numbers with a decimal comma and with a decimal point, and this could be either"
        )
    used = "," if "," in digits else "."
    is_decimal = used in style.marks if style.marks else not style.money
    return float(digits.replace(used, "." if is_decimal else ""))
