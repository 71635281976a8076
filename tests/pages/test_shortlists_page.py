"""Shortlists: making one, its people, stages, notes, tags, sharing, files of numbers, and who may see what."""

import uuid
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from jobrec_ui import matching
from jobrec_ui.access import audit
from jobrec_ui.desk import decisions, shortlists
from jobrec_ui.desk.decisions import LoggedView
from jobrec_ui.desk.shortlists import export
from jobrec_ui.desk.user_state import user_state
from jobrec_ui.errors import NotAllowed
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.web import cached

OpenPage = Callable[..., AppTest]


@pytest.fixture
def people(warehouse: Warehouse) -> list[str]:
    return matching.find_candidates(warehouse, "", 5)["candidate_id"].tolist()


@pytest.fixture
def mine(warehouse: Warehouse, people: list[str]) -> str:
    """A list of the recruiter's with three people."""
    list_id = shortlists.create(warehouse, "recruiter", f"Bakers 🥖 {uuid.uuid4().hex[:6]}")
    shortlists.add(warehouse, "recruiter", list_id, people[:3])
    return list_id


def choose(app: AppTest, list_id: str, *candidates: str) -> None:
    """Ticks rows."""
    app.session_state[f"chosen_on_{list_id}"] = candidates
    app.run()


def told(app: AppTest) -> list[str]:
    return [success.value for success in app.success]


def test_making_a_list_opens_it(open_page: OpenPage, warehouse: Warehouse) -> None:
    app = open_page("shortlists")
    name = f"مهندسون {uuid.uuid4().hex[:6]}"
    app.text_input(key="new_list_name").set_value(name)
    app.button(key="new_list_make").click().run()
    (made,) = [one for one in shortlists.lists(warehouse, "recruiter") if one.name == name]
    assert app.query_params["list"] == made.shortlist_id
    assert name in [subheader.value for subheader in app.subheader]
    assert "Nobody is on this list yet." in app.info[0].value
    app.button(key="all_lists").click().run()
    assert "list" not in app.query_params
    app.text_input(key="find_list").set_value(name[:5]).run()
    app.button(key=f"list_{made.shortlist_id}").click().run()
    assert app.query_params["list"] == made.shortlist_id


def test_the_people_in_their_order(open_page: OpenPage, mine: str, people: list[str]) -> None:
    app = open_page("shortlists", list=mine)
    rows = app.dataframe[0].value
    assert rows.index.tolist() == people[:3]
    assert rows["stage"].tolist() == ["New"] * 3
    assert app.button(key=f"bar_remove_{mine}").disabled
    assert {"email", "phone"}.isdisjoint(rows.columns)


def test_stage_with_reason_and_undo(open_page: OpenPage, warehouse: Warehouse, mine: str, people: list[str]) -> None:
    app = open_page("shortlists", list=mine)
    choose(app, mine, people[1], people[2])
    app.selectbox(key=f"bar_{mine}_stage").set_value("Rejected").run()
    app.button(key=f"bar_{mine}_set").click().run()
    assert "Say why" in app.error[0].value
    app.text_input(key=f"bar_{mine}_reason").set_value("too far").run()
    app.button(key=f"bar_{mine}_set").click().run()
    assert told(app) == ["2 people are at stage Rejected now."]
    assert app.dataframe[0].value["stage"].tolist() == ["New", "Rejected", "Rejected"]
    app.button(key=f"said_list_{mine}_undo_page").click().run()
    assert told(app) == ["Taken back: a stage was set."]
    assert shortlists.people(warehouse, "recruiter", mine)["stage"].tolist() == ["New"] * 3


def test_tag_move_and_take_off(open_page: OpenPage, mine: str, people: list[str]) -> None:
    app = open_page("shortlists", list=mine)
    choose(app, mine, people[2])
    app.text_input(key=f"bar_tag_{mine}").set_value("keen 👍").run()
    app.button(key=f"bar_Put on_{mine}").click().run()
    assert app.dataframe[0].value["tags"].map(list).tolist() == [[], [], ["keen 👍"]]
    app.number_input(key=f"bar_place_{mine}").set_value(1).run()
    app.button(key=f"bar_move_{mine}").click().run()
    assert app.dataframe[0].value.index.tolist() == [people[2], people[0], people[1]]
    app.button(key=f"bar_remove_{mine}").click().run()
    assert app.dataframe[0].value.index.tolist() == people[:2]
    assert app.button(key=f"bar_remove_{mine}").disabled  # nobody is chosen any more


def test_the_drawer_takes_notes_and_tags(
    open_page: OpenPage, warehouse: Warehouse, mine: str, people: list[str]
) -> None:
    app = open_page("shortlists", list=mine, open=people[0])
    assert not app.error
    app.text_area(key=f"note_text_{people[0]}").set_value("Spricht **gut** <b>Deutsch</b>")
    app.button(key=f"note_add_{people[0]}").click().run()
    notes = shortlists.notes(warehouse, "recruiter", mine, people[0])
    assert notes["note"].tolist() == ["Spricht **gut** <b>Deutsch</b>"]
    assert "Spricht **gut** <b>Deutsch</b>" in [text.value for text in app.text]
    (tags,) = [one for one in app.multiselect if one.label == "Tags"]
    tags.set_value(["keen"]).run()
    assert shortlists.people(warehouse, "recruiter", mine)["tags"].iloc[0] == "keen"
    assert not app.error
    app.button(key=f"note_{notes['event_id'].iloc[0]}").click().run()
    assert shortlists.notes(warehouse, "recruiter", mine, people[0]).empty


def test_numbers_are_added_and_reported_by_line(open_page: OpenPage, mine: str, people: list[str]) -> None:
    app = open_page("shortlists", list=mine)
    app.text_area(key=f"numbers_text_{mine}").set_value(f"id\n{people[4]}\nnobody\n{people[0]}\n{people[4]}\n")
    app.button(key=f"numbers_button_{mine}").click().run()
    (report,) = told(app)
    assert "1 person was put on the list." in report
    assert "Already on it: 1 person." in report
    assert "No such candidate: nobody (line 3)." in report
    assert "(line 5)" in report
    assert app.dataframe[0].value.index.tolist() == [*people[:3], people[4]]


def test_name_stages_and_the_archive(open_page: OpenPage, warehouse: Warehouse, mine: str) -> None:
    app = open_page("shortlists", list=mine)
    app.text_input(key=f"name_{mine}").set_value("Night shift 🥖")
    app.button(key=f"rename_button_{mine}").click().run()
    assert told(app) == ["The list has its new name."]
    assert "Night shift 🥖" in [subheader.value for subheader in app.subheader]
    app.text_area(key=f"stages_text_{mine}").set_value("Trial day\n\nVisit")
    app.button(key=f"stages_button_{mine}").click().run()
    assert shortlists.get(warehouse, "recruiter", mine).stages == ("New", "Trial day", "Visit", "Rejected")
    assert app.selectbox(key=f"bar_{mine}_stage").options == ["New", "Trial day", "Visit", "Rejected"]
    app.button(key=f"archive_{mine}").click().run()
    assert shortlists.get(warehouse, "recruiter", mine).is_archived
    assert any("in the archive" in markdown.value for markdown in app.markdown)
    assert not [button.key for button in app.button if (button.key or "").startswith(("bar_", "rename", "numbers"))]
    app.button(key=f"archive_{mine}").click().run()
    assert app.button(key=f"bar_remove_{mine}").disabled
    events = shortlists.history(warehouse, "recruiter", mine)
    assert events["event"].tolist()[:4] == ["restored", "archived", "stages", "renamed"]
    assert set(events["username"]) == {"recruiter"}


class TestSharing:
    def test_read_then_edit(self, open_page: OpenPage, warehouse: Warehouse, mine: str) -> None:
        app = open_page("shortlists", list=mine)
        app.selectbox(key=f"share_with_{mine}").set_value("admin").run()
        app.button(key=f"share_button_{mine}").click().run()
        assert shortlists.shared_with(warehouse, "recruiter", mine) == {"admin": "read"}
        app.segmented_control(key=f"share_right_{mine}").set_value("edit").run()
        app.button(key=f"share_button_{mine}").click().run()
        assert shortlists.shared_with(warehouse, "recruiter", mine) == {"admin": "edit"}

    def test_a_reader_cannot_change_it(self, open_page: OpenPage, warehouse: Warehouse, mine: str) -> None:
        shortlists.share(warehouse, "recruiter", mine, "admin", "read", ["admin"])
        app = open_page("shortlists", role="admin", list=mine)
        assert len(app.dataframe[0].value) == 3
        keys = [button.key for button in app.button]
        assert not [key for key in keys if key and key.startswith(("bar_", "rename", "share_button", "numbers"))]

    @pytest.mark.parametrize("list_id", ["f" * 32, "x" * 65, "' OR 1=1 --", "a\nb"])
    def test_what_is_nobodys_business(self, open_page: OpenPage, mine: str, list_id: str) -> None:
        app = open_page("shortlists", list=list_id)
        assert "no list with" in app.warning[0].value
        assert not app.dataframe

    def test_a_strangers_list(self, open_page: OpenPage, mine: str) -> None:
        app = open_page("shortlists", role="admin", list=mine)
        assert "nobody has shared it with you" in app.warning[0].value


def test_files_remember_their_columns_and_are_audited(
    open_page: OpenPage, warehouse: Warehouse, mine: str, people: list[str]
) -> None:
    app = open_page("shortlists", list=mine)
    app.multiselect(key=f"export_columns_{mine}").set_value(["candidate_id", "notes"]).run()
    assert user_state(warehouse, "recruiter").export_columns == ["candidate_id", "notes"]
    shortlists.add_note(warehouse, "recruiter", mine, people[0], "=1+1")
    data = export.as_file(warehouse, "recruiter", mine, ["candidate_id", "notes"], "csv", {}).decode("utf-8-sig")
    assert shortlists.read_ids(data.encode()).ids == tuple(people[:3])
    assert "recruiter: =1+1" in data
    latest = audit.latest(warehouse).iloc[0]
    assert (latest["username"], latest["action"], latest["subject"]) == ("recruiter", "export list", mine)
    assert latest["detail"].startswith("csv, 3 rows of “Bakers 🥖")
    assert latest["detail"].endswith(": Candidate number, Notes")


def test_admins_see_reports_and_exports(open_page: OpenPage, warehouse: Warehouse, people: list[str]) -> None:
    posting = matching.find_postings(warehouse, "", 1).iloc[0]
    view = LoggedView("v" * 32, posting["posting_id"], 1, {people[0]: 1})
    decisions.decide(warehouse, "recruiter", decisions.WRONG_REASON, people[:1], view, "Skills: not that one")
    audit.record(warehouse, "recruiter", "export", "P-1", "csv")
    app = open_page("reports", role="admin")
    reports, log = app.dataframe[0].value, app.dataframe[1].value
    assert reports["reason"].iloc[0] == "Skills: not that one"
    assert reports["posting"].iloc[0] == posting["title"]
    assert reports["match"].iloc[0] == f"/match_candidates?posting={posting['posting_id']}&open={people[0]}"
    assert "export" in log["action"].tolist()


@pytest.mark.parametrize("ask", [cached.desk.reports, cached.access.audit_log])
def test_reports_are_for_admins(ask: Callable[..., object]) -> None:
    with pytest.raises(NotAllowed):
        ask("redshift+local:///nowhere.duckdb", "recruiter")
