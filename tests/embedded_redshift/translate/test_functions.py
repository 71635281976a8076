"""The list of Redshift's functions, and the table of those that the embedded warehouse has."""

from __future__ import annotations

from importlib import resources

import pytest

from embedded_redshift.translate.calls import REDSHIFT_FUNCTIONS
from embedded_redshift.translate.functions import FUNCTIONS


def test_the_list_is_sorted_and_names_its_source() -> None:
    lines = (
        resources.files("embedded_redshift.translate").joinpath("redshift_functions.txt").read_text("utf-8").split("\n")
    )
    names = [line for line in lines if line and not line.startswith("#")]
    assert "docs.aws.amazon.com/redshift" in lines[1]
    assert names == sorted(set(names))
    assert set(names) == REDSHIFT_FUNCTIONS


def test_only_functions_of_redshift_are_translated() -> None:
    assert {name.removeprefix("approximate ") for name in FUNCTIONS} <= REDSHIFT_FUNCTIONS


@pytest.mark.parametrize(
    "name", ["string_agg", "array_agg", "generate_series", "corr", "width_bucket", "setseed", "format"]
)
def test_what_redshift_has_not_is_not_listed(name: str) -> None:
    assert name not in REDSHIFT_FUNCTIONS
    assert name not in FUNCTIONS
