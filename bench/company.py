"""Makes a demo company of some size, with features and a model: python -m bench.company FILE CANDIDATES."""

import sys
from pathlib import Path

from bench.figures import figure, peak_memory_gb, report, seconds
from jobrec_ui import models
from jobrec_ui.data.demo import make_demo
from jobrec_ui.data.load import load_tables
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse


def main(file: Path, candidates: int) -> None:
    """As many interactions as the demo company, and as candidates grow half as many for each as it has; trained from
    one cut-off, to spare time.
    """

    def say(step: str) -> None:
        print(step, file=sys.stderr, flush=True)

    building = file.with_suffix(".building")
    building.unlink(missing_ok=True)
    tables = make_demo(
        candidates=candidates, postings=max(300, candidates // 100), interactions=max(60_000, 6 * candidates)
    )
    warehouse = Warehouse(local_url(building))
    took = {
        "load": seconds(lambda: load_tables(warehouse, tables, say)),
        "features": seconds(lambda: models.refresh_features(warehouse, say)),
        "training": seconds(
            lambda: models.train(
                warehouse, requested_by="bench", progress=say, choices=models.TrainingChoices(cutoffs=1)
            )
        ),
    }
    warehouse.close()
    building.rename(file)
    figures = [figure(f"{candidates:,} candidates: {step}", value, "s") for step, value in took.items()]
    report([*figures, figure(f"{candidates:,} candidates: peak memory of building", peak_memory_gb(), "GB")])


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
