"""The demo company: candidates, postings and two years of interactions, generated from a stated hidden truth.

How well somebody suits a posting is a formula over true skills, occupation, seniority, place, pay, languages,
education and taste (`truth.py`). People come upon postings through their occupation, their country, their popularity
and chance (`pool.py`), and go through the stages as the formula and some noise have it (`funnel.py`). The tables show
all this as real files do: with gaps, forgotten skills, several words for the same thing, and several scripts.

In short, with z the weighted sum that `truth.py` states:

    true_affinity(p, c) = 1 / (1 + exp(-z(p, c)))
    P(c is put forward for p) grows with activity(c), common occupation and country, and 0.8 z
    P(c is shortlisted, having applied) = 1 / (1 + exp(-(z + mood(p) - (0.3 if c is a woman)))),
                                          but for what referrals and routine decide whatever z

No name, address or number can reach a real person. Everything follows from the seed.
"""

from datetime import date

import pyarrow as pa

from jobrec_ui.data.demo.company import CANDIDATES, INTERACTIONS, POSTINGS, SEED, DemoCompany, Progress, make_company
from jobrec_ui.data.demo.write import write_demo

__all__ = ["DemoCompany", "make_company", "make_demo", "write_demo"]


def make_demo(
    candidates: int = CANDIDATES,
    postings: int = POSTINGS,
    interactions: int = INTERACTIONS,
    seed: int = SEED,
    until: date | None = None,
    progress: Progress | None = None,
) -> dict[str, pa.Table]:
    """The tables of `make_company`: candidates, demographics, interactions and postings, typed as `tables.TABLES`."""
    return make_company(candidates, postings, interactions, seed, until, progress).tables
