"""How values travel into statements: words and ids as lists that SQL reads, rows as JSON, new ids."""

import json
import uuid
from collections.abc import Iterator, Sequence

from jobrec_ui.warehouse import letters

# A text in a statement has at most 65,535 bytes.
_MAX_JSON_BYTES = 60_000


def new_id() -> str:
    """A number for an event, a list or a view."""
    return uuid.uuid4().hex


def all_folded(words: Sequence[str]) -> list[str]:
    """``words``, letters folded as those of the values they are compared with; empty ones are left out."""
    return [folded for word in words if (folded := letters.folded(word))]


def word_list(words: Sequence[str]) -> str:
    """``;a;b;`` for SQL to look into; a semicolon inside a skill would end it, so it becomes a blank."""
    return ";" + "".join(word.replace(";", " ").strip() + ";" for word in words)


def id_list(ids: Sequence[str]) -> str:
    """``ids`` as a JSON array, each once, for what SQL calls listed."""
    return json.dumps(list(dict.fromkeys(ids)))


def json_parts(rows: Sequence[object]) -> Iterator[str]:
    """``rows`` as JSON arrays, each short enough to be a value in a statement; one unless there are many rows."""
    part: list[str] = []
    size = 0
    for row in rows:
        encoded = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        if part and size + len(encoded.encode()) > _MAX_JSON_BYTES:
            yield f"[{','.join(part)}]"
            part, size = [], 0
        part.append(encoded)
        size += len(encoded.encode()) + 1
    if part:
        yield f"[{','.join(part)}]"
