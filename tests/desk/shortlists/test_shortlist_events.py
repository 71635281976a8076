"""Random work of two users on one list, against a plain Python model; and many threads at once."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from jobrec_ui.desk import shortlists
from jobrec_ui.desk.shortlists import actions
from jobrec_ui.errors import InputError, NotAllowed

USERS = ("ana", "ben")
PEOPLE = ("c1", "c2", "c3", "c4", "c5")

users, people = st.sampled_from(USERS), st.sampled_from(PEOPLE)
groups = st.lists(people, min_size=1, max_size=3, unique=True)
STEPS = st.one_of(
    st.tuples(st.just("add"), users, groups, st.none()),
    st.tuples(st.just("remove"), users, groups, st.none()),
    st.tuples(st.just("move"), users, people, st.integers(1, 5)),
    st.tuples(st.just("stage"), users, groups, st.sampled_from(("Interview", "Offer"))),
    st.tuples(st.just("tag"), users, groups, st.sampled_from(("keen", "Keen", "🥖"))),
    st.tuples(st.just("untag"), users, groups, st.sampled_from(("keen", "🥖"))),
    st.tuples(st.just("note"), users, people, st.just("Called.")),
    st.tuples(st.just("undo"), users, st.none(), st.none()),
    st.tuples(st.just("undo older"), users, st.none(), st.integers(1, 6)),
)


class Model:
    """What a list should be, from the events that were not taken back, replayed one after another."""

    def __init__(self):
        self.events = []

    def do(self, user, kind, candidates, value=None, positions=None):
        self.events.append([user, kind, tuple(candidates), value, positions, True])

    def replay(self):
        on, stage, notes, tags = {}, {}, {}, {}
        for number, (_, kind, candidates, value, positions, counts) in enumerate(self.events):
            if not counts:
                continue
            for at, candidate in enumerate(candidates):
                if kind in ("add", "move"):
                    place = (positions[at], number, candidate)
                    on[candidate] = (on.get(candidate, (False, None))[0] or kind == "add", place)
                elif kind == "remove":
                    on[candidate] = (False, on.get(candidate, (False, None))[1])
                elif kind == "stage":
                    stage[candidate] = value
                elif kind == "note":
                    notes[candidate] = notes.get(candidate, 0) + 1
                elif kind == "tag":
                    tags.setdefault(candidate, {})[value.lower()] = value
                elif kind == "untag":
                    tags.setdefault(candidate, {}).pop(value.lower(), None)
        listed = sorted((place, candidate) for candidate, (member, place) in on.items() if member and place)
        return [
            (
                candidate,
                place[0],
                stage.get(candidate, "New"),
                set(tags.get(candidate, {}).values()),
                notes.get(candidate, 0),
            )
            for place, candidate in listed
        ]

    def listed(self):
        return [row[0] for row in self.replay()]

    def undo(self, user, back):
        """Takes back the user's event that lies ``back`` events behind their latest. False if there is none."""
        own = [event for event in self.events if event[0] == user and event[5]]
        if back >= len(own):
            return False
        own[-1 - back][5] = False
        return True


def real(wh, list_id):
    found = shortlists.people(wh, "ana", list_id)
    return [
        (
            row.candidate_id,
            row.position,
            row.stage,
            set() if pd.isna(row.tags) else set(row.tags.split("; ")) - {""},
            row.notes,
        )
        for row in found.itertuples()
    ]


def take(wh, list_id, model, clock, step):
    """One step on both sides. What the service refuses, the model must have no use for either."""
    kind, user, who, value = step
    chosen = [one for one in ([who] if isinstance(who, str) else who or []) if one in model.listed()]
    if kind == "add":
        new = [one for one in who if one not in model.listed()]
        assert shortlists.add(wh, user, list_id, who).new == tuple(new)
        if new:
            model.do(user, "add", new, positions=[clock[0] + number for number in range(len(new))])
    elif kind in ("undo", "undo older"):
        back = value or 0
        own = [
            event
            for event in shortlists.history(wh, "ana", list_id).to_dict("records")
            if event["username"] == user and not event["is_undone"] and event["event"] not in ("created", "shared")
        ]
        if model.undo(user, back):
            shortlists.undo(wh, user, list_id, own[back]["event_id"] if back else None)
        elif user == "ben":
            with pytest.raises(NotAllowed):
                shortlists.undo(wh, user, list_id, "no such event")
    elif not chosen:
        with pytest.raises(InputError):
            {"remove": shortlists.remove, "stage": shortlists.set_stage, "tag": shortlists.tag,
             "untag": shortlists.untag, "move": shortlists.move, "note": shortlists.add_note,
             }[kind](wh, user, list_id, who, *([value] if value else []))  # fmt: skip
    elif kind == "remove":
        shortlists.remove(wh, user, list_id, who)
        model.do(user, kind, chosen)
    elif kind == "move":
        rows = [row for row in model.replay() if row[0] != who]
        places, at = [row[1] for row in rows], min(value, len(rows) + 1) - 1
        shortlists.move(wh, user, list_id, who, value)
        if not places:
            position = clock[0]
        elif at == 0:
            position = places[0] - 1
        else:
            position = places[-1] + 1 if at == len(places) else (places[at - 1] + places[at]) / 2
        if (at > 0 and places[at - 1] >= position) or (at < len(places) and position >= places[at]):
            order = [row[0] for row in rows]
            order.insert(at, who)
            model.do(user, kind, order, positions=[clock[0] + number for number in range(len(order))])
        else:
            model.do(user, kind, chosen, positions=[position])
    elif kind == "stage":
        shortlists.set_stage(wh, user, list_id, who, value)
        model.do(user, kind, chosen, value)
    elif kind in ("tag", "untag"):
        (shortlists.tag if kind == "tag" else shortlists.untag)(wh, user, list_id, who, value)
        model.do(user, kind, chosen, value)
    else:
        shortlists.add_note(wh, user, list_id, who, value)
        model.do(user, kind, chosen)


@settings(max_examples=6, phases=[Phase.generate])
@given(st.lists(STEPS, min_size=4, max_size=12))
def test_any_sequence_of_two_users_gives_what_a_plain_model_gives(wh, steps):
    clock = [0.0]

    def tick():
        return clock[0]

    before = actions._now
    actions._now = tick
    try:
        list_id = shortlists.create(wh, "ana", "Together")
        shortlists.share(wh, "ana", list_id, "ben", "edit", USERS)
        model = Model()
        for number, step in enumerate(steps, start=1):
            clock[0] = number * 1024.0
            take(wh, list_id, model, clock, step)
            assert real(wh, list_id) == model.replay()
    finally:
        actions._now = before


def test_many_at_once_lose_nothing(wh):
    """Four threads of two users add, tag, note and move; everything is there afterwards, each event once."""
    list_id = shortlists.create(wh, "ana", "Busy")
    shortlists.share(wh, "ana", list_id, "ben", "edit", USERS)
    start = threading.Barrier(4)
    numbers = itertools.count()

    def work(worker):
        user = USERS[worker % 2]
        mine = [f"c{worker * 10 + number}" for number in range(1, 4)]
        start.wait()
        for candidate in mine:
            shortlists.add(wh, user, list_id, [candidate])
            shortlists.add_note(wh, user, list_id, candidate, f"note {next(numbers)}")
            shortlists.tag(wh, user, list_id, [candidate], f"by {user}")
        shortlists.move(wh, user, list_id, mine[0], 1)
        return mine

    with ThreadPoolExecutor(4) as pool:
        added = [candidate for mine in pool.map(work, range(4)) for candidate in mine]
    found = shortlists.people(wh, "ben", list_id)
    assert sorted(found["candidate_id"]) == sorted(added)
    assert found["notes"].tolist() == [1] * 12
    assert set(found["tags"]) == {"by ana", "by ben"}
    assert shortlists.get(wh, "ben", list_id).revision == 2 + 4 * (3 * 3 + 1)
    with wh.engine.connect() as connection:
        decided = connection.execute(
            sa.text("SELECT COUNT(*), COUNT(DISTINCT event_id) FROM app.decisions WHERE shortlist_id = :l"),
            {"l": list_id},
        ).fetchone()
    assert tuple(decided) == (12, 12)


def test_two_who_undo_the_same_event_at_once_take_it_back_once(wh):
    list_id = shortlists.create(wh, "ana", "Twice")
    shortlists.add(wh, "ana", list_id, ["c1"])
    event = shortlists.set_stage(wh, "ana", list_id, ["c1"], "Interview")
    start = threading.Barrier(3)

    def undo(_):
        start.wait()
        try:
            shortlists.undo(wh, "ana", list_id, event)
        except NotAllowed:
            return 0
        return 1

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(undo, range(3))) >= 1
    assert shortlists.people(wh, "ana", list_id)["stage"].tolist() == ["New"]


def test_a_hundred_are_one_statement(wh):
    list_id = shortlists.create(wh, "ana", "Hundred")
    statements = []

    def seen(_, __, statement, *___):
        statements.append(statement)

    sa.event.listen(wh.engine, "before_cursor_execute", seen)
    try:
        added = shortlists.add(wh, "ana", list_id, [f"c{number}" for number in range(1, 101)])
    finally:
        sa.event.remove(wh.engine, "before_cursor_execute", seen)
    assert len(added.new) == 100
    inserts = [statement for statement in statements if "INSERT" in statement]
    assert len(inserts) == 2  # the list's events, and the decisions
    assert shortlists.people(wh, "ana", list_id)["candidate_id"].tolist() == [f"c{n}" for n in range(1, 101)]
