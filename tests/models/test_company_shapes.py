"""Records as companies have them train; where one cannot, the sentence names its own cause and the column to mend."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from jobrec_ui import models
from jobrec_ui.data.load import load_tables
from jobrec_ui.errors import InputError
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse
from tests.models.company_shapes import BEGIN, Company, Shape, company, moved_to, one_day_of_opening, permuted

QUICK = models.TrainingChoices(hyperparameters={"num_round": 20}, cutoffs=3)

Load = Callable[[Company], Warehouse]


@pytest.fixture
def load(tmp_path: Path) -> Iterator[Load]:
    made: list[Warehouse] = []

    def loaded(shape: Company) -> Warehouse:
        wh = Warehouse(local_url(tmp_path / f"{len(made)}.duckdb"))
        made.append(wh)
        load_tables(wh, shape.tables())
        models.refresh_features(wh)
        return wh

    yield loaded
    for wh in made:
        wh.close()


def auc(wh: Warehouse) -> float:
    trained = models.train(wh, requested_by="ann", choices=QUICK, poll_seconds=0.2)
    return trained.metrics["auc"]


class TestTrains:
    @pytest.mark.parametrize(
        "shape",
        [
            Shape(),  # evergreen postings, everybody with one application
            Shape(each=4, people=300),
            Shape(text=False, people_cities=True, posting_cities=True, fit=0.9),
            Shape(opened=True, each=3, people=300),
        ],
        ids=["one application each", "several each", "only a city", "opened one after the other"],
    )
    def test_and_learns(self, load: Load, shape: Shape) -> None:
        assert auc(load(company(shape))) > 0.65

    def test_postings_all_opened_on_one_day(self, load: Load) -> None:
        assert auc(load(one_day_of_opening(company(), date(2023, 12, 31)))) > 0.65

    def test_who_came_where_dealt_out_anew_teaches_nothing(self, load: Load) -> None:
        """That somebody is in the record at all comes from what they did; the model must not learn from that."""
        assert auc(load(permuted(company(Shape(people=1200))))) == pytest.approx(0.5, abs=0.08)


class TestCause:
    def why(self, wh: Warehouse) -> str:
        with pytest.raises(InputError) as found:
            models.request(wh, QUICK, "ann")
        said = str(found.value)
        assert models.readiness(wh, QUICK) == models.Readiness(False, said)
        return said

    def test_people_of_whom_nothing_is_known(self, load: Load) -> None:
        said = self.why(load(company(Shape(text=False, people_cities=True))))
        assert said.startswith("600 of 600 candidates have neither a text nor an earlier application")
        assert "fill headline, summary or skills" in said
        assert "in postings, fill city: candidates have it, postings have none that differ" in said

    def test_all_on_one_day(self, load: Load) -> None:
        made = moved_to(company(), date(2025, 5, 6))
        said = self.why(load(made))
        assert f"All {len(made.interactions):,} stages are on one day, 6 May 2025" in said
        assert "occurred_at" in said

    def test_a_short_record(self, load: Load) -> None:
        said = self.why(load(company(Shape(span=10, stages=()))))
        assert "600 stages reach over 9 days only, from 1 January 2024 to 11 January 2024" in said

    def test_only_views(self, load: Load) -> None:
        said = self.why(load(company(Shape(first_stage="viewed", stages=()))))
        assert "no candidate reached a stage beyond viewing, in all 600 stages" in said
        assert "column stage" in said

    def test_a_small_record(self, load: Load) -> None:
        said = self.why(load(company(Shape(postings=2, people=20, stages=()))))
        assert "20 candidates on 2 postings (20 pairs)" in said

    def test_no_stages(self, load: Load) -> None:
        made = company(Shape(people=7))
        made.interactions.clear()
        assert "7 candidates and 40 postings are loaded, but no stage that anybody reached" in self.why(load(made))

    def test_everybody_on_every_posting(self, load: Load) -> None:
        made = company(Shape(postings=4, people=60))
        made.interactions = [
            {
                "posting_id": posting["posting_id"],
                "candidate_id": person["candidate_id"],
                "stage": "applied",
                "occurred_at": BEGIN + timedelta(days=10 * number + at),
            }
            for number, person in enumerate(made.candidates)
            for at, posting in enumerate(made.postings)
        ]
        said = self.why(load(made))
        assert "240 of 240 possible pairs of a candidate and a posting have come about" in said
        assert "load people who did not apply as well" in said
