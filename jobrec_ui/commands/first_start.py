"""Builds the demo company: makes its data, loads it like anybody's, trains the first model version, begins a list."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from jobrec_ui import matching, models
from jobrec_ui.access import accounts
from jobrec_ui.data.demo import make_demo
from jobrec_ui.data.load import load_tables
from jobrec_ui.desk import shortlists
from jobrec_ui.errors import WarehouseError
from jobrec_ui.models import ModelVersion
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.warehouse.progress import Progress, silent

_LISTED = 8
_COLLEAGUE, _OWNER = accounts.ROLES  # the names of the demo users


def build(
    wh: Warehouse,
    *,
    candidates: int = 5000,
    postings: int = 300,
    interactions: int = 60000,
    seed: int = 20,
    until: date | None = None,
    progress: Progress = silent,
) -> ModelVersion:
    """Fills an empty warehouse and returns the live version. The arguments are those of `make_demo`.

    Raises InputError for impossible sizes, WarehouseError.
    """
    progress(f"Making up a company: {candidates:,} candidates, {postings:,} postings, {interactions:,} interactions")
    tables = make_demo(candidates=candidates, postings=postings, interactions=interactions, seed=seed, until=until)
    load_tables(wh, tables, progress)
    with features_wanting(" Then: `python -m jobrec_ui train --wait`."):
        models.refresh_features(wh, progress)
    return models.train(wh, requested_by="demo", progress=progress)


@contextmanager
def features_wanting(afterwards: str = "") -> Iterator[None]:
    """Says the way out where data went in and what is worked out from them did not: nothing is loaded again.

    Raises WarehouseError.
    """
    try:
        yield
    except WarehouseError as error:
        raise WarehouseError(
            f"{error.in_full().rstrip('.')}. The data are in the warehouse, but not yet what is worked out from them: "
            f"once the cause is mended, run `python -m jobrec_ui refresh`.{afterwards}"
        ) from error


def begin_a_list(wh: Warehouse, version: ModelVersion) -> None:
    """A list that the demo admin began for the newest open posting and shares with the demo recruiter.

    So who looks around for the first time finds a list with people, stages, a note and a tag, and news of it at home.
    What a start that was interrupted had begun of it is gone on with. Raises WarehouseError.
    """
    newest = matching.find_postings(wh, "", 1, open_only=True)
    if newest.empty:
        return
    posting = newest.iloc[0]
    best = list(matching.rank_candidates(wh, posting["posting_id"], version, limit=_LISTED)["candidate_id"])
    begun = shortlists.lists(wh, _OWNER)
    made = (
        begun[0].shortlist_id
        if begun
        else shortlists.create(wh, _OWNER, f"First calls: {posting['title']}", posting["posting_id"])
    )
    shortlists.add(wh, _OWNER, made, best)
    shortlists.set_stage(wh, _OWNER, made, best[:2], "Contacted")
    if shortlists.notes(wh, _OWNER, made, best[0]).empty:
        shortlists.add_note(wh, _OWNER, made, best[0], "Left a message, wants to hear about the team first.")
    shortlists.tag(wh, _OWNER, made, best[:1], "call back")
    shortlists.share(wh, _OWNER, made, _COLLEAGUE, "edit", [_COLLEAGUE])
