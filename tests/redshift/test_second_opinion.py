"""The app's queries on a real PostgreSQL: do they give, value by value, what the embedded warehouse gives?

PostgreSQL is what Redshift's SQL comes from. Models are replaced by a fixed expression in both.
"""

import datetime as dt
import math
import shutil
from decimal import Decimal

import pg8000.dbapi
import pytest
from postgres_server import NoPostgresError, postgres
from postgres_words import copy_tables, in_postgres_words, with_fixed_score

from jobrec_ui import accounts, decisions, marks, matching, models
from jobrec_ui.candidate_filters import Viewer
from jobrec_ui.local import dbapi
from jobrec_ui.matching import CandidateFilters
from jobrec_ui.quality import drift, figures
from jobrec_ui.settings import Settings, local_url
from jobrec_ui.user_state import user_state
from jobrec_ui.warehouse import Transaction, Warehouse, sqlfiles

# What the tour asks, by the file in sql/.
ASKED = [
    "app/login_lockouts", "decisions/reports", "find/marks", "find/user_state", "load/data_version",
    "match/explain_match", "match/filter_values", "match/find_candidates", "match/find_postings", "match/get_candidate",
    "match/get_history", "match/get_posting", "match/rank_candidates", "match/rank_filtered_candidates",
    "match/rank_postings", "match/show_candidates", "model/get_metrics", "model/get_version", "model/in_use",
    "model/list_versions", "model/serving_versions", "quality/on_record", "quality/stage_mix", "quality/version",
]  # fmt: skip
# Tables that a new company has no rows in: there is nothing to compare but the columns.
EMPTY = {"app/login_lockouts", "decisions/reports", "find/marks", "quality/stage_mix"}
# Files of which PostgreSQL cannot be asked, and why. One that it can be asked of must leave the list.
NOT_TO_BE_ASKED = {"quality/feature_drift": "PostgreSQL has no UNPIVOT"}
# Where Redshift, and the embedded warehouse with it, means something else than PostgreSQL, by its documentation.
DIFFERENT = [
    ("SELECT CAST('a' AS VARCHAR(3)) = CAST('a ' AS VARCHAR(3)) AS r", True, False, "trailing blanks do not count"),
    ("SELECT REGEXP_REPLACE('a-b-c', '-', '+') AS r", "a+b+c", "a+b-c", "every occurrence is replaced"),
    ("SELECT CONCAT('a', NULL) AS r", None, "a", "CONCAT of NULL is NULL"),
]


def tour(wh, home):
    """Asks what pages and commands ask."""
    version = models.live_version(wh)
    postings = matching.find_postings(wh, "", limit=5)
    matching.find_postings(wh, postings["title"][0][:4], limit=5, open_only=True)
    posting_id = postings["posting_id"][1]
    ranked = matching.rank_candidates(wh, posting_id, version, limit=200)
    candidate_id = ranked["candidate_id"][0]
    values = matching.filter_values(wh)
    skill = values["skill"][0]
    for filters in (
        CandidateFilters(must_have=(skill,), exclude_known=True),
        CandidateFilters(nice_to_have=(skill,), experience_min=2, seniority=tuple(values["seniority"][:2])),
        CandidateFilters(text="engineer OR manager NOT intern", available_by=dt.date(2026, 12, 1)),
        CandidateFilters(place=values["place"][0], within_km=300.0, languages=("english",)),
    ):
        matching.rank_candidates(wh, posting_id, version, filters, limit=100)
    matching.rank_postings(wh, candidate_id, version)
    matching.explain(wh, posting_id, candidate_id, version)
    matching.find_candidates(wh, "a", limit=10)
    matching.get_candidate(wh, candidate_id)
    matching.get_posting(wh, posting_id)
    matching.get_history(wh, candidate_id)
    marks.marks(wh, Viewer("recruiter"), posting_id, list(ranked["candidate_id"]))
    decisions.reports(wh)
    user_state(wh, "recruiter")
    models.records.list_versions(wh)
    models.records.metrics_of(wh, 1)
    figures.on_record(wh, 1)
    figures.ask(wh, "feature_drift", 1)
    drift.stage_mix(wh, 1)
    models.in_use(wh)
    models.serving(wh)
    accounts.lockouts(wh, Settings(home, wh.url, home / "users.yaml"))


@pytest.fixture(scope="module")
def asked(demo_warehouse, tmp_path_factory):
    """What the tour asked, by file: [(statement, parameters)], and the file of the warehouse."""
    home = tmp_path_factory.mktemp("second_opinion")
    shutil.copyfile(demo_warehouse, home / "warehouse.duckdb")
    found: dict[str, list] = {}

    def listened(query):
        def listening(self, name, params=None, names=None):
            (statement,) = sqlfiles.split(sqlfiles.render(name, names))
            found.setdefault(name, []).append((with_fixed_score(statement), dict(params or {})))
            return query(self, name, params, names)

        return listening

    with pytest.MonkeyPatch.context() as patch:
        wh = Warehouse(local_url(home / "warehouse.duckdb"))
        for tables in sorted((sqlfiles.SQL_ROOT / "schema").glob("app_*.sql")):
            wh.execute(f"schema/{tables.stem}")
        for cls in (Warehouse, Transaction):
            patch.setattr(cls, "query", listened(cls.query))
        tour(wh, home)
        wh.close()
    return home, found


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


def same(one, other):
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-5, abs_tol=1e-7) or (math.isnan(one) and math.isnan(other))
    return one == other


def difference(embedded, real, sql, params):
    """The first thing in which the answers differ, None if there is none."""
    here = [[plain(value) for value in row] for row in embedded.cursor().execute(sql, params).fetchall()]
    cursor = real.cursor()
    cursor.execute(in_postgres_words(sql, params))
    there = [[plain(value) for value in row] for row in cursor.fetchall()]
    if "ORDER BY" not in sql[sql.rfind("FROM") :]:
        here, there = sorted(here, key=repr), sorted(there, key=repr)
    if len(here) != len(there):
        return f"{len(here)} rows and {len(there)}"
    for row, (one, other) in enumerate(zip(here, there, strict=True)):
        if not all(map(same, one, other)):
            return f"row {row}: {[pair for pair in zip(one, other, strict=True) if not same(*pair)]}"
    return None


def test_the_tour_asks_what_is_listed(asked):
    assert sorted(asked[1]) == sorted([*ASKED, *NOT_TO_BE_ASKED])


@pytest.mark.parametrize("name", ASKED)
def test_both_give_the_same(asked, both, name):
    found = [difference(*both, sql, params) for sql, params in asked[1][name]]
    assert set(found) == {None}
    assert any(both[0].cursor().execute(sql, params).fetchall() for sql, params in asked[1][name]) or name in EMPTY


@pytest.mark.parametrize("name", NOT_TO_BE_ASKED)
def test_what_postgresql_cannot_be_asked(asked, both, name):
    with pytest.raises(pg8000.dbapi.Error):
        both[1].cursor().execute(in_postgres_words(*asked[1][name][0]))


@pytest.mark.parametrize(("sql", "redshift", "postgresql", "reason"), DIFFERENT, ids=[row[3] for row in DIFFERENT])
def test_known_differences(both, sql, redshift, postgresql, reason):
    cursor = both[1].cursor()
    cursor.execute(in_postgres_words(sql, {}))
    assert cursor.fetchall()[0][0] == postgresql
    assert both[0].cursor().execute(sql).fetchall()[0][0] == redshift


@pytest.mark.parametrize(
    ("here", "there"), [(1.0, 1.001), (None, 0.0), ("a", "b"), (True, False), (float("nan"), 1.0), ("1", 1.0)]
)
def test_what_counts_as_different(here, there):
    assert not same(plain(here), plain(there))
