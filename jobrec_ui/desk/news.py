"""What needs a recruiter today: new strong matches, lists that others changed, news of trainings and models."""

from datetime import datetime

import pandas as pd

from jobrec_ui.data.versions import DataVersion
from jobrec_ui.matching.ranking import retrieved_of
from jobrec_ui.models import Ranker
from jobrec_ui.warehouse import Warehouse

# As far down as the best of a posting are looked at.
TOP = 10


def record_visit(wh: Warehouse, username: str) -> None:
    """Writes down that the user looks in. Raises WarehouseError."""
    wh.execute("desk/news/record_visit", {"username": username})


def has_looked(wh: Warehouse, username: str) -> bool:
    """Whether the user has been shown any list of candidates. Raises WarehouseError."""
    return bool(wh.query("desk/news/has_looked", {"username": username}).iloc[0, 0])


def new_matches(wh: Warehouse, username: str, data: DataVersion, version: Ranker) -> pd.DataFrame:
    """The user's open postings, those with strong new matches first; at most eight.

    Columns: posting_id, title, company, seen_at (when its list was last shown to them), new_matches (of the best ten,
    those never shown to them), best_score (of these). Raises WarehouseError.
    """
    asked = {
        "username": username,
        "data_version": data.version,
        "model_version": version.version,
        "top": TOP,
        **retrieved_of(data.candidates, TOP),
    }
    return wh.query("desk/news/new_matches", asked, version.slots(), scores=True)


def changed_lists(wh: Warehouse, username: str, since: datetime) -> pd.DataFrame:
    """Shortlists that others changed. Raises WarehouseError.

    Columns: shortlist_id, name, changes, people (how many made them), username (one of these), changed_at.
    """
    return wh.query("desk/news/changed_lists", {"username": username, "since": since})


def model_news(wh: Warehouse, since: datetime) -> pd.DataFrame:
    """What became of model versions: version, state, username, detail, occurred_at. Raises WarehouseError."""
    return wh.query("desk/news/model_news", {"since": since})
