"""Filters by text, distance, pay, languages, education, activity, stages, shortlists and source, against pandas."""

import math
import unicodedata
from datetime import date

import pandas as pd
import pytest
import sqlalchemy as sa

from jobrec_ui import matching
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.errors import InputError
from jobrec_ui.matching.filters import CHOICES, CandidateFilters
from jobrec_ui.warehouse import Warehouse
from tests.matching.matching_helpers import EVERYBODY, once_over_the_wire
from tests.warehouse_copies import ask

ANA = Viewer("ana")


@pytest.fixture(scope="module", autouse=True)
def _app_tables(wh: Warehouse):
    """A list of Ana's with notes on it, one shared with her, and one that she may not see."""
    events = [
        ("mine", "e1", "ana", "created", None, "Mine", None),
        ("mine", "e2", "ana", "added", 0, None, None),
        ("mine", "e3", "ana", "added", 1, None, None),
        ("mine", "e4", "ana", "removed", 1, None, None),
        ("mine", "e5", "ana", "note", 0, "Speaks about Zanzibar", None),
        ("theirs", "e6", "bo", "created", None, "Theirs", None),
        ("theirs", "e7", "bo", "shared", None, "ana", "read"),
        ("theirs", "e8", "bo", "added", 2, None, None),
        ("secret", "e9", "bo", "created", None, "Secret", None),
        ("secret", "e10", "bo", "added", 3, None, None),
        ("secret", "e11", "bo", "note", 3, "Zanzibar too", None),
        ("mine", "e12", "ana", "added", 4, None, None),
        ("mine", "e13", "ana", "undone", None, None, None),
    ]
    people = ask(wh, "SELECT candidate_id FROM hiring.candidates ORDER BY candidate_id LIMIT 5")["candidate_id"]
    with wh.engine.begin() as connection:
        for number, (shortlist, event_id, user, event, person, value, detail) in enumerate(events):
            connection.execute(
                sa.text(
                    "INSERT INTO app.shortlist_events (shortlist_id, event_id, occurred_at, username, event, "
                    "candidate_id, value, detail, undoes) VALUES (:l, :e, :t, :u, :v, :c, :x, :d, :o)"
                ),
                {
                    "l": shortlist,
                    "e": event_id,
                    "t": pd.Timestamp("2026-01-01") + pd.Timedelta(minutes=number),
                    "u": user,
                    "v": event,
                    "c": None if person is None else people[person],
                    "x": value,
                    "d": detail,
                    "o": "e12" if event == "undone" else None,
                },
            )


@pytest.fixture(scope="module")
def passing(wh, version, posting_id):
    """passing(filters): everybody who passes; a short list is filled as long as there are enough."""

    def ask_all(filters: CandidateFilters, viewer: Viewer = ANA) -> set[str]:
        found = matching.rank_candidates(wh, posting_id, version, filters, limit=EVERYBODY, viewer=viewer)
        return set(found["candidate_id"])

    return ask_all


def those(people: pd.DataFrame, passes) -> set[str]:
    found = {number for number, person in people.iterrows() if passes(person)}
    assert 0 < len(found) < len(people)
    return found


def words_of(person) -> str:
    """The words of a profile, folded, with one blank around each."""
    text = " ; ".join(str(person[name] or "") for name in ("headline", "summary", "skills")).lower()
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    kept = "".join(c if c.isalnum() or c in "+#." else " " for c in text)
    return " " + " ".join(word.rstrip(".") for word in kept.split()) + " "


def _either(text: str) -> bool:
    return " sql " in text or " excel " in text


@pytest.mark.parametrize(
    ("query", "meaning"),
    once_over_the_wire([
        ('(sql OR excel) AND NOT "social media"', lambda text: _either(text) and " social media " not in text),
        ("SQL", lambda text: " sql " in text),
        ("sql python", lambda text: " sql " in text and " python " in text),
        ("sql OR teamwork", lambda text: " sql " in text or " teamwork " in text),
        ("NOT teamwork", lambda text: " teamwork " not in text),
        ("manag*", lambda text: " manag" in text),
        ('"with * years of"', lambda text: " with years of " in text),
        ("A/B", lambda text: " a b " in text),
    ]),
)  # fmt: skip
def test_text(passing, people, query, meaning):
    expected = {number for number, person in people.iterrows() if meaning(words_of(person))}
    assert passing(CandidateFilters(text=query)) == expected


def test_text_finds_notes_of_lists_that_one_may_see(passing, people):
    assert passing(CandidateFilters(text="zanzibar")) == {people.index.sort_values()[0]}
    assert passing(CandidateFilters(text="zanzibar"), Viewer("bo")) == {people.index.sort_values()[3]}
    assert passing(CandidateFilters(text="zanzibar"), Viewer()) == set()


def test_a_malformed_text(wh, version, posting_id):
    with pytest.raises(InputError, match="character 1"):
        matching.rank_candidates(wh, posting_id, version, CandidateFilters(text="(sql"))


def test_a_blind_text_search_does_not_find_names(passing, people):
    name = people["name"].iloc[0].split()[0]
    found = passing(CandidateFilters(text=name), Viewer(blind=True))
    assert people.index[0] not in found


def haversine(a, b) -> float:
    (lat, lon), (other_lat, other_lon) = [[math.radians(value) for value in place] for place in (a, b)]
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return 2 * 6371 * math.asin(math.sqrt(half))


@pytest.mark.parametrize("km", once_over_the_wire([200, 10, 1000]))
def test_distance(passing, people, postings, km):
    located = pd.concat([people, postings])[["city", "region", "country", "latitude", "longitude"]]
    located = located.dropna(subset=["city", "latitude", "longitude"]).fillna("")
    centres = located.groupby(["city", "region", "country"])[["latitude", "longitude"]].mean()
    wanted = [tuple(row) for row in centres.loc[["Berlin"]].to_numpy()]

    def passes(person):
        if person["city"] == "Berlin":
            return True
        own = (person["latitude"], person["longitude"])
        if any(map(pd.isna, own)):
            key = tuple("" if pd.isna(person[name]) else person[name] for name in ("city", "region", "country"))
            if key not in centres.index:
                return False
            own = tuple(centres.loc[key])
        return any(haversine(own, centre) <= km for centre in wanted)

    assert passing(CandidateFilters(place="berlin", within_km=km)) == those(people, passes)


def test_a_distance_from_a_country_is_the_country(passing):
    country = CandidateFilters(place="Germany")
    assert passing(CandidateFilters(place="Germany", within_km=500)) == passing(country)


def test_pay(passing, people):
    found = passing(CandidateFilters(pay_min=30_000, pay_max=60_000, currency="eur"))
    assert found == those(
        people, lambda person: person["currency"] == "EUR" and 30_000 <= person["desired_salary"] <= 60_000
    )


def test_languages(passing, people):
    def spoken(person):
        return {word.split(":")[0].strip().lower() for word in str(person["languages"] or "").split(";")}

    found = passing(CandidateFilters(languages=("English", "german")))
    assert found == those(people, lambda person: {"english", "german"} <= spoken(person))


def test_education_and_source(passing, people):
    found = passing(CandidateFilters(education=("bsc", "MBA"), sources=("AGENCY", "job board")))
    assert found == those(
        people, lambda person: person["education"] in ("BSc", "MBA") and person["source"] in ("Agency", "Job board")
    )


def test_activity(passing, people, events):
    day = date(2026, 3, 1)
    last = events.groupby("candidate_id")["occurred_at"].max()
    found = passing(CandidateFilters(active_since=day))
    assert found == those(
        people,
        lambda person: (
            pd.Timestamp(person["updated_at"]) >= pd.Timestamp(day)
            or (person.name in last.index and last[person.name] >= pd.Timestamp(day))
        ),
    )


def test_stages(passing, people, events, posting_id):
    in_order = events.sort_values(["occurred_at", "stage_order"])
    last = in_order.groupby(["candidate_id", "posting_id"])["stage"].last().reset_index()
    here = last[(last["posting_id"] == posting_id) & last["stage"].isin(["rejected", "applied"])]
    elsewhere = last[(last["posting_id"] != posting_id) & last["stage"].isin(["hired"])]
    assert passing(CandidateFilters(stages_here=("rejected", "applied"))) == set(here["candidate_id"])
    assert passing(CandidateFilters(stages_elsewhere=("hired",))) == set(elsewhere["candidate_id"])


def test_lists(passing, people):
    first = people.index.sort_values()[:5]
    assert passing(CandidateFilters(on_lists=("mine", "theirs"))) == {first[0], first[2]}
    assert passing(CandidateFilters(on_lists=("secret",))) == set()
    assert passing(CandidateFilters(off_lists=("mine", "secret"))) == set(people.index) - {first[0]}


@pytest.mark.parametrize("unheard", [(), ("no such skill",)])
def test_counts(wh, posting_id, people, unheard):
    filters = CandidateFilters(
        must_have=("SQL", "Teamwork", *unheard), excluded=("Excel", "never heard"), experience_min=3, text="NOT java"
    )
    counts = matching.filter_counts(wh, posting_id, filters)
    checks = {
        ("must_have", "sql"): [("sql" in skills) for skills in people["skill_set"]],
        ("must_have", "teamwork"): [("teamwork" in skills) for skills in people["skill_set"]],
        ("excluded", "excel"): [("excel" not in skills) for skills in people["skill_set"]],
        ("experience", None): (people["years_experience"] >= 3).tolist(),
        ("text", None): [" java " not in words_of(person) for _, person in people.iterrows()],
        ("excluded", "never heard"): [True] * len(people),
        **{("must_have", skill): [False] * len(people) for skill in unheard},
    }
    assert len(counts) == len(checks)
    failed = sum(~pd.Series(passes) for passes in map(list, checks.values()))
    for (kind, value), met in checks.items():
        passes = pd.Series(met)
        rows = counts[
            (counts["filter"] == kind) & (counts["value"].isna() if value is None else counts["value"] == value)
        ]
        (row,) = rows.itertuples()
        assert (row.removed, row.alone) == ((~passes).sum(), (~passes & (failed == 1)).sum())
        assert (row.passing, row.candidates) == ((failed == 0).sum(), len(people))


def test_what_leaves_nobody_out_is_not_counted(wh, posting_id):
    counts = matching.filter_counts(wh, posting_id, CandidateFilters(nice_to_have=("SQL",), must_have=(" ",)))
    assert counts.empty
    assert {"filter", "value", "removed", "alone", "passing", "candidates"} == set(counts.columns)


def test_values_to_choose_from(wh, people):
    values = matching.filter_values(wh)
    assert set(values) == set(CHOICES)
    assert values["source"][0] == people["source"].value_counts().index[0]
    assert values["stage"][0] == "viewed"
    assert "Berlin" in values["located_city"]


@pytest.mark.parametrize(
    ("filters", "says"),
    [
        (CandidateFilters(pay_min=2, pay_max=1), "least pay"),
        (CandidateFilters(place="Berlin", within_km=-1), "distance"),
        (CandidateFilters(on_lists=("a",), off_lists=("a",)), "One list"),
    ],
)
def test_filters_that_nobody_can_meet(wh, version, posting_id, filters, says):
    with pytest.raises(InputError, match=says):
        matching.rank_candidates(wh, posting_id, version, filters)
