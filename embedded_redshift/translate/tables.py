"""The parts of CREATE TABLE: column definitions, constraints, and physical design."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from sqlglot import exp

from embedded_redshift.translate.assignments import assign
from embedded_redshift.translate.context import Context
from embedded_redshift.translate.expressions import data_type
from embedded_redshift.translate.grammar import AutoKey, PhysicalColumnAttribute
from embedded_redshift.translate.macros import SCHEMA
from embedded_redshift.translate.metadata import TableInfo
from embedded_redshift.translate.scope import Scope
from embedded_redshift.translate.table_names import TableName, quoted_name
from embedded_redshift.translate.types import duckdb_type, parse_type, without_identity
from embedded_redshift.translate.values import allow_only, identifier, reject, string, written

ENCODINGS = frozenset(
    {
        "auto",
        "raw",
        "az64",
        "bytedict",
        "delta",
        "delta32k",
        "lzo",
        "mostly8",
        "mostly16",
        "mostly32",
        "runlength",
        "text255",
        "text32k",
        "zstd",
    }
)
_DIST_STYLES = frozenset({"even", "key", "all", "auto"})


@dataclass(frozen=True)
class Design:
    """Table attributes behind the columns."""

    info: TableInfo
    temporary: bool = False


def physical_design(properties: exp.Expr | None) -> Design:
    """DISTSTYLE, DISTKEY, SORTKEY, ENCODE AUTO, BACKUP and TEMP."""
    style, dist_key, sort_key, temporary = "auto", None, (), False
    for item in properties.expressions if properties else []:
        if isinstance(item, exp.TemporaryProperty):
            temporary = True
        elif isinstance(item, exp.DistStyleProperty):
            style = item.name.lower()
            if style not in _DIST_STYLES:
                reject(f"DISTSTYLE must be EVEN, KEY, ALL or AUTO, not {item.name}", item)
        elif isinstance(item, exp.DistKeyProperty):
            dist_key = item.name.lower()
        elif isinstance(item, exp.SortKeyProperty):
            sort_key = tuple(c.name.lower() for c in item.this)
        elif not isinstance(item, exp.BackupProperty | AutoKey):
            reject(f"{written(item)} is not supported in CREATE TABLE", item)
    return Design(TableInfo({}, sort_key, "key" if dist_key and style == "auto" else style, dist_key), temporary)


@dataclass
class TableBody:
    """DuckDB's column definitions, declared types by column, sequences to make first, keys written at columns."""

    definitions: list[str] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)
    sequences: list[str] = field(default_factory=list)
    sort_key: tuple[str, ...] = ()
    dist_key: str | None = None


def describe_columns(ctx: Context, schema: exp.Expr) -> TableBody:
    """The columns of CREATE TABLE. Keys are accepted and not enforced, as in Redshift; NOT NULL is."""
    body = TableBody()
    required = _primary_key_columns(schema)
    for item in schema.expressions:
        if isinstance(item, exp.ColumnDef):
            _column(ctx, body, item, required)
        elif isinstance(item, exp.LikeProperty):
            _like(ctx, body, item)
        elif isinstance(item, exp.Constraint):
            for part in item.expressions:
                _table_constraint(part)
        else:
            _table_constraint(item)
    if not body.definitions:
        reject("a table needs at least one column", schema)
    return body


def _table_constraint(node: exp.Expr) -> None:
    if not isinstance(node, exp.PrimaryKey | exp.UniqueColumnConstraint | exp.ForeignKey):
        reject(f"{written(node)} constraints do not exist in Amazon Redshift", node)


def _primary_key_columns(schema: exp.Expr) -> set[str]:
    """Columns of a PRIMARY KEY, which are NOT NULL."""
    return {c.name.lower() for key in schema.find_all(exp.PrimaryKey) for c in key.expressions}


def _column(ctx: Context, body: TableBody, node: exp.Expr, required: set[str]) -> None:
    allow_only(node, "this", "kind", "constraints")
    name = node.name.lower()
    if name in body.types:
        reject(f'column "{name}" duplicated', node)
    if node.args.get("kind") is None:
        reject(f'column "{name}" needs a type', node)
    kind = data_type(node.args["kind"])
    if kind.name == "interval":
        reject("INTERVAL columns are not supported in the embedded warehouse", node)
    text, default, not_null = kind.text, "", name in required
    for constraint in node.args.get("constraints") or []:
        part = constraint.args.get("kind")
        if isinstance(part, exp.NotNullColumnConstraint):
            not_null = not part.args.get("allow_null")
        elif isinstance(part, exp.PrimaryKeyColumnConstraint):
            not_null = True
        elif isinstance(part, exp.DefaultColumnConstraint):
            value = ctx.inside(Scope()).bind(part.this)
            default = f" DEFAULT {assign(value, kind, name)}"
        elif isinstance(part, exp.GeneratedAsIdentityColumnConstraint):
            default, sequence = _identity(part, kind.name)
            # Only GENERATED BY DEFAULT AS IDENTITY has this argument; it takes a value that an INSERT gives.
            numbers = f"{_whole_number(part.args['start'])},{_whole_number(part.args['increment'])}"
            text += f" default identity({numbers})" if "on_null" in part.args else f" identity({numbers})"
            not_null = True
            body.sequences.append(sequence)
        elif isinstance(part, exp.AutoIncrementColumnConstraint):
            reject("IDENTITY needs a seed and a step: IDENTITY(1, 1)", node)
        elif isinstance(part, exp.EncodeColumnConstraint):
            if part.name.lower() not in ENCODINGS:
                reject(f"unknown compression encoding {part.name}", part)
        elif isinstance(part, PhysicalColumnAttribute):
            if part.name.upper() == "SORTKEY":
                body.sort_key = (name,)
            else:
                body.dist_key = name
        elif isinstance(part, exp.CheckColumnConstraint):
            reject("CHECK constraints do not exist in Amazon Redshift", node)
        elif not isinstance(part, exp.UniqueColumnConstraint | exp.Reference | exp.CollateColumnConstraint):
            reject(f"{written(part)} does not exist in Amazon Redshift", node)
    body.types[name] = text
    body.definitions.append(f"{identifier(name)} {duckdb_type(kind)}{default}{' NOT NULL' if not_null else ''}")


def _identity(part: exp.Expr, kind: str) -> tuple[str, str]:
    """DEFAULT and sequence of an IDENTITY(seed, step) column.

    The sequence outlives its table in DuckDB, and a renamed table keeps it: its name must not come back.
    """
    if part.args.get("expression") is not None or part.this:
        reject("GENERATED ALWAYS does not exist in Amazon Redshift: use IDENTITY(seed, step)", part)
    start, step = part.args.get("start"), part.args.get("increment")
    if start is None or step is None:
        reject("IDENTITY needs a seed and a step: IDENTITY(1, 1)", part)
    if kind not in ("integer", "bigint"):
        reject("an IDENTITY column must be INT or BIGINT", part)
    sequence = f"{SCHEMA}.identity_{uuid.uuid4().hex}"
    first, by = _whole_number(start), _whole_number(step)
    if by == 0:
        reject("the step of IDENTITY cannot be 0", part)
    bounds = f" MINVALUE {min(first, -(2**62))}" if by < 0 or first < 1 else ""
    definition = f"CREATE SEQUENCE {sequence} INCREMENT BY {by}{bounds} START WITH {first}"
    return f" DEFAULT nextval({string(sequence)})", definition


def _whole_number(node: exp.Expr) -> int:
    negative = isinstance(node, exp.Neg)
    number = node.this if negative else node
    if not (isinstance(number, exp.Literal) and number.is_int):
        reject("a whole number is expected", node)
    return -int(number.this) if negative else int(number.this)


def _like(ctx: Context, body: TableBody, node: exp.Expr) -> None:
    """LIKE takes over columns, NOT NULL apart, and the keys (page r_CREATE_TABLE_NEW)."""
    source = node.this
    if not isinstance(source, exp.Table):
        reject("LIKE takes a table", node)
    columns = ctx.statement.catalog.columns(source.db.lower() or None, source.name.lower())
    if columns is None:
        reject(f'relation "{source.name.lower()}" does not exist', node)
    for column, text in columns.items():
        plain = without_identity(text)
        body.types[column] = plain
        body.definitions.append(f"{identifier(column)} {duckdb_type(parse_type(plain))}")
    body.sort_key = ctx.statement.catalog.sort_key(source.db.lower() or None, source.name.lower())


def check_keys(info: TableInfo, columns: list[str], node: exp.Expr) -> None:
    """Rejects sort and distribution keys that are no columns of the table, or do not go together."""
    if (info.dist_style == "key") != bool(info.dist_key) and info.dist_style != "auto":
        reject("DISTSTYLE KEY goes with a DISTKEY column, and a DISTKEY column with DISTSTYLE KEY", node)
    for word, keys in (("sort", info.sort_key), ("distribution", (info.dist_key,) if info.dist_key else ())):
        for key in keys:
            if key not in columns:
                reject(f'{word} key column "{key}" does not exist in the table', node)


def keep_info(name: TableName, info: TableInfo) -> str:
    """SQL that keeps the info with the table."""
    return f"COMMENT ON TABLE {quoted_name(name)} IS {string(info.to_comment())}"
