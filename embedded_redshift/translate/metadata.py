"""What DuckDB has no room for (declared types, sort and distribution keys) travels as JSON in the table's comment.

A comment follows its table through renames, belongs to the same transaction and goes when the table goes.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class TableInfo:
    """The Redshift side of a table: declared type text by column, sort key columns, distribution.

    query: that of a materialized view, as it was written.
    """

    columns: dict[str, str] = field(default_factory=dict)
    sort_key: tuple[str, ...] = ()
    dist_style: str = "auto"
    dist_key: str | None = None
    query: str | None = None

    def to_comment(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def from_comment(cls, comment: str | None) -> TableInfo:
        """The info in a table's comment; an empty one for a table made without the translation."""
        if not comment:
            return cls()
        data = json.loads(comment)
        return cls(data["columns"], tuple(data["sort_key"]), data["dist_style"], data["dist_key"], data.get("query"))
