"""Blind review: who switches it, and what the warehouse no longer tells then."""

import pytest
import sqlalchemy as sa

from jobrec_ui import matching, models
from jobrec_ui.access import blind_review
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.errors import InputError, NotAllowed
from jobrec_ui.matching.filters import CandidateFilters
from tests.warehouse_copies import opened_copy

SUMMARY = (
    "Ana-María O'Neil (she/her), 45 years old, born 1980 in Rome. ANA's work; maría. MSc at University of Applied "
    "Sciences Köln, then ETH Zürich and Lincoln High School. Mail ana@x.org or +49 (0)30 1234-567, www.ana.es. "
    "Ms O'Neil has 12 years of experience with 5 tools. A mother. Won 2 prizes in 2019."
)
MASKED = (
    "[name]-[name] [name]'[name] ([hint]/[hint]), [age], [age]. [name]'s work; [name]. MSc at [school], then [school] "
    "and [school]. Mail [contact] or [contact], [contact] [hint] [name]'[name] has 12 years of experience with 5 "
    "tools. A [hint]. Won 2 prizes in 2019."
)


@pytest.fixture(scope="module")
def wh(demo_warehouse, reach, tmp_path_factory):
    with opened_copy(demo_warehouse, tmp_path_factory.mktemp("blind"), reach) as warehouse:
        for tables in ("app_shortlists", "app_decisions", "app_searches", "app_blind", "app_models"):
            warehouse.execute(f"schema/{tables}")
        with warehouse.engine.begin() as connection:
            connection.execute(
                sa.text(
                    "UPDATE hiring.candidates SET name = :name, summary = :summary, headline = :headline "
                    "WHERE candidate_id = 'C0000001'"
                ),
                {
                    "name": "Ana-María O'Neil",
                    "summary": SUMMARY,
                    "headline": "Ana, chairwoman, Technische Universität München",
                },
            )
        models.refresh_features(warehouse)  # searches look into what is made with the features
        yield warehouse


@pytest.mark.over_the_wire
def test_a_profile_without_who_it_is(wh):
    person = matching.get_candidate(wh, "C0000001", blind=True)
    assert person["summary"] == MASKED
    assert person["headline"] == "[name], [hint], [school]"
    assert {"email", "phone"}.isdisjoint(person)
    seen = matching.get_candidate(wh, "C0000001")
    assert (seen["name"], seen["summary"]) == ("Ana-María O'Neil", SUMMARY)
    same = set(seen) - {"email", "phone", "name", "summary", "headline", "education"}
    assert {name: person[name] for name in same} == {name: seen[name] for name in same}


def test_pseudonyms_are_stable_and_the_same_everywhere(wh):
    posting = matching.find_postings(wh, "", 1)["posting_id"].iloc[0]
    version = models.live_version(wh)
    listed = matching.rank_candidates(wh, posting, version, limit=200, viewer=Viewer(blind=True))
    open_list = matching.rank_candidates(wh, posting, version, limit=200)
    assert listed["candidate_id"].tolist() == open_list["candidate_id"].tolist()
    assert listed["name"].str.fullmatch(r"Candidate [0-9A-F]{6}").all()
    assert listed["name"].is_unique
    first = listed.iloc[0]
    assert matching.get_candidate(wh, first["candidate_id"], blind=True)["name"] == first["name"]
    assert set(listed["name"]).isdisjoint(open_list["name"])
    plain = open_list["headline"].notna() & ~listed["headline"].str.contains("[", regex=False, na=True)
    assert plain.any()
    assert listed.loc[plain, "headline"].tolist() == open_list.loc[plain, "headline"].tolist()


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("MARÍA JOSÉ DA SILVA e LIMA", "Maria, jose LIMA, da e Silva", "[name], [name] [name], da e [name]"),
        ("김민수", "김민수는 개발자", "[name] 개발자"),
        (
            "Al Vo",
            "github.com/alvo, linkedin.com/in/al-vo, @al_vo, node.js",
            "[contact], [contact], [contact], node.js",
        ),
        ("Mary O’Brien", "O'Brien, OBrien; O’BRIEN’s; Mary‑O`Brien", "[name]'[name], [name]; [name]; [name]"),
        ("Jörg Weiß", "JOERG WEISS, Jorg Weiß", "[name] [name], [name] [name]"),
        ("Ute Mueller", "Frau Müller und Muller", "[hint] [name] und [name]"),
        ("Zoë Grün", "Zoë GRUEN", "[name]"),
        ("Işık Şahin", "Isik SAHIN", "[name] [name]"),
        (None, "Managed 12 people in newborn care", "Managed 12 people in newborn care"),
        (None, "Class of 2009, aged 40, since 1998", "[age], [age], since [age]"),
        ("X", "", ""),
    ],
)
def test_names_in_other_ways_and_what_only_looks_like_a_hint(wh, name, said, told):
    with wh.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE hiring.candidates SET name = :n, headline = :h WHERE candidate_id = 'C0000002'"),
            {"n": name, "h": said},
        )
    assert (matching.get_candidate(wh, "C0000002", blind=True)["headline"] or "") == told


def test_nobody_is_found_by_what_is_withheld(wh):
    posting = matching.find_postings(wh, "", 1)["posting_id"].iloc[0]

    def passing(words, is_blind):
        return matching.filter_counts(wh, posting, CandidateFilters(text=words), Viewer(blind=is_blind))["passing"][0]

    everything = ("maría", "ana@x.org", "ETH", '"Lincoln High School"', "mother", "1980")
    assert passing(" AND ".join(everything), False) == 1
    assert passing(" OR ".join(everything), True) == 0
    assert passing('"years of experience with 5 tools" NOT mother', True) == 1
    with wh.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE features.value_keys SET label = 'MBA, Harvard' WHERE kind = 'education' AND label = 'MBA'")
        )
    assert "MBA, Harvard" in matching.filter_values(wh)["education"]
    assert "MBA, Harvard" not in matching.filter_values(wh, blind=True)["education"]
    assert "BSc" in matching.filter_values(wh, blind=True)["education"]


def test_nobody_is_found_by_name(wh):
    assert "C0000001" in set(matching.find_candidates(wh, "ana-maría")["candidate_id"])
    assert matching.find_candidates(wh, "ana-maría", blind=True).empty
    assert matching.find_candidates(wh, "C0000001", blind=True)["name"].str.startswith("Candidate").all()


def test_a_recruiter_starts_and_leaves_with_a_reason(wh):
    assert not blind_review.status(wh, "ana").on
    blind_review.start(wh, "ana")
    assert blind_review.status(wh, "ana").on
    assert not blind_review.status(wh, "bo").on
    with pytest.raises(InputError, match="reason"):
        blind_review.leave(wh, "ana", "  ")
    assert blind_review.status(wh, "ana").on
    blind_review.leave(wh, "ana", "Interview on Monday")
    assert not blind_review.status(wh, "ana").on
    with wh.engine.connect() as connection:
        logged = connection.execute(
            sa.text("SELECT action, subject, detail FROM app.audit_log WHERE username = 'ana' ORDER BY occurred_at")
        ).fetchall()
    assert logged == [("blind review on", "ana", "own choice"), ("blind review off", "ana", "Interview on Monday")]


@pytest.mark.over_the_wire
def test_what_an_admin_enforces_only_an_admin_lifts(wh):
    blind_review.enforce(wh, "root", "Company policy")
    status = blind_review.status(wh, "bo")
    assert (status.on, status.enforced_by, status.reason) == (True, "root", "Company policy")
    with pytest.raises(NotAllowed, match="Only an admin"):
        blind_review.leave(wh, "bo", "I want to")
    blind_review.lift(wh, "root", "Pilot is over")
    assert not blind_review.status(wh, "bo").on
    assert blind_review.latest(wh)["reason"].tolist()[:2] == ["Pilot is over", "Company policy"]
