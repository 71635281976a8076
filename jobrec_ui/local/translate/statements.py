"""One Redshift statement in, DuckDB statements out."""

from __future__ import annotations

import re

from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from jobrec_ui.local.translate.grammar import PhysicalColumnAttribute, StrictRedshift
from jobrec_ui.local.translate.metadata import TableInfo
from jobrec_ui.local.translate.model import Catalog, RedshiftSyntaxError, Translation

SETUP_STATEMENTS: tuple[str, ...] = (
    "CREATE SCHEMA IF NOT EXISTS public",
    "CREATE SCHEMA IF NOT EXISTS _redshift",
    "CREATE TABLE IF NOT EXISTS _redshift.views (schema_name VARCHAR, view_name VARCHAR, sql VARCHAR, "
    "PRIMARY KEY (schema_name, view_name))",
    "SET GLOBAL integer_division = true",
    "SET GLOBAL default_null_order = 'nulls_last_on_asc_first_on_desc'",
)

_ML = re.compile(r"(create\s+(external\s+)?model|show\s+model|drop\s+model)\b", re.I)
_EXPLAIN_MODEL = re.compile(r"select\s+explain_model\s*\(", re.I)
_COMMENT = re.compile(r"\A(\s+|--[^\n]*(\n|\Z)|/\*.*?\*/)*", re.S)


def translate(sql: str, catalog: Catalog) -> Translation:
    """DuckDB's statements for one statement of Redshift SQL. Raises RedshiftSyntaxError."""
    text = sql[_COMMENT.match(sql).end() :].strip().rstrip(";").strip()  # type: ignore[union-attr]
    if _ML.match(text) or _EXPLAIN_MODEL.match(text):
        return Translation("ml", ml=text)
    if match := re.fullmatch(r"reset\s+(\w+)", text, re.I):
        return Translation("session", setting=(match[1].lower(), "default"))
    if match := re.fullmatch(r"set\s+(?:session\s+|local\s+)?(\w+)\s*(?:=|\s+to\s+|to\s+)\s*(.+)", text, re.I | re.S):
        return Translation("session", setting=(match[1].lower(), match[2].strip().strip("'")))
    if re.match(r"(vacuum|analyze|grant|revoke)\b", text, re.I):
        return Translation("noop")
    try:
        trees = [t for t in StrictRedshift().parse(text) if t is not None]
    except (ParseError, TokenError) as error:
        raise RedshiftSyntaxError(str(error).split("\n")[0]) from error
    if len(trees) != 1:
        raise RedshiftSyntaxError("cannot insert multiple commands into a prepared statement")
    tree = trees[0].transform(_rewrite)
    return _dispatch(tree, catalog)


def _dispatch(tree: exp.Expression, catalog: Catalog) -> Translation:
    if isinstance(tree, exp.Command):
        raise RedshiftSyntaxError(f"not supported in the embedded warehouse: {tree.name}")
    if isinstance(tree, exp.Create):
        return _create(tree, catalog)
    kind = "query" if isinstance(tree, exp.Query) else "ddl" if isinstance(tree, exp.Alter | exp.Drop) else "write"
    if isinstance(tree, exp.Insert) and isinstance(tree.expression, exp.Select):
        target = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
        key = catalog.sort_key(target.db or None, target.name)
        if key and not tree.expression.args.get("order"):
            names = {e.alias_or_name for e in tree.expression.expressions}
            if names.issuperset(key):
                tree.set("expression", tree.expression.order_by(*key))
    return Translation(kind, (tree.sql("duckdb"),))  # type: ignore[arg-type]


def _create(tree: exp.Create, catalog: Catalog) -> Translation:
    statements = []
    sort: list[str] = []
    types: dict[str, str] = {}
    if tree.kind == "TABLE":
        for prop in list(tree.find_all(exp.Property)):
            if isinstance(prop, exp.SortKeyProperty):
                sort = [i.name for i in prop.this]
            if isinstance(prop, exp.SortKeyProperty | exp.DistKeyProperty | exp.DistStyleProperty):
                prop.pop()
        for column in tree.find_all(exp.ColumnDef):
            types[column.name.lower()] = column.kind.sql("redshift").lower() if column.kind else "varchar(65535)"
            if column.kind and column.kind.this in (exp.DType.VARCHAR, exp.DType.CHAR):
                column.set("kind", exp.DataType.build("TEXT"))
            if column.kind and column.kind.this == exp.DType.SUPER:
                column.set("kind", exp.DataType.build("JSON"))
            if any(isinstance(c.args.get("kind"), exp.GeneratedAsIdentityColumnConstraint) for c in column.args["constraints"]):
                seq = f"_redshift.\"{tree.find(exp.Table).sql('duckdb')}.{column.name}\""
                statements.append(f"CREATE SEQUENCE IF NOT EXISTS {seq}")
                column.set(
                    "constraints",
                    [exp.ColumnConstraint(kind=exp.DefaultColumnConstraint(this=exp.func("nextval", exp.Literal.string(seq))))],
                )
            column.set(
                "constraints",
                [c for c in column.args["constraints"] if not isinstance(c.args.get("kind"), exp.EncodeColumnConstraint | PhysicalColumnAttribute)],
            )
        query = tree.expression
        if isinstance(query, exp.Select) and sort and not query.args.get("order"):
            tree.set("expression", query.order_by(*sort))
    if tree.kind == "VIEW" and tree.args.pop("no_schema_binding", None):
        pass
    statements.append(tree.sql("duckdb"))
    if tree.kind == "TABLE" and (sort or types):
        table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
        comment = TableInfo(types, tuple(sort)).to_comment()
        statements.append(f"COMMENT ON TABLE {table.sql('duckdb')} IS {exp.Literal.string(comment).sql('duckdb')}")
    return Translation("ddl", tuple(statements))


def _rewrite(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.Join) and isinstance(node.this, exp.AtIndex | exp.Unnest):
        return _unnest(node)
    if isinstance(node, exp.StringToArray):
        return exp.Anonymous(this="string_split", expressions=[node.this, node.expression])
    if isinstance(node, exp.FromBase):
        return exp.cast(exp.func("concat", exp.Literal.string("0x"), node.this), "BIGINT")
    if isinstance(node, exp.GroupConcat) and isinstance(node.this, exp.Distinct) and len(node.this.expressions) == 2:
        separator = node.this.expressions.pop()
        node.set("separator", separator)
    if isinstance(node, exp.RegexpReplace):
        return exp.Anonymous(
            this="regexp_replace",
            expressions=[node.this, node.expression, node.args.get("replacement") or exp.Literal.string(""), exp.Literal.string("g")],
        )
    return node


def _unnest(join: exp.Join) -> exp.Join:
    source, index = join.this, None
    if isinstance(source, exp.AtIndex):
        index, source = source.expression, source.this
        path, name = source.this, source.args["alias"]
    else:
        path, name = source.expressions[0], source.args["alias"].columns[0]
    root = join.root()
    parsed = {a.alias for a in root.find_all(exp.Alias) if isinstance(a.this, exp.ParseJSON)}
    items = exp.cast(path.copy(), "JSON[]") if path.name in parsed else path.copy()
    select = exp.select(exp.alias_(exp.Anonymous(this="unnest", expressions=[items]), name.copy()))
    if path.name in parsed:
        for cast in list(root.find_all(exp.Cast)):
            if isinstance(cast.this, exp.Column) and cast.this.table == name.name:
                cast.set("this", exp.func("json_extract_string", exp.column(name.name), exp.Literal.string(cast.this.name)))
            elif isinstance(cast.this, exp.Column) and cast.this.name == name.name and not cast.this.table:
                cast.set("this", exp.func("json_extract_string", cast.this.copy(), exp.Literal.string("$")))
    if index:
        subscripts = exp.Anonymous(this="generate_subscripts", expressions=[path.copy(), exp.Literal.number(1)])
        select = select.select(exp.alias_(subscripts - 1, index.copy()))
    return exp.Join(this=select.subquery(f"_{name.name}"))
