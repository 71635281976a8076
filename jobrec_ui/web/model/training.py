"""Training on the admins' page: how far the running one is, or what to choose for the next and what it would be."""

from datetime import UTC, datetime

import streamlit as st

from jobrec_ui.errors import InputError
from jobrec_ui.features import catalogue
from jobrec_ui.models import TrainingChoices, VersionRecord, admin, background, open_version
from jobrec_ui.models.choices import (
    HYPERPARAMETERS,
    MAX_CUTOFFS,
    MAX_NEGATIVES,
    MAX_NOTE_BYTES,
    MODEL_TYPES,
    TREE_METHODS,
)
from jobrec_ui.models.costs import Prices
from jobrec_ui.models.preview import Preview, estimated_seconds
from jobrec_ui.models.records import progress_of
from jobrec_ui.settings import settings
from jobrec_ui.web import cached, session, text
from jobrec_ui.web.guard import guard
from jobrec_ui.web.model import version_dialogs

REFRESH_SECONDS = 2
_CHOICES = "training_choices"  # key of st.session_state: what the form says, as JSON
_NOTE = "training_note"
_ERROR = "training_error"

_STAGES = {
    "requested": "Gathering examples",
    "training": "Training in the warehouse",
    "ready": "Checking it on postings it has not seen",
    "evaluated": "Comparing it with the live version",
}
# How far a training is when a stage begins, and how much of the whole the stage is.
_REACHED = {"requested": (0.02, 0.38), "training": (0.4, 0.4), "ready": (0.8, 0.15), "evaluated": (0.95, 0.05)}


@st.fragment(run_every=REFRESH_SECONDS)
def running() -> None:
    """The training that is on its way. Looks again by itself, and loads the page anew when it is done."""
    with guard("The running training"):
        user = session.require("admin")
        url = settings().warehouse_url
        wh = cached.connection.warehouse(url)
        versions = cached.models.versions_now(url, user.role)
        record = next((one for one in versions if one.is_open), None)
        if record is None:
            cached.models.changed()
            st.rerun()
        background.resume(wh, record)
        with st.container(border=True):
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.markdown(f"**Version {record.version}** is on its way: {_STAGES[record.state].lower()}.")
                if st.button("Stop the training", icon=":material/stop_circle:", key="stop_training"):
                    version_dialogs.stop(record.version)
            doing = progress_of(wh, record.version)
            elapsed = _seconds_since(record.requested_at)
            st.progress(_share_done(record, versions, doing), text=text.plain(doing or _STAGES[record.state]))
            st.caption(
                f"{text.plain(record.requested_by)} asked for it {duration(elapsed)} ago. You can close this page: it "
                "goes on, and the live version serves meanwhile."
            )
            if record.detail:
                st.warning(f"The last try went wrong and is made again: {record.detail}", icon=":material/warning:")


def show_error() -> None:
    """Says once why the last click started nothing, whatever the page shows now: another admin may have been faster."""
    if error := st.session_state.pop(_ERROR, None):
        st.error(error, icon=":material/error:")


def form(data_version: int, versions: list[VersionRecord]) -> None:
    """The choices for a new version, what it would be, and the button that starts it."""
    user = session.require("admin")
    with st.expander("Choices", icon=":material/tune:", key="training_form_area"), st.form("training", border=False):
        _choices_form()
        st.form_submit_button("Use these choices", icon=":material/check:", on_click=_keep, key="training_submit")
    choices = _kept()
    url = settings().warehouse_url
    try:
        found = cached.models.preview(
            url, user.role, data_version, versions[0].version if versions else 0, choices.to_json()
        )
    except InputError as error:
        st.info(str(error), icon=":material/info:")
        return
    _show_preview(found)
    st.button(
        "Start training",
        type="primary",
        icon=":material/model_training:",
        on_click=_start,
        args=(choices.to_json(), choices.note),
        key="start_training",
    )


def duration(seconds: float) -> str:
    """``3 seconds``, ``12 minutes``, ``2 hours``."""
    if seconds < 90:
        return text.count(max(1, round(seconds)), "second")
    if seconds < 5400:
        return text.count(round(seconds / 60), "minute")
    return text.count(round(seconds / 3600), "hour")


def _choices_form() -> None:
    """Widgets check in the browser only: TrainingChoices checks again."""
    default = TrainingChoices()
    left, right = st.columns(2)
    with left:
        st.selectbox("Model type", list(MODEL_TYPES), format_func=MODEL_TYPES.__getitem__, key="choice_model_type")
        st.slider(
            "How far back to learn, in quarters",
            1,
            MAX_CUTOFFS,
            default.cutoffs,
            key="choice_cutoffs",
            help="The window of history that it learns from: postings opened in so many quarters before the time held "
            "out (in a short history, shorter pieces). Features look at all that happened before.",
        )
        st.number_input(
            "Others drawn for each candidate who did well",
            0,
            MAX_NEGATIVES,
            default.negatives_per_positive,
            key="choice_negatives",
            help="Candidates who were not put forward, as a contrast. 0: sixty for each posting.",
        )
    with right:
        labels = dict(catalogue.features()[["name", "label"]].itertuples(index=False))
        st.multiselect(
            "Features to leave out",
            list(labels),
            format_func=labels.__getitem__,
            key="choice_left_out",
            placeholder="None",
        )
        st.text_input("Note", key="choice_note", max_chars=MAX_NOTE_BYTES // 4, placeholder="What this training is for")
    st.markdown("Hyperparameters of XGBoost. The others find their own.")
    columns = st.columns(4)
    for at, (name, known) in enumerate(HYPERPARAMETERS.items()):
        number = int if known.whole else float
        with columns[at % 4]:
            st.number_input(
                name,
                number(known.low),
                number(known.high),
                number(known.default),
                step=number(1) if known.whole or known.high > 1 else 0.05,
                key=f"choice_{name}",
                help=f"{known.sentence} {known.low:g} to {known.high:g}, here {known.default:g} unless changed.",
            )
    with columns[len(HYPERPARAMETERS) % 4]:
        st.selectbox(
            "tree_method", TREE_METHODS, key="choice_tree_method", help="How the questions of a tree are found."
        )


def _keep() -> None:
    """Takes over what the form says, if it can be used."""
    state = st.session_state
    numbers = {name: state[f"choice_{name}"] for name in HYPERPARAMETERS}
    changed = {name: value for name, value in numbers.items() if value != HYPERPARAMETERS[name].default}
    of_trees = {"hyperparameters": changed, "tree_method": state["choice_tree_method"]}
    try:
        choices = TrainingChoices(
            model_type=state["choice_model_type"],
            **(of_trees if state["choice_model_type"] == "xgboost" else {}),
            cutoffs=state["choice_cutoffs"],
            negatives_per_positive=state["choice_negatives"],
            left_out=tuple(state["choice_left_out"]),
            note=state["choice_note"],
        )
    except InputError as error:
        state[_ERROR] = str(error)
        return
    state[_CHOICES], state[_NOTE] = choices.to_json(), choices.note


def _kept() -> TrainingChoices:
    state = st.session_state.get(_CHOICES)
    return TrainingChoices.from_json(state, st.session_state.get(_NOTE, "")) if state else TrainingChoices()


def _show_preview(found: Preview) -> None:
    st.markdown(
        f"It would learn from postings opened from {text.day(found.learnt_from)} to {text.day(found.holdout_from)}, "
        f"looking back from {text.count(found.choices.cutoffs, 'date')}, and be checked on "
        f"{text.count(found.holdout_postings, 'posting')} of the time after that, until {text.day(found.holdout_to)}."
    )
    with st.grid(4):
        st.metric("Examples", f"{found.examples:,}", border=True, help="Rows: a posting and a candidate, at a date.")
        st.metric(
            "Of these did well",
            f"{found.positives:,}",
            border=True,
            help=f"The other {found.examples - found.positives:,} are there for contrast.",
        )
        st.metric("Cells", f"{found.cells:,}", border=True, help=f"Rows times {found.columns} columns.")
        st.metric("Cost", _cost(found), border=True)
    took = "not known yet for this type" if found.seconds is None else f"about {duration(found.seconds)}"
    st.caption(
        f"{found.examples:,} rows of {found.columns} columns; {found.examples - found.positives:,} are for contrast. "
        f"Time in the warehouse: {took}. {what_it_costs(found.prices)} " + " ".join(found.changes)
    )
    for warning in found.warnings:
        st.warning(warning, icon=":material/warning:")


def _cost(found: Preview) -> str:
    return "0" if found.prices is None else f"{found.prices.currency} {found.cost:,.2f}"


def what_it_costs(prices: Prices | None) -> str:
    """Where the cost of a training comes from."""
    if prices is None:
        return "The embedded warehouse trains on this machine: nothing is billed."
    return f"The cost is an estimate at most, by {text.plain(prices.source)}, as of {text.day(prices.as_of)}."


def _start(choices: str, note: str) -> None:
    """For the button's on_click: the run after it shows the training."""
    with guard("Starting a training"):
        user = session.require("admin")
        wh = cached.connection.configured()
        try:
            admin.request_training(wh, user, TrainingChoices.from_json(choices, note))
        except InputError as error:
            st.session_state[_ERROR] = str(error)
        background.resume(wh, open_version(wh))
        cached.models.changed()


def _seconds_since(moment: datetime) -> float:
    return (datetime.now(UTC).replace(tzinfo=None) - moment).total_seconds()


def _share_done(record: VersionRecord, versions: list[VersionRecord], doing: str | None) -> float:
    begun, length = _REACHED[record.state]
    part = 0.0
    if record.state == "requested" and doing and " of " in doing:
        done, _, all_of = doing.rpartition("(")[2].rstrip(")").partition(" of ")
        part = int(done) / int(all_of) if done.isdigit() and all_of.isdigit() else 0.0
    elif record.state == "training" and record.training_since is not None:
        expected = estimated_seconds(versions, record.choices, record.cells or 0)
        part = min(_seconds_since(record.training_since) / expected, 0.95) if expected else 0.3
    return min(begun + length * part, 1.0)
