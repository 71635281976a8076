"""What each feature of a pair means: its plain name, unit, a sentence, and the topic under which reasons are told.

The values themselves are computed in sql/features/pair_features.sql, the only place that does.
"""

import functools
from pathlib import Path

import pandas as pd


@functools.cache
def names() -> tuple[str, ...]:
    """The features in the order in which models take them."""
    return tuple(features()["name"])


def features() -> pd.DataFrame:
    """One row per feature: name, topic, label, unit, sentence."""
    return pd.read_csv(Path(__file__).with_name("features.csv"), dtype=str)
