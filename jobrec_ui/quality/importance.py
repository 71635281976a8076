"""Which features move a model's predictions most, as EXPLAIN_MODEL tells it."""

import json
import re
from collections.abc import Sequence

import pandas as pd

from jobrec_ui.errors import InputError
from jobrec_ui.features import catalogue
from jobrec_ui.warehouse import Warehouse

_POSITION = re.compile(r"x(\d+)")  # Redshift may name a column by its place


def importance(wh: Warehouse, version: int) -> pd.DataFrame:
    """[feature, label, topic, share] of a version's features, the strongest first; shares add up to 1.

    Raises InputError with the reason if the warehouse has no explanation (yet), WarehouseError.
    """
    found = wh.query("quality/version", {"version": version})
    if found.empty:
        raise InputError(f"There is no version {version}.")
    names = str(found.iloc[0]["features"]).split(",")
    explained = wh.run("quality/explain_model", names={"model": found.iloc[0]["model_name"]})
    values = parse(explained.iloc[0, 0], names)
    known = catalogue.features().set_index("name")
    rows = pd.DataFrame({"feature": list(values), "weight": list(values.values())})
    rows["label"] = [known["label"].get(name, name) for name in rows["feature"]]
    rows["topic"] = [known["topic"].get(name, "other") for name in rows["feature"]]
    total = rows["weight"].sum()
    rows["share"] = rows["weight"] / total if total else 0.0
    return rows.sort_values(["share", "feature"], ascending=[False, True], ignore_index=True).drop(columns="weight")


def parse(explanation: str | None, names: Sequence[str]) -> dict[str, float]:
    """The global SHAP value of each feature from EXPLAIN_MODEL's JSON.

    Raises InputError with the reason if there are none: the warehouse then says in words how far it is.
    """
    try:
        explanations = json.loads(explanation or "{}")["explanations"]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError("The warehouse gives no explanation of this model.") from error
    if isinstance(explanations, str):
        raise InputError(f"The warehouse has no explanation of this model yet: {explanations}.")
    try:
        given = explanations["kernel_shap"]["label0"]["global_shap_values"]
        return {_named(key, names): abs(float(value)) for key, value in given.items()}
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise InputError("The warehouse explains this model in a way that this app does not know.") from error


def _named(key: str, names: Sequence[str]) -> str:
    position = _POSITION.fullmatch(key)
    return names[int(position[1])] if position and key not in names else key.lower()
