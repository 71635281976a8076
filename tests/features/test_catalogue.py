"""The list of features (features.csv) and every statement that writes it out agree, in names and order."""

import re

import pytest

from jobrec_ui.features import catalogue, reasons
from jobrec_ui.warehouse import sqlfiles

SQL = sqlfiles.SQL_ROOT
COMMENT = re.compile(r"--[^\n]*")


def text(name):
    return COMMENT.sub("", (SQL / f"{name}.sql").read_text(encoding="utf-8"))


def last_select(sql):
    return sql[sql.rindex("SELECT") : sql.rindex("FROM")]


def test_the_catalogue():
    features = catalogue.features()
    assert list(features.columns) == ["name", "topic", "label", "unit", "sentence"]
    assert features.notna().all().all()
    assert features["name"].is_unique
    assert features["label"].is_unique
    assert catalogue.names() == tuple(features["name"])
    assert all(sqlfiles.identifier(name) == name for name in catalogue.names())
    assert features["sentence"].str.fullmatch(r"[A-Z].*\.").all()
    assert len(catalogue.names()) <= 256  # Redshift ML takes no more


def test_pair_features_gives_them_in_order():
    sql = text("features/pair_features")
    body = sql[sql.index("pair_features AS (") :]
    columns = re.findall(r"(?:AS REAL\)\s+AS |^        (?:h|act)\.)(?!REAL\b)(\w+)", body, re.MULTILINE)
    assert columns == list(catalogue.names())


def test_examples_take_them_in_order():
    written = last_select(text("models/add_examples"))
    assert re.findall(r"\bf\.(\w+)", written) == list(catalogue.names())


def test_the_table_of_examples_has_them_in_order():
    sql = text("schema/training")
    body = sql[sql.index("training.examples") :]
    columns = re.findall(r"^    (\w+) (\w+)", body[: body.index(")\nDISTSTYLE")], re.MULTILINE)
    assert [name for name, kind in columns if kind == "REAL"] == list(catalogue.names())
    assert [name for name, kind in columns if kind != "REAL"] == [
        "cutoff", "is_holdout", "posting_key", "candidate_key", "label",
    ]  # fmt: skip


def test_typical_values_are_of_them_in_order():
    found = re.findall(r"CAST\(AVG\((\w+)\) AS REAL\) AS (\w+)", text("models/typical_values"))
    assert found == [(name, name) for name in catalogue.names()]


def test_explanations_vary_each_under_its_topic():
    sql = text("matching/explain_match")
    varied = re.findall(
        r"CASE WHEN \(t\.topic = '(\w+)'\) = t\.is_without THEN typical\.(\w+) ELSE f\.(\w+) END AS (\w+)"
        r"|^        f\.(?!candidate_key)(\w+)",
        sql,
        re.MULTILINE,
    )
    names = [alias or kept for _, _, _, alias, kept in varied]
    assert names == list(catalogue.names())
    assert all(typical == pair == alias for _, typical, pair, alias, kept in varied if not kept)
    topics = dict(zip(catalogue.features()["name"], catalogue.features()["topic"], strict=True))
    # What is the same for every candidate of a posting explains nothing between them.
    assert {alias or kept: topic or "posting" for topic, _, _, alias, kept in varied} == topics


def test_every_topic_asked_for_can_be_told():
    asked = re.findall(r"SELECT '([\w ]+)' AS topic", text("matching/explain_match"))
    assert asked[0] == "none"
    assert set(asked[1:]) == set(catalogue.features()["topic"]) - {"posting"}
    for topic in asked[1:]:
        assert reasons.tell(topic, {}).label
    with pytest.raises(KeyError):
        reasons.tell("no such topic", {})


def test_reasons_read_features_that_exist():
    source = (SQL.parent / "jobrec_ui" / "features" / "reasons.py").read_text(encoding="utf-8")
    read = set(re.findall(r'v(?:\.get\(|\[)"(\w+)"', source)) | set(re.findall(r'"(\w+)" in v\b', source))
    assert len(read) > 20
    assert read <= set(catalogue.names())
