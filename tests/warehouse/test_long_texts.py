"""Texts as long as a column takes: what is made of them has at most the 65,535 bytes that Redshift allows."""

import pytest

from embedded_redshift import dbapi
from jobrec_ui.warehouse import folding, sqlfiles

LONGEST = 65_535  # of any text; what would be longer is an error
MASKING = ("texts_without_contact", "texts_without_schools", "texts_in_words", "texts_without_hints", "masked_texts")
SPLITTING = ("parted_texts", "words_with_apostrophes", "texts_in_pieces", "folded_words")
SEARCHING = ("texts_to_mask", "texts_without_masks", "parted_texts", "folded_words")


@pytest.fixture(scope="module")
def cursor(tmp_path_factory):
    connection = dbapi.connect(str(tmp_path_factory.mktemp("long") / "warehouse.duckdb"))
    connection.autocommit = True
    cursor = connection.cursor()
    for sql in (
        "CREATE SCHEMA hiring",
        "CREATE SCHEMA features",
        "CREATE TABLE hiring.candidates (candidate_id VARCHAR(64), name VARCHAR(256), headline VARCHAR(1024), "
        "summary VARCHAR(65535), skills VARCHAR(16384))",
        "CREATE TABLE features.candidate_facts (candidate_key INTEGER, candidate_id VARCHAR(64))",
    ):
        cursor.execute(sql)
    for key, word in enumerate(("a ", "0 ", "a,", "é ", "a@b ", "is 9 years old, ")):
        texts = (f"REPEAT('{word}', {size // len(word.encode())})" for size in (256, 1024, LONGEST, 16_384))
        cursor.execute(f"INSERT INTO hiring.candidates SELECT 'C{key}', {', '.join(texts)}")
        cursor.execute(f"INSERT INTO features.candidate_facts VALUES ({key}, 'C{key}')")
    yield cursor
    connection.close()


def longest(cursor, before, files, names, params):
    """Bytes of the longest body in each of these CTEs of some files."""
    measured = " UNION ALL ".join(
        f"SELECT '{name}' AS name, MAX(OCTET_LENGTH(body)) AS n FROM {name}" for name in names
    )
    ctes = ",\n".join([before, *map(sqlfiles.render, files)])
    return dict(cursor.execute(f"WITH {ctes}\n{measured}", params).fetchall())


def test_masking(cursor):
    before = "texts_to_mask AS (SELECT candidate_id, 'summary' AS kind, summary AS body FROM hiring.candidates)"
    found = longest(cursor, before, ["access/blind_review/masked_texts"], MASKING, {})
    assert found["texts_in_words"] > 60_000  # near the limit, so that nothing is left out without need
    assert max(found.values()) <= LONGEST


@pytest.mark.parametrize("kind", ["folded", "parted", "umlauts"])
def test_folding(cursor, kind):
    text = folding.written_out(f"SELECT MAX(OCTET_LENGTH({{{kind} c.summary}})) AS n FROM hiring.candidates AS c")
    assert 60_000 < cursor.execute(text).fetchall()[0][0] <= LONGEST


def test_words_of_texts(cursor):
    before = (
        "summaries AS (SELECT candidate_id, summary FROM hiring.candidates UNION ALL "
        "SELECT 'C', REPEAT('o''b ', 16383) AS summary), "
        "parted_texts AS (SELECT candidate_id AS candidate_key, 1 AS emphasis, {parted summary} AS body FROM summaries)"
    )
    files = ["matching/filters/folded_words"]
    found = longest(cursor, folding.written_out(before), files, SPLITTING, {})
    assert min(found.values()) > 45_000
    assert max(found.values()) <= LONGEST


def test_searching_in_a_blind_review(cursor):
    nothing = ", ".join(f"CAST(NULL AS VARCHAR(9)) AS {name}" for name in ("shortlist_id", "occurred_at", "note"))
    before = f"my_notes AS (SELECT candidate_id, {nothing} FROM hiring.candidates WHERE FALSE)"
    cursor.execute(
        "CREATE TABLE features.candidate_texts AS SELECT 0 AS candidate_key, ' a ' AS body"
    )  # one says it all
    spellings = '[{"term": "a", "begins": false, "words": " a ", "letters": "a"}]'
    files = ["matching/filters/search_terms", "matching/filters/searched_texts_blind"]
    found = longest(cursor, before, files, SEARCHING, {"terms": "[]", "spellings": spellings})
    assert found["texts_to_mask"] > 60_000
    assert max(found.values()) <= LONGEST
