"""What ran, for SYS_QUERY_HISTORY and SYS_SERVERLESS_USAGE: noted in memory, written down when somebody asks for it.

Noting must cost next to nothing beside a statement; reading may take its time. What was noted also goes into the file
when that is closed, so that it is there in the next process.
"""

from __future__ import annotations

import itertools
import json
import logging
import threading
import time
from collections import deque

import duckdb

logger = logging.getLogger(__name__)

KEPT = 10_000  # statements; the oldest go
TEXT_LENGTH, MESSAGE_LENGTH = 4000, 512  # as SYS_QUERY_HISTORY has them

# As text, which DuckDB reads without a thread or a library of its own: the process may be about to end.
_INSERT = """
    INSERT INTO _redshift.query_log
    SELECT e ->> 0, e ->> 1, e ->> 2, e ->> 3, e ->> 4, make_timestamp(CAST(e ->> 5 AS BIGINT)), e ->> 6, e ->> 7,
        e ->> 8, e ->> 9, e ->> 10
    FROM (SELECT unnest(CAST($entries AS JSON[])) AS e)
"""
_FORGET = f"""
    DELETE FROM _redshift.query_log
    WHERE query_id <= (SELECT query_id FROM _redshift.query_log ORDER BY query_id DESC LIMIT 1 OFFSET {KEPT})
"""

# Query group, transaction, session, status, start, elapsed and compile time, error, rows, text. Times in microseconds,
# the start since 1970; compile time is that of a new translation, else 0.
Entry = tuple[str, int, int, str, int, int, int, str | None, int, str]


class History:
    """The statements of one database file that ran in this process and are not written down yet."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._next_id = time.time_ns() // 1000  # above those of any process before
        self._transactions = itertools.count(1)
        self._lock = threading.Lock()

    def new_transaction(self) -> int:
        """A number that no other transaction of the process has."""
        return next(self._transactions)

    def note(self, entry: Entry) -> None:
        """Notes a statement."""
        self._entries.append(entry)

    def write(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Writes what was noted to the file, and forgets what is too old. Never fails: it is only a log."""
        with self._lock:
            entries = [self._entries.popleft() for _ in range(len(self._entries))]
            if not entries:
                return
            first, self._next_id = self._next_id, self._next_id + len(entries)
            try:
                numbered = json.dumps([(first + n, *entry) for n, entry in enumerate(entries)])
                cursor.execute(_INSERT, {"entries": numbered})
                cursor.execute(_FORGET)
            except duckdb.Error as error:
                logger.warning("%d statements could not be noted: %s", len(entries), type(error).__name__)
