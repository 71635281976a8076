"""A ranked list as a file: made when it is clicked, written down in the audit log."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from jobrec_ui import export
from jobrec_ui.access import audit
from jobrec_ui.access.accounts import User
from jobrec_ui.errors import NotAllowed
from jobrec_ui.settings import settings
from jobrec_ui.web import cached, page, session
from jobrec_ui.web.cached.connection import Versions
from jobrec_ui.web.match.ranked_list import RankedList


@dataclass(frozen=True)
class Subject:
    """What a list is for, as its files say it: posting or candidate, and the filters that are on, in words.

    ``name``: the posting's title, or the candidate's name as the user may see it. ``blind``: the list was drawn for a
    blind review.
    """

    kind: str
    number: str
    name: str
    filters: Sequence[str]
    blind: bool


def buttons(shown: RankedList, versions: Versions, subject: Subject, user: User) -> None:
    """Buttons that make a file of all rows when they are clicked, and write down who did so."""
    plural = "candidates" if subject.kind == "Posting" else "postings"
    for ending, mime in (("csv", "text/csv"), ("xlsx", export.XLSX_TYPE)):
        st.download_button(
            f"Export {ending.upper()}",
            functools.partial(_make_file, shown, versions, subject, user, ending),
            file_name=export.file_name(plural, subject.number, day=datetime.now(UTC).date(), ending=ending),
            mime=mime,
            icon=":material/download:",
            on_click="ignore",
            key=f"export_{shown.title}_{ending}",
            help="All rows of this list, with the filters, the model and data version, for a spreadsheet.",
        )


def _make_file(shown: RankedList, versions: Versions, subject: Subject, user: User, ending: str) -> bytes:
    session.check(user, "recruiter")
    if cached.desk.user_state(settings().warehouse_url, user.username).blind.on and not subject.blind:
        raise NotAllowed("Blind review was switched on since this list was drawn. Load the page again.")
    made = list_as_file(shown, versions, subject, user.username, ending)
    about = f"{ending}, {len(shown.ids)} rows; {'; '.join(subject.filters) or 'no filters'}"
    audit.record(
        cached.connection.configured(),
        user.username,
        f"export for {subject.kind.lower()}",
        subject.number,
        about,
    )
    return made


def list_as_file(shown: RankedList, versions: Versions, subject: Subject, username: str, ending: str) -> bytes:
    """The rows as shown, plus ids, the filters, the versions they came from, the user and the time."""
    rows = shown.rows.copy()
    rows.insert(1, "id", shown.ids)
    for column in ("matched", "missing", "marks"):
        if column in rows:
            rows[column] = rows[column].map("; ".join)
    id_header = "Candidate number" if subject.kind == "Posting" else "Posting number"
    columns = {"rank": "Rank", "id": id_header} | dict(shown.columns)
    columns["score"] = "Score (0 to 100)"
    model, data = versions.model, versions.data
    about = {
        subject.kind: subject.name,
        f"{subject.kind} number": subject.number,
        "Filters": "; ".join(subject.filters) or "none",
        "Model version": model.name if model else page.BY_LIKENESS,
        "Data version": str(data.version) if data else "",
        "Data loaded (UTC)": f"{data.loaded_at:%Y-%m-%d %H:%M:%S}" if data else "",
        "Exported by": username,
        "Exported (UTC)": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}",
    }
    if ending == "xlsx":
        return export.to_xlsx(rows, columns, about, shown.alt)
    return export.to_csv(rows, columns, about)
