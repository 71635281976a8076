"""What may be chosen for a training: ranges, unknown names, and the way there and back as JSON."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedded_redshift.ml import options
from jobrec_ui.errors import InputError
from jobrec_ui.features import catalogue
from jobrec_ui.models.choices import HYPERPARAMETERS, MODEL_TYPES, TREE_METHODS, TrainingChoices


def test_the_ranges_are_those_of_redshift():
    """num_round has no documented end; num_class is for objectives that this app does not use."""
    documented = {name: (one.low, one.high) for name, one in options.XGBOOST_RANGES.items() if name != "num_class"}
    assert set(HYPERPARAMETERS) == set(documented)
    for name, known in HYPERPARAMETERS.items():
        low, high = documented[name]
        assert (known.low, known.high) == (low, high) or name == "num_round"
        assert low <= known.low <= known.default <= known.high <= high
        assert known.whole == options.XGBOOST_RANGES[name].whole
    assert set(TREE_METHODS) == set(options.TREE_METHODS)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"model_type": "forest"}, "no model type 'forest'"),
        ({"hyperparameters": {"depth": 3}}, "no hyperparameter 'depth'"),
        ({"hyperparameters": {"eta": 0.05}}, "eta must be between 0.1 and 0.5, not 0.05"),
        ({"hyperparameters": {"eta": float("nan")}}, "eta must be a number"),
        ({"hyperparameters": {"eta": "0.2'); DROP"}}, "eta must be a number"),
        ({"hyperparameters": {"max_depth": 2.5}}, "max_depth must be a whole number"),
        ({"hyperparameters": {"max_depth": True}}, "max_depth must be a number"),
        ({"hyperparameters": {"eta": 0.2}, "model_type": "mlp"}, "mlp finds its own"),
        ({"tree_method": "gpu"}, "tree_method must be one of"),
        ({"tree_method": "hist", "model_type": "mlp"}, "mlp finds its own"),
        ({"cutoffs": 0}, "between 1 and 7"),
        ({"cutoffs": 8}, "between 1 and 7"),
        ({"negatives_per_positive": -1}, "between 0 and 100"),
        ({"left_out": ("name",)}, "no feature 'name'"),
        ({"left_out": tuple(catalogue.names()[1:])}, "At least 2 features"),
        ({"note": "é" * 501}, "too long"),
    ],
)
def test_what_is_refused(wrong, says):
    with pytest.raises(InputError, match=says):
        TrainingChoices(**wrong)


@given(
    model_type=st.sampled_from(sorted(MODEL_TYPES)),
    eta=st.floats(0.1, 0.5),
    depth=st.integers(0, 10),
    tree_method=st.sampled_from(TREE_METHODS),
    cutoffs=st.integers(1, 7),
    negatives=st.integers(0, 100),
    left_out=st.lists(st.sampled_from(catalogue.names()), max_size=20),
    note=st.text(max_size=100),
)
def test_there_and_back(model_type, eta, depth, tree_method, cutoffs, negatives, left_out, note):
    whole = {"colsample_bynode": 1.0} if tree_method == "exact" else {}  # exact takes no share of the columns
    of_trees = ({"eta": eta, "max_depth": depth} | whole, tree_method) if model_type == "xgboost" else ({}, "auto")
    choices = TrainingChoices(model_type, *of_trees, cutoffs, negatives, tuple(left_out), note)
    again = TrainingChoices.from_json(choices.to_json(), note)
    assert again == choices
    assert again.all_hyperparameters == choices.all_hyperparameters
    assert set(again.features).isdisjoint(left_out)
    assert len(again.features) + len(set(left_out)) == len(catalogue.names())


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"left_out": [], "hyperparameters": []}', '{"left_out": [], "age": 3}']
)
def test_what_is_no_choice(text):
    with pytest.raises(InputError, match="are JSON of a certain form"):
        TrainingChoices.from_json(text)


def test_what_differs_is_told():
    assert TrainingChoices().in_words() == []
    told = TrainingChoices(hyperparameters={"eta": 0.2, "gamma": 0.0}, cutoffs=2, left_out=("views",)).in_words()
    assert told == ["eta 0.2", "2 dates to look back from", "without views"]
