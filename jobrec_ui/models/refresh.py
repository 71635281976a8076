"""Reading the company's tables anew: what they hold is counted, and what lists are ranked from is made from them."""

from dataclasses import dataclass

from jobrec_ui.data.versions import DataVersion, data_version
from jobrec_ui.models.feature_builds import refresh_features
from jobrec_ui.warehouse import Warehouse, setup
from jobrec_ui.warehouse.progress import Progress, silent

_NOUNS = (("postings", "postings"), ("candidates", "candidates"), ("interactions", "stages reached"))


@dataclass(frozen=True)
class Refreshed:
    """What the warehouse held when it was last counted (None: never before), and what it holds now."""

    before: DataVersion | None
    now: DataVersion

    def text(self) -> str:
        """``300 postings (2 more), 5,000 candidates, 60,120 stages reached (120 more); lists are as of …``."""
        counts = ", ".join(self._count(table, noun) for table, noun in _NOUNS)
        as_of = f"; lists are as of {self.now.as_of:%-d %b %Y}" if self.now.as_of else ""
        return f"{counts}{as_of}."

    def _count(self, table: str, noun: str) -> str:
        number: int = getattr(self.now, table)
        change = number - (getattr(self.before, table) if self.before else number)
        return f"{number:,} {noun}" + (f" ({abs(change):,} {'more' if change > 0 else 'fewer'})" if change else "")


def refresh(wh: Warehouse, progress: Progress = silent) -> Refreshed:
    """Reads the company's tables anew. Lists stay as they were until all of it is done.

    Raises InputError without data, WarehouseError.
    """
    setup.make_tables(wh, [("schema/hiring", {}), ("schema/app_data_loads", {})])
    before = data_version(wh)
    progress("Counting what the tables hold")
    wh.execute("data/record_load")
    refresh_features(wh, progress)
    now = data_version(wh)
    assert now is not None
    return Refreshed(before, now)
