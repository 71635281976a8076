"""How long does what a recruiter clicks take? python -m bench.desk FILE.

Works on a copy of the company's file, so that benches of it stay as they are. In process, with nothing cached: all that
the page asks after the click, without drawing it.
"""

import shutil
import statistics
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle
from pathlib import Path

from bench.figures import figure, percentile, report, seconds
from jobrec_ui import matching
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.commands.serve import share_cores
from jobrec_ui.desk import decisions, marks, shortlists
from jobrec_ui.matching import quotes
from jobrec_ui.matching.filters import CandidateFilters
from jobrec_ui.models import InUse, in_use
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse, deferred, setup

PEOPLE = 100
TURNS = 7
RECRUITERS = 20
CLICKS = 2  # of each of them, one right after the other


def filter_changes(warehouse: Warehouse) -> list[CandidateFilters]:
    """Filters that recruiters put on, one or two at a time; the last reads every text."""
    values = matching.filter_values(warehouse)
    skill, other, third = values["skill"][:3]
    return [
        CandidateFilters(must_have=(skill,)),
        CandidateFilters(excluded=(other,), nice_to_have=(third,)),
        CandidateFilters(place=values["place"][0]),
        CandidateFilters(place=next(iter(values["located city"]), values["place"][0]), within_km=100.0),
        CandidateFilters(seniority=tuple(values["seniority"][:2]), experience_min=2.0),
        CandidateFilters(exclude_known=True, languages=tuple(values["language"][:1])),
        CandidateFilters(text="engineer OR manager NOT intern*"),
    ]


class Recruiter:
    """Clicks, as one of the recruiters."""

    def __init__(self, warehouse: Warehouse, live: InUse, username: str) -> None:
        assert live.live is not None
        assert live.data is not None
        self.warehouse, self.model, self.data = warehouse, live.live, live.data
        self.viewer = Viewer(username)

    def open_list(self, posting: str, filters: CandidateFilters | None = None) -> list[str]:
        """Match candidates for a posting; with filters, how many each leaves out. Returns who is shown."""
        asked = filters or CandidateFilters()
        found = matching.rank_candidates(
            self.warehouse, posting, self.model, asked, viewer=self.viewer, candidates=self.data.candidates
        )
        shown = list(found["candidate_id"])
        marks.marks(self.warehouse, self.viewer, posting, shown)
        if filters:
            matching.filter_counts(self.warehouse, posting, filters, self.viewer)
        view = decisions.as_shown(posting, self.model.version, found)
        on_record = decisions.Shown(view, self.viewer.username, self.data.version, (), found)
        deferred.write_together("A list as shown", decisions.write_views, self.warehouse, on_record)
        return shown

    def open_reasons(self, posting: str, candidate: str) -> None:
        """The drawer beside the list."""
        matching.get_candidate(self.warehouse, candidate)
        matching.explain(self.warehouse, posting, candidate, self.model)
        quotes.shared_words(self.warehouse, posting, candidate)
        matching.get_history(self.warehouse, candidate)


def lists(warehouse: Warehouse) -> list[dict]:
    """Each turn has a list of its own; the first, in which the statements are seen for the first time, is left out."""
    people = list(matching.find_candidates(warehouse, "", PEOPLE)["candidate_id"])
    adding, seeing, undoing = [], [], []
    for _ in range(TURNS + 1):
        made = shortlists.create(warehouse, "bench", "A list")
        adding.append(seconds(partial(shortlists.add, warehouse, "bench", made, people)))
        seeing.append(seconds(partial(shortlists.people, warehouse, "bench", made)))
        undoing.append(seconds(partial(shortlists.undo, warehouse, "bench", made)))
    return [
        figure(f"putting {PEOPLE} people on a list, median", statistics.median(adding[1:]), "s"),
        figure(f"putting {PEOPLE} people on a list, slowest", max(adding[1:]), "s"),
        figure(f"a list of {PEOPLE} people, median", statistics.median(seeing[1:]), "s"),
        figure("taking it back, median", statistics.median(undoing[1:]), "s"),
    ]


def one_recruiter(warehouse: Warehouse, live: InUse, postings: list[str]) -> list[dict]:
    """Filters and reasons, for one recruiter who has the machine to themselves."""
    recruiter = Recruiter(warehouse, live, "bench")
    changes = filter_changes(warehouse)
    for change in changes:  # the statements are seen for the first time
        recruiter.open_list(postings[0], change)
    text = changes.pop()
    changed = [
        seconds(partial(recruiter.open_list, posting, change))
        for posting, change in zip(postings, cycle(changes), strict=False)
    ]
    texts = [seconds(partial(recruiter.open_list, posting, text)) for posting in postings[:TURNS]]
    shown = [(posting, candidate) for posting in postings[:3] for candidate in recruiter.open_list(posting)[:5]]
    recruiter.open_reasons(*shown[0])
    reasons = [seconds(partial(recruiter.open_reasons, *match)) for match in shown[1:]]
    return [
        figure("a filter change, median", statistics.median(changed), "s"),
        figure("a filter change, slowest", max(changed), "s"),
        figure("a search in all texts, median", statistics.median(texts), "s"),
        figure("opening reasons, median", statistics.median(reasons), "s"),
        figure("opening reasons, slowest", max(reasons), "s"),
    ]


def many_recruiters(warehouse: Warehouse, live: InUse, postings: list[str]) -> list[dict]:
    """All open lists at once, each another's posting, and click on when theirs is there. An error ends the bench."""

    def click_on(number: int) -> list[float]:
        recruiter = Recruiter(warehouse, live, f"recruiter {number}")
        mine = [postings[(number * CLICKS + click) % len(postings)] for click in range(CLICKS)]
        return [seconds(partial(recruiter.open_list, posting)) for posting in mine]

    with ThreadPoolExecutor(RECRUITERS) as pool:
        taken = [click for clicks in pool.map(click_on, range(RECRUITERS)) for click in clicks]
    at_once = f"{RECRUITERS} recruiters open lists at once"
    return [
        figure(f"{at_once}, p50", statistics.median(taken), "s"),
        figure(f"{at_once}, p95", percentile(taken, 0.95), "s"),
    ]


def main(file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "company.duckdb"
        shutil.copyfile(file, copy)
        warehouse = Warehouse(local_url(copy))
        setup.make_app_tables(warehouse)
        share_cores(warehouse)  # as the app does at its start
        live = in_use(warehouse)
        if live.live is None or live.data is None:
            raise SystemExit(f"{file} holds no trained company. Make one with python -m bench.company.")
        postings = list(matching.find_postings(warehouse, "", RECRUITERS * CLICKS)["posting_id"])
        found = lists(warehouse)
        found += one_recruiter(warehouse, live, postings[:12])
        found += many_recruiters(warehouse, live, postings)
        deferred.finish()
        warehouse.close()
    report([row | {"what": f"{live.data.candidates:,} candidates: {row['what']}"} for row in found])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
