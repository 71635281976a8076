"""Lists while there is no model: sorted by likeness of words and skills, the same on a page and in a nightly file."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from jobrec_ui import matching, models
from jobrec_ui.data.load import load_tables
from jobrec_ui.matching import batches
from jobrec_ui.models import LIKENESS
from jobrec_ui.warehouse import Warehouse
from tests.features.tiny_company import CANDIDATES, EVENTS, POSTINGS, as_tables


@pytest.fixture(scope="module")
def wh(reach: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    warehouse = Warehouse(reach(tmp_path_factory.mktemp("likeness") / "warehouse.duckdb"))
    load_tables(warehouse, as_tables(POSTINGS, CANDIDATES, EVENTS))
    models.refresh_features(warehouse)
    yield warehouse
    warehouse.close()


def test_who_has_the_words_and_skills_comes_first(wh: Warehouse) -> None:
    found = matching.rank_candidates(wh, "p1", LIKENESS)
    assert found["candidate_id"].tolist()[:2] == ["c1", "c6"]  # a pastry chef who bakes; somebody who plates
    assert found["score"].is_monotonic_decreasing
    assert found["score"].between(0, 1).all()
    assert found["score"].iloc[-1] == 0  # nothing alike


def test_both_ways_and_nightly_lists_agree(wh: Warehouse, tmp_path: Path) -> None:
    shown = matching.rank_candidates(wh, "p5", LIKENESS).set_index("candidate_id")["score"]
    back = matching.rank_postings(wh, "c1", LIKENESS).set_index("posting_id")["score"]
    assert back["p5"] == pytest.approx(shown["c1"])

    file = tmp_path / "postings.csv"
    file.write_text("posting_id\np5\n")
    report = batches.rank(wh, file, tmp_path / "ranks.csv")
    ranks = pd.read_csv(tmp_path / "ranks.csv").set_index("candidate_id")
    assert "by likeness" in report.text()
    assert set(ranks["model_version"]) == {"likeness"}
    pd.testing.assert_series_equal(ranks["score"], shown, check_names=False, rtol=1e-5)
    batches.score(wh, tmp_path / "ranks.csv", tmp_path / "scores.csv")
    scores = pd.read_csv(tmp_path / "scores.csv").set_index("candidate_id")["score"]
    pd.testing.assert_series_equal(scores, shown[scores.index], check_names=False, rtol=1e-5)


@pytest.mark.parametrize("posting_id", ["p1", "p5"])
def test_reasons_add_up_to_the_score(wh: Warehouse, posting_id: str) -> None:
    shown = matching.rank_candidates(wh, posting_id, LIKENESS).set_index("candidate_id")["score"]
    explained = matching.explain_all(wh, posting_id, list(shown.index), LIKENESS)
    for candidate_id, one in explained.items():
        assert one.score == pytest.approx(shown[candidate_id])
        assert one.reasons["contribution"].sum() == pytest.approx(one.score, abs=1e-6)
        used = set(one.reasons.loc[one.reasons["contribution"].abs() > 0, "feature"])
        assert used <= {"words", "skills", "history"}
