"""Redshift's statements in PostgreSQL's words, and a warehouse's tables in a PostgreSQL."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.csv as pa_csv
import sqlglot
from sqlglot import exp

from embedded_redshift import dbapi
from tests.redshift.postgres_server import Postgres

# Functions that PostgreSQL lacks or has for other types; each does what Redshift's documentation says of it.
FUNCTIONS = """
CREATE FUNCTION json_parse(words text) RETURNS text[] LANGUAGE sql IMMUTABLE
    RETURN ARRAY(SELECT jsonb_array_elements_text(words::jsonb));
CREATE FUNCTION json_field(words text, name text) RETURNS text LANGUAGE sql IMMUTABLE RETURN words::jsonb ->> name;
CREATE FUNCTION strtol(digits text, base integer) RETURNS bigint LANGUAGE sql IMMUTABLE
    RETURN ('x' || lpad(digits, 16, '0'))::bit(64)::bigint;
CREATE FUNCTION getdate() RETURNS timestamp LANGUAGE sql STABLE RETURN date_trunc('second', localtimestamp);
CREATE FUNCTION round(number double precision, places integer) RETURNS double precision LANGUAGE sql IMMUTABLE
    RETURN round(number::numeric, places)::double precision
"""
_TYPES = {"super": "jsonb", "varbyte": "bytea"}
_MODEL = re.compile(r"ml\.match_v\d+_(?:score|typical)\(([^()]*)\)")


def with_fixed_score(sql: str) -> str:
    """The model's function replaced by a sum of such features as are whole numbers, so that it is exact."""

    def fixed(call: re.Match[str]) -> str:
        names = [name.strip() for name in call[1].split(",")]
        whole = [name for name in names if name.rpartition(".")[2] in _WHOLE]
        parts = [f"COALESCE(CAST({name} AS DOUBLE PRECISION), 0) * {at}" for at, name in enumerate(whole, 1)]
        return f"({' + '.join(parts)})"

    return _MODEL.sub(fixed, sql)


_WHOLE = {
    "skills_required",
    "skills_met",
    "same_city",
    "same_seniority",
    "times_put_forward",
    "views",
    "furthest_stage",
}


def in_postgres_words(sql: str, params: Mapping[str, Any]) -> str:
    """The statement for PostgreSQL, its parameters written out."""
    tree = sqlglot.parse_one(sql, dialect="redshift")
    bound = tree.transform(lambda node: _value(params[node.name]) if isinstance(node, exp.Placeholder) else node)
    for numbered in list(bound.find_all(exp.AtIndex)):
        numbered.parent.replace(_numbered(numbered))
    for select in bound.find_all(exp.Select):
        _name_fields(select)
    return bound.transform(_word).sql("postgres")


def _numbered(walk: exp.AtIndex) -> exp.Join:
    """Redshift walks through an array with the place of each element by AT, from 0; here they are numbered from 1."""
    array, element, place = walk.this.this.sql("postgres"), walk.this.alias, walk.expression.name
    join = f"CROSS JOIN UNNEST({array}) WITH ORDINALITY AS {element}_at({element}, {place})"
    return sqlglot.parse_one(f"SELECT 1 FROM t {join}", dialect="postgres").find(exp.Join)


def _name_fields(select: exp.Select) -> None:
    """Redshift walks through an array by naming it in FROM; its elements are JSON's text here, not records."""
    arrays = [join.this for join in select.args.get("joins") or () if isinstance(join.this, exp.Unnest)]
    elements = {column.name for array in arrays for column in array.args["alias"].columns}
    for column in list(select.find_all(exp.Column)):
        if column.table in elements and column.parent_select is select:
            column.replace(
                exp.Anonymous(this="json_field", expressions=[exp.column(column.table), exp.convert(column.name)])
            )


def _value(value: Any) -> exp.Expr:
    return exp.null() if value is None else exp.Cast(this=exp.convert(value), to=_type(value))


def _word(node: exp.Expr) -> exp.Expr:
    match node:
        case exp.ParseJSON():
            return exp.Anonymous(this="json_parse", expressions=[node.this])
        case exp.RegexpReplace():  # every occurrence; the flags of Redshift come after the position
            flags = node.args.get("modifiers") or node.args.get("occurrence") or exp.convert("")
            inner = node.this.transform(_word)  # what is replaced is not walked through any more
            by = exp.convert(re.sub(r"\$(\d)", r"\\\1", node.args["replacement"].name))
            parts = [inner, node.expression, by, exp.convert(1), exp.convert(0)]
            return exp.Anonymous(this="regexp_replace", expressions=[*parts, exp.convert(flags.name.replace("p", ""))])
        case exp.RegexpExtract():  # an empty text where nothing matches
            found = exp.Anonymous(this="regexp_substr", expressions=[node.this.transform(_word), node.expression])
            return exp.Coalesce(this=found, expressions=[exp.convert("")])
        case exp.WithinGroup() if isinstance(node.this, exp.GroupConcat):
            joined = node.this.copy()
            joined.set("this", exp.Order(this=joined.this, expressions=node.expression.expressions))
            return joined
    return node


def _type(value: Any) -> exp.DataType:
    names = {bool: "BOOLEAN", int: "BIGINT", float: "DOUBLE", str: "TEXT", dt.date: "DATE"}
    return exp.DataType.build(names.get(type(value), "TIMESTAMP"))


def copy_tables(source: dbapi.Connection, target: Postgres, folder: Path) -> None:
    """Makes every table of the warehouse in the PostgreSQL, with its rows."""
    asking, making = source.cursor(), target.connect().cursor()
    for function in FUNCTIONS.strip().split(";\n"):
        making.execute(function)
    asking.execute(
        "SELECT table_schema, table_name FROM information_schema.tables "
        "WHERE table_type = 'BASE TABLE' AND table_schema IN ('app', 'features', 'hiring', 'ml', 'staging', 'training')"
    )
    for schema, table in asking.fetchall():
        columns = source.session.columns(schema, table) or {}
        written = ", ".join(f'"{name}" {_TYPES.get(kind, kind)}' for name, kind in columns.items())
        making.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
        making.execute(f'CREATE TABLE "{schema}"."{table}" ({written})')
        file = folder / f"{schema}.{table}.csv"
        pa_csv.write_csv(source.cursor().execute(f'SELECT * FROM "{schema}"."{table}"').arrow(), file)
        target.copy(f'"{schema}"."{table}"', file)
    making.execute("ANALYZE")
