"""Reading the company's tables anew: what they hold is counted, and what lists are ranked from is made from them."""

from dataclasses import dataclass

from jobrec_ui.data.versions import DataVersion, data_version
from jobrec_ui.errors import InputError
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


def refresh(wh: Warehouse, progress: Progress = silent, *, anyway: bool = False) -> Refreshed:
    """Reads the company's tables anew. Lists stay as they were until all of it is done.

    ``anyway``: even if a table has lost all its rows. Raises InputError without data, or for a table that looks as if
    it were being filled; WarehouseError.
    """
    setup.make_tables(wh, [("schema/hiring", {}), ("schema/app_data_loads", {})])
    before = data_version(wh)
    progress("Counting what the tables hold")
    with wh.transaction() as tx:
        tx.execute("data/record_load")
        now = data_version(tx)
        assert now is not None
        if before is not None and not anyway:
            _refuse_emptied(before, now)
    refresh_features(wh, progress)
    return Refreshed(before, now)


def _refuse_emptied(before: DataVersion, now: DataVersion) -> None:
    for table, _ in _NOUNS:
        held = getattr(before, table)
        if held and not getattr(now, table):
            raise InputError(
                f"hiring.{table} shows no rows; it had {held:,}. Perhaps it is being filled just now, so nothing was "
                "changed: lists stay as they were. If it is right, `python -m jobrec_ui refresh --anyway` takes it."
            )
