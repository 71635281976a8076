"""SHOW MODEL as recorded in AWS's documentation and in books, and what may differ from it."""

from datetime import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobrec_ui.warehouse.show_model import UNKNOWN_REASON, describe

XGBOOST = """
Model Name                | model_banknoteauthentication_xgboost_binary
Schema Name               | public
Owner                     | awsuser
Creation Time             | Tue, 21.06.2022 19:07:35
Model State               | READY
train:error               |                                         0.000000
Estimated Cost            |                                         0.006197
                          |
TRAINING DATA:            |
Query                     | SELECT *
                          | FROM "BANKNOTEAUTHENTICATION_TRAIN"
Target Column             | CLASS
                          |
PARAMETERS:               |
Model Type                | xgboost
Training Job Name         | redshiftml-20220621190735686935-xgboost
Function Name             | func_model_banknoteauthentication_xgboost_binary
Function Parameters       | variance skewness curtosis entropy
Function Parameter Types  | float8 float8 float8 float8
IAM Role                  | default-aws-iam-role
S3 Bucket                 | DOC-EXAMPLE-BUCKET
Max Runtime               |                                             5400
                          |
HYPERPARAMETERS:          |
num_round                 |                                              100
objective                 | binary:logistic
"""

AUTO = """
Model Name                | human_vs_machine
Schema Name               | race
Owner                     | model_create_user
Creation Time             | Tue, 12.12.2023 05:10:15
Model State               | READY
Training Job Status       | MaxAutoMLJobRuntimeReached
validation:f1_binary      | 0.93432
Estimated Cost            | 20.805736
                          |
TRAINING DATA:            |
Table                     | race.speed_training
Target Column             | HUMAN_WIN_Y_N
                          |
PARAMETERS:               |
Model Type                | xgboost
Problem Type              | BinaryClassification
Objective                 | F1
AutoML Job Name           | redshiftml-20230114201510598817
Function Name             | fnc_will_human_win
                          | fnc_will_human_win_prob
Function Parameters       | city machine_distance human_distance
                          | weather road_condition machine_speed
                          | human_speed
Function Parameter Types  | varchar numeric numeric
                          | varchar varchar numeric
                          | numeric
IAM Role                  | default-aws-iam-role
S3 Bucket                 | my_ml_bucket
Max Runtime               | 3800
"""

# What somebody sees who may execute the model and does not own it.
NOT_OWNER = """
Model Name                | customer_churn
Schema Name               | public
Owner                     | 'owner'
Creation Time             | Sat, 15.01.2000 14:45:20
Model State               | TRAINING
                          |
TRAINING DATA:            |
Table                     | customer_data
Target Column             | CHURN
                          |
PARAMETERS:               |
Model Type                | auto
Problem Type              |
Objective                 |
Function Name             | predict_churn
Function Parameters       | age zip average_daily_spend
Function Parameter Types  | int int float
Max Runtime               | 36000
"""


def rows(text: str) -> list[list[str]]:
    return [[cell.strip(" ") for cell in line.split("|", 1)] for line in text.strip("\n").splitlines()]


def test_xgboost_without_auto():
    model = describe(rows(XGBOOST))
    assert (model.schema, model.name, model.owner) == (
        "public", "model_banknoteauthentication_xgboost_binary", "awsuser",
    )  # fmt: skip
    assert model.is_ready
    assert not model.has_failed
    assert model.created_at == datetime(2022, 6, 21, 19, 7, 35)
    assert model.metrics == {"train:error": 0.0}
    assert model.estimated_cost == 0.006197
    assert model.query == 'SELECT *\nFROM "BANKNOTEAUTHENTICATION_TRAIN"'
    assert model.target == "CLASS"
    assert model.job_name == "redshiftml-20220621190735686935-xgboost"
    assert model.functions == ("func_model_banknoteauthentication_xgboost_binary",)
    assert model.probability_function is None
    assert dict(model.parameters) == dict.fromkeys(("variance", "skewness", "curtosis", "entropy"), "float8")
    assert (model.iam_role, model.s3_bucket, model.kms_key) == ("default-aws-iam-role", "DOC-EXAMPLE-BUCKET", "")
    assert model.max_runtime == 5400
    assert model.hyperparameters == {"num_round": "100", "objective": "binary:logistic"}


def test_auto_has_a_second_function_and_lists_over_several_rows():
    model = describe(rows(AUTO))
    assert model.probability_function == "race.fnc_will_human_win_prob"
    assert list(model.parameters) == [
        "city", "machine_distance", "human_distance", "weather", "road_condition", "machine_speed", "human_speed",
    ]  # fmt: skip
    assert list(model.parameters.values())[2:4] == ["numeric", "varchar"]
    assert model.metrics == {"validation:f1_binary": 0.93432}
    assert model.job_status == "MaxAutoMLJobRuntimeReached"
    assert model.is_ready
    assert model.query == "race.speed_training"


def test_who_does_not_own_a_model_sees_less_of_it():
    model = describe(rows(NOT_OWNER))
    assert (model.iam_role, model.s3_bucket, model.estimated_cost, model.problem_type) == ("", "", None, "")
    assert model.owner == "owner"
    assert not model.is_ready
    assert not model.has_failed


def test_cells_are_padded_and_may_be_missing():
    frame = pd.DataFrame(
        [[key.ljust(128) or None, value.ljust(256) if value else None] for key, value in rows(AUTO)],
        columns=["KEY", "VALUE"],
    )
    assert describe(frame) == describe(rows(AUTO))


@pytest.mark.parametrize("key", ["Failure Reason", "Error Message", "Failed Reason", "Training Failure", "message"])
def test_the_reason_of_a_failure_is_found_whatever_its_key(key):
    shown = [["Model Name", "m"], ["Model State", "FAILED "], ["train:error", "0.5"], [key, "No access to"], ["", "S3"]]
    model = describe(shown)
    assert model.has_failed
    assert model.reason == "No access to S3"


def test_a_failure_without_a_reason_says_where_to_look():
    assert describe([["Model State", "FAILED"], ["train:error", "0.5"]]).reason == UNKNOWN_REASON


@pytest.mark.parametrize("state", ["UNDER REFRESH", "Train Model On SageMaker In Progress", "", "COMPILING"])
def test_unknown_states_are_neither_ready_nor_failed(state):
    model = describe([["Model Name", "m"], ["Model State", state]])
    assert model.state == state.upper()
    assert not model.is_ready
    assert not model.has_failed


def test_a_blank_line_in_a_query_does_not_end_it():
    shown = [["TRAINING DATA:", ""], ["Query", "SELECT a"], ["", ""], ["", "FROM t"], ["Target Column", "A"]]
    assert describe(shown).query == "SELECT a\nFROM t"


@given(st.lists(st.tuples(st.none() | st.text(max_size=20), st.none() | st.text(max_size=20)), max_size=30))
def test_nothing_printed_breaks_it(shown):
    assert describe(shown).name == describe(pd.DataFrame(shown, columns=["k", "v"], dtype=object)).name


def test_long_names_mixed_case_and_other_schemas_come_as_they_are():
    name, function = "M" + "x" * 126, "Score_" + "y" * 121
    shown = [
        ["Model Name", name.ljust(128)], ["Schema Name", "Hiring_ML"], ["Model State", "READY"], ["PARAMETERS:", ""],
        ["Function Name", function], ["", f"{function[:113]}_probabilities"],
        ["Function Parameters", "Own_Similarity b"],
        ["Function Parameter Types", "float4 float8"],
    ]  # fmt: skip
    model = describe(shown)
    assert (model.name, model.schema, model.functions[0]) == (name, "Hiring_ML", function)
    assert model.probability_function == f"Hiring_ML.{function[:113]}_probabilities"
    assert dict(model.parameters) == {"Own_Similarity": "float4", "b": "float8"}
