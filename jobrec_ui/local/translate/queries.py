"""SELECT statements: common table expressions, set operations, projections, grouping, ordering."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlglot import exp

from jobrec_ui.local.translate import super_values
from jobrec_ui.local.translate.casts import text_of
from jobrec_ui.local.translate.context import Context
from jobrec_ui.local.translate.expressions import condition, unify
from jobrec_ui.local.translate.relations import bind_from
from jobrec_ui.local.translate.scope import Scope
from jobrec_ui.local.translate.types import Type, common_type
from jobrec_ui.local.translate.values import Value, identifier, only, reject
from jobrec_ui.local.translate.windows import direction

Columns = list[tuple[str, Type]]


@dataclass(frozen=True, slots=True)
class Query:
    """DuckDB SQL of a query and its output columns in order."""

    sql: str
    columns: Columns

    def trimmed(self, alias: str) -> str:
        """SQL of the same rows with trailing blanks taken off the strings (its columns' names are lost)."""
        names = [f"c{i}" for i in range(len(self.columns))]
        selected = [
            text_of(Value(f"{alias}.{n}", k), trimmed=True).sql if k.is_loose_string else f"{alias}.{n}"
            for n, (_, k) in zip(names, self.columns, strict=True)
        ]
        return f"SELECT {', '.join(selected)} FROM ({self.sql}) AS {alias}({', '.join(names)})"


def subquery(ctx: Context, node: exp.Expr) -> Query:
    """A query nested in the scope of ctx."""
    return bind_query(ctx.inside(Scope(parent=ctx.scope)), node)


def bind_query(ctx: Context, node: exp.Expr) -> Query:
    """Translate a SELECT, a set operation, or either in parentheses."""
    if isinstance(node, exp.Subquery):
        return _parenthesized(ctx, node)
    ctx, prefix = _common_tables(ctx, node)
    if isinstance(node, exp.SetOperation):
        query = _set_operation(ctx, node)
    elif isinstance(node, exp.Select):
        query = _select(ctx, node)
    elif isinstance(node, exp.Values):
        reject("VALUES list as a table does not exist in Amazon Redshift: use SELECT … UNION ALL", node)
    else:
        reject(f"{type(node).__name__} is not a query", node)
    return replace(query, sql=prefix + query.sql)


def _parenthesized(ctx: Context, node: exp.Expr) -> Query:
    only(node, "this", "with_", "order", "limit", "offset")
    ctx, prefix = _common_tables(ctx, node)
    inner = bind_query(ctx, node.this)
    tail = _order_by_output(ctx, node, inner.columns) + limit_clause(ctx, node)
    return Query(f"{prefix}({inner.sql}){tail}" if tail or prefix else inner.sql, inner.columns)


def _common_tables(ctx: Context, node: exp.Expr) -> tuple[Context, str]:
    """The WITH clause: the context that knows its tables, and its SQL."""
    clause = node.args.get("with_")
    if clause is None:
        return ctx, ""
    only(clause, "expressions", "recursive")
    known, parts = dict(ctx.ctes), []
    recursive = bool(clause.args.get("recursive"))
    for cte in clause.expressions:
        only(cte, "this", "alias")
        name = cte.args["alias"].name.lower()
        columns = [c.name.lower() for c in cte.args["alias"].args.get("columns") or []]
        inner = replace(ctx, ctes=dict(known))
        if recursive and columns:
            query = _recursive(inner, name, columns, cte.this)
        else:
            query = bind_query(inner.inside(Scope(parent=ctx.scope)), cte.this)
        if columns and len(columns) != len(query.columns):
            reject(f'WITH query "{name}" has {len(query.columns)} columns but {len(columns)} were named', cte)
        names = columns or [n for n, _ in query.columns]
        known[name] = named_columns(names, [k for _, k in query.columns])
        parts.append(f"{identifier(name)}({', '.join(map(identifier, known[name]))}) AS ({query.sql})")
    return replace(ctx, ctes=known), f"WITH {'RECURSIVE ' if recursive else ''}{', '.join(parts)} "


def _recursive(ctx: Context, name: str, columns: list[str], node: exp.Expr) -> Query:
    """The types of a recursive table are those of its first part."""
    if not isinstance(node, exp.Union):
        return bind_query(ctx.inside(Scope(parent=ctx.scope)), node)
    if node.args.get("distinct"):
        reject("a recursive common table expression needs UNION ALL", node)
    seed = bind_query(ctx.inside(Scope(parent=ctx.scope)), node.this)
    types = [k.as_tight(False) if k.is_string else k for _, k in seed.columns]
    inner = replace(ctx, ctes={**ctx.ctes, name: named_columns(columns, types)})
    step = bind_query(inner.inside(Scope(parent=ctx.scope)), node.expression)
    return Query(f"{seed.sql} UNION ALL {step.sql}", list(zip([n for n, _ in seed.columns], types, strict=True)))


def named_columns(names: Iterable[str], types: Iterable[Type]) -> dict[str, Type]:
    """Column types by name; a repeated name keeps its place under a name nobody writes."""
    columns: dict[str, Type] = {}
    for name, kind in zip(names, types, strict=True):
        unique, n = name, 1
        while unique in columns:
            n += 1
            unique = f"{name}:{n}"
        columns[unique] = kind
    return columns


_SET_OPERATIONS: dict[type[exp.Expr], str] = {exp.Union: "UNION", exp.Intersect: "INTERSECT", exp.Except: "EXCEPT"}


def _set_operation(ctx: Context, node: exp.Expr) -> Query:
    only(node, "this", "expression", "distinct", "with_", "order", "limit", "offset")
    distinct = bool(node.args.get("distinct"))
    word = _SET_OPERATIONS[type(node)]
    if not distinct and word != "UNION":
        reject(f"{word} ALL does not exist in Amazon Redshift", node)
    left = bind_query(ctx.inside(Scope(parent=ctx.scope.parent)), node.this)
    right = bind_query(ctx.inside(Scope(parent=ctx.scope.parent)), node.expression)
    if len(left.columns) != len(right.columns):
        reject(f"each {word} query must have the same number of columns", node)
    types = [common_type([a, b]) for (_, a), (_, b) in zip(left.columns, right.columns, strict=True)]
    names = [n for n, _ in left.columns]
    sides = [_as_branch(ctx, q, types, distinct) for q in (left, right)]
    if distinct:
        types = [k.as_tight() if k.is_string else k for k in types]
    columns = list(zip(names, types, strict=True))
    sql = f"{sides[0]} {word}{'' if distinct else ' ALL'} {sides[1]}"
    return Query(sql + _order_by_output(ctx, node, columns) + limit_clause(ctx, node), columns)


def _as_branch(ctx: Context, query: Query, types: list[Type], distinct: bool) -> str:
    """One side of a set operation, brought to the common types; strings without blanks when rows are compared."""
    names = [f"c{i}" for i in range(len(types))]
    alias = ctx.statement.fresh("s")
    selected, changed = [], False
    for name, (_, kind), target in zip(names, query.columns, types, strict=True):
        plain = f"{alias}.{name}"
        value = unify(Value(plain, kind), target)
        if distinct and value.type.is_loose_string:
            value = text_of(value, trimmed=True)
        changed = changed or value.sql != plain
        selected.append(value.sql)
    if not changed:
        return f"({query.sql})"
    quoted = [f"{s} AS {identifier(n)}" for s, (n, _) in zip(selected, query.columns, strict=True)]
    return f"(SELECT {', '.join(quoted)} FROM ({query.sql}) AS {alias}({', '.join(names)}))"


_SELECT_PARTS = (
    "expressions",
    "exclude",
    "distinct",
    "from_",
    "joins",
    "laterals",
    "where",
    "group",
    "having",
    "qualify",
    "order",
    "limit",
    "offset",
    "with_",
    "kind",
)


def _select(ctx: Context, node: exp.Expr) -> Query:
    only(node, *_SELECT_PARTS)
    if not node.expressions:
        reject("syntax error: SELECT needs at least one expression", node)
    if node.args.get("kind"):
        reject(f"SELECT AS {node.args['kind']} does not exist in Amazon Redshift", node)
    from_sql = bind_from(ctx, node)
    where = node.args.get("where")
    where_sql = f" WHERE {condition(ctx, where.this)}" if where else ""
    group_sql = _group_by(ctx, node)
    projections = project(ctx, node)
    having = node.args.get("having")
    having_sql = f" HAVING {condition(ctx, having.this)}" if having else ""
    qualify = node.args.get("qualify")
    qualify_sql = f" QUALIFY {condition(ctx, qualify.this)}" if qualify else ""
    distinct = _is_distinct(node)
    if distinct:
        projections = [(n, text_of(v, trimmed=True) if v.type.is_loose_string else v) for n, v in projections]
    columns = [(n, v.type) for n, v in projections]
    selected = ", ".join(f"{v.sql} AS {identifier(n)}" for n, v in projections)
    order_sql = _order_by(ctx, node, projections, distinct)
    head = "SELECT DISTINCT " if distinct else "SELECT "
    sql = (
        f"{head}{selected}{from_sql}{where_sql}{group_sql}{having_sql}{qualify_sql}{order_sql}{limit_clause(ctx, node)}"
    )
    return Query(sql, columns)


def _is_distinct(node: exp.Expr) -> bool:
    distinct = node.args.get("distinct")
    if distinct is None:
        return False
    if distinct.args.get("on"):
        reject("SELECT DISTINCT ON does not exist in Amazon Redshift: use ROW_NUMBER()", node)
    return True


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
        only(item, "except_")
        relations = list(ctx.scope.relations.values())
        if not relations:
            reject("SELECT * needs a FROM clause", item)
    else:
        only(item, "this", "table")
        only(item.this, "except_")
        alias = item.table.lower()
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


def _group_by(ctx: Context, node: exp.Expr) -> str:
    group = node.args.get("group")
    if group is None:
        return ""
    if group.args.get("all") or group.args.get("totals"):
        reject("GROUP BY ALL is not supported: name the columns", node)
    only(group, "expressions")
    return f" GROUP BY {', '.join(_grouping(ctx, node, k) for k in group.expressions)}"


_GROUPINGS: dict[type[exp.Expr], str] = {exp.Rollup: "ROLLUP", exp.Cube: "CUBE", exp.GroupingSets: "GROUPING SETS"}


def _grouping(ctx: Context, node: exp.Expr, part: exp.Expr) -> str:
    """A key, or ROLLUP, CUBE or GROUPING SETS of keys."""
    word = _GROUPINGS.get(type(part))
    if word is None:
        return _group_key(ctx, node, part)
    only(part, "expressions")
    return f"{word} ({', '.join(_grouping_set(ctx, node, s) for s in part.expressions)})"


def _grouping_set(ctx: Context, node: exp.Expr, part: exp.Expr) -> str:
    members = part.expressions if isinstance(part, exp.Tuple) else [part.this if isinstance(part, exp.Paren) else part]
    return "(" + ", ".join(_group_key(ctx, node, m) for m in members) + ")"


def _group_key(ctx: Context, node: exp.Expr, key: exp.Expr) -> str:
    """A key of GROUP BY: an expression, an output name or an ordinal. Strings group without trailing blanks."""
    target = key
    if isinstance(key, exp.Literal) and key.is_int:
        ordinal = int(key.this)
        if not 1 <= ordinal <= len(node.expressions):
            reject(f"GROUP BY position {ordinal} is not in select list", key)
        target = node.expressions[ordinal - 1]
        if isinstance(target, exp.Star) or any(isinstance(e, exp.Star) for e in node.expressions[:ordinal]):
            reject("GROUP BY position cannot be used together with *", key)
    elif isinstance(key, exp.Column) and not key.table and ctx.scope.column(key.name.lower()) is None:
        target = next(
            (e for e in node.expressions if isinstance(e, exp.Alias) and e.alias.lower() == key.name.lower()), key
        )
    value = ctx.bind(target.this if isinstance(target, exp.Alias) else target)
    if value.type.is_super and value.type.form == "list":
        value = super_values.to_json(value)
    if not value.type.is_loose_string:
        return f"({value.sql})" if value.literal is not None or value.sql.startswith("$") else value.sql
    bare = text_of(value, trimmed=True)
    ctx.scope.group_keys[value.sql] = bare
    return bare.sql


def _order_by(ctx: Context, node: exp.Expr, projections: list[tuple[str, Value]], distinct: bool) -> str:
    order = node.args.get("order")
    if order is None:
        return ""
    only(order, "expressions")
    names = [n for n, _ in projections]
    items = []
    for item in order.expressions:
        only(item, "this", "desc", "nulls_first")
        key = item.this
        if isinstance(key, exp.Literal) and key.is_int:
            position = int(key.this)
            if not 1 <= position <= len(projections):
                reject(f"ORDER BY position {position} is not in select list", key)
            value = projections[position - 1][1]
        elif isinstance(key, exp.Column) and not key.table and key.name.lower() in names:
            value = projections[names.index(key.name.lower())][1]
        else:
            value = ctx.bind(key)
        if distinct and value.sql not in [v.sql for _, v in projections]:
            value = text_of(value, trimmed=True) if value.type.is_loose_string else value
            if value.sql not in [v.sql for _, v in projections]:
                reject("for SELECT DISTINCT, ORDER BY expressions must appear in select list", key)
        items.append(f"{_sort_key(value)} {direction(item)}")
    return " ORDER BY " + ", ".join(items)


def _sort_key(value: Value) -> str:
    if value.literal is not None:
        return f"CAST({value.sql} AS VARCHAR)"  # a bare number would be an ordinal
    return text_of(value, trimmed=True).sql if value.type.is_loose_string else value.sql


def _order_by_output(ctx: Context, node: exp.Expr, columns: Columns) -> str:
    """ORDER BY of a set operation: output names and ordinals only."""
    order = node.args.get("order")
    if order is None:
        return ""
    items = []
    names = [n for n, _ in columns]
    for item in order.expressions:
        only(item, "this", "desc", "nulls_first")
        key = item.this
        if isinstance(key, exp.Literal) and key.is_int and 1 <= int(key.this) <= len(columns):
            target = key.this
        elif isinstance(key, exp.Column) and not key.table and key.name.lower() in names:
            target = str(names.index(key.name.lower()) + 1)
        else:
            reject("ORDER BY of a set operation must name an output column", key)
        items.append(f"{target} {direction(item)}")
    return " ORDER BY " + ", ".join(items)


def limit_clause(ctx: Context, node: exp.Expr) -> str:
    """LIMIT (or TOP, or FETCH) and OFFSET."""
    parts = ""
    limit, offset = node.args.get("limit"), node.args.get("offset")
    if isinstance(limit, exp.Fetch):
        reject("FETCH FIRST does not exist in Amazon Redshift: use LIMIT", limit)
    if limit is not None:
        only(limit, "expression")
        parts += f" LIMIT {_count(ctx, limit.expression)}"
    if offset is not None:
        only(offset, "expression")
        parts += f" OFFSET {_count(ctx, offset.expression)}"
    return parts


def _count(ctx: Context, node: exp.Expr) -> str:
    if isinstance(node, exp.Literal | exp.Placeholder):
        return ctx.bind(node).sql
    if isinstance(node, exp.Column) and node.name.lower() == "all":
        return "ALL"
    reject("LIMIT and OFFSET take a whole number or a parameter", node)
