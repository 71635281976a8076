"""What is cached for whom: bounded, by explicit arguments, never across versions, filters or roles."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd
import pytest
import streamlit as st

from jobrec_ui import matching
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.data.versions import DataVersion
from jobrec_ui.errors import NotAllowed
from jobrec_ui.matching.filters import CandidateFilters
from jobrec_ui.models import ModelVersion
from jobrec_ui.web import cached

URL = "redshift+local:///nowhere.duckdb"
ANA = Viewer("ana", revision=1)
DATA = DataVersion(1, datetime(2026, 11, 1), datetime(2026, 11, 1), 10, 100, 1000, 0)
MODEL = ModelVersion(
    version=1,
    name="match_v1",
    function="ml.match_v1_score",
    features=("distance_km",),
    trained_at=datetime(2026, 11, 1),
    holdout_from=datetime(2026, 9, 1),
    holdout_to=datetime(2026, 10, 1),
    data_version=1,
    examples=1000,
    postings=5,
    metrics={"auc": 0.9},
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[Any, ...]]]:
    """Every call that reaches the ranking."""
    calls: list[tuple[Any, ...]] = []

    def rank(_: object, *arguments: Any, viewer: Viewer, candidates: int) -> pd.DataFrame:
        assert candidates == DATA.candidates
        calls.append(arguments)
        return pd.DataFrame({"rank": [len(calls)]})

    monkeypatch.setattr(matching, "rank_candidates", rank)
    monkeypatch.setattr(cached.matching, "warehouse", lambda url: None)
    st.cache_data.clear()
    yield calls
    st.cache_data.clear()


def test_the_same_question_is_asked_once(asked: list[tuple[Any, ...]]) -> None:
    first = cached.matching.rank_candidates(URL, DATA, MODEL, "P1", CandidateFilters(must_have=("SQL",)), 50, ANA)
    again = cached.matching.rank_candidates(
        URL, DATA, replace(MODEL), "P1", CandidateFilters(must_have=("SQL",)), 50, ANA
    )
    assert len(asked) == 1
    assert first.equals(again)


@pytest.mark.parametrize(
    "other",
    [
        ("redshift+local:///elsewhere.duckdb", DATA, MODEL, "P1", CandidateFilters(), 50, ANA),
        (URL, replace(DATA, version=2), MODEL, "P1", CandidateFilters(), 50, ANA),
        (URL, DATA, replace(MODEL, version=2, name="match_v2"), "P1", CandidateFilters(), 50, ANA),
        (URL, DATA, MODEL, "P2", CandidateFilters(), 50, ANA),
        (URL, DATA, MODEL, "P1", CandidateFilters(exclude_known=True), 50, ANA),
        (URL, DATA, MODEL, "P1", CandidateFilters(must_have=("SQL",)), 50, ANA),
        (URL, DATA, MODEL, "P1", CandidateFilters(excluded=("SQL",)), 50, ANA),
        (URL, DATA, MODEL, "P1", CandidateFilters(), 25, ANA),
        (URL, DATA, MODEL, "P1", CandidateFilters(), 50, replace(ANA, blind=True)),
        (URL, DATA, MODEL, "P1", CandidateFilters(), 50, replace(ANA, username="ben")),
        (URL, DATA, MODEL, "P1", CandidateFilters(), 50, replace(ANA, revision=2)),
    ],
)
def test_another_question_is_asked_anew(asked: list[tuple[Any, ...]], other: tuple[Any, ...]) -> None:
    cached.matching.rank_candidates(URL, DATA, MODEL, "P1", CandidateFilters(), 50, ANA)
    cached.matching.rank_candidates(*other)
    assert len(asked) == 2


def test_what_a_page_changes_is_not_what_others_get(asked: list[tuple[Any, ...]]) -> None:
    mine = cached.matching.rank_candidates(URL, DATA, MODEL, "P1", CandidateFilters(), 50, ANA)
    mine["rank"] = 99
    assert cached.matching.rank_candidates(URL, DATA, MODEL, "P1", CandidateFilters(), 50, ANA)["rank"].tolist() == [1]
    assert len(asked) == 1


def test_what_is_made_once_is_made_anew_for_another_question() -> None:
    cached.shared.object_store.clear()
    made = [
        cached.shared.same_object(("a list", URL, 1, CandidateFilters(), viewer), object)
        for viewer in (ANA, replace(ANA))
    ]
    assert made[0] is made[1]
    for other in (replace(ANA, username="ben"), replace(ANA, blind=True), replace(ANA, revision=2)):
        assert cached.shared.same_object(("a list", URL, 1, CandidateFilters(), other), object) is not made[0]
    asked = ("a list", URL, 1, CandidateFilters(must_have=("SQL",)), ANA)
    assert cached.shared.same_object(asked, object) is not made[0]


def test_only_filters_that_read_lists_ask_for_each_user() -> None:
    assert CandidateFilters(must_have=("SQL",)).asked_for(ANA) == Viewer()
    assert CandidateFilters(text="sql").asked_for(ANA) == ANA
    assert CandidateFilters().asked_for(replace(ANA, blind=True)) == Viewer(blind=True)


def test_the_role_is_part_of_the_question() -> None:
    with pytest.raises(NotAllowed):
        cached.access.lockouts(URL, "recruiter")


def _cached_functions() -> list[tuple[str, Callable[..., Any]]]:
    modules = [
        cached,
        *(
            importlib.import_module(found.name)
            for found in pkgutil.iter_modules(cached.__path__, "jobrec_ui.web.cached.")
        ),
    ]
    return [
        (name, value)
        for module in modules
        for name, value in vars(module).items()
        if hasattr(value, "clear") and callable(value)
    ]


def test_every_cache_is_bounded_and_every_argument_counts() -> None:
    functions = _cached_functions()
    assert len(functions) >= 14
    for name, function in functions:
        info = function._info  # type: ignore[attr-defined]
        assert info.max_entries is not None, name
        if name != "warehouse":
            assert info.ttl is not None, name
        parameters = inspect.signature(info.func).parameters
        assert not any(parameter.startswith("_") for parameter in parameters), name
        assert "session_state" not in inspect.getsource(info.func), name
