"""Every file in sql/: told by a comment, in Redshift's grammar, with functions that Redshift has, and in use."""

import functools
import re

import pytest
import sqlglot
from redshift_wire import reserved, untyped
from redshift_wire.grammar import UTILITY
from sqlfluff.core import FluffConfig, Linter
from sqlglot import exp

from embedded_redshift.translate.function_table import FUNCTIONS
from jobrec_ui.commands.doctor import deep
from jobrec_ui.data.tables import TABLES
from jobrec_ui.matching import filters
from jobrec_ui.warehouse import sqlfiles

FILES = {str(path.relative_to(sqlfiles.SQL_ROOT).with_suffix("")): path for path in sqlfiles.SQL_ROOT.rglob("*.sql")}
PYTHON = "\n".join(path.read_text(encoding="utf-8") for path in (sqlfiles.SQL_ROOT.parent / "jobrec_ui").rglob("*.py"))
INCLUDE = re.compile(r"^[ \t]*-- include: ([a-z0-9_/]+)[ \t]*$", re.MULTILINE)
EACH = re.compile(r"^[ \t]*-- include each(?:, (UNION ALL) between)?: ([a-z_]+)[ \t]*$", re.MULTILINE)
# With every filter, with some in their other form, and with none.
CHOICES = [filters.parts(*asked) for asked in deep.FILTERS]
CHOSEN = {part for choice in CHOICES for chosen in choice.values() for part in chosen}
PARTS = CHOSEN | {part for path in FILES.values() for part in INCLUDE.findall(path.read_text(encoding="utf-8"))}
FOLDING = re.compile(r"\{(?:folded|parted|umlauts) ([a-z_.]+)\}")  # written out by folding.py
COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
QUOTED = re.compile(r"'(?:[^']|'')*'")
BIND = re.compile(r"(?<![:\w]):(\w+)(?!:)")  # what SQLAlchemy's text() takes for a bound value, wherever it stands
STATEMENT = re.compile(r"(WITH|SELECT|INSERT|CREATE|DELETE|DROP|SHOW|UPDATE|MERGE|SET|GRANT|COPY|ALTER)\b")

SLOTS = {
    "schema": "features", "score_function": "ml.match_v1_score", "features": ["own_similarity", "views"],
    "model_features": ["views"], "told_by": ["views"],
    "typical": "ml.match_v1_typical", "model": "ml.match_v1", "function": "match_v1_score", "bucket": "jobrec-ui",
    "role": "jobrec_recruiter", "recruiter": "jobrec_recruiter", "admin": "jobrec_admin",
    "definitions": sqlfiles.Clause("title VARCHAR(64)"), "folder": sqlfiles.Clause("s3://bucket/folder/"),
    "rows": sqlfiles.Clause("(:v0_0)"), "label": "jobrec page", "milliseconds": 60000,
    "iam_role": "default", "settings": sqlfiles.Clause("S3_BUCKET 'jobrec-ui', MAX_CELLS 1000"),
    "staged": "staging.postings", "stored": "hiring.postings", "key": ["posting_id"],
    "columns": ["posting_id", "title"], "id": "posting_id", "shown_id": "posting_id",
    "before": "staging.undo_postings", "written": "staging.written_postings",
    **{f"incoming_{table}": f"staging.{table}" for table in TABLES},
    "staged_owners": "staging.postings", "stored_owners": "hiring.postings", "wanted": "staging.wanted_pairs",
    "kind": sqlfiles.Clause("MODEL_TYPE mlp"), "tree_method": "auto", "table": "features.terms",
    **dict.fromkeys(("num_round", "max_depth", "min_child_weight", "gamma", "alpha", "lambda", "max_delta_step"), 1),
    **dict.fromkeys(("eta", "subsample", "colsample_bytree", "colsample_bylevel", "colsample_bynode"), 0.5),
}  # fmt: skip

# What stands for a slot that takes more than a name, where a grammar reads the file.
IN_PLACE = {
    "milliseconds": "100", "definitions": "some_name INTEGER", "rows": "(1)", "iam_role": "default",
    "settings": "S3_BUCKET 'bucket', MAX_CELLS 1000", "folder": "s3/folder", "kind": "MODEL_TYPE mlp",
}  # fmt: skip

# SQLFluff 4.5 knows no settings of CREATE MODEL but the bucket, and no grants about models.
BEYOND_SQLFLUFF = {
    "models/create_match_model", "models/create_auto_model", "commands/doctor/deep_model",
    "warehouse/setup/grant_admin", "warehouse/setup/grant_model",
}  # fmt: skip

# What looks like a call and is none (syntax, types with a length), and functions with a syntax of their own.
NO_FUNCTIONS = {
    "AND", "AS", "BY", "CAST", "CHAR", "DECIMAL", "DISTKEY", "EXCEPT", "EXISTS", "FROM", "GROUP", "IN", "JOIN",
    "NUMERIC", "ON", "OR", "OVER", "POSITION", "SELECT", "SETTINGS", "SORTKEY", "SUBSTRING", "THEN", "TRIM", "USING",
    "VALUES", "VARCHAR", "WHEN", "WHERE", "WITH", "EXPLAIN_MODEL", "NULLS",
}  # fmt: skip

# Redshift's functions that only Redshift is asked for.
REDSHIFT_ONLY = {"PG_CANCEL_BACKEND", "DEFAULT_IAM_ROLE", "HAS_ASSUMEROLE_PRIVILEGE"}

# What Redshift lacks (unsupported PostgreSQL features and functions, in AWS's developer guide), and what PostgreSQL,
# which gives the second opinion on our statements, has under no such name.
MISSING = (
    r"\b(STRING_AGG|ARRAY_AGG|CORR|COVAR_POP|COVAR_SAMP|REGR_\w+|GENERATE_SERIES|WIDTH_BUCKET|SETSEED|FORMAT)\s*\(",
    r"\bDISTINCT\s+FROM\b", r"\bDISTINCT\s+ON\b", r"\bFROM\s*\(\s*VALUES\b", r"\bRETURNING\b", r"\bON\s+CONFLICT\b",
    r"\bFILTER\s*\(", r"\bARRAY\s*\[", r"\bCREATE\s+(UNIQUE\s+)?INDEX\b", r"\bLATERAL\b", r"\bSERIAL\b", r"\bUUID\b",
    r"\bBYTEA\b", r"\bJSONB?\b(?!_)", r"\bCREATE\s+OR\s+REPLACE\s+MODEL\b", r"\bNVL\s*\(", r"\bLEN\s*\(",
    r"\bSELECT\s+TOP\b", r"\bQUALIFY\b", r"\bTABLESAMPLE\b",
    r"\b\d[\d.]*[eE][+-]?\d",  # may be read as NUMERIC, which has 38 digits
)  # fmt: skip


@functools.cache
def complete(name: str) -> str:
    """A file's own text as a statement: includes become a CTE, slots names; a list of CTEs gets its WITH and SELECT."""
    text = INCLUDE.sub(lambda match: f"{match[1].replace('/', '_')} AS (SELECT 1 AS x)", FILES[name].read_text("utf-8"))
    text = EACH.sub(lambda match: "SELECT 1 AS x" if match[1] else f"{match[2]} AS (SELECT 1 AS x)", text)
    text = FOLDING.sub("LOWER(\\1)", text)
    with_slots = re.sub(r"\{([a-z_]+)\}", lambda match: IN_PLACE.get(match[1], "some_name"), text)
    text = BIND.sub("$1", with_slots)
    bare = COMMENT.sub("", text).strip()
    if not STATEMENT.match(bare):
        text = "WITH before AS (SELECT 1 AS x),\n" + text
    is_list_of_ctes = bare.endswith(")") and (not STATEMENT.match(bare) or bare.startswith("WITH"))
    return text + ("\nSELECT 1 AS x" if is_list_of_ctes else "")


def code(name: str) -> str:
    """A file's text without comments and quoted text."""
    return QUOTED.sub("''", COMMENT.sub("", FILES[name].read_text(encoding="utf-8")))


@functools.cache
def linter() -> Linter:
    return Linter(config=FluffConfig.from_path(str(sqlfiles.SQL_ROOT)))


def rendered(name: str) -> list[str]:
    """The statements of a file, and of what it becomes by each choice of filters."""
    slots = sqlfiles.slots(name)
    choices = [choice for choice in CHOICES if slots <= {*SLOTS, *choice}] if slots & CHOICES[0].keys() else [{}]
    return [statement for choice in choices for statement in sqlfiles.split(sqlfiles.render(name, SLOTS | choice))]


def test_there_are_files():
    assert len(FILES) > 50


@pytest.mark.parametrize("name", sorted(FILES))
class TestFile:
    def test_begins_with_what_it_asks_or_does(self, name):
        first = FILES[name].read_text(encoding="utf-8").splitlines()[0]
        assert re.match(r"-- [A-Z].{15,}", first)

    def test_binds_nothing_in_comments_or_quotes(self, name):
        text = FILES[name].read_text(encoding="utf-8")
        quiet = [*COMMENT.findall(text), *QUOTED.findall(COMMENT.sub("", text))]
        assert [part for part in quiet if BIND.search(INCLUDE.sub("", part))] == []

    @pytest.mark.parametrize("sign", ["%", "\\"])
    def test_has_no_sign_that_drivers_or_redshift_change(self, name, sign):
        """SQLAlchemy's dialect doubles the percent sign, Redshift reads a backslash as an escape: use CHR."""
        assert sign not in FILES[name].read_text(encoding="utf-8")

    def test_includes_what_it_means_to(self, name):
        text = FILES[name].read_text(encoding="utf-8")
        assert len(re.findall(r"--.*\binclude:", text)) == len(INCLUDE.findall(text))
        assert set(INCLUDE.findall(text)) <= set(FILES)
        assert text.count("include each") == len(EACH.findall(text))
        assert {slot for _, slot in EACH.findall(text)} <= CHOICES[0].keys()

    def test_renders_and_splits(self, name):
        statements = rendered(name)
        assert statements
        assert not re.search(r"[{}]", COMMENT.sub("", QUOTED.sub("", "".join(statements))))

    def test_is_redshift_by_sqlfluff(self, name):
        wrong = [violation.desc() for violation in linter().parse_string(complete(name)).violations]
        if name in BEYOND_SQLFLUFF:
            assert wrong, "SQLFluff knows it by now: take it off the list"
        else:
            assert wrong == []

    def test_calls_functions_that_redshift_has(self, name):
        called = {word.upper() for word in re.findall(r"(?<![\w.}])([A-Za-z_]+)\s*\(", code(name))}
        tables = {word.upper() for word in re.findall(r"(?i)\bINTO\s+(?:\w+\.)?(\w+)\s*\(", code(name))}
        assert {word for word in called - tables - NO_FUNCTIONS if word.lower() not in FUNCTIONS} <= REDSHIFT_ONLY

    def test_uses_nothing_that_redshift_lacks(self, name):
        assert [pattern for pattern in MISSING if re.search(pattern, code(name), re.IGNORECASE)] == []

    def test_is_used(self, name):
        included = any(name in INCLUDE.findall(path.read_text(encoding="utf-8")) for path in FILES.values())
        folder, _, stem = name.rpartition("/")
        endings = [stem[:at] + "{" for at in range(1, len(stem))]  # f"data/remove_replaced_{table}"
        # The app's own tables are made by the pattern of their names.
        included |= name.startswith("schema/app_") or name in CHOSEN
        assert included or f'"{name}"' in PYTHON or any(f'f"{folder}/{start}' in PYTHON for start in endings)


@pytest.mark.parametrize("name", sorted(FILES.keys() - PARTS))
def test_names_nothing_by_a_reserved_word_and_gives_a_type_to_what_redshift_gives_none(name):
    for statement in rendered(name):
        if not UTILITY.match(COMMENT.sub("", statement).lstrip()):
            tree = sqlglot.parse_one(statement, dialect="redshift")
            assert list(reserved.names(tree)) == []
            assert untyped.parameters(tree) == []
            assert list(untyped.literals(tree)) == []


@pytest.mark.parametrize("name", sorted(FILES.keys() - PARTS))
def test_asks_for_what_is_in_a_subquery_only_by_a_condition_that_must_hold(name):
    """Redshift makes a join of it then. Under OR or NOT, or as a value, no page of its documentation has one."""
    for statement in rendered(name):
        if " IN (SELECT" in statement:
            for condition in sqlglot.parse_one(statement, dialect="redshift").find_all(exp.In):
                if condition.args.get("query"):
                    around = condition.parent
                    while isinstance(around, exp.And | exp.Paren):
                        around = around.parent
                    assert isinstance(around, exp.Where | exp.Join | exp.Having), condition.sql("redshift")


def test_names_used_in_python_are_files():
    folders = {name.split("/")[0] for name in FILES}
    used = re.findall(r'\b(?:query|execute|run)\(\s*"([a-z_]+/[a-z_]+)"', PYTHON)
    assert {name for name in used if name.split("/")[0] in folders} - set(FILES) == set()
    assert len(used) > 40


def test_listagg_orders_the_same_way_throughout_a_query():
    """Redshift refuses two of them with different orders in one SELECT."""
    for name in FILES:
        for query in re.split(r"\bSELECT\b", code(name)):
            orders = set(re.findall(r"LISTAGG\(.*?WITHIN GROUP \((ORDER BY [^)]*)\)", query, re.DOTALL))
            assert len(orders) <= 1, name


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT STRING_AGG(a, ',') FROM t", "SELECT corr(a, b) FROM t", "SELECT a IS NOT DISTINCT FROM b FROM t",
        "SELECT DISTINCT ON (a) a FROM t", "SELECT a FROM (VALUES (1)) AS t", "INSERT INTO t VALUES (1) RETURNING a",
        "SELECT COUNT(*) FILTER (WHERE a) FROM t", "SELECT ARRAY[1]", "CREATE UNIQUE INDEX i ON t (a)",
        "SELECT NVL(a, 1) FROM t", "SELECT LEN(a) FROM t", "SELECT TOP 5 a FROM t", "SELECT 'a'::jsonb",
    ],
)  # fmt: skip
def test_what_is_missing_is_found(statement):
    assert any(re.search(pattern, statement, re.IGNORECASE) for pattern in MISSING)
