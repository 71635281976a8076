"""How fast is a posting ranked, and do two stages find what all candidates would? python -m bench.ranking FILE."""

import statistics
import sys
import time
from functools import partial
from pathlib import Path

from bench.figures import figure, peak_memory_gb, percentile, report, seconds
from jobrec_ui import matching
from jobrec_ui.data.versions import data_version
from jobrec_ui.models import live_version
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse

POSTINGS = 60
EXHAUSTIVE = 8
WARM_UP = 3


def main(file: Path) -> None:
    """Each posting is ranked once, in process, with nothing cached; the statement itself was seen before."""
    warehouse = Warehouse(local_url(file))
    version, data = live_version(warehouse), data_version(warehouse)
    if version is None or data is None:
        raise SystemExit(f"{file} holds no trained company. Make one with python -m bench.company.")
    # As the app ranks: how many candidates there are it knows already.
    rank = partial(matching.rank_candidates, warehouse, version=version, candidates=data.candidates)
    postings = list(matching.find_postings(warehouse, "", POSTINGS + WARM_UP)["posting_id"])
    for posting in postings[:WARM_UP]:
        rank(posting)
    fast = [seconds(partial(rank, posting)) for posting in postings[WARM_UP:]]
    memory = peak_memory_gb()

    recalls, slow = [], []
    for posting in postings[WARM_UP : WARM_UP + EXHAUSTIVE]:
        found = set(rank(posting)["candidate_id"])
        started = time.perf_counter()
        everybody = rank(posting, exhaustive=True)["candidate_id"]
        slow.append(time.perf_counter() - started)
        recalls.append(len(found & set(everybody)) / len(everybody))
    warehouse.close()

    size = f"{data.candidates:,} candidates"
    report(
        [
            figure(f"{size}: ranking a posting, p50", 1000 * statistics.median(fast), "ms"),
            figure(f"{size}: ranking a posting, p95", 1000 * percentile(fast, 0.95), "ms"),
            figure(f"{size}: two stages against all, time", statistics.median(fast) / statistics.median(slow), "x"),
            figure(f"{size}: two stages against all, recall@50", statistics.mean(recalls), ""),
            figure(f"{size}: peak memory of ranking", memory, "GB"),
        ]
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
