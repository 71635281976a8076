"""What the demo's tables hold: schema, keys, references, ranges, dates in order, gaps, scripts, reserved contacts."""

import re
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from jobrec_ui.data.check import check_rows
from jobrec_ui.data.demo import DemoCompany
from jobrec_ui.data.demo.catalogue import load_catalogue
from jobrec_ui.data.demo.company import UNTIL
from jobrec_ui.data.parquet_file import raw_from_columns
from jobrec_ui.data.tables import STAGES, TABLES, Kind

pytestmark = pytest.mark.company

RESERVED_PHONES = re.compile(
    r"\+1 \d{3}-555-01\d\d|\+44 7700 900\d{3}|\+49 171 39200\d\d|\+33 6 39 98 \d\d \d\d"
    r"|\+353 20 91\d \d{4}|\+61 2 5550 \d{4}"
)


@pytest.mark.parametrize("name", list(TABLES))
def test_table_has_the_schema_of_the_company_s_data(company: DemoCompany, name: str) -> None:
    table = company.tables[name]
    assert table.schema.equals(TABLES[name].arrow_schema)
    table.validate(full=True)
    for column in TABLES[name].required:
        assert table[column].null_count == 0, column


@pytest.mark.parametrize("name", list(TABLES))
def test_key_identifies_a_row(company: DemoCompany, name: str) -> None:
    table = company.tables[name]
    assert table.group_by(list(TABLES[name].key)).aggregate([]).num_rows == table.num_rows


@pytest.mark.parametrize("name", list(TABLES))
def test_values_fit_their_columns(company: DemoCompany, name: str) -> None:
    table = company.tables[name]
    for column in TABLES[name].columns:
        values = table[column.name].drop_null()
        if column.kind in (Kind.ID, Kind.TEXT):
            assert pc.max(pc.binary_length(values)).as_py() <= column.size, column.name
            assert pc.min(pc.utf8_length(pc.utf8_trim_whitespace(values))).as_py() > 0, column.name
        if column.minimum is not None:
            assert pc.min(values).as_py() >= column.minimum, column.name
        if column.maximum is not None:
            assert pc.max(values).as_py() <= column.maximum, column.name


@pytest.mark.parametrize("name", list(TABLES))
def test_loader_takes_every_row_as_it_is(company: DemoCompany, name: str) -> None:
    table = company.tables[name]
    raw = raw_from_columns(TABLES[name], dict(zip(table.column_names, table.columns, strict=True)), name, [])
    checked = check_rows(raw)
    assert raw.notes == []
    assert checked.select(table.column_names).to_pydict() == table.to_pydict()


@pytest.mark.parametrize(
    ("name", "column", "target"),
    [
        ("interactions", "posting_id", "postings"),
        ("interactions", "candidate_id", "candidates"),
        ("demographics", "candidate_id", "candidates"),
    ],
)
def test_references_exist(company: DemoCompany, name: str, column: str, target: str) -> None:
    known = company.tables[target][column]
    assert pc.all(pc.is_in(company.tables[name][column], known)).as_py()


def test_all_stages_occur(company: DemoCompany) -> None:
    assert set(company.tables["interactions"]["stage"].unique().to_pylist()) == set(STAGES)


def test_reasons_only_where_a_journey_ended_badly(company: DemoCompany) -> None:
    interactions = company.tables["interactions"].to_pandas()
    with_reason = interactions[interactions.reason.notna()]
    assert set(with_reason.stage) == {"rejected", "withdrawn"}
    ended = interactions[interactions.stage.isin(["rejected", "withdrawn"])]
    assert 0.6 < ended.reason.notna().mean() < 0.9
    assert ended.reason.nunique() > 10


def test_stages_of_a_journey_come_in_order(company: DemoCompany) -> None:
    interactions = company.tables["interactions"].to_pandas()
    interactions["order"] = interactions.stage.map({stage: n for n, stage in enumerate(STAGES)})
    journeys = interactions.sort_values(["posting_id", "candidate_id", "occurred_at"]).groupby(
        ["posting_id", "candidate_id"]
    )
    # rejected and withdrawn have the highest numbers, so they come last
    assert (journeys.order.diff().dropna() > 0).all()
    assert (journeys.occurred_at.diff().dropna() > timedelta(0)).all()
    ends = interactions.stage.isin(["hired", "rejected", "withdrawn"])
    assert interactions[ends].groupby(["posting_id", "candidate_id"]).size().max() == 1


def test_interactions_lie_within_the_posting_s_time(company: DemoCompany) -> None:
    interactions = company.tables["interactions"].to_pandas()
    postings = company.tables["postings"].to_pandas().set_index("posting_id")
    day = interactions.occurred_at.dt.date
    assert (day >= interactions.posting_id.map(postings.opened_at)).all()
    closed = interactions.posting_id.map(postings.closed_at)
    assert (day[closed.notna()] <= closed[closed.notna()]).all()
    assert interactions.occurred_at.is_monotonic_increasing


def test_everything_happens_in_the_two_years(company: DemoCompany) -> None:
    start = UNTIL - timedelta(days=730)
    postings, candidates = company.tables["postings"].to_pandas(), company.tables["candidates"].to_pandas()
    assert postings.opened_at.min() >= start
    assert postings.closed_at.dropna().max() <= UNTIL
    assert (postings.closed_at.dropna() >= postings.opened_at[postings.closed_at.notna()]).all()
    last = company.tables["interactions"].to_pandas().occurred_at.max().date()
    assert UNTIL - timedelta(days=4) < last <= UNTIL
    assert candidates.updated_at.max().date() <= UNTIL
    assert postings.opened_at.min() < start + timedelta(days=60)


def test_status_says_what_happened(company: DemoCompany) -> None:
    postings = company.tables["postings"].to_pandas()
    interactions = company.tables["interactions"].to_pandas()
    hired = set(interactions[interactions.stage == "hired"].posting_id)
    assert ((postings.status == "open") == postings.closed_at.isna()).all()
    assert set(postings[postings.status == "filled"].posting_id) <= hired
    assert not set(postings[postings.status == "closed"].posting_id) & hired
    assert 0.1 < (postings.status == "open").mean() < 0.3


def test_nobody_is_hired_twice_within_half_a_year(company: DemoCompany) -> None:
    interactions = company.tables["interactions"].to_pandas()
    hired = interactions[interactions.stage == "hired"].sort_values("occurred_at")
    assert len(hired) > 50
    assert (hired.groupby("candidate_id").occurred_at.diff().dropna() > timedelta(days=170)).all()


def test_salaries_make_sense(company: DemoCompany) -> None:
    postings = company.tables["postings"].to_pandas()
    both = postings.dropna(subset=["salary_min", "salary_max"])
    assert len(both) > 50
    assert (both.salary_min <= both.salary_max).all()
    assert postings.currency.notna().equals(postings.salary_max.notna())
    pay = postings[postings.currency == "USD"].groupby("seniority").salary_max.median()
    assert pay["Entry level"] < pay["Mid-level"] < pay["Lead"]


@pytest.mark.parametrize("name", ["postings", "candidates"])
def test_some_values_are_missing_as_in_real_files(company: DemoCompany, name: str) -> None:
    table = company.tables[name]
    gaps = {column: table[column].null_count / table.num_rows for column in table.column_names}
    assert 0.02 < gaps["skills"] < 0.3
    assert 0.02 < gaps["seniority"] < 0.3
    assert max(gaps.values()) < 0.9


def test_many_countries_currencies_and_scripts(company: DemoCompany) -> None:
    candidates = company.tables["candidates"].to_pandas()
    assert candidates.country.nunique() >= 18
    assert candidates.currency.nunique() >= 10
    text = "".join(candidates.name) + "".join(candidates.headline.dropna())
    for script in ("[぀-ヿ一-鿿]", "[가-힯]", "[؀-ۿ]", "[Ͱ-Ͽ]", "[ऀ-ॿ]", "[🌀-🫿]", "[ãéüł]"):
        assert re.search(script, text), script


def test_no_contact_can_reach_a_real_person(company: DemoCompany) -> None:
    candidates = company.tables["candidates"].to_pandas()
    assert candidates.email.dropna().str.fullmatch(r"[a-z.]+\d+@([a-z]+\.)?example\.(org|com|net)").all()
    assert candidates.phone.dropna().map(lambda phone: RESERVED_PHONES.fullmatch(phone) is not None).all()


def test_cities_have_their_coordinates(company: DemoCompany) -> None:
    candidates = company.tables["candidates"].to_pandas().dropna(subset=["city"])
    berlin = candidates[candidates.city == "Berlin"]
    assert set(berlin.latitude) == {52.52}
    assert set(berlin.longitude) == {13.405}
    assert set(berlin.country) == {"Germany"}


def test_distances_between_cities_are_right() -> None:
    places = load_catalogue().places
    cities = places.city_name.to_pylist()
    london, paris, sydney = (cities.index(name) for name in ("London", "Paris", "Sydney"))
    assert places.distance[london, paris] == pytest.approx(344, abs=3)
    assert places.distance[london, sydney] == pytest.approx(16_990, abs=60)


def test_texts_are_complete(company: DemoCompany) -> None:
    texts = [
        *company.tables["postings"]["description"].drop_null(),
        *company.tables["candidates"]["summary"].drop_null(),
    ]
    for text in texts:
        assert "{" not in text.as_py()
    descriptions = company.tables["postings"]["description"].drop_null()
    assert pc.count_distinct(descriptions).as_py() > 0.95 * len(descriptions)


def test_default_end_does_not_depend_on_today() -> None:
    assert date(2026, 6, 30) == UNTIL


def test_tables_are_plain_arrow(company: DemoCompany) -> None:
    assert all(isinstance(table, pa.Table) for table in company.tables.values())
    assert set(company.tables) == set(TABLES)
