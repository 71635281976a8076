"""Every feature of a pair, held against values worked out by hand for the tiny company.

Its telling words (in two of the eight texts that count, four past postings and four candidates) are chef, baker, triage
and sql; the area of p1 and p2, and the area and company of p3 and p4, count like words.
"""

import math
from datetime import date, datetime, timedelta

import pytest

from jobrec_ui.features import catalogue
from tests.features.tiny_company import CANDIDATES, EVENTS, POSTINGS, values_of

LN = math.log
NONE = None


def _weight(uses, again):
    """What a word of two texts weighs, used so often in the six postings of c1, c2 and c3, and so often again."""
    chance = (uses + 1) / (6 + 2)
    chance_again = (again + 10 * chance) / (uses + 10)
    odds = LN(chance_again / (1 - chance_again)) - LN(chance / (1 - chance))
    return (uses * odds + 10 * 0.3 * LN(8 / 2)) / (uses + 10)


def _unit(vector):
    length = math.hypot(*vector.values())
    return {word: value / length for word, value in vector.items()}


def _cosine(one, other):
    return sum(value * other.get(word, 0) for word, value in one.items())


AREA, CHEF, BAKER = (
    _weight(3, 2),
    _weight(2, 0),
    _weight(1, 0),
)  # gamma weighs as the areas, sql as chef, triage as baker
TITLE, LISTED = 2 * (1 + LN(3)), 1 + LN(2)
TEXTS = {
    "p1": _unit({"chef": TITLE * CHEF, "kitchen": LISTED * AREA}),
    "p2": _unit({"baker": TITLE * BAKER, "kitchen": LISTED * AREA}),
    "p3": _unit({"triage": BAKER, "ward": AREA, "gamma": AREA}),
    "p4": _unit({"sql": CHEF, "ward": AREA, "gamma": AREA}),
}
P5 = _unit({"sql": CHEF, "kitchen": AREA})
ALIKE = {posting: _cosine(P5, text) for posting, text in TEXTS.items()}
_WORDS = {word for text in TEXTS.values() for word in text}
_WIDE = _unit({word: sum(ALIKE[posting] * text.get(word, 0) for posting, text in TEXTS.items()) for word in _WORDS})
WIDENED = {posting: _cosine(_WIDE, text) for posting, text in TEXTS.items()}
# p1 has c1 and c3, p2 c1 and c6, p3 c2 alone, p4 c2 and c3.
SHARED = {
    "p1": (ALIKE["p2"] + ALIKE["p4"]) / 2,
    "p2": ALIKE["p1"] / 2,
    "p3": ALIKE["p4"] / math.sqrt(2),
    "p4": ALIKE["p1"] / 2,
}
AFFINITY = {posting: ALIKE[posting] + WIDENED[posting] / 2 + SHARED[posting] for posting in TEXTS}

# What p5 sees of each candidate. c1: put forward for p1 (hired) and p2 (rejected); c2: p3, and p4 (withdrew); c3: p1
# and p4, nothing known of them; c4: nothing at all; c5: some text, viewed p2; c6: p2 in the last second.
DAYS_AGO = [{"p1": 151, "p2": 20}, {"p3": 122, "p4": 60}, {"p1": 163, "p4": 11}, {}, {}, {"p2": 1}]


def _over(fold, values, half_life=math.inf):
    """The history of each candidate, folded: older postings count less."""
    return [
        fold([values[posting] * math.exp(-days / half_life) for posting, days in past.items()]) if past else NONE
        for past in DAYS_AGO
    ]


def _mean(values):
    return sum(values) / len(values)


def _all_in_all(half_life=730):
    return [
        value and value**0.25
        for value in _over(sum, {posting: score**4 for posting, score in AFFINITY.items()}, half_life)
    ]


EXPECTED = {
    #                              c1     c2     c3     c4     c5     c6
    "own_similarity":             [P5["sql"] * LISTED / math.hypot(LISTED, 1 + LN(3)), NONE, NONE, NONE, NONE, NONE],
    "own_title_similarity":       [0, NONE, NONE, NONE, NONE, NONE],
    "skills_required":            [3, 3, 3, 3, 3, 3],
    "skills_met":                 [2, 1, NONE, NONE, NONE, 0],
    "skills_met_share":           [2 / 3, 1 / 3, NONE, NONE, NONE, 0],
    "skills_practised_share":     [1 / 3, 2 / 3, 1, 0, 0, 1 / 3],
    "languages_met_share":        [1 / 2, NONE, NONE, NONE, NONE, NONE],
    "same_city":                  [1, 0, NONE, NONE, NONE, NONE],
    "same_region":                [1, NONE, NONE, NONE, NONE, NONE],
    "same_country":               [1, 0, NONE, NONE, NONE, NONE],
    "distance_km":                [391.5, NONE, NONE, NONE, NONE, NONE],
    "posting_remote":             [0, 0, 0, 0, 0, 0],
    "candidate_remote":           [1, 0, NONE, NONE, NONE, NONE],
    "same_seniority":             [1, NONE, NONE, NONE, NONE, NONE],
    "same_education":             [0, NONE, NONE, NONE, NONE, NONE],
    "pay_ratio":                  [1.25, NONE, NONE, NONE, NONE, NONE],
    "experience_surplus":         [2, -1.5, NONE, NONE, NONE, NONE],
    "years_experience":           [5, 1.5, NONE, NONE, NONE, NONE],
    "best_similarity":            _over(max, ALIKE),
    "mean_similarity":            _over(_mean, ALIKE),
    "total_similarity":           _over(sum, ALIKE),
    "recent_total_similarity":    _over(sum, ALIKE, 180),
    "best_recent_similarity":     _over(max, ALIKE, 365),
    "best_unrejected_similarity": [ALIKE["p1"], ALIKE["p4"], ALIKE["p4"], NONE, NONE, ALIKE["p2"]],
    "best_company_similarity":    [ALIKE["p1"], NONE, ALIKE["p1"], NONE, NONE, NONE],
    "latest_similarity":          [ALIKE["p2"], ALIKE["p4"], ALIKE["p4"], NONE, NONE, ALIKE["p2"]],
    "best_similarity_relative":   [value and value / ALIKE["p4"] for value in _over(max, ALIKE)],
    "best_title_similarity":      [0, 0, 0, NONE, NONE, 0],
    "mean_title_similarity":      [0, 0, 0, NONE, NONE, 0],
    "latest_title_similarity":    [0, 0, 0, NONE, NONE, 0],
    "best_title_relative":        [NONE, NONE, NONE, NONE, NONE, NONE],
    "best_widened_similarity":    _over(max, WIDENED),
    "mean_widened_similarity":    _over(_mean, WIDENED),
    "best_shared_people":         _over(max, SHARED),
    "total_shared_people":        _over(sum, SHARED),
    "best_affinity":              _over(max, AFFINITY),
    "total_affinity":             _all_in_all(),
    "total_affinity_relative":    [value and value / ALIKE["p4"] for value in _all_in_all()],
    "nearest_total":              _over(sum, {posting: value**2 for posting, value in ALIKE.items()}),
    "best_days_ago":              [151, 60, 11, NONE, NONE, 1],
    "best_stage":                 [6, 2, 3, NONE, NONE, 2],
    "best_rejected":              [0, 0, 0, NONE, NONE, 0],
    "best_withdrawn":             [0, 1, 0, NONE, NONE, 0],
    "best_people":                [2, 2, 2, NONE, NONE, 2],
    "best_same_company":          [1, 0, 0, NONE, NONE, 0],
    "best_same_area":             [1, 0, 0, NONE, NONE, 1],
    "best_same_city":             [1, 0, 0, NONE, NONE, 0],
    "best_same_seniority":        [1, 0, 0, NONE, NONE, 0],
    "best_same_employment":       [1, 0, 0, NONE, NONE, 0],
    "same_title_times":           [0, 0, 0, NONE, NONE, 0],
    "same_company_times":         [1, 0, 1, NONE, NONE, 0],
    "same_company_days_ago":      [151, NONE, 163, NONE, NONE, NONE],
    "same_company_share":         [0.5, 0, 0.5, NONE, NONE, 0],
    "same_area_share":            [1, 0, 0.5, NONE, NONE, 1],
    "same_city_share":            [0.5, 0, 0.5, NONE, NONE, 0],
    "same_region_share":          [0.5, 0, 0.5, NONE, NONE, 0],
    "same_seniority_share":       [0.5, 0, 0.5, NONE, NONE, 0],
    "same_employment_share":      [0.5, 0, 0.5, NONE, NONE, 0],
    "same_education_share":       [0.5, 0, 0.5, NONE, NONE, 0],
    "times_put_forward":          [2, 2, 2, 0, 0, 1],
    "views":                      [1, 0, 0, 0, 1, 0],
    "days_since_last":            [20, 60, 11, NONE, NONE, 1],
    "days_since_first":           [173, 122, 163, NONE, NONE, 1],
    "times_last_quarter":         [1, 1, 1, 0, 0, 1],
    "times_last_year":            [2, 2, 2, 0, 0, 1],
    "share_hired":                [0.5, 0, 0, NONE, NONE, 0],
    "share_rejected":             [0.5, 0, 0, NONE, NONE, 0],
    "share_withdrawn":            [0, 0.5, 0, NONE, NONE, 0],
    "furthest_stage":             [6, 4, 3, NONE, NONE, 2],
    "days_since_hired":           [151, NONE, NONE, NONE, NONE, NONE],
    "companies":                  [2, 1, 2, 0, 0, 1],
    "nearest_similarity":         [ALIKE["p4"]] * 6,
    "nearest_title_similarity":   [0, 0, 0, 0, 0, 0],
}  # fmt: skip


@pytest.fixture(scope="module")
def seen(company):
    """Feature values of p5 with every candidate."""
    return {candidate: values_of(company, "p5", candidate) for candidate in ("c1", "c2", "c3", "c4", "c5", "c6")}


def test_every_feature_is_expected():
    assert tuple(EXPECTED) == catalogue.names()


@pytest.mark.over_the_wire
@pytest.mark.parametrize("name", EXPECTED)
def test_value(seen, name):
    values = [seen[candidate][name] for candidate in sorted(seen)]
    expected = [math.nan if value is None else value for value in EXPECTED[name]]
    tolerance = 2e-4 if name == "distance_km" else 1e-6  # REAL has seven digits; the distance is known to 0.1 km
    assert values == pytest.approx(expected, rel=tolerance, abs=1e-7, nan_ok=True)


def test_the_posting_itself_is_no_past_posting(company):
    """p1 and c1: what happened on p1 is what is to be foretold."""
    values = values_of(company, "p1", "c1")
    assert (values["same_title_times"], values["best_days_ago"], values["best_stage"]) == (0, 20, 2)
    assert values["times_put_forward"] == 2  # activity counts every posting


def test_titles_alike(company):
    """p3 and p4 have the same title in other places; c2 was put forward for both."""
    assert values_of(company, "p4", "c2")["same_title_times"] == 1
    assert values_of(company, "p3", "c2")["same_company_times"] == 1  # Gamma, gamma


VARIANTS = [
    ({"latitude": -48.8566, "longitude": -177.6478}, "distance_km", math.pi * 6371),  # the other end of the world
    ({"latitude": 48.8566, "longitude": 2.3522}, "distance_km", 0),
    ({"latitude": 48.8566, "longitude": None}, "distance_km", math.nan),
    ({"remote": None}, "candidate_remote", math.nan),
    ({"currency": "USD"}, "pay_ratio", math.nan),
    ({"currency": None}, "pay_ratio", math.nan),
    ({"skills": "BAKING;care;SQL;more"}, "skills_met_share", 1),
    ({"skills": "bak;baking powder"}, "skills_met", 0),
    ({"languages": "FRENCH ; english"}, "languages_met_share", 1),
    ({"languages": ""}, "languages_met_share", math.nan),
    ({"city": " PARIS "}, "same_city", 1),
    ({"city": "Paris 10"}, "same_city", 0),
    ({"years_experience": 0.0}, "experience_surplus", -3),
]
# Titles longer than a key, a lower case that takes more bytes than the upper, lists of nothing, one salary of two.
ODD_POSTING = {
    **POSTINGS[4], "posting_id": "p6", "title": "Pastry " * 140, "city": "Ⱥ" * 128, "skills": ";;", "languages": " ; ",
    "salary_min": None,
}  # fmt: skip


@pytest.fixture(scope="module")
def variants(make_company):
    """The tiny company with an odd posting p6, c1 again in each variant, and somebody with a history of three."""
    people = [
        {**CANDIDATES[0], "candidate_id": f"v{number}", **changes} for number, (changes, _, _) in enumerate(VARIANTS)
    ]
    past = [("p1", "three", "hired", EVENTS[0][3]), *((p, "three", "applied", EVENTS[0][3]) for p in ("p2", "p3"))]
    candidates = [*CANDIDATES, *people, {"candidate_id": "three"}]
    return make_company([*POSTINGS, ODD_POSTING], candidates, [*EVENTS, *past])


@pytest.mark.parametrize("number", range(len(VARIANTS)))
def test_one_thing_else_about_the_candidate(variants, number):
    _, name, expected = VARIANTS[number]
    assert values_of(variants, "p5", f"v{number}")[name] == pytest.approx(expected, abs=1e-3, nan_ok=True)


def test_lists_and_values_at_their_limits(variants):
    values = values_of(variants, "p6", "c1")
    assert values["skills_required"] == 0
    assert math.isnan(values["skills_met_share"])
    assert math.isnan(values["languages_met_share"])
    assert values["pay_ratio"] == 1  # 50,000 of the 50,000 that the posting offers at most
    assert values["same_city"] == 0


def test_shares_of_three(variants):
    """A third is a third: averages of decimals would cut it down to 0.3."""
    values = values_of(variants, "p5", "three")
    names = ("share_hired", "same_company_share", "same_region_share", "same_education_share", "skills_practised_share")
    assert [values[name] for name in names] == pytest.approx([1 / 3, 1 / 3, 1 / 3, 1 / 3, 2 / 3], rel=1e-6)


def test_moments_at_the_edges(make_company):
    """91 and 365 days count; a day is a change of date; the future does not."""
    now = datetime(2024, 7, 1)
    ages = {"p1": 91, "p2": 92, "p3": 365, "p4": 366}
    events = [(posting, "c4", "applied", now - timedelta(days=age)) for posting, age in ages.items()]
    wh = make_company(events=[*events, ("p5", "c6", "viewed", now - timedelta(seconds=1))])
    values = values_of(wh, "p5", "c4")
    assert (values["times_last_quarter"], values["times_last_year"], values["times_put_forward"]) == (1, 3, 4)
    assert (values["days_since_last"], values["days_since_first"]) == (91, 366)


def test_a_posting_opens_with_its_first_event_unless_it_says_when(company):
    assert company.query("matching/get_posting", {"posting_id": "p4"})["opened_on"][0] == date(2024, 5, 1)
    assert company.query("matching/get_posting", {"posting_id": "p1"})["opened_on"][0] == date(2024, 1, 1)
    assert EVENTS[0][3].date() == date(2024, 1, 10)
