"""The app's queries on a real PostgreSQL: do they give, value by value, what the embedded warehouse gives?

PostgreSQL is what Redshift's SQL comes from. Models are replaced by a fixed expression in both.
"""

import datetime as dt
import math
import shutil
from decimal import Decimal

import pg8000.dbapi
import pytest
import sqlglot

from embedded_redshift import dbapi
from jobrec_ui import models
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Transaction, Warehouse, setup, sqlfiles
from tests.redshift import tour
from tests.redshift.postgres_server import NoPostgresError, postgres
from tests.redshift.postgres_words import copy_tables, in_postgres_words, with_fixed_score

pytestmark = pytest.mark.process

# Files of which PostgreSQL cannot be asked, and why. One that it can be asked of must leave the list.
NOT_TO_BE_ASKED = {
    "quality/feature_drift": "PostgreSQL has no UNPIVOT",
    "quality/explain_model": "EXPLAIN_MODEL is Redshift ML's",
    "commands/doctor/default_iam_role": "a function about Redshift's server",
    "commands/doctor/may_assume": "a function about Redshift's server",
    "commands/doctor/system_privileges": "a view of Redshift's server",
    "commands/doctor/deep_label": "a view of Redshift's server",
    "warehouse/setup/known_roles": "a view of Redshift's server",
}
# Files of which both can be asked, but not the same: about the server itself, or tables that last for a moment.
ABOUT_THE_SERVER = {
    "commands/doctor/clock": "what time it is",
    "commands/doctor/session": "which version answers",
    "warehouse/session/cancel": "sessions of that server",
    "warehouse/setup/known_tables": "each has catalogue tables of its own",
    "commands/doctor/deep_scores": "a table of the trial training",
    "commands/doctor/deep_slow": "a table of the trial training; it takes long on purpose",
    "commands/doctor/deep_staged": "a table of the trial of staging",
}
ASKED = [name for name in sqlfiles.questions() if name not in {*NOT_TO_BE_ASKED, *ABOUT_THE_SERVER}]
# Of these the tour has no row to compare, only the columns.
EMPTY = {
    "access/login_lockouts", "commands/doctor/read_nothing", "commands/doctor/score_nothing",
    "commands/doctor/unknown_stages", "data/rejected_rows", "models/active_claims",
}  # fmt: skip
# How far apart numbers may be: Redshift keeps few places of a quotient of decimals, and its DATEDIFF counts the seconds
# that began, where what stands for it here rounds.
ROUNDED = {"models/compare_shares": 1.1 / 3600}
# Where Redshift, and the embedded warehouse with it, means something else than PostgreSQL, by its documentation.
DIFFERENT = [
    ("SELECT CAST('a' AS VARCHAR(3)) = CAST('a ' AS VARCHAR(3)) AS r", True, False, "trailing blanks do not count"),
    ("SELECT REGEXP_REPLACE('a-b-c', '-', '+') AS r", "a+b+c", "a+b-c", "every occurrence is replaced"),
    ("SELECT CONCAT('a', NULL) AS r", None, "a", "CONCAT of NULL is NULL"),
]


@pytest.fixture(scope="module")
def asked(demo_warehouse, tmp_path_factory):
    """What was asked, by file: [(statement, parameters)], and the folder of the warehouse."""
    home = tmp_path_factory.mktemp("second_opinion")
    shutil.copyfile(demo_warehouse, home / "warehouse.duckdb")
    found: dict[str, list] = {}

    def listened(query):
        def listening(self, name, params=None, names=None, **options):
            (statement,) = sqlfiles.split(sqlfiles.render(name, names))
            question = (with_fixed_score(statement), dict(params or {}))
            if question not in found.setdefault(name, []):
                found[name].append(question)
            return query(self, name, params, names, **options)

        return listening

    def keeping(execute):
        """What a load and a nightly run leave for a moment stays, to be asked about."""

        def kept(self, name, params=None, names=None, **options):
            if name not in ("matching/drop_wanted", "data/clear_staging"):
                execute(self, name, params, names, **options)

        return kept

    wh = Warehouse(local_url(home / "warehouse.duckdb"))
    setup.make_app_tables(wh)
    with pytest.MonkeyPatch.context() as patch:
        for cls in (Warehouse, Transaction):
            patch.setattr(cls, "query", listened(cls.query))
            patch.setattr(cls, "execute", keeping(cls.execute))
        values = tour.take(wh, home)
    others = [name for name in [*ASKED, *NOT_TO_BE_ASKED] if name not in found]
    for name, statement, params in tour.each(others, values, models.live_version(wh)):
        found[name] = [(with_fixed_score(statement), params)]
    yield home, found
    wh.close()


@pytest.fixture(scope="module")
def both(asked, tmp_path_factory):
    """The embedded warehouse, and a PostgreSQL with the same tables."""
    home, _ = asked
    embedded = dbapi.connect(str(home / "warehouse.duckdb"))
    embedded.autocommit = True
    try:
        with postgres() as server:
            copy_tables(embedded, server, tmp_path_factory.mktemp("tables"))
            yield embedded, server.connect()
    except NoPostgresError as error:
        pytest.skip(f"No PostgreSQL runs here: {error}")
    finally:
        embedded.close()


def plain(value):
    """What counts of a value: numbers as numbers, whatever their type; text without blanks at its end."""
    match value:
        case bool() | None:
            return value
        case Decimal() | int() | float():
            return float(value)
        case dt.datetime():
            return value.replace(tzinfo=None)
        case str():
            return value.rstrip(" ")
    return value


def same(one, other, apart=1e-7):
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-5, abs_tol=apart) or (math.isnan(one) and math.isnan(other))
    return one == other


def compare(embedded, real, sql, params, apart=1e-7):
    """How many rows there are, and the first thing in which the answers differ: None if there is none."""
    here = [[plain(value) for value in row] for row in embedded.cursor().execute(sql, params).fetchall()]
    cursor = real.cursor()
    cursor.execute(in_postgres_words(sql, params))
    there = [[plain(value) for value in row] for row in cursor.fetchall()]
    if "ORDER BY" not in sql[sql.rfind("FROM") :]:
        here, there = sorted(here, key=repr), sorted(there, key=repr)
    if len(here) != len(there):
        return len(here), f"{len(here)} rows and {len(there)}"
    for row, (one, other) in enumerate(zip(here, there, strict=True)):
        if unlike := [pair for pair in zip(one, other, strict=True) if not same(*pair, apart)]:
            return len(here), f"row {row}: {unlike}"
    return len(here), None


@pytest.mark.parametrize("name", ASKED)
def test_both_give_the_same(asked, both, name):
    found = [compare(*both, sql, params, ROUNDED.get(name, 1e-7)) for sql, params in asked[1][name]]
    assert {unlike for _, unlike in found} == {None}
    assert any(rows for rows, _ in found) == (name not in EMPTY)


@pytest.mark.parametrize("name", NOT_TO_BE_ASKED)
def test_what_postgresql_cannot_be_asked(asked, both, name):
    with pytest.raises(pg8000.dbapi.Error):
        both[1].cursor().execute(in_postgres_words(*asked[1][name][0]))


@pytest.mark.parametrize(("sql", "redshift", "postgresql", "reason"), DIFFERENT, ids=[row[3] for row in DIFFERENT])
def test_known_differences(both, sql, redshift, postgresql, reason):
    cursor = both[1].cursor()
    cursor.execute(sqlglot.transpile(sql, read="redshift", write="postgres")[0])
    assert cursor.fetchall()[0][0] == postgresql
    assert both[0].cursor().execute(sql).fetchall()[0][0] == redshift


@pytest.mark.parametrize(
    ("here", "there"), [(1.0, 1.001), (None, 0.0), ("a", "b"), (True, False), (float("nan"), 1.0), ("1", 1.0)]
)
def test_what_counts_as_different(here, there):
    assert not same(plain(here), plain(there))
