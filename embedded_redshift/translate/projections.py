"""The select list: stars written out, and the names that Redshift gives its columns."""

from __future__ import annotations

from sqlglot import exp

from embedded_redshift.translate.context import Context
from embedded_redshift.translate.values import Value, allow_only, reject


def project(ctx: Context, node: exp.Expr) -> list[tuple[str, Value]]:
    """(output name, value) of the select list, with stars written out."""
    excluded = {e.name.lower() for e in node.args.get("exclude") or []} | _excluded_from_stars(node)
    output: list[tuple[str, Value]] = []
    for item in node.expressions:
        if isinstance(item, exp.Star) or (isinstance(item, exp.Column) and isinstance(item.this, exp.Star)):
            output += _star(ctx, item)
            continue
        inner = item.this if isinstance(item, exp.Alias) else item
        value = ctx.bind(inner)
        name = item.alias.lower() if isinstance(item, exp.Alias) else output_name(inner)
        output.append((name, value))
        if isinstance(item, exp.Alias):
            ctx.scope.outputs[name] = Value(f"({value.sql})", value.type)
    if excluded:
        unknown = excluded - {n for n, _ in output}
        if unknown:
            reject(f'column "{sorted(unknown)[0]}" of EXCLUDE does not exist', node)
        output = [(n, v) for n, v in output if n not in excluded]
    return output


def _excluded_from_stars(node: exp.Expr) -> set[str]:
    """EXCLUDE right behind a star; like one at the end, it leaves columns out of the whole list."""
    stars = [e.this if isinstance(e, exp.Column) else e for e in node.expressions]
    return {c.name.lower() for s in stars if isinstance(s, exp.Star) for c in s.args.get("except_") or []}


def _star(ctx: Context, item: exp.Expr) -> list[tuple[str, Value]]:
    if isinstance(item, exp.Star):
        allow_only(item, "except_")
        relations = list(ctx.scope.relations.values())
        if not relations:
            reject("SELECT * needs a FROM clause", item)
    else:
        allow_only(item, "this", "table")
        allow_only(item.this, "except_")
        alias = str(item.args["table"].name).lower()
        if alias not in ctx.scope.relations:
            reject(f'relation "{alias}" is not in the FROM clause', item)
        relations = [ctx.scope.relations[alias]]
    columns: list[tuple[str, Value]] = []
    if isinstance(item, exp.Star):
        columns = list(ctx.scope.merged.items())
    for relation in relations:
        hidden = relation.hidden if isinstance(item, exp.Star) else set()
        if relation.element is not None and not relation.columns:
            columns.append((relation.alias, relation.element))
        columns += [(n.split(":")[0], v) for n, v in relation.columns.items() if n not in hidden]
    return columns


def output_name(node: exp.Expr) -> str:
    """The name Redshift gives a column without an alias."""
    while isinstance(node, exp.Paren | exp.Window | exp.WithinGroup | exp.IgnoreNulls | exp.RespectNulls):
        node = node.this
    if isinstance(node, exp.Column | exp.Dot):
        return str(node.name or node.expression.name).lower()
    if isinstance(node, exp.Cast):
        inner = output_name(node.this)
        return inner if inner != "?column?" else _cast_name(node)
    if isinstance(node, exp.Anonymous) and isinstance(node.this, str):
        return _FUNCTION_NAMES.get(node.this.lower(), node.this.lower())
    return _OUTPUT_NAMES.get(type(node), "?column?")


# Functions whose column has another name (pages r_DATEADD_function, r_Dateparts_for_datetime_functions).
_FUNCTION_NAMES = {"dateadd": "date_add", "datediff": "date_diff", "date_part": "pgdate_part", "nvl": "coalesce"}

_OUTPUT_NAMES: dict[type[exp.Expr], str] = {
    exp.Case: "case",
    exp.Extract: "date_part",
    exp.Trim: "btrim",
    exp.Substring: "substring",
    exp.StrPosition: "position",
    exp.CurrentDate: "date",
    exp.CurrentTimestamp: "timestamp",
    exp.CurrentUser: "current_user",
    exp.Exists: "exists",
    exp.Boolean: "bool",
}


def _cast_name(node: exp.Expr) -> str:
    kind = node.args["to"].this
    names = {
        "INT": "int4",
        "BIGINT": "int8",
        "SMALLINT": "int2",
        "DOUBLE": "float8",
        "FLOAT": "float4",
        "BOOLEAN": "bool",
        "DECIMAL": "numeric",
    }
    name = getattr(kind, "name", str(kind))
    return names.get(name, name.lower())
