"""The warehouse of this installation, and what is in it now: the data and the models that serve."""

from dataclasses import dataclass, replace

import streamlit as st

from jobrec_ui import models
from jobrec_ui.data.versions import DataVersion
from jobrec_ui.models import LIKENESS, ModelVersion, Ranker, Serving, background
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse, setup


@dataclass(frozen=True)
class Versions:
    """What is in the warehouse now. None: nothing loaded, or no model trained.

    `model` is the live version, `serving` says which one serves a share of the postings beside it, `challenger`.
    `is_preparing` while data are loaded whose features are still to be made: until then lists are of the data before.
    """

    data: DataVersion | None
    model: ModelVersion | None
    serving: Serving | None = None
    challenger: ModelVersion | None = None
    is_preparing: bool = False

    @property
    def ranker(self) -> Ranker:
        """What sorts lists: the model, or likeness while there is none."""
        return self.model or LIKENESS

    def for_posting(self, posting_id: str) -> "Versions":
        """The same with the model that serves this posting."""
        if self.serving is None or self.challenger is None:
            return self
        serves = self.serving.version_for(posting_id)
        return replace(self, model=self.challenger) if serves == self.challenger.version else self


@st.cache_resource(max_entries=4, on_release=Warehouse.close)
def warehouse(url: str) -> Warehouse:
    """The warehouse behind ``url``, shared by all sessions. Raises WarehouseError.

    The app's own tables are made if they are missing, so that an empty warehouse reads as one without data.
    """
    opened = Warehouse(url)
    setup.make_app_tables(opened)
    return opened


def configured() -> Warehouse:
    """The warehouse that the settings name. Raises WarehouseError."""
    return warehouse(settings().warehouse_url)


@st.cache_data(ttl=5, max_entries=8, show_spinner=False)
def current_versions(url: str) -> Versions:
    """The live model and the loaded data, at most five seconds old. Raises WarehouseError.

    Features that a load did not come to make, or that another version of the app made, are made anew meanwhile.
    """
    now = models.in_use(warehouse(url))
    if now.features_are_stale:
        background.make_features(warehouse(url))
    return Versions(now.data, now.live, now.serving, now.challenger, now.features_are_stale)
