"""Whether today's data are still like those on which a version was trained and judged: features, scores, stages.

Compared with the population stability index (PSI): below 0.1 little moved, from 0.25 much did. The data held out at the
training are the yardstick, since that is where we know how good the version is. Pairs of one posting are alike, so the
index is large by chance when postings are few: what chance may do is told beside it, and only what is beyond it counts.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from jobrec_ui.features import catalogue
from jobrec_ui.quality.words import plain_numbers
from jobrec_ui.warehouse import Warehouse

NOTHING, LOOK, RETRAIN = "nothing to do", "look at this", "retrain"
SOME, MUCH = 0.1, 0.25
_SMALLEST_SHARE = 1e-4  # an empty bin must not make the index infinite
_MISSING_STEP = 0.2
_FEW_EVENTS = 50


@dataclass(frozen=True)
class Verdict:
    """``state`` is NOTHING, LOOK or RETRAIN; ``reasons`` are sentences, the weightiest first, never none."""

    state: str
    reasons: tuple[str, ...]


def keep_bins(wh: Warehouse, version: int) -> None:
    """Keeps how features and scores are spread at the training of ``version``, while its examples are there.

    Once for a version; without examples or scores nothing is kept. Raises WarehouseError.
    """
    with wh.transaction() as tx:
        tx.execute("quality/keep_bins", {"version": version}, {"features": catalogue.names()})
        tx.execute("quality/keep_score_bins", {"version": version, "scorer": f"match_v{version}"})


def feature_drift(wh: Warehouse, version: int, about: pd.DataFrame) -> pd.DataFrame:
    """One row per feature and for the score, what moved most first.

    [feature, label, psi, chance, learned_psi, missing_then, missing_now, pairs, postings]; ``chance`` is what the index
    hardly exceeds when nothing moved, ``learned_psi`` the index against all it learned from. ``about`` has
    [score_function, features] of the version; it is empty if there is none.
    Raises WarehouseError.
    """
    if about.empty:
        return _by_feature(pd.DataFrame())
    slots = {
        "schema": "features",
        "features": catalogue.names(),
        "model_features": tuple(about.iloc[0]["features"].split(",")),
        "score_function": about.iloc[0]["score_function"],
    }
    return _by_feature(plain_numbers(wh.query("quality/feature_drift", {"version": version}, slots, scores=True)))


def with_shares(stages: pd.DataFrame) -> pd.DataFrame:
    """[stage, stage_order, events_then, events_now] with the shares of the events, share_then and share_now."""
    rows = stages.astype({"stage_order": "int64", "events_then": "int64", "events_now": "int64"})
    for period in ("then", "now"):
        events = rows[f"events_{period}"].astype(float)
        rows[f"share_{period}"] = events / events.sum() if events.sum() else 0.0
    return rows


def psi(then: np.ndarray, now: np.ndarray) -> float:
    """Population stability index of two lists of shares of the same bins: the sum of (a - b) ln(a / b).

    From Siddiqi, Credit Risk Scorecards (2006), as are the limits SOME and MUCH; it is Jeffreys' divergence.
    """
    a, b = (np.maximum(np.asarray(shares, dtype=float), _SMALLEST_SHARE) for shares in (then, now))
    return float(((a - b) * np.log(a / b)).sum())


def chance(bins: int, weight_then: float, weight_now: float) -> float:
    """What the index of two samples of the same data exceeds once in 20 times.

    The index is then about (1/n + 1/m) times a chi-squared of bins - 1 degrees of freedom (Yurdakul, Statistical
    Properties of the Population Stability Index, 2018); its quantile by Wilson and Hilferty (1931).
    """
    freedom = bins - 1
    if freedom < 1 or weight_then <= 0 or weight_now <= 0:
        return 0.0
    quantile = freedom * (1 - 2 / (9 * freedom) + 1.645 * np.sqrt(2 / (9 * freedom))) ** 3
    return float(quantile * (1 / weight_then + 1 / weight_now))


def verdict(moved: pd.DataFrame, stages: pd.DataFrame, explained: pd.DataFrame | None) -> Verdict:
    """From what feature_drift and with_shares give, and how much the model goes by each feature.

    ``explained`` has [feature, share]; without it the model goes by all the same.
    """
    if explained is None:
        shares = pd.Series(1 / len(catalogue.names()), index=list(catalogue.names()))
    else:
        shares = explained.set_index("feature")["share"]
    retrain: list[str] = []
    look: list[str] = []
    beyond = moved[moved["psi"] > moved["chance"]] if len(moved) else moved
    if moved.empty:
        look.append("How the data looked at the training was not kept, or there are no postings now.")
    score = beyond[beyond["feature"] == "score"]
    if len(score) and score.iloc[0]["psi"] >= SOME:
        index = score.iloc[0]["psi"]
        (retrain if index >= MUCH else look).append(
            f"The scores are spread differently than when it was judged (PSI {index:.2f})."
        )
    for limit, share_limit, list_of_reasons in ((MUCH, 0.25, retrain), (SOME, 0.25, look)):
        names = beyond[(beyond["psi"] >= limit) & (beyond["feature"] != "score")]
        share = float(shares.reindex(names["feature"]).fillna(0).sum())
        if len(names) and share >= share_limit:
            list_of_reasons.append(
                f"{_listed(names['label'])} moved {'much' if limit == MUCH else 'somewhat'}; "
                f"the model goes by {'them' if len(names) > 1 else 'it'} for {share:.0%}."
            )
            break
    steps = beyond[(beyond["missing_now"] - beyond["missing_then"]).abs() >= _MISSING_STEP]
    steps = steps[shares.reindex(steps["feature"]).fillna(0).to_numpy() >= 0.01]
    for row in steps.head(3).itertuples():
        look.append(
            f"{row.label} is missing for {row.missing_now:.0%} of the pairs now; it was {row.missing_then:.0%}: "
            "was something loaded differently?"
        )
    if len(stages) and min(stages["events_then"].sum(), stages["events_now"].sum()) >= _FEW_EVENTS:
        index = psi(stages["share_then"].to_numpy(), stages["share_now"].to_numpy())
        if index >= SOME:
            (retrain if index >= MUCH else look).append(f"Candidates reach other stages than before (PSI {index:.2f}).")
    if retrain:
        return Verdict(RETRAIN, (*retrain, *look))
    if look:
        return Verdict(LOOK, tuple(look))
    names = beyond[beyond["psi"] >= SOME]
    if names.empty:
        return Verdict(NOTHING, ("Features, scores and stages are as they were when this version was judged.",))
    share = float(shares.reindex(names["feature"]).fillna(0).sum())
    return Verdict(
        NOTHING,
        (
            "Scores and stages are as they were when this version was judged. "
            f"{_listed(names['label'])} moved, but the model goes by {'them' if len(names) > 1 else 'it'} for "
            f"{share:.0%} only.",
        ),
    )


def _by_feature(bins: pd.DataFrame) -> pd.DataFrame:
    labels = catalogue.features().set_index("name")["label"]
    rows = []
    for feature, one in bins.groupby("feature") if len(bins) else ():
        missing = one[one["bin"] == 0]
        first = one.iloc[0]
        rows.append(
            (
                feature,
                "Score" if feature == "score" else labels.get(feature, feature),
                psi(one["judged_share"].to_numpy(), one["now_share"].to_numpy()),
                chance(len(one), float(first["judged_weight"]), float(first["now_weight"])),
                psi(one["learned_share"].to_numpy(), one["now_share"].to_numpy()),
                float(missing["judged_share"].sum()),
                float(missing["now_share"].sum()),
                int(first["now_pairs"]),
                int(first["now_postings"]),
            )
        )
    columns = ["feature", "label", "psi", "chance", "learned_psi", "missing_then", "missing_now", "pairs", "postings"]
    return pd.DataFrame(rows, columns=columns).sort_values("psi", ascending=False, ignore_index=True)


def _listed(labels: pd.Series) -> str:
    shown = [f"“{label}”" for label in labels.head(3)]
    more = len(labels) - len(shown)
    return ", ".join(shown) + (f" and {more} more features" if more else "")
