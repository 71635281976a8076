"""TO_CHAR, TO_DATE, TO_TIMESTAMP and TO_NUMBER (pages r_FORMAT_strings and r_Numeric_formating)."""

from __future__ import annotations

import re

from jobrec_ui.local.translate.casts import cast, text_of
from jobrec_ui.local.translate.functions.dates import moment
from jobrec_ui.local.translate.macros import macro
from jobrec_ui.local.translate.registry import Call, function
from jobrec_ui.local.translate.types import DATE, TIMESTAMP, TIMESTAMPTZ, VARCHAR, Type
from jobrec_ui.local.translate.values import Value, string

# Longest first, so that MONTH is not read as MON and TH.
_TOKENS = re.compile(
    r'"[^"]*"|YYYY|IYYY|YY|MONTH|Month|month|MON|Mon|mon|MM|MI|MS|DAY|Day|day|DY|Dy|dy|DDD|DD|D|HH24|HH12|HH|SS|US|'
    r"AM|PM|am|pm|A\.M\.|P\.M\.|a\.m\.|p\.m\.|IW|ID|WW|W|Q|CC|TZ|J|FM|[A-Za-z]|.",
    re.S,
)
_LOWER = {
    "yyyy",
    "iyyy",
    "yy",
    "mm",
    "mi",
    "ms",
    "ddd",
    "dd",
    "d",
    "hh24",
    "hh12",
    "hh",
    "ss",
    "us",
    "iw",
    "id",
    "ww",
    "w",
    "q",
    "cc",
    "tz",
    "j",
    "fm",
}

_STRFTIME = {
    "YYYY": "%Y",
    "YY": "%y",
    "MM": "%m",
    "Mon": "%b",
    "Dy": "%a",
    "DD": "%d",
    "DDD": "%j",
    "HH": "%I",
    "HH12": "%I",
    "HH24": "%H",
    "MI": "%M",
    "SS": "%S",
    "MS": "%g",
    "US": "%f",
    "AM": "%p",
    "PM": "%p",
    "IW": "%V",
    "IYYY": "%G",
    "ID": "%u",
}
_EXPRESSIONS = {
    "MON": "upper(strftime({0}, '%b'))",
    "mon": "lower(strftime({0}, '%b'))",
    "MONTH": "rpad(upper(strftime({0}, '%B')), 9, ' ')",
    "Month": "rpad(strftime({0}, '%B'), 9, ' ')",
    "month": "rpad(lower(strftime({0}, '%B')), 9, ' ')",
    "DY": "upper(strftime({0}, '%a'))",
    "dy": "lower(strftime({0}, '%a'))",
    "DAY": "rpad(upper(strftime({0}, '%A')), 9, ' ')",
    "Day": "rpad(strftime({0}, '%A'), 9, ' ')",
    "day": "rpad(lower(strftime({0}, '%A')), 9, ' ')",
    "am": "lower(strftime({0}, '%p'))",
    "pm": "lower(strftime({0}, '%p'))",
    "Q": "CAST(quarter({0}) AS VARCHAR)",
    "D": "CAST(dayofweek({0}) + 1 AS VARCHAR)",
    "WW": "printf('%02d', (dayofyear({0}) - 1) // 7 + 1)",
    "W": "CAST((day({0}) - 1) // 7 + 1 AS VARCHAR)",
    "CC": "CAST((year({0}) + 99) // 100 AS VARCHAR)",
    "TZ": "'UTC'",
    "J": "CAST(CAST(julian(CAST({0} AS DATE)) AS BIGINT) AS VARCHAR)",
}


def _tokens(text: str) -> list[str]:
    """The parts of a datetime format; keywords in their canonical case."""
    merged = re.compile("|".join(sorted(map(re.escape, _LOWER), key=len, reverse=True)), re.I)
    found, i = [], 0
    while i < len(text):
        match = _TOKENS.match(text, i)
        assert match is not None
        token = match[0]
        if (
            token not in _STRFTIME
            and token not in _EXPRESSIONS
            and (other := merged.match(text, i))
            and len(other[0]) >= len(token)
        ):
            token = other[0].upper()
        found.append(token)
        i += len(token)
    return found


@function("to_char", args=2)
def _to_char(call: Call) -> Value:
    value, form = call.args[0], call.args[1].literal
    if form is None:
        call.reject("the format must be a string literal")
    if value.type.is_number:
        return _number_to_text(call, value, form or "")
    stamp = moment(value)
    if stamp.type.name in ("time", "timetz"):
        stamp = Value(f"(DATE '1970-01-01' + {stamp.sql})", TIMESTAMP)
    pieces: list[str] = []
    plain = ""
    for token in _tokens(form or ""):
        if token == "FM":
            call.reject("the FM modifier is not supported in the embedded warehouse")
        if token in _STRFTIME:
            plain += _STRFTIME[token]
        elif token in _EXPRESSIONS:
            pieces += [f"strftime({stamp.sql}, {string(plain)})"] if plain else []
            plain = ""
            pieces.append(_EXPRESSIONS[token].format(stamp.sql))
        elif token.startswith('"'):
            plain += token[1:-1].replace("%", "%%")
        elif token.isalpha():
            call.reject(f'"{token}" in the format is not supported in the embedded warehouse')
        else:
            plain += token.replace("%", "%%")
    pieces += [f"strftime({stamp.sql}, {string(plain)})"] if plain or not pieces else []
    return Value("(" + " || ".join(pieces) + ")", VARCHAR)


_NUMBER = re.compile(r"(?P<fm>FM)?(?P<lead>S|MI)?(?P<whole>[90,G]*)(?:[.D](?P<places>[90]*))?(?P<trail>S|MI)?", re.I)


def _number_to_text(call: Call, value: Value, form: str) -> Value:
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
    ]
    return Value(macro("number_text", *arguments), VARCHAR)


def _thousands(digits: str) -> str:
    groups: list[str] = []
    while digits:
        groups.insert(0, digits[-3:])
        digits = digits[:-3]
    return ",".join(groups)


_STRPTIME = {
    **{k: v for k, v in _STRFTIME.items() if k not in ("IW", "IYYY", "ID")},
    "MON": "%b",
    "mon": "%b",
    "MONTH": "%B",
    "Month": "%B",
    "month": "%B",
    "DAY": "%A",
    "Day": "%A",
    "day": "%A",
    "DY": "%a",
    "dy": "%a",
    "am": "%p",
    "pm": "%p",
}


def _parsed(call: Call) -> str:
    """strptime of the arguments' text and format."""
    form = call.args[1].literal
    if form is None:
        call.reject("the format must be a string literal")
    pattern = ""
    for token in _tokens(form or ""):
        if token in _STRPTIME:
            pattern += _STRPTIME[token]
        elif token.startswith('"'):
            pattern += token[1:-1].replace("%", "%%")
        elif token.isalpha():
            call.reject(f'"{token}" in the format is not supported in the embedded warehouse')
        else:
            pattern += token.replace("%", "%%")
    return f"strptime({text_of(call.args[0]).sql}, {string(pattern)})"


@function("to_date", args=(2, 3))
def _to_date(call: Call) -> Value:
    return Value(f"CAST({_parsed(call)} AS DATE)", DATE)


@function("to_timestamp", args=(2, 3))
def _to_timestamp(call: Call) -> Value:
    """A TIMESTAMPTZ in the session's time zone (page r_TO_TIMESTAMP)."""
    return Value(f"CAST(CAST({_parsed(call)} AS TIMESTAMP) AS TIMESTAMP WITH TIME ZONE)", TIMESTAMPTZ)


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
