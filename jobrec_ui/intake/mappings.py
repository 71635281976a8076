"""How a company's files were read the last time, so that it is proposed again: kept in the warehouse, by source."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict

from jobrec_ui.data.mapping.record import DataMapping, SheetMapping, from_content, source_key
from jobrec_ui.warehouse import Transaction, Warehouse, setup

_STAGES = "stages"  # the source under which the words for stages are kept
_MOST_BYTES = 65535


def known_mapping(wh: Warehouse) -> DataMapping:
    """How the files of this company were read the last time. Raises WarehouseError."""
    if "app.data_mappings" not in setup.known_tables(wh):
        return DataMapping(())
    rows = wh.query("intake/mappings")
    kept = {str(row.source): json.loads(row.mapping) for row in rows.itertuples()}
    stages = kept.pop(_STAGES, {})
    return from_content({"stages": stages, "sheets": list(kept.values())}, "the mapping kept in the warehouse")


def keep(tx: Transaction | Warehouse, mapping: DataMapping, username: str) -> None:
    """Keeps how files are read, beside what is known of others; not what is too long. Raises WarehouseError."""
    for sheet in mapping.sheets:
        _keep(tx, _source(sheet), {**asdict(sheet), "columns": dict(sheet.columns)}, username)
    if mapping.stages:
        _keep(tx, _STAGES, dict(mapping.stages), username)


def _keep(tx: Transaction | Warehouse, source: str, content: Mapping[str, object], username: str) -> None:
    text = json.dumps(content, ensure_ascii=False)
    if len(text.encode()) <= _MOST_BYTES:
        tx.execute("intake/add_mapping", {"source": source, "mapping": text, "saved_by": username})


def _source(sheet: SheetMapping) -> str:
    """One name for a sheet from export to export; "export_1.csv" and "export_2.csv" may be two tables."""
    columns = hashlib.md5("\n".join(sorted(sheet.columns)).encode(), usedforsecurity=False).hexdigest()[:8]
    return f"file {source_key(sheet.file, sheet.part)}"[:400] + f" {columns}"
