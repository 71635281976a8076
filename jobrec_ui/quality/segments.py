"""How well a version does for each kind of posting and candidate, with intervals over postings."""

import numpy as np
import pandas as pd

from jobrec_ui.quality import bootstrap
from jobrec_ui.quality.words import plain_numbers
from jobrec_ui.warehouse import Warehouse

_MOST = 12  # of each kind, the largest


def segments(wh: Warehouse, version: int) -> pd.DataFrame:
    """[kind, value, postings, relevant, auc, low, high, found_in_first_ten]; the largest of each kind, first.

    AUC is the mean of the postings', its interval that of draws of the postings (bootstrap), missing with few postings.
    Raises WarehouseError.
    """
    question = {"judged_for": version, "scorer": f"match_v{version}"}
    return summarise(plain_numbers(wh.query("quality/segments", question)))


def summarise(by_posting: pd.DataFrame) -> pd.DataFrame:
    """The same from one row for each posting: [kind, value, posting_id, relevant, auc, found]."""
    rows = []
    for (kind, value), of_kind in by_posting.groupby(["kind", "value"]):
        aucs = of_kind["auc"].dropna().to_numpy(dtype=float)
        if not len(aucs):
            continue
        relevant = int(of_kind["relevant"].sum())
        drawn = bootstrap.drawn(aucs, np.mean)
        low, high = (None, None) if drawn is None else bootstrap.between(drawn)
        found = float(of_kind["found"].sum()) / relevant
        rows.append((kind, value, len(of_kind), relevant, float(aucs.mean()), low, high, found))
    columns = ["kind", "value", "postings", "relevant", "auc", "low", "high", "found_in_first_ten"]
    ordered = pd.DataFrame(rows, columns=columns).sort_values(
        ["kind", "postings"], ascending=[True, False], kind="stable"
    )
    return ordered.groupby("kind", sort=False).head(_MOST).reset_index(drop=True)
