"""Data and model, for admins: what is loaded and when, the live model and how good it is, who was locked out."""

import streamlit as st

from jobrec_ui.web import cached, page, session, text
from jobrec_ui.web.model import quality_words

user = session.require("admin")
url, timezone = page.warehouse_url(), st.context.timezone
versions = cached.connection.current_versions(url)
data, model = versions.data, versions.model

st.header("Data", icon=":material/database:", anchor=False)
if data is None:
    st.info(page.NO_DATA, icon=":material/info:")
else:
    with st.grid(4):
        st.metric("Candidates", f"{data.candidates:,}", border=True)
        st.metric("Postings", f"{data.postings:,}", border=True)
        st.metric("Stages reached", f"{data.interactions:,}", border=True)
        st.metric("Data version", data.version, border=True)
    st.caption(
        f"Loaded on {text.moment(data.loaded_at, timezone)}. "
        f"Everything is ranked as of {text.moment(data.as_of, timezone)}."
    )

st.header("Model", icon=":material/model_training:", anchor=False)
if model is None:
    st.info(page.NO_MODEL, icon=":material/info:")
    if data is not None:
        st.markdown(cached.models.readiness(url, user.role, data.version).sentence)
else:
    st.markdown(
        f"**Version {model.version}** is live: :small[`{model.name}`], trained on "
        f"{text.moment(model.trained_at, timezone)} on {text.count(model.examples, 'example')} "
        f"from data version {model.data_version}."
    )
    figures = quality_words.in_words(model.metrics, model.baseline)
    if figures:
        st.markdown(
            f"Checked on {text.count(model.postings, 'posting')} it had not seen in training, from "
            f"{text.day(model.holdout_from)} to {text.day(model.holdout_to)}, and compared with a plain comparison of "
            "texts:"
        )
        with st.grid(4):
            for figure in figures:
                st.metric(figure.name, figure.value, figure.difference, help=figure.sentence, border=True)
        with st.expander("What these figures mean", icon=":material/help:"):
            st.markdown("\n".join(f"- **{figure.name}**: {figure.sentence}" for figure in figures))
    else:
        st.caption("This version has not been checked: the data had no outcomes after the period it learned from.")

    catalogue = cached.matching.feature_catalogue()
    used = catalogue[catalogue["name"].isin(model.features)]
    with st.expander(f"The {text.count(len(used), 'feature')} it looks at", icon=":material/list:"):
        st.markdown("Names, contact data and anything about a person's protected attributes are never among them.")
        st.dataframe(
            used[["label", "sentence", "unit"]],
            hide_index=True,
            column_config={
                "label": st.column_config.TextColumn("Feature", width=220, pinned=True),
                "sentence": st.column_config.TextColumn("What it says", width=620),
                "unit": st.column_config.TextColumn("Unit", width=120),
            },
            height="content",
            alt="Features of the live model",
        )

st.header("Locked logins", icon=":material/lock:", anchor=False)
locked = cached.access.lockouts(url, user.role)
if locked.empty:
    st.caption("Nobody was locked out in the last 30 days.")
else:
    st.markdown(
        f"A name is locked for {text.count(session.lockout_minutes(), 'minute')} after "
        f"{session.lockout_failures()} wrong passwords. The last 30 days:"
    )
    st.dataframe(
        locked.assign(
            username=locked["username"].fillna("(no such user)"),
            locked_now=locked["locked_now"].map({True: "locked", False: "open again"}),
            locked_at=[text.moment(at, timezone) for at in locked["locked_at"]],
        )[["username", "locked_now", "locked_at", "locks"]],
        hide_index=True,
        column_config={
            "username": "Name",
            "locked_now": "Now",
            "locked_at": "Last locked",
            "locks": "Times locked",
        },
        width="content",
        alt="Names that were locked after failed logins",
    )
