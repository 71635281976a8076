"""One Redshift statement in, DuckDB statements out."""

from __future__ import annotations

import logging
import re
from dataclasses import replace

from sqlglot import exp
from sqlglot.errors import SqlglotError

from embedded_redshift.translate import (
    alter_table,
    alter_texts,
    arithmetic,
    calls,
    comparisons,
    ddl,
    dml,
    maintenance,
    patterns,
    permissions,
    schemas,
    session_statements,
    show_statements,
)
from embedded_redshift.translate.context import Context, Statement
from embedded_redshift.translate.interface import Catalog, RedshiftSyntaxError, Translation
from embedded_redshift.translate.parsing import first_word, leading_comments, parse, without_comments
from embedded_redshift.translate.queries import bind_query
from embedded_redshift.translate.statement_table import (
    TEXT_TRANSLATORS,
    TREE_TRANSLATORS,
    refusal,
    text_statement,
    tree_statement,
)
from embedded_redshift.translate.system_tables import LOGGED, REDSHIFT_TABLES
from embedded_redshift.translate.values import Query, identifier

logger = logging.getLogger(__name__)

# Imported for the translators that they register.
TRANSLATOR_MODULES = (
    alter_table,
    alter_texts,
    arithmetic,
    calls,
    comparisons,
    ddl,
    dml,
    maintenance,
    patterns,
    permissions,
    schemas,
    session_statements,
    show_statements,
)

_ML = re.compile(r"(create\s+(or\s+replace\s+)?(external\s+)?model|show\s+model|drop\s+model)\b", re.I)
_EXPLAIN_MODEL = re.compile(r"select\s+explain_model\s*\(\s*'[^']*'\s*\)(?:\s+(?:as\s+)?(?:\w+|\"[^\"]+\"))?", re.I)
_SYSTEM_SCHEMAS = frozenset({"pg_catalog", "information_schema"})


def translate(sql: str, catalog: Catalog) -> Translation:
    """DuckDB's statements for one statement of Redshift SQL. Raises RedshiftSyntaxError, which says where."""
    before = leading_comments(sql)
    try:
        translation = _translate(without_comments(sql), catalog)
    except RedshiftSyntaxError as error:
        raise error.behind(before) from error
    except RecursionError as error:
        raise RedshiftSyntaxError("the statement is nested too deeply").behind(before) from error
    except (ArithmeticError, AssertionError, AttributeError, LookupError, SqlglotError, TypeError, ValueError) as error:
        # A tree of a shape that no translator reckoned with. The log gets the place, not the text: it may hold data.
        word = first_word(without_comments(sql))
        logger.exception("A statement that begins with %s could not be translated", word)
        raise RedshiftSyntaxError(
            f"the embedded warehouse cannot translate this {word.upper()}, Amazon Redshift can if it is right there: "
            "write it another way"
        ).behind(before) from error
    return translation if translation.ml is None else replace(translation, ml=before + translation.ml)


def _translate(text: str, catalog: Catalog) -> Translation:
    if not text:
        raise RedshiftSyntaxError("the statement is empty")
    word = first_word(text)
    if refused := refusal(text):
        raise RedshiftSyntaxError(refused)
    for translator in TEXT_TRANSLATORS.get(word, ()):
        if (translation := translator(word, text, catalog)) is not None:
            return translation
    return _from_tree(parse(text), text, catalog)


def _from_tree(tree: exp.Expr, text: str, catalog: Catalog) -> Translation:
    statement = Statement(catalog, bind_query, text)
    if isinstance(tree, exp.Select) and tree.args.get("into"):
        tree = _select_into(tree)
    translator = next((known for kind, known in TREE_TRANSLATORS.items() if isinstance(tree, kind)), None)
    if translator is None:
        raise RedshiftSyntaxError(f'syntax error at or near "{text.split()[0]}": no statement begins like this', (1, 1))
    translation = translator(Context(statement), tree)
    _check_functions(statement)
    if any(name in LOGGED for _, name in statement.tables):
        return replace(translation, reads_history=True)
    return translation


@text_statement(
    "create", "show", "drop", "select",
    group="Models",
    forms={
        "CREATE MODEL": "trains in the background",
        "SHOW MODEL": "",
        "DROP MODEL": "commits",
        "SELECT EXPLAIN_MODEL": "",
    },
)  # fmt: skip
def _about_models(word: str, text: str, catalog: Catalog) -> Translation | None:
    return Translation("ml", ml=text) if _ML.match(text) or _EXPLAIN_MODEL.fullmatch(text) else None


@tree_statement(
    exp.Query,
    group="Queries",
    forms={"SELECT": "", "WITH": "", "UNION": "", "INTERSECT": "", "EXCEPT": "", "MINUS": ""},
)
def _query(ctx: Context, tree: exp.Expr) -> Translation:
    return Translation("query", (_padded(ctx, bind_query(ctx, tree)),))


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


def _select_into(tree: exp.Expr) -> exp.Expr:
    """SELECT … INTO table is CREATE TABLE AS (page r_SELECT_INTO)."""
    into = tree.args.pop("into")
    properties = exp.Properties(expressions=[exp.TemporaryProperty()]) if into.args.get("temporary") else None
    return exp.Create(this=into.this, kind="TABLE", expression=tree, properties=properties)


def _check_functions(statement: Statement) -> None:
    """Leader-node functions need a query without tables, compute-node functions one with them.

    Page c_sql-functions-leader-node.
    """
    on_compute_nodes = [t for t in statement.tables if t[0] not in _SYSTEM_SCHEMAS and t[1] not in REDSHIFT_TABLES]
    if statement.leader_functions and on_compute_nodes:
        raise RedshiftSyntaxError(
            f"function {statement.leader_functions[0]}() runs on the leader node only: the query must not use a table"
        )
    if statement.compute_functions and not statement.tables:
        raise RedshiftSyntaxError(
            f"function {statement.compute_functions[0]}() runs on compute nodes only: the query must refer to a table"
        )


@text_statement("explain", group="Queries", forms={"EXPLAIN": "gives DuckDB's plan"})
def _explain(word: str, text: str, catalog: Catalog) -> Translation:
    inner = translate(re.sub(r"\Aexplain\s+(verbose\s+)?", "", text, flags=re.I), catalog)
    if not inner.statements:
        raise RedshiftSyntaxError("EXPLAIN takes a SELECT, INSERT, UPDATE, DELETE or CREATE TABLE AS")
    return Translation("query", (f"EXPLAIN {inner.statements[0]}",))
