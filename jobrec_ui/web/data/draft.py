"""An import that an admin is at: the files they brought, what these hold, what was decided, and the running job.

It lives in the session of the one who began it. The files are in a folder of their own until they are loaded.
"""

import shutil
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Protocol

import streamlit as st

from jobrec_ui.data.plan import Plan
from jobrec_ui.data.reading.files import find_files
from jobrec_ui.data.report import LoadReport
from jobrec_ui.jobs.job import Job
from jobrec_ui.settings import settings

_KEY = "import_draft"
_FOLDER = "imports"
_DAY = 24 * 3600


class Upload(Protocol):
    """A file that a browser sent."""

    name: str
    file_id: str

    def getbuffer(self) -> memoryview: ...


@dataclass
class Draft:
    """`source` tells one set of files from another.

    `stages` counts the words for stages, `unsure` are those whose meaning was guessed and not looked at yet; `checked`
    is the report of a try of just this `plan`.
    """

    source: str
    plan: Plan
    folder: Path
    stages: Counter[str]
    unsure: set[str] = field(default_factory=set)
    checking: Job[LoadReport] | None = None
    checked: LoadReport | None = None
    loading: Job[LoadReport] | None = None
    opened: ExitStack = field(default_factory=ExitStack)

    @property
    def reasons_file(self) -> Path:
        """Where all that cannot be read is listed."""
        return self.folder / "not_read.csv"

    def change(self, plan: Plan) -> None:
        """Another decision: what was tried before tells nothing any more."""
        self.plan = plan
        self.checking = self.checked = None

    def decide(self, word: str, stage: str) -> None:
        """A word for a stage means ``stage`` from now on ("" = its rows are left out)."""
        self.change(replace(self.plan, stages={**self.plan.stages, word: stage}))


def current() -> Draft | None:
    """The import of this session."""
    return st.session_state.get(_KEY)


def keep(draft: Draft) -> None:
    """Makes ``draft`` the import of this session, and removes the files of the one before."""
    discard()
    st.session_state[_KEY] = draft


def discard() -> None:
    """Ends the import of this session: its files go."""
    draft = current()
    if draft is not None:
        if draft.checking is not None:
            draft.checking.stop()
        draft.opened.close()
        shutil.rmtree(draft.folder, ignore_errors=True)
        del st.session_state[_KEY]


def new_folder() -> Path:
    """A folder for the files of one import, for nobody else's eyes; those left behind by others are removed."""
    settings().make_home()
    root = settings().home / _FOLDER
    root.mkdir(mode=0o700, exist_ok=True)
    for old in root.iterdir():
        if time.time() - old.stat().st_mtime > _DAY:
            shutil.rmtree(old, ignore_errors=True)
    return Path(mkdtemp(dir=root))


def write(uploads: Sequence[Upload], folder: Path) -> list[Path]:
    """Writes what a browser sent into ``folder``, under its own names."""
    made = []
    for number, upload in enumerate(uploads):
        inner = folder / str(number)  # two files may have one name
        inner.mkdir()
        path = inner / (Path(upload.name).name or "file")
        path.write_bytes(upload.getbuffer())
        made.append(path)
    return made


def opened_files(places: Sequence[Path]) -> tuple[ExitStack, list]:
    """The files at ``places``, archives taken apart, until the stack is closed. Raises InputError."""
    stack = ExitStack()
    return stack, stack.enter_context(find_files(places))
