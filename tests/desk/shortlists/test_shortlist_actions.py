"""Lists: what each action does, who may do it, what is refused, and what the decisions say afterwards."""

import pandas as pd
import pytest
import sqlalchemy as sa

from jobrec_ui.desk import decisions, shortlists
from jobrec_ui.desk.shortlists import actions
from jobrec_ui.errors import InputError, NotAllowed
from tests.shown_lists import log_view

USERS = ("ana", "ben", "cleo")


@pytest.fixture
def mine(wh):
    """A new list of ana's for p1 with c1, c2 and c3."""
    list_id = shortlists.create(wh, "ana", "Bakers", "p1")
    shortlists.add(wh, "ana", list_id, ["c1", "c2", "c3"])
    return list_id


def ids(wh, list_id, user="ana"):
    return shortlists.people(wh, user, list_id)["candidate_id"].tolist()


def person(wh, list_id, candidate, user="ana"):
    people = shortlists.people(wh, user, list_id).set_index("candidate_id")
    return people.loc[candidate]


def decided(wh, list_id):
    with wh.engine.connect() as connection:
        rows = connection.execute(
            sa.text("SELECT * FROM app.decisions WHERE shortlist_id = :l ORDER BY decided_at, candidate_id"),
            {"l": list_id},
        ).fetchall()
    return [(row.candidate_id, row.decision, row.stage, row.reason) for row in rows]


def test_a_new_list_is_empty_and_its_makers(wh):
    list_id = shortlists.create(wh, "ana", "  Night   bakers ", "p1")
    found = shortlists.get(wh, "ana", list_id)
    assert (found.name, found.owner, found.access, found.people) == ("Night bakers", "ana", "own", 0)
    assert (found.posting_id, found.posting_title, found.changed_by) == ("p1", "Baker", "ana")
    assert found.stages == shortlists.DEFAULT_STAGES
    assert ids(wh, list_id) == []
    assert list_id in [one.shortlist_id for one in shortlists.lists(wh, "ana")]


@pytest.mark.over_the_wire
def test_people_are_added_once_in_order_and_unknown_ones_named(wh, mine):
    added = shortlists.add(wh, "ana", mine, ["c9", "c2", "nobody", "c9", "c5"])
    assert (added.new, added.already, added.unknown) == (("c9", "c5"), ("c2",), ("nobody",))
    assert ids(wh, mine) == ["c1", "c2", "c3", "c9", "c5"]
    assert shortlists.add(wh, "ana", mine, ["c1"]).event_id is None
    assert person(wh, mine, "c9")["name"] == "Name of c9"
    assert person(wh, mine, "c9")["stage"] == "New"


def test_somebody_taken_off_and_put_on_again_is_last_and_keeps_what_was_said(wh, mine):
    shortlists.set_stage(wh, "ana", mine, ["c1"], "Interview")
    shortlists.tag(wh, "ana", mine, ["c1"], "keen")
    shortlists.add_note(wh, "ana", mine, "c1", "Called.")
    shortlists.remove(wh, "ana", mine, ["c1"])
    assert ids(wh, mine) == ["c2", "c3"]
    shortlists.add(wh, "ana", mine, ["c1"])
    assert ids(wh, mine) == ["c2", "c3", "c1"]
    found = person(wh, mine, "c1")
    assert (found["stage"], found["tags"], found["notes"]) == ("Interview", "keen", 1)


@pytest.mark.parametrize(
    ("candidate", "place", "expected"),
    [
        ("c3", 1, ["c3", "c1", "c2"]),
        ("c1", 3, ["c2", "c3", "c1"]),
        ("c1", 2, ["c2", "c1", "c3"]),
        ("c2", 99, ["c1", "c3", "c2"]),
        ("c2", -5, ["c2", "c1", "c3"]),
        ("c2", 2, ["c1", "c2", "c3"]),
    ],
)
def test_moving(wh, mine, candidate, place, expected):
    shortlists.move(wh, "ana", mine, candidate, place)
    assert ids(wh, mine) == expected
    shortlists.undo(wh, "ana", mine)
    assert ids(wh, mine) == ["c1", "c2", "c3"]


def test_a_gap_without_room_left_is_widened(wh, mine, monkeypatch):
    """After some fifty moves into one gap there is no number left in it: then everybody gets a new place."""
    low, high = 1.0, 2.0
    for _ in range(60):
        high = actions._between([low, high], 1) if actions._is_between([low, high], 1, (low + high) / 2) else high
    assert not actions._is_between([low, high], 1, actions._between([low, high], 1))
    monkeypatch.setattr(actions, "_is_between", lambda *_: False)
    shortlists.move(wh, "ana", mine, "c3", 2)
    assert ids(wh, mine) == ["c1", "c3", "c2"]
    shortlists.undo(wh, "ana", mine)
    assert ids(wh, mine) == ["c1", "c2", "c3"]


def test_stages_and_rejections(wh, mine):
    shortlists.set_stage(wh, "ana", mine, ["c1", "c2"], "Interview")
    with pytest.raises(InputError, match="Say why"):
        shortlists.set_stage(wh, "ana", mine, ["c2"], "Rejected", "  ")
    shortlists.set_stage(wh, "ana", mine, ["c2"], "Rejected", " too far\n away ")
    assert person(wh, mine, "c1")["stage"] == "Interview"
    assert tuple(person(wh, mine, "c2")[["stage", "reason"]]) == ("Rejected", "too far away")
    with pytest.raises(InputError, match="no stage 'Lunch'"):
        shortlists.set_stage(wh, "ana", mine, ["c1"], "Lunch")
    shortlists.set_stages(wh, "ana", mine, ["Lunch", " lunch ", "rejected", "", "Trial  day"])
    assert shortlists.get(wh, "ana", mine).stages == ("New", "Lunch", "Trial day", "Rejected")
    shortlists.set_stage(wh, "ana", mine, ["c1"], "Trial day")
    assert person(wh, mine, "c1")["stage"] == "Trial day"


def test_notes_and_tags_in_any_script(wh, mine):
    texts = ["يعمل ليلاً 🥖", "👩‍💻 très bien", "'; DROP TABLE app.decisions; --", "x" * 4096, "two\nlines"]
    for text in texts:
        shortlists.add_note(wh, "ana", mine, "c1", text)
    said = shortlists.history(wh, "ana", mine, "c1")
    assert said[said["event"] == "note"]["value"].tolist() == texts[::-1]
    shortlists.tag(wh, "ana", mine, ["c1", "c2"], "Keen")
    shortlists.tag(wh, "ana", mine, ["c1"], "🥖")
    shortlists.untag(wh, "ana", mine, ["c1"], "keen")
    assert person(wh, mine, "c1")["tags"] == "🥖"
    assert person(wh, mine, "c2")["tags"] == "Keen"


def test_blanks_of_every_kind_keep_words_apart(wh, mine):
    shortlists.add_note(wh, "ana", mine, "c1", " a\tb 10\u00a0km\r\n金\u3000明\x00 \u202ed ")
    (said,) = shortlists.notes(wh, "ana", mine, "c1")["note"]
    assert said == "a b 10 km\n金 明 d"


def test_another_name_and_back(wh, mine):
    event = shortlists.rename(wh, "ana", mine, " Night  shift 🥖")
    assert shortlists.get(wh, "ana", mine).name == "Night shift 🥖"
    assert [one.name for one in shortlists.lists(wh, "ana") if one.shortlist_id == mine] == ["Night shift 🥖"]
    shortlists.undo(wh, "ana", mine, event)
    assert shortlists.get(wh, "ana", mine).name == "Bakers"


@pytest.mark.parametrize("name", ["", "  \n ", "x" * 257, "ä" * 129, "\u200b"])
def test_names_that_are_refused(wh, mine, name):
    with pytest.raises(InputError):
        shortlists.rename(wh, "ana", mine, name)
    assert shortlists.get(wh, "ana", mine).name == "Bakers"


class TestRights:
    def test_a_stranger_sees_nothing(self, wh, mine):
        assert mine not in [one.shortlist_id for one in shortlists.lists(wh, "ben")]
        for ask in (shortlists.get, shortlists.people, shortlists.history, shortlists.shared_with):
            with pytest.raises(NotAllowed, match="no list with this number"):
                ask(wh, "ben", mine)

    @pytest.mark.parametrize("reader", ["ben", "cleo"])
    def test_every_action_asks_for_its_right(self, wh, mine, reader):
        """ben may read, cleo sees nothing."""
        shortlists.share(wh, "ana", mine, "ben", "read", USERS)
        before = shortlists.get(wh, "ana", mine).revision
        for action in (
            lambda: shortlists.rename(wh, reader, mine, "Mine now"),
            lambda: shortlists.archive(wh, reader, mine),
            lambda: shortlists.restore(wh, reader, mine),
            lambda: shortlists.share(wh, reader, mine, reader, "edit", USERS),
            lambda: shortlists.set_stages(wh, reader, mine, ["x"]),
            lambda: shortlists.add(wh, reader, mine, ["c4"]),
            lambda: shortlists.remove(wh, reader, mine, ["c1"]),
            lambda: shortlists.move(wh, reader, mine, "c1", 2),
            lambda: shortlists.set_stage(wh, reader, mine, ["c1"], "Interview"),
            lambda: shortlists.add_note(wh, reader, mine, "c1", "x"),
            lambda: shortlists.tag(wh, reader, mine, ["c1"], "x"),
            lambda: shortlists.untag(wh, reader, mine, ["c1"], "x"),
            lambda: shortlists.undo(wh, reader, mine),
        ):
            with pytest.raises(NotAllowed):
                action()
        assert shortlists.get(wh, "ana", mine).revision == before

    @pytest.mark.over_the_wire
    def test_read_edit_and_none(self, wh, mine):
        shortlists.share(wh, "ana", mine, "ben", "edit", USERS)
        shortlists.add(wh, "ben", mine, ["c4"])
        assert ids(wh, mine, "ben") == ["c1", "c2", "c3", "c4"]
        with pytest.raises(NotAllowed, match="Only ana"):
            shortlists.archive(wh, "ben", mine)
        shortlists.share(wh, "ana", mine, "ben", "read", USERS)
        assert shortlists.shared_with(wh, "ana", mine) == {"ben": "read"}
        with pytest.raises(NotAllowed, match="read this list"):
            shortlists.add(wh, "ben", mine, ["c5"])
        shortlists.share(wh, "ana", mine, "ben", "none", USERS)
        assert shortlists.shared_with(wh, "ana", mine) == {}
        with pytest.raises(NotAllowed):
            shortlists.people(wh, "ben", mine)

    @pytest.mark.parametrize(("who", "access"), [("dora", "read"), ("ana", "read"), ("ben", "own")])
    def test_whom_it_cannot_be_shared_with(self, wh, mine, who, access):
        with pytest.raises(InputError):
            shortlists.share(wh, "ana", mine, who, access, USERS)

    def test_an_archived_list_rests(self, wh, mine):
        shortlists.archive(wh, "ana", mine)
        assert shortlists.get(wh, "ana", mine).is_archived
        assert ids(wh, mine) == ["c1", "c2", "c3"]
        with pytest.raises(NotAllowed, match="archive"):
            shortlists.add(wh, "ana", mine, ["c4"])
        shortlists.restore(wh, "ana", mine)
        shortlists.add(wh, "ana", mine, ["c4"])


class TestUndo:
    @pytest.mark.over_the_wire
    def test_the_last_first_then_the_one_before(self, wh, mine):
        shortlists.tag(wh, "ana", mine, ["c1"], "keen")
        shortlists.remove(wh, "ana", mine, ["c2", "c3"])
        assert shortlists.undo(wh, "ana", mine) == ("removed", 2)
        assert ids(wh, mine) == ["c1", "c2", "c3"]
        assert shortlists.undo(wh, "ana", mine) == ("tagged", 1)
        assert pd.isna(person(wh, mine, "c1")["tags"]) or person(wh, mine, "c1")["tags"] == ""
        assert shortlists.undo(wh, "ana", mine) == ("added", 3)
        assert ids(wh, mine) == []
        with pytest.raises(NotAllowed, match="nothing of yours"):
            shortlists.undo(wh, "ana", mine)

    def test_only_ones_own(self, wh, mine):
        shortlists.share(wh, "ana", mine, "ben", "edit", USERS)
        event = shortlists.set_stage(wh, "ben", mine, ["c1"], "Interview")
        shortlists.set_stage(wh, "ana", mine, ["c1"], "Offer")
        with pytest.raises(NotAllowed):
            shortlists.undo(wh, "ana", mine, event)
        shortlists.undo(wh, "ben", mine)
        assert person(wh, mine, "c1")["stage"] == "Offer"
        shortlists.undo(wh, "ana", mine)
        assert person(wh, mine, "c1")["stage"] == "New"

    def test_any_own_event_and_none_twice(self, wh, mine):
        first = shortlists.add_note(wh, "ana", mine, "c1", "one")
        shortlists.add_note(wh, "ana", mine, "c1", "two")
        shortlists.undo(wh, "ana", mine, first)
        assert person(wh, mine, "c1")["notes"] == 1
        with pytest.raises(NotAllowed):
            shortlists.undo(wh, "ana", mine, first)
        told = shortlists.history(wh, "ana", mine, "c1").set_index("event_id")
        assert bool(told.loc[first, "is_undone"])
        assert told.loc[first, "undone_by"] == "ana"


class TestDecisions:
    def test_every_step_is_one(self, wh, mine):
        shortlists.set_stage(wh, "ana", mine, ["c1"], "Interview")
        shortlists.set_stage(wh, "ana", mine, ["c2"], "Rejected", "too far")
        shortlists.remove(wh, "ana", mine, ["c3"])
        assert decided(wh, mine) == [
            ("c1", "shortlisted", None, None),
            ("c2", "shortlisted", None, None),
            ("c3", "shortlisted", None, None),
            ("c1", "stage", "Interview", None),
            ("c2", "rejected", "Rejected", "too far"),
            ("c3", "removed", None, None),
        ]
        shortlists.undo(wh, "ana", mine)
        assert decided(wh, mine)[-1] == ("c3", "undone", None, None)

    def test_from_a_ranked_list_they_say_which_view_rank_and_model(self, wh):
        ranked = pd.DataFrame({"rank": [1, 2], "candidate_id": ["c7", "c8"], "score": [0.9, 0.8]})
        view = log_view(wh, "ana", "p2", 3, 1, ["must have SQL"], ranked)
        free = shortlists.create(wh, "ana", "Free")
        added = shortlists.add(wh, "ana", free, ["c8", "c9"], view)
        with wh.engine.connect() as connection:
            rows = connection.execute(
                sa.text(
                    "SELECT candidate_id, posting_id, rank, model_version FROM app.decisions "
                    "WHERE view_id = :v AND event_id = :e ORDER BY candidate_id"
                ),
                {"v": view.view_id, "e": added.event_id},
            ).fetchall()
            shown = connection.execute(
                sa.text(
                    "SELECT l.username, l.filters, r.rank, r.candidate_id, r.score FROM app.lists_shown AS l "
                    "INNER JOIN app.list_rows_shown AS r ON l.view_id = r.view_id WHERE l.view_id = :v ORDER BY r.rank"
                ),
                {"v": view.view_id},
            ).fetchall()
        assert [tuple(row) for row in rows] == [("c8", "p2", 2, 3), ("c9", "p2", None, 3)]
        assert [tuple(row) for row in shown] == [
            ("ana", '["must have SQL"]', 1, "c7", 0.9),
            ("ana", '["must have SQL"]', 2, "c8", 0.8),
        ]

    def test_reports_tell_the_match_until_they_are_taken_back(self, wh):
        ranked = pd.DataFrame({"rank": [1], "candidate_id": ["c11"], "score": [0.75]})
        view = log_view(wh, "ben", "p2", 3, 1, [], ranked)
        with pytest.raises(InputError, match="Say why"):
            decisions.decide(wh, "ben", decisions.WRONG_REASON, ["c11"], view)
        event = decisions.decide(wh, "ben", decisions.WRONG_REASON, ["c11"], view, "Skills: does not know it")
        report = decisions.reports(wh).set_index("event_id").loc[event]
        assert (report["title"], report["candidate_id"], report["rank"], report["score"]) == ("Nurse", "c11", 1, 0.75)
        assert report["reason"] == "Skills: does not know it"
        with pytest.raises(NotAllowed):
            decisions.undo(wh, "ana", event)
        assert decisions.undo(wh, "ben", event) == 1
        assert event not in set(decisions.reports(wh)["event_id"])
