"""SUPER and JSON functions (pages c_Type_Info_Functions, Array_Functions and json-functions)."""

from __future__ import annotations

from embedded_redshift.translate import super_values
from embedded_redshift.translate.casts import text_of
from embedded_redshift.translate.function_table import Call, function
from embedded_redshift.translate.functions.numbers import integer
from embedded_redshift.translate.macros import macro
from embedded_redshift.translate.types import BOOLEAN, INTEGER, SUPER, SUPER_LIST, TRIMMED, VARCHAR
from embedded_redshift.translate.values import Value, string


def _json(call: Call, i: int = 0) -> str:
    return super_values.to_json(call.args[i]).sql


@function("split_to_array", args=(1, 2))
def _split_to_array(call: Call) -> Value:
    """The delimiter is a comma by default (page split_to_array)."""
    delimiter = text_of(call.args[1]).sql if len(call.args) == 2 else "','"
    return Value(f"string_split({text_of(call.args[0]).sql}, {delimiter})", SUPER_LIST)


@function("json_parse", args=1)
def _json_parse(call: Call) -> Value:
    return Value(macro("parse", text_of(call.args[0]).sql), SUPER)


@function("json_serialize", args=1)
def _json_serialize(call: Call) -> Value:
    if not call.args[0].type.is_super:
        call.reject("takes a SUPER value")
    return Value(f"CAST(json({_json(call)}) AS VARCHAR)", TRIMMED)


@function("json_typeof", args=1)
def _json_typeof(call: Call) -> Value:
    return Value(macro("super_type", _json(call)), TRIMMED)


@function("get_array_length", args=1)
def _get_array_length(call: Call) -> Value:
    """NULL for what is no array (page get_array_length)."""
    if call.args[0].type.is_super and call.args[0].type.form == "list":
        return Value(f"CAST(len({call.args[0].sql}) AS INTEGER)", INTEGER)
    json = _json(call)
    return Value(f"CASE WHEN json_type({json}) = 'ARRAY' THEN CAST(json_array_length({json}) AS INTEGER) END", INTEGER)


@function("array", args=(0, 1000))
def _array(call: Call) -> Value:
    return Value(f"json_array({', '.join(super_values.to_json(a).sql for a in call.args)})", SUPER)


@function("object", args=(0, 1000))
def _object(call: Call) -> Value:
    if len(call.args) % 2:
        call.reject("takes pairs of key and value")
    parts = [a.sql if i % 2 == 0 else super_values.to_json(a).sql for i, a in enumerate(call.args)]
    return Value(f"json_object({', '.join(parts)})", SUPER)


@function("array_concat", args=2)
def _array_concat(call: Call) -> Value:
    both = f"list_concat(CAST({_json(call)} AS JSON[]), CAST({_json(call, 1)} AS JSON[]))"
    return Value(f"to_json({both})", SUPER)


@function("subarray", args=3)
def _subarray(call: Call) -> Value:
    """Elements from a position (from 0) on (page subarray)."""
    start, length = integer(call.args[1]), integer(call.args[2])
    return Value(f"to_json(CAST({_json(call)} AS JSON[])[{start} + 1:{start} + {length}])", SUPER)


_TYPES = {
    "is_array": "json_type({0}) = 'ARRAY'",
    "is_object": "json_type({0}) = 'OBJECT'",
    "is_scalar": "json_type({0}) NOT IN ('ARRAY', 'OBJECT', 'NULL')",
    "is_varchar": "json_type({0}) = 'VARCHAR'",
    "is_char": "json_type({0}) = 'VARCHAR' AND ({0} ->> '$') SIMILAR TO '[ -~]*'",
    "is_boolean": "json_type({0}) = 'BOOLEAN'",
    "is_float": "json_type({0}) = 'DOUBLE'",
    "is_decimal": "json_type({0}) IN ('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE')",
    "is_bigint": "json_type({0}) IN ('BIGINT', 'UBIGINT') AND TRY_CAST({0} ->> '$' AS BIGINT) IS NOT NULL",
    "is_integer": "json_type({0}) IN ('BIGINT', 'UBIGINT') AND TRY_CAST({0} ->> '$' AS INTEGER) IS NOT NULL",
    "is_smallint": "json_type({0}) IN ('BIGINT', 'UBIGINT') AND TRY_CAST({0} ->> '$' AS SMALLINT) IS NOT NULL",
}

for _name, _test in _TYPES.items():

    def _inspect(call: Call, test: str = _test) -> Value:
        """False for NULL (page c_Type_Info_Functions)."""
        return Value(f"COALESCE({test.format(_json(call))}, false)", BOOLEAN)

    function(_name, args=1)(_inspect)


@function("is_valid_json", args=1)
def _is_valid_json(call: Call) -> Value:
    """Whether the text is a JSON object; other JSON values are not (page IS_VALID_JSON)."""
    text = text_of(call.args[0]).sql
    return Value(f"(json_valid({text}) AND COALESCE(json_type(TRY_CAST({text} AS JSON)) = 'OBJECT', false))", BOOLEAN)


@function("is_valid_json_array", args=1)
def _is_valid_json_array(call: Call) -> Value:
    text = text_of(call.args[0]).sql
    return Value(f"(json_valid({text}) AND COALESCE(json_type(TRY_CAST({text} AS JSON)) = 'ARRAY', false))", BOOLEAN)


@function("can_json_parse", args=1)
def _can_json_parse(call: Call) -> Value:
    return Value(f"json_valid({text_of(call.args[0]).sql})", BOOLEAN)


@function("json_extract_path_text", args=(2, 12))
def _json_extract_path_text(call: Call) -> Value:
    """The value as text; an empty text where the path leads nowhere (page JSON_EXTRACT_PATH_TEXT)."""
    args = list(call.args)
    on_error_null = args[-1].type.name == "boolean" and args.pop().sql == "true"
    text = text_of(args[0]).sql
    path = "$"
    for part in args[1:]:
        if part.literal is None or not part.type.is_string:
            call.reject("path elements must be string literals")
        path += '."' + (part.literal or "").replace('"', '\\"') + '"'
    return Value(macro("json_text", text, string(path), "true" if on_error_null else "false"), VARCHAR)


@function("json_array_length", args=(1, 2))
def _json_array_length(call: Call) -> Value:
    text = text_of(call.args[0]).sql
    null_if_invalid = len(call.args) == 2 and call.args[1].sql == "true"
    return Value(macro("json_length", text, "true" if null_if_invalid else "false"), INTEGER)


@function("json_extract_array_element_text", args=(2, 3))
def _json_extract_array_element_text(call: Call) -> Value:
    """Positions count from 0; an empty text where there is no such element."""
    text, position = text_of(call.args[0]).sql, integer(call.args[1])
    null_if_invalid = len(call.args) == 3 and call.args[2].sql == "true"
    # DuckDB would count a negative position from the end.
    path = f"(CASE WHEN {position} >= 0 THEN '$[' || CAST({position} AS BIGINT) || ']' END)"
    return Value(macro("json_text", text, path, "true" if null_if_invalid else "false"), VARCHAR)
