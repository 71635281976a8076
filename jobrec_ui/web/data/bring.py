"""The first step of an import: files from the browser, or a folder on the server."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from jobrec_ui.access.accounts import User
from jobrec_ui.data.plan import count_stages
from jobrec_ui.errors import InputError
from jobrec_ui.intake import admin
from jobrec_ui.web import cached
from jobrec_ui.web.data import draft
from jobrec_ui.web.data.draft import Draft, Upload

LARGEST_MB = 500
_ROUND = "import_round"  # a new number is a new, empty uploader


def files(user: User) -> None:
    """Asks for files; once there are any, what they hold is the draft of this session."""
    uploads = st.file_uploader(
        "Files",
        accept_multiple_files=True,
        max_upload_size=LARGEST_MB,
        label_visibility="collapsed",
        key=f"import_files_{st.session_state.setdefault(_ROUND, 0)}",
        help="CSV, Excel, JSON and Parquet, also as .zip or .gz; any names, many at once.",
    )
    with st.expander("Or a folder on the server", icon=":material/folder:"):
        place = st.text_input(
            "Folder", key=f"import_folder_{st.session_state[_ROUND]}", placeholder="/data/exports/2026-11"
        )
    now = draft.current()
    if uploads:
        source = " ".join(upload.file_id for upload in uploads)
        if now is None or now.source != source:
            _look(user, source, uploads=uploads)
    elif place.strip():
        if now is None or now.source != place:
            _look(user, place, folder=Path(place.strip()))
    elif now is not None:
        draft.discard()


def start_over() -> None:
    """The files go, and nothing is asked for yet: both fields are new ones."""
    draft.discard()
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _look(user: User, source: str, *, uploads: Sequence[Upload] = (), folder: Path | None = None) -> None:
    """Finds out what the files hold, and keeps it as the draft. Raises InputError, WarehouseError."""
    draft.discard()
    scratch = draft.new_folder()
    with st.spinner("Looking at the files"):
        if folder is not None and not folder.is_dir():
            raise InputError(f"The folder {folder} is not there, or the app may not read it.")
        places = [folder] if folder is not None else draft.write(uploads, scratch)
        stack, found = draft.opened_files(places)
        plan = admin.propose(cached.connection.configured(), user, found)
        stages = count_stages(plan) if any("stage" in one.mapping.used for one in plan.held) else Counter[str]()
    made = Draft(source, plan, scratch, stages, set(plan.undecided(stages)), opened=stack)
    for word, stage in plan.decisions(stages).items():
        made.decide(word, stage)
    draft.keep(made)
