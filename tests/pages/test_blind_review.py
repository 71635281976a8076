"""Blind review on the pages: nothing that is withheld is sent, by whatever way, and the switches do what they say."""

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
import sqlalchemy as sa
import streamlit.testing.v1.local_script_runner as runner
from streamlit.testing.v1 import AppTest

from jobrec_ui import matching
from jobrec_ui.access import accounts, blind_review
from jobrec_ui.desk import shortlists
from jobrec_ui.desk.shortlists import export
from jobrec_ui.errors import NotAllowed
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.web import cached
from jobrec_ui.web.blind_review import NOTICE
from jobrec_ui.web.match import download
from jobrec_ui.web.match.ranked_list import RankedList

OpenPage = Callable[..., AppTest]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every message that a page sends, as it goes to the browser."""
    messages: list[bytes] = []
    read = runner.parse_tree_from_messages

    def keep(those: Any) -> Any:
        messages.extend(message.SerializeToString() for message in those)
        return read(those)

    monkeypatch.setattr(runner, "parse_tree_from_messages", keep)
    return messages


@pytest.fixture
def blinded(warehouse: Warehouse) -> Iterator[None]:
    blind_review.start(warehouse, "recruiter")
    yield
    blind_review.leave(warehouse, "recruiter", "end of the test")


@pytest.fixture
def posting_id(warehouse: Warehouse) -> str:
    return str(matching.find_postings(warehouse, "", 1, open_only=True)["posting_id"].iloc[0])


def withheld(warehouse: Warehouse) -> list[bytes]:
    """Names of several words, addresses and numbers of everybody."""
    with warehouse.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT name, email, phone FROM hiring.candidates")).fetchall()
    return [str(value).encode() for row in rows for value in row if value and len(str(value).split()) + len(value) > 8]


def shown_blind(sent: list[bytes], warehouse: Warehouse) -> None:
    everything = b"\n".join(sent)
    assert b"Candidate " in everything
    assert [value for value in withheld(warehouse) if value in everything] == []


@pytest.mark.over_the_wire
@pytest.mark.usefixtures("blinded")
def test_the_list_and_a_candidate(
    open_page: OpenPage, warehouse: Warehouse, posting_id: str, sent: list[bytes]
) -> None:
    app = open_page("candidates", posting=posting_id)
    assert NOTICE in [info.value for info in app.info]
    rows = app.dataframe[0].value
    assert rows["name"].str.fullmatch("Candidate [0-9A-F]{6}").all()
    app.query_params["open"] = rows.index[0]
    app.run()
    assert len(app.metric) == 3
    shown_blind(sent, warehouse)


@pytest.mark.over_the_wire
@pytest.mark.usefixtures("blinded")
def test_postings_for_a_candidate(open_page: OpenPage, warehouse: Warehouse, sent: list[bytes]) -> None:
    first = str(matching.find_candidates(warehouse, "", 1)["candidate_id"].iloc[0])
    app = open_page("postings")
    assert all(option.startswith("Candidate ") for option in app.radio(key="found_candidate").options)
    open_page("postings", candidate=first)
    shown_blind(sent, warehouse)


@pytest.mark.usefixtures("blinded")
def test_nobody_is_found_by_name_address_or_phone(open_page: OpenPage, warehouse: Warehouse) -> None:
    person = matching.get_candidate(warehouse, matching.find_candidates(warehouse, "", 1)["candidate_id"].iloc[0])
    assert person is not None
    app = open_page("postings")
    for typed in (person["name"], person["name"][:4] + "x" + person["name"][4:], person["email"], person["phone"]):
        app.text_input(key="find_candidate").set_value(typed).run()
        assert any(caption.value.startswith("Nothing found") for caption in app.caption)


@pytest.mark.over_the_wire
def test_switched_on_elsewhere_it_counts_from_the_next_pick_on(
    open_page: OpenPage, warehouse: Warehouse, sent: list[bytes]
) -> None:
    newest = str(matching.find_postings(warehouse, "", 1)["posting_id"].iloc[0])
    app = open_page("candidates")
    blind_review.start(warehouse, "recruiter")
    try:
        cached.desk.user_state.clear()
        app.radio(key="found_posting").set_value(newest).run()
        assert NOTICE in [info.value for info in app.info]
        shown_blind(sent, warehouse)
    finally:
        blind_review.leave(warehouse, "recruiter", "end of the test")


@pytest.mark.usefixtures("blinded", "warehouse")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_list_that_was_drawn_before_gives_no_file(installation: Any, ending: str) -> None:
    user = accounts.read_users(installation.users_file)["recruiter"]
    drawn_before = download.Subject("Posting", "P000001", "Cook", (), blind=False)
    with pytest.raises(NotAllowed, match="switched on since this list was drawn"):
        download._make_file(
            cast("RankedList", None), cached.connection.Versions(None, None), drawn_before, user, ending
        )


def test_without_it_names_are_there(
    open_page: OpenPage, warehouse: Warehouse, posting_id: str, sent: list[bytes]
) -> None:
    open_page("candidates", posting=posting_id)
    everything = b"\n".join(sent)
    assert any(value in everything for value in withheld(warehouse))


def test_starting_and_leaving(open_page: OpenPage, warehouse: Warehouse) -> None:
    app = open_page("candidates")
    app.button(key="start_blind").click().run()
    assert NOTICE in [info.value for info in app.info]
    app.button(key="leave_blind_button").click().run()
    assert "Give a reason" in app.error[0].value
    app.text_input(key="leave_reason").set_value("To call them")
    app.button(key="leave_blind_button").click().run()
    assert not app.info
    assert blind_review.latest(warehouse)["reason"].iloc[0] == "To call them"


@pytest.mark.over_the_wire
def test_an_admin_asks_it_of_everybody(open_page: OpenPage, warehouse: Warehouse) -> None:
    app = open_page("blind", role="admin")
    app.button(key="blind_everybody_button").click().run()
    assert "Give a reason" in app.error[0].value
    app.text_input(key="blind_reason").set_value("Policy")
    app.button(key="blind_everybody_button").click().run()
    try:
        assert blind_review.status(warehouse, "recruiter").enforced_by == "admin"
        assert any("Policy" in info.value for info in app.info)
        assert app.dataframe[0].value["For"].iloc[0] == "everybody"
        assert "leave_blind_button" not in [button.key for button in app.button]
    finally:
        blind_review.lift(cached.connection.warehouse(warehouse.url), "admin", "end of the test")


@pytest.mark.over_the_wire
@pytest.mark.usefixtures("blinded")
def test_shortlists_notes_and_their_files(open_page: OpenPage, warehouse: Warehouse, sent: list[bytes]) -> None:
    people = matching.find_candidates(warehouse, "", 3)
    ids, names = people["candidate_id"].tolist(), people["name"].tolist()
    made = shortlists.create(warehouse, "recruiter", "Blind list")
    shortlists.add(warehouse, "recruiter", made, ids)
    shortlists.add_note(warehouse, "recruiter", made, ids[0], f"Called {names[0]}, call back")
    shortlists.set_stage(warehouse, "recruiter", made, ids[:1], "Rejected", f"{names[0]} is not free")
    shortlists.tag(warehouse, "recruiter", made, ids[:1], f"{names[0]} again")
    open_page("shortlists", list=made, open=ids[0])
    shown_blind(sent, warehouse)
    assert b"call back" in b"\n".join(sent)
    assert b"] again" in b"\n".join(sent)
    for ending in ("csv", "xlsx"):
        file = export.as_file(warehouse, "recruiter", made, list(export.COLUMNS), ending, {})
        content = (
            file
            if ending == "csv"
            else b"".join(
                zipfile.ZipFile(io.BytesIO(file)).read(name) for name in zipfile.ZipFile(io.BytesIO(file)).namelist()
            )
        )
        assert b"Candidate " in content
        assert [name for name in names if name.encode() in content] == []
