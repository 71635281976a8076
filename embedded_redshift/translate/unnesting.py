"""The pieces of a FROM clause, and the unnesting of SUPER arrays and objects into it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from embedded_redshift.translate import super_values
from embedded_redshift.translate.context import Context
from embedded_redshift.translate.grammar import SuperItem
from embedded_redshift.translate.macros import macro
from embedded_redshift.translate.scope import Relation
from embedded_redshift.translate.types import BIGINT, TRIMMED
from embedded_redshift.translate.values import Value, allow_only, identifier, reject


@dataclass(slots=True)
class FromItem:
    """One comma-separated or joined piece of FROM: how it is joined, its SQL without alias, its alias, ON."""

    joined_by: str
    sql: str
    alias: str
    on: str = ""

    def render(self) -> str:
        return f"{self.joined_by}{self.sql} AS {identifier(self.alias)}{self.on}"


@dataclass(slots=True)
class FromClause:
    """The FROM clause under construction."""

    items: list[FromItem] = field(default_factory=list)
    outer: bool = False

    def find(self, alias: str) -> FromItem | None:
        return next((i for i in self.items if i.alias == alias), None)

    def render(self) -> str:
        return " FROM " + "".join(i.render() for i in self.items) if self.items else ""


def unnest(ctx: Context, clause: FromClause, path: exp.Expr, alias: str, index: str | None, joined_by: str) -> None:
    """`FROM t, t.array AS item AT i`: one row for each element; no row for an empty or missing array."""
    value = ctx.bind(path)
    if not value.type.is_super:
        reject(f"only a SUPER value can be unnested, not {value.type}", path)
    if joined_by.strip() not in ("", ",", "JOIN", "CROSS JOIN"):
        reject("a SUPER array can be unnested with a comma or an inner join only", path)
    alias = alias.lower() or ctx.statement.fresh("item")
    elements, kind = super_values.items(value)
    columns = {alias: f"unnest({elements})"}
    if index:
        columns[index.lower()] = f"generate_subscripts({elements}, 1) - 1"
    target = _unnest_into(ctx, clause, path, columns, joined_by, alias)
    element = Value(f"{target}.{identifier('@' + alias)}", kind)
    extra = {}
    if index:
        extra[index.lower()] = Value(f"{target}.{identifier('@' + index.lower())}", BIGINT)
    ctx.scope.add(Relation(alias, {alias: element, **extra}, element=element))


def _unnest_into(
    ctx: Context, clause: FromClause, path: exp.Expr, columns: dict[str, str], joined_by: str, alias: str
) -> str:
    """Add the unnested columns (named @name) to FROM; gives the quoted alias they are read through.

    They go into a subquery around the relation that the path starts from: DuckDB unnests that in one pass, whereas
    it would answer a lateral join by joining the rows to their own elements again.
    """
    selected = ", ".join(f"{sql} AS {identifier('@' + name)}" for name, sql in columns.items())
    source = _source_alias(ctx, path)
    item = clause.find(source) if source else None
    if item is None or clause.outer:
        clause.items.append(FromItem(joined_by if joined_by.strip() != "JOIN" else ", ", f"(SELECT {selected})", alias))
        return identifier(alias)
    quoted = identifier(item.alias)
    item.sql = f"(SELECT {quoted}.*, {selected} FROM {item.sql} AS {quoted})"
    return quoted


def _source_alias(ctx: Context, path: exp.Expr) -> str | None:
    """The alias of the only FROM item that the path's SQL reads."""
    if any(not isinstance(b, exp.Literal) for bracket in path.find_all(exp.Bracket) for b in bracket.expressions):
        return None
    value_sql = ctx.bind(path).sql
    used = [r for r in ctx.scope.relations if f"{identifier(r)}." in value_sql]
    return used[0] if len(used) == 1 else None


def unpivot_object(ctx: Context, clause: FromClause, node: exp.Expr, joined_by: str) -> None:
    """`UNPIVOT t.object AS value AT attribute`: one row for each attribute (page query-super, object unpivoting)."""
    allow_only(node, "this", "unpivot")
    inner = node.this
    index = None
    if isinstance(inner, SuperItem):
        index = inner.args["index"].name if inner.args.get("index") else None
    elif isinstance(inner, exp.AtIndex):
        index, inner = inner.expression.name, inner.this
    if not (isinstance(inner, exp.Alias | SuperItem) and inner.alias):
        reject("UNPIVOT of a SUPER object is written UNPIVOT path AS value AT attribute", node)
    value = ctx.bind(inner.this)
    if not value.type.is_super or value.type.form != "json":
        reject("only a SUPER object can be unpivoted", node)
    alias = inner.alias.lower()
    keys = macro("super_keys", value.sql)
    pick = f"json_extract({value.sql}, '$.\"' || {identifier('@key')} || '\"')"
    inner = f"SELECT unnest({keys}) AS {identifier('@key')}"
    sql = f"(SELECT {pick} AS {identifier('@' + alias)}, {identifier('@key')} FROM ({inner}))"
    clause.items.append(FromItem(", ", sql, alias))
    element = Value(f"{identifier(alias)}.{identifier('@' + alias)}", super_values.SUPER)
    columns = {alias: element}
    if index:
        columns[index.lower()] = Value(f"{identifier(alias)}.{identifier('@key')}", TRIMMED)
    ctx.scope.add(Relation(alias, columns, element=element))
