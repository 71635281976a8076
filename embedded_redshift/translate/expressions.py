"""Names, literals, logic and the other parts of an expression that need no arithmetic."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from embedded_redshift.translate import super_values
from embedded_redshift.translate.casts import cast, text_of, trimmed_rows, unify
from embedded_redshift.translate.comparisons import equal, membership
from embedded_redshift.translate.context import Context, translates
from embedded_redshift.translate.interface import DATABASE, USER, USER_ID, RedshiftSyntaxError
from embedded_redshift.translate.intervals import parse_interval
from embedded_redshift.translate.macros import macro
from embedded_redshift.translate.model_calls import qualified_call
from embedded_redshift.translate.moments import NOW, zone
from embedded_redshift.translate.types import (
    BIGINT,
    BOOLEAN,
    DATE,
    DOUBLE,
    INTEGER,
    INTERVAL,
    NULL,
    TIMESTAMP,
    TIMESTAMPTZ,
    TRIMMED,
    UNKNOWN,
    Type,
    common_type,
    duckdb_type,
    parse_type,
)
from embedded_redshift.translate.values import Value, allow_only, position, reject, string


@translates(exp.Literal)
def _literal(ctx: Context, node: exp.Expr) -> Value:
    text = str(node.this)
    if node.args["is_string"]:
        if "\x00" in text:
            reject("invalid byte sequence for encoding UTF8: 0x00", node)
        kind = Type("varchar", max(1, len(text.encode())), trimmed=not text.endswith(" "), quoted=True)
        return Value(string(text), kind, literal=text)
    if text.isdigit() and int(text) >= 2**63:
        return Value(f"CAST({text} AS DECIMAL(38,0))", Type("decimal", 38, 0), literal=text, nonzero=True)
    if text.isdigit():
        kind = INTEGER if int(text) < 2**31 else BIGINT
        return Value(text, kind, literal=text, nonzero=int(text) != 0)
    if "e" in text.lower():
        return Value(text, DOUBLE, literal=text, nonzero=float(text) != 0)
    digits = text.replace(".", "").lstrip("0")
    scale = len(text.partition(".")[2])
    return Value(text, Type("decimal", max(len(digits), scale, 1), scale), literal=text, nonzero=float(text) != 0)


@translates(exp.RawString)
def _dollar_quoted(ctx: Context, node: exp.Expr) -> Value:
    """$$a text in which quotes mean nothing$$"""
    return _literal(ctx, exp.Literal.string(node.this))


@translates(exp.Boolean)
def _boolean(ctx: Context, node: exp.Expr) -> Value:
    return Value("true" if node.this else "false", BOOLEAN)


@translates(exp.Null)
def _null(ctx: Context, node: exp.Expr) -> Value:
    return Value("NULL", NULL)


@translates(exp.Placeholder)
def _parameter(ctx: Context, node: exp.Expr) -> Value:
    if not node.this:
        reject("parameters are written :name", node)
    allow_only(node, "this")
    return Value(f"${node.name}", UNKNOWN)


@translates(exp.Paren)
def _paren(ctx: Context, node: exp.Expr) -> Value:
    allow_only(node, "this")
    inner = ctx.bind(node.this)
    return replace(inner, sql=f"({inner.sql})") if inner.literal is None else inner


@translates(exp.Column)
def _column(ctx: Context, node: exp.Expr) -> Value:
    """A column, a SUPER path that starts at a column, or a lateral reference to an output name."""
    if node.args.get("join_mark"):
        reject("(+) stands behind a column in the WHERE clause only", node)
    allow_only(node, "this", "table", "db", "catalog")
    if isinstance(node.this, exp.Star):
        reject("* is not allowed here", node)
    parts = [p.name.lower() for p in node.parts]  # type: ignore[attr-defined]
    found = _start_of_path(ctx, parts, node)
    value, rest = found
    for key in rest:
        if not value.type.is_super:
            reject(f'column "{".".join(parts)}" does not exist', node)
        value = super_values.attribute(value, key)
    return value


def _start_of_path(ctx: Context, parts: list[str], node: exp.Expr) -> tuple[Value, list[str]]:
    if len(parts) > 3 and parts[0] == DATABASE and ctx.scope.relation(DATABASE) is None:
        parts = parts[1:]
    if len(parts) > 2:
        for known in ctx.scope.relations.values():
            if known.schema == parts[0] and known.alias == parts[1] and parts[2] in known.columns:
                return known.columns[parts[2]], parts[3:]
    if len(parts) > 1 and (relation := ctx.scope.relation(parts[0])):
        if parts[1] in relation.columns:
            return relation.columns[parts[1]], parts[2:]
        if relation.element:
            return relation.element, parts[1:]
    column = ctx.scope.column(parts[0])
    if column and (len(parts) == 1 or column.type.is_super):
        return column, parts[1:]
    if len(parts) == 1 and parts[0] in ctx.scope.outputs:
        return ctx.scope.outputs[parts[0]], []
    return _missing(ctx, parts, node)


def _missing(ctx: Context, parts: list[str], node: exp.Expr) -> tuple[Value, list[str]]:
    if len(parts) == 1:
        reject(f'column "{parts[0]}" does not exist', node)
    if ctx.scope.relation(parts[-2]) is None:
        reject(f'relation "{parts[-2]}" is not in the FROM clause', node)
    reject(f'column "{parts[-1]}" does not exist in {parts[-2]}', node)


@translates(exp.Dot)
def _dot(ctx: Context, node: exp.Expr) -> Value:
    """`path[0].name`, or a call of a model's function qualified by its schema."""
    if isinstance(node.expression, exp.Anonymous):
        return qualified_call(ctx, node)
    base = ctx.bind(node.this)
    if not base.type.is_super:
        reject(f'"{node.expression.name}" cannot be taken from a value of type {base.type}', node)
    return super_values.attribute(base, node.expression.name.lower())


@translates(exp.Bracket)
def _bracket(ctx: Context, node: exp.Expr) -> Value:
    allow_only(node, "this", "expressions")
    base = ctx.bind(node.this)
    if not base.type.is_super:
        reject(f"cannot subscript a value of type {base.type}: Amazon Redshift has arrays inside SUPER only", node)
    value = base
    for key in node.expressions:
        index = ctx.bind(key)
        value = super_values.subscript(value, index, key)
    return value


@translates(exp.And, exp.Or, exp.Xor)
def _connect(ctx: Context, node: exp.Expr) -> Value:
    if isinstance(node, exp.Xor):
        reject("XOR does not exist in Amazon Redshift", node)
    allow_only(node, "this", "expression")
    word = "AND" if isinstance(node, exp.And) else "OR"
    operands = [condition(ctx, n) for n in node.flatten(unnest=False)]
    return Value("(" + f" {word} ".join(operands) + ")", BOOLEAN)


def condition(ctx: Context, node: exp.Expr | None) -> str:
    """SQL of something used as a truth value."""
    value = ctx.bind(node)
    if value.type.is_super:
        return cast(value, BOOLEAN).sql
    if value.type.is_string and value.literal is not None:
        return cast(value, BOOLEAN).sql
    if not (value.type.name == "boolean" or value.type.is_unknown):
        reject(f"argument of a condition must be type boolean, not type {value.type}", node)
    return value.sql


@translates(exp.Not)
def _not(ctx: Context, node: exp.Expr) -> Value:
    return Value(f"(NOT {condition(ctx, node.this)})", BOOLEAN)


@translates(exp.Is)
def _is(ctx: Context, node: exp.Expr) -> Value:
    allow_only(node, "this", "expression")
    value = ctx.bind(node.this)
    if isinstance(node.expression, exp.Null):
        return Value(f"({super_values.as_sql_null(value)} IS NULL)", BOOLEAN)
    if isinstance(node.expression, exp.Boolean):
        operand = condition(ctx, node.this)
        return Value(f"({operand} IS {'TRUE' if node.expression.this else 'FALSE'})", BOOLEAN)
    if node.expression.name.upper() == "UNKNOWN":
        return Value(f"({condition(ctx, node.this)} IS NULL)", BOOLEAN)
    reject("IS accepts NULL, TRUE, FALSE and UNKNOWN only", node)


@translates(exp.Exists)
def _exists(ctx: Context, node: exp.Expr) -> Value:
    allow_only(node, "this")
    return Value(f"EXISTS ({ctx.query(node.this).sql})", BOOLEAN)


@translates(exp.In)
def _in(ctx: Context, node: exp.Expr) -> Value:
    allow_only(node, "this", "expressions", "query")
    if node.args.get("query"):
        return _in_query(ctx, node.this, node.args["query"])
    if not node.expressions:
        reject("IN needs at least one value", node)
    if isinstance(node.this, exp.Tuple):
        return _row_in_list(ctx, node)
    return membership(ctx.bind(node.this), [ctx.bind(e) for e in node.expressions])


def _in_query(ctx: Context, left: exp.Expr, query: exp.Expr) -> Value:
    if isinstance(left, exp.Tuple):
        return _rows_in_query(ctx, left, query)
    value, inner = ctx.bind(left), ctx.query(query)
    if len(inner.columns) != 1:
        reject("subquery has too many columns", left)
    kind = inner.columns[0][1]
    untrimmed = value.type.is_untrimmed_string or (value.type.is_unknown and kind.is_string)
    operand = text_of(value, trimmed=True).sql if untrimmed else value.sql
    sql = trimmed_rows(inner, ctx.statement.fresh("q")) if kind.is_untrimmed_string else inner.sql
    return Value(f"({operand} IN ({sql}))", BOOLEAN)


def _rows_in_query(ctx: Context, left: exp.Expr, query: exp.Expr) -> Value:
    """(a, b) IN (SELECT c, d …)."""
    inner = ctx.query(query)
    if len(inner.columns) != len(left.expressions):
        reject("subquery has too many columns or too few", left)
    alias = ctx.statement.fresh("q")
    names = [f"c{i}" for i in range(len(inner.columns))]
    values, cells = [], []
    for node, name, (_, kind) in zip(left.expressions, names, inner.columns, strict=True):
        value, cell = ctx.bind(node), Value(f"{alias}.{name}", kind)
        strings = value.type.is_string or kind.is_string
        values.append(text_of(value, trimmed=True).sql if strings else value.sql)
        cells.append(text_of(cell, trimmed=True).sql if strings else cell.sql)
    rows = f"SELECT {', '.join(cells)} FROM ({inner.sql}) AS {alias}({', '.join(names)})"
    return Value(f"(({', '.join(values)}) IN ({rows}))", BOOLEAN)


def _row_in_list(ctx: Context, node: exp.Expr) -> Value:
    left = [ctx.bind(e) for e in node.this.expressions]
    rows = []
    for row in node.args["expressions"]:
        if not isinstance(row, exp.Tuple) or len(row.expressions) != len(left):
            reject("unequal number of entries in row expressions", row)
        pairs = zip(left, (ctx.bind(e) for e in row.expressions), strict=True)
        rows.append("(" + " AND ".join(equal(a, b).sql for a, b in pairs) + ")")
    return Value("(" + " OR ".join(rows) + ")", BOOLEAN)


@translates(exp.Subquery)
def _subquery(ctx: Context, node: exp.Expr) -> Value:
    allow_only(node, "this", "with_")
    return _scalar(ctx, node)


@translates(exp.Select, exp.Union, exp.Intersect, exp.Except)
def _scalar(ctx: Context, node: exp.Expr) -> Value:
    inner = ctx.query(node)
    if len(inner.columns) != 1:
        reject("subquery must return only one column", node)
    return Value(f"({inner.sql})", inner.columns[0][1])


@translates(exp.Case)
def _case(ctx: Context, node: exp.Expr) -> Value:
    allow_only(node, "this", "ifs", "default")
    operand = ctx.bind(node.this) if node.this else None
    tests, results = [], []
    for branch in node.args["ifs"]:
        tests.append(equal(operand, ctx.bind(branch.this)).sql if operand else condition(ctx, branch.this))
        results.append(ctx.bind(branch.args["true"]))
    default = node.args.get("default")
    if default is not None:
        results.append(ctx.bind(default))
    return case(tests, results)


def case(tests: list[str], results: list[Value]) -> Value:
    """CASE over conditions; one result more than conditions is the ELSE."""
    kind = common_type([r.type for r in results])
    unified = [unify(r, kind) for r in results]
    branches = "".join(f" WHEN {t} THEN {r.sql}" for t, r in zip(tests, unified, strict=False))
    otherwise = f" ELSE {unified[-1].sql}" if len(results) > len(tests) else ""
    nonzero = len(results) > len(tests) and all(r.nonzero for r in results)
    return Value(f"CASE{branches}{otherwise} END", kind, nonzero=nonzero)


@translates(exp.Interval)
def _interval(ctx: Context, node: exp.Expr) -> Value:
    allow_only(node, "this", "unit", "fraction_in_string")
    unit = node.args.get("unit")
    amount = node.this
    if not isinstance(amount, exp.Literal):
        reject("INTERVAL needs a literal", node)
    if unit is not None and not isinstance(unit, exp.Var):
        reject("INTERVAL … TO … is not supported in the embedded warehouse", node)
    try:
        parts = parse_interval(f"{amount.this} {unit.name}" if unit is not None else str(amount.this))
    except ValueError as error:
        reject(str(error), node)
    words = [
        f"{number} {word}" for number, word in zip(parts, ("months", "days", "microseconds"), strict=True) if number
    ]
    return Value(f"INTERVAL '{' '.join(words) or '0 days'}'", INTERVAL)


@translates(exp.AtTimeZone)
def _at_time_zone(ctx: Context, node: exp.Expr) -> Value:
    allow_only(node, "this", "zone")
    value, named = ctx.bind(node.this), ctx.bind(node.args["zone"])
    if value.type.name in ("date",) or value.type.is_string:
        value = cast(value, TIMESTAMP)
    kind = TIMESTAMP if value.type.name == "timestamptz" else TIMESTAMPTZ
    return Value(f"({value.sql} AT TIME ZONE {zone(named)})", kind)


@translates(exp.CurrentDate)
def _current_date(ctx: Context, node: exp.Expr) -> Value:
    return Value(f"CAST({NOW} AS DATE)", DATE)


@translates(exp.CurrentTimestamp)
def _current_timestamp(ctx: Context, node: exp.Expr) -> Value:
    if node.args.get("sysdate"):
        return Value(NOW, TIMESTAMP)
    ctx.statement.leader_functions.append("current_timestamp")
    return Value("now()", TIMESTAMPTZ)


@translates(exp.CurrentUser, exp.SessionUser)
def _current_user(ctx: Context, node: exp.Expr) -> Value:
    return Value(string(USER), Type("varchar", len(USER), trimmed=True))


@translates(exp.CurrentSchema)
def _current_schema(ctx: Context, node: exp.Expr) -> Value:
    ctx.statement.leader_functions.append("current_schema")
    return Value("current_schema()", TRIMMED)


@translates(exp.CurrentUserId)
def _current_user_id(ctx: Context, node: exp.Expr) -> Value:
    return Value(str(USER_ID), INTEGER)


@translates(exp.TryCast)
def _try_cast(ctx: Context, node: exp.Expr) -> Value:
    """NULL where the conversion of the value fails (page r_TRY_CAST)."""
    allow_only(node, "this", "to", "safe")
    value, kind = ctx.bind(node.this), data_type(node.args["to"])
    if value.type.is_string and kind.is_integer:
        return Value(f"TRY_CAST({macro('digits_only', value.sql)} AS {duckdb_type(kind)})", kind)
    if value.type.is_string and kind.name == "boolean":
        reject(f"cannot cast type {value.type} to boolean", node)
    value = replace(value, literal=None)  # a literal that is no such value is found out when it runs
    result = kind.as_trimmed(False) if kind.is_string else kind
    if node.this.find(exp.Query) is None:
        return Value(f"TRY({cast(value, kind).sql})", result)
    name = ctx.statement.fresh("v")  # DuckDB takes no subquery inside TRY
    tried = cast(replace(value, sql=name), kind).sql
    return Value(f"(SELECT TRY({tried}) FROM (SELECT {value.sql} AS {name}))", result)


@translates(exp.Cast)
def _cast(ctx: Context, node: exp.Expr) -> Value:
    allow_only(node, "this", "to")
    return cast(ctx.bind(node.this), data_type(node.args["to"]))


def data_type(node: exp.Expr) -> Type:
    """The Redshift type of a type in the statement's text."""
    try:
        return _data_type(node)
    except RedshiftSyntaxError as error:
        raise RedshiftSyntaxError(error.message, error.position or position(node.parent)) from error


def _data_type(node: exp.Expr) -> Type:
    if isinstance(node, exp.DataType) and node.args.get("nested"):
        reject("array types do not exist in Amazon Redshift: use SUPER", node)
    if isinstance(node, exp.DataType) and node.this in (exp.DType.USERDEFINED, exp.DType.ARRAY, exp.DType.LIST):
        return parse_type(str(node.args.get("kind") or node.sql("redshift")))
    if isinstance(node, exp.Interval):
        return INTERVAL
    return parse_type(_type_text(node))


_SQLGLOT_NAMES = {
    "INT": "integer",
    "DOUBLE": "double precision",
    "FLOAT": "real",
    "VARBINARY": "varbyte",
    "BLOB": "varbyte",
    "BINARY": "varbyte",
    "NCHAR": "char",
    "NVARCHAR": "varchar",
    "BPCHAR": "bpchar",
    "TINYINT": "tinyint",
}


def _type_text(node: exp.Expr) -> str:
    kind = node.this
    name = kind.name if isinstance(kind, exp.DType) else str(kind)
    parameters = ", ".join(p.name for p in node.expressions)
    if name == "DOUBLE" and parameters:
        return f"float({parameters})"
    return _SQLGLOT_NAMES.get(name, name.lower()) + (f"({parameters})" if parameters else "")


@translates(exp.Alias)
def _alias(ctx: Context, node: exp.Expr) -> Value:
    reject(f"AS {node.alias} is not allowed here", node)
