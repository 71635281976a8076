"""The panels' data against scikit-learn and plain Python, their charts, words and files; outcomes of events."""

import json
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import sqlalchemy as sa
from scipy.stats import bootstrap
from sklearn.calibration import calibration_curve
from sklearn.metrics import roc_auc_score, roc_curve

from jobrec_ui.errors import InputError
from jobrec_ui.features import catalogue
from jobrec_ui.quality import figures, measure, words
from jobrec_ui.quality.importance import parse
from jobrec_ui.quality.measure import difference
from jobrec_ui.quality.panels import OUTCOMES, PANELS, outcome_sentence
from tests.quality.conftest import ask

POSTINGS, LISTED = 24, 40


def change(wh, sql, rows=()):
    with wh.engine.begin() as connection:
        for row in rows or [{}]:
            connection.execute(sa.text(sql), row)


def insert(wh, table, rows):
    """Many rows at once."""
    columns = ", ".join(rows)
    with wh.transaction() as tx:
        tx.stage("rows", pa.Table.from_pandas(rows, preserve_index=False))
        tx.connection.execute(sa.text(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM staging.rows"))


@pytest.fixture(scope="module")
def scores():
    """A holdout: 24 postings with 40 candidates each, scored by a model, its champion and chance."""
    random = np.random.default_rng(4)
    rows = pd.DataFrame(
        {
            "posting_id": np.repeat([f"P{number:02}" for number in range(POSTINGS)], LISTED),
            "candidate_id": [f"C{number:04}" for number in range(POSTINGS * LISTED)],
        }
    )
    relevant = random.random(len(rows)) < 0.2
    relevant[::LISTED] = True
    rows["label"] = np.where(relevant, 0.8, 0.0)
    own = rows.assign(scorer="match_v7", score=1 / (1 + np.exp(1 - 2 * relevant - random.normal(size=len(rows)))))
    before = rows.assign(scorer="match_v6", score=1 / (1 + np.exp(1 - relevant - random.normal(size=len(rows)))))
    return pd.concat([own, before, rows.assign(scorer="random", score=random.integers(0, 20, len(rows)) / 19)])


@pytest.fixture(scope="module")
def version(empty, scores):
    """Version 7, with its postings and this holdout."""
    insert(empty, "app.holdout_scores", scores.assign(judged_for=7))
    change(
        empty,
        "INSERT INTO app.model_versions (version, model_name, score_function, features, data_version, examples, "
        "positives, holdout_examples, holdout_positives, history_from, holdout_from, holdout_to, requested_by, "
        "requested_at) VALUES "
        "(7, 'ml.match_v7', 'ml.match_v7_score', 'views', 1, 1000, 90, 960, 200, '2025-01-01', '2026-05-01', "
        "'2026-06-30', 'an admin', '2026-07-01')",
    )
    change(
        empty,
        "INSERT INTO hiring.postings (posting_id, title, area, seniority) VALUES (:id, 'a title', :area, 'senior')",
        [{"id": f"P{number:02}", "area": "Nursing" if number < 20 else "Cooking"} for number in range(POSTINGS)],
    )
    known = pd.DataFrame({"candidate_id": [f"C{number:04}" for number in range(0, 960, 2)]})
    known["occurred_at"] = datetime(2026, 4, 1)
    known.loc[len(known)] = ["C0001", datetime(2026, 5, 2)]  # after the holdout began: still new
    insert(empty, "hiring.interactions", known.assign(posting_id="P00", stage="applied"))
    measure(empty, 7, "match_v6")
    return 7


def test_two_versions_that_were_judged_apart(empty, version, scores):
    """On the same postings the difference is the one that was measured side by side; others do not count."""
    apart = pd.concat([of(scores, "match_v6"), of(scores, "match_v6").assign(posting_id="elsewhere")])
    insert(empty, "app.holdout_scores", apart[list(scores)].assign(judged_for=6))
    mine = difference(empty, 7, 6).set_index("metric")
    beside = ask(empty, "SELECT * FROM app.model_metrics WHERE judged_for = 7 AND scorer = 'match_v7'").set_index(
        "metric"
    )
    assert set(mine.index) == set(beside.index)
    for column in ("difference", "difference_low", "difference_high", "postings"):
        assert mine[column].to_dict() == pytest.approx(beside[column].to_dict()), column
    assert difference(empty, 7, 99).empty


def of(scores, scorer="match_v7"):
    rows = scores[scores["scorer"] == scorer]
    return rows.assign(relevant=rows["label"] >= 0.5)


def test_depths_agree_with_the_metrics(empty, version):
    curve = PANELS["recall"].load(empty, version).set_index(["scorer", "depth"])
    metrics = ask(empty, "SELECT * FROM app.model_metrics WHERE judged_for = 7").set_index(["scorer", "metric"])[
        "value"
    ]
    for scorer in ("match_v7", "match_v6", "random"):
        for depth in (5, 10, 20):
            row = curve.loc[(scorer, depth)]
            assert row["recall"] == pytest.approx(metrics[(scorer, f"recall_at_{depth}")])
            assert row["precision_at_depth"] == pytest.approx(metrics[(scorer, f"precision_at_{depth}")])
    assert curve.loc[("match_v7", 40), "recall"] == 1  # the whole list


def test_the_roc_curve_lies_on_scikit_learns(empty, version, scores):
    curve = PANELS["roc"].load(empty, version)
    for scorer in ("match_v7", "random"):
        rows, mine = of(scores, scorer), curve[curve["scorer"] == scorer]
        assert len(mine) <= 200
        fpr, tpr, _ = roc_curve(rows["relevant"], rows["score"], drop_intermediate=False)
        points = set(zip(fpr.round(9), tpr.round(9), strict=True))
        assert set(zip(mine["false_alarms"].round(9), mine["found"].round(9), strict=True)) <= points
        area = np.trapezoid([0, *mine["found"]], [0, *mine["false_alarms"]])
        assert area == pytest.approx(roc_auc_score(rows["relevant"], rows["score"]), abs=0.01)
        above = rows["score"].to_numpy()[:, None] >= mine["threshold"].to_numpy()
        precision = (above & rows["relevant"].to_numpy()[:, None]).sum(axis=0) / above.sum(axis=0)
        assert mine["precision_above"].tolist() == pytest.approx(precision.tolist())


def test_calibration_is_scikit_learns(empty, version, scores):
    rows, mine = of(scores), PANELS["calibration"].load(empty, version)
    assert set(mine["scorer"]) == {"match_v7", "match_v6"}  # chance gives no probability
    mine = mine[mine["scorer"] == "match_v7"]
    share, said = calibration_curve(rows["relevant"], rows["score"], n_bins=10)
    assert mine["relevant_share"].tolist() == pytest.approx(share.tolist())
    assert mine["mean_score"].tolist() == pytest.approx(said.tolist())
    assert (mine["low"] <= mine["relevant_share"]).all()
    assert (mine["relevant_share"] <= mine["high"]).all()


def test_lift_by_hand(empty, version, scores):
    rows = of(scores)
    place = rows.groupby("posting_id")["score"].rank(ascending=False)
    tenth = np.ceil(place * 10 / LISTED)
    expected = rows["relevant"].groupby(tenth).mean() / rows["relevant"].mean()
    mine = PANELS["lift"].load(empty, version)
    mine = mine[mine["scorer"] == "match_v7"]
    assert mine["lift"].tolist() == pytest.approx(expected.tolist())
    assert mine["found_so_far"].iloc[-1] == pytest.approx(1)


def test_segments_by_hand(empty, version, scores):
    rows = of(scores)
    mine = PANELS["segments"].load(empty, version).set_index(["kind", "value"])
    aucs = rows.groupby("posting_id").apply(lambda one: roc_auc_score(one["relevant"], one["score"]))
    nursing = aucs[aucs.index < "P20"]
    row = mine.loc[("area", "Nursing")]
    assert (row["postings"], row["relevant"]) == (20, of(scores).query("posting_id < 'P20'")["relevant"].sum())
    assert row["auc"] == pytest.approx(nursing.mean())
    draws = bootstrap((nursing,), np.mean, method="percentile", rng=np.random.default_rng(1)).confidence_interval
    assert (row["low"], row["high"]) == pytest.approx((draws.low, draws.high), abs=0.003)
    assert mine.loc[("area", "Cooking"), ["low", "high"]].isna().all()  # four postings: no interval
    assert mine.loc[("seniority", "senior"), "auc"] == pytest.approx(aucs.mean())
    known = rows[rows["relevant"] & (rows["candidate_id"].str[1:].astype(int) % 2 == 0)]
    assert mine.loc[("candidate", "known"), "relevant"] == len(known)
    assert "too few to read much into it" in PANELS["segments"].alt(mine.reset_index(), "Area of work")


def test_scores_by_outcome(empty, version, scores):
    mine = PANELS["scores_by_outcome"].load(empty, version)
    assert mine["count"].sum() == POSTINGS * LISTED
    assert mine.groupby("name")["share"].sum().tolist() == pytest.approx([1, 1])
    assert mine["name"].iloc[0].startswith("Applied (")
    assert mine["name"].iloc[-1].startswith("Nothing happened (")


@pytest.mark.parametrize("key", sorted(set(PANELS) - {"drift", "stages", "importance", "outcomes"}))
def test_every_panel_has_a_chart_words_and_a_file(empty, version, key):
    panel = PANELS[key]
    rows = panel.load(empty, version)
    assert not rows.empty
    assert set(panel.columns) <= set(rows)
    for view in panel.views(rows):
        assert panel.chart(rows, view).to_dict()["$schema"]
        assert len(panel.alt(rows, view)) > 20


def test_the_sentence_on_top(empty, version):
    metrics = figures.on_record(empty).metrics
    said = words.summary(metrics, 7)
    own = metrics.set_index(["scorer", "metric"])["value"][("match_v7", "precision_at_10")] * 10
    assert f"the live model (version 7) lists for a posting, **{own:.1f}** on average" in said
    assert "version 6, live then, gets" in said
    assert "24 postings that were opened between 1 May 2026 and 30 Jun 2026" in said
    assert (
        words.comparison(metrics, 7) == "It is better than the version before, and chance alone would hardly do that."
    )
    assert "was not judged" in words.summary(metrics, 8)
    assert words.comparison(metrics, 8) is None


class TestOutcomes:
    @pytest.fixture(scope="class")
    def rows(self, empty):
        """Ten candidates shown on one list of version 3, some again further down on a second one."""
        now = datetime.now()
        lists = [("a", now - timedelta(days=80), 3), ("b", now - timedelta(days=10), 3)]
        change(
            empty,
            "INSERT INTO app.lists_shown (view_id, shown_at, username, posting_id, model_version, data_version, "
            "filters) VALUES (:view, :at, 'recruiter', :posting, :version, 1, '{}')",
            [{"view": view, "at": at, "posting": f"O{view}", "version": version} for view, at, version in lists],
        )
        change(
            empty,
            "INSERT INTO app.list_rows_shown (view_id, rank, candidate_id, score) VALUES (:view, :rank, :id, 0.5)",
            [{"view": view, "rank": rank, "id": f"D{rank}"} for view, _, _ in lists for rank in range(1, 8)],
        )
        decided = now - timedelta(days=5)
        events = [
            ("e1", "Oa", "D1", "shortlisted", None, None),
            ("e2", "Oa", "D1", "stage", "Hired", None),
            ("e3", "Oa", "D2", "shortlisted", None, None),
            ("e4", "Oa", "D3", "shortlisted", None, None),
            ("e5", "Oa", "D3", "undone", None, "e4"),
            ("e6", "Ob", "D6", "contacted", None, None),
        ]
        names = ("event", "posting", "id", "decision", "stage", "undoes")
        change(
            empty,
            "INSERT INTO app.decisions (event_id, decided_at, username, posting_id, candidate_id, decision, stage, "
            "undoes) VALUES (:event, :at, 'recruiter', :posting, :id, :decision, :stage, :undoes)",
            [dict(zip(names, event, strict=True), at=decided) for event in events],
        )
        change(
            empty,
            "INSERT INTO hiring.interactions (posting_id, candidate_id, stage, occurred_at) "
            "VALUES ('Oa', :id, :stage, :at)",
            [
                {"id": "D4", "stage": "rejected", "at": now - timedelta(days=70)},
                {"id": "D5", "stage": "hired", "at": now - timedelta(days=90)},  # before the list was shown
            ],
        )
        return OUTCOMES.load(empty, 3).set_index(["band", "state"])

    def test_every_candidate_has_one_state(self, rows):
        assert rows["candidates"].to_dict() == {
            (1, "hired"): 1,
            (1, "in process"): 1,
            (1, "ended"): 1,
            (1, "passed over"): 2,  # one shortlisted, and taken back; one whose hiring came before
            (1, "waiting"): 5,
            (2, "passed over"): 2,
            (2, "in process"): 1,
            (2, "waiting"): 1,
        }

    def test_it_is_said_how_many_are_open(self, rows):
        said = outcome_sentence(rows.reset_index(), "Version 3")
        assert "14 candidates were shown; 3 shortlisted or contacted, 1 hired" in said
        assert "Of 8 the end is still open" in said
        told = OUTCOMES.alt(rows.reset_index(), "Version 3")
        assert said in told
        assert "Rank 6 to 10: 1 in process, 1 waiting, 2 passed over; 1 shortlisted or contacted." in told


class TestExplanation:
    def told(self, values):
        shap = {"label0": {"global_shap_values": values, "expected_value": 0.2}}
        return json.dumps({"version": "1.0", "explanations": {"kernel_shap": shap}})

    def test_by_name_or_by_place(self):
        names = catalogue.names()[:2]
        assert parse(self.told({"OWN_SIMILARITY": 0.3, "x1": -0.1}), names) == {names[0]: 0.3, names[1]: 0.1}

    @pytest.mark.parametrize(
        ("explanation", "reason"),
        [
            ('{"explanations": "waiting for training job to complete"}', "yet: waiting for training job to complete"),
            ('{"explanations": {"kernel_shap": {}}}', "in a way that this app does not know"),
            ("no JSON", "gives no explanation"),
            (None, "gives no explanation"),
        ],
    )
    def test_what_is_no_explanation(self, explanation, reason):
        with pytest.raises(InputError, match=reason):
            parse(explanation, ["views"])
