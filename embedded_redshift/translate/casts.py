"""Conversions between types: CAST, ::, and the implicit ones that functions and comparisons need."""

from __future__ import annotations

from embedded_redshift.translate import super_values
from embedded_redshift.translate.macros import macro
from embedded_redshift.translate.moments import literal_moment
from embedded_redshift.translate.types import MAX_VARCHAR, VARCHAR, Type, duckdb_type
from embedded_redshift.translate.values import Query, Value, reject

# Conversion pairs that Redshift refuses (c_Supported_data_types "Type compatibility and conversion").
_REFUSED = {
    ("boolean", "varchar"),
    ("boolean", "char"),
    ("boolean", "date"),
    ("boolean", "timestamp"),
    ("boolean", "timestamptz"),
    ("boolean", "decimal"),
    ("boolean", "real"),
    ("boolean", "double"),
    ("date", "integer"),
    ("date", "bigint"),
    ("date", "smallint"),
    ("date", "double"),
    ("date", "decimal"),
    ("date", "boolean"),
    ("timestamp", "integer"),
    ("timestamp", "bigint"),
    ("timestamp", "double"),
    ("timestamp", "decimal"),
    ("timestamp", "boolean"),
    ("integer", "date"),
    ("integer", "timestamp"),
    ("bigint", "date"),
    ("bigint", "timestamp"),
    ("decimal", "boolean"),
    ("double", "boolean"),
    ("real", "boolean"),
}


def cast(value: Value, kind: Type) -> Value:
    """CAST(value AS kind)."""
    if (value.type.name, kind.name) in _REFUSED:
        reject(f"cannot cast type {value.type} to {kind}")
    if kind.is_super:
        return super_values.to_json(value)
    if value.type.is_super:
        return _from_super(value, kind)
    if kind.is_string:
        return _to_string(value, kind)
    if value.type.is_string:
        return _from_string(value, kind)
    if value.type.is_integer and kind.name == "boolean":
        return Value(f"(({value.sql}) <> 0)", kind)
    same = value.type.name == kind.name and not kind.is_decimal
    sql = value.sql if same else f"CAST({value.sql} AS {duckdb_type(kind)})"
    return Value(sql, kind, nonzero=value.nonzero and not kind.is_integer)


def unify(value: Value, kind: Type) -> Value:
    """The value as part of a CASE, COALESCE or UNION of that common type."""
    if kind.is_super and not (value.type.is_super and value.type.form == kind.form):
        return super_values.to_json(value)
    if kind.is_unknown or value.type.is_unknown or value.type.family == kind.family:
        return value
    if value.type.quoted:
        return cast(value, kind)
    reject(f"types {kind} and {value.type} cannot be matched: cast one of them")


def _from_string(value: Value, kind: Type) -> Value:
    if kind.is_integer:
        if value.literal is not None and value.literal.strip().lstrip("+-").isdigit():
            return Value(f"CAST({value.sql} AS {duckdb_type(kind)})", kind)
        return Value(f"CAST({macro('to_integer', value.sql)} AS {duckdb_type(kind)})", kind)
    if kind.name == "boolean":
        if not value.type.quoted:
            reject(f"cannot cast type {value.type} to boolean")
        return Value(macro("to_boolean", value.sql), kind)
    if value.literal is not None and kind.name in ("date", "timestamp", "timestamptz"):
        return Value(literal_moment(value.literal, kind), kind)
    return Value(f"CAST({value.sql} AS {duckdb_type(kind)})", kind)


def _from_super(value: Value, kind: Type) -> Value:
    """Values of another type give NULL in lax mode (page limitations-super)."""
    text = value.sql if value.type.form == "text" else macro("super_text", value.sql)
    if value.type.form == "list":
        return Value(f"CAST(NULL AS {duckdb_type(kind)})", kind)
    if kind.is_string:
        return _to_string(Value(text, VARCHAR), kind)
    if kind.is_integer or kind.is_decimal:
        return Value(f"TRY_CAST(TRY_CAST({text} AS DECIMAL(38,10)) AS {duckdb_type(kind)})", kind)
    if kind.name == "boolean" and value.type.form == "json":
        return Value(macro("super_boolean", value.sql), kind)
    return Value(f"TRY_CAST({text} AS {duckdb_type(kind)})", kind)


def _to_string(value: Value, kind: Type) -> Value:
    """To VARCHAR(n) or CHAR(n): longer values are cut to n bytes (page r_CAST_function)."""
    text = text_of(value)
    if kind.name == "char":
        return Value(f"rtrim({_cut(text, kind)}, ' ')", kind)
    trimmed = text.type.trimmed and _fits(text.type, kind)
    return Value(_cut(text, kind), Type("varchar", kind.size, trimmed=trimmed))


def _fits(source: Type, target: Type) -> bool:
    return target.size is None or (source.size is not None and source.size <= target.size)


def _cut(text: Value, kind: Type) -> str:
    if _fits(text.type, kind) or (kind.size or 0) >= MAX_VARCHAR:
        return text.sql
    return macro("cut", text.sql, str(kind.size))


# The longest text of a value of the type, in bytes.
_TEXT_SIZES = {"smallint": 6, "integer": 11, "bigint": 20, "date": 10, "timestamp": 26, "timestamptz": 32}


def text_of(value: Value, trimmed: bool = False) -> Value:
    """The value as VARCHAR; trimmed takes trailing blanks off, for comparisons."""
    kind = value.type
    if kind.is_string:
        if not trimmed or kind.trimmed:
            return value
        if value.literal is not None:
            bare = value.literal.rstrip(" ")
            return Value("'" + bare.replace("'", "''") + "'", kind.as_trimmed(), literal=bare)
        return Value(macro("bare", value.sql), kind.as_trimmed())
    if kind.is_unknown:
        if value.sql == "NULL":
            return Value("CAST(NULL AS VARCHAR)", Type("varchar", 1, trimmed=True))
        sql = f"CAST({value.sql} AS VARCHAR)"
        return Value(f"rtrim({sql}, ' ')" if trimmed else sql, VARCHAR.as_trimmed(trimmed))
    if kind.is_super:
        text = value.sql if kind.form == "text" else macro("super_text", value.sql)
        if kind.form == "list":
            text = "CAST(NULL AS VARCHAR)"
        return Value(macro("bare", text) if trimmed else text, VARCHAR.as_trimmed(trimmed))
    if kind.name == "boolean":
        reject("cannot cast type boolean to character varying")
    if kind.is_float:
        digits = "'6'" if kind.name == "real" else "'15'"
        return Value(macro("float_text", value.sql, digits), Type("varchar", 32, trimmed=True))
    size = _TEXT_SIZES.get(kind.name, 42)
    return Value(f"CAST({value.sql} AS VARCHAR)", Type("varchar", size, trimmed=True))


def trimmed_rows(query: Query, alias: str) -> str:
    """SQL of the query's rows with trailing blanks taken off the strings (its columns' names are lost)."""
    names = [f"c{i}" for i in range(len(query.columns))]
    selected = [
        text_of(Value(f"{alias}.{n}", k), trimmed=True).sql if k.is_untrimmed_string else f"{alias}.{n}"
        for n, (_, k) in zip(names, query.columns, strict=True)
    ]
    return f"SELECT {', '.join(selected)} FROM ({query.sql}) AS {alias}({', '.join(names)})"
