"""Saved searches: what is refused before the warehouse is asked. The rest is in the tests of the pages."""

from typing import Any, cast

import pytest

from jobrec_ui.desk import saved_searches
from jobrec_ui.errors import InputError
from jobrec_ui.warehouse import Warehouse


@pytest.mark.parametrize(
    ("name", "values", "says"),
    [
        ("  ", {"must": ["SQL"]}, "a name"),
        ("x" * 81, {"must": ["SQL"]}, "too long"),
        ("Nothing", {}, "no filter to save"),
        ("Much", {"words": "x" * 20_000}, "too many filters"),
    ],
)
def test_what_cannot_be_saved(name: str, values: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        saved_searches.save(cast("Warehouse", None), "ana", name, False, values)
