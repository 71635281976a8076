"""Roles and grants, read as Redshift reads them. Roles are kept; grants change nothing: one user owns everything."""

from __future__ import annotations

import re

from embedded_redshift.translate.interface import USER, Catalog, RedshiftSyntaxError, Translation
from embedded_redshift.translate.macros import SCHEMA, failure
from embedded_redshift.translate.statement_table import text_statement
from embedded_redshift.translate.values import string

_NAME = r'(?:\w+|"[^"]+")'
_PATH = rf"{_NAME}(?:\.{_NAME})*"
_NAMES = rf"{_NAME}(?:\s*,\s*{_NAME})*"
_PATHS = rf"{_PATH}(?:\s*,\s*{_PATH})*"
_WHO = rf"(?:role\s+{_NAME}|group\s+{_NAME}|public|(?!role\b|group\b){_NAME}(?:\s+with\s+grant\s+option)?)"
_ALL = r"all(?:\s+privileges)?"
_TABLE_WORD = r"(?:select|insert|update|delete|drop|references|alter|truncate)"
_SYSTEM = (
    r"(?:(?:create|drop|alter)\s+user|(?:create|drop|alter)\s+schema|alter\s+default\s+privileges|"
    r"(?:create|drop|alter)\s+table|create\s+or\s+replace\s+(?:external\s+)?function|drop\s+function|"
    r"create\s+or\s+replace\s+procedure|drop\s+procedure|create\s+or\s+replace\s+view|drop\s+view|"
    r"(?:create|drop)\s+model|(?:create|alter|drop)\s+datashare|create\s+library|(?:create|drop)\s+role|"
    r"truncate\s+table|vacuum|analyze|cancel|access\s+(?:system\s+table|catalog)|ignore\s+(?:rls|masking)|"
    r"explain\s+(?:rls|masking)|alter\s+role|create\s+database|(?:create|drop)\s+(?:rls|masking)\s+policy|"
    r"create\s+(?:or\s+replace\s+)?(?:external\s+)?schema|copy\s+job)"
)
_SCOPED = r"(?:select|insert|update|delete|drop|references|alter|truncate|create|usage|execute|all(?:\s+privileges)?)"
_COLUMNS = rf"(?:\s*\(\s*{_NAMES}\s*\))?"

# Page r_GRANT, its parts in order; REVOKE says FROM where GRANT says TO.
_FORMS = tuple(
    re.compile(pattern, re.I | re.S)
    for pattern in (
        rf"(?:{_TABLE_WORD}{_COLUMNS}(?:\s*,\s*{_TABLE_WORD}{_COLUMNS})*|{_ALL}{_COLUMNS})\s+on\s+"
        rf"(?:all\s+tables\s+in\s+schema\s+{_NAMES}|(?:table\s+)?(?!schema\b|database\b|model\b|function\b){_PATHS})"
        rf"\s+to\s+{_WHO}(?:\s*,\s*{_WHO})*",
        rf"(?:(?:create|temporary|temp|usage|alter)(?:\s*,\s*(?:create|temporary|temp|usage|alter))*|{_ALL})\s+on\s+"
        rf"database\s+{_NAMES}\s+to\s+{_WHO}(?:\s*,\s*{_WHO})*",
        rf"(?:(?:create|usage|alter|drop)(?:\s*,\s*(?:create|usage|alter|drop))*|{_ALL})\s+on\s+schema\s+{_NAMES}"
        rf"\s+to\s+{_WHO}(?:\s*,\s*{_WHO})*",
        rf"(?:execute|{_ALL})\s+on\s+(?:(?:function|procedure)\s+{_PATH}\s*\(.*?\)|"
        rf"all\s+(?:functions|procedures)\s+in\s+schema\s+{_NAMES})\s+to\s+{_WHO}(?:\s*,\s*{_WHO})*",
        rf"usage\s+on\s+language\s+{_NAMES}\s+to\s+{_WHO}(?:\s*,\s*{_WHO})*",
        rf"(?:execute|{_ALL})\s+on\s+model\s+{_PATHS}\s+to\s+{_WHO}(?:\s*,\s*{_WHO})*",
        rf"create\s+model\s+to\s+{_WHO}(?:\s*,\s*{_WHO})*",
        # Not to a role.
        rf"assumerole\s+on\s+(?:'[^']+'(?:\s*,\s*'[^']+')*|default|all)\s+to\s+"
        rf"(?:group\s+{_NAME}|public|(?!role\b){_NAME})(?:\s*,\s*(?:group\s+{_NAME}|public|(?!role\b){_NAME}))*"
        r"\s+for\s+(?:all|copy|unload|external\s+function|create\s+model)"
        r"(?:\s*,\s*(?:all|copy|unload|external\s+function|create\s+model))*",
        rf"role\s+{_NAME}(?:\s*,\s*role\s+{_NAME})*\s+to\s+(?:role\s+{_NAME}|{_NAME}(?:\s+with\s+admin\s+option)?)"
        rf"(?:\s*,\s*(?:role\s+{_NAME}|{_NAME}))*",
        rf"(?:{_SYSTEM}(?:\s*,\s*{_SYSTEM})*|{_ALL})\s+to\s+role\s+{_NAME}(?:\s*,\s*role\s+{_NAME})*",
        # Scoped permissions, on all objects of a kind that there are and will be.
        rf"{_SCOPED}(?:\s*,\s*{_SCOPED})*\s+for\s+(?:schemas|tables|functions|procedures|languages|copy\s+jobs)\s+in\s+"
        rf"(?:schema\s+{_NAME}(?:\s+database\s+{_NAME})?|database\s+{_NAME})\s+to\s+{_WHO}(?:\s*,\s*{_WHO})*",
        rf"connect\s+on\s+workgroup(?:\s+{_NAME})?\s+to\s+{_WHO}(?:\s*,\s*{_WHO})*",
    )
)
# Page r_ALTER_DEFAULT_PRIVILEGES.
_DEFAULTS = re.compile(
    rf"alter\s+default\s+privileges(?:\s+for\s+user\s+{_NAMES})?(?:\s+in\s+schema\s+{_NAMES})?\s+"
    rf"(?:grant|revoke(?:\s+grant\s+option\s+for)?)\s+(?:{_TABLE_WORD}(?:\s*,\s*{_TABLE_WORD})*|execute|{_ALL})\s+on\s+"
    rf"(?:tables|functions|procedures)\s+(?:to|from)\s+{_WHO}(?:\s*,\s*{_WHO})*(?:\s+(?:cascade|restrict))?",
    re.I | re.S,
)
_ALTER_ROLE = re.compile(
    rf"alter\s+role\s+(?P<name>{_NAME})(?:\s+with)?\s+"
    rf"(?:rename\s+to\s+(?P<new>{_NAME})|owner\s+to\s+{_NAME}|externalid\s+to\s+(?P<id>\S+))",
    re.I,
)
_DATASHARE = re.compile(r"\bon\s+datashare\b", re.I)
_ROLE = re.compile(
    rf"(?P<verb>create|drop)\s+role\s+(?P<name>{_NAME})"
    r"(?:\s+externalid\s+\S+|\s+force|\s+restrict)?",
    re.I,
)
ROLES = f"{SCHEMA}.svv_roles"


@text_statement(
    "grant", "revoke", group="Roles and grants", forms={"GRANT": "means nothing", "REVOKE": "means nothing"}
)
def _grant(word: str, text: str, catalog: Catalog) -> Translation:
    """Raises RedshiftSyntaxError for what Redshift would not read."""
    body = text[len(word) :].strip()
    if word == "revoke":
        body = re.sub(
            r"\bfrom\b(?!.*\bfrom\b)",
            "to",
            re.sub(r"^(?:grant|admin)\s+option\s+for\s+|\s+(?:cascade|restrict)\Z", "", body, flags=re.I),
            flags=re.I | re.S,
        )
    if _DATASHARE.search(body):
        raise RedshiftSyntaxError(
            f"{word.upper()} ON DATASHARE is not supported in the embedded warehouse: nothing is shared"
        )
    if not any(form.fullmatch(body) for form in _FORMS):
        raise RedshiftSyntaxError(f"syntax error in {word.upper()}: no form of it reads like this")
    return Translation("noop")


@text_statement(
    "alter",
    group="Roles and grants",
    forms={"ALTER DEFAULT PRIVILEGES": "means nothing", "ALTER ROLE": "the name; an owner means nothing"},
)
def _alter(word: str, text: str, catalog: Catalog) -> Translation | None:
    if _DEFAULTS.fullmatch(text):
        return Translation("noop")
    match = _ALTER_ROLE.fullmatch(text)
    if match is None:
        return None
    name = string(match["name"].strip('"').lower())
    changed = f"role_name = {string(match['new'].strip(chr(34)).lower())}" if match["new"] else "role_name = role_name"
    if match["id"]:
        changed = f"external_id = {string(match['id'].strip(chr(39) + chr(34)))}"
    check = (
        f"SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM {ROLES} WHERE role_name = {name}) "
        f"THEN {failure(string(f'role {match[1]} does not exist'))} END"
    )
    return Translation("write", (check, f"UPDATE {ROLES} SET {changed} WHERE role_name = {name}"))


@text_statement(
    "create", "drop", group="Roles and grants", forms={"CREATE ROLE": "stands in SVV_ROLES", "DROP ROLE": ""}
)
def _role(word: str, text: str, catalog: Catalog) -> Translation | None:
    if not re.match(r"(create|drop)\s+role\b", text, re.I):
        return None
    found = _ROLE.fullmatch(text)
    if found is None:
        raise RedshiftSyntaxError("syntax error: CREATE ROLE name or DROP ROLE name (there is no IF NOT EXISTS)")
    name = string(found["name"].strip('"').lower())
    if found["verb"].lower() == "drop":
        return Translation("write", (f"DELETE FROM {ROLES} WHERE role_name = {name}",))
    values = f"(SELECT COALESCE(MAX(role_id), 100) + 1 FROM {ROLES}), {name}, {string(USER)}, NULL"
    return Translation("write", (f"INSERT INTO {ROLES} VALUES ({values})",))
