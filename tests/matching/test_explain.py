"""Do the reasons tell what the model does? Held against exact SHAP values of the same model."""

import json

import numpy as np
import pandas as pd
import pytest
import xgboost as xgb
from scipy.stats import spearmanr

from jobrec_ui import matching
from jobrec_ui.features import catalogue

LISTS, ROWS, TOP = 6, 5, 5


@pytest.fixture(scope="module")
def booster(wh, version):
    """The trained model itself, out of the embedded warehouse's own table."""
    raw = wh.engine.raw_connection()
    try:
        cursor = raw.driver_connection.session.cursor
        found = cursor.execute("SELECT artifact FROM _redshift.models WHERE model_name = ?", [version.name]).fetchone()
    finally:
        raw.close()
    loaded = xgb.Booster()
    loaded.load_model(bytearray(found[0]))
    return loaded


def shap_by_topic(booster, values):
    """Exact SHAP values (Lundberg 2018, TreeSHAP) of one row of features, summed over each topic."""
    row = values.to_numpy(dtype="float32")[None]
    exact = booster.predict(xgb.DMatrix(row, feature_names=booster.feature_names), pred_contribs=True)[0]
    topics = catalogue.features().set_index("name")["topic"]
    return pd.Series(exact[:-1], index=topics[values.index]).groupby(level=0).sum().drop("posting")


@pytest.mark.embedded_only
def test_reasons_agree_with_exact_shap_values(wh, version, booster, open_postings):
    names = version.slots()
    of_the_top, of_all = [], []
    for posting_id in open_postings[:LISTS]:
        for candidate_id in matching.rank_candidates(wh, posting_id, version, limit=ROWS)["candidate_id"]:
            pair = {"posting_id": posting_id, "listed": json.dumps([candidate_id])}
            told = wh.query("matching/explain_match", pair, names)
            exact = shap_by_topic(booster, told.iloc[0][list(version.features)])
            ours = told.set_index("topic")["contribution"][exact.index]
            top = exact.abs().nlargest(TOP).index
            of_all.append(spearmanr(ours, exact).statistic)
            of_the_top.append(spearmanr(ours[top], exact[top]).statistic)
    assert len(of_the_top) == LISTS * ROWS
    assert np.median(of_the_top) > 0.8
    assert np.median(of_all) > 0.7
