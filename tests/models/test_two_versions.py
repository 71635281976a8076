"""Two versions that serve at the same time: what is compared is what recruiters did, and nightly lists share alike."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa
from scipy.stats import bootstrap

from jobrec_ui import matching, models
from jobrec_ui.access.accounts import User
from jobrec_ui.desk import decisions
from jobrec_ui.matching import batches
from jobrec_ui.models import admin as admin_actions
from jobrec_ui.models import experiment
from jobrec_ui.models.experiment import Figure
from jobrec_ui.warehouse import Warehouse
from tests.shown_lists import log_view

CHALLENGER = 2


@pytest.fixture
def serving(wh: Warehouse, admin: User) -> models.Serving:
    """Version 2 serves half of the postings."""
    admin_actions.set_share(wh, admin, CHALLENGER, 0.5, "try it")
    now = models.serving(wh)
    assert now is not None
    return now


def look_and_shortlist(wh: Warehouse, posting: str, ranks: tuple[int, ...]) -> int:
    """A recruiter opens a posting's list and shortlists who is at these ranks. Returns the version that had ranked."""
    version = models.version_for(wh, posting)
    assert version is not None
    listed = matching.rank_candidates(wh, posting, version, limit=12)
    view = log_view(wh, "rob", posting, version.version, 1, [], listed)
    for rank in ranks:
        decisions.decide(wh, "rob", decisions.SHORTLISTED, [listed["candidate_id"][rank - 1]], view)
    return version.version


def later(wh: Warehouse, posting: str, hours: float) -> None:
    """The decisions on a posting were made so many hours after they were."""
    with wh.engine.begin() as connection:
        moved = (
            "UPDATE app.decisions SET decided_at = DATEADD(SECOND, :seconds, decided_at) WHERE posting_id = :posting"
        )
        connection.execute(sa.text(moved), {"seconds": round(3600 * hours), "posting": posting})


def test_what_recruiters_did_with_both(wh: Warehouse, serving: models.Serving) -> None:
    """Counted and drawn again by hand, from what was clicked."""
    postings = list(matching.find_postings(wh, "", 24)["posting_id"])
    counts, hours = defaultdict(list), defaultdict(list)
    for number, posting in enumerate(postings):
        # Of the challenger's lists one more is taken; now and then nobody; rank 11 is not among the first ten.
        ranks = ((), (1,), (2, 11), (11,))[number % 4]
        if serving.version_for(posting) == CHALLENGER:
            ranks += (5,)
        version = look_and_shortlist(wh, posting, ranks)
        later(wh, posting, 1 + number % 5)
        counts[version].append(sum(rank <= 10 for rank in ranks))
        hours[version] += [1.0 + number % 5] if ranks else []
    look_and_shortlist(wh, postings[0], ())  # looked at twice, it counts once
    taken = wh.query("desk/decisions/own_decision", {"event_id": undo_one(wh, postings[1]), "username": "rob"})
    assert taken.empty  # what was taken back counts for nothing
    of_undone = serving.version_for(postings[1])
    counts[of_undone][sum(serving.version_for(one) == of_undone for one in postings[:1])] -= 1
    if of_undone == 1:
        hours[1].remove(2.0)

    found = experiment.compare(wh, serving)
    assert found is not None
    for side, version in ((found.live, 1), (found.challenger, CHALLENGER)):
        assert min(len(counts[version]), len(hours[version])) >= experiment.bootstrap.MIN_VALUES
        assert (side.version, side.postings) == (version, len(counts[version]))
        assert side.waiting == len(counts[version]) - len(hours[version])
        assert side.shortlisted.value == pytest.approx(np.mean(counts[version]))
        assert side.hours.value == pytest.approx(np.median(hours[version]), abs=0.01)
        agrees(side.shortlisted, np.mean, counts[version])
        agrees(side.hours, np.median, hours[version])
    less = found.shortlisted_difference
    assert less.value == pytest.approx(np.mean(counts[CHALLENGER]) - np.mean(counts[1]))
    agrees(less, lambda a, b, axis: np.mean(a, axis=axis) - np.mean(b, axis=axis), counts[CHALLENGER], counts[1])
    assert found.hours_difference.value == pytest.approx(np.median(hours[CHALLENGER]) - np.median(hours[1]), abs=0.01)


def undo_one(wh: Warehouse, posting: str) -> str:
    """Takes back what was shortlisted at rank 1 of a posting."""
    with wh.engine.connect() as connection:
        asked = "SELECT event_id FROM app.decisions WHERE posting_id = :posting AND rank = 1"
        event_id = str(connection.execute(sa.text(asked), {"posting": posting}).scalar())
    assert decisions.undo(wh, "rob", event_id) == 1
    return event_id


def agrees(figure: Figure, statistic, *samples: list[float]) -> None:
    """The interval is SciPy's, as far as draws of one are those of another."""
    drawn = bootstrap(samples, statistic, method="percentile", paired=False, rng=np.random.default_rng(3))
    expected = drawn.confidence_interval
    assert figure.interval == pytest.approx(
        (expected.low, expected.high), abs=0.25 * (expected.high - expected.low) + 0.01
    )


def test_nightly_lists_share_alike(
    wh: Warehouse, serving: models.Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used, slots = [], models.ModelVersion.slots

    def noting(version: models.ModelVersion) -> dict[str, str | float | Sequence[str]]:
        used.append(version.name)
        return slots(version)

    monkeypatch.setattr(models.ModelVersion, "slots", noting)
    postings = list(matching.find_postings(wh, "", 12)["posting_id"])
    asked, ranked, scored = tmp_path / "postings.csv", tmp_path / "ranked.csv", tmp_path / "scored.csv"
    pd.DataFrame({"posting_id": postings}).to_csv(asked, index=False)
    report = batches.rank(wh, asked, ranked, top=3)
    lists = pd.read_csv(ranked, dtype=str)
    assert (report.version, report.without_result) == ("match_v1 and match_v2", 0)
    serves = {posting: serving.version_for(posting) for posting in postings}
    assert set(serves.values()) == {1, CHALLENGER}
    assert dict(zip(lists["posting_id"], lists["model_version"], strict=True)) == {
        posting: f"match_v{version}" for posting, version in serves.items()
    }
    batches.score(wh, ranked, scored)
    scores = pd.read_csv(scored, dtype=str)
    both = lists.merge(scores, on=["posting_id", "candidate_id"])
    assert len(both) == len(lists) == len(scores)
    assert both["score_x"].astype(float).to_numpy() == pytest.approx(both["score_y"].astype(float).to_numpy(), abs=1e-6)
    assert set(used) == {"match_v1", "match_v2"}  # each scored its own
