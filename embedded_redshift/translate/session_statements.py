"""Statements about the session: SET, RESET and transactions, and COMMENT, which the embedded warehouse ignores."""

from __future__ import annotations

import re

from embedded_redshift.translate.interface import DATABASE, USER, Catalog, RedshiftSyntaxError, Translation
from embedded_redshift.translate.parsing import without_comments
from embedded_redshift.translate.statement_table import text_statement

_SET = re.compile(r"set\s+(?:session\s+|local\s+)?(\w+)\s*(?:=|\bto\b)\s*(.+)", re.I | re.S)
_TIME_ZONE = re.compile(r"set\s+(?:session\s+|local\s+)?time\s+zone\s+(.+)", re.I | re.S)
_RESET = re.compile(r"reset\s+(\w+)", re.I)
_SEED = re.compile(r"set\s+(?:session\s+|local\s+)?seed\s*(?:=|\bto\b)\s*([+-]?[\d.]+)", re.I)
_AUTHORIZATION = re.compile(r"set\s+(?:session\s+|local\s+)*session\s+authorization\s+(\S+)", re.I)
_CHARACTERISTICS = re.compile(
    r"set\s+session\s+characteristics\s+as\s+transaction\s+(?:isolation\s+level\s+(?:serializable|snapshot|"
    r"read\s+committed|read\s+uncommitted|repeatable\s+read)|read\s+(?:write|only)|\s|,)+",
    re.I,
)

# What SHOW says of a setting that nobody has set (page cm_chap_ConfigurationRef).
DEFAULTS = {
    "analyze_threshold_percent": "10",
    "client_encoding": "UTF8",
    "datestyle": "ISO, MDY",
    "enable_result_cache_for_session": "on",
    "enable_vacuum_boost": "off",
    "extra_float_digits": "0",
    "wlm_query_slot_count": "1",
}
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
# Settings that would change results. Only these values of theirs, the default ones, are true here.
_FIXED = {
    "cast_super_null_on_error": ("true", "on"),
    "datestyle": ("iso", "iso, mdy"),
    "describe_field_name_in_uppercase": ("false", "off"),
    "downcase_delimited_identifier": ("true", "on"),
    "enable_case_sensitive_identifier": ("false", "off"),
    "enable_case_sensitive_super_attribute": ("false", "off"),
    "enable_numeric_rounding": ("true", "on"),
    "error_on_nondeterministic_update": ("false", "off"),
    "interval_forbid_composite_literals": ("false", "off"),
    "json_serialization_enable": ("false", "off"),
    "json_serialization_parse_nested_strings": ("false", "off"),
    "navigate_super_null_on_error": ("true", "on"),
    "parse_super_null_on_error": ("false", "off"),
    "timezone": ("utc", "gmt", "etc/utc"),
}
DEFAULTS |= {name: values[0] for name, values in _FIXED.items() if name not in DEFAULTS}
# Pages r_BEGIN, r_COMMIT and r_ROLLBACK. READ ONLY and DEFERRABLE change nothing that is done here.
_LEVEL = r"serializable|snapshot|read\s+committed|read\s+uncommitted|repeatable\s+read"
_TRANSACTIONS = {
    "BEGIN": re.compile(
        r"(?:begin(?:\s+(?:work|transaction))?|start\s+transaction)"
        rf"(?:\s+isolation\s+level\s+(?:{_LEVEL}))?(?:\s*,?\s*read\s+(?:write|only))?",
        re.I,
    ),
    "COMMIT": re.compile(r"(?:commit|end)(?:\s+(?:work|transaction))?", re.I),
    "ROLLBACK": re.compile(r"(?:rollback|abort)(?:\s+(?:work|transaction))?", re.I),
}
_COMMENT = re.compile(
    r"comment\s+on\s+(?:table|column|view|database|constraint\s+\S+\s+on)\s+\S+\s+is\s+(?:null|'(?:[^'\\]|''|\\.)*')",
    re.I | re.S,
)


def transaction_command(text: str) -> str | None:
    """BEGIN, COMMIT or ROLLBACK, whichever the statement is; None when it is none of them."""
    bare = without_comments(text)
    return next((command for command, form in _TRANSACTIONS.items() if form.fullmatch(bare)), None)


@text_statement("comment", group="Tables, views, schemas", forms={"COMMENT": "read, and not kept"})
def _comment(word: str, text: str, catalog: Catalog) -> Translation:
    if not _COMMENT.fullmatch(text):
        raise RedshiftSyntaxError("syntax error in COMMENT: COMMENT ON TABLE name IS 'text'")
    return Translation("noop")


@text_statement(
    "begin", "start", "commit", "end", "rollback", "abort",
    group="Session",
    forms={"BEGIN": "", "START TRANSACTION": "", "COMMIT": "", "END": "", "ROLLBACK": "", "ABORT": ""},
)  # fmt: skip
def _transaction(word: str, text: str, catalog: Catalog) -> Translation:
    command = transaction_command(text)
    if command is None:
        raise RedshiftSyntaxError(
            f"syntax error in {word.upper()}: it stands alone; run the other statements one at a time"
        )
    return Translation("session", (command,))


@text_statement("reset", group="Session", forms={"RESET": ""})
def _reset_setting(word: str, text: str, catalog: Catalog) -> Translation:
    match = _RESET.fullmatch(text)
    if match is None:
        raise RedshiftSyntaxError("syntax error in RESET: RESET name")
    if match[1].lower() in ("all", "use"):
        return Translation("session", setting=("all", "default")) if match[1].lower() == "all" else Translation("noop")
    return Translation("session", setting=(_setting(match[1]), "default"))


@text_statement(
    "set",
    group="Session",
    forms={
        "SET": "what would change results keeps its default value",
        "SHOW": "of a setting, or ALL",
        "SET SESSION AUTHORIZATION": "of the only user, awsuser",
        "SET SESSION CHARACTERISTICS": "means nothing",
    },
)
def _set_setting(word: str, text: str, catalog: Catalog) -> Translation:
    if match := _TIME_ZONE.fullmatch(text):
        return _set("timezone", match[1])
    if match := _SEED.fullmatch(text):
        return Translation("session", (f"SELECT setseed({match[1]})",))
    if match := _AUTHORIZATION.fullmatch(text):
        return _authorization(match[1])
    if _CHARACTERISTICS.fullmatch(text):
        return Translation("noop")  # every transaction is serializable, as in Redshift
    match = _SET.fullmatch(text)
    if match is None:
        raise RedshiftSyntaxError("syntax error in SET: SET name TO value")
    return _set(_setting(match[1]), match[2])


def _authorization(user: str) -> Translation:
    if user.strip("'\"").lower() not in ("default", USER):
        raise RedshiftSyntaxError(
            f"SET SESSION AUTHORIZATION is not supported in the embedded warehouse: there is one user, {USER}"
        )
    return Translation("noop")


@text_statement("use", group="Session", forms={"USE": "of the only database, dev"})
def _use(word: str, text: str, catalog: Catalog) -> Translation:
    database = text[len(word) :].strip().strip('"').lower()
    if database != DATABASE:
        raise RedshiftSyntaxError(f'database "{database}" is not in the embedded warehouse, which has one, {DATABASE}')
    return Translation("noop")


def _set(name: str, text: str) -> Translation:
    value = _value(text)
    if name in _FIXED and value.lower() not in ("default", *_FIXED[name]):
        raise RedshiftSyntaxError(
            f"SET {name} to {value} is not supported in the embedded warehouse: it stays {_FIXED[name][0]}"
        )
    return Translation("session", setting=(name, value))


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
