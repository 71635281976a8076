"""Open or closed: by what a posting's status says, in the languages that are known, else by its closing day."""

import datetime as dt

import pytest
import sqlalchemy as sa

from jobrec_ui import matching, models
from jobrec_ui.features import statuses
from tests.features.tiny_company import EVENTS

pytestmark = pytest.mark.over_the_wire

TODAY = dt.date.today()
OPEN = [
    "open", "Open ", "ACTIVE", "published", "Live", "offen", "veröffentlicht", "Veroffentlicht", "VERÖFFENTLICHT",
    "ouvert", "ouverte", "abierta", "aberta", "em aberto", "aperta", "vacature", "Openstaand", "otwarta", "Aktywna",
    "in progress", "In_Progress", "re-opened", "Open / Active", "open (live)",
]  # fmt: skip
CLOSED = [
    "closed", "Filled", "cancelled", "canceled", "CANCELED", "archived", "on hold", "On-Hold", "ON_HOLD", "expired",
    "draft", "besetzt", "geschlossen", "pourvu", "fermée", "FERMEE", "cerrada", "encerrada", "chiusa", "gesloten",
    "zamknięta", "Zamknieta", "Closed - filled", "Closed – cancelled", "closed/filled", "no longer available",
]  # fmt: skip
UNKNOWN = ["Phase 2", "not yet open for all", "open - cancelled", "???", "offen?ungeklärt"]


@pytest.fixture(scope="module")
def company(make_company):
    """A posting for each status, and for each kind of closing day with and without one."""
    kinds = {"o": OPEN, "c": CLOSED, "u": UNKNOWN}
    days = {
        "never": dt.date(9999, 12, 31),
        "far": dt.date(2999, 1, 1),
        "tomorrow": TODAY + dt.timedelta(days=2),
        "past": TODAY - dt.timedelta(days=2),
        "none": None,
    }
    rows = [
        {"posting_id": f"{kind}{n}", "title": "Cook", "status": status}
        for kind, found in kinds.items()
        for n, status in enumerate(found)
    ]
    rows += [
        {"posting_id": f"{name} {label}", "title": "Cook", "closed_at": day, "status": status}
        for name, day in days.items()
        for label, status in {"no": None, "blank": "  ", "open": "open", "filled": "filled", "odd": "Phase 2"}.items()
    ]
    return make_company(rows, [{"candidate_id": "c0", "headline": "Cook"}], [("o0", "c0", *EVENTS[0][2:])])


@pytest.fixture(scope="module")
def found(company):
    return matching.find_postings(company, "", limit=500).set_index("posting_id")


@pytest.mark.parametrize(("kind", "words", "is_open"), [("o", OPEN, True), ("c", CLOSED, False)])
def test_what_a_status_says(found, kind, words, is_open):
    said = {status: found["is_open"][f"{kind}{n}"] for n, status in enumerate(words)}
    assert said == dict.fromkeys(words, is_open)


@pytest.mark.parametrize("status", ["no", "blank", "odd"])
def test_without_a_status_that_is_known_the_closing_day_decides(found, status):
    said = {day: bool(found["is_open"][f"{day} {status}"]) for day in ("never", "far", "tomorrow", "past", "none")}
    assert said == {"never": True, "far": True, "tomorrow": True, "past": False, "none": True}
    assert found["closed_since"][f"past {status}"] == TODAY - dt.timedelta(days=2)
    assert found["closed_since"][f"never {status}"] is None


def test_a_status_that_is_known_decides(found):
    days = ("never", "far", "tomorrow", "past", "none")
    assert {day: bool(found["is_open"][f"{day} open"]) for day in days} == dict.fromkeys(days, True)
    assert {day: bool(found["is_open"][f"{day} filled"]) for day in days} == dict.fromkeys(days, False)
    # Since when is told only where a day in the past is given.
    since = found["closed_since"]
    assert [since[f"{day} filled"] for day in days] == [None, None, None, TODAY - dt.timedelta(days=2), None]
    assert since["past open"] is None


def test_the_company_s_own_day_stays(company):
    assert matching.get_posting(company, "none filled")["closed_at"] is None


def test_open_ones_come_first_and_closed_ones_can_be_left_out(company, found):
    is_open = found["is_open"].tolist()
    assert is_open == sorted(is_open, reverse=True)
    only = matching.find_postings(company, "", limit=500, open_only=True)
    assert set(only["posting_id"]) == set(found.index[found["is_open"]])


def test_unknown_statuses_are_told_with_their_counts(company):
    unknown = statuses.unknown(company).set_index("status")["postings"].to_dict()
    assert unknown == {**dict.fromkeys(UNKNOWN, 1), "Phase 2": 6}


def test_what_the_company_says_of_its_own_words_counts_and_stays(make_company):
    rows = [
        {"posting_id": "a", "title": "Cook", "status": "Phase 2"},
        {"posting_id": "b", "title": "Cook", "status": "Draft"},
    ]
    wh = make_company(rows, [{"candidate_id": "c0"}], [("a", "c0", *EVENTS[0][2:])])
    with wh.engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO hiring.posting_statuses VALUES ('phase-2', FALSE)"))
        connection.execute(sa.text("UPDATE hiring.posting_statuses SET is_open = TRUE WHERE status = 'draft'"))
    models.refresh_features(wh)
    found = matching.find_postings(wh, "").set_index("posting_id")
    assert found["is_open"].to_dict() == {"a": False, "b": True}
    assert statuses.unknown(wh).empty


def test_a_warehouse_that_was_made_before_gets_the_table(make_company):
    wh = make_company()
    with wh.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE hiring.posting_statuses"))
    models.refresh_features(wh)
    assert len(matching.find_postings(wh, "")) == 5


def test_the_words_are_many_and_mean_one_thing():
    known = statuses.known()
    assert len(known) > 300
    assert all(status and status == status.strip() and len(status.encode()) <= 256 for status in known)
    listed = (statuses._FILE).read_text(encoding="utf-8")
    languages = {line.split(",")[1] for line in listed.splitlines()[1:]}
    assert languages == {
        "any", "English", "German", "French", "Spanish", "Portuguese", "Italian", "Dutch", "Polish",
    }  # fmt: skip
    said: dict[str, set[str]] = {}
    for line in listed.splitlines()[1:]:
        is_open, _, words = line.split(",", 2)
        for word in words.split(";"):
            said.setdefault(word.strip().lower(), set()).add(is_open)
    assert [word for word, meanings in said.items() if len(meanings) > 1] == []
