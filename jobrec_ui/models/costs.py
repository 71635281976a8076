"""What a training costs: by its cells, at prices that the installation can set."""

import math
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jobrec_ui.errors import InputError
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse

_MILLION = 1_000_000


@dataclass(frozen=True)
class Prices:
    """Tiers of (cells, price of a million cells); who says so, and since when it holds."""

    tiers: tuple[tuple[float, float], ...]
    currency: str
    source: str
    as_of: date

    def of(self, cells: int) -> float:
        """What a training on so many cells costs."""
        cost, left = 0.0, float(cells)
        for size, price in self.tiers:
            cost += min(left, size) / _MILLION * price
            left = max(0.0, left - size)
        return cost


def prices(wh: Warehouse) -> Prices | None:
    """The prices of this installation ([training] prices, else prices.toml); None for a warehouse that bills nothing.

    Raises InputError for a file that cannot be used.
    """
    if not trains_elsewhere(wh):
        return None
    path = Path(settings().training.prices or Path(__file__).with_name("prices.toml"))
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        tiers = tuple((float(one.get("cells", math.inf)) * _MILLION, float(one["price"])) for one in found["tiers"])
        return Prices(tiers, str(found["currency"]), str(found["source"]), found["as_of"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"The prices in {path} cannot be read ({type(error).__name__}). See jobrec_ui/models/prices.toml for the "
            "form."
        ) from error


def trains_elsewhere(wh: Warehouse) -> bool:
    """Whether a training goes on, and costs money, outside this process."""
    return wh.in_aws
