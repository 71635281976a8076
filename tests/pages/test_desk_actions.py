"""Match candidates: choosing people, putting them on lists, deciding, reporting a reason, and what is logged."""

import json
import uuid
from collections.abc import Callable

import pandas as pd
import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from jobrec_ui import matching
from jobrec_ui.desk import decisions, shortlists
from jobrec_ui.errors import WarehouseError
from jobrec_ui.warehouse import Warehouse, deferred

OpenPage = Callable[..., AppTest]


@pytest.fixture
def posting_id(warehouse: Warehouse) -> str:
    return str(matching.find_postings(warehouse, "", 1, open_only=True)["posting_id"].iloc[0])


def ask(warehouse: Warehouse, statement: str, **values: object) -> pd.DataFrame:
    with warehouse.engine.connect() as connection:
        result = connection.execute(sa.text(statement), values)
        return pd.DataFrame(result.fetchall(), columns=list(result.keys()))


def views(warehouse: Warehouse) -> pd.DataFrame:
    deferred.finish()
    return ask(warehouse, "SELECT * FROM app.lists_shown ORDER BY shown_at")


def choose(app: AppTest, positions: list[int]) -> list[str]:
    """Ticks cards. Returns the ids."""
    app.segmented_control(key="view").set_value("Cards").run()
    ticks = [box for box in app.checkbox if box.label == "Choose"]
    ids = [str(ticks[position].key).rpartition("_tick_")[2] for position in positions]
    for position in positions:
        [box for box in app.checkbox if box.label == "Choose"][position].check().run()
    return ids


def decided(warehouse: Warehouse, candidate_id: str) -> list[tuple[object, ...]]:
    rows = ask(
        warehouse,
        "SELECT decision, reason, rank, view_id FROM app.decisions WHERE candidate_id = :c ORDER BY decided_at",
        c=candidate_id,
    )
    return list(rows.itertuples(index=False, name=None))


def test_a_list_is_logged_once_for_each_way_it_is_shown(
    open_filtered: OpenPage, warehouse: Warehouse, posting_id: str
) -> None:
    before = len(views(warehouse))
    app = open_filtered("candidates", posting=posting_id)
    app.run()
    app.segmented_control(key="view").set_value("Cards").run()
    assert len(views(warehouse)) == before + 1
    app.selectbox(key="show_candidates").set_value(25).run()
    app.run()
    app.selectbox(key="show_candidates").set_value(50).run()
    assert len(views(warehouse)) == before + 2
    last, before_last = views(warehouse).iloc[-1], views(warehouse).iloc[-2]
    assert (last["username"], last["posting_id"], json.loads(last["filters"])) == ("recruiter", posting_id, [])
    rows = ask(warehouse, "SELECT * FROM app.list_rows_shown WHERE view_id = :v ORDER BY rank", v=last["view_id"])
    assert rows["rank"].tolist() == list(range(1, 26))
    assert rows["score"].between(0, 1).all()
    assert before_last["view_id"] != last["view_id"]


def test_a_log_that_fails_takes_no_list_away(
    open_page: OpenPage, posting_id: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise WarehouseError("full")

    monkeypatch.setattr(decisions, "write_views", fail)
    app = open_page("candidates", posting=posting_id)
    assert len(app.dataframe) == 1
    assert not app.error
    deferred.finish()
    assert "A list as shown: not written down" in caplog.text


def test_onto_a_new_list_and_back(open_page: OpenPage, warehouse: Warehouse, posting_id: str) -> None:
    app = open_page("candidates", posting=posting_id)
    assert app.button(key="bar_contacted").disabled
    chosen = choose(app, [1, 3])
    app.selectbox(key="bar_to").set_value("").run()
    name = f"Næw {uuid.uuid4().hex[:6]}"
    app.text_input(key="bar_new_name").set_value(name).run()
    app.button(key="bar_add").click().run()
    assert app.success[0].value.startswith("2 people put on")
    (made,) = [one for one in shortlists.lists(warehouse, "recruiter") if one.name == name]
    assert made.posting_id == posting_id
    assert shortlists.people(warehouse, "recruiter", made.shortlist_id)["candidate_id"].tolist() == chosen
    assert not app.button(key="bar_contacted").disabled  # they stay chosen: more can be done with them
    deferred.finish()
    (row,) = ask(
        warehouse,
        "SELECT d.rank, d.model_version, r.rank AS shown_rank FROM app.decisions AS d "
        "INNER JOIN app.list_rows_shown AS r ON d.view_id = r.view_id AND d.candidate_id = r.candidate_id "
        "WHERE d.shortlist_id = :l AND d.candidate_id = :c",
        l=made.shortlist_id,
        c=chosen[1],
    ).itertuples()
    assert (row.rank, row.shown_rank, row.model_version) == (4, 4, 1)
    app.button(key=f"said_ranked_{posting_id}_undo_bar").click().run()
    assert shortlists.people(warehouse, "recruiter", made.shortlist_id).empty


def test_rejecting_needs_a_reason(open_page: OpenPage, warehouse: Warehouse, posting_id: str) -> None:
    app = open_page("candidates", posting=posting_id)
    (candidate,) = choose(app, [5])
    app.button(key="bar_reject").click().run()
    assert "Say why" in app.error[0].value
    app.text_input(key="bar_why").set_value("speaks no Dutch").run()
    app.button(key="bar_reject").click().run()
    assert app.success[0].value == "1 person rejected."
    assert decided(warehouse, candidate)[-1][:3] == ("rejected", "speaks no Dutch", 6)
    assert any("Rejected by recruiter" in text.value for text in app.markdown)  # on the card, at once


@pytest.mark.parametrize("decision", ["contacted", "not_for_posting"])
def test_other_decisions_and_undo(open_page: OpenPage, warehouse: Warehouse, posting_id: str, decision: str) -> None:
    app = open_page("candidates", posting=posting_id)
    (candidate,) = choose(app, [7])
    app.button(key=f"bar_{decision}").click().run()
    app.button(key=f"said_ranked_{posting_id}_undo_bar").click().run()
    assert [row[0] for row in decided(warehouse, candidate)][-2:] == [decision, "undone"]


def test_from_the_drawer_and_a_wrong_reason(open_page: OpenPage, warehouse: Warehouse, posting_id: str) -> None:
    app = open_page("candidates", posting=posting_id)
    candidate = app.dataframe[0].value.index[2]
    app = open_page("candidates", posting=posting_id, open=candidate)
    app.button(key="wrong_report").click().run()
    assert "Say what is wrong" in app.error[0].value
    app.text_input(key="wrong_why").set_value("She left that city").run()
    app.button(key="wrong_report").click().run()
    decision, reason, rank, _ = decided(warehouse, candidate)[-1]
    assert (decision, rank) == ("wrong_reason", 3)
    assert reason.endswith("| She left that city")
    assert reason.startswith(app.selectbox(key="wrong_which").options[0])
    app.button(key="drawer_contacted").click().run()
    assert decided(warehouse, candidate)[-1][0] == "contacted"
    (back,) = [button for button in app.button if button.label == "Take back"]
    assert "recruiter contacted them" in "\n".join(text.value for text in app.markdown)
    back.click().run()
    assert decided(warehouse, candidate)[-1][0] == "undone"
    assert "Take back" not in [button.label for button in app.button]
    deferred.finish()
    app = open_page("candidates", posting=posting_id)
    marks = app.dataframe[0].value.loc[candidate, "marks"]
    assert any(mark.startswith("◉ Seen by you ") for mark in marks)
