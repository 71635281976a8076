"""Making the demo: the same seed makes the same bytes, sizes are options, bad sizes are refused, files can be read."""

import os
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from pyarrow import csv, parquet

from jobrec_ui.data.demo import DemoCompany, make_company, make_demo, write_demo
from jobrec_ui.data.tables import TABLES
from jobrec_ui.errors import InputError

pytestmark = pytest.mark.company

ROOT = Path(__file__).parents[3]
SMALL = {"candidates": 200, "postings": 20, "interactions": 1_500}


def test_same_seed_writes_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    program = (
        "import sys; from jobrec_ui.data.demo import make_demo, write_demo\n"
        f"write_demo(make_demo(**{SMALL!r}, seed=3), sys.argv[1])"
    )
    env = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    there = tmp_path / "there"
    subprocess.run([sys.executable, "-c", program, str(there)], env=env, cwd=ROOT, check=True)
    here = write_demo(make_demo(**SMALL, seed=3), tmp_path / "here")
    assert len(here) == len(TABLES)
    for path in here:
        assert path.read_bytes() == (there / path.name).read_bytes(), path.name


def test_another_seed_makes_another_company() -> None:
    first, second = make_demo(**SMALL, seed=1), make_demo(**SMALL, seed=2)
    assert first["candidates"]["name"] != second["candidates"]["name"]
    assert first["postings"]["title"] != second["postings"]["title"]


def test_until_moves_everything(company: DemoCompany) -> None:
    until = date(2024, 3, 1)
    tables = make_demo(**SMALL, until=until)
    opened = tables["postings"]["opened_at"].to_pylist()
    assert until - timedelta(days=730) <= min(opened) < max(opened) <= until
    assert max(tables["interactions"]["occurred_at"].to_pylist()).date() <= until


def test_sizes_are_as_asked(company: DemoCompany) -> None:
    assert company.tables["candidates"].num_rows == 2_500
    assert company.tables["postings"].num_rows == 150
    assert company.tables["interactions"].num_rows == pytest.approx(30_000, rel=0.15)


def test_default_size_and_speed() -> None:
    make_demo(**SMALL)  # imports what is imported on first use, such as Faker's locales
    started = time.process_time()
    tables = make_demo()
    assert time.process_time() - started < 5
    assert tables["candidates"].num_rows == 5_000
    assert tables["postings"].num_rows == 300
    assert tables["interactions"].num_rows == pytest.approx(60_000, rel=0.1)
    assert 45 <= tables["postings"]["closed_at"].null_count <= 75


@pytest.mark.parametrize(("candidates", "postings", "interactions"), [(1, 1, 1), (3, 40, 500), (60_000, 2, 100)])
def test_odd_sizes_work(candidates: int, postings: int, interactions: int) -> None:
    tables = make_demo(candidates, postings, interactions)
    assert tables["candidates"].num_rows == candidates
    assert tables["postings"].num_rows == postings
    for name, table in tables.items():
        assert table.schema.equals(TABLES[name].arrow_schema)
    assert len(set(tables["candidates"]["candidate_id"].to_pylist())) == candidates


@pytest.mark.parametrize("sizes", [{"candidates": 0}, {"postings": -1}, {"interactions": 10**9}])
def test_sizes_out_of_range_are_refused(sizes: dict[str, int]) -> None:
    with pytest.raises(InputError, match=f"cannot have .* {next(iter(sizes))}"):
        make_demo(**sizes)


def test_progress_is_reported() -> None:
    seen: list[tuple[float, str]] = []
    make_demo(**SMALL, progress=lambda share, what: seen.append((share, what)))
    shares = [share for share, _ in seen]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert all(what for _, what in seen)


def test_parquet_files_hold_the_tables(tmp_path: Path) -> None:
    tables = make_demo(**SMALL)
    paths = write_demo(tables, tmp_path / "new", "parquet")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(f"{name}.parquet" for name in TABLES)
    for path in paths:
        assert parquet.read_table(path).equals(tables[path.stem])


def test_csv_files_hold_the_tables(tmp_path: Path) -> None:
    tables = make_demo(**SMALL)
    for path in write_demo(tables, tmp_path, "csv"):
        schema = tables[path.stem].schema
        options = csv.ConvertOptions(column_types=schema, strings_can_be_null=True, quoted_strings_can_be_null=False)
        parse = csv.ParseOptions(newlines_in_values=True)
        read = csv.read_csv(path, parse_options=parse, convert_options=options)
        assert read.cast(schema).equals(tables[path.stem])


def test_unknown_format_and_unwritable_directory_are_explained(tmp_path: Path) -> None:
    tables = make_demo(**SMALL)
    with pytest.raises(InputError, match="csv, parquet"):
        write_demo(tables, tmp_path, "xlsx")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="Choose another directory"):
        write_demo(tables, tmp_path / "file" / "demo")


def test_unknown_ids_have_no_affinity(company: DemoCompany) -> None:
    with pytest.raises(InputError, match="no candidate"):
        company.true_affinity(["P000001"], ["nobody"])


def test_several_chunks_and_blocks_join_without_seams() -> None:
    company = make_company(candidates=60_000, postings=1_200, interactions=300_000)
    assert company.tables["interactions"].num_rows == pytest.approx(300_000, rel=0.2)
    assert company.tables["candidates"]["candidate_id"][-1].as_py() == "C0060000"
