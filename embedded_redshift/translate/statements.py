"""One Redshift statement in, DuckDB statements out."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from sqlglot import exp

from embedded_redshift.translate import arithmetic, calls, comparisons, ddl, dml, patterns
from embedded_redshift.translate.context import Context, Statement
from embedded_redshift.translate.dml import quoted_name
from embedded_redshift.translate.interface import Catalog, RedshiftSyntaxError, Translation
from embedded_redshift.translate.parsing import first_words, parse, without_comments
from embedded_redshift.translate.permissions import permission_statement
from embedded_redshift.translate.queries import bind_query
from embedded_redshift.translate.settings_statements import session_statement
from embedded_redshift.translate.values import Query, identifier, reject

logger = logging.getLogger(__name__)

# Imported for the translators that they register.
TRANSLATOR_MODULES = (arithmetic, calls, comparisons, patterns)

_ML = re.compile(r"(create\s+(or\s+replace\s+)?(external\s+)?model|show\s+model|drop\s+model)\b", re.I)
_EXPLAIN_MODEL = re.compile(r"select\s+explain_model\s*\(", re.I)
_CATALOG_TABLE = re.compile(r"pg_")
_SYSTEM_SCHEMAS = frozenset({"pg_catalog", "information_schema"})

_NOT_EMBEDDED = frozenset(
    {
        "copy",
        "unload",
        "call",
        "declare",
        "fetch",
        "close",
        "lock",
        "prepare",
        "execute",
        "deallocate",
        "import",
        "refresh",
        "do",
        "listen",
        "notify",
    }
)


def translate(sql: str, catalog: Catalog) -> Translation:
    """DuckDB's statements for one statement of Redshift SQL. Raises RedshiftSyntaxError."""
    try:
        return _translate(sql, catalog)
    except RecursionError as error:
        raise RedshiftSyntaxError("the statement is nested too deeply") from error
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        # A tree of a shape that no translator reckoned with. The log gets the place, not the text: it may hold data.
        logger.exception("A statement that begins with %s could not be translated", first_words(without_comments(sql)))
        raise RedshiftSyntaxError("this statement is not understood by the embedded warehouse") from error


def _translate(sql: str, catalog: Catalog) -> Translation:
    text = without_comments(sql)
    if not text:
        raise RedshiftSyntaxError("the statement is empty")
    if _ML.match(text) or _EXPLAIN_MODEL.match(text):
        return Translation("ml", ml=text)
    word = first_words(text)
    if word in _NOT_EMBEDDED:
        raise RedshiftSyntaxError(f"{word.upper()} is not supported in the embedded warehouse")
    if (session := session_statement(word, text)) is not None:
        return session
    if (permission := permission_statement(word, text)) is not None:
        return permission
    if word in ("vacuum", "analyze", "analyse"):
        return _maintenance(word, text, catalog)
    if (changed := _OWNER_OR_ENCODING.fullmatch(text)) and (changed[1] or _table(changed[2], catalog)):
        return Translation("noop")
    if word == "explain":
        return _explain(text, catalog)
    return _statement(parse(text), text, catalog)


def _statement(tree: exp.Expr, text: str, catalog: Catalog) -> Translation:
    statement = Statement(catalog, bind_query)
    ctx = Context(statement)
    if isinstance(tree, exp.Select) and tree.args.get("into"):
        tree = _select_into(tree)
    if isinstance(tree, exp.Query):
        translation = Translation("query", (_padded(ctx, bind_query(ctx, tree)),))
    elif isinstance(tree, exp.Create):
        translation = ddl.create(ctx, tree, text)
    else:
        handler = _HANDLERS.get(type(tree))
        if handler is None:
            reject(f"{first_words(text).upper()} is not supported in the embedded warehouse", tree)
        translation = handler(ctx, tree)
    _check_functions(statement)
    return translation


def _padded(ctx: Context, query: Query) -> str:
    """SQL of the query with CHAR columns padded with blanks to their length, as Redshift gives them out."""
    if not any(k.name == "char" for _, k in query.columns):
        return query.sql
    alias = ctx.statement.fresh("o")
    names = [f"c{i}" for i in range(len(query.columns))]
    cells = [
        f"rpad({alias}.{n}, {k.size or 1}, ' ')" if k.name == "char" else f"{alias}.{n}"
        for n, (_, k) in zip(names, query.columns, strict=True)
    ]
    selected = ", ".join(f"{c} AS {identifier(n)}" for c, (n, _) in zip(cells, query.columns, strict=True))
    return f"SELECT {selected} FROM ({query.sql}) AS {alias}({', '.join(names)})"


_HANDLERS: dict[type[exp.Expr], Callable[[Context, exp.Expr], Translation]] = {
    exp.Insert: dml.insert,
    exp.Update: dml.update,
    exp.Delete: dml.delete,
    exp.Merge: dml.merge,
    exp.TruncateTable: dml.truncate,
    exp.Drop: ddl.drop,
    exp.Alter: ddl.alter,
}


def _select_into(tree: exp.Expr) -> exp.Expr:
    """SELECT … INTO table is CREATE TABLE AS (page r_SELECT_INTO)."""
    into = tree.args.pop("into")
    properties = exp.Properties(expressions=[exp.TemporaryProperty()]) if into.args.get("temporary") else None
    return exp.Create(this=into.this, kind="TABLE", expression=tree, properties=properties)


def _check_functions(statement: Statement) -> None:
    """Leader-node functions need a query without tables, compute-node functions one with them.

    Page c_sql-functions-leader-node.
    """
    on_compute_nodes = [t for t in statement.tables if t[0] not in _SYSTEM_SCHEMAS and not _CATALOG_TABLE.match(t[1])]
    if statement.leader_functions and on_compute_nodes:
        raise RedshiftSyntaxError(
            f"function {statement.leader_functions[0]}() runs on the leader node only: the query must not use a table"
        )
    if statement.compute_functions and not statement.tables:
        raise RedshiftSyntaxError(
            f"function {statement.compute_functions[0]}() runs on compute nodes only: the query must refer to a table"
        )


def _explain(text: str, catalog: Catalog) -> Translation:
    inner = translate(re.sub(r"\Aexplain\s+(verbose\s+)?", "", text, flags=re.I), catalog)
    if not inner.statements:
        raise RedshiftSyntaxError("EXPLAIN takes a SELECT, INSERT, UPDATE, DELETE or CREATE TABLE AS")
    return Translation("query", (f"EXPLAIN {inner.statements[0]}",))


# One user owns everything, and compression is DuckDB's own.
_OWNER_OR_ENCODING = re.compile(
    r"alter\s+(?:(schema)|table)\s+([\w.\"]+)\s+(?:owner\s+to\s+[\w\"]+|alter\s+encode\s+auto)", re.I
)
_ANALYZE = re.compile(
    r"analy[sz]e(?:\s+compression)?(?:\s+verbose)?"
    r"(?:\s+(?P<table>[\w.\"]+)(?:\s*\([\w\",\s]+\))?(?:\s+(?:predicate|all)\s+columns)?(?:\s+comprows\s+\d+)?)?",
    re.I,
)
_VACUUM = re.compile(
    r"vacuum(?:\s+(?P<how>full|sort\s+only|delete\s+only|reindex|recluster))?(?:\s+(?P<table>[\w.\"]+))?"
    r"(?:\s+to\s+\d+\s+percent)?(?:\s+boost)?",
    re.I,
)


def _table(text: str, catalog: Catalog) -> tuple[str | None, str]:
    """(schema, name) of a table that is there."""
    parts = [p.strip('"').lower() for p in text.split(".")]
    name = (parts[-2] if len(parts) > 1 else None, parts[-1])
    if catalog.columns(*name) is None:
        raise RedshiftSyntaxError(f'relation "{text}" does not exist')
    return name


def _maintenance(word: str, text: str, catalog: Catalog) -> Translation:
    """ANALYZE has nothing to do; VACUUM brings a table with a sort key into its order again."""
    match = (_VACUUM if word == "vacuum" else _ANALYZE).fullmatch(text)
    if match is None:
        raise RedshiftSyntaxError(f"syntax error in {word.upper()}")
    name = _table(match["table"], catalog) if match["table"] else None
    if word != "vacuum":
        return Translation("noop")
    sorts = name is not None and not (match["how"] or "").lower().startswith(("delete", "reindex"))
    key = catalog.sort_key(*name) if name and sorts else ()
    if name is None or not key:
        return Translation("noop", transaction="refuses")
    table, order = quoted_name(name), ", ".join(f"{identifier(k)} NULLS LAST" for k in key)
    copy = identifier("_vacuum " + ".".join(filter(None, name)))
    return Translation(
        "ddl",
        (
            f"CREATE TEMPORARY TABLE {copy} AS SELECT * FROM {table} ORDER BY {order}",
            f"DELETE FROM {table}",
            f"INSERT INTO {table} SELECT * FROM {copy}",
            f"DROP TABLE {copy}",
        ),
        written=(name,),
        transaction="refuses",
    )
