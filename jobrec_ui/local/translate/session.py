"""Statements about the session: SET, RESET and transactions, and COMMENT, which the embedded warehouse ignores."""

from __future__ import annotations

import re

from jobrec_ui.local.translate.model import RedshiftSyntaxError, Translation

_SET = re.compile(r"set\s+(?:session\s+|local\s+)?(\w+)\s*(?:=|\bto\b)\s*(.+)", re.I | re.S)
_TIME_ZONE = re.compile(r"set\s+(?:session\s+|local\s+)?time\s+zone\s+(.+)", re.I | re.S)
_RESET = re.compile(r"reset\s+(\w+)", re.I)

# Page cm_chap_ConfigurationRef.
SETTINGS = frozenset(
    {
        "analyze_threshold_percent",
        "application_name",
        "cast_super_null_on_error",
        "client_encoding",
        "datashare_break_glass_session_var",
        "datestyle",
        "default_geometry_encoding",
        "describe_field_name_in_uppercase",
        "downcase_delimited_identifier",
        "enable_case_sensitive_identifier",
        "enable_case_sensitive_super_attribute",
        "enable_numeric_rounding",
        "enable_result_cache_for_session",
        "enable_vacuum_boost",
        "error_on_nondeterministic_update",
        "extra_float_digits",
        "interval_forbid_composite_literals",
        "json_serialization_enable",
        "json_serialization_parse_nested_strings",
        "max_concurrency_scaling_clusters",
        "max_cursor_result_set_size",
        "mv_enable_aqmv_for_session",
        "navigate_super_null_on_error",
        "parse_super_null_on_error",
        "pg_federation_repeatable_read",
        "query_group",
        "search_path",
        "spectrum_query_maxerror",
        "statement_timeout",
        "stored_proc_log_min_messages",
        "timezone",
        "use_fips_ssl",
        "wlm_query_slot_count",
    }
)
_TRANSACTIONS = {
    "begin": "BEGIN TRANSACTION",
    "start": "BEGIN TRANSACTION",
    "commit": "COMMIT",
    "end": "COMMIT",
    "rollback": "ROLLBACK",
    "abort": "ROLLBACK",
}


def session_statement(word: str, text: str) -> Translation | None:
    """The translation of a statement about the session; None when it is none."""
    if word == "comment":
        return Translation("noop")
    if word in _TRANSACTIONS:
        return Translation("session", (_TRANSACTIONS[word],))
    if word == "reset":
        match = _RESET.fullmatch(text)
        if match is None:
            raise RedshiftSyntaxError("syntax error in RESET: RESET name")
        return Translation("session", setting=(_setting(match[1]), "default"))
    if word == "set":
        if match := _TIME_ZONE.fullmatch(text):
            return Translation("session", setting=("timezone", _value(match[1])))
        match = _SET.fullmatch(text)
        if match is None:
            raise RedshiftSyntaxError("syntax error in SET: SET name TO value")
        return Translation("session", setting=(_setting(match[1]), _value(match[2])))
    return None


def _setting(name: str) -> str:
    if name.lower() not in SETTINGS:
        raise RedshiftSyntaxError(f'unrecognized configuration parameter "{name.lower()}"')
    return name.lower()


def _value(text: str) -> str:
    """A literal, a word, a number or a list of them, without its quotes."""
    items = re.findall(r"'(?:[^']|'')*'|\"[^\"]*\"|[^\s,;']+", text)
    rest = re.sub(r"'(?:[^']|'')*'|\"[^\"]*\"|[^\s,;']+|[\s,]", "", text)
    if rest or not items:
        raise RedshiftSyntaxError(f"syntax error in the value of SET: {text}")
    plain = [i[1:-1].replace("''", "'") if i[0] in "'\"" else i for i in items]
    return ", ".join(plain)
