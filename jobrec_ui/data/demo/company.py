"""Puts the demo company together: people, openings, what happened between them, and the tables that show it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobrec_ui.data.demo.adverts import AdvertWriter
from jobrec_ui.data.demo.arrays import Floats, Ints, stream
from jobrec_ui.data.demo.catalogue import Catalogue, load_catalogue
from jobrec_ui.data.demo.funnel import Funnel
from jobrec_ui.data.demo.names import make_name_pools, name_companies
from jobrec_ui.data.demo.openings import Companies, Openings, make_companies, make_openings
from jobrec_ui.data.demo.people import CHUNK, DAYS, People, joined_people, make_people
from jobrec_ui.data.demo.pool import DRAWS_PER_PLACE, EXTRA_DRAWS, Pool, put_forward
from jobrec_ui.data.demo.profiles import ProfileWriter, start_of
from jobrec_ui.data.demo.records import as_records, interactions_table, reasons
from jobrec_ui.data.demo.truth import Affinity
from jobrec_ui.errors import InputError

CANDIDATES, POSTINGS, INTERACTIONS = 5_000, 300, 60_000
SEED = 20
# The end of the two years unless the caller gives one: fixed, so that the same seed makes the same company.
UNTIL = date(2026, 6, 30)
# Measured at the sizes above: rows of interactions for each pair that is asked for, meets or not.
ROWS_PER_PAIR = 1.39
DRAWS_PER_BLOCK = 1_500_000
# As many as the ids have digits for; interactions as many as fit into memory.
LARGEST = {"candidates": 9_999_999, "postings": 999_999, "interactions": 50_000_000}

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class DemoCompany:
    """The tables of the demo company, and the hidden truth behind them for tests and benches."""

    tables: dict[str, pa.Table] = field(repr=False)
    affinity: Affinity = field(repr=False)

    def true_affinity(self, posting_ids: pa.Array, candidate_ids: pa.Array) -> Floats:
        """The true match probability (0 to 1) of each pair of ids. Raises InputError for an unknown id."""
        rows = []
        for name, ids in (("posting", posting_ids), ("candidate", candidate_ids)):
            known = self.tables[f"{name}s"][f"{name}_id"]
            found = pc.index_in(pa.array(ids, pa.string()), known)
            if found.null_count:
                raise InputError(f"The demo company has no {name} with some of the given ids. Use ids of its tables.")
            rows.append(np.asarray(found).astype(np.int64))
        return self.affinity.probability(rows[0], rows[1])


def _check(candidates: int, postings: int, interactions: int) -> None:
    for (name, largest), size in zip(LARGEST.items(), (candidates, postings, interactions), strict=True):
        if not 1 <= size <= largest:
            raise InputError(f"The demo company cannot have {size:,} {name}. Give a number from 1 to {largest:,}.")


def _wanted(rng: np.random.Generator, openings: Openings, candidates: int, interactions: int) -> Ints:
    """How many candidates each posting is to meet: some are popular, and young ones have met fewer."""
    elapsed = np.minimum(openings.closed, DAYS) - openings.opened
    weight = rng.lognormal(0.0, 0.5, len(openings)) * np.minimum(elapsed, 45.0)
    wanted = interactions / ROWS_PER_PAIR * weight / max(weight.sum(), 1.0)
    return np.clip(np.ceil(wanted), 1, candidates).astype(np.int64)


def _blocks(wanted: Ints) -> list[Ints]:
    """Row numbers of postings in blocks that bound how many pairs are in memory."""
    draws = np.cumsum(wanted * DRAWS_PER_PLACE + EXTRA_DRAWS)
    return np.split(np.arange(len(wanted)), np.flatnonzero(np.diff(draws // DRAWS_PER_BLOCK)) + 1)


def make_company(
    candidates: int = CANDIDATES,
    postings: int = POSTINGS,
    interactions: int = INTERACTIONS,
    seed: int = SEED,
    until: date | None = None,
    progress: Progress | None = None,
) -> DemoCompany:
    """Make the demo company: the same sizes, seed and `until` always make the same tables.

    `interactions` is met to within a few per cent, unless there are too few pairs for it. `until` is the day after
    the last of the two years. `progress` is called with the share done (0 to 1) and a few words.
    Raises InputError for sizes out of range.
    """
    _check(candidates, postings, interactions)
    report = progress or (lambda _share, _what: None)
    start = start_of(until or UNTIL)
    catalogue = load_catalogue()
    report(0.0, "Making candidates")
    people, tables = _people_and_tables(catalogue, seed, candidates, start, report)
    report(0.5, "Making postings")
    rng = stream(seed, 2)
    companies = make_companies(catalogue, rng, postings)
    openings = make_openings(catalogue, rng, companies, postings, start)
    affinity = Affinity(catalogue, companies, openings, people)
    wanted = _wanted(rng, openings, candidates, interactions)
    funnel = Funnel(affinity, openings, people)
    pool, texts, parts = Pool(catalogue, people), reasons(catalogue.words), []
    blocks = _blocks(wanted)
    for number, block in enumerate(blocks):
        report(0.55 + 0.35 * number / len(blocks), "Making interactions")
        rng = stream(seed, 3, number)
        pairs = put_forward(rng, catalogue, pool, affinity, openings, people, block, wanted[block])
        parts.append(as_records(rng, funnel.run(rng, pairs), texts, start))
    report(0.9, "Writing it all down")
    tables["interactions"] = interactions_table(parts, texts, start)
    tables["postings"] = _postings_table(catalogue, seed, companies, openings, funnel.filled, start)
    report(1.0, "Done")
    return DemoCompany({name: tables[name] for name in sorted(tables)}, affinity)


def _people_and_tables(
    catalogue: Catalogue, seed: int, size: int, start: date, report: Progress
) -> tuple[People, dict[str, pa.Table]]:
    writer = ProfileWriter(catalogue, make_name_pools(catalogue.places, seed, stream(seed, 0)), start)
    chunks, profiles, declared = [], [], []
    for number, (people, sheet) in enumerate(make_people(catalogue, seed, size)):
        report(0.5 * number * CHUNK / size, "Making candidates")
        profiles.append(writer.candidates(stream(seed, 4, number), people, sheet, number * CHUNK))
        declared.append(writer.demographics(stream(seed, 5, number), people, number * CHUNK))
        chunks.append(people)
    tables = {"candidates": pa.Table.from_batches(profiles), "demographics": pa.Table.from_batches(declared)}
    return joined_people(chunks), tables


def _postings_table(
    catalogue: Catalogue, seed: int, companies: Companies, openings: Openings, filled: np.ndarray, start: date
) -> pa.Table:
    rng = stream(seed, 6)
    country = catalogue.places.city_country[companies.city]
    names = name_companies(catalogue, country, companies.industry, seed, rng)
    return AdvertWriter(catalogue, companies, names, start).postings(rng, openings, filled)
