"""INSERT, UPDATE, DELETE, MERGE, TRUNCATE."""

# ruff: noqa: E501 - the tables of cases read best with a case on a line

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedded_redshift.translate import RedshiftSyntaxError


@pytest.fixture
def staff(warehouse: Any) -> Any:
    warehouse.run(
        "CREATE TABLE staff (id INT NOT NULL, name VARCHAR(10), grade CHAR(2) DEFAULT 'C', born DATE, notes SUPER)"
    )
    warehouse.run("INSERT INTO staff (id, name) VALUES (1, 'Ana'), (2, 'Bo')")
    return warehouse


def test_insert_values_with_defaults(staff: Any) -> None:
    staff.run(
        "INSERT INTO staff VALUES (3, 'Cy', DEFAULT, '2001-02-03', JSON_PARSE('{\"a\": 1}')), (:id, :name, 'A', :born, NULL)",
        id=4,
        name="Di",
        born=None,
    )
    assert staff.run("SELECT id, name, grade, born::VARCHAR, notes.a::INT FROM staff ORDER BY id") == [
        (1, "Ana", "C ", None, None),
        (2, "Bo", "C ", None, None),
        (3, "Cy", "C ", "2001-02-03", 1),
        (4, "Di", "A ", None, None),
    ]


def test_insert_from_a_query_by_position(staff: Any) -> None:
    staff.run("INSERT INTO staff (name, id) WITH n AS (SELECT 'Eve' AS a, 5 AS b) SELECT a, b FROM n")
    assert staff.run("SELECT name FROM staff WHERE id = 5") == [("Eve",)]


def test_decimals_round_into_whole_numbers(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE n (i INT, d DECIMAL(4,1), f FLOAT, t VARCHAR(8))")
    warehouse.run("INSERT INTO n VALUES (2.5, 1.25, '0.5', 12)")
    warehouse.run("INSERT INTO n SELECT i + 0.5, d, f, i FROM n")
    assert warehouse.run("SELECT i, d::FLOAT, f, t FROM n ORDER BY 1") == [(3, 1.3, 0.5, "12"), (4, 1.3, 0.5, "3")]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("INSERT INTO staff (id, name) VALUES (9, 'ééééé1')", r"value too long for type character varying\(10\)"),
        ("INSERT INTO staff (id, name) VALUES (9, :text)", r"value too long for type character varying\(10\)"),
        ("INSERT INTO staff (id, name) SELECT 9, REPEAT('x', 11)", r"value too long for type character varying\(10\)"),
        ("UPDATE staff SET name = name || '0123456789'", r"value too long for type character varying\(10\)"),
        ("INSERT INTO staff (id, grade) VALUES (9, 'ABC')", r"value too long for type character\(2\)"),
        ("INSERT INTO staff (name) VALUES ('x')", "(?i)not null"),
    ],
)
def test_values_that_do_not_fit(staff: Any, statement: str, message: str) -> None:
    with pytest.raises(Exception, match=message):
        staff.run(statement, text="01234567890")
    assert staff.run("SELECT COUNT(*) FROM staff WHERE id = 9") == [(0,)]


def test_blanks_that_do_not_fit_are_cut(staff: Any) -> None:
    staff.run("INSERT INTO staff (id, name) VALUES (9, 'x' || REPEAT(' ', 20))")
    assert staff.run("SELECT LEN(name) FROM staff WHERE id = 9") == [(10,)]


@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=14))
def test_length_is_counted_in_bytes(shared: Any, text: str) -> None:
    if shared.columns(None, "notes") is None:
        shared.run("CREATE TABLE notes (text VARCHAR(12))")
    if len(text.rstrip(" ").encode()) <= 12:
        shared.run("INSERT INTO notes VALUES (:text)", text=text)
    else:
        with pytest.raises(Exception, match="value too long"):
            shared.run("INSERT INTO notes VALUES (:text)", text=text)


def test_update_from(staff: Any) -> None:
    staff.run("CREATE TABLE grades (id INT, grade CHAR(2))")
    staff.run("INSERT INTO grades VALUES (1, 'A')")
    staff.run("UPDATE staff SET grade = g.grade, name = UPPER(name) FROM grades g WHERE staff.id = g.id")
    assert staff.run("SELECT id, name, grade FROM staff ORDER BY id") == [(1, "ANA", "A "), (2, "Bo", "C ")]
    staff.run("UPDATE staff SET grade = DEFAULT, born = NULL WHERE id IN (SELECT id FROM grades)")
    assert staff.run("SELECT grade FROM staff WHERE id = 1") == [("C ",)]


def test_common_tables_before_update_and_delete(staff: Any) -> None:
    staff.run("WITH n AS (SELECT 1 AS k) UPDATE staff SET name = 'Zoe' FROM n WHERE staff.id = n.k")
    staff.run("WITH n AS (SELECT 2 AS k) DELETE FROM staff WHERE id IN (SELECT k FROM n)")
    assert staff.run("SELECT id, name FROM staff") == [(1, "Zoe")]


def test_delete(staff: Any) -> None:
    staff.run("DELETE FROM staff WHERE id = :id", id=1)
    assert staff.run("SELECT id FROM staff") == [(2,)]
    staff.run("DELETE staff WHERE id = 3")  # FROM may be left out
    staff.run("TRUNCATE TABLE staff")
    assert staff.run("SELECT COUNT(*) FROM staff") == [(0,)]


# r_MERGE
def test_merge(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE target (id INT, name CHAR(10))")
    warehouse.run("CREATE TABLE source (id INT, name CHAR(10))")
    warehouse.run("INSERT INTO target VALUES (101, 'Bob'), (102, 'John'), (103, 'Susan')")
    warehouse.run("INSERT INTO source VALUES (102, 'Tony'), (103, 'Alice'), (104, 'Bill')")
    merge = "MERGE INTO target USING source ON target.id = source.id "
    warehouse.run(
        merge + "WHEN MATCHED THEN UPDATE SET id = source.id, name = source.name "
        "WHEN NOT MATCHED THEN INSERT VALUES (source.id, source.name)"
    )
    rows = [(101, "Bob"), (102, "Tony"), (103, "Alice"), (104, "Bill")]
    assert warehouse.run("SELECT id, TRIM(name) FROM target ORDER BY 1") == rows
    warehouse.run("INSERT INTO source VALUES (105, 'David')")
    warehouse.run(
        merge + "WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (id, name) VALUES (source.id, source.name)"
    )
    assert warehouse.run("SELECT id, TRIM(name) FROM target ORDER BY 1") == [(101, "Bob"), (105, "David")]


@pytest.mark.parametrize(
    ("targets", "sources"),
    [("(1, 'a')", "(1, 'b'), (1, 'c')"), ("(1, 'a'), (1, 'b')", "(1, 'c')")],
)
def test_merge_refuses_several_matches(warehouse: Any, targets: str, sources: str) -> None:
    warehouse.run("CREATE TABLE target (id INT, name VARCHAR(10))")
    warehouse.run("CREATE TABLE source (id INT, name VARCHAR(10))")
    warehouse.run(f"INSERT INTO target VALUES {targets}")
    warehouse.run(f"INSERT INTO source VALUES {sources}")
    with pytest.raises(Exception, match=r"multiple matches|several rows"):
        warehouse.run(
            "MERGE INTO target USING source s ON target.id = s.id WHEN MATCHED THEN UPDATE SET name = s.name "
            "WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.name)"
        )


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("INSERT INTO staff VALUES (1) ON CONFLICT DO NOTHING", "(?i)conflict"),
        ("INSERT INTO staff (id) VALUES (1) RETURNING id", "(?i)returning"),
        ("INSERT OR REPLACE INTO staff VALUES (1)", "syntax error|not supported"),
        ("INSERT INTO staff BY NAME SELECT 1 AS id", "not supported"),
        ("INSERT INTO staff (id, what) VALUES (1, 2)", 'column "what" of relation "staff" does not exist'),
        ("INSERT INTO staff (id) VALUES (1, 2)", "more expressions than target columns"),
        ("INSERT INTO staff (id, name) SELECT 1", "more target columns than expressions"),
        ("INSERT INTO staff VALUES (1, 'a'), (2)", "same length"),
        ("INSERT INTO nowhere VALUES (1)", 'relation "nowhere" does not exist'),
        ("INSERT INTO staff (born) VALUES (5)", "is of type date but expression is of type integer"),
        ("INSERT INTO staff (name) VALUES (TRUE)", "is of type character varying"),
        (
            "INSERT INTO staff (id) SELECT name FROM staff",
            "is of type integer but expression is of type character varying",
        ),
        ("UPDATE staff SET what = 1", 'column "what"'),
        ("UPDATE staff SET id = 1 RETURNING id", "(?i)returning"),
        ("DELETE FROM staff RETURNING id", "(?i)returning"),
        ("DELETE FROM staff LIMIT 1", "(?i)limit|syntax error"),
        ("MERGE INTO staff USING (SELECT 1 AS id) s ON staff.id = s.id WHEN MATCHED THEN DELETE", "not a subquery"),
        ("MERGE INTO staff USING v ON staff.id = v.id WHEN MATCHED THEN DELETE", "is a view"),
        ("MERGE INTO staff USING staff ON staff.id = staff.id WHEN MATCHED THEN DELETE", "cannot be its target"),
        (
            "MERGE INTO staff USING other o ON staff.id = o.id WHEN MATCHED THEN DELETE",
            "and, after it, WHEN NOT MATCHED",
        ),
        (
            "MERGE INTO staff USING other o ON staff.id = o.id WHEN MATCHED THEN UPDATE SET id = o.s[0] "
            "WHEN NOT MATCHED THEN INSERT VALUES (o.id)",
            "Partial reference of SUPER column",
        ),
        (
            "MERGE INTO staff s USING other o ON s.id = o.id WHEN MATCHED THEN DO NOTHING",
            "syntax error|alias|does not exist",
        ),
        ("INSERT INTO v VALUES (1)", "is a view"),
    ],
)
def test_rejected(refusing: Any, statement: str, message: str) -> None:
    refusing.run("CREATE TABLE IF NOT EXISTS staff (id INT, name VARCHAR(10), born DATE)")
    refusing.run("CREATE TABLE IF NOT EXISTS other (id INT, s SUPER)")
    refusing.run("CREATE OR REPLACE VIEW v AS SELECT id FROM public.staff WITH NO SCHEMA BINDING")
    with pytest.raises(RedshiftSyntaxError, match=message):
        refusing.translate(statement)


def test_written_tables_are_named(staff: Any) -> None:
    assert staff.translate("DELETE FROM public.staff").written == (("public", "staff"),)
    assert staff.translate("SELECT id FROM staff").written == ()
