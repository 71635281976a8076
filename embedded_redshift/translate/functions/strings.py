"""String functions (page String_functions_header)."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from embedded_redshift.translate.arithmetic import concatenate
from embedded_redshift.translate.casts import text_of
from embedded_redshift.translate.context import Context, translates
from embedded_redshift.translate.function_table import Call, function
from embedded_redshift.translate.functions.numbers import integer
from embedded_redshift.translate.macros import macro
from embedded_redshift.translate.types import BIGINT, INTEGER, TRIMMED, VARBYTE, VARCHAR, Type
from embedded_redshift.translate.values import Value, allow_only, reject


def _text(call: Call, i: int = 0) -> Value:
    value = call.args[i]
    if value.type.is_super and value.type.form == "list":
        call.reject("takes text, not a SUPER array")
    return text_of(value)


@function("upper", "lower", args=1)
def _case(call: Call) -> Value:
    value = _text(call)
    return Value(f"{call.name}({value.sql})", replace(value.type, quoted=False))


@function("initcap", args=1)
def _initcap(call: Call) -> Value:
    value = _text(call)
    return Value(macro("initcap", value.sql), replace(value.type, quoted=False))


@function("len", "length", "char_length", "character_length", "textlen", args=1)
def _length(call: Call) -> Value:
    """Characters, trailing blanks of a VARCHAR included (page r_LEN)."""
    value = call.args[0]
    if value.type.name == "varbyte":
        return Value(f"octet_length({value.sql})", INTEGER)
    return Value(f"CAST(length({_text(call).sql}) AS INTEGER)", INTEGER)


@function("octet_length", args=1)
def _octet_length(call: Call) -> Value:
    value = call.args[0]
    if value.type.name == "varbyte":
        return Value(f"octet_length({value.sql})", INTEGER)
    return Value(f"CAST(strlen({_text(call).sql}) AS INTEGER)", INTEGER)


@function("ascii", args=1)
def _ascii(call: Call) -> Value:
    """The code point of the first character, 0 for an empty text (page r_ASCII)."""
    return Value(f"ascii({_text(call).sql})", INTEGER)


@function("chr", args=1)
def _chr(call: Call) -> Value:
    return Value(f"chr(CAST({integer(call.args[0])} AS INTEGER))", VARCHAR)


@function("concat", args=2)
def _concat(call: Call) -> Value:
    return concatenate(call.args[0], call.args[1])


@function("left", "right", args=2)
def _end(call: Call) -> Value:
    value = _text(call)
    trimmed = value.type.trimmed and call.name == "right"
    count = call.args[1].literal or macro("characters", integer(call.args[1]))
    return Value(f"{call.name}({value.sql}, {count})", Type("varchar", value.type.size, trimmed=trimmed))


@function("lpad", "rpad", args=(2, 3))
def _pad(call: Call) -> Value:
    """Padded or cut to a number of characters (page r_LPAD)."""
    fill = _text(call, 2).sql if len(call.args) == 3 else "' '"
    return Value(f"{call.name}({_text(call).sql}, CAST({integer(call.args[1])} AS INTEGER), {fill})", VARCHAR)


@function("ltrim", "rtrim", "btrim", args=(1, 2))
def _trim_ends(call: Call) -> Value:
    value = _text(call)
    return trim_characters(
        value, call.name.replace("btrim", "trim"), _text(call, 1).sql if len(call.args) == 2 else "' '"
    )


def trim_characters(value: Value, duckdb: str, characters: str) -> Value:
    """Characters taken off one end or both; blanks by default."""
    trimmed = (characters == "' '" and duckdb != "ltrim") or (value.type.trimmed and duckdb == "ltrim")
    return Value(f"{duckdb}({value.sql}, {characters})", Type("varchar", value.type.size, trimmed=trimmed))


@translates(exp.Trim)
def _trim(ctx: Context, node: exp.Expr) -> Value:
    """TRIM([BOTH | LEADING | TRAILING] [characters FROM] text) (page r_TRIM)."""
    allow_only(node, "this", "expression", "position")
    characters = text_of(ctx.bind(node.expression)).sql if node.args.get("expression") else "' '"
    side = str(node.args.get("position") or "BOTH").upper()
    duckdb = {"BOTH": "trim", "LEADING": "ltrim", "TRAILING": "rtrim"}[side]
    return trim_characters(text_of(ctx.bind(node.this)), duckdb, characters)


@translates(exp.Substring)
def _substring(ctx: Context, node: exp.Expr) -> Value:
    allow_only(node, "this", "start", "length")
    start, length = node.args.get("start"), node.args.get("length")
    if start is None:
        reject("SUBSTRING needs a start position", node)
    return substring(text_of(ctx.bind(node.this)), ctx.bind(start), ctx.bind(length) if length else None)


@function("substr", args=(2, 3))
def _substr(call: Call) -> Value:
    return substring(_text(call), call.args[1], call.args[2] if len(call.args) == 3 else None)


def substring(value: Value, start: Value, length: Value | None) -> Value:
    """Characters from a position; positions before the first count towards the length (page r_SUBSTRING)."""
    kind = Type("varchar", value.type.size, trimmed=value.type.trimmed and length is None)
    if start.literal is not None and start.type.is_integer and int(start.literal) >= 1:
        if length is None:
            return Value(f"substring({value.sql}, {start.sql})", kind)
        if length.literal is not None:
            return Value(f"substring({value.sql}, {start.sql}, {length.sql})", kind)
    if length is None:
        return Value(f"substring({value.sql}, CAST(greatest({integer(start)}, 1) AS BIGINT))", kind)
    return Value(macro("slice", value.sql, integer(start), integer(length)), kind)


@translates(exp.StrPosition)
def _position(ctx: Context, node: exp.Expr) -> Value:
    allow_only(node, "this", "substr")
    return _find(text_of(ctx.bind(node.this)), text_of(ctx.bind(node.args["substr"])))


@function("strpos", args=2)
def _strpos(call: Call) -> Value:
    return _find(_text(call), _text(call, 1))


@function("charindex", args=2)
def _charindex(call: Call) -> Value:
    return _find(_text(call, 1), _text(call))


def _find(text: Value, part: Value) -> Value:
    """The position of the first occurrence in characters from 1, or 0 (page r_POSITION)."""
    return Value(f"CAST(strpos({text.sql}, {part.sql}) AS INTEGER)", INTEGER)


@function("replace", args=3)
def _replace(call: Call) -> Value:
    return Value(f"replace({_text(call).sql}, {_text(call, 1).sql}, {_text(call, 2).sql})", VARCHAR)


@function("translate", args=3)
def _translate(call: Call) -> Value:
    """Characters without a counterpart are left out (page r_TRANSLATE)."""
    return Value(f"translate({_text(call).sql}, {_text(call, 1).sql}, {_text(call, 2).sql})", VARCHAR)


@function("repeat", "replicate", args=2)
def _repeat(call: Call) -> Value:
    return Value(f"repeat({_text(call).sql}, {integer(call.args[1])})", VARCHAR)


@function("reverse", args=1)
def _reverse(call: Call) -> Value:
    return Value(f"reverse({_text(call).sql})", VARCHAR)


@function("split_part", args=3)
def _split_part(call: Call) -> Value:
    """Parts count from 1; a part that is not there is empty (page SPLIT_PART)."""
    part = call.args[2]
    if call.args[1].literal == "":
        call.reject("the delimiter must not be empty")
    if part.literal is not None:
        if not part.literal.isdigit() or int(part.literal) < 1:
            call.reject("field position must be greater than zero")
        return Value(f"split_part({_text(call).sql}, {_text(call, 1).sql}, {part.literal})", VARCHAR)
    return Value(macro("part", _text(call).sql, _text(call, 1).sql, integer(part)), VARCHAR)


@function("bpcharcmp", args=2)
def _bpcharcmp(call: Call) -> Value:
    a, b = (text_of(v, trimmed=True).sql for v in call.args)
    return Value(f"CASE WHEN {a} < {b} THEN -1 WHEN {a} > {b} THEN 1 WHEN {a} = {b} THEN 0 END", INTEGER)


@function("quote_ident", args=1)
def _quote_ident(call: Call) -> Value:
    return Value(macro("quote_ident", _text(call).sql), TRIMMED)


@function("quote_literal", args=1)
def _quote_literal(call: Call) -> Value:
    return Value(macro("quote_literal", _text(call).sql), TRIMMED)


@function("md5", args=1)
def _md5(call: Call) -> Value:
    """32 hexadecimal digits in lower case (page r_MD5)."""
    return Value(f"md5({_text(call).sql})", Type("varchar", 32, trimmed=True))


@function("sha", "sha1", "func_sha1", args=1)
def _sha1(call: Call) -> Value:
    return Value(f"sha1({_text(call).sql})", Type("varchar", 40, trimmed=True))


@function("sha2", args=2)
def _sha2(call: Call) -> Value:
    """Page SHA2: 0 means 256 bits."""
    if call.args[1].literal not in ("0", "256"):
        call.reject("only 256 bits are supported in the embedded warehouse")
    return Value(f"sha256({_text(call).sql})", Type("varchar", 64, trimmed=True))


@function("fnv_hash", args=(1, 2))
def _fnv_hash(call: Call) -> Value:
    """The 64-bit FNV-1a hash of a text or a whole number (page r_FNV_HASH)."""
    value = call.args[0]
    seed = integer(call.args[1]) if len(call.args) == 2 else "-3750763034362895579"
    widths = {"smallint": 2, "integer": 4, "bigint": 8}
    if value.type.name in widths:
        return Value(macro("fnv_integer", f"CAST({value.sql} AS BIGINT)", str(widths[value.type.name]), seed), BIGINT)
    return Value(macro("fnv_text", _text(call).sql, seed), BIGINT)


@function("to_varbyte", args=2)
def _to_varbyte(call: Call) -> Value:
    form = (call.args[1].literal or "").lower()
    if form == "hex":
        return Value(f"unhex({_text(call).sql})", VARBYTE)
    if form in ("utf8", "utf-8"):
        return Value(f"encode({_text(call).sql})", VARBYTE)
    return call.reject("the format must be 'hex' or 'utf8'")


@function("from_varbyte", args=2)
def _from_varbyte(call: Call) -> Value:
    form = (call.args[1].literal or "").lower()
    if form == "hex":
        return Value(f"lower(hex({call.args[0].sql}))", TRIMMED)
    if form in ("utf8", "utf-8"):
        return Value(f"decode({call.args[0].sql})", VARCHAR)
    return call.reject("the format must be 'hex' or 'utf8'")
