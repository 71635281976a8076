"""How long does the embedded warehouse think about a statement before it runs? python -m bench.translation FILE."""

import statistics
import sys
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.figures import figure, report, seconds
from embedded_redshift.session import SessionCatalog
from embedded_redshift.translate.parsing import parse
from embedded_redshift.translate.translation_cache import TranslationCache
from jobrec_ui import matching
from jobrec_ui.matching.ranking import CandidateFilters
from jobrec_ui.models import live_version
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse, setup

SIZE, ROUNDS, MANY = 30_000, 25, 2_000  # characters, times, times for what takes next to nothing


def main(file: Path) -> None:
    """The longest statement of a ranking; said again in a UNION ALL it has about 30,000 characters."""
    warehouse = Warehouse(local_url(file))
    text = _of_size(_longest(warehouse))
    with warehouse.engine.connect() as connection:
        session: Any = connection.connection.driver_connection.session  # type: ignore[union-attr]
        new = _median(lambda: TranslationCache().translate(text, SessionCatalog(session)), ROUNDS)
        read = _median(lambda: parse(text), ROUNDS)
        session._prepare(text)
        kept = _median(lambda: session._prepare(text), MANY)
    warehouse.close()
    size = f"a statement of {len(text.encode()) / 1000:.1f} KB"
    report(
        [
            figure(f"{size}: translated for the first time", 1000 * new, "ms"),
            figure(f"{size}: reading it with sqlglot alone", 1000 * read, "ms"),
            figure(f"{size}: found translated", 1000 * kept, "ms"),
        ]
    )


def _longest(warehouse: Warehouse) -> str:
    """The longest statement with which a posting is ranked under many filters, as it reaches the driver."""
    setup.make_app_tables(warehouse)
    version = live_version(warehouse)
    if version is None:
        raise SystemExit("The file holds no trained company. Make one with python -m bench.company.")
    sent: list[str] = []
    listen = partial(_note, sent)
    sa.event.listen(warehouse.engine, "before_cursor_execute", listen)
    posting = matching.find_postings(warehouse, "", 1)["posting_id"][0]
    filters = CandidateFilters(
        must_have=("python",), exclude_known=True, text="engineer OR manager NOT intern",
        experience_min=2, pay_min=20_000, currency="eur", languages=("english",),
    )  # fmt: skip
    matching.rank_candidates(warehouse, posting, version, filters, limit=50)
    sa.event.remove(warehouse.engine, "before_cursor_execute", listen)
    return max(sent, key=len)


def _note(sent: list[str], _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
    sent.append(statement)


def _of_size(statement: str) -> str:
    one = f"SELECT * FROM ({statement.rstrip().rstrip(';')}\n) AS ranked"
    return "\nUNION ALL\n".join([one] * max(1, SIZE // len(one)))


def _median(action: Any, rounds: int) -> float:
    return statistics.median(seconds(action) for _ in range(rounds))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
