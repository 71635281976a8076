"""Regular expressions: POSIX patterns (page pattern-matching-conditions-posix), which DuckDB's RE2 reads alike."""

from __future__ import annotations

import re

from embedded_redshift.translate.casts import text_of
from embedded_redshift.translate.function_table import Call, function
from embedded_redshift.translate.functions.numbers import integer
from embedded_redshift.translate.macros import macro
from embedded_redshift.translate.types import INTEGER, VARCHAR
from embedded_redshift.translate.values import Value, string

# What only PCRE knows: look-around and back references.
_PCRE_ONLY = re.compile(r"\(\?[=!<]|(?<!\\)(?:\\\\)*\\[1-9]")


def _pattern(call: Call, parameters: int) -> str:
    """The pattern with the flags of the parameters (i, c, e, p) at the front."""
    pattern = call.args[1]
    if pattern.literal is None:
        call.reject("the pattern must be a string literal")
    text = pattern.literal or ""
    flags = _flags(call, parameters)
    if _PCRE_ONLY.search(text):
        call.reject("look-around and back references are not supported in the embedded warehouse")
    return string(("(?i)" if "i" in flags else "") + text)


def _flags(call: Call, position: int) -> str:
    if len(call.args) <= position:
        return ""
    flags = call.args[position].literal
    if flags is None or set(flags) - set("ciep"):
        call.reject("the parameters must be a literal of c, i, e and p")
    return flags or ""


def _source(call: Call, position: int = 2) -> str:
    """The text from the start position on."""
    text = text_of(call.args[0]).sql
    if len(call.args) <= position or call.args[position].literal == "1":
        return text
    return f"substring({text}, CAST(greatest({integer(call.args[position])}, 1) AS BIGINT))"


@function("regexp_replace", args=(2, 5))
def _replace(call: Call) -> Value:
    """Every match is replaced (page REGEXP_REPLACE)."""
    replacement = text_of(call.args[2]).sql if len(call.args) > 2 else "''"
    # In Redshift $1 stands for the first group; RE2 writes \1, and a backslash of the text itself doubled.
    literal = call.args[2].literal if len(call.args) > 2 else ""
    replacement = string(_groups(literal)) if literal is not None else f"replace({replacement}, '\\', '\\\\')"
    rest = f"regexp_replace({_source(call, 3)}, {_pattern(call, 4)}, {replacement}, 'g')"
    if len(call.args) <= 3 or call.args[3].literal == "1":
        return Value(rest, VARCHAR)
    head = f"left({text_of(call.args[0]).sql}, CAST(greatest({integer(call.args[3])}, 1) AS BIGINT) - 1)"
    return Value(f"({head} || {rest})", VARCHAR)


def _groups(text: str) -> str:
    return re.sub(r"\$(\d)", r"\\\1", text.replace("\\", "\\\\"))


@function("regexp_substr", args=(2, 5))
def _substr(call: Call) -> Value:
    """An empty text when nothing matches (page REGEXP_SUBSTR)."""
    group = 1 if "e" in _flags(call, 4) and "(" in (call.args[1].literal or "") else 0
    source, pattern = _source(call), _pattern(call, 4)
    if len(call.args) <= 3 or call.args[3].literal == "1":
        return Value(f"regexp_extract({source}, {pattern}, {group})", VARCHAR)
    occurrence = f"CAST({integer(call.args[3])} AS BIGINT)"
    matches = f"regexp_extract_all({source}, {pattern}, {group})"
    return Value(macro("nth_match", text_of(call.args[0]).sql, matches, occurrence), VARCHAR)


@function("regexp_count", args=(2, 4))
def _count(call: Call) -> Value:
    return Value(f"CAST(len(regexp_extract_all({_source(call)}, {_pattern(call, 3)})) AS INTEGER)", INTEGER)


@function("regexp_instr", args=(2, 6))
def _instr(call: Call) -> Value:
    """Where the nth match begins, or the character behind it with option 1 (page REGEXP_INSTR)."""
    pattern = _pattern(call, 5)
    start = f"greatest({integer(call.args[2])}, 1)" if len(call.args) > 2 else "1"
    occurrence = integer(call.args[3]) if len(call.args) > 3 else "1"
    after = len(call.args) > 4 and call.args[4].literal == "1"
    return Value(
        macro("match_position", _source(call), pattern, start, occurrence, "true" if after else "false"), INTEGER
    )
