"""Nightly lists: the same scores as the pages show, every row accounted for, the output whole or not there."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from jobrec_ui import matching, models
from jobrec_ui.errors import InputError, WarehouseError
from jobrec_ui.matching import batches
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse
from tests.warehouse_copies import opened_copy


@pytest.fixture(scope="module")
def wh(
    demo_warehouse: Path, reach: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Warehouse]:
    with opened_copy(demo_warehouse, tmp_path_factory.mktemp("nightly"), reach) as warehouse:
        yield warehouse


@pytest.fixture(scope="module")
def postings(wh: Warehouse) -> list[str]:
    return list(matching.find_postings(wh, "", 5)["posting_id"])


@pytest.fixture(scope="module")
def candidates(wh: Warehouse) -> list[str]:
    return list(matching.find_candidates(wh, "", 30)["candidate_id"])


def _pairs_file(path: Path, pairs: list[tuple[str, str]]) -> Path:
    pd.DataFrame(pairs, columns=["posting_id", "candidate_id"]).to_csv(path, index=False)
    return path


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype={"posting_id": str, "candidate_id": str})


class TestRank:
    @pytest.mark.over_the_wire
    def test_agrees_with_what_the_page_shows(self, wh, postings, tmp_path):
        file = tmp_path / "postings.csv"
        file.write_text("posting_id\n" + "\n".join(postings))

        report = batches.rank(wh, file, tmp_path / "out.csv", top=15)

        version = models.live_version(wh)
        found = _read(tmp_path / "out.csv")
        assert list(found) == ["posting_id", "candidate_id", "rank", "score", "model_version"]
        assert set(found["model_version"]) == {version.name}
        assert report.written == len(found) == 15 * len(postings)
        for posting in postings:
            shown = matching.rank_candidates(wh, posting, version, limit=15)
            listed = found[found["posting_id"] == posting]
            assert list(listed["rank"]) == list(range(1, 16))
            assert list(listed["candidate_id"]) == list(shown["candidate_id"])
            assert listed["score"].to_numpy() == pytest.approx(shown["score"].to_numpy(), abs=1e-6)

    def test_batches_change_nothing(self, wh, postings, tmp_path, monkeypatch):
        file = tmp_path / "postings.csv"
        file.write_text("posting_id\n" + "\n".join(postings))
        batches.rank(wh, file, tmp_path / "one.csv", top=10)
        monkeypatch.setattr(batches, "POSTINGS_PER_BATCH", 2)

        steps: list[str] = []
        batches.rank(wh, file, tmp_path / "many.csv", top=10, progress=steps.append)

        order = ["posting_id", "rank"]
        one, many = (_read(tmp_path / name).sort_values(order, ignore_index=True) for name in ("one.csv", "many.csv"))
        pd.testing.assert_frame_equal(one, many)
        assert steps[-1] == "Ranked 5 of 5 postings"
        assert len(steps) == 1 + 3

    def test_accounts_for_every_row(self, wh, postings, tmp_path):
        file = tmp_path / "postings.csv"
        too_long = "x" * 65
        file.write_text(
            f"posting_id;note\n{postings[0]};a\nunheard-of;b\n{postings[0]};c\n{too_long};d\n{postings[1]};e\n"
        )

        report = batches.rank(wh, file, tmp_path / "out.csv", top=3)

        assert (report.rows_read, report.repeated, report.rejected, report.without_result) == (5, 1, 1, 1)
        assert report.unknown_postings == ("unheard-of",)
        assert report.written == 6
        text = report.text()
        assert "Postings that are not in the warehouse: 1 (unheard-of)" in text
        assert "line 5, posting_id" in text

    def test_refuses_what_cannot_be_listed(self, wh, tmp_path):
        file = tmp_path / "postings.csv"
        file.write_text("posting_id\nx\n")
        with pytest.raises(InputError, match="Between 1 and 10,000"):
            batches.rank(wh, file, tmp_path / "out.csv", top=0)
        with pytest.raises(InputError, match="No such file"):
            batches.rank(wh, tmp_path / "none.csv", tmp_path / "out.csv")
        file.write_text("candidate_id\nx\n")
        with pytest.raises(InputError, match="posting_id"):
            batches.rank(wh, file, tmp_path / "out.csv")
        with pytest.raises(InputError, match="cannot be written"):
            batches.rank(wh, _pairs_file(tmp_path / "p.csv", [("a", "b")]), tmp_path / "no" / "out.csv")
        with pytest.raises(InputError, match="would overwrite what it is made from"):
            batches.rank(wh, file, tmp_path / "none" / ".." / file.name)
        assert not (tmp_path / "out.csv").exists()


class TestScore:
    @pytest.mark.over_the_wire
    def test_agrees_with_ranking_and_keeps_the_order(self, wh, postings, candidates, tmp_path, monkeypatch):
        pairs = [(posting, candidate) for candidate in candidates for posting in postings]
        file = _pairs_file(tmp_path / "pairs.csv", pairs)
        monkeypatch.setattr(batches, "PAIRS_PER_BATCH", 50)

        report = batches.score(wh, file, tmp_path / "out.csv")

        found = _read(tmp_path / "out.csv")
        assert list(found) == ["posting_id", "candidate_id", "score"]
        assert report.written == len(found) == len(pairs)
        expected = [(posting, candidate) for posting in postings for candidate in candidates]
        assert list(found[["posting_id", "candidate_id"]].itertuples(index=False, name=None)) == expected
        by_pair = found.set_index(["posting_id", "candidate_id"])["score"]
        version = models.live_version(wh)
        ranked = matching.rank_candidates(wh, postings[0], version, limit=1000, exhaustive=True)
        shown = ranked.set_index("candidate_id")["score"].loc[candidates]
        assert by_pair.loc[postings[0]].loc[candidates].to_numpy() == pytest.approx(shown.to_numpy(), abs=1e-6)

    def test_accounts_for_every_row(self, wh, postings, candidates, tmp_path):
        pairs = [
            (postings[0], candidates[0]),
            (postings[0], candidates[0]),
            ("unheard-of", candidates[0]),
            (postings[0], "nobody"),
            (postings[1], "nobody"),
            ("", candidates[0]),
        ]
        report = batches.score(wh, _pairs_file(tmp_path / "pairs.csv", pairs), tmp_path / "out.csv")

        assert (report.rows_read, report.written, report.repeated, report.rejected) == (6, 1, 1, 1)
        assert report.without_result == 3
        assert report.unknown_postings == ("unheard-of",)
        assert report.unknown_candidates == ("nobody",)

    def test_an_empty_file_gives_an_empty_list(self, wh, tmp_path):
        report = batches.score(wh, _pairs_file(tmp_path / "pairs.csv", []), tmp_path / "out.csv")
        assert (report.rows_read, report.written) == (0, 0)
        assert (tmp_path / "out.csv").read_text() == "posting_id,candidate_id,score\n"

    def test_a_failure_leaves_the_old_list(self, wh, postings, candidates, tmp_path, monkeypatch):
        out = tmp_path / "out.csv"
        out.write_text("last night's\n")
        file = _pairs_file(tmp_path / "pairs.csv", [(postings[0], candidates[0])])
        slots = models.ModelVersion.slots
        of_no_model = {"score_function": "ml.no_such"}
        monkeypatch.setattr(models.ModelVersion, "slots", lambda version: slots(version) | of_no_model)
        with pytest.raises(WarehouseError):
            batches.score(wh, file, out)
        assert out.read_text() == "last night's\n"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "pairs.csv"]


def test_says_that_a_model_is_missing(tmp_path):
    warehouse = Warehouse(local_url(tmp_path / "empty.duckdb"))
    file = tmp_path / "postings.csv"
    file.write_text("posting_id\nx\n")
    with pytest.raises(InputError, match="no data to rank, and no model"):
        batches.rank(warehouse, file, tmp_path / "out.csv")
    warehouse.close()
