"""Lists as shown, for tests of what is decided on them."""

from collections.abc import Sequence

import pandas as pd

from jobrec_ui.desk import decisions
from jobrec_ui.warehouse import Warehouse


def log_view(
    wh: Warehouse,
    username: str,
    posting_id: str,
    model_version: int,
    data_version: int,
    filters: Sequence[str],
    ranked: pd.DataFrame,
) -> decisions.LoggedView:
    """Writes down that ``ranked`` [rank, candidate_id, score] was shown."""
    view = decisions.as_shown(posting_id, model_version, ranked)
    decisions.write_views(wh, [decisions.Shown(view, username, data_version, filters, ranked)])
    return view
