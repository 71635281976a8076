"""TO_CHAR of numbers, and TO_NUMBER (page r_Numeric_formating)."""

from __future__ import annotations

import re

from embedded_redshift.translate.casts import cast, text_of
from embedded_redshift.translate.function_table import Call, function
from embedded_redshift.translate.macros import macro
from embedded_redshift.translate.types import VARCHAR, Type
from embedded_redshift.translate.values import Value, string

_NUMBER = re.compile(r"(?P<fm>FM)?(?P<lead>S|MI)?(?P<whole>[90,G]*)(?:[.D](?P<places>[90]*))?(?P<trail>S|MI)?", re.I)


def number_to_text(call: Call, value: Value, form: str) -> Value:
    """9, 0, decimal point, thousands, S, MI and FM."""
    match = _NUMBER.fullmatch(form)
    if match is None or not (match["whole"] or match["places"]) or (match["lead"] and match["trail"]):
        call.reject(f'the number format "{form}" is not supported in the embedded warehouse')
    assert match is not None
    whole = match["whole"].upper().replace("G", ",")
    digits = whole.replace(",", "")
    if "," in whole and whole != _thousands(digits):
        call.reject("commas are supported at the thousands only in the embedded warehouse")
    sign = (match["lead"] or match["trail"] or "").upper()
    zeros = len(digits) - digits.index("0") if "0" in digits else 0
    arguments = [
        f"CAST({value.sql} AS DECIMAL(38,10))",
        str(len(match["places"] or "")),
        str(len(digits)),
        str(zeros),
        "true" if "," in whole else "false",
        "true" if match["fm"] else "false",
        string((sign + ("<" if match["lead"] else ">")) if sign else ""),
        "true" if match["places"] is not None else "false",
        str((match["places"] or "").rfind("0") + 1),
        string(re.sub("[90]", "#", whole) + ("" if match["places"] is None else "." + "#" * len(match["places"]))),
    ]
    return Value(macro("number_text", *arguments), VARCHAR)


def _thousands(digits: str) -> str:
    groups: list[str] = []
    while digits:
        groups.insert(0, digits[-3:])
        digits = digits[:-3]
    return ",".join(groups)


@function("to_number", args=2)
def _to_number(call: Call) -> Value:
    """Digits with thousands, decimal point and a sign (page r_TO_NUMBER)."""
    form = (call.args[1].literal or "").upper()
    if not re.fullmatch(r"(S|MI)?[90,G]*([.D][90]*)?(S|MI)?", form) or not form:
        call.reject("this number format is not supported in the embedded warehouse")
    digits = re.sub(r"[^90.D]", "", form).replace("D", ".")
    whole, _, places = digits.partition(".")
    kind = Type("decimal", max(1, len(whole) + len(places)), len(places))
    text = text_of(call.args[0]).sql
    sign = f"CASE WHEN contains({text}, '-') THEN '-' ELSE '' END"
    return cast(Value(f"({sign} || regexp_replace({text}, '[^0-9.]', '', 'g'))", VARCHAR), kind)
