"""TO_CHAR, TO_DATE and TO_TIMESTAMP (page r_FORMAT_strings)."""

from __future__ import annotations

import re

from embedded_redshift.translate.casts import text_of
from embedded_redshift.translate.function_table import Call, function
from embedded_redshift.translate.functions.dates import moment
from embedded_redshift.translate.functions.number_formats import number_to_text
from embedded_redshift.translate.macros import macro
from embedded_redshift.translate.types import DATE, TIMESTAMP, TIMESTAMPTZ, VARCHAR
from embedded_redshift.translate.values import Value, string

# Longest first, so that MONTH is not read as MON and TH. Those of _ANY_CASE mean the same in upper and lower case.
_ANY_CASE = (
    "Y,YYY", "YYYY", "YYY", "YY", "Y", "IYYY", "IYY", "IY", "I", "IDDD", "ID", "IW", "MM", "MI", "MS", "DDD", "DD", "D",
    "HH24", "HH12", "HH", "SSSS", "SS", "US", "WW", "W", "Q", "CC", "J", "FM", "TZ", "OF",
)  # fmt: skip
_NAMES = ("MONTH", "Month", "month", "MON", "Mon", "mon", "DAY", "Day", "day", "DY", "Dy", "dy")
_ERAS = {"B.C.": "A.D.", "A.D.": "A.D.", "b.c.": "a.d.", "a.d.": "a.d.", "BC": "AD", "AD": "AD", "bc": "ad", "ad": "ad"}
_SIGNS = ("A.M.", "P.M.", "a.m.", "p.m.", "AM", "PM", "am", "pm", *_ERAS)
_TOKENS = re.compile(
    r'"[^"]*"|'
    + "|".join(map(re.escape, sorted((*_NAMES, *_SIGNS, *_ANY_CASE), key=len, reverse=True)))
    + r"|[A-Za-z]|.",
    re.S,
)
_ANY_CASE_TOKENS = re.compile("|".join(map(re.escape, sorted(_ANY_CASE, key=len, reverse=True))), re.I)

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
    "A.M.": "CASE WHEN hour({0}) < 12 THEN 'A.M.' ELSE 'P.M.' END",
    "P.M.": "CASE WHEN hour({0}) < 12 THEN 'A.M.' ELSE 'P.M.' END",
    "a.m.": "CASE WHEN hour({0}) < 12 THEN 'a.m.' ELSE 'p.m.' END",
    "p.m.": "CASE WHEN hour({0}) < 12 THEN 'a.m.' ELSE 'p.m.' END",
    "Y,YYY": "printf('%d,%03d', year({0}) // 1000, year({0}) % 1000)",
    "YYY": "printf('%03d', year({0}) % 1000)",
    "Y": "CAST(year({0}) % 10 AS VARCHAR)",
    "IYY": "printf('%03d', isoyear({0}) % 1000)",
    "IY": "printf('%02d', isoyear({0}) % 100)",
    "I": "CAST(isoyear({0}) % 10 AS VARCHAR)",
    "IDDD": "printf('%03d', (weekofyear({0}) - 1) * 7 + isodow({0}))",
    "Q": "CAST(quarter({0}) AS VARCHAR)",
    "D": "CAST(dayofweek({0}) + 1 AS VARCHAR)",
    "WW": "printf('%02d', (dayofyear({0}) - 1) // 7 + 1)",
    "W": "CAST((day({0}) - 1) // 7 + 1 AS VARCHAR)",
    "CC": "CAST((year({0}) + 99) // 100 AS VARCHAR)",
    "TZ": "'UTC'",
    "OF": "'+00'",
    "J": "CAST(CAST(julian(CAST({0} AS DATE)) AS BIGINT) AS VARCHAR)",
}


def _tokens(text: str) -> list[str]:
    """The parts of a datetime format; keywords in their canonical case."""
    found: list[str] = []
    place = 0
    while place < len(text):
        match = _TOKENS.match(text, place)
        assert match is not None
        token = match[0]
        folded = _ANY_CASE_TOKENS.match(text, place)
        if folded and len(folded[0]) >= len(token):
            token = folded[0].upper()
        found.append(token)
        place += len(token)
    return found


@function("to_char", args=2)
def _to_char(call: Call) -> Value:
    value, form = call.args[0], call.args[1].literal
    if form is None:
        call.reject("the format must be a string literal")
    if value.type.is_number:
        return number_to_text(call, value, form or "")
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
        elif token in _ERAS:
            plain += _ERAS[token]  # every date here is one of ours
        elif token.isalpha():
            call.reject(f'"{token}" in the format is not supported in the embedded warehouse')
        else:
            plain += token.replace("%", "%%")
    pieces += [f"strftime({stamp.sql}, {string(plain)})"] if plain or not pieces else []
    return Value("(" + " || ".join(pieces) + ")", VARCHAR)


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


# What a number of a date looks like, and what of a moment it counts; the rest is read by DuckDB's strptime alone.
_TOKEN_PATTERNS = {
    "YYYY": r"\d{1,4}",
    "DDD": r"\d{1,3}",
    "MS": r"\d{1,3}",
    "US": r"\d{1,6}",
    **dict.fromkeys(("YY", "MM", "DD", "HH24", "HH", "HH12", "MI", "SS"), r"\d{1,2}"),
    **dict.fromkeys(("AM", "PM", "am", "pm"), "[AaPp][Mm]"),
    **dict.fromkeys(("MON", "Mon", "mon", "DY", "Dy", "dy"), "[A-Za-z]{3}"),
    **dict.fromkeys(("MONTH", "Month", "month", "DAY", "Day", "day"), "[A-Za-z]+"),
}
_INTERVALS = {
    "MM": "to_months({} - 1)",
    "DD": "to_days({} - 1)",
    "HH24": "to_hours({})",
    "MI": "to_minutes({})",
    "SS": "to_seconds({})",
}


def _parsed(call: Call) -> str:
    """The arguments' text as a TIMESTAMP. Text behind what the format names is left unread."""
    form = call.args[1].literal
    if form is None:
        call.reject("the format must be a string literal")
    strict = len(call.args) == 3 and call.args[2].sql == "true"
    if len(call.args) == 3 and call.args[2].sql not in ("true", "false"):
        call.reject("is_strict must be TRUE or FALSE")
    regex, strptime_format, tokens = "", "", []
    for token in _tokens(form or ""):
        if token in _STRPTIME:
            regex += f"({_TOKEN_PATTERNS[token]})"
            strptime_format += _STRPTIME[token]
            tokens.append(token)
        elif token.isalpha():
            call.reject(f'"{token}" in the format is not supported in the embedded warehouse')
        else:
            plain = token[1:-1] if token.startswith('"') else token
            regex += re.escape(plain)
            strptime_format += plain.replace("%", "%%")
    regex = string(f"^\\s*{regex}")
    text = macro("of_form", text_of(call.args[0]).sql, regex, string(form or ""))
    if not strict and set(tokens) <= {"YYYY", "YY", *_INTERVALS} and len(set(tokens)) == len(tokens):
        return _sum_of_parts(text, regex, tokens)
    return f"strptime(regexp_extract({text}, {regex}), {string(strptime_format)})"


def _sum_of_parts(text: str, regex: str, tokens: list[str]) -> str:
    """A sum of its parts, so that 31 June is 1 July (pages r_TO_DATE_function and r_TO_TIMESTAMP, is_strict)."""
    parts = {t: f"CAST(regexp_extract({text}, {regex}, {n}) AS INTEGER)" for n, t in enumerate(tokens, 1)}
    year = parts.get("YYYY", "1")
    if "YY" in parts:
        year = f"{parts['YY']} + CASE WHEN {parts['YY']} < 70 THEN 2000 ELSE 1900 END"
    terms = [f"CAST(make_date({year}, 1, 1) AS TIMESTAMP)"]
    terms += [_INTERVALS[t].format(sql) for t, sql in parts.items() if t in _INTERVALS]
    return f"({' + '.join(terms)})"


@function("to_date", args=(2, 3))
def _to_date(call: Call) -> Value:
    return Value(f"CAST({_parsed(call)} AS DATE)", DATE)


@function("to_timestamp", args=(2, 3))
def _to_timestamp(call: Call) -> Value:
    """A TIMESTAMPTZ in the session's time zone (page r_TO_TIMESTAMP)."""
    return Value(f"CAST(CAST({_parsed(call)} AS TIMESTAMP) AS TIMESTAMP WITH TIME ZONE)", TIMESTAMPTZ)
