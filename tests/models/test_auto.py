"""AUTO ON without a type, through the app from the request to a ranked list."""

from jobrec_ui import matching, models
from jobrec_ui.access.accounts import User
from jobrec_ui.models import admin as admin_actions
from jobrec_ui.quality import figures
from jobrec_ui.warehouse import Warehouse


def test_the_warehouse_finds_its_own_type(wh: Warehouse, admin: User) -> None:
    number = admin_actions.request_training(wh, admin, models.TrainingChoices(model_type="auto", cutoffs=2))
    record = models.lifecycle.finish(wh, number, poll_seconds=0.05)
    assert record.state in ("promoted", "held back"), record.detail
    assert models.lifecycle.described(wh, number).is_ready  # type: ignore[union-attr]
    if record.state == "held back":
        admin_actions.promote(wh, admin, number, "to see it")
    version = models.live_version(wh)
    assert version is not None
    assert version.version == number
    assert version.metrics["auc"] > 0.5
    posting = matching.find_postings(wh, "", 1)["posting_id"][0]
    ranked = matching.rank_candidates(wh, posting, version, limit=10)
    assert len(ranked) == 10
    assert ranked["score"].is_monotonic_decreasing
    explained = figures.on_record(wh, number).rows("importance")
    assert explained is not None
    assert explained["share"].sum() > 0.99
