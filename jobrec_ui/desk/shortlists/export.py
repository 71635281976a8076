"""A shortlist as a file: which columns there are, which of them a user wants, and the file itself, audited."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pandas as pd

from jobrec_ui import export
from jobrec_ui.access import audit
from jobrec_ui.desk.shortlists import state
from jobrec_ui.errors import InputError
from jobrec_ui.warehouse import Warehouse

_KIND = "shortlist"
# Column: header, in the order of the file.
COLUMNS: Mapping[str, str] = {
    "place_in_list": "Place in list",
    "candidate_id": "Candidate number",
    "name": "Candidate",
    "headline": "Headline",
    "city": "City",
    "region": "Region",
    "country": "Country",
    "seniority": "Seniority",
    "years_experience": "Years of experience",
    "stage": "Stage",
    "reason": "Reason",
    "tags": "Tags",
    "notes": "Notes",
    "added_by": "Added by",
    "added_at": "Added (UTC)",
}
FORMATS = {"csv": "text/csv", "xlsx": export.XLSX_TYPE}


def columns_from(choices: pd.DataFrame) -> list[str]:
    """The columns that a user chose last, from [export_kind, chosen_columns]; all of them before they ever chose."""
    found = choices.loc[choices["export_kind"] == _KIND, "chosen_columns"]
    chosen = json.loads(found.iloc[0]) if len(found) else []
    return [column for column in COLUMNS if column in chosen] or list(COLUMNS)


def remember_columns(wh: Warehouse, username: str, columns: Sequence[str]) -> None:
    """Keeps the choice for the user's next export. Raises InputError for what is no column."""
    kept = json.dumps(_checked(columns))
    wh.execute("desk/shortlists/remember_export", {"username": username, "kind": _KIND, "chosen_columns": kept})


def as_file(
    wh: Warehouse, username: str, shortlist_id: str, columns: Sequence[str], ending: str, about: Mapping[str, str]
) -> bytes:
    """The list with these columns as a file, which goes into the audit log.

    ``ending`` is csv or xlsx; ``about`` (header: text) says more than list, posting, user and time.
    Raises NotAllowed if the user may not see the list, InputError, WarehouseError.
    """
    chosen = _checked(columns)
    shortlist = state.get(wh, username, shortlist_id)
    people = wh.query("desk/shortlists/people", {"shortlist_id": shortlist_id, "username": username})
    notes = wh.query(
        "desk/shortlists/notes", {"shortlist_id": shortlist_id, "candidate_id": None, "username": username}
    )
    notes_of: dict[str, list[str]] = {}
    for row in notes.itertuples():
        notes_of.setdefault(row.candidate_id, []).append(f"{row.occurred_at:%Y-%m-%d} {row.username}: {row.note}")
    people["notes"] = people["candidate_id"].map(lambda candidate: "\n".join(notes_of.get(candidate, [])))
    people["tags"] = people["tags"].replace("", None)
    people["added_at"] = pd.to_datetime(people["added_at"]).dt.floor("s")
    about_list = {
        "List": shortlist.name,
        "Posting": " · ".join(
            part for part in (shortlist.posting_title, shortlist.posting_company, shortlist.posting_id) if part
        ),
        **about,
        "Exported by": username,
        "Exported (UTC)": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}",
    }
    headers = {column: COLUMNS[column] for column in chosen}
    if ending == "xlsx":
        made = export.to_xlsx(people, headers, about_list, shortlist.name)
    elif ending == "csv":
        made = export.to_csv(people, headers, about_list)
    else:
        raise InputError(f"There is no export as {ending!r}. Use csv or xlsx.")
    chosen_headers = ", ".join(headers.values())
    about_file = f"{ending}, {len(people)} rows of “{shortlist.name}”: {chosen_headers}"
    audit.record(wh, username, "export list", shortlist_id, about_file)
    return made


def _checked(columns: Sequence[str]) -> list[str]:
    unknown = [column for column in columns if column not in COLUMNS]
    if unknown or not columns:
        raise InputError("Choose at least one column for the file." if not columns else f"No column {unknown[0]!r}.")
    return [column for column in COLUMNS if column in columns]
