"""How long does it take to put 100 candidates on a list, and to see it? python -m bench.desk FILE.

Works on a copy of the company's file, so that benches of it stay as they are.
"""

import shutil
import statistics
import sys
import tempfile
from functools import partial
from pathlib import Path

from bench.figures import figure, report, seconds
from jobrec_ui import matching, shortlists
from jobrec_ui.data.versions import data_version
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse

PEOPLE = 100
TURNS = 7


def main(file: Path) -> None:
    """Each turn has a list of its own; the first, in which the statements are seen for the first time, is left out."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "company.duckdb"
        shutil.copyfile(file, copy)
        warehouse = Warehouse(local_url(copy))
        warehouse.execute("schema/app_shortlists")
        warehouse.execute("schema/app_blind")
        warehouse.execute("schema/app_decisions")
        data = data_version(warehouse)
        if data is None:
            raise SystemExit(f"{file} holds no company. Make one with python -m bench.company.")
        size = f"{data.candidates:,} candidates"
        people = list(matching.find_candidates(warehouse, "", PEOPLE)["candidate_id"])
        adding, seeing, undoing = [], [], []
        for _ in range(TURNS + 1):
            made = shortlists.create(warehouse, "bench", "A list")
            adding.append(seconds(partial(shortlists.add, warehouse, "bench", made, people)))
            seeing.append(seconds(partial(shortlists.people, warehouse, "bench", made)))
            undoing.append(seconds(partial(shortlists.undo, warehouse, "bench", made)))
        warehouse.close()
    report(
        [
            figure(f"{size}: putting {PEOPLE} people on a list, median", statistics.median(adding[1:]), "s"),
            figure(f"{size}: putting {PEOPLE} people on a list, slowest", max(adding[1:]), "s"),
            figure(f"{size}: a list of {PEOPLE} people, median", statistics.median(seeing[1:]), "s"),
            figure(f"{size}: taking it back, median", statistics.median(undoing[1:]), "s"),
        ]
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
