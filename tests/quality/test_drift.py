"""Drift: the index, what chance may do, what is kept at a training, the verdict and its reasons."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from jobrec_ui.features import catalogue
from jobrec_ui.quality import drift, drift_verdict, figures
from jobrec_ui.quality.drift import LOOK, NOTHING, RETRAIN, chance, psi
from jobrec_ui.warehouse import Warehouse
from tests.quality.conftest import ask
from tests.warehouse_copies import opened_copy

shares = st.lists(st.floats(0.01, 1), min_size=2, max_size=10).map(lambda parts: np.array(parts) / sum(parts))


class TestIndex:
    @given(shares=shares)
    def test_nothing_moved(self, shares):
        assert psi(shares, shares) == 0

    @given(then=shares, seed=st.integers(0, 100))
    def test_it_is_never_negative_and_the_same_both_ways(self, then, seed):
        now = np.random.default_rng(seed).permutation(then)
        assert psi(then, now) >= 0
        assert psi(then, now) == pytest.approx(psi(now, then))

    def test_by_hand(self):
        expected = 0.2 * np.log(0.7 / 0.5) + -0.2 * np.log(0.3 / 0.5)
        assert psi(np.array([0.7, 0.3]), np.array([0.5, 0.5])) == pytest.approx(expected)

    def test_an_empty_bin_does_not_make_it_infinite(self):
        assert np.isfinite(psi(np.array([1.0, 0.0]), np.array([0.0, 1.0])))

    def test_chance_exceeds_its_limit_once_in_20_times(self):
        random = np.random.default_rng(2)
        even = np.full(10, 0.1)
        limit = chance(10, 400, 900)
        beyond = [
            psi(random.multinomial(400, even) / 400, random.multinomial(900, even) / 900) > limit for _ in range(1000)
        ]
        assert 0.02 < np.mean(beyond) < 0.09


def moved(**index: float) -> pd.DataFrame:
    """What feature_drift gives, by feature; what is not named did not move."""
    names = ["score", "distance_km", "skills_met", "views"]
    return pd.DataFrame(
        {
            "feature": names,
            "label": ["Score", "Distance", "Skills met", "Postings viewed"],
            "psi": [index.get(name, 0.01) for name in names],
            "chance": 0.05,
            "missing_then": 0.1,
            "missing_now": 0.1,
        }
    )


STEADY = pd.DataFrame({"stage": ["applied", "hired"], "events_then": [900, 100], "events_now": [90, 10]}).assign(
    share_then=[0.9, 0.1], share_now=[0.9, 0.1]
)
GOES_BY = pd.DataFrame({"feature": ["distance_km", "skills_met", "views"], "share": [0.5, 0.4, 0.1]})


class TestVerdict:
    def test_nothing_moved(self):
        assert drift.verdict(moved(), STEADY, GOES_BY).state == NOTHING

    @pytest.mark.parametrize(
        ("index", "state", "word"),
        [
            ({"score": 0.3}, RETRAIN, "scores"),
            ({"score": 0.15}, LOOK, "scores"),
            ({"distance_km": 0.4}, RETRAIN, "“Distance” moved much"),
            ({"distance_km": 0.15}, LOOK, "“Distance” moved somewhat"),
            ({"views": 0.9}, NOTHING, "as they were"),  # the model hardly goes by it
            ({"score": 0.04}, NOTHING, "as they were"),
        ],
    )
    def test_what_moved(self, index, state, word):
        said = drift.verdict(moved(**index), STEADY, GOES_BY)
        assert said.state == state
        assert word in said.reasons[0]

    def test_what_chance_may_do_is_no_reason(self):
        assert drift.verdict(moved(score=0.9).assign(chance=1.0), STEADY, GOES_BY).state == NOTHING

    def test_missing_values(self):
        rows = moved(distance_km=0.09)
        rows.loc[rows["feature"] == "distance_km", "missing_now"] = 0.6
        said = drift.verdict(rows, STEADY, GOES_BY)
        assert said.state == LOOK
        assert "Distance is missing for 60% of the pairs now; it was 10%" in said.reasons[0]

    def test_what_moved_and_hardly_counts_is_told(self):
        said = drift.verdict(moved(views=0.9), STEADY, GOES_BY)
        assert said.state == NOTHING
        assert "“Postings viewed” moved, but the model goes by it for 10% only." in said.reasons[0]

    def test_other_stages(self):
        said = drift.verdict(moved(), STEADY.assign(share_now=[0.5, 0.5]), GOES_BY)
        assert (said.state, "other stages" in said.reasons[0]) == (RETRAIN, True)
        few = STEADY.assign(share_now=[0.5, 0.5], events_now=[5, 5])
        assert drift.verdict(moved(), few, GOES_BY).state == NOTHING

    def test_nothing_was_kept(self):
        said = drift.verdict(moved().head(0), STEADY, GOES_BY)
        assert (said.state, "was not kept" in said.reasons[0]) == (LOOK, True)


@pytest.fixture(scope="module")
def demo(demo_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A copy of the demo company with version 1; tests change its data."""
    with opened_copy(demo_warehouse, tmp_path_factory.mktemp("drift")) as warehouse:
        yield warehouse


class TestDemo:
    def test_bins_are_kept_once_for_each_feature_and_the_score(self, demo):
        bins = ask(demo, "SELECT * FROM app.feature_bins WHERE version = 1")
        assert set(bins["feature"]) == {*catalogue.names(), "score"}
        totals = bins.groupby("feature")[["learned_share", "judged_share"]].sum()
        assert np.allclose(totals, 1)
        drift.keep_bins(demo, 1)
        assert len(ask(demo, "SELECT * FROM app.feature_bins WHERE version = 1")) == len(bins)

    def test_the_bins_are_tenths_of_what_was_learned(self, demo):
        rows = ask(demo, "SELECT distance_km FROM training.examples WHERE NOT is_holdout AND label < 0.5")
        bins = ask(demo, "SELECT * FROM app.feature_bins WHERE version = 1 AND feature = 'distance_km' ORDER BY bin")
        values = rows["distance_km"].astype(float)
        assert len(values) <= 10_000  # of more, bins are made of a sample
        missing = bins[bins["bin"] == 0].iloc[0]
        assert missing["learned_share"] == pytest.approx(values.isna().mean())
        for row in bins[bins["bin"] > 0].itertuples():
            above = -np.inf if pd.isna(row.above) else row.above
            up_to = np.inf if pd.isna(row.up_to) else row.up_to
            assert row.learned_share == pytest.approx(((values > above) & (values <= up_to)).mean())
            assert row.learned_share < 0.2

    def test_today_is_like_the_training(self, demo):
        rows = figures.ask(demo, "feature_drift", 1)
        assert set(rows["feature"]) == {*catalogue.names(), "score"}
        assert (rows["psi"] >= 0).all()
        assert rows["missing_now"].between(0, 1).all()
        # A feature of the posting alone counts as often as there are postings.
        by_name = rows.set_index("feature")
        assert by_name.loc["skills_required", "chance"] > 3 * by_name.loc["candidate_remote", "chance"]

    def test_a_column_that_is_no_longer_loaded_is_noticed(self, demo):
        with demo.engine.begin() as connection:
            connection.execute(sa.text("UPDATE features.candidate_facts SET latitude = NULL, years_experience = NULL"))
            connection.execute(sa.text("DELETE FROM features.candidate_words"))
            connection.execute(sa.text("DELETE FROM features.candidate_terms"))
        said = drift_verdict(demo, 1)
        assert said.state != NOTHING
        assert any("missing" in reason or "moved" in reason for reason in said.reasons)

    def test_an_unknown_version(self, demo):
        assert figures.ask(demo, "feature_drift", 99).empty
        assert drift_verdict(demo, 99).state == LOOK
