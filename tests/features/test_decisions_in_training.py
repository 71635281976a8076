"""What was decided in the app: known from its moment until it is taken back, learnt from, never judged on."""

from datetime import datetime

import pytest
import sqlalchemy as sa

TRAINING = {"schema": "training"}
COLUMNS = (
    "event_id", "decided_at", "posting_id", "candidate_id", "decision", "stage", "shortlist_id", "view_id", "rank",
    "undoes",
)  # fmt: skip
MAY, JUNE = datetime(2024, 5, 1), datetime(2024, 6, 2)


@pytest.fixture
def decide(company):
    """Writes decisions of the tiny company, and takes them all away afterwards."""

    def write(*rows, views=()):
        with company.engine.begin() as connection:
            for row in rows:
                values = dict.fromkeys(COLUMNS) | row
                names = ", ".join(COLUMNS)
                binds = ", ".join(f":{name}" for name in COLUMNS)
                connection.execute(
                    sa.text(f"INSERT INTO app.decisions (username, {names}) VALUES ('ana', {binds})"), values
                )
            for view_id, posting_id, shown in views:
                connection.execute(
                    sa.text(
                        "INSERT INTO app.lists_shown VALUES (:v, CAST('2024-06-05' AS TIMESTAMP), 'ana', :p, 1, 1, '')"
                    ),
                    {"v": view_id, "p": posting_id},
                )
                for rank, candidate in enumerate(shown, start=1):
                    connection.execute(
                        sa.text("INSERT INTO app.list_rows_shown VALUES (:v, :r, :c, 0.5)"),
                        {"v": view_id, "r": rank, "c": candidate},
                    )
        company.execute("features/build_decisions")

    yield write
    with company.engine.begin() as connection:
        for table in ("decisions", "lists_shown", "list_rows_shown"):
            connection.execute(sa.text(f"DELETE FROM app.{table}"))
    company.execute("features/build_decisions")


def one(event_id, at, candidate, decision="shortlisted", posting="p5", **more):
    return {"event_id": event_id, "decided_at": at, "posting_id": posting, "candidate_id": candidate,
            "decision": decision, **more}  # fmt: skip


def told(wh):
    """(candidate, stage, target, whether it was taken back) of posting p5."""
    with wh.engine.connect() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT c.candidate_id, d.stage, d.target, d.taken_back_at IS NOT NULL AS back "
                "FROM features.decisions AS d INNER JOIN features.candidate_facts AS c "
                "ON d.candidate_key = c.candidate_key INNER JOIN features.posting_facts AS p "
                "ON d.posting_key = p.posting_key WHERE p.posting_id = 'p5' ORDER BY 1, d.decided_at, 2"
            )
        )
        return [tuple(row) for row in rows]


def known(wh, as_of):
    """Who counts as put forward for p5 at a moment."""
    wh.execute("features/set_clock", {"as_of": as_of}, TRAINING)
    wh.execute("features/build_snapshot", names=TRAINING)
    with wh.engine.connect() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT c.candidate_id FROM training.history AS h INNER JOIN features.candidate_facts AS c "
                "ON h.candidate_key = c.candidate_key INNER JOIN features.posting_facts AS p "
                "ON h.posting_key = p.posting_key WHERE p.posting_id = 'p5' ORDER BY 1"
            )
        )
        return [row[0] for row in rows]


def labels(wh, as_of, until, is_holdout=False):
    """The labels of p5 after a moment, of those with whom something happened."""
    known(wh, as_of)
    window = {"until": until, "seed": "1", "others_per_posting": 0, "negatives_per_positive": 0}
    wh.execute("models/label_pairs", window | {"is_holdout": is_holdout})
    with wh.engine.connect() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT c.candidate_id, l.label FROM training.labelled_pairs AS l INNER JOIN features.candidate_facts "
                "AS c ON l.candidate_key = c.candidate_key INNER JOIN features.posting_facts AS p "
                "ON l.posting_key = p.posting_key WHERE p.posting_id = 'p5'"
            )
        )
        return {candidate: float(label) for candidate, label in rows}


def test_decisions_are_told_in_the_companys_stages(company, decide):
    decide(
        one("e1", datetime(2024, 6, 3), "c1"),
        one("e2", datetime(2024, 6, 4), "c1", "stage", stage="Second interview"),
        one("e3", datetime(2024, 6, 5), "c1", "rejected", stage="Rejected"),
        one("e4", datetime(2024, 6, 3), "c2", "rejected"),
        one("e5", datetime(2024, 6, 3), "c3", "not_for_posting"),
        one("e6", datetime(2024, 6, 3), "c5", "contacted"),
        one("e7", datetime(2024, 6, 3), "c6", "wrong_reason"),
        one("e8", datetime(2024, 6, 3), "c6", posting=None),
    )
    assert told(company) == [
        ("c1", "shortlisted", 0.85, False),
        ("c1", "interviewed", 0.9, False),
        ("c1", "rejected", 0.7, False),
        ("c2", "turned down", 0.0, False),
        ("c3", "turned down", 0.0, False),
        ("c5", "shortlisted", 0.85, False),
    ]


def test_a_decision_is_known_from_its_moment_until_it_is_taken_back(company, decide):
    decide(
        one("e1", datetime(2024, 6, 3), "c1"),
        one("e2", datetime(2024, 6, 10), "c1", "undone", undoes="e1"),
        one("e3", datetime(2024, 6, 3), "c2", shortlist_id="l1"),
        one("e4", datetime(2024, 6, 12), "c2", "removed", shortlist_id="l1"),
        one("e5", datetime(2024, 6, 3), "c3", "rejected"),
    )
    assert known(company, datetime(2024, 6, 3)) == []
    assert known(company, datetime(2024, 6, 3, 0, 0, 1)) == ["c1", "c2"]
    assert known(company, datetime(2024, 6, 10)) == ["c1", "c2"]
    assert known(company, datetime(2024, 6, 10, 0, 0, 1)) == ["c2"]
    assert known(company, datetime(2024, 6, 13)) == []


def test_taking_off_that_was_undone_takes_nothing_back(company, decide):
    decide(
        one("e1", datetime(2024, 6, 3), "c2", shortlist_id="l1"),
        one("e2", datetime(2024, 6, 4), "c2", "removed", shortlist_id="l1"),
        one("e3", datetime(2024, 6, 5), "c2", "undone", shortlist_id="l1", undoes="e2"),
    )
    assert told(company) == [("c2", "shortlisted", 0.85, False)]


def test_they_are_labels_in_training_and_never_in_the_holdout(company, decide):
    assert labels(company, MAY, datetime(2024, 7, 1)) == {}
    decide(
        one("e1", datetime(2024, 6, 3), "c1"),
        one("e2", datetime(2024, 6, 3), "c2", "rejected"),
        one("e3", datetime(2024, 6, 3), "c3"),
        one("e4", datetime(2024, 6, 9), "c3", "undone", undoes="e3"),
    )
    assert labels(company, MAY, datetime(2024, 7, 1)) == {"c1": 0.85, "c2": 0.0}
    assert labels(company, MAY, datetime(2024, 6, 3)) == {}  # not yet decided then
    assert labels(company, MAY, datetime(2024, 7, 1), is_holdout=True) == {}


def test_only_who_was_shown_above_a_choice_was_passed_over(company, decide):
    decide(
        one("e1", datetime(2024, 6, 6), "c2", view_id="v1", rank=3),
        one("e2", datetime(2024, 6, 7), "c3", view_id="v2", rank=2),
        one("e3", datetime(2024, 6, 8), "c3", "undone", undoes="e2"),
        views=[("v1", "p5", ["c1", "c5", "c2", "c6"]), ("v2", "p5", ["c6", "c3"])],
    )
    assert told(company) == [
        ("c1", "passed over", 0.0, False),
        ("c2", "shortlisted", 0.85, False),
        ("c3", "shortlisted", 0.85, True),
        ("c5", "passed over", 0.0, False),
    ]
    assert known(company, datetime(2024, 7, 1)) == ["c2"]
    assert labels(company, MAY, datetime(2024, 7, 1)) == {"c1": 0.0, "c2": 0.85, "c5": 0.0}


def test_who_is_known_on_the_posting_was_not_passed_over(company, decide):
    """c3 had been shortlisted for p4 before, c1 never had to do with it."""
    decide(
        one("e1", datetime(2024, 6, 25), "c5", posting="p4", view_id="v1", rank=3),
        views=[("v1", "p4", ["c3", "c1", "c5"])],
    )
    with company.engine.connect() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT c.candidate_id FROM features.decisions AS d INNER JOIN features.candidate_facts AS c "
                "ON d.candidate_key = c.candidate_key WHERE d.stage = 'passed over'"
            )
        ).fetchall()
    assert [row[0] for row in rows] == ["c1"]
