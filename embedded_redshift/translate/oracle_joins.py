"""Outer joins in Oracle's way, ``WHERE a.id = b.id (+)``, as what they mean (page r_WHERE_oracle_outer)."""

from __future__ import annotations

from sqlglot import exp

from embedded_redshift.translate.values import reject


def marked(node: exp.Expr | None) -> list[exp.Column]:
    """The columns with (+) behind them in a condition."""
    return [c for c in node.find_all(exp.Column) if c.args.get("join_mark")] if node is not None else []


def from_names(node: exp.Expr) -> list[str]:
    """The names of the tables in FROM, in order."""
    return [item.alias_or_name.lower() for item in _from_items(node)]


def _from_items(node: exp.Expr) -> list[exp.Expr]:
    return [node.args["from_"].this, *(join.this for join in node.args.get("joins") or [])]


def as_outer_joins(node: exp.Expr) -> exp.Expr:
    """A SELECT without (+): each table with it is joined LEFT, to the tables that its conditions name, on them.

    Raises RedshiftSyntaxError where Redshift takes no (+).
    """
    where = node.args.get("where")
    marks = marked(where)
    if not marks:
        return node
    node = node.copy()
    where = node.args["where"]
    if node.args.get("from_") is None:
        reject("(+) needs a FROM clause", marks[0])
    joins = node.args.get("joins") or []
    if any(join.args.get(part) for join in joins for part in ("side", "kind", "method", "on", "using")):
        reject("(+) cannot be used together with JOIN in FROM", marks[0])
    tables = {item.alias_or_name.lower(): item for item in _from_items(node)}
    kept, conditions = _sorted_out(
        list(where.this.flatten() if isinstance(where.this, exp.And) else [where.this]), tables
    )
    inner = [name for name in tables if name not in conditions]
    if not inner:
        reject("(+) cannot stand behind the columns of every table", marks[0])
    node.set("from_", exp.From(this=tables[inner[0]]))
    node.set("joins", [exp.Join(this=tables[name]) for name in inner[1:]] + _outer(conditions, tables, set(inner)))
    node.set("where", exp.Where(this=exp.and_(*kept, copy=False)) if kept else None)
    return node


def _sorted_out(parts: list[exp.Expr], tables: dict[str, exp.Expr]) -> tuple[list[exp.Expr], dict[str, list[exp.Expr]]]:
    """The conditions without (+), and the others by the table that they join, the marks taken off."""
    kept: list[exp.Expr] = []
    conditions: dict[str, list[exp.Expr]] = {}
    for part in parts:
        columns = marked(part)
        if not columns:
            kept.append(part)
            continue
        if part.find(exp.Or, exp.Query):
            reject("(+) cannot stand in a condition with OR or with a subquery", columns[0])
        names = {column.table.lower() for column in columns}
        if "" in names:
            reject("a column with (+) needs its table: write table.column (+)", columns[0])
        if len(names) > 1:
            reject("a condition can have (+) behind columns of one table only", columns[0])
        [name] = names
        if name not in tables:
            reject(f'relation "{name}" is not in the FROM clause', columns[0])
        for column in columns:
            column.set("join_mark", False)
        conditions.setdefault(name, []).append(part)
    return kept, conditions


def _outer(conditions: dict[str, list[exp.Expr]], tables: dict[str, exp.Expr], joined: set[str]) -> list[exp.Expr]:
    """The joins of the tables with (+), each behind those that its conditions name."""
    joins: list[exp.Expr] = []
    waiting = dict(conditions)
    while waiting:
        ready = [name for name, parts in waiting.items() if _named(parts, tables) - {name} <= joined]
        if not ready:
            reject("(+) joins these tables to one another in a circle", next(iter(waiting.values()))[0])
        for name in ready:
            joins.append(exp.Join(this=tables[name], side="LEFT", on=exp.and_(*waiting.pop(name), copy=False)))
            joined.add(name)
    return joins


def _named(parts: list[exp.Expr], tables: dict[str, exp.Expr]) -> set[str]:
    return {c.table.lower() for part in parts for c in part.find_all(exp.Column)} & tables.keys()
