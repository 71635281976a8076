"""The table descriptions, and that the warehouse's tables are made as they say."""

import re

import pyarrow as pa
import pytest

from jobrec_ui.data.tables import STAGES, TABLES, Kind
from jobrec_ui.warehouse import sqlfiles

DDL = sqlfiles.read("schema/hiring")


def ddl_columns(table: str) -> list[tuple[str, str, bool]]:
    body = re.search(rf"CREATE TABLE IF NOT EXISTS hiring\.{table} \((.*?)\n\)", DDL, re.DOTALL)[1]
    lines = [line.strip().rstrip(",") for line in body.strip().splitlines()]
    found = [re.fullmatch(r"(\w+) (.+?)( NOT NULL)?", line) for line in lines]
    return [(one[1], one[2], one[3] is not None) for one in found]


@pytest.mark.parametrize("name", TABLES)
def test_the_warehouse_has_the_same_columns(name):
    assert ddl_columns(name) == [(c.name, c.redshift_type, c.required) for c in TABLES[name].columns]


def test_the_warehouse_knows_the_same_stages():
    assert tuple(re.findall(r"'(\w+)' AS stage,", DDL)) == STAGES
    assert [int(n) for n in re.findall(r"(\d+) AS stage_order", DDL)] == list(range(1, len(STAGES) + 1))
    targets = [float(n) for n in re.findall(r"([\d.]+) AS target", DDL)]
    assert len(targets) == len(STAGES)
    assert all(0 <= target <= 1 for target in targets)


def test_only_ids_a_title_and_a_stage_with_its_date_are_required():
    assert {name: table.required for name, table in TABLES.items()} == {
        "postings": ("posting_id", "title"),
        "candidates": ("candidate_id",),
        "interactions": ("posting_id", "candidate_id", "stage", "occurred_at"),
        "demographics": ("candidate_id", "attribute", "value"),
    }


def test_arrow_schemas_follow_the_columns():
    schema = TABLES["postings"].arrow_schema
    assert schema.field("posting_id") == pa.field("posting_id", pa.string(), nullable=False)
    assert schema.field("opened_at").type == pa.date32()
    assert schema.field("salary_min").type == pa.float64()
    assert schema.field("remote").type == pa.bool_()
    assert TABLES["interactions"].arrow_schema.field("occurred_at").type == pa.timestamp("us")


def test_keys_are_required_columns():
    for table in TABLES.values():
        assert set(table.key) <= set(table.required)
        assert all(table.by_name[name].kind is not Kind.NUMBER for name in table.key)
