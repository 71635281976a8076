"""Features know nothing of the future and nothing of who somebody is; training and ranking see the same values."""

import re
from datetime import timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import sqlalchemy as sa

from jobrec_ui import matching, models
from jobrec_ui.data.demo import make_demo
from jobrec_ui.data.load import load_tables
from jobrec_ui.features import catalogue
from jobrec_ui.matching.ranking import PostingFilters
from jobrec_ui.models import ModelVersion
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse, sqlfiles
from tests.features.tiny_company import pair_values

pytestmark = pytest.mark.company

TRAINING = {"schema": "training"}
KEYS = ["posting_key", "candidate_key"]


def run(wh, *statements, **values):
    with wh.engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement), {k: v for k, v in values.items() if f":{k}" in statement})


@pytest.fixture(scope="module")
def wh(tmp_path_factory):
    warehouse = Warehouse(local_url(tmp_path_factory.mktemp("honesty") / "warehouse.duckdb"))
    load_tables(warehouse, make_demo(candidates=80, postings=20, interactions=800, seed=11))
    run(
        warehouse, "UPDATE hiring.interactions SET stage = 'hired' WHERE stage = 'interviewed'"
    )  # so that some are, early
    models.refresh_features(warehouse)
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="module")
def cutoff(wh):
    """Two thirds of the way through the history."""
    reach = wh.query("models/time_range").iloc[0]
    return reach["first_at"].to_pydatetime() + (reach["last_at"] - reach["first_at"]).to_pytimedelta() * 2 / 3


def ask(wh, sql, **values):
    with wh.engine.connect() as connection:
        result = connection.execute(sa.text(sql), values)
        return pd.DataFrame(result.fetchall(), columns=list(result.keys()))


def examples(wh, cutoff):
    """Every feature, as a training sees it at the cut-off, of every tenth pair of posting and candidate."""
    wh.execute("features/build_facts")
    wh.execute("features/build_words")
    wh.execute("features/set_clock", {"as_of": cutoff}, TRAINING)
    wh.execute("features/build_snapshot", names=TRAINING)
    wh.execute("models/clear_examples")
    run(
        wh,
        "DELETE FROM training.labelled_pairs",
        "INSERT INTO training.labelled_pairs SELECT p.posting_key, c.candidate_key, 0.0 "
        "FROM features.posting_facts AS p CROSS JOIN features.candidate_facts AS c "
        "WHERE MOD(p.posting_key * 7 + c.candidate_key, 10) = 0",
    )
    wh.execute("models/add_examples", {"is_holdout": False}, TRAINING)
    columns = ", ".join([*KEYS, *catalogue.names()])
    return ask(wh, f"SELECT {columns} FROM training.examples").sort_values(KEYS).set_index(KEYS).astype("float32")


@pytest.fixture(scope="module")
def before(wh, cutoff):
    """The examples of the data as it came."""
    return examples(wh, cutoff)


@pytest.fixture(scope="module")
def ranking_then(wh, cutoff, before):
    """Ranking as it would have been at the cut-off."""
    wh.execute("features/set_clock", {"as_of": cutoff}, {"schema": "features"})
    wh.execute("features/build_snapshot", names={"schema": "features"})


def assert_same(left, right):
    """Bit by bit, NaN included."""
    pd.testing.assert_frame_equal(left, right, check_exact=True)


def test_the_examples_are_alive(before):
    """Every feature has values, and nearly all take several: else the tests below would show nothing."""
    assert len(before) == 80 * 20 / 10
    assert before.columns[before.isna().all()].tolist() == []
    assert (before.nunique() > 1).sum() >= len(catalogue.names()) - 8


class TestTheFuture:
    """What comes at or after the cut-off changes nothing: the data is changed, and put back."""

    @pytest.fixture(autouse=True)
    def put_back(self, wh):
        run(wh, "CREATE TABLE public.kept AS SELECT * FROM hiring.interactions")
        yield
        run(
            wh,
            "DELETE FROM hiring.interactions",
            "INSERT INTO hiring.interactions SELECT * FROM public.kept",
            "DROP TABLE public.kept",
        )
        wh.execute("features/build_facts")
        wh.execute("features/build_words")

    def test_deleted(self, wh, cutoff, before):
        run(wh, "DELETE FROM hiring.interactions WHERE occurred_at >= :cutoff", cutoff=cutoff)
        assert_same(examples(wh, cutoff), before)

    def test_shuffled(self, wh, cutoff, before):
        future = ask(wh, "SELECT * FROM hiring.interactions WHERE occurred_at >= :cutoff", cutoff=cutoff)
        assert len(future) > 100
        rng = np.random.default_rng(3)
        for name in ("candidate_id", "stage", "posting_id"):
            future[name] = rng.permutation(future[name])
        future["occurred_at"] = cutoff  # the very first moment that is not known
        with wh.transaction() as tx:
            tx.stage("future", pa.Table.from_pandas(future, preserve_index=False))
        run(
            wh,
            "DELETE FROM hiring.interactions WHERE occurred_at >= :cutoff",
            "INSERT INTO hiring.interactions SELECT posting_id, candidate_id, stage, occurred_at, "
            "CAST(NULL AS VARCHAR) FROM staging.future",
            cutoff=cutoff,
        )
        assert_same(examples(wh, cutoff), before)

    def test_the_past_does_count(self, wh, cutoff, before):
        """The same deletion before the cut-off is seen, so the tests above can fail."""
        day = cutoff - timedelta(days=60)
        run(wh, "DELETE FROM hiring.interactions WHERE occurred_at >= :day", day=day)
        assert not examples(wh, cutoff).equals(before)


@pytest.mark.usefixtures("ranking_then")
def test_ranking_sees_what_training_saw(wh, before):
    """The clock of ranking set to the cut-off: the same pairs have the same values, bit by bit."""
    ids = ask(wh, "SELECT posting_key, posting_id FROM features.posting_facts").set_index("posting_key")["posting_id"]
    people = ask(wh, "SELECT candidate_key, candidate_id FROM features.candidate_facts")
    people = people.set_index("candidate_key")["candidate_id"]
    fullest = before.notna().sum(axis=1).sort_values(ascending=False).index
    for posting, candidate in [*fullest[:3], fullest[len(fullest) // 2], fullest[-1]]:
        seen = pair_values(wh, ids[posting], people[candidate])
        assert_same(
            seen.astype("float32").reset_index(drop=True), before.loc[[(posting, candidate)]].reset_index(drop=True)
        )


@pytest.mark.usefixtures("ranking_then")
def test_ranking_both_ways_sees_it_too(wh, before):
    """A feature between 0 and 1 in the place of the score, in each statement that scores."""
    posting, candidate = before["total_similarity"].idxmax()
    posting_id = ask(wh, "SELECT posting_id FROM features.posting_facts WHERE posting_key = :k", k=posting).iloc[0, 0]
    candidate_id = ask(
        wh, "SELECT candidate_id FROM features.candidate_facts WHERE candidate_key = :k", k=candidate
    ).iloc[0, 0]
    moment = pd.Timestamp(2024, 1, 1).to_pydatetime()
    for name in ("best_similarity", "mean_title_similarity", "own_similarity"):
        version = ModelVersion(1, "match_v1", "coalesce", (name,), moment, moment, moment, 1, 0, 0)
        wanted = before.loc[(posting, candidate), name]
        lists = [
            matching.rank_candidates(wh, posting_id, version, limit=80),
            matching.rank_candidates(wh, posting_id, version, limit=80, exhaustive=True),
            matching.rank_postings(wh, candidate_id, version, PostingFilters(include_closed=True)),
        ]
        for ranked in lists:
            mine = ranked[(ranked.get("candidate_id") == candidate_id) | (ranked.get("posting_id") == posting_id)]
            assert np.float32(mine["score"].iloc[0]) == pytest.approx(wanted, nan_ok=True, abs=0)


class TestWhoSomebodyIs:
    PROTECTED = re.compile(
        r"\b(demographics|name|email|phone|gender|sex|age|birth\w*|race|ethnic\w*|religion|disab\w*|nationality|marital\w*"
        r"|pregnan\w*|photo|source|updated_at)\b",
        re.IGNORECASE,
    )

    @pytest.mark.parametrize(
        "name",
        [
            *sorted(f"features/{path.stem}" for path in (sqlfiles.SQL_ROOT / "features").glob("*.sql")),
            # in_use tells how many rows the load brought into each table; it reads none of them.
            *sorted(
                {f"models/{path.stem}" for path in (sqlfiles.SQL_ROOT / "models").glob("*.sql")} - {"models/in_use"}
            ),
            *sorted(f"matching/{path.stem}" for path in (sqlfiles.SQL_ROOT / "matching").glob("*retrieved*.sql")),
        ],
    )
    def test_no_statement_reads_it(self, name):
        code = re.sub(r"--[^\n]*", "", (sqlfiles.SQL_ROOT / f"{name}.sql").read_text(encoding="utf-8"))
        assert self.PROTECTED.findall(code) == []

    def test_no_feature_is_named_after_it(self):
        words = " ".join(catalogue.names()).replace("_", " ")
        assert self.PROTECTED.findall(words) == []

    def test_changing_it_changes_no_feature(self, wh, cutoff, before):
        run(
            wh,
            "UPDATE hiring.candidates SET name = 'Nurse ' || candidate_id, email = 'sql@python.example', "
            "phone = '+1', source = 'Referral', updated_at = '2001-01-01'",
            "UPDATE hiring.demographics SET value = 'changed'",
            "INSERT INTO hiring.demographics SELECT candidate_id, 'new attribute', 'x' FROM hiring.candidates",
        )
        assert_same(examples(wh, cutoff), before)
